import { startPostgresServer } from './postgres-server.ts'

/** One server for all database test files of a run; each file makes its own database in it. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['CLEARWAY_TEST_DB'] !== 'postgres') return undefined
  const server = await startPostgresServer()
  process.env['CLEARWAY_TEST_POSTGRES_URL'] = server.superuserUrl
  process.stderr.write(`database tests run on ${server.version}\n`)
  return () => server.stop()
}
