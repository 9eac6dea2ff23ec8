import type { Readable } from 'node:stream'

/** Where content is kept, each under its own SHA-256. Nothing in it is ever changed. */
export interface FileStore {
  /** For people who run it: "the folder /srv/files". */
  readonly where: string
  /** Puts the file at `path` under its hash, durably, and takes it away from `path`. Twice is the same as once. */
  put(sha256: string, path: string, size: number): Promise<void>
  /** The size, or undefined when there is no such content. */
  sizeOf(sha256: string): Promise<number | undefined>
  /** The content, or the bytes from `start` to `end` inclusive. */
  read(sha256: string, range?: { readonly start: number; readonly end: number }): Promise<Readable>
  remove(sha256: string): Promise<void>
  /** Every content held, with when it was last put there. */
  list(): AsyncIterable<{ readonly sha256: string; readonly putAt: Date; readonly size: number }>
}

const SHA256 = /^[0-9a-f]{64}$/

/** Only a hash names content: nothing a person typed ever becomes part of a path or an address. */
export function requireHash(sha256: string): string {
  if (!SHA256.test(sha256)) throw new Error('content is named by its SHA-256 and nothing else')
  return sha256
}
