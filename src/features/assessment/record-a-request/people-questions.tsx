import type { JSX } from 'preact'
import { longDate, date as plain } from '../../../law/index.ts'
import { ChoiceField, SelectField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukCheckboxes, GovukInsetText, html } from '../../../ui/govuk/index.ts'
import { RELATIONSHIPS, youngPersonFrom } from '../../children/the-child/index.ts'
import { isTypedYoungPerson, MOST_PEOPLE, peopleAsked, personField, typedDay } from './form.ts'
import { options, type QuestionsView, Section } from './question-parts.tsx'

export function YoungPerson({ view }: { readonly view: QuestionsView }): JSX.Element | null {
  const { form, typed, today } = view
  const bornOn = typedDay(typed, 'bornOn')
  if (bornOn === undefined || bornOn > today || !isTypedYoungPerson(typed, today)) return null
  const name = typed['givenName']?.trim() || 'The young person'
  return (
    <Section title="Whose rights these are">
      <GovukInsetText>
        {name} has been over compulsory school age since {longDate(plain(youngPersonFrom(bornOn)))}. The right
        to ask, to be told and to appeal is now {name}’s own, not a parent’s (Children and Families Act 2014,
        section 83; Education Act 1996, section 8). Parents may still help if {name} wishes.
      </GovukInsetText>
      <ChoiceField
        form={form}
        name="writeTo"
        label="Who should be written to?"
        options={[
          {
            value: 'young-person',
            text: name,
            more: html(
              <>
                <TextField
                  form={form}
                  name="youngPersonEmail"
                  label={`${name}’s email (optional)`}
                  type="email"
                />
                <TextField
                  form={form}
                  name="youngPersonPhone"
                  label={`${name}’s telephone (optional)`}
                  type="tel"
                  width={20}
                />
              </>,
            ),
          },
          {
            value: 'representative',
            text: 'A representative, because they lack mental capacity',
            hint: 'SEND Regulations 2014, regulation 64. Add the representative below',
          },
        ]}
      />
    </Section>
  )
}

export function People({ view }: { readonly view: QuestionsView }): JSX.Element {
  const { form, typed } = view
  const count = peopleAsked(typed)
  return (
    <>
      {Array.from({ length: count }, (_, place) => (
        <Person key={place} form={form} index={place + 1} />
      ))}
      {count < MOST_PEOPLE && (
        <GovukButton
          text="Add another person"
          classes="govuk-button--secondary"
          name="go"
          value="add-person"
        />
      )}
      <GovukCheckboxes
        name="noPeopleKnown"
        values={form.values('noPeopleKnown')}
        items={[
          {
            value: 'yes',
            text: 'No parent or carer is known yet',
            hint: {
              text: 'The request still counts, and the clock still runs. Find them: they must be consulted and told',
            },
          },
        ]}
      />
    </>
  )
}

function Person({ form, index }: { readonly form: TypedForm; readonly index: number }): JSX.Element {
  const field = (part: Parameters<typeof personField>[1]): string => personField(index, part)
  return (
    <fieldset class="govuk-fieldset govuk-!-margin-bottom-6">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m govuk-!-margin-top-7">
        <h2 class="govuk-fieldset__heading">{index === 1 ? 'Parent or carer' : `Person ${index}`}</h2>
      </legend>
      {index === 1 && (
        <p class="govuk-hint">
          The one who asked, if a parent did. Then everybody else with parental responsibility: each has a
          right to be told.
        </p>
      )}
      {index > 1 && <p class="govuk-hint">Leave empty if there is nobody else.</p>}
      <TextField form={form} name={field('Name')} label="Full name" />
      <SelectField
        form={form}
        name={field('Relationship')}
        label="Who are they to the child?"
        options={options(RELATIONSHIPS)}
        empty="Choose"
      />
      <ChoiceField
        form={form}
        name={field('ParentalResponsibility')}
        label="Do they have parental responsibility?"
        options={YES_NO}
        inline
      />
      <ChoiceField
        form={form}
        name={field('LivesWith')}
        label="Does the child live with them?"
        options={YES_NO}
        inline
      />
      <TextField
        form={form}
        name={field('AddressLine')}
        label="Their address, if it is another one (optional)"
      />
      <TextField
        form={form}
        name={field('Postcode')}
        label="Their postcode, if it is another one (optional)"
        width={10}
      />
      <TextField form={form} name={field('Email')} label="Email (optional)" type="email" />
      <TextField form={form} name={field('Phone')} label="Telephone (optional)" type="tel" width={20} />
      {(form.value(field('AnotherBecause')) !== '' ||
        form.errors.some((error) => error.field === field('AnotherBecause'))) && (
        <TextField
          form={form}
          name={field('AnotherBecause')}
          label="This is another person, because"
          hint="For example, his brother, seen with his passport. Kept in the history. If they may be the same person, tick below that nothing may be sent, or take them out"
        />
      )}
      <GovukCheckboxes
        name={field('Restricted')}
        values={form.values(field('Restricted'))}
        items={[
          {
            value: 'yes',
            text: 'Nothing may be sent to this person',
            hint: { text: 'A court order or a risk bars it' },
            conditional: {
              html: html(
                <TextField
                  form={form}
                  name={field('RestrictionNote')}
                  label="Why? Give the order and its date"
                />,
              ),
            },
          },
        ]}
      />
    </fieldset>
  )
}
const YES_NO = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
] as const
