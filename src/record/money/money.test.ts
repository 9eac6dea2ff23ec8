import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { date, type PlainDate } from '../../law/index.ts'
import {
  accruedBy,
  asWords,
  type DatedSum,
  decimalPounds,
  dueBetween,
  type KnownSum,
  paymentSchedule,
  pounds,
  readPence,
  splitByShares,
} from './index.ts'

describe('Pence', () => {
  test('are read from money as people write it, and from nothing else', () => {
    expect(['£1,234.50', '1234.5', '40', '£0.05', '1,234,567'].map(readPence)).toEqual([
      123450, 123450, 4000, 5, 123456700,
    ])
    expect(['', '1.234', '-5', '12,34', 'ten', '£', '1e3', '=1+1'].map(readPence)).toEqual(
      Array(8).fill(null),
    )
  })
  test('are written to the penny', () => {
    expect([0, 4000, 123450, -5].map(pounds)).toEqual(['£0', '£40', '£1,234.50', '−£0.05'])
    expect([123456, -5].map(decimalPounds)).toEqual(['1234.56', '-0.05'])
  })
  test('words that a spreadsheet would run are kept as words', () => {
    expect(['=SUM(A1)', '+44', '-cmd', '@x', '\tx', ' =x', 'Larkfield'].map(asWords)).toEqual([
      "'=SUM(A1)",
      "'+44",
      "'-cmd",
      "'@x",
      "'\tx",
      "' =x",
      'Larkfield',
    ])
  })
})

const sum = (pence: number, per: DatedSum['per'], from: string, to: string | null = null): DatedSum => ({
  pence,
  per,
  from: date(from),
  to: to === null ? null : date(to),
})

describe('A dated sum', () => {
  test('a whole month and a whole financial year are the whole sum', () => {
    expect(dueBetween(sum(10_001, 'month', '2026-01-01'), date('2026-02-01'), date('2026-03-01'))).toBe(
      10_001,
    )
    expect(dueBetween(sum(1_000_001, 'year', '2026-04-01'), date('2027-04-01'), date('2028-04-01'))).toBe(
      1_000_001,
    )
  })
  test('part of a month is its days; a week is 7 days; once is once', () => {
    expect(accruedBy(sum(31_000, 'month', '2026-01-22'), date('2026-02-01'))).toBe(10_000)
    expect(accruedBy(sum(70, 'week', '2026-01-01', '2026-01-04'), date('2027-01-01'))).toBe(30)
    const once = sum(500, 'once', '2026-01-15')
    expect([accruedBy(once, date('2026-01-15')), accruedBy(once, date('2026-01-16'))]).toEqual([0, 500])
  })
})

const day = (least = 0, most = 1500) =>
  fc.integer({ min: least, max: most }).map((n) => (date('2024-01-01') + n) as PlainDate)
const anySum = fc
  .record({
    pence: fc.integer({ min: 1, max: 100_000_000 }),
    per: fc.constantFrom('once' as const, 'week' as const, 'month' as const, 'year' as const),
    from: day(),
    length: fc.option(fc.integer({ min: 0, max: 900 })),
    late: fc.integer({ min: -60, max: 200 }),
    endLate: fc.integer({ min: -60, max: 200 }),
  })
  .map(
    ({ pence, per, from, length, late, endLate }, n = 0): KnownSum => ({
      id: String(n),
      pence,
      per,
      from,
      to: length === null ? null : ((from + length) as PlainDate),
      recordedOn: (from + late) as PlainDate,
      endRecordedOn:
        length === null ? null : ((from + length + Math.max(endLate, late - length)) as PlainDate),
    }),
  )

describe('The schedule', () => {
  test('amounts add up to the sum whatever the cut', () =>
    fc.assert(
      fc.property(anySum, fc.array(day(0, 3000), { minLength: 1, maxLength: 12 }), (one, cuts) => {
        const days = cuts.toSorted((a, b) => a - b)
        const parts = days.slice(1).reduce((total, to, index) => total + dueBetween(one, days[index]!, to), 0)
        expect(parts).toBe(dueBetween(one, days[0]!, days.at(-1)!))
        for (const [index, to] of days.slice(1).entries())
          expect(dueBetween(one, days[index]!, to)).toBeGreaterThanOrEqual(0)
      }),
    ))
  test('its months pay what was due, however late each thing was recorded', () =>
    fc.assert(
      fc.property(fc.array(anySum, { minLength: 1, maxLength: 5 }), (sums) => {
        const known = sums.map((one, index) => ({ ...one, id: String(index) }))
        const end = date('2032-01-01')
        const paid = paymentSchedule(known, date('2023-01-01'), end)
        for (const one of known)
          expect(paid.filter((row) => row.id === one.id).reduce((total, row) => total + row.paid, 0)).toBe(
            accruedBy(one, end),
          )
        // Read from a later month, the same months stand.
        const later = paymentSchedule(known, date('2025-06-01'), end)
        expect(later).toEqual(paid.filter((row) => row.month >= '2025-06'))
      }),
      { numRuns: 60 },
    ))
  test('shows a back payment where a sum was recorded late, and takes an overpayment back', () => {
    const one: KnownSum = {
      ...sum(10_000, 'month', '2026-01-01', '2026-04-01'),
      id: 'a',
      recordedOn: date('2026-02-10'),
      endRecordedOn: date('2026-05-05'),
    }
    expect(
      paymentSchedule([one], date('2026-01-01'), date('2026-07-01')).map((row) => [
        row.month,
        row.regular,
        row.adjustment,
      ]),
    ).toEqual([
      ['2026-02', 10_000, 10_000],
      ['2026-03', 10_000, 0],
      ['2026-04', 10_000, 0],
      ['2026-05', 0, -10_000],
    ])
  })
})

describe('Shares', () => {
  test('make the whole to the penny, and nobody is a penny from their share', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (pence, a, b) => {
          const shares = {
            education: Math.min(a, 100 - Math.min(b, 100 - a)),
            health: Math.min(b, 100 - a),
            socialCare: 0,
          }
          const whole = { ...shares, socialCare: 100 - shares.education - shares.health }
          const split = splitByShares(pence, whole)
          expect(split.education + split.health + split.socialCare).toBe(pence)
          for (const name of ['education', 'health', 'socialCare'] as const)
            expect(Math.abs(split[name] - (pence * whole[name]) / 100)).toBeLessThan(1)
        },
      ),
    ))
  test('the penny left over goes to the largest remainder, then to education first', () => {
    expect(splitByShares(100, { education: 33, health: 33, socialCare: 34 })).toEqual({
      education: 33,
      health: 33,
      socialCare: 34,
    })
    expect(splitByShares(1, { education: 50, health: 50, socialCare: 0 })).toEqual({
      education: 1,
      health: 0,
      socialCare: 0,
    })
    expect(splitByShares(101, { education: 34, health: 33, socialCare: 33 })).toEqual({
      education: 35,
      health: 33,
      socialCare: 33,
    })
  })
})
