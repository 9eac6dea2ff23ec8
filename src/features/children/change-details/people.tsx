import type { JSX } from 'preact'
import { z } from 'zod'
import { date, shortDate } from '../../../law/index.ts'
import { choice, optionalText, plainDate, text, yesOrNo } from '../../../platform/forms.ts'
import type { Context } from '../../../platform/routes.ts'
import { foldName } from '../../../record/names.ts'
import { ChoiceField, DateField, SelectField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import {
  type ChildRecord,
  isYoungPerson,
  optionalEmail,
  optionalPhone,
  optionalPostcode,
  type Person,
  RELATIONSHIPS,
  relationshipWords,
  SELF,
} from '../the-child/index.ts'
import { changePage } from './change-page.tsx'
import { refuse } from './command.ts'

const YES_NO = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
] as const
const yesNo = (value: boolean): string => (value ? 'yes' : 'no')

const relationships = [SELF, ...Object.keys(RELATIONSHIPS)] as [string, ...string[]]

const personSchema = z.object({
  name: text('Enter the person’s full name'),
  relationship: choice(relationships, 'Choose who they are to the child'),
  parentalResponsibility: yesOrNo('Say whether they have parental responsibility'),
  livesWith: yesOrNo('Say whether the child lives with them'),
  addressLine: optionalText({ max: 200 }),
  town: optionalText({ max: 60 }),
  postcode: optionalPostcode,
  email: optionalEmail,
  phone: optionalPhone,
  why: text('Enter how you know', { max: 500 }),
})

function PersonQuestions({
  form,
  child,
  today,
}: {
  readonly form: TypedForm
  readonly child: ChildRecord
  readonly today: string
}): JSX.Element {
  return (
    <>
      <TextField form={form} name="name" label="Full name" />
      <SelectField
        form={form}
        name="relationship"
        label="Who are they to the child?"
        empty="Choose"
        options={[
          ...(isYoungPerson(child.date_of_birth, today)
            ? [{ value: SELF, text: `${child.given_name}, in their own right` }]
            : []),
          ...Object.entries(RELATIONSHIPS).map(([value, words]) => ({ value, text: words })),
        ]}
      />
      <ChoiceField
        form={form}
        name="parentalResponsibility"
        label="Do they have parental responsibility?"
        options={YES_NO}
        inline
      />
      <ChoiceField
        form={form}
        name="livesWith"
        label="Does the child live with them?"
        options={YES_NO}
        inline
      />
      <TextField
        form={form}
        name="addressLine"
        label="Address (optional)"
        hint="Leave empty to use the child’s, if the child lives with them"
      />
      <TextField form={form} name="town" label="Town or city (optional)" width={20} />
      <TextField form={form} name="postcode" label="Postcode (optional)" width={10} />
      <TextField form={form} name="email" label="Email (optional)" type="email" />
      <TextField form={form} name="phone" label="Telephone (optional)" type="tel" width={20} />
      <TextField
        form={form}
        name="why"
        label="How do you know?"
        hint="For example, the birth certificate seen; the mother told us on 3 May"
      />
    </>
  )
}

const addRoutes = changePage({
  url: '/staff/children/:id/people/new',
  name: 'add a person',
  title: () => 'Add a person',
  schema: personSchema,
  button: 'Add this person',
  start: () => ({}),
  questions: async (form, child, context) => (
    <PersonQuestions form={form} child={child} today={context.today} />
  ),
  carryOut: async ({ trx, child, today }, given) => {
    if (given.relationship === SELF && !isYoungPerson(child.date_of_birth, today))
      return refuse(
        'relationship',
        `${child.given_name} is still of compulsory school age, so a parent is written to`,
      )
    if (child.people.some((person) => person.toOn === null && foldName(person.name) === foldName(given.name)))
      return refuse('name', `${given.name} is already recorded round this child`)
    const atHome = given.livesWith && given.addressLine === null
    const contact = await trx
      .insertInto('contact')
      .values({
        name: given.name,
        email: given.email,
        phone: given.phone,
        address_line: atHome ? child.address_line : given.addressLine,
        town: atHome ? child.town : given.town,
        postcode: atHome ? child.postcode : given.postcode,
        prefers: 'letter',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('child_contact')
      .values({
        child_id: child.id,
        contact_id: contact.id,
        relationship: given.relationship,
        parental_responsibility: given.parentalResponsibility,
        lives_with: given.livesWith,
        from_on: today,
      })
      .execute()
    return {
      ok: true,
      changes: [],
      also: {
        peopleAdded: [
          `${given.name} (${relationshipWords(given.relationship).toLowerCase()}${given.parentalResponsibility ? ', with parental responsibility' : ''})`,
        ],
      },
      why: given.why,
      notice: `${given.name} is added.`,
    }
  },
})

/** The person an address names, among those who are still round the child. */
const personOf = (child: ChildRecord, context: Context): Person | undefined =>
  child.people.find((person) => person.linkId === context.params['person'] && person.toOn === null)

const editRoutes = changePage({
  url: '/staff/children/:id/people/:person/details',
  name: 'change a person’s details',
  title: (child, context) => {
    const person = personOf(child, context)
    return person && `Change what is recorded of ${person.name}`
  },
  schema: personSchema,
  button: 'Save the changes',
  start: (child, context) => {
    const person = personOf(child, context)
    if (!person) return {}
    return {
      name: person.name,
      relationship: person.relationship,
      parentalResponsibility: yesNo(person.parentalResponsibility),
      livesWith: yesNo(person.livesWith),
      addressLine: person.addressLine ?? '',
      town: person.town ?? '',
      postcode: person.postcode ?? '',
      email: person.email ?? '',
      phone: person.phone ?? '',
    }
  },
  questions: async (form, child, context) => (
    <PersonQuestions form={form} child={child} today={context.today} />
  ),
  carryOut: async ({ trx, child }, given, context) => {
    const person = personOf(child, context)
    if (!person) return refuse('', 'This person is no longer recorded round this child')
    const yes = (value: boolean): string => (value ? 'yes' : 'no')
    const changes = (
      [
        ['name', person.name, given.name],
        ['who they are', relationshipWords(person.relationship), relationshipWords(given.relationship)],
        ['parental responsibility', yes(person.parentalResponsibility), yes(given.parentalResponsibility)],
        ['lives with the child', yes(person.livesWith), yes(given.livesWith)],
        ['address', person.addressLine, given.addressLine],
        ['town', person.town, given.town],
        ['postcode', person.postcode, given.postcode],
        ['email', person.email, given.email],
        ['telephone', person.phone, given.phone],
      ] as const
    ).flatMap(([field, from, to]) => (from === to ? [] : [{ field: `${person.name}, ${field}`, from, to }]))
    if (changes.length === 0)
      return refuse('', 'Nothing on this page is different from the record, so nothing was saved')
    await trx
      .updateTable('contact')
      .set({
        name: given.name,
        address_line: given.addressLine,
        town: given.town,
        postcode: given.postcode,
        email: given.email,
        phone: given.phone,
      })
      .where('id', '=', person.contactId)
      .execute()
    await trx
      .updateTable('child_contact')
      .set({
        relationship: given.relationship,
        parental_responsibility: given.parentalResponsibility,
        lives_with: given.livesWith,
      })
      .where('id', '=', person.linkId)
      .execute()
    return { ok: true, changes, why: given.why, notice: `The changes to ${given.name} are saved.` }
  },
})

const restrictRoutes = changePage({
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

const endRoutes = changePage({
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

export const peopleRoutes = [...addRoutes, ...editRoutes, ...restrictRoutes, ...endRoutes]
