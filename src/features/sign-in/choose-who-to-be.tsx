import type { Role, Route, SignedIn } from '../../platform/routes.ts'
import { startSession } from '../../platform/sessions.ts'
import { pathOfThisSite } from '../../platform/what-was-sent.ts'
import { chooseWhoPage } from './page.tsx'
import { deviceOf, enter, type SignInParts } from './parts.ts'
import { findPeople } from './queries.ts'

/** The training site's sign-in: anybody may be anybody, because nobody there is real. */
export const chooseWhoToBe = (parts: SignInParts): readonly Route[] => [
  {
    method: 'GET',
    url: '/sign-in',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) =>
      chooseWhoPage(
        await findPeople(parts.db),
        { next: pathOfThisSite(context.query['next']), csrfToken: context.csrfToken },
        undefined,
      ),
  },
  {
    method: 'POST',
    url: '/sign-in',
    access: { who: 'anyone' },
    touches: 'nothing',
    limit: { times: 60, perMinutes: 15 },
    handle: async (context) => {
      const people = await findPeople(parts.db)
      const person = people.find((one) => one.id === context.form['person'])
      if (!person) {
        const about = { next: pathOfThisSite(context.form['next']), csrfToken: context.csrfToken }
        return chooseWhoPage(people, about, 'Choose who to be')
      }
      const token = await startSession(parts.db, person.id, context.today, deviceOf(context))
      await enter(parts, context, token)
      return {
        redirect:
          pathOfThisSite(context.form['next']) ??
          parts.homeOf({ door: person.door as SignedIn['door'], role: person.role as Role }),
      }
    },
  },
]
