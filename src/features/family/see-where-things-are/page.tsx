import type { ComponentChildren, JSX } from 'preact'
import { explain, shortDate } from '../../../law/index.ts'
import { TwentyWeekLine } from '../../../ui/charts/index.ts'
import { GovukDetails } from '../../../ui/govuk/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { PhoneAndEmail } from './office.tsx'
import type { AdviceView, Late, ProcessView, TrackerView } from './view.ts'
import { toThemself } from './words.ts'

const OMBUDSMAN = 'https://www.lgo.org.uk/make-a-complaint'

/** The addresses of the pages about one child. */
export const childPages = (id: string) => ({
  whole: `/family/children/${id}`,
  plan: `/family/children/${id}/plan`,
  myPlan: `/family/children/${id}/my-plan`,
  provision: `/family/children/${id}/provision`,
  easy: `/family/children/${id}/easy`,
  whoLooked: `/family/children/${id}/who-looked`,
  whoCanSee: `/family/children/${id}/who-can-see`,
  schoolsAsked: `/family/children/${id}/schools-asked`,
})

/** Where things are for one child: what a family opens at night on a phone. Most urgent first. */
export function TrackerPage({
  view,
  after,
}: {
  readonly view: TrackerView
  readonly after?: ComponentChildren
}): JSX.Element {
  const pages = childPages(view.child.id)
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">Where things are on {dayInWords(view.today)}</span>
        <h1 class="govuk-heading-l">{view.child.name}</h1>
        {view.processes.length === 0 && (
          <p class="govuk-body-l">There is no request and no plan that we know of.</p>
        )}
        {view.processes.map((process) => (
          <OneProcess key={process.id} process={process} view={view} />
        ))}
        {view.waiting.map((one) => (
          <div key={one.text} class={`app-move${one.isLate ? ' app-move--late' : ''}`}>
            <p class="govuk-body">{one.text}</p>
          </div>
        ))}
        {view.files.length > 0 && (
          <>
            <h2 class="govuk-heading-m">Papers you can open</h2>
            <ul class="govuk-list govuk-list--bullet">
              {view.files.map((file) => (
                <li key={file.id} class="app-break">
                  <a class="govuk-link" href={file.href}>
                    {file.title}
                  </a>
                  , {dayInWords(file.on)}
                </li>
              ))}
            </ul>
          </>
        )}
        <AskUs view={view} />
        <NotHappy view={view} />
        <h2 class="govuk-heading-m">More</h2>
        <ul class="govuk-list app-family-links">
          <li>
            <a class="govuk-link" href={pages.plan}>
              {view.isOwn ? 'Your plan' : 'The plan'}, and each draft we sent
            </a>
          </li>
          <li>
            <a class="govuk-link" href={pages.provision}>
              Is the help in the plan happening?
            </a>
          </li>
          <li>
            <a class="govuk-link" href="/family/advice">
              Advice you can read
            </a>
          </li>
          <li>
            <a class="govuk-link" href={pages.schoolsAsked}>
              Schools and colleges we asked
            </a>
          </li>
          <li>
            <a class="govuk-link" href="/family/tell-us">
              Tell us something
            </a>
          </li>
          <li>
            <a class="govuk-link" href={pages.easy}>
              {view.isOwn ? 'My page in easy words' : 'This page in easy words'}
            </a>
          </li>
          <li>
            <a class="govuk-link" href="/family/how-we-tell-you">
              How we tell you things
            </a>
          </li>
          <li>
            <a class="govuk-link" href={pages.whoCanSee}>
              Who can see {view.isOwn ? 'my' : 'this'} record
            </a>
          </li>
          <li>
            <a class="govuk-link" href={pages.whoLooked}>
              Who has looked at {view.isOwn ? 'my' : 'this'} record
            </a>
          </li>
        </ul>
        {after}
      </div>
    </div>
  )
}

function OneProcess({
  process,
  view,
}: {
  readonly process: ProcessView
  readonly view: TrackerView
}): JSX.Element {
  return (
    <section class="govuk-!-margin-bottom-8" aria-label={`${process.title} ${process.reference}`}>
      <h2 class="govuk-heading-m">
        {process.title} <span class="govuk-caption-m app-inline">{process.reference}</span>
      </h2>
      <p class="govuk-body-l govuk-!-margin-bottom-2">{process.where}</p>
      {process.week && (
        <p class="govuk-body">
          <strong>{process.week}</strong>
        </p>
      )}
      {process.late.length > 0 && <WhatIsLate late={process.late} />}
      {process.needs.length > 0 && (
        <div class="app-move app-move--yours">
          <h3 class="govuk-heading-m">{process.isOver ? 'What you can do' : 'What we need from you'}</h3>
          <ul class="govuk-list govuk-list--bullet">
            {process.needs.map((need) => (
              <li key={need.text}>
                {need.text}
                {need.by && (
                  <>
                    {' '}
                    <strong>Send them by {dayInWords(need.by)}.</strong>
                  </>
                )}
                {need.href && (
                  <>
                    <br />
                    <a class="govuk-link" href={need.href}>
                      {need.link}
                    </a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {process.isInForce && (
        <ul class="govuk-list app-family-links">
          <li>
            <a class="govuk-link" href={childPages(view.child.id).plan}>
              Read {view.isOwn ? 'your' : 'the'} plan
            </a>
          </li>
          <li>
            <a class="govuk-link" href={childPages(view.child.id).provision}>
              See if the help is happening, and tell us if it is not
            </a>
          </li>
        </ul>
      )}
      {process.moves.length > 0 && <WhoseMove process={process} />}
      {process.needs.length === 0 && !process.isOver && (
        <p class="govuk-body">You do not need to do anything now.</p>
      )}
      {(process.next.length > 0 || process.late.length > 0) && (
        <>
          <h3 class="govuk-heading-s">What happens next</h3>
          {process.next.map((sentence) => (
            <p key={sentence} class="govuk-body">
              {sentence}
            </p>
          ))}
          {process.next.length === 0 && (
            <p class="govuk-body">The next step is the one that is late. We must do it as soon as we can.</p>
          )}
        </>
      )}
      <Coordinator process={process} view={view} />
      {process.line && (
        <>
          <h3 class="govuk-heading-s">The 20 weeks</h3>
          <TwentyWeekLine {...process.line} />
        </>
      )}
      {process.wasLate.length > 0 && (
        <GovukDetails summaryText={`What was late before (${process.wasLate.length})`}>
          {process.wasLate.map((sentence) => (
            <p key={sentence} class="govuk-body">
              {sentence}
            </p>
          ))}
          <p class="govuk-body">We are sorry that it was late.</p>
        </GovukDetails>
      )}
      {process.advice.length > 0 && <AdviceList advice={process.advice} />}
      {process.happened.length > 0 && (
        <GovukDetails summaryText={`What has happened so far (${process.happened.length})`}>
          <ol class="govuk-list app-story">
            {process.happened.map((one) => (
              <li key={one.on + one.text}>
                <strong>{dayInWords(one.on)}</strong>
                <br />
                {one.text}
              </li>
            ))}
          </ol>
        </GovukDetails>
      )}
      {process.dates.length > 0 && (
        <GovukDetails summaryText={`Every date, and why (${process.dates.length})`}>
          {process.dates.map((deadline) => (
            <div key={deadline.rule + deadline.dueOn} class="govuk-!-margin-bottom-4">
              <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">
                {shortDate(deadline.dueOn!)}
                {deadline.rule === 'advice-response' && deadline.startFact?.adviser
                  ? `: ${deadline.startFact.adviser}`
                  : ''}
              </p>
              {explain(deadline, 'family').map((sentence) => (
                <p key={sentence} class="govuk-body govuk-!-margin-bottom-1">
                  {view.isOwn ? toThemself(sentence) : sentence}
                </p>
              ))}
              <p class="govuk-body-s app-citation">The law: {deadline.citation}</p>
            </div>
          ))}
        </GovukDetails>
      )}
    </section>
  )
}

function WhoseMove({ process }: { readonly process: ProcessView }): JSX.Element {
  return (
    <div class="app-move">
      <h3 class="govuk-heading-m">Whose move is it?</h3>
      <ul class="govuk-list app-moves">
        {process.moves.map((move) => (
          <li key={move.who + move.what}>
            <strong>{move.who}</strong>, {move.what}
            {move.since && <span class="app-quiet">, since {dayInWords(move.since)}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function WhatIsLate({ late }: { readonly late: readonly Late[] }): JSX.Element {
  return (
    <div class="app-move app-move--late">
      <h3 class="govuk-heading-m">This is late. We are sorry.</h3>
      {late.map((one) => (
        <div key={one.text} class="govuk-!-margin-bottom-3">
          <p class="govuk-body govuk-!-margin-bottom-1">
            <strong>{one.text}</strong>
          </p>
          {one.why.map((reason) => (
            <p key={reason} class="govuk-body govuk-!-margin-bottom-1">
              {reason}
            </p>
          ))}
        </div>
      ))}
      <p class="govuk-body">
        You do not have to wait. You can{' '}
        <a class="govuk-link" href="#not-happy">
          ask us why, or complain
        </a>
        .
      </p>
    </div>
  )
}

const STATE_TAGS = {
  came: ['Came', 'green'],
  nothing: ['Answered', 'grey'],
  waiting: ['Waiting', 'blue'],
  late: ['Late', 'red'],
} as const satisfies Record<AdviceView['state'], readonly [string, string]>

function AdviceList({ advice }: { readonly advice: readonly AdviceView[] }): JSX.Element {
  const came = advice.filter(({ state }) => state === 'came' || state === 'nothing').length
  return (
    <>
      <h3 class="govuk-heading-s">
        Advice: {came} of {advice.length} in
      </h3>
      <ul class="govuk-list app-advice">
        {advice.map((one) => {
          const [tag, colour] = STATE_TAGS[one.state]
          return (
            <li key={one.who + one.work + one.asked}>
              <p class="govuk-body govuk-!-margin-bottom-1">
                <strong>{one.who}</strong> ({one.work}){' '}
                <strong class={`govuk-tag govuk-tag--${colour}`}>{tag}</strong>
              </p>
              <p class="govuk-body govuk-!-margin-bottom-1">
                Asked on {one.asked}.{one.due ? ` Due by ${one.due}.` : ''} {one.stands}
              </p>
              {one.files.map((file) => (
                <p key={file.id} class="govuk-body govuk-!-margin-bottom-1 app-break">
                  <a class="govuk-link" href={file.href}>
                    Read it: {file.title}
                  </a>
                </p>
              ))}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Coordinator({
  process,
  view,
}: {
  readonly process: ProcessView
  readonly view: TrackerView
}): JSX.Element | null {
  if (process.isOver && !process.coordinator) return null
  const { coordinator, deputy } = process
  return (
    <>
      <h3 class="govuk-heading-s">Your coordinator</h3>
      <p class="govuk-body">
        {coordinator ? (
          <strong>{coordinator.name}</strong>
        ) : (
          'Nobody has been named yet. The SEND team answers until then.'
        )}
        {coordinator?.job ? `, ${coordinator.job}` : ''}
        {coordinator && '.'}
      </p>
      {deputy && (
        <p class="govuk-body">
          {deputy.until ? (
            <>
              They are away. Until {dayInWords(deputy.until)}, ask <strong>{deputy.name}</strong>,{' '}
              {deputy.job}.
            </>
          ) : (
            <>
              If they are away, ask <strong>{deputy.name}</strong>, {deputy.job}.
            </>
          )}
        </p>
      )}
      <p class="govuk-body">
        We promise to answer you in {view.promiseDays} working {view.promiseDays === 1 ? 'day' : 'days'}.
      </p>
    </>
  )
}

function AskUs({ view }: { readonly view: TrackerView }): JSX.Element {
  const { office } = view
  return (
    <>
      <h2 class="govuk-heading-m">Ask us</h2>
      <p class="govuk-body">
        {office.phone || office.email
          ? 'Ask about anything here. You can ask for it in another form or language too.'
          : 'Our phone number and address are on every letter from us.'}
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={`/family/children/${view.child.id}/messages`}>
          Write to us here
        </a>
      </p>
      <PhoneAndEmail reach={office} />
    </>
  )
}

/** How to complain, and who helps free of charge. Always on the page: nobody should have to look for it. */
function NotHappy({ view }: { readonly view: TrackerView }): JSX.Element {
  const { freeHelp } = view.office
  return (
    <>
      <h2 class="govuk-heading-m" id="not-happy">
        If you are not happy
      </h2>
      <ol class="govuk-list govuk-list--number">
        <li>Ask your coordinator why. You should get an answer.</li>
        <li>If that does not help, tell us that you want to complain.</li>
        <li>
          If our answer is not good enough, go to the{' '}
          <a class="govuk-link" href={OMBUDSMAN} rel="noreferrer">
            Local Government and Social Care Ombudsman
          </a>
          . It is free. It is not part of the council.
        </li>
      </ol>
      <p class="govuk-body">
        If you do not agree with what we decided, your letter says how to appeal. You have a set time to do
        it.
      </p>
      {freeHelp && (
        <>
          <p class="govuk-body">
            You can get free help from {freeHelp.name}. They work for families, not for us.
          </p>
          <PhoneAndEmail reach={freeHelp} />
        </>
      )}
    </>
  )
}
