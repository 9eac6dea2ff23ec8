import type { JSX } from 'preact'
import {
  type Answer,
  type Context,
  caseworkers,
  managers,
  type Route,
  viewerOf,
} from '../../platform/routes.ts'
import { EmptyState, SortableTable, Tag } from '../../ui/parts/index.ts'
import { countGlassUnseen } from '../access/break-the-glass/index.ts'
import { countRightsPassing } from '../access/note-capacity/index.ts'
import { countConflicts } from './lines-of-work/index.ts'
import {
  AHEAD_DAYS,
  findAtRisk,
  findLoads,
  findLocalities,
  findSettingHands,
  findUnassigned,
  type LoadRow,
} from './queries.ts'
import { findUncovered } from './stand-in/index.ts'
import { ToLookInto } from './to-look-into.tsx'
import { type AtRiskView, atRiskView, type UnassignedView, unassignedViews } from './view.ts'

async function show(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const { today } = context
  const asked = context.query['locality']
  const found = await context.read('team', async (trx, saw) => {
    const localities = await findLocalities(trx)
    // A head sees their own locality first; everyone may choose another or all.
    const usual = viewer.role === 'locality-head' ? viewer.localityId : null
    const locality = asked === 'all' ? null : (localities.find((one) => one.id === asked)?.id ?? usual)
    const loads = await findLoads(trx, today, locality)
    const atRisk = await findAtRisk(trx, today, locality)
    const unassigned = await findUnassigned(trx, locality)
    const hands = await findSettingHands(trx, [
      ...new Set(unassigned.flatMap((row) => row.setting_urn ?? [])),
    ])
    saw([...atRisk, ...unassigned].map((row) => row.child_id))
    const toLookInto = {
      glass: await countGlassUnseen(trx, viewer.accountId),
      conflicts: await countConflicts(trx),
      passing: await countRightsPassing(trx, today),
      uncovered: await findUncovered(trx, today),
    }
    return { localities, locality, loads, atRisk, unassigned, hands, toLookInto }
  })
  const names = new Map(
    found.loads.flatMap((load) =>
      load.id === null || load.name === null ? [] : [[load.id, load.name] as const],
    ),
  )
  const localityNames = new Map(found.localities.map((one) => [one.id, one.name]))
  const main = (
    <>
      <h1 class="govuk-heading-l">Team</h1>
      <ToLookInto {...found.toLookInto} />
      <ChooseLocality localities={found.localities} current={found.locality} />
      <Loads loads={found.loads} locality={found.locality} localities={localityNames} />
      <AtRisk rows={found.atRisk.map((row) => atRiskView(row, today, names))} />
      <Unassigned
        rows={unassignedViews(found.unassigned, found.loads, found.hands, localityNames)}
        mayAssign={caseworkers.includes(viewer.role)}
      />
    </>
  )
  return { page: { title: 'Team', main, wide: true } }
}

function ChooseLocality({
  localities,
  current,
}: {
  readonly localities: readonly { id: string; name: string }[]
  readonly current: string | null
}): JSX.Element {
  return (
    <form method="get" action="/staff/team" class="govuk-form-group">
      <label class="govuk-label" for="locality">
        Locality
      </label>
      <div>
        <select class="govuk-select" id="locality" name="locality">
          <option value="all" selected={current === null}>
            All localities
          </option>
          {localities.map((one) => (
            <option key={one.id} value={one.id} selected={one.id === current}>
              {one.name}
            </option>
          ))}
        </select>{' '}
        <button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" type="submit">
          Show
        </button>
      </div>
    </form>
  )
}

/** Numbers link into the worklist, already filtered to what they count. */
function Loads({
  loads,
  locality,
  localities,
}: {
  readonly loads: readonly LoadRow[]
  readonly locality: string | null
  readonly localities: ReadonlyMap<string, string>
}): JSX.Element {
  const held = loads.filter((load) => load.open + load.plans > 0 || load.role === 'plan-coordinator')
  const list = (load: LoadRow, more: string) =>
    `/staff/worklist?whose=everyone&coordinator=${load.id ?? 'none'}${locality === null ? '' : `&locality=${locality}`}${more}`
  const number = (load: LoadRow, count: number, href: string, what: string) =>
    count === 0 ? (
      '0'
    ) : (
      <a
        class="govuk-link"
        href={href}
        aria-label={`${count.toLocaleString('en-GB')} ${what}, ${load.name ?? 'nobody'}`}
      >
        {count.toLocaleString('en-GB')}
      </a>
    )
  const sum = (pick: (load: LoadRow) => number) =>
    held.reduce((total, load) => total + pick(load), 0).toLocaleString('en-GB')
  return (
    <>
      <h2 class="govuk-heading-m">Caseload</h2>
      <p class="govuk-body">
        {sum((load) => load.open)} open assessments, {sum((load) => load.overdue)} overdue,{' '}
        {sum((load) => load.due_soon)} due in the next {AHEAD_DAYS / 7} weeks; {sum((load) => load.plans)}{' '}
        plans.
      </p>
      <SortableTable<LoadRow>
        id="loads"
        caption="Caseload of each officer"
        captionHidden
        rows={held}
        columns={[
          {
            key: 'name',
            heading: 'Officer',
            namesRow: true,
            cell: (load) =>
              load.id === null ? (
                <Tag colour="yellow">Nobody yet</Tag>
              ) : (
                <>
                  {load.name}
                  <br />
                  <span class="govuk-!-font-weight-regular app-how-long">
                    {[load.job_title, load.locality_id === null ? null : localities.get(load.locality_id)]
                      .filter(Boolean)
                      .join(', ')}
                  </span>
                </>
              ),
          },
          {
            key: 'open',
            heading: 'Open assessments',
            numeric: true,
            cell: (load) => number(load, load.open, list(load, ''), 'open assessments'),
          },
          {
            key: 'overdue',
            heading: 'Overdue',
            numeric: true,
            cell: (load) => number(load, load.overdue, list(load, '&late=yes'), 'overdue'),
          },
          {
            key: 'soon',
            heading: `Due in ${AHEAD_DAYS / 7} weeks`,
            numeric: true,
            cell: (load) =>
              number(
                load,
                load.due_soon,
                list(load, `&within=${AHEAD_DAYS}`),
                `due in ${AHEAD_DAYS / 7} weeks`,
              ),
          },
          {
            key: 'plans',
            heading: 'Plans',
            numeric: true,
            cell: (load) => number(load, load.plans, list(load, '&kind=plan'), 'plans'),
          },
          {
            key: 'late-plans',
            heading: 'Plans overdue',
            numeric: true,
            cell: (load) =>
              number(load, load.reviews_overdue, list(load, '&kind=plan&late=yes'), 'plans overdue'),
          },
        ]}
      />
    </>
  )
}

function AtRisk({ rows }: { readonly rows: readonly AtRiskView[] }): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">Will miss its date in the next {AHEAD_DAYS / 7} weeks, as things stand</h2>
      {rows.length === 0 ? (
        <EmptyState headingLevel={3} title="Nothing is expected to be missed">
          Every case due in the next {AHEAD_DAYS / 7} weeks has days enough for the work usually left at its
          stage.
        </EmptyState>
      ) : (
        <>
          <p class="govuk-body">
            The work left is our planning figure for each stage, not law. Cases already overdue are in the
            worklist.
          </p>
          <SortableTable<AtRiskView>
            id="at-risk"
            caption="Cases expected to miss their date"
            captionHidden
            rows={rows}
            columns={[
              {
                key: 'child',
                heading: 'Child',
                namesRow: true,
                cell: (row) => (
                  <>
                    <a class="govuk-link" href={`/staff/cases/${row.id}`}>
                      {row.name}
                    </a>
                    <br />
                    <span class="govuk-!-font-weight-regular">{row.stage}</span>
                  </>
                ),
              },
              {
                key: 'due',
                heading: 'Due',
                cell: (row) => (
                  <>
                    {row.what}
                    <br />
                    {row.due}
                    <br />
                    <span class="app-how-long">{row.left}</span>
                  </>
                ),
              },
              { key: 'why', heading: 'Why it will be missed', cell: (row) => row.why },
              {
                key: 'coordinator',
                heading: 'Coordinator',
                cell: (row) => row.coordinator ?? <Tag colour="yellow">Nobody yet</Tag>,
              },
            ]}
          />
        </>
      )}
    </>
  )
}

function Unassigned({
  rows,
  mayAssign,
}: {
  readonly rows: readonly UnassignedView[]
  readonly mayAssign: boolean
}): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">To allocate</h2>
      {rows.length === 0 ? (
        <EmptyState headingLevel={3} title="Every open case has a coordinator" />
      ) : (
        <SortableTable<UnassignedView>
          id="unassigned"
          caption="Cases that nobody has"
          captionHidden
          rows={rows}
          columns={[
            {
              key: 'child',
              heading: 'Child',
              namesRow: true,
              cell: (row) => (
                <a class="govuk-link" href={`/staff/cases/${row.id}`}>
                  {row.name}
                </a>
              ),
            },
            {
              key: 'kind',
              heading: 'What',
              cell: (row) => (
                <>
                  {row.kind}
                  <br />
                  <span class="app-how-long">opened {row.opened}</span>
                </>
              ),
            },
            { key: 'locality', heading: 'Locality', cell: (row) => row.locality },
            { key: 'due', heading: 'Next date', cell: (row) => row.due },
            {
              key: 'suggested',
              heading: 'Suggested',
              cell: (row) =>
                row.suggestion ? (
                  <>
                    {row.suggestion.name}
                    <br />
                    <span class="app-how-long">{row.suggestion.why}</span>
                  </>
                ) : (
                  'Nobody to suggest'
                ),
            },
            ...(mayAssign
              ? [
                  {
                    key: 'give',
                    heading: 'Allocate',
                    cell: (row: UnassignedView) => (
                      <a
                        class="govuk-link"
                        href={`/staff/cases/${row.id}/assign${row.suggestion ? `?to=${row.suggestion.id}` : ''}`}
                        aria-label={`Allocate ${row.name}`}
                      >
                        Allocate
                      </a>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </>
  )
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/team',
    access: { who: 'roles', roles: managers },
    touches: 'children',
    handle: show,
  },
]
