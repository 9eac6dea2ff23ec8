import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { connect, type Database } from '../connection.ts'
import { migrate } from '../migrate.ts'
import { createFreshDatabase } from './fresh-database.ts'

export const isOnServer = process.env['CLEARWAY_TEST_DB'] === 'postgres'

export interface MigratedDatabase {
  readonly engine: 'embedded' | 'postgres'
  /** As the application: on a server its own login, a member of clearway_app that owns nothing. */
  readonly db: Database
  /** As the owner of the schema: on a server a login that is no superuser. */
  readonly owner: Database
  /** As the superuser of the engine, past every wall: for tests that tamper. */
  readonly superuser: Database
  /** Where a program of its own finds it; none for the embedded database in memory. */
  readonly urls:
    | { readonly application: string; readonly owner: string; readonly superuser: string }
    | undefined
  close(): Promise<void>
}

export interface FreshOptions {
  /** Stop at this migration; 0 for none at all. */
  readonly upTo?: number
  readonly engine?: 'embedded' | 'postgres'
}

/** A database of the test's own, migrated, on the engine the run is for (`CLEARWAY_TEST_DB`). */
export async function freshDatabase(options: FreshOptions = {}): Promise<MigratedDatabase> {
  const engine = options.engine ?? (isOnServer ? 'postgres' : 'embedded')
  return engine === 'postgres' ? freshOnServer(options.upTo) : freshEmbedded(options.upTo)
}

async function migrateTo(owner: Database, upTo: number | undefined): Promise<void> {
  if (upTo !== 0) await migrate(owner, upTo === undefined ? {} : { upTo })
}

async function freshEmbedded(upTo: number | undefined): Promise<MigratedDatabase> {
  const db = connect({ engine: 'embedded', folder: 'memory' })
  await migrateTo(db, upTo)
  return { engine: 'embedded', db, owner: db, superuser: db, urls: undefined, close: () => db.destroy() }
}

async function freshOnServer(upTo: number | undefined): Promise<MigratedDatabase> {
  const fresh = await createFreshDatabase()
  const mark = randomBytes(5).toString('hex')
  const password = randomBytes(12).toString('hex')
  const [ownerName, loginName] = [`owner_${mark}`, `clearway_app_login_${mark}`]
  const server = new pg.Client({ connectionString: fresh.superuserUrl })
  await server.connect()
  // Roles belong to the whole server, and test files start together.
  await server
    .query('create role clearway_app nologin nosuperuser nobypassrls')
    .catch((error: { code?: string }) => {
      if (error.code !== '42710' && error.code !== '23505') throw error
    })
  await server.query(
    `create role ${ownerName} login nosuperuser nocreaterole nobypassrls password '${password}'`,
  )
  await server.query(
    `create role ${loginName} login nosuperuser nobypassrls password '${password}' in role clearway_app`,
  )
  const name = new URL(fresh.superuserUrl).pathname.slice(1)
  await server.query(`alter database ${name} owner to ${ownerName}`)
  await server.end()

  const urlFor = (user: string): string => {
    const url = new URL(fresh.superuserUrl)
    url.username = user
    url.password = password
    return url.href
  }
  const urls = { application: urlFor(loginName), owner: urlFor(ownerName), superuser: fresh.superuserUrl }
  const open = (url: string): Database => connect({ engine: 'postgres', url, maxConnections: 4 })
  const [db, owner, superuser] = [open(urls.application), open(urls.owner), open(urls.superuser)]
  await migrateTo(owner, upTo)
  return {
    engine: 'postgres',
    db,
    owner,
    superuser,
    urls,
    async close() {
      await Promise.all([db.destroy(), owner.destroy(), superuser.destroy()])
      await fresh.drop()
      const last = new pg.Client({ connectionString: process.env['CLEARWAY_TEST_POSTGRES_URL'] })
      await last.connect()
      await last.query(`drop role ${ownerName}, ${loginName}`)
      await last.end()
    },
  }
}
