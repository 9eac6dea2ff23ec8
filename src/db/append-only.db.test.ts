import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealAccessLog } from './access-seal/index.ts'
import { type FreshRecord, freshRecord } from './testing/fresh-record.ts'
import { fillHistories } from './testing/histories.ts'
import { makeStoryAuthority, STORY_PEOPLE } from './testing/story-authority.ts'
import { asViewer } from './viewer.ts'

let record: FreshRecord
beforeAll(async () => {
  record = await freshRecord()
  await makeStoryAuthority(record.owner)
  await fillHistories(record.owner, { children: 2, linesEach: 3, accessLines: 4 })
  await sealAccessLog(record.owner)
})
afterAll(() => record.close())

const manager = { accountId: STORY_PEOPLE.manager.id, today: '2026-07-06' }
/** As the application, for somebody who may see everything: what is refused here is refused to all. */
const application = (statement: string): Promise<unknown> =>
  asViewer(record.db, manager, (trx) => sql.raw(statement).execute(trx))
const owner = (statement: string): Promise<unknown> => sql.raw(statement).execute(record.owner)

const CHANGES: Readonly<Record<string, readonly string[]>> = {
  case_event: ["update case_event set why = 'x'", 'delete from case_event', 'truncate case_event cascade'],
  access_log: ["update access_log set what = 'x'", 'delete from access_log', 'truncate access_log'],
  access_seal: ['update access_seal set rows = 0', 'delete from access_seal', 'truncate access_seal'],
}

describe('history, access log and seals can only be added to', () => {
  for (const [table, statements] of Object.entries(CHANGES)) {
    for (const statement of statements) {
      test(`the application may not ${statement}`, async () => {
        await expect(application(statement)).rejects.toThrow(`permission denied for table ${table}`)
      })
      test(`even the owner may not ${statement}`, async () => {
        await expect(owner(statement)).rejects.toThrow('history is append-only')
      })
    }
  }

  test('the application may write no head and no seal of its own', async () => {
    for (const statement of [
      'update child_chain set seq = 0',
      'delete from child_chain',
      "insert into access_seal (seq, rows, previous_hash, hash, ids) values (9, 1, '', '', '{[1,2)}')",
    ])
      await expect(application(statement), statement).rejects.toThrow('permission denied')
  })

  test('the number and hash of a line are the database’s own, whatever is sent', async () => {
    const [one] = await record.owner
      .selectFrom('child_chain')
      .selectAll()
      .orderBy('child_id')
      .limit(1)
      .execute()
    await application(`insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, seq, previous_hash, hash)
      values ('${one!.child_id}', 'note_added', '2026-07-06', '2026-07-06', '${manager.accountId}', 900, '\\x0909', '\\x0808')`)
    const last = await record.owner
      .selectFrom('case_event')
      .select(['seq', 'previous_hash'])
      .where('child_id', '=', one!.child_id)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(last.seq).toBe(one!.seq + 1)
    expect(Buffer.from(last.previous_hash).equals(Buffer.from(one!.hash))).toBe(true)
  })

  test('a line once superseded cannot be superseded again, and a correction says why', async () => {
    const line = await record.owner
      .selectFrom('case_event')
      .select(['id', 'child_id'])
      .limit(1)
      .executeTakeFirstOrThrow()
    const correct = (
      why: string,
    ): string => `insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, supersedes, why, seq, previous_hash, hash)
      values ('${line.child_id}', 'note_added', '2026-07-06', '2026-07-06', '${manager.accountId}', '${line.id}', ${why}, 0, '', '')`
    await expect(application(correct('null'))).rejects.toThrow('case_event_check')
    await application(correct("'wrong day'"))
    await expect(application(correct("'again'"))).rejects.toThrow('case_event_supersedes_key')
  })
})

describe('the application cannot open the way', () => {
  const WAYS = [
    'alter table case_event disable trigger append_only',
    'alter table case_event disable trigger all',
    'drop trigger append_only on case_event',
    'alter table case_event disable row level security',
    'alter table child no force row level security',
    'drop policy reached on child',
    'create policy everything on child using (true)',
    'alter table child owner to clearway_app',
    'grant update on case_event to clearway_app',
    'set session_replication_role = replica',
    'alter role clearway_app bypassrls',
    'alter role clearway_app superuser',
    'create role intruder',
    "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
    "create or replace function viewer_sees_authority() returns boolean language sql as 'select true'",
    'create table mine (x int)',
    "copy child to program 'cat'",
    "select pg_read_file('/etc/passwd')",
    'alter table access_log add column x int',
  ]
  for (const way of WAYS) {
    test(way, async () => {
      const refusal = await application(way).then(
        () => 'done',
        (error: Error) => error.message,
      )
      // A grant without the right to give is only warned of: then nothing may have changed.
      if (refusal !== 'done') expect(refusal).toMatch(/permission denied|must be|only superuser|not be able/i)
      else
        expect(
          await record.owner
            .selectFrom('case_event')
            .select(sql<boolean>`has_table_privilege('clearway_app', 'case_event', 'update')`.as('may'))
            .limit(1)
            .executeTakeFirst(),
        ).toEqual({ may: false })
    })
  }

  test('it cannot become the owner or the superuser, by set role, reset role or set session authorization', async () => {
    if (record.engine === 'embedded') return // one login: decision 0007 says what that means
    const { rows } = await sql<{
      owner: string
      me: string
    }>`select tableowner as owner, current_user as me from pg_tables where tablename = 'child'`.execute(
      record.db,
    )
    for (const statement of [
      `set role ${rows[0]!.owner}`,
      'set role postgres',
      'set session authorization postgres',
    ]) {
      await expect(application(statement), statement).rejects.toThrow('permission denied')
    }
    const after = await asViewer(record.db, manager, async (trx) => {
      await sql`reset role`.execute(trx)
      await sql`select set_config('role', 'none', true)`.execute(trx)
      return (
        await sql<{
          me: string
          seen: boolean
        }>`select current_user as me, has_table_privilege('case_event', 'update') as seen`.execute(trx)
      ).rows[0]
    })
    expect(after).toEqual({ me: rows[0]!.me, seen: false })
  })
})
