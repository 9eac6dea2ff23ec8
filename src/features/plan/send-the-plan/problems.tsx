import type { JSX } from 'preact'
import { type PlanProblem, type PlanProblems, SECTION_RULES } from '../../../record/plan/index.ts'
import { GovukDetails, GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'

const placeOf = (planId: string, { section, partId }: PlanProblem): string =>
  `/staff/plans/${planId}/sections/${section}${partId ? `/parts/${partId}` : ''}`

/** The checks of a plan before it is sent: what stops it, and what is for whoever sends it to weigh. */
export function ProblemsBeforeSending(props: {
  readonly planId: string
  readonly problems: PlanProblems
}): JSX.Element {
  const { planId } = props
  const { must, should } = props.problems
  return (
    <>
      <h2 class="govuk-heading-m">The checks</h2>
      <p class="govuk-body">
        What is sent is{' '}
        <a class="govuk-link" href={`/staff/plans/${planId}`}>
          the plan as it is written here
        </a>
        . It is kept as sent, for ever.
      </p>
      {must.length === 0 ? (
        <GovukInsetText text="Nothing stops it being sent." />
      ) : (
        <>
          <GovukWarningText
            text={`${must.length} ${must.length === 1 ? 'thing stops' : 'things stop'} it being sent.`}
            iconFallbackText="Warning"
          />
          <ProblemList planId={planId} problems={must} />
        </>
      )}
      {should.length === 0 ? null : (
        <GovukDetails summaryText={`${should.length} more to look at before you send it`}>
          <ProblemList planId={planId} problems={should} />
        </GovukDetails>
      )}
    </>
  )
}

function ProblemList(props: {
  readonly planId: string
  readonly problems: readonly PlanProblem[]
}): JSX.Element {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {props.problems.map((one) => (
        <li class="app-break">
          {one.rule.endsWith('-not-agreed') ? (
            <a class="govuk-link" href={`/staff/plans/${props.planId}/agree`}>
              {one.text}
            </a>
          ) : (
            <a class="govuk-link" href={placeOf(props.planId, one)}>
              {one.section}: {one.text}
            </a>
          )}{' '}
          <span class="govuk-hint govuk-!-display-block govuk-!-margin-bottom-0">
            {one.law || SECTION_RULES[one.section].law}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** One sentence for the top of a page that was refused. */
export const refusal = ({ must }: PlanProblems): string =>
  `${must.length === 1 ? 'One thing stops' : `${must.length} things stop`} this plan being sent: ${must
    .slice(0, 3)
    .map((one) => one.text)
    .join('; ')}${must.length > 3 ? '; and more, listed below' : ''}`
