import type { FactSpecification } from './specification.ts'

/** Facts of money, higher education, children out of school, detention; and `other`. */
export const otherKinds = {
  personal_budget_requested: {
    label: 'Personal budget requested',
    meaning: 'The family asked for a personal budget (s.49).',
    lane: 'money',
  },
  direct_payment_refused: {
    label: 'Direct payments refused',
    meaning: 'The authority decided not to make direct payments (SI 2014/1652 reg 7).',
    lane: 'money',
  },
  direct_payment_review_requested: {
    label: 'Review of refused direct payments asked for',
    meaning: 'The family asked for the refusal to be reviewed.',
    lane: 'money',
  },
  direct_payment_reasons_given: {
    label: 'Reasons for refused direct payments given',
    meaning: 'Written decision, or outcome of the review, with reasons.',
    lane: 'money',
  },
  direct_payment_started: {
    label: 'Direct payments began',
    meaning: 'Direct payments were first made.',
    lane: 'money',
  },
  direct_payment_reviewed: {
    label: 'Direct payments reviewed',
    meaning: 'The authority reviewed the direct payments (SI 2014/1652 reg 11).',
    lane: 'money',
  },
  direct_payment_reduction_decided: {
    label: 'Decided to reduce direct payments',
    meaning: 'The authority decided to reduce direct payments (SI 2014/1652 reg 12).',
    lane: 'money',
  },
  direct_payment_reduction_notified: {
    label: 'Told of reduced direct payments',
    meaning: 'Reasonable notice with reasons was given.',
    lane: 'money',
  },
  higher_education_disclosure_requested: {
    label: 'Plan asked for, for higher education',
    meaning: 'The young person asked for the plan to be sent on (reg 47).',
    lane: 'education',
  },
  disclosed_to_higher_education: {
    label: 'Plan sent for higher education',
    meaning: 'The plan was sent to the assessor and the institution (reg 47).',
    lane: 'education',
  },
  permanently_excluded: {
    label: 'Permanently excluded',
    meaning: 'The day the permanent exclusion took place.',
    lane: 'education',
  },
  suspended: {
    label: 'Suspended',
    meaning: 'First day of a suspension of more than five school days.',
    lane: 'education',
  },
  health_absence: {
    label: 'Away from school for health',
    meaning: 'First school day away, where it is clear the child will be, or has been, away for 15.',
    lane: 'education',
  },
  education_arranged: {
    label: 'Education arranged',
    meaning: 'Suitable education is in place.',
    lane: 'education',
  },
  detention_known: {
    label: 'Detention known',
    meaning: 'The home authority first keeps the plan, or became aware of the detention if later.',
    lane: 'plan',
  },
  plan_shared_with_custody: {
    label: 'Plan sent to custody',
    meaning: 'The kept plan went to the accommodation, the youth offending team and the health commissioner.',
    lane: 'plan',
  },
  release_known: {
    label: 'Release to another authority known',
    meaning: 'The home authority was told of the release to another authority.',
    lane: 'move',
  },
  released_from_detention: {
    label: 'Released from detention',
    meaning: 'The day of release.',
    lane: 'plan',
    plannable: true,
  },
  plan_received_on_release: {
    label: 'Plan received on release',
    meaning: 'The new authority became responsible, or received the plan if later.',
    lane: 'move',
  },
  plan_sent_to_commissioner: {
    label: 'Plan sent to the health commissioner',
    meaning: 'The new authority passed the plan to the commissioning body.',
    lane: 'move',
  },
  commissioner_received_plan: {
    label: 'Health commissioner received the plan',
    meaning: 'The commissioning body received the plan after a release.',
    lane: 'move',
  },
  other: {
    label: 'Something else',
    meaning: 'Anything worth keeping on the timeline. No rule reads it.',
    lane: 'any',
    optional: ['detail'],
  },
} as const satisfies Record<string, FactSpecification>
