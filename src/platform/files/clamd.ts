import { connect, type Socket } from 'node:net'
import { readPath } from './folder-store.ts'

export type Scanned =
  | { readonly found: 'nothing' }
  | { readonly found: 'malware'; readonly signature: string }
  /** The scanner could not be asked, or could not say. The file waits: it is never let through. */
  | { readonly found: 'no-answer'; readonly why: string }

export interface Scanner {
  readonly where: string
  scan(content: AsyncIterable<Buffer>): Promise<Scanned>
  isThere(): Promise<boolean>
}

/** Longer than a scan of the biggest file takes; a scanner that hangs is one that is away. */
const WAIT_MS = 120_000
const PIECE = 64 * 1024

/** Where clamd listens: `tcp://host:3310`, or `unix:/run/clamav/clamd.ctl`. Undefined when the text is neither. */
export function scannerAddress(text: string): { host: string; port: number } | { path: string } | undefined {
  const unix = /^unix:(\/.+)$/.exec(text)
  if (unix) return { path: unix[1]! }
  const tcp = /^tcp:\/\/(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(text)
  return tcp ? { host: tcp[1]!.replace(/^\[|\]$/g, ''), port: Number(tcp[2]) } : undefined
}

/** Asks clamd by its INSTREAM command: the content goes over the socket, so clamd needs no sight of our disk. */
export function clamdScanner(address: { host: string; port: number } | { path: string }): Scanner {
  return {
    where: 'path' in address ? `unix:${address.path}` : `tcp://${address.host}:${address.port}`,
    scan: (content) =>
      talk(address, async (socket) => {
        await send(socket, 'zINSTREAM\0')
        for await (const chunk of content) {
          for (let at = 0; at < chunk.length; at += PIECE) {
            const piece = chunk.subarray(at, at + PIECE)
            const length = Buffer.alloc(4)
            length.writeUInt32BE(piece.length)
            socket.write(length)
            await send(socket, piece)
          }
        }
        await send(socket, Buffer.alloc(4))
      }).then(readAnswer, (error: Error) => ({ found: 'no-answer', why: error.message })),
    isThere: () =>
      talk(address, (socket) => send(socket, 'zPING\0')).then(
        (answer) => answer === 'PONG',
        () => false,
      ),
  }
}

/** Scans a file of this machine. */
export const scanPath = (scanner: Scanner, path: string): Promise<Scanned> =>
  scanner.scan(readPath(path) as AsyncIterable<Buffer>)

function readAnswer(answer: string): Scanned {
  const text = answer.replace(/^stream:\s*/, '')
  if (text === 'OK') return { found: 'nothing' }
  const found = /^(.+) FOUND$/.exec(text)
  if (found) return { found: 'malware', signature: found[1]! }
  return { found: 'no-answer', why: text || 'clamd closed the connection without an answer' }
}

/** Waits when the scanner reads slower than we write, so that nothing piles up in memory. */
const send = (socket: Socket, data: string | Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    if (socket.destroyed) return reject(new Error('clamd closed the connection'))
    if (socket.write(data)) return resolve()
    const done = (): void => {
      socket.off('drain', done)
      socket.off('close', done)
      if (socket.destroyed) reject(new Error('clamd closed the connection'))
      else resolve()
    }
    socket.once('drain', done)
    socket.once('close', done)
  })

/** One command, one answer, one connection. */
function talk(
  address: { host: string; port: number } | { path: string },
  ask: (socket: Socket) => Promise<void>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address)
    const pieces: Buffer[] = []
    const give = (error?: Error): void => {
      socket.destroy()
      const answer = Buffer.concat(pieces)
        .toString('utf8')
        .replace(/[\0\n]+$/, '')
      // An answer given before all was sent still counts: "size limit exceeded" comes so.
      if (answer !== '') resolve(answer)
      else reject(error ?? new Error('clamd closed the connection without an answer'))
    }
    socket.setTimeout(WAIT_MS, () => give(new Error('clamd did not answer in time')))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      give(new Error(`clamd could not be reached (${error.code ?? error.message})`)),
    )
    socket.on('data', (data: Buffer) => pieces.push(data))
    socket.on('close', () => give())
    socket.on('connect', () => {
      ask(socket).catch((error: Error) => give(error))
    })
  })
}
