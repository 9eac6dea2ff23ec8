import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { foldName } from '../../../record/names.ts'

export interface FoundSetting {
  readonly urn: string
  readonly name: string
  readonly type: string
  readonly place: string
  readonly closedOn: string | null
}

export const MOST_SETTINGS = 20
/** Each word is looked for through every name: more than these find no better. */
const MOST_WORDS = 6

/** Different words of what was typed, single letters only when there is nothing else. */
function wordsToLookFor(text: string): string[] {
  const all = [...new Set(foldName(text).split(' ').filter(Boolean))]
  const long = all.filter((word) => word.length > 1)
  return (long.length > 0 ? long : all).slice(0, MOST_WORDS)
}

/**
 * Schools, colleges and nurseries by URN, by postcode or the start of one, or by words of their name: the
 * exact name first, then names that start so, then those of the authority and of its neighbours, then the rest. One
 * more than the most shown is returned when there are more.
 */
export async function findSettings(trx: Trx, typed: string): Promise<FoundSetting[]> {
  const text = typed.trim().slice(0, 100)
  if (text === '') return []
  const words = wordsToLookFor(text)
  const compact = text.toUpperCase().replaceAll(/\s/g, '')
  const isPostcode = /^[A-Z]{1,2}\d[A-Z\d]?(\d[A-Z]{0,2})?$/.test(compact)
  if (words.length === 0) return []
  const pattern = (word: string): string => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
  const matches = /^\d{5,6}$/.test(text)
    ? sql<boolean>`setting.urn = ${text}`
    : isPostcode
      ? sql<boolean>`upper(replace(coalesce(setting.postcode, ''), ' ', '')) like ${`${compact}%`}`
      : sql<boolean>`${sql.join(
          words.map(
            (word) =>
              sql`replace(replace(lower(setting.name || ' ' || coalesce(setting.town, '')), '''', ''), '’', '') like ${pattern(word)}`,
          ),
          sql` and `,
        )}`
  const asTyped = foldName(text)
  // The name as it is folded when it is typed: no apostrophes, and every other mark a space.
  const name = sql<string>`btrim(regexp_replace(regexp_replace(lower(setting.name), '[''’‘]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))`
  const own = sql<boolean>`coalesce(la_code = (select code from authority), false)`
  // Neighbours are not listed anywhere: a setting in a postcode area that the authority's own settings are in is near.
  const area = sql`substring(setting.postcode from '^[A-Za-z]+')`
  const near = sql<boolean>`coalesce(${area} in (
    select substring(ours.postcode from '^[A-Za-z]+') from setting as ours
    where ours.la_code = (select code from authority) and ours.postcode is not null), false)`
  const { rows } = await sql<{
    urn: string
    name: string
    type: string
    town: string | null
    postcode: string | null
    closed_on: string | null
  }>`
    select urn, name, type, town, postcode, closed_on from setting where ${matches}
    order by closed_on is not null, ${name} = ${asTyped} desc, ${name} like ${`${asTyped}%`} desc,
      ${own} desc, ${near} desc, name, urn limit ${MOST_SETTINGS + 1}`.execute(trx)
  return rows.map(toFound)
}

/** One setting by its URN. */
export async function findSetting(trx: Trx, urn: string): Promise<FoundSetting | undefined> {
  const row = await trx
    .selectFrom('setting')
    .select(['urn', 'name', 'type', 'town', 'postcode', 'closed_on'])
    .where('urn', '=', urn)
    .executeTakeFirst()
  return row && toFound(row)
}

const toFound = (row: {
  urn: string
  name: string
  type: string
  town: string | null
  postcode: string | null
  closed_on: string | null
}): FoundSetting => ({
  urn: row.urn,
  name: row.name,
  type: row.type,
  place: [row.town, row.postcode].filter(Boolean).join(', '),
  closedOn: row.closed_on,
})
