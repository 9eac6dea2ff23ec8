import type { FastifyInstance } from 'fastify'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTrainingAuthorityComplete, type LoadResult, loadTrainingAuthority } from '../../../../demo/load.ts'
import { type FreshRecord, freshRecord } from '../../../db/testing/fresh-record.ts'
import { asViewer } from '../../../db/viewer.ts'
import { buildServer } from '../../../platform/server.ts'
import { startSession } from '../../../platform/sessions.ts'
import { countOpenPlans, findAssessmentDates } from './queries.ts'
import { routes } from './routes.tsx'
import { type MonthlyTable, makeTable, type TableOptions } from './table.ts'

let record: FreshRecord
let loaded: LoadResult
let manager: string

const tableOf = async (options: Partial<TableOptions> = {}): Promise<MonthlyTable> => {
  const asked: TableOptions = {
    asAt: '2020-11-02',
    convention: 'A',
    exceptions: 'with',
    year: 2020,
    ...options,
  }
  return asViewer(record.db, { accountId: manager, today: asked.asAt }, async (trx) =>
    makeTable(
      await findAssessmentDates(trx, asked.asAt, asked.year),
      { code: '838', name: 'Dorset' },
      await countOpenPlans(trx, asked.asAt),
      asked,
    ),
  )
}

beforeAll(async () => {
  record = await freshRecord()
  loaded = await loadTrainingAuthority(record.owner)
  const account = await record.owner
    .selectFrom('account')
    .select('id')
    .where('role', '=', 'send-manager')
    .executeTakeFirstOrThrow()
  manager = account.id
}, 180_000)
afterAll(() => record?.close())

describe('the committee report of 2 November 2020, from case-level facts', () => {
  test('every cell of 2020', async () => {
    const { months } = await tableOf()
    expect(months.map((month) => month.label)).toEqual([
      'Jan',
      'Feb',
      'Mar',
      'Apr',
      'May',
      'Jun',
      'Jul',
      'Aug',
    ])
    expect(months.map((month) => month.requests.value)).toEqual([41, 53, 54, 53, 66, 56, 56, 8])
    expect(months.map((month) => month.decisionsWithinSixWeeks.percent)).toEqual([
      93, 89, 92, 91, 93, 97, 95, 100,
    ])
    expect(months.map((month) => month.plansWithinTwentyWeeks.percent)).toEqual([
      85, 86, 82, 88, 75, 93, 71, 61,
    ])
  })
  test('the averages of the year to date, both ways and named', async () => {
    const { averages } = await tableOf()
    expect(averages.requests).toMatchObject({
      total: 387,
      meanPerMonth: 48,
      meanWithoutAugust: 54,
      monthsExcludedFromSecond: ['2020-08'],
    })
    expect(averages.decisionsWithinSixWeeks.meanOfMonths).toBe(94)
    expect(averages.plansWithinTwentyWeeks.meanOfMonths).toBe(80)
    expect(averages.decisionsWithinSixWeeks.pooled).toEqual({ numerator: 403, denominator: 430, percent: 94 })
    expect(averages.plansWithinTwentyWeeks.pooled).toEqual({ numerator: 263, denominator: 326, percent: 81 })
  })
  test('the full year 2019', async () => {
    const { previousYear } = await tableOf()
    expect(previousYear).toMatchObject({
      year: 2019,
      requestsPerMonth: 55,
      decisionsWithinSixWeeksPercent: 94,
      plansWithinTwentyWeeksPercent: 89,
    })
    expect(previousYear.averages.plansWithinTwentyWeeks.pooled).toEqual({
      numerator: 473,
      denominator: 532,
      percent: 89,
    })
  })
  test('17% from parents', async () => {
    expect((await tableOf()).sourceOfRequest).toMatchObject({ total: 387, parents: 66, parentPercent: 17 })
  })
  test('around 2,800 plans, in six localities', async () => {
    const { openPlans } = await tableOf()
    expect(openPlans.total).toBe(2799)
    expect(openPlans.byLocality).toHaveLength(6)
  })
  test('September and October are shown, provisional or not, and in no average', async () => {
    const { laterMonths } = await tableOf()
    expect(laterMonths.map((month) => month.month)).toEqual(['2020-09', '2020-10', '2020-11'])
  })
  test('no exception changes a published cell', async () => {
    const cells = (table: MonthlyTable) =>
      [...table.months, ...table.previousYear.months].map((month) => [
        month.decisionsWithinSixWeeks.percent,
        month.plansWithinTwentyWeeks.percent,
      ])
    expect(cells(await tableOf({ exceptions: 'without' }))).toEqual(cells(await tableOf()))
  })
  test('2018 is as DfE has it: 600 requests, 247 of 604 plans in twenty weeks', async () => {
    const { averages } = await tableOf({ year: 2018, asAt: '2020-11-02' })
    expect(averages.requests.total).toBe(600)
    expect(averages.plansWithinTwentyWeeks.pooled).toMatchObject({ numerator: 247, denominator: 604 })
  })
  test('as at an earlier day: what was known then, and nothing later', async () => {
    const june = await tableOf({ asAt: '2020-06-30' })
    expect(june.months.map((month) => month.month)).toEqual(['2020-01', '2020-02', '2020-03', '2020-04'])
    expect(june.laterMonths.map((month) => month.month)).toEqual(['2020-05', '2020-06'])
  })
})

describe('the pages', () => {
  let app: FastifyInstance
  const cookies = new Map<string, string>()
  const get = async (role: string, url: string) => {
    const { statusCode, body } = await app.inject({
      url,
      headers: { cookie: `clearway=${cookies.get(role)}` },
    })
    // "52 of 56" is kept on one line.
    return { statusCode, body: body.replaceAll('\u00a0', ' ') }
  }
  beforeAll(async () => {
    app = await buildServer({
      db: record.db,
      clock: { today: async () => '2020-11-02' },
      routes,
      secureCookies: false,
      hsts: false,
      log: false,
      drawPage: (page) => renderToString(page.main),
    })
    for (const role of ['send-manager', 'plan-coordinator', 'board-member', 'parent']) {
      const account = await record.owner
        .selectFrom('account')
        .select('id')
        .where('role', '=', role)
        .executeTakeFirstOrThrow()
      cookies.set(role, await startSession(record.db, account.id, '2020-11-02'))
    }
  }, 60_000)
  afterAll(() => app?.close())

  test('staff see both years, each cell with its counts and a way to its cases', async () => {
    const { statusCode, body } = await get('plan-coordinator', '/staff/timeliness')
    expect(statusCode).toBe(200)
    for (const text of [
      '52 of 56',
      '19 of 31',
      '54 if August is left out',
      'pooled 81% (263 of 326)',
      '66 of 387',
    ])
      expect(body).toContain(text)
    expect(body).toContain('part=denominator')
    expect(body).toContain('aria-label="52 of 56 decisions in time, January 2020: see the cases"')
    expect(body).not.toContain('Publish to the board')
  })
  test('the cases behind a number are as many as the number, and the log holds each child', async () => {
    const before = await record.owner.selectFrom('access_log').select('id').execute()
    const { body } = await get(
      'plan-coordinator',
      '/staff/timeliness/cases?asAt=2020-11-02&convention=A&year=2020&exceptions=with&measure=plans&month=2020-08&part=denominator',
    )
    expect(body.match(/\/staff\/cases\//g)).toHaveLength(31)
    for (const text of ['31 new plans, August 2020', 'All (31)', 'In time (19)', 'Late (12)'])
      expect(body).toContain(text)
    const lines = await record.owner.selectFrom('access_log').selectAll().execute()
    expect(lines).toHaveLength(before.length + 1)
    expect(lines.at(-1)?.child_ids).toHaveLength(31)
  })
  test('a cell that does not exist is not found', async () => {
    expect((await get('plan-coordinator', '/staff/timeliness/cases?measure=x')).statusCode).toBe(404)
  })
  test('a day that is none, or is to come, is told and never shown as another', async () => {
    for (const asAt of ['2020-02-31', '2021-03-01', 'soon'])
      expect((await get('plan-coordinator', `/staff/timeliness?asAt=${asAt}`)).body).toContain(
        'The day must be a real date',
      )
    expect((await get('plan-coordinator', '/staff/timeliness?asAt=2020-06-15')).body).not.toContain(
      'The day must be',
    )
  })
  test('the counts leave as CSV', async () => {
    const { body } = await get('send-manager', '/staff/timeliness.csv')
    expect(body.split('\n').filter((line) => line.startsWith('2020-08,'))[0]).toMatch(
      /^2020-08,8,52,52,100,settled,/,
    )
  })
  test('the board sees the published numbers, with small counts held back, and no way to a case', async () => {
    const { statusCode, body } = await get('board-member', '/board/timeliness')
    expect(statusCode).toBe(200)
    for (const text of ['61%', '48', '54 if August is left out', 'pooled 81%', '19 of 31'])
      expect(body).toContain(text)
    expect(body).not.toContain('/staff/')
    // 52 of 56 would give four late.
    expect(body).not.toContain('52 of 56')
    expect(body).toContain('held back')
  })
  test.each([
    '/staff/timeliness',
    '/staff/timeliness.csv',
    '/staff/timeliness/cases?measure=plans&month=2020-08&part=denominator',
  ])('the board cannot open %s, nor a parent', async (url) => {
    expect((await get('board-member', url)).statusCode).toBe(403)
    expect((await get('parent', url)).statusCode).toBe(403)
  })
})

describe('the loader', () => {
  test('says that it is whole', async () => {
    expect(await isTrainingAuthorityComplete(record.owner)).toBe(true)
    expect(loaded.children).toBeGreaterThan(3500)
  })
  test('never writes over an authority', async () => {
    await expect(loadTrainingAuthority(record.owner)).rejects.toThrow('already holds')
  })
  test('a parent barred by a court order reaches no child', async () => {
    const barred = await record.owner
      .selectFrom('account')
      .select('id')
      .where('job_title', '=', 'Parent barred by a court order')
      .executeTakeFirstOrThrow()
    const seen = await asViewer(record.db, { accountId: barred.id, today: '2020-11-02' }, (trx) =>
      trx.selectFrom('child').select('id').execute(),
    )
    expect(seen).toEqual([])
  })
  test('a board member reaches no assessment', async () => {
    const board = await record.owner
      .selectFrom('account')
      .select('id')
      .where('role', '=', 'board-member')
      .executeTakeFirstOrThrow()
    expect(
      await asViewer(record.db, { accountId: board.id, today: '2020-11-02' }, (trx) =>
        findAssessmentDates(trx, '2020-11-02', 2020),
      ),
    ).toEqual([])
  })
})
