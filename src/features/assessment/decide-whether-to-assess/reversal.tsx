/** What undid a refusal, to assess or to make a plan: what it followed, and the day from which its own limits run. */
import type { JSX } from 'preact'
import { date, type Fact, type FactKind, iso, longDate } from '../../../law/index.ts'
import { optionalDate } from '../../../platform/forms.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { ChoiceField, DateField, type TypedForm } from '../../../ui/fields/index.ts'
import { html } from '../../../ui/govuk/index.ts'
import type { CaseFile, StepFact } from '../the-case/index.ts'

export const REVERSALS = ['mediation', 'tribunal-order', 'concession', 'reconsideration'] as const
export type ReversedBy = (typeof REVERSALS)[number]
/** What the authority will now do. */
export type Will = 'assess' | 'make-plan'

/** The day of each, asked only of the choice it belongs to. */
export const reversalDates = {
  agreementOn: optionalDate('the date of the mediation agreement'),
  orderOn: optionalDate('the date of the tribunal’s order'),
  notOpposedOn: optionalDate('the date of the notice that the appeal is not opposed'),
}
export const REVERSAL_DATES = Object.keys(reversalDates) as readonly (keyof typeof reversalDates)[]
export interface ReversalAnswer {
  readonly following: ReversedBy | null
  readonly agreementOn: string | null
  readonly orderOn: string | null
  readonly notOpposedOn: string | null
}

const KINDS = {
  mediation: { kind: 'mediation_agreement', field: 'agreementOn', name: 'mediation agreement' },
  'tribunal-order': { kind: 'tribunal_order', field: 'orderOn', name: 'tribunal’s order' },
  concession: { kind: 'appeal_not_opposed', field: 'notOpposedOn', name: 'notice to the tribunal' },
} as const satisfies Record<
  Exclude<ReversedBy, 'reconsideration'>,
  { kind: FactKind; field: keyof typeof reversalDates; name: string }
>

const PAYLOADS = {
  mediation: (will: Will) => ({ matter: 'appealable', agreed: will }),
  'tribunal-order': (will: Will) => ({ order: will }),
  concession: (will: Will) => ({ about: will }),
} as const

const lastOf = (file: CaseFile, kind: FactKind): Fact | undefined =>
  file.ownFacts.filter((fact) => fact.kind === kind).toSorted((a, b) => b.on - a.on)[0]

/** The refusal still to be answered, if there is one: a yes after it ends the matter. */
export function standingRefusal(file: CaseFile, will: Will): Fact | undefined {
  const refusal = lastOf(file, will === 'assess' ? 'refused_to_assess' : 'decided_not_to_issue')
  const yes = lastOf(file, will === 'assess' ? 'decided_to_assess' : 'decided_to_issue')
  return refusal && !(yes && yes.on >= refusal.on) ? refusal : undefined
}

const said = (fact: Fact): string | undefined =>
  fact.kind === 'mediation_agreement' ? fact.agreed : fact.kind === 'tribunal_order' ? fact.order : fact.about

/** The order, agreement or notice already on the case, recorded since the refusal. */
const already = (file: CaseFile, kind: FactKind, will: Will, since: Fact | undefined): Fact | undefined =>
  file.ownFacts
    .filter((fact) => fact.kind === kind && said(fact) === will && (!since || fact.on >= since.on))
    .toSorted((a, b) => b.on - a.on)[0]

export function ReversalQuestion({
  form,
  file,
  will,
  label,
}: {
  readonly form: TypedForm
  readonly file: CaseFile
  readonly will: Will
  readonly label: string
}): JSX.Element {
  const refusal = standingRefusal(file, will)
  const limits =
    will === 'assess' ? 'Notice 2 weeks, final plan 14 weeks' : 'Draft 5 weeks, final plan 11 weeks'
  const day = (by: Exclude<ReversedBy, 'reconsideration'>, dayLabel: string, hint: string) => {
    const held = already(file, KINDS[by].kind, will, refusal)
    return {
      more: html(
        held ? (
          <p class="govuk-body">Recorded already: {longDate(held.on)}.</p>
        ) : (
          <DateField form={form} name={KINDS[by].field} label={dayLabel} hint={hint} />
        ),
      ),
    }
  }
  return (
    <ChoiceField
      form={form}
      name="following"
      label={label}
      options={[
        {
          value: 'mediation',
          text: 'Mediation',
          hint: `${limits}, from the agreement (regulation 42).`,
          ...day(
            'mediation',
            'Date of the mediation agreement',
            'The day it was made in writing. If nothing was written, leave this empty: the limits then run from the day below.',
          ),
        },
        {
          value: 'tribunal-order',
          text: 'An order of the tribunal',
          hint: `${limits}, from the order (regulation 44).`,
          ...day('tribunal-order', 'Date of the tribunal’s order', 'The date on the order.'),
        },
        {
          value: 'concession',
          text: 'The authority does not oppose the appeal',
          hint: `${limits}, from the notice to the tribunal (regulation 45).`,
          ...day(
            'concession',
            'Date of the notice that the appeal is not opposed',
            'The day the tribunal was told, before a response was sent. If it was not told, leave this empty: the original 20 weeks still bind.',
          ),
        },
        {
          value: 'reconsideration',
          text: 'The authority looked at it again',
          hint: 'The original 20 weeks still bind.',
        },
      ]}
    />
  )
}

/**
 * The fact from which the limits run, to be recorded before the decision; none when it is on the case already or no day is
 * known. Late is never a reason to refuse it: only a day before the refusal, or after the decision that follows it.
 */
export function reversalFact(
  file: CaseFile,
  answer: ReversalAnswer,
  will: Will,
  decidedOn: string,
):
  | { readonly ok: true; readonly facts: readonly StepFact[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const { following } = answer
  if (following === null || following === 'reconsideration') return { ok: true, facts: [] }
  const { kind, field, name } = KINDS[following]
  const refusal = standingRefusal(file, will)
  const held = already(file, kind, will, refusal)
  const on = answer[field]
  const refuse = (text: string) => ({ ok: false, errors: [{ field, text }] }) as const
  const day = held ? iso(held.on) : on
  if (day === null)
    return following === 'tribunal-order'
      ? refuse('Enter the date of the tribunal’s order')
      : { ok: true, facts: [] }
  if (refusal && date(day) < refusal.on)
    return refuse(
      `The date of the ${name} must be on or after ${longDate(refusal.on)}, the day of the refusal`,
    )
  if (day > decidedOn)
    return refuse(
      `The date of the ${name} must be on or before ${longDate(date(decidedOn))}, the day of the decision that follows it`,
    )
  return { ok: true, facts: held ? [] : [{ kind, on: day, field, payload: PAYLOADS[following](will) }] }
}
