import type { Answer, Context, Route } from '../../platform/routes.ts'
import type { OpenIdProvider } from '../../platform/sign-in/openid.ts'
import {
  beginOpenId,
  type OpenIdOutcome,
  proveByOpenId,
  takeOpenId,
} from '../../platform/sign-in/openid-proofs.ts'
import { pathOfThisSite } from '../../platform/what-was-sent.ts'
import { goOnFromProof, note, originOf, type SignInParts, tooManyTries } from './parts.ts'

const BACK = '/sign-in/work-account/back'
const START = '/sign-in/work-account'

/** Staff and board: to the council's own provider, and back. */
export const byWorkAccount = (parts: SignInParts, provider: OpenIdProvider): readonly Route[] => [
  {
    method: 'GET',
    url: START,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => {
      const begun = await provider
        .begin(originOf(parts, context) + BACK, context.query['again'] === 'yes')
        .catch((error: unknown) => {
          parts.onFailure?.(
            `${context.request.id} the provider of the staff could not be reached: ${(error as Error)?.name}`,
          )
          return undefined
        })
      if (!begun) return problem(NOT_REACHED)
      const wait = await beginOpenId(parts.db, context.today, {
        ...begun,
        browser: context.visit.renew(),
        goTo: pathOfThisSite(context.query['next']),
        ip: context.request.ip,
      })
      if (wait > 0)
        return problem({ title: 'Too many tries', what: tooManyTries(context, wait), status: 429 })
      return { redirect: begun.url.href }
    },
  },
  {
    method: 'GET',
    url: BACK,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => comeBack(parts, provider, context),
  },
]

async function comeBack(parts: SignInParts, provider: OpenIdProvider, context: Context): Promise<Answer> {
  const state = context.query['state']
  const browser = context.visit.secret()
  const kept = state ? await takeOpenId(parts.db, context.today, state, browser) : undefined
  if (!state || !kept) {
    await note(parts, context, 'work account', 'not-begun')
    return problem(WHY_NOT['not-begun'])
  }
  const identity = await provider
    .finish(new URL(context.request.url, originOf(parts, context)), { ...kept, state })
    .catch((error: unknown) => {
      // What went wrong, and not what was sent: that holds a code and may hold a name.
      parts.onFailure?.(
        `${context.request.id} a sign-in by the provider of the staff was refused: ${(error as { code?: string }).code ?? (error as Error)?.name}`,
      )
      return undefined
    })
  if (!identity) {
    await note(parts, context, 'work account', 'not accepted')
    return problem(NOT_ACCEPTED)
  }
  const newBrowser = context.visit.renew()
  const outcome = await proveByOpenId(parts.db, context.today, { state, browser, newBrowser, identity })
  await note(parts, context, 'work account', outcome)
  if (outcome !== 'proved') return problem(WHY_NOT[outcome])
  return goOnFromProof(parts, context, newBrowser, pathOfThisSite(kept.goTo))
}

interface Problem {
  readonly title: string
  readonly what: string
  readonly status?: number
}
const NOT_REACHED: Problem = {
  title: 'Your work sign-in cannot be reached',
  what: 'The council’s sign-in did not answer. Try again in a few minutes. If it goes on, tell your IT service desk.',
  status: 503,
}
const NOT_ACCEPTED: Problem = {
  title: 'You were not signed in',
  what: 'The council’s sign-in did not let you in, or its answer could not be checked. Try again.',
}
const WHY_NOT: Readonly<Record<Exclude<OpenIdOutcome, 'proved'>, Problem>> = {
  'not-begun': {
    title: 'This sign-in was not begun here',
    what: 'It was begun in another browser, more than 10 minutes ago, or has been used. Begin again.',
  },
  'no-role': {
    title: 'Your work account has no role here',
    what: 'You are known to the council, and nothing gives you a role in this service. If your work needs it, ask your manager.',
  },
  left: {
    title: 'Your account here has ended',
    what: 'The day it was to end has passed. If you still need it, ask your manager.',
  },
  'no-email': {
    title: 'Your work account has no email address',
    what: 'An account cannot be made without one. Tell your IT service desk.',
  },
  'email-taken': {
    title: 'Another account has your email address',
    what: 'It is tied to another work account, or its address has not been checked. An administrator must look at it first.',
  },
  'other-door': {
    title: 'Your role has changed kind',
    what: 'Your work account now gives a role at another door than your account here has. An administrator must look at it first.',
  },
}

const problem = ({ title, what, status = 403 }: Problem): Answer => ({
  page: {
    title,
    status,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-xl">{title}</h1>
          <p class="govuk-body">{what}</p>
          <p class="govuk-body">
            <a class="govuk-link" href="/sign-in">
              Sign in
            </a>
          </p>
        </div>
      </div>
    ),
  },
})
