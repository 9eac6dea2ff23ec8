import { parseDate } from '../../../law/index.ts'
import { compareNames, foldName, type NameLikeness } from '../../../record/names.ts'
import { isSameFirstName } from './short-names.ts'

/** What is known of a child, as far as telling one from another goes. */
export interface Identity {
  readonly givenName: string
  readonly familyName: string
  readonly knownAs: string | null
  readonly bornOn: string
  readonly upn: string | null
  readonly formerUpns: readonly string[]
  readonly nhsNumber: string | null
  readonly addressLine: string | null
  readonly postcode: string | null
}

/** `strong`: must be answered before a second record is made. `sibling`: another child of the household. */
export type Likeness = 'strong' | 'possible' | 'sibling' | 'none'

export interface Judgement {
  readonly likeness: Likeness
  /** The same UPN or NHS number: two records may never hold it. */
  readonly sameNumber: boolean
  /** The same number but another name or date of birth: one of them is wrong. */
  readonly numberClash: boolean
  /** Why, for the officer to read: "Same name", "Born 1 April, not 4 January: day and month swapped". */
  readonly because: readonly string[]
}

type DateSlip = 'same' | 'swapped' | 'slip' | 'different'

/** Real dates one slip of the keys away: day and month swapped, one number wrong, or two side by side swapped. */
export function datesASlipAway(iso: string): ReadonlyMap<string, Exclude<DateSlip, 'same' | 'different'>> {
  const found = new Map<string, Exclude<DateSlip, 'same' | 'different'>>()
  const add = (candidate: string, how: 'swapped' | 'slip'): void => {
    if (candidate !== iso && parseDate(candidate) !== null && !found.has(candidate)) found.set(candidate, how)
  }
  const [year, month, day] = iso.split('-')
  add(`${year}-${day}-${month}`, 'swapped')
  for (let place = 0; place < iso.length; place++) {
    if (iso[place] === '-') continue
    for (let digit = 0; digit <= 9; digit++)
      add(`${iso.slice(0, place)}${digit}${iso.slice(place + 1)}`, 'slip')
    const next = iso[place + 1]
    if (next !== undefined && next !== '-')
      add(`${iso.slice(0, place)}${next}${iso[place]}${iso.slice(place + 2)}`, 'slip')
  }
  return found
}

function compareBirths(a: string, b: string): DateSlip {
  return a === b ? 'same' : (datesASlipAway(a).get(b) ?? 'different')
}

const NAME_WORDS = {
  same: 'Same name',
  swapped: 'Same name, with its parts in another order',
  near: 'Name spelt almost the same',
  part: 'Name the same but for a part left out',
  shortened: 'Same name, with a short form of the first',
  first: 'The same child by another first name, or a twin',
  different: 'Different name',
} as const
const BIRTH_WORDS = {
  same: 'Same date of birth',
  swapped: 'Date of birth the same but for day and month swapped',
  slip: 'Date of birth the same but for one slip of the keys',
  different: 'Different date of birth',
} as const

const givensOf = (one: Identity): readonly string[] => [one.givenName, one.knownAs ?? '']

const sameAddressLine = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && foldName(a) !== '' && foldName(a) === foldName(b)

/** Judges whether a record held may be of the same child as one about to be made. */
export function judgeDuplicate(typed: Identity, held: Identity): Judgement {
  const spelt = compareNames(
    { given: typed.givenName, family: typed.familyName, knownAs: typed.knownAs },
    { given: held.givenName, family: held.familyName, knownAs: held.knownAs },
  )
  const born = compareBirths(typed.bornOn, held.bornOn)
  const upns = [held.upn, ...held.formerUpns]
  const sameUpn = [typed.upn, ...typed.formerUpns].some((upn) => upn !== null && upns.includes(upn))
  const sameNhs = typed.nhsNumber !== null && typed.nhsNumber === held.nhsNumber
  const samePostcode = typed.postcode !== null && typed.postcode === held.postcode
  const sameGiven = givensOf(typed).some((one) => givensOf(held).some((other) => isSameFirstName(one, other)))
  const sameFamily = foldName(typed.familyName) === foldName(held.familyName)
  // "Jake" and "Jacob" are one name: only the spelling differs.
  const shortened = spelt !== 'same' && sameGiven && sameFamily
  const name: NameLikeness = shortened ? 'same' : spelt
  // Another first name, the same family name, and the same birthday: a child by another name, or a twin.
  const otherFirstName = sameFamily && !sameGiven && name === 'different'
  const isAlikeNamed = name !== 'different'
  const sameNumber = sameUpn || sameNhs
  const because = [
    sameUpn ? 'Same UPN' : '',
    sameNhs ? 'Same NHS number' : '',
    shortened
      ? NAME_WORDS.shortened
      : otherFirstName && born !== 'different'
        ? NAME_WORDS.first
        : NAME_WORDS[name],
    BIRTH_WORDS[born],
    samePostcode ? 'Same postcode' : '',
  ].filter(Boolean)
  const answer = (likeness: Likeness): Judgement => ({
    likeness,
    sameNumber,
    numberClash: sameNumber && (!isAlikeNamed || born === 'different'),
    because,
  })
  if (sameNumber) return answer('strong')
  if (isAlikeNamed && born === 'same') return answer('strong')
  if ((name === 'same' || name === 'swapped') && born !== 'different') return answer('strong')
  if (sameGiven && born === 'same' && samePostcode) return answer('strong')
  if (isAlikeNamed && born !== 'different') return answer('possible')
  if (name === 'same' || (name === 'swapped' && samePostcode)) return answer('possible')
  if (sameGiven && born === 'same') return answer('possible')
  if (otherFirstName && (born === 'same' || (born !== 'different' && !samePostcode)))
    return answer('possible')
  if (samePostcode && (sameFamily || sameAddressLine(typed.addressLine, held.addressLine)))
    return answer('sibling')
  return answer('none')
}
