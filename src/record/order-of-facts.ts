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
/** May be known before the request: evidence about a setting or a family. */
const ANY_TIME: ReadonlySet<FactKind> = new Set(['setting_closed', 'absence', 'other'])

export interface Impossible {
  readonly fact: Fact
  readonly words: string
}

/**
 * Facts of one assessment that could not have happened when they are said to, given the others; none when the order holds.
 * @param today nothing that has happened may lie after it
 */
export function findImpossible(facts: readonly Fact[], today: PlainDate): readonly Impossible[] {
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
  if (fact.on > today && !isPlannable(fact.kind))
    return `“${label}” is dated ${shortDate(fact.on)}, which is in the future. Use today or an earlier date`
  if (REQUESTS.has(fact.kind) || ANY_TIME.has(fact.kind)) return null
  if (!request) return `“${label}” cannot stand: no request has been recorded`
  if (fact.on < request.on)
    return `“${label}” cannot be on ${shortDate(fact.on)}: the request was received on ${shortDate(request.on)}`
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
