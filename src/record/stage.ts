import { FACT_KINDS, type Fact, type FactKind } from '../law/index.ts'

/** Where an assessment stands, in the words of the people who do it. */
export type AssessmentStage =
  | 'deciding-whether-to-assess'
  | 'gathering-advice'
  | 'deciding-whether-to-issue'
  | 'drafting'
  | 'with-family'
  | 'finalising'
  | 'plan-issued'
  | 'not-assessed'
  | 'no-plan'
  | 'withdrawn'
  | 'closed'

export const STAGE_LABELS = {
  'deciding-whether-to-assess': 'Deciding whether to assess',
  'gathering-advice': 'Gathering advice',
  'deciding-whether-to-issue': 'Deciding whether to issue a plan',
  drafting: 'Writing the draft plan',
  'with-family': 'Draft with the family',
  finalising: 'Finalising the plan',
  'plan-issued': 'Final plan sent',
  'not-assessed': 'Decided not to assess',
  'no-plan': 'Decided not to issue a plan',
  withdrawn: 'Withdrawn',
  closed: 'Closed',
} as const satisfies Record<AssessmentStage, string>

const OVER: ReadonlySet<AssessmentStage> = new Set([
  'plan-issued',
  'not-assessed',
  'no-plan',
  'withdrawn',
  'closed',
])

/** Has the assessment ended (unless it is reopened or the refusal is reversed)? */
export const isOver = (stage: AssessmentStage): boolean => OVER.has(stage)

const moves: Partial<Record<FactKind, AssessmentStage>> = {
  request_received: 'deciding-whether-to-assess',
  needs_brought_to_attention: 'deciding-whether-to-assess',
  detained_request_received: 'deciding-whether-to-assess',
  decided_to_assess: 'gathering-advice',
  refused_to_assess: 'not-assessed',
  decided_to_issue: 'drafting',
  decided_not_to_issue: 'no-plan',
  draft_issued: 'with-family',
  representations_received: 'finalising',
  final_issued: 'plan-issued',
  request_withdrawn: 'withdrawn',
  assessment_closed: 'closed',
}

type Answer = 'assess' | 'make-plan' | 'reconsider'

/** What an order, an agreement on a matter that can be appealed, or an appeal not opposed says the council must now do. */
function mustNow(fact: Fact): Answer | null {
  const said =
    fact.kind === 'tribunal_order'
      ? fact.order
      : fact.kind === 'mediation_agreement' && fact.matter === 'appealable'
        ? fact.agreed
        : fact.kind === 'appeal_not_opposed'
          ? fact.about
          : undefined
  return said === 'assess' || said === 'make-plan' || said === 'reconsider' ? said : null
}

const PAST_ASSESSING: ReadonlySet<AssessmentStage> = new Set([
  'deciding-whether-to-issue',
  'drafting',
  'with-family',
  'finalising',
  'plan-issued',
])
const PAST_DRAFTING: ReadonlySet<AssessmentStage> = new Set(['with-family', 'finalising', 'plan-issued'])

/** Where a refusal undone puts the assessment: its clocks run from that day, so it is open from that day (regs 42, 44, 45). */
function reversal(fact: Fact, stage: AssessmentStage): AssessmentStage | null {
  switch (mustNow(fact)) {
    case 'assess':
      return PAST_ASSESSING.has(stage) ? null : 'gathering-advice'
    case 'make-plan':
      return PAST_DRAFTING.has(stage) ? null : 'drafting'
    case 'reconsider':
      return stage === 'no-plan'
        ? 'deciding-whether-to-issue'
        : stage === 'not-assessed'
          ? 'deciding-whether-to-assess'
          : null
    default:
      return null
  }
}

/** Reads the stage off one assessment's effective facts, in any order. A reopened assessment goes back to where it was. */
export function assessmentStage(facts: readonly Fact[], today: number): AssessmentStage {
  const ordered = facts
    .filter((fact) => fact.on <= today)
    .toSorted((a, b) => a.on - b.on || rank(a.kind) - rank(b.kind))
  let stage: AssessmentStage = 'deciding-whether-to-assess'
  let beforeClosing: AssessmentStage = stage
  let asked = 0
  let answered = 0
  for (const fact of ordered) {
    if (fact.kind === 'advice_requested') asked++
    if (fact.kind === 'advice_received') answered++
    if (fact.kind === 'assessment_reopened') {
      stage = beforeClosing
      continue
    }
    const reversed = reversal(fact, stage)
    if (reversed !== null) {
      stage = reversed
      continue
    }
    const next = moves[fact.kind]
    // A second request joins the open one (U-21): it never sends an assessment back to its start.
    if (next === undefined || (next === 'deciding-whether-to-assess' && stage !== next)) continue
    if (isOver(next) && !isOver(stage)) beforeClosing = stage
    stage = next
  }
  if (stage === 'gathering-advice' && asked > 0 && answered >= asked) return 'deciding-whether-to-issue'
  return stage
}

/** Facts of one day are told in the order the process goes. */
const ORDER: readonly FactKind[] = [
  'request_received',
  'needs_brought_to_attention',
  'refused_to_assess',
  'mediation',
  'decided_to_assess',
  'advice_requested',
  'advice_received',
  'decided_not_to_issue',
  'tribunal_order',
  'mediation_agreement',
  'appeal_not_opposed',
  'decided_to_issue',
  'draft_issued',
  'representations_received',
  'final_issued',
  'request_withdrawn',
  'assessment_closed',
  'assessment_reopened',
]
const rank = (kind: FactKind): number => {
  const at = ORDER.indexOf(kind)
  return at < 0 ? ORDER.length : at
}

/** Where a plan stands. */
export type PlanState =
  | 'in-force'
  | 'being-reviewed'
  | 'being-amended'
  | 'being-reassessed'
  | 'being-ceased'
  | 'being-handed-over'
  | 'moved-away'
  | 'ceased'

export const PLAN_STATE_LABELS = {
  'in-force': 'Plan in force',
  'being-reviewed': 'Plan being reviewed',
  'being-amended': 'Plan being amended',
  'being-reassessed': 'Plan being re-assessed',
  'being-ceased': 'Plan being ceased',
  'being-handed-over': 'Plan to be handed over',
  'moved-away': 'Plan handed over to another authority',
  ceased: 'Plan ceased',
} as const satisfies Record<PlanState, string>

/** Has the plan ended here (unless it is kept after an appeal, or comes back)? */
export const isPlanOver = (state: PlanState): boolean => state === 'ceased' || state === 'moved-away'

const planMoves: Partial<Record<FactKind, PlanState | ((fact: Fact) => PlanState | null)>> = {
  review_meeting: 'being-reviewed',
  review_decision: ({ outcome }) =>
    outcome === 'amend' ? 'being-amended' : outcome === 'cease' ? 'being-ceased' : 'in-force',
  amendment_notice: 'being-amended',
  amended_final_issued: 'in-force',
  amendment_declined: 'in-force',
  decided_to_reassess: 'being-reassessed',
  reassessment_draft_issued: 'being-reassessed',
  reassessment_final_issued: 'in-force',
  reassessment_no_change: 'in-force',
  moved_in: 'in-force',
  // The plan must still be passed over (reg 15(2)), so it stays on the list until it has been.
  moved_out: 'being-handed-over',
  plan_transferred: 'moved-away',
  considering_ceasing: 'being-ceased',
  decided_to_cease: 'being-ceased',
  cease_notified: 'being-ceased',
  plan_ceased: 'ceased',
  plan_continued: 'in-force',
  tribunal_order: ({ order }) =>
    order === 'continue'
      ? 'in-force'
      : order === 'reassess'
        ? 'being-reassessed'
        : order?.startsWith('amend') || order === 'continue-and-amend'
          ? 'being-amended'
          : null,
}
/** What brings back a plan that had ended here. */
const BRINGS_BACK: ReadonlySet<FactKind> = new Set(['moved_in', 'plan_continued'])

const mayMove = (state: PlanState, kind: FactKind): boolean =>
  BRINGS_BACK.has(kind) ||
  (state === 'being-handed-over' || state === 'moved-away' ? kind === 'plan_ceased' : state !== 'ceased')

/** Reads where a plan stands off its own effective facts, in any order: its last move decides. */
export function planState(facts: readonly Fact[], today: number): PlanState {
  const ordered = facts
    .filter((fact) => fact.on <= today)
    .toSorted((a, b) => a.on - b.on || FACT_KINDS.indexOf(a.kind) - FACT_KINDS.indexOf(b.kind))
  let state: PlanState = 'in-force'
  let handedOver = false
  for (const fact of ordered) {
    const move = planMoves[fact.kind]
    const next = typeof move === 'function' ? move(fact) : move
    if (next === undefined || next === null) continue
    if (next === 'moved-away') {
      // A plan sent on a release, or before the day of the move, is still kept here.
      handedOver = true
      if (state === 'being-handed-over') state = next
    } else if (next === 'being-handed-over') {
      if (!isPlanOver(state)) state = handedOver ? 'moved-away' : next
    } else if (mayMove(state, fact.kind)) {
      state = next
      handedOver = false
    }
  }
  return state
}

/** Kinds of an assessment's and of a plan's lanes after which it stands where it stood. */
export const CHANGES_NO_STAGE: ReadonlySet<FactKind> = new Set([
  'family_consulted',
  'plan_may_be_needed',
  'considering_assessment_notified',
  'advice_chased',
  'missed_appointment',
  'special_placement_left',
  'draft_meeting_requested',
  'draft_meeting_held',
  'setting_preference_stated',
  'setting_consulted',
  'setting_replied',
  'setting_admitted',
  'provision_started',
  'provision_gap_reported',
  'provision_gap_answered',
  'review_invitations_sent',
  'review_papers_circulated',
  'review_report',
  'phase_transfer',
  'stopped_attending',
  'reassessment_requested',
  'refused_to_reassess',
  'family_told_of_transfer',
  'interim_placement_arranged',
  'commissioner_move',
  'commissioner_change_known',
  'new_commissioner_notified',
  'new_commissioner_aware',
  'commissioner_requested_change',
  'cease_consulted',
  'twenty_fifth_birthday',
  'detention_known',
  'plan_shared_with_custody',
  'release_known',
  'released_from_detention',
  'plan_received_on_release',
  'plan_sent_to_commissioner',
  'commissioner_received_plan',
])

/** Kinds that move an assessment or a plan. */
export const MOVES_A_STAGE: ReadonlySet<string> = new Set([
  ...Object.keys(moves),
  ...Object.keys(planMoves),
  'advice_requested',
  'advice_received',
  'assessment_reopened',
])
