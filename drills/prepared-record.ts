import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { connect, type Database } from '../src/db/connection.ts'
import { migrate } from '../src/db/migrate.ts'
import { rebuildDeadlines } from '../src/db/rebuild/index.ts'
import { freshRecord } from '../src/db/testing/fresh-record.ts'
import { fillHistories } from '../src/db/testing/histories.ts'
import { type PostgresServer, startPostgresServer } from '../src/db/testing/postgres-server.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import type { Environment } from './site.ts'

export const TODAY = '2026-03-02'

/** A small training authority for a drill, where a server process finds it. */
export interface PreparedRecord {
  readonly engine: string
  readonly env: Environment
  readonly cases: readonly string[]
  /** Plans being written, to add parts to. */
  readonly plans: readonly string[]
  /** Opened after the site has stopped: the embedded engine has one door. */
  openOwner(): Promise<Database>
  /** kill -9 of the whole database server; none for the embedded engine. */
  readonly killDatabase: (() => Promise<void>) | undefined
  readonly restartDatabase: (() => Promise<void>) | undefined
  close(): Promise<void>
}

async function fill(
  owner: Database,
  children: number,
): Promise<{ readonly cases: readonly string[]; readonly plans: readonly string[] }> {
  await makeStoryAuthority(owner, TODAY)
  await owner.updateTable('authority').set({ training_seed: 'drill' }).execute()
  await fillHistories(owner, { children, linesEach: 4 })
  await rebuildDeadlines(owner, { today: TODAY })
  await sql`insert into plan (child_id, process_id, template_id, begun_by, begun_on, changed_by)
    select p.child_id, p.id, t.id, ${STORY_PEOPLE.coordinator.id}, ${TODAY}, ${STORY_PEOPLE.coordinator.id}
    from (select * from process order by id limit 5) p, plan_template t where t.name = 'Standard'`.execute(
    owner,
  )
  const ids = async (table: 'process' | 'plan'): Promise<readonly string[]> =>
    (await owner.selectFrom(table).select('id').orderBy('id').execute()).map((row) => row.id)
  return { cases: await ids('process'), plans: await ids('plan') }
}

export async function prepareEmbedded(children: number): Promise<PreparedRecord> {
  const data = mkdtempSync(path.join(tmpdir(), 'clearway-drill-'))
  const open = (): Database => connect({ engine: 'embedded', folder: path.join(data, 'training-database') })
  const owner = open()
  await migrate(owner)
  const { cases, plans } = await fill(owner, children)
  await owner.destroy()
  return {
    engine: 'the embedded engine',
    env: { CLEARWAY_DATA: data, CLEARWAY_MODE: 'training' },
    cases,
    plans,
    openOwner: async () => open(),
    killDatabase: undefined,
    restartDatabase: undefined,
    close: async () => rmSync(data, { recursive: true, force: true }),
  }
}

/** On a server of its own, with fsync on. */
export async function preparePostgres(children: number): Promise<PreparedRecord> {
  const server: PostgresServer = await startPostgresServer()
  const before = process.env['CLEARWAY_TEST_POSTGRES_URL']
  process.env['CLEARWAY_TEST_POSTGRES_URL'] = server.superuserUrl
  const record = await freshRecord({ engine: 'postgres' })
  const { cases, plans } = await fill(record.owner, children)
  const { application, owner } = record.urls!
  await record.db.destroy()
  await record.owner.destroy()
  if (before === undefined) delete process.env['CLEARWAY_TEST_POSTGRES_URL']
  else process.env['CLEARWAY_TEST_POSTGRES_URL'] = before
  return {
    engine: server.version,
    env: { DATABASE_URL: application, OWNER_DATABASE_URL: owner, CLEARWAY_MODE: 'training' },
    cases,
    plans,
    openOwner: async () => connect({ engine: 'postgres', url: owner, maxConnections: 2 }),
    killDatabase: () => server.killTree(),
    restartDatabase: () => server.restart(),
    close: () => server.stop(),
  }
}
