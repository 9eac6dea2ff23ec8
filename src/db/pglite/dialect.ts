import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import { EmbeddedDatabase } from './embedded-database.ts'

/** Kysely over the embedded database. It has one session, so connections are handed out one at a time, in order. */
export class EmbeddedDialect implements Dialect {
  readonly #folder: string
  constructor(options: { readonly folder: string }) {
    this.#folder = options.folder
  }
  createAdapter(): PostgresAdapter {
    return new PostgresAdapter()
  }
  createDriver(): Driver {
    return new EmbeddedDriver(this.#folder)
  }
  createIntrospector(database: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(database)
  }
  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler()
  }
}

class EmbeddedDriver implements Driver {
  readonly #folder: string
  #database: EmbeddedDatabase | undefined
  #connection: EmbeddedConnection | undefined
  #turn: Promise<void> = Promise.resolve()
  #giveUp: (() => void) | undefined

  constructor(folder: string) {
    this.#folder = folder
  }
  async init(): Promise<void> {
    this.#database = await EmbeddedDatabase.open(this.#folder)
    this.#connection = new EmbeddedConnection(this.#database)
  }
  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#turn
    let giveUp = () => {}
    this.#turn = new Promise((resolve) => {
      giveUp = resolve
    })
    await before
    this.#giveUp = giveUp
    if (!this.#connection) throw new Error('the embedded database is not open')
    return this.#connection
  }
  async releaseConnection(): Promise<void> {
    this.#giveUp?.()
  }
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as EmbeddedConnection).run('begin')
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as EmbeddedConnection).run('commit')
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as EmbeddedConnection).run('rollback')
  }
  async destroy(): Promise<void> {
    await this.#database?.close()
  }
}

/** Marks SQL of several statements (a migration), which the engine runs by its simple protocol. */
export const SCRIPT = '/* script */'

/** The engine's one session. */
export class EmbeddedConnection implements DatabaseConnection {
  readonly database: EmbeddedDatabase
  constructor(database: EmbeddedDatabase) {
    this.database = database
  }
  async run(sql: string): Promise<void> {
    await this.database.query(sql, [])
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (query.sql.startsWith(SCRIPT)) {
      await this.database.script(query.sql)
      return { rows: [] }
    }
    const { rows, affected } = await this.database.query(query.sql, query.parameters)
    return affected === undefined
      ? { rows: rows as R[] }
      : { rows: rows as R[], numAffectedRows: BigInt(affected) }
  }
  // biome-ignore lint/correctness/useYield: streaming is not offered by the embedded engine
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the embedded database does not stream; read in pages')
  }
}
