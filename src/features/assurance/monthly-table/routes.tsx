import { randomUUID } from 'node:crypto'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  EXPORTS,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { GovukErrorSummary } from '../../../ui/govuk/index.ts'
import { EmptyState, SortableTable, SubNavigation } from '../../../ui/parts/index.ts'
import { tableCsv } from './csv.ts'
import {
  type AssessmentDates,
  CONVENTIONS,
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
import { type MonthlyTable, makeTable, monthInWords, type TableOptions } from './table.ts'
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
        <>
          {isDayRefused(context, options) && (
            <GovukErrorSummary
              titleText="There is a problem"
              errorList={[
                {
                  text: `The day must be a real date, written like 2020-11-02, and not after today. You are looking at ${shortDate(date(options.asAt))}.`,
                },
              ]}
            />
          )}
          <TimelinessPage
            view={timelinessView(table, options, true)}
            publish={mayPublish ? { csrfToken: viewer.csrfToken, idempotencyKey: randomUUID() } : null}
          />
        </>
      ),
      hasErrors: isDayRefused(context, options),
    },
  }
}

/** Was a day asked for that cannot be shown? Then the page says so, and never shows another day as if it were that one. */
const isDayRefused = (context: Context, options: TableOptions): boolean =>
  Boolean(context.query['asAt']) && context.query['asAt'] !== options.asAt

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

const PARTS: readonly Part[] = ['numerator', 'denominator', 'late', 'overdue', 'requests']
const PART_WORDS: Readonly<Record<Part, string>> = {
  numerator: 'in time',
  denominator: '',
  late: 'late',
  overdue: 'open and overdue at its end',
  requests: 'received',
}

type Counts = Readonly<Record<Part, number>>

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

type Parts = Readonly<Record<Part, readonly AssessmentDates[]>>

function partsOf(cases: readonly AssessmentDates[], { measure, month }: Asked, options: TableOptions): Parts {
  const span = monthSpan(month)
  const asAt = date(options.asAt)
  const { counted, numerator } = cohort(cases, measure, span, {
    asAt,
    convention: options.convention,
    exceptions: options.exceptions,
  })
  const inTime = new Set(numerator)
  return {
    numerator,
    denominator: counted,
    late: counted.filter((one) => !inTime.has(one)),
    overdue: cases.filter((one) => isOverdueAt(one, measure, span.last < asAt ? span.last : asAt)),
    requests: cases.filter((one) => one.receivedOn >= span.first && one.receivedOn <= span.last),
  }
}

const CHOICES: readonly (readonly [Part, string])[] = [
  ['denominator', 'All'],
  ['numerator', 'In time'],
  ['late', 'Late'],
  ['overdue', 'Open and overdue'],
]

/** The list behind a number: who may see the number's children sees them here, and the log holds each. */
async function showCases(context: Context): Promise<Answer> {
  const asked = readCell(context.query)
  if (asked === undefined) return { missing: true }
  const options = readOptions(context.query, context.today)
  const found = await context.read('timeliness: the cases behind a number', async (trx, saw) => {
    const parts = partsOf(await findAssessmentDates(trx, options.asAt, options.year), asked, options)
    const cases = parts[asked.part].toSorted((a, b) => dueOn(a, asked.measure) - dueOn(b, asked.measure))
    const shown = cases.slice(0, MOST_CASES)
    const named = await findCasesBehind(
      trx,
      shown.map((one) => one.processId),
    )
    saw(named.map((one) => one.childId))
    const byId = new Map(named.map((one) => [one.processId, one]))
    return {
      total: cases.length,
      counts: Object.fromEntries(PARTS.map((part) => [part, parts[part].length])) as Counts,
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
    readonly counts: Counts
    readonly rows: readonly { readonly dates: AssessmentDates; readonly one: CaseBehind }[]
  },
): Answer {
  const [singular, plural] =
    part === 'requests'
      ? ['request', 'requests']
      : measure === 'decisions'
        ? ['decision whether to assess', 'decisions whether to assess']
        : ['new plan', 'new plans']
  const title = `${found.total.toLocaleString('en-GB')} ${found.total === 1 ? singular : plural}${PART_WORDS[part] && ` ${PART_WORDS[part]}`}, ${monthInWords(month)}`
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
            As at {shortDate(date(options.asAt))}, {CONVENTIONS[options.convention]}.
          </p>
          {part !== 'requests' && options.convention !== 'D' && (
            <SubNavigation
              label="Which of these cases"
              items={CHOICES.filter(([one]) => one === part || found.counts[one] > 0).map(([one, words]) => ({
                text: `${words} (${found.counts[one].toLocaleString('en-GB')})`,
                href: `/staff/timeliness/cases?${queryOf(options)}&measure=${measure}&month=${month}&part=${one}`,
                current: one === part,
              }))}
            />
          )}
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
              onPhone="cards"
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
  {
    method: 'GET',
    url: '/staff/timeliness.csv',
    access: staff,
    touches: 'numbers',
    limit: EXPORTS,
    handle: csv,
  },
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
