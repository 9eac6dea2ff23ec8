/** Names as people write them: two spellings of one person must meet before a second record is made. */

export interface PersonName {
  readonly given: string
  readonly family: string
  readonly knownAs?: string | null | undefined
}

/** How two names compare. `same`: but for capitals, accents, hyphens and apostrophes. `swapped`: given and family
 *  names the other way round. `near`: a letter or two wrong. `part`: one has a middle or second family name more. */
export type NameLikeness = 'same' | 'swapped' | 'near' | 'part' | 'different'

/** Letters that do not come apart into a plain letter and an accent. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** Lower case, no accents, no apostrophes; hyphens and other marks are spaces; single spaces. */
export function foldName(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter] ?? letter)
    .replaceAll(/['’‘`´ʼ]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The folded name kept with a child's record, family name first so that a list can be searched from its start. */
export function nameKey(given: string, family: string): string {
  return `${foldName(family)} ${foldName(given)}`.trim()
}

/** Compares two names, known-as names included: the closest likeness found. */
export function compareNames(a: PersonName, b: PersonName): NameLikeness {
  const order: readonly NameLikeness[] = ['same', 'swapped', 'near', 'part', 'different']
  let best: NameLikeness = 'different'
  for (const givenA of givensOf(a)) {
    for (const givenB of givensOf(b)) {
      const found = comparePair([givenA, foldName(a.family)], [givenB, foldName(b.family)])
      if (order.indexOf(found) < order.indexOf(best)) best = found
    }
  }
  return best
}

const givensOf = (name: PersonName): readonly string[] =>
  [foldName(name.given), foldName(name.knownAs ?? '')].filter((given) => given !== '')

type Pair = readonly [given: string, family: string]
const joined = (text: string): string => text.replaceAll(' ', '')

function comparePair(a: Pair, b: Pair): NameLikeness {
  const [givenA, familyA, givenB, familyB] = [joined(a[0]), joined(a[1]), joined(b[0]), joined(b[1])]
  if (givenA === givenB && familyA === familyB) return 'same'
  if (givenA === familyB && familyA === givenB) return 'swapped'
  if (sorted(a) === sorted(b)) return 'swapped'
  if (isNear(givenA, givenB) && isNear(familyA, familyB)) return 'near'
  if (isNear(givenA, familyB) && isNear(familyA, givenB)) return 'near'
  if (isPart(a[0], b[0]) && isPart(a[1], b[1])) return 'part'
  return 'different'
}

const sorted = (pair: Pair): string => pair.join(' ').split(' ').toSorted().join(' ')

/** Every word of the shorter is in the longer. */
function isPart(a: string, b: string): boolean {
  const [few, many] = [a.split(' '), b.split(' ')].toSorted((one, other) => one.length - other.length)
  return few!.every((word) => many!.includes(word))
}

/** No slip in a name of up to 3 letters, one up to 7, two beyond. */
const slipsAllowed = (a: string, b: string): number => {
  const length = Math.max(a.length, b.length)
  return length <= 3 ? 0 : length <= 7 ? 1 : 2
}
const isNear = (a: string, b: string): boolean =>
  a === b || slipsBetween(a, b, slipsAllowed(a, b)) <= slipsAllowed(a, b)

/**
 * Letters added, left out, changed or two side by side swapped, to make one word of the other.
 * @param most stop counting past this; the answer is then more than `most`
 */
export function slipsBetween(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let least = Math.min(changed, last[j]! + 1, row[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[b.length]!
}
