import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../db/viewer.ts'
import { NOT_WORK } from '../../record/process-summary.ts'
import { type Asked, childConditions, PAGE_SIZE, whoseConditions } from './queries.ts'

interface DueRow {
  readonly process_id: string
  readonly child_id: string
  readonly given_name: string
  readonly family_name: string
  readonly date_of_birth: string
  readonly setting_name: string | null
  readonly assigned_to: string | null
  readonly due_on: string | null
}
export interface AdviceDueRow extends DueRow {
  readonly advice_id: string
  readonly head: string
  readonly adviser: string
  readonly asked_on: string
  readonly last_chased_on: string | null
  readonly chases: number
  readonly occurrence: number | null
}
export interface ReviewDueRow extends DueRow {
  readonly rule: string
  readonly occurrence: number
  readonly actor: string
  readonly opened_on: string
  readonly state: string
}
export interface DueCounts {
  readonly total: number
  readonly overdue: number
  readonly due_this_week: number
}

/** Advice asked for and not yet come, the longest overdue first. The day is the law's, from the deadlines cache. */
export async function findAdviceDue(
  trx: Trx,
  { filters, viewer, today }: Asked,
): Promise<{ readonly counts: DueCounts; readonly rows: readonly AdviceDueRow[] }> {
  const where = [
    sql`a.received_on is null`,
    sql`a.withdrawn_on is null`,
    sql`p.closed_on is null`,
    ...whoseConditions(filters, viewer),
    ...childConditions(filters, today),
  ]
  if (filters.late) where.push(sql`d.due_on < ${today}::date`)
  if (filters.within !== null)
    where.push(sql`d.due_on >= ${today}::date and d.due_on < ${today}::date + ${filters.within}::int`)
  return pageOf<AdviceDueRow>(
    trx,
    filters.page,
    today,
    sql`
    select a.id as advice_id, a.process_id, a.child_id, a.head, a.adviser, a.asked_on, a.last_chased_on, a.chases, c.given_name, c.family_name,
      c.date_of_birth, c.setting_urn, p.assigned_to, d.due_on, d.occurrence
    from advice_request a join process p on p.id = a.process_id join child c on c.id = a.child_id
    left join lateral (
      select due_on, occurrence from deadline where process_id = a.process_id and rule = 'advice-response' and state = 'open'
        and about in (a.head || ': ' || a.adviser, a.adviser, a.head) order by due_on limit 1
    ) d on true
    where ${sql.join(where, sql` and `)}`,
  )
}

/** How far ahead reviews are shown when nobody says: 12 weeks, for eight weeks' notice and time to arrange it. */
export const REVIEWS_AHEAD = 84

/** Open dates of plans: reviews, decisions after them, amendments, transfers; overdue first, then by day. */
export async function findReviewsDue(
  trx: Trx,
  { filters, viewer, today }: Asked,
): Promise<{ readonly counts: DueCounts; readonly rows: readonly ReviewDueRow[] }> {
  const where = [
    sql`d.state = 'open'`,
    sql`d.display = 'statutory'`,
    sql`d.rule not in (${sql.join(NOT_WORK)})`,
    sql`p.kind = 'plan'`,
    sql`p.closed_on is null`,
    ...whoseConditions(filters, viewer),
    ...childConditions(filters, today),
  ]
  where.push(
    filters.late
      ? sql`d.due_on < ${today}::date`
      : sql`d.due_on < ${today}::date + ${filters.within ?? REVIEWS_AHEAD}::int`,
  )
  if (filters.within !== null) where.push(sql`d.due_on >= ${today}::date`)
  if (filters.rule) where.push(sql`d.rule = ${filters.rule}`)
  return pageOf<ReviewDueRow>(
    trx,
    filters.page,
    today,
    sql`
    select p.id as process_id, p.child_id, p.opened_on, p.state, d.rule, d.occurrence, d.actor, d.due_on, c.given_name, c.family_name, c.date_of_birth,
      c.setting_urn, p.assigned_to
    from deadline d join process p on p.id = d.process_id join child c on c.id = p.child_id
    where ${sql.join(where, sql` and `)}`,
  )
}

async function pageOf<Row extends DueRow>(
  trx: Trx,
  page: number,
  today: string,
  all: RawBuilder<unknown>,
): Promise<{ readonly counts: DueCounts; readonly rows: readonly Row[] }> {
  const { rows } = await sql<Row & DueCounts>`
    with o as materialized (${all}), counted as (
      select count(*)::int as total, (count(*) filter (where due_on < ${today}::date))::int as overdue,
        (count(*) filter (where due_on >= ${today}::date and due_on < ${today}::date + 7))::int as due_this_week from o
    )
    select counted.*, shown.*, (select name from setting where urn = shown.setting_urn) as setting_name
    from counted left join (select * from o order by due_on nulls last, family_name, given_name, process_id limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}) shown on true
    order by shown.due_on nulls last, shown.family_name, shown.given_name, shown.process_id`.execute(trx)
  const { total, overdue, due_this_week } = rows[0]!
  return { counts: { total, overdue, due_this_week }, rows: rows[0]!.process_id === null ? [] : rows }
}
