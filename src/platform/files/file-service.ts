import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { clamdScanner, type Scanner, scannerAddress } from './clamd.ts'
import { folderStore } from './folder-store.ts'
import { DEFAULT_LIMITS, type FileLimits, MEGABYTE } from './kinds.ts'
import { type S3Place, s3Store } from './s3-store.ts'
import type { FileStore } from './store.ts'

/** How a deployment keeps the files people send. */
export interface FilesConfig {
  /** The content itself; a folder of this machine, or a bucket. */
  readonly keepIn: { readonly folder: string } | S3Place
  /** Where files wait while they are checked: on this machine, and on the store's own disk when that is a folder. */
  readonly incoming: string
  readonly scanner: { readonly host: string; readonly port: number } | { readonly path: string } | undefined
  /** What to do with a file when no scanner is set up: keep it and say so, or refuse it. */
  readonly unscanned: 'keep' | 'refuse'
  readonly limits: FileLimits
}

/** The parts that take, check and keep files. */
export interface FileService {
  readonly store: FileStore
  readonly incoming: string
  readonly scanner: Scanner | undefined
  readonly unscanned: 'keep' | 'refuse'
  readonly limits: FileLimits
}

type Env = Readonly<Record<string, string | undefined>>

/** Thrown with words for the person who starts the server. */
export class BadFilesConfig extends Error {}

/** @throws BadFilesConfig */
export function readFilesConfig(env: Env, dataFolder: string): FilesConfig {
  const folder = path.resolve(env['CLEARWAY_FILES'] ?? path.join(dataFolder, 'files'))
  const scannerText = env['CLEARWAY_SCANNER']
  const scanner = scannerText ? scannerAddress(scannerText) : undefined
  if (scannerText && !scanner)
    throw new BadFilesConfig(
      `CLEARWAY_SCANNER must be tcp://host:port or unix:/path/of/the/socket, not "${scannerText}".`,
    )
  const unscanned = env['CLEARWAY_UNSCANNED_FILES'] ?? 'keep'
  if (unscanned !== 'keep' && unscanned !== 'refuse')
    throw new BadFilesConfig(`CLEARWAY_UNSCANNED_FILES must be "keep" or "refuse", not "${unscanned}".`)
  return {
    keepIn: readBucket(env) ?? { folder },
    incoming: path.join(folder, 'incoming'),
    scanner,
    unscanned,
    limits: {
      document: readMegabytes(env, 'CLEARWAY_DOCUMENT_MB', DEFAULT_LIMITS.document),
      recording: readMegabytes(env, 'CLEARWAY_RECORDING_MB', DEFAULT_LIMITS.recording),
    },
  }
}

function readBucket(env: Env): S3Place | undefined {
  const url = env['CLEARWAY_FILES_S3']
  if (!url) return undefined
  const accessKeyId = env['CLEARWAY_FILES_S3_KEY']
  const secretAccessKey = env['CLEARWAY_FILES_S3_SECRET']
  if (!URL.canParse(url) || !accessKeyId || !secretAccessKey)
    throw new BadFilesConfig(
      'CLEARWAY_FILES_S3 must be the address of the bucket, with CLEARWAY_FILES_S3_KEY and CLEARWAY_FILES_S3_SECRET beside it.',
    )
  return { url, region: env['CLEARWAY_FILES_S3_REGION'] ?? 'eu-west-2', accessKeyId, secretAccessKey }
}

function readMegabytes(env: Env, name: string, byDefault: number): number {
  const text = env[name]
  if (text === undefined) return byDefault
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 2000)
    throw new BadFilesConfig(`${name} must be a number of megabytes from 1 to 2000, not "${text}".`)
  return number * MEGABYTE
}

/** Makes the parts ready. Opens nothing until the first file comes. */
export function openFiles(config: FilesConfig): FileService {
  return {
    store: 'folder' in config.keepIn ? folderStore(config.keepIn.folder) : s3Store(config.keepIn),
    incoming: config.incoming,
    scanner: config.scanner && clamdScanner(config.scanner),
    unscanned: config.unscanned,
    limits: config.limits,
  }
}

/** A new name in the waiting place, readable by nobody else. */
export async function incomingPath(files: FileService): Promise<string> {
  await mkdir(files.incoming, { recursive: true, mode: 0o700 })
  return path.join(files.incoming, randomUUID())
}

/** Takes away what was left behind by uploads that were cut off. Gives how many. */
export async function sweepIncoming(
  files: FileService,
  olderThanMs: number,
  now = Date.now(),
): Promise<number> {
  let swept = 0
  for (const name of await readdir(files.incoming).catch(() => [])) {
    const place = path.join(files.incoming, name)
    const found = await stat(place).catch(() => undefined)
    if (!found?.isFile() || now - found.mtimeMs < olderThanMs) continue
    await rm(place, { force: true })
    swept++
  }
  return swept
}

/** The hash that names a file's content. */
export async function hashOf(content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  return hash.digest('hex')
}

export const hashOfPath = (file: string): Promise<string> =>
  hashOf(createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>)
