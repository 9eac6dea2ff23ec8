import type { JSX } from 'preact'
import { date, shortDate } from '../../law/index.ts'
import { GovukWarningText } from '../../ui/govuk/index.ts'
import type { Uncovered } from './stand-in/index.ts'

/** What waits for a manager beside the cases: emergencies to look into, decisions between managers, people away uncovered. */
export function ToLookInto({
  glass,
  conflicts,
  passing,
  uncovered,
}: {
  readonly glass: number
  readonly conflicts: number
  readonly passing: number
  readonly uncovered: readonly Uncovered[]
}): JSX.Element {
  return (
    <>
      {uncovered.map((one) => (
        <GovukWarningText
          key={one.id + one.fromOn}
          text={`${one.name} (${one.jobTitle}) is away from ${shortDate(date(one.fromOn))} until ${shortDate(date(one.toOn))}, and from ${shortDate(date(one.firstDay))} nobody stands in.`}
          iconFallbackText="Warning"
        />
      ))}
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href="/staff/glass">
            Records opened in an emergency
          </a>
          {glass === 0 ? ': all looked into' : <strong>: {glass} to look into</strong>}
        </li>
        <li>
          <a class="govuk-link" href="/staff/team/conflicts">
            Where managers differ
          </a>
          {conflicts === 0 ? ': nothing for you to decide' : <strong>: {conflicts} for you to decide</strong>}
        </li>
        <li>
          <a class="govuk-link" href="/staff/rights-passing">
            Rights passing to young people
          </a>
          : {passing}
        </li>
        <li>
          <a class="govuk-link" href="/staff/team/people">
            People and their lines of work
          </a>
        </li>
      </ul>
    </>
  )
}
