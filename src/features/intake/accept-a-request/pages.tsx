import type { JSX } from 'preact'
import { type Deadline, date, explain, longDate, shortDate } from '../../../law/index.ts'
import type { Answer } from '../../../platform/routes.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { DueDate, EmptyState, SortableTable, SummaryRows } from '../../../ui/parts/index.ts'
import { decisionAfter, Lines, rowsOf } from '../../family/ask-for-an-assessment/index.ts'
import type { OnlineRequest } from './queries.ts'

export const LIST = '/staff/requests/online'

/** How a date stands: "12 days left", "3 days late". */
const standing = (deadline: Deadline): string =>
  deadline.daysLate
    ? `${deadline.daysLate} ${deadline.daysLate === 1 ? 'day' : 'days'} late`
    : deadline.daysLeft === 0
      ? 'today'
      : `${deadline.daysLeft} ${deadline.daysLeft === 1 ? 'day' : 'days'} left`

const nameOf = ({ answers }: OnlineRequest): string =>
  `${answers['givenName'] ?? ''} ${answers['familyName'] ?? ''}`.trim() || 'A child on record'

const ASKERS: Readonly<Record<string, string>> = {
  parent: 'A parent or carer',
  'young-person': 'The young person',
  school: 'A school',
  'post-16': 'A college',
  'early-years': 'A nursery',
}

export function listPage(props: {
  readonly waiting: readonly OnlineRequest[]
  readonly unlinked: readonly OnlineRequest[]
  readonly today: string
}): Answer {
  const { waiting, unlinked, today } = props
  return {
    page: {
      title: 'Requests made online',
      wide: true,
      backLink: { href: '/staff/worklist', text: 'Back to the worklist' },
      main: (
        <>
          <h1 class="govuk-heading-l">Requests made online</h1>
          <p class="govuk-body">
            The clock of each began on the day it reached the council, whoever opens it. The longest waiting
            comes first.
          </p>
          {waiting.length === 0 ? (
            <EmptyState title="No request is waiting">
              A request appears here as soon as somebody sends it through the site.
            </EmptyState>
          ) : (
            <SortableTable<OnlineRequest>
              id="waiting"
              caption={`${waiting.length} waiting, the longest first`}
              onPhone="cards"
              rows={waiting}
              columns={[
                {
                  key: 'child',
                  heading: 'Child',
                  namesRow: true,
                  cell: (row) => (
                    <a class="govuk-link" href={`${LIST}/${row.id}`} dir="auto">
                      {nameOf(row)}
                    </a>
                  ),
                },
                { key: 'reference', heading: 'Reference', cell: (row) => row.reference },
                { key: 'who', heading: 'Who asked', cell: (row) => ASKERS[row.askedBy] ?? 'Somebody else' },
                { key: 'received', heading: 'Received', cell: (row) => shortDate(date(row.receivedOn)) },
                {
                  key: 'due',
                  heading: 'Decision due',
                  cell: (row) => {
                    const due = decisionAfter(row.receivedOn, today)
                    return (
                      <>
                        {shortDate(due.dueOn!)}, <strong>{standing(due)}</strong>
                      </>
                    )
                  },
                },
              ]}
            />
          )}
          {unlinked.length > 0 && (
            <>
              <h2 class="govuk-heading-m">Accepted, and the asker cannot see the case yet</h2>
              <ul class="govuk-list govuk-list--bullet">
                {unlinked.map((row) => (
                  <li key={row.id}>
                    <a class="govuk-link" href={`${LIST}/${row.id}/link`}>
                      Check who <span dir="auto">{row.askerName}</span> is
                    </a>{' '}
                    ({row.reference})
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      ),
    },
  }
}

/** What was sent, word for word. */
export function WhatWasSent({ request }: { readonly request: OnlineRequest }): JSX.Element {
  return (
    <SummaryRows
      rows={rowsOf({ ...request.answers, child: '' }).map(({ key, value }) => ({
        key,
        value: <Lines words={value} />,
      }))}
    />
  )
}

/** Over the questions of recording it: what it is, and since when the clock runs. */
export function OverTheQuestions({
  request,
  today,
}: {
  readonly request: OnlineRequest
  readonly today: string
}): JSX.Element {
  const due = decisionAfter(request.receivedOn, today)
  return (
    <GovukInsetText>
      Request {request.reference}, made online. Received {longDate(date(request.receivedOn))}; the decision is
      due by <strong>{longDate(due.dueOn!)}</strong> ({standing(due)}). The boxes hold what was sent. Find out
      who has parental responsibility yourself: whoever asked was not asked to say.
    </GovukInsetText>
  )
}

export function requestPage(request: OnlineRequest, today: string, mayAct: boolean): Answer {
  const due = decisionAfter(request.receivedOn, today)
  const isWaiting = request.state === 'waiting'
  return {
    page: {
      title: `Request ${request.reference}`,
      backLink: { href: LIST, text: 'Back to the requests' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">Made online, {request.reference}</span>
            <h1 class="govuk-heading-l" dir="auto">
              {nameOf(request)}
            </h1>
            <p class="govuk-body">Received {longDate(date(request.receivedOn))}.</p>
            {isWaiting ? (
              <>
                <DueDate
                  deadline={due}
                  whoActs="The council"
                  whyHref="#why"
                  what="for the decision whether to assess"
                  forStaff
                />
                {mayAct && (
                  <div class="govuk-button-group">
                    <GovukButton text="Open the case" href={`${LIST}/${request.id}/record`} />
                    <a class="govuk-link" href={`${LIST}/${request.id}/answer`}>
                      It is not for us, or we have it already
                    </a>
                  </div>
                )}
              </>
            ) : (
              <Answered request={request} />
            )}
            <h2 class="govuk-heading-m">What was sent</h2>
            <WhatWasSent request={request} />
            {request.answers['evidence'] ? <FromTheSetting answers={request.answers} /> : null}
            <h2 class="govuk-heading-m" id="why">
              Why {shortDate(due.dueOn!)}
            </h2>
            <ul class="govuk-list govuk-list--bullet">
              {explain(due, 'staff').map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        </div>
      ),
    },
  }
}

/** What a school, college or nursery sent with its request: what it told the family, and what it did before it asked. */
function FromTheSetting({ answers }: { readonly answers: OnlineRequest['answers'] }): JSX.Element {
  const told = answers['parentToldOn']
  return (
    <>
      <h2 class="govuk-heading-m">What the setting did first</h2>
      <SummaryRows
        rows={[
          { key: 'Told the family', value: told ? longDate(date(told)) : 'Not said' },
          { key: 'The family says', value: <Lines words={answers['parentSays'] ?? ''} /> },
          {
            key: 'Parents or carers',
            value: (
              <Lines words={[answers['parentName'], answers['parentContact']].filter(Boolean).join('\n')} />
            ),
          },
          { key: 'SEN support', value: <Lines words={answers['evidence'] ?? ''} /> },
        ]}
      />
    </>
  )
}

function Answered({ request }: { readonly request: OnlineRequest }): JSX.Element {
  if (request.state === 'accepted')
    return (
      <GovukInsetText>
        Accepted on {shortDate(date(request.decidedOn!))}.{' '}
        {request.processId && (
          <a class="govuk-link" href={`/staff/cases/${request.processId}`}>
            Open the case
          </a>
        )}
      </GovukInsetText>
    )
  return (
    <GovukInsetText>
      {request.state === 'duplicate' ? 'Answered as already here' : 'Answered as not for this council'} on{' '}
      {shortDate(date(request.decidedOn!))}: <span dir="auto">{request.decidedWhy}</span>
    </GovukInsetText>
  )
}
