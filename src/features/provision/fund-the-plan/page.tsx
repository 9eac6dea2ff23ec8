import type { JSX } from 'preact'
import { addMonths, date, type PlainDate } from '../../../law/index.ts'
import { type Context, caseReaders, caseworkers, type Route, viewerOf } from '../../../platform/routes.ts'
import {
  dueBetween,
  EDUCATION_ONLY,
  pounds,
  type Shares,
  splitByShares,
} from '../../../record/money/index.ts'
import { dayInWords, EmptyState, SortableTable, SummaryCard, Tag } from '../../../ui/parts/index.ts'
import { loadCase } from '../../assessment/the-case/index.ts'
import { findJourneys } from '../../placement/plan-the-journey/index.ts'
import { BUDGET_STATES, findBudget, SEN2_DIRECT_PAYMENT } from '../keep-a-personal-budget/index.ts'
import { findRingFenced, RING_FENCED_WHY } from '../ring-fence-a-sum/index.ts'
import {
  COST_PER,
  type Cost,
  findChildBands,
  findCosts,
  findLines,
  findPayable,
  findShares,
  type MoneyLine,
  nameOfLine,
  type Payable,
  type SharesFrom,
} from '../the-money/index.ts'

/** Who bears a line on a day: its own shares, else the whole plan's, else education. */
export function sharesOn(shares: readonly SharesFrom[], lineId: string | null, day: string): Shares {
  const standing = (id: string | null) => shares.find((one) => one.lineId === id && one.from <= day)
  return (lineId === null ? undefined : standing(lineId)) ?? standing(null) ?? EDUCATION_ONLY
}

interface YearRow {
  readonly name: string
  readonly pence: number
  readonly split: Shares
}

/** What each line comes to in the twelve months from a day, and who bears it by the shares of that day. */
export function yearByLine(
  payable: readonly Payable[],
  shares: readonly SharesFrom[],
  lines: readonly MoneyLine[],
  from: PlainDate,
  day: string,
): readonly YearRow[] {
  const names = new Map(lines.map((line) => [line.id, nameOfLine(line)]))
  return [...Map.groupBy(payable, (one) => one.lineId)]
    .map(([lineId, sums]) => {
      const pence = sums.reduce((total, sum) => total + dueBetween(sum, from, addMonths(from, 12)), 0)
      return {
        name: lineId === null ? 'The whole plan' : (names.get(lineId) ?? 'A line no longer in the plan'),
        pence,
        split: splitByShares(pence, sharesOn(shares, lineId, day)),
      }
    })
    .filter((row) => row.pence > 0)
    .toSorted((a, b) => b.pence - a.pence)
}

async function show(context: Context) {
  const found = await context.read('money of the plan', async (trx, saw) => {
    const file = await loadCase(trx, context.params['id'] ?? '')
    if (!file) return undefined
    const { id } = file.child
    saw(id)
    return {
      file,
      lines: await findLines(trx, id),
      costs: await findCosts(trx, id),
      bands: await findChildBands(trx, id),
      shares: await findShares(trx, id),
      payable: await findPayable(trx, id),
      sums: await findRingFenced(trx, id),
      budget: await findBudget(trx, id, context.today),
      journeys: await findJourneys(trx, id),
    }
  })
  if (!found) return { missing: true } as const
  const { file, lines, shares, sums, budget } = found
  const { today } = context
  const base = `/staff/cases/${file.process.id}`
  const mayAct = caseworkers.includes(viewerOf(context).role)
  const year = yearByLine(found.payable, shares, lines, date(today), today)
  const total = year.reduce(
    (sum, row) => ({
      pence: sum.pence + row.pence,
      education: sum.education + row.split.education,
      health: sum.health + row.split.health,
      socialCare: sum.socialCare + row.split.socialCare,
    }),
    { pence: 0, education: 0, health: 0, socialCare: 0 },
  )
  const travel = found.journeys.reduce(
    (sum, one) =>
      one.from <= today && (one.to === null || one.to > today) ? sum + (one.yearlyPence ?? 0) : sum,
    0,
  )
  const band = found.bands.find((one) => one.from <= today && (one.to === null || one.to > today))
  const names = new Map(lines.map((line) => [line.id, nameOfLine(line)]))
  const dates = (from: string, to: string | null): string =>
    `${dayInWords(from)}${to === null ? '' : ` until ${dayInWords(to)}`}`
  return {
    page: {
      title: `Money of the plan: ${file.child.name}`,
      backLink: { href: base, text: 'Back to the case' },
      wide: true,
      main: (
        <>
          <span class="govuk-caption-l">
            {file.child.name} · {file.process.reference}
          </span>
          <h1 class="govuk-heading-l">Money of the plan</h1>
          <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">
              <h2 class="govuk-heading-m">The next twelve months</h2>
              {year.length === 0 ? (
                <EmptyState title="No cost is recorded" headingLevel={3}>
                  A cost is for a line of the plan or the whole of it, from a day, and says who is paid.
                </EmptyState>
              ) : (
                <>
                  <SortableTable<YearRow>
                    id="year"
                    caption={`What is due from ${dayInWords(today)}, by line, and who bears it`}
                    rows={[...year, { name: 'Together', pence: total.pence, split: total }]}
                    columns={[
                      { key: 'line', heading: 'Line', namesRow: true, cell: (row) => row.name },
                      { key: 'all', heading: 'All', numeric: true, cell: (row) => pounds(row.pence) },
                      {
                        key: 'education',
                        heading: 'Education',
                        numeric: true,
                        cell: (row) => pounds(row.split.education),
                      },
                      {
                        key: 'health',
                        heading: 'Health',
                        numeric: true,
                        cell: (row) => pounds(row.split.health),
                      },
                      {
                        key: 'care',
                        heading: 'Social care',
                        numeric: true,
                        cell: (row) => pounds(row.split.socialCare),
                      },
                    ]}
                  />
                  <p class="govuk-body">
                    By the shares agreed today; where none are, education bears it. Each penny left over by a
                    share goes to the largest remainder, so the parts make the whole.
                  </p>
                </>
              )}
              {travel > 0 ? (
                <p class="govuk-body">
                  Journeys come to {pounds(travel)} a year besides: see{' '}
                  <a class="govuk-link" href={`${base}/journeys`}>
                    Journeys
                  </a>
                  .
                </p>
              ) : null}
              <SummaryCard
                title="Band and shares"
                rows={[
                  {
                    key: 'Band or top-up',
                    value: band
                      ? `${band.band}, paid to ${band.payee}, from ${dayInWords(band.from)}`
                      : 'None',
                  },
                  {
                    key: 'Shares agreed',
                    value:
                      shares.length === 0 ? (
                        'None: education bears it'
                      ) : (
                        <ul class="govuk-list">
                          {shares.map((one) => (
                            <li>
                              From {dayInWords(one.from)}: education {one.education}, health {one.health},
                              social care {one.socialCare} per cent of{' '}
                              {one.lineId === null ? 'the whole plan' : (names.get(one.lineId) ?? 'a line')},
                              agreed by {one.agreedBy} on {dayInWords(one.agreedOn)}
                            </li>
                          ))}
                        </ul>
                      ),
                  },
                ]}
              />
              {found.costs.length > 0 ? (
                <SortableTable<Cost>
                  id="costs"
                  caption="Costs, newest first"
                  rows={found.costs}
                  columns={[
                    { key: 'what', heading: 'What', namesRow: true, cell: (row) => row.what },
                    {
                      key: 'line',
                      heading: 'For',
                      cell: (row) =>
                        row.lineId === null
                          ? 'The whole plan'
                          : (names.get(row.lineId) ?? 'A line no longer in the plan'),
                    },
                    {
                      key: 'amount',
                      heading: 'Amount',
                      cell: (row) =>
                        `${pounds(row.pence)} ${COST_PER[row.per]}${row.timesAYear ? `, ${row.timesAYear} a year` : ''}`,
                    },
                    { key: 'payee', heading: 'Paid to', cell: (row) => row.payee },
                    { key: 'dates', heading: 'From', cell: (row) => dates(row.from, row.to) },
                    { key: 'why', heading: 'Why it ended', cell: (row) => row.endedWhy ?? '' },
                  ]}
                />
              ) : null}
              {sums.length > 0 ? <h2 class="govuk-heading-m">Ring-fenced sums</h2> : null}
              {sums.map((sum) => (
                <SummaryCard
                  key={sum.id}
                  headingLevel={3}
                  title={`${pounds(sum.left)} left of ${pounds(sum.pence)}`}
                  rows={[
                    { key: 'For', value: sum.whatFor },
                    {
                      key: 'Why',
                      value: `${RING_FENCED_WHY[sum.why]}${sum.reference ? `, ${sum.reference}` : ''}`,
                    },
                    { key: 'Kept by', value: sum.keeper },
                    {
                      key: 'Set aside',
                      value: (
                        <>
                          {dayInWords(sum.setAsideOn)}
                          {sum.spendBy ? `, to be spent by ${dayInWords(sum.spendBy)} ` : ' '}
                          {sum.spendBy && sum.spendBy < today && sum.left > 0 ? (
                            <Tag colour="red">Not spent in time</Tag>
                          ) : null}
                        </>
                      ),
                    },
                    {
                      key: 'Spent',
                      value:
                        sum.spends.length === 0 ? (
                          'Nothing yet'
                        ) : (
                          <ul class="govuk-list">
                            {sum.spends.map((one) => (
                              <li key={one.id}>
                                {dayInWords(one.on)}: {pounds(one.pence)}, {one.what}
                                {one.evidence ? ` (${one.evidence})` : ''}
                              </li>
                            ))}
                          </ul>
                        ),
                    },
                  ]}
                />
              ))}
              <h2 class="govuk-heading-m">Personal budget</h2>
              {budget.budget ? (
                <p class="govuk-body">
                  {BUDGET_STATES[budget.budget.state]}, from {dayInWords(budget.budget.from)}
                  {budget.budget.yearlyPence === null ? '' : `: ${pounds(budget.budget.yearlyPence)} a year`}.{' '}
                  {budget.budget.words}
                </p>
              ) : (
                <p class="govuk-body">
                  None is recorded. A family may ask while a draft is prepared or the plan is reviewed.
                </p>
              )}
              {budget.payments.map((one) => (
                <SummaryCard
                  key={one.id}
                  headingLevel={3}
                  title={`Direct payment to ${one.payee}`}
                  rows={[
                    {
                      key: 'Amount',
                      value: `${pounds(one.pence)} ${one.per === 'once' ? 'once' : `each ${one.per}`}`,
                    },
                    {
                      key: 'Kind',
                      value: `${SEN2_DIRECT_PAYMENT[one.code]} (${one.code} in the SEN2 return)`,
                    },
                    {
                      key: 'Lines',
                      value: one.lines
                        .map((id) => names.get(id) ?? 'A line no longer in the plan')
                        .join('; '),
                    },
                    { key: 'From', value: dates(one.from, one.to) },
                    {
                      key: 'Reviews',
                      value:
                        one.reviews.length === 0
                          ? `None yet: the first is due by ${dayInWords(addMonths(date(one.from), 3))} (SI 2014/1652, reg 11(2)(a))`
                          : one.reviews
                              .map((review) => `${dayInWords(review.on)}: ${review.words}`)
                              .join('; '),
                    },
                  ]}
                />
              ))}
            </div>
            <div class="govuk-grid-column-one-third">
              {mayAct ? (
                <Actions
                  base={base}
                  hasCosts={found.costs.length > 0}
                  hasSums={sums.length > 0}
                  hasPayments={budget.payments.some((one) => one.to === null)}
                />
              ) : null}
            </div>
          </div>
        </>
      ),
    },
  }
}

function Actions(props: {
  readonly base: string
  readonly hasCosts: boolean
  readonly hasSums: boolean
  readonly hasPayments: boolean
}): JSX.Element {
  const { base } = props
  const actions: readonly (readonly [string, string])[] = [
    ['record-a-cost', 'Record a cost'],
    ...(props.hasCosts ? [['end-a-cost', 'End a cost'] as const] : []),
    ['put-in-a-band', 'Put in a band'],
    ['share-the-cost', 'Share the cost'],
    ['ring-fence-a-sum', 'Ring-fence a sum'],
    ...(props.hasSums ? [['spend-a-ring-fenced-sum', 'Spend a ring-fenced sum'] as const] : []),
    ['record-a-personal-budget', 'Record a personal budget'],
    ['tell-of-a-personal-budget', 'Asked for, refused or reduced'],
    ['begin-a-direct-payment', 'Begin a direct payment'],
    ...(props.hasPayments ? [['review-a-direct-payment', 'Review a direct payment'] as const] : []),
  ]
  return (
    <>
      <h2 class="govuk-heading-m">Record</h2>
      <ul class="govuk-list">
        {actions.map(([slug, words]) => (
          <li key={slug}>
            <a class="govuk-link" href={`${base}/${slug}`}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/cases/:id/money',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: show,
  },
]
