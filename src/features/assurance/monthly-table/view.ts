import { date, parseDate, shortDate } from '../../../law/index.ts'
import { CONVENTIONS, type Convention, type Exceptions, type Measure, type MonthFigure } from './figures.ts'
import { dfeFor } from './published-elsewhere.ts'
import { defaultYear, type MonthlyTable, monthInWords, type TableMonth, type TableOptions } from './table.ts'

export type Part = 'numerator' | 'denominator' | 'late' | 'overdue' | 'requests'

export const ROWS = [
  { measure: 'decisions', heading: '% of decisions whether to assess made within 6 weeks' },
  { measure: 'plans', heading: '% of new plans issued within 20 weeks' },
] as const satisfies readonly { measure: Measure; heading: string }[]

export interface CellLink {
  readonly href: string
  /** Said after the words shown, for those who hear the page: which month, and what the link opens. */
  readonly says: string
}

export interface Cell {
  readonly text: string
  /** "52 of 56", under the figure. */
  readonly detail: string
  readonly mark: string | null
  /** To the cases counted, for those who may see them. */
  readonly cases: CellLink | null
  /** Open and past the limit at the month's end. */
  readonly overdue: { readonly text: string; readonly link: CellLink | null } | null
}

export interface Row {
  readonly heading: string
  readonly cells: readonly Cell[]
  readonly mean: string
  readonly meanDetail: string
  readonly previousMean: string
  readonly previousDetail: string
}

export interface TimelinessView {
  readonly heading: string
  readonly asAt: string
  readonly asAtWords: string
  readonly options: TableOptions
  readonly year: number
  readonly previousYear: number
  readonly months: readonly string[]
  readonly previousMonths: readonly string[]
  readonly rows: readonly Row[]
  readonly previousRows: readonly Row[]
  readonly laterMonths: readonly string[]
  readonly notes: readonly string[]
  readonly sources: string
  readonly openPlans: readonly { readonly locality: string; readonly count: string }[]
  readonly openPlansTotal: string
  readonly elsewhere: readonly string[]
  readonly faults: string | null
  readonly csvHref: string
  readonly chart: {
    readonly months: readonly string[]
    readonly requests: readonly (number | null)[]
    readonly decisions: readonly (number | null)[]
    readonly plans: readonly (number | null)[]
  }
}

const percent = (value: number | null): string => (value === null ? 'No figure' : `${value}%`)
const count = (value: number): string => value.toLocaleString('en-GB')

export const queryOf = (options: TableOptions): string =>
  new URLSearchParams({
    asAt: options.asAt,
    convention: options.convention,
    year: String(options.year),
    exceptions: options.exceptions,
  }).toString()

const MARKS = { settled: null, provisional: 'provisional', immature: 'immature' } as const

const casesHref = (options: TableOptions, measure: Measure, month: string, part: Part): string =>
  `/staff/timeliness/cases?${queryOf(options)}&measure=${measure}&month=${month}&part=${part}`

function shareCell(
  figure: MonthFigure,
  measure: Measure,
  month: TableMonth,
  options: TableOptions,
  mayOpen: boolean,
): Cell {
  const isStock = options.convention === 'D'
  const what = measure === 'decisions' ? 'decisions' : 'plans'
  const when = monthInWords(month.month)
  const link = (part: Part, says: string): CellLink | null =>
    mayOpen ? { href: casesHref(options, measure, month.month, part), says } : null
  return {
    text: isStock ? String(figure.denominator) : percent(figure.percent),
    detail: isStock ? 'open and overdue' : `${figure.numerator} of ${figure.denominator}`,
    mark: MARKS[figure.settled],
    cases:
      figure.denominator > 0
        ? link('denominator', `${what}${isStock ? '' : ' in time'}, ${when}: see the cases`)
        : null,
    overdue:
      isStock || figure.openOverdue === 0
        ? null
        : {
            text: `${figure.openOverdue} overdue`,
            link: link('overdue', `and still open at the end of ${when} (${what}): see the cases`),
          },
  }
}

function rowsOf(
  table: MonthlyTable,
  months: readonly TableMonth[],
  options: TableOptions,
  mayOpen: boolean,
  year: 'this' | 'previous',
): Row[] {
  const averages = year === 'this' ? table.averages : table.previousYear.averages
  const before = table.previousYear.averages
  const isStock = options.convention === 'D'
  const withoutAugust =
    averages.requests.monthsExcludedFromSecond.length > 0
      ? `${averages.requests.meanWithoutAugust} if August is left out`
      : ''
  return [
    {
      heading: 'Number of requests for an assessment',
      cells: months.map((month) => ({
        text: String(month.requests.value),
        detail: '',
        mark: null,
        overdue: null,
        cases:
          mayOpen && month.requests.value > 0
            ? {
                href: casesHref(options, 'decisions', month.month, 'requests'),
                says: `requests, ${monthInWords(month.month)}: see the cases`,
              }
            : null,
      })),
      mean: String(averages.requests.meanPerMonth ?? 'No figure'),
      meanDetail: withoutAugust,
      previousMean: String(before.requests.meanPerMonth ?? 'No figure'),
      previousDetail: `${count(before.requests.total)} in the months shown`,
    },
    ...ROWS.map(({ measure, heading }): Row => {
      const key = measure === 'decisions' ? 'decisionsWithinSixWeeks' : 'plansWithinTwentyWeeks'
      const detail = (of: typeof averages): string =>
        isStock
          ? ''
          : `pooled ${percent(of[key].pooled.percent)} (${of[key].pooled.numerator} of ${of[key].pooled.denominator})`
      return {
        heading: isStock
          ? heading.replace('% of', 'Overdue:').replace(/ made within| issued within/, ', limit')
          : heading,
        cells: months.map((month) => shareCell(month[key], measure, month, options, mayOpen)),
        mean: isStock ? '' : percent(averages[key].meanOfMonths),
        meanDetail: detail(averages),
        previousMean: isStock ? '' : percent(before[key].meanOfMonths),
        previousDetail: detail(before),
      }
    }),
  ]
}

/** Everything the page shows, ready to be put on it. */
export function timelinessView(table: MonthlyTable, options: TableOptions, mayOpen: boolean): TimelinessView {
  const chartMonths = [...table.previousYear.months, ...table.months]
  const dfe = [table.year, table.previousYear.year].flatMap(
    (year) => dfeFor(table.authority.code, year) ?? [],
  )
  return {
    heading: `Timeliness, ${table.year}`,
    asAt: table.asAt,
    asAtWords: shortDate(date(table.asAt)),
    options,
    year: table.year,
    previousYear: table.previousYear.year,
    months: table.months.map((month) => month.label),
    previousMonths: table.previousYear.months.map((month) => month.label),
    rows: rowsOf(table, table.months, options, mayOpen, 'this'),
    previousRows: rowsOf(table, table.previousYear.months, options, mayOpen, 'previous'),
    laterMonths: table.laterMonths.map(
      (month) =>
        `${month.label}: ${month.requests.value} requests; decisions ${percent(month.decisionsWithinSixWeeks.percent)} (${month.decisionsWithinSixWeeks.numerator} of ${month.decisionsWithinSixWeeks.denominator}); plans ${percent(month.plansWithinTwentyWeeks.percent)} (${month.plansWithinTwentyWeeks.numerator} of ${month.plansWithinTwentyWeeks.denominator})`,
    ),
    notes: table.notes,
    sources: `${table.sourceOfRequest.parents} of ${table.sourceOfRequest.total} requests (${percent(table.sourceOfRequest.parentPercent)}) came from parents.`,
    openPlans: table.openPlans.byLocality.map(({ locality, count: number }) => ({
      locality,
      count: count(number),
    })),
    openPlansTotal: count(table.openPlans.total),
    elsewhere: dfe.map(
      (year) =>
        `DfE published for ${year.year}: ${year.requests} requests (${(year.requests / 12).toFixed(1)} a month) and ${year.plansInTwentyWeeks} of ${year.plans} plans (${((100 * year.plansInTwentyWeeks) / year.plans).toFixed(1)}%) in 20 weeks, the whole calendar year.`,
    ),
    faults:
      table.faults === 0
        ? null
        : `${table.faults} ${table.faults === 1 ? 'case has' : 'cases have'} dates that cannot be right as they were known on this day.`,
    csvHref: `/staff/timeliness.csv?${queryOf(options)}`,
    chart: {
      months: chartMonths.map((month) => month.month),
      requests: chartMonths.map((month) => month.requests.value),
      decisions: chartMonths.map((month) =>
        options.convention === 'D' ? null : month.decisionsWithinSixWeeks.percent,
      ),
      plans: chartMonths.map((month) =>
        options.convention === 'D' ? null : month.plansWithinTwentyWeeks.percent,
      ),
    },
  }
}

/** The table asked for in an address; anything unreadable is as if it were not there. */
export function readOptions(
  query: Readonly<Record<string, string | undefined>>,
  today: string,
): TableOptions {
  const asked = query['asAt']
  const asAt = asked !== undefined && parseDate(asked) !== null && asked <= today ? asked : today
  const convention = query['convention']
  const year = Number(query['year'])
  const latest = Number(asAt.slice(0, 4))
  return {
    asAt,
    convention:
      convention !== undefined && Object.hasOwn(CONVENTIONS, convention) ? (convention as Convention) : 'A',
    exceptions: (query['exceptions'] === 'without' ? 'without' : 'with') satisfies Exceptions,
    year: Number.isInteger(year) && year >= 2015 && year <= latest ? year : defaultYear(asAt),
  }
}
