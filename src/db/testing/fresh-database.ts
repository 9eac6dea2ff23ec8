import { randomBytes } from 'node:crypto'
import pg from 'pg'

export interface FreshDatabase {
  /** The new database, as the superuser. */
  readonly superuserUrl: string
  /** Ends every session in it and removes it. */
  drop(): Promise<void>
}

async function asSuperuser(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** An empty database of its own in the test server. Roles belong to the whole server: give them unlike names. */
export async function createFreshDatabase(
  serverUrl = process.env['CLEARWAY_TEST_POSTGRES_URL'],
): Promise<FreshDatabase> {
  if (serverUrl === undefined) throw new Error('no test server: run `npm test -- db-postgres`')
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asSuperuser(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    superuserUrl: url.href,
    drop: () => asSuperuser(serverUrl, `drop database if exists ${name} with (force)`),
  }
}
