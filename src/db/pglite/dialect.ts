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
import type { Engine, Turn } from './engine.ts'
import { type EngineOptions, openEngine } from './open-engine.ts'

/** Kysely over the embedded database. It has one session, so connections are handed out one at a time, in order. */
export class EmbeddedDialect implements Dialect {
  readonly #options: EngineOptions
  constructor(options: EngineOptions) {
    this.#options = options
  }
  createAdapter(): PostgresAdapter {
    return new PostgresAdapter()
  }
  createDriver(): Driver {
    return new EmbeddedDriver(this.#options)
  }
  createIntrospector(database: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(database)
  }
  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler()
  }
}

class EmbeddedDriver implements Driver {
  readonly #options: EngineOptions
  #engine: Engine | undefined

  constructor(options: EngineOptions) {
    this.#options = options
  }
  async init(): Promise<void> {
    this.#engine = await openEngine(this.#options)
  }
  async acquireConnection(): Promise<DatabaseConnection> {
    if (!this.#engine) throw new Error('the embedded database is not open')
    return new EmbeddedConnection(await this.#engine.takeTurn())
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await (connection as EmbeddedConnection).turn.end()
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
    await this.#engine?.close()
  }
}

/** Marks SQL of several statements (a migration), which the engine runs by its simple protocol. */
export const SCRIPT = '/* script */'

class EmbeddedConnection implements DatabaseConnection {
  readonly turn: Turn
  constructor(turn: Turn) {
    this.turn = turn
  }
  async run(sql: string): Promise<void> {
    await this.turn.query(sql, [])
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (query.sql.startsWith(SCRIPT)) {
      await this.turn.script(query.sql)
      return { rows: [] }
    }
    const { rows, affected } = await this.turn.query(query.sql, query.parameters)
    return affected === undefined
      ? { rows: rows as R[] }
      : { rows: rows as R[], numAffectedRows: BigInt(affected) }
  }
  // biome-ignore lint/correctness/useYield: streaming is not offered by the embedded engine
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the embedded database does not stream; read in pages')
  }
}
