import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { Channel } from '../../../platform/messages/index.ts'

export interface Preference {
  readonly channel: Channel
  readonly quiet_from: string | null
  readonly quiet_to: string | null
  readonly language: string
  readonly interpreter: string | null
  readonly formats: readonly string[]
  readonly other_needs: string | null
}

/** Whose wishes: one's own, by account, or a contact's, written down by staff for them. */
export type Whose = { readonly accountId: string } | { readonly contactId: string }

export async function findPreference(trx: Trx, whose: Whose): Promise<Preference | undefined> {
  const { rows } = await sql<Preference>`
    select channel, quiet_from, quiet_to, language, interpreter, formats, other_needs from message_preference
    where ${'accountId' in whose ? sql`account_id = ${whose.accountId}` : sql`(contact_id = ${whose.contactId} or account_id = (select account_id from contact where id = ${whose.contactId}))`}
    order by updated_at desc limit 1`.execute(trx)
  return rows[0]
}

export interface Held {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly address: string
  readonly accountId: string | null
  /** The way the record says they prefer, before they have said so here. */
  readonly prefers: Channel
}

/** What the record holds to reach a person by: their own rows, or the contact staff have open. */
export async function findHeld(trx: Trx, whose: Whose): Promise<Held | undefined> {
  const { rows } = await sql<Held>`
    select id, name, email, phone, concat_ws(', ', address_line, town, postcode) as address, account_id as "accountId",
      case prefers when 'phone' then 'text' else prefers end as prefers from contact
    where ${'accountId' in whose ? sql`account_id = ${whose.accountId}` : sql`id = ${whose.contactId}`}
    order by id limit 1`.execute(trx)
  return rows[0]
}

/** The children a contact is tied to today, for the access log. */
export async function childrenOf(trx: Trx, contactId: string): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom('child_contact')
    .select('child_id')
    .distinct()
    .where('contact_id', '=', contactId)
    .execute()
  return rows.map((row) => row.child_id)
}

/** Keeps what was chosen, in place of what was before. */
export async function keepPreference(trx: Trx, whose: Whose, wish: Preference, by: string): Promise<void> {
  const own = 'accountId' in whose
  await sql`
    insert into message_preference (account_id, contact_id, channel, quiet_from, quiet_to, language, interpreter, formats, other_needs, updated_by)
    values (${own ? whose.accountId : null}, ${own ? null : whose.contactId}, ${wish.channel}, ${wish.quiet_from}, ${wish.quiet_to}, ${wish.language},
      ${wish.interpreter}, ${wish.formats}, ${wish.other_needs}, ${by})
    on conflict (${own ? sql`account_id` : sql`contact_id`}) do update set channel = excluded.channel, quiet_from = excluded.quiet_from,
      quiet_to = excluded.quiet_to, language = excluded.language, interpreter = excluded.interpreter, formats = excluded.formats,
      other_needs = excluded.other_needs, updated_by = excluded.updated_by, updated_at = clock_timestamp()`.execute(
    trx,
  )
}
