import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** A place needed from a day, as the list and the case show it. */
export interface Needed {
  readonly id: string
  readonly child_id: string
  readonly child_name: string
  readonly process_id: string
  readonly reference: string
  readonly needed_on: string
  readonly why: string
  readonly out_of_school: boolean
  readonly out_because: string | null
  readonly secured_on: string | null
  readonly ended_why: string | null
  readonly coordinator: string | null
  readonly coordinator_id: string | null
  /** Hours a week in the meantime, today; null when none is recorded. */
  readonly hours: number | null
  readonly meantime: string | null
  readonly full_time: boolean | null
  readonly review_on: string | null
  readonly placed_at: string | null
}

const needed = (today: string): RawBuilder<Needed> => sql<Needed>`
  select n.id, n.child_id, c.given_name || ' ' || c.family_name as child_name, n.process_id, p.reference, n.needed_on, n.why,
    n.out_of_school, n.out_because, n.secured_on, n.ended_why, a.name as coordinator, p.assigned_to as coordinator_id,
    m.hours::float as hours, m.provider as meantime, m.full_time, m.review_on, pl.place_name as placed_at
  from place_needed n join child c on c.id = n.child_id join process p on p.id = n.process_id
    left join account a on a.id = p.assigned_to
    left join lateral (select sum(i.hours_a_week) as hours, string_agg(i.provider, ', ' order by i.from_on) as provider,
        bool_or(i.full_time) as full_time, min(i.review_on) as review_on
      from interim_provision i where i.child_id = n.child_id and i.from_on <= ${today}::date and (i.to_on is null or i.to_on > ${today}::date)) m on true
    left join lateral (select p.place_name from placement p where p.child_id = n.child_id and p.rank = 1
      and p.from_on <= ${today}::date and (p.to_on is null or p.to_on > ${today}::date) limit 1) pl on true`

/** Places still needed on the day: those from a day that has come first, the longest wait first. */
export async function findNeeded(
  trx: Trx,
  today: string,
  only: { readonly outOfSchool?: boolean; readonly nothingMeanwhile?: boolean } = {},
): Promise<readonly Needed[]> {
  const { rows } = await sql<Needed>`select * from (${needed(today)}) one
    where (secured_on is null or (ended_why = 'secured' and secured_on > ${today}::date))
      ${only.outOfSchool ? sql`and out_of_school` : sql``}
      ${only.nothingMeanwhile ? sql`and out_of_school and hours is null and needed_on <= ${today}::date` : sql``}
    order by needed_on, child_name limit 2000`.execute(trx)
  return rows
}

/** Every place a child has needed, the newest first. */
export async function findNeededOf(trx: Trx, childId: string, today: string): Promise<readonly Needed[]> {
  const { rows } = await sql<Needed>`select * from (${needed(today)}) one where child_id = ${childId}
    and ended_why is distinct from 'mistake' order by needed_on desc`.execute(trx)
  return rows
}
