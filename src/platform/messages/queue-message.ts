import { sql } from 'kysely'
import type { Trx } from '../../db/viewer.ts'
import { compose } from './compose.ts'
import { firstMoment, QUIET_FOR_FAMILIES, type QuietHours } from './quiet-hours.ts'
import { CHANNELS, type Channel, type TemplateKey, type ValuesOf, type Wording } from './templates.ts'

/** One person: a contact on a child's record, or somebody with an account. Never a list, and never a typed address. */
export type Recipient = { readonly contactId: string } | { readonly accountId: string }

export interface MessageToQueue<K extends TemplateKey = TemplateKey> {
  /**
   * What it tells of, so that it is told once: the id of the case event, or a name such as `due-soon:<process>:<rule>:1`.
   * The same event, template and recipient again changes nothing.
   */
  readonly event: string
  readonly template: K
  /** The child it is about; null only for what is about no child, and then to an account. */
  readonly childId: string | null
  readonly processId?: string | undefined
  readonly to: Recipient
  readonly values: ValuesOf<K>
  /** The page to open: an address of this site, "/family/…". It must not lead to another child. */
  readonly linkPath: string
  /** Only where the law or the person wants this way and no other. Left out, their preference decides. */
  readonly channel?: Channel | undefined
  /** Part of a batch, made by `queueBatch`. */
  readonly batchId?: string | undefined
}

/** Why nothing was queued. */
export type Refusal =
  | 'restricted'
  | 'no-relationship'
  | 'no-address'
  | 'names-a-child'
  | 'mixes-children'
  | 'not-yours'
  | 'has-attachment'
  | 'bad-link'

export const REFUSAL_WORDS = {
  restricted: 'Contact with this person is barred by a court order or a risk: nothing may be sent to them',
  'no-relationship': 'This person has no relationship to the child today that lets us write to them',
  'no-address': 'The record holds no email, mobile number or address for this person',
  'names-a-child': 'The message names a child. Take the name out: the page behind the link shows it',
  'mixes-children': 'The message is about one child and leads to another',
  'not-yours': 'You do not reach this child’s record',
  'has-attachment': 'Messages carry no attachments, only a link to sign in',
  'bad-link': 'The link must be a page of this site',
} as const satisfies Record<Refusal, string>

export type Queued =
  | { readonly ok: true; readonly id: string; readonly state: string; readonly again: boolean }
  | { readonly ok: false; readonly reason: Refusal }

export interface RecipientFacts {
  readonly name: string
  readonly door: string
  readonly relationship: string | null
  readonly refused: string | null
  readonly channels: readonly Channel[]
  readonly prefers: Channel
  readonly quiet_from: string | null
  readonly quiet_to: string | null
}

const idsOf = (to: Recipient): { contact: string | null; account: string | null } =>
  'contactId' in to ? { contact: to.contactId, account: null } : { contact: null, account: to.accountId }

/** Who this is and how they may be told. No address: the database fills that in itself. */
export async function findRecipient(
  trx: Trx,
  childId: string | null,
  to: Recipient,
): Promise<RecipientFacts | undefined> {
  const { contact, account } = idsOf(to)
  const { rows } =
    await sql<RecipientFacts>`select * from message_recipient(${childId}::uuid, ${contact}::uuid, ${account}::uuid)`.execute(
      trx,
    )
  return rows[0]
}

/** By the way asked for, else the one preferred, else the first there is an address for. */
export function channelFor(recipient: RecipientFacts, asked: Channel | undefined): Channel | undefined {
  if (asked) return recipient.channels.includes(asked) ? asked : undefined
  return recipient.channels.includes(recipient.prefers)
    ? recipient.prefers
    : CHANNELS.find((channel) => recipient.channels.includes(channel))
}

/** A letter comes with the post; only email and texts wake people. */
export function quietHoursFor(
  recipient: Pick<RecipientFacts, 'door' | 'quiet_from' | 'quiet_to'>,
  channel: Channel,
): QuietHours | undefined {
  if (channel === 'letter') return undefined
  if (recipient.quiet_from !== null && recipient.quiet_to !== null)
    return { from: recipient.quiet_from, to: recipient.quiet_to }
  return recipient.door === 'family' ? QUIET_FOR_FAMILIES : undefined
}

const isPageOfOurs = (path: string): boolean => /^\/(?![/\\])[^\s\\]*$/.test(path)

/** The council's own wording in force on the viewer's day; undefined while the product's own holds. */
export async function wordingInForce(
  trx: Trx,
  template: TemplateKey,
  channel: Channel,
): Promise<(Wording & { readonly id: number }) | undefined> {
  const { rows } = await sql<Wording & { id: number }>`
    select id, subject, body from message_wording
    where template = ${template} and channel = ${channel} and valid_from <= viewer_today()
    order by id desc limit 1`.execute(trx)
  return rows[0]
}

/** The message in the words its recipient will read, and the way it will go. Nothing is stored. */
export async function composeFor<K extends TemplateKey>(
  trx: Trx,
  message: MessageToQueue<K>,
  recipient: RecipientFacts,
): Promise<
  | {
      readonly channel: Channel
      readonly wordingId: number | null
      readonly composed: ReturnType<typeof compose>
    }
  | undefined
> {
  const channel = channelFor(recipient, message.channel)
  if (!channel) return undefined
  const wording = await wordingInForce(trx, message.template, channel)
  const authority = await trx.selectFrom('authority').select('name').executeTakeFirstOrThrow()
  return {
    channel,
    wordingId: wording?.id ?? null,
    composed: compose({
      template: message.template,
      channel,
      ...(wording ? { wording } : {}),
      values: message.values,
      authorityName: authority.name,
    }),
  }
}

/**
 * Puts one message to one person in the outbox, in the transaction of what it tells of: both are kept or neither. It is
 * sent afterwards, in the person's own way and outside their quiet hours. A refusal leaves nothing behind, and the caller
 * says what to do about it. Runs as the signed-in person, or as the system account in a job.
 */
export async function queueMessage<K extends TemplateKey>(
  trx: Trx,
  message: MessageToQueue<K>,
  now: Temporal.Instant = Temporal.Now.instant(),
): Promise<Queued> {
  // Type-checked callers cannot attach anything; what comes from elsewhere is refused all the same.
  if ('attachments' in message || 'documents' in message) return { ok: false, reason: 'has-attachment' }
  if (!isPageOfOurs(message.linkPath)) return { ok: false, reason: 'bad-link' }
  const recipient = await findRecipient(trx, message.childId, message.to)
  if (!recipient) return { ok: false, reason: 'no-relationship' }
  if (recipient.refused) return { ok: false, reason: recipient.refused as Refusal }
  const made = await composeFor(trx, message, recipient)
  if (!made) return { ok: false, reason: 'no-address' }
  const { contact, account } = idsOf(message.to)
  const sendAfter = firstMoment(now, quietHoursFor(recipient, made.channel))
  const isHeld = Temporal.Instant.compare(sendAfter, now) > 0
  const asked = {
    event: message.event,
    template: message.template,
    child: message.childId,
    process: message.processId ?? null,
    contact,
    account,
    channel: made.channel,
    wording: made.wordingId,
    subject: made.composed.subject,
    body: made.composed.body,
    filled: made.composed.filled,
    fixed: made.composed.fixed,
    link_path: message.linkPath,
    send_after: sendAfter.toString(),
    held_for: isHeld ? 'quiet-hours' : null,
    batch: message.batchId ?? null,
  }
  const { rows } = await sql<{
    answer: { refused?: Refusal; id?: string; state?: string; again?: boolean }
  }>`select queue_message(${JSON.stringify(asked)}::jsonb) as answer`.execute(trx)
  const { answer } = rows[0]!
  if (answer.refused) return { ok: false, reason: answer.refused }
  return { ok: true, id: answer.id!, state: answer.state!, again: answer.again! }
}
