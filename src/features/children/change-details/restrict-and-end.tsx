import { z } from 'zod'
import { date, shortDate } from '../../../law/index.ts'
import { optionalText, plainDate, text, yesOrNo } from '../../../platform/forms.ts'
import { ChoiceField, DateField, TextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { relationshipWords } from '../the-child/index.ts'
import { changePage } from './change-page.tsx'
import { refuse } from './command.ts'
import { personOf } from './person-of.ts'

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')

/** May anything be sent to a person? */
export const restrictRoutes = changePage({
  url: '/staff/children/:id/people/:person/restrict',
  name: 'restrict a person',
  title: (child, context) => {
    const person = personOf(child, context)
    return person && `May anything be sent to ${person.name}?`
  },
  schema: z.object({
    restricted: yesOrNo('Choose whether anything may be sent to them').transform((maySend) => !maySend),
    note: optionalText({ max: 1000 }),
    why: text('Enter how you know', { max: 500 }),
  }),
  button: 'Save',
  start: (child, context) => {
    const person = personOf(child, context)
    return person ? { restricted: yesNo(!person.restricted), note: person.restrictionNote ?? '' } : {}
  },
  questions: async (form) => (
    <>
      <GovukInsetText>
        From the moment this is saved no letter, email or message is sent to a person who is restricted, and
        they can no longer open the child’s record.
      </GovukInsetText>
      <ChoiceField
        form={form}
        name="restricted"
        label="May letters and messages be sent to them?"
        options={[
          { value: 'yes', text: 'Yes' },
          { value: 'no', text: 'No, a court order or a risk bars it' },
        ]}
      />
      <TextField
        form={form}
        name="note"
        label="The order or the risk"
        hint="For example, prohibited steps order, Bournemouth Family Court, 2 June 2024. Needed when nothing may be sent"
      />
      <TextField
        form={form}
        name="why"
        label="How do you know?"
        hint="For example, the order seen; the order has ended"
      />
    </>
  ),
  carryOut: async ({ trx, child }, given, context) => {
    const person = personOf(child, context)
    if (!person) return refuse('', 'This person is no longer recorded round this child')
    if (given.restricted && given.note === null)
      return refuse('note', 'Enter the order or the risk: staff must know why nothing may be sent')
    if (given.restricted === person.restricted && given.note === person.restrictionNote)
      return refuse('', 'Nothing on this page is different from the record, so nothing was saved')
    await trx
      .updateTable('child_contact')
      .set({ restricted: given.restricted, restriction_note: given.restricted ? given.note : null })
      .where('id', '=', person.linkId)
      .execute()
    const words = (restricted: boolean, note: string | null): string =>
      restricted ? `nothing may be sent (${note ?? ''})` : 'may be written to'
    return {
      ok: true,
      changes: [
        {
          field: person.name,
          from: words(person.restricted, person.restrictionNote),
          to: words(given.restricted, given.note),
        },
      ],
      why: given.why,
      notice: given.restricted
        ? `Nothing will be sent to ${person.name}.`
        : `${person.name} may be written to again.`,
    }
  },
})

/** A relationship that has ended. */
export const endRoutes = changePage({
  url: '/staff/children/:id/people/:person/end',
  name: 'end a relationship',
  title: (child, context) => {
    const person = personOf(child, context)
    return person && `End ${person.name} as ${relationshipWords(person.relationship).toLowerCase()}`
  },
  schema: z.object({
    endedOn: plainDate('the day it ended'),
    why: text('Enter why', { max: 500 }),
  }),
  dates: ['endedOn'],
  button: 'End it',
  start: () => ({}),
  questions: async (form, child, context) => (
    <>
      <p class="govuk-body">
        Use this when somebody has died, or is no longer a carer.{' '}
        {personOf(child, context)?.parentalResponsibility &&
          'Parental responsibility does not end when parents part: it ends by adoption, by a court order, or at 18.'}{' '}
        The record of it stays.
      </p>
      <DateField
        form={form}
        name="endedOn"
        label="When did it end?"
        hint="The last day it held is the day before"
      />
      <TextField form={form} name="why" label="Why?" />
    </>
  ),
  carryOut: async ({ trx, child, today }, given, context) => {
    const person = personOf(child, context)
    if (!person) return refuse('', 'This person is no longer recorded round this child')
    if (given.endedOn > today)
      return refuse('endedOn', `The day it ended must be today (${shortDate(date(today))}) or in the past`)
    if (given.endedOn <= person.fromOn)
      return refuse(
        'endedOn',
        `The day it ended must be after ${shortDate(date(person.fromOn))}, when it was recorded as beginning. To stop letters at once, restrict ${person.name} instead`,
      )
    await trx
      .updateTable('child_contact')
      .set({ to_on: given.endedOn })
      .where('id', '=', person.linkId)
      .execute()
    return {
      ok: true,
      changes: [
        {
          field: person.name,
          from: relationshipWords(person.relationship),
          to: `ended on ${shortDate(date(given.endedOn))}`,
        },
      ],
      why: given.why,
      notice: `Ended: ${person.name}.`,
    }
  },
})
