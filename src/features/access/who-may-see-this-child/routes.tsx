import type { JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import { caseReaders, managers, type Route, viewerOf } from '../../../platform/routes.ts'
import { GovukDetails } from '../../../ui/govuk/index.ts'
import { EmptyState, SortableTable, Tag } from '../../../ui/parts/index.ts'
import { loadChild, relationshipWords } from '../../children/the-child/index.ts'
import { findWhoMaySee, type Onlooker, type Part } from './queries.ts'

const HEADINGS: readonly (readonly [Part, string])[] = [
  ['family', 'The family and those who speak for them'],
  ['setting', 'Schools, colleges and nurseries'],
  ['adviser', 'Professionals asked for advice'],
  ['holder', 'Who holds the case'],
  ['stand-in', 'Who stands in'],
  ['manager', 'Managers, by line'],
  ['locality', 'Others in the locality'],
  ['let-in', 'Let in for a while'],
]

const day = (iso: string | null): string => (iso === null ? 'Not recorded' : shortDate(date(iso)))
const whatIs = (one: Onlooker): string => (one.part === 'family' ? relationshipWords(one.what) : one.what)

function People({
  part,
  title,
  people,
}: {
  readonly part: Part
  readonly title: string
  readonly people: readonly Onlooker[]
}): JSX.Element | null {
  if (people.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      <SortableTable<Onlooker>
        id={part}
        caption={title}
        captionHidden
        onPhone="cards"
        rows={people}
        columns={[
          {
            key: 'name',
            heading: 'Who',
            namesRow: true,
            cell: (one) => (
              <>
                {one.name}
                <br />
                <span class="govuk-!-font-weight-regular">{whatIs(one)}</span>
              </>
            ),
          },
          {
            key: 'sees',
            heading: 'Sees the record',
            cell: (one) => (one.sees ? <Tag colour="green">Yes</Tag> : <Tag colour="grey">No</Tag>),
          },
          { key: 'why', heading: 'Why', cell: (one) => one.why },
          {
            key: 'from',
            heading: 'Since',
            cell: (one) =>
              one.from === null && part === 'locality' ? 'Always, in this work' : day(one.from),
          },
          {
            key: 'until',
            heading: 'Until',
            cell: (one) => (one.until === null ? 'No end set' : `Before ${day(one.until)}`),
          },
        ]}
      />
    </>
  )
}

/** Those whose work is the whole authority are many and the same for every child: told by what they do, named beneath. */
function WholeAuthority({ people }: { readonly people: readonly Onlooker[] }): JSX.Element | null {
  if (people.length === 0) return null
  const byWork = [...Map.groupBy(people, (one) => one.what || 'Staff')].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
  return (
    <>
      <h2 class="govuk-heading-m">Everybody who works for the whole authority</h2>
      <p class="govuk-body">
        {people.length} people: {byWork.map(([work, some]) => `${work} (${some.length})`).join(', ')}. Each
        look is written down.
      </p>
      <GovukDetails summaryText="Their names">
        <ul class="govuk-list govuk-list--bullet">
          {people.map((one) => (
            <li key={one.accountId}>
              {one.name}, {one.what}
            </li>
          ))}
        </ul>
      </GovukDetails>
    </>
  )
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/children/:id/who-may-see',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: async (context) => {
      const found = await context.read('looked at who may see the record', async (trx, saw) => {
        const child = await loadChild(trx, context.params['id'] ?? '')
        if (!child) return undefined
        saw(child.id)
        return { child, people: await findWhoMaySee(trx, child.id, context.today) }
      })
      if (!found) return { missing: true }
      const { child, people } = found
      const here = `/staff/children/${child.id}`
      return {
        page: {
          title: `Who may see ${child.name}`,
          wide: true,
          backLink: { href: here, text: child.name },
          main: (
            <>
              <span class="govuk-caption-l">
                {child.name}, {child.reference}
              </span>
              <h1 class="govuk-heading-l">Who may see this child’s record</h1>
              <p class="govuk-body">
                As of {day(context.today)}. What somebody is to the child decides, from the day it begins to
                the day it ends.
              </p>
              <p class="govuk-body">
                <a class="govuk-link" href={`${here}/rights`}>
                  Whose rights they are, consent and capacity
                </a>
                {managers.includes(viewerOf(context).role) && (
                  <>
                    {' · '}
                    <a class="govuk-link" href={`${here}/who-looked`}>
                      Who has looked
                    </a>
                  </>
                )}
              </p>
              {people.length === 0 && <EmptyState title="Nobody is recorded round this child" />}
              {HEADINGS.map(([part, title]) => (
                <People
                  key={part}
                  part={part}
                  title={title}
                  people={people.filter((one) => one.part === part)}
                />
              ))}
              <WholeAuthority people={people.filter((one) => one.part === 'authority')} />
            </>
          ),
        },
      }
    },
  },
]
