import type { JSX } from 'preact'
import { isUnchanged, type PlanProblems, SECTION_RULES } from '../../../record/plan/index.ts'
import { GovukDetails, GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { PlanDifference } from '../keep-versions/index.ts'
import { ProblemsBeforeSending } from '../send-the-plan/index.ts'
import { planHash } from '../the-plan/index.ts'
import type { ToAmend } from './standing.ts'

/** What changes, against the last final; the checks; and the fingerprint of the words that were read. */
export function WhatChanges({
  amending,
  problems,
}: {
  readonly amending: ToAmend | undefined
  readonly problems: PlanProblems | undefined
}): JSX.Element {
  if (!amending || !problems)
    return (
      <GovukWarningText
        text="No final plan of this child is held here as data, so it cannot be amended from here."
        iconFallbackText="Warning"
      />
    )
  const { held, final, difference } = amending
  return (
    <>
      <p class="govuk-body">
        The plan in force was sent on {dayInWords(final.sentOn)} (version {final.number}).
      </p>
      {isUnchanged(difference) ? (
        <GovukInsetText>
          The words of the plan are those of the last final.{' '}
          <a class="govuk-link" href={`/staff/plans/${held.plan.id}`}>
            Write the changes in the plan
          </a>{' '}
          first.
        </GovukInsetText>
      ) : (
        <GovukDetails summaryText="What changes" open>
          <PlanDifference
            difference={difference}
            heading={(section) => `Section ${section}: ${SECTION_RULES[section].title}`}
          />
        </GovukDetails>
      )}
      <ProblemsBeforeSending planId={held.plan.id} problems={problems} />
      <input type="hidden" name="of" value={planHash(held.parts)} />
    </>
  )
}
