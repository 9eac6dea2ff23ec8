import { type PlainDate, weekday } from './plain-date.ts'
import { isWithinCalendar, isWorkingDay } from './working-days.ts'

/** When schools are open: the terms (both days included), less closures. A school day is a day on which
 *  the setting is open to pupils; weekends and bank holidays inside a term are never school days. */
export interface TermCalendar {
  readonly terms: readonly { readonly from: PlainDate; readonly to: PlainDate }[]
  readonly closed?: readonly PlainDate[] | undefined
}

/** Raised when a count of school days leaves the terms given. */
export class TermsEnd extends Error {
  readonly on: PlainDate
  constructor(on: PlainDate) {
    super('The term dates given do not reach far enough to count the school days')
    this.name = 'TermsEnd'
    this.on = on
  }
}

/** Is the setting open to pupils that day? */
export function isSchoolDay(on: PlainDate, calendar: TermCalendar): boolean {
  if (weekday(on) >= 5) return false
  if (!calendar.terms.some((term) => on >= term.from && on <= term.to)) return false
  if (calendar.closed?.includes(on) === true) return false
  return !isWithinCalendar(on) || isWorkingDay(on)
}

/** The nth school day after the date, which is itself left out. Throws TermsEnd before the first term given and past the last. */
export function addSchoolDays(on: PlainDate, count: number, calendar: TermCalendar): PlainDate {
  const last = Math.max(...calendar.terms.map((term) => term.to))
  // A rule whose first day counts is counted from the day before it, which the first term may begin on.
  if (calendar.terms.every((term) => on + 1 < term.from)) throw new TermsEnd(on)
  let day = on
  let left = count
  while (left > 0) {
    day = (day + 1) as PlainDate
    if (day > last) throw new TermsEnd(day)
    if (isSchoolDay(day, calendar)) left--
  }
  return day
}
