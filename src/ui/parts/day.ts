import { date, iso, longDate, type PlainDate, shortDate } from '../../law/index.ts'

/** A day as the law holds it, or as the database writes it: yyyy-mm-dd. */
export type Day = PlainDate | string

export const plain = (day: Day): PlainDate => (typeof day === 'string' ? date(day) : day)
/** yyyy-mm-dd, for `datetime`. */
export const machineDay = (day: Day): string => iso(plain(day))
/** "2 November 2020". */
export const dayInWords = (day: Day): string => shortDate(plain(day))
/** "Monday 2 November 2020". */
export const longDayInWords = (day: Day): string => longDate(plain(day))

/** "1 day", "12 days". */
export const inDays = (count: number): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? 'day' : 'days'}`
