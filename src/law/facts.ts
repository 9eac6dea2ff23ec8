/** The facts: dated things that happened in a child's case. The law reads them; nobody types a due date. */
import type { PlainDate } from './calendar/plain-date.ts'
import { assessmentKinds } from './facts/assessment-kinds.ts'
import type {
  AdviceHead,
  ExceptionGround,
  Following,
  MediationAgreed,
  Phase,
  Requester,
  ReviewOutcome,
  ReviewType,
  TribunalOrderKind,
  UnopposedAbout,
} from './facts/attributes.ts'
import { disputeKinds } from './facts/dispute-kinds.ts'
import { otherKinds } from './facts/other-kinds.ts'
import { planKinds } from './facts/plan-kinds.ts'
import type { FactSpecification } from './facts/specification.ts'

/** Every kind with its label, meaning, whether it may lie in the future, and its attributes. */
const specifications = { ...assessmentKinds, ...planKinds, ...disputeKinds, ...otherKinds } as const

export type FactKind = keyof typeof specifications

export const FACT_SPECIFICATIONS: Readonly<Record<FactKind, FactSpecification>> = specifications

export const FACT_KINDS = Object.keys(specifications) as readonly FactKind[]

/** How exactly the day is known. Anything but `day` is kept as evidence and moves no clock: a month is
 *  never used as a day. */
export type Precision = 'day' | 'month' | 'year'

/** One recorded fact. `on` is the legal date; `recordedOn` the day it became known (taken to be `on`
 *  when left out); `process` ties facts of one assessment, review or dispute together. */
export interface Fact {
  readonly kind: FactKind
  readonly on: PlainDate
  readonly id?: string | undefined
  readonly recordedOn?: PlainDate | undefined
  readonly process?: string | undefined
  readonly precision?: Precision | undefined
  readonly by?: Requester | undefined
  readonly head?: AdviceHead | undefined
  readonly adviser?: string | undefined
  readonly for?: 'assessment' | 'reassessment' | undefined
  readonly receivedOn?: PlainDate | undefined
  readonly arrivedOn?: PlainDate | undefined
  readonly sentOn?: PlainDate | undefined
  readonly planDated?: PlainDate | undefined
  readonly nothingToReport?: boolean | undefined
  readonly stage?: 'determination' | 'decision' | undefined
  readonly following?: Following | undefined
  readonly reason?: string | undefined
  readonly detained?: boolean | undefined
  readonly ground?: ExceptionGround | undefined
  readonly limits?: readonly string[] | undefined
  readonly closedFrom?: PlainDate | undefined
  readonly reopens?: PlainDate | undefined
  readonly absentFrom?: PlainDate | undefined
  readonly absentTo?: PlainDate | undefined
  readonly circumstancesFrom?: PlainDate | undefined
  readonly circumstancesTo?: PlainDate | undefined
  readonly appointmentOn?: PlainDate | undefined
  readonly directedBy?: PlainDate | undefined
  readonly impracticalBecause?: string | undefined
  readonly evidence?: string | undefined
  readonly approvedBy?: string | undefined
  readonly claim?: string | undefined
  readonly setting?: string | undefined
  readonly outcome?: ReviewOutcome | undefined
  readonly reviewType?: ReviewType | undefined
  readonly notInSetting?: boolean | undefined
  readonly underFive?: boolean | undefined
  readonly meetingOn?: PlainDate | undefined
  readonly withoutReview?: boolean | undefined
  readonly namesNextPhase?: boolean | undefined
  readonly from?: Phase | undefined
  readonly to?: Phase | undefined
  readonly age?: 'under-18' | '18-or-over' | undefined
  readonly order?: TribunalOrderKind | undefined
  readonly agreed?: MediationAgreed | undefined
  readonly matter?: 'appealable' | 'other' | undefined
  readonly authorityParty?: boolean | undefined
  readonly issues?: 'no-health' | 'health' | 'mixed' | undefined
  readonly about?: UnopposedAbout | undefined
  readonly alsoAmend?: boolean | undefined
  readonly area?: 'health' | 'social-care' | undefined
  readonly awareOn?: PlainDate | undefined
  readonly planMadeOrReviewedOn?: PlainDate | undefined
  readonly attendanceImpractical?: boolean | undefined
  readonly cause?: 'move' | 'change' | undefined
  readonly complaintStage?: number | undefined
  readonly report?: string | undefined
  readonly detail?: string | undefined
}

/** May this kind lie in the future? */
export function isPlannable(kind: FactKind): boolean {
  return FACT_SPECIFICATIONS[kind].plannable === true
}

/** Is this text one of the kinds? */
export function isFactKind(text: string): text is FactKind {
  return Object.hasOwn(specifications, text)
}

export * from './facts/attributes.ts'
export { type ParsedFact, parseFact } from './facts/parse.ts'
export type { FactSpecification, Lane } from './facts/specification.ts'
