import type { JSX } from 'preact'
import { date, longDate } from '../../law/index.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../platform/routes.ts'
import { newSession } from '../../platform/sessions.ts'
import { type MyPasskey, myPasskeys } from '../../platform/sign-in/passkeys.ts'
import {
  changeCapacity,
  endMySessions,
  type LiveSession,
  myCapacities,
  mySessions,
} from '../../platform/sign-in/proofs.ts'
import { GovukButton } from '../../ui/govuk/index.ts'
import { SummaryRows } from '../../ui/parts/index.ts'
import { PASSKEY_DOORS } from './by-passkey.tsx'
import { enter, homeOfPerson, type SignInParts } from './parts.ts'
import { NewPasskey } from './passkey-parts.tsx'
import { capacityInWords } from './say-who-you-are.tsx'
import { leave } from './sign-out.tsx'

const PATH = '/account'

/** A person's own page about being signed in: as whom, where, and by what. */
export const yourSignIn = (parts: SignInParts): readonly Route[] => [
  {
    method: 'GET',
    url: PATH,
    access: { who: 'signed-in' },
    touches: 'nothing',
    handle: async (context) => accountPage(parts, context),
  },
  {
    method: 'POST',
    url: `${PATH}/change-who`,
    access: { who: 'signed-in' },
    touches: 'nothing',
    handle: async (context) => {
      const token = context.sessionToken ?? ''
      const session = newSession()
      const chosen = (await myCapacities(parts.db, context.today, token)).find(
        (one) => one.id === context.form['person'],
      )
      const isDone =
        chosen !== undefined &&
        (await changeCapacity(parts.db, context.today, { token, accountId: chosen.id, session }))
      if (!isDone) return { redirect: PATH, notice: 'You cannot change to that from here.' }
      await enter(parts, context, session.token)
      return { redirect: homeOfPerson(parts, chosen) }
    },
  },
  {
    method: 'POST',
    url: `${PATH}/end-session`,
    access: { who: 'signed-in' },
    touches: 'nothing',
    handle: async (context) => {
      const which = context.form['session'] ?? ''
      const ended = /^[0-9a-f-]{36}$/.test(which)
        ? await endMySessions(parts.db, context.today, context.sessionToken ?? '', which)
        : 0
      return {
        redirect: PATH,
        notice: ended > 0 ? 'Signed out there.' : 'That one was already signed out.',
      }
    },
  },
  {
    method: 'POST',
    url: `${PATH}/sign-out-everywhere`,
    access: { who: 'signed-in' },
    touches: 'nothing',
    handle: async (context) => {
      await endMySessions(parts.db, context.today, context.sessionToken ?? '', null)
      return leave(parts, context)
    },
  },
]

async function accountPage(parts: SignInParts, context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const token = context.sessionToken ?? ''
  const capacities = await myCapacities(parts.db, context.today, token)
  const sessions = await mySessions(parts.db, context.today, token)
  const mayKeepPasskeys = PASSKEY_DOORS.includes(viewer.door)
  const passkeys = mayKeepPasskeys ? await myPasskeys(parts.db, context.today, token) : []
  const isFresh = (viewer.signedInSecondsAgo ?? Number.POSITIVE_INFINITY) <= 600
  const others = capacities.filter((one) => !one.isThis)
  return {
    page: {
      title: 'Your sign-in',
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-xl">Your sign-in</h1>
            <p class="govuk-body-l">
              You are here as {viewer.name}
              {viewer.jobTitle ? `, ${viewer.jobTitle}` : ''}.
            </p>
            {others.length > 0 && (
              <>
                <h2 class="govuk-heading-m" id="change">
                  Change who you are here as
                </h2>
                <p class="govuk-body">What you see as one, you do not see as the other.</p>
                {others.map((one) => (
                  <form method="post" action={`${PATH}/change-who`}>
                    <input type="hidden" name="_csrf" value={context.csrfToken} />
                    <input type="hidden" name="person" value={one.id} />
                    {one.mayBe ? (
                      <GovukButton classes="govuk-button--secondary">
                        Go on as {capacityInWords(one)}
                      </GovukButton>
                    ) : (
                      <p class="govuk-body">
                        {capacityInWords(one)}: sign out, then sign in with your work account.
                      </p>
                    )}
                  </form>
                ))}
              </>
            )}
            <h2 class="govuk-heading-m">Where you are signed in</h2>
            <p class="govuk-body">
              You are signed out by itself after 30 minutes without use, and after 12 hours in all. End any
              you do not know.
            </p>
            {sessions.map((session) => (
              <SessionCard session={session} csrfToken={context.csrfToken} />
            ))}
            <form method="post" action={`${PATH}/sign-out-everywhere`}>
              <input type="hidden" name="_csrf" value={context.csrfToken} />
              <GovukButton text="Sign out everywhere" classes="govuk-button--warning" preventDoubleClick />
            </form>
            {mayKeepPasskeys && (
              <Passkeys passkeys={passkeys} csrfToken={context.csrfToken} isFresh={isFresh} />
            )}
          </div>
        </div>
      ),
    },
  }
}

const WAY: Readonly<Record<LiveSession['way'], string>> = {
  training: 'Chosen on the training site',
  link: 'A link we sent',
  code: 'A code we sent',
  openid: 'Your work account',
  passkey: 'A passkey',
}

const dayAndTime = (day: string, time: string): string => `${longDate(date(day))} at ${time}`

const SessionCard = ({
  session,
  csrfToken,
}: {
  readonly session: LiveSession
  readonly csrfToken: string
}): JSX.Element => (
  <div class="govuk-summary-card">
    <div class="govuk-summary-card__title-wrapper">
      <h3 class="govuk-summary-card__title">
        {session.device}
        {session.isThis ? ' (this one)' : ''}
      </h3>
      {!session.isThis && (
        <form class="govuk-summary-card__actions" method="post" action={`${PATH}/end-session`}>
          <input type="hidden" name="_csrf" value={csrfToken} />
          <input type="hidden" name="session" value={session.id} />
          <button class="app-link-button" type="submit">
            Sign out there
            <span class="govuk-visually-hidden">
              {' '}
              ({session.device}, begun {dayAndTime(session.startedOn, session.startedTime)})
            </span>
          </button>
        </form>
      )}
    </div>
    <div class="govuk-summary-card__content">
      <SummaryRows
        rows={[
          ...(session.jobTitle ? [{ key: 'As', value: session.jobTitle }] : []),
          { key: 'Signed in', value: dayAndTime(session.startedOn, session.startedTime) },
          { key: 'Last used', value: dayAndTime(session.seenOn, session.seenTime) },
          { key: 'By', value: WAY[session.way] },
        ]}
      />
    </div>
  </div>
)

const Passkeys = (props: {
  readonly passkeys: readonly MyPasskey[]
  readonly csrfToken: string
  readonly isFresh: boolean
}): JSX.Element => (
  <>
    <h2 class="govuk-heading-m">Passkeys</h2>
    <p class="govuk-body">
      A passkey lets you sign in with your face, finger or screen lock, and no message. You can always use a
      link instead.
    </p>
    {props.passkeys.length > 0 && (
      <SummaryRows
        rows={props.passkeys.map((passkey) => ({
          key: passkey.name,
          value: (
            <>
              <p class="govuk-body">
                Added {longDate(date(passkey.madeOn))},{' '}
                {passkey.usedOn ? `last used ${longDate(date(passkey.usedOn))}` : 'not used yet'}
              </p>
              {props.isFresh && (
                <form method="post" action={`${PATH}/passkeys/remove`}>
                  <input type="hidden" name="_csrf" value={props.csrfToken} />
                  <input type="hidden" name="passkey" value={passkey.id} />
                  <button class="app-link-button" type="submit">
                    Remove<span class="govuk-visually-hidden"> the passkey {passkey.name}</span>
                  </button>
                </form>
              )}
            </>
          ),
        }))}
      />
    )}
    {props.isFresh ? (
      <NewPasskey csrfToken={props.csrfToken} />
    ) : (
      <p class="govuk-body">
        <a class="govuk-link" href="/sign-in?again=yes&next=%2Faccount">
          Sign in again to add or remove a passkey
        </a>
      </p>
    )}
  </>
)
