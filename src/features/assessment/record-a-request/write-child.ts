import { sql } from 'kysely'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { SignedIn } from '../../../platform/routes.ts'
import { foldName, nameKey } from '../../../record/names.ts'
import { isYoungPerson, SELF } from '../../children/the-child/index.ts'
import type { PersonGiven, RequestGiven } from './form.ts'
import type { HeldChild } from './queries.ts'
import type { ChildChoice } from './which-child.ts'

export interface RecordRun {
  readonly trx: Trx
  readonly today: string
  readonly viewer: SignedIn
  readonly given: RequestGiven
  readonly choice: ChildChoice
  /** The effect shown on the check page. */
  readonly effectShown: string
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
          },
        ]
      : []
  return [...self, ...given.people.filter((person) => !onRecord(person.name))]
}

/** Adds the people who are new, each with an address that reaches them. */
export async function addPeople(
  { trx, given, today }: RecordRun,
  childId: string,
  held: HeldChild | undefined,
): Promise<string[]> {
  const people = peopleToAdd(given, held, today)
  for (const person of people) {
    // Somebody the child lives with is written to at the child's address unless another was given.
    const atHome = person.livesWith && person.addressLine === null
    const contact = await trx
      .insertInto('contact')
      .values({
        name: person.name,
        email: person.email,
        phone: person.phone,
        address_line: atHome ? given.addressLine : person.addressLine,
        town: atHome ? given.town : null,
        postcode: atHome ? given.postcode : person.postcode,
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
  return people.map((person) => person.name)
}
