import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { sql } from 'kysely'
import type { Database } from '../../db/connection.ts'
import { asNobody, hashOf } from '../sessions.ts'
import { networkOf } from './network.ts'

/** Loaded when somebody uses a passkey, so that the site starts without it. */
const library = () => import('@simplewebauthn/server')

/** The site a passkey belongs to. */
export interface PasskeySite {
  readonly name: string
  readonly origin: string
}
const rpIdOf = (site: PasskeySite): string => new URL(site.origin).hostname

interface Asking {
  readonly site: PasskeySite
  readonly browser: string
  readonly ip: string
}

/** Options for signing in by any passkey of this site, or the seconds to wait. */
export async function beginPasskeySignIn(db: Database, today: string, asking: Asking) {
  const options = await (await library()).generateAuthenticationOptions({
    rpID: rpIdOf(asking.site),
    // The passkey alone signs a person in, so the device must check that it is theirs.
    userVerification: 'required',
  })
  return keepChallenge(db, today, asking, options)
}

/** Options for a new passkey of somebody signed in, or the seconds to wait. */
export async function beginNewPasskey(
  db: Database,
  today: string,
  asking: Asking & { readonly person: { readonly accountId: string; readonly name: string } },
  known: readonly string[],
) {
  const options = await (await library()).generateRegistrationOptions({
    rpName: asking.site.name,
    rpID: rpIdOf(asking.site),
    userName: asking.person.name,
    userID: new Uint8Array(Buffer.from(asking.person.accountId.replaceAll('-', ''), 'hex')),
    attestationType: 'none',
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return keepChallenge(db, today, asking, options)
}

async function keepChallenge<T extends { readonly challenge: string }>(
  db: Database,
  today: string,
  asking: Asking,
  options: T,
): Promise<{ readonly options: T } | { readonly wait: number }> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ wait: number }>`
      select begin_passkey(${hashOf(asking.browser)}::bytea, ${options.challenge}, ${hashOf(networkOf(asking.ip))}::bytea) as wait`.execute(
      trx,
    ),
  )
  return rows[0]!.wait > 0 ? { wait: rows[0]!.wait } : { options }
}

async function challengeOf(db: Database, today: string, browser: string): Promise<string | undefined> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{
      challenge: string | null
    }>`select passkey_challenge_of(${hashOf(browser)}::bytea) as challenge`.execute(trx),
  )
  return rows[0]?.challenge ?? undefined
}

const read = <T extends { readonly id: string }>(json: string): T | undefined => {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
      ? (value as T)
      : undefined
  } catch {
    return undefined
  }
}

/** Checks a passkey's answer by its public key, and proves the person to the database. */
export async function proveByPasskey(
  db: Database,
  today: string,
  answer: {
    readonly site: PasskeySite
    readonly browser: string
    readonly newBrowser: string
    readonly json: string
  },
): Promise<boolean> {
  const response = read<AuthenticationResponseJSON>(answer.json)
  const challenge = await challengeOf(db, today, answer.browser)
  if (!response || !challenge) return false
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{
      public_key: Buffer
      counter: string | number
    }>`select public_key, counter from find_passkey(${response.id})`.execute(trx),
  )
  const known = rows[0]
  if (!known) return false
  const checked = await (await library())
    .verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: answer.site.origin,
      expectedRPID: rpIdOf(answer.site),
      credential: {
        id: response.id,
        publicKey: new Uint8Array(known.public_key),
        counter: Number(known.counter),
      },
      requireUserVerification: true,
    })
    .catch(() => undefined)
  if (!checked?.verified) return false
  const { rows: outcome } = await asNobody(db, today, (trx) =>
    sql<{ outcome: string }>`
      select prove_by_passkey(${hashOf(answer.browser)}::bytea, ${challenge}, ${hashOf(answer.newBrowser)}::bytea, ${response.id},
        ${checked.authenticationInfo.newCounter}::bigint, ${today}::date) as outcome`.execute(trx),
  )
  return outcome[0]!.outcome === 'proved'
}

/** Checks a new passkey and keeps its public key with the person's account. */
export async function addPasskey(
  db: Database,
  today: string,
  answer: {
    readonly site: PasskeySite
    readonly browser: string
    readonly token: string
    readonly json: string
    readonly name: string
  },
): Promise<boolean> {
  const response = read<RegistrationResponseJSON>(answer.json)
  const challenge = await challengeOf(db, today, answer.browser)
  if (!response || !challenge) return false
  const checked = await (await library())
    .verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: answer.site.origin,
      expectedRPID: rpIdOf(answer.site),
      requireUserVerification: true,
    })
    .catch(() => undefined)
  if (!checked?.verified) return false
  const { credential } = checked.registrationInfo
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ done: boolean }>`
      select add_passkey(${hashOf(answer.token)}::bytea, ${hashOf(answer.browser)}::bytea, ${challenge}, ${credential.id},
        ${Buffer.from(credential.publicKey)}::bytea, ${credential.counter}::bigint, ${[...(credential.transports ?? [])]}::text[], ${answer.name}) as done`.execute(
      trx,
    ),
  )
  return rows[0]!.done
}

export interface MyPasskey {
  readonly id: string
  readonly name: string
  readonly madeOn: string
  readonly usedOn: string | null
}

export async function myPasskeys(db: Database, today: string, token: string): Promise<readonly MyPasskey[]> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<MyPasskey>`
      select credential_id as id, name, to_char(made_at at time zone 'Europe/London', 'YYYY-MM-DD') as "madeOn",
        to_char(used_at at time zone 'Europe/London', 'YYYY-MM-DD') as "usedOn" from my_passkeys(${hashOf(token)}::bytea)`.execute(
      trx,
    ),
  )
  return rows
}

export async function removeMyPasskey(
  db: Database,
  today: string,
  token: string,
  id: string,
): Promise<boolean> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ done: boolean }>`select remove_my_passkey(${hashOf(token)}::bytea, ${id}) as done`.execute(trx),
  )
  return rows[0]!.done
}
