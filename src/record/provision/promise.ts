import { fromCivil, type PlainDate, parseDate, toCivil, weekday } from '../../law/index.ts'
import { minutesInWords, type PlanSection, type ProvisionContent } from '../plan/index.ts'
import {
  halvesOf,
  isOpenDay,
  type SchoolYears,
  type Stretch,
  schoolYearOf,
  termOn,
  termsOf,
} from './school-year.ts'

/** What a line is counted in: minutes where it says how long each time, else times. */
export type Unit = 'minutes' | 'sessions'
/** Thousandths of the unit, whole numbers: half of three quarters of an hour is counted and nothing is rounded. */
export type Amount = number

export type Counted = Pick<
  ProvisionContent,
  'count' | 'every' | 'minutes' | 'from' | 'until' | 'times' | 'length'
>

/** What a version of the plan promises of a line between two days. `to` is exclusive; null while it stands. */
export interface Term {
  readonly from: PlainDate
  readonly to: PlainDate | null
  readonly content: Counted
  readonly section: PlanSection
}

/** How a term is counted, or in plain words why it cannot be. */
export type Measure =
  | {
      readonly countable: true
      readonly unit: Unit
      /** Thousandths of a session in each stretch. */
      readonly times: number
      readonly every: NonNullable<Counted['every']>
      /** Thousandths of the unit in a whole session. */
      readonly each: Amount
      /** Social care goes on in the holidays. */
      readonly allYear: boolean
    }
  | { readonly countable: false; readonly why: string }

/** Reads the amounts of a line. What has no amount is never given one. */
export function measureOf({ content, section }: Pick<Term, 'content' | 'section'>): Measure {
  const { count, every, minutes } = content
  if (count == null || !Number.isFinite(count) || count <= 0)
    return {
      countable: false,
      why: content.times ? `“${content.times}” is not a number` : 'It does not say how many times',
    }
  if (!every) return { countable: false, why: 'It does not say how often' }
  if (every === 'once' && parseDate(content.until ?? '') === null)
    return { countable: false, why: 'It says how many in all and not by which day' }
  const measured = minutes != null && minutes > 0
  return {
    countable: true,
    unit: measured ? 'minutes' : 'sessions',
    times: Math.round(count * 1000),
    every,
    each: measured ? minutes * 1000 : 1000,
    allYear: section === 'H1' || section === 'H2',
  }
}

/** So much of a line, due by a day, out of a stretch such as a week. */
export interface Due {
  readonly on: PlainDate
  readonly unit: Unit
  readonly amount: Amount
  readonly stretch: Stretch
  /** It would have been due in a stretch that had begun, had a later version of the plan not changed it. */
  readonly amended: boolean
}

const plus = (on: PlainDate, days: number): PlainDate => (on + days) as PlainDate
const monday = (on: PlainDate): PlainDate => plus(on, -weekday(on))

/** The stretch that a day is in: its week, its half term… Undefined in the holidays, where a stretch is part of a term. */
function stretchOn(
  on: PlainDate,
  every: NonNullable<Counted['every']>,
  term: { readonly from: PlainDate; readonly until: PlainDate | null },
  years: SchoolYears,
): Stretch | undefined {
  switch (every) {
    case 'day':
      return { from: on, to: on }
    case 'week':
      return { from: monday(on), to: plus(monday(on), 6) }
    case 'fortnight': {
      // Fortnights are counted from the week the promise began in.
      const first = monday(term.from)
      const from = plus(first, Math.floor((on - first) / 14) * 14)
      return { from, to: plus(from, 13) }
    }
    case 'month': {
      const { year, month } = toCivil(on)
      return {
        from: fromCivil(year, month, 1),
        to: plus(month === 12 ? fromCivil(year + 1, 1, 1) : fromCivil(year, month + 1, 1), -1),
      }
    }
    case 'half-term': {
      const found = termOn(years, on)
      return found && halvesOf(found).find((half) => on >= half.from && on <= half.to)
    }
    case 'term':
      return termOn(years, on)
    case 'year': {
      const september = schoolYearOf(on)
      return { from: fromCivil(september, 9, 1), to: plus(fromCivil(september + 1, 9, 1), -1) }
    }
    case 'once':
      return term.until === null ? undefined : { from: term.from, to: term.until }
  }
}

/**
 * What falls due of a term up to a day. A stretch's sessions are spread evenly over its open days and each falls due on one of
 * them: once a week by the last open day of the week, six a term at six days of it. So a promise that begins or changes within
 * a stretch is counted from that day, to the session, with nothing estimated.
 * @param upTo the last day counted, and then on to the end of the stretch it is in
 */
export function duesOf(term: Term, years: SchoolYears, upTo: PlainDate): readonly Due[] {
  const measure = measureOf(term)
  if (!measure.countable) return []
  // A plan's lines begin on one day, and most say so much a week: what one of them owes, and when, the next does too.
  const known = duesByYears.get(years) ?? new Map<string, readonly Due[]>()
  duesByYears.set(years, known)
  const key = `${term.from} ${term.to} ${term.content.from ?? ''} ${term.content.until ?? ''} ${upTo} ${measure.unit} ${measure.times} ${measure.every} ${measure.each} ${measure.allYear}`
  const before = known.get(key)
  if (before) return before
  const dues = workOutDues(term, measure, years, upTo)
  if (known.size > 5_000) known.clear()
  known.set(key, dues)
  return dues
}
const duesByYears = new WeakMap<SchoolYears, Map<string, readonly Due[]>>()

function workOutDues(
  term: Term,
  measure: Extract<Measure, { countable: true }>,
  years: SchoolYears,
  upTo: PlainDate,
): readonly Due[] {
  const saidFrom = parseDate(term.content.from ?? '')
  const saidUntil = parseDate(term.content.until ?? '')
  const from = saidFrom === null || saidFrom < term.from ? term.from : saidFrom
  const dues: Due[] = []
  const bySchool = !measure.allYear || measure.every === 'term' || measure.every === 'half-term'
  const isOpen = (on: PlainDate): boolean => !bySchool || isOpenDay(years, on)
  const last = term.to === null ? upTo : (Math.min(upTo, term.to) as PlainDate)
  let on = from
  while (on <= last && (saidUntil === null || on <= saidUntil)) {
    const stretch = stretchOn(on, measure.every, { from, until: saidUntil }, years)
    if (!stretch) {
      on = plus(on, 1)
      continue
    }
    // Once amended, only a stretch that had begun before is still looked at.
    if (term.to !== null && stretch.from >= term.to) break
    const open: PlainDate[] = []
    for (let day = stretch.from; day <= stretch.to; day = plus(day, 1)) if (isOpen(day)) open.push(day)
    let before = 0
    for (const [index, day] of open.entries()) {
      const due =
        index === open.length - 1
          ? measure.times
          : Math.floor((measure.times * (index + 1)) / (1000 * open.length)) * 1000
      const times = due - before
      before = due
      if (times === 0 || day < from || (saidUntil !== null && day > saidUntil)) continue
      dues.push({
        on: day,
        unit: measure.unit,
        amount: (times * measure.each) / 1000,
        stretch,
        amended: term.to !== null && day >= term.to,
      })
    }
    on = plus(stretch.to, 1)
  }
  return dues
}

/** An amount as people say it: "1 hour 30 minutes", "2½ times". */
export function inWords(amount: Amount, unit: Unit): string {
  if (unit === 'sessions') {
    const times = amount / 1000
    return `${times.toLocaleString('en-GB', { maximumFractionDigits: 3 })} ${times === 1 ? 'time' : 'times'}`
  }
  const minutes = Math.round(amount / 1000)
  return minutes === 0 ? '0 minutes' : minutesInWords(minutes)
}

/** The terms of the school year that touch two days, for choosing a window. */
export const termsBetween = (years: SchoolYears, from: PlainDate, to: PlainDate) =>
  Array.from({ length: schoolYearOf(to) - schoolYearOf(from) + 1 }, (_, index) =>
    termsOf(years, schoolYearOf(from) + index),
  )
    .flat()
    .filter((term) => term.to >= from && term.from <= to)
