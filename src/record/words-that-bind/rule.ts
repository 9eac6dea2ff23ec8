import type { AuthorityName } from './authorities.ts'
import type { WhereItStands } from './marks.ts'
import type { Reading } from './reading.ts'

/** A stretch of a statement: first included, last excluded. */
export type Stretch = readonly [start: number, end: number]

/** One fixed, explained rule. Its examples are tests: every `bad` is marked by this rule and no `good` is. */
export interface Rule {
  readonly id: string
  /** What it finds, in a phrase. */
  readonly finds: string
  readonly places: readonly WhereItStands[]
  /** Why such words do not bind, in plain English. */
  readonly why: string
  readonly law: readonly AuthorityName[]
  readonly better: string
  readonly bad: readonly string[]
  readonly good: readonly string[]
  readonly find: (statement: string, reading: Reading, place: WhereItStands) => readonly Stretch[]
}

/** Where provision stands, and advice that will become provision. */
export const PROVISION_PLACES: readonly WhereItStands[] = ['provision', 'F', 'advice', 'G', 'H1', 'H2']
export const NEEDS_PLACES: readonly WhereItStands[] = ['B', 'C', 'D']
export const OUTCOME_PLACES: readonly WhereItStands[] = ['E', 'outcome']
export const HEALTH_AND_CARE_PLACES: readonly WhereItStands[] = ['G', 'H1', 'H2']

/** Every stretch the patterns match; each pattern has the flag `g`. */
export function stretches(statement: string, ...patterns: readonly RegExp[]): Stretch[] {
  const found: Stretch[] = []
  for (const pattern of patterns) {
    for (const match of statement.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].trimEnd().length
      if (!found.some(([from, to]) => start < to && from < end)) found.push([start, end])
    }
  }
  return found.sort(([a], [b]) => a - b)
}

/** Words that leave a way out however much else is fixed: marked in any statement of provision. */
export function wayOut(...patterns: readonly RegExp[]): Rule['find'] {
  return (statement, reading) => (reading.isProvision ? stretches(statement, ...patterns) : [])
}

/** Words that are empty by themselves and harmless where amount, frequency and person are fixed beside them. */
export function emptyAlone(...patterns: readonly RegExp[]): Rule['find'] {
  return (statement, reading) =>
    reading.isProvision && !reading.isSpecific ? stretches(statement, ...patterns) : []
}
