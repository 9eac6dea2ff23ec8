/** Turns the rules as data into tables indexed by kind of fact, once for each set of settings. */
import { date, type PlainDate } from '../calendar/plain-date.ts'
import type { Display } from '../deadline.ts'
import type { AttributeName, Fact } from '../facts.ts'
import { ALL_RULES } from '../rules/all-rules.ts'
import type {
  CaseCondition,
  Lapse,
  ReadingCondition,
  Rule,
  RuleException,
  RuleVersion,
  Where,
} from '../rules/rule.ts'
import { type Choice, DEFAULT_SETTINGS, type LawSettings, type ReadingRef, readingOf } from '../settings.ts'
import { codeOf, KIND_COUNT } from './kinds.ts'
import { type CompiledLimit, compileLimit } from './limits.ts'

export type Test = (fact: Fact) => boolean

export interface CompiledVersion {
  readonly from: PlainDate
  readonly to: PlainDate | null
  readonly version: RuleVersion
  readonly limit: CompiledLimit
  readonly exceptions: readonly RuleException[]
}

export interface CompiledStart {
  readonly rule: CompiledRule
  readonly test: Test | null
  readonly condition: CaseCondition | null
  readonly datedBy: 'receivedOn' | 'awareOn' | 'arrivedOn' | null
  readonly earlierOf: 'planDated' | 'sentOn' | null
  readonly choose: Choice
}

/** What a kind of fact may do to a running clock of a rule. */
export const ROLE = { stop: 1, lapse: 2, undo: 4, bound: 8, cut: 16 } as const

export interface CompiledRule {
  readonly rule: Rule
  readonly index: number
  readonly display: Display
  readonly versions: readonly CompiledVersion[]
  readonly roles: Uint8Array
  readonly hasStops: boolean
  readonly stops: readonly { readonly kind: number; readonly test: Test | null }[]
  readonly lapses: readonly { readonly kind: number; readonly test: Test | null; readonly lapse: Lapse }[]
  readonly starts: readonly { readonly kind: number; readonly start: CompiledStart }[]
  readonly match: Rule['match'] | null
  readonly backwards: boolean
  readonly unbounded: boolean
}

export interface CompiledLaw {
  readonly rules: readonly CompiledRule[]
  readonly startsByKind: readonly (readonly CompiledStart[])[]
  readonly awaitsByKind: readonly (readonly CompiledRule[])[]
  readonly settings: LawSettings
  readonly dueSoonDays: number
  readonly read: (ref: ReadingRef) => Choice
  readonly judgeOnArrival: boolean
  readonly nextWorkingDayReceipt: boolean
  readonly ownClockEach: boolean
}

const NO_SETTINGS: LawSettings = {}
const EVERY_RULE: ReadonlySet<string> = new Set()
const compiled = new WeakMap<LawSettings, WeakMap<ReadonlySet<string>, CompiledLaw>>()

// One case after another is judged by the same law: the last one compiled is looked at first.
let last: CompiledLaw | null = null
let lastOnly: ReadonlySet<string> = EVERY_RULE

/** The law made ready for these settings and rules. Kept: pass the same objects again to avoid the work. */
export function compiledLaw(
  settings: LawSettings = NO_SETTINGS,
  only: ReadonlySet<string> = EVERY_RULE,
): CompiledLaw {
  if (last !== null && last.settings === settings && lastOnly === only) return last
  let bySet = compiled.get(settings)
  if (bySet === undefined) {
    bySet = new WeakMap()
    compiled.set(settings, bySet)
  }
  const known = bySet.get(only)
  if (known !== undefined) return remember(known, only)
  const law = compile(settings, only)
  bySet.set(only, law)
  return remember(law, only)
}

function remember(law: CompiledLaw, only: ReadonlySet<string>): CompiledLaw {
  last = law
  lastOnly = only
  return law
}

function compile(settings: LawSettings, only: ReadonlySet<string>): CompiledLaw {
  const read = (ref: ReadingRef): Choice => readingOf(settings, ref)
  const targets: ReadonlySet<string> = new Set(settings.localTargets ?? DEFAULT_SETTINGS.localTargets)
  const inUse = ALL_RULES.filter(
    (rule) =>
      (only.size > 0 ? only.has(rule.id) : rule.nature !== 'local' || targets.has(rule.id)) &&
      holds(rule.reading, read),
  )
  const startsByKind: CompiledStart[][] = Array.from({ length: KIND_COUNT }, () => [])
  const awaitsByKind: CompiledRule[][] = Array.from({ length: KIND_COUNT }, () => [])
  const rules = inUse.map((rule, index) => compileRule(rule, index, read))
  for (const one of rules) {
    for (const { kind, start } of one.starts) startsByKind[kind]!.push(start)
    for (const kind of one.rule.awaits ?? []) awaitsByKind[codeOf(kind)]!.push(one)
  }
  return {
    rules,
    startsByKind,
    awaitsByKind,
    settings,
    dueSoonDays: settings.dueSoonDays ?? DEFAULT_SETTINGS.dueSoonDays,
    read,
    judgeOnArrival: read('U-3') === 'B',
    nextWorkingDayReceipt: read('U-7') === 'B',
    ownClockEach: read('U-21') === 'B',
  }
}

function compileRule(rule: Rule, index: number, read: (ref: ReadingRef) => Choice): CompiledRule {
  const versions = rule.versions.map((version) => ({
    from: date(version.from),
    to: version.to === null ? null : date(version.to),
    version,
    limit: compileLimit(rule, version, read),
    exceptions: version.exceptions.filter((exception) => holds(exception.reading, read)),
  }))
  const stops = rule.stops
    .filter((stop) => holds(stop.reading, read) && holds(stop.and, read))
    .map((stop) => ({ kind: codeOf(stop.kind), test: compileWhere(stop.where) }))
  const lapses = rule.lapses.map((lapse) => ({
    kind: codeOf(lapse.kind),
    test: compileWhere(lapse.where),
    lapse,
  }))
  const starts: { kind: number; start: CompiledStart }[] = []
  const one: CompiledRule = {
    rule,
    index,
    display: displayOf(rule),
    versions,
    roles: new Uint8Array(KIND_COUNT),
    hasStops: stops.length > 0,
    stops,
    lapses,
    starts,
    match: rule.match ?? null,
    backwards: versions[0]!.limit.backwards && rule.yearBefore !== true,
    unbounded: rule.match !== undefined && rule.match !== 'meetingOn',
  }
  for (const start of rule.starts) {
    if (!holds(start.reading, read) || !holds(start.and, read)) continue
    starts.push({
      kind: codeOf(start.kind),
      start: {
        rule: one,
        test: compileWhere(start.where),
        condition: start.condition ?? null,
        datedBy: start.datedBy ?? null,
        earlierOf: start.earlierOf?.[0] ?? null,
        choose: start.earlierOf === undefined ? 'both' : read(start.earlierOf[1]),
      },
    })
  }
  fillRoles(one)
  return one
}

function fillRoles(one: CompiledRule): void {
  for (const { kind } of one.stops) one.roles[kind]! |= ROLE.stop
  for (const { kind, lapse } of one.lapses) {
    one.roles[kind]! |= ROLE.lapse
    for (const undone of lapse.unlessLater ?? []) one.roles[codeOf(undone)]! |= ROLE.undo
  }
  for (const kind of one.rule.cutShortBy ?? []) one.roles[codeOf(kind)]! |= ROLE.cut
  if (!one.unbounded) for (const { kind } of one.starts) one.roles[kind]! |= ROLE.bound
}

function holds(condition: ReadingCondition | undefined, read: (ref: ReadingRef) => Choice): boolean {
  if (condition === undefined) return true
  const [ref, ...choices] = condition
  return choices.includes(read(ref))
}

/** Only acts, regulations, tribunal rules and decided cases are law; the Code of Practice and the
 *  Ombudsman's code are practice. */
export function displayOf(rule: Rule): Display {
  switch (rule.nature) {
    case 'guidance':
    case 'ombudsman':
      return 'practice'
    case 'derived':
      return 'derived'
    case 'local':
      return 'local'
    default:
      return 'statutory'
  }
}

function compileWhere(where: Where | undefined): Test | null {
  type Condition = { is?: readonly unknown[]; isNot?: readonly unknown[] }
  const entries = Object.entries(where ?? {}) as [AttributeName, Condition][]
  if (entries.length === 0) return null
  const tests = entries.map(([name, { is, isNot }]): Test => {
    if (is !== undefined) return (fact) => is.includes(fact[name])
    return (fact) => isNot?.includes(fact[name]) !== true
  })
  return tests.length === 1 ? tests[0]! : (fact) => tests.every((test) => test(fact))
}
