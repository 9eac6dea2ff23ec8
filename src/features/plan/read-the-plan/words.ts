import type { PlanSection, VersionKind } from '../../../record/plan/index.ts'

/** Each section in a family's words, beside the heading the plan itself has. */
export const PLAINLY: Readonly<Record<PlanSection, string>> = {
  A: 'What the child and the family say',
  B: 'What is hard with learning',
  C: 'Health needs',
  D: 'Needs at home and outside school',
  E: 'What should change, and by when',
  F: 'Help with learning',
  G: 'Help with health',
  H1: 'Help at home that the council must give',
  H2: 'Other help at home and outside school',
  I: 'The school or college',
  J: 'Money to pay for help',
  K: 'What people told us',
}

/** What each kind of version is called to a family. */
export const KIND_PLAINLY: Readonly<Record<VersionKind, string>> = {
  working: 'Working copy',
  draft: 'Draft plan',
  'amended-draft': 'New draft plan',
  final: 'Final plan',
  'amended-final': 'New final plan',
}

/** Why advice was not followed, in a family's words. */
export const LEFT_OUT_PLAINLY: Readonly<Record<string, string>> = {
  'in-another-line': 'Another line of the plan has it',
  'already-happens': 'It happens now without a plan',
  'not-needed': 'We do not think it is needed',
  'better-met-otherwise': 'Something else meets the need better',
  'not-for-this-plan': 'It is not for this plan',
  'not-agreed': 'We do not agree with it',
  other: 'Another reason',
}

export const HELD_PLAINLY: Readonly<Record<string, string>> = {
  'in-person': 'We met',
  video: 'We met by video',
  phone: 'We spoke by phone',
}
