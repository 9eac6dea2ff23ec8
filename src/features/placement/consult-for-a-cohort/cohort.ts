import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** A child who may be in a cohort: one with a plan in force. */
export interface CohortCandidate {
  readonly process_id: string
  readonly child_id: string
  readonly name: string
  readonly reference: string
  readonly date_of_birth: string
  readonly primary_need: string | null
  readonly locality: string | null
  readonly setting_name: string | null
  readonly consulted: readonly string[]
}

export interface CohortFilters {
  readonly year: number | null
  readonly need: string | null
  readonly locality: string | null
}

/** The most children of one cohort: a year group of a large county. */
export const MOST = 500

/** Born between, for a year group on a day: reception is 0. A school year begins on 1 September. */
export function bornBetween(year: number, today: string): readonly [string, string] {
  const begins = Number(today.slice(0, 4)) - (today.slice(5) < '09-01' ? 1 : 0)
  return [`${begins - 5 - year}-09-01`, `${begins - 4 - year}-08-31`]
}

/** Children with a plan in force that match, by name; and those of them named by their case. */
export async function findCandidates(
  trx: Trx,
  filters: CohortFilters,
  today: string,
  only?: readonly string[],
): Promise<readonly CohortCandidate[]> {
  const born = filters.year === null ? null : bornBetween(filters.year, today)
  const { rows } = await sql<CohortCandidate>`
    select p.id as process_id, c.id as child_id, c.given_name || ' ' || c.family_name as name, p.reference, c.date_of_birth,
      c.primary_need, l.name as locality, s.name as setting_name,
      coalesce((select array_agg(e.payload->>'setting') from case_event e where e.process_id = p.id and e.kind = 'setting_consulted'
        and not exists (select from case_event t where t.supersedes = e.id)), '{}') as consulted
    from process p join child c on c.id = p.child_id
      left join locality l on l.id = c.locality_id left join setting s on s.urn = c.setting_urn
    where p.kind = 'plan' and p.closed_on is null
      ${born ? sql`and c.date_of_birth between ${born[0]}::date and ${born[1]}::date` : sql``}
      ${filters.need ? sql`and c.primary_need = ${filters.need}` : sql``}
      ${filters.locality ? sql`and c.locality_id = ${filters.locality}` : sql``}
      ${only ? sql`and p.id = any (${only as string[]}::uuid[])` : sql``}
    order by c.family_name, c.given_name, p.reference limit ${MOST}`.execute(trx)
  return rows
}

export interface CohortHead {
  readonly id: string
  readonly name: string
  readonly made_on: string
  readonly maker: string | null
  readonly waiting: number
  readonly consulted: number
  readonly refused: number
}

/** Cohorts made, the newest first, with how far each has got. */
export async function findCohorts(trx: Trx, id?: string): Promise<readonly CohortHead[]> {
  const { rows } = await sql<CohortHead>`
    select h.id, h.name, h.made_on, a.name as maker,
      count(k.*) filter (where k.state = 'waiting')::int as waiting,
      count(k.*) filter (where k.state = 'consulted')::int as consulted,
      count(k.*) filter (where k.state = 'not-consulted')::int as refused
    from cohort_consultation h left join cohort_child k on k.cohort_id = h.id left join account a on a.id = h.made_by
    ${id ? sql`where h.id = ${id}` : sql``}
    group by h.id, a.name order by h.made_on desc, h.name limit 100`.execute(trx)
  return rows
}

export interface CohortRow {
  readonly child_id: string
  readonly process_id: string
  readonly name: string
  readonly setting_name: string
  readonly state: 'waiting' | 'consulted' | 'not-consulted'
  readonly said: string | null
}

/** The children of a cohort, and what came of each. */
export async function findCohortRows(trx: Trx, id: string): Promise<readonly CohortRow[]> {
  const { rows } = await sql<CohortRow>`
    select k.child_id, k.process_id, c.given_name || ' ' || c.family_name as name, s.name as setting_name, k.state, k.said
    from cohort_child k join child c on c.id = k.child_id join setting s on s.urn = k.setting_urn
    where k.cohort_id = ${id} order by k.state = 'consulted', c.family_name, c.given_name, s.name`.execute(
    trx,
  )
  return rows
}
