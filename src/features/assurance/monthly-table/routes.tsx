import { randomUUID } from 'node:crypto'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { EmptyState, SortableTable } from '../../../ui/parts/index.ts'
import { tableCsv } from './csv.ts'
import {
  type AssessmentDates,
  cohort,
  doneOn,
  dueOn,
  isOverdueAt,
  type Measure,
  monthSpan,
} from './figures.ts'
import { BoardPage, TimelinessPage } from './page.tsx'
import { findPublication, publish, toPublication } from './publication.ts'
import {
  type CaseBehind,
  countOpenPlans,
  findAssessmentDates,
  findAuthorityName,
  findCasesBehind,
} from './queries.ts'
import { type MonthlyTable, makeTable, type TableOptions } from './table.ts'
import { type Part, queryOf, readOptions, timelinessView } from './view.ts'

const staff = { who: 'roles', roles: caseReaders } as const
const PUBLISHERS: readonly Role[] = ['send-manager', 'data-officer']
const MOST_CASES = 500

const loadTable = async (trx: Trx, options: TableOptions): Promise<MonthlyTable> =>
  makeTable(
    await findAssessmentDates(trx, options.asAt, options.year),
    await findAuthorityName(trx),
    await countOpenPlans(trx, options.asAt),
    options,
  )

async function show(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const options = readOptions(context.query, context.today)
  const table = await context.read('timeliness', (trx) => loadTable(trx, options))
  const mayPublish = PUBLISHERS.includes(viewer.role)
  return {
    page: {
      title: `Timeliness, ${table.year}`,
      wide: true,
      main: (
        <TimelinessPage
          view={timelinessView(table, options, true)}
          publish={mayPublish ? { csrfToken: viewer.csrfToken, idempotencyKey: randomUUID() } : null}
        />
      ),
    },
  }
}

async function csv(context: Context): Promise<Answer> {
  const options = readOptions(context.query, context.today)
  const table = await context.read('timeliness: counts', (trx) => loadTable(trx, options))
  return {
    file: {
      name: `timeliness-${options.year}-as-at-${options.asAt}.csv`,
      type: 'text/csv; charset=utf-8',
      body: tableCsv(table),
    },
  }
}

const PARTS: readonly Part[] = ['numerator', 'denominator', 'overdue', 'requests']
const PART_WORDS: Readonly<Record<Part, string>> = {
  numerator: 'in time',
  denominator: 'counted',
  overdue: 'open and overdue',
  requests: 'received',
}

interface Asked {
  readonly measure: Measure
  readonly month: string
  readonly part: Part
}

function readCell(query: Context['query']): Asked | undefined {
  const measure = query['measure']
  const month = query['month']
  const part = PARTS.find((one) => one === query['part'])
  if ((measure !== 'decisions' && measure !== 'plans') || part === undefined) return undefined
  return month !== undefined && /^20\d\d-(0[1-9]|1[0-2])$/.test(month) ? { measure, month, part } : undefined
}

function casesOf(
  cases: readonly AssessmentDates[],
  { measure, month, part }: Asked,
  options: TableOptions,
): readonly AssessmentDates[] {
  const span = monthSpan(month)
  const asAt = date(options.asAt)
  if (part === 'requests')
    return cases.filter((one) => one.receivedOn >= span.first && one.receivedOn <= span.last)
  if (part === 'overdue')
    return cases.filter((one) => isOverdueAt(one, measure, span.last < asAt ? span.last : asAt))
  const { counted, numerator } = cohort(cases, measure, span, {
    asAt,
    convention: options.convention,
    exceptions: options.exceptions,
  })
  return part === 'numerator' ? numerator : counted
}

/** The list behind a number: who may see the number's children sees them here, and the log holds each. */
async function showCases(context: Context): Promise<Answer> {
  const asked = readCell(context.query)
  if (asked === undefined) return { missing: true }
  const options = readOptions(context.query, context.today)
  const found = await context.read('timeliness: the cases behind a number', async (trx, saw) => {
    const cases = casesOf(
      await findAssessmentDates(trx, options.asAt, options.year),
      asked,
      options,
    ).toSorted((a, b) => dueOn(a, asked.measure) - dueOn(b, asked.measure))
    const shown = cases.slice(0, MOST_CASES)
    const named = await findCasesBehind(
      trx,
      shown.map((one) => one.processId),
    )
    saw(named.map((one) => one.childId))
    const byId = new Map(named.map((one) => [one.processId, one]))
    return {
      total: cases.length,
      rows: shown.flatMap((dates) => {
        const one = byId.get(dates.processId)
        return one ? [{ dates, one }] : []
      }),
    }
  })
  return casesPage(asked, options, found)
}

function casesPage(
  { measure, month, part }: Asked,
  options: TableOptions,
  found: {
    readonly total: number
    readonly rows: readonly { readonly dates: AssessmentDates; readonly one: CaseBehind }[]
  },
): Answer {
  const what =
    part === 'requests' ? 'requests' : measure === 'decisions' ? 'decisions whether to assess' : 'new plans'
  const title = `${found.total.toLocaleString('en-GB')} ${what} ${PART_WORDS[part]}, ${monthSpan(month).name}`
  const shown = (day: number | null): string =>
    day === null ? 'not yet' : shortDate(day as Parameters<typeof shortDate>[0])
  const back = { href: `/staff/timeliness?${queryOf(options)}`, text: 'Back to timeliness' }
  return {
    page: {
      title,
      wide: true,
      backLink: back,
      main: (
        <>
          <h1 class="govuk-heading-l">{title}</h1>
          <p class="govuk-body">
            As at {shortDate(date(options.asAt))}, convention {options.convention}.
          </p>
          {found.total > found.rows.length && (
            <p class="govuk-body">The first {found.rows.length} are shown, due soonest first.</p>
          )}
          {found.rows.length === 0 ? (
            <EmptyState title="No cases are behind this number">
              <p class="govuk-body">Choose another number in the table.</p>
            </EmptyState>
          ) : (
            <SortableTable
              id="cases"
              caption={title}
              captionHidden
              rows={found.rows}
              columns={[
                {
                  key: 'child',
                  heading: 'Child',
                  namesRow: true,
                  cell: ({ one }) => (
                    <a class="govuk-link" href={`/staff/cases/${one.processId}`}>
                      {one.childName}
                    </a>
                  ),
                },
                { key: 'reference', heading: 'Case', cell: ({ one }) => one.reference },
                { key: 'locality', heading: 'Locality', cell: ({ one }) => one.locality ?? '' },
                { key: 'received', heading: 'Received', cell: ({ dates }) => shown(dates.receivedOn) },
                {
                  key: 'due',
                  heading: 'Last day in time',
                  cell: ({ dates }) => shown(dueOn(dates, measure)),
                },
                {
                  key: 'done',
                  heading: measure === 'decisions' ? 'Decided' : 'Plan sent',
                  cell: ({ dates }) => shown(doneOn(dates, measure)),
                },
              ]}
            />
          )}
        </>
      ),
    },
  }
}

/** Puts the table, small counts held back, where the board reads it. */
async function publishTable(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const options = readOptions(context.form, context.today)
  const result = await context.command('publish-timeliness', async (trx) => {
    await publish(trx, toPublication(await loadTable(trx, options)), viewer.accountId)
    return {
      ok: true,
      redirect: `/staff/timeliness?${queryOf(options)}`,
      notice: 'Published. The board sees this table from now on.',
    }
  })
  return result.ok
    ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    : {
        redirect: `/staff/timeliness?${queryOf(options)}`,
        notice: result.errors[0]?.text ?? 'It could not be published.',
      }
}

async function showBoard(context: Context): Promise<Answer> {
  const published = await context.read('timeliness: published', (trx) => findPublication(trx, context.today))
  return { page: { title: 'Timeliness', wide: true, main: <BoardPage published={published} /> } }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: '/staff/timeliness', access: staff, touches: 'numbers', handle: show },
  { method: 'GET', url: '/staff/timeliness/cases', access: staff, touches: 'children', handle: showCases },
  { method: 'GET', url: '/staff/timeliness.csv', access: staff, touches: 'numbers', handle: csv },
  {
    method: 'POST',
    url: '/staff/timeliness/publish',
    access: { who: 'roles', roles: PUBLISHERS },
    touches: 'numbers',
    handle: publishTable,
  },
  {
    method: 'GET',
    url: '/board/timeliness',
    access: { who: 'roles', roles: ['board-member', 'send-manager', 'data-officer'] },
    touches: 'numbers',
    handle: showBoard,
  },
]
