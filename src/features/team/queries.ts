import { sql } from 'kysely'
import type { Trx } from '../../db/viewer.ts'

/** One person's load, or the load of nobody when `id` is null. */
export interface LoadRow {
  readonly id: string | null
  readonly name: string | null
  readonly job_title: string | null
  readonly role: string | null
  readonly locality_id: string | null
  readonly open: number
  readonly overdue: number
  readonly due_soon: number
  readonly plans: number
  readonly reviews_overdue: number
}
export interface AtRiskRow {
  readonly id: string
  readonly child_id: string
  readonly given_name: string
  readonly family_name: string
  readonly state: string
  readonly next_rule: string
  readonly next_due_on: string
  readonly work_left_days: number
  readonly risk_on: string
  readonly assigned_to: string | null
  readonly locality_id: string | null
  readonly advice_waited_for: readonly string[] | null
}
export interface UnassignedRow {
  readonly id: string
  readonly child_id: string
  readonly given_name: string
  readonly family_name: string
  readonly kind: string
  readonly opened_on: string
  readonly next_due_on: string | null
  readonly locality_id: string | null
  readonly setting_urn: string | null
}

/** Weeks ahead the manager looks. */
export const AHEAD_DAYS = 28

const inLocality = (locality: string | null) =>
  locality === null ? sql`` : sql`and p.locality_id = ${locality}`

/** Everybody who can hold a case, with what they hold; and what nobody holds. */
export async function findLoads(
  trx: Trx,
  today: string,
  locality: string | null,
): Promise<readonly LoadRow[]> {
  const { rows } = await sql<LoadRow>`
    with held as (
      select p.assigned_to,
        (count(*) filter (where p.kind = 'assessment'))::int as open,
        (count(*) filter (where p.kind = 'assessment' and p.overdue_since < ${today}::date))::int as overdue,
        (count(*) filter (where p.kind = 'assessment' and p.overdue_since >= ${today}::date and p.overdue_since < ${today}::date + ${AHEAD_DAYS}::int))::int as due_soon,
        (count(*) filter (where p.kind = 'plan'))::int as plans,
        (count(*) filter (where p.kind = 'plan' and p.overdue_since < ${today}::date))::int as reviews_overdue
      from process p where p.closed_on is null and p.kind in ('assessment', 'plan') ${inLocality(locality)} group by p.assigned_to
    )
    select a.id, a.name, a.job_title, a.role, a.locality_id, coalesce(h.open, 0) as open, coalesce(h.overdue, 0) as overdue, coalesce(h.due_soon, 0) as due_soon,
      coalesce(h.plans, 0) as plans, coalesce(h.reviews_overdue, 0) as reviews_overdue
    from (select id, name, job_title, role, locality_id from account where role in ('plan-coordinator', 'locality-head', 'send-manager')
      and active_from <= ${today}::date and (active_to is null or active_to > ${today}::date)) a
    full join held h on h.assigned_to = a.id
    where h.assigned_to is not null or a.id is null or ${locality}::text is null or a.locality_id = ${locality}
    order by a.name nulls last`.execute(trx)
  return rows
}

/** Cases whose date comes within four weeks and whose work takes longer than the days left. Not yet overdue. */
export async function findAtRisk(
  trx: Trx,
  today: string,
  locality: string | null,
): Promise<readonly AtRiskRow[]> {
  const { rows } = await sql<AtRiskRow>`
    select p.id, p.child_id, c.given_name, c.family_name, p.state, p.next_rule, p.next_due_on, p.work_left_days, p.risk_on, p.assigned_to, p.locality_id,
      (select array_agg(a.adviser order by a.asked_on) from advice_request a where a.process_id = p.id and a.received_on is null and a.withdrawn_on is null) as advice_waited_for
    from process p join child c on c.id = p.child_id
    where p.closed_on is null and p.kind = 'assessment' and p.overdue_since >= ${today}::date and p.overdue_since < ${today}::date + ${AHEAD_DAYS}::int
      and p.risk_on < ${today}::date ${inLocality(locality)}
    order by p.risk_on, p.next_due_on, p.id limit 200`.execute(trx)
  return rows
}

export async function findUnassigned(trx: Trx, locality: string | null): Promise<readonly UnassignedRow[]> {
  const { rows } = await sql<UnassignedRow>`
    select p.id, p.child_id, c.given_name, c.family_name, p.kind, p.opened_on, p.next_due_on, p.locality_id, c.setting_urn
    from process p join child c on c.id = p.child_id
    where p.closed_on is null and p.kind in ('assessment', 'plan') and p.assigned_to is null ${inLocality(locality)}
    order by p.kind, p.risk_on nulls last, p.opened_on, p.id limit 100`.execute(trx)
  return rows
}

/** Who already works with each setting: the coordinator with most open cases there. */
export async function findSettingHands(
  trx: Trx,
  urns: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (urns.length === 0) return new Map()
  const { rows } = await sql<{ setting_urn: string; assigned_to: string }>`
    select distinct on (setting_urn) setting_urn, assigned_to from (
      select setting_urn, assigned_to, count(*) as cases from process
      where closed_on is null and assigned_to is not null and setting_urn in (${sql.join(urns)}) group by 1, 2) held
    order by setting_urn, cases desc, assigned_to`.execute(trx)
  return new Map(rows.map((row) => [row.setting_urn, row.assigned_to]))
}

export const findLocalities = (trx: Trx): Promise<{ id: string; name: string }[]> =>
  trx.selectFrom('locality').select(['id', 'name']).orderBy('name').execute()
