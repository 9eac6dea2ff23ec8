import { councilDuties } from './family-words-council.ts'
import { othersDuties } from './family-words-others.ts'

/** How a rule is told to a family: who must do what, how that reads once done, and what is counted from. */
export interface FamilyWords {
  readonly who: string
  readonly must: string
  readonly did: string
  readonly counts: string
  /** Something that may be done until a day, not a duty: "You can … until …". */
  readonly isRight?: true
  /** What a family must know before it gives up on the date. */
  readonly more?: readonly string[]
}

const WORDS: ReadonlyMap<string, FamilyWords> = new Map([...councilDuties, ...othersDuties])

/** Plain words for a rule; every rule has them (a test holds this). */
export function familyWords(rule: string): FamilyWords {
  return WORDS.get(rule) ?? { who: 'The council', must: 'do this', did: 'did this', counts: 'it began' }
}

/** Does the rule have words of its own? */
export function hasFamilyWords(rule: string): boolean {
  return WORDS.has(rule)
}
