/** Reads the lines of `clearway clock`: one case of facts a line. A bad line is named, never guessed at. */
import { type Fact, isSameFact, type PlainDate, parseDate, parseFact } from '../law/index.ts'

export interface FactLine {
  /** Given back as it came. */
  readonly ref: unknown
  readonly facts: readonly Fact[]
  readonly asAt: PlainDate | null
  /** Oddities that do not stop an answer. */
  readonly warnings: readonly string[]
}

export type ReadLine =
  | { readonly ok: true; readonly line: FactLine }
  | { readonly ok: false; readonly field: string; readonly reason: string }

/** Reads one line of JSON. */
export function readFactLine(text: string): ReadLine {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return bad('line', 'not JSON')
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return bad('line', 'must be an object with ref, facts and asAt')
  }
  const { ref, facts, asAt } = raw as Record<string, unknown>
  if (!Array.isArray(facts)) return bad('facts', 'must be a list of facts')
  const read = readFacts(facts)
  if (!read.ok) return read
  const day = readAsAt(asAt)
  if (day === undefined) return bad('asAt', `${JSON.stringify(asAt)} is not a real date written yyyy-mm-dd`)
  return { ok: true, line: { ref: ref ?? null, facts: read.facts, asAt: day, warnings: read.warnings } }
}

function readAsAt(asAt: unknown): PlainDate | null | undefined {
  if (asAt === undefined || asAt === null) return null
  return typeof asAt === 'string' ? (parseDate(asAt) ?? undefined) : undefined
}

type ReadFacts =
  | { readonly ok: true; readonly facts: Fact[]; readonly warnings: string[] }
  | { readonly ok: false; readonly field: string; readonly reason: string }

function readFacts(raw: readonly unknown[]): ReadFacts {
  const facts: Fact[] = []
  const warnings: string[] = []
  for (const [index, one] of raw.entries()) {
    const parsed = parseFact(one)
    if (!parsed.ok) return bad(`facts[${index}].${parsed.field}`, parsed.reason)
    if (facts.some((fact) => isSameFact(fact, parsed.fact))) {
      warnings.push(`facts[${index}]: the same ${parsed.fact.kind} is given twice; counted once`)
    } else facts.push(parsed.fact)
  }
  warnings.push(...outOfOrder(facts))
  return { ok: true, facts, warnings }
}

const NEEDS_REQUEST = ['decided_to_assess', 'refused_to_assess'] as const

/** A decision before its request cannot be right, but the law answers what it is given. */
function outOfOrder(facts: readonly Fact[]): string[] {
  const requests = facts.filter(
    ({ kind }) =>
      kind === 'request_received' ||
      kind === 'needs_brought_to_attention' ||
      kind === 'detained_request_received',
  )
  const first = requests.reduce<Fact | null>(
    (found, fact) => (found === null || fact.on < found.on ? fact : found),
    null,
  )
  if (first === null) return []
  return facts
    .filter(({ kind, on }) => NEEDS_REQUEST.some((one) => one === kind) && on < first.on)
    .map(({ kind }) => `${kind} is dated before the request: check the dates`)
}

function bad(field: string, reason: string): { ok: false; field: string; reason: string } {
  return { ok: false, field, reason }
}
