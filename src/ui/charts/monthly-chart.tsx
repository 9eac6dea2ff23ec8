import type { JSX } from 'preact'
import { drawMonths } from './monthly-drawing.tsx'

export interface MonthlySeries {
  readonly name: string
  /** One for each month; null where there is no figure or it is held back. */
  readonly values: readonly (number | null)[]
}

export interface MonthlyChartProps {
  /** Unique on the page. */
  readonly id: string
  readonly title: string
  /** yyyy-mm, in order. */
  readonly months: readonly string[]
  /** Counts, as bars side by side. Three at most. */
  readonly bars?: readonly MonthlySeries[] | undefined
  readonly barsTitle?: string | undefined
  /** Percentages from 0 to 100, as lines in a part of their own below the bars. Three at most. */
  readonly lines?: readonly MonthlySeries[] | undefined
  readonly linesTitle?: string | undefined
  /** Months when the law was different: shaded, and named below. */
  readonly shaded?:
    | readonly { readonly from: string; readonly to: string; readonly label: string }[]
    | undefined
  /** What an empty cell means: "Held back: fewer than 6". */
  readonly emptyMeans?: string | undefined
}

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

export const monthInWords = (month: string): string =>
  `${MONTHS[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`

/** Figures by month: a picture for wide places, another for narrow, and always the table they are drawn from. */
export function MonthlyChart(props: MonthlyChartProps): JSX.Element {
  const all = [...(props.bars ?? []), ...(props.lines ?? [])]
  for (const series of all) {
    if (series.values.length !== props.months.length)
      throw new Error(`${series.name} has not one value a month`)
  }
  return (
    <figure class="app-chart" aria-labelledby={`${props.id}-caption`}>
      <figcaption id={`${props.id}-caption`} class="govuk-heading-m">
        {props.title}
      </figcaption>
      {drawMonths(props, { width: 900, className: 'app-chart__picture app-chart__picture--wide' })}
      {drawMonths(props, { width: 340, className: 'app-chart__picture app-chart__picture--narrow' })}
      {(props.shaded ?? []).map((period) => (
        <p key={period.from} class="govuk-body-s app-chart__note">
          Shaded, {monthInWords(period.from)} to {monthInWords(period.to)}: {period.label}
        </p>
      ))}
      <details class="govuk-details app-chart__table" open>
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">The same figures as a table</span>
        </summary>
        <MonthlyTable {...props} />
      </details>
    </figure>
  )
}

function MonthlyTable(props: MonthlyChartProps): JSX.Element {
  const bars = props.bars ?? []
  const lines = props.lines ?? []
  const empty = props.emptyMeans ?? 'No figure'
  const shown = (value: number | null | undefined, unit: string) =>
    value === null || value === undefined
      ? empty
      : `${value.toLocaleString('en-GB', { maximumFractionDigits: 1 })}${unit}`
  return (
    <section class="app-scroll" aria-label={`Table: ${props.title}`} tabindex={0}>
      <table class="govuk-table app-table">
        <caption class="govuk-visually-hidden">{props.title}</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">
              Month
            </th>
            {[...bars, ...lines].map((series) => (
              <th key={series.name} scope="col" class="govuk-table__header govuk-table__header--numeric">
                {series.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {props.months.map((month, index) => (
            <tr key={month} class="govuk-table__row">
              <th scope="row" class="govuk-table__header">
                {monthInWords(month)}
              </th>
              {bars.map((series) => (
                <td class="govuk-table__cell govuk-table__cell--numeric">
                  {shown(series.values[index], '')}
                </td>
              ))}
              {lines.map((series) => (
                <td class="govuk-table__cell govuk-table__cell--numeric">
                  {shown(series.values[index], '%')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
