/** Works out the last day of a limit from the day its clock started. Whole days only. */
import {
  addMonths,
  fromCivil,
  lastDayOfMonthsStartingWith,
  type PlainDate,
  toCivil,
} from '../calendar/plain-date.ts'
import { addSchoolDays, type TermCalendar } from '../calendar/school-days.ts'
import { addWorkingDays, type WorkingDayCalendar, workingDayOnOrAfter } from '../calendar/working-days.ts'
import type { CountedLength, Length, Rule, RuleVersion } from '../rules/rule.ts'
import type { Choice, ReadingRef } from '../settings.ts'

/** A limit made ready to compute: plain days are added without a call; the rest is worked out by kind. */
export interface CompiledLimit {
  readonly how:
    | 'days'
    | 'months'
    | 'working-days'
    | 'school-days'
    | 'fixed'
    | 'later-of-appeal'
    | 'later-of-transfer'
    | 'none'
    | 'immediate'
  /** Days, months, working or school days to add; negative counts back. */
  readonly amount: number
  /** Days to take off (or put on) afterwards: -1 where the trigger day is day 1. */
  readonly adjust: number
  readonly calendar: WorkingDayCalendar
  /** The day is moved to the next open day: tribunal rule 12, or U-2 reading B. */
  readonly roll: WorkingDayCalendar | null
  readonly month: number
  readonly day: number
  readonly year: number | null
  readonly backwards: boolean
  readonly atLeast: boolean
  readonly lookBack: boolean
}

type Read = (ref: ReadingRef) => Choice

const NONE: CompiledLimit = {
  how: 'none',
  amount: 0,
  adjust: 0,
  calendar: 'council',
  roll: null,
  month: 0,
  day: 0,
  year: null,
  backwards: false,
  atLeast: false,
  lookBack: false,
}

/** Makes one version of a rule ready, on the readings in force. */
export function compileLimit(rule: Rule, version: RuleVersion, read: Read): CompiledLimit {
  const length: Length = version.length
  if ('n' in length) return compileCounted(rule, version, length, read)
  if ('fixed' in length) {
    const { month, day, bound, year } = length.fixed
    const adjust = bound === 'before' && read('U-4') === 'A' ? -1 : 0
    return { ...NONE, how: 'fixed', month, day, adjust, year: year ?? null, lookBack: bound === 'on' }
  }
  if ('laterOf' in length) {
    return rule.id === 'appeal-lodge'
      ? { ...NONE, how: 'later-of-appeal', roll: 'tribunal' }
      : { ...NONE, how: 'later-of-transfer', adjust: -1 }
  }
  return 'immediate' in length ? { ...NONE, how: 'immediate' } : NONE
}

function compileCounted(rule: Rule, version: RuleVersion, length: CountedLength, read: Read): CompiledLimit {
  const backwards = length.direction === 'before'
  const sign = backwards ? -1 : 1
  const counts = version.triggerDayCounts === true || (rule.readings.includes('U-14') && read('U-14') === 'B')
  const adjust = counts && length.n > 0 && !backwards ? -1 : 0
  const rolls =
    read('U-2') === 'B' && !backwards && length.bound === undefined && version.triggerDayCounts === false
  const base: CompiledLimit = {
    ...NONE,
    adjust,
    backwards,
    atLeast: length.bound === 'at-least' && !backwards,
    lookBack: length.bound === 'look-back',
    roll: rule.rollOver === 'tribunal-rule-12' ? 'tribunal' : rolls ? 'council' : null,
  }
  switch (length.unit) {
    case 'weeks':
      return { ...base, how: 'days', amount: sign * 7 * length.n + clearDay(rule, read) }
    case 'calendar-days':
      return { ...base, how: 'days', amount: sign * length.n }
    case 'months':
      return { ...base, how: 'months', amount: sign * (length.upTo ?? length.n) }
    case 'working-days':
      return {
        ...base,
        how: 'working-days',
        amount: sign * length.n,
        calendar: calendarOf(rule, read),
        roll: null,
      }
    case 'school-days':
      return {
        ...base,
        how: 'school-days',
        amount: length.n,
        adjust: version.triggerDayCounts === false ? 0 : -1,
        roll: null,
      }
  }
}

/** U-8: on reading B a meeting needs 14 clear days. */
function clearDay(rule: Rule, read: Read): number {
  return rule.readings.includes('U-8') && read('U-8') === 'B' ? -1 : 0
}

function calendarOf(rule: Rule, read: Read): WorkingDayCalendar {
  if (rule.calendar === 'tribunal') return 'tribunal'
  return rule.readings.includes('U-1') && read('U-1') === 'B' ? 'tribunal' : 'council'
}

/** Last day in time, or null where there is no number. `other` is the second date of a "later of" limit:
 *  the mediation certificate, or when the plan was made or last reviewed. Throws CalendarEnds or TermsEnd
 *  when the days cannot be counted. */
export function lastDay(
  limit: CompiledLimit,
  start: PlainDate,
  other: PlainDate | null,
  terms: TermCalendar | undefined,
): PlainDate | null {
  let due: PlainDate
  switch (limit.how) {
    case 'days':
      due = (start + limit.amount + limit.adjust) as PlainDate
      break
    case 'months':
      due =
        limit.adjust === -1
          ? lastDayOfMonthsStartingWith(start, limit.amount)
          : addMonths(start, limit.amount)
      break
    case 'working-days':
      return addWorkingDays((start + limit.adjust) as PlainDate, limit.amount, limit.calendar)
    case 'school-days':
      return terms === undefined
        ? null
        : addSchoolDays((start + limit.adjust) as PlainDate, limit.amount, terms)
    case 'fixed':
      return fixedDay(limit, start)
    case 'later-of-appeal':
      due = later(addMonths(start, 2), other === null ? null : addMonths(other, 1))
      break
    case 'later-of-transfer':
      if (other === null) return null
      due = later(lastDayOfMonthsStartingWith(other, 12), lastDayOfMonthsStartingWith(start, 3))
      break
    default:
      return null
  }
  return limit.roll === null ? due : workingDayOnOrAfter(due, limit.roll)
}

function later(a: PlainDate, b: PlainDate | null): PlainDate {
  return b !== null && b > a ? b : a
}

/** A fixed day in the year of the trigger. For the academic year in which someone turns 25 (further
 *  education, to 31 July) a birthday after that day falls in the year that ends the next July. */
function fixedDay(limit: CompiledLimit, start: PlainDate): PlainDate {
  const { year } = toCivil(start)
  const inYear = fromCivil(limit.year ?? year, limit.month, limit.day)
  if (limit.lookBack && inYear < start) return fromCivil(year + 1, limit.month, limit.day)
  return (inYear + limit.adjust) as PlainDate
}
