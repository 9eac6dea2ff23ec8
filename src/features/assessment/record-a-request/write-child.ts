import { sql } from 'kysely'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { CommandResult, FieldError, SignedIn } from '../../../platform/routes.ts'
import { foldName, nameKey } from '../../../record/names.ts'
import {
  anotherPersonWords,
  type BarredLike,
  barredAmong,
  barredProblem,
  everBarred,
  isYoungPerson,
  type PersonDescribed,
  SELF,
} from '../../children/the-child/index.ts'
import { type PersonGiven, personField, type RequestGiven } from './form.ts'
import type { HeldChild } from './queries.ts'
import type { ChildChoice } from './which-child.ts'

/** Where a request ended up on the record. */
export interface WhatWasRecorded {
  readonly childId: string
  readonly processId: string
  readonly eventId: string
}

export interface RecordRun {
  readonly trx: Trx
  readonly today: string
  readonly viewer: SignedIn
  readonly given: RequestGiven
  readonly choice: ChildChoice
  /** The effect shown on the check page. */
  readonly effectShown: string
  /** The reference of the request made online that this records. */
  readonly onlineReference?: string | undefined
  /** What else is written once it is recorded, in the same transaction; a refusal undoes it all. */
  readonly alsoWrite?: ((recorded: WhatWasRecorded) => Promise<CommandResult | undefined>) | undefined
  readonly changed: (childId: string) => void
}

/** The next number of the authority's one sequence, as five figures or more. */
export const nextNumber = async (trx: Trx): Promise<string> => {
  const { rows } = await sql<{ n: number }>`select nextval('case_number') as n`.execute(trx)
  return String(rows[0]!.n).padStart(5, '0')
}

/** Makes the child's record, and the line of the history that says so. */
export async function registerChild(
  { trx, given, choice, today, viewer }: RecordRun,
  localityId: string | null,
): Promise<string> {
  const reference = `C-${await nextNumber(trx)}`
  const child = await trx
    .insertInto('child')
    .values({
      reference,
      given_name: given.givenName,
      family_name: given.familyName,
      known_as: given.knownAs,
      name_key: nameKey(given.givenName, given.familyName),
      date_of_birth: given.bornOn,
      sex: given.sex,
      ethnicity: given.ethnicity,
      first_language: given.firstLanguage ?? 'English',
      interpreter: given.interpreter,
      upn: given.upn,
      nhs_number: given.nhsNumber,
      address_line: given.addressLine,
      town: given.town,
      postcode: given.postcode,
      locality_id: localityId,
      setting_urn: given.settingUrn,
      registered_on: today,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordEvent(trx, {
    childId: child.id,
    processId: null,
    kind: 'child_registered',
    on: today,
    today,
    by: viewer.accountId,
    payload: {
      reference,
      formerUpn: given.formerUpn,
      ...(choice.sameAs === 'different' ? { notTheSameAs: choice.considered } : {}),
    },
    why: choice.sameAs === 'different' ? choice.differentBecause : null,
  })
  return child.id
}

/** What an existing record does not hold yet is added from the request; what differs is left for the officer to change. */
export async function fillGaps({ trx, given, today, viewer }: RecordRun, held: HeldChild): Promise<void> {
  const gaps = gapsFilled(given, held)
  if (gaps.length === 0) return
  await trx
    .updateTable('child')
    .set({
      ...Object.fromEntries(gaps.map((gap) => [gap.column, gap.to])),
      version: sql<number>`version + 1`,
    })
    .where('id', '=', held.id)
    .execute()
  await recordEvent(trx, {
    childId: held.id,
    processId: null,
    kind: 'child_details_changed',
    on: today,
    today,
    by: viewer.accountId,
    payload: { changes: gaps.map(({ field, to }) => ({ field, from: null, to })) },
    why: 'Given in a request',
  })
}

/** What a request adds to a record that lacks it. */
export function gapsFilled(
  given: RequestGiven,
  held: HeldChild,
): readonly {
  readonly column: 'upn' | 'nhs_number' | 'setting_urn'
  readonly field: string
  readonly to: string
}[] {
  return [
    ...(held.upn === null && given.upn !== null
      ? [{ column: 'upn' as const, field: 'UPN', to: given.upn }]
      : []),
    ...(held.nhsNumber === null && given.nhsNumber !== null
      ? [{ column: 'nhs_number' as const, field: 'NHS number', to: given.nhsNumber }]
      : []),
    ...(held.settingUrn === null && given.settingUrn !== null
      ? [{ column: 'setting_urn' as const, field: 'School, college or nursery', to: given.settingUrn }]
      : []),
  ]
}

type NewPerson = Omit<PersonGiven, 'relationship'> & { readonly relationship: string }

/** The people to add: those typed who are not on the child's record already, and the young person when they are to be written to. */
export function peopleToAdd(
  given: RequestGiven,
  held: HeldChild | undefined,
  today: string,
): readonly NewPerson[] {
  const onRecord = (name: string): boolean =>
    held?.contacts.some((contact) => foldName(contact.name) === foldName(name)) ?? false
  const self: NewPerson[] =
    isYoungPerson(given.bornOn, today) &&
    given.writeTo === 'young-person' &&
    !held?.contacts.some((contact) => contact.relationship === SELF)
      ? [
          {
            name: `${given.givenName} ${given.familyName}`,
            relationship: SELF,
            parentalResponsibility: false,
            livesWith: true,
            addressLine: null,
            postcode: null,
            email: given.youngPersonEmail,
            phone: given.youngPersonPhone,
            restricted: false,
            restrictionNote: null,
            anotherBecause: null,
            place: 0,
          },
        ]
      : []
  return [...self, ...given.people.filter((person) => !onRecord(person.name))]
}

/** Somebody the child lives with is written to at the child's address unless another was given. */
const addressOf = (person: NewPerson, given: RequestGiven) =>
  person.livesWith && person.addressLine === null
    ? { addressLine: given.addressLine, town: given.town, postcode: given.postcode }
    : { addressLine: person.addressLine, town: null, postcode: person.postcode }

interface PersonLikeBarred {
  readonly person: NewPerson
  readonly alike: readonly BarredLike[]
}

/** The people to add who may be somebody barred from this child: on the record, ever, or on this form. */
async function likeBarred(
  { trx, given, today }: RecordRun,
  held: HeldChild | undefined,
): Promise<PersonLikeBarred[]> {
  const people = peopleToAdd(given, held, today)
  const described = (person: NewPerson): PersonDescribed => ({ ...person, ...addressOf(person, given) })
  const barred = [
    ...(held ? await everBarred(trx, held.id) : []),
    ...people.filter((person) => person.restricted).map(described),
  ]
  return people
    .filter((person) => !person.restricted)
    .flatMap((person) => {
      // A child bears their parent's name and lives at home: only an email or a telephone number says otherwise.
      const self = { ...described(person), name: '', addressLine: null, postcode: null }
      const alike = barredAmong(barred, person.relationship === SELF ? self : described(person))
      return alike.length === 0 ? [] : [{ person, alike }]
    })
}

/** Nobody barred comes back as somebody new: what to tell beside the field; nothing when each was said to be another person. */
export async function barredAgain(
  run: RecordRun,
  held: HeldChild | undefined,
): Promise<readonly FieldError[]> {
  return (await likeBarred(run, held))
    .filter(({ person }) => person.anotherBecause === null)
    .map(({ person, alike }) =>
      person.relationship === SELF
        ? {
            field: alike.some((one) => one.by.includes('email')) ? 'youngPersonEmail' : 'youngPersonPhone',
            text: `This would reach ${alike.map((one) => one.name).join(' and ')}, to whom nothing may be sent. Enter one that is ${person.name}’s own`,
          }
        : { field: personField(person.place, 'AnotherBecause'), text: barredProblem(person.name, alike) },
    )
}

/** Adds the people who are new, each with an address that reaches them. */
export async function addPeople(
  run: RecordRun,
  childId: string,
  held: HeldChild | undefined,
): Promise<string[]> {
  const { trx, given, today, viewer } = run
  const explained = await likeBarred(run, held)
  const people = peopleToAdd(given, held, today)
  for (const person of people) {
    const at = addressOf(person, given)
    const contact = await trx
      .insertInto('contact')
      .values({
        name: person.name,
        email: person.email,
        phone: person.phone,
        address_line: at.addressLine,
        town: at.town,
        postcode: at.postcode,
        prefers: 'letter',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('child_contact')
      .values({
        child_id: childId,
        contact_id: contact.id,
        relationship: person.relationship,
        parental_responsibility: person.parentalResponsibility,
        lives_with: person.livesWith,
        restricted: person.restricted,
        restriction_note: person.restrictionNote,
        from_on: given.receivedOn,
      })
      .execute()
  }
  for (const { person, alike } of explained)
    await recordEvent(trx, {
      childId,
      processId: null,
      kind: 'child_details_changed',
      on: today,
      today,
      by: viewer.accountId,
      payload: { said: anotherPersonWords(person.name, alike, person.anotherBecause ?? '') },
      why: 'Named in a request',
    })
  return people.map((person) => person.name)
}
