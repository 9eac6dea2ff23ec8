import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** One time somebody stands in, from one person's side. */
export interface StandIn {
  readonly id: string
  /** The person is the one away; otherwise they stand in for the other. */
  readonly isAway: boolean
  readonly otherId: string
  readonly other: string
  readonly fromOn: string
  readonly toOn: string
  readonly why: string
  readonly madeBy: string
}
export interface Away {
  readonly id: string
  readonly fromOn: string
  readonly toOn: string
}

export async function listStandIns(trx: Trx, accountId: string): Promise<readonly StandIn[]> {
  const { rows } = await sql<StandIn>`
    select d.id, d.from_account = ${accountId} as "isAway", o.id as "otherId", o.name as other, d.from_on as "fromOn", d.to_on as "toOn", d.why,
      coalesce(m.name, 'Somebody no longer recorded') as "madeBy"
    from delegation d join account o on o.id = case when d.from_account = ${accountId} then d.to_account else d.from_account end
      left join account m on m.id = d.made_by
    where ${accountId} in (d.from_account, d.to_account) order by d.from_on desc, d.id`.execute(trx)
  return rows
}

export async function listAway(trx: Trx, accountId: string): Promise<readonly Away[]> {
  const { rows } = await sql<Away>`
    select id, from_on as "fromOn", to_on as "toOn" from absence where account_id = ${accountId} order by from_on desc`.execute(
    trx,
  )
  return rows
}

export interface Deputy {
  readonly name: string
  readonly awayName: string
  /** The first day they no longer stand in. */
  readonly until: string
}

/** Who stands in on the day for the person who holds a case. */
export async function findDeputy(
  trx: Trx,
  holderId: string | null,
  today: string,
): Promise<Deputy | undefined> {
  if (holderId === null) return undefined
  const { rows } = await sql<Deputy>`
    select a.name, away.name as "awayName", d.to_on as until from delegation d join account a on a.id = d.to_account join account away on away.id = d.from_account
    where d.from_account = ${holderId} and d.from_on <= ${today}::date and d.to_on > ${today}::date and a.door = away.door
      and (a.active_to is null or a.active_to > ${today}::date) order by d.from_on desc limit 1`.execute(trx)
  return rows[0]
}

/** Those the viewer stands in for on the day. */
export async function findStandingInFor(
  trx: Trx,
  viewerId: string,
  today: string,
): Promise<readonly { readonly id: string; readonly name: string; readonly until: string }[]> {
  const { rows } = await sql<{ id: string; name: string; until: string }>`
    select away.id, away.name, max(d.to_on) as until from delegation d join account away on away.id = d.from_account
    where d.to_account = ${viewerId} and d.from_on <= ${today}::date and d.to_on > ${today}::date
      and (away.active_to is null or away.active_to > ${today}::date) group by 1, 2 order by 2`.execute(trx)
  return rows
}

export interface Uncovered {
  readonly id: string
  readonly name: string
  readonly jobTitle: string
  readonly fromOn: string
  readonly toOn: string
  /** The first day on which nobody stands in. */
  readonly firstDay: string
}

/** Who is away now or within a fortnight, holds cases or manages people, and has nobody to stand in on some day of it. */
export async function findUncovered(trx: Trx, today: string): Promise<readonly Uncovered[]> {
  const { rows } = await sql<Uncovered>`
    select a.id, a.name, a.job_title as "jobTitle", x.from_on as "fromOn", x.to_on as "toOn", min(d.day)::date as "firstDay"
    from absence x join account a on a.id = x.account_id
      cross join lateral generate_series(greatest(x.from_on, ${today}::date), least(x.to_on - 1, ${today}::date + 366), interval '1 day') as d (day)
    where x.to_on > ${today}::date and x.from_on <= ${today}::date + 14 and a.door = 'staff' and (a.active_to is null or a.active_to > ${today}::date)
      and (a.role in ('locality-head', 'send-manager')
        or exists (select from reporting_line r where r.manager_id = a.id and r.from_on <= ${today}::date and (r.to_on is null or r.to_on > ${today}::date))
        or exists (select from process p where p.assigned_to = a.id and p.closed_on is null))
      and not exists (select from delegation g join account s on s.id = g.to_account where g.from_account = a.id and g.from_on <= d.day::date and g.to_on > d.day::date
        and (s.active_to is null or s.active_to > d.day::date))
    group by 1, 2, 3, 4, 5 order by 6, 2`.execute(trx)
  return rows
}
