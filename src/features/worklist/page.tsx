import type { ComponentChildren, JSX } from 'preact'
import { date, shortDate } from '../../law/index.ts'
import type { PageAnswer } from '../../platform/routes.ts'
import { EmptyState, ListWithFilter, Pager, SubNavigation } from '../../ui/parts/index.ts'
import type { findStandingInFor } from '../team/stand-in/index.ts'
import { FilterForm } from './filter-form.tsx'
import { toQuery, WHOSE, WHOSE_LABELS, type WorklistFilters } from './filters.ts'
import { asElement } from './markup.ts'
import { PAGE_SIZE } from './queries.ts'
import { worklistTable } from './rows.ts'
import { SavedFilters } from './saved-filters.tsx'
import type { WorklistView } from './view.ts'

export type Tab = 'worklist' | 'advice' | 'reviews'
const TABS = [
  { tab: 'worklist', text: 'Assessments', path: '/staff/worklist' },
  { tab: 'advice', text: 'Advice due', path: '/staff/worklist/advice' },
  { tab: 'reviews', text: 'Plan reviews due', path: '/staff/worklist/reviews' },
] as const satisfies readonly { tab: Tab; text: string; path: string }[]

/** The three lists of work, with whose work they show kept from one to the next. */
export function Tabs({
  current,
  filters,
}: {
  readonly current: Tab
  readonly filters: WorklistFilters
}): JSX.Element {
  return (
    <SubNavigation
      label="Lists of work"
      items={TABS.map(({ tab, text, path }) => ({
        text,
        href: `${path}?whose=${filters.whose}`,
        current: tab === current,
      }))}
    />
  )
}

/** Mine, my team's, my locality's, everyone's. */
export function WhoseLinks(props: {
  readonly path: string
  readonly filters: WorklistFilters
  readonly hasTeam: boolean
  readonly hasLocality: boolean
}): JSX.Element {
  const { path, filters } = props
  const possible = WHOSE.filter(
    (whose) => (whose !== 'team' || props.hasTeam) && (whose !== 'locality' || props.hasLocality),
  )
  return (
    <nav aria-label="Whose work">
      <p class="govuk-body govuk-!-margin-bottom-2">
        Show:
        {possible.map((whose) => (
          <>
            {' \u00a0 '}
            {whose === filters.whose ? (
              <strong aria-current="true">{WHOSE_LABELS[whose]}</strong>
            ) : (
              <a
                class="govuk-link govuk-link--no-visited-state"
                href={`${path}?${toQuery(filters, { whose, coordinator: null, locality: null })}`}
              >
                {WHOSE_LABELS[whose]}
              </a>
            )}
          </>
        ))}
      </p>
    </nav>
  )
}

/** 2,800. Faster than the locale's own, which is asked for on every page. */
const grouped = (count: number): string =>
  count < 1000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** A number under its name; a link that narrows the list to it. */
export function CountTile({
  count,
  name,
  href,
}: {
  readonly count: number
  readonly name: string
  readonly href: string
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="govuk-!-font-size-24">
        <a
          class="govuk-link govuk-link--no-visited-state"
          href={href}
          aria-label={`${grouped(count)} ${name.toLowerCase()}`}
        >
          {grouped(count)}
        </a>
      </dd>
    </div>
  )
}

const PATH = '/staff/worklist'

/** Whom the viewer stands in for today, with the way to their cases. */
function StandingIn({ people }: { readonly people: readonly StoodInFor[] }): JSX.Element | null {
  if (people.length === 0) return null
  return (
    <div class="govuk-inset-text">
      {people.map((one) => (
        <p key={one.id} class="govuk-body">
          You are standing in for {one.name} until {shortDate(date(one.until))}.{' '}
          <a class="govuk-link" href={`${PATH}?whose=everyone&coordinator=${one.id}`}>
            See their cases
          </a>
        </p>
      ))}
    </div>
  )
}

export type StoodInFor = Awaited<ReturnType<typeof findStandingInFor>>[number]

export function worklistPage(
  view: WorklistView,
  choosing: boolean,
  extra?: ComponentChildren,
  standingIn: readonly StoodInFor[] = [],
): PageAnswer {
  const { filters, counts } = view
  const to = (changes: Partial<WorklistFilters>) => `${PATH}?${toQuery(filters, changes)}`
  const main = (
    <>
      {extra}
      <h1 class="govuk-heading-l govuk-!-margin-bottom-2">Worklist</h1>
      <StandingIn people={standingIn} />
      <Tabs current="worklist" filters={filters} />
      <WhoseLinks path={PATH} filters={filters} hasTeam={view.hasTeam} hasLocality={view.hasLocality} />
      <dl class="app-case__facts">
        <CountTile
          count={counts.total}
          name={filters.kind === 'assessment' ? 'Open assessments' : 'Open cases'}
          href={to({ late: false, within: null })}
        />
        <CountTile count={counts.overdue} name="Overdue" href={to({ late: true, within: null })} />
        <CountTile count={counts.due_this_week} name="Due this week" href={to({ late: false, within: 7 })} />
        <CountTile
          count={counts.unassigned}
          name="With nobody"
          href={to({ whose: filters.whose === 'me' ? 'everyone' : filters.whose, coordinator: 'none' })}
        />
      </dl>
      <ListWithFilter
        filter={
          <FilterForm filters={filters} places={view.places} chosen={view.chosen} action={PATH} asks={ASKS} />
        }
      >
        {view.rows.length === 0 ? <Nothing view={view} /> : <Rows view={view} choosing={choosing} />}
        <SavedFilters saved={view.saved} query={view.query} />
      </ListWithFilter>
    </>
  )
  return { page: { title: 'Worklist', main, wide: true } }
}

const ASKS = ['stage', 'rule', 'within', 'late', 'exception', 'year', 'setting', 'kind', 'order'] as const

function Rows({ view, choosing }: { readonly view: WorklistView; readonly choosing: boolean }): JSX.Element {
  const { filters, counts } = view
  const href = (page: number) => `${PATH}?${toQuery(filters, { page })}`
  const table = asElement(worklistTable(view.rows, `Open cases, ${view.order.toLowerCase()}`, choosing))
  return (
    <>
      <p class="govuk-body app-counts" role="status">
        Showing <strong>{grouped((filters.page - 1) * PAGE_SIZE + 1)}</strong> to{' '}
        <strong>{grouped(Math.min(filters.page * PAGE_SIZE, counts.total))}</strong> of{' '}
        <strong>{grouped(counts.total)}</strong>
      </p>
      <p class="govuk-body-s">
        <strong>{view.order}.</strong>{' '}
        {filters.order === 'risk'
          ? 'The longest overdue come first. The rest are in the order their work must start: days left, less the days the work still to do usually takes (our planning figure, not law). '
          : ''}
        <a class="govuk-link" href={`${PATH}.csv?${view.query}`}>
          Download as a spreadsheet (CSV)
        </a>
        {view.mayAssign && !choosing ? (
          <>
            {' · '}
            <a class="govuk-link" href={`${PATH}?${view.query}&choose=yes`}>
              Give cases to someone else
            </a>
          </>
        ) : null}
      </p>
      {choosing ? (
        <form method="get" action={`${PATH}/reassign`}>
          <input type="hidden" name="back" value={view.query} />
          <p class="govuk-body">Tick the cases to give to someone else, then continue.</p>
          {table}
          <div class="govuk-button-group">
            <button type="submit" class="govuk-button">
              Continue
            </button>
            <a class="govuk-link" href={`${PATH}?${view.query}`}>
              Cancel
            </a>
          </div>
        </form>
      ) : (
        table
      )}
      <Pager page={filters.page} pageSize={PAGE_SIZE} total={counts.total} things="cases" href={href} />
    </>
  )
}

function Nothing({ view }: { readonly view: WorklistView }): JSX.Element {
  const { filters } = view
  if (view.chosen.length > 0)
    return (
      <EmptyState
        title="No open cases match these filters"
        action={{ text: 'Clear all filters', href: `${PATH}?whose=${filters.whose}` }}
      >
        Remove a filter to see more.
      </EmptyState>
    )
  if (filters.page > 1)
    return (
      <EmptyState
        title="There is no such page"
        action={{ text: 'Go to the first page', href: `${PATH}?${toQuery(filters, { page: 1 })}` }}
      />
    )
  if (filters.whose === 'me')
    return (
      <EmptyState
        title="You have no open assessments"
        action={{ text: 'See cases that nobody has', href: `${PATH}?whose=everyone&coordinator=none` }}
      >
        Cases appear here when they are given to you, or when you record a request.
      </EmptyState>
    )
  return (
    <EmptyState title="No open cases here" action={{ text: 'Record a request', href: '/staff/requests/new' }}>
      A case appears as soon as a request for an assessment is recorded.
    </EmptyState>
  )
}
