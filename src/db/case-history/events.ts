import { type Fact, isFactKind, iso, type PlainDate, parseFact } from '../../law/index.ts'
import type { Trx } from '../viewer.ts'

/** One line of a child's history, as stored. */
export interface CaseEventRow {
  readonly id: string
  readonly process_id: string | null
  readonly seq: number
  readonly kind: string
  readonly happened_on: string
  readonly recorded_on: string
  readonly recorded_by: string
  readonly on_behalf_of: string | null
  readonly payload: unknown
  readonly supersedes: string | null
  readonly why: string | null
}

/** A child's whole history, oldest line first, corrections and all. */
export function loadHistory(trx: Trx, childId: string): Promise<CaseEventRow[]> {
  return trx
    .selectFrom('case_event')
    .select([
      'id',
      'process_id',
      'seq',
      'kind',
      'happened_on',
      'recorded_on',
      'recorded_by',
      'on_behalf_of',
      'payload',
      'supersedes',
      'why',
    ])
    .where('child_id', '=', childId)
    .orderBy('seq')
    .execute()
}

/**
 * The facts that stand: known by the end of a day, corrections in the place of what they correct, mistakes left out.
 * @param asAt ISO day; everything recorded later is unknown. Left out: all that is recorded.
 */
export function standingFacts(history: readonly CaseEventRow[], asAt?: string): Fact[] {
  const known = asAt === undefined ? history : history.filter((row) => row.recorded_on <= asAt)
  const replaced = new Set(known.flatMap((row) => row.supersedes ?? []))
  return known.filter((row) => !replaced.has(row.id) && isFactKind(row.kind)).map(toFact)
}

/** A stored line as a fact of the law. A line the law cannot read is a bug in what wrote it, never a thing to skip. */
export function toFact(row: CaseEventRow): Fact {
  const parsed = parseFact({
    ...(row.payload as Record<string, unknown>),
    kind: row.kind,
    on: row.happened_on,
    id: row.id,
    recordedOn: row.recorded_on,
    ...(row.process_id === null ? {} : { process: row.process_id }),
  })
  if (!parsed.ok) throw new Error(`case_event ${row.id} cannot be read: ${parsed.field}: ${parsed.reason}`)
  return parsed.fact
}

/** A date for a column that may be empty. */
export const isoOrNull = (day: PlainDate | null): string | null => (day === null ? null : iso(day))
