import pg from 'pg'
import { connect, type Database } from '../connection.ts'
import { migrate } from '../migrate.ts'
import { createFreshDatabase } from './fresh-database.ts'

/** A migrated record with nothing in it, on the engine the run is for. */
export interface FreshRecord {
  /** What the application uses: on a server, a login that owns nothing. */
  readonly db: Database
  /** What migrations use: on a server, an owner that is no superuser. */
  readonly owner: Database
  /** On a server: the superuser's address, for a test that attacks the record from outside. */
  readonly superuserUrl: string | undefined
  readonly engine: 'embedded' | 'postgres'
  /** On a server: the addresses of both logins, for a program of its own. */
  readonly urls: { readonly application: string; readonly owner: string } | undefined
  close(): Promise<void>
}

const withLogin = (url: string, user: string): string => {
  const address = new URL(url)
  address.username = user
  address.password = 'test'
  return address.href
}

/**
 * Opens an empty, migrated record: in memory, or (CLEARWAY_TEST_DB=postgres) in a database of its own on the test server.
 * @param options.upTo stop at this migration; 0 for none
 * @param options.engine another engine than the run is for
 */
export async function freshRecord(
  options: { readonly upTo?: number; readonly engine?: 'embedded' | 'postgres' } = {},
): Promise<FreshRecord> {
  const engine = options.engine ?? (process.env['CLEARWAY_TEST_DB'] === 'postgres' ? 'postgres' : 'embedded')
  const migrateAll = async (owner: Database): Promise<void> => {
    if (options.upTo !== 0) await migrate(owner, options.upTo === undefined ? {} : { upTo: options.upTo })
  }
  if (engine === 'embedded') {
    const db = connect({ engine: 'embedded', folder: 'memory' })
    await migrateAll(db)
    return { db, owner: db, superuserUrl: undefined, engine, urls: undefined, close: () => db.destroy() }
  }
  const database = await createFreshDatabase()
  const name = new URL(database.superuserUrl).pathname.slice(1)
  const [ownerLogin, appLogin] = [`${name}_owner`, `${name}_app`]
  const superuser = new pg.Client({ connectionString: database.superuserUrl })
  await superuser.connect()
  // The group role is the whole server's: made once, by whoever is first.
  await superuser.query(
    `do $$ begin create role clearway_app nologin; exception when duplicate_object or unique_violation then null; end $$`,
  )
  await superuser.query(`create role ${ownerLogin} login password 'test' nosuperuser nobypassrls`)
  await superuser.query(
    `create role ${appLogin} login password 'test' nosuperuser nobypassrls in role clearway_app`,
  )
  await superuser.query(
    `grant all on schema public to ${ownerLogin}; alter database ${name} owner to ${ownerLogin}`,
  )
  await superuser.end()
  const urls = {
    application: withLogin(database.superuserUrl, appLogin),
    owner: withLogin(database.superuserUrl, ownerLogin),
  }
  const owner = connect({ engine: 'postgres', url: urls.owner, maxConnections: 4 })
  await migrateAll(owner)
  const db = connect({ engine: 'postgres', url: urls.application, maxConnections: 10 })
  return {
    db,
    owner,
    superuserUrl: database.superuserUrl,
    engine: 'postgres',
    urls,
    close: async () => {
      await db.destroy()
      await owner.destroy()
      await database.drop()
      const server = new pg.Client({ connectionString: process.env['CLEARWAY_TEST_POSTGRES_URL'] })
      await server.connect()
      await server.query(`drop role if exists ${ownerLogin}; drop role if exists ${appLogin}`)
      await server.end()
    },
  }
}
