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

/** Work of the record keeper under way in a transaction: how many pieces, and whose transaction it is. */
const keeping = new WeakMap<Trx, { works: number; readonly person: Promise<string> }>()

/**
 * Runs part of a person's transaction as the record keeper, who sees the whole record: computing caches, checking the order
 * of facts, locking. What a person tells is never written here: facts are added in their own name, under their own policies.
 * The person is the viewer again when it returns and when it fails: whoever catches the failure goes on with their own sight.
 * Nothing else is asked of the transaction meanwhile, for it would be answered with the keeper's.
 */
export async function asRecordKeeper<T>(trx: Trx, work: () => Promise<T>): Promise<T> {
  const held = keeping.get(trx) ?? { works: 0, person: becomeKeeper(trx) }
  keeping.set(trx, held)
  held.works++
  // One piece within another, or beside it, ends with the last: the first to end would leave the keeper behind.
  const leave = async (): Promise<void> => {
    if (--held.works > 0) return
    keeping.delete(trx)
    await sql`select set_config('clearway.viewer', ${await held.person}, true)`.execute(trx)
  }
  let result: T
  try {
    await held.person
    result = await work()
  } catch (error) {
    // A transaction the database has given up takes no more statements, and shows nobody anything.
    await leave().catch(() => undefined)
    throw error
  }
  await leave()
  return result
}

async function becomeKeeper(trx: Trx): Promise<string> {
  const { rows } = await sql<{ viewer: string | null }>`
    select current_setting('clearway.viewer', true) as viewer, set_config('clearway.viewer', ${SYSTEM_ACCOUNT}, true)`.execute(
    trx,
  )
  return rows[0]!.viewer ?? ''
}

/** Runs one transaction as the owner of the schema: migrations, training data and rebuilds only, never a web request. */
export function asOwner<T>(db: Database, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work)
}
