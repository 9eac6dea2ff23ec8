import type { Trx } from '../../../db/viewer.ts'
import { sharedWays, type WaysToReach } from '../../../documents/letters/recipients.ts'
import { foldName } from '../../../record/names.ts'

/** Somebody about to be put on a child's record, as they would be kept. */
export interface PersonDescribed {
  readonly name: string
  readonly addressLine: string | null
  readonly postcode: string | null
  readonly email: string | null
  readonly phone: string | null
}

export type BarredLikeness = 'name' | 'address' | 'email' | 'telephone number'

/** Somebody barred from a child who may be the person described, and what is alike. */
export interface BarredLike {
  readonly name: string
  readonly by: readonly BarredLikeness[]
}

const TITLES = new Set(
  'mr mrs ms miss mx master dr prof professor rev reverend fr sir dame lady lord jr jnr junior sr snr senior'.split(
    ' ',
  ),
)

/** Given names and the parts of the family name, however it was typed: "Mr N. Taylor", "TAYLOR, Nathan J". */
function partsOf(name: string): {
  readonly initial: string
  readonly family: readonly string[]
  readonly all: string
} {
  const [first = '', ...rest] = name.split(',')
  const turned =
    rest.length > 0 && rest.some((part) => foldName(part) !== '') ? `${rest.join(' ')} ${first}` : name
  const words = turned
    .split(/\s+/u)
    .flatMap((word) => (foldName(word) === '' ? [] : [foldName(word).split(' ')]))
    .filter((parts) => !TITLES.has(parts.join('')))
  const last = words.at(-1) ?? []
  // "N.Taylor" is one word as typed, and so is "Okafor-Lindqvist".
  const isInitials = words.length === 1 && last.length > 1 && last[0]!.length === 1
  const given = isInitials ? last[0] : words.length > 1 ? words[0]![0] : undefined
  return {
    initial: given?.[0] ?? '',
    family: isInitials ? last.slice(1) : last,
    all: words.flat().toSorted().join(' '),
  }
}

/** The same family name, or a part of a double one, and the same first initial; or the same words in another order. */
export function isNameAlike(a: string, b: string): boolean {
  const [one, other] = [partsOf(a), partsOf(b)]
  if (one.all === '' || other.all === '') return false
  if (one.all === other.all) return true
  const sameFamily =
    one.family.some((part) => other.family.includes(part)) || one.family.join('') === other.family.join('')
  return sameFamily && (one.initial === '' || other.initial === '' || one.initial === other.initial)
}

const waysOf = (person: PersonDescribed): WaysToReach => ({ ...person, address_line: person.addressLine })

/** Which of those barred the person described may be. */
export const barredAmong = (barred: readonly PersonDescribed[], person: PersonDescribed): BarredLike[] =>
  barred.flatMap((one) => {
    const by: BarredLikeness[] = [
      ...(isNameAlike(one.name, person.name) ? (['name'] as const) : []),
      ...sharedWays(waysOf(one), waysOf(person)),
    ]
    return by.length === 0 ? [] : [{ name: one.name, by }]
  })

/** Everybody a court order or a risk bars, or barred when their part in the child's life ended. */
export const everBarred = (trx: Trx, childId: string): Promise<PersonDescribed[]> =>
  trx
    .selectFrom('child_contact')
    .innerJoin('contact', 'contact.id', 'child_contact.contact_id')
    .select(['name', 'address_line as addressLine', 'postcode', 'email', 'phone'])
    .where('child_id', '=', childId)
    .where('restricted', '=', true)
    .orderBy('name')
    .execute()

/** A bar is on a person and not on a line of the record: who barred, on this child, ended or not, may the person described be? */
export const findBarredLike = async (
  trx: Trx,
  childId: string,
  person: PersonDescribed,
): Promise<BarredLike[]> => barredAmong(await everBarred(trx, childId), person)

const likeWords = (alike: readonly BarredLike[]): string =>
  alike.map((one) => `${one.name} (the same ${one.by.join(' and ')})`).join(' and ')

/** Why a person may not be added as they are. */
export const barredProblem = (name: string, alike: readonly BarredLike[]): string =>
  `${name} may be ${likeWords(alike)}, to whom nothing may be sent. If they are the same person, leave the record as it is. If not, say why this is another person`

/** For the history: whom an officer said this is not, and why. */
export const anotherPersonWords = (name: string, alike: readonly BarredLike[], because: string): string =>
  `${name} is said to be another person than ${likeWords(alike)}, who is barred, because: ${because}`

/** A line of another child's record that is about the same person. */
export interface SamePersonElsewhere {
  readonly linkId: string
  readonly childId: string
  readonly childName: string
  readonly reference: string
  readonly personName: string
}

/** Other children, among those the viewer may see, round whom the same person is recorded and not barred. */
export async function findElsewhere(
  trx: Trx,
  child: { readonly id: string; readonly address_line: string | null; readonly postcode: string | null },
  person: PersonDescribed & { readonly contactId: string },
): Promise<SamePersonElsewhere[]> {
  const postcodes = [person.postcode, child.postcode].filter((code) => code !== null)
  const rows = await trx
    .selectFrom('child_contact')
    .innerJoin('contact', 'contact.id', 'contact_id')
    .innerJoin('child', 'child.id', 'child_id')
    .select([
      'child_contact.id as linkId',
      'child_id as childId',
      'given_name',
      'family_name',
      'reference',
      'contact_id',
      'name',
      'email',
      'phone',
      'contact.address_line',
      'contact.postcode',
      'child.address_line as home_line',
      'child.postcode as home_postcode',
    ])
    .where('child_id', '<>', child.id)
    .where('restricted', '=', false)
    .where('to_on', 'is', null)
    .where((where) =>
      where.or([
        where('contact_id', '=', person.contactId),
        ...(postcodes.length > 0
          ? [where('contact.postcode', 'in', postcodes), where('child.postcode', 'in', postcodes)]
          : []),
        ...(person.email === null
          ? []
          : [where(where.fn('lower', ['email']), '=', person.email.toLowerCase())]),
        ...(person.phone === null ? [] : [where('phone', 'is not', null)]),
      ]),
    )
    .orderBy('reference')
    .execute()
  const nowhere = { email: null, phone: null }
  return rows
    .filter((row) => {
      if (row.contact_id === person.contactId) return true
      const shared = sharedWays(waysOf(person), row)
      if (shared.includes('email')) return true
      const sameHome = sharedWays(
        { ...nowhere, address_line: child.address_line, postcode: child.postcode },
        { ...nowhere, address_line: row.home_line, postcode: row.home_postcode },
      )
      return isNameAlike(person.name, row.name) && shared.length + sameHome.length > 0
    })
    .map((row) => ({
      linkId: row.linkId,
      childId: row.childId,
      childName: `${row.given_name} ${row.family_name}`,
      reference: row.reference,
      personName: row.name,
    }))
}
