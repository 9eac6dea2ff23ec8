import { CONTACT_POINTS, loadContactPoints } from '../../../documents/letters/contact-points.ts'
import type { Answer, Context, Route } from '../../../platform/routes.ts'
import { EmptyState } from '../../../ui/parts/index.ts'
import { POINTS_PATH } from '../enter-contact-points/index.ts'
import { ACCOUNTS_PATH } from '../keep-accounts/index.ts'
import { listPlaces, PLACES_PATH } from '../name-localities/index.ts'

const LINKS: readonly (readonly [href: string, text: string, about: string])[] = [
  [ACCOUNTS_PATH, 'Accounts', 'who works here, adding and ending accounts'],
  [PLACES_PATH, 'Localities and teams', 'add, rename and end them'],
  [POINTS_PATH, 'Contact points', 'offices and services that letters must name'],
  ['/staff/settings/readings', 'Readings of the law', 'where it can be read two ways, and local targets'],
  ['/staff/settings/messages', 'Wording of messages', 'what emails, texts and letters say'],
]

async function show(context: Context): Promise<Answer> {
  const { missing, places } = await context.read('how far the authority is set up', async (trx) => ({
    missing: (await loadContactPoints(trx, context.today)).missing,
    places: await listPlaces(trx),
  }))
  const toDo = [
    ...missing.map((key) => ({
      href: `${POINTS_PATH}/${key}`,
      text: `Enter the contact point: ${CONTACT_POINTS[key]}`,
    })),
    ...(places.teams.length > 0 ? [] : [{ href: `${PLACES_PATH}/teams/new`, text: 'Add a team' }]),
    ...(places.localities.length > 0
      ? []
      : [
          {
            href: `${PLACES_PATH}/localities/new`,
            text: 'Add localities: one for the whole authority, if the council does not work by areas',
          },
        ]),
  ]
  return {
    page: {
      title: 'Set up',
      main: (
        <>
          <h1 class="govuk-heading-l">Set up</h1>
          <h2 class="govuk-heading-m">Still missing</h2>
          {toDo.length === 0 ? (
            <EmptyState title="Nothing is missing">
              Every contact point that letters need is entered.
            </EmptyState>
          ) : (
            <>
              {missing.length > 0 ? (
                <p class="govuk-body">
                  A letter that must name a contact point cannot be sent until it is entered.
                </p>
              ) : null}
              <ul class="govuk-list govuk-list--bullet">
                {toDo.map((one) => (
                  <li key={one.href}>
                    <a class="govuk-link" href={one.href}>
                      {one.text}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h2 class="govuk-heading-m">What you can change</h2>
          <ul class="govuk-list">
            {LINKS.map(([href, text, about]) => (
              <li key={href}>
                <a class="govuk-link" href={href}>
                  {text}
                </a>
                : {about}
              </li>
            ))}
          </ul>
        </>
      ),
    },
  }
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/settings',
    access: { who: 'roles', roles: ['administrator'] },
    touches: 'nothing',
    handle: show,
  },
]
