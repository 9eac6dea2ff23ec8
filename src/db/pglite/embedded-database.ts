import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { DatabaseError } from './database-error.ts'
import { type Answer, type Engine, Queue, type Turn } from './engine.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { type Host, IDLE_LIMIT, receiveGuests } from './host.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

type Ask = ToWorker extends infer T ? (T extends ToWorker ? Omit<T, 'id'> : never) : never

/** The worker beside the bundle when built, beside this file when run from source. */
function workerFile(): URL {
  const built = new URL('./pglite-worker.js', import.meta.url)
  return existsSync(fileURLToPath(built)) ? built : new URL('./worker.ts', import.meta.url)
}

/**
 * The embedded PostgreSQL, in a worker thread, with a lock on its folder so that two processes never share it
 * (they would lose each other's rows in silence). Other processes of the same user may take turns at its one session,
 * through a socket, like the connections of this one.
 */
export class EmbeddedDatabase implements Engine {
  readonly #worker: Worker
  readonly #lock: FolderLock | undefined
  readonly #queue = new Queue()
  #host: Host | undefined
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
  static async open(
    folder: string,
    options: { readonly idleLimit?: number } = {},
  ): Promise<EmbeddedDatabase> {
    const lock = folder === 'memory' ? undefined : lockFolder(folder)
    const database = new EmbeddedDatabase(new Worker(workerFile()), lock)
    try {
      const opened = database.#ask({ ask: 'open', folder })
      opened.catch(() => {}) // told below
      if (lock) database.#host = await receiveGuests(database, folder, options.idleLimit ?? IDLE_LIMIT)
      await opened
      return database
    } catch (error) {
      await database.#release()
      throw error
    }
  }

  async takeTurn(): Promise<Turn> {
    const leave = await this.#queue.enter()
    return {
      query: (sql, parameters) => this.#ask({ ask: 'query', sql, parameters }),
      script: async (sql) => {
        await this.#ask({ ask: 'script', sql })
      },
      end: async () => leave(),
    }
  }

  /** The whole data folder as a gzipped tar. */
  async dump(): Promise<Uint8Array> {
    const { rows } = await this.#ask({ ask: 'dump' })
    return (rows[0] as { bytes: Uint8Array }).bytes
  }

  async close(): Promise<void> {
    await this.#host?.stop()
    this.#host = undefined
    if (!this.#dead) await this.#ask({ ask: 'close' })
    await this.#release()
  }

  /** The socket goes before the lock: the next to have the lock makes its own under the same name. */
  async #release(): Promise<void> {
    await this.#host?.stop()
    this.#dead ??= new Error('the embedded database is closed')
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
    else waiting.resolve({ rows: message.rows, affected: message.affected })
  }

  #die(error: Error): void {
    this.#dead ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
