/** Starts, stops and overtakings that several rules share. */
import type { Lapse, Start, Stop } from './rule.ts'

/** CFA 2014 s.36(1) request, or responsibility under s.24: both start the same clocks. */
export const REQUESTS: readonly Start[] = [
  { kind: 'request_received' },
  { kind: 'needs_brought_to_attention' },
]

/** The process ended without an answer. Re-opening puts it back on its original clock. */
export const OVERTAKEN: readonly Lapse[] = [
  { kind: 'request_withdrawn', unlessLater: ['assessment_reopened'], words: 'the request was withdrawn' },
  { kind: 'assessment_closed', unlessLater: ['assessment_reopened'], words: 'the assessment was closed' },
]
export const NO_PLAN: Lapse = {
  kind: 'decided_not_to_issue',
  unlessLater: ['decided_to_issue', 'draft_issued'],
  words: 'the authority decided not to issue a plan',
}
const REFUSED: Lapse = {
  kind: 'refused_to_assess',
  unlessLater: ['decided_to_assess'],
  words: 'the authority refused to assess',
}
export const OVERTAKEN_OR_REFUSED: readonly Lapse[] = [...OVERTAKEN, REFUSED]
export const FINAL_SENT: Lapse = { kind: 'final_issued', words: 'the final plan was sent' }
export const OVERTAKEN_OR_FINISHED: readonly Lapse[] = [...OVERTAKEN, REFUSED, NO_PLAN, FINAL_SENT]

export const DECIDED_ALREADY: Lapse = {
  kind: 'final_issued',
  words: 'the plan was finalised and no consultation is recorded',
}
export const PAST_FIRST_STAGE: Lapse = {
  kind: 'plan_may_be_needed',
  words: 'the authority determined that a plan may be necessary, so it cannot refuse at the first stage',
}
export const DECIDED_AT_SECOND_STAGE: Lapse = {
  kind: 'decided_to_assess',
  words: 'the authority decided to assess',
}
export const REFUSED_AT_SECOND_STAGE: Lapse = {
  kind: 'refused_to_assess',
  words: 'the authority refused at the second stage (reg 5), not at the first (reg 4)',
}
export const DECIDED_LATER_STEP: Lapse = {
  kind: 'final_issued',
  words: 'the final plan was sent and no decision whether to assess is recorded',
}
export const DECIDED_NO_PLAN: Lapse = {
  kind: 'decided_not_to_issue',
  words: 'the authority decided not to issue a plan and no decision whether to assess is recorded',
}
export const PLAN_WILL_BE_MADE: Lapse = {
  kind: 'decided_to_issue',
  words: 'the authority decided that a plan will be made',
}
export const DRAFT_SENT: Lapse = {
  kind: 'draft_issued',
  words: 'a draft plan was sent, so the answer was yes',
}

export const NO_CHANGE_AFTER_REASSESSMENT: Lapse = {
  kind: 'reassessment_no_change',
  words: 'the authority decided not to amend after re-assessing; reg 27 sets no limit for that (U-12)',
}
export const REASSESSMENT_FINAL_SENT: Lapse = {
  kind: 'reassessment_final_issued',
  words: 'the plan was finalised after the re-assessment',
}
/** The plan is no longer this authority's to keep. */
export const PLAN_ENDED: readonly Lapse[] = [
  { kind: 'plan_ceased', words: 'the plan ceased' },
  { kind: 'moved_out', words: 'the plan moved to another authority' },
]

const ANNUAL = { reviewType: { is: [undefined, 'annual'] } } as const

/** A completed review under s.44, on the readings of U-5 and U-24 in force. */
export const REVIEWED: readonly Stop[] = [
  { kind: 'review_decision', reading: ['U-5', 'A'], and: ['U-24', 'A'] },
  { kind: 'review_decision', where: ANNUAL, reading: ['U-5', 'A'], and: ['U-24', 'B'] },
  { kind: 'review_meeting', reading: ['U-5', 'B'], and: ['U-24', 'A'] },
  { kind: 'review_meeting', where: ANNUAL, reading: ['U-5', 'B'], and: ['U-24', 'B'] },
]

const KEPT = { outcome: { isNot: ['cease'] } } as const

/** What starts the next 12 months: a completed review that keeps the plan going. */
export const REVIEWED_STARTS: readonly Start[] = [
  { kind: 'review_decision', where: KEPT, reading: ['U-5', 'A'], and: ['U-24', 'A'] },
  { kind: 'review_decision', where: { ...KEPT, ...ANNUAL }, reading: ['U-5', 'A'], and: ['U-24', 'B'] },
  { kind: 'review_meeting', reading: ['U-5', 'B'], and: ['U-24', 'A'] },
  { kind: 'review_meeting', where: ANNUAL, reading: ['U-5', 'B'], and: ['U-24', 'B'] },
]

export const NOT_AMENDING: readonly Lapse[] = [
  {
    kind: 'review_decision',
    where: { outcome: { is: ['maintain', 'cease'] } },
    words: 'the authority decided not to amend',
  },
]
export const NOT_AMENDING_OR_DECLINED: readonly Lapse[] = [
  ...NOT_AMENDING,
  { kind: 'amendment_declined', words: 'the authority decided not to amend after all' },
]

/** Reg 18: the review done and the final plan sent that names the next setting or type. */
export const NEXT_PLACEMENT_NAMED: readonly Stop[] = [
  { kind: 'amended_final_issued', where: { namesNextPhase: { isNot: [false] } } },
  { kind: 'reassessment_final_issued', where: { namesNextPhase: { isNot: [false] } } },
  { kind: 'final_issued', where: { namesNextPhase: { isNot: [false] } } },
]

/** Written notices that carry a right of appeal, CFA 2014 s.51(2). */
export const DECISIONS_WITH_APPEAL: readonly Start[] = [
  { kind: 'refused_to_assess' },
  { kind: 'decided_not_to_issue' },
  { kind: 'final_issued' },
  { kind: 'amended_final_issued' },
  { kind: 'review_decision', where: { outcome: { is: ['maintain'] } } },
  { kind: 'amendment_declined' },
  { kind: 'refused_to_reassess' },
  { kind: 'reassessment_final_issued' },
  { kind: 'reassessment_no_change' },
  { kind: 'cease_notified' },
]

/** An order to assess, or a mediation agreement treated as one: reg 44(2)(b), reg 42(2). */
export const ASSESSMENT_ORDERED: readonly Start[] = [
  {
    kind: 'tribunal_order',
    where: { order: { is: ['assess', 'reassess'] } },
    earlierOf: ['sentOn', 'U-16'],
  },
  { kind: 'tribunal_order', condition: 'ordered-to-assess', earlierOf: ['sentOn', 'U-16'] },
  {
    kind: 'mediation_agreement',
    where: { matter: { is: ['appealable'] }, agreed: { is: ['assess', 'reassess'] } },
  },
  { kind: 'mediation_agreement', condition: 'ordered-to-assess' },
]
/** The same; and where no agreement is recorded, the notice that it will assess is the day the count runs from. Nothing is
 *  then left to notify, so that notice starts the later limits only. */
export const ASSESSMENT_ORDERED_OR_AGREED: readonly Start[] = [
  ...ASSESSMENT_ORDERED,
  { kind: 'decided_to_assess', condition: 'agreement-to-assess-starts-clock' },
]
/** An order to make a plan, or a mediation agreement treated as one: reg 44(2)(c), reg 42(2). */
export const PLAN_ORDERED: readonly Start[] = [
  { kind: 'tribunal_order', where: { order: { is: ['make-plan'] } }, earlierOf: ['sentOn', 'U-16'] },
  { kind: 'tribunal_order', condition: 'ordered-to-make-plan', earlierOf: ['sentOn', 'U-16'] },
  { kind: 'mediation_agreement', where: { matter: { is: ['appealable'] }, agreed: { is: ['make-plan'] } } },
  { kind: 'mediation_agreement', condition: 'ordered-to-make-plan' },
  { kind: 'decided_to_issue', condition: 'agreement-to-issue-starts-clock' },
]
