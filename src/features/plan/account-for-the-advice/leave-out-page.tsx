import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { ChoiceField, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, ErrorSummary, HiddenFields } from '../../../ui/parts/index.ts'
import { Heading, type PlanInHand, type PlanPlace } from '../write-the-plan/index.ts'
import { KINDS, Recommended } from './offer.tsx'
import { type LeftOut, REASONS, type Recommendation } from './queries.ts'

/** Why one recommendation is not in the plan. */
export function leaveOutPage(view: {
  readonly hand: PlanInHand
  readonly one: Recommendation
  readonly leftOut: LeftOut | null
  readonly form: TypedForm
  readonly place: PlanPlace
}): JSX.Element {
  const { hand, one, leftOut, form, place } = view
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={form.errors} targets={{}} />
        <Heading hand={hand}>{leftOut ? 'Left out of the plan' : 'Leave it out of the plan'}</Heading>
        <h2 class="govuk-heading-s">
          {KINDS[one.kind]} {one.number}, {one.adviceCite}
        </h2>
        <Recommended one={one} />
        <form method="post" novalidate>
          <HiddenFields
            csrfToken={place.csrfToken}
            idempotencyKey={randomUUID()}
            hidden={{ do: leftOut ? 'take-back' : 'leave-out' }}
          />
          {leftOut ? (
            <>
              <GovukInsetText
                text={`${REASONS[leftOut.reason]}: ${leftOut.words} (${leftOut.by}, ${dayInWords(leftOut.on)})`}
              />
              <GovukButton text="Take that back" preventDoubleClick />
            </>
          ) : (
            <>
              <p class="govuk-body">
                The family can read this beside the draft they are sent. Write it for them.
              </p>
              <ChoiceField
                form={form}
                name="reason"
                label="Why is it left out?"
                options={Object.entries(REASONS).map(([value, text]) => ({ value, text }))}
              />
              <LongTextField
                form={form}
                name="words"
                label="In your own words"
                hint="What the need is met by instead, or why it is not for the plan."
                max={4000}
                rows={4}
              />
              <GovukButton text="Leave it out" preventDoubleClick />
            </>
          )}
        </form>
      </div>
    </div>
  )
}
