/** Where children are educated, by date; and places that are needed, with the days each has been waited for. */
import { stringify } from 'csv-stringify/sync'
import type { JSX } from 'preact'
import { type Answer, type Context, caseReaders, EXPORTS, type Route } from '../../../platform/routes.ts'
import { daysWithoutPlace, OUT_BECAUSE } from '../../../record/placement/index.ts'
import { dayInWords, EmptyState, SortableTable, Tag } from '../../../ui/parts/index.ts'
import { PlacementLists } from '../the-settings/index.ts'
import { findNeeded, type Needed } from './needed.ts'
import { stepRoutes } from './steps.tsx'

export { findNeededOf, type Needed } from './needed.ts'
export {
  endPlacement,
  type FinalThatNames,
  findPlacements,
  keepPlacement,
  type Placement,
  placementFromFinal,
  placeWords,
} from './placements.ts'

const URL = '/staff/places-needed'
const access = { who: 'roles', roles: caseReaders } as const

/** How long a place has been, or was, waited for. */
export function waitWords(
  row: Pick<Needed, 'needed_on' | 'secured_on' | 'ended_why'>,
  today: string,
): string {
  if (row.needed_on > today) return `needed from ${dayInWords(row.needed_on)}`
  const until = row.secured_on !== null && row.secured_on <= today ? row.secured_on : today
  const days = daysWithoutPlace(row.needed_on, until)
  return `${days} ${days === 1 ? 'day' : 'days'}`
}

/** What is provided meanwhile, or that nothing is recorded. */
export function Meantime({ row, today }: { readonly row: Needed; readonly today: string }): JSX.Element {
  if (row.hours !== null)
    return (
      <>
        {row.hours} hours a week: {row.meantime}
        {row.full_time ? '' : '. Not full-time'}
        {row.review_on !== null && row.review_on < today ? (
          <>
            {' '}
            <Tag colour="orange">Review overdue</Tag>
          </>
        ) : null}
      </>
    )
  if (!row.out_of_school) return <>{row.placed_at ?? 'Attends where they are'}</>
  return row.needed_on <= today ? <Tag colour="red">Nothing recorded</Tag> : <>Not yet needed</>
}

const filterOf = (context: Context) => ({
  outOfSchool: context.query['out'] === 'yes',
  nothingMeanwhile: context.query['nothing'] === 'yes',
})

async function list(context: Context): Promise<Answer> {
  const { today } = context
  const filter = filterOf(context)
  const rows = await context.read('places needed', async (trx, saw) => {
    const found = await findNeeded(trx, today, filter)
    saw(found.map((row) => row.child_id))
    return found
  })
  const nothing = rows.filter(
    (row) => row.out_of_school && row.hours === null && row.needed_on <= today,
  ).length
  const query = `${filter.outOfSchool ? 'out=yes' : ''}${filter.nothingMeanwhile ? 'nothing=yes' : ''}`
  const choices = [
    { text: 'All', href: URL, current: !filter.outOfSchool && !filter.nothingMeanwhile },
    { text: 'Out of school', href: `${URL}?out=yes`, current: filter.outOfSchool },
    {
      text: 'Out of school, nothing recorded meanwhile',
      href: `${URL}?nothing=yes`,
      current: filter.nothingMeanwhile,
    },
  ]
  return {
    page: {
      title: 'Places needed',
      wide: true,
      main: (
        <>
          <PlacementLists current="needed" />
          <h1 class="govuk-heading-l">Places needed</h1>
          <p class="govuk-body">
            {rows.length} {rows.length === 1 ? 'child waits' : 'children wait'}, the longest first. Days are
            counted from the day the place was needed.
            {nothing > 0
              ? ` For ${nothing}, out of school, no education in the meantime is recorded (section 19, Education Act 1996).`
              : ''}
          </p>
          <nav aria-label="Which children">
            <p class="govuk-body">
              Show:
              {choices.map((one) => (
                <>
                  {' \u00a0 '}
                  {one.current ? (
                    <strong aria-current="true">{one.text}</strong>
                  ) : (
                    <a class="govuk-link" href={one.href}>
                      {one.text}
                    </a>
                  )}
                </>
              ))}
            </p>
          </nav>
          {rows.length === 0 ? (
            <EmptyState title="Nobody waits for a place">
              A child is listed from the day a place is written down as needed, on the page “Setting” of the
              case.
            </EmptyState>
          ) : (
            <>
              <p class="govuk-body">
                <a class="govuk-link" href={`${URL}.csv${query ? `?${query}` : ''}`}>
                  This list as a spreadsheet
                </a>
              </p>
              <SortableTable<Needed>
                id="needed"
                caption="Children who need a place, the longest wait first"
                captionHidden
                onPhone="cards"
                rows={rows}
                columns={[
                  {
                    key: 'child',
                    heading: 'Child',
                    namesRow: true,
                    cell: (row) => (
                      <a class="govuk-link" href={`/staff/cases/${row.process_id}/settings`}>
                        {row.child_name}
                      </a>
                    ),
                  },
                  { key: 'from', heading: 'Needed from', cell: (row) => dayInWords(row.needed_on) },
                  { key: 'wait', heading: 'Waited', cell: (row) => waitWords(row, today) },
                  {
                    key: 'why',
                    heading: 'Why',
                    cell: (row) => (
                      <>
                        {row.why}
                        {row.out_because ? (
                          <>
                            <br />
                            <span class="app-how-long">
                              Out of school:{' '}
                              {OUT_BECAUSE[row.out_because as keyof typeof OUT_BECAUSE].toLowerCase()}
                            </span>
                          </>
                        ) : null}
                      </>
                    ),
                  },
                  {
                    key: 'meantime',
                    heading: 'In the meantime',
                    cell: (row) => <Meantime row={row} today={today} />,
                  },
                  {
                    key: 'secured',
                    heading: 'Secured from',
                    cell: (row) => (row.secured_on ? dayInWords(row.secured_on) : 'Not yet'),
                  },
                  { key: 'who', heading: 'Coordinator', cell: (row) => row.coordinator ?? 'Nobody yet' },
                ]}
              />
            </>
          )}
        </>
      ),
    },
  }
}

async function csv(context: Context): Promise<Answer> {
  const { today } = context
  const rows = await context.read('places needed: spreadsheet', async (trx, saw) => {
    const found = await findNeeded(trx, today, filterOf(context))
    saw(found.map((row) => row.child_id))
    return found
  })
  return {
    file: {
      name: `places-needed-${today}.csv`,
      type: 'text/csv; charset=utf-8',
      body: `\uFEFF${stringify(
        [
          [
            'Case',
            'Child',
            'Needed from',
            'Days waited',
            'Why',
            'Out of school',
            'Because',
            'Hours a week meanwhile',
            'From',
            'Review by',
            'Secured from',
            'Coordinator',
          ],
          ...rows.map((row) => [
            row.reference,
            row.child_name,
            row.needed_on,
            daysWithoutPlace(row.needed_on, today),
            row.why,
            row.out_of_school ? 'Yes' : 'No',
            row.out_because,
            row.hours,
            row.meantime,
            row.review_on,
            row.secured_on,
            row.coordinator,
          ]),
        ],
        { escape_formulas: true, record_delimiter: 'windows' },
      )}`,
    },
  }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: URL, access, touches: 'children', handle: list },
  { method: 'GET', url: `${URL}.csv`, access, touches: 'children', limit: EXPORTS, handle: csv },
  ...stepRoutes,
]
