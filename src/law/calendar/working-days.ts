/** Working days. SEND Regulations 2014 (SI 2014/1530) do not define the term: Monday to Friday less
 *  Christmas Day, Good Friday and bank holidays in England and Wales is used (U-1). At the First-tier
 *  Tribunal 25 December to 1 January and all of August are left out too (HESC Rules 2008, rule 12(3)(b)). */
import { BANK_HOLIDAYS, CALENDAR_FROM, CALENDAR_TO } from './bank-holidays.ts'
import { iso, type PlainDate, toCivil, weekday } from './plain-date.ts'

export type WorkingDayCalendar = 'council' | 'tribunal'

/** Raised when a count of working days would leave the years whose bank holidays are known. */
export class CalendarEnds extends Error {
  readonly on: PlainDate
  constructor(on: PlainDate) {
    super(
      `Working days are known from ${iso(CALENDAR_FROM)} to ${iso(CALENDAR_TO)}: ${iso(on)} is outside, so nothing is guessed`,
    )
    this.name = 'CalendarEnds'
    this.on = on
  }
}

const LENGTH = CALENDAR_TO - CALENDAR_FROM + 1
const council = new Uint8Array(LENGTH)
const tribunal = new Uint8Array(LENGTH)

for (let index = 0; index < LENGTH; index++) {
  const on = (CALENDAR_FROM + index) as PlainDate
  if (weekday(on) >= 5) continue
  council[index] = 1
  if (!isTribunalVacation(on)) tribunal[index] = 1
}
for (const holiday of BANK_HOLIDAYS) {
  council[holiday - CALENDAR_FROM] = 0
  tribunal[holiday - CALENDAR_FROM] = 0
}

/** 25 December to 1 January, and August: not working days in a SEN case. HESC Rules 2008, rule 12(3)(b). */
export function isTribunalVacation(on: PlainDate): boolean {
  const { month, day } = toCivil(on)
  return month === 8 || (month === 12 && day >= 25) || (month === 1 && day === 1)
}

/** Is the date within the years whose bank holidays are known? */
export function isWithinCalendar(on: PlainDate): boolean {
  return on >= CALENDAR_FROM && on <= CALENDAR_TO
}

/** Throws CalendarEnds outside the known years. */
export function isWorkingDay(on: PlainDate, calendar: WorkingDayCalendar = 'council'): boolean {
  if (on < CALENDAR_FROM || on > CALENDAR_TO) throw new CalendarEnds(on)
  return (calendar === 'council' ? council : tribunal)[on - CALENDAR_FROM] === 1
}

/** The nth working day after the date (which is itself left out); before it, when n is negative.
 *  Zero gives the date back. Throws CalendarEnds when the count leaves the known years. */
export function addWorkingDays(
  on: PlainDate,
  count: number,
  calendar: WorkingDayCalendar = 'council',
): PlainDate {
  const step = count < 0 ? -1 : 1
  let left = Math.abs(count)
  let day = on
  while (left > 0) {
    day = (day + step) as PlainDate
    if (isWorkingDay(day, calendar)) left--
  }
  return day
}

/** The first working day after the date. */
export function nextWorkingDay(on: PlainDate, calendar: WorkingDayCalendar = 'council'): PlainDate {
  return addWorkingDays(on, 1, calendar)
}

/** The last working day before the date. */
export function previousWorkingDay(on: PlainDate, calendar: WorkingDayCalendar = 'council'): PlainDate {
  return addWorkingDays(on, -1, calendar)
}

/** The date itself if it is a working day, or else the first one after it. */
export function workingDayOnOrAfter(on: PlainDate, calendar: WorkingDayCalendar = 'council'): PlainDate {
  return isWorkingDay(on, calendar) ? on : nextWorkingDay(on, calendar)
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(
  from: PlainDate,
  to: PlainDate,
  calendar: WorkingDayCalendar = 'council',
): number {
  if (to < from) return -workingDaysBetween(to, from, calendar)
  let count = 0
  for (let day = from + 1; day <= to; day++) if (isWorkingDay(day as PlainDate, calendar)) count++
  return count
}

/** The working day before, when the date falls on a day the office is shut; null when it is open, or
 *  when the date is outside the known years. A hint for staff, never the legal date: the Regulations
 *  do not roll a date over. */
export function actBy(on: PlainDate): PlainDate | null {
  if (on < CALENDAR_FROM || on > CALENDAR_TO || council[on - CALENDAR_FROM] === 1) return null
  for (let day = on - 1; day >= CALENDAR_FROM; day--) {
    if (council[day - CALENDAR_FROM] === 1) return day as PlainDate
  }
  return null
}

/** Days in the period that a count of working days leaves out, for the reasons. */
export function daysLeftOut(
  from: PlainDate,
  to: PlainDate,
  calendar: WorkingDayCalendar = 'council',
): PlainDate[] {
  const out: PlainDate[] = []
  for (let day = from; day <= to; day++) {
    if (isWithinCalendar(day as PlainDate) && !isWorkingDay(day as PlainDate, calendar))
      out.push(day as PlainDate)
  }
  return out
}

/** When time runs out for an act at the tribunal: the next working day, and the first working day after
 *  1 January or 31 August when it ends from 25 December to 1 January or in August.
 *  HESC Rules 2008, rule 12(1) to (3) as read for SEN cases. Throws CalendarEnds outside the known years. */
export function tribunalTimeEnds(on: PlainDate): PlainDate {
  return workingDayOnOrAfter(on, 'tribunal')
}
