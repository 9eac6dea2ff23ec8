/** Finds, for one running clock, what stopped it, what overtook it and where its story ends. */
import type { PlainDate } from '../calendar/plain-date.ts'
import { isWithinCalendar, workingDaysBetween } from '../calendar/working-days.ts'
import type { Fact } from '../facts.ts'
import type { Lapse } from '../rules/rule.ts'
import { FLAG } from './assessment-instances.ts'
import type { CaseFacts } from './case-facts.ts'
import { type CompiledRule, type CompiledStart, ROLE } from './compile.ts'
import { ANY_LANE, LANE } from './kinds.ts'

/** What was found; one object reused for every clock. */
export interface Found {
  stop: Fact | null
  lapse: Lapse | null
  lapseFact: Fact | null
  cut: Fact | null
  /** A later start of the same rule. */
  next: Fact | null
  /** Index of the first fact past this clock's story. */
  end: number
}

const found: Found = { stop: null, lapse: null, lapseFact: null, cut: null, next: null, end: 0 }

/** Is this fact part of the same process as the start? Process ids decide within a lane; within one
 *  assessment, the instance decides. Otherwise chronology does. */
export function isSameProcess(read: CaseFacts, one: CompiledRule, from: number, at: number): boolean {
  const start = read.facts[from]!
  const fact = read.facts[at]!
  const lane = LANE[read.kinds[at]!]!
  if (one.rule.withinAssessment === true) {
    const instance = read.instances[at]!
    return instance < 0 || instance === read.instances[from]!
  }
  if (start.process === undefined || fact.process === undefined) return true
  return lane !== LANE[read.kinds[from]!]! && lane !== ANY_LANE ? true : start.process === fact.process
}

function matches(one: CompiledRule, start: Fact, fact: Fact): boolean {
  switch (one.match) {
    case null:
      return true
    case 'adviser':
      if (start.adviser !== undefined && fact.adviser !== undefined) return start.adviser === fact.adviser
      return start.head === undefined || fact.head === undefined || start.head === fact.head
    case 'setting':
      return start.setting === undefined || fact.setting === undefined || start.setting === fact.setting
    case 'report':
      return start.report === fact.report
    case 'meetingOn':
      return fact.meetingOn === undefined || fact.meetingOn === start.on
    default:
      return true
  }
}

/** Looks forward from a start. Stops count only once they have happened; one of the same day counts in
 *  whatever order the two were read. */
export function lookForward(read: CaseFacts, one: CompiledRule, from: number, firstStop: number): Found {
  reset(read.count)
  const roles = one.roles
  const start = read.facts[from]!
  for (let at = firstStop; at < read.count; at++) {
    const role = roles[read.kinds[at]!]!
    if (role === 0 || at === from) continue
    const fact = read.facts[at]!
    if (!isSameProcess(read, one, from, at)) continue
    if (at < from) {
      if ((role & ROLE.stop) !== 0 && fact.on <= read.asAt && isStop(one, read.kinds[at]!, start, fact))
        found.stop = fact
    } else if (fact.on <= read.asAt) consider(read, one, role, at, start, fact)
    if (found.stop !== null) break
    if (at > from && (role & ROLE.bound) !== 0 && startsAgain(read, one, at)) {
      found.next = fact
      found.end = at
      break
    }
  }
  return found
}

function consider(
  read: CaseFacts,
  one: CompiledRule,
  role: number,
  at: number,
  start: Fact,
  fact: Fact,
): void {
  const kind = read.kinds[at]!
  if ((role & ROLE.stop) !== 0 && isStop(one, kind, start, fact)) {
    if (one.rule.stopsWhenAllHeads === undefined || allHeadsAsked(read, one, at)) found.stop = fact
  } else if ((role & ROLE.cut) !== 0 && found.cut === null) found.cut = fact
  if ((role & ROLE.undo) !== 0 && found.lapse?.unlessLater?.includes(fact.kind) === true) {
    found.lapse = null
    found.lapseFact = null
  }
  if ((role & ROLE.lapse) !== 0) noteLapse(one, kind, fact)
}

function isStop(one: CompiledRule, kind: number, start: Fact, fact: Fact): boolean {
  for (const stop of one.stops) {
    if (stop.kind === kind && (stop.test === null || stop.test(fact)) && matches(one, start, fact))
      return true
  }
  return false
}

function noteLapse(one: CompiledRule, kind: number, fact: Fact): void {
  for (const { kind: lapsing, test, lapse } of one.lapses) {
    if (lapsing !== kind || (test !== null && !test(fact))) continue
    found.lapse = lapse
    found.lapseFact = fact
    return
  }
}

function allHeadsAsked(read: CaseFacts, one: CompiledRule, upTo: number): boolean {
  return one.rule.stopsWhenAllHeads!.every((head) => {
    for (let at = 0; at <= upTo; at++) {
      if (
        read.facts[at]!.kind === 'advice_requested' &&
        read.facts[at]!.head === head &&
        read.instances[at] === read.instances[upTo]
      ) {
        return true
      }
    }
    return false
  })
}

function startsAgain(read: CaseFacts, one: CompiledRule, at: number): boolean {
  if ((read.flags[at]! & FLAG.joined) !== 0) return false
  const kind = read.kinds[at]!
  for (const { kind: starting, start } of one.starts) {
    if (
      starting === kind &&
      (start.test === null || start.test(read.facts[at]!)) &&
      conditionHolds(read, start, at)
    ) {
      return true
    }
  }
  return false
}

/** For a limit counted back from a future day: what was done before it, after the previous such day. */
export function lookBack(read: CaseFacts, one: CompiledRule, from: number): Found {
  reset(read.count)
  const start = read.facts[from]!
  for (let at = from - 1; at >= 0; at--) {
    const role = one.roles[read.kinds[at]!]!
    if (role === 0 || !isSameProcess(read, one, from, at)) continue
    const fact = read.facts[at]!
    if ((role & ROLE.bound) !== 0 && startsAgain(read, one, at)) break
    if (fact.on <= read.asAt && isStop(one, read.kinds[at]!, start, fact)) found.stop = fact
  }
  return found
}

/** First fact of the start's own day. */
export function sameDay(read: CaseFacts, from: number): number {
  const on = read.facts[from]!.on
  let at = from
  while (at > 0 && read.facts[at - 1]!.on === on) at--
  return at
}

/** First fact no more than 12 months before the trigger day. */
export function yearBefore(read: CaseFacts, from: number): number {
  const earliest = read.facts[from]!.on - 366
  let at = from
  while (at > 0 && read.facts[at - 1]!.on >= earliest) at--
  return at
}

function reset(count: number): void {
  found.stop = null
  found.lapse = null
  found.lapseFact = null
  found.cut = null
  found.next = null
  found.end = count
}

/** Did the old body know of the move at least 15 working days before it? Reg 15(2), 15(7). Null when the
 *  working days cannot be counted. */
function knownInTime(fact: Fact): boolean | null {
  if (fact.awareOn === undefined) return null
  if (!isWithinCalendar(fact.on) || !isWithinCalendar(fact.awareOn)) return null
  return workingDaysBetween(fact.awareOn, fact.on) >= 15
}

const FIRST_SEPTEMBER_2015 = 16679 as PlainDate

/** Does the case as a whole let this fact start this clock? */
export function conditionHolds(read: CaseFacts, start: CompiledStart, at: number): boolean {
  if (start.condition === null) return true
  const flags = read.flags[at]!
  const fact = read.facts[at]!
  switch (start.condition) {
    case 'ordered-to-assess':
      return (flags & FLAG.orderedToAssess) !== 0
    case 'ordered-to-make-plan':
      return (flags & FLAG.orderedToMakePlan) !== 0
    case 'agreement-to-assess-starts-clock':
      return (flags & FLAG.agreementStartsAssess) !== 0
    case 'agreement-to-issue-starts-clock':
      return (flags & FLAG.agreementStartsIssue) !== 0
    case 'detained-assessment':
      return (flags & FLAG.detained) !== 0
    case 'not-detained-assessment':
      return (flags & FLAG.detained) === 0
    case 'has-direct-payments':
      return (flags & FLAG.hasDirectPayments) !== 0
    case 'first-plan':
      return (flags & FLAG.firstPlan) !== 0
    case 'known-in-time':
      return knownInTime(fact) === true
    case 'known-late':
      return knownInTime(fact) !== true
    case 'transfer-on-1-september-2015':
      return fact.on === FIRST_SEPTEMBER_2015
    case 'transfer-not-on-1-september-2015':
      return fact.on !== FIRST_SEPTEMBER_2015
  }
}
