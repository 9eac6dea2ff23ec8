import type { PlainDate } from '../../law/index.ts'
import { accruedBy, type DatedSum, dueBetween, monthsBetween } from './dated-sum.ts'

/** A dated sum as it came to be known: the day it was recorded, and the day its end was, where it has one. */
export interface KnownSum extends DatedSum {
  readonly id: string
  readonly recordedOn: PlainDate
  readonly endRecordedOn: PlainDate | null
}

/** What is paid in a month: what the month is owed, and what earlier months were owed or overpaid. */
export interface MonthPaid {
  readonly id: string
  readonly month: string
  /** For the month itself, pro rata to the day. */
  readonly regular: number
  /** For earlier months that were recorded late: more is a back payment, less takes an overpayment back. */
  readonly adjustment: number
  readonly paid: number
}

/** The sum as it was known at the start of a day. */
function knownBefore(sum: KnownSum, day: PlainDate): KnownSum | null {
  if (sum.recordedOn >= day) return null
  return sum.endRecordedOn !== null && sum.endRecordedOn >= day ? { ...sum, to: null } : sum
}

/**
 * The months of a payment schedule. A month pays what is known by its end: its own days, and the difference that things
 * recorded since make to the months before. So what has been paid by any month's end is what was due by then, as then known,
 * and when everything is known the months add up to the sum.
 */
export function paymentSchedule(
  sums: readonly KnownSum[],
  from: PlainDate,
  to: PlainDate,
): readonly MonthPaid[] {
  return monthsBetween(from, to).flatMap((month) =>
    sums.flatMap((sum) => {
      const before = knownBefore(sum, month.from)
      const now = knownBefore(sum, month.to)
      const paidBefore = before === null ? 0 : accruedBy(before, month.from)
      const paid = (now === null ? 0 : accruedBy(now, month.to)) - paidBefore
      const regular = now === null ? 0 : dueBetween(now, month.from, month.to)
      return paid === 0 && regular === 0
        ? []
        : [{ id: sum.id, month: month.month, regular, adjustment: paid - regular, paid }]
    }),
  )
}
