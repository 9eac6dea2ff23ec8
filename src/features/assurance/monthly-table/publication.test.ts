import { describe, expect, test } from 'vitest'
import { date, type PlainDate } from '../../../law/index.ts'
import type { AssessmentDates } from './figures.ts'
import { heldBack, isSmall, toPublication } from './publication.ts'
import { makeTable } from './table.ts'

let number = 0
/** Decided this many days after a receipt on the day. */
const decided = (received: string, after: number): AssessmentDates => ({
  processId: `case ${++number}`,
  childId: `child ${number}`,
  receivedOn: date(received),
  source: 'school',
  requests: 1,
  decidedOn: (date(received) + after) as PlainDate,
  refused: false,
  withdrawnOn: null,
  noPlanOn: null,
  finalOn: null,
  orderedOn: null,
  claims: [],
})
const many = (count: number, received: string, after: number): AssessmentDates[] =>
  Array.from({ length: count }, () => decided(received, after))
const published = (cases: readonly AssessmentDates[]) =>
  toPublication(
    makeTable(
      cases,
      { code: '999', name: 'Story' },
      { total: 50, byLocality: [] },
      { asAt: '2020-11-02', convention: 'A', exceptions: 'with', year: 2020 },
    ),
  )

describe('what leaves for the board', () => {
  test.each([
    [0, false],
    [1, true],
    [4, true],
    [5, false],
  ])('a count of %i is small: %s', (count, small) => expect(isSmall(count)).toBe(small))
  test('one small cell takes the next smallest with it; two hide each other; none hides none', () => {
    const cell = (size: number) => ({ size, small: isSmall(size) })
    expect(heldBack([cell(3), cell(40), cell(12)])).toEqual([true, false, true])
    expect(heldBack([cell(3), cell(2), cell(12)])).toEqual([true, true, false])
    expect(heldBack([cell(30), cell(0), cell(12)])).toEqual([false, false, false])
  })
  test('a small count of requests is held back, and the total less the rest does not give it', () => {
    const { months, requests } = published([
      ...many(20, '2020-01-06', 30),
      ...many(3, '2020-02-03', 30),
      ...many(9, '2020-03-02', 30),
    ])
    expect(months.filter((month) => month.requests === null).map((month) => month.month)).toEqual([
      '2020-02',
      '2020-03',
    ])
    expect(requests.withoutAugust).toBeNull()
  })
  test('three late of fifty-six: the per cent goes out, the counts that would give the three do not', () => {
    const { months } = published([...many(53, '2020-01-06', 30), ...many(3, '2019-12-23', 44)])
    const february = months.find((month) => month.month === '2020-02')
    expect(february?.decisions).toMatchObject({ percent: 95, numerator: null, denominator: null })
  })
  test('a per cent of four cases is held back itself', () => {
    const { months } = published([...many(3, '2020-01-06', 30), ...many(1, '2019-12-23', 44)])
    expect(months.find((month) => month.month === '2020-02')?.decisions.percent).toBeNull()
  })
  test('no case, child or name is anywhere in it', () => {
    const text = JSON.stringify(published(many(20, '2020-01-06', 30)))
    expect(text).not.toMatch(/case \d|child \d|processId|childId/)
  })
})
