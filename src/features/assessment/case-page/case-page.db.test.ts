import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { type FreshRecord, freshRecord } from '../../../db/testing/fresh-record.ts'
import { asViewer } from '../../../db/viewer.ts'
import { buildServer } from '../../../platform/server.ts'
import { startSession } from '../../../platform/sessions.ts'
import { renderPage } from '../../../ui/page.tsx'
import { routes as teamRoutes } from '../../team/index.ts'
import { routes as assignRoutes } from '../assign-a-case/index.ts'
import { routes as whyRoutes } from '../why-this-date/index.ts'
import { routes } from './index.ts'

const TODAY = '2020-11-02'
const CORA = '00000000-0000-4000-8000-00000000c0c1'
const HANA = '00000000-0000-4000-8000-00000000c0c2'
const LEN = '00000000-0000-4000-8000-00000000c0c3'
const QUINN = '00000000-0000-4000-8000-00000000c0c4'
const AMARA = '00000000-0000-4000-8000-00000000ca01'
const CASE = '00000000-0000-4000-8000-00000000ca02'
const PLAN = '00000000-0000-4000-8000-00000000ca03'

let fresh: FreshRecord
let app: FastifyInstance
const cookies = new Map<string, { readonly cookie: string; readonly csrf: string }>()

beforeAll(async () => {
  fresh = await freshRecord()
  const { owner } = fresh
  await owner
    .insertInto('authority')
    .values({
      code: '838',
      name: 'Dorset',
      ons_code: 'E06000059',
      region: 'South West',
      mode: 'training',
      training_today: TODAY,
    })
    .execute()
  await owner
    .insertInto('locality')
    .values([
      { id: 'north', name: 'North' },
      { id: 'south', name: 'South' },
    ])
    .execute()
  await owner
    .insertInto('setting')
    .values({ urn: '113000', la_code: '838', name: 'Oak Primary', type: 'Primary', source: 'test' })
    .execute()
  await owner
    .insertInto('account')
    .values([
      {
        id: CORA,
        name: 'Cora Coordinator',
        email: 'cora@example.org',
        door: 'staff',
        remit: 'authority',
        role: 'plan-coordinator',
        locality_id: 'north',
      },
      {
        id: HANA,
        name: 'Hana Head',
        email: 'hana@example.org',
        door: 'staff',
        remit: 'authority',
        role: 'locality-head',
        locality_id: 'north',
      },
      {
        id: LEN,
        name: 'Len Local',
        email: 'len@example.org',
        door: 'staff',
        remit: 'locality',
        role: 'plan-coordinator',
        locality_id: 'south',
      },
      {
        id: QUINN,
        name: 'Quinn Quality',
        email: 'quinn@example.org',
        door: 'staff',
        remit: 'authority',
        role: 'qa-lead',
      },
    ])
    .execute()
  await owner
    .insertInto('child')
    .values({
      id: AMARA,
      reference: 'C1',
      given_name: 'Amara',
      family_name: 'Okafor',
      known_as: 'Mari',
      name_key: 'amara okafor',
      date_of_birth: '2012-05-05',
      sex: 'F',
      interpreter: 'Igbo',
      locality_id: 'north',
      setting_urn: '113000',
      registered_on: '2020-06-01',
    })
    .execute()
  const contact = await owner
    .insertInto('contact')
    .values({ name: 'Dan Okafor', email: 'dan@example.org', address_line: '1 Secret Street' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await owner
    .insertInto('child_contact')
    .values({
      child_id: AMARA,
      contact_id: contact.id,
      relationship: 'father',
      parental_responsibility: true,
      restricted: true,
      restriction_note: 'Court order of 1 May 2020',
      from_on: '2012-05-05',
    })
    .execute()
  await owner
    .insertInto('process')
    .values([
      {
        id: CASE,
        reference: 'A-1',
        child_id: AMARA,
        kind: 'assessment',
        state: 'deciding-whether-to-assess',
        opened_on: '2020-06-01',
        locality_id: 'north',
      },
      {
        id: PLAN,
        reference: 'P-1',
        child_id: AMARA,
        kind: 'plan',
        state: 'in-force',
        opened_on: '2018-01-10',
        assigned_to: CORA,
        locality_id: 'north',
      },
    ])
    .execute()
  await asViewer(fresh.db, { accountId: CORA, today: TODAY }, async (trx) => {
    const fact = (
      kind: Parameters<typeof recordEvent>[1]['kind'],
      on: string,
      recorded: string,
      payload = {},
      more = {},
    ) =>
      recordEvent(trx, {
        childId: AMARA,
        processId: CASE,
        kind,
        on,
        today: recorded,
        by: CORA,
        payload,
        ...more,
      })
    const wrong = await fact('request_received', '2020-05-27', '2020-06-01', { by: 'school' })
    await fact(
      'request_received',
      '2020-06-01',
      '2020-06-03',
      { by: 'school' },
      { supersedes: wrong, why: 'The stamp says 1 June' },
    )
    await fact('decided_to_assess', '2020-07-20', '2020-07-20')
    await fact('advice_requested', '2020-07-21', '2020-07-21', {
      head: 'psychological',
      adviser: 'Dr Iris Vale',
    })
    await recordEvent(trx, {
      childId: AMARA,
      processId: PLAN,
      kind: 'final_issued',
      on: '2018-01-10',
      today: '2018-01-10',
      by: CORA,
    })
    await trx
      .insertInto('advice_request')
      .values({
        process_id: CASE,
        child_id: AMARA,
        head: 'psychological',
        adviser: 'Dr Iris Vale',
        asked_on: '2020-07-21',
      })
      .execute()
    await refreshChild(trx, AMARA, TODAY)
  })
  app = await buildServer({
    db: fresh.db,
    clock: { today: async () => TODAY },
    routes: [...routes, ...whyRoutes, ...assignRoutes, ...teamRoutes],
    secureCookies: false,
    hsts: false,
    log: false,
    drawPage: (page, about) =>
      renderPage({
        title: page.title,
        door: 'staff',
        navigation: [],
        nonce: 'n',
        authorityName: 'Dorset',
        main: page.main,
        csrfToken: about.viewer?.csrfToken,
        notice: about.notice,
      }),
  })
  for (const account of [CORA, HANA, LEN, QUINN]) {
    const token = await startSession(fresh.db, account, TODAY)
    const row = await owner
      .selectFrom('session')
      .select('csrf_secret')
      .where('account_id', '=', account)
      .executeTakeFirstOrThrow()
    cookies.set(account, { cookie: `clearway=${token}`, csrf: row.csrf_secret })
  }
})
afterAll(async () => {
  await app.close()
  await fresh.close()
})

const get = (url: string, who = CORA) => app.inject({ url, headers: { cookie: cookies.get(who)!.cookie } })
const words = (body: string): string =>
  body
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&#39;/g, '’')
    .replaceAll(/\s+/g, ' ')

describe('The case page', () => {
  test('says who, where, whose move and since when, what is next, what is late, and what can be done', async () => {
    const { body, statusCode } = await get(`/staff/cases/${CASE}`)
    expect(statusCode).toBe(200)
    const text = words(body)
    expect(text).toContain('Amara Okafor (known as Mari)')
    expect(text).toContain('8, Year 4')
    expect(text).toContain('Needs an interpreter: Igbo')
    expect(text).toContain(
      'Dan Okafor (father) must not be contacted or sent anything: Court order of 1 May 2020',
    )
    expect(text).toContain('The advisers’ move: 1 of 1 still to answer , since 20 July 2020')
    expect(text).toContain('Decide whether to assess: done 7 days late')
    expect(body).toContain(`/staff/cases/${CASE}/claim-an-exception`)
    expect(body).toContain(`/staff/cases/${CASE}/why/`)
    expect(text).toContain('The 20 weeks')
  })
  test('as at a past day shows what was known then, judged then, and offers nothing to record', async () => {
    const { body } = await get(`/staff/cases/${CASE}?asAt=2020-06-02`)
    const text = words(body)
    expect(text).toContain('as it was known on 2 June 2020')
    expect(text).toContain('Deciding whether to assess')
    // On 2 June the wrong date was the only one known.
    expect(text).toContain('Wednesday 8 July 2020')
    expect(body).not.toContain('claim-an-exception')
    expect(words((await get(`/staff/cases/${CASE}?asAt=2020-06-10`)).body)).toContain('Monday 13 July 2020')
  })
  test('the timeline keeps what was corrected, struck through, with the reason and both days', async () => {
    const { body } = await get(`/staff/cases/${CASE}/timeline`)
    expect(body).toContain('<del>Request received</del>')
    const text = words(body)
    expect(text).toContain('Reason: The stamp says 1 June')
    expect(text).toContain('27 May 2020 (recorded 1 June 2020)')
    expect(text).toContain('Correct this')
  })
  test('dates, advice, letters and people answer; a barred person’s address is not shown', async () => {
    expect(words((await get(`/staff/cases/${CASE}/dates`)).body)).toContain('Why this date?')
    expect((await get(`/staff/cases/${CASE}/advice`)).body).toContain('/chase-advice/')
    expect((await get(`/staff/cases/${CASE}/letters`)).body).toContain('No letters yet')
    const people = (await get(`/staff/cases/${CASE}/people`)).body
    expect(people).toContain('Court order of 1 May 2020')
    expect(people).not.toContain('Secret Street')
  })
  test('a reader who is no caseworker sees the case and no buttons', async () => {
    const { body } = await get(`/staff/cases/${CASE}`, QUINN)
    expect(body).toContain('Amara Okafor')
    expect(body).not.toContain('claim-an-exception')
  })
  test('another locality’s coordinator finds nothing there, the same as where there is nothing', async () => {
    const hidden = await get(`/staff/cases/${CASE}`, LEN)
    const missing = await get('/staff/cases/00000000-0000-4000-8000-00000000dead', LEN)
    expect([hidden.statusCode, missing.statusCode]).toEqual([404, 404])
    expect((await get(`/staff/cases/${CASE}/why/final-plan`, LEN)).statusCode).toBe(404)
    expect((await get(`/staff/cases/${CASE}/assign`, LEN)).statusCode).toBe(404)
  })
  test('a plan has its own page', async () => {
    const text = words((await get(`/staff/cases/${PLAN}`)).body)
    expect(text).toContain('since 10 January 2018')
    expect(text).toContain('No review meeting has been recorded')
    expect((await get(`/staff/cases/${PLAN}/advice`)).statusCode).toBe(404)
  })
  test('each page opened is in the child’s access log', async () => {
    await get(`/staff/cases/${CASE}/letters`)
    const last = await fresh.owner
      .selectFrom('access_log')
      .select(['account_id', 'child_ids', 'what'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(last).toEqual({ account_id: CORA, child_ids: [AMARA], what: 'case: letters' })
  })
})

describe('Why this date', () => {
  test('names the fact, the rule, the arithmetic and what the family is told', async () => {
    const text = words((await get(`/staff/cases/${CASE}/why/final-plan/1`)).body)
    expect(text).toContain('Request received, Monday 1 June 2020. It was recorded on 3 June 2020')
    expect(text).toContain('reg 13(2)')
    expect(text).toContain('The last day is Monday 19 October 2020')
    expect(text).toContain('14 days late')
    expect(text).toContain('What the family is told')
    expect(text).toContain('What would happen if')
  })
  test('a rule the case has no deadline of, or a number that is none, is not found', async () => {
    expect((await get(`/staff/cases/${CASE}/why/no-such-rule`)).statusCode).toBe(404)
    expect((await get(`/staff/cases/${CASE}/why/final-plan/9`)).statusCode).toBe(404)
    expect((await get(`/staff/cases/${CASE}/why/final-plan/0`)).statusCode).toBe(404)
  })
})

describe('The team page and giving one case away', () => {
  test('shows the load, the unassigned case and who might take it; coordinators may not open it', async () => {
    const text = words((await get('/staff/team', HANA)).body)
    expect(text).toContain('Amara Okafor Assessment')
    expect(text).toContain('Cora Coordinator lightest load in the locality')
    expect((await get('/staff/team')).statusCode).toBe(403)
  })
  test('gives the case with its note, once', async () => {
    const { cookie, csrf } = cookies.get(HANA)!
    const { version } = await fresh.owner
      .selectFrom('process')
      .select('version')
      .where('id', '=', CASE)
      .executeTakeFirstOrThrow()
    const send = () =>
      app.inject({
        method: 'POST',
        url: `/staff/cases/${CASE}/assign`,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          _csrf: csrf,
          idempotencyKey: 'one',
          case: `${CASE}.${version}`,
          to: CORA,
          note: 'Call after four',
        }).toString(),
      })
    expect((await send()).headers.location).toBe(`/staff/cases/${CASE}`)
    expect((await send()).statusCode).toBe(303)
    const events = await fresh.owner
      .selectFrom('case_event')
      .select('payload')
      .where('kind', '=', 'case_assigned')
      .execute()
    expect(events).toEqual([{ payload: { to: CORA, toName: 'Cora Coordinator', note: 'Call after four' } }])
    expect(words((await get(`/staff/cases/${CASE}`)).body)).toContain('Plan coordinator Cora Coordinator')
  })
})
