import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Database } from './connection.ts'
import { type FreshRecord, freshRecord } from './testing/fresh-record.ts'
import { makeStoryAuthority } from './testing/story-authority.ts'
import { asViewer, type Trx } from './viewer.ts'

const TODAY = '2026-07-06'
const id = (kind: number, n: number): string =>
  `00000000-0000-4000-8000-00000000${kind}${String(n).padStart(3, '0')}`
const CHILD = { A: id(1, 1), B: id(1, 2) } as const

/** Everyone who may come, and which children they reach: A is in the north at Larkfield, B in the south at Quarry Bank. */
const VIEWERS = {
  nobody: { reaches: '' },
  staffOfTheAuthority: { reaches: 'A B', account: "'staff', 'send-manager', 'authority', null, null, null" },
  staffOfTheLocality: {
    reaches: 'A',
    account: "'staff', 'plan-coordinator', 'locality', 'north', null, null",
  },
  parentWithResponsibility: {
    reaches: 'A',
    account: "'family', 'parent', 'relationships', null, null, null",
  },
  parentRestricted: { reaches: '', account: "'family', 'parent', 'relationships', null, null, null" },
  parentWithoutResponsibility: {
    reaches: '',
    account: "'family', 'parent', 'relationships', null, null, null",
  },
  parentNoLonger: { reaches: '', account: "'family', 'parent', 'relationships', null, null, null" },
  parentOfB: { reaches: 'B', account: "'family', 'parent', 'relationships', null, null, null" },
  sencoOfTheSchool: { reaches: 'A', account: "'setting', 'senco', 'relationships', null, '900001', null" },
  sencoElsewhere: { reaches: '', account: "'setting', 'senco', 'relationships', null, '900003', null" },
  psychologistAsked: {
    reaches: 'A',
    account: "'professional', 'educational-psychologist', 'relationships', null, null, null",
  },
  psychologistNotAsked: {
    reaches: '',
    account: "'professional', 'educational-psychologist', 'relationships', null, null, null",
  },
  board: { reaches: '', account: "'board', 'board-member', 'none', null, null, null" },
  leaver: { reaches: '', account: "'staff', 'send-manager', 'authority', null, null, date '2026-07-06'" },
  leaverOfTheLocality: {
    reaches: '',
    account: "'staff', 'plan-coordinator', 'locality', 'north', null, date '2026-07-01'",
  },
  parentWhoseAccountEnded: {
    reaches: '',
    account: "'family', 'parent', 'relationships', null, null, date '2026-07-01'",
  },
} as const satisfies Record<string, { reaches: string; account?: string }>
type Viewer = keyof typeof VIEWERS
const names = Object.keys(VIEWERS) as Viewer[]
const accountOf = (viewer: Viewer): string =>
  viewer === 'nobody' ? '00000000-0000-0000-0000-000000000000' : id(2, names.indexOf(viewer))
const contactOf = (viewer: Viewer): string => id(3, names.indexOf(viewer))

type Expected = Partial<Record<Viewer, string>>
const byChild: Expected = Object.fromEntries(names.map((viewer) => [viewer, VIEWERS[viewer].reaches]))
const own = (...viewers: Viewer[]): Expected => Object.fromEntries(viewers.map((viewer) => [viewer, viewer]))

/** A row for each table with anything about a person: how its rows are called, and what each viewer sees of them. */
const MATRIX: Readonly<Record<string, { readonly label: string; readonly sees: Expected }>> = {
  child: { label: 'reference', sees: byChild },
  child_contact: { label: `case child_id when '${CHILD.A}' then 'A' else 'B' end`, sees: byChild },
  process: { label: 'reference', sees: byChild },
  case_event: { label: `case child_id when '${CHILD.A}' then 'A' else 'B' end`, sees: byChild },
  child_chain: { label: `case child_id when '${CHILD.A}' then 'A' else 'B' end`, sees: byChild },
  deadline: { label: `case child_id when '${CHILD.A}' then 'A' else 'B' end`, sees: byChild },
  advice_request: { label: `case child_id when '${CHILD.A}' then 'A' else 'B' end`, sees: byChild },
  exception_claim: { label: `case child_id when '${CHILD.A}' then 'A' else 'B' end`, sees: byChild },
  document: {
    label: 'title',
    sees: {
      staffOfTheAuthority: 'A-to-parent A-to-restricted A-within B-to-parent',
      staffOfTheLocality: 'A-to-parent A-to-restricted A-within',
      parentWithResponsibility: 'A-to-parent',
      parentOfB: 'B-to-parent',
    },
  },
  contact: {
    label: 'name',
    sees: {
      staffOfTheAuthority:
        'parentNoLonger parentOfB parentRestricted parentWhoseAccountEnded parentWithResponsibility parentWithoutResponsibility',
      staffOfTheLocality:
        'parentNoLonger parentRestricted parentWhoseAccountEnded parentWithResponsibility parentWithoutResponsibility',
      ...own(
        'parentWithResponsibility',
        'parentRestricted',
        'parentWithoutResponsibility',
        'parentNoLonger',
        'parentOfB',
        'parentWhoseAccountEnded',
      ),
    },
  },
  access_log: { label: 'what', sees: { ...byChild, staffOfTheAuthority: 'A B nothing' } },
  command: { label: 'name', sees: own('staffOfTheAuthority', 'parentWithResponsibility', 'leaver') },
  saved_filter: { label: 'name', sees: own('staffOfTheAuthority', 'parentWithResponsibility', 'leaver') },
}

/** Tables every login of the application may read whole, each with the reason. */
const OPEN_TO_ALL: Readonly<Record<string, string>> = {
  authority: 'the council itself',
  authority_setting: 'targets and wording, no person',
  locality: 'names of areas',
  team: 'names of teams',
  setting: 'schools, from open data',
  access_seal: 'hashes and row numbers',
  migration: 'not granted to the application at all',
  session: 'found by its secret before anyone is known; holds a hash, an account and times (policy by_token)',
  account:
    'KNOWN GAP: names and e-mail of people who sign in, read at sign-in before anyone is known; see the report of this test',
}

let record: FreshRecord
let superuser: Database

beforeAll(async () => {
  record = await freshRecord()
  superuser =
    record.superuserUrl === undefined
      ? record.owner
      : connect({ engine: 'postgres', url: record.superuserUrl, maxConnections: 2 })
  await makeStoryAuthority(record.owner, TODAY)
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(record.owner)
  for (const viewer of names) {
    const { account } = VIEWERS[viewer] as { account?: string }
    if (!account) continue
    await run(
      `insert into account (id, name, email, door, role, remit, locality_id, setting_urn, active_to) values ('${accountOf(viewer)}', '${viewer}', '${viewer}@x.invalid', ${account})`,
    )
    if (viewer.startsWith('parent'))
      await run(
        `insert into contact (id, name, account_id) values ('${contactOf(viewer)}', '${viewer}', '${accountOf(viewer)}')`,
      )
    if (['staffOfTheAuthority', 'parentWithResponsibility', 'leaver'].includes(viewer)) {
      await run(
        `insert into command (key, account_id, name, fingerprint, result) values ('k', '${accountOf(viewer)}', '${viewer}', '', '{}')`,
      )
      await run(
        `insert into saved_filter (account_id, name, query) values ('${accountOf(viewer)}', '${viewer}', '')`,
      )
    }
  }
  for (const [letter, child] of Object.entries(CHILD)) {
    const [locality, urn] = letter === 'A' ? ['north', '900001'] : ['south', '900002']
    const process = id(4, letter === 'A' ? 1 : 2)
    await run(`insert into child (id, reference, given_name, family_name, name_key, date_of_birth, sex, registered_on, locality_id, setting_urn)
      values ('${child}', '${letter}', 'G', 'F', 'g f', '2016-01-01', 'F', '2026-01-05', '${locality}', '${urn}')`)
    await run(
      `insert into process (id, reference, child_id, kind, state, opened_on) values ('${process}', '${letter}', '${child}', 'assessment', 'gathering-advice', '2026-01-05')`,
    )
    await run(
      `insert into case_event (child_id, process_id, kind, happened_on, recorded_on, recorded_by, seq, previous_hash, hash) values ('${child}', '${process}', 'note_added', '2026-01-05', '2026-01-05', '${accountOf('staffOfTheAuthority')}', 0, '', '')`,
    )
    await run(
      `insert into deadline (process_id, child_id, rule, occurrence, display, actor, state) values ('${process}', '${child}', 'final-plan', 1, 'statutory', 'authority', 'open')`,
    )
    await run(
      `insert into advice_request (process_id, child_id, head, adviser, asked_on, adviser_account) values ('${process}', '${child}', 'psychological', 'x', '2026-02-01', ${letter === 'A' ? `'${accountOf('psychologistAsked')}'` : 'null'})`,
    )
    await run(
      `insert into exception_claim (process_id, child_id, event_id, ground, impractical_because, evidence, limits, claimed_on, state) values ('${process}', '${child}', gen_random_uuid(), 'g', 'i', 'e', '{}', '2026-02-01', 'claimed')`,
    )
    await run(
      `insert into access_log (account_id, child_ids, what, relationship) values ('${accountOf('staffOfTheAuthority')}', '{${child}}', '${letter}', 'x')`,
    )
  }
  await run(
    `insert into access_log (account_id, what, relationship) values ('${accountOf('staffOfTheAuthority')}', 'nothing', 'x')`,
  )
  const ties: readonly [Viewer, string, string][] = [
    ['parentWithResponsibility', CHILD.A, "true, false, null, '2016-01-01', null"],
    ['parentRestricted', CHILD.A, "true, true, 'court order', '2016-01-01', null"],
    ['parentWithoutResponsibility', CHILD.A, "false, false, null, '2016-01-01', null"],
    ['parentNoLonger', CHILD.A, "true, false, null, '2016-01-01', '2026-07-06'"],
    ['parentWhoseAccountEnded', CHILD.A, "true, false, null, '2016-01-01', null"],
    ['parentOfB', CHILD.B, "true, false, null, '2016-01-01', null"],
  ]
  for (const [viewer, child, rest] of ties) {
    await run(
      `insert into child_contact (child_id, contact_id, relationship, parental_responsibility, restricted, restriction_note, from_on, to_on) values ('${child}', '${contactOf(viewer)}', 'parent', ${rest})`,
    )
  }
  const letters: readonly [string, string, Viewer | null][] = [
    ['A-to-parent', CHILD.A, 'parentWithResponsibility'],
    ['A-to-restricted', CHILD.A, 'parentRestricted'],
    ['A-within', CHILD.A, null],
    ['B-to-parent', CHILD.B, 'parentOfB'],
  ]
  for (const [title, child, to] of letters) {
    await run(
      `insert into document (child_id, kind, title, made_by, recipient_contact) values ('${child}', 'letter', '${title}', '${accountOf('staffOfTheAuthority')}', ${to ? `'${contactOf(to)}'` : 'null'})`,
    )
  }
})
afterAll(async () => {
  if (superuser !== record.owner) await superuser.destroy()
  await record.close()
})

async function tables(): Promise<
  readonly { table: string; enabled: boolean; forced: boolean; policies: number }[]
> {
  const { rows } = await sql<{ table: string; enabled: boolean; forced: boolean; policies: number }>`
    select relname as table, relrowsecurity as enabled, relforcerowsecurity as forced,
      (select count(*) from pg_policy p where p.polrelid = c.oid and 'clearway_app'::regrole = any (p.polroles)) as policies
    from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm', 'v') order by 1`.execute(
    record.owner,
  )
  return rows
}

async function seen(trx: Trx, table: string): Promise<string> {
  const { rows } = await sql<{
    labels: string | null
  }>`select string_agg(distinct label, ' ' order by label) as labels
    from (select (${sql.raw(MATRIX[table]!.label)})::text collate "C" as label from ${sql.table(table)}) all_rows`.execute(
    trx,
  )
  return rows[0]!.labels ?? ''
}

describe('the second wall', () => {
  test('every table has its row in this test, and each with personal data is locked to its owner too', async () => {
    for (const { table, enabled, forced, policies } of await tables()) {
      if (Object.hasOwn(OPEN_TO_ALL, table)) continue
      expect(Object.keys(MATRIX), `table ${table} has no row: say who sees it, or why all may`).toContain(
        table,
      )
      expect({ table, enabled, forced, policies: policies > 0 }).toEqual({
        table,
        enabled: true,
        forced: true,
        policies: true,
      })
    }
  })

  for (const viewer of names) {
    test(`${viewer} sees of every table, asked with no condition at all, just what is theirs`, async () => {
      for (const [table, { sees }] of Object.entries(MATRIX)) {
        const found = await asViewer(record.db, { accountId: accountOf(viewer), today: TODAY }, (trx) =>
          seen(trx, table),
        )
        expect(found, table).toBe(sees[viewer] ?? '')
      }
    })
  }

  test('a login with no viewer named sees nothing', async () => {
    await record.db.transaction().execute(async (trx) => {
      await sql`set local role clearway_app`.execute(trx)
      for (const table of Object.keys(MATRIX)) expect(await seen(trx, table), table).toBe('')
    })
  })

  test('the day decides: a relationship that began or ended yesterday counts from then', async () => {
    const children = (viewer: Viewer, today: string): Promise<string> =>
      asViewer(record.db, { accountId: accountOf(viewer), today }, (trx) => seen(trx, 'child'))
    expect(await children('parentNoLonger', '2026-07-05')).toBe('A')
    expect(await children('parentNoLonger', '2026-07-06')).toBe('')
    expect(await children('parentWithResponsibility', '2015-12-31')).toBe('')
    expect(await children('leaver', '2026-07-05')).toBe('A B')
    expect(await children('leaver', '2026-07-06')).toBe('')
  })

  test('without the wall each of these tables would show rows to nobody: the matrix would notice', async () => {
    class Undo extends Error {}
    for (const table of Object.keys(MATRIX)) {
      await superuser
        .transaction()
        .execute(async (trx) => {
          await sql`alter table ${sql.table(table)} disable row level security`.execute(trx)
          await sql`set local role clearway_app`.execute(trx)
          expect(await seen(trx, table), table).not.toBe('')
          throw new Undo()
        })
        .catch((error) => {
          if (!(error instanceof Undo)) throw error
        })
    }
  })
})

describe('what may be written', () => {
  const as = (viewer: Viewer, statement: string): Promise<bigint | undefined> =>
    asViewer(
      record.db,
      { accountId: accountOf(viewer), today: TODAY },
      async (trx) => (await sql.raw(statement).execute(trx)).numAffectedRows,
    )
  const strangers: readonly Viewer[] = [
    'nobody',
    'parentOfB',
    'parentRestricted',
    'parentWithoutResponsibility',
    'sencoElsewhere',
    'psychologistNotAsked',
    'board',
    'leaver',
  ]

  test('nobody adds to the record of a child they do not reach', async () => {
    for (const viewer of strangers) {
      for (const statement of [
        `insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, seq, previous_hash, hash) values ('${CHILD.A}', 'note_added', '2026-07-06', '2026-07-06', '${accountOf('staffOfTheAuthority')}', 0, '', '')`,
        `insert into process (reference, child_id, kind, state, opened_on) values ('X', '${CHILD.A}', 'plan', 'in-force', '2026-07-06')`,
        `insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on) values ('${CHILD.A}', '${contactOf('parentOfB')}', 'parent', true, '2026-01-01')`,
        `insert into advice_request (process_id, child_id, head, adviser, asked_on, adviser_account) values ('${id(4, 1)}', '${CHILD.A}', 'medical', 'x', '2026-01-01', '${accountOf('psychologistNotAsked')}')`,
        `insert into document (child_id, kind, title, made_by) values ('${CHILD.A}', 'letter', 'x', '${accountOf('staffOfTheAuthority')}')`,
        `insert into deadline (process_id, child_id, rule, occurrence, display, actor, state) values ('${id(4, 1)}', '${CHILD.A}', 'x', 1, 'statutory', 'x', 'open')`,
      ])
        await expect(as(viewer, statement), `${viewer}: ${statement}`).rejects.toThrow('row-level security')
    }
  })

  test('nobody changes a row they do not see', async () => {
    for (const viewer of strangers) {
      for (const statement of [
        `update child set given_name = 'X' where id = '${CHILD.A}'`,
        `update process set state = 'closed' where child_id = '${CHILD.A}'`,
        `update child_contact set restricted = false where child_id = '${CHILD.A}'`,
        `delete from deadline where child_id = '${CHILD.A}'`,
      ])
        expect(Number(await as(viewer, statement)), `${viewer}: ${statement}`).toBe(0)
    }
  })

  test('nobody writes in the access log, runs a command or keeps a filter in another’s name', async () => {
    const other = accountOf('staffOfTheAuthority')
    for (const statement of [
      `insert into access_log (account_id, what, relationship) values ('${other}', 'x', 'x')`,
      `insert into command (key, account_id, name, fingerprint, result) values ('z', '${other}', '', '', '{}')`,
      `insert into saved_filter (account_id, name, query) values ('${other}', 'z', '')`,
    ])
      await expect(as('parentOfB', statement), statement).rejects.toThrow('row-level security')
  })
})

describe('the roles', () => {
  test('the application’s role, and its login on a server, can do nothing by themselves and own nothing', async () => {
    const { rows: roles } = await sql`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles
      where rolname = 'clearway_app' or (rolname = ${record.urls ? new URL(record.urls.application).username : 'clearway_app'})`.execute(
      record.owner,
    )
    for (const role of roles)
      expect(role).toEqual({
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
      })
    const { rows: owned } = await sql`
      select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'clearway_app%' or r.rolname = ${record.urls ? new URL(record.urls.application).username : ''}
      union all select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname like 'clearway_app%'`.execute(
      record.owner,
    )
    expect(owned).toEqual([])
    if (record.engine === 'postgres') {
      const { rows } =
        await sql`select rolsuper, rolbypassrls from pg_roles where rolname = ${new URL(record.urls!.owner).username}`.execute(
          record.owner,
        )
      expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }])
    }
  })

  test('every function that runs as its owner has its search path pinned, with pg_temp last', async () => {
    const { rows } = await sql<{ name: string; config: string[] | null }>`
      select oid::regprocedure::text as name, proconfig as config from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`.execute(
      record.owner,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { name, config } of rows) expect(config, name).toEqual(['search_path=public, pg_temp'])
  })

  test('no view reads past the wall', async () => {
    const { rows } =
      await sql`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and not coalesce(reloptions @> '{security_invoker=true}', false)`.execute(
        record.owner,
      )
    expect(rows).toEqual([])
  })

  test('nothing is granted to everyone', async () => {
    const { rows } = await sql`
      select table_name from information_schema.role_table_grants where table_schema = 'public' and grantee = 'PUBLIC'
      union all select relname from pg_class c, aclexplode(relacl) a where relnamespace = 'public'::regnamespace and a.grantee = 0`.execute(
      record.owner,
    )
    expect(rows).toEqual([])
  })
})
