import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupHeader,
  type BackupTrailer,
  BadBackup,
  type RowLine,
  type TableLine,
} from './format.ts'

export type BackupPart =
  | { readonly part: 'header'; readonly header: BackupHeader }
  | { readonly part: 'table'; readonly table: TableLine }
  | { readonly part: 'row'; readonly row: RowLine; readonly line: string }
  | { readonly part: 'trailer'; readonly trailer: BackupTrailer }

/** Lines end with a line feed and nothing else: a text may hold any other separator. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const zipped = createReadStream(file)
  const plain = createGunzip()
  zipped.on('error', (error) => plain.destroy(error))
  zipped.pipe(plain).setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of plain as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      yield* lines
    }
    if (rest !== '') throw new BadBackup('The backup file ends in the middle of a line.')
  } finally {
    zipped.destroy()
    plain.destroy()
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new BadBackup('The backup file has a line that cannot be read.')
  }
}

/** Reads a backup from its beginning to its end, in memory that does not grow with it. @throws BadBackup */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  let isFirst = true
  try {
    for await (const line of linesOf(file)) {
      const value = parse(line)
      if (isFirst) {
        yield { part: 'header', header: headerFrom(value) }
        isFirst = false
      } else if (Array.isArray(value)) yield { part: 'row', row: value as RowLine, line }
      else if (value !== null && typeof value === 'object' && 'table' in value)
        yield { part: 'table', table: value as TableLine }
      else if (value !== null && typeof value === 'object' && 'end' in value)
        yield { part: 'trailer', trailer: value as BackupTrailer }
      else throw new BadBackup('The backup file has a line of no known kind.')
    }
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (code === 'ENOENT') throw new BadBackup(`There is no file ${file}.`)
    if (code.startsWith('Z_'))
      throw new BadBackup('The backup file was cut or altered: it cannot be unpacked.')
    throw error
  }
  if (isFirst) throw new BadBackup('The backup file is empty.')
}

function headerFrom(value: unknown): BackupHeader {
  const header = value as Partial<BackupHeader> | null
  if (header?.format !== BACKUP_FORMAT) throw new BadBackup('That file is not a Clearway backup.')
  if (header.version !== BACKUP_VERSION)
    throw new BadBackup(
      `That backup is of version ${header.version}, which this program does not know. Use the newer program.`,
    )
  return header as BackupHeader
}

/**
 * Reads the whole file once and proves that it is as it was written: every digest and count of the trailer.
 * A restore does this before it touches the database.
 */
export async function checkBackup(
  file: string,
): Promise<{ readonly header: BackupHeader; readonly trailer: BackupTrailer }> {
  const all = createHash('sha256')
  const tables: { table: string; rows: number; sha256: string }[] = []
  let [header, trailer]: [BackupHeader | undefined, BackupTrailer | undefined] = [undefined, undefined]
  let table = { name: '', rows: 0, digest: createHash('sha256') }
  const endTable = (): void => {
    if (table.name !== '')
      tables.push({ table: table.name, rows: table.rows, sha256: table.digest.digest('hex') })
  }
  for await (const part of readBackup(file)) {
    if (trailer) throw new BadBackup('The backup file goes on after its end.')
    if (part.part === 'header') {
      header = part.header
      all.update(`${JSON.stringify(header)}\n`)
    } else if (part.part === 'table') {
      endTable()
      table = { name: part.table.table, rows: 0, digest: createHash('sha256') }
      all.update(`${JSON.stringify(part.table)}\n`)
    } else if (part.part === 'row') {
      table.rows++
      table.digest.update(`${part.line}\n`)
      all.update(`${part.line}\n`)
    } else trailer = part.trailer
  }
  endTable()
  if (!header || !trailer) throw new BadBackup('The backup file ends before its end: it was cut short.')
  if (all.digest('hex') !== trailer.sha256 || JSON.stringify(tables) !== JSON.stringify(trailer.tables)) {
    throw new BadBackup('The backup file was altered since it was written: its digests do not agree.')
  }
  return { header, trailer }
}
