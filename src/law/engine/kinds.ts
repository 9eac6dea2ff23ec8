import { FACT_KINDS, FACT_SPECIFICATIONS, type FactKind } from '../facts.ts'

/** Facts of one day are read in the order in which they can follow from each other: what starts a
 *  process first, then orders and agreements, then the rest as declared. */
const FIRST: readonly FactKind[] = [
  'request_received',
  'needs_brought_to_attention',
  'detained_request_received',
  'mediation',
  'mediation_agreement',
  'tribunal_order',
  'appeal_not_opposed',
]

export const KIND_ORDER: readonly FactKind[] = [
  ...FIRST,
  ...FACT_KINDS.filter((kind) => !FIRST.includes(kind)),
]

const codes = new Map<string, number>(KIND_ORDER.map((kind, code) => [kind, code]))

/** A small number for each kind, in reading order. */
export function codeOf(kind: FactKind): number {
  return codes.get(kind) as number
}

export const KIND_COUNT = KIND_ORDER.length
export const OTHER = codeOf('other')

/** 1 where the kind may lie in the future. */
export const PLANNABLE = Uint8Array.from(KIND_ORDER, (kind) =>
  FACT_SPECIFICATIONS[kind].plannable === true ? 1 : 0,
)

const LANES = [...new Set(KIND_ORDER.map((kind) => FACT_SPECIFICATIONS[kind].lane))]

/** The lane of each kind, as a number; see Lane. */
export const LANE = Uint8Array.from(KIND_ORDER, (kind) => LANES.indexOf(FACT_SPECIFICATIONS[kind].lane))
export const ASSESSMENT_LANE = LANES.indexOf('assessment')
export const ANY_LANE = LANES.indexOf('any')
