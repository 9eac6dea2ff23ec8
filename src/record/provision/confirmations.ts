import type { PlainDate } from '../../law/index.ts'
import { type SchoolYears, schoolYearOf, termsOf } from './school-year.ts'

/** Weeks after a plan is final, and after each term begins, by which a setting is asked to confirm. A local practice, not law. */
export const CONFIRM_WEEKS_UNLESS_SET = 4

/** A confirmation asked of a setting: it may be given from one day and is late after another. */
export interface AskedConfirmation {
  readonly from: PlainDate
  readonly due: PlainDate
}

/** The days a line is to be confirmed by, up to a day: after the plan that first promised it, then in each term. */
export function confirmationsAsked(
  promisedFrom: PlainDate,
  years: SchoolYears,
  weeks: number,
  upTo: PlainDate,
): readonly AskedConfirmation[] {
  const days = weeks * 7
  const first = { from: promisedFrom, due: (promisedFrom + days) as PlainDate }
  const asked: AskedConfirmation[] = [first]
  for (let september = schoolYearOf(promisedFrom); september <= schoolYearOf(upTo); september++)
    for (const { from } of termsOf(years, september))
      if (from > promisedFrom && from <= upTo) asked.push({ from, due: (from + days) as PlainDate })
  return asked.filter(({ from }) => from <= upTo)
}

/**
 * The confirmation that waits: the newest asked for that nobody has answered. One from an earlier term is overtaken by it.
 * @param said the days on which the setting said how the line stands
 */
export function confirmationWaiting(
  asked: readonly AskedConfirmation[],
  said: readonly PlainDate[],
): AskedConfirmation | null {
  const newest = asked.at(-1)
  if (!newest || said.some((on) => on >= newest.from)) return null
  // Asked for before, never answered, and still open: it has been late since then.
  const unanswered = asked.filter(({ from }) => !said.some((on) => on >= from))
  return unanswered[0] ?? newest
}
