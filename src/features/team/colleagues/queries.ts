import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** Somebody at work here whose lines are kept: staff and professionals. */
export interface Colleague {
  readonly id: string
  readonly name: string
  readonly jobTitle: string
  readonly door: string
  readonly role: string
  readonly localityId: string | null
  readonly locality: string | null
}

/** The rows of those at work on the day, to select from. */
export const colleagues = (today: string) => sql`
  select a.id, a.name, a.job_title as "jobTitle", a.door, a.role, a.locality_id as "localityId", l.name as locality
  from account a left join locality l on l.id = a.locality_id
  where a.door in ('staff', 'professional') and a.active_from <= ${today}::date and (a.active_to is null or a.active_to > ${today}::date)`

/** Everybody at work on the day who can be managed or stand in. */
export async function mayBeManaged(trx: Trx, today: string): Promise<readonly Colleague[]> {
  const { rows } = await sql<Colleague>`${colleagues(today)} order by a.name, a.id`.execute(trx)
  return rows
}

export async function findColleague(trx: Trx, id: string, today: string): Promise<Colleague | undefined> {
  const { rows } = await sql<Colleague>`${colleagues(today)} and a.id = ${id}`.execute(trx)
  return rows[0]
}
