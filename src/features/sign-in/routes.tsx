import type { Database } from '../../db/connection.ts'
import type { Context, Role, Route, SignedIn } from '../../platform/routes.ts'
import { sessionCookie } from '../../platform/server.ts'
import { endSession, startSession } from '../../platform/sessions.ts'
import { pathOfThisSite } from '../../platform/what-was-sent.ts'
import { chooseWhoPage } from './page.tsx'
import { findPeople } from './queries.ts'

/** The first page of a person, which the portals know. */
export type HomeOf = (person: Pick<SignedIn, 'door' | 'role'>) => string

const cookieOptions = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure }) as const

/** The training site's sign-in: anybody may be anybody, because nobody there is real. */
export function chooseWhoToBe(db: Database, secureCookies: boolean, homeOf: HomeOf): readonly Route[] {
  return [
    {
      method: 'GET',
      url: '/sign-in',
      access: { who: 'anyone' },
      touches: 'nothing',
      handle: async (context) =>
        chooseWhoPage(
          await findPeople(db),
          { next: pathOfThisSite(context.query['next']), csrfToken: context.viewer?.csrfToken },
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
        const people = await findPeople(db)
        const person = people.find((one) => one.id === context.form['person'])
        if (!person) {
          const about = { next: pathOfThisSite(context.form['next']), csrfToken: context.viewer?.csrfToken }
          return chooseWhoPage(people, about, 'Choose who to be')
        }
        await endCurrent(db, secureCookies, context)
        const token = await startSession(db, person.id, context.today)
        context.reply.setCookie(sessionCookie(secureCookies), token, cookieOptions(secureCookies))
        return {
          redirect:
            pathOfThisSite(context.form['next']) ??
            homeOf({ door: person.door as SignedIn['door'], role: person.role as Role }),
        }
      },
    },
  ]
}

export const signOut = (db: Database, secureCookies: boolean): Route => ({
  method: 'POST',
  url: '/sign-out',
  access: { who: 'anyone' },
  touches: 'nothing',
  handle: async (context) => {
    await endCurrent(db, secureCookies, context)
    context.reply.clearCookie(sessionCookie(secureCookies), cookieOptions(secureCookies))
    return { redirect: '/', notice: 'You are signed out.' }
  },
})

/** A session left by signing in again or out can never be used after. */
async function endCurrent(db: Database, secureCookies: boolean, context: Context): Promise<void> {
  const token = context.request.cookies[sessionCookie(secureCookies)]
  if (token) await endSession(db, token, context.today)
}
