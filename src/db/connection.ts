import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { EmbeddedDialect } from './pglite/dialect.ts'
import { prepareStatements } from './prepared-statements.ts'
import type { DB } from './types.ts'

/** How to reach the record: a PostgreSQL server, or the embedded engine in a folder (training and tests only). */
export type DatabaseLocation =
  | { readonly engine: 'postgres'; readonly url: string; readonly maxConnections?: number }
  | {
      readonly engine: 'embedded'
      readonly folder: string | 'memory'
      /** When another process has the folder open, take turns with it: for what reads, or is safe beside a server. */
      readonly share?: boolean
    }

export type Database = Kysely<DB>

/** Dates stay text (a calendar day has no time zone), counts are numbers, instants are ISO text. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  1082: (text) => text,
  20: (text) => Number(text),
  1700: (text) => Number(text),
  1184: (text) => text,
  1114: (text) => text,
}

/**
 * Opens the record. The caller owns it and must `destroy()` it.
 * @param options.onHeldBy told, at the first query, when the record is shared and another process has it
 */
export function connect(
  location: DatabaseLocation,
  options: { readonly onHeldBy?: (pid: number) => void } = {},
): Database {
  if (location.engine === 'embedded') {
    const { folder, share } = location
    return new Kysely<DB>({ dialect: new EmbeddedDialect({ folder, share, onHeldBy: options.onHeldBy }) })
  }
  const pool = new pg.Pool({
    connectionString: location.url,
    max: location.maxConnections ?? 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'clearway',
    types: {
      getTypeParser: ((oid: number, format: 'text' | 'binary') =>
        parsers[oid] ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  pool.on('error', () => {}) // a dropped idle connection is replaced; the request in hand gets its own error
  // A connection lost between two queries of a transaction says so by itself, and unheard would end the whole process;
  // the next query on it fails, and that is the error the request in hand gets.
  pool.on('connect', (client) => {
    client.on('error', () => {})
    prepareStatements(client)
  })
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
}
