import type { Answer, Context, Route } from '../../platform/routes.ts'
import { type LinkState, linkState, proveByLink } from '../../platform/sign-in/proofs.ts'
import { GovukButton } from '../../ui/govuk/index.ts'
import { goOnFromProof, note, type SignInParts } from './parts.ts'
import { takeNext } from './where-to-next.ts'

/** A link opens a page with a button. Mail scanners open links and press no buttons, so the link is still good after them. */
export const useALink = (parts: SignInParts): readonly Route[] => [
  {
    method: 'GET',
    url: '/sign-in/link/:link',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => {
      const state = await linkState(parts.db, context.today, context.params['link']!)
      return state === 'good' ? buttonPage(context) : noGoodPage(state)
    },
  },
  {
    method: 'POST',
    url: '/sign-in/link/:link',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => {
      const browser = context.visit.renew()
      const outcome = await proveByLink(parts.db, context.today, context.params['link']!, browser)
      await note(parts, context, 'link', outcome)
      return outcome === 'proved'
        ? goOnFromProof(parts, context, browser, takeNext(parts, context))
        : noGoodPage(outcome === 'good' ? 'used' : outcome)
    },
  },
]

const buttonPage = (context: Context): Answer => ({
  page: {
    title: 'Sign in',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-xl">Sign in</h1>
          <p class="govuk-body">Press the button if you asked for this link. It works once.</p>
          <form method="post" novalidate>
            <input type="hidden" name="_csrf" value={context.csrfToken} />
            <GovukButton text="Sign in" preventDoubleClick />
          </form>
          <p class="govuk-body">
            If you did not ask for it, close this page. Nobody can sign in as you without pressing it.
          </p>
        </div>
      </div>
    ),
  },
})

const NO_GOOD: Readonly<
  Record<Exclude<LinkState, 'good'>, { readonly title: string; readonly what: string }>
> = {
  used: {
    title: 'This link has been used',
    what: 'Each link works once. If it was not you who used it, ask for a new link, sign in, and look at “Where you are signed in”.',
  },
  old: {
    title: 'This link is too old',
    what: 'A link works for 10 minutes. Nothing is wrong: ask for a new one.',
  },
  unknown: {
    title: 'This link does not work',
    what: 'Part of it may be missing. Copy the whole link from the message, or ask for a new one.',
  },
}

const noGoodPage = (state: Exclude<LinkState, 'good'>): Answer => ({
  page: {
    title: NO_GOOD[state].title,
    status: state === 'unknown' ? 404 : 410,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-xl">{NO_GOOD[state].title}</h1>
          <p class="govuk-body">{NO_GOOD[state].what}</p>
          <GovukButton text="Ask for a new link" href="/sign-in" />
        </div>
      </div>
    ),
  },
})
