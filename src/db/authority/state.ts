import { sql } from 'kysely'
import type { Database } from '../connection.ts'
import { requireOwner } from '../integrity/index.ts'
import { asOwner } from '../viewer.ts'

/** How far an authority has been set up. */
export interface AuthorityState {
  readonly code: string
  readonly name: string
  readonly ons_code: string
  readonly region: string
  readonly mode: string
  readonly settings: number
  readonly localities: number
  readonly teams: number
  readonly people: number
  readonly administrators: number
  readonly children: number
  readonly has_sign_in_rules: boolean
}

/** Reads how far the authority is set up, as the owner; undefined when there is none. */
export function describeAuthority(owner: Database, today: string): Promise<AuthorityState | undefined> {
  return asOwner(owner, async (trx) => {
    await requireOwner(trx)
    const { rows } = await sql<AuthorityState>`
      select code, name, ons_code, region, mode,
        (select count(*)::int from setting) as settings,
        (select count(*)::int from locality) as localities,
        (select count(*)::int from team) as teams,
        (select count(*)::int from account where door <> 'system' and (active_to is null or active_to > ${today}::date)) as people,
        (select count(*)::int from account where role = 'administrator' and (active_to is null or active_to > ${today}::date)) as administrators,
        (select count(*)::int from child) as children,
        exists (select from authority_setting where key = 'sign-in.claims' and valid_from <= ${today}::date) as has_sign_in_rules
      from authority`.execute(trx)
    return rows[0]
  })
}
