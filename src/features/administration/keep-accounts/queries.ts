import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** An account as its administrators see it. */
export interface KeptAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly door: string
  readonly role: string
  readonly job_title: string
  readonly remit: string
  readonly locality: string | null
  readonly team: string | null
  readonly settings: string | null
  readonly active_from: string
  readonly active_to: string | null
  readonly has_signed_in: boolean
}

export const AT_MOST = 100

/** Accounts whose name or address holds the words, by name; one more than fits tells that there are more. */
export async function findAccounts(
  trx: Trx,
  given: { readonly words?: string | undefined; readonly door?: string | undefined },
): Promise<readonly KeptAccount[]> {
  const { rows } = await sql<KeptAccount>`
    select * from accounts_kept(${given.words ?? null}::text, ${given.door ?? null}::text, ${AT_MOST + 1})`.execute(
    trx,
  )
  return rows
}

/** One account by its id; undefined for a family's, the board's and the system's. */
export async function findKeptAccount(trx: Trx, id: string): Promise<KeptAccount | undefined> {
  const { rows } = await sql<KeptAccount>`select * from kept_account(${id}::uuid)`.execute(trx)
  return rows[0]
}

/** The localities and teams somebody may be put in on the day. */
export async function findPlaces(trx: Trx, today: string) {
  const open = (table: 'locality' | 'team') =>
    trx
      .selectFrom(table)
      .select(['id', 'name'])
      .where((where) => where.or([where('ended_on', 'is', null), where('ended_on', '>', today)]))
      .orderBy('name')
      .execute()
  return { localities: await open('locality'), teams: await open('team') }
}

/** What administrators changed, the latest first. */
export interface Change {
  readonly at: string
  readonly by_whom: string
  readonly what: string
  readonly about: string
  readonly whom: string | null
}

export async function findChanges(trx: Trx): Promise<readonly Change[]> {
  const { rows } = await sql<Change>`select * from changes_by_administrators(100)`.execute(trx)
  return rows
}
