import { sql } from 'kysely'
import type { Trx } from '../../db/viewer.ts'
import {
  type MessageToQueue,
  type Queued,
  queueMessage,
  type Recipient,
  type Refusal,
} from './queue-message.ts'
import type { TemplateKey } from './templates.ts'

/** From this many recipients on, a second person must look before anything goes. */
export const SECOND_PERSON_FROM = 10
export const RECALL_MINUTES = 10

export interface Batch {
  readonly id: string
  readonly recipients: number
  readonly needsSecondPerson: boolean
}

/**
 * Many messages in one go: one recipient for each, and none knows of another. From ten up a second person approves; then,
 * or at once for fewer, ten minutes pass in which it can be called back. One refusal refuses the whole: put nothing of it in
 * the record by answering `{ ok: false }` in the command.
 * @param batch.key names this sending, so that it is done once
 */
export async function queueBatch<K extends TemplateKey>(
  trx: Trx,
  batch: { readonly key: string; readonly what: string },
  messages: readonly Omit<MessageToQueue<K>, 'batchId'>[],
  now?: Temporal.Instant,
): Promise<
  | ({ readonly ok: true } & Batch)
  | { readonly ok: false; readonly refused: readonly { readonly to: Recipient; readonly reason: Refusal }[] }
> {
  const { rows } = await sql<{
    id: string
  }>`select start_message_batch(${batch.key}, ${batch.what}) as id`.execute(trx)
  const batchId = rows[0]!.id
  const refused: { to: Recipient; reason: Refusal }[] = []
  for (const message of messages) {
    const queued: Queued = await queueMessage(trx, { ...message, batchId } as MessageToQueue<K>, now)
    if (!queued.ok) refused.push({ to: message.to, reason: queued.reason })
  }
  if (refused.length > 0) return { ok: false, refused }
  const { rows: closed } = await sql<{
    many: number
  }>`select close_message_batch(${batchId}::uuid) as many`.execute(trx)
  const recipients = closed[0]!.many
  return { ok: true, id: batchId, recipients, needsSecondPerson: recipients >= SECOND_PERSON_FROM }
}
