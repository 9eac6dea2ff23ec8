import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import type { Database } from './connection.ts'
import { generateTypes } from './generate-types.ts'
import { verifyRecord } from './integrity/index.ts'
import { MigrationMismatch, migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { type FreshRecord, freshRecord } from './testing/fresh-record.ts'
import { FIXTURES } from './testing/rehearsal.ts'

const opened: FreshRecord[] = []
async function open(upTo?: number): Promise<FreshRecord> {
  const record = await freshRecord(upTo === undefined ? {} : { upTo })
  opened.push(record)
  return record
}
afterEach(async () => {
  for (const record of opened.splice(0)) await record.close()
})

const fill = (db: Database, level: number): Promise<unknown> =>
  sql.raw(`/* script */ ${FIXTURES[level] ?? ''}`).execute(db)

/** How many rows each table holds. */
async function rowCounts(db: Database): Promise<Readonly<Record<string, number>>> {
  const { rows: tables } = await sql<{
    name: string
  }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration' order by 1`.execute(
    db,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables)
    counts[name] = (await sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(db))
      .rows[0]!.rows
  return counts
}

/** Kinds of fact a door may add are reference data: a migration adds to them, and may. */
async function expectNoRowLost(db: Database, before: Readonly<Record<string, number>>): Promise<void> {
  const { fact_by_door: kinds, ...others } = before
  const after = await rowCounts(db)
  expect(after).toMatchObject(others)
  expect(after['fact_by_door'] ?? 0).toBeGreaterThanOrEqual(kinds ?? 0)
}

describe('the rehearsal: a database in use goes through every migration', () => {
  test('one by one, in use at each level: no row is lost, every table is filled, and the history verifies', async () => {
    const record = await open(0)
    for (const { id, name } of migrations) {
      expect(Object.keys(FIXTURES), `migration ${id} has no fixture`).toContain(String(id))
      const before = await rowCounts(record.owner)
      expect(await migrate(record.owner, { upTo: id })).toEqual([name])
      await expectNoRowLost(record.owner, before)
      await fill(record.owner, id)
    }
    const empty = Object.entries(await rowCounts(record.owner))
      .filter(([, rows]) => rows === 0)
      .map(([table]) => table)
    expect(empty).toEqual([])
    const { report } = await verifyRecord(record.owner)
    expect(report).toMatchObject({ ok: true, history: { children: 1, rows: 7 }, guardsOff: [] })
    expect(await migrate(record.owner)).toEqual([])
  })

  // In one go from the first release's tables, from every door's, and from those of the last few levels.
  const levels = [1, 10, ...migrations.slice(-4, -1).map(({ id }) => id)]
  for (const from of levels) {
    test(`from ${from} to ${migrations.length} in one go: no row is lost and the history verifies`, async () => {
      const record = await open(0)
      for (const { id } of migrations.filter(({ id }) => id <= from)) {
        await migrate(record.owner, { upTo: id })
        await fill(record.owner, id)
      }
      const before = await rowCounts(record.owner)
      expect(await migrate(record.owner)).toEqual(migrations.slice(from).map(({ name }) => name))
      await expectNoRowLost(record.owner, before)
      for (const { id } of migrations.filter(({ id }) => id > from)) await fill(record.owner, id)
      const { report } = await verifyRecord(record.owner)
      expect(report).toMatchObject({ ok: true, history: { children: 1, rows: 7 }, guardsOff: [] })
      expect(await migrate(record.owner)).toEqual([])
    })
  }
})

describe('a migration that cannot go through', () => {
  test('leaves nothing behind, and goes through when tried again', async () => {
    const record = await open(1)
    for (const { id, name } of migrations.slice(1)) {
      // The table it must write itself into refuses: the very last statement fails.
      await sql`alter table migration add constraint stop check (id < ${sql.lit(id)})`.execute(record.owner)
      const before = await schemaOf(record.owner)
      await expect(migrate(record.owner, { upTo: id })).rejects.toThrow('stop')
      expect(await schemaOf(record.owner), `migration ${id}`).toEqual(before)
      await sql`alter table migration drop constraint stop`.execute(record.owner)
      expect(await migrate(record.owner, { upTo: id })).toEqual([name])
    }
  })

  test('is refused when one already applied has been edited', async () => {
    const record = await open()
    await sql`update migration set sha256 = 'other' where id = 2`.execute(record.owner)
    await expect(migrate(record.owner)).rejects.toThrow(MigrationMismatch)
    await expect(migrate(record.owner)).rejects.toThrow('other contents')
  })

  test('is refused when the database is newer than the program', async () => {
    const record = await open()
    await sql`insert into migration (id, name, sha256) values (${migrations.length + 1}, 'from_the_future', '')`.execute(
      record.owner,
    )
    await expect(migrate(record.owner)).rejects.toThrow('newer than this program')
  })
})

test('two servers starting at once migrate once', async () => {
  const record = await open(0)
  const results = await Promise.all([migrate(record.owner), migrate(record.owner), migrate(record.owner)])
  expect(results.flat().sort()).toEqual(migrations.map(({ name }) => name).sort())
})

test('migrations are numbered from 1 without a gap', () => {
  expect(migrations.map(({ id }) => id)).toEqual(migrations.map((_, index) => index + 1))
})

test('types.ts is what the migrations give', async () => {
  const record = await open()
  const file = fileURLToPath(new URL('types.ts', import.meta.url))
  expect(readFileSync(file, 'utf8') === (await generateTypes(record.owner)), 'run npm run db:types').toBe(
    true,
  )
})

/** Tables, columns, functions, triggers and policies by name and definition. */
async function schemaOf(db: Database): Promise<unknown> {
  const { rows } = await sql`
    select 'column' as what, table_name || '.' || column_name || ' ' || udt_name as name from information_schema.columns where table_schema = 'public'
    union all select 'function', p.oid::regprocedure::text || md5(prosrc) from pg_proc p where pronamespace = 'public'::regnamespace
    union all select 'trigger', tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
    union all select 'policy', polrelid::regclass || ' ' || polname from pg_policy
    order by 1, 2`.execute(db)
  return rows
}
