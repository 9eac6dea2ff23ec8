import type { JSX } from 'preact'
import { z } from 'zod'
import { choice, optionalText, text, yesOrNo } from '../../../platform/forms.ts'
import { foldName } from '../../../record/names.ts'
import { ChoiceField, SelectField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import {
  anotherPersonWords,
  barredProblem,
  type ChildRecord,
  findBarredLike,
  isYoungPerson,
  optionalEmail,
  optionalPhone,
  optionalPostcode,
  type PersonDescribed,
  RELATIONSHIPS,
  relationshipWords,
  SELF,
} from '../the-child/index.ts'
import { changePage } from './change-page.tsx'
import { type ChangeRun, refuse } from './command.ts'
import { personOf } from './person-of.ts'
import { endRoutes, restrictRoutes } from './restrict-and-end.tsx'

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
  anotherBecause: optionalText({ max: 500 }),
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
      {child.people.some((person) => person.restricted) && (
        <TextField
          form={form}
          name="anotherBecause"
          label="If they are like somebody who is barred: this is another person, because (optional)"
          hint="For example, his brother, seen with his passport. Kept in the history. Leave empty if they may be the same person"
        />
      )}
      <TextField
        form={form}
        name="why"
        label="How do you know?"
        hint="For example, the birth certificate seen; the mother told us on 3 May"
      />
    </>
  )
}

/** A person like one who is barred stays barred, unless the officer says why it is another: then those words are kept. */
async function checkBarred(
  { trx, child }: ChangeRun,
  person: PersonDescribed,
  because: string | null,
): Promise<{ readonly refused: ReturnType<typeof refuse> } | { readonly also: { readonly said?: string } }> {
  const alike = await findBarredLike(trx, child.id, person)
  if (alike.length === 0) return { also: {} }
  return because === null
    ? { refused: refuse('anotherBecause', barredProblem(person.name, alike)) }
    : { also: { said: anotherPersonWords(person.name, alike, because) } }
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
  carryOut: async (run, given) => {
    const { trx, child, today } = run
    if (given.relationship === SELF && !isYoungPerson(child.date_of_birth, today))
      return refuse(
        'relationship',
        `${child.given_name} is still of compulsory school age, so a parent is written to`,
      )
    if (child.people.some((person) => person.toOn === null && foldName(person.name) === foldName(given.name)))
      return refuse('name', `${given.name} is already recorded round this child`)
    const atHome = given.livesWith && given.addressLine === null
    const kept = {
      ...given,
      addressLine: atHome ? child.address_line : given.addressLine,
      postcode: atHome ? child.postcode : given.postcode,
    }
    const bar = await checkBarred(run, kept, given.anotherBecause)
    if ('refused' in bar) return bar.refused
    const contact = await trx
      .insertInto('contact')
      .values({
        name: given.name,
        email: given.email,
        phone: given.phone,
        address_line: kept.addressLine,
        town: atHome ? child.town : given.town,
        postcode: kept.postcode,
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
        ...bar.also,
        peopleAdded: [
          `${given.name} (${relationshipWords(given.relationship).toLowerCase()}${given.parentalResponsibility ? ', with parental responsibility' : ''})`,
        ],
      },
      why: given.why,
      notice: `${given.name} is added.`,
    }
  },
})

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
  carryOut: async (run, given, context) => {
    const { trx, child } = run
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
    // Whoever is barred stays so, whatever is changed of them.
    const bar = person.restricted ? { also: {} } : await checkBarred(run, given, given.anotherBecause)
    if ('refused' in bar) return bar.refused
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
    return {
      ok: true,
      changes,
      also: bar.also,
      why: given.why,
      notice: `The changes to ${given.name} are saved.`,
    }
  },
})

export const peopleRoutes = [...addRoutes, ...editRoutes, ...restrictRoutes, ...endRoutes]
