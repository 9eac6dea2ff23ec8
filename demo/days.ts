import { isWithinCalendar, isWorkingDay } from '../src/law/calendar/working-days.ts'
import { date, fromCivil, type PlainDate, toCivil, weekday } from '../src/law/index.ts'
import type { Chance } from './random.ts'

export const day = date
export const plus = (on: PlainDate, days: number): PlainDate => (on + days) as PlainDate
export const latest = (...days: readonly number[]): PlainDate => Math.max(...days) as PlainDate
export const earliest = (...days: readonly number[]): PlainDate => Math.min(...days) as PlainDate

/** Is the office open? Outside the years of known bank holidays, any weekday. */
export const isOpen = (on: PlainDate): boolean => (isWithinCalendar(on) ? isWorkingDay(on) : weekday(on) < 5)

/** The first open day on or after. */
export function openOnOrAfter(on: PlainDate): PlainDate {
  let at = on
  while (!isOpen(at)) at = plus(at, 1)
  return at
}

export function openOnOrBefore(on: PlainDate): PlainDate {
  let at = on
  while (!isOpen(at)) at = plus(at, -1)
  return at
}

export const openAfter = (on: PlainDate): PlainDate => openOnOrAfter(plus(on, 1))

/** An open day by chance from low to high; null when the office is shut throughout. */
export function openBetween(chance: Chance, low: PlainDate, high: PlainDate): PlainDate | null {
  if (high < low) return null
  const wanted = plus(low, chance.between(0, high - low))
  const later = openOnOrAfter(wanted)
  if (later <= high) return later
  const before = openOnOrBefore(wanted)
  return before >= low ? before : null
}

/** `2020-03` as its first day, last day and name. */
export interface Month {
  readonly name: string
  readonly first: PlainDate
  readonly last: PlainDate
}

export function monthOf(name: string): Month {
  const year = Number(name.slice(0, 4))
  const month = Number(name.slice(5, 7))
  const next = month === 12 ? fromCivil(year + 1, 1, 1) : fromCivil(year, month + 1, 1)
  return { name, first: fromCivil(year, month, 1), last: plus(next, -1) }
}

export function monthName(on: PlainDate): string {
  const { year, month } = toCivil(on)
  return `${year}-${String(month).padStart(2, '0')}`
}

export function monthsBetween(from: PlainDate, to: PlainDate): string[] {
  const names: string[] = []
  for (let at = monthOf(monthName(from)); at.first <= to; at = monthOf(monthName(plus(at.last, 1))))
    names.push(at.name)
  return names
}

/** 31 July to 31 August of any year: schools are shut for more than four weeks. */
export const isSummerHoliday = (on: PlainDate): boolean => {
  const { month, day: number } = toCivil(on)
  return month === 8 || (month === 7 && number >= 23) || (month === 9 && number <= 2)
}

/** Birthday number n. 29 February falls on 28 February in other years. */
export function birthday(born: PlainDate, age: number): PlainDate {
  const { year, month, day: number } = toCivil(born)
  const last = monthOf(`${year + age}-${String(month).padStart(2, '0')}`).last
  return earliest(fromCivil(year + age, month, 1) + number - 1, last)
}

/** Completed years of age on a day. */
export function ageOn(born: PlainDate, on: PlainDate): number {
  const from = toCivil(born)
  const to = toCivil(on)
  return (
    to.year - from.year - (to.month < from.month || (to.month === from.month && to.day < from.day) ? 1 : 0)
  )
}

/** National curriculum year: age on 31 August before the school year, less four. Reception is 0, nursery below. */
export function schoolYear(born: PlainDate, on: PlainDate): number {
  const { year, month } = toCivil(on)
  return ageOn(born, fromCivil(month >= 9 ? year : year - 1, 8, 31)) - 4
}
