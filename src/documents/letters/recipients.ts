import type { Trx } from '../../db/viewer.ts'
import { date } from '../../law/index.ts'
import { foldName } from '../../record/names.ts'
import { compulsorySchoolAgeEnds } from '../../record/school-age.ts'
import type { ContactPoints } from './contact-points.ts'
import type { Addressee, HowSent, LetterKind, NamedRecipient } from './kinds.ts'

/** One person or body who is to have a letter, with the address the record holds for them and no other. */
export interface Recipient {
  readonly contactId: string | null
  readonly addressee: Addressee
  /** Where it goes, in words: an address, an email address, or the family's account. */
  readonly to: string
  /** Null when it was not sent: there is nowhere to send it. */
  readonly how: HowSent | null
}

export interface Recipients {
  readonly to: readonly Recipient[]
  /** Have a right to it, but the record holds no way to reach them. */
  readonly unreachable: readonly string[]
  /** May not be written to: a court order or a risk. */
  readonly barred: readonly string[]
  /** Why the letter cannot be sent at all; null when it can. */
  readonly problem: string | null
}

/** Has the child become a young person, to whom the rights have passed? CFA 2014 s.83(2). */
export const isYoungPerson = (dateOfBirth: string, on: string): boolean =>
  date(on) > compulsorySchoolAgeEnds(date(dateOfBirth))

const plain = (relationship: string): string =>
  relationship
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** Care of a child makes a parent, with or without parental responsibility (Education Act 1996 s.576). */
const isCarer = (relationship: string): boolean =>
  ['carer', 'foster-carer', 'kinship-carer', 'guardian'].includes(plain(relationship)) ||
  plain(relationship).includes('special-guardian')
const isSelf = (relationship: string): boolean => plain(relationship) === 'self'
/** Recorded to act with or for a young person. */
const actsForYoungPerson = (relationship: string): boolean =>
  ['representative', 'deputy', 'alternative-person', 'attorney'].includes(plain(relationship))

/** Letters the law requires to be sent to the family: if nobody can have one, it is an error the officer must mend. */
const OWED_TO_FAMILY: ReadonlySet<LetterKind> = new Set([
  'considering-assessment',
  'decided-to-assess',
  'refused-to-assess',
  'decided-not-to-issue',
  'draft-plan',
  'final-plan',
  'amendment-notice',
  'amended-final-plan',
  'amendment-declined',
])

export interface ContactOnRecord {
  readonly id: string
  readonly name: string
  readonly relationship: string
  readonly parental_responsibility: boolean
  readonly lives_with: boolean
  readonly restricted: boolean
  readonly email: string | null
  readonly phone: string | null
  readonly address_line: string | null
  readonly town: string | null
  readonly postcode: string | null
  readonly account_id: string | null
}

/** Everyone recorded about a child on a day, restricted or not. Read afresh, so that a page kept open cannot send to yesterday's address. */
export const contactsOnRecord = (trx: Trx, childId: string, today: string): Promise<ContactOnRecord[]> =>
  trx
    .selectFrom('child_contact')
    .innerJoin('contact', 'contact.id', 'child_contact.contact_id')
    .select([
      'contact.id',
      'contact.name',
      'relationship',
      'parental_responsibility',
      'lives_with',
      'restricted',
      'email',
      'phone',
      'address_line',
      'town',
      'postcode',
      'account_id',
    ])
    .where('child_id', '=', childId)
    .where('from_on', '<=', today)
    .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>', today)]))
    .orderBy('contact.name')
    .execute()

const addressLines = (contact: ContactOnRecord): string[] =>
  [contact.address_line, contact.town, contact.postcode].filter(
    (line): line is string => line !== null && line.trim() !== '',
  )

export interface WaysToReach {
  readonly email: string | null
  readonly phone: string | null
  readonly address_line: string | null
  readonly postcode: string | null
}

const POSTCODE = /\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b/
function placeOf({ address_line, postcode }: WaysToReach) {
  const typed = foldName(address_line ?? '')
  const code = foldName(postcode ?? '') || (POSTCODE.exec(typed)?.[0] ?? '')
  const line = typed.replace(POSTCODE, '').trim()
  return { line, code: code.replaceAll(' ', ''), numbers: (line.match(/\d+[a-z]?\b/g) ?? []).join(' ') }
}

/** Would post meant for one reach the other? A house number and a postcode are one door, however the street is spelt. */
function isSameAddress(a: WaysToReach, b: WaysToReach): boolean {
  const [one, other] = [placeOf(a), placeOf(b)]
  if (one.line === '' || other.line === '') return false
  if (one.code === '' || other.code === '')
    return `${one.line} `.startsWith(`${other.line} `) || `${other.line} `.startsWith(`${one.line} `)
  return (
    one.code === other.code &&
    (one.line === other.line || (one.numbers !== '' && one.numbers === other.numbers))
  )
}
const digits = (phone: string | null): string =>
  (phone ?? '')
    .replaceAll(/\D/g, '')
    .replace(/^(00)?44/, '0')
    .replace(/^00/, '0')
const plainEmail = (email: string | null): string => (email ?? '').trim().toLowerCase()

/** What reaches two people alike: their address, email or telephone number. */
export function sharedWays(a: WaysToReach, b: WaysToReach): ('address' | 'email' | 'telephone number')[] {
  return [
    ...(isSameAddress(a, b) ? (['address'] as const) : []),
    ...(plainEmail(a.email) !== '' && plainEmail(a.email) === plainEmail(b.email)
      ? (['email'] as const)
      : []),
    ...(digits(a.phone).length >= 6 && digits(a.phone) === digits(b.phone)
      ? (['telephone number'] as const)
      : []),
  ]
}

/** A letter that would come into the hands of somebody barred is not sent: why, in words; null when it would not. */
function reachesBarred(contact: ContactOnRecord, contacts: readonly ContactOnRecord[]): string | null {
  for (const barred of contacts.filter((one) => one.restricted)) {
    const shared = sharedWays(contact, barred)
    if (shared.length > 0)
      return `${contact.name} (the same ${shared.join(' and ')} as ${barred.name}, who is barred: if the record is wrong, correct it)`
  }
  return null
}

/** The way asked for when the record allows it, or else the first that it does. */
function reach(
  contact: ContactOnRecord,
  preferred: HowSent,
): { readonly how: HowSent; readonly to: string; readonly lines: readonly string[] } | null {
  const posted = addressLines(contact)
  // A postcode or a town alone delivers nothing.
  const canPost = contact.address_line !== null && contact.address_line.trim() !== ''
  const ways: Readonly<Record<HowSent, string | null>> = {
    post: canPost ? posted.join(', ') : null,
    'by-hand': canPost ? posted.join(', ') : null,
    email: contact.email,
    portal: contact.account_id === null ? null : 'Their account on this site',
  }
  for (const how of [preferred, 'post', 'email', 'portal'] as const) {
    const to = ways[how]
    if (to) return { how, to, lines: how === 'email' || how === 'portal' ? [] : posted }
  }
  return null
}

/** Email never goes where there is no email address: it is posted, or not sent. */
export function wayTo(
  email: string | null,
  address: string | null,
  preferred: HowSent,
): Pick<Recipient, 'to' | 'how'> {
  if (email && (preferred === 'email' || !address)) return { to: email, how: 'email' }
  if (preferred === 'email')
    return address ? { to: address, how: 'post' } : { to: 'Not sent: no address', how: null }
  return {
    to: address ?? 'Address held by the SEND office',
    how: preferred === 'portal' ? 'post' : preferred,
  }
}

const organisation = (body: NamedRecipient, preferred: HowSent): Recipient => {
  const address = body.address?.trim() || null
  const email = body.email?.trim() || null
  return {
    contactId: null,
    addressee: { name: body.name, role: 'organisation', addressLines: address ? address.split(', ') : [] },
    ...wayTo(email, address, preferred),
  }
}

export interface RecipientQuestion {
  readonly kind: LetterKind
  readonly childId: string
  readonly on: string
  readonly today: string
  readonly how: HowSent
  /** For a letter to a body asked for something: that body, or the family (head (a) of the advice). */
  readonly to?: NamedRecipient | 'family'
  /** The setting named in a final plan, where it is not the one attended. */
  readonly settingUrn?: string | null
}

/** Who is to have a letter: those with a right to it, none of them restricted, each at their own address on the record. */
export async function findRecipients(
  trx: Trx,
  question: RecipientQuestion,
  points: ContactPoints,
): Promise<Recipients> {
  const { kind, to } = question
  if (to !== undefined && to !== 'family')
    return { to: [organisation(to, question.how)], unreachable: [], barred: [], problem: null }
  const family = await familyRecipients(trx, question)
  if (family.problem && (OWED_TO_FAMILY.has(kind) || to === 'family')) return family
  return {
    ...family,
    problem: null,
    to: [...family.to, ...(to === 'family' ? [] : await otherBodies(trx, question, points))],
  }
}

async function familyRecipients(
  trx: Trx,
  { childId, on, today, how }: RecipientQuestion,
): Promise<Recipients> {
  const child = await trx
    .selectFrom('child')
    .select(['given_name', 'family_name', 'date_of_birth'])
    .where('id', '=', childId)
    .executeTakeFirstOrThrow()
  const name = `${child.given_name} ${child.family_name}`
  const young = isYoungPerson(child.date_of_birth, on)
  const contacts = await contactsOnRecord(trx, childId, today)
  const entitled = contacts.filter((contact) =>
    young
      ? isSelf(contact.relationship) || actsForYoungPerson(contact.relationship)
      : !isSelf(contact.relationship) &&
        (contact.parental_responsibility || (contact.lives_with && isCarer(contact.relationship))),
  )
  const judged = entitled.map((contact) => ({
    contact,
    bar: contact.restricted ? contact.name : reachesBarred(contact, contacts),
  }))
  const barred = judged.flatMap(({ bar }) => bar ?? [])
  const reached = judged
    .flatMap(({ contact, bar }) => (bar === null ? [contact] : []))
    .map((contact) => ({ contact, way: reach(contact, how) }))
  const recipients = reached.flatMap(({ contact, way }): Recipient[] =>
    way === null
      ? []
      : [
          {
            contactId: contact.id,
            to: way.to,
            how: way.how,
            addressee: {
              name: contact.name,
              role: isSelf(contact.relationship) ? 'young-person' : 'parent',
              addressLines: way.lines,
            },
          },
        ],
  )
  const unreachable = reached.filter(({ way }) => way === null).map(({ contact }) => contact.name)
  return {
    to: recipients,
    unreachable,
    barred,
    problem: recipients.length > 0 ? null : nobody(name, young, unreachable, barred),
  }
}

function nobody(
  name: string,
  young: boolean,
  unreachable: readonly string[],
  barred: readonly string[],
): string {
  const who = young
    ? `${name} is past compulsory school age, so this letter must go to ${name}`
    : `This letter must go to a parent of ${name}`
  if (unreachable.length > 0)
    return `${who}, and there is no address or email for ${unreachable.join(' or ')}. Add one to the child’s record, then record this again.`
  if (barred.length > 0)
    return `${who}, and everyone recorded who could have it is restricted. Nothing may be sent to them. They are: ${barred.join(', ')}. Add another person who may be written to, then record this again.`
  return `${who}, and nobody is recorded. Add ${young ? `${name} as a contact (“self”)` : 'a parent or carer'} with an address, then record this again.`
}

const TOLD_BY_LAW: Partial<Record<LetterKind, readonly ('health' | 'social-care' | 'setting')[]>> = {
  // Reg 4(2), and reg 5(2) for the same people.
  'considering-assessment': ['health', 'social-care', 'setting'],
  'decided-to-assess': ['health', 'social-care', 'setting'],
  'refused-to-assess': ['health', 'social-care', 'setting'],
  // Reg 10(2).
  'decided-not-to-issue': ['health', 'setting'],
  // Reg 13(2): the setting named in section I.
  'final-plan': ['health', 'setting'],
  // Reg 22(3), likewise.
  'amended-final-plan': ['health', 'setting'],
  'request-withdrawn': ['health', 'social-care', 'setting'],
}

async function otherBodies(
  trx: Trx,
  { kind, childId, how, settingUrn }: RecipientQuestion,
  points: ContactPoints,
): Promise<Recipient[]> {
  const bodies = TOLD_BY_LAW[kind] ?? []
  const found: Recipient[] = []
  const officeOf = (point: 'health-commissioning-body' | 'social-care-notices'): NamedRecipient => ({
    name: points[point].name,
    address: points[point].address ?? null,
    email: points[point].email ?? null,
  })
  if (bodies.includes('health')) found.push(organisation(officeOf('health-commissioning-body'), how))
  if (bodies.includes('social-care')) found.push(organisation(officeOf('social-care-notices'), how))
  if (bodies.includes('setting')) {
    // A final plan goes to the setting it names, and to no other.
    const urn =
      kind === 'final-plan' || kind === 'amended-final-plan'
        ? (settingUrn ?? null)
        : (
            await trx
              .selectFrom('child')
              .select('setting_urn')
              .where('id', '=', childId)
              .executeTakeFirstOrThrow()
          ).setting_urn
    const setting =
      urn === null
        ? undefined
        : await trx
            .selectFrom('setting')
            .select(['name', 'town', 'postcode'])
            .where('urn', '=', urn)
            .executeTakeFirst()
    if (setting)
      found.push(
        organisation(
          {
            name: `The head teacher or principal, ${setting.name}`,
            address: [setting.town, setting.postcode].filter(Boolean).join(', ') || null,
          },
          how,
        ),
      )
  }
  return found
}
