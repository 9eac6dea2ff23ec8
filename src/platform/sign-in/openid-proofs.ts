import { sql } from 'kysely'
import type { Database } from '../../db/connection.ts'
import { asNobody, hashOf } from '../sessions.ts'
import { networkOf } from './network.ts'
import type { Authorisation, ProvedIdentity } from './openid.ts'

/** Keeps what the browser must not hold while somebody is at the provider. Gives the seconds to wait, 0 when kept. */
export async function beginOpenId(
  db: Database,
  today: string,
  begun: Authorisation & {
    readonly browser: string
    readonly goTo: string | undefined
    readonly ip: string
  },
): Promise<number> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ wait: number }>`
      select begin_openid(${hashOf(begun.state)}::bytea, ${hashOf(begun.browser)}::bytea, ${begun.nonce}, ${begun.verifier},
        ${begun.goTo ?? null}::text, ${hashOf(networkOf(begun.ip))}::bytea) as wait`.execute(trx),
  )
  return rows[0]!.wait
}

/** Takes it back, once, for the browser that began; undefined if there is nothing of the kind. */
export async function takeOpenId(
  db: Database,
  today: string,
  state: string,
  browser: string,
): Promise<
  { readonly nonce: string; readonly verifier: string; readonly goTo: string | undefined } | undefined
> {
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ nonce: string; verifier: string; go_to: string | null }>`
      select * from take_openid(${hashOf(state)}::bytea, ${hashOf(browser)}::bytea)`.execute(trx),
  )
  const row = rows[0]
  return row && { nonce: row.nonce, verifier: row.verifier, goTo: row.go_to ?? undefined }
}

export type OpenIdOutcome =
  | 'proved'
  | 'not-begun'
  | 'no-role'
  | 'left'
  | 'no-email'
  | 'email-taken'
  | 'other-door'

/** Tells the database who came back. It finds or makes the account, by the rules of the day for the claims. */
export async function proveByOpenId(
  db: Database,
  today: string,
  about: {
    readonly state: string
    readonly browser: string
    readonly newBrowser: string
    readonly identity: ProvedIdentity
  },
): Promise<OpenIdOutcome> {
  const { identity } = about
  const { rows } = await asNobody(db, today, (trx) =>
    sql<{ outcome: OpenIdOutcome }>`
      select prove_by_openid(${hashOf(about.state)}::bytea, ${hashOf(about.browser)}::bytea, ${hashOf(about.newBrowser)}::bytea,
        ${identity.issuer}, ${identity.subject}, ${identity.name}, ${identity.email ?? null}::text, ${identity.isEmailProved}::boolean,
        ${JSON.stringify(identity.claims)}::jsonb, ${identity.idToken}, ${today}::date) as outcome`.execute(
      trx,
    ),
  )
  return rows[0]!.outcome
}
