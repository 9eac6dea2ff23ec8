import { date, iso, longDate, type PlainDate, toCivil } from '../../../law/index.ts'
import {
  type AssessmentDates,
  averageCounts,
  averageShares,
  CONVENTIONS,
  type Convention,
  type CountAverages,
  DEFINITION_VERSION,
  dfeSixWeeks,
  type Exceptions,
  faultsIn,
  isClosed,
  type MonthFigure,
  type MonthFigures,
  monthFigures,
  monthSpan,
  monthsOf,
  type ShareAverages,
  sourcesOfRequest,
} from './figures.ts'

export interface TableOptions {
  readonly asAt: string
  readonly convention: Convention
  readonly exceptions: Exceptions
  readonly year: number
  /** The last month used, yyyy-mm; the last closed month when left out. */
  readonly to?: string | undefined
}

export interface OpenPlans {
  readonly total: number
  readonly byLocality: readonly { readonly locality: string; readonly count: number }[]
}

/** One month as it leaves the program. Names are kept: other programs read them. */
export interface TableMonth {
  readonly month: string
  readonly label: string
  readonly requests: { readonly value: number }
  readonly decisionsWithinSixWeeks: MonthFigure
  readonly plansWithinTwentyWeeks: MonthFigure
}

export interface YearAverages {
  readonly requests: CountAverages
  readonly decisionsWithinSixWeeks: ShareAverages
  readonly plansWithinTwentyWeeks: ShareAverages
}

export interface MonthlyTable {
  readonly asAt: string
  readonly convention: Convention
  readonly conventionInWords: string
  readonly exceptions: Exceptions
  readonly definitionVersion: string
  readonly authority: { readonly code: string; readonly name: string }
  readonly year: number
  /** The closed months: those the averages use. */
  readonly months: readonly TableMonth[]
  /** Begun but not closed on the as-at day: shown, and in no average. */
  readonly laterMonths: readonly TableMonth[]
  readonly averages: YearAverages
  readonly previousYear: {
    readonly year: number
    readonly months: readonly TableMonth[]
    readonly requestsPerMonth: number | null
    readonly decisionsWithinSixWeeksPercent: number | null
    readonly plansWithinTwentyWeeksPercent: number | null
    readonly averages: YearAverages
  }
  readonly sourceOfRequest: {
    readonly total: number
    readonly parents: number
    readonly parentPercent: number | null
    readonly parentOrYoungPersonPercent: number | null
    readonly bySource: Readonly<Record<string, number>>
  }
  readonly dfeStyleSixWeeks: {
    readonly year: number
    readonly numerator: number
    readonly denominator: number
    readonly percent: number | null
  }
  readonly openPlans: OpenPlans
  /** Days that cannot be right, as known on the as-at day. No names. */
  readonly faults: number
  readonly notes: readonly string[]
}

const SHORT = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** "January 2020". */
export const monthInWords = (month: string): string =>
  longDate(monthSpan(month).first).split(' ').slice(2).join(' ')
export const shortMonth = (month: string): string => SHORT[Number(month.slice(5, 7)) - 1] ?? month

const published = (figures: MonthFigures): TableMonth => ({
  month: figures.month,
  label: shortMonth(figures.month),
  requests: { value: figures.requests },
  decisionsWithinSixWeeks: figures.decisions,
  plansWithinTwentyWeeks: figures.plans,
})

const averagesOf = (months: readonly MonthFigures[]): YearAverages => ({
  requests: averageCounts(months),
  decisionsWithinSixWeeks: averageShares(months, 'decisions'),
  plansWithinTwentyWeeks: averageShares(months, 'plans'),
})

/** The whole table, from each assessment's days as known on the as-at day. */
export function makeTable(
  cases: readonly AssessmentDates[],
  authority: MonthlyTable['authority'],
  openPlans: OpenPlans,
  options: TableOptions,
): MonthlyTable {
  const asAt: PlainDate = date(options.asAt)
  const figuresOptions = { asAt, convention: options.convention, exceptions: options.exceptions }
  const spans = monthsOf(options.year, asAt)
  const isUsed = (name: string): boolean =>
    options.to === undefined ? isClosed(monthSpan(name), asAt) : name <= options.to
  const all = monthFigures(cases, spans, figuresOptions)
  const used = all.filter((month) => isUsed(month.month))
  const before = monthFigures(cases, monthsOf(options.year - 1, asAt), figuresOptions)
  const beforeAverages = averagesOf(before)
  const sources = sourcesOfRequest(
    cases,
    spans.filter((span) => isUsed(span.name)),
  )
  const faults = cases.filter((one) => faultsIn(one, asAt).length > 0).length
  return {
    asAt: iso(asAt),
    convention: options.convention,
    conventionInWords: CONVENTIONS[options.convention],
    exceptions: options.exceptions,
    definitionVersion: DEFINITION_VERSION,
    authority,
    year: options.year,
    months: used.map(published),
    laterMonths: all.filter((month) => !isUsed(month.month)).map(published),
    averages: averagesOf(used),
    previousYear: {
      year: options.year - 1,
      months: before.map(published),
      requestsPerMonth: beforeAverages.requests.meanPerMonth,
      decisionsWithinSixWeeksPercent: beforeAverages.decisionsWithinSixWeeks.meanOfMonths,
      plansWithinTwentyWeeksPercent: beforeAverages.plansWithinTwentyWeeks.meanOfMonths,
      averages: beforeAverages,
    },
    sourceOfRequest: {
      total: sources.total,
      parents: sources.parents.numerator,
      parentPercent: sources.parents.percent,
      parentOrYoungPersonPercent: sources.parentsAndYoungPeople.percent,
      bySource: sources.bySource,
    },
    dfeStyleSixWeeks: { year: options.year, ...dfeSixWeeks(cases, options.year, asAt) },
    openPlans,
    faults,
    notes: notesOn(
      options,
      used.map((month) => month.month),
      all.map((month) => month.month),
      averagesOf(used).plansWithinTwentyWeeks.monthsImmature,
    ),
  }
}

function notesOn(
  options: TableOptions,
  used: readonly string[],
  begun: readonly string[],
  immature: readonly string[],
): readonly string[] {
  const later = begun.filter((month) => !used.includes(month))
  return [
    'Known by the end of the as-at day; corrections are in the place of what they correct.',
    `Months are counted ${CONVENTIONS[options.convention]} (convention ${options.convention}).`,
    options.exceptions === 'with'
      ? 'Cases with an approved exception are included.'
      : 'Cases with an approved exception are left out of numerator and denominator.',
    used.length === 0
      ? 'No month of the year is closed yet.'
      : `Averages use ${used.length} months: ${used.map(shortMonth).join(', ')}.`,
    ...(later.length > 0 && options.to === undefined
      ? [
          `${later.map(shortMonth).join(', ')}: not used in averages, as requests received then have not all reached six weeks.`,
        ]
      : []),
    ...(immature.length > 0
      ? [
          `${immature.map(shortMonth).join(', ')}: in no average of plans, as their 20 weeks have not all run. A month of decisions is left out likewise until its 6 weeks have.`,
        ]
      : []),
    'Mean of months: unweighted mean of the rounded months, half up. Pooled: all numerators over all denominators.',
    'Withdrawn before the decision or plan: out. Transfers in with a plan: not new plans. A refusal later reversed keeps its first decision; its plan is judged by the ordered timetable.',
  ]
}

/** The year a table opens on: that of the last closed month. */
export function defaultYear(asAt: string): number {
  const { year, month } = toCivil(date(asAt))
  return month <= 2 ? year - 1 : year
}
