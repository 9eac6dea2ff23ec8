import type { Answer, Context, Route } from '../../platform/routes.ts'
import { sessionCookie } from '../../platform/server.ts'
import { GovukButton } from '../../ui/govuk/index.ts'
import { forgetHolder } from '../family/ask-for-an-assessment/index.ts'
import { cookieOptions, endCurrent, note, originOf, type SignInParts } from './parts.ts'

const SIGNED_OUT = '/signed-out'

/** Ends this session and, for somebody who came by the council's provider, goes on to sign out there. */
export async function leave(parts: SignInParts, context: Context): Promise<Answer> {
  await note(parts, context, 'session', 'ended', context.sessionToken)
  const hint = await endCurrent(parts, context)
  context.reply.clearCookie(sessionCookie(parts.secureCookies), cookieOptions(parts.secureCookies))
  context.visit.forget()
  // The next person at this computer is not offered what was written on it.
  forgetHolder(context, parts.secureCookies)
  // What a family kept on this phone goes with them, whether or not the page's own script could see to it.
  context.reply.header('clear-site-data', '"storage"')
  if (!hint || !parts.openId) return { redirect: SIGNED_OUT }
  // The session here is over whatever the provider does.
  const elsewhere = await parts.openId
    .signOutUrl(hint, originOf(parts, context) + SIGNED_OUT)
    .catch(() => undefined)
  return { redirect: elsewhere?.href ?? SIGNED_OUT }
}

export const signOut = (parts: SignInParts): readonly Route[] => [
  {
    method: 'POST',
    url: '/sign-out',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: (context) => leave(parts, context),
  },
  {
    method: 'GET',
    url: SIGNED_OUT,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) =>
      context.viewer
        ? { redirect: '/' }
        : {
            page: {
              title: 'You are signed out',
              main: (
                <div class="govuk-grid-row">
                  <div class="govuk-grid-column-two-thirds">
                    <h1 class="govuk-heading-xl">You are signed out</h1>
                    <p class="govuk-body">
                      On a computer that others use, close the browser too, so that nobody can look back at
                      pages you opened.
                    </p>
                    <GovukButton text="Sign in again" href="/sign-in" />
                  </div>
                </div>
              ),
            },
          },
  },
]
