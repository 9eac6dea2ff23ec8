/** Sorts a case's facts into assessments: which request each belongs to, which second request joined an
 *  open one (U-21), and how a refusal was reversed. */
import type { Fact, FactKind } from '../facts.ts'
import type { CaseFacts } from './case-facts.ts'
import { ANY_LANE, ASSESSMENT_LANE, codeOf, KIND_COUNT, LANE } from './kinds.ts'

export const FLAG = {
  joined: 1,
  orderedToAssess: 2,
  orderedToMakePlan: 4,
  agreementStartsAssess: 8,
  agreementStartsIssue: 16,
  detained: 32,
  hasDirectPayments: 64,
  firstPlan: 128,
} as const

/** How a refusal was reversed, and whether another clock now governs. */
export interface Assessment {
  process: string | undefined
  detained: boolean
  open: boolean
  refusedAt: number
  noPlanAt: number
  mediationAt: number
  agreementAt: number
  orderAt: number
  unopposedAt: number
  /** The fact whose clock displaces the original: an agreement, an order or a reg 45 notice; -1 if none. */
  displacedFrom: number
  displacedStage: 'assess' | 'issue' | ''
  /** A refusal was reversed without a clock of its own: by concession or second thoughts; -1 if none. */
  reversedAt: number
  reversal: 'concession' | 'reconsideration' | 'order-not-recorded' | 'unknown' | ''
}

const ROLE = new Uint8Array(KIND_COUNT)
const roles: readonly (readonly [number, readonly FactKind[]])[] = [
  [1, ['request_received', 'needs_brought_to_attention', 'detained_request_received']],
  [2, ['refused_to_assess']],
  [3, ['decided_to_assess']],
  [4, ['decided_not_to_issue']],
  [5, ['decided_to_issue']],
  [6, ['draft_issued']],
  [7, ['final_issued']],
  [8, ['request_withdrawn', 'assessment_closed']],
  [9, ['assessment_reopened']],
  [10, ['mediation']],
  [11, ['mediation_agreement']],
  [12, ['tribunal_order']],
  [13, ['appeal_not_opposed']],
  [14, ['plan_ceased']],
  [15, ['direct_payment_started']],
  [16, ['exception_claimed']],
]
for (const [role, kinds] of roles) for (const kind of kinds) ROLE[codeOf(kind)] = role

const DETAINED_REQUEST = codeOf('detained_request_received')
const pool: Assessment[] = []

/** Fills the flags and instances of a case. Returns its assessments, oldest first; the array is reused. */
export function sortIntoAssessments(
  read: CaseFacts,
  eachRequestHasItsOwnClock: boolean,
): readonly Assessment[] {
  let used = 0
  let current = -1
  let hasPlan = false
  let hasDirectPayments = false
  for (let index = 0; index < read.count; index++) {
    const fact = read.facts[index]!
    const kind = read.kinds[index]!
    const role = ROLE[kind]!
    let flags = hasDirectPayments ? FLAG.hasDirectPayments : 0
    const lane = LANE[kind]!
    let belongs = current
    if (role === 1) {
      const open = openFor(fact, current, used)
      if (open >= 0 && !eachRequestHasItsOwnClock) {
        flags |= FLAG.joined
        belongs = open
      } else {
        belongs = begin(used++, fact, kind === DETAINED_REQUEST)
      }
      current = belongs
    } else if (lane === ASSESSMENT_LANE) {
      belongs = find(fact, current, used)
      if (belongs < 0) {
        belongs = begin(used++, fact, false)
        current = belongs
      }
    } else if (lane === ANY_LANE && fact.process !== undefined) {
      belongs = find(fact, current, used)
    }
    if (role > 1) {
      if (role === 7 && !hasPlan) flags |= FLAG.firstPlan
      if (role === 7) hasPlan = true
      else if (role === 14) hasPlan = false
      else if (role === 15) hasDirectPayments = true
      else if (role === 16) read.hasClaims = true
      if (belongs >= 0) flags |= follow(read, pool[belongs]!, index, role, fact)
    }
    read.instances[index] = belongs
    read.flags[index] = flags
  }
  return pool
}

function openFor(fact: Fact, current: number, used: number): number {
  if (fact.process === undefined) return current >= 0 && pool[current]!.open ? current : -1
  for (let index = used - 1; index >= 0; index--) {
    const one = pool[index]!
    if (one.open && (one.process === undefined || one.process === fact.process)) return index
  }
  return -1
}

function find(fact: Fact, current: number, used: number): number {
  if (fact.process === undefined || current < 0 || pool[current]!.process === fact.process) return current
  for (let index = used - 1; index >= 0; index--) if (pool[index]!.process === fact.process) return index
  return pool[current]!.process === undefined ? current : -1
}

function begin(index: number, fact: Fact, detained: boolean): number {
  const one = pool[index] ?? ({} as Assessment)
  pool[index] = one
  one.process = fact.process
  one.detained = detained
  one.open = true
  one.refusedAt = -1
  one.noPlanAt = -1
  one.mediationAt = -1
  one.agreementAt = -1
  one.orderAt = -1
  one.unopposedAt = -1
  one.displacedFrom = -1
  one.displacedStage = ''
  one.reversedAt = -1
  one.reversal = ''
  return index
}

/** What one fact does to its assessment; gives the flags of the fact. */
function follow(read: CaseFacts, one: Assessment, index: number, role: number, fact: Fact): number {
  switch (role) {
    case 2:
      one.refusedAt = index
      one.open = false
      return 0
    case 3:
      return reversed(read, one, index, fact, 'assess')
    case 4:
      one.noPlanAt = index
      one.open = false
      return 0
    case 5:
      return reversed(read, one, index, fact, 'issue')
    case 6:
      one.open = true
      return one.detained || fact.detained === true ? FLAG.detained : 0
    case 7:
    case 8:
      one.open = false
      return 0
    case 9:
      one.open = true
      return 0
    case 10:
      one.mediationAt = index
      return 0
    case 11:
      one.agreementAt = index
      if (fact.matter === 'appealable' && fact.agreed === 'assess') displace(one, index, 'assess')
      if (fact.matter === 'appealable' && fact.agreed === 'make-plan') displace(one, index, 'issue')
      return 0
    case 12:
      one.orderAt = index
      if (fact.order === 'assess') displace(one, index, 'assess')
      if (fact.order === 'make-plan') displace(one, index, 'issue')
      return 0
    case 13:
      one.unopposedAt = index
      if (fact.about === 'assess') displace(one, index, 'assess')
      if (fact.about === 'make-plan') displace(one, index, 'issue')
      return 0
    default:
      return 0
  }
}

function displace(one: Assessment, index: number, stage: 'assess' | 'issue'): void {
  one.displacedFrom = index
  one.displacedStage = stage
}

/** A yes after a no. Reg 42(2) and reg 44(2): an agreement at mediation, or an order, starts its own
 *  clock. A concession without an order, or second thoughts, leaves the original 20 weeks binding:
 *  R (W) v Hertfordshire CC [2023] EWHC 3138 (Admin). */
function reversed(
  read: CaseFacts,
  one: Assessment,
  index: number,
  fact: Fact,
  stage: 'assess' | 'issue',
): number {
  const refusedAt = stage === 'assess' ? one.refusedAt : one.noPlanAt
  one.open = true
  if (stage === 'assess') one.refusedAt = -1
  else one.noPlanAt = -1
  if (refusedAt < 0 && fact.following === undefined) return 0
  if (one.displacedFrom > refusedAt && one.displacedStage === stage) return 0
  const how = fact.following ?? inferred(one, refusedAt)
  if (how === 'tribunal-order') {
    if (one.orderAt > refusedAt && read.facts[one.orderAt]!.order === undefined) {
      read.flags[one.orderAt]! |= stage === 'assess' ? FLAG.orderedToAssess : FLAG.orderedToMakePlan
      displace(one, one.orderAt, stage)
      return 0
    }
    one.reversedAt = index
    one.reversal = 'order-not-recorded'
    return 0
  }
  if (how === 'mediation') {
    const agreement = one.agreementAt > refusedAt ? read.facts[one.agreementAt]! : undefined
    if (agreement?.matter === 'appealable' && agreement.agreed === undefined) {
      read.flags[one.agreementAt]! |= stage === 'assess' ? FLAG.orderedToAssess : FLAG.orderedToMakePlan
      displace(one, one.agreementAt, stage)
      return 0
    }
    displace(one, index, stage)
    return stage === 'assess' ? FLAG.agreementStartsAssess : FLAG.agreementStartsIssue
  }
  one.reversedAt = index
  one.reversal = how
  return 0
}

function inferred(one: Assessment, refusedAt: number): 'tribunal-order' | 'mediation' | 'unknown' {
  if (one.orderAt > refusedAt) return 'tribunal-order'
  if (one.mediationAt > refusedAt || one.agreementAt > refusedAt) return 'mediation'
  return 'unknown'
}
