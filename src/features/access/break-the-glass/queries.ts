import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** One time somebody opened a record that was not theirs. */
export interface GlassBroken {
  readonly id: string
  readonly accountId: string
  readonly who: string
  readonly jobTitle: string
  readonly childId: string
  /** Absent where the viewer does not reach the child. */
  readonly reference: string | null
  readonly reason: string
  readonly at: string
  readonly until: string
  readonly isOver: boolean
  readonly seenBy: string | null
  readonly seenOn: string | null
}

export const GLASS_PAGE = 50

/** What the viewer is to look into, the unseen first, then newest first. Row-level security says whose. */
export async function listGlass(
  trx: Trx,
  page: number,
): Promise<{ readonly rows: readonly GlassBroken[]; readonly total: number }> {
  const { rows } = await sql<GlassBroken & { total: number }>`
    select g.id, g.account_id as "accountId", a.name as who, a.job_title as "jobTitle", g.child_id as "childId", c.reference, g.reason,
      to_char(g.from_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') as at,
      to_char(g.until_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') as until,
      g.until_at <= now() as "isOver", s.name as "seenBy",
      to_char(g.seen_at at time zone 'Europe/London', 'YYYY-MM-DD') as "seenOn", (count(*) over ())::int as total
    from case_grant g join account a on a.id = g.account_id left join child c on c.id = g.child_id left join account s on s.id = g.seen_by
    where g.kind = 'break-glass'
    order by g.seen_at is not null, g.from_at desc, g.id limit ${GLASS_PAGE} offset ${(page - 1) * GLASS_PAGE}`.execute(
    trx,
  )
  return { rows, total: rows[0]?.total ?? 0 }
}

/** How many nobody has looked into yet, of those the viewer answers for. */
export async function countGlassUnseen(trx: Trx, viewerId: string): Promise<number> {
  const { rows } = await sql<{ unseen: number }>`
    select count(*)::int as unseen from case_grant where kind = 'break-glass' and seen_at is null and account_id <> ${viewerId}`.execute(
    trx,
  )
  return rows[0]?.unseen ?? 0
}

/** Who must be told: the person's operational manager on the day, or where there is none those who manage the service. */
export async function findManagersToTell(trx: Trx, accountId: string, today: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with mine as (
      select m.id from reporting_line r join account m on m.id = r.manager_id
      where r.account_id = ${accountId} and r.kind = 'operational' and r.from_on <= ${today}::date and (r.to_on is null or r.to_on > ${today}::date)
        and (m.active_to is null or m.active_to > ${today}::date))
    select id from mine union all
    select a.id from account a where not exists (select from mine) and a.door = 'staff' and a.role = 'send-manager' and a.id <> ${accountId}
      and a.active_from <= ${today}::date and (a.active_to is null or a.active_to > ${today}::date)`.execute(
    trx,
  )
  return rows.map((row) => row.id)
}
