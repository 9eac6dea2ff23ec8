/** Tests a claimed exception: the listed fact must exist AND have made compliance impractical, there must
 *  be evidence, and someone must have approved it. Anything missing is named and nothing is lifted. */
import { date, iso, type PlainDate } from '../calendar/plain-date.ts'
import type { Fact } from '../facts.ts'
import type { RuleException } from '../rules/rule.ts'
import type { CaseFacts } from './case-facts.ts'
import type { CompiledLaw, CompiledRule, CompiledVersion } from './compile.ts'
import { isSameProcess } from './windows.ts'

export interface ClaimOutcome {
  readonly fact: Fact
  readonly exception: RuleException
  readonly lifts: boolean
  readonly missing: readonly string[]
}

/** The clock a claim is tested against. */
export interface ClaimedClock {
  readonly law: CompiledLaw
  readonly read: CaseFacts
  readonly one: CompiledRule
  readonly version: CompiledVersion
  readonly from: number
  readonly end: number
  readonly startedOn: PlainDate
  readonly dueOn: PlainDate | null
}

const REG_10_4 = [
  'school-closed-4-weeks',
  'early-years-closed-4-weeks',
  'exceptional-personal-circumstances',
  'absent-4-weeks',
]
const SI_2015_62 = ['school-closed-4-weeks', 'exceptional-personal-circumstances', 'absent-4-weeks']

/** Every claim that concerns this clock, tested. */
export function testClaims(clock: ClaimedClock): ClaimOutcome[] {
  const outcomes: ClaimOutcome[] = []
  const { read, one } = clock
  for (let at = 0; at < clock.end; at++) {
    const claim = read.facts[at]!
    if (claim.kind !== 'exception_claimed' || claim.on > read.asAt) continue
    if (!concerns(clock, at, claim)) continue
    const exception = exceptionFor(clock.version, claim)
    if (exception === null) {
      if (claim.limits?.includes(one.rule.id) !== true) continue
      outcomes.push({
        fact: claim,
        exception: unlisted(claim),
        lifts: false,
        missing: ['no such exception is listed for this limit'],
      })
      continue
    }
    const missing = missingFrom(clock, at, claim, exception)
    outcomes.push({ fact: claim, exception, lifts: missing.length === 0, missing })
  }
  return outcomes
}

function concerns(clock: ClaimedClock, at: number, claim: Fact): boolean {
  const { read, one, from } = clock
  if (claim.limits !== undefined && !claim.limits.includes(one.rule.id)) return false
  if (at < from && claim.limits === undefined && one.rule.withinAssessment !== true) return false
  if (!isSameProcess(read, one, from, at)) return false
  const start = read.facts[from]!
  if (claim.adviser !== undefined && start.adviser !== undefined && claim.adviser !== start.adviser)
    return false
  return claim.head === undefined || start.head === undefined || claim.head === start.head
}

function exceptionFor(version: CompiledVersion, claim: Fact): RuleException | null {
  const ground = claim.ground ?? ''
  const listed = version.exceptions
  return (
    listed.find((exception) => exception.id === ground) ??
    (ground === 'coronavirus-2020'
      ? listed.find(({ id }) => id.startsWith('coronavirus-2020'))
      : undefined) ??
    (REG_10_4.includes(ground)
      ? listed.find(({ id }) => id === 'assessment-exceptions-carried-over')
      : undefined) ??
    (SI_2015_62.includes(ground) ? listed.find(({ id }) => id === 'see-reg-5-4') : undefined) ??
    null
  )
}

function unlisted(claim: Fact): RuleException {
  return {
    id: claim.ground ?? 'none',
    citation: 'none',
    summary: 'not a listed exception',
    legs: 'condition',
  }
}

function missingFrom(clock: ClaimedClock, at: number, claim: Fact, exception: RuleException): string[] {
  const missing: string[] = []
  const refused = endedBy(clock, at, claim, 'exception_refused')
  if (refused !== null) missing.push(`the claim was refused on ${iso(refused.on)}`)
  const ended = endedBy(clock, at, claim, 'exception_ended')
  if (ended !== null && clock.dueOn !== null && ended.on < clock.dueOn) {
    missing.push(`its cause ended on ${iso(ended.on)}, before the limit fell on ${iso(clock.dueOn)}`)
  }
  const fact = missingFact(clock, claim, exception)
  if (fact !== null) missing.push(fact)
  if (exception.legs === 'impractical') {
    if (blank(claim.impracticalBecause))
      missing.push('why it made meeting the limit impractical is not recorded')
    if (blank(claim.approvedBy)) missing.push('nobody has approved it')
  }
  if (blank(claim.evidence)) missing.push('no evidence is recorded')
  return missing
}

function endedBy(clock: ClaimedClock, at: number, claim: Fact, kind: Fact['kind']): Fact | null {
  const { read } = clock
  for (let other = 0; other < read.count; other++) {
    const fact = read.facts[other]!
    if (fact.kind !== kind || fact.on > read.asAt) continue
    if (fact.claim !== undefined) {
      if (isSameClaim(fact, claim)) return fact
      continue
    }
    if (other <= at) continue
    const isAbout = fact.ground === undefined || fact.ground === claim.ground
    const isOurs = fact.process === undefined || claim.process === undefined || fact.process === claim.process
    if (isAbout && isOurs) return fact
  }
  return null
}

/** A refusal is of the claim as it then stood: corrected, it is put again. An end is of the claim however corrected. */
const isSameClaim = (fact: Fact, claim: Fact): boolean =>
  claim.id === fact.claim || (fact.kind === 'exception_ended' && claim.claim === fact.claim)

/** The first leg: the fact the Regulations list. Null when it is made out. */
function missingFact(clock: ClaimedClock, claim: Fact, exception: RuleException): string | null {
  const ground =
    exception.id === 'assessment-exceptions-carried-over' || exception.id === 'see-reg-5-4'
      ? claim.ground
      : exception.id
  switch (ground) {
    case 'school-closed-4-weeks':
    case 'early-years-closed-4-weeks':
      return closure(clock, claim)
    case 'absent-4-weeks':
      return absence(clock, claim, 28)
    case 'absent-2-weeks':
      return absence(clock, claim, 14)
    case 'missed-appointment':
      return appointment(clock, claim)
    case 'exceptional-personal-circumstances':
    case 'exceptional-circumstances':
      return circumstances(clock, claim)
    default:
      return exception.inForce === undefined ? null : coronavirus(clock, exception)
  }
}

/** Reg 5(4)(a),(b), 10(4)(a),(b), 27(3)(a),(b): closed 4 continuous weeks, and advice asked for from the
 *  head in the window from one week before closing to one week before re-opening, both ends included. */
function closure(clock: ClaimedClock, claim: Fact): string | null {
  const { closedFrom, reopens } = claim
  if (closedFrom === undefined || reopens === undefined)
    return 'the closing and re-opening dates are not recorded'
  if (reopens - closedFrom < 28) return `the closure lasted ${reopens - closedFrom} days, less than 4 weeks`
  const { read } = clock
  for (let at = 0; at < read.count; at++) {
    const fact = read.facts[at]!
    if (fact.kind !== 'advice_requested' || fact.head !== 'educational' || fact.on > read.asAt) continue
    if (fact.on >= closedFrom - 7 && fact.on <= reopens - 7) return null
  }
  const opens = iso((closedFrom - 7) as PlainDate)
  const shuts = iso((reopens - 7) as PlainDate)
  return `no advice was requested from the school between ${opens} and ${shuts}`
}

function absence(clock: ClaimedClock, claim: Fact, days: number): string | null {
  const { absentFrom, absentTo } = claim
  if (absentFrom === undefined || absentTo === undefined)
    return 'the first and last days away are not recorded'
  const from = Math.max(absentFrom, clock.startedOn)
  const to = Math.min(absentTo, clock.dueOn ?? absentTo)
  const within = Math.max(0, to - from + 1)
  return within >= days ? null : `${within} days away fell within the period; ${days} in a row are needed`
}

function appointment(clock: ClaimedClock, claim: Fact): string | null {
  const { read, startedOn, dueOn } = clock
  const isWithin = (on: PlainDate) => on >= startedOn && (dueOn === null || on <= dueOn)
  if (claim.appointmentOn !== undefined) {
    return isWithin(claim.appointmentOn) ? null : 'the missed appointment was not within the 6 weeks'
  }
  for (let at = 0; at < read.count; at++) {
    const fact = read.facts[at]!
    if (fact.kind === 'missed_appointment' && fact.on <= read.asAt && isWithin(fact.on)) return null
  }
  return 'no missed appointment within the 6 weeks is recorded'
}

function circumstances(clock: ClaimedClock, claim: Fact): string | null {
  const began = claim.circumstancesFrom ?? claim.on
  if (clock.dueOn !== null && began > clock.dueOn)
    return `the circumstances began on ${iso(began)}, after the limit had passed`
  const ended = claim.circumstancesTo
  return ended !== undefined && ended < clock.startedOn
    ? 'the circumstances ended before the period began'
    : null
}

function coronavirus(clock: ClaimedClock, exception: RuleException): string | null {
  return overlapsCoronavirus(clock.law, exception, clock.startedOn, clock.dueOn)
    ? null
    : 'the period did not overlap the time the coronavirus provision was in force'
}

/** SI 2020/471: 1 May to 25 September 2020. A limit already missed before 1 May gets no cover (U-11). */
export function overlapsCoronavirus(
  law: CompiledLaw,
  exception: RuleException,
  startedOn: PlainDate,
  dueOn: PlainDate | null,
): boolean {
  if (exception.inForce === undefined) return false
  const to = date(exception.inForce.to) - (law.read('U-11') === 'B' ? 1 : 0)
  return (dueOn ?? startedOn) >= date(exception.inForce.from) && startedOn <= to
}

function blank(text: string | undefined): boolean {
  return text === undefined || text.trim() === ''
}
