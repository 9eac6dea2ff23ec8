import type { JSX } from 'preact'
import { LongTextField, SelectField, type TypedForm } from '../../../ui/fields/index.ts'

export interface Holder {
  readonly id: string
  readonly name: string
  readonly open: number
}

/** Who to give it to, with how much each already has, and the handover note. */
export function AssignQuestions({
  form,
  holders,
}: {
  readonly form: TypedForm
  readonly holders: readonly Holder[]
}): JSX.Element {
  return (
    <>
      <SelectField
        form={form}
        name="to"
        label="Give to"
        empty="Choose a person"
        options={[
          ...holders.map((one) => ({
            value: one.id,
            text: `${one.name} (${one.open === 1 ? '1 open assessment' : `${one.open} open assessments`})`,
          })),
          { value: 'none', text: 'Nobody yet: for the team to allocate' },
        ]}
      />
      <LongTextField
        form={form}
        name="note"
        label="Handover note"
        max={4000}
        rows={6}
        hint="Who the family deals with, what was promised and by when, what is next, and what not to ask again. It is kept in the case history."
      />
      <p class="govuk-body">
        The family, and the SENCO and head of the school or college, then get a message with the new
        coordinator’s name. It names no child.
      </p>
    </>
  )
}
