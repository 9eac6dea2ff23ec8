import { date, type PlainDate } from './calendar/plain-date.ts'
import type { Display } from './deadline.ts'
import { displayOf } from './engine/compile.ts'
import { lengthInWords } from './engine/length-words.ts'
import { ALL_RULES } from './rules/all-rules.ts'
import type { Rule, RuleException, RuleVersion } from './rules/rule.ts'

/** A rule as it stood on a day. Exceptions are those in force that day. */
export interface RuleInForce {
  readonly rule: Rule
  readonly version: RuleVersion
  readonly display: Display
  readonly limit: string
  readonly exceptions: readonly RuleException[]
}

/** The law as at a day, in the order of a case: law, guidance, arithmetic and local targets, each marked. */
export function rulesInForce(on: PlainDate, process?: string): RuleInForce[] {
  return ALL_RULES.flatMap((rule) => {
    const version = rule.versions.find((one) => isInForce(one, on))
    if (version === undefined || (process !== undefined && rule.process !== process)) return []
    const exceptions = version.exceptions.filter(
      ({ inForce }) => inForce === undefined || (on >= date(inForce.from) && on <= date(inForce.to)),
    )
    return [{ rule, version, display: displayOf(rule), limit: lengthInWords(version), exceptions }]
  })
}

/** The rule with this id, if there is one. */
export function findRule(id: string): Rule | undefined {
  return ALL_RULES.find((rule) => rule.id === id)
}

function isInForce({ from, to }: RuleVersion, on: PlainDate): boolean {
  return on >= date(from) && (to === null || on <= date(to))
}
