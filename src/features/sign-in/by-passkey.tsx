import { type Answer, type Context, type Route, viewerOf } from '../../platform/routes.ts'
import {
  addPasskey,
  beginNewPasskey,
  beginPasskeySignIn,
  myPasskeys,
  type PasskeySite,
  proveByPasskey,
  removeMyPasskey,
} from '../../platform/sign-in/passkeys.ts'
import { pathOfThisSite } from '../../platform/what-was-sent.ts'
import { deviceOf, goOnFromProof, note, originOf, type SignInParts, tooManyTries } from './parts.ts'

/** The doors at which somebody may keep a passkey: the others come by the council's provider. */
export const PASSKEY_DOORS: readonly string[] = ['family', 'setting', 'professional']

const siteOf = (parts: SignInParts, context: Context): PasskeySite => ({
  name: parts.authority.name,
  origin: originOf(parts, context),
})
const fresh = { who: 'signed-in', freshWithinMinutes: 10 } as const

/** Signing in by a passkey; adding and removing one. */
export const byPasskey = (parts: SignInParts): readonly Route[] => [
  {
    method: 'POST',
    url: '/sign-in/passkey/begin',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => {
      const begun = await beginPasskeySignIn(parts.db, context.today, {
        site: siteOf(parts, context),
        browser: context.visit.secret(),
        ip: context.request.ip,
      })
      return 'wait' in begun ? problem(tooManyTries(context, begun.wait), 429) : { data: begun.options }
    },
  },
  {
    method: 'POST',
    url: '/sign-in/passkey',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => {
      const browser = context.visit.secret()
      const newBrowser = context.visit.renew()
      const isProved = await proveByPasskey(parts.db, context.today, {
        site: siteOf(parts, context),
        browser,
        newBrowser,
        json: context.form['credential'] ?? '',
      })
      await note(parts, context, 'passkey', isProved ? 'proved' : 'not accepted')
      if (!isProved) return problem('That passkey could not be used here. Use a link instead.', 422)
      return goOnFromProof(parts, context, newBrowser, pathOfThisSite(context.form['next']))
    },
  },
  {
    method: 'POST',
    url: '/account/passkeys/begin',
    access: fresh,
    touches: 'nothing',
    handle: async (context) => {
      const viewer = viewerOf(context)
      if (!PASSKEY_DOORS.includes(viewer.door) || !context.sessionToken) return { missing: true }
      const known = await myPasskeys(parts.db, context.today, context.sessionToken)
      const begun = await beginNewPasskey(
        parts.db,
        context.today,
        {
          site: siteOf(parts, context),
          browser: context.visit.secret(),
          ip: context.request.ip,
          person: viewer,
        },
        known.map((one) => one.id),
      )
      return 'wait' in begun ? problem(tooManyTries(context, begun.wait), 429) : { data: begun.options }
    },
  },
  {
    method: 'POST',
    url: '/account/passkeys',
    access: fresh,
    touches: 'nothing',
    handle: async (context) => {
      if (!context.sessionToken) return { missing: true }
      const isDone = await addPasskey(parts.db, context.today, {
        site: siteOf(parts, context),
        browser: context.visit.secret(),
        token: context.sessionToken,
        json: context.form['credential'] ?? '',
        name: deviceOf(context),
      })
      await note(parts, context, 'passkey added', isDone ? 'done' : 'not accepted', context.sessionToken)
      return isDone
        ? { redirect: '/account', notice: 'Your passkey is added.' }
        : problem('The passkey could not be added. Go back and try again.', 422)
    },
  },
  {
    method: 'POST',
    url: '/account/passkeys/remove',
    access: fresh,
    touches: 'nothing',
    handle: async (context) => {
      await note(parts, context, 'passkey removed', 'done', context.sessionToken)
      if (context.sessionToken)
        await removeMyPasskey(parts.db, context.today, context.sessionToken, context.form['passkey'] ?? '')
      return { redirect: '/account', notice: 'That passkey no longer signs you in.' }
    },
  },
]

const problem = (what: string, status: number): Answer => ({
  page: {
    title: 'The passkey did not work',
    status,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-xl">The passkey did not work</h1>
          <p class="govuk-body">{what}</p>
          <p class="govuk-body">
            <a class="govuk-link" href="/sign-in">
              Sign in another way
            </a>
          </p>
        </div>
      </div>
    ),
  },
})
