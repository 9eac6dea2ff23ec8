import type { Fact, FactKind } from '../law/index.ts'

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
  'tribunal_order',
  'decided_to_assess',
  'advice_requested',
  'advice_received',
  'decided_not_to_issue',
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
