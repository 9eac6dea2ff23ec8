import type { JSX } from 'preact'
import { longDate } from '../../../law/index.ts'
import { type Answer, type Context, familyRoles, type Route, viewerOf } from '../../../platform/routes.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { decisionAfter } from '../ask-for-an-assessment/index.ts'
import { KeepOnThisPhone } from '../read-it-offline/index.ts'
import { EasyPage } from './easy-page.tsx'
import { childPages, TrackerPage } from './page.tsx'
import {
  findMyChildren,
  findRequestsSent,
  findRightsNowTheirs,
  loadTracked,
  type MyChild,
  type RequestSent,
  type RightsNowTheirs,
  type Tracked,
} from './queries.ts'
import { trackerView } from './view.ts'

const access = { who: 'roles', roles: familyRoles } as const

/** Straight to the one child, or a list to choose from, or why there is none. */
async function whereThingsAre(context: Context): Promise<Answer> {
  const { children, theirs, sent, only } = await context.read(
    'family: where things are',
    async (trx, saw) => {
      const found = await findMyChildren(trx)
      saw(found.map(({ id }) => id))
      return {
        children: found,
        theirs: await findRightsNowTheirs(trx),
        sent: await findRequestsSent(trx),
        only: found.length === 1 ? await loadTracked(trx, found[0]!.id, context.today) : undefined,
      }
    },
  )
  // A young person with their own record begins with the easy words.
  if (only && theirs.length === 0 && sent.length === 0)
    return viewerOf(context).role === 'young-person' && only.isOwn
      ? easy(only, context)
      : whole(only, context)
  return {
    page: {
      title: 'Where things are',
      main: (
        <Choose
          children={children}
          theirs={theirs}
          sent={sent}
          isYoung={viewerOf(context).role === 'young-person'}
        />
      ),
    },
  }
}

function whole(tracked: Tracked, context: Context): Answer {
  const view = trackerView(tracked, context.today)
  return {
    page: {
      title: 'Where things are',
      main: <TrackerPage view={view} after={<KeepOnThisPhone />} />,
    },
  }
}

const easy = (tracked: Tracked, context: Context): Answer => ({
  page: { title: 'In easy words', main: <EasyPage view={trackerView(tracked, context.today)} /> },
})

async function aboutChild(
  context: Context,
  what: string,
  draw: (tracked: Tracked, context: Context) => Answer,
): Promise<Answer> {
  const tracked = await context.read(what, async (trx, saw) => {
    const found = await loadTracked(trx, context.params['child'] ?? '', context.today)
    if (found) saw(found.child.id)
    return found
  })
  return tracked ? draw(tracked, context) : { missing: true }
}

interface ChooseProps {
  readonly children: readonly MyChild[]
  readonly theirs: readonly RightsNowTheirs[]
  readonly sent: readonly RequestSent[]
  /** Their own record is not theirs to see yet, or no more. */
  readonly isYoung: boolean
}

function Choose({ children, theirs, sent, isYoung }: ChooseProps): JSX.Element {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Where things are</h1>
        {children.length > 0 && (
          <ul class="govuk-list app-family-links">
            {children.map((child) => (
              <li key={child.id}>
                <a class="govuk-link govuk-!-font-size-24" href={childPages(child.id).whole}>
                  {child.name}
                </a>
              </li>
            ))}
          </ul>
        )}
        {sent.map((one) => (
          <WeHaveYourRequest key={one.reference} one={one} />
        ))}
        {theirs.map((one) => (
          <RightsPassed key={one.called + one.since} one={one} />
        ))}
        {children.length === 0 && theirs.length === 0 && sent.length === 0 && isYoung && (
          <>
            <p class="govuk-body-l">We are not showing a record on your account.</p>
            <p class="govuk-body">
              The law lets you see it yourself when you are old enough to leave school. That is at the end of
              June in the school year you turn 16. Until then, a parent or carer sees it for you.
            </p>
            <p class="govuk-body">
              You can still say what you want now. Ask a parent or carer to send it, or{' '}
              <a class="govuk-link" href="/contact">
                tell us
              </a>
              . Tell us too if you think this is wrong.
            </p>
          </>
        )}
        {children.length === 0 && theirs.length === 0 && sent.length === 0 && !isYoung && (
          <>
            <p class="govuk-body-l">We are not showing any child on your account.</p>
            <p class="govuk-body">
              We only show a child to people who the law says may see. If you think this is wrong, please{' '}
              <a class="govuk-link" href="/contact">
                tell us
              </a>
              . We will check.
            </p>
          </>
        )}
      </div>
    </div>
  )
}

/** Nobody has checked yet who they are to the child: they are told that the request is here, and when they will hear. */
function WeHaveYourRequest({ one }: { readonly one: RequestSent }): JSX.Element {
  const due = decisionAfter(one.received_on, one.received_on)
  return (
    <section>
      <h2 class="govuk-heading-m">We have your request {one.reference}</h2>
      <p class="govuk-body">
        It reached us on {dayInWords(one.received_on)}. We must tell you what we decide by{' '}
        <strong>{longDate(due.dueOn!)}</strong>.
      </p>
      <p class="govuk-body">
        First we check who you are to the child. We may phone or write to you. Then you will see each step
        here. Checking does not move the date.
      </p>
    </section>
  )
}

/** Said plainly to a parent, because a page that is suddenly empty frightens people. */
function RightsPassed({ one }: { readonly one: RightsNowTheirs }): JSX.Element {
  return (
    <section>
      <h2 class="govuk-heading-m">{one.called} now decides who sees this</h2>
      <p class="govuk-body">
        The law gives these rights to young people when they are old enough to leave school. For {one.called},
        that was {dayInWords(one.since)}. So we no longer show you the record.
      </p>
      <p class="govuk-body">You have done nothing wrong. It is the same for every family.</p>
      <h3 class="govuk-heading-s">If {one.called} wants you to see it</h3>
      <ol class="govuk-list govuk-list--number">
        <li>{one.called} signs in here. If they have no account, they can ask us for one.</li>
        <li>They open “Who can see my record”.</li>
        <li>They choose your name. You will see the record at once.</li>
      </ol>
      <p class="govuk-body">They can also phone us or tell us on paper. They can end it on any day.</p>
      <h3 class="govuk-heading-s">If {one.called} cannot decide this alone</h3>
      <p class="govuk-body">
        Some young people cannot make this choice, even with help. Then you may be able to act for them.
        Please ask us.
      </p>
    </section>
  )
}

export const routes: readonly Route[] = [
  { method: 'GET', url: '/family', access, touches: 'children', handle: whereThingsAre },
  {
    method: 'GET',
    url: '/family/children/:child',
    access,
    touches: 'children',
    handle: (context) => aboutChild(context, 'family: where things are', whole),
  },
  {
    method: 'GET',
    url: '/family/children/:child/easy',
    access,
    touches: 'children',
    handle: (context) => aboutChild(context, 'family: in easy words', easy),
  },
]
