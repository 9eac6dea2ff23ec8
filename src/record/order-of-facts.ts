import {
  FACT_SPECIFICATIONS,
  type Fact,
  type FactKind,
  isPlannable,
  type PlainDate,
  shortDate,
} from '../law/index.ts'

/** What must have happened, on or before, for a fact to be possible. Being late is never a reason: only an order that cannot be. */
const NEEDS: Partial<
  Record<
    FactKind,
    { readonly oneOf: readonly FactKind[]; readonly same?: readonly ('head' | 'adviser' | 'setting')[] }
  >
> = {
  advice_requested: { oneOf: ['decided_to_assess'] },
  advice_received: { oneOf: ['advice_requested'], same: ['head', 'adviser'] },
  advice_chased: { oneOf: ['advice_requested'], same: ['head', 'adviser'] },
  decided_to_issue: { oneOf: ['decided_to_assess'] },
  decided_not_to_issue: { oneOf: ['decided_to_assess'] },
  draft_issued: { oneOf: ['decided_to_assess'] },
  representations_received: { oneOf: ['draft_issued'] },
  draft_meeting_requested: { oneOf: ['draft_issued'] },
  draft_meeting_held: { oneOf: ['draft_issued'] },
  setting_replied: { oneOf: ['setting_consulted'], same: ['setting'] },
  final_issued: { oneOf: ['decided_to_assess'] },
  assessment_reopened: {
    oneOf: ['request_withdrawn', 'assessment_closed', 'refused_to_assess', 'decided_not_to_issue'],
  },
}

const REQUESTS: ReadonlySet<FactKind> = new Set([
  'request_received',
  'needs_brought_to_attention',
  'detained_request_received',
])
/** May be known before the request: evidence about a setting or a family, and why a child is out of school. */
const ANY_TIME: ReadonlySet<FactKind> = new Set([
  'setting_closed',
  'absence',
  'permanently_excluded',
  'suspended',
  'health_absence',
  'education_arranged',
  'other',
])

export interface Impossible {
  readonly fact: Fact
  readonly words: string
}

const ENDS: ReadonlySet<FactKind> = new Set(['request_withdrawn', 'assessment_closed'])

/** Decisions with two answers: yes, and no. A yes stands; a no stands until it is reversed. */
const DECISIONS: readonly { readonly yes: FactKind; readonly no: FactKind }[] = [
  { yes: 'decided_to_assess', no: 'refused_to_assess' },
  { yes: 'decided_to_issue', no: 'decided_not_to_issue' },
]
/** After one of these a refusal may be looked at again. */
const UNDOES: ReadonlySet<FactKind> = new Set([
  'tribunal_order',
  'mediation_agreement',
  'appeal_not_opposed',
  'assessment_reopened',
])

/**
 * Facts of one process that could not have happened when they are said to, given the others; none when the order holds.
 * Of a plan's facts only those in the future are: its order is the law's, told by its deadlines.
 * @param today nothing that has happened may lie after it
 */
export function findImpossible(
  facts: readonly Fact[],
  today: PlainDate,
  of: 'assessment' | 'plan' = 'assessment',
): readonly Impossible[] {
  if (of === 'plan')
    return facts.flatMap((fact) => {
      const words = whyInFuture(fact, today)
      return words === null ? [] : [{ fact, words }]
    })
  const request = facts.filter((fact) => REQUESTS.has(fact.kind)).toSorted((a, b) => a.on - b.on)[0]
  return facts.flatMap((fact) => {
    const words = whyImpossible(fact, facts, request, today)
    return words === null ? [] : [{ fact, words }]
  })
}

function whyImpossible(
  fact: Fact,
  facts: readonly Fact[],
  request: Fact | undefined,
  today: PlainDate,
): string | null {
  const label = FACT_SPECIFICATIONS[fact.kind].label
  const inFuture = whyInFuture(fact, today)
  if (inFuture !== null) return inFuture
  if (REQUESTS.has(fact.kind) || ANY_TIME.has(fact.kind)) return null
  if (!request) return `“${label}” cannot stand: no request has been recorded`
  if (fact.on < request.on)
    return `“${label}” cannot be on ${shortDate(fact.on)}: the request was received on ${shortDate(request.on)}`
  const over = whyOver(fact, facts) ?? whyDecided(fact, facts)
  if (over !== null) return over
  const need = NEEDS[fact.kind]
  if (!need) return null
  const before = facts
    .filter(
      (other) =>
        need.oneOf.includes(other.kind) && (need.same ?? []).every((name) => other[name] === fact[name]),
    )
    .toSorted((a, b) => a.on - b.on)[0]
  const names = need.oneOf.map((kind) => `“${FACT_SPECIFICATIONS[kind].label}”`).join(' or ')
  if (!before) return `“${label}” cannot be recorded: ${names} has not been recorded`
  return fact.on < before.on
    ? `“${label}” cannot be on ${shortDate(fact.on)}: “${FACT_SPECIFICATIONS[before.kind].label}” was on ${shortDate(before.on)}`
    : null
}

const whyInFuture = (fact: Fact, today: PlainDate): string | null =>
  fact.on > today && !isPlannable(fact.kind)
    ? `“${FACT_SPECIFICATIONS[fact.kind].label}” is dated ${shortDate(fact.on)}, which is in the future. Use today or an earlier date`
    : null

/** Was the first known of when the second was recorded? What is not recorded yet is known last. */
const wasKnown = (first: Fact, second: Fact): boolean =>
  (first.recordedOn ?? Number.MAX_SAFE_INTEGER) <= (second.recordedOn ?? Number.MAX_SAFE_INTEGER)

/**
 * Nothing of an assessment happens between its end and its re-opening. What was recorded before anyone knew of the end
 * stands: a family may be found to have moved, or a child to have died, weeks before.
 */
function whyOver(fact: Fact, facts: readonly Fact[]): string | null {
  if (
    FACT_SPECIFICATIONS[fact.kind].lane !== 'assessment' ||
    fact.kind === 'assessment_reopened' ||
    isPlannable(fact.kind)
  )
    return null
  const ended = facts
    .filter((other) => ENDS.has(other.kind) && other !== fact && other.on < fact.on && wasKnown(other, fact))
    .toSorted((a, b) => b.on - a.on)[0]
  if (!ended) return null
  const isOpenAgain = facts.some(
    (other) => other.kind === 'assessment_reopened' && other.on >= ended.on && other.on <= fact.on,
  )
  return isOpenAgain
    ? null
    : `“${FACT_SPECIFICATIONS[fact.kind].label}” cannot be on ${shortDate(fact.on)}: “${FACT_SPECIFICATIONS[ended.kind].label}” was on ${shortDate(ended.on)}, and the assessment had not been opened again`
}

/** A decision is taken once. Only a refusal is reversed, or taken again once it has been undone. */
function whyDecided(fact: Fact, facts: readonly Fact[]): string | null {
  const decision = DECISIONS.find(({ yes, no }) => fact.kind === yes || fact.kind === no)
  if (!decision) return null
  const before = facts
    .filter(
      (other) =>
        other !== fact &&
        (other.kind === decision.yes || other.kind === decision.no) &&
        (other.on < fact.on ||
          (other.on === fact.on && (other.kind === fact.kind || other.kind === decision.no))),
    )
    .toSorted((a, b) => b.on - a.on || (a.kind === decision.yes ? -1 : 1))[0]
  if (!before) return null
  const isReversed =
    before.kind === decision.no &&
    (fact.kind === decision.yes ||
      facts.some((other) => UNDOES.has(other.kind) && other.on >= before.on && other.on <= fact.on))
  return isReversed
    ? null
    : `“${FACT_SPECIFICATIONS[fact.kind].label}” cannot be on ${shortDate(fact.on)}: “${FACT_SPECIFICATIONS[before.kind].label}” was already recorded on ${shortDate(before.on)}. If that is wrong, correct it`
}
