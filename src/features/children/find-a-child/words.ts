import { STAGE_LABELS } from '../../../record/stage.ts'

export interface ProcessShown {
  readonly id: string
  readonly kind: string
  readonly state: string
}

const KINDS: Readonly<Record<string, string>> = {
  assessment: 'Assessment',
  plan: 'Plan',
  review: 'Review',
  dispute: 'Dispute',
}
const PLAN_STATES: Readonly<Record<string, string>> = {
  'in-force': 'In force',
  'being-reviewed': 'Being reviewed',
  'being-amended': 'Being amended',
  'being-reassessed': 'Being re-assessed',
  'being-ceased': 'Being ceased',
  'being-handed-over': 'To be handed over',
  'moved-away': 'Handed over to another authority',
  ceased: 'Ceased',
}

export const kindWords = (process: ProcessShown): string => KINDS[process.kind] ?? process.kind

/** Where a case stands, in words. */
export function stateWords(process: ProcessShown): string {
  const stages: Readonly<Record<string, string>> = STAGE_LABELS
  if (process.kind === 'assessment') return stages[process.state] ?? process.state
  if (process.kind === 'plan') return `plan ${(PLAN_STATES[process.state] ?? process.state).toLowerCase()}`
  return process.state.replaceAll('-', ' ')
}

/** The page of a case; only assessments have one yet. */
export const caseHref = (process: ProcessShown): string | undefined =>
  process.kind === 'assessment' ? `/staff/cases/${process.id}` : undefined
