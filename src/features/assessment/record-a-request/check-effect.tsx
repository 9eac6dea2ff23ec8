import type { JSX } from 'preact'
import { type Deadline, date, explain, longDate, shortDate, weekday } from '../../../law/index.ts'
import type { FieldMessage } from '../../../ui/fields/index.ts'
import { GovukDetails, GovukInsetText } from '../../../ui/govuk/index.ts'
import type { Candidate, FoundSetting } from '../../children/the-child/index.ts'
import { datesThatFollow, type Effect, recentAssessment } from './effect.ts'
import { ASKERS, mayAsk, type RequestGiven } from './form.ts'

export interface CheckView {
  readonly given: RequestGiven
  readonly typed: Readonly<Record<string, string>>
  readonly effect: Effect
  readonly setting: FoundSetting | undefined
  readonly localityName: string | null
  readonly coordinatorName: string | null
  readonly differentBecause: string | null
  /** Others of the household on record. */
  readonly siblings: readonly Candidate[]
  readonly today: string
  readonly errors: readonly FieldMessage[]
  readonly csrfToken: string
  readonly idempotencyKey: string
  /** Where the form posts to. */
  readonly action: string
}

export function WhatItDoes({ view }: { readonly view: CheckView }): JSX.Element {
  const { effect, given } = view
  const told = mayAsk(given.askedBy)
    ? ''
    : ` ${ASKERS[given.askedBy]} may bring a child to the council’s attention but is not among those who may make a request. The same clocks start (sections 24 and 36(1)).`
  switch (effect.kind) {
    case 'new-child':
      return (
        <GovukInsetText>
          A record is made for {given.givenName} {given.familyName}, and an assessment is opened.{told}
        </GovukInsetText>
      )
    case 'new-assessment':
      return (
        <GovukInsetText>
          An assessment is opened for {effect.held.name}, who is already on record ({effect.held.reference}).
          {told}
        </GovukInsetText>
      )
    case 'joins': {
      const opened = effect.held.openAssessment?.openedOn ?? given.receivedOn
      return (
        <GovukInsetText>
          {effect.held.name} has an open assessment, {effect.reference}, received {shortDate(date(opened))}.
          This request joins it: the earliest request starts the clock.
          {given.receivedOn < opened
            ? ' This one came first, so the dates now run from it.'
            : ' The dates do not change.'}{' '}
          The law is silent on two requests (reading U-21).{told}
        </GovukInsetText>
      )
    }
    case 're-assessment':
      return (
        <GovukInsetText>
          {effect.held.name} has a plan in force, {effect.reference}. This is a request to re-assess, recorded
          on the plan: the council must say whether it will re-assess within 15 days of receiving it (Children
          and Families Act 2014, section 44(2); SEND Regulations 2014, regulation 25).
          {given.askedBy === 'health' &&
            ' Only the responsible commissioning body may ask for health, and then the council must re-assess (regulation 23): check that this is who asked.'}
        </GovukInsetText>
      )
    case 'note-on-plan':
      return (
        <GovukInsetText>
          {effect.held.name} has a plan in force, {effect.reference}. {ASKERS[given.askedBy]} may not ask for
          a re-assessment (section 44(2)), so no clock starts. It is kept as a note on the plan, for the
          council to consider whether to review it or re-assess of its own accord (section 44(3)).
        </GovukInsetText>
      )
  }
}

/** "Monday 17 February 2025", and in words how it stands today. */
const standing = (deadline: Deadline): string => {
  if (deadline.daysLate !== null)
    return `already ${deadline.daysLate} ${deadline.daysLate === 1 ? 'day' : 'days'} late: record it and act now`
  if (deadline.daysLeft === null) return ''
  return deadline.daysLeft === 0
    ? 'today'
    : `${deadline.daysLeft} ${deadline.daysLeft === 1 ? 'day' : 'days'} left`
}

const DUE_WORDS: Readonly<Record<string, string>> = {
  'decision-to-assess': 'Decision whether to assess due by',
  'decision-not-to-issue': 'If there is to be no plan, the family must be told by',
  'final-plan': 'Final plan due by',
  'reassessment-decision': 'Answer to the family due by',
}

export function Dates({ view }: { readonly view: CheckView }): JSX.Element | null {
  const { effect, given, today } = view
  const deadlines = datesThatFollow(effect, given, today).filter((deadline) => deadline.dueOn !== null)
  if (deadlines.length === 0) return null
  const day = weekday(date(given.receivedOn))
  return (
    <>
      <h2 class="govuk-heading-m">The dates that follow</h2>
      {day >= 5 && effect.kind !== 'joins' && (
        <p class="govuk-body">
          It was received on a {day === 5 ? 'Saturday' : 'Sunday'}: the day it reached the council is the day
          that counts (reading U-7).
        </p>
      )}
      {deadlines.map((deadline) => (
        <div key={deadline.rule}>
          <p class="govuk-body govuk-!-margin-bottom-1">
            {DUE_WORDS[deadline.rule] ?? deadline.title} <strong>{longDate(deadline.dueOn!)}</strong>
            {standing(deadline) && <>, {standing(deadline)}</>}.
          </p>
          <GovukDetails summaryText={`Why ${shortDate(deadline.dueOn!)}?`}>
            <ul class="govuk-list govuk-list--bullet">
              {explain(deadline, 'staff').map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </GovukDetails>
        </div>
      ))}
    </>
  )
}

export function Recent({ view }: { readonly view: CheckView }): JSX.Element | null {
  const recent = recentAssessment(view.effect, view.given, view.today)
  if (!recent) return null
  const isPlan = view.effect.kind !== 'new-assessment'
  return (
    <GovukInsetText>
      There was an assessment that ended on {shortDate(date(recent.assessedOn))}, so until{' '}
      {shortDate(date(recent.until))} the council{' '}
      {isPlan
        ? 'may refuse to re-assess because it assessed in the last six months (SEND Regulations 2014, regulation 24)'
        : 'has no duty to assess again, because it assessed in the last six months (Children and Families Act 2014, section 36(6)(b))'}
      . It may still choose to. The request is recorded and must be answered either way.
    </GovukInsetText>
  )
}
