import { fromCivil, type PlainDate, toCivil } from '../../law/index.ts'

/** A sum for each week, month or year between two days, or once on the first. `to` is exclusive; null runs on. */
export interface DatedSum {
  readonly pence: number
  readonly per: 'once' | 'week' | 'month' | 'year'
  readonly from: PlainDate
  readonly to: PlainDate | null
}

/**
 * Pence that have fallen due by the start of a day: the whole of every period gone, and of the one under way its days, rounded
 * half up to a penny. A month is its own days, a year the financial year from 1 April, a week 7 days from the first.
 * Because every amount paid is the difference of two of these, amounts add up to the sum however time is cut.
 */
export function accruedBy(sum: DatedSum, day: PlainDate): number {
  const { pence, per, from } = sum
  const end = sum.to !== null && sum.to < day ? sum.to : day
  if (end <= from) return 0
  if (per === 'once') return pence
  if (per === 'week') return shareOf(pence, end - from, 7)
  let total = 0
  for (let start = periodStart(per, from); start < end; ) {
    const next = nextPeriod(per, start)
    const covered = Math.min(next, end) - Math.max(start, from)
    total += shareOf(pence, covered, next - start)
    start = next
  }
  return total
}

/** Pence falling due in some days: the second exclusive. */
export const dueBetween = (sum: DatedSum, from: PlainDate, to: PlainDate): number =>
  accruedBy(sum, to) - accruedBy(sum, from)

/** Part of a sum by days, rounded half up, in whole numbers throughout. */
const shareOf = (pence: number, days: number, of: number): number =>
  Number((BigInt(pence) * BigInt(days) * 2n + BigInt(of)) / (2n * BigInt(of)))

function periodStart(per: 'month' | 'year', day: PlainDate): PlainDate {
  const { year, month } = toCivil(day)
  return per === 'month' ? fromCivil(year, month, 1) : fromCivil(month >= 4 ? year : year - 1, 4, 1)
}

function nextPeriod(per: 'month' | 'year', start: PlainDate): PlainDate {
  const { year, month } = toCivil(start)
  return per === 'year'
    ? fromCivil(year + 1, 4, 1)
    : month === 12
      ? fromCivil(year + 1, 1, 1)
      : fromCivil(year, month + 1, 1)
}

/** The first day of each month that touches some days, and the day after the last: "2026-04" and its ends. */
export function monthsBetween(
  from: PlainDate,
  to: PlainDate,
): readonly { readonly month: string; readonly from: PlainDate; readonly to: PlainDate }[] {
  const months: { month: string; from: PlainDate; to: PlainDate }[] = []
  for (let start = periodStart('month', from); start < to; start = nextPeriod('month', start)) {
    const { year, month } = toCivil(start)
    months.push({
      month: `${year}-${String(month).padStart(2, '0')}`,
      from: start,
      to: nextPeriod('month', start),
    })
  }
  return months
}
