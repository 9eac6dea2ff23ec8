import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

export interface CapacityNote {
  readonly id: string
  readonly hasCapacity: boolean
  readonly assessedOn: string
  readonly assessedBy: string
  readonly note: string
  readonly fromOn: string
  readonly toOn: string | null
  readonly recordedBy: string
}
export interface Sharing {
  readonly id: string
  readonly contactId: string
  readonly name: string
  readonly fromOn: string
  readonly toOn: string | null
  readonly how: string
}

export async function listCapacityNotes(trx: Trx, childId: string): Promise<CapacityNote[]> {
  const { rows } = await sql<CapacityNote>`
    select n.id, n.has_capacity as "hasCapacity", n.assessed_on as "assessedOn", n.assessed_by as "assessedBy", n.note,
      n.from_on as "fromOn", n.to_on as "toOn", coalesce(a.name, 'Somebody no longer recorded') as "recordedBy"
    from capacity_note n left join account a on a.id = n.recorded_by where n.child_id = ${childId} order by n.from_on desc, n.id`.execute(
    trx,
  )
  return [...rows]
}

export async function listSharing(trx: Trx, childId: string): Promise<Sharing[]> {
  const { rows } = await sql<Sharing>`
    select s.id, s.contact_id as "contactId", k.name, s.from_on as "fromOn", s.to_on as "toOn", s.given_how as how
    from sharing_consent s join contact k on k.id = s.contact_id where s.child_id = ${childId} order by s.from_on desc, s.id`.execute(
    trx,
  )
  return [...rows]
}

/** How long before the day the letters and the talk should begin. */
export const AHEAD_DAYS = 60

export interface RightsPassing {
  readonly childId: string
  readonly reference: string
  readonly name: string
  readonly from: string
  readonly coordinator: string | null
  readonly isContact: boolean
  readonly hasAccount: boolean
}

const passing = (today: string) => sql`
  from child c where compulsory_school_age_ends(c.date_of_birth) + 1 between ${today}::date - 365 and ${today}::date + ${AHEAD_DAYS}::int
    and exists (select from process p where p.child_id = c.id and p.closed_on is null)
    and (compulsory_school_age_ends(c.date_of_birth) >= ${today}::date or not exists (
      select from child_contact cc where cc.child_id = c.id and cc.relationship = 'self' and (cc.to_on is null or cc.to_on > ${today}::date)))`

/** Young people whose rights pass within 60 days, and those past the day to whom nobody writes yet. */
export async function listRightsPassing(trx: Trx, today: string): Promise<readonly RightsPassing[]> {
  const { rows } = await sql<RightsPassing>`
    select c.id as "childId", c.reference, c.given_name || ' ' || c.family_name as name, compulsory_school_age_ends(c.date_of_birth) + 1 as "from",
      (select string_agg(distinct a.name, ', ') from process p join account a on a.id = p.assigned_to where p.child_id = c.id and p.closed_on is null) as coordinator,
      exists (select from child_contact cc where cc.child_id = c.id and cc.relationship = 'self' and (cc.to_on is null or cc.to_on > ${today}::date)) as "isContact",
      exists (select from child_contact cc join contact k on k.id = cc.contact_id where cc.child_id = c.id and cc.relationship = 'self'
        and k.account_id is not null and (cc.to_on is null or cc.to_on > ${today}::date)) as "hasAccount"
    ${passing(today)} order by 4, c.family_name, c.given_name, c.id limit 500`.execute(trx)
  return rows
}

export async function countRightsPassing(trx: Trx, today: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n ${passing(today)}`.execute(trx)
  return rows[0]?.n ?? 0
}
