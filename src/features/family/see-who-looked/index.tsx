import { sql } from 'kysely'
import type { JSX } from 'preact'
import { type Answer, type Context, familyRoles, type Route } from '../../../platform/routes.ts'
import { childPages, findMyChildren } from '../see-where-things-are/index.ts'
import { capacity, whatInWords } from './words.ts'

const ON_A_PAGE = 50

interface Look {
  readonly id: number
  readonly on: string
  readonly time: string
  readonly name: string
  readonly job_title: string
  readonly door: string
  readonly what: string
  readonly outcome: string
}

/** Every look at one child's record, newest first, so many at a time. The day and time are London's. */
async function whoLooked(context: Context): Promise<Answer> {
  const given = context.query['before'] ?? ''
  const before = /^\d{1,15}$/.test(given) ? given : null
  const found = await context.read('family: who looked', async (trx, saw) => {
    const child = (await findMyChildren(trx)).find(({ id }) => id === context.params['child'])
    if (!child) return undefined
    const { rows } = await sql<Look>`
      select id, to_char(at at time zone 'Europe/London', 'FMDD FMMonth YYYY') as on,
        to_char(at at time zone 'Europe/London', 'HH24:MI') as time, name, job_title, door, what, outcome
      from who_looked(${child.id}, ${before}, ${ON_A_PAGE + 1})`.execute(trx)
    saw(child.id)
    return { child, looks: rows }
  })
  if (!found) return { missing: true }
  const { child, looks } = found
  const pages = childPages(child.id)
  const shown = looks.slice(0, ON_A_PAGE)
  const isMore = looks.length > ON_A_PAGE
  return {
    page: {
      title: 'Who has looked at this record',
      backLink: { href: pages.whole },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">{child.name}</span>
            <h1 class="govuk-heading-l">Who has looked at this record</h1>
            <p class="govuk-body">
              Each time someone opens this record, we write it down. Nobody can change this list. The newest
              is first.
            </p>
            <p class="govuk-body">
              If you do not know why someone looked, ask us. We do not name other people in your family.
            </p>
            {shown.length === 0 && <p class="govuk-body">Nobody has looked yet.</p>}
            <ol class="govuk-list app-story" aria-label="Who looked">
              {visitsOf(shown).map((visit) => (
                <OneVisit key={visit.id} visit={visit} />
              ))}
            </ol>
            {isMore && (
              <p class="govuk-body">
                <a class="govuk-link" href={`${pages.whoLooked}?before=${shown.at(-1)!.id}`}>
                  Show older ones
                </a>
              </p>
            )}
            {before !== null && (
              <p class="govuk-body">
                <a class="govuk-link" href={pages.whoLooked}>
                  Back to the newest
                </a>
              </p>
            )}
          </div>
        </div>
      ),
    },
  }
}

/** One person's looks on one day, with nobody's between: told together, so that a reader finds the others. */
interface Visit {
  readonly id: number
  readonly who: string
  readonly job: string
  readonly on: string
  readonly things: Map<string, { times: number; readonly last: string }>
}

function visitsOf(looks: readonly Look[]): readonly Visit[] {
  const visits: Visit[] = []
  for (const look of looks) {
    const job = capacity(look.door, look.job_title)
    let visit = visits.at(-1)
    if (!visit || visit.who !== look.name || visit.job !== job || visit.on !== look.on) {
      visit = { id: look.id, who: look.name, job, on: look.on, things: new Map() }
      visits.push(visit)
    }
    const what = whatInWords(look.what, look.outcome)
    const before = visit.things.get(what)
    if (before) before.times++
    else visit.things.set(what, { times: 1, last: look.time })
  }
  return visits
}

function OneVisit({ visit }: { readonly visit: Visit }): JSX.Element {
  return (
    <li>
      <strong>{visit.who}</strong>
      {visit.job && ` (${visit.job})`}
      {`, ${visit.on}`}
      <ul class="govuk-list govuk-list--bullet govuk-!-margin-top-1">
        {[...visit.things].map(([what, { times, last }]) => (
          <li key={what}>
            {what}{' '}
            <span class="app-quiet">
              {times === 1 ? `at ${last}` : `${times} times, the last at ${last}`}
            </span>
          </li>
        ))}
      </ul>
    </li>
  )
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/family/children/:child/who-looked',
    access: { who: 'roles', roles: familyRoles },
    touches: 'children',
    handle: whoLooked,
  },
]
