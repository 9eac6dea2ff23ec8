import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { compareNames, foldName, slipsBetween } from '../../../record/names.ts'
import { readNhsNumber, readPostcode, readUpn } from '../the-child/index.ts'

/** What was typed to find a child by, as understood. */
export type Search =
  | { readonly by: 'nothing' }
  | {
      readonly by: 'reference' | 'UPN' | 'NHS number' | 'postcode' | 'date of birth' | 'name'
      readonly value: string
    }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function readDay(typed: string): string | undefined {
  const match =
    /^(\d{1,2})[\s/.-]+(\d{1,2}|[a-z]{3,9})[\s/.,-]+(\d{4})$/i.exec(typed) ??
    /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed)
  if (!match) return undefined
  const [day, month, year] =
    match[1]!.length === 4 ? [match[3]!, match[2]!, match[1]!] : [match[1]!, match[2]!, match[3]!]
  const number = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1
  if (number < 1 || number > 12 || Number(day) < 1 || Number(day) > 31) return undefined
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Understands one box: a reference, a UPN, an NHS number, a date of birth, a postcode, or else a name. */
export function understand(typed: string): Search {
  const text = typed.trim().slice(0, 100)
  if (text === '') return { by: 'nothing' }
  if (/^[A-Z]-[\dA-Z-]+$/i.test(text)) return { by: 'reference', value: text.toUpperCase() }
  const upn = readUpn(text)
  if (upn.ok) return { by: 'UPN', value: upn.value }
  const nhsNumber = readNhsNumber(text)
  if (nhsNumber.ok) return { by: 'NHS number', value: nhsNumber.value }
  const born = readDay(text)
  if (born) return { by: 'date of birth', value: born }
  const postcode = readPostcode(text)
  if (postcode.ok) return { by: 'postcode', value: postcode.value }
  return { by: 'name', value: text }
}

export interface FoundChild {
  readonly id: string
  readonly reference: string
  readonly name: string
  readonly knownAs: string | null
  readonly bornOn: string
  readonly settingName: string | null
  readonly open: readonly {
    readonly id: string
    readonly reference: string
    readonly kind: string
    readonly state: string
  }[]
}

export const MOST_FOUND = 50

/** Children this viewer may see who fit what was typed, best first; one more than the most shown when there are more. */
export async function findChildren(trx: Trx, search: Search): Promise<FoundChild[]> {
  const ids = await findIds(trx, search)
  if (ids.length === 0) return []
  const children = await trx
    .selectFrom('child')
    .leftJoin('setting', 'setting.urn', 'child.setting_urn')
    .select([
      'child.id',
      'reference',
      'given_name',
      'family_name',
      'known_as',
      'date_of_birth',
      'setting.name as setting_name',
    ])
    .where('child.id', 'in', ids)
    .execute()
  const open = await trx
    .selectFrom('process')
    .select(['id', 'child_id', 'reference', 'kind', 'state'])
    .where('child_id', 'in', ids)
    .where('closed_on', 'is', null)
    .orderBy('opened_on')
    .execute()
  return children
    .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    .map((child) => ({
      id: child.id,
      reference: child.reference,
      name: `${child.given_name} ${child.family_name}`,
      knownAs: child.known_as,
      bornOn: child.date_of_birth,
      settingName: child.setting_name,
      open: open.filter((process) => process.child_id === child.id),
    }))
}

async function findIds(trx: Trx, search: Search): Promise<string[]> {
  switch (search.by) {
    case 'nothing':
      return []
    case 'reference':
      return idsOf(
        sql`select id from child where reference = ${search.value} union select child_id from process where reference = ${search.value}`,
        trx,
      )
    case 'UPN':
      return idsOf(
        sql`select id from child where upn = ${search.value}
          union select child_id from case_event where kind in ('child_registered', 'child_details_changed') and payload ->> 'formerUpn' = ${search.value}`,
        trx,
      )
    case 'NHS number':
      return idsOf(sql`select id from child where nhs_number = ${search.value}`, trx)
    case 'postcode':
      return idsOf(
        sql`select id from child where postcode = ${search.value} order by name_key limit ${MOST_FOUND + 1}`,
        trx,
      )
    case 'date of birth':
      // A day that never was (31 April) finds nobody, and is no error.
      return idsOf(
        sql`select id from child where to_char(date_of_birth, 'YYYY-MM-DD') = ${search.value} order by name_key limit ${MOST_FOUND + 1}`,
        trx,
      )
    case 'name':
      return findByName(trx, search.value)
  }
}

async function idsOf(query: ReturnType<typeof sql>, trx: Trx): Promise<string[]> {
  const { rows } = await query.execute(trx)
  return (rows as readonly { id: string }[]).map((row) => row.id)
}

/** Names are read whole and judged here: a county's children are few enough, and a slip of the keys must still find them. */
async function findByName(trx: Trx, typed: string): Promise<string[]> {
  const words = foldName(typed).split(' ').filter(Boolean)
  if (words.length === 0) return []
  const rows = await trx
    .selectFrom('child')
    .select(['id', 'given_name', 'family_name', 'known_as', 'name_key'])
    .execute()
  const scored = rows.flatMap((row) => {
    const held = [...row.name_key.split(' '), ...foldName(row.known_as ?? '').split(' ')].filter(Boolean)
    const score = scoreOf(words, held)
    if (score === undefined) return []
    const exact = compareNames(
      { given: words.at(0) ?? '', family: words.slice(1).join(' ') },
      { given: row.given_name, family: row.family_name, knownAs: row.known_as },
    )
    return [{ id: row.id, score: exact === 'same' || exact === 'swapped' ? -1 : score, key: row.name_key }]
  })
  const best = scored
    .toSorted((a, b) => a.score - b.score || (a.key < b.key ? -1 : 1))
    .slice(0, MOST_FOUND + 1)
  return best.map((row) => row.id)
}

/** Each word typed must begin, or nearly be, a word of the name. 0 for exact words; more for starts and slips. */
function scoreOf(typed: readonly string[], held: readonly string[]): number | undefined {
  let total = 0
  for (const word of typed) {
    let best: number | undefined
    for (const name of held) {
      const found =
        name === word
          ? 0
          : name.startsWith(word)
            ? 1
            : word.length >= 4 &&
                slipsBetween(word, name, word.length >= 8 ? 2 : 1) <= (word.length >= 8 ? 2 : 1)
              ? 3
              : undefined
      if (found !== undefined && (best === undefined || found < best)) best = found
    }
    if (best === undefined) return undefined
    total += best
  }
  return total
}
