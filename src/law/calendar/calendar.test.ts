import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BANK_HOLIDAYS, CALENDAR_FROM, CALENDAR_TO } from './bank-holidays.ts'
import {
  addDays,
  addMonths,
  addWeeks,
  date,
  iso,
  longDate,
  parseDate,
  shortDate,
  weekday,
} from './plain-date.ts'
import { addSchoolDays, isSchoolDay, TermsEnd } from './school-days.ts'
import {
  actBy,
  addWorkingDays,
  CalendarEnds,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  tribunalTimeEnds,
  workingDaysBetween,
} from './working-days.ts'

const anyDay = fc.integer({ min: date('1900-01-01'), max: date('2200-12-31') })

describe('A date', () => {
  test.each([
    '2023-02-29',
    '2024-02-30',
    '2025-13-01',
    '2025-00-10',
    '2025-1-6',
    '06/01/2025',
    '',
    '2025-04-31',
  ])('that never was, or is not written yyyy-mm-dd, is refused: %s', (text) => {
    expect(parseDate(text)).toBeNull()
    expect(() => date(text)).toThrow(RangeError)
  })

  test('29 February exists in a leap year', () => {
    expect(iso(date('2024-02-29'))).toBe('2024-02-29')
    expect(parseDate('2000-02-29')).not.toBeNull()
    expect(parseDate('1900-02-29')).toBeNull()
  })

  test('reads aloud', () => {
    expect(longDate(date('2025-02-17'))).toBe('Monday 17 February 2025')
    expect(shortDate(date('2025-02-17'))).toBe('17 February 2025')
    expect(weekday(date('2026-11-23'))).toBe(0)
  })

  test('agrees with the platform calendar for three centuries', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const platform = new Date(day * 86_400_000)
        expect(iso(day as never)).toBe(platform.toISOString().slice(0, 10))
        expect(date(iso(day as never))).toBe(day)
        expect(weekday(day as never)).toBe((platform.getUTCDay() + 6) % 7)
      }),
    )
  })
})

describe('Months follow the corresponding-date rule', () => {
  test.each([
    ['2024-12-31', 2, '2025-02-28'],
    ['2023-12-31', 2, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2025-01-30', 1, '2025-02-28'],
    ['2025-06-30', 2, '2025-08-30'],
    ['2025-09-01', -5, '2025-04-01'],
    ['2025-03-31', -1, '2025-02-28'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(iso(addMonths(date(from), months))).toBe(to)
  })
})

describe('Weeks and days', () => {
  test('run through Christmas and Easter without a pause', () => {
    expect(iso(addWeeks(date('2025-01-06'), 20))).toBe('2025-05-26')
    expect(iso(addDays(date('2024-12-20'), 15))).toBe('2025-01-04')
    expect(iso(addWeeks(date('2030-01-07'), 6))).toBe('2030-02-18')
  })
})

describe('Bank holidays', () => {
  const published = JSON.parse(readFileSync('data/bank-holidays-england-and-wales.json', 'utf8')) as {
    covers: { from: string; to: string }
    events: { date: string }[]
  }

  test('equal the published list', () => {
    expect(BANK_HOLIDAYS.map(iso)).toEqual(published.events.map((event) => event.date).sort())
    expect([iso(CALENDAR_FROM), iso(CALENDAR_TO)]).toEqual([published.covers.from, published.covers.to])
  })
})

describe('Working days', () => {
  test('leave out Good Friday, Easter Monday and weekends', () => {
    expect(isWorkingDay(date('2025-04-18'))).toBe(false)
    expect(iso(nextWorkingDay(date('2025-04-17')))).toBe('2025-04-22')
    expect(iso(previousWorkingDay(date('2025-04-22')))).toBe('2025-04-17')
    expect(iso(addWorkingDays(date('2025-12-24'), 3))).toBe('2025-12-31')
    expect(workingDaysBetween(date('2025-04-17'), date('2025-04-22'))).toBe(1)
  })

  test('at the tribunal leave out August and 25 December to 1 January too', () => {
    expect(iso(addWorkingDays(date('2025-07-31'), 1, 'tribunal'))).toBe('2025-09-01')
    expect(iso(tribunalTimeEnds(date('2025-12-27')))).toBe('2026-01-02')
    expect(iso(tribunalTimeEnds(date('2025-08-30')))).toBe('2025-09-01')
  })

  test('end with the published holidays: nothing is guessed past them, or before them', () => {
    expect(() => addWorkingDays(date('2028-12-22'), 15)).toThrow(CalendarEnds)
    expect(() => isWorkingDay(date('2011-12-31'))).toThrow(CalendarEnds)
    expect(actBy(date('2029-01-06'))).toBeNull()
  })

  test('say by when to act when the office is shut', () => {
    expect(actBy(date('2025-05-26'))).toBe(date('2025-05-23'))
    expect(actBy(date('2025-05-27'))).toBeNull()
    expect(actBy(date('2025-12-27'))).toBe(date('2025-12-24'))
  })
})

describe('School days', () => {
  const terms = {
    terms: [
      { from: date('2025-04-22'), to: date('2025-05-23') },
      { from: date('2025-06-02'), to: date('2025-07-22') },
    ],
    closed: [date('2025-06-13')],
  }

  test('leave out half-term, the bank holiday and a training day', () => {
    expect(isSchoolDay(date('2025-05-05'), terms)).toBe(false)
    expect(isSchoolDay(date('2025-06-13'), terms)).toBe(false)
    expect(iso(addSchoolDays(date('2025-05-22'), 6, terms))).toBe('2025-06-06')
  })

  test('end with the terms given', () => {
    expect(() => addSchoolDays(date('2025-07-21'), 6, terms)).toThrow(TermsEnd)
  })
})
