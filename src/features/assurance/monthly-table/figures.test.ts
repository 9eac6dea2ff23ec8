import { describe, expect, test } from 'vitest'
import { date, type PlainDate } from '../../../law/index.ts'
import {
  type AssessmentDates,
  averageShares,
  type Convention,
  dfeSixWeeks,
  type FiguresOptions,
  faultsIn,
  isClosed,
  meanHalfUp,
  monthFigures,
  monthSpan,
  percentOf,
  settledness,
} from './figures.ts'

let number = 0
const one = (
  received: string,
  decided: string | null = null,
  more: Partial<Record<'final' | 'withdrawn' | 'noPlan' | 'ordered', string>> & Partial<AssessmentDates> = {},
): AssessmentDates => {
  const { final, withdrawn, noPlan, ordered, ...rest } = more
  const day = (text: string | undefined): PlainDate | null => (text === undefined ? null : date(text))
  return {
    processId: `case ${++number}`,
    childId: `child ${number}`,
    receivedOn: date(received),
    source: 'parent',
    requests: 1,
    decidedOn: decided === null ? null : date(decided),
    refused: false,
    withdrawnOn: day(withdrawn),
    noPlanOn: day(noPlan),
    finalOn: day(final),
    orderedOn: day(ordered),
    claims: [],
    ...rest,
  }
}
const as = (
  asAt: string,
  convention: Convention,
  exceptions: FiguresOptions['exceptions'] = 'with',
): FiguresOptions => ({ asAt: date(asAt), convention, exceptions })
const decisions = (
  cases: readonly AssessmentDates[],
  month: string,
  options: FiguresOptions,
): [number, number, number | null] => {
  const cell = monthFigures(cases, [monthSpan(month)], options)[0]!.decisions
  return [cell.numerator, cell.denominator, cell.percent]
}
const plans = (
  cases: readonly AssessmentDates[],
  month: string,
  options: FiguresOptions,
): [number, number, number | null] => {
  const cell = monthFigures(cases, [monthSpan(month)], options)[0]!.plans
  return [cell.numerator, cell.denominator, cell.percent]
}

describe('the worked check of the scorecard', () => {
  const cases = [
    one('2020-01-06', '2020-02-14'),
    one('2020-01-13', '2020-02-28'),
    one('2020-01-20', '2020-02-28'),
    one('2020-01-27', '2020-03-06'),
    one('2020-01-31', '2020-03-20'),
    one('2020-02-03'),
  ]
  test('A, by completion', () => {
    expect(decisions(cases, '2020-02', as('2020-03-31', 'A'))).toEqual([2, 3, 67])
    expect(decisions(cases, '2020-03', as('2020-03-31', 'A'))).toEqual([1, 2, 50])
    const months = monthFigures(cases, [monthSpan('2020-02'), monthSpan('2020-03')], as('2020-03-31', 'A'))
    const averages = averageShares(months, 'decisions')
    expect(averages.pooled).toEqual({ numerator: 3, denominator: 5, percent: 60 })
    expect(averages.meanOfExactMonths).toBe(58)
    // The published cells, 67 and 50, have the mean 58.5: why the two are told apart.
    expect(averages.meanOfMonths).toBe(59)
  })
  test('B, by due date', () => {
    expect(decisions(cases, '2020-02', as('2020-03-31', 'B'))).toEqual([1, 2, 50])
    expect(decisions(cases, '2020-03', as('2020-03-31', 'B'))).toEqual([2, 4, 50])
  })
  test('C, by receipt', () => {
    expect(decisions(cases, '2020-01', as('2020-03-31', 'C'))).toEqual([3, 5, 60])
    expect(decisions(cases, '2020-02', as('2020-03-31', 'C'))).toEqual([0, 1, 0])
  })
  test('D, a stock and not a rate', () => {
    expect(decisions(cases, '2020-03', as('2020-03-31', 'D'))).toEqual([1, 1, null])
    expect(monthFigures(cases, [monthSpan('2020-03')], as('2020-03-31', 'A'))[0]!.decisions.openOverdue).toBe(
      1,
    )
  })
  test('D is never averaged into a per cent', () => {
    const months = monthFigures(cases, [monthSpan('2020-03')], as('2020-03-31', 'D'))
    expect(averageShares(months, 'decisions').pooled.percent).toBeNull()
  })
  test('DfE style', () =>
    expect(dfeSixWeeks(cases, 2020, date('2020-03-31'))).toEqual({
      numerator: 3,
      denominator: 6,
      percent: 50,
    }))
})

describe('edges', () => {
  test('day 42 and day 140 are in time, the days after are late', () => {
    expect(decisions([one('2020-01-06', '2020-02-17')], '2020-02', as('2020-06-30', 'A'))).toEqual([
      1, 1, 100,
    ])
    expect(decisions([one('2020-01-06', '2020-02-18')], '2020-02', as('2020-06-30', 'A'))).toEqual([0, 1, 0])
    expect(
      plans([one('2020-01-06', '2020-02-03', { final: '2020-05-25' })], '2020-05', as('2020-06-30', 'A')),
    ).toEqual([1, 1, 100])
    expect(
      plans([one('2020-01-06', '2020-02-03', { final: '2020-05-26' })], '2020-05', as('2020-06-30', 'A')),
    ).toEqual([0, 1, 0])
  })
  test('withdrawn before the decision is in no share, and counted apart', () => {
    const cell = monthFigures(
      [one('2020-01-06', null, { withdrawn: '2020-01-20' })],
      [monthSpan('2020-02')],
      as('2020-06-30', 'B'),
    )[0]!.decisions
    expect([cell.denominator, cell.percent, cell.excluded.withdrawn]).toEqual([0, null, 1])
  })
  test('refused then agreed at mediation: six weeks by the refusal, the plan by the ordered timetable', () => {
    const reversed = one('2020-01-06', '2020-02-14', {
      refused: true,
      ordered: '2020-05-04',
      final: '2020-08-10',
    })
    expect(decisions([reversed], '2020-02', as('2020-11-02', 'A'))).toEqual([1, 1, 100])
    expect(plans([reversed], '2020-08', as('2020-11-02', 'A'))).toEqual([1, 1, 100])
    expect(plans([{ ...reversed, finalOn: date('2020-08-11') }], '2020-08', as('2020-11-02', 'A'))).toEqual([
      0, 1, 0,
    ])
  })
  test('refused, or no plan to be made: never overdue for a plan', () => {
    const cases = [
      one('2020-01-06', '2020-02-14', { refused: true }),
      one('2020-01-06', '2020-02-10', { noPlan: '2020-04-20' }),
    ]
    expect(monthFigures(cases, [monthSpan('2020-06')], as('2020-11-02', 'A'))[0]!.plans.openOverdue).toBe(0)
    expect(plans(cases, '2020-05', as('2020-11-02', 'B'))).toEqual([0, 0, null])
  })
  test('an exception takes a case out only when approved, claimed in time and still alive on the due day', () => {
    const late = (claim: AssessmentDates['claims'][number]) =>
      one('2020-01-06', '2020-02-14', { final: '2020-06-30', claims: [claim] })
    const claim = { claimedOn: date('2020-05-01'), limits: ['final-plan'], approved: true, endedOn: null }
    expect(plans([late(claim)], '2020-06', as('2020-11-02', 'A', 'with'))).toEqual([0, 1, 0])
    expect(plans([late(claim)], '2020-06', as('2020-11-02', 'A', 'without'))).toEqual([0, 0, null])
    for (const dead of [
      { ...claim, approved: false },
      { ...claim, claimedOn: date('2020-05-26') },
      { ...claim, endedOn: date('2020-05-20') },
      { ...claim, limits: ['decision-to-assess'] },
    ])
      expect(plans([late(dead)], '2020-06', as('2020-11-02', 'A', 'without'))).toEqual([0, 1, 0])
  })
  test('all cases with exceptions: nothing to divide by is no figure, never 0% (Dorset, 2024)', () =>
    expect(percentOf(0, 0)).toBeNull())
  test('half up, exactly', () => {
    expect(percentOf(7, 8)).toBe(88)
    expect(meanHalfUp(750, 8)).toBe(94)
    expect(meanHalfUp(641, 8)).toBe(80)
    expect(meanHalfUp(387, 8)).toBe(48)
    expect(meanHalfUp(379, 7)).toBe(54)
  })
  test('a month closes when its last request has reached six weeks', () => {
    expect(isClosed(monthSpan('2020-08'), date('2020-10-12'))).toBe(true)
    expect(isClosed(monthSpan('2020-08'), date('2020-10-11'))).toBe(false)
    expect(isClosed(monthSpan('2020-09'), date('2020-11-02'))).toBe(false)
  })
  test('marks: a young month is provisional, a cohort by receipt immature until its last limit', () => {
    expect(settledness(monthSpan('2020-10'), 'decisions', as('2020-11-02', 'A'))).toBe('provisional')
    expect(settledness(monthSpan('2020-09'), 'decisions', as('2020-11-02', 'A'))).toBe('settled')
    expect(settledness(monthSpan('2020-06'), 'plans', as('2020-11-02', 'C'))).toBe('immature')
    expect(settledness(monthSpan('2020-05'), 'plans', as('2020-11-02', 'C'))).toBe('settled')
  })
  test('29 February is a day like another', () =>
    expect(decisions([one('2020-01-18', '2020-02-29')], '2020-02', as('2020-06-30', 'A'))).toEqual([
      1, 1, 100,
    ]))
})

describe('days that cannot be right', () => {
  const today = date('2020-11-02')
  test.each([
    ['a decision before receipt', one('2020-03-02', '2020-02-28')],
    ['a final plan before the request', one('2020-03-02', '2020-03-30', { final: '2020-02-28' })],
    ['a receipt typed 2002 for 2020', one('2002-03-02', '2020-03-30')],
  ])('%s is named', (_what, wrong) => expect(faultsIn(wrong, today)).not.toEqual([]))
  test('an ordinary case has none', () =>
    expect(faultsIn(one('2020-03-02', '2020-03-30'), today)).toEqual([]))
})
