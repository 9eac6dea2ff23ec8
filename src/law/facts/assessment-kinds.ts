import type { FactSpecification } from './specification.ts'

/** Facts of an EHC needs assessment: request, advice, settings, draft, final, exceptions. */
export const assessmentKinds = {
  request_received: {
    label: 'Request received',
    meaning: 'The authority received a request for an EHC needs assessment (CFA 2014 s.36(1)).',
    lane: 'assessment',
    optional: ['by', 'setting'],
  },
  needs_brought_to_attention: {
    label: 'Needs brought to attention',
    meaning:
      'Someone who is not a requester told the authority of the child, or it found them itself (s.24). Starts the same clocks.',
    lane: 'assessment',
    optional: ['by'],
  },
  detained_request_received: {
    label: 'Request received for a detained person',
    meaning: 'The home authority received a request, or the person came to its attention (s.71).',
    lane: 'assessment',
    optional: ['by'],
  },
  family_consulted: {
    label: 'Family consulted',
    meaning: 'The family was consulted before deciding whether a plan may be needed (reg 3).',
    lane: 'assessment',
  },
  plan_may_be_needed: {
    label: 'Plan may be needed',
    meaning: 'The authority determined that special provision through a plan may be necessary (s.36(6)).',
    lane: 'assessment',
  },
  considering_assessment_notified: {
    label: 'Told an assessment is being considered',
    meaning: 'The family and partners were told that an assessment is being considered (reg 4(2)).',
    lane: 'assessment',
  },
  decided_to_assess: {
    label: 'Decided to assess',
    meaning:
      'Notice sent to the family that an assessment will be made. After a refusal, say what it followed.',
    lane: 'assessment',
    optional: ['following', 'arrivedOn'],
  },
  refused_to_assess: {
    label: 'Refused to assess',
    meaning: 'Reasoned notice sent to the family that there will be no assessment.',
    lane: 'assessment',
    optional: ['stage', 'reason', 'arrivedOn'],
  },
  advice_requested: {
    label: 'Advice requested',
    meaning: 'The authority asked one adviser for advice under reg 6(1).',
    lane: 'assessment',
    required: ['head'],
    optional: ['adviser', 'receivedOn', 'for', 'setting'],
  },
  advice_chased: {
    label: 'Advice chased',
    meaning: 'The authority reminded an adviser.',
    lane: 'assessment',
    optional: ['head', 'adviser', 'for'],
  },
  advice_received: {
    label: 'Advice received',
    meaning: 'The adviser answered.',
    lane: 'assessment',
    required: ['head'],
    optional: ['adviser', 'nothingToReport', 'for'],
  },
  missed_appointment: {
    label: 'Missed appointment',
    meaning: 'The child or young person missed an examination or test made by an adviser (reg 8(2)(c)).',
    lane: 'assessment',
    optional: ['head', 'adviser'],
  },
  decided_to_issue: {
    label: 'Decided to issue a plan',
    meaning: 'The authority decided a plan will be made. After a refusal, say what it followed.',
    lane: 'assessment',
    optional: ['following', 'arrivedOn'],
  },
  decided_not_to_issue: {
    label: 'Decided not to issue a plan',
    meaning: 'Notice with reasons sent to the family that no plan will be made (s.36(9)).',
    lane: 'assessment',
    optional: ['reason', 'sentOn', 'arrivedOn'],
  },
  special_placement_left: {
    label: 'Left the special setting',
    meaning: 'A pupil placed in a special setting for assessment left it (reg 48).',
    lane: 'assessment',
  },
  draft_issued: {
    label: 'Draft plan sent',
    meaning:
      'The draft plan was sent to the parent or young person (s.38). Say the day it was served where that is later: the 15 days run from it.',
    lane: 'assessment',
    optional: ['detained', 'arrivedOn'],
  },
  representations_received: {
    label: 'Comments received',
    meaning: 'The family commented on the draft or the proposed changes.',
    lane: 'assessment',
  },
  draft_meeting_requested: {
    label: 'Meeting about the draft asked for',
    meaning: 'The family asked to meet an officer about the draft.',
    lane: 'assessment',
  },
  draft_meeting_held: {
    label: 'Meeting about the draft',
    meaning: 'An officer met the family about the draft.',
    lane: 'assessment',
    plannable: true,
  },
  setting_preference_stated: {
    label: 'Setting asked for, or considered',
    meaning:
      'The family asked for a setting to be named (s.38(3)), or the authority is considering naming one.',
    lane: 'assessment',
    optional: ['setting'],
  },
  setting_consulted: {
    label: 'Setting consulted',
    meaning: 'A setting was asked about being named in the plan (s.39, s.40).',
    lane: 'assessment',
    optional: ['setting', 'receivedOn'],
  },
  setting_replied: {
    label: 'Setting replied',
    meaning: 'The setting answered the consultation.',
    lane: 'assessment',
    optional: ['setting'],
  },
  final_issued: {
    label: 'Final plan sent',
    meaning: 'The finalised plan was sent to the parent or young person (reg 13(2)).',
    lane: 'assessment',
    optional: ['setting', 'planDated', 'underFive', 'namesNextPhase', 'arrivedOn'],
  },
  request_withdrawn: {
    label: 'Request withdrawn',
    meaning: 'The requester withdrew the request.',
    lane: 'assessment',
    optional: ['reason'],
  },
  assessment_closed: {
    label: 'Assessment closed',
    meaning: 'The assessment ended without a decision (moved away, died, opened by mistake).',
    lane: 'assessment',
    optional: ['reason'],
  },
  assessment_reopened: {
    label: 'Assessment re-opened',
    meaning: 'A closed or withdrawn assessment was opened again on its original clock.',
    lane: 'assessment',
    optional: ['reason'],
  },
  exception_claimed: {
    label: 'Exception claimed',
    meaning: 'The authority relies on a listed exception. Lifts the limit only if every test holds.',
    lane: 'any',
    required: ['ground'],
    optional: [
      'limits',
      'head',
      'adviser',
      'closedFrom',
      'reopens',
      'absentFrom',
      'absentTo',
      'circumstancesFrom',
      'circumstancesTo',
      'appointmentOn',
      'directedBy',
      'impracticalBecause',
      'evidence',
      'approvedBy',
      'claim',
    ],
  },
  exception_ended: {
    label: 'Exception ended',
    meaning: 'The cause of a claimed exception ended; it cannot lift a limit that fell later.',
    lane: 'any',
    optional: ['ground', 'claim'],
  },
  exception_refused: {
    label: 'Exception refused',
    meaning: 'A claimed exception was not approved.',
    lane: 'any',
    optional: ['ground', 'claim', 'reason'],
  },
  setting_closed: {
    label: 'Setting closed',
    meaning: 'A setting is closed for a time. Evidence for an exception; changes no clock by itself.',
    lane: 'any',
    plannable: true,
    optional: ['setting', 'closedFrom', 'reopens'],
  },
  absence: {
    label: 'Away from the area',
    meaning:
      'The child, parent or young person is away. Evidence for an exception; changes no clock by itself.',
    lane: 'any',
    plannable: true,
    optional: ['absentFrom', 'absentTo'],
  },
} as const satisfies Record<string, FactSpecification>
