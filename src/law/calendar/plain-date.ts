/** Whole days, with no time of day and no time zone: an integer count of days since
 *  1 January 1970 in the proleptic Gregorian calendar. Branded, so that an ordinary
 *  number can never be passed where a date is meant. */
export type PlainDate = number & { readonly __plainDate: unique symbol }

/** 0 is Monday, 6 is Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/

/** Days from 1970-01-01 to a civil date. Months run 1 to 12. */
export function fromCivil(year: number, month: number, day: number): PlainDate {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return (era * 146097 + dayOfEra - 719468) as PlainDate
}

/** Year, month (1 to 12) and day of a date. */
export function toCivil(on: PlainDate): { year: number; month: number; day: number } {
  const z = on + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** Days in a month, 29 for February of a leap year. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Gregorian leap years. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Reads yyyy-mm-dd strictly. Null for anything else, and for a day that never was (2023-02-29). */
export function parseDate(text: string): PlainDate | null {
  const match = ISO.exec(text)
  if (match === null) return null
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return fromCivil(year, month, day)
}

/** Reads yyyy-mm-dd or throws. For dates written in code and tests, never for what people typed. */
export function date(text: string): PlainDate {
  const parsed = parseDate(text)
  if (parsed === null) throw new RangeError(`Not a real date: ${text}`)
  return parsed
}

/** yyyy-mm-dd. */
export function iso(on: PlainDate): string {
  const { year, month, day } = toCivil(on)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Monday is 0. 1 January 1970 was a Thursday. */
export function weekday(on: PlainDate): Weekday {
  return ((((on + 3) % 7) + 7) % 7) as Weekday
}

/** Calendar days later (or earlier, when negative). */
export function addDays(on: PlainDate, days: number): PlainDate {
  return (on + days) as PlainDate
}

/** A week is seven consecutive days; weekends and holidays all count. */
export function addWeeks(on: PlainDate, weeks: number): PlainDate {
  return (on + weeks * 7) as PlainDate
}

/** Calendar months by the corresponding-date rule: the same day number in the later (or earlier)
 *  month, or that month's last day when it is too short. 31 December + 2 months = 28 or 29 February.
 *  Dodds v Walker [1981] 1 WLR 1027 (HL); "month" is a calendar month, Interpretation Act 1978 Sch 1. */
export function addMonths(on: PlainDate, months: number): PlainDate {
  const { year, month, day } = toCivil(on)
  const index = year * 12 + (month - 1) + months
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12 + 1
  return fromCivil(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** Last day of a period of months that starts with the date itself: the day before the corresponding date,
 *  or the last day of the month when it has no such date (12 months starting with 29 February 2024 end on
 *  28 February 2025). */
export function lastDayOfMonthsStartingWith(on: PlainDate, months: number): PlainDate {
  const corresponding = addMonths(on, months)
  const isClamped = toCivil(corresponding).day < toCivil(on).day
  return isClamped ? corresponding : ((corresponding - 1) as PlainDate)
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "17 February 2025". */
export function shortDate(on: PlainDate): string {
  const { year, month, day } = toCivil(on)
  return `${day} ${MONTHS[month - 1]} ${year}`
}

/** "Monday 17 February 2025". */
export function longDate(on: PlainDate): string {
  return `${WEEKDAYS[weekday(on)]} ${shortDate(on)}`
}
