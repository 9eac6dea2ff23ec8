import { FACT_SPECIFICATIONS, type FactKind, isFactKind } from '../law/index.ts'

/** What else is told in a child's history: no clock turns on it, but people need to know it happened. */
export const CASEWORK_EVENTS = {
  child_registered: 'Child’s record opened',
  child_details_changed: 'Child’s details changed',
  case_assigned: 'Case given to a coordinator',
  note_added: 'Note',
  panel_date_set: 'Panel date set',
  letter_sent: 'Letter sent',
  fact_withdrawn: 'Recorded by mistake',
  advice_passed: 'Advice passed to a colleague',
  advice_declined: 'Advice declined',
  advice_corrected: 'Advice corrected with a new version',
  advice_checked: 'Advice checked, and shown to the family',
  advice_taken_back: 'Advice taken back from the family',
  sharing_consent_given: 'Young person let somebody see the record',
  sharing_consent_ended: 'Young person ended that',
  views_given: 'Views given',
  plan_begun: 'Plan begun',
  plan_copy_kept: 'Working copy of the plan kept',
  plan_writer_let_in: 'Professional let in to write in the plan',
  plan_writer_ended: 'That ended',
  plan_signed_off: 'Plan agreed',
  plan_meeting_noted: 'Notes of a meeting about the plan',
  recommendation_left_out: 'Recommendation left out of the plan, with the reason',
  plan_mark_overruled: 'Mark on the plan’s words overruled, with the reason',
  professional_comment: 'Professional’s comment on the draft',
  setting_shortlisted: 'Setting put on the shortlist',
  setting_shortlist_ended: 'Setting taken off the shortlist',
  consultation_escalated: 'Setting’s silence taken further',
  placement_needed: 'Place needed from a day',
  placement_made: 'Placement',
  placement_ended: 'Placement ended',
  interim_arranged: 'Education in the meantime arranged',
  interim_ended: 'Education in the meantime ended',
  journey_recorded: 'Journey to the setting worked out',
  provision_confirmed: 'Provision confirmed in place',
  provision_not_in_place: 'Provision said not to be in place',
  provision_paused: 'Provision paused by agreement',
  provision_resumed: 'Provision resumed',
  provision_ended: 'Line of provision ended',
  provision_deliverer_given: 'Professional given a line of provision',
  sessions_recorded: 'Sessions recorded',
  provision_made_up: 'Lost provision made up',
  cost_recorded: 'Cost recorded',
  funding_recorded: 'Funding recorded',
  ring_fenced_sum: 'Ring-fenced sum',
  personal_budget_recorded: 'Personal budget',
  direct_payment_recorded: 'Direct payment',
  working_document_begun: 'Working document begun',
  working_document_changed: 'Working document changed',
  my_plan_shared: 'Child’s own page of the plan shared',
} as const

export type CaseworkEvent = keyof typeof CASEWORK_EVENTS
export type EventKind = FactKind | CaseworkEvent

export const isCaseworkEvent = (kind: string): kind is CaseworkEvent => Object.hasOwn(CASEWORK_EVENTS, kind)

/** How an event is named to people. */
export const eventLabel = (kind: string): string =>
  isCaseworkEvent(kind) ? CASEWORK_EVENTS[kind] : isFactKind(kind) ? FACT_SPECIFICATIONS[kind].label : kind
