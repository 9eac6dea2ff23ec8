import { sql } from 'kysely'
import type { Trx } from '../viewer.ts'
import { NOT_BACKED_UP, type SequenceValue, type TableLine } from './format.ts'

/** Every table that belongs in a backup, with its columns and their types, from the catalogue. */
export async function tablesOf(trx: Trx): Promise<readonly TableLine[]> {
  const { rows } = await sql<TableLine>`
    select c.relname as table, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    group by c.relname order by c.relname collate "C"`.execute(trx)
  return rows.filter(({ table }) => !Object.hasOwn(NOT_BACKED_UP, table))
}

/** The order rows are written in: the primary key, so that the same record gives the same digests. */
export async function orderOf(trx: Trx, table: string): Promise<readonly string[]> {
  // History goes by child and line, as it was recorded and as it is checked.
  if (table === 'case_event') return ['child_id', 'seq']
  const { rows } = await sql<{ column: string }>`
    select a.attname as column from pg_index i cross join lateral unnest(i.indkey) with ordinality k (attnum, place)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = ${table}::regclass and i.indisprimary order by k.place`.execute(trx)
  if (rows.length === 0) throw new Error(`table ${table} has no primary key to be backed up by`)
  return rows.map((row) => row.column)
}

export async function sequencesOf(trx: Trx): Promise<readonly SequenceValue[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by 1`.execute(
    trx,
  )
  const values: SequenceValue[] = []
  for (const { name } of rows) {
    const { rows: at } = await sql<{ next: number }>`
      select last_value + is_called::int as next from ${sql.table(name)}`.execute(trx)
    values.push({ name, next: at[0]!.next })
  }
  return values
}

/** Text in and out of every type the same on both engines, whatever the login's own settings. */
export async function plainText(trx: Trx): Promise<void> {
  await sql`select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'postgres', true),
    set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true), set_config('statement_timeout', '0', true)`.execute(
    trx,
  )
}
