import type { FactSpecification } from './specification.ts'

/** Facts of a plan's life: provision, reviews, amendment, phase transfer, re-assessment, moves, ceasing. */
export const planKinds = {
  setting_admitted: {
    label: 'Admitted',
    meaning: 'The named setting admitted the child or young person (s.43(2)).',
    lane: 'plan',
    optional: ['setting'],
  },
  provision_started: {
    label: 'Provision in place',
    meaning: 'The Section F and G provision is in place (s.42).',
    lane: 'plan',
  },
  provision_gap_reported: {
    label: 'Provision said not to be happening',
    meaning: 'The family said that a line of the plan’s provision is not happening (s.42).',
    lane: 'plan',
    optional: ['report'],
  },
  provision_gap_answered: {
    label: 'Answer to a report of missing provision',
    meaning: 'The authority answered the family’s report that a line of provision is not happening (s.42).',
    lane: 'plan',
    optional: ['report'],
  },
  review_invitations_sent: {
    label: 'Review invitations sent',
    meaning: 'Notice of the review meeting went to everyone who must be invited (reg 20(3), 21(3)).',
    lane: 'review',
    optional: ['meetingOn'],
  },
  review_papers_circulated: {
    label: 'Review papers sent round',
    meaning: 'Advice and information went to everyone invited (reg 20(4), 21(4)).',
    lane: 'review',
    optional: ['meetingOn'],
  },
  review_meeting: {
    label: 'Review meeting',
    meaning: 'The review meeting, arranged or held.',
    lane: 'review',
    plannable: true,
    optional: ['reviewType', 'notInSetting', 'underFive', 'setting'],
  },
  review_report: {
    label: 'Review report sent',
    meaning: 'The written report of the meeting went to everyone invited (reg 20(7)-(9), 21(7)-(8)).',
    lane: 'review',
  },
  review_decision: {
    label: 'Review decision notified',
    meaning: 'The family was told whether the plan will be kept, amended or ceased (reg 20(10), 21(9)).',
    lane: 'review',
    optional: ['outcome', 'reviewType', 'underFive', 'arrivedOn'],
  },
  amendment_notice: {
    label: 'Amendment notice sent',
    meaning: 'Copy of the plan, the proposed changes and the evidence sent to the family (reg 22(2)).',
    lane: 'review',
    optional: ['withoutReview', 'arrivedOn'],
  },
  amended_final_issued: {
    label: 'Final amended plan sent',
    meaning: 'The final amended plan was sent to the family (reg 22(3)).',
    lane: 'review',
    optional: ['setting', 'planDated', 'underFive', 'namesNextPhase', 'arrivedOn'],
  },
  amendment_declined: {
    label: 'Decided not to amend after all',
    meaning: 'Reasoned notice sent that the plan will not be amended (reg 22(4)).',
    lane: 'review',
  },
  phase_transfer: {
    label: 'Phase transfer',
    meaning: 'The day the child or young person moves to the next phase of education (reg 18).',
    lane: 'plan',
    plannable: true,
    required: ['from', 'to'],
    optional: ['setting'],
  },
  stopped_attending: {
    label: 'Stopped attending',
    meaning:
      'A child or young person with a plan is not, or no longer, in education or training (reg 29, 30).',
    lane: 'plan',
    required: ['age'],
  },
  reassessment_requested: {
    label: 'Re-assessment requested',
    meaning: 'The authority received a request to re-assess (s.44(2)).',
    lane: 'reassessment',
    optional: ['by'],
  },
  decided_to_reassess: {
    label: 'Decided to re-assess',
    meaning: 'Notice sent that there will be a re-assessment, or the authority’s own decision (s.44(3)).',
    lane: 'reassessment',
    optional: ['following', 'arrivedOn'],
  },
  refused_to_reassess: {
    label: 'Refused to re-assess',
    meaning: 'Notice sent that there will be no re-assessment (reg 25(2)).',
    lane: 'reassessment',
    optional: ['reason', 'arrivedOn'],
  },
  reassessment_draft_issued: {
    label: 'Draft sent after re-assessment',
    meaning: 'The draft amended or replacement plan was served (reg 27(1)).',
    lane: 'reassessment',
  },
  reassessment_final_issued: {
    label: 'Final plan sent after re-assessment',
    meaning: 'The finalised amended or replacement plan was sent (reg 27(2)).',
    lane: 'reassessment',
    optional: ['setting', 'planDated', 'underFive', 'namesNextPhase', 'arrivedOn'],
  },
  reassessment_no_change: {
    label: 'Decided not to amend after re-assessment',
    meaning: 'The authority decided to leave the plan as it is after a re-assessment (U-12).',
    lane: 'reassessment',
  },
  moved_in: {
    label: 'Moved in with a plan',
    meaning: 'A plan transferred to this authority: the date of the transfer (reg 15).',
    lane: 'move',
    plannable: true,
    optional: ['planMadeOrReviewedOn', 'attendanceImpractical'],
  },
  moved_out: {
    label: 'Moved away with a plan',
    meaning: 'The day of the move out of this authority, with the day it became aware (reg 15(2)).',
    lane: 'move',
    plannable: true,
    required: ['awareOn'],
  },
  plan_transferred: {
    label: 'Plan handed over',
    meaning: 'The old or home authority sent the plan to the new one (reg 15(2); SI 2015/62 reg 16(2)).',
    lane: 'move',
  },
  family_told_of_transfer: {
    label: 'Family told of the transfer',
    meaning: 'The new authority told the family the three things in reg 15(4).',
    lane: 'move',
  },
  interim_placement_arranged: {
    label: 'Interim placement arranged',
    meaning: 'Another appropriate setting was arranged until the plan can be amended (reg 15(6)).',
    lane: 'move',
    optional: ['setting'],
  },
  commissioner_move: {
    label: 'Health commissioner changes on a move',
    meaning: 'The day of the move, with the day the original commissioning body became aware (reg 15(7)).',
    lane: 'move',
    plannable: true,
    required: ['awareOn'],
  },
  commissioner_change_known: {
    label: 'Change of health commissioner known',
    meaning: 'The original commissioning body became aware that another is now responsible (reg 16(2)).',
    lane: 'move',
  },
  new_commissioner_notified: {
    label: 'New health commissioner told',
    meaning: 'The original commissioning body told the new one (reg 15(7), 16(2)).',
    lane: 'move',
  },
  new_commissioner_aware: {
    label: 'New health commissioner aware',
    meaning: 'The new commissioning body became aware that it is responsible (reg 15(8), 16(3)).',
    lane: 'move',
    required: ['cause'],
  },
  commissioner_requested_change: {
    label: 'Health commissioner asked for a change',
    meaning: 'The commissioning body asked for an assessment or review because it cannot arrange Section G.',
    lane: 'move',
  },
  considering_ceasing: {
    label: 'Considering ceasing',
    meaning: 'The authority is considering ceasing to maintain the plan (reg 31(1)).',
    lane: 'plan',
  },
  cease_consulted: {
    label: 'Consulted about ceasing',
    meaning: 'The family and the named setting were told and consulted (reg 31(1)).',
    lane: 'plan',
  },
  decided_to_cease: {
    label: 'Decided to cease',
    meaning: 'The authority decided to cease to maintain the plan (s.45).',
    lane: 'plan',
  },
  cease_notified: {
    label: 'Told that the plan will cease',
    meaning: 'Notice of the decision to cease was sent (reg 31(2)).',
    lane: 'plan',
  },
  plan_ceased: {
    label: 'Plan ceased',
    meaning: 'The plan is no longer maintained from this day.',
    lane: 'plan',
    optional: ['reason'],
  },
  plan_continued: {
    label: 'Plan continued',
    meaning: 'The plan was kept after an appeal against ceasing.',
    lane: 'plan',
  },
  twenty_fifth_birthday: {
    label: '25th birthday',
    meaning: 'The young person turns 25 (s.46).',
    lane: 'plan',
    plannable: true,
  },
} as const satisfies Record<string, FactSpecification>
