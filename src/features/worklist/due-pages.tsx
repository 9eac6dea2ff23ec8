import type { ComponentChildren, JSX } from 'preact'
import { date } from '../../law/index.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
  viewerOf,
} from '../../platform/routes.ts'
import { Counts, EmptyState, ListWithFilter, Pager, SortableTable, Tag } from '../../ui/parts/index.ts'
import { HEADS } from '../assessment/ask-for-advice/index.tsx'
import {
  type AdviceDueRow,
  type DueCounts,
  findAdviceDue,
  findReviewsDue,
  REVIEWS_AHEAD,
  type ReviewDueRow,
} from './due-queries.ts'
import { FilterForm, type FilterFormProps } from './filter-form.tsx'
import { readFilters, STATES, toQuery, type WorklistFilters, yearInWords, yearOf } from './filters.ts'
import { nextThing, whoActs } from './next-things.ts'
import { CountTile, type Tab, Tabs, WhoseLinks } from './page.tsx'
import { keptPlaces, PAGE_SIZE, type Places } from './queries.ts'
import { chosenFilters, dayInRow, howLong } from './view.ts'

const access = { who: 'roles', roles: caseReaders } as const

interface ListParts {
  readonly title: string
  readonly path: string
  readonly tab: Tab
  readonly filters: WorklistFilters
  readonly places: Places
  readonly counts: DueCounts
  readonly things: string
  readonly counted: string
  readonly asks: FilterFormProps['asks']
  readonly explained: string
  readonly empty: JSX.Element
  readonly children: ComponentChildren
  readonly context: Context
}

/** A list of things due, with the same filters and numbers as the worklist. */
function dueList(parts: ListParts): Answer {
  const { filters, path, counts } = parts
  const viewer = viewerOf(parts.context)
  const to = (changes: Partial<WorklistFilters>) => `${path}?${toQuery(filters, changes)}`
  const main = (
    <>
      <h1 class="govuk-heading-l govuk-!-margin-bottom-2">{parts.title}</h1>
      <Tabs current={parts.tab} filters={filters} />
      <WhoseLinks
        path={path}
        filters={filters}
        hasTeam={viewer.teamId !== null}
        hasLocality={viewer.localityId !== null}
      />
      <dl class="app-case__facts">
        <CountTile count={counts.total} name={parts.counted} href={to({ late: false, within: null })} />
        <CountTile count={counts.overdue} name="Overdue" href={to({ late: true, within: null })} />
        <CountTile count={counts.due_this_week} name="Due this week" href={to({ late: false, within: 7 })} />
      </dl>
      <ListWithFilter
        filter={
          <FilterForm
            filters={filters}
            places={parts.places}
            chosen={chosenFilters(filters, parts.places, path)}
            action={path}
            asks={parts.asks}
          />
        }
      >
        {counts.total === 0 ? (
          parts.empty
        ) : (
          <>
            <Counts page={filters.page} pageSize={PAGE_SIZE} total={counts.total} things={parts.things} />
            <p class="govuk-body-s">{parts.explained}</p>
            {parts.children}
            <Pager
              page={filters.page}
              pageSize={PAGE_SIZE}
              total={counts.total}
              things={parts.things}
              href={(page) => to({ page })}
            />
          </>
        )}
      </ListWithFilter>
    </>
  )
  return { page: { title: parts.title, main, wide: true } }
}

const childCell = (row: AdviceDueRow | ReviewDueRow, today: string) => (
  <>
    <a class="govuk-link" href={`/staff/cases/${row.process_id}`}>
      {row.given_name} {row.family_name}
    </a>
    <br />
    <span class="govuk-!-font-weight-regular">
      {yearInWords(yearOf(row.date_of_birth, today))}, {row.setting_name ?? 'no setting'}
    </span>
  </>
)

const dueCell = (
  row: { readonly process_id: string; readonly due_on: string | null },
  rule: string,
  occurrence: number | null,
  today: string,
) => {
  if (row.due_on === null) return 'No legal limit'
  const left = date(row.due_on) - date(today)
  return (
    <>
      <a class="govuk-link" href={`/staff/cases/${row.process_id}/why/${rule}/${occurrence ?? 1}`}>
        {dayInRow(row.due_on)}
      </a>
      <br />
      {left < 0 ? <Tag colour="red">{howLong(left)}</Tag> : howLong(left)}
    </>
  )
}

const headTitle = (head: string): string =>
  Object.hasOwn(HEADS, head) ? HEADS[head as keyof typeof HEADS].title : head
const coordinator = (places: Places, id: string | null): JSX.Element | string =>
  id === null ? <Tag colour="yellow">Nobody yet</Tag> : (places.names.get(id) ?? 'Someone who has left')

async function adviceDue(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const { today } = context
  const filters = readFilters(context.query, viewer)
  const { counts, rows, places } = await context.read('worklist: advice due', async (trx, saw) => {
    const found = await findAdviceDue(trx, { filters, viewer, today })
    saw(found.rows.map((row) => row.child_id))
    return { ...found, places: await keptPlaces(context.request.server, trx, today) }
  })
  const mayAct = caseworkers.includes(viewer.role)
  return dueList({
    title: 'Advice due',
    path: '/staff/worklist/advice',
    tab: 'advice',
    filters,
    places,
    counts,
    context,
    counted: 'Advice to come',
    things: counts.total === 1 ? 'piece of advice to come' : 'pieces of advice to come',
    asks: ['late', 'within', 'year', 'setting'],
    explained:
      'The longest overdue first. The date is the adviser’s legal limit: 6 weeks from the day they were asked.',
    empty: (
      <EmptyState title="No advice is waited for here">
        Advice appears when it has been asked for and has not come. Widen the filters to see other people’s.
      </EmptyState>
    ),
    children: (
      <SortableTable<AdviceDueRow>
        id="advice-due"
        onPhone="cards"
        caption="Advice asked for and not yet come"
        captionHidden
        rows={rows}
        columns={[
          { key: 'child', heading: 'Child', namesRow: true, cell: (row) => childCell(row, today) },
          {
            key: 'advice',
            heading: 'Advice, and who from',
            cell: (row) => (
              <>
                {headTitle(row.head)}
                <br />
                {row.adviser}
              </>
            ),
          },
          { key: 'asked', heading: 'Asked', cell: (row) => dayInRow(row.asked_on) },
          {
            key: 'due',
            heading: 'Due, and why',
            cell: (row) => dueCell(row, 'advice-response', row.occurrence, today),
          },
          {
            key: 'chased',
            heading: 'Chased',
            cell: (row) => (
              <>
                {row.chases === 0
                  ? 'Not yet'
                  : `${row.chases === 1 ? 'Once' : `${row.chases} times`}${row.last_chased_on ? `, last ${dayInRow(row.last_chased_on)}` : ''}`}
                {mayAct ? (
                  <span class="app-case__actions">
                    <a
                      class="govuk-link"
                      aria-label={`Chase ${row.adviser}`}
                      href={`/staff/cases/${row.process_id}/chase-advice/${row.advice_id}`}
                    >
                      Chase
                    </a>
                    <a
                      class="govuk-link"
                      aria-label={`Record advice from ${row.adviser}`}
                      href={`/staff/cases/${row.process_id}/record-advice/${row.advice_id}`}
                    >
                      Record
                    </a>
                  </span>
                ) : null}
              </>
            ),
          },
          { key: 'coordinator', heading: 'Coordinator', cell: (row) => coordinator(places, row.assigned_to) },
        ]}
      />
    ),
  })
}

async function reviewsDue(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const { today } = context
  const filters = readFilters(context.query, viewer)
  const { counts, rows, places } = await context.read('worklist: plan reviews due', async (trx, saw) => {
    const found = await findReviewsDue(trx, { filters, viewer, today })
    saw(found.rows.map((row) => row.child_id))
    return { ...found, places: await keptPlaces(context.request.server, trx, today) }
  })
  return dueList({
    title: 'Plan reviews due',
    path: '/staff/worklist/reviews',
    tab: 'reviews',
    filters,
    places,
    counts,
    context,
    counted: 'Due or overdue',
    things: counts.total === 1 ? 'date of a plan' : 'dates of plans',
    asks: ['late', 'within', 'rule', 'year', 'setting'],
    explained:
      filters.within === null && !filters.late
        ? `Overdue first, then those due in the next ${REVIEWS_AHEAD / 7} weeks. Choose “Due within” to see fewer.`
        : 'The earliest date first.',
    empty: (
      <EmptyState title="No review or other date of a plan is due here">
        Reviews appear {REVIEWS_AHEAD / 7} weeks before their last day. Widen the filters to see other
        people’s.
      </EmptyState>
    ),
    children: (
      <SortableTable<ReviewDueRow>
        id="reviews-due"
        onPhone="cards"
        caption="Dates of plans, due or overdue"
        captionHidden
        rows={rows}
        columns={[
          { key: 'child', heading: 'Child', namesRow: true, cell: (row) => childCell(row, today) },
          {
            key: 'next',
            heading: 'What is due, and who must act',
            cell: (row) => (
              <>
                {nextThing(row.rule)}
                <br />
                <span class="app-how-long">{whoActs(row.actor)}</span>
              </>
            ),
          },
          {
            key: 'due',
            heading: 'Due, and why',
            cell: (row) => dueCell(row, row.rule, row.occurrence, today),
          },
          {
            key: 'state',
            heading: 'Plan',
            cell: (row) => (
              <>
                {STATES[row.state] ?? row.state}
                <br />
                <span class="app-how-long">since {dayInRow(row.opened_on)}</span>
              </>
            ),
          },
          { key: 'coordinator', heading: 'Coordinator', cell: (row) => coordinator(places, row.assigned_to) },
        ]}
      />
    ),
  })
}

/** Advice to chase, and reviews of plans to hold. */
export const dueRoutes: readonly Route[] = [
  { method: 'GET', url: '/staff/worklist/advice', access, touches: 'children', handle: adviceDue },
  { method: 'GET', url: '/staff/worklist/reviews', access, touches: 'children', handle: reviewsDue },
]
