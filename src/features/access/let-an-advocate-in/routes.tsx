import { sql } from 'kysely'
import { z } from 'zod'
import { addMonths, date, iso, shortDate } from '../../../law/index.ts'
import { optionalText, plainDate, text } from '../../../platform/forms.ts'
import type { Context, Route } from '../../../platform/routes.ts'
import { DateField, dateParts, SelectField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { changePage, refuse } from '../../children/change-details/index.ts'
import {
  ADVOCATE,
  anotherPersonWords,
  barredProblem,
  type ChildRecord,
  findBarredLike,
  isYoungPerson,
  optionalEmail,
  optionalPhone,
  type Person,
  SELF,
} from '../../children/the-child/index.ts'

const THE_YOUNG_PERSON = 'the young person'
const day = (on: string): string => shortDate(date(on))

/** Who may consent: the young person once the rights are theirs, and until then whoever has parental responsibility. */
function whoMayConsent(child: ChildRecord, today: string): readonly string[] {
  const now = child.people.filter(
    (one) => (one.toOn === null || one.toOn > today) && one.fromOn <= today && !one.restricted,
  )
  const parents = now.filter((one) => one.parentalResponsibility).map((one) => one.name)
  if (!isYoungPerson(child.date_of_birth, today)) return parents
  const own = now.filter((one) => one.relationship === SELF).map((one) => one.name)
  // Where a young person lacks capacity a parent or a representative consents.
  const representatives = now
    .filter((one) => ['representative', 'deputy', 'attorney'].includes(one.relationship))
    .map((one) => one.name)
  return [...new Set([...(own.length > 0 ? own : [THE_YOUNG_PERSON]), ...representatives, ...parents])]
}

const consentSchema = {
  consentBy: text('Choose who gave consent'),
  consentOn: plainDate('the day consent was given'),
  endsOn: plainDate('the day it ends'),
  why: text('Enter how you know', { max: 500 }),
}

interface Consent {
  readonly consentBy: string
  readonly consentOn: string
  readonly endsOn: string
}

/** What is wrong with a consent, if anything: its giver, its day, or its length. */
export function consentProblem(
  child: ChildRecord,
  consent: Consent,
  today: string,
): { readonly field: string; readonly text: string } | undefined {
  if (!whoMayConsent(child, today).includes(consent.consentBy))
    return { field: 'consentBy', text: 'Choose somebody on this record who may consent today' }
  if (consent.consentOn > today)
    return {
      field: 'consentOn',
      text: `The day consent was given must be today (${day(today)}) or in the past`,
    }
  if (consent.endsOn <= today)
    return { field: 'endsOn', text: `The day it ends must be after today (${day(today)})` }
  const most = iso(addMonths(date(consent.consentOn), 12))
  if (consent.endsOn > most)
    return {
      field: 'endsOn',
      text: `Consent lasts 12 months at most, so it must end by ${day(most)}. After that it can be renewed`,
    }
  return undefined
}

function ConsentQuestions({
  form,
  child,
  today,
}: {
  readonly form: TypedForm
  readonly child: ChildRecord
  readonly today: string
}) {
  return (
    <>
      <SelectField
        form={form}
        name="consentBy"
        label="Who gave consent?"
        empty="Choose"
        hint={
          isYoungPerson(child.date_of_birth, today)
            ? 'The rights are the young person’s own. Somebody else consents only where they lack the capacity to'
            : 'Somebody with parental responsibility'
        }
        options={whoMayConsent(child, today).map((name) => ({ value: name, text: name }))}
      />
      <DateField form={form} name="consentOn" label="When was it given?" />
      <DateField
        form={form}
        name="endsOn"
        label="When does it end?"
        hint="They may see the record until the day before. 12 months after it was given at most"
      />
      <TextField
        form={form}
        name="why"
        label="How do you know?"
        hint="For example, signed form of 3 May seen; told by telephone and confirmed by email"
      />
    </>
  )
}

const addAdvocate = changePage({
  url: '/staff/children/:id/advocates/new',
  name: 'add an advocate',
  title: () => 'Add an advocate',
  schema: z.object({
    name: text('Enter the advocate’s full name'),
    organisation: optionalText({ max: 100 }),
    email: optionalEmail,
    phone: optionalPhone,
    anotherBecause: optionalText({ max: 500 }),
    ...consentSchema,
  }),
  dates: ['consentOn', 'endsOn'],
  button: 'Add the advocate',
  start: () => ({}),
  questions: async (form, child, context) => (
    <>
      <GovukInsetText>
        An advocate speaks for a child, a young person or their family, and sees the record while consent
        lasts. Whoever gave it can end it on any day.
      </GovukInsetText>
      <TextField form={form} name="name" label="Full name" />
      <TextField form={form} name="organisation" label="Organisation (optional)" />
      <TextField
        form={form}
        name="email"
        label="Email (optional)"
        type="email"
        hint="Needed for them to sign in. It must be their own"
      />
      <TextField form={form} name="phone" label="Telephone (optional)" type="tel" width={20} />
      {child.people.some((person) => person.restricted) && (
        <TextField
          form={form}
          name="anotherBecause"
          label="If they are like somebody who is barred: this is another person, because (optional)"
        />
      )}
      <ConsentQuestions form={form} child={child} today={context.today} />
    </>
  ),
  carryOut: async ({ trx, child, today }, given) => {
    const problem = consentProblem(child, given, today)
    if (problem) return refuse(problem.field, problem.text)
    const same = child.people.find(
      (one) =>
        one.relationship === ADVOCATE &&
        one.name.toLowerCase() === given.name.toLowerCase() &&
        (one.toOn === null || one.toOn > today),
    )
    if (same)
      return refuse('name', `${same.name} is an advocate on this record already: renew the consent instead`)
    const alike = await findBarredLike(trx, child.id, {
      name: given.name,
      email: given.email,
      phone: given.phone,
      addressLine: null,
      postcode: null,
    })
    if (alike.length > 0 && given.anotherBecause === null)
      return refuse('anotherBecause', barredProblem(given.name, alike))
    const contact = await trx
      .insertInto('contact')
      .values({
        name: given.name,
        email: given.email,
        phone: given.phone,
        prefers: given.email ? 'email' : 'letter',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('child_contact')
      .values({
        child_id: child.id,
        contact_id: contact.id,
        relationship: ADVOCATE,
        parental_responsibility: false,
        from_on: today,
        to_on: given.endsOn,
        consent_on: given.consentOn,
        consent_by: given.consentBy,
      })
      .execute()
    return {
      ok: true,
      changes: [],
      also: {
        peopleAdded: [
          `${given.name}${given.organisation ? ` of ${given.organisation}` : ''} (advocate, with consent given by ${given.consentBy} on ${day(given.consentOn)}, until ${day(given.endsOn)})`,
        ],
        ...(alike.length > 0 && given.anotherBecause
          ? { said: anotherPersonWords(given.name, alike, given.anotherBecause) }
          : {}),
      },
      why: given.why,
      notice: `${given.name} is added. To let them sign in, open an account for them under People.`,
    }
  },
})

const advocateOf = (child: ChildRecord, context: Context): Person | undefined =>
  child.people.find((one) => one.linkId === context.params['person'] && one.relationship === ADVOCATE)

const renew = changePage({
  url: '/staff/children/:id/advocates/:person/renew',
  name: 'renew an advocate’s consent',
  title: (child, context) => {
    const person = advocateOf(child, context)
    return person && !person.restricted ? `Renew consent to ${person.name}` : undefined
  },
  schema: z.object(consentSchema),
  dates: ['consentOn', 'endsOn'],
  button: 'Renew the consent',
  start: (_child, context) => dateParts('consentOn', context.today),
  questions: async (form, child, context) => (
    <>
      <p class="govuk-body">
        Ask again: consent given a year ago may not be what they want now. What was agreed before stays in the
        history.
      </p>
      <ConsentQuestions form={form} child={child} today={context.today} />
    </>
  ),
  carryOut: async ({ trx, child, today }, given, context) => {
    const person = advocateOf(child, context)
    if (!person) return refuse('', 'This person is no longer recorded round this child')
    const problem = consentProblem(child, given, today)
    if (problem) return refuse(problem.field, problem.text)
    const consent = { to_on: given.endsOn, consent_on: given.consentOn, consent_by: given.consentBy }
    if (person.toOn !== null && person.toOn <= today)
      await trx
        .insertInto('child_contact')
        .values({
          child_id: child.id,
          contact_id: person.contactId,
          relationship: ADVOCATE,
          parental_responsibility: false,
          from_on: today,
          ...consent,
        })
        .execute()
    else await trx.updateTable('child_contact').set(consent).where('id', '=', person.linkId).execute()
    return {
      ok: true,
      changes: [
        {
          field: `${person.name}, advocate, consent until`,
          from: person.toOn === null ? null : day(person.toOn),
          to: `${day(given.endsOn)} (given by ${given.consentBy} on ${day(given.consentOn)})`,
        },
      ],
      why: given.why,
      notice: `Consent to ${person.name} is renewed until ${day(given.endsOn)}.`,
    }
  },
})

const endConsent = changePage({
  url: '/staff/children/:id/advocates/:person/end',
  name: 'end an advocate’s consent',
  title: (child, context) => {
    const person = advocateOf(child, context)
    return person && (person.toOn === null || person.toOn > context.today)
      ? `End consent to ${person.name}`
      : undefined
  },
  schema: z.object({ why: text('Enter who ended it and how', { max: 500 }) }),
  button: 'End the consent now',
  start: () => ({}),
  questions: async (form) => (
    <>
      <p class="govuk-body">
        They stop seeing the record as soon as you send this. Nothing is written to them any more.
      </p>
      <TextField
        form={form}
        name="why"
        label="Who ended it, and how?"
        hint="For example, the mother, by email today"
      />
    </>
  ),
  carryOut: async ({ trx, today }, given, context) => {
    const child = context.params['id'] ?? ''
    const link = await trx
      .selectFrom('child_contact')
      .innerJoin('contact', 'contact.id', 'contact_id')
      .select(['child_contact.id', 'name', 'from_on', 'to_on'])
      .where('child_contact.id', '=', context.params['person'] ?? '')
      .where('child_id', '=', child)
      .where('relationship', '=', ADVOCATE)
      .executeTakeFirst()
    if (!link || (link.to_on !== null && link.to_on <= today))
      return refuse('', 'This consent has ended already')
    // On the day it began there is no day before to end it on: without consent it opens nothing.
    await trx
      .updateTable('child_contact')
      .set(link.from_on < today ? { to_on: today } : { consent_on: null, to_on: sql<string>`from_on + 1` })
      .where('id', '=', link.id)
      .execute()
    return {
      ok: true,
      changes: [
        { field: `${link.name}, advocate`, from: 'consent given', to: `consent ended on ${day(today)}` },
      ],
      why: given.why,
      notice: `Ended: ${link.name} no longer sees the record.`,
    }
  },
})

const REFUSED: Readonly<Record<string, string>> = {
  'not-yours': 'This person is no longer recorded round this child',
  barred: 'This person is barred, or has the same email as somebody who is: no account is opened',
  'no-right': 'Only somebody with parental responsibility, the young person or an advocate has an account',
  'has-one': 'They have an account already',
  'no-email': 'Record their email first: it is how they sign in',
  ended: 'An account with this email was ended. Ask the data officer why before anything is opened again',
  'somebody-else':
    'This email is how somebody else signs in. Each person needs an email of their own, or one would see what is the other’s',
}

const openAccount = changePage({
  url: '/staff/children/:id/people/:person/account',
  name: 'open an account',
  title: (child, context) => {
    const person = child.people.find(
      (one) => one.linkId === context.params['person'] && (one.toOn === null || one.toOn > context.today),
    )
    return person ? `Open an account for ${person.name}` : undefined
  },
  schema: z.object({ why: text('Enter how you know that the email is theirs alone', { max: 500 }) }),
  button: 'Open the account',
  start: () => ({}),
  questions: async (form, child, context) => {
    const person = child.people.find((one) => one.linkId === context.params['person'])
    return (
      <>
        <p class="govuk-body">
          They sign in by a link sent to{' '}
          <strong>{person?.email ?? 'an email that is not recorded yet'}</strong>. Whoever reads that mailbox
          can sign in.
        </p>
        <TextField
          form={form}
          name="why"
          label="How do you know the email is theirs alone?"
          hint="For example, they gave it to us on the telephone on 3 May"
        />
      </>
    )
  },
  carryOut: async ({ trx, child, today }, given, context) => {
    const person = child.people.find(
      (one) => one.linkId === context.params['person'] && (one.toOn === null || one.toOn > today),
    )
    if (!person) return refuse('', REFUSED['not-yours']!)
    const { rows } = await sql<{
      result: string
    }>`select open_family_account(${person.contactId}, ${child.id}) as result`.execute(trx)
    const result = rows[0]?.result ?? 'not-yours'
    if (result !== 'made') return refuse('', REFUSED[result] ?? REFUSED['not-yours']!)
    return {
      ok: true,
      changes: [{ field: `${person.name}, account`, from: 'none', to: 'opened' }],
      why: given.why,
      notice: `${person.name} can sign in now, with their email.`,
    }
  },
})

export const routes: readonly Route[] = [...addAdvocate, ...renew, ...endConsent, ...openAccount]
