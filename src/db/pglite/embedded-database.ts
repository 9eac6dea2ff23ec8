import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** A database error with the SQLSTATE code kept, so that callers treat both engines alike. */
export class DatabaseError extends Error {
  readonly code: string | undefined
  readonly constraint: string | undefined
  readonly detail: string | undefined
  constructor(fields: {
    message: string
    code: string | undefined
    constraint: string | undefined
    detail: string | undefined
  }) {
    super(fields.message)
    this.name = 'DatabaseError'
    this.code = fields.code
    this.constraint = fields.constraint
    this.detail = fields.detail
  }
}

type Answer = { readonly rows: readonly unknown[]; readonly affected: number | undefined }
type Ask = ToWorker extends infer T ? (T extends ToWorker ? Omit<T, 'id'> : never) : never

/** The worker beside the bundle when built, beside this file when run from source. */
function workerFile(): URL {
  const built = new URL('./pglite-worker.js', import.meta.url)
  return existsSync(fileURLToPath(built)) ? built : new URL('./worker.ts', import.meta.url)
}

/**
 * The embedded PostgreSQL, in a worker thread, with a lock on its folder so that two processes never share it
 * (they would lose each other's rows in silence). One session: the caller must take turns (see the dialect).
 */
export class EmbeddedDatabase {
  readonly #worker: Worker
  readonly #lock: FolderLock | undefined
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  #nextId = 1
  #dead: Error | undefined

  private constructor(worker: Worker, lock: FolderLock | undefined) {
    this.#worker = worker
    this.#lock = lock
    worker.on('message', (message: FromWorker) => this.#settle(message))
    worker.on('error', (error) => this.#die(error as Error))
    worker.on('exit', () => this.#die(new Error('the embedded database thread ended')))
  }

  /** @throws FolderInUse when another live process holds the folder. */
  static async open(folder: string): Promise<EmbeddedDatabase> {
    const lock = folder === 'memory' ? undefined : lockFolder(folder)
    try {
      const database = new EmbeddedDatabase(new Worker(workerFile()), lock)
      await database.#ask({ ask: 'open', folder })
      return database
    } catch (error) {
      lock?.release()
      throw error
    }
  }

  query(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    return this.#ask({ ask: 'query', sql, parameters })
  }

  async script(sql: string): Promise<void> {
    await this.#ask({ ask: 'script', sql })
  }

  /** The whole data folder as a gzipped tar. */
  async dump(): Promise<Uint8Array> {
    const { rows } = await this.#ask({ ask: 'dump' })
    return (rows[0] as { bytes: Uint8Array }).bytes
  }

  async close(): Promise<void> {
    if (!this.#dead) await this.#ask({ ask: 'close' })
    this.#dead = new Error('the embedded database is closed')
    await this.#worker.terminate()
    this.#lock?.release()
  }

  #ask(question: Ask): Promise<Answer> {
    if (this.#dead) return Promise.reject(this.#dead)
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, ...question })
    })
  }

  #settle(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (!waiting) return
    if ('error' in message) waiting.reject(new DatabaseError(message.error))
    else waiting.resolve(message)
  }

  #die(error: Error): void {
    this.#dead ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
