import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type {} from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { lastPartOf } from './file-names.ts'
import { type FileService, incomingPath } from './file-service.ts'
import { tooBig } from './inspect.ts'

/** What a route that takes files says it takes. */
export interface Uploading {
  readonly maxFiles: number
  /** Of all files in one form together. */
  readonly maxBytes: number
}

/** A file that arrived with a form and waits, unchecked, to be looked at. It is gone when the request ends. */
export interface SentFile {
  readonly field: string
  /** As the sender's device named it, without folders. */
  readonly name: string
  /** Where it waits; undefined when it was too much, and `tooMuch` says in words why. */
  readonly path: string | undefined
  readonly size: number
  readonly tooMuch: string | undefined
}

export interface ReceivedForm {
  readonly form: Record<string, string | string[]>
  readonly sent: readonly SentFile[]
}

/** Thrown when the form's own proof is missing, before a byte of any file is kept. */
export class NotOurForm extends Error {
  readonly statusCode = 403
}

/** The sender's connection went away: no failure of ours, and nobody is there to answer. */
class ConnectionLost extends Error {
  readonly statusCode = 400
}

/** The body is not the form it says it is: cut short, or put together by no browser. */
class BadForm extends Error {
  readonly statusCode = 400
}
/** A full disk and its like are ours, and are told as such. */
const isOfTheDisk = (error: unknown): boolean => /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')

const TOGETHER = 'These files are too big together. Send it by itself'
const FIELDS = { fields: 500, fieldSize: 200_000, headerPairs: 50 }
/** Files past a form's number are named and left; past this many nobody chose them by hand. */
const NAMED_AT_MOST = 200

/**
 * Reads a form with files, one part after another, each file straight to the waiting place. The fields before the first
 * file must prove that the form is ours: the token travels in the body, never in an address.
 * @throws NotOurForm
 */
export async function receiveForm(
  request: FastifyRequest,
  uploading: Uploading,
  files: FileService,
  isOurs: (form: Record<string, string | string[]>) => boolean,
): Promise<ReceivedForm> {
  const form: Record<string, string | string[]> = {}
  const sent: SentFile[] = []
  let isProved = false
  let together = 0
  const prove = (): void => {
    if (!isProved && !isOurs(form)) throw new NotOurForm()
    isProved = true
  }
  const largest = Math.max(files.limits.document, files.limits.recording)
  try {
    const parts = request.parts({
      limits: { ...FIELDS, files: NAMED_AT_MOST, fileSize: largest + 1, parts: 1000 },
    })
    for await (const part of parts) {
      if (part.type === 'field') {
        if (typeof part.value !== 'string') continue
        const before = form[part.fieldname]
        form[part.fieldname] = before === undefined ? part.value : [before, part.value].flat()
        continue
      }
      prove()
      const name = lastPartOf(part.filename ?? '')
      const tooMuch =
        sent.length >= uploading.maxFiles
          ? `Only ${uploading.maxFiles} files can be sent at once. Send it next`
          : together >= uploading.maxBytes
            ? TOGETHER
            : undefined
      if (tooMuch) {
        part.file.resume()
        if (name !== '') sent.push({ field: part.fieldname, name, path: undefined, size: 0, tooMuch })
        continue
      }
      const path = await incomingPath(files)
      const one = { field: part.fieldname, name, path, size: 0, tooMuch: undefined }
      sent.push(one)
      const { size, isCut } = await writeTo(path, part.file, uploading.maxBytes - together)
      together += size
      const isNothing = name === '' && size === 0 // a file box left empty
      if (isNothing || isCut || part.file.truncated) await rm(path, { force: true })
      sent.pop()
      if (isNothing) continue
      if (isCut) sent.push({ ...one, path: undefined, size, tooMuch: TOGETHER })
      else if (part.file.truncated)
        sent.push({ ...one, path: undefined, size, tooMuch: tooBig(undefined, largest) })
      else sent.push({ ...one, size })
    }
    prove()
    return { form, sent }
  } catch (error) {
    await forget(sent)
    if (request.raw.destroyed && !request.raw.complete) throw new ConnectionLost()
    throw isOfTheDisk(error) || 'statusCode' in (error as Error) ? error : new BadForm()
  }
}

/** Takes away what waited: whatever was to be kept has been moved. */
export async function forget(sent: readonly SentFile[]): Promise<void> {
  for (const { path } of sent) if (path !== undefined) await rm(path, { force: true })
}

/** To disk, a little at a time, and no more than is allowed; what is over is read and dropped. */
async function writeTo(
  path: string,
  content: NodeJS.ReadableStream,
  atMost: number,
): Promise<{ size: number; isCut: boolean }> {
  let size = 0
  let isCut = false
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      isCut ||= size > atMost
      done(null, isCut ? undefined : chunk)
    },
  })
  await pipeline(content, count, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return { size, isCut }
}
