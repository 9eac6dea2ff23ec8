import type { JSX } from 'preact'
import { type Answer, type Context, familyRoles, type Route } from '../../../platform/routes.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { ShowAdvice } from '../../professional/write-advice/index.ts'
import { type FamilyAdvice, findAdviceForFamily, findFamilyCopy } from './queries.ts'

const access = { who: 'roles', roles: familyRoles } as const

/** Each head of advice as families say it. */
const WHOSE: Readonly<Record<string, string>> = {
  parent: 'What you told us',
  educational: 'From school or college',
  'armed-forces': 'From the armed forces',
  medical: 'From health',
  psychological: 'From the psychologist',
  'social-care': 'From social care',
  other: 'From somebody else we asked',
  'preparing-for-adulthood': 'About getting ready to be an adult',
  'requested-by-family': 'From somebody you asked us to ask',
}

const ANSWER_WORDS: Readonly<Record<string, string>> = {
  'not-known': 'They do not know your child, so they have nothing to say.',
  'nothing-to-report': 'They have nothing to tell us.',
}

/** Advice a family can read, as links: for any page at the family's door. Nothing when there is none. */
export function AdviceForFamily({
  advice,
}: {
  readonly advice: readonly FamilyAdvice[]
}): JSX.Element | null {
  if (advice.length === 0) return null
  return (
    <ul class="govuk-list govuk-list--bullet">
      {advice.map((one) => (
        <li>
          <a class="govuk-link" href={`/family/advice/${one.release_id}`}>
            {WHOSE[one.head] ?? 'Advice'}
          </a>
          : {one.author_name}, {dayInWords(one.released_on)}
        </li>
      ))}
    </ul>
  )
}

async function list(context: Context): Promise<Answer> {
  const { children, advice } = await context.read('family: advice', async (trx, saw) => {
    const found = await findAdviceForFamily(trx)
    saw(found.map((one) => one.child_id))
    return {
      advice: found,
      children: await trx
        .selectFrom('child')
        .select(['id', 'given_name', 'known_as'])
        .orderBy('date_of_birth')
        .execute(),
    }
  })
  return {
    page: {
      title: 'Advice you can read',
      backLink: { href: '/family', text: 'Where things are' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-l">Advice you can read</h1>
            <p class="govuk-body">
              We ask people who know about your child for advice. We read each one first. Then it is here for
              you.
            </p>
            {advice.length === 0 ? (
              <p class="govuk-body">There is none to read yet.</p>
            ) : (
              children.map((child) => {
                const theirs = advice.filter((one) => one.child_id === child.id)
                return theirs.length === 0 ? null : (
                  <>
                    <h2 class="govuk-heading-m">{child.known_as ?? child.given_name}</h2>
                    <AdviceForFamily advice={theirs} />
                  </>
                )
              })
            )}
          </div>
        </div>
      ),
    },
  }
}

async function one(context: Context): Promise<Answer> {
  const found = await context.read('family: read advice', async (trx, saw) => {
    const copy = await findFamilyCopy(trx, context.params['releaseId'] ?? '')
    if (copy) saw(copy.advice.child_id)
    return copy
  })
  if (!found) return { missing: true }
  const { advice, paragraphs } = found
  const title = WHOSE[advice.head] ?? 'Advice'
  return {
    page: {
      title,
      backLink: { href: '/family/advice', text: 'Advice you can read' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">
              {advice.author_name} wrote this. We had it on {dayInWords(advice.released_on)}.
            </p>
            {advice.number > 1 ? (
              <GovukInsetText text="This is a newer version. It takes the place of the one before." />
            ) : null}
            {advice.answer === 'advice' ? null : (
              <p class="govuk-body-l">{ANSWER_WORDS[advice.answer] ?? ''}</p>
            )}
            <p class="govuk-body">
              Is something wrong, or not clear? Tell your coordinator. We leave out parts that are about other
              people.
            </p>
            <ShowAdvice paragraphs={paragraphs} />
          </div>
        </div>
      ),
    },
  }
}

export const familyRoutes: readonly Route[] = [
  { method: 'GET', url: '/family/advice', access, touches: 'children', handle: list },
  { method: 'GET', url: '/family/advice/:releaseId', access, touches: 'children', handle: one },
]
