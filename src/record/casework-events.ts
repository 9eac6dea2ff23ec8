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
} as const

export type CaseworkEvent = keyof typeof CASEWORK_EVENTS
export type EventKind = FactKind | CaseworkEvent

export const isCaseworkEvent = (kind: string): kind is CaseworkEvent => Object.hasOwn(CASEWORK_EVENTS, kind)

/** How an event is named to people. */
export const eventLabel = (kind: string): string =>
  isCaseworkEvent(kind) ? CASEWORK_EVENTS[kind] : isFactKind(kind) ? FACT_SPECIFICATIONS[kind].label : kind
