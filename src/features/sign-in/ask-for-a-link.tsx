import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { JSX } from 'preact'
import type { Answer, Context, FieldError, Route } from '../../platform/routes.ts'
import { newSecret } from '../../platform/sessions.ts'
import { readAddress } from '../../platform/sign-in/address.ts'
import { askToSignIn, proveByCode } from '../../platform/sign-in/proofs.ts'
import { pathOfThisSite } from '../../platform/what-was-sent.ts'
import { FormErrors, freshForm, TextField } from '../../ui/fields/index.ts'
import { GovukButton, GovukDetails, GovukInput, GovukInsetText } from '../../ui/govuk/index.ts'
import { goOnFromProof, note, originOf, type SignInParts, tooManyTries } from './parts.ts'
import { PasskeySignIn } from './passkey-parts.tsx'
import { keepNext } from './where-to-next.ts'

/** Every answer to an ask takes at least this long, so that its time says nothing of who has an account. */
const ANSWER_AFTER_MS = 300
const ASKED = '/sign-in/link'
const CHECK = '/sign-in/check'

/** Asking for a link and a code by email or text; and using the code where one asked. */
export const askForALink = (parts: SignInParts): readonly Route[] => [
  {
    method: 'GET',
    url: parts.authority.mode === 'live' ? '/sign-in' : ASKED,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => askPage(parts, context, []),
  },
  {
    method: 'POST',
    url: ASKED,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => {
      const [answer] = await Promise.all([ask(parts, context), wait(ANSWER_AFTER_MS)])
      return answer
    },
  },
  {
    method: 'GET',
    url: CHECK,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => checkPage(context, []),
  },
  {
    method: 'POST',
    url: '/sign-in/code',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => tryCode(parts, context),
  },
]

async function ask(parts: SignInParts, context: Context): Promise<Answer> {
  const next = pathOfThisSite(context.form['next'])
  const address = readAddress(context.form['address'] ?? '')
  if (!address)
    return askPage(parts, context, [
      {
        field: 'address',
        text: 'Enter an email address, like name@example.com, or a UK mobile number, like 07700 900982',
      },
    ])
  const [link, code] = [newSecret(), String(randomInt(0, 1_000_000)).padStart(6, '0')]
  // A secret of its own for each ask: the code of one fits no other.
  const old = context.visit.secret()
  const browser = context.visit.renew()
  const asked = await askToSignIn(parts.db, context.today, {
    ...address,
    link,
    code,
    browser,
    ip: context.request.ip,
  })
  await note(parts, context, 'ask for a link', asked.wait > 0 ? 'too many' : 'taken')
  if (asked.wait > 0) {
    context.visit.keep(old)
    return askPage(parts, context, [{ field: 'address', text: tooManyTries(context, asked.wait) }], 429)
  }
  // A number nobody has is sent nothing: a text costs money, and accounts begin with an email address.
  if (asked.isKnown || address.channel === 'email')
    // Not waited for: how long sending takes says nothing here. The outbox tells the council of what cannot be sent.
    parts
      .sendSignInMessage({
        channel: address.channel,
        to: address.address,
        link: `${originOf(parts, context)}/sign-in/link/${link}`,
        code,
        isNew: !asked.isKnown,
      })
      .catch((error: unknown) =>
        parts.onFailure?.(
          `${context.request.id} a sign-in message could not be sent: ${(error as Error)?.name}`,
        ),
      )
  keepNext(parts, context, next)
  return { redirect: next ? `${CHECK}?next=${encodeURIComponent(next)}` : CHECK }
}

async function tryCode(parts: SignInParts, context: Context): Promise<Answer> {
  const code = (context.form['code'] ?? '').replaceAll(/[\s-]/g, '')
  if (!/^\d{6}$/.test(code))
    return checkPage(context, [{ field: 'code', text: 'Enter the 6 numbers of the code' }])
  const old = context.visit.secret()
  const browser = context.visit.renew()
  const outcome = await proveByCode(parts.db, context.today, {
    browser: old,
    code,
    newBrowser: browser,
    ip: context.request.ip,
  })
  await note(parts, context, 'code', outcome)
  if (outcome === 'proved')
    return goOnFromProof(parts, context, browser, pathOfThisSite(context.form['next']))
  context.visit.keep(old)
  return checkPage(context, [{ field: 'code', text: WHY_NOT[outcome] }], outcome === 'too-many' ? 429 : 422)
}

const WHY_NOT = {
  wrong: 'That code is not right. Check the newest message we sent',
  old: 'That code no longer works, because it was sent more than 10 minutes ago. Ask for a new one',
  used: 'That code has been used. Ask for a new one',
  'too-many':
    'There were too many tries with a code. Use the link in the message, or ask for a new one later',
} as const

function askPage(
  parts: SignInParts,
  context: Context,
  errors: readonly FieldError[],
  status = errors.length > 0 ? 422 : 200,
): Answer {
  const form = { ...freshForm({ address: context.form['address'] ?? '' }), errors }
  const next = pathOfThisSite(context.form['next'] ?? context.query['next'])
  const isAgain = context.query['again'] === 'yes' || context.form['again'] === 'yes'
  const more = new URLSearchParams({ ...(next ? { next } : {}), ...(isAgain ? { again: 'yes' } : {}) })
  return {
    page: {
      title: 'Sign in',
      status,
      hasErrors: errors.length > 0,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <FormErrors form={form} />
            <h1 class="govuk-heading-xl">Sign in</h1>
            {isAgain && (
              <GovukInsetText text="For this page we need to be sure that it is still you. Sign in again, and you will come back to it." />
            )}
            <h2 class="govuk-heading-m">Families, schools and professionals</h2>
            <p class="govuk-body">You do not need a password. We send you a link and a code.</p>
            <form method="post" action={ASKED} novalidate>
              <input type="hidden" name="_csrf" value={context.csrfToken} />
              {next && <input type="hidden" name="next" value={next} />}
              {isAgain && <input type="hidden" name="again" value="yes" />}
              <TextField
                form={form}
                name="address"
                label="Your email address or mobile number"
                hint="Use the one you gave the council. If you are new here, use your email address."
                autocomplete="username webauthn"
              />
              <GovukButton text="Send me a link" preventDoubleClick />
            </form>
            <PasskeySignIn csrfToken={context.csrfToken} next={next} />
            {parts.openId && (
              <>
                <h2 class="govuk-heading-m">Council staff and board members</h2>
                <p class="govuk-body">
                  <a
                    class="govuk-link"
                    href={`/sign-in/work-account${more.size > 0 ? `?${more.toString()}` : ''}`}
                  >
                    Sign in with your work account
                  </a>
                </p>
              </>
            )}
          </div>
        </div>
      ),
    },
  }
}

function checkPage(
  context: Context,
  errors: readonly FieldError[],
  status = errors.length > 0 ? 422 : 200,
): Answer {
  const form = { ...freshForm({ code: context.form['code'] ?? '' }), errors }
  const next = pathOfThisSite(context.form['next'] ?? context.query['next'])
  const error = errors[0]
  const main: JSX.Element = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <FormErrors form={form} />
        <h1 class="govuk-heading-xl">Check your email or phone</h1>
        <p class="govuk-body-l">If what you typed was right, we have sent you a message.</p>
        <p class="govuk-body">
          Open the link in it, or type its code here. Both work once, for 10 minutes. It can take a minute or
          two to arrive.
        </p>
        <form method="post" action="/sign-in/code" novalidate>
          <input type="hidden" name="_csrf" value={context.csrfToken} />
          {next && <input type="hidden" name="next" value={next} />}
          <GovukInput
            name="code"
            label={{ text: 'The code in the message' }}
            hint={{ text: '6 numbers' }}
            classes="govuk-input--width-10 govuk-input--extra-letter-spacing"
            inputmode="numeric"
            autocomplete="one-time-code"
            value={form.value('code')}
            {...(error ? { errorMessage: { text: error.text } } : {})}
          />
          <GovukButton text="Continue" preventDoubleClick />
        </form>
        <GovukDetails summaryText="Nothing came">
          <ul class="govuk-list govuk-list--bullet">
            <li>Look in your junk or spam mail.</li>
            <li>Check that it is the address or number the council has for you.</li>
            <li>
              A mobile number works only when the council has it. Anybody can use an email address.{' '}
              <a class="govuk-link" href="/sign-in">
                Ask again
              </a>
            </li>
          </ul>
        </GovukDetails>
      </div>
    </div>
  )
  return { page: { title: 'Check your email or phone', main, status, hasErrors: errors.length > 0 } }
}
