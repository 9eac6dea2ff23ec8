import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../db/connection.ts'
import { asViewer } from '../db/viewer.ts'
import type { Role, SignedIn } from './routes.ts'

const IDLE = '30 minutes'
const ABSOLUTE = '12 hours'
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Starts a session; the token goes to the browser and only its hash is kept. */
export async function startSession(db: Database, accountId: string, today: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await asViewer(db, { accountId, today }, (trx) =>
    trx
      .insertInto('session')
      .values({
        token_hash: hashOf(token),
        account_id: accountId,
        csrf_secret: randomBytes(24).toString('base64url'),
      })
      .execute(),
  )
  return token
}

/** The person behind a token, if the session is alive and the account still active on the authority's day. */
export async function findSession(db: Database, token: string, today: string): Promise<SignedIn | undefined> {
  const { rows } = await sql<{
    id: string
    name: string
    role: string
    job_title: string
    door: string
    locality_id: string | null
    team_id: string | null
    csrf_secret: string
    stale: boolean
  }>`
    select a.id, a.name, a.role, a.job_title, a.door, a.locality_id, a.team_id, s.csrf_secret,
      s.last_seen_at < now() - interval '1 minute' as stale
    from session s join account a on a.id = s.account_id
    where s.token_hash = ${hashOf(token)} and s.ended_at is null
      and s.last_seen_at > now() - ${IDLE}::interval and s.created_at > now() - ${ABSOLUTE}::interval
      and a.active_from <= ${today}::date and (a.active_to is null or a.active_to > ${today}::date)`.execute(
    db,
  )
  const row = rows[0]
  if (!row) return undefined
  if (row.stale)
    await sql`update session set last_seen_at = now() where token_hash = ${hashOf(token)}`.execute(db)
  return {
    accountId: row.id,
    name: row.name,
    role: row.role as Role,
    jobTitle: row.job_title,
    door: row.door as SignedIn['door'],
    localityId: row.locality_id,
    teamId: row.team_id,
    csrfToken: row.csrf_secret,
  }
}

export async function endSession(db: Database, token: string, today: string): Promise<void> {
  await asViewer(db, { accountId: NOBODY, today }, (trx) =>
    trx
      .updateTable('session')
      .set({ ended_at: sql<string>`now()` })
      .where('token_hash', '=', hashOf(token))
      .execute(),
  )
}
