import type { JSX } from 'preact'
import { date, longDate } from '../../../law/index.ts'
import { MonthlyChart } from '../../../ui/charts/index.ts'
import { GovukButton, GovukDetails } from '../../../ui/govuk/index.ts'
import { HiddenFields } from '../../../ui/parts/index.ts'
import { CONVENTIONS } from './figures.ts'
import type { Published, PublishedMonth, PublishedShare } from './publication.ts'
import type { Cell, CellLink, Row, TimelinessView } from './view.ts'

const SHADED = [
  {
    from: '2020-05',
    to: '2020-09',
    label: 'coronavirus rules lifted some limits, 1 May to 25 September 2020 (SI 2020/471)',
  },
]

export interface TimelinessPageProps {
  readonly view: TimelinessView
  /** Given to those who may publish. */
  readonly publish: { readonly csrfToken: string; readonly idempotencyKey: string } | null
}

export function TimelinessPage({ view, publish }: TimelinessPageProps): JSX.Element {
  const { chart } = view
  return (
    <>
      <h1 class="govuk-heading-xl">{view.heading}</h1>
      <p class="govuk-body-l">As at {view.asAtWords}: what was known by the end of that day.</p>
      <Choices view={view} />
      <CommitteeTable
        caption={`${view.year} to date and the whole of ${view.previousYear}`}
        year={view.year}
        previousYear={view.previousYear}
        months={view.months}
        rows={view.rows}
      />
      <p class="govuk-body">{view.sources}</p>
      {view.faults && <p class="govuk-body">{view.faults}</p>}
      <MonthlyChart
        id="timeliness"
        title={`Requests, and shares in time, by month, ${view.previousYear} and ${view.year}`}
        months={chart.months}
        bars={[{ name: 'Requests', values: chart.requests }]}
        barsTitle="Requests"
        lines={[
          { name: 'Decisions within 6 weeks', values: chart.decisions },
          { name: 'Plans within 20 weeks', values: chart.plans },
        ]}
        linesTitle="Per cent in time"
        shaded={SHADED.filter((period) => chart.months.includes(period.from))}
      />
      <GovukDetails summaryText={`Each month of ${view.previousYear}`}>
        <CommitteeTable
          caption={`${view.previousYear} by month`}
          year={view.previousYear}
          previousYear={view.previousYear}
          months={view.previousMonths}
          rows={view.previousRows}
          noComparison
        />
      </GovukDetails>
      {view.laterMonths.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Begun, but in no average yet</h2>
          <ul class="govuk-list govuk-list--bullet">
            {view.laterMonths.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <h2 class="govuk-heading-m">Plans open: {view.openPlansTotal}</h2>
      <dl class="govuk-summary-list govuk-summary-list--no-border">
        {view.openPlans.map(({ locality, count }) => (
          <div class="govuk-summary-list__row" key={locality}>
            <dt class="govuk-summary-list__key">{locality}</dt>
            <dd class="govuk-summary-list__value">{count}</dd>
          </div>
        ))}
      </dl>
      <Notes notes={[...view.notes, ...view.elsewhere]} />
      <p class="govuk-body">
        <a class="govuk-link" href={view.csvHref} download>
          Download the counts (CSV)
        </a>
      </p>
      {publish && (
        <form method="post" action="/staff/timeliness/publish" class="govuk-!-margin-top-6">
          <HiddenFields
            csrfToken={publish.csrfToken}
            idempotencyKey={publish.idempotencyKey}
            hidden={{
              asAt: view.asAt,
              convention: view.options.convention,
              year: String(view.year),
              exceptions: view.options.exceptions,
            }}
          />
          <h2 class="govuk-heading-m">Publish this table to the board</h2>
          <p class="govuk-body">
            Numbers only. Counts of one to four are held back, and a second cell with them.
          </p>
          <GovukButton text="Publish to the board" classes="govuk-button--secondary" preventDoubleClick />
        </form>
      )}
    </>
  )
}

function Choices({ view }: { readonly view: TimelinessView }): JSX.Element {
  const { options } = view
  const years = Array.from({ length: 6 }, (_, index) => Number(options.asAt.slice(0, 4)) - index)
  const select = (
    name: string,
    label: string,
    chosen: string,
    items: readonly (readonly [string, string])[],
  ) => (
    <div class="govuk-form-group">
      <label class="govuk-label" for={name}>
        {label}
      </label>
      <select class="govuk-select" id={name} name={name}>
        {items.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
  return (
    <GovukDetails summaryText="Change the day, the year or how months are counted">
      <form method="get" action="/staff/timeliness">
        <div class="govuk-form-group">
          <label class="govuk-label" for="asAt">
            As at
          </label>
          <input
            class="govuk-input govuk-input--width-10"
            id="asAt"
            name="asAt"
            type="date"
            value={options.asAt}
          />
        </div>
        {select(
          'year',
          'Year',
          String(options.year),
          years.map((year) => [String(year), String(year)]),
        )}
        {select(
          'convention',
          'Count months',
          options.convention,
          Object.entries(CONVENTIONS).map(([code, words]) => [code, `${code}: ${words}`]),
        )}
        {select('exceptions', 'Cases with an approved exception', options.exceptions, [
          ['with', 'Included'],
          ['without', 'Left out'],
        ])}
        <GovukButton text="Show" classes="govuk-button--secondary" />
      </form>
    </GovukDetails>
  )
}

interface CommitteeTableProps {
  readonly caption: string
  readonly year: number
  readonly previousYear: number
  readonly months: readonly string[]
  readonly rows: readonly Row[]
  readonly noComparison?: boolean
}

/** The layout of the committee's report: months across, the mean of the year, the mean of the year before. */
function CommitteeTable(props: CommitteeTableProps): JSX.Element {
  const { months, rows, noComparison } = props
  const id = `table-${props.caption.replace(/\W+/g, '-').toLowerCase()}`
  return (
    <section class="app-scroll" aria-labelledby={id} tabindex={0}>
      <table class="govuk-table app-table">
        <caption id={id} class="govuk-table__caption govuk-table__caption--m">
          {props.caption}
        </caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">
              Measure
            </th>
            {months.map((month) => (
              <th key={month} scope="col" class="govuk-table__header govuk-table__header--numeric">
                {month}
              </th>
            ))}
            <th scope="col" class="govuk-table__header govuk-table__header--numeric">
              {props.year} mean of months
            </th>
            {!noComparison && (
              <th scope="col" class="govuk-table__header govuk-table__header--numeric">
                {props.previousYear} mean of months
              </th>
            )}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {rows.map((row) => (
            <tr class="govuk-table__row" key={row.heading}>
              <th scope="row" class="govuk-table__header">
                {row.heading}
              </th>
              {row.cells.map((cell) => (
                <td class="govuk-table__cell govuk-table__cell--numeric">
                  <CellBody cell={cell} />
                </td>
              ))}
              <td class="govuk-table__cell govuk-table__cell--numeric">
                <strong>{row.mean}</strong>
                {row.meanDetail && (
                  <span class="app-how-long">
                    <br />
                    {row.meanDetail}
                  </span>
                )}
              </td>
              {!noComparison && (
                <td class="govuk-table__cell govuk-table__cell--numeric">
                  <strong>{row.previousMean}</strong>
                  {row.previousDetail && (
                    <span class="app-how-long">
                      <br />
                      {row.previousDetail}
                    </span>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A count and its whole stay on one line. */
const together = (text: string): string => text.replaceAll(' ', '\u00a0')

/** What is shown, and what is said after it. The name is an attribute, as hidden text would widen a table that scrolls. */
function CellWords({ text, link }: { readonly text: string; readonly link: CellLink | null }): JSX.Element {
  if (link === null) return <>{together(text)}</>
  return (
    <a
      class="govuk-link govuk-link--no-visited-state govuk-!-display-inline-block govuk-!-padding-top-1 govuk-!-padding-bottom-1"
      href={link.href}
      aria-label={`${text} ${link.says}`}
    >
      {together(text)}
    </a>
  )
}

function CellBody({ cell }: { readonly cell: Cell }): JSX.Element {
  if (cell.detail === '') return <CellWords text={cell.text} link={cell.cases} />
  return (
    <>
      {cell.text}
      <br />
      <CellWords text={cell.detail} link={cell.cases} />
      {cell.overdue && (
        <>
          <br />
          <CellWords text={cell.overdue.text} link={cell.overdue.link} />
        </>
      )}
      {cell.mark && (
        <>
          <br />
          <em>{cell.mark}</em>
        </>
      )}
    </>
  )
}

function Notes({ notes }: { readonly notes: readonly string[] }): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">How it is counted</h2>
      <ul class="govuk-list govuk-list--bullet">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  )
}

/** What the board sees: the last publication, numbers only. */
export function BoardPage({ published }: { readonly published: Published | undefined }): JSX.Element {
  if (!published)
    return (
      <>
        <h1 class="govuk-heading-xl">Timeliness</h1>
        <p class="govuk-body">
          Nothing has been published yet. The SEND manager or the data officer publishes the table from the
          staff page Timeliness.
        </p>
      </>
    )
  const table = published.publication
  const held = 'Held back'
  const share = (of: (month: PublishedMonth) => PublishedShare) => (month: PublishedMonth) => {
    const figure = of(month)
    return (
      <>
        {figure.percent === null ? together(held) : `${figure.percent}%`}
        <br />
        {figure.numerator !== null && figure.denominator !== null ? (
          together(`${figure.numerator} of ${figure.denominator}`)
        ) : figure.percent === null ? null : (
          <span class="app-how-long">{together('held back')}</span>
        )}
      </>
    )
  }
  const percent = (value: number | null): string => (value === null ? 'No figure' : `${value}%`)
  const rows = [
    {
      heading: 'Number of requests for an assessment',
      cell: (month: PublishedMonth) => <>{month.requests ?? together(held)}</>,
      mean: String(table.requests.mean ?? 'No figure'),
      detail:
        table.requests.withoutAugust === null ? '' : `${table.requests.withoutAugust} if August is left out`,
      before: String(table.requests.previousMean ?? 'No figure'),
      beforeDetail: '',
    },
    {
      heading: '% of decisions whether to assess made within 6 weeks',
      cell: share((month) => month.decisions),
      mean: percent(table.decisions.meanOfMonths),
      detail: `pooled ${percent(table.decisions.pooled)}`,
      before: percent(table.decisions.previousMeanOfMonths),
      beforeDetail: `pooled ${percent(table.decisions.previousPooled)}`,
    },
    {
      heading: '% of new plans issued within 20 weeks',
      cell: share((month) => month.plans),
      mean: percent(table.plans.meanOfMonths),
      detail: `pooled ${percent(table.plans.pooled)}`,
      before: percent(table.plans.previousMeanOfMonths),
      beforeDetail: `pooled ${percent(table.plans.previousPooled)}`,
    },
  ]
  const all = [...table.previousMonths, ...table.months]
  return (
    <>
      <h1 class="govuk-heading-xl">Timeliness, {table.year}</h1>
      <p class="govuk-body-l">
        {table.authority}, as at {longDate(date(table.asAt))}.
      </p>
      <section class="app-scroll" aria-labelledby="board-table" tabindex={0}>
        <table class="govuk-table app-table">
          <caption id="board-table" class="govuk-table__caption govuk-table__caption--m">
            {table.year} to date and the whole of {table.year - 1}
          </caption>
          <thead class="govuk-table__head">
            <tr class="govuk-table__row">
              <th scope="col" class="govuk-table__header">
                Measure
              </th>
              {table.months.map((month) => (
                <th key={month.month} scope="col" class="govuk-table__header govuk-table__header--numeric">
                  {month.label}
                </th>
              ))}
              <th scope="col" class="govuk-table__header govuk-table__header--numeric">
                {table.year} mean of months
              </th>
              <th scope="col" class="govuk-table__header govuk-table__header--numeric">
                {table.year - 1} mean of months
              </th>
            </tr>
          </thead>
          <tbody class="govuk-table__body">
            {rows.map((row) => (
              <tr class="govuk-table__row" key={row.heading}>
                <th scope="row" class="govuk-table__header">
                  {row.heading}
                </th>
                {table.months.map((month) => (
                  <td class="govuk-table__cell govuk-table__cell--numeric">{row.cell(month)}</td>
                ))}
                <td class="govuk-table__cell govuk-table__cell--numeric">
                  <strong>{row.mean}</strong>
                  {row.detail && (
                    <span class="app-how-long">
                      <br />
                      {row.detail}
                    </span>
                  )}
                </td>
                <td class="govuk-table__cell govuk-table__cell--numeric">
                  <strong>{row.before}</strong>
                  {row.beforeDetail && (
                    <span class="app-how-long">
                      <br />
                      {row.beforeDetail}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="govuk-body">
        Held back: the counts behind a figure are not shown where one of them, or a sum that would give one,
        is one to four, as so few could point to a child.
      </p>
      <MonthlyChart
        id="board-timeliness"
        title={`Requests, and shares in time, by month, ${table.year - 1} and ${table.year}`}
        months={all.map((month) => month.month)}
        bars={[{ name: 'Requests', values: all.map((month) => month.requests) }]}
        barsTitle="Requests"
        lines={[
          { name: 'Decisions within 6 weeks', values: all.map((month) => month.decisions.percent) },
          { name: 'Plans within 20 weeks', values: all.map((month) => month.plans.percent) },
        ]}
        linesTitle="Per cent in time"
        shaded={SHADED.filter((period) => all.some((month) => month.month === period.from))}
        emptyMeans="Held back, or no figure"
      />
      <p class="govuk-body">
        {table.parentPercent === null ? '' : `${table.parentPercent}% of requests came from parents. `}
        {table.openPlans === null ? '' : `${table.openPlans.toLocaleString('en-GB')} plans are open.`}
      </p>
      <Notes notes={[...table.notes, `Definition ${table.definitionVersion}.`]} />
    </>
  )
}
