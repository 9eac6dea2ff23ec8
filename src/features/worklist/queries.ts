import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../db/viewer.ts'
import type { SignedIn } from '../../platform/routes.ts'
import { birthsOfYear, type WorklistFilters } from './filters.ts'

export const PAGE_SIZE = 50
/** The longest list that leaves as a spreadsheet. */
export const CSV_LIMIT = 10_000

export interface WorklistRow {
  readonly id: string
  readonly version: number
  readonly child_id: string
  readonly given_name: string
  readonly family_name: string
  readonly date_of_birth: string
  readonly setting_urn: string | null
  readonly state: string
  readonly assigned_to: string | null
  readonly next_rule: string | null
  readonly next_due_on: string | null
  readonly next_actor: string | null
  readonly work_left_days: number
  readonly risk_on: string | null
  readonly has_exception: boolean
}

export interface SpreadsheetRow extends WorklistRow {
  readonly reference: string
  readonly opened_on: string
  readonly locality_id: string | null
}

export interface Counts {
  readonly total: number
  readonly overdue: number
  readonly due_this_week: number
  readonly unassigned: number
}

/** The list asked for, judged on a day. */
export interface Asked {
  readonly filters: WorklistFilters
  readonly viewer: Pick<SignedIn, 'accountId' | 'teamId' | 'localityId'>
  readonly today: string
}

/** Open processes that the filters let through, on the columns of `process p`. Row-level security narrows them further. */
export function conditions({ filters, viewer, today }: Asked): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`p.closed_on is null`]
  all.push(filters.kind === 'all' ? sql`p.kind in ('assessment', 'plan')` : sql`p.kind = ${filters.kind}`)
  all.push(...whoseConditions(filters, viewer))
  if (filters.rule) all.push(sql`p.next_rule = ${filters.rule}`)
  if (filters.stage) all.push(sql`p.state = ${filters.stage}`)
  if (filters.late) all.push(sql`p.overdue_since < ${today}::date`)
  if (filters.exception) all.push(sql`p.has_exception`)
  if (filters.within !== null)
    all.push(
      sql`p.overdue_since >= ${today}::date and p.overdue_since < ${today}::date + ${filters.within}::int`,
    )
  all.push(...childConditions(filters, today))
  return sql.join(all, sql` and `)
}

export function whoseConditions(filters: WorklistFilters, viewer: Asked['viewer']): RawBuilder<unknown>[] {
  const all: RawBuilder<unknown>[] = []
  if (filters.whose === 'me') all.push(sql`p.assigned_to = ${viewer.accountId}::uuid`)
  if (filters.whose === 'team')
    all.push(sql`p.assigned_to in (select id from account where team_id = ${viewer.teamId})`)
  if (filters.whose === 'locality') all.push(sql`p.locality_id = ${viewer.localityId}`)
  if (filters.locality) all.push(sql`p.locality_id = ${filters.locality}`)
  if (filters.coordinator === 'none') all.push(sql`p.assigned_to is null`)
  else if (filters.coordinator) all.push(sql`p.assigned_to = ${filters.coordinator}::uuid`)
  return all
}

export function childConditions(filters: WorklistFilters, today: string): RawBuilder<unknown>[] {
  const all: RawBuilder<unknown>[] = []
  if (filters.year !== null) {
    const { from, to } = birthsOfYear(filters.year, today)
    if (from) all.push(sql`c.date_of_birth >= ${from}::date`)
    if (to) all.push(sql`c.date_of_birth <= ${to}::date`)
  }
  if (filters.setting) {
    const words = `%${filters.setting.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
    all.push(
      sql`c.setting_urn in (select urn from setting where urn = ${filters.setting} or name ilike ${words})`,
    )
  }
  return all
}

/**
 * The rows of one page, as a table `p` of whole processes.
 * By risk: overdue first, the longest overdue before the rest; then by the day the work must start to be done in time.
 * Of a long list the two parts are read in the order of their indexes, and the second only if the first does not fill
 * the page; a short one is sorted.
 */
function pageOf(asked: Asked, limit: number): RawBuilder<unknown> {
  const { filters, today } = asked
  const offset = (filters.page - 1) * limit
  const child =
    filters.year !== null || filters.setting !== null ? sql`join child c on c.id = p.child_id` : sql``
  if (filters.order === 'name')
    return sql`(select p.*, row_number() over () as place from (
      select p.* from process p join child c on c.id = p.child_id where ${conditions(asked)}
      order by c.family_name, c.given_name, p.id limit ${limit} offset ${offset}) p)`
  if (filters.order !== 'risk')
    return sql`(select p.*, row_number() over () as place from (
      select p.* from process p ${child} where ${conditions(asked)}
      order by ${filters.order === 'due' ? sql`p.overdue_since` : sql`p.opened_on`}, p.id limit ${limit} offset ${offset}) p)`
  if (
    filters.whose === 'me' ||
    filters.whose === 'team' ||
    filters.coordinator ||
    filters.year !== null ||
    filters.setting !== null
  )
    return sql`(select p.*, row_number() over () as place from (
      select p.* from process p ${child} where ${conditions(asked)}
      order by (p.overdue_since < ${today}::date) desc nulls last,
        case when p.overdue_since < ${today}::date then p.overdue_since else p.risk_on end, p.overdue_since, p.id
      limit ${limit} offset ${offset}) p)`
  return sql`((select p.*, row_number() over () as place from (
      select p.* from process p ${child} where ${conditions(asked)} and p.overdue_since < ${today}::date
      order by p.overdue_since, p.id limit ${limit} offset ${offset}) p)
    union all
    (select p.*, ${limit} + row_number() over () from (
      select p.* from process p ${child} where ${conditions(asked)} and (p.overdue_since is null or p.overdue_since >= ${today}::date)
      order by p.risk_on, p.overdue_since, p.id
      limit (select greatest(0, least(${limit}, ${offset + limit} - overdue)) from counted)
      offset (select greatest(0, ${offset} - overdue) from counted)) p))`
}

interface Found<Row> {
  readonly counts: Counts
  readonly rows: readonly Row[]
  readonly saved: readonly SavedFilter[]
}

/** A page of the list. */
export const findWorklist = (trx: Trx, asked: Asked): Promise<Found<WorklistRow>> =>
  find(trx, asked, PAGE_SIZE, false)

/** The whole list, with what only a spreadsheet shows. */
export const findForSpreadsheet = (trx: Trx, asked: Asked): Promise<Found<SpreadsheetRow>> =>
  find(trx, asked, CSV_LIMIT, true)

const WIDE = sql`, p.reference, p.opened_on, p.locality_id`

/** One statement for the rows and the counts over the whole of the list. */
async function find<Row extends WorklistRow>(
  trx: Trx,
  asked: Asked,
  limit: number,
  wide: boolean,
): Promise<Found<Row>> {
  const { filters, today } = asked
  const { rows } = await sql<
    WorklistRow & { readonly head: (Counts & { readonly saved: readonly SavedFilter[] | null }) | null }
  >`
    with counted as materialized (
      select count(*)::int as total,
        (count(*) filter (where p.overdue_since < ${today}::date))::int as overdue,
        (count(*) filter (where p.overdue_since >= ${today}::date and p.overdue_since < ${today}::date + 7))::int as due_this_week,
        (count(*) filter (where p.assigned_to is null))::int as unassigned
      from process p ${filters.year !== null || filters.setting !== null ? sql`join child c on c.id = p.child_id` : sql``}
      where ${conditions(asked)}
    )
    select p.id, p.version, p.child_id, c.given_name, c.family_name, c.date_of_birth, c.setting_urn,
      p.state, p.assigned_to, p.next_rule, p.next_due_on, p.next_actor, p.work_left_days, p.risk_on, p.has_exception ${wide ? WIDE : sql``},
      -- said once, on the first row: what is the same for every row is not sent fifty times
      case when p.place is null or p.place in (1, ${limit + 1}) then json_build_object(
        'total', total, 'overdue', overdue, 'due_this_week', due_this_week, 'unassigned', unassigned,
        'saved', (select json_agg(json_build_object('id', id, 'name', name, 'query', query) order by name) from saved_filter)) end as head
    from counted
    left join (${pageOf(asked, limit)} p
      -- offset 0 keeps this apart, so that each row's child is fetched by its key
      join lateral (select * from child where id = p.child_id offset 0) c on true) on true
    order by p.place`.execute(trx)
  const { saved, ...counts } = rows[0]!.head!
  return { counts, rows: rows[0]!.id === null ? [] : (rows as unknown as readonly Row[]), saved: saved ?? [] }
}

export interface Named {
  readonly id: string
  readonly name: string
}
export interface Coordinator extends Named {
  readonly localityId: string | null
  readonly role: string
  readonly teamId: string | null
}
export interface Places {
  readonly localities: readonly Named[]
  readonly coordinators: readonly Coordinator[]
  readonly names: ReadonlyMap<string, string>
}

const KEPT_FOR_MS = 5_000
const kept = new WeakMap<
  object,
  { readonly places: Places; readonly today: string; readonly until: number }
>()

/** The same, kept for a few seconds for each server: they change a few times a year and hold nothing about a child. */
export async function keptPlaces(server: object, trx: Trx, today: string): Promise<Places> {
  const held = kept.get(server)
  const now = performance.now()
  if (held && held.today === today && held.until > now) return held.places
  const places = await findPlaces(trx, today)
  kept.set(server, { places, today, until: now + KEPT_FOR_MS })
  return places
}

const SETTINGS_KEPT_FOR_MS = 60_000
const settings = new WeakMap<object, { readonly names: Map<string, string>; readonly until: number }>()

/** Names of settings by URN: open data that changes a few times a year, so each name is asked for once a minute at most. */
export async function keptSettingNames(
  server: object,
  trx: Trx,
  rows: readonly { readonly setting_urn: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const now = performance.now()
  let held = settings.get(server)
  if (!held || held.until < now) {
    held = { names: new Map(), until: now + SETTINGS_KEPT_FOR_MS }
    settings.set(server, held)
  }
  const { names } = held
  const missing = new Set<string>()
  for (const { setting_urn } of rows)
    if (setting_urn !== null && !names.has(setting_urn)) missing.add(setting_urn)
  if (missing.size > 0) {
    const found = await trx
      .selectFrom('setting')
      .select(['urn', 'name'])
      .where('urn', 'in', [...missing])
      .execute()
    for (const { urn, name } of found) names.set(urn, name)
  }
  return names
}

/** The authority's localities and its people who can hold a case. `names` also has those who have left. */
export async function findPlaces(trx: Trx, today: string): Promise<Places> {
  const localities = await trx.selectFrom('locality').select(['id', 'name']).orderBy('name').execute()
  const accounts = await trx
    .selectFrom('account')
    .select(['id', 'name', 'locality_id', 'team_id', 'role', 'active_from', 'active_to'])
    .where('role', 'in', ['plan-coordinator', 'locality-head', 'send-manager'])
    .orderBy('name')
    .execute()
  const active = accounts.filter(
    (one) => one.active_from <= today && (one.active_to === null || one.active_to > today),
  )
  return {
    localities,
    coordinators: active.map((one) => ({
      id: one.id,
      name: one.name,
      localityId: one.locality_id,
      teamId: one.team_id,
      role: one.role,
    })),
    names: new Map(accounts.map((one) => [one.id, one.name])),
  }
}

export interface SavedFilter {
  readonly id: string
  readonly name: string
  readonly query: string
}
