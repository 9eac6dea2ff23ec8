import type { Answer } from '../../platform/routes.ts'
import { GovukButton, GovukErrorSummary, GovukRadios } from '../../ui/govuk/index.ts'
import type { Person } from './queries.ts'

const DOORS: readonly { readonly door: string; readonly title: string; readonly words: string }[] = [
  {
    door: 'staff',
    title: 'Council staff',
    words: 'Coordinators, heads of locality, managers, quality and data officers',
  },
  { door: 'family', title: 'Families', words: 'Parents, carers and young people' },
  {
    door: 'setting',
    title: 'Schools and settings',
    words: 'Coordinators for special educational needs (SENCOs)',
  },
  { door: 'professional', title: 'Professionals', words: 'Psychologists, health and social care' },
  { door: 'board', title: 'Board and councillors', words: 'Numbers only: never a child' },
]

const whatTheyDo = ({ jobTitle, place }: Person): string =>
  place === null || jobTitle.includes(place) ? jobTitle : `${jobTitle}, ${place}`

/** Choose who to be, grouped by door. */
export function chooseWhoPage(
  people: readonly Person[],
  about: { readonly next: string | undefined; readonly csrfToken: string },
  problem: string | undefined,
): Answer {
  const { next, csrfToken } = about
  const groups = DOORS.map((group) => ({
    ...group,
    people: people.filter((person) => person.door === group.door),
  })).filter((group) => group.people.length > 0)
  const first = groups[0]?.people[0]
  const main = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {problem && (
          <GovukErrorSummary
            titleText="There is a problem"
            errorList={[{ text: problem, href: `#person-${first?.id ?? ''}` }]}
          />
        )}
        <h1 class="govuk-heading-xl">Choose who to be</h1>
        <p class="govuk-body-l">
          This is a training site. Every child, parent and member of staff here is invented.
        </p>
        <p class="govuk-body">
          You can also{' '}
          <a
            class="govuk-link"
            href={next ? `/sign-in/link?next=${encodeURIComponent(next)}` : '/sign-in/link'}
          >
            sign in by a link
          </a>
          , as families and schools do on a real site.
        </p>
        {groups.map((group) => (
          <form method="post" action="/sign-in">
            <input type="hidden" name="_csrf" value={csrfToken} />
            {next && <input type="hidden" name="next" value={next} />}
            <GovukRadios
              name="person"
              idPrefix={`person-${group.door}`}
              fieldset={{ legend: { text: group.title, classes: 'govuk-fieldset__legend--m' } }}
              hint={{ text: group.words }}
              classes="govuk-radios--small"
              items={group.people.map((person) => ({
                value: person.id,
                id: `person-${person.id}`,
                text: `${person.name} – ${whatTheyDo(person)}`,
              }))}
            />
            <GovukButton>
              Continue<span class="govuk-visually-hidden"> as one of: {group.title}</span>
            </GovukButton>
          </form>
        ))}
      </div>
    </div>
  )
  return {
    page: { title: 'Choose who to be', main, status: problem ? 422 : 200, hasErrors: problem !== undefined },
  }
}
