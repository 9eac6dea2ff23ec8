/** Builds the reasons behind one deadline, only when they are read: the case is read again, so that
 *  working out thousands of deadlines costs nothing for reasons nobody looks at. */
import { lastDayOfMonthsStartingWith, type PlainDate, shortDate } from '../calendar/plain-date.ts'
import { daysLeftOut } from '../calendar/working-days.ts'
import type { Fact } from '../facts.ts'
import type { Reason } from '../reasons.ts'
import { UNCERTAIN_READINGS } from '../settings.ts'
import { type Assessment, FLAG, sortIntoAssessments } from './assessment-instances.ts'
import { type CaseFacts, readCase } from './case-facts.ts'
import { overlapsCoronavirus, testClaims } from './claims.ts'
import type { CompiledRule, CompiledVersion } from './compile.ts'
import { lengthInWords } from './length-words.ts'
import { isSameProcess, lookBack, lookForward, sameDay, yearBefore } from './windows.ts'
import type { CannotCount, WorkedDeadline, WorkedFrom } from './worked-deadline.ts'

export interface Basis {
  readonly deadline: WorkedDeadline
  readonly one: CompiledRule
  readonly version: CompiledVersion | null
  readonly from: WorkedFrom
  readonly waiting: Fact | null
  readonly cannotCount: CannotCount
}

interface Reading extends Basis {
  readonly read: CaseFacts
  readonly at: number
  readonly assessment: Assessment | null
  readonly reasons: Reason[]
}

/** Every step, in the order a person would tell it. */
export function reasonsFor(basis: Basis): readonly Reason[] {
  const { deadline, waiting, from } = basis
  if (waiting !== null) return waitingReasons(basis, waiting)
  const read = readCase(from.facts, from.asAt)
  const assessments = sortIntoAssessments(read, from.law.ownClockEach)
  const at = read.facts.indexOf(deadline.startFact as Fact)
  const instance = read.instances[at]!
  const reading: Reading = {
    ...basis,
    read,
    at,
    assessment: instance >= 0 ? assessments[instance]! : null,
    reasons: [],
  }
  explainStart(reading)
  explainLimit(reading)
  explainOutcome(reading)
  explainExceptions(reading)
  explainUncertainty(reading)
  return reading.reasons
}

function waitingReasons({ one, version, from, waiting }: Basis, fact: Fact): readonly Reason[] {
  const reasons: Reason[] = [{ type: 'not-started', waitingFor: one.rule.startsWhen, fact: waiting ?? fact }]
  if (version !== null) {
    reasons.push(versionReason(version))
    reasons.push({ type: 'note', words: `Once it starts, the limit is ${lengthInWords(version.version)}.` })
  } else reasons.push({ type: 'no-version', on: from.asAt, words: noVersion(one, fact.on) })
  return reasons
}

function explainStart({ deadline, one, read, at, reasons, from, assessment }: Reading): void {
  const fact = deadline.startFact as Fact
  const on = deadline.startedOn as PlainDate
  reasons.push({ type: 'started', fact, on, planned: on > read.asAt })
  const isRequest = one.rule.starts.some(
    ({ kind }) => kind === 'request_received' || kind === 'detained_request_received',
  )
  if (!isRequest) return
  for (let other = 0; other < read.count; other++) {
    if ((read.flags[other]! & FLAG.joined) !== 0 && read.instances[other] === read.instances[at]) {
      const words = 'A second request came while this one was open. The earliest starts the clock (U-21).'
      reasons.push({ type: 'warning', words, fact: read.facts[other]! })
      reasons.push({
        type: 'reading',
        ref: 'U-21',
        reading: 'A',
        words: `${UNCERTAIN_READINGS['U-21'].title}: ${UNCERTAIN_READINGS['U-21'].A}.`,
      })
    }
  }
  if (one.rule.displaceable !== undefined && assessment !== null && assessment.reversedAt >= 0) {
    reasons.push(reversalReason(read, assessment))
  }
  for (const raw of from.facts) {
    if (
      raw.precision !== undefined &&
      raw.precision !== 'day' &&
      one.rule.stops.some(({ kind }) => kind === raw.kind)
    ) {
      const words = `A ${raw.kind} is recorded by its ${raw.precision} only. A ${raw.precision} is never used as a day, so it stops no clock.`
      reasons.push({ type: 'warning', words, fact: raw })
    }
  }
}

function reversalReason(read: CaseFacts, assessment: Assessment): Reason {
  const fact = read.facts[assessment.reversedAt]!
  const binds = 'so the original limit still binds: R (W) v Hertfordshire CC [2023] EWHC 3138 (Admin).'
  switch (assessment.reversal) {
    case 'concession':
      return { type: 'warning', fact, words: `The refusal was conceded without an order, ${binds}` }
    case 'reconsideration':
      return {
        type: 'warning',
        fact,
        words: `The authority changed its own mind, without an order or agreement, ${binds}`,
      }
    case 'order-not-recorded':
      return {
        type: 'warning',
        fact,
        words:
          'The refusal was reversed by a tribunal order, but no order is recorded with its date. Record it: reg 44(2) then counts from the order. Until then the original limit is shown.',
      }
    default:
      return {
        type: 'warning',
        fact,
        words:
          'A refusal was reversed and how is not recorded. Record whether it followed mediation, an order, a concession or second thoughts. Until then the original limit is shown.',
      }
  }
}

function explainLimit(reading: Reading): void {
  const { deadline, version, one, reasons, cannotCount } = reading
  if (version === null) {
    reasons.push({
      type: 'no-version',
      on: deadline.startedOn as PlainDate,
      words: noVersion(one, deadline.startedOn as PlainDate),
    })
    return
  }
  reasons.push(versionReason(version))
  if (one.rule.onlyIf !== undefined)
    reasons.push({ type: 'note', words: `This limit binds only if ${one.rule.onlyIf}.` })
  if (deadline.dueOn !== null) {
    reasons.push({
      type: 'arithmetic',
      words: lengthInWords(version.version),
      from: deadline.startedOn as PlainDate,
      due: deadline.dueOn,
      triggerDayCounts: version.version.triggerDayCounts,
    })
    explainDaysLeftOut(reading, version, deadline.dueOn)
  } else if (cannotCount !== null) reasons.push({ type: 'cannot-count', words: CANNOT_COUNT[cannotCount] })
  else
    reasons.push({
      type: 'no-number',
      words: `The law sets no number of days: ${lengthInWords(version.version)}.`,
    })
  if (deadline.actBy !== null && version.limit.how !== 'working-days') {
    reasons.push({
      type: 'note',
      words: `The office is shut that day and the date does not move: act by ${shortDate(deadline.actBy)}.`,
    })
  }
}

const CANNOT_COUNT: Readonly<Record<Exclude<CannotCount, null>, string>> = {
  'no-version': 'No version of this rule is held here for that date.',
  'calendar-ends':
    'The working-day calendar ends (bank holidays are known to 31 December 2028, and from 1 January 2012), so this date is not guessed.',
  'no-terms': 'This limit is counted in school days: give the school’s term dates to count it.',
  'terms-end': 'The term dates given do not reach far enough to count the school days.',
  'not-known-when-made':
    'Record when the plan was made or last reviewed: the limit is the later of 12 months from then and 3 months from the transfer.',
}

function noVersion(one: CompiledRule, on: PlainDate): string {
  const first = one.versions[0]!
  const held =
    first.version.to === null
      ? `from ${first.version.from}`
      : `from ${first.version.from} to ${first.version.to}`
  const reg45 =
    one.rule.process === 'unopposed-appeal'
      ? ' Before 23 March 2015 regulation 45 set different periods (SI 2015/359 changed them).'
      : ''
  return `No version of this rule is held here for ${shortDate(on)}: it is held ${held}.${reg45} Nothing is guessed.`
}

function versionReason({ version, from, to }: CompiledVersion): Reason {
  return { type: 'version', citation: version.citation, from, to }
}

function explainDaysLeftOut({ deadline, reasons }: Reading, version: CompiledVersion, due: PlainDate): void {
  if (version.limit.how !== 'working-days') return
  const start = deadline.startedOn as PlainDate
  const [first, last] = start <= due ? [start, due] : [due, start]
  const days = daysLeftOut(first, last, version.limit.calendar)
  if (days.length === 0) return
  const words =
    version.limit.calendar === 'tribunal'
      ? 'weekends, bank holidays, 25 December to 1 January and August'
      : 'weekends and bank holidays'
  reasons.push({ type: 'days-excluded', days, words })
}

function explainOutcome(reading: Reading): void {
  const { deadline, one, read, at, reasons, assessment } = reading
  if (isDisplaced(reading)) {
    const fact = read.facts[assessment!.displacedFrom]!
    reasons.push({
      type: 'displaced',
      fact,
      words: displacedWords(fact),
      citation:
        fact.kind === 'tribunal_order'
          ? 'SEND Regs 2014 reg 44(2)'
          : fact.kind === 'appeal_not_opposed'
            ? 'SEND Regs 2014 reg 45'
            : 'SEND Regs 2014 reg 42(2), applying reg 44(2)',
    })
    return
  }
  if (deadline.doneOn !== null) {
    reasons.push({
      type: 'done',
      fact: deadline.doneFact,
      on: deadline.doneOn,
      daysLate: deadline.daysLate ?? 0,
    })
    if (deadline.status === 'lapsed') {
      reasons.push({
        type: 'warning',
        fact: deadline.doneFact,
        words: 'It was done, but whether in time cannot be said here.',
      })
    }
    warnArrival(reading)
    return
  }
  if (deadline.status !== 'lapsed') return
  const found = one.backwards
    ? lookBack(read, one, at)
    : lookForward(read, one, at, one.rule.yearBefore === true ? yearBefore(read, at) : sameDay(read, at))
  if (found.lapse !== null) reasons.push({ type: 'lapsed', fact: found.lapseFact, words: found.lapse.words })
  else if (found.next !== null && one.rule.supersededByNext === true) {
    reasons.push({ type: 'lapsed', fact: found.next, words: 'a later one takes its place' })
  } else if (one.backwards) {
    reasons.push({
      type: 'lapsed',
      fact: null,
      words: 'the day has passed and nothing is recorded, so it cannot be shown that the limit was kept',
    })
  } else
    reasons.push({ type: 'lapsed', fact: null, words: 'the time has run out and the right was not used' })
}

function isDisplaced({ one, assessment }: Reading): boolean {
  if (one.rule.displaceable === undefined || assessment === null || assessment.displacedFrom < 0) return false
  return assessment.displacedStage === 'assess' || one.rule.displaceable === 'assess-or-issue'
}

function displacedWords(fact: Fact): string {
  switch (fact.kind) {
    case 'tribunal_order':
      return 'the tribunal’s order has its own time limits, counted from the order'
    case 'appeal_not_opposed':
      return 'the authority did not oppose the appeal, which has its own time limits'
    default:
      return 'an agreement at mediation is treated as a tribunal order, with its own time limits counted from the agreement'
  }
}

/** U-3: judged on sending, with a warning when it arrived after the limit. */
function warnArrival({ deadline, reasons, from }: Reading): void {
  const arrived = deadline.doneFact?.arrivedOn
  if (arrived === undefined || deadline.dueOn === null || from.law.judgeOnArrival) return
  if (arrived > deadline.dueOn && deadline.doneOn! <= deadline.dueOn) {
    const words = `It was sent in time and arrived on ${shortDate(arrived)}, after the limit. Sending is what is judged (U-3).`
    reasons.push({ type: 'warning', fact: deadline.doneFact, words })
  }
}

function explainExceptions(reading: Reading): void {
  const { deadline, one, version, read, at, reasons, from } = reading
  if (version === null || version.exceptions.length + from.facts.length === 0) return
  const startedOn = deadline.startedOn as PlainDate
  const { end } = one.backwards ? lookBack(read, one, at) : lookForward(read, one, at, sameDay(read, at))
  const outcomes = testClaims({
    law: from.law,
    read,
    one,
    version,
    from: at,
    end,
    startedOn,
    dueOn: deadline.dueOn,
  })
  for (const { fact, exception, lifts, missing } of outcomes) {
    reasons.push({
      type: 'exception',
      fact,
      exception: exception.id,
      citation: exception.citation,
      lifts,
      missing,
    })
  }
  const isLate = deadline.status === 'missed' || deadline.status === 'overdue'
  if (!isLate) return
  for (const exception of version.exceptions) {
    if (
      exception.inForce === undefined ||
      !overlapsCoronavirus(from.law, exception, startedOn, deadline.dueOn)
    )
      continue
    reasons.push({
      type: 'exception-available',
      exception: exception.id,
      citation: exception.citation,
      words: 'Exception available: needs recorded coronavirus reason. Without one it lifts nothing.',
    })
  }
}

function explainUncertainty(reading: Reading): void {
  const { one, reasons, from, deadline } = reading
  for (const ref of one.rule.readings) {
    const choice = from.law.read(ref)
    if (!isWorthSaying(reading, ref)) continue
    const { title, A, B, defaultWords } = UNCERTAIN_READINGS[ref]
    const taken = choice === 'both' ? defaultWords : choice === 'A' ? A : B
    reasons.push({ type: 'reading', ref, reading: choice === 'B' ? 'B' : 'A', words: `${title}: ${taken}.` })
  }
  warnReview(reading)
  const { withinAssessment, yearBefore: namesNext } = one.rule
  if (namesNext === true && deadline.doneFact !== null && deadline.doneFact.namesNextPhase === undefined) {
    reasons.push({ type: 'note', words: 'The plan sent is taken to name the next setting or type.' })
  }
  if (deadline.lifted !== null && withinAssessment === true && deadline.doneOn === null) {
    reasons.push({
      type: 'note',
      words: 'The limit is lifted; the date has not moved. The duty to act as soon as practicable remains.',
    })
  }
}

/** Readings that move or could have moved this date; the rest would be noise. */
function isWorthSaying({ deadline, from, version }: Reading, ref: string): boolean {
  switch (ref) {
    case 'U-21':
    case 'U-3':
      return false
    case 'U-2':
      return deadline.actBy !== null
    case 'U-7':
      return from.law.nextWorkingDayReceipt
    case 'U-6':
      return deadline.startFact?.planDated !== undefined
    case 'U-16':
      return deadline.startFact?.sentOn !== undefined
    case 'U-1':
    case 'U-20':
      return version?.limit.how === 'working-days'
    case 'U-13':
    case 'U-10':
      return deadline.lifted !== null || deadline.daysLate !== null
    case 'U-24':
      return deadline.doneFact?.reviewType !== undefined && deadline.doneFact.reviewType !== 'annual'
    default:
      return true
  }
}

/** U-5: an earlier warning 12 months from the meeting, when the meeting was held and the decision came later. */
function warnReview({ one, read, at, reasons, deadline, from }: Reading): void {
  if (
    !one.rule.readings.includes('U-5') ||
    from.law.read('U-5') !== 'A' ||
    one.rule.id !== 'annual-review-next'
  )
    return
  for (let before = at - 1; before >= 0; before--) {
    const fact = read.facts[before]!
    if (fact.kind !== 'review_meeting' || !isSameProcess(read, one, at, before)) continue
    const warning = lastDayOfMonthsStartingWith(fact.on, 12)
    if (deadline.dueOn !== null && warning < deadline.dueOn) {
      reasons.push({
        type: 'note',
        words: `Twelve months from the last meeting end sooner, on ${shortDate(warning)} (U-5, reading B).`,
      })
    }
    return
  }
}
