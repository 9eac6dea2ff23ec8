/** What may follow what in an assessment. Refuses the impossible, never the late: a breach must be recordable. */
import {
  FACT_SPECIFICATIONS,
  type Fact,
  type FactKind,
  isPlannable,
  type PlainDate,
  shortDate,
} from '../law/index.ts'
import { type AssessmentStage, assessmentStage } from './stage.ts'

export type MayRecord =
  | { readonly ok: true }
  | { readonly ok: false; readonly field: string; readonly reason: string }

interface Needs {
  /** At least one of these must have happened, on the same day or earlier. */
  readonly after: readonly FactKind[]
  readonly words: string
}

const REQUESTS: readonly FactKind[] = [
  'request_received',
  'needs_brought_to_attention',
  'detained_request_received',
]

/** What must already be recorded before each kind can be. */
const NEEDS: Partial<Record<FactKind, Needs>> = {
  decided_to_assess: { after: REQUESTS, words: 'a request' },
  refused_to_assess: { after: REQUESTS, words: 'a request' },
  considering_assessment_notified: { after: REQUESTS, words: 'a request' },
  family_consulted: { after: REQUESTS, words: 'a request' },
  request_withdrawn: { after: REQUESTS, words: 'a request' },
  advice_received: { after: ['advice_requested'], words: 'the request for that advice' },
  decided_to_issue: { after: ['decided_to_assess'], words: 'the decision to assess' },
  decided_not_to_issue: { after: ['decided_to_assess'], words: 'the decision to assess' },
  draft_issued: {
    after: ['decided_to_assess', 'decided_to_issue', 'tribunal_order'],
    words: 'the decision to assess',
  },
  final_issued: { after: ['draft_issued'], words: 'the draft plan' },
  representations_received: {
    after: ['draft_issued', 'amendment_notice', 'reassessment_draft_issued'],
    words: 'the draft plan',
  },
  setting_replied: { after: ['setting_consulted'], words: 'the consultation' },
  review_report: { after: ['review_meeting'], words: 'the review meeting' },
  review_decision: { after: ['review_meeting'], words: 'the review meeting' },
  amended_final_issued: {
    after: ['amendment_notice', 'tribunal_order', 'appeal_not_opposed'],
    words: 'the notice of amendments',
  },
  assessment_reopened: {
    after: ['request_withdrawn', 'assessment_closed'],
    words: 'the withdrawal or closing',
  },
}

/** Decisions that can be taken once, unless something reversed or re-opened them. */
const ONCE: Partial<Record<FactKind, readonly FactKind[]>> = {
  decided_to_assess: ['refused_to_assess', ...REQUESTS],
  refused_to_assess: REQUESTS,
  decided_to_issue: ['decided_not_to_issue', ...REQUESTS],
  decided_not_to_issue: REQUESTS,
  final_issued: REQUESTS,
  request_withdrawn: ['assessment_reopened', ...REQUESTS],
  assessment_closed: ['assessment_reopened', ...REQUESTS],
}

const ENDED: ReadonlySet<AssessmentStage> = new Set(['withdrawn', 'closed'])
const AFTER_END: ReadonlySet<FactKind> = new Set([
  ...REQUESTS,
  'assessment_reopened',
  'assessment_closed',
  'other',
])

/** May this fact be recorded beside those already there? Dates are compared day by day: the same day is
 *  allowed. `today` is the last day on which a thing can already have happened.
 *  @returns a plain refusal, naming the field, when it cannot have happened so */
export function mayRecord(facts: readonly Fact[], proposed: Fact, today: PlainDate): MayRecord {
  return (
    refuseFuture(proposed, today) ??
    refuseOutOfOrder(facts, proposed) ??
    refuseAfterEnd(facts, proposed) ??
    refuseTwice(facts, proposed) ?? { ok: true }
  )
}

function refuseFuture({ kind, on }: Fact, today: PlainDate): MayRecord | null {
  if (on <= today || isPlannable(kind)) return null
  return refuse('on', `${label(kind)}: the date must be today or in the past`)
}

function refuseOutOfOrder(facts: readonly Fact[], proposed: Fact): MayRecord | null {
  const needs = NEEDS[proposed.kind]
  if (needs === undefined) return null
  const before = facts.filter(
    ({ kind, head, adviser }) => needs.after.includes(kind) && isSameAdviser(proposed, head, adviser),
  )
  if (before.length === 0) return refuse('kind', `${label(proposed.kind)}: record ${needs.words} first`)
  if (before.some(({ on }) => on <= proposed.on)) return null
  const first = before.reduce((a, b) => (b.on < a.on ? b : a))
  return refuse(
    'on',
    `${label(proposed.kind)}: the date must be on or after ${shortDate(first.on)}, the day of ${needs.words}`,
  )
}

function isSameAdviser(proposed: Fact, head: Fact['head'], adviser: string | undefined): boolean {
  if (proposed.kind !== 'advice_received') return true
  if (proposed.adviser !== undefined && adviser !== undefined) return proposed.adviser === adviser
  return proposed.head === head
}

function refuseAfterEnd(facts: readonly Fact[], proposed: Fact): MayRecord | null {
  if (AFTER_END.has(proposed.kind) || FACT_SPECIFICATIONS[proposed.kind].lane !== 'assessment') return null
  const before = facts.filter(({ on }) => on <= proposed.on)
  if (before.length === 0 || !ENDED.has(assessmentStage(before, proposed.on))) return null
  return refuse('kind', `${label(proposed.kind)}: the assessment has ended. Re-open it first`)
}

function refuseTwice(facts: readonly Fact[], proposed: Fact): MayRecord | null {
  const frees = ONCE[proposed.kind]
  if (frees === undefined) return null
  const last = facts
    .filter(({ kind, on }) => kind === proposed.kind && on <= proposed.on)
    .reduce<Fact | null>((found, fact) => (found === null || fact.on > found.on ? fact : found), null)
  if (last === null) return null
  const freed = facts.some(({ kind, on }) => frees.includes(kind) && on >= last.on && on <= proposed.on)
  return freed
    ? null
    : refuse(
        'kind',
        `${label(proposed.kind)} is already recorded, on ${shortDate(last.on)}. To put a mistake right, correct that one`,
      )
}

function label(kind: FactKind): string {
  return FACT_SPECIFICATIONS[kind].label
}

function refuse(field: string, reason: string): MayRecord {
  return { ok: false, field, reason }
}
