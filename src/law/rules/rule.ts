/** The shape of a statutory rule: a duty, what starts and stops its clock, and dated versions of its
 *  limit. Rules are data; the engine in clock.ts reads them and nothing else decides a date. */
import type { AttributeName } from '../facts/attributes.ts'
import type { FactKind } from '../facts.ts'
import type { Choice, ReadingRef } from '../settings.ts'

export type CountedUnit = 'weeks' | 'calendar-days' | 'working-days' | 'school-days' | 'months'

/** At most n units after the trigger. `at-least` is a minimum period (before a future date with
 *  direction `before`); `look-back` an eligibility test on an earlier event; `target` a range in guidance;
 *  `period-starting-with` ends the day before the corresponding date. */
export interface CountedLength {
  readonly n: number
  readonly unit: CountedUnit
  readonly bound?: 'at-least' | 'look-back' | 'target'
  readonly direction?: 'before'
  readonly kind?: 'period-starting-with'
  readonly upTo?: number
}

/** A day of the calendar. `before` is strict. */
export interface FixedLength {
  readonly fixed: {
    readonly month: number
    readonly day: number
    readonly bound: 'before' | 'on'
    readonly year?: number
    readonly yearOf?: 'transfer'
    readonly note?: string
  }
}

export interface LaterOfLength {
  readonly laterOf: readonly { readonly n: number; readonly unit: 'months'; readonly from: string }[]
}

/** Duties with no number to count. */
export type UncountedLength =
  | { readonly immediate: true }
  | { readonly asSoonAs: 'practicable' | 'reasonably-practicable' | 'possible' }
  | { readonly none: true }
  | { readonly until: string }
  | { readonly during: string }
  | { readonly with: string }
  | { readonly sameAs: string }
  | { readonly reasonableNotice: true }

export type Length = CountedLength | FixedLength | LaterOfLength | UncountedLength

/** Only the first four are law. */
export type Nature =
  | 'act'
  | 'regulation'
  | 'tribunal-rule'
  | 'case-law'
  | 'guidance'
  | 'ombudsman'
  | 'derived'
  | 'local'

/** An exception and its two legs. `impractical`: the listed fact must exist AND have made compliance
 *  impractical. `condition`: the listed fact alone displaces the limit. */
export interface RuleException {
  readonly id: string
  readonly citation: string
  readonly summary: string
  readonly legs: 'impractical' | 'condition'
  readonly inForce?: { readonly from: string; readonly to: string }
  /** Held only on one reading of an uncertain point. */
  readonly reading?: ReadingCondition
}

export type ReadingCondition = readonly [ref: ReadingRef, ...choices: Choice[]]

/** A test of one fact's attributes. `is` includes undefined where an attribute left out counts. */
export type Where = {
  readonly [name in AttributeName]?:
    | { readonly is: readonly (string | boolean | number | undefined)[] }
    | { readonly isNot: readonly (string | boolean | number | undefined)[] }
}

/** Tests that need more than one fact: the engine works them out once for a case. */
export type CaseCondition =
  | 'ordered-to-assess'
  | 'ordered-to-make-plan'
  | 'agreement-to-assess-starts-clock'
  | 'agreement-to-issue-starts-clock'
  | 'detained-assessment'
  | 'not-detained-assessment'
  | 'known-in-time'
  | 'known-late'
  | 'has-direct-payments'
  | 'transfer-on-1-september-2015'
  | 'transfer-not-on-1-september-2015'
  | 'first-plan'

export interface Start {
  readonly kind: FactKind
  readonly where?: Where
  readonly condition?: CaseCondition
  /** An attribute whose date starts the clock instead of the fact's own day, where it is given. */
  readonly datedBy?: 'receivedOn' | 'awareOn' | 'arrivedOn'
  /** Two dates may count; U-n says which. */
  readonly earlierOf?: readonly ['planDated' | 'sentOn', ReadingRef]
  readonly reading?: ReadingCondition
  readonly and?: ReadingCondition
}

export interface Stop {
  readonly kind: FactKind
  readonly where?: Where
  readonly reading?: ReadingCondition
  readonly and?: ReadingCondition
}

/** A fact that overtakes the duty, unless one of the later facts undid it. */
export interface Lapse {
  readonly kind: FactKind
  readonly where?: Where
  readonly unlessLater?: readonly FactKind[]
  readonly words: string
}

export interface RuleVersion {
  readonly from: string
  readonly to: string | null
  readonly length: Length
  readonly triggerDayCounts: boolean | null
  readonly citation: string
  readonly exceptions: readonly RuleException[]
}

export interface Rule {
  readonly id: string
  readonly process: string
  readonly title: string
  readonly actor: string
  /** In words, as the law puts them. */
  readonly startsWhen: string
  readonly stopsWhen: string
  readonly nature: Nature
  /** V: checked against stored text of the law. M: from memory. */
  readonly verified: 'V' | 'M'
  readonly verifiedSource: string | null
  readonly starts: readonly Start[]
  readonly stops: readonly Stop[]
  /** The stop counts only when all these heads of advice were asked for. */
  readonly stopsWhenAllHeads?: readonly string[]
  readonly lapses: readonly Lapse[]
  /** Start and stop must agree on this. */
  readonly match?: 'adviser' | 'setting' | 'area' | 'complaintStage' | 'meetingOn' | 'report'
  /** Shown as not started from this fact until the clock starts. */
  readonly awaits?: readonly FactKind[]
  readonly awaitsEnd?: readonly FactKind[]
  /** Binds only on one outcome; said in the reasons. */
  readonly onlyIf?: string
  /** A right of the family, or a power, which runs out; nobody is late. */
  readonly right?: true
  /** A minimum period, and the facts that would cut it short. */
  readonly cutShortBy?: readonly FactKind[]
  /** Another clock displaces it when a refusal is reversed by agreement or order. */
  readonly displaceable?: 'assess' | 'assess-or-issue'
  /** Bounded by the next request: part of one assessment. */
  readonly withinAssessment?: true
  /** Stops are looked for up to 12 months before the trigger date too. */
  readonly yearBefore?: true
  readonly calendar?: 'tribunal'
  readonly rollOver?: 'tribunal-rule-12'
  /** The version is chosen by the last day, not the start. */
  readonly versionByDue?: true
  /** A later start of the same rule takes an open duty over. */
  readonly supersededByNext?: true
  readonly readings: readonly ReadingRef[]
  readonly reading?: ReadingCondition
  readonly versions: readonly RuleVersion[]
  readonly notes: string
}
