import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'
import type { Answer, Engine, Turn } from './engine.ts'
import { type FromGuest, type FromHolder, frame, onMessage, PROTOCOL } from './frames.ts'
import { socketPlaces } from './socket-places.ts'

/** How long a guest may keep the turn without asking for anything. */
export const IDLE_LIMIT = 30_000

export interface Host {
  /** Sends all guests away, undoing what they had not committed, and takes the socket away. */
  stop(): Promise<void>
}

/**
 * Lets other processes of the same user take turns at the engine this process holds, through a local socket. Only the holder
 * of the folder's lock may call this: it takes the place of whatever socket a dead holder left.
 * @returns undefined where no socket can be made: the folder is then this process's alone
 */
export async function receiveGuests(
  engine: Engine,
  folder: string,
  idleLimit: number,
): Promise<Host | undefined> {
  if (!isMainThread) return undefined // the file mode of the socket is set for the whole process
  const guests = new Set<Guest>()
  const server = createServer((socket) => {
    const guest = new Guest(socket, engine, idleLimit)
    guests.add(guest)
    socket.on('close', () => guests.delete(guest))
  })
  server.on('error', () => {}) // a place that cannot be had, or one visit that could not begin
  for (const place of socketPlaces(folder)) {
    if (!(await listen(server, place))) continue
    return {
      async stop() {
        const closed = new Promise((resolve) => server.close(resolve))
        await Promise.all([...guests].map((guest) => guest.leave()))
        await closed
      },
    }
  }
  return undefined
}

async function listen(server: Server, place: string): Promise<boolean> {
  const before = process.umask(0o177) // listen() makes the socket before it returns: never seen with another mode
  try {
    if (process.platform !== 'win32') rmSync(place, { force: true })
    server.listen(place)
  } catch {
    return false
  } finally {
    process.umask(before)
  }
  return await once(server, 'listening').then(
    () => true,
    () => false,
  )
}

/** A connection of another process. What it asks is done in order. */
class Guest {
  readonly #socket: Socket
  readonly #engine: Engine
  readonly #idleLimit: number
  #turn: Turn | undefined
  #isWaitingForTurn = false
  #hasLeft = false
  #work: Promise<void> = Promise.resolve()
  #idle: NodeJS.Timeout | undefined

  constructor(socket: Socket, engine: Engine, idleLimit: number) {
    this.#socket = socket
    this.#engine = engine
    this.#idleLimit = idleLimit
    socket.on('error', () => {}) // 'close' follows
    socket.on('close', () => void this.leave())
    onMessage<FromGuest>(socket, (message) => {
      this.#work = this.#work.then(() => this.#do(message))
    })
    this.#say({ hello: PROTOCOL, pid: process.pid })
  }

  /** Undoes what was not committed and gives the turn up, once the statement in hand is done. */
  async leave(): Promise<void> {
    this.#socket.destroy()
    this.#part()
    if (!this.#isWaitingForTurn) await this.#work
  }

  #part(): void {
    if (this.#hasLeft) return
    this.#hasLeft = true
    this.#work = this.#work.then(() => this.#undo())
  }

  async #undo(): Promise<void> {
    clearTimeout(this.#idle)
    const turn = this.#turn
    this.#turn = undefined
    if (!turn) return
    await turn.query('rollback', []).catch(() => {}) // the engine has ended: so has the transaction
    await turn.end()
  }

  async #do(message: FromGuest): Promise<void> {
    if (this.#hasLeft) return
    clearTimeout(this.#idle)
    try {
      const { rows, affected } = await this.#answer(message)
      this.#say({ id: message.id, rows, affected })
    } catch (cause) {
      const { message: text, code, constraint, detail } = cause as Error & Record<string, string | undefined>
      this.#say({ id: message.id, error: { message: text ?? String(cause), code, constraint, detail } })
    }
    if (this.#turn && !this.#hasLeft) this.#idle = setTimeout(() => this.#cutOff(), this.#idleLimit)
  }

  async #answer(message: FromGuest): Promise<Answer> {
    const nothing: Answer = { rows: [], affected: undefined }
    if (message.ask === 'turn') {
      if (this.#turn) throw new Error('this guest has the turn already')
      this.#isWaitingForTurn = true
      this.#turn = await this.#engine.takeTurn()
      this.#isWaitingForTurn = false
      return nothing
    }
    if (!this.#turn) throw new Error('this guest does not have the turn')
    switch (message.ask) {
      case 'query':
        return await this.#turn.query(message.sql, message.parameters)
      case 'script':
        await this.#turn.script(message.sql)
        return nothing
      case 'end': {
        const turn = this.#turn
        this.#turn = undefined
        await turn.end()
        return nothing
      }
    }
  }

  #cutOff(): void {
    this.#say({ cutOff: `it kept the database waiting for ${this.#idleLimit / 1000} seconds` })
    this.#part()
    this.#socket.end()
    // A guest that reads nothing would never let the socket close.
    setTimeout(() => this.#socket.destroy(), 1_000).unref()
  }

  #say(message: FromHolder): void {
    if (!this.#socket.destroyed) this.#socket.write(frame(message))
  }
}
