import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { type Standing, standingOf } from '../../../record/placement/index.ts'

/** A setting as the open data and the council have it. */
export interface SettingFacts {
  readonly urn: string
  readonly laCode: string
  readonly laestab: string | null
  readonly name: string
  readonly type: string
  readonly town: string | null
  readonly postcode: string | null
  readonly easting: number | null
  readonly northing: number | null
  readonly openedOn: string | null
  /** The day it closed or became another, from either source. */
  readonly closedOn: string | null
  readonly successorUrn: string | null
  readonly successorName: string | null
  readonly section41From: string | null
  readonly section41To: string | null
  readonly pupilsOnRoll: number | null
  readonly pupilsWithPlan: number | null
  readonly source: string
  /** In the authority of somebody else. */
  readonly isOutside: boolean
  /** What a family may do about it on the day asked. */
  readonly standing: Standing
}

/** One setting by its number, as it stands on the day; undefined when there is none. */
export async function findSetting(trx: Trx, urn: string, today: string): Promise<SettingFacts | undefined> {
  const { rows } = await sql<Omit<SettingFacts, 'standing'>>`
    select s.urn, s.la_code as "laCode", s.laestab, s.name, s.type, s.town, s.postcode, s.easting, s.northing, s.opened_on as "openedOn",
      coalesce(least(s.closed_on, w.changed_on), s.closed_on) as "closedOn", w.new_urn as "successorUrn", n.name as "successorName",
      s.section_41_from as "section41From", s.section_41_to as "section41To", s.pupils_on_roll as "pupilsOnRoll",
      s.pupils_with_plan as "pupilsWithPlan", s.source, s.la_code <> (select code from authority limit 1) as "isOutside"
    from setting s left join setting_succession w on w.old_urn = s.urn left join setting n on n.urn = w.new_urn
    where s.urn = ${urn}`.execute(trx)
  const row = rows[0]
  return row && { ...row, standing: standingOf(row, today) }
}

export const isClosedOn = (setting: Pick<SettingFacts, 'closedOn'>, today: string): boolean =>
  setting.closedOn !== null && setting.closedOn <= today

/** The number that a number has become by a day, through every change; the same when it has not changed. */
export async function successorOf(trx: Trx, urn: string, today: string): Promise<string> {
  const { rows } = await sql<{ urn: string }>`
    with recursive onward(urn, step) as (
      select ${urn}::text, 0 union all
      select w.new_urn, o.step + 1 from setting_succession w join onward o on w.old_urn = o.urn
        where w.new_urn is not null and w.changed_on <= ${today}::date and o.step < 20)
    select urn from onward order by step desc limit 1`.execute(trx)
  return rows[0]?.urn ?? urn
}

/** Names by number. */
export async function settingNames(trx: Trx, urns: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (urns.length === 0) return new Map()
  const rows = await trx
    .selectFrom('setting')
    .select(['urn', 'name'])
    .where('urn', 'in', [...new Set(urns)])
    .execute()
  return new Map(rows.map((row) => [row.urn, row.name]))
}
