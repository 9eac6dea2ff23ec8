import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../connection.ts'
import { type RecordReport, requireOwner, verifyRecord, verifyWithin } from '../integrity/index.ts'
import { migrate } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import type { Trx } from '../viewer.ts'
import {
  type BackupHeader,
  type BackupTrailer,
  BadBackup,
  COMES_WITH_THE_PRODUCT,
  EMPTIED_ON_RESTORE,
  type TableLine,
} from './format.ts'
import { checkBackup, readBackup } from './read-backup.ts'
import { plainText, tablesOf } from './schema.ts'

export interface RestoreOptions {
  readonly engine: 'embedded' | 'postgres'
  /** Remove what the database holds first. */
  readonly replace?: boolean
  readonly onProgress?: (progress: {
    readonly table: string
    readonly rows: number
    readonly of: number
  }) => void
}

export interface RestoreReport {
  readonly header: BackupHeader
  readonly trailer: BackupTrailer
  readonly verified: RecordReport
  /** Migrations applied since the backup was taken. */
  readonly migrated: readonly string[]
}

/** The database cannot take this backup. Nothing has been changed. */
export class CannotRestore extends Error {
  override readonly name = 'CannotRestore'
}

/**
 * Makes the record of a backup again, row for row with its numbers and hashes, on either engine. The file is proved whole
 * before the database is touched; loading, checking and the chain of history are one transaction, so a failure at any
 * point leaves what was there. Then the migrations made since are applied.
 * @throws BadBackup CannotRestore
 */
export async function restoreBackup(
  owner: Database,
  file: string,
  options: RestoreOptions,
): Promise<RestoreReport> {
  const { header, trailer } = await checkBackup(file)
  if (options.engine === 'embedded' && header.authority?.mode === 'live') {
    throw new CannotRestore(
      'That backup is of a live authority. Real records go to a PostgreSQL server only: set DATABASE_URL and OWNER_DATABASE_URL.',
    )
  }
  const level = await levelFor(owner, header)
  await migrate(owner, { upTo: level })
  const isThisVersion = level === migrations.at(-1)!.id
  const loaded = await owner.transaction().execute(async (trx) => {
    await plainText(trx)
    await requireOwner(trx)
    await load(trx, file, trailer, options)
    return isThisVersion ? proveSame(trx, trailer) : null
  })
  const migrated = await migrate(owner)
  return { header, trailer, verified: loaded ?? (await proveMigrated(owner)), migrated }
}

/** The migration the backup was taken at, which the database must be at while it loads. */
async function levelFor(owner: Database, header: BackupHeader): Promise<number> {
  for (const taken of header.migrations) {
    const known = migrations.find((one) => one.id === taken.id)
    if (!known)
      throw new CannotRestore(
        `That backup has migration ${taken.id} (${taken.name}), newer than this program. Use the newer program.`,
      )
    if (createHash('sha256').update(known.sql).digest('hex') !== taken.sha256) {
      throw new CannotRestore(
        `That backup was taken with another migration ${taken.id} (${taken.name}) than this program's. Use the program it was taken with.`,
      )
    }
  }
  const level = header.migrations.at(-1)?.id ?? 0
  if (level === 0) throw new BadBackup('That backup names no migration.')
  const { rows: has } = await sql<{
    has: boolean
  }>`select to_regclass('public.migration') is not null as has`.execute(owner)
  if (!has[0]!.has) return level
  const { rows } = await sql<{ at: number }>`select coalesce(max(id), 0) as at from migration`.execute(owner)
  if (rows[0]!.at > level) {
    throw new CannotRestore(
      `This database is at migration ${rows[0]!.at}, newer than the backup (${level}). Restore into a new, empty database; it is brought up to date afterwards.`,
    )
  }
  return level
}

interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

async function load(trx: Trx, file: string, trailer: BackupTrailer, options: RestoreOptions): Promise<void> {
  const tables = await tablesOf(trx)
  await makeRoom(trx, tables, options.replace ?? false)
  const keys = await foreignKeysOf(trx)
  // Rows come table by table and carry their own numbers and hashes: references and chaining wait until all are there.
  for (const { table, name } of keys)
    await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(trx)
  for (const { table } of tables) await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx)
  if (options.replace)
    await sql`truncate ${sql.join([...tables.map(({ table }) => table), ...(await emptied(trx))].map((table) => sql.table(table)))}`.execute(
      trx,
    )
  else
    for (const { table } of tables) {
      const own = COMES_WITH_THE_PRODUCT[table]
      if (own) await sql`delete from ${sql.table(table)} where ${sql.raw(own)}`.execute(trx)
    }

  await loadRows(trx, file, tables, trailer, options)

  for (const { table } of tables) await sql`alter table ${sql.table(table)} enable trigger user`.execute(trx)
  for (const { table, name, definition } of keys)
    await sql`alter table ${sql.table(table)} add constraint ${sql.ref(name)} ${sql.raw(definition)}`.execute(
      trx,
    )
  // Not setval, which a rollback would not undo.
  for (const { name, next } of trailer.sequences)
    await sql`alter sequence ${sql.table(name)} restart with ${sql.lit(next)}`.execute(trx)
  for (const { table, rows } of trailer.tables) {
    const { rows: counted } = await sql<{
      rows: number
    }>`select count(*) as rows from ${sql.table(table)}`.execute(trx)
    if (counted[0]!.rows !== rows)
      throw new CannotRestore(
        `Table ${table} came to ${counted[0]!.rows} rows and not ${rows}. Nothing was changed.`,
      )
  }
}

/** Those of them that the backup's own release has. */
async function emptied(trx: Trx): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname = any (${[...EMPTIED_ON_RESTORE]}::text[])`.execute(trx)
  return rows.map(({ name }) => name)
}

async function makeRoom(trx: Trx, tables: readonly TableLine[], replace: boolean): Promise<void> {
  if (replace) return
  for (const { table } of tables) {
    const own = COMES_WITH_THE_PRODUCT[table]
    const { rows } =
      await sql`select from ${sql.table(table)} where ${sql.raw(own ? `not (${own})` : 'true')} limit 1`.execute(
        trx,
      )
    if (rows.length > 0)
      throw new CannotRestore(
        'This database is not empty. Restore into an empty one, or say --replace to remove all it holds.',
      )
  }
}

async function foreignKeysOf(trx: Trx): Promise<readonly ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`.execute(
    trx,
  )
  return rows
}

const CHARACTERS_AT_A_TIME = 500_000
const ROWS_AT_A_TIME = 1_000

async function loadRows(
  trx: Trx,
  file: string,
  tables: readonly TableLine[],
  trailer: BackupTrailer,
  options: RestoreOptions,
): Promise<void> {
  let current: TableLine | undefined
  let [batch, size, done]: [string[], number, number] = [[], 0, 0]
  const flush = async (): Promise<void> => {
    if (!current || batch.length === 0) return
    await insertRows(trx, current, `[${batch.join(',')}]`)
    done += batch.length
    options.onProgress?.({
      table: current.table,
      rows: done,
      of: trailer.tables.find(({ table }) => table === current!.table)!.rows,
    })
    batch = []
    size = 0
  }
  for await (const part of readBackup(file)) {
    if (part.part === 'table') {
      await flush()
      const here = tables.find(({ table }) => table === part.table.table)
      if (JSON.stringify(here) !== JSON.stringify(part.table))
        throw new CannotRestore(
          `The backup's table ${part.table.table} is not this database's: it was changed by hand.`,
        )
      current = here
      done = 0
    } else if (part.part === 'row') {
      batch.push(part.line)
      size += part.line.length
      if (batch.length >= ROWS_AT_A_TIME || size >= CHARACTERS_AT_A_TIME) await flush()
    } else await flush()
  }
}

async function insertRows(trx: Trx, { table, columns }: TableLine, rows: string): Promise<void> {
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  const values = sql.join(
    columns.map(({ type }, index) => sql`(held ->> ${sql.lit(index)})::${sql.raw(type)}`),
  )
  await sql`insert into ${sql.table(table)} (${names}) overriding system value select ${values} from json_array_elements(${rows}::json) held`.execute(
    trx,
  )
}

/** The history that was loaded is the one that was backed up, and unbroken. */
async function proveSame(trx: Trx, { anchor }: BackupTrailer): Promise<RecordReport> {
  const { report } = await verifyWithin(trx)
  const { history, accessLog } = report
  const isSame =
    history.heads === anchor.heads &&
    history.children === anchor.children &&
    history.rows === anchor.rows &&
    accessLog.seals === anchor.seals &&
    (accessLog.lastSeal?.hash ?? null) === anchor.lastSeal
  if (!report.ok || !isSame) {
    throw new CannotRestore(
      'The history in that backup is broken: what was loaded is not what was backed up. Nothing was changed.',
    )
  }
  return report
}

/** An older backup is checked once the migrations since have brought it to the tables this program's check knows. */
async function proveMigrated(owner: Database): Promise<RecordReport> {
  const { report } = await verifyRecord(owner)
  if (!report.ok) {
    throw new CannotRestore(
      'The history in that backup is broken. It was loaded and brought up to date: do not use this database. Run "clearway verify" to see where.',
    )
  }
  return report
}
