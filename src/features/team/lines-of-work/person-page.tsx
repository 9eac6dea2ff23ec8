import type { JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import { GovukWarningText } from '../../../ui/govuk/index.ts'
import { SummaryCard } from '../../../ui/parts/index.ts'
import type { Colleague } from '../colleagues/index.ts'
import type { Away, StandIn } from '../stand-in/index.ts'
import type { Line } from './queries.ts'

const day = (on: string): string => shortDate(date(on))
const KIND_WORDS = {
  operational: 'Operational manager',
  professional: 'Professional manager',
  project: 'Project',
} as const

/** One person: who manages them on which line, when they are away, and who stands in. */
export function PersonPage(view: {
  readonly colleague: Colleague
  readonly lines: readonly Line[]
  readonly standIns: readonly StandIn[]
  readonly away: readonly Away[]
  readonly today: string
  readonly isMe: boolean
  readonly maySet: boolean
  readonly mayName: boolean
}): JSX.Element {
  const { colleague, today } = view
  const here = `/staff/team/people/${colleague.id}`
  const isNow = (one: { readonly toOn: string | null }): boolean => one.toOn === null || one.toOn > today
  const lines = view.lines.filter(isNow)
  const past = view.lines.filter((line) => !isNow(line))
  const mine = view.standIns.filter((one) => one.isAway)
  const forOthers = view.standIns.filter((one) => !one.isAway && isNow(one))
  const inForce = (kind: Line['kind']): boolean =>
    lines.some((line) => line.kind === kind && line.fromOn <= today)
  return (
    <>
      <span class="govuk-caption-l">
        {[colleague.jobTitle, colleague.locality].filter(Boolean).join(', ')}
      </span>
      <h1 class="govuk-heading-l">{view.isMe ? 'Your lines of work' : colleague.name}</h1>
      {!inForce('operational') && (
        <GovukWarningText
          text={`${view.isMe ? 'You have' : `${colleague.name} has`} no operational manager today. Everybody has exactly one.`}
          iconFallbackText="Warning"
        />
      )}
      {view.isMe && (
        <p class="govuk-body">
          <a class="govuk-link" href="/staff/known-at-home">
            Say that you know a child at home
          </a>
        </p>
      )}
      <h2 class="govuk-heading-m">Managers</h2>
      <p class="govuk-body">
        Approvals follow the operational line. Clinical sign-off follows the professional one. A manager sees
        the cases of those who answer to them; a project’s manager does not.
      </p>
      {lines.map((line) => (
        <SummaryCard
          key={line.id}
          title={`${KIND_WORDS[line.kind]}: ${line.manager}`}
          headingLevel={3}
          actions={view.maySet ? [{ text: 'End', href: `${here}/line/${line.id}/end` }] : []}
          rows={[
            ...(line.managerTitle ? [{ key: 'What they are', value: line.managerTitle }] : []),
            { key: 'From', value: `${day(line.fromOn)}${line.fromOn > today ? ' (not yet)' : ''}` },
            { key: 'Until', value: line.toOn === null ? 'No end set' : `Before ${day(line.toOn)}` },
            ...(line.share === null ? [] : [{ key: 'Share of time', value: `${line.share}%` }]),
          ]}
        />
      ))}
      <p class="govuk-body">
        {view.maySet && (
          <>
            <a class="govuk-link" href={`${here}/line`}>
              Add a manager
            </a>
            {' · '}
          </>
        )}
        {view.isMe && inForce('operational') && inForce('professional') && (
          <>
            <a class="govuk-link" href={`${here}/conflict`}>
              My managers say different things
            </a>
            {' · '}
          </>
        )}
        <a class="govuk-link" href="/staff/team/conflicts">
          Where managers differ
        </a>
      </p>
      {past.length > 0 && (
        <>
          <h3 class="govuk-heading-s">Before</h3>
          <ul class="govuk-list govuk-list--bullet">
            {past.map((line) => (
              <li key={line.id}>
                {KIND_WORDS[line.kind]}: {line.manager}, {day(line.fromOn)} to {day(line.toOn!)}
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 class="govuk-heading-m">Away, and who stands in</h2>
      {view.away.filter(isNow).map((one) => (
        <p key={one.id} class="govuk-body">
          Away from {day(one.fromOn)} until {day(one.toOn)}.
        </p>
      ))}
      {mine.filter(isNow).map((one) => (
        <SummaryCard
          key={one.id}
          title={`${one.other} stands in`}
          headingLevel={3}
          actions={
            view.mayName
              ? [{ text: one.fromOn > today ? 'Call it off' : 'End', href: `${here}/stand-in/${one.id}/end` }]
              : []
          }
          rows={[
            { key: 'From', value: day(one.fromOn) },
            { key: 'Until', value: `Before ${day(one.toOn)}` },
            { key: 'Why', value: one.why },
            { key: 'Named by', value: one.madeBy },
          ]}
        />
      ))}
      {mine.every((one) => !isNow(one)) && view.away.every((one) => !isNow(one)) && (
        <p class="govuk-body">Nothing is recorded.</p>
      )}
      {view.mayName && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${here}/away`}>
            {view.isMe
              ? 'Say when you are away and who stands in'
              : 'Record when they are away and who stands in'}
          </a>
        </p>
      )}
      {mine.some((one) => !isNow(one)) && (
        <>
          <h3 class="govuk-heading-s">Who stood in before</h3>
          <ul class="govuk-list govuk-list--bullet">
            {mine
              .filter((one) => !isNow(one))
              .map((one) => (
                <li key={one.id}>
                  {one.other}, {day(one.fromOn)} to {day(one.toOn)}
                </li>
              ))}
          </ul>
        </>
      )}
      {forOthers.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Stands in for others</h2>
          <ul class="govuk-list govuk-list--bullet">
            {forOthers.map((one) => (
              <li key={one.id}>
                {one.other}, from {day(one.fromOn)} until {day(one.toOn)}{' '}
                {view.isMe && one.fromOn <= today && (
                  <a class="govuk-link" href={`/staff/worklist?whose=everyone&coordinator=${one.otherId}`}>
                    Their cases
                  </a>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
