import { sql } from 'kysely'
import { recordEvent, refreshChild } from '../src/db/case-history/index.ts'
import type { Database } from '../src/db/connection.ts'
import type { FreshRecord } from '../src/db/testing/fresh-record.ts'
import { asViewer } from '../src/db/viewer.ts'
import type { EventKind } from '../src/record/casework-events.ts'

/** The authority's day in the bench: a Monday in autumn, when the list is at its longest. */
export const BENCH_TODAY = '2020-11-02'
export const COORDINATOR = '00000000-0000-4000-8000-00000000c001'
export const LOCAL_COORDINATOR = '00000000-0000-4000-8000-00000000c002'
/** The child whose case has the long history. */
export const LONG_CASE = '00000000-0000-4000-8000-0000000000f1'

/**
 * A record of the size of a large council's open work: `open` open assessments in six localities held by 16 coordinators
 * (one in forty by nobody), as many finished, and a setting for each twenty children. Everyone is invented. The caches are written as a
 * command would leave them; facts are made only where a bench reads them.
 */
export async function fillRecord(owner: Database, open: number): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    await sql`insert into authority (code, name, ons_code, region, mode, training_today) values ('999', 'Bench', 'E99', 'South West', 'training', ${BENCH_TODAY})`.execute(
      trx,
    )
    await sql`insert into locality (id, name) select 'l' || n, 'Locality ' || n from generate_series(1, 6) n`.execute(
      trx,
    )
    await sql`insert into team (id, name, kind, locality_id) select 't' || n, 'Team ' || n, 'send', 'l' || n from generate_series(1, 6) n`.execute(
      trx,
    )
    await sql`insert into account (id, name, email, door, role, job_title, remit, team_id, locality_id)
      select ('00000000-0000-4000-8000-00000000c' || lpad(n::text, 3, '0'))::uuid, 'Coordinator ' || n, 'c' || n || '@bench.example', 'staff', 'plan-coordinator',
        'Plan coordinator', case when n = 2 then 'locality' else 'authority' end, 't' || (n % 6 + 1), 'l' || (n % 6 + 1)
      from generate_series(1, 16) n`.execute(trx)
    await sql`insert into setting (urn, la_code, name, type, source)
      select (100000 + n)::text, '999', 'Bench ' || n || ' Church of England Primary School', 'Primary', 'bench' from generate_series(0, 150) n`.execute(
      trx,
    )
    await sql`insert into child (id, reference, given_name, family_name, name_key, date_of_birth, sex, locality_id, setting_urn, registered_on)
      select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, 'CH' || n,
        (array['Amara','Ben','Chidi','Daisy','Eira','Finn','Gita','Hugo','Isla','Jun'])[n % 10 + 1],
        (array['Okafor','Smith','Patel','Jones','Nowak','Evans','Khan','Brown','Silva','O’Neill'])[n / 10 % 10 + 1] || ' ' || n,
        'child ' || n, date '2004-01-01' + (n * 37 % 5500), case when n % 2 = 0 then 'F' else 'M' end, 'l' || (n % 6 + 1), (100000 + n % 150)::text, date '2020-01-01'
      from generate_series(1, ${open * 2}::int) n`.execute(trx)
    await sql`insert into process (id, reference, child_id, kind, state, opened_on, closed_on, assigned_to, locality_id, setting_urn, next_rule, next_due_on, next_actor, work_left_days, risk_on, overdue_since, has_exception)
      select ('00000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid, 'A-' || n, ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, 'assessment',
        case when n > ${open} then 'plan-issued' else (array['deciding-whether-to-assess','gathering-advice','drafting','with-family','finalising'])[n % 5 + 1] end,
        due - 140, case when n > ${open} then due end,
        case when n % 40 = 0 then null else ('00000000-0000-4000-8000-00000000c' || lpad((n % 16 + 1)::text, 3, '0'))::uuid end,
        'l' || (n % 6 + 1), (100000 + n % 150)::text,
        case when n <= ${open} then case when n % 5 = 0 then 'decision-to-assess' else 'final-plan' end end,
        case when n <= ${open} then due end, case when n <= ${open} then 'local authority' end, n % 5 * 10, case when n <= ${open} then due - n % 5 * 10 end,
        case when n <= ${open} then due end, n % 25 = 0
      from (select n, date '2020-11-02' - 30 + (n * 7919 % 160) as due from generate_series(1, ${open * 2}::int) n) x`.execute(
      trx,
    )
  })
  await sql`analyze`.execute(owner)
}

/** Gives one case 150 facts, recorded as any command would. */
export async function makeLongCase(fresh: Pick<FreshRecord, 'db' | 'owner'>): Promise<void> {
  const child = '00000000-0000-4000-9000-00000000f001'
  await fresh.owner
    .insertInto('child')
    .values({
      id: child,
      reference: 'CHLONG',
      given_name: 'Amara',
      family_name: 'Long',
      name_key: 'amara long',
      date_of_birth: '2012-05-05',
      sex: 'F',
      locality_id: 'l1',
      setting_urn: '100001',
      registered_on: '2020-05-01',
    })
    .execute()
  await fresh.owner
    .insertInto('process')
    .values({
      id: LONG_CASE,
      reference: 'A-LONG',
      child_id: child,
      kind: 'assessment',
      state: 'gathering-advice',
      opened_on: '2020-06-01',
      locality_id: 'l1',
      assigned_to: COORDINATOR,
    })
    .execute()
  await asViewer(fresh.db, { accountId: COORDINATOR, today: BENCH_TODAY }, async (trx) => {
    const record = (kind: EventKind, on: string, payload: Readonly<Record<string, unknown>> = {}) =>
      recordEvent(trx, {
        childId: child,
        processId: LONG_CASE,
        kind,
        on,
        today: on,
        by: COORDINATOR,
        payload,
      })
    await record('request_received', '2020-06-01', { by: 'school' })
    await record('decided_to_assess', '2020-07-10')
    for (let n = 0; n < 9; n++) {
      const adviser = `Adviser ${n}`
      await record('advice_requested', '2020-07-13', { head: 'other', adviser })
      await trx
        .insertInto('advice_request')
        .values({
          process_id: LONG_CASE,
          child_id: child,
          head: 'other',
          adviser,
          asked_on: '2020-07-13',
          received_on: n < 8 ? '2020-08-20' : null,
        })
        .execute()
      await record('advice_chased', '2020-08-10', { head: 'other', adviser })
      if (n < 8) await record('advice_received', '2020-08-20', { head: 'other', adviser })
    }
    for (let n = 0; n < 122; n++)
      await record('note_added', '2020-09-01', {
        note: `A note of what was said on the telephone, number ${n}.`,
      })
    await refreshChild(trx, child, BENCH_TODAY)
  })
}
