import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { type GridReference, straightLineMiles } from '../../../record/travel/index.ts'
import { homeOf } from '../../placement/the-settings/index.ts'

/** A setting as a list to choose from shows it. */
export interface FoundSetting {
  readonly urn: string
  readonly name: string
  readonly type: string
  readonly town: string | null
  readonly postcode: string | null
  readonly section_41_from: string | null
  readonly section_41_to: string | null
  /** From the child’s home in a straight line; null where either place is not known. */
  readonly miles: number | null
}

/** How many are listed: a list to tick stays readable. */
const MOST = 30

/**
 * Settings by part of their name, town or postcode, or by their number: the chosen ones, then the nearest to a home.
 * @param near the postcode of the child's home; without it they come by name
 */
export async function searchSettings(
  trx: Trx,
  words: string,
  chosen: readonly string[] = [],
  near: string | null = null,
): Promise<readonly FoundSetting[]> {
  const wanted = words.trim()
  const like = `%${wanted.replaceAll(/[%_\\]/g, '\\$&')}%`
  if (wanted === '' && chosen.length === 0) return []
  const home = homeOf(near)
  const rows = await trx
    .selectFrom('setting')
    .select([
      'urn',
      'name',
      'type',
      'town',
      'postcode',
      'section_41_from',
      'section_41_to',
      'easting',
      'northing',
    ])
    .where((where) =>
      where.or([
        ...(chosen.length > 0 ? [where('urn', 'in', [...chosen])] : []),
        ...(wanted === ''
          ? []
          : [
              where('name', 'ilike', like),
              where('town', 'ilike', like),
              where('postcode', 'ilike', like),
              where('urn', '=', wanted),
            ]),
      ]),
    )
    .where('closed_on', 'is', null)
    .where(
      sql<boolean>`not exists (select from setting_succession w where w.old_urn = setting.urn and w.changed_on <= viewer_today())`,
    )
    .orderBy(sql`urn = any (${sql.val([...chosen])}::text[])`, 'desc')
    .orderBy(home ? fromHome(home) : sql`null::float`, (order) => order.asc().nullsLast())
    .orderBy('name')
    .limit(Math.max(MOST, chosen.length))
    .execute()
  return rows.map(({ easting, northing, ...row }) => ({
    ...row,
    miles: straightLineMiles(home, easting === null || northing === null ? null : { easting, northing }),
  }))
}

/** The square of the straight line: it puts settings in the same order. */
const fromHome = (home: GridReference) =>
  sql`power((easting - ${home.easting})::float, 2) + power((northing - ${home.northing})::float, 2)`
