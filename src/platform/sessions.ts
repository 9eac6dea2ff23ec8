import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../db/connection.ts'
import { asViewer, type Trx } from '../db/viewer.ts'
import type { Role, SignedIn } from './routes.ts'

/** Secrets are kept as hashes: whoever reads the database holds nobody's session, link or code. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
export const newSecret = (): string => randomBytes(32).toString('base64url')
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Asks the database before anybody is known: only its functions answer. */
export const asNobody = <T>(db: Database, today: string, work: (trx: Trx) => Promise<T>): Promise<T> =>
  asViewer(db, { accountId: NOBODY, today }, work)

export interface NewSession {
  readonly token: string
  readonly csrf: string
}
export const newSession = (): NewSession => ({
  token: newSecret(),
  csrf: randomBytes(24).toString('base64url'),
})

/** Starts a session in a training authority; the token goes to the browser and only its hash is kept. */
export async function startSession(
  db: Database,
  accountId: string,
  today: string,
  device = 'A device we do not know',
): Promise<string> {
  const { token, csrf } = newSession()
  await asNobody(db, today, (trx) =>
    sql`select start_training_session(${accountId}::uuid, ${hashOf(token)}::bytea, ${csrf}, ${device})`.execute(
      trx,
    ),
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
    signed_in_seconds_ago: number
    has_other_capacities: boolean
    notice: string | null
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
    signedInSecondsAgo: row.signed_in_seconds_ago,
    hasOtherCapacities: row.has_other_capacities,
    ...(row.notice === null ? {} : { notice: row.notice }),
  }
}

/** Ends a session. Gives what the provider of the staff wants to hear when they sign out, if they came by it. */
export async function endSession(db: Database, token: string, today: string): Promise<string | undefined> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ hint: string | null }>`select end_session(${hashOf(token)}::bytea) as hint`.execute(trx),
  )
  return rows[0]?.hint ?? undefined
}

/** Keeps words for the session's next page, or (null) takes them away once shown. */
export async function keepNotice(
  db: Database,
  token: string,
  today: string,
  words: string | null,
): Promise<void> {
  await asNobody(db, today, (trx) =>
    sql`select keep_notice(${hashOf(token)}::bytea, ${words}::text)`.execute(trx),
  )
}

/** Writes down a step of signing in, that went well or did not. It holds no address, link or code. */
export async function logSignIn(
  db: Database,
  today: string,
  step: {
    readonly what: string
    readonly outcome: string
    readonly ip: string
    readonly token?: string | undefined
  },
): Promise<void> {
  await asNobody(db, today, (trx) =>
    sql`select log_sign_in(${step.what}, ${step.outcome}, ${step.token ? hashOf(step.token) : null}::bytea, ${step.ip})`.execute(
      trx,
    ),
  )
}
