import { sql } from 'kysely'
import type { Database } from '../../db/connection.ts'
import { asNobody, hashOf, type NewSession } from '../sessions.ts'
import type { SignInAddress } from './address.ts'
import { networkOf } from './network.ts'

/** The code is hashed with the secret of the browser that asked: another browser's guesses fit nothing. */
const hashOfCode = (browser: string, code: string): Buffer => hashOf(`${browser} ${code}`)

/** Asks for a link and a code. `wait` is the seconds to come back after, 0 when the ask was taken. */
export async function askToSignIn(
  db: Database,
  today: string,
  ask: SignInAddress & {
    readonly link: string
    readonly code: string
    readonly browser: string
    readonly ip: string
  },
): Promise<{ readonly wait: number; readonly isKnown: boolean }> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ wait_seconds: number; is_known: boolean }>`
      select * from ask_to_sign_in(${ask.channel}, ${ask.address}, ${hashOf(ask.link)}::bytea, ${hashOf(ask.browser)}::bytea,
        ${hashOfCode(ask.browser, ask.code)}::bytea, ${hashOf(networkOf(ask.ip))}::bytea, ${today}::date)`.execute(
      trx,
    ),
  )
  return { wait: rows[0]!.wait_seconds, isKnown: rows[0]!.is_known }
}

export type LinkState = 'good' | 'used' | 'old' | 'unknown'

/** What a link is worth. Looking uses nothing up. */
export async function linkState(db: Database, today: string, link: string): Promise<LinkState> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ state: LinkState }>`select link_state(${hashOf(link)}::bytea) as state`.execute(trx),
  )
  return rows[0]!.state
}

/** Uses a link up. The proof is held by `newBrowser`, a secret made for it. */
export async function proveByLink(
  db: Database,
  today: string,
  link: string,
  newBrowser: string,
): Promise<'proved' | LinkState> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{
      outcome: 'proved' | LinkState
    }>`select prove_by_link(${hashOf(link)}::bytea, ${hashOf(newBrowser)}::bytea, ${today}::date) as outcome`.execute(
      trx,
    ),
  )
  return rows[0]!.outcome
}

export type CodeOutcome = 'proved' | 'wrong' | 'old' | 'used' | 'too-many'

export async function proveByCode(
  db: Database,
  today: string,
  tried: {
    readonly browser: string
    readonly code: string
    readonly newBrowser: string
    readonly ip: string
  },
): Promise<CodeOutcome> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ outcome: CodeOutcome }>`
      select prove_by_code(${hashOf(tried.browser)}::bytea, ${hashOfCode(tried.browser, tried.code)}::bytea,
        ${hashOf(tried.newBrowser)}::bytea, ${hashOf(networkOf(tried.ip))}::bytea, ${today}::date) as outcome`.execute(
      trx,
    ),
  )
  return rows[0]!.outcome
}

/** One of the accounts a proof lets somebody be. */
export interface Capacity {
  readonly id: string
  readonly name: string
  readonly jobTitle: string
  readonly door: string
  readonly role: string
  readonly place: string | null
}

/** Whom a proof lets in; undefined without a living proof; `email` when nobody has that address yet. */
export async function provedAccounts(
  db: Database,
  today: string,
  browser: string,
): Promise<{ readonly accounts: readonly Capacity[]; readonly email: string | null } | undefined> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ [K in keyof Capacity]: Capacity[K] | null } & { email: string | null }>`
      select id, name, job_title as "jobTitle", door, role, place, email from proved_accounts(${hashOf(browser)}::bytea)`.execute(
      trx,
    ),
  )
  if (rows.length === 0) return undefined
  return { accounts: rows.filter((row) => row.id !== null) as Capacity[], email: rows[0]!.email }
}

/** A session for one of the accounts of a proof, which is used up. False if there is no such proof. */
export async function startProvedSession(
  db: Database,
  today: string,
  about: {
    readonly browser: string
    readonly accountId: string
    readonly session: NewSession
    readonly device: string
  },
): Promise<boolean> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ done: boolean }>`
      select start_session(${hashOf(about.browser)}::bytea, ${about.accountId}::uuid, ${hashOf(about.session.token)}::bytea,
        ${about.session.csrf}, ${about.device}, ${today}::date) as done`.execute(trx),
  )
  return rows[0]!.done
}

/** An account at the family's door for a proved e-mail address nobody has, and a session for it. */
export async function registerFamily(
  db: Database,
  today: string,
  about: {
    readonly browser: string
    readonly name: string
    readonly session: NewSession
    readonly device: string
  },
): Promise<boolean> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ done: boolean }>`
      select register_family(${hashOf(about.browser)}::bytea, ${about.name}, ${hashOf(about.session.token)}::bytea,
        ${about.session.csrf}, ${about.device}, ${today}::date) as done`.execute(trx),
  )
  return rows[0]!.done
}

/** The accounts of the person signed in, and which may be entered from here. */
export async function myCapacities(
  db: Database,
  today: string,
  token: string,
): Promise<readonly (Capacity & { readonly isThis: boolean; readonly mayBe: boolean })[]> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<Capacity & { isThis: boolean; mayBe: boolean }>`
      select id, name, job_title as "jobTitle", door, role, place, is_this as "isThis", may_be as "mayBe"
      from my_capacities(${hashOf(token)}::bytea, ${today}::date)`.execute(trx),
  )
  return rows
}

/** Goes on as another of one's own accounts: a new token, and the old one is dead. */
export async function changeCapacity(
  db: Database,
  today: string,
  about: { readonly token: string; readonly accountId: string; readonly session: NewSession },
): Promise<boolean> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ done: boolean }>`
      select change_capacity(${hashOf(about.token)}::bytea, ${about.accountId}::uuid, ${hashOf(about.session.token)}::bytea,
        ${about.session.csrf}, ${today}::date) as done`.execute(trx),
  )
  return rows[0]!.done
}

/** Where a person is signed in. */
export interface LiveSession {
  readonly id: string
  /** The day and the time in London. */
  readonly startedOn: string
  readonly startedTime: string
  readonly seenOn: string
  readonly seenTime: string
  readonly device: string
  readonly way: 'training' | 'link' | 'code' | 'openid' | 'passkey'
  readonly jobTitle: string
  readonly isThis: boolean
}

export async function mySessions(
  db: Database,
  today: string,
  token: string,
): Promise<readonly LiveSession[]> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<LiveSession>`
      select id, to_char(started_at at time zone 'Europe/London', 'YYYY-MM-DD') as "startedOn",
        to_char(started_at at time zone 'Europe/London', 'HH24:MI') as "startedTime",
        to_char(last_seen_at at time zone 'Europe/London', 'YYYY-MM-DD') as "seenOn",
        to_char(last_seen_at at time zone 'Europe/London', 'HH24:MI') as "seenTime",
        device, way, job_title as "jobTitle", is_this as "isThis"
      from my_sessions(${hashOf(token)}::bytea)`.execute(trx),
  )
  return rows
}

/** Ends one session of the person, or all but this one. Gives how many. */
export async function endMySessions(
  db: Database,
  today: string,
  token: string,
  which: string | null,
): Promise<number> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{
      ended: number
    }>`select end_my_sessions(${hashOf(token)}::bytea, ${which}::uuid) as ended`.execute(trx),
  )
  return rows[0]!.ended
}
