import type { EVERY, MODES, NeedType } from './code-sets.ts'
import { PLAN_SECTIONS, type PlanSection } from './sections.ts'

/**
 * A plan is its parts. A part is a text, a need, an outcome, a line of provision, what section I says, what section J says, or
 * an appendix; each keeps its id for life, so that a line can be followed from the advice it came of, through every version,
 * to whether it happened.
 */
export type PlanPartKind = 'text' | 'need' | 'outcome' | 'provision' | 'placement' | 'budget' | 'appendix'

/** Where words of the plan came from: a released paragraph of advice, or a page of a paper. */
export interface PlanSource {
  /** The release of structured advice, and the part of it. */
  readonly releaseId?: string
  readonly advicePartId?: string
  /** How people cite it: "Educational psychologist, 3 March 2026, paragraph 4.2". */
  readonly cite: string
  readonly page?: string
  readonly paragraph?: string
}

/** Free text of a section. `slot` says which of the section's questions it answers; 'none' says that nothing was identified. */
export interface TextContent {
  readonly words: string
  /** Whose voice it is, in section A: the child's and the parents' are never blended. */
  readonly voice?: 'child' | 'parents' | 'council' | undefined
  /** How the views were gathered, by whom and when. */
  readonly gathered?: string | undefined
  readonly sources?: readonly PlanSource[]
}

export interface NeedContent {
  readonly words: string
  readonly type: NeedType | null
  /** 1 is the primary need of the SEN2 return, 2 the secondary; null when neither. */
  readonly rank: 1 | 2 | null
  /** What the child can do now, with a date where there is one. */
  readonly strengths: string
  readonly sources: readonly PlanSource[]
}

/** The four strands of preparing for adulthood (SEND Regulations 2014, reg 12(3); Code of Practice 8.10). */
export const PFA_STRANDS = {
  employment: 'Higher education or employment',
  independence: 'Independent living',
  community: 'Taking part in society',
  health: 'Being as healthy as possible',
} as const
export type PfaStrand = keyof typeof PFA_STRANDS

export interface OutcomeContent {
  readonly words: string
  /** A day (ISO) or the end of a phase in words. */
  readonly byWhen: string
  readonly measure: string
  /** Shorter steps on the way. */
  readonly steps: string
  /** Ids of the needs it answers. */
  readonly needs: readonly string[]
  readonly pfa: PfaStrand | null
  readonly sources: readonly PlanSource[]
}

/** Who pays or arranges. */
export const AGENCIES = {
  education: 'Education',
  health: 'Health',
  'social-care': 'Social care',
  setting: 'The school or college, from its own funds',
  joint: 'Jointly',
} as const
export type Agency = keyof typeof AGENCIES

/** One line of provision: what, by whom, how much, how often, for how long, where, from and to. */
export interface ProvisionContent {
  readonly words: string
  readonly who: string
  readonly qualification: string
  readonly mode: keyof typeof MODES | null
  readonly groupSize: string
  /** How long each time, as typed and in whole minutes; null when there is no amount in the words. */
  readonly length: string
  readonly minutes: number | null
  /** How many times in each period, as typed and as a number. */
  readonly times: string
  readonly count: number | null
  readonly every: keyof typeof EVERY | null
  readonly forHowLong: string
  readonly where: string
  /** ISO days or words. The line runs from the day of the final plan when empty. */
  readonly from: string
  readonly until: string
  readonly review: string
  readonly arrangedBy: Agency | null
  readonly fundedBy: Agency | null
  readonly outcomes: readonly string[]
  readonly needs: readonly string[]
  readonly pfa: PfaStrand | null
  /** Trains or educates, so that it belongs in F whoever gives it (Children and Families Act 2014, s.21(5)). */
  readonly educatesOrTrains: boolean
  readonly sources: readonly PlanSource[]
}

/** What section I says. Empty in a draft (s.38(5)); a name and type, a type only, or education otherwise than at school (s.61). */
export interface PlacementContent {
  readonly form: 'named' | 'type-only' | 'otherwise'
  readonly settingUrn: string | null
  readonly name: string
  readonly type: string
  /** Conditions that are lawful and clear, such as a parent's preference where transport is concerned. */
  readonly conditions: string
}

export interface BudgetContent {
  readonly offered: 'asked' | 'not-asked' | 'refused'
  readonly words: string
  /** Lines of provision a direct payment secures. */
  readonly lines: readonly string[]
  readonly yearlyPence: number | null
  readonly outcomes: readonly string[]
}

export interface AppendixContent {
  readonly title: string
  readonly author: string
  readonly dated: string
  readonly releaseId: string | null
  readonly fileId: string | null
}

export interface PlanContentOf {
  readonly text: TextContent
  readonly need: NeedContent
  readonly outcome: OutcomeContent
  readonly provision: ProvisionContent
  readonly placement: PlacementContent
  readonly budget: BudgetContent
  readonly appendix: AppendixContent
}

interface PlanPartOf<K extends PlanPartKind> {
  readonly partId: string
  readonly section: PlanSection
  readonly kind: K
  /** Which question of the section a text answers ('main', 'child-views', 'none'…); null for other kinds. */
  readonly slot: string | null
  readonly position: number
  readonly content: PlanContentOf[K]
}
/** One part, as it stands or as it was frozen. */
export type PlanPart = { readonly [K in PlanPartKind]: PlanPartOf<K> }[PlanPartKind]

export const planPartsOf = <K extends PlanPartKind>(
  parts: readonly PlanPart[],
  kind: K,
): readonly (PlanPart & { kind: K })[] =>
  parts.filter((part): part is PlanPart & { kind: K } => part.kind === kind)

/** The parts of a section, in reading order. */
export const inSection = (parts: readonly PlanPart[], section: PlanSection): readonly PlanPart[] =>
  parts
    .filter((part) => part.section === section)
    .toSorted((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || a.position - b.position)

const KIND_ORDER: readonly PlanPartKind[] = [
  'text',
  'need',
  'outcome',
  'provision',
  'placement',
  'budget',
  'appendix',
]

/** Which kinds of part a section may hold, besides text. */
export const KINDS_IN: Readonly<Record<PlanSection, readonly PlanPartKind[]>> = {
  A: ['text'],
  B: ['text', 'need'],
  C: ['text', 'need'],
  D: ['text', 'need'],
  E: ['text', 'outcome'],
  F: ['text', 'provision'],
  G: ['text', 'provision'],
  H1: ['text', 'provision'],
  H2: ['text', 'provision'],
  I: ['text', 'placement'],
  J: ['text', 'budget'],
  K: ['text', 'appendix'],
}

/** Kinds of version, each frozen as it was sent or kept. */
export const VERSION_KINDS = {
  working: 'Working copy',
  draft: 'Draft',
  'amended-draft': 'Amended draft',
  final: 'Final plan',
  'amended-final': 'Amended final plan',
} as const
export type VersionKind = keyof typeof VERSION_KINDS

export const isFinal = (kind: VersionKind): boolean => kind === 'final' || kind === 'amended-final'

/** The sections nothing has been written in yet: a plan has all twelve, even to say that nothing is needed. */
export const emptySections = (parts: readonly PlanPart[]): readonly PlanSection[] =>
  PLAN_SECTIONS.filter((section) => !parts.some((part) => part.section === section))
