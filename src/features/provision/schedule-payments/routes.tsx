import { stringify } from 'csv-stringify/sync'
import type { Trx } from '../../../db/viewer.ts'
import { addMonths, date, fromCivil, iso, type PlainDate, shortDate, toCivil } from '../../../law/index.ts'
import { type Answer, type Context, caseReaders, EXPORTS, type Route } from '../../../platform/routes.ts'
import {
  asWords,
  decimalPounds,
  type MonthPaid,
  paymentSchedule,
  pounds,
} from '../../../record/money/index.ts'
import { EmptyState, SortableTable } from '../../../ui/parts/index.ts'
import { findPayable, type Payable } from '../the-money/index.ts'

const readers = { who: 'roles', roles: caseReaders } as const
const MONTH = /^(20\d\d)-(0[1-9]|1[0-2])$/
const MOST_MONTHS = 24

interface Range {
  readonly first: string
  readonly last: string
  readonly from: PlainDate
  readonly to: PlainDate
}

const monthOf = (day: PlainDate): string => iso(day).slice(0, 7)
const monthInWords = (month: string): string => shortDate(firstOf(month)).replace(/^\S+ /, '')
const firstOf = (month: string): PlainDate => date(`${month}-01`)

/** The months asked for, two years at most; the financial year of today unless said. */
function rangeOf(context: Context): Range {
  const { year, month } = toCivil(date(context.today))
  const april = fromCivil(month >= 4 ? year : year - 1, 4, 1)
  const asked = (key: string): string | undefined => {
    const typed = context.query[key] ?? ''
    return MONTH.test(typed) ? typed : undefined
  }
  const first = asked('from') ?? monthOf(april)
  const latest = monthOf(addMonths(firstOf(first), MOST_MONTHS - 1))
  const wanted = asked('to') ?? monthOf(addMonths(firstOf(first), 11))
  const last = wanted < first ? first : wanted > latest ? latest : wanted
  return { first, last, from: firstOf(first), to: addMonths(firstOf(last), 1) }
}

interface Paid extends MonthPaid {
  readonly payable: Payable
  readonly reference: string
}

async function loadSchedule(trx: Trx, range: Range): Promise<readonly Paid[]> {
  const payable = await findPayable(trx)
  const byId = new Map(payable.map((one) => [one.id, one]))
  const months = paymentSchedule(payable, range.from, range.to)
  const ids = [...new Set(months.map((one) => byId.get(one.id)!.childId))]
  const children =
    ids.length === 0
      ? []
      : await trx.selectFrom('child').select(['id', 'reference']).where('id', 'in', ids).execute()
  const references = new Map(children.map((one) => [one.id, one.reference]))
  return months
    .map((one) => {
      const of = byId.get(one.id)!
      return { ...one, payable: of, reference: references.get(of.childId) ?? '' }
    })
    .toSorted((a, b) =>
      [a.month, a.payable.payee, a.reference, a.id].join('\t') <
      [b.month, b.payable.payee, b.reference, b.id].join('\t')
        ? -1
        : 1,
    )
}

interface PayeeRow {
  readonly month: string
  readonly payee: string
  readonly children: number
  readonly regular: number
  readonly adjustment: number
  readonly paid: number
}

const sum = (rows: readonly MonthPaid[], key: 'regular' | 'adjustment' | 'paid'): number =>
  rows.reduce((total, row) => total + row[key], 0)

async function show(context: Context): Promise<Answer> {
  const range = rangeOf(context)
  const paid = await context.read('payments', (trx) => loadSchedule(trx, range))
  const rows: PayeeRow[] = [...Map.groupBy(paid, (one) => `${one.month}\t${one.payable.payee}`).values()].map(
    (own) => ({
      month: own[0]!.month,
      payee: own[0]!.payable.payee,
      children: new Set(own.map((one) => one.payable.childId)).size,
      regular: sum(own, 'regular'),
      adjustment: sum(own, 'adjustment'),
      paid: sum(own, 'paid'),
    }),
  )
  return {
    page: {
      title: 'Payments',
      wide: true,
      main: (
        <>
          <h1 class="govuk-heading-l">Payments</h1>
          <p class="govuk-body">
            What each month pays, by what is recorded by its end. Amounts are pro rata to the day. What was
            recorded late is paid, or taken back, in the month it was recorded, and shown apart. Months to
            come are by what is known today.
          </p>
          <form method="get" action="/staff/payments">
            {(['from', 'to'] as const).map((name) => (
              <div class="govuk-form-group">
                <label class="govuk-label" for={name}>
                  {name === 'from' ? 'From month' : 'To month'}
                </label>
                <input
                  class="govuk-input govuk-input--width-10"
                  id={name}
                  name={name}
                  type="month"
                  value={name === 'from' ? range.first : range.last}
                />
              </div>
            ))}
            <button class="govuk-button govuk-button--secondary" type="submit">
              Show
            </button>
          </form>
          {rows.length === 0 ? (
            <EmptyState title="Nothing is paid in these months">
              Costs, bands and direct payments are recorded on a child’s case, under Money of the plan.
            </EmptyState>
          ) : (
            <>
              <SortableTable<PayeeRow>
                id="payments"
                caption={`${pounds(sum(paid, 'paid'))} from ${monthInWords(range.first)} to ${monthInWords(range.last)}`}
                rows={rows}
                columns={[
                  { key: 'month', heading: 'Month', cell: (row) => monthInWords(row.month) },
                  { key: 'payee', heading: 'Paid to', namesRow: true, cell: (row) => row.payee },
                  { key: 'children', heading: 'Children', numeric: true, cell: (row) => row.children },
                  {
                    key: 'regular',
                    heading: 'For the month',
                    numeric: true,
                    cell: (row) => pounds(row.regular),
                  },
                  {
                    key: 'adjustment',
                    heading: 'For months before',
                    numeric: true,
                    cell: (row) =>
                      row.adjustment === 0
                        ? ''
                        : `${pounds(row.adjustment)} ${row.adjustment > 0 ? 'back payment' : 'overpaid, taken back'}`,
                  },
                  { key: 'paid', heading: 'Paid', numeric: true, cell: (row) => pounds(row.paid) },
                ]}
              />
              <p class="govuk-body">
                <a
                  class="govuk-link"
                  href={`/staff/payments.csv?from=${range.first}&to=${range.last}`}
                  download
                >
                  Every payment as a table (CSV)
                </a>
              </p>
            </>
          )}
          <p class="govuk-body">
            <a class="govuk-link" href="/staff/bands">
              Bands and top-ups
            </a>
          </p>
        </>
      ),
    },
  }
}

async function csv(context: Context): Promise<Answer> {
  const range = rangeOf(context)
  const paid = await context.read('payments as a table', async (trx, saw) => {
    const found = await loadSchedule(trx, range)
    saw([...new Set(found.map((one) => one.payable.childId))])
    return found
  })
  return {
    file: {
      name: `payments-${range.first}-${range.last}.csv`,
      type: 'text/csv; charset=utf-8',
      body: stringify([
        [
          'month',
          'payee',
          'child',
          'kind',
          'what',
          'for_the_month',
          'for_months_before',
          'paid',
          'from',
          'until',
        ],
        ...paid.map((one) => [
          one.month,
          asWords(one.payable.payee),
          one.reference,
          one.payable.kind,
          asWords(one.payable.what),
          decimalPounds(one.regular),
          decimalPounds(one.adjustment),
          decimalPounds(one.paid),
          iso(one.payable.from),
          one.payable.to === null ? '' : iso(one.payable.to),
        ]),
      ]),
    },
  }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: '/staff/payments', access: readers, touches: 'numbers', handle: show },
  {
    method: 'GET',
    url: '/staff/payments.csv',
    access: readers,
    touches: 'children',
    limit: EXPORTS,
    handle: csv,
  },
]
