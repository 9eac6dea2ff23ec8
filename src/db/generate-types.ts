import { sql } from 'kysely'
import type { Database } from './connection.ts'

const typescriptOf: Readonly<Record<string, string>> = {
  text: 'string',
  uuid: 'string',
  date: 'string',
  timestamptz: 'string',
  int8multirange: 'string',
  int4: 'number',
  int8: 'number',
  numeric: 'number',
  bool: 'boolean',
  bytea: 'Uint8Array',
  jsonb: 'Json',
  _text: 'string[]',
  _uuid: 'string[]',
}

/** The tables as TypeScript, written to `types.ts` by `npm run db:types`; a test proves the file is current. */
export async function generateTypes(db: Database): Promise<string> {
  const { rows } = await sql<{
    table: string
    column: string
    type: string
    nullable: boolean
    defaulted: boolean
    always: boolean
  }>`
    select c.table_name as "table", c.column_name as "column", c.udt_name as type, c.is_nullable = 'YES' as nullable,
      c.column_default is not null or c.is_identity = 'YES' as defaulted, coalesce(c.identity_generation, '') = 'ALWAYS' as always
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> 'migration'
    order by c.table_name collate "C", c.ordinal_position`.execute(db)
  const tables = Map.groupBy(rows, (row) => row.table)
  const parts = [
    '// Generated from the migrations by `npm run db:types`. Do not edit.',
    "import type { ColumnType, Generated, GeneratedAlways } from 'kysely'",
    '',
    '/** JSON columns are written as text and read as values. */',
    'export type Json = ColumnType<unknown, string, string>',
    '',
  ]
  for (const [table, columns] of tables) {
    parts.push(`export interface ${pascal(table)} {`)
    for (const column of columns) {
      const base = typescriptOf[column.type]
      if (!base) throw new Error(`no TypeScript type for ${column.type} (${table}.${column.column})`)
      const type = column.nullable && base !== 'Json' ? `${base} | null` : base
      const wrapped = column.always
        ? `GeneratedAlways<${type}>`
        : column.defaulted && base !== 'Json'
          ? `Generated<${type}>`
          : column.defaulted
            ? 'ColumnType<unknown, string | undefined, string>'
            : type
      parts.push(`  ${column.column}: ${wrapped}`)
    }
    parts.push('}', '')
  }
  parts.push('export interface DB {')
  for (const table of tables.keys()) parts.push(`  ${table}: ${pascal(table)}`)
  parts.push('}', '')
  return parts.join('\n')
}

const pascal = (name: string): string =>
  name
    .split('_')
    .map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`)
    .join('')
