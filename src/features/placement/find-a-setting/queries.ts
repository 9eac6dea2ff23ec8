import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { SETTING_KINDS, type Standing, standingOf } from '../../../record/placement/index.ts'
import { type GridReference, KM_PER_MILE } from '../../../record/travel/index.ts'
import { PAGE_SIZE, type SettingFilters } from './filters.ts'

export interface FoundSetting {
  readonly urn: string
  readonly name: string
  readonly type: string
  readonly town: string | null
  readonly postcode: string | null
  readonly la_code: string
  readonly is_outside: boolean
  readonly section41From: string | null
  readonly section41To: string | null
  readonly closed_on: string | null
  readonly successor: string | null
  readonly needs: readonly string[] | null
  readonly age_from: number | null
  readonly age_to: number | null
  readonly commissioned: number | null
  readonly placed: number
  readonly miles: number | null
  readonly source: string
  readonly standing: Standing
}

const CLOSED = sql`least(coalesce(s.closed_on, 'infinity'), coalesce(w.changed_on, 'infinity'))`

/** The settings that match, a page of them, and how many there are. */
export async function findSettings(
  trx: Trx,
  filters: SettingFilters,
  about: { readonly today: string; readonly home: GridReference | null; readonly all?: boolean },
): Promise<{ readonly rows: readonly FoundSetting[]; readonly total: number }> {
  const { today, home } = about
  const like = `%${filters.words.replaceAll(/[%_\\]/g, '\\$&')}%`
  const where: RawBuilder<unknown>[] = [sql`true`]
  if (filters.words)
    where.push(
      sql`(s.name ilike ${like} or s.town ilike ${like} or s.postcode ilike ${like} or s.urn = ${filters.words})`,
    )
  if (filters.kind)
    where.push(sql`s.type = any (${sql.val(SETTING_KINDS[filters.kind].types as readonly string[])}::text[])`)
  if (filters.approved41)
    where.push(
      sql`s.section_41_from <= ${today}::date and (s.section_41_to is null or s.section_41_to > ${today}::date)`,
    )
  if (filters.need) where.push(sql`${filters.need} = any (d.needs)`)
  if (filters.hasPlaces) where.push(sql`d.commissioned_places > coalesce(p.placed, 0)`)
  if (filters.where)
    where.push(sql`(s.la_code = (select code from authority limit 1)) = ${filters.where === 'here'}`)
  if (!filters.closed) where.push(sql`${CLOSED} > ${today}::date`)
  // The length of a straight line, in miles: never the way somebody drives.
  const miles = home
    ? sql`round((sqrt(power((s.easting - ${home.easting})::float, 2) + power((s.northing - ${home.northing})::float, 2)) / ${KM_PER_MILE * 1000}::float)::numeric, 1)::float`
    : sql`null::float`
  const order =
    filters.sort === 'distance' && home
      ? sql`miles nulls last, s.name, s.urn`
      : filters.sort === 'places'
        ? sql`d.commissioned_places - coalesce(p.placed, 0) desc nulls last, s.name, s.urn`
        : sql`s.name, s.urn`
  const { rows } = await sql<Omit<FoundSetting, 'standing'> & { total: number }>`
    select s.urn, s.name, s.type, s.town, s.postcode, s.la_code, s.la_code <> (select code from authority limit 1) as is_outside,
      s.section_41_from as "section41From", s.section_41_to as "section41To", s.source,
      nullif(${CLOSED}, 'infinity') as closed_on, w.new_urn as successor,
      d.needs, d.age_from, d.age_to, d.commissioned_places as commissioned, coalesce(p.placed, 0)::int as placed, ${miles} as miles,
      count(*) over ()::int as total
    from setting s
      left join setting_succession w on w.old_urn = s.urn
      left join setting_detail d on d.setting_urn = s.urn and d.from_on <= ${today}::date and (d.to_on is null or d.to_on > ${today}::date)
      left join (select setting_urn, count(distinct child_id) as placed from placement
        where setting_urn is not null and from_on <= ${today}::date and (to_on is null or to_on > ${today}::date)
        group by setting_urn) p on p.setting_urn = s.urn
    where ${sql.join(where, sql` and `)}
    order by ${order}
    ${about.all ? sql`limit 30000` : sql`limit ${PAGE_SIZE} offset ${(filters.page - 1) * PAGE_SIZE}`}`.execute(
    trx,
  )
  return {
    rows: rows.map((row) => ({ ...row, standing: standingOf(row, today) })),
    total: rows[0]?.total ?? 0,
  }
}

export interface SettingDetail {
  readonly id: string
  readonly from_on: string
  readonly to_on: string | null
  readonly needs: readonly string[]
  readonly age_from: number | null
  readonly age_to: number | null
  readonly commissioned_places: number | null
  readonly unit: string | null
  readonly notes: string | null
  readonly said_by: string
  readonly recorded_on: string
  readonly recorder: string | null
}

/** What the council keeps of a setting, newest first, and what it used to be. */
export async function findKept(trx: Trx, urn: string) {
  const details = await trx
    .selectFrom('setting_detail as d')
    .leftJoin('account as a', 'a.id', 'd.recorded_by')
    .select([
      'd.id',
      'd.from_on',
      'd.to_on',
      'd.needs',
      'd.age_from',
      'd.age_to',
      'd.commissioned_places',
      'd.unit',
      'd.notes',
      'd.said_by',
      'd.recorded_on',
      'a.name as recorder',
    ])
    .where('setting_urn', '=', urn)
    .orderBy('from_on', 'desc')
    .execute()
  const before = await trx
    .selectFrom('setting_succession as w')
    .innerJoin('setting as s', 's.urn', 'w.old_urn')
    .select(['w.old_urn', 's.name', 'w.changed_on', 'w.why'])
    .where('w.new_urn', '=', urn)
    .orderBy('w.changed_on', 'desc')
    .execute()
  return { details: details as readonly SettingDetail[], before }
}

export interface PlacedChild {
  readonly child_id: string
  readonly process_id: string | null
  readonly name: string
  readonly reference: string
  readonly from_on: string
  readonly to_on: string | null
  readonly boarding: string
  readonly rank: number
}

/** Children placed at a setting on the day or to come, of those the viewer may see. */
export async function findPlaced(trx: Trx, urn: string, today: string): Promise<readonly PlacedChild[]> {
  const { rows } = await sql<PlacedChild>`
    select p.child_id, (select q.id from process q where q.child_id = c.id and q.closed_on is null order by q.opened_on desc limit 1) as process_id,
      c.given_name || ' ' || c.family_name as name, c.reference, p.from_on, p.to_on, p.boarding, p.rank
    from placement p join child c on c.id = p.child_id
    where p.setting_urn = ${urn} and (p.to_on is null or p.to_on > ${today}::date)
    order by c.family_name, c.given_name limit 300`.execute(trx)
  return rows
}
