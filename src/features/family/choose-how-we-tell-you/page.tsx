import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { Channel } from '../../../platform/messages/index.ts'
import { ChoiceField, LongTextField, TextField, TickField, type TypedForm } from '../../../ui/fields/index.ts'
import { FormPage } from '../../../ui/parts/index.ts'
import { FORMATS } from './form.ts'
import type { Held } from './queries.ts'

export interface WishView {
  readonly form: TypedForm
  readonly held: Held | undefined
  /** The person it is for, when staff write it down for them. */
  readonly onBehalfOf: string | undefined
  readonly action: string
  readonly back: string
  readonly csrfToken: string
}

const NONE = 'We do not hold one for you yet'

/** How to tell somebody that something has changed: the way, the hours, the language and the form they need. */
export function WishPage({ form, held, onBehalfOf, action, back, csrfToken }: WishView): JSX.Element {
  const you = onBehalfOf ? 'them' : 'you'
  const options: readonly { value: Channel; text: string; hint: string }[] = [
    {
      value: 'email',
      text: 'Email',
      hint: held?.email ?? (onBehalfOf ? 'None is on the record' : 'To the email you sign in with'),
    },
    {
      value: 'text',
      text: 'Text message',
      hint: held?.phone ?? (onBehalfOf ? 'None is on the record' : NONE),
    },
    {
      value: 'letter',
      text: 'Letter by post',
      hint: held?.address || (onBehalfOf ? 'None is on the record' : NONE),
    },
  ]
  return (
    <FormPage
      caption={onBehalfOf}
      title={onBehalfOf ? 'How we tell them' : 'How we tell you'}
      errors={form.errors}
      errorTargets={{}}
      action={action}
      csrfToken={csrfToken}
      idempotencyKey={randomUUID()}
      button="Save"
      cancel={{ text: 'Cancel', href: back }}
      before={
        <>
          <p class="govuk-body">
            When something changes, we send a short message. It says what to do and by when. It never has a
            child’s name in it.
          </p>
          <p class="govuk-body">Some papers must come by post as well. The law says so.</p>
        </>
      }
    >
      <ChoiceField
        form={form}
        name="channel"
        label={`How should we tell ${you}?`}
        options={options}
        hint={
          onBehalfOf
            ? 'Change an address on the child’s details'
            : 'If one of these is wrong, tell your coordinator'
        }
      />
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">When should we send nothing?</legend>
        <p class="govuk-hint">If you leave these empty, we send nothing between 9pm and 7am.</p>
        <TextField form={form} name="quietFrom" label="From" hint="Like 9pm" width={5} />
        <TextField form={form} name="quietTo" label="Until" hint="Like 7am" width={5} />
      </fieldset>
      <TextField form={form} name="language" label={`Which language is best for ${you}?`} width={20} />
      <TextField
        form={form}
        name="interpreter"
        label="Is an interpreter needed? If so, for which language?"
        hint="You can say British Sign Language. Leave it empty if not."
        width={20}
      />
      <TickField
        form={form}
        name="formats"
        label="Do you need papers in another form?"
        options={Object.entries(FORMATS).map(([value, text]) => ({ value, text }))}
      />
      <LongTextField
        form={form}
        name="otherNeeds"
        label="Is there anything else we should remember?"
        hint="For example, call before you write"
        max={500}
        rows={3}
      />
    </FormPage>
  )
}
