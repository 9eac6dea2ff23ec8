import { readTable } from './open-data.ts'

/** An English local authority with education duties, as the Department for Education lists it. */
export interface EnglishAuthority {
  readonly code: string
  readonly name: string
  readonly onsCode: string
  readonly region: string
}

const readAll = (): readonly EnglishAuthority[] =>
  readTable('settings/local-authorities-england.csv').map((row) => ({
    code: row['dfe_la_code']!,
    name: row['la_name']!,
    onsCode: row['ons_code']!,
    region: row['region_name']!,
  }))

/** The authority of a code of the Department for Education; undefined when there is none. */
export const findEnglishAuthority = (code: string): EnglishAuthority | undefined =>
  readAll().find((one) => one.code === code)

/** Those somebody may have meant by a code or a name that is none: a name given, or a slip of one key. */
export function likelyAuthorities(given: string): readonly EnglishAuthority[] {
  const typed = given.trim().toLowerCase()
  if (/[a-z]/.test(typed)) return readAll().filter((one) => one.name.toLowerCase().includes(typed))
  return readAll().filter((one) => isOneSlipAway(one.code, typed))
}

/** One digit wrong, one missing, one too many, or two the wrong way round. */
function isOneSlipAway(code: string, typed: string): boolean {
  if (typed.length === code.length) {
    const differ = [...code].flatMap((digit, at) => (digit === typed[at] ? [] : [at]))
    const [first, second] = differ
    return (
      differ.length === 1 ||
      (differ.length === 2 &&
        second === first! + 1 &&
        code[first!] === typed[second] &&
        code[second] === typed[first!])
    )
  }
  const [longer, shorter] = code.length > typed.length ? [code, typed] : [typed, code]
  return (
    longer.length === shorter.length + 1 &&
    [...longer].some((_, at) => longer.slice(0, at) + longer.slice(at + 1) === shorter)
  )
}
