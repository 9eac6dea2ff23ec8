import { sql, type Transaction } from 'kysely'
import type { Database } from './connection.ts'
import type { DB } from './types.ts'

export type Trx = Transaction<DB>

/** Who is looking, and on which of the authority's days: every page and query names both. */
export interface Viewer {
  readonly accountId: string
  readonly today: string
}

/** The account that jobs and commands act as; its rows say so. */
export const SYSTEM_ACCOUNT = '00000000-0000-4000-8000-000000000001'

/**
 * Runs one transaction as a signed-in person: the application's role (which owns nothing), with row-level security
 * deciding by that person's relationships on that day. On the embedded engine the role is taken with SET LOCAL ROLE;
 * on a server the application has its own login and this is a no-op it is allowed to make.
 */
export function asViewer<T>(db: Database, viewer: Viewer, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('role', 'clearway_app', true), set_config('clearway.viewer', ${viewer.accountId}, true), set_config('clearway.today', ${viewer.today}, true)`.execute(
      trx,
    )
    return work(trx)
  })
}

/**
 * Runs part of a person's transaction as the record keeper, who sees the whole record: computing caches, checking the order
 * of facts, locking. What a person tells is never written here: facts are added in their own name, under their own policies.
 * The person is the viewer again when it returns.
 */
export async function asRecordKeeper<T>(trx: Trx, work: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ viewer: string }>`
    select current_setting('clearway.viewer', true) as viewer, set_config('clearway.viewer', ${SYSTEM_ACCOUNT}, true)`.execute(
    trx,
  )
  const result = await work()
  await sql`select set_config('clearway.viewer', ${rows[0]!.viewer ?? ''}, true)`.execute(trx)
  return result
}

/** Runs one transaction as the owner of the schema: migrations, training data and rebuilds only, never a web request. */
export function asOwner<T>(db: Database, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work)
}
