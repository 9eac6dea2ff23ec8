import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** A setting as a list to choose from shows it. */
export interface FoundSetting {
  readonly urn: string
  readonly name: string
  readonly type: string
  readonly town: string | null
  readonly postcode: string | null
  readonly section_41_from: string | null
  readonly section_41_to: string | null
}

/** Settings by part of their name, town or postcode, or by their number; the chosen ones too. */
export async function searchSettings(
  trx: Trx,
  words: string,
  chosen: readonly string[] = [],
): Promise<readonly FoundSetting[]> {
  const wanted = words.trim()
  const like = `%${wanted.replaceAll(/[%_\\]/g, '\\$&')}%`
  if (wanted === '' && chosen.length === 0) return []
  return trx
    .selectFrom('setting')
    .select(['urn', 'name', 'type', 'town', 'postcode', 'section_41_from', 'section_41_to'])
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
    .orderBy('name')
    .limit(30)
    .execute()
}
