import { parse } from 'csv-parse/sync'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshRecord, freshRecord } from '../../db/testing/fresh-record.ts'
import { addDays, date, iso } from '../../law/index.ts'
import { buildServer } from '../../platform/server.ts'
import { startSession } from '../../platform/sessions.ts'
import { renderPage } from '../../ui/page.tsx'
import { routes } from './index.ts'

const TODAY = '2020-11-02'
const id = (kind: string, n: number): string =>
  `00000000-0000-4000-8000-${kind}${String(n).padStart(11, '0')}`
const CORA = id('a', 1)
const HANA = id('a', 2)
const LEN = id('a', 3)
const BEN = id('a', 4)
const child = (n: number) => id('c', n)
const process = (n: number) => id('d', n)

let fresh: FreshRecord
let app: FastifyInstance
const cookies = new Map<string, { readonly cookie: string; readonly csrf: string }>()

/** Due, work left, coordinator, locality. Amara is overdue longest; Ben has days but more work than days; Chidi has time; Daisy is nobody's. */
const CASES = [
  { n: 1, given: 'Amara', family: 'Okafor', due: '2020-10-20', work: 0, to: CORA, locality: 'north' },
  { n: 2, given: 'Ben', family: '=1+1', due: '2020-11-20', work: 35, to: CORA, locality: 'north' },
  { n: 3, given: 'Chidi', family: '<b>Eze</b>', due: '2020-11-08', work: 0, to: CORA, locality: 'south' },
  { n: 4, given: 'Daisy', family: 'Hart', due: '2020-10-31', work: 7, to: null, locality: 'south' },
] as const

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
  const staff = { door: 'staff', remit: 'authority' } as const
  await owner
    .insertInto('account')
    .values([
      {
        ...staff,
        id: CORA,
        name: 'Cora Coordinator',
        email: 'cora@example.org',
        role: 'plan-coordinator',
        locality_id: 'north',
      },
      {
        ...staff,
        id: HANA,
        name: 'Hana Helper',
        email: 'hana@example.org',
        role: 'plan-coordinator',
        locality_id: 'south',
      },
      {
        id: LEN,
        name: 'Len Local',
        email: 'len@example.org',
        door: 'staff',
        remit: 'locality',
        role: 'plan-coordinator',
        locality_id: 'north',
      },
      {
        id: BEN,
        name: 'Ben Board',
        email: 'ben@example.org',
        door: 'board',
        remit: 'none',
        role: 'board-member',
      },
    ])
    .execute()
  for (const one of CASES) {
    await owner
      .insertInto('child')
      .values({
        id: child(one.n),
        reference: `C${one.n}`,
        given_name: one.given,
        family_name: one.family,
        name_key: one.given,
        date_of_birth: '2012-05-05',
        sex: 'F',
        locality_id: one.locality,
        setting_urn: one.n === 1 ? '113000' : null,
        registered_on: '2020-06-01',
      })
      .execute()
    await owner
      .insertInto('process')
      .values({
        id: process(one.n),
        reference: `A-${one.n}`,
        child_id: child(one.n),
        kind: 'assessment',
        state: 'drafting',
        opened_on: '2020-06-01',
        assigned_to: one.to,
        locality_id: one.locality,
        next_rule: 'final-plan',
        next_due_on: one.due,
        next_actor: 'local authority',
        work_left_days: one.work,
        risk_on: iso(addDays(date(one.due), -one.work)),
        overdue_since: one.due,
      })
      .execute()
  }
  app = await buildServer({
    db: fresh.db,
    clock: { today: async () => TODAY },
    routes,
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
  for (const account of [CORA, HANA, LEN, BEN]) {
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
const post = (url: string, form: readonly (readonly [string, string])[], who = CORA) =>
  app.inject({
    method: 'POST',
    url,
    headers: { cookie: cookies.get(who)!.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams([
      ['_csrf', cookies.get(who)!.csrf],
      ...form.map(([name, value]) => [name, value]),
    ]).toString(),
  })
const order = (body: string): string[] =>
  ['Amara', 'Ben', 'Chidi', 'Daisy']
    .filter((name) => body.includes(name))
    .toSorted((a, b) => body.indexOf(a) - body.indexOf(b))
const count = (body: string, name: string): string | undefined =>
  new RegExp(`aria-label="(\\d+) ${name}"`).exec(body)?.[1]

describe('The worklist', () => {
  test('puts the longest overdue first, then the case whose work must start soonest', async () => {
    const { body, statusCode } = await get('/staff/worklist?whose=everyone')
    expect(statusCode).toBe(200)
    expect(order(body)).toEqual(['Amara', 'Daisy', 'Ben', 'Chidi'])
    expect(body).toContain('13 days late')
    expect(body).toContain('35 days of work left')
    expect([
      count(body, 'open assessments'),
      count(body, 'overdue'),
      count(body, 'due this week'),
      count(body, 'with nobody'),
    ]).toEqual(['4', '2', '1', '1'])
  })
  test('starts with my own, and the filters in the address narrow rows and counts alike', async () => {
    expect(order((await get('/staff/worklist')).body)).toEqual(['Amara', 'Ben', 'Chidi'])
    expect(order((await get('/staff/worklist?whose=everyone&coordinator=none')).body)).toEqual(['Daisy'])
    expect(order((await get('/staff/worklist?whose=everyone&setting=oak')).body)).toEqual(['Amara'])
    expect(order((await get('/staff/worklist?whose=everyone&setting=%25')).body)).toEqual([])
    expect(order((await get('/staff/worklist?whose=everyone&year=9&late=yes')).body)).toEqual([])
    expect(order((await get('/staff/worklist?whose=everyone&year=4&late=yes')).body)).toEqual([
      'Amara',
      'Daisy',
    ])
    expect(order((await get('/staff/worklist?whose=everyone&within=7')).body)).toEqual(['Chidi'])
    expect(order((await get('/staff/worklist?whose=everyone&order=due')).body)).toEqual([
      'Amara',
      'Daisy',
      'Chidi',
      'Ben',
    ])
    expect(order((await get('/staff/worklist?whose=everyone&late=yes&order=name')).body)).toEqual([
      'Daisy',
      'Amara',
    ])
    expect(order((await get('/staff/worklist?whose=everyone&locality=south')).body)).toEqual([
      'Daisy',
      'Chidi',
    ])
  })
  test('a name is text, never markup', async () => {
    const { body } = await get('/staff/worklist?whose=everyone')
    expect(body).toContain('&lt;b&gt;Eze')
    expect(body).not.toContain('<b>Eze')
  })
  test('an empty list says what to do', async () => {
    expect((await get('/staff/worklist', HANA)).body).toContain('You have no open assessments')
    expect((await get('/staff/worklist?whose=everyone&exception=yes')).body).toContain(
      'No open cases match these filters',
    )
    expect((await get('/staff/worklist?whose=everyone&page=9')).body).toContain('There is no such page')
  })
  test('a coordinator of one locality sees its children only; the board sees none', async () => {
    expect(order((await get('/staff/worklist?whose=everyone', LEN)).body)).toEqual(['Amara', 'Ben'])
    expect((await get('/staff/worklist', BEN)).statusCode).toBe(403)
    expect((await get('/staff/worklist.csv', BEN)).statusCode).toBe(403)
  })
  test('each child shown is in the access log, in the viewer’s name', async () => {
    await get('/staff/worklist?whose=everyone&coordinator=none')
    const last = await fresh.owner
      .selectFrom('access_log')
      .select(['account_id', 'child_ids', 'what'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(last).toEqual({ account_id: CORA, child_ids: [child(4)], what: 'worklist' })
  })
  test('the spreadsheet holds the filtered list, with no cell a spreadsheet would run, and is logged', async () => {
    const answer = await get('/staff/worklist.csv?whose=everyone&locality=north')
    expect(answer.headers['content-type']).toContain('text/csv')
    const rows = parse<Record<string, string>>(answer.body, { bom: true, columns: true })
    expect(rows.map((row) => row['First name'])).toEqual(['Amara', 'Ben'])
    expect(rows[1]?.['Last name']).toBe("'=1+1")
    expect(rows[0]?.['Days left']).toBe('-13')
    const last = await fresh.owner
      .selectFrom('access_log')
      .select(['child_ids', 'what'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(last).toEqual({ child_ids: [child(1), child(2)], what: 'worklist: spreadsheet' })
  })
  test('the other lists answer, empty or not', async () => {
    expect((await get('/staff/worklist/advice')).body).toContain('No advice is waited for here')
    expect((await get('/staff/worklist/reviews?whose=everyone')).body).toContain(
      'No review or other date of a plan is due here',
    )
  })
})

describe('Saved filters', () => {
  test('are kept by name for the person alone, opened from the list, and removed', async () => {
    const saved = await post('/staff/worklist/saved', [
      ['query', 'whose=everyone&late=yes&evil=1'],
      ['name', 'Late ones'],
      ['idempotencyKey', 's1'],
    ])
    expect(saved.statusCode).toBe(303)
    expect(saved.headers.location).toBe('/staff/worklist?whose=everyone&late=yes')
    expect((await get('/staff/worklist')).body).toContain(
      'href="/staff/worklist?whose=everyone&amp;late=yes">Late ones',
    )
    expect((await get('/staff/worklist', HANA)).body).not.toContain('Late ones')
    const row = await fresh.owner.selectFrom('saved_filter').select('id').executeTakeFirstOrThrow()
    await post(`/staff/worklist/saved/${row.id}/remove`, [['idempotencyKey', 's2']], HANA)
    expect(await fresh.owner.selectFrom('saved_filter').select('id').execute()).toHaveLength(1)
    await post(`/staff/worklist/saved/${row.id}/remove`, [['idempotencyKey', 's3']])
    expect(await fresh.owner.selectFrom('saved_filter').select('id').execute()).toHaveLength(0)
  })
  test('need a name', async () => {
    const answer = await post('/staff/worklist/saved', [
      ['query', 'late=yes'],
      ['name', ' '],
    ])
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Enter a name for these filters')
  })
})

describe('Giving cases to someone else', () => {
  test('two at once, with the note in each history; posted twice it is done once', async () => {
    const chosen = await get(
      `/staff/worklist/reassign?case=${process(1)}.1&case=${process(3)}.1&back=whose%3Dme`,
    )
    expect(chosen.body).toContain('Give 2 cases to someone else')
    const form = [
      ['case', `${process(1)}.1`],
      ['case', `${process(3)}.1`],
      ['to', HANA],
      ['note', 'Mother prefers the phone after four'],
      ['idempotencyKey', 'r1'],
      ['back', 'whose=me'],
    ] as const
    const first = await post('/staff/worklist/reassign', form)
    expect(first.statusCode).toBe(303)
    expect((await post('/staff/worklist/reassign', form)).headers.location).toBe(first.headers.location)
    const events = await fresh.owner
      .selectFrom('case_event')
      .select(['process_id', 'kind', 'payload'])
      .orderBy('process_id')
      .execute()
    expect(events).toEqual(
      [process(1), process(3)].map((process_id) => ({
        process_id,
        kind: 'case_assigned',
        payload: { to: HANA, toName: 'Hana Helper', from: CORA, note: 'Mother prefers the phone after four' },
      })),
    )
    expect(order((await get('/staff/worklist', HANA)).body)).toEqual(['Amara', 'Chidi'])
  })
  test('a case somebody else has changed stops the whole of it, in words, and nothing typed is lost', async () => {
    const answer = await post('/staff/worklist/reassign', [
      ['case', `${process(2)}.1`],
      ['case', `${process(1)}.1`],
      ['to', HANA],
      ['note', 'Kept as typed'],
      ['idempotencyKey', 'r2'],
    ])
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('A-1 has changed since you chose it')
    expect(answer.body).toContain('Kept as typed')
    expect(
      await fresh.owner
        .selectFrom('process')
        .select('assigned_to')
        .where('id', '=', process(2))
        .executeTakeFirst(),
    ).toEqual({ assigned_to: CORA })
  })
  test('a note is required, and somebody to give to; the board may not', async () => {
    const answer = await post('/staff/worklist/reassign', [
      ['case', `${process(2)}.1`],
      ['to', ''],
      ['note', ''],
    ])
    expect(answer.body).toContain('Choose who to give it to')
    expect(answer.body).toContain('Enter a handover note')
    expect((await post('/staff/worklist/reassign', [], BEN)).statusCode).toBe(403)
  })
  test('a person outside the locality cannot give away what they cannot see', async () => {
    const answer = await post(
      '/staff/worklist/reassign',
      [
        ['case', `${process(4)}.1`],
        ['to', HANA],
        ['note', 'Not mine'],
        ['idempotencyKey', 'r3'],
      ],
      LEN,
    )
    expect(answer.statusCode).toBe(422)
    expect(
      await fresh.owner
        .selectFrom('process')
        .select('assigned_to')
        .where('id', '=', process(4))
        .executeTakeFirst(),
    ).toEqual({ assigned_to: null })
  })
})
