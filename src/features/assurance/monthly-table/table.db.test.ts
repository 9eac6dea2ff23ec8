import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTrainingAuthorityComplete, type LoadResult, loadTrainingAuthority } from '../../../../demo/load.ts'
import { type FreshRecord, freshRecord } from '../../../db/testing/fresh-record.ts'
import { asViewer } from '../../../db/viewer.ts'
import { countOpenPlans, findAssessmentDates } from './queries.ts'
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
      await findAssessmentDates(trx, asked.asAt),
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
        findAssessmentDates(trx, '2020-11-02'),
      ),
    ).toEqual([])
  })
})
