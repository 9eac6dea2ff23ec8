import { z } from 'zod'
import { parseForm, text } from '../../platform/forms.ts'
import type { Answer, Context, FieldError, Route } from '../../platform/routes.ts'
import { newSession } from '../../platform/sessions.ts'
import { type Capacity, provedAccounts, registerFamily } from '../../platform/sign-in/proofs.ts'
import { pathOfThisSite } from '../../platform/what-was-sent.ts'
import { FormErrors, freshForm, TextField } from '../../ui/fields/index.ts'
import { GovukButton, GovukRadios } from '../../ui/govuk/index.ts'
import { beginAs, deviceOf, enter, type SignInParts } from './parts.ts'

const WHO = '/sign-in/who'
const REGISTER = '/sign-in/register'

/** Between a proof and a session: as whom, of several; or, for somebody new, who they are. */
export const sayWhoYouAre = (parts: SignInParts): readonly Route[] => [
  {
    method: 'GET',
    url: WHO,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => {
      const proved = await provedAccounts(parts.db, context.today, context.visit.secret())
      if (!proved || proved.accounts.length === 0) return { redirect: '/sign-in' }
      return whoPage(context, proved.accounts, [])
    },
  },
  {
    method: 'POST',
    url: WHO,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => {
      const browser = context.visit.secret()
      const proved = await provedAccounts(parts.db, context.today, browser)
      if (!proved) return { redirect: '/sign-in' }
      const chosen = proved.accounts.find((one) => one.id === context.form['person'])
      if (!chosen)
        return whoPage(context, proved.accounts, [
          { field: 'person', text: 'Choose who you are here as today' },
        ])
      return beginAs(parts, context, browser, chosen, pathOfThisSite(context.form['next']))
    },
  },
  {
    method: 'GET',
    url: REGISTER,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) =>
      (await isNew(parts, context)) ? registerPage(context, []) : { redirect: '/sign-in' },
  },
  {
    method: 'POST',
    url: REGISTER,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => register(parts, context),
  },
]

/** Has this browser proved an address that nobody has? */
async function isNew(parts: SignInParts, context: Context): Promise<boolean> {
  const proved = await provedAccounts(parts.db, context.today, context.visit.secret())
  return proved !== undefined && proved.accounts.length === 0 && proved.email !== null
}

const schema = z.object({ name: text('Enter your name', { max: 120 }) })

async function register(parts: SignInParts, context: Context): Promise<Answer> {
  if (!(await isNew(parts, context))) return { redirect: '/sign-in' }
  const parsed = parseForm(schema, context.form)
  if (!parsed.ok) return registerPage(context, parsed.errors)
  const session = newSession()
  const isDone = await registerFamily(parts.db, context.today, {
    browser: context.visit.secret(),
    name: parsed.value.name,
    session,
    device: deviceOf(context),
  })
  if (!isDone) return cannotRegister
  await enter(parts, context, session.token)
  return {
    redirect: pathOfThisSite(context.form['next']) ?? parts.homeOf({ door: 'family', role: 'parent' }),
  }
}

const cannotRegister: Answer = {
  page: {
    title: 'We cannot make an account for you here',
    status: 422,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-xl">We cannot make an account for you here</h1>
          <p class="govuk-body">Please contact the council. It can look at what went wrong and help you.</p>
          <p class="govuk-body">
            <a class="govuk-link" href="/contact">
              Contact us
            </a>
          </p>
        </div>
      </div>
    ),
  },
}

const KIND: Readonly<Record<string, string>> = {
  family: 'as a parent, carer or young person',
  setting: 'for a school, college or nursery',
  professional: 'as a professional',
  staff: 'as council staff',
  board: 'as a board member or councillor',
}

/** What a capacity is, in words that tell it from the person's others. */
export const capacityInWords = (capacity: Capacity): string =>
  [
    capacity.jobTitle || KIND[capacity.door],
    capacity.place && !capacity.jobTitle.includes(capacity.place) ? capacity.place : undefined,
  ]
    .filter(Boolean)
    .join(', ')

function whoPage(context: Context, accounts: readonly Capacity[], errors: readonly FieldError[]): Answer {
  const form = { ...freshForm(), errors }
  const next = pathOfThisSite(context.form['next'] ?? context.query['next'])
  const isOnePerson = new Set(accounts.map(({ name }) => name)).size === 1
  return {
    page: {
      title: 'Who are you here as today?',
      status: errors.length > 0 ? 422 : 200,
      hasErrors: errors.length > 0,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <FormErrors form={form} />
            <form method="post" action={WHO} novalidate>
              <input type="hidden" name="_csrf" value={context.csrfToken} />
              {next && <input type="hidden" name="next" value={next} />}
              <GovukRadios
                name="person"
                fieldset={{
                  legend: {
                    text: 'Who are you here as today?',
                    isPageHeading: true,
                    classes: 'govuk-fieldset__legend--xl',
                  },
                }}
                hint={{
                  text: isOnePerson
                    ? 'What you see as one, you do not see as the other. You can change at any time.'
                    : 'Choose your own name: what is done is recorded under it.',
                }}
                {...(errors[0] ? { errorMessage: { text: errors[0].text } } : {})}
                items={accounts.map((account) => ({
                  value: account.id,
                  text: isOnePerson
                    ? capacityInWords(account)
                    : `${account.name} – ${capacityInWords(account)}`,
                  hint: { text: `You come in ${KIND[account.door] ?? ''}`.trim() },
                }))}
              />
              <GovukButton text="Continue" preventDoubleClick />
            </form>
          </div>
        </div>
      ),
    },
  }
}

function registerPage(context: Context, errors: readonly FieldError[]): Answer {
  const form = { ...freshForm({ name: context.form['name'] ?? '' }), errors }
  const next = pathOfThisSite(context.form['next'] ?? context.query['next'])
  return {
    page: {
      title: 'What is your name?',
      status: errors.length > 0 ? 422 : 200,
      hasErrors: errors.length > 0,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <FormErrors form={form} />
            <h1 class="govuk-heading-xl">What is your name?</h1>
            <p class="govuk-body">
              Your email address is checked. Nobody has an account with it yet, so we will make you one.
            </p>
            <p class="govuk-body">
              You will not see any child at first. The council links your account to your child when it knows
              who you are.
            </p>
            <form method="post" action={REGISTER} novalidate>
              <input type="hidden" name="_csrf" value={context.csrfToken} />
              {next && <input type="hidden" name="next" value={next} />}
              <TextField form={form} name="name" label="Your full name" autocomplete="name" />
              <GovukButton text="Make my account" preventDoubleClick />
            </form>
          </div>
        </div>
      ),
    },
  }
}
