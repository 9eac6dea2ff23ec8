import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** One setting asked about one child, with how it stands. */
export interface Asked {
  readonly event_id: string
  readonly process_id: string
  readonly process_kind: string
  readonly reference: string
  readonly child_id: string
  readonly child_name: string
  readonly setting_urn: string
  readonly setting_name: string
  readonly la_code: string | null
  readonly is_outside: boolean
  readonly consulted_on: string
  readonly due_on: string
  readonly replied_on: string | null
  readonly answer: string | null
  /** When it was last taken further, to whom and by whom. */
  readonly escalated_on: string | null
  readonly escalated_to: string | null
  readonly escalated_by: string | null
  readonly coordinator_id: string | null
  readonly coordinator: string | null
  readonly papers: number
}

export const STATES = {
  waiting: 'Not answered',
  late: 'Late and not answered',
  answered: 'Answered',
  all: 'All',
} as const
export interface AskedFilters {
  readonly state: keyof typeof STATES
  readonly mine: boolean
  readonly escalated: 'yes' | 'no' | null
  readonly words: string
  readonly page: number
}
export const PAGE_SIZE = 50

export function readAskedFilters(query: Readonly<Record<string, string | undefined>>): AskedFilters {
  const page = Number(query['page'] ?? '1')
  const { state, escalated } = query
  return {
    state: state !== undefined && Object.hasOwn(STATES, state) ? (state as keyof typeof STATES) : 'waiting',
    mine: query['mine'] === 'yes',
    escalated: escalated === 'yes' || escalated === 'no' ? escalated : null,
    words: (query['q'] ?? '').trim().slice(0, 100),
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  }
}

export function askedQuery(filters: AskedFilters, change: Partial<AskedFilters> = {}): string {
  const all = { ...filters, page: 1, ...change }
  const query = new URLSearchParams()
  if (all.state !== 'waiting') query.set('state', all.state)
  if (all.mine) query.set('mine', 'yes')
  if (all.escalated) query.set('escalated', all.escalated)
  if (all.words) query.set('q', all.words)
  if (all.page > 1) query.set('page', String(all.page))
  return query.toString()
}

/** Consultations that stand, as SQL that others narrow: one row for each setting of each case. */
const asked = (today: string): RawBuilder<Asked> => sql<Asked>`
  select e.id as event_id, p.id as process_id, p.kind as process_kind, p.reference, e.child_id, c.given_name || ' ' || c.family_name as child_name,
    e.payload->>'setting' as setting_urn, coalesce(s.name, e.payload->>'settingName', 'setting not recorded') as setting_name,
    s.la_code, coalesce(s.la_code <> (select code from authority limit 1), false) as is_outside, e.happened_on as consulted_on,
    coalesce(d.due_on, coalesce((e.payload->>'receivedOn')::date, e.happened_on) + 15) as due_on,
    r.happened_on as replied_on, r.payload->>'answer' as answer,
    x.happened_on as escalated_on, x.payload->>'to' as escalated_to, xa.name as escalated_by,
    p.assigned_to as coordinator_id, a.name as coordinator, p.closed_on as process_closed_on,
    (select count(*)::int from consultation_paper q where q.consulted_event = e.id) as papers
  from case_event e
    join process p on p.id = e.process_id
    join child c on c.id = e.child_id
    left join setting s on s.urn = e.payload->>'setting'
    left join account a on a.id = p.assigned_to
    left join deadline d on d.start_event = e.id and d.rule = 'setting-consultation-response'
    left join lateral (select r.happened_on, r.payload from case_event r where r.kind = 'setting_replied' and r.process_id = e.process_id
      and r.payload->>'setting' = e.payload->>'setting' and r.happened_on >= e.happened_on
      and not exists (select from case_event t where t.supersedes = r.id) order by r.happened_on desc limit 1) r on true
    left join lateral (select x.happened_on, x.payload, x.recorded_by from case_event x where x.kind = 'consultation_escalated'
      and x.process_id = e.process_id and x.payload->>'consulted' = e.id::text
      and not exists (select from case_event t where t.supersedes = x.id) order by x.seq desc limit 1) x on true
    left join account xa on xa.id = x.recorded_by
  where e.kind = 'setting_consulted' and e.happened_on <= ${today}::date
    and not exists (select from case_event t where t.supersedes = e.id)`

/** The consultations of one case, the longest waiting first. */
export async function findAskedOfCase(trx: Trx, processId: string, today: string): Promise<readonly Asked[]> {
  const { rows } = await sql<Asked>`select * from (${asked(today)}) one where process_id = ${processId}
    order by replied_on is not null, due_on, setting_name`.execute(trx)
  return rows
}

/** The consultations of open cases that match, a page of them, and how many there are. */
export async function findAsked(
  trx: Trx,
  filters: AskedFilters,
  about: { readonly today: string; readonly viewerId: string; readonly all?: boolean },
): Promise<{ readonly rows: readonly Asked[]; readonly total: number }> {
  const { today } = about
  const where: RawBuilder<unknown>[] = [sql`process_closed_on is null`]
  if (filters.state === 'waiting' || filters.state === 'late') where.push(sql`replied_on is null`)
  if (filters.state === 'late') where.push(sql`due_on < ${today}::date`)
  if (filters.state === 'answered') where.push(sql`replied_on is not null`)
  if (filters.mine) where.push(sql`coordinator_id = ${about.viewerId}`)
  if (filters.escalated) where.push(sql`(escalated_on is not null) = ${filters.escalated === 'yes'}`)
  if (filters.words) where.push(sql`setting_name ilike ${`%${filters.words.replaceAll(/[%_\\]/g, '\\$&')}%`}`)
  const { rows } = await sql<Asked & { total: number }>`
    select *, count(*) over ()::int as total from (${asked(today)}) one where ${sql.join(where, sql` and `)}
    order by due_on, setting_name, reference
    ${about.all ? sql`limit 20000` : sql`limit ${PAGE_SIZE} offset ${(filters.page - 1) * PAGE_SIZE}`}`.execute(
    trx,
  )
  return { rows, total: rows[0]?.total ?? 0 }
}
