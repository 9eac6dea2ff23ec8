import { createConnection, type Socket } from 'node:net'
import { DatabaseError } from './database-error.ts'
import { type Answer, type Engine, Queue, type Turn } from './engine.ts'
import { type FromGuest, type FromHolder, frame, onMessage, PROTOCOL } from './frames.ts'
import { socketPlaces } from './socket-places.ts'

/** The process that held the database has ended, or has sent this one away. What was not committed is undone. */
export class SharingEnded extends Error {
  override readonly name = 'SharingEnded'
}

type Ask = FromGuest extends infer T ? (T extends FromGuest ? Omit<T, 'id'> : never) : never

/** The embedded database of another process, which this one takes turns at. */
export class GuestDatabase implements Engine {
  readonly #socket: Socket
  readonly #queue = new Queue()
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  #nextId = 1
  #ended: Error | undefined

  readonly #greeted: Promise<boolean>

  private constructor(socket: Socket, pid: number) {
    this.#socket = socket
    const who = `The Clearway that has the training database open (process ${pid})`
    socket.on('error', () => {}) // 'close' follows
    this.#greeted = new Promise((resolve) => {
      socket.on('close', () => {
        resolve(false)
        this.#end(new SharingEnded(`${who} has stopped. Run this again.`))
      })
      onMessage<FromHolder>(socket, (message) => {
        if ('hello' in message) resolve(message.hello === PROTOCOL && message.pid === pid)
        else if ('id' in message) this.#settle(message)
        else this.#end(new SharingEnded(`${who} sent this one away: ${message.cutOff}. Run this again.`))
      })
    })
  }

  /**
   * Joins the live process that has the folder's lock.
   * @returns undefined when that process does not answer within the time, or speaks another version
   */
  static async open(folder: string, pid: number, milliseconds: number): Promise<GuestDatabase | undefined> {
    for (const place of socketPlaces(folder)) {
      const guest = new GuestDatabase(createConnection(place), pid)
      const timer = setTimeout(() => guest.#socket.destroy(), milliseconds)
      const isRight = await guest.#greeted
      clearTimeout(timer)
      if (isRight) return guest
      await guest.close()
    }
    return undefined
  }

  async takeTurn(): Promise<Turn> {
    const leave = await this.#queue.enter()
    try {
      await this.#ask({ ask: 'turn' })
    } catch (error) {
      leave()
      throw error
    }
    return {
      query: (sql, parameters) => this.#ask({ ask: 'query', sql, parameters }),
      script: async (sql) => {
        await this.#ask({ ask: 'script', sql })
      },
      end: async () => {
        await this.#ask({ ask: 'end' }).catch(() => {}) // whoever asks next is told
        leave()
      },
    }
  }

  async close(): Promise<void> {
    this.#end(new Error('the embedded database is closed'))
    await new Promise<void>((resolve) => {
      if (this.#socket.closed) resolve()
      else this.#socket.once('close', () => resolve()).destroy()
    })
  }

  #ask(question: Ask): Promise<Answer> {
    if (this.#ended) return Promise.reject(this.#ended)
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#socket.write(frame({ id, ...question }))
      this.#waiting.set(id, { resolve, reject })
    })
  }

  #settle(message: Extract<FromHolder, { id: number }>): void {
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (!waiting) return
    if ('error' in message) waiting.reject(new DatabaseError(message.error))
    else waiting.resolve({ rows: message.rows, affected: message.affected })
  }

  #end(error: Error): void {
    this.#ended ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#ended)
    this.#waiting.clear()
  }
}
