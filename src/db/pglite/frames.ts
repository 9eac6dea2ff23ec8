import type { Socket } from 'node:net'
import { deserialize, serialize } from 'node:v8'

/** What a guest asks of the process that holds the folder. */
export type FromGuest = { readonly id: number } & (
  | { readonly ask: 'turn' }
  | { readonly ask: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly ask: 'script'; readonly sql: string }
  | { readonly ask: 'end' }
)

export interface ErrorFields {
  readonly message: string
  readonly code: string | undefined
  readonly constraint: string | undefined
  readonly detail: string | undefined
}

/** What the holder says: who it is, an answer, or why it ends the visit. */
export type FromHolder =
  | { readonly hello: typeof PROTOCOL; readonly pid: number }
  | { readonly id: number; readonly rows: readonly unknown[]; readonly affected: number | undefined }
  | { readonly id: number; readonly error: ErrorFields }
  | { readonly cutOff: string }

/** Raised whenever the messages change: two versions of the program do not talk past each other. */
export const PROTOCOL = 1

const HEAD = 4

/** A message as bytes: its length, then the value as a structured clone, which keeps bytes, nulls and big numbers. */
export function frame(message: FromGuest | FromHolder): Uint8Array {
  const body = serialize(message)
  const whole = Buffer.allocUnsafeSlow(HEAD + body.length)
  whole.writeUInt32BE(body.length)
  whole.set(body, HEAD)
  return whole
}

/** Hands over each message of the socket when it is whole. A message that cannot be read ends the socket. */
export function onMessage<T extends FromGuest | FromHolder>(
  socket: Socket,
  receive: (message: T) => void,
): void {
  let chunks: Buffer[] = []
  let held = 0
  let wanted = HEAD
  let isHead = true
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    held += chunk.length
    if (held < wanted) return
    const all = chunks.length === 1 ? chunk : Buffer.concat(chunks)
    let at = 0
    while (all.length - at >= wanted) {
      const part = all.subarray(at, at + wanted)
      at += wanted
      if (isHead) wanted = part.readUInt32BE()
      else {
        wanted = HEAD
        try {
          receive(deserialize(part) as T)
        } catch (error) {
          socket.destroy(error as Error)
          return
        }
      }
      isHead = !isHead
    }
    chunks = at === all.length ? [] : [all.subarray(at)]
    held = all.length - at
  })
}
