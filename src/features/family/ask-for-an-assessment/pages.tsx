import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { date, longDate, shortDate } from '../../../law/index.ts'
import type { Answer, Context, FieldError } from '../../../platform/routes.ts'
import type { TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText, GovukPanel, GovukRadios } from '../../../ui/govuk/index.ts'
import { CheckAnswers, FormPage, HiddenFields, SummaryRows } from '../../../ui/parts/index.ts'
import { Lines, rowsOf, summaryRows } from './check.tsx'
import type { Answers, Draft, HeldDraft, Receipt } from './drafts.ts'
import { decisionAfter } from './due.ts'
import { type Page, pagesAsked } from './form.ts'
import { QUESTIONS } from './questions.tsx'

export const START = '/ask-for-an-assessment'
/** For somebody signed in: their own children are there to choose, and sending may open the case. */
export const FAMILY_START = '/family/ask-for-an-assessment'
export const addressOf = (id: string, page: string): string => `${START}/${id}/${page}`

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
})
/** "9:41pm" on the London clock. */
const clockTime = (at: Date): string => LONDON.format(at).replace(' ', '').toLowerCase()

export function startPage(context: Context, held: readonly HeldDraft[]): Answer {
  const mayAsk = !context.viewer || context.viewer.door === 'family'
  return {
    page: {
      title: 'Ask for an EHC needs assessment',
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-xl">Ask for an EHC needs assessment</h1>
            <p class="govuk-body-l">
              The council finds out what help a child or young person needs to learn. It may lead to a plan
              the law protects.
            </p>
            <p class="govuk-body">
              You can ask if you are a parent, or a young person under 25. Anybody else who knows a child may
              tell us about them here too.
            </p>
            <ul class="govuk-list govuk-list--bullet">
              <li>You do not need an account, a form or the school to agree.</li>
              <li>It takes about 10 minutes. Each page is kept as you go, for 28 days.</li>
              <li>The day you send it is the day we have it. We must decide within 6 weeks of that day.</li>
            </ul>
            {context.viewer && mayAsk ? (
              <GovukButton text="Start" href={FAMILY_START} />
            ) : mayAsk ? (
              <form method="post" action={START}>
                <HiddenFields csrfToken={context.csrfToken} idempotencyKey={randomUUID()} />
                <GovukButton text="Start" preventDoubleClick />
              </form>
            ) : (
              <GovukInsetText>
                You are signed in for your work. Sign out to ask for a child of your own.
                {context.viewer?.door === 'staff' && (
                  <>
                    {' '}
                    To write down what somebody asks by phone or letter,{' '}
                    <a class="govuk-link" href="/staff/requests/new">
                      record a request
                    </a>
                    .
                  </>
                )}
              </GovukInsetText>
            )}
            {held.length > 0 && (
              <>
                <h2 class="govuk-heading-m">Carry on with one you started</h2>
                <ul class="govuk-list">
                  {held.map((draft) => (
                    <li key={draft.id}>
                      <a class="govuk-link" href={`${START}/${draft.id}`}>
                        {draft.given_name ? `For ${draft.given_name}` : 'A request with no name yet'}
                      </a>
                      , saved {dayOf(new Date(draft.saved_at))}
                    </li>
                  ))}
                </ul>
              </>
            )}
            <h2 class="govuk-heading-m">If you would rather talk</h2>
            <p class="govuk-body">
              Phone or write to us, or ask somebody to help you. A phone call or a letter is a request too.
              The local information, advice and support service is free and is not part of the council.
            </p>
          </div>
        </div>
      ),
    },
  }
}

const DAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', day: 'numeric', month: 'long' })
const dayOf = (at: Date): string => `${DAY.format(at)} at ${clockTime(at)}`

/** One question, with where it stands among the others. */
export function questionPage(props: {
  readonly context: Context
  readonly draft: Draft
  readonly page: Page
  readonly form: TypedForm
  /** What is kept of this page now: a tab that began from something else is told. */
  readonly was: string
  /** Saved from another tab since this page was opened: both are shown. */
  readonly otherTab?: Answers | undefined
  readonly backToCheck: boolean
}): Answer {
  const { context, draft, page, form } = props
  const question = QUESTIONS[page.slug]!
  const { answers } = draft
  const asked = pagesAsked(answers)
  const at = asked.findIndex((one) => one.slug === page.slug)
  const before = asked[at - 1]
  const title = question.title(answers)
  return {
    page: {
      title,
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      backLink: {
        href: props.backToCheck
          ? addressOf(draft.id, 'check')
          : before
            ? addressOf(draft.id, before.slug)
            : START,
        text: 'Back',
      },
      main: (
        <FormPage
          title={title}
          titleIsQuestion={question.isHeading}
          caption={`Ask for an assessment: page ${at + 1} of ${asked.length}`}
          errors={form.errors}
          errorTargets={Object.fromEntries((page.dates ?? []).map((name) => [name, `${name}-day`]))}
          action={addressOf(draft.id, page.slug)}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ was: props.was, ...(props.backToCheck ? { back: 'check' } : {}) }}
          button="Save and go on"
          cancel={{ text: 'Stop here and carry on later', href: addressOf(draft.id, 'later') }}
          before={props.otherTab && <SavedElsewhere page={page} saved={props.otherTab} />}
        >
          {question.body({ form, answers })}
        </FormPage>
      ),
    },
  }
}

function SavedElsewhere({ page, saved }: { readonly page: Page; readonly saved: Answers }): JSX.Element {
  const rows = rowsOf(saved).filter((row) => row.page === page.slug)
  return (
    <GovukInsetText>
      <p class="govuk-body">
        This page was also saved in another tab or on another device. What was saved there:
      </p>
      {rows.map((row) => (
        <p class="govuk-body" key={row.key}>
          <strong>{row.key}:</strong> <Lines words={row.value} />
        </p>
      ))}
      <p class="govuk-body">
        What you typed here is below. Change it if you need to, then save: it takes its place.
      </p>
    </GovukInsetText>
  )
}

/** The whole request before it goes. */
export function checkPage(context: Context, draft: Draft, errors: readonly FieldError[]): Answer {
  const due = decisionAfter(context.today, context.today)
  return {
    page: {
      title: 'Check your answers',
      backLink: { href: addressOf(draft.id, pagesAsked(draft.answers).at(-1)!.slug), text: 'Back' },
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: (
        <CheckAnswers
          title="Check your answers"
          errors={errors}
          action={context.viewer ? `${FAMILY_START}/${draft.id}` : addressOf(draft.id, 'check')}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          button="Send the request"
          cancel={{ text: 'Stop here and send it later', href: addressOf(draft.id, 'later') }}
          sections={[
            {
              rows: summaryRows(draft.answers, (page) => `${addressOf(draft.id, page)}?back=check`),
            },
          ]}
          whatHappensNext={
            <>
              <p class="govuk-body">
                If you send it today, the council has it today, {longDate(date(context.today))}. It must tell
                you what it decides by <strong>{longDate(due.dueOn!)}</strong>.
              </p>
              <p class="govuk-body">
                We check who you are to the child before we show you anything about them. The people who help
                with the assessment will see what you wrote.
              </p>
            </>
          }
        />
      ),
    },
  }
}

/** How to come back to it. */
export function laterPage(context: Context, draft: Draft): Answer {
  return {
    page: {
      title: 'Your answers are kept',
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-l">Your answers are kept</h1>
            <p class="govuk-body">
              <strong>You have not sent the request yet.</strong> The council has it only when you send it.
            </p>
            {draft.isClaimed ? (
              <p class="govuk-body">
                They are in your account. Sign in on any phone or computer and come back to “Ask for an
                assessment”. We keep them for 28 days from the last change.
              </p>
            ) : (
              <>
                <p class="govuk-body">
                  They are kept for this phone or computer for 28 days from the last change. Come back to “Ask
                  for an assessment” here to carry on.
                </p>
                {context.viewer ? (
                  <form method="post" action={addressOf(draft.id, 'keep')}>
                    <HiddenFields csrfToken={context.csrfToken} idempotencyKey={randomUUID()} />
                    <GovukButton text="Keep it in my account" preventDoubleClick />
                  </form>
                ) : (
                  <>
                    <h2 class="govuk-heading-m">To carry on somewhere else</h2>
                    <p class="govuk-body">
                      Sign in on this phone or computer. We email you a link, and then your answers are in
                      your account.
                    </p>
                    <GovukButton
                      text="Email me a link"
                      href={`/sign-in?next=${encodeURIComponent(addressOf(draft.id, 'later'))}`}
                    />
                    <h2 class="govuk-heading-m">If other people use this computer</h2>
                    <form method="post" action={addressOf(draft.id, 'forget')}>
                      <HiddenFields csrfToken={context.csrfToken} idempotencyKey={randomUUID()} />
                      <p class="govuk-body">
                        You can make this computer forget your answers. If you have not signed in, they cannot
                        be found again.
                      </p>
                      <GovukButton text="Forget my answers here" classes="govuk-button--secondary" />
                    </form>
                  </>
                )}
              </>
            )}
            <p class="govuk-body">
              <a class="govuk-link" href={`${START}/${draft.id}`}>
                Carry on now
              </a>
            </p>
          </div>
        </div>
      ),
    },
  }
}

/** The receipt: the reference, the day we had it, the date that follows, and a copy of every word. */
export function sentPage(context: Context, draft: Draft, receipt: Receipt): Answer {
  const due = decisionAfter(receipt.received_on, context.today)
  return {
    page: {
      title: 'We have your request',
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <GovukPanel titleText="We have your request">
              Your reference
              <br />
              <strong>{receipt.reference}</strong>
            </GovukPanel>
            <p class="govuk-body">
              It reached us on {longDate(date(receipt.received_on))} at{' '}
              {clockTime(new Date(receipt.received_at))}.
            </p>
            <h2 class="govuk-heading-m">What happens next</h2>
            <NextFor receipt={receipt} due={due.dueOn!} />
            {!context.viewer && (
              <>
                <p class="govuk-body">
                  To see each step, and to send us more, make an account. We email you a link; there is no
                  password.
                </p>
                <GovukButton
                  text="Make an account or sign in"
                  href={`/sign-in?next=${encodeURIComponent(addressOf(draft.id, 'later'))}`}
                />
              </>
            )}
            <h2 class="govuk-heading-m">Your copy</h2>
            <p class="govuk-body">
              Print this page or keep a picture of it.
              {context.viewer ? '' : ' Without an account we show it here for 2 hours.'}
            </p>
            <SummaryRows rows={summaryRows(draft.answers)} />
            {!draft.isClaimed && (
              <form method="post" action={addressOf(draft.id, context.viewer ? 'keep' : 'forget')}>
                <HiddenFields csrfToken={context.csrfToken} idempotencyKey={randomUUID()} />
                <GovukButton
                  text={context.viewer ? 'Keep it in my account' : 'Finish, and forget it on this computer'}
                  classes="govuk-button--secondary"
                />
              </form>
            )}
          </div>
        </div>
      ),
    },
  }
}

function NextFor({
  receipt,
  due,
}: {
  readonly receipt: Receipt
  readonly due: ReturnType<typeof date>
}): JSX.Element {
  switch (receipt.state) {
    case 'waiting':
    case 'accepted':
      return (
        <>
          <p class="govuk-body">
            We must decide whether to assess, and tell you, by <strong>{longDate(due)}</strong>. That is 6
            weeks from the day it reached us.
          </p>
          <p class="govuk-body">
            {receipt.state === 'accepted'
              ? 'The case is open. You can follow it in your account.'
              : 'We may phone or write to check who you are. Checking does not move the date.'}
          </p>
        </>
      )
    case 'duplicate':
      return (
        <p class="govuk-body">
          We had this request already, so it was put with the first one. The first one’s date counts.{' '}
          <span dir="auto">{receipt.decided_why}</span>
        </p>
      )
    case 'not-for-us':
      return (
        <p class="govuk-body">
          We answered on {shortDate(date(receipt.received_on))} or after that this council cannot take it:{' '}
          <span dir="auto">{receipt.decided_why}</span>
        </p>
      )
  }
}

/** The first question of somebody signed in: one of their own, or another child. */
export function aboutPage(
  context: Context,
  children: readonly { readonly id: string; readonly name: string }[],
  errors: readonly FieldError[],
): Answer {
  const title = 'Who is this about?'
  const error = errors.find((one) => one.field === 'child')
  return {
    page: {
      title,
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      backLink: { href: START, text: 'Back' },
      main: (
        <FormPage
          title={title}
          titleIsQuestion
          caption="Ask for an assessment"
          errors={errors}
          action={FAMILY_START}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          button="Go on"
        >
          <GovukRadios
            name="child"
            fieldset={{ legend: { text: title, isPageHeading: true, classes: 'govuk-fieldset__legend--l' } }}
            value={context.form['child'] ?? ''}
            items={[
              ...children.map((child) => ({ value: child.id, text: child.name })),
              { value: 'another', text: children.length > 0 ? 'Somebody else' : 'A child, or me' },
            ]}
            {...(error ? { errorMessage: { text: error.text } } : {})}
          />
        </FormPage>
      ),
    },
  }
}
