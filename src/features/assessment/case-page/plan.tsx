import type { JSX } from 'preact'
import { DueDate, dayInWords, SortableTable } from '../../../ui/parts/index.ts'
import { whoActs } from '../../worklist/index.ts'
import { AsAtForm } from './frame.tsx'
import { openDeadlines } from './judge.ts'
import { type HeadView, type Prepared, whyHref } from './view.ts'

interface Review {
  readonly meetingOn: string
  readonly reportOn: string
  readonly decisionOn: string
  readonly outcome: string
}

const OUTCOMES: Readonly<Record<string, string>> = {
  maintain: 'Keep the plan as it is',
  amend: 'Amend the plan',
  cease: 'Cease the plan',
}

/** The reviews held, newest first: each meeting with the report and the decision that came before the next meeting. */
function reviewsOf({ judged }: Prepared): Review[] {
  const facts = judged.own.filter((fact) => fact.on <= judged.asAt).toSorted((a, b) => a.on - b.on)
  const meetings = facts.filter((fact) => fact.kind === 'review_meeting')
  return meetings
    .map((meeting, index) => {
      const until = meetings[index + 1]?.on ?? Number.MAX_SAFE_INTEGER
      const after = (kind: string) =>
        facts.find((fact) => fact.kind === kind && fact.on >= meeting.on && fact.on < until)
      const decision = after('review_decision')
      const report = after('review_report')
      return {
        meetingOn: dayInWords(meeting.on),
        reportOn: report ? dayInWords(report.on) : 'Not yet',
        decisionOn: decision ? dayInWords(decision.on) : 'Not yet',
        outcome: decision?.outcome ? (OUTCOMES[decision.outcome] ?? decision.outcome) : '',
      }
    })
    .toReversed()
}

/** Does an amendment notice wait for the amended plan, or for the decision against it? */
const openNoticeIn = ({ judged }: Prepared): boolean =>
  openDeadlines(judged).some(
    ({ deadline }) =>
      deadline.rule === 'amendment-final-plan' || deadline.rule === 'amendment-without-review',
  )

/** What changes a plan in force: the notice; then the amended plan, or the decision against it. */
function Amend({ id, notice }: { readonly id: string; readonly notice: boolean }): JSX.Element {
  const steps = [
    ['send-an-amendment-notice', notice ? 'Send a further amendment notice' : 'Send an amendment notice'],
    ['send-an-amended-plan', 'Send the amended plan'],
    ...(notice ? [['decline-to-amend', 'Decide not to amend']] : []),
  ]
  return (
    <>
      {steps.map(([slug, text]) => (
        <p class="govuk-body" key={slug}>
          <a class="govuk-link" href={`/staff/cases/${id}/${slug}`}>
            {text}
          </a>
        </p>
      ))}
    </>
  )
}

/** A plan's own page: since when, what is next, and every review. */
export function PlanOverview({
  head,
  prepared,
}: {
  readonly head: HeadView
  readonly prepared: Prepared
}): JSX.Element {
  const { record, judged } = prepared
  const open = openDeadlines(judged)
  const next = open.find(({ deadline }) => deadline.display === 'statutory') ?? open[0]
  const review = open.find(({ deadline }) =>
    /^annual-review|^early-years-review|^transfer-review/.test(deadline.rule),
  )
  const reviews = reviewsOf(prepared)
  const late = open.filter(({ deadline }) => deadline.status === 'overdue')
  return (
    <>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <section
            class={`app-move${late.length > 0 ? ' app-move--late' : ''}`}
            aria-labelledby="plan-stands"
          >
            <h2 class="govuk-heading-m" id="plan-stands">
              {head.stage}, since {dayInWords(record.file.process.openedOn)}
            </h2>
            {next ? (
              <>
                <h3 class="govuk-heading-s govuk-!-margin-bottom-1">Next: {next.deadline.title}</h3>
                <DueDate
                  deadline={next.deadline}
                  whoActs={whoActs(next.deadline.actor)}
                  whyHref={whyHref(head.id, next, head.query)}
                  what={`for: ${next.deadline.title}`}
                  forStaff
                />
              </>
            ) : (
              <p class="govuk-body">Nothing is due.</p>
            )}
            {review && review !== next ? (
              <>
                <h3 class="govuk-heading-s govuk-!-margin-bottom-1">Next review</h3>
                <DueDate
                  deadline={review.deadline}
                  whoActs={whoActs(review.deadline.actor)}
                  whyHref={whyHref(head.id, review, head.query)}
                  what="for the next review"
                  forStaff
                />
              </>
            ) : null}
          </section>
        </div>
        <div class="govuk-grid-column-one-third">
          <p class="govuk-body">
            <a class="govuk-link" href={`/staff/cases/${head.id}/provision`}>
              Does the provision happen?
            </a>
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href={`/staff/cases/${head.id}/settings`}>
              Settings and places
            </a>
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href={`/staff/cases/${head.id}/journeys`}>
              Journeys
            </a>
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href={`/staff/cases/${head.id}/money`}>
              Money of the plan
            </a>
          </p>
          {prepared.mayAct ? (
            <p class="govuk-body">
              <a class="govuk-link" href={`/staff/cases/${head.id}/write-the-plan`}>
                Write the plan
              </a>
            </p>
          ) : null}
          <p class="govuk-body">
            <a class="govuk-link" href={`/staff/cases/${head.id}/family`}>
              What the family has said
            </a>
          </p>
          {prepared.mayAct ? <Amend id={head.id} notice={openNoticeIn(prepared)} /> : null}
          {prepared.mayAct ? (
            <p class="govuk-body">
              <a class="govuk-link" href={`/staff/cases/${head.id}/assign`}>
                Give the plan to someone else
              </a>
            </p>
          ) : null}
          <h2 class="govuk-heading-s govuk-!-margin-bottom-1">Late</h2>
          {late.length === 0 ? (
            <p class="govuk-body-s">Nothing is late.</p>
          ) : (
            <ul class="govuk-list govuk-list--bullet govuk-!-font-size-16">
              {late.map(({ deadline, occurrence }) => (
                <li key={`${deadline.rule}${occurrence}`}>
                  {deadline.title}: {deadline.daysLate} days late
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <h2 class="govuk-heading-m">Reviews</h2>
      {reviews.length === 0 ? (
        <p class="govuk-body">No review meeting has been recorded.</p>
      ) : (
        <SortableTable<Review>
          id="reviews"
          caption="Review meetings, newest first"
          captionHidden
          rows={reviews}
          columns={[
            { key: 'meeting', heading: 'Meeting', namesRow: true, cell: (row) => row.meetingOn },
            { key: 'report', heading: 'Report sent', cell: (row) => row.reportOn },
            { key: 'decision', heading: 'Decision sent', cell: (row) => row.decisionOn },
            { key: 'outcome', heading: 'Decision', cell: (row) => row.outcome },
          ]}
        />
      )}
      {record.others.length > 0 ? (
        <ul class="govuk-list">
          {record.others.map((one) => (
            <li key={one.id}>
              <a class="govuk-link" href={`/staff/cases/${one.id}`}>
                {one.kind === 'plan' ? 'Plan' : 'Assessment'} {one.reference}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      <AsAtForm head={head} today={prepared.today} />
    </>
  )
}
