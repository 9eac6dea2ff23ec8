import {
  fromCivil,
  iso,
  isWithinCalendar,
  isWorkingDay,
  type PlainDate,
  parseDate,
  toCivil,
  weekday,
} from '../../law/index.ts'

/** A term, both days included, with the half-term break in it when there is one. */
export interface SchoolTerm {
  readonly name: string
  readonly from: PlainDate
  readonly to: PlainDate
  readonly halfTerm?: { readonly from: PlainDate; readonly to: PlainDate } | undefined
}

/** When settings are open: the terms an authority gave, and the usual pattern for the years it did not. */
export interface SchoolYears {
  readonly given: readonly SchoolTerm[]
}

/** A stretch in which so many sessions are promised: a week, half a term, a month. Both days included. */
export interface Stretch {
  readonly from: PlainDate
  readonly to: PlainDate
}

/** Easter Sunday of a year, by the Gregorian reckoning. */
function easter(year: number): PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return fromCivil(year, Math.floor(n / 31), (n % 31) + 1)
}

const plus = (on: PlainDate, days: number): PlainDate => (on + days) as PlainDate
const mondayOf = (on: PlainDate): PlainDate => plus(on, -weekday(on))
/** The Monday on or after a day. */
const mondayFrom = (on: PlainDate): PlainDate => plus(on, (7 - weekday(on)) % 7)
/** The Friday on or before a day. */
const fridayBy = (on: PlainDate): PlainDate => plus(on, -((weekday(on) + 3) % 7))
const weekOf = (on: PlainDate): { from: PlainDate; to: PlainDate } => ({
  from: mondayOf(on),
  to: plus(mondayOf(on), 4),
})

/**
 * The usual pattern of a school year in England, for years whose dates nobody has given: about 190 days in three terms, each
 * with a week's break. It is shown as such wherever it is used.
 * @param september the year the school year begins in
 */
export function usualTerms(september: number): readonly SchoolTerm[] {
  const sunday = easter(september + 1)
  return [
    {
      name: `Autumn ${september}`,
      from: mondayFrom(fromCivil(september, 9, 1)),
      to: fridayBy(fromCivil(september, 12, 21)),
      halfTerm: weekOf(fromCivil(september, 10, 28)),
    },
    {
      name: `Spring ${september + 1}`,
      from: mondayFrom(fromCivil(september + 1, 1, 3)),
      to: plus(sunday, -9),
      halfTerm: weekOf(fromCivil(september + 1, 2, 17)),
    },
    {
      name: `Summer ${september + 1}`,
      from: plus(sunday, 8),
      to: fridayBy(fromCivil(september + 1, 7, 22)),
      halfTerm: weekOf(fromCivil(september + 1, 5, 29)),
    },
  ]
}

/** The school year a day falls in, by the year its September is in. */
export const schoolYearOf = (on: PlainDate): number => {
  const { year, month } = toCivil(on)
  return month >= 9 ? year : year - 1
}

const usual = new Map<number, readonly SchoolTerm[]>()
/** The terms of one school year: those given, else the usual pattern. */
export function termsOf(years: SchoolYears, september: number): readonly SchoolTerm[] {
  const given = years.given.filter((term) => schoolYearOf(term.from) === september)
  if (given.length > 0) return given.toSorted((a, b) => a.from - b.from)
  const known = usual.get(september) ?? usualTerms(september)
  usual.set(september, known)
  return known
}

/** Whether the dates of the school year a day is in were given, and not the usual pattern. */
export const isGiven = (years: SchoolYears, on: PlainDate): boolean =>
  years.given.some((term) => schoolYearOf(term.from) === schoolYearOf(on))

/** The term a day falls in, its break included; undefined in the holidays. */
export const termOn = (years: SchoolYears, on: PlainDate): SchoolTerm | undefined =>
  termsOf(years, schoolYearOf(on)).find((term) => on >= term.from && on <= term.to)

const openDays = new WeakMap<SchoolYears, Map<PlainDate, boolean>>()
/** Is the setting open to pupils that day? A county's ledger asks it of the same days for each of its lines. */
export function isOpenDay(years: SchoolYears, on: PlainDate): boolean {
  const known = openDays.get(years) ?? new Map<PlainDate, boolean>()
  openDays.set(years, known)
  const before = known.get(on)
  if (before !== undefined) return before
  const open = opensOn(years, on)
  known.set(on, open)
  return open
}

function opensOn(years: SchoolYears, on: PlainDate): boolean {
  if (weekday(on) >= 5 || (isWithinCalendar(on) && !isWorkingDay(on))) return false
  const term = termOn(years, on)
  return term !== undefined && !(term.halfTerm && on >= term.halfTerm.from && on <= term.halfTerm.to)
}

/** Half of a term, or the whole of one without a break. */
export function halvesOf(term: SchoolTerm): readonly Stretch[] {
  if (!term.halfTerm) return [{ from: term.from, to: term.to }]
  return [
    { from: term.from, to: plus(term.halfTerm.from, -1) },
    { from: plus(term.halfTerm.to, 1), to: term.to },
  ]
}

/**
 * Reads the dated setting `term-dates`: a list of terms as an administrator gives them.
 * @throws when it is not one: nothing is counted over dates that cannot be read
 */
export function readTerms(value: unknown): SchoolYears {
  if (!Array.isArray(value)) throw new Error('The setting term-dates must be a list of terms')
  const day = (text: unknown, what: string): PlainDate => {
    const read = typeof text === 'string' ? parseDate(text) : null
    if (read === null) throw new Error(`The setting term-dates has no day for ${what}`)
    return read
  }
  const given = value.map((one: Record<string, unknown>, index): SchoolTerm => {
    const name = typeof one['name'] === 'string' ? one['name'] : `Term ${index + 1}`
    const from = day(one['from'], `the start of ${name}`)
    const to = day(one['to'], `the end of ${name}`)
    const halfTerm =
      one['breakFrom'] === undefined
        ? undefined
        : {
            from: day(one['breakFrom'], `the break of ${name}`),
            to: day(one['breakTo'], `the break of ${name}`),
          }
    if (
      to < from ||
      (halfTerm && (halfTerm.from <= from || halfTerm.to >= to || halfTerm.to < halfTerm.from))
    )
      throw new Error(
        `The setting term-dates has ${name} from ${iso(from)} to ${iso(to)}, which is not a term`,
      )
    return { name, from, to, halfTerm }
  })
  const sorted = given.toSorted((a, b) => a.from - b.from)
  if (sorted.some((term, index) => index > 0 && term.from <= sorted[index - 1]!.to))
    throw new Error('The setting term-dates has two terms that overlap')
  return { given: sorted }
}
