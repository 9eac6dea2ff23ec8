import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../db/connection.ts'
import { asViewer } from '../db/viewer.ts'
import type { Role, SignedIn } from './routes.ts'

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Starts a session in a training authority; the token goes to the browser and only its hash is kept. */
export async function startSession(db: Database, accountId: string, today: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const csrf = randomBytes(24).toString('base64url')
  await asViewer(db, { accountId, today }, (trx) =>
    sql`select start_training_session(${accountId}::uuid, ${hashOf(token)}::bytea, ${csrf})`.execute(trx),
  )
  return token
}

/**
 * The person behind a token, if the session is alive and the account still active on the authority's day. Nobody is known
 * before it, so the database looks the token up itself, with its limits, in one round trip.
 */
export async function findSession(db: Database, token: string, today: string): Promise<SignedIn | undefined> {
  const { rows } = await sql<{
    account_id: string
    name: string
    role: string
    job_title: string
    door: string
    locality_id: string | null
    team_id: string | null
    csrf_secret: string
  }>`select * from find_session(${hashOf(token)}::bytea, ${today}::date)`.execute(db)
  const row = rows[0]
  if (!row) return undefined
  return {
    accountId: row.account_id,
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
    sql`select end_session(${hashOf(token)}::bytea)`.execute(trx),
  )
}
