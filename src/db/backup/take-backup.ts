import { createHash, type Hash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Database } from '../connection.ts'
import { requireOwner, verifyWithin } from '../integrity/index.ts'
import { migrations } from '../migrations/index.ts'
import type { Trx } from '../viewer.ts'
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupHeader,
  type BackupTrailer,
  BadBackup,
  type TableLine,
  type TableTotal,
} from './format.ts'
import { orderOf, plainText, sequencesOf, tablesOf } from './schema.ts'

export interface BackupProgress {
  readonly table: string
  readonly rows: number
}

export interface BackupReport {
  readonly header: BackupHeader
  readonly trailer: BackupTrailer
}

const ROWS_AT_A_TIME = 1_000

/**
 * Writes the whole record as it stands at one instant, while others go on working, in memory that does not grow with it.
 * The file appears under its name only when it is whole and on the disk. Refused when the chain of history is broken,
 * so that a bad record never takes the place of a good backup.
 * @throws BadBackup NotTheOwner
 */
export async function takeBackup(
  owner: Database,
  file: string,
  onProgress?: (progress: BackupProgress) => void,
): Promise<BackupReport> {
  if (existsSync(file)) throw new BadBackup(`${file} is already there. Give each backup a name of its own.`)
  const unfinished = path.join(
    path.dirname(path.resolve(file)),
    `.${path.basename(file)}.${randomBytes(4).toString('hex')}.part`,
  )
  const zip = createGzip({ level: 5 })
  const out = zip.pipe(createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }))
  const written = finished(out)
  written.catch(() => {}) // told to the caller below, when it is awaited
  try {
    const report = await owner
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        await sql`set transaction read only`.execute(trx)
        await plainText(trx)
        await requireOwner(trx)
        await requireThisVersion(trx)
        return writeAll(trx, new Lines(zip, written), onProgress)
      })
    zip.end()
    await written
    const handle = await open(unfinished, 'r+')
    await handle.sync()
    await handle.close()
    await rename(unfinished, file)
    return report
  } catch (error) {
    zip.destroy()
    out.destroy()
    await rm(unfinished, { force: true })
    throw error
  }
}

/** The check of history knows this version's tables: a backup before an upgrade is taken by the program that still serves it. */
async function requireThisVersion(trx: Trx): Promise<void> {
  const { rows } = await sql<{ at: number }>`select max(id) as at from migration`.execute(trx)
  const at = rows[0]?.at ?? 0
  if (at !== migrations.at(-1)!.id) {
    throw new BadBackup(
      `This database is at migration ${at} and this program at ${migrations.at(-1)!.id}. Take the backup with the program that serves it.`,
    )
  }
}

/** Lines into the file, as fast as it takes them, with a digest of all so far. */
class Lines {
  readonly #zip: Gzip
  readonly #failed: Promise<unknown>
  readonly all: Hash = createHash('sha256')
  constructor(zip: Gzip, written: Promise<void>) {
    this.#zip = zip
    // A full disk ends the wait for the pipe to drain.
    this.#failed = written.then(() => {
      throw new Error('the backup file was closed before it was whole')
    })
    this.#failed.catch(() => {})
  }
  async write(text: string): Promise<void> {
    this.all.update(text)
    if (!this.#zip.write(text)) await Promise.race([once(this.#zip, 'drain'), this.#failed])
  }
}

async function writeAll(
  trx: Trx,
  lines: Lines,
  onProgress: ((progress: BackupProgress) => void) | undefined,
): Promise<BackupReport> {
  const { report } = await verifyWithin(trx)
  if (!report.ok)
    throw new BadBackup(
      'The record is broken: run "clearway verify". No backup was taken, so that it does not push out a good one.',
    )
  const header = await headerOf(trx)
  await lines.write(`${JSON.stringify(header)}\n`)
  const tables: TableTotal[] = []
  for (const table of await tablesOf(trx)) {
    await lines.write(`${JSON.stringify(table)}\n`)
    tables.push(await writeTable(trx, table, lines, onProgress))
  }
  const { history, accessLog } = report
  const trailer: BackupTrailer = {
    end: true,
    tables,
    sequences: await sequencesOf(trx),
    anchor: {
      children: history.children,
      rows: history.rows,
      heads: history.heads,
      seals: accessLog.seals,
      lastSeal: accessLog.lastSeal?.hash ?? null,
    },
    sha256: lines.all.copy().digest('hex'),
  }
  await lines.write(`${JSON.stringify(trailer)}\n`)
  return { header, trailer }
}

async function headerOf(trx: Trx): Promise<BackupHeader> {
  const { rows: migrations } = await sql<
    BackupHeader['migrations'][number]
  >`select id, name, sha256 from migration order by id`.execute(trx)
  const { rows } = await sql<{ takenAt: string; server: string }>`
    select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "takenAt", current_setting('server_version') as server`.execute(
    trx,
  )
  const authority = await trx.selectFrom('authority').select(['code', 'name', 'mode']).executeTakeFirst()
  return {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    takenAt: rows[0]!.takenAt,
    authority: authority
      ? { code: authority.code, name: authority.name, mode: authority.mode === 'live' ? 'live' : 'training' }
      : null,
    server: rows[0]!.server,
    migrations,
  }
}

async function writeTable(
  trx: Trx,
  { table, columns }: TableLine,
  lines: Lines,
  onProgress: ((progress: BackupProgress) => void) | undefined,
): Promise<TableTotal> {
  const digest = createHash('sha256')
  const line = sql`json_build_array(${sql.join(columns.map(({ name }) => sql`${sql.ref(name)}::text`))})::text`
  const order = sql.join((await orderOf(trx, table)).map((column) => sql.ref(column)))
  let rows = 0
  await sql`declare backup_rows no scroll cursor for select ${line} as line from ${sql.table(table)} order by ${order}`.execute(
    trx,
  )
  for (;;) {
    const { rows: batch } = await sql<{
      line: string
    }>`fetch forward ${sql.lit(ROWS_AT_A_TIME)} from backup_rows`.execute(trx)
    if (batch.length > 0) {
      const text = batch.map((row) => `${row.line}\n`).join('')
      digest.update(text)
      await lines.write(text)
      rows += batch.length
      onProgress?.({ table, rows })
    }
    if (batch.length < ROWS_AT_A_TIME) break
  }
  await sql`close backup_rows`.execute(trx)
  return { table, rows, sha256: digest.digest('hex') }
}
