import type { JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import { GovukButton, GovukInput } from '../../../ui/govuk/index.ts'
import { Counts, EmptyState, SortableTable } from '../../../ui/parts/index.ts'
import { CaseLink } from './case-link.tsx'
import { type FoundChild, MOST_FOUND, type Search } from './queries.ts'
import { stateWords } from './words.ts'

export interface SearchView {
  readonly typed: string
  readonly search: Search
  readonly found: readonly FoundChild[]
  readonly problem: string | undefined
  readonly csrfToken: string
  readonly mayRecord: boolean
}

/** One box to find a child by. What is typed is posted, so that no name or number is ever in an address. */
export function SearchPage({ typed, search, found, problem, csrfToken, mayRecord }: SearchView): JSX.Element {
  const shown = found.slice(0, MOST_FOUND)
  return (
    <>
      <h1 class="govuk-heading-l">Find a child</h1>
      <form method="post" action="/staff/children" novalidate class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <input type="hidden" name="_csrf" value={csrfToken} />
          <GovukInput
            name="q"
            type="search"
            label={{
              text: 'Name, reference, UPN, NHS number, date of birth or postcode',
              classes: 'govuk-label--s',
            }}
            hint={{
              text: 'Part of a name is enough, in any order. A letter wrong is forgiven. Searches and what they find are logged',
            }}
            value={typed}
            autocomplete="off"
            spellcheck={false}
            {...(problem ? { errorMessage: { text: problem } } : {})}
          />
          <GovukButton text="Search" />
        </div>
      </form>
      {search.by !== 'nothing' && shown.length === 0 && (
        <EmptyState
          title={`No child was found by that ${search.by}`}
          {...(mayRecord
            ? { action: { text: 'Record a request for a new child', href: '/staff/requests/new' } }
            : {})}
        >
          Check the spelling, or try a date of birth such as 27 3 2014. Only children your role reaches are
          searched.{' '}
          <a class="govuk-link" href="/staff/break-the-glass">
            Open a record that is not yours, in an emergency
          </a>
        </EmptyState>
      )}
      {shown.length > 0 && (
        <>
          <Counts
            page={1}
            pageSize={MOST_FOUND}
            total={shown.length}
            things={shown.length === 1 ? `child found by ${search.by}` : `children found by ${search.by}`}
          />
          {found.length > MOST_FOUND && (
            <p class="govuk-body">There are more. Type more of the name to see them.</p>
          )}
          <SortableTable
            id="found"
            caption="Children found"
            captionHidden
            onPhone="cards"
            rows={shown}
            columns={[
              {
                key: 'name',
                heading: 'Child',
                namesRow: true,
                cell: (child) => (
                  <>
                    <a class="govuk-link" href={`/staff/children/${child.id}`}>
                      {child.name}
                    </a>
                    {child.knownAs && (
                      <span class="govuk-!-font-weight-regular"> known as {child.knownAs}</span>
                    )}
                  </>
                ),
              },
              { key: 'reference', heading: 'Reference', cell: (child) => child.reference },
              { key: 'born', heading: 'Born', cell: (child) => shortDate(date(child.bornOn)) },
              {
                key: 'setting',
                heading: 'School or college',
                cell: (child) => child.settingName ?? 'None recorded',
              },
              {
                key: 'open',
                heading: 'Open now',
                cell: (child) =>
                  child.open.length === 0
                    ? 'Nothing open'
                    : child.open.map((process) => (
                        <div key={process.id}>
                          <CaseLink process={process} />: {stateWords(process)}
                        </div>
                      )),
              },
            ]}
          />
        </>
      )}
    </>
  )
}
