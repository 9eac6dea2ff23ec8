/** Facts in, deadlines out: what the law required, by when, and whether it was done. Pure: the same facts,
 *  settings and as-at day always give the same answer. */
import type { PlainDate } from './calendar/plain-date.ts'
import { TermsEnd } from './calendar/school-days.ts'
import { CalendarEnds, nextWorkingDay, actBy as workingDayBefore } from './calendar/working-days.ts'
import type { Deadline } from './deadline.ts'
import { type Assessment, FLAG, sortIntoAssessments } from './engine/assessment-instances.ts'
import { type CaseFacts, readCase } from './engine/case-facts.ts'
import { testClaims } from './engine/claims.ts'
import {
  type CompiledLaw,
  type CompiledRule,
  type CompiledStart,
  type CompiledVersion,
  compiledLaw,
} from './engine/compile.ts'
import { ASSESSMENT_LANE, LANE, PLANNABLE } from './engine/kinds.ts'
import { lastDay } from './engine/limits.ts'
import { type Circumstances, judgeStatus } from './engine/status.ts'
import {
  conditionHolds,
  isSameProcess,
  lookBack,
  lookForward,
  sameDay,
  yearBefore,
} from './engine/windows.ts'
import { type CannotCount, WorkedDeadline, type WorkedFrom } from './engine/worked-deadline.ts'
import type { Fact } from './facts.ts'
import type { LawSettings } from './settings.ts'

export interface ClockOptions {
  /** Judge on this day, with what was recorded by the end of it. */
  readonly asAt: PlainDate
  readonly settings?: LawSettings | undefined
  /** Only these rules; all when left out or empty. Pass the same set again to avoid compiling it anew. */
  readonly rules?: ReadonlySet<string> | undefined
}

/** Every deadline these facts give rise to, as at a day. Facts recorded later are unknown; facts without
 *  recordedOn are taken to have been recorded on their own day. Order of the facts does not matter.
 *  Never throws for what the facts say: a limit that cannot be counted answers with no date and why. */
export function computeDeadlines(facts: readonly Fact[], options: ClockOptions): Deadline[] {
  const law = compiledLaw(options.settings, options.rules)
  const from: WorkedFrom = { facts, asAt: options.asAt, law }
  const read = readCase(facts, options.asAt)
  const assessments = sortIntoAssessments(read, law.ownClockEach)
  const deadlines: Deadline[] = []
  for (let at = 0; at < read.count; at++) {
    const kind = read.kinds[at]!
    if ((read.flags[at]! & FLAG.joined) !== 0) continue
    const starts = law.startsByKind[kind]!
    for (let index = 0; index < starts.length; index++) {
      const start = starts[index]!
      if (start.test !== null && !start.test(read.facts[at]!)) continue
      if (start.condition !== null && !conditionHolds(read, start, at)) continue
      deadlines.push(work(law, read, assessments, from, start, at))
    }
    const waiting = law.awaitsByKind[kind]!
    for (let index = 0; index < waiting.length; index++) {
      const one = waiting[index]!
      if (read.facts[at]!.on <= read.asAt && isAwaited(read, one, at))
        deadlines.push(notStarted(one, from, read.facts[at]!))
    }
  }
  return deadlines
}

// Reused for every deadline: the engine makes nothing it does not hand back.
const given = {} as Circumstances

function work(
  law: CompiledLaw,
  read: CaseFacts,
  assessments: readonly Assessment[],
  from: WorkedFrom,
  start: CompiledStart,
  at: number,
): Deadline {
  const one = start.rule
  const fact = read.facts[at]!
  const startedOn = startDay(law, start, fact, read.kinds[at]!)
  const found = one.backwards
    ? lookBack(read, one, at)
    : lookForward(read, one, at, one.rule.yearBefore === true ? yearBefore(read, at) : sameDay(read, at))
  const stop = found.stop
  const end = found.end
  let version = one.rule.versionByDue === true ? one.versions[0]! : versionOn(one, startedOn)
  let cannotCount: CannotCount = version === null ? 'no-version' : null
  let due: PlainDate | null = null
  if (version !== null) {
    try {
      const limit = version.limit
      const other =
        limit.how === 'later-of-appeal'
          ? certificateDate(read, at, end)
          : limit.how === 'later-of-transfer'
            ? madeOrReviewed(read, at)
            : null
      due = lastDay(limit, startedOn, other, law.settings.terms)
      if (due === null && limit.how === 'school-days') cannotCount = 'no-terms'
      else if (due === null && limit.how === 'later-of-transfer') cannotCount = 'not-known-when-made'
    } catch (error) {
      if (error instanceof CalendarEnds) cannotCount = 'calendar-ends'
      else if (error instanceof TermsEnd) cannotCount = 'terms-end'
      else throw error
    }
    if (one.rule.versionByDue === true && due !== null && !covers(version, due)) {
      version = null
      due = null
      cannotCount = 'no-version'
    }
  }
  const deadline = new WorkedDeadline(
    one,
    version,
    from,
    fact,
    startedOn,
    due,
    due === null ? null : workingDayBefore(due),
    due !== null && version !== null && version.limit.how === 'fixed' && version.limit.adjust === -1
      ? ((due + 1) as PlainDate)
      : null,
    aboutWhat(one, fact),
    null,
    cannotCount,
  )
  const assessment = read.instances[at]! >= 0 ? assessments[read.instances[at]!]! : null
  const displaced = isDisplaced(one, assessment)
  if (stop !== null) {
    deadline.doneFact = stop
    deadline.doneOn = stop.on
  }
  if (read.hasClaims && version !== null) {
    const lifting = testClaims({ law, read, one, version, from: at, end, startedOn, dueOn: due }).find(
      ({ lifts }) => lifts,
    )
    if (lifting !== undefined) {
      deadline.lifted = {
        exception: lifting.exception.id,
        citation: lifting.exception.citation,
        fact: lifting.fact,
      }
    }
  }
  given.one = one
  given.version = version
  given.read = read
  given.found = found
  given.displaced = displaced
  given.cannotCount = cannotCount
  given.judgeOnArrival = law.judgeOnArrival
  given.dueSoonDays = law.dueSoonDays
  judgeStatus(deadline, given)
  return deadline
}

/** The day that starts the clock. */
function startDay(law: CompiledLaw, start: CompiledStart, fact: Fact, kind: number): PlainDate {
  if (start.datedBy !== null) return fact[start.datedBy] ?? fact.on
  if (start.earlierOf !== null) {
    const other = fact[start.earlierOf]
    if (other === undefined) return fact.on
    // planDated is reading A of U-6 and the fact's day reading B; sentOn is reading B of U-16 and the fact's day A.
    if (start.choose === 'both') return other < fact.on ? other : fact.on
    return (start.choose === 'A') === (start.earlierOf === 'planDated') ? other : fact.on
  }
  if (law.nextWorkingDayReceipt && LANE[kind] === ASSESSMENT_LANE && fact.kind.endsWith('request_received')) {
    return receivedWhenOpen(fact.on)
  }
  return fact.on
}

/** U-7 reading B: received on the next working day. */
function receivedWhenOpen(on: PlainDate): PlainDate {
  try {
    return nextWorkingDay((on - 1) as PlainDate)
  } catch {
    return on
  }
}

function versionOn(one: CompiledRule, on: PlainDate): CompiledVersion | null {
  const { versions } = one
  for (let index = 0; index < versions.length; index++)
    if (covers(versions[index]!, on)) return versions[index]!
  return null
}

function covers(version: CompiledVersion, on: PlainDate): boolean {
  return on >= version.from && (version.to === null || on <= version.to)
}

function certificateDate(read: CaseFacts, from: number, end: number): PlainDate | null {
  let on: PlainDate | null = null
  for (let at = from + 1; at < end; at++) {
    const fact = read.facts[at]!
    if (fact.kind === 'mediation_certificate_issued' && fact.on <= read.asAt) on = fact.on
  }
  return on
}

const MADE_OR_REVIEWED: ReadonlySet<string> = new Set([
  'final_issued',
  'review_decision',
  'reassessment_final_issued',
])

function madeOrReviewed(read: CaseFacts, from: number): PlainDate | null {
  const given = read.facts[from]!.planMadeOrReviewedOn
  if (given !== undefined) return given
  for (let at = from - 1; at >= 0; at--)
    if (MADE_OR_REVIEWED.has(read.facts[at]!.kind)) return read.facts[at]!.on
  return null
}

function aboutWhat(one: CompiledRule, fact: Fact): string | null {
  switch (one.match) {
    case 'adviser':
      return fact.adviser === undefined || fact.head === undefined
        ? (fact.adviser ?? fact.head ?? null)
        : `${fact.head}: ${fact.adviser}`
    case 'setting':
      return fact.setting ?? null
    default:
      return null
  }
}

function isDisplaced(one: CompiledRule, assessment: Assessment | null): boolean {
  if (one.rule.displaceable === undefined || assessment === null || assessment.displacedFrom < 0) return false
  return assessment.displacedStage === 'assess' || one.rule.displaceable === 'assess-or-issue'
}

/** Is the next step still to come: nothing after this fact has started it or made it needless? */
function isAwaited(read: CaseFacts, one: CompiledRule, from: number): boolean {
  const ends = one.rule.awaitsEnd ?? []
  for (let at = from + 1; at < read.count; at++) {
    const fact = read.facts[at]!
    if (!isSameProcess(read, one, from, at)) continue
    if (ends.includes(fact.kind) && (fact.on <= read.asAt || PLANNABLE[read.kinds[at]!] === 1)) return false
    if (one.rule.awaits!.includes(fact.kind) && (read.flags[at]! & FLAG.joined) === 0) return false
  }
  return true
}

function notStarted(one: CompiledRule, from: WorkedFrom, waiting: Fact): Deadline {
  const version = versionOn(one, waiting.on)
  const deadline = new WorkedDeadline(one, version, from, null, null, null, null, null, null, waiting, null)
  deadline.status = 'not_started'
  return deadline
}
