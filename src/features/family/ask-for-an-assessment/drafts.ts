import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** Everything answered so far, each field as typed. */
export type Answers = Readonly<Record<string, string>>

export interface Draft {
  readonly id: string
  readonly answers: Answers
  readonly isClaimed: boolean
  readonly isSent: boolean
}

const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)

/** A request being written, if this browser or this person holds it; locked when it is about to be changed. */
export async function findDraft(
  trx: Trx,
  id: string,
  holder: Buffer | null,
  options: { readonly forUpdate?: boolean } = {},
): Promise<Draft | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<{
    id: string
    answers: Record<string, string>
    account_id: string | null
    sent_as: string | null
  }>`select id, answers, account_id, sent_as from request_draft_of(${id}::uuid, ${holder}::bytea, ${options.forUpdate ?? false})`.execute(
    trx,
  )
  const row = rows[0]
  return (
    row && {
      id: row.id,
      answers: row.answers,
      isClaimed: row.account_id !== null,
      isSent: row.sent_as !== null,
    }
  )
}

export interface HeldDraft {
  readonly id: string
  readonly saved_at: string
  readonly given_name: string | null
}

/** Requests begun and not sent, the last first. */
export const findHeldDrafts = async (trx: Trx, holder: Buffer | null): Promise<readonly HeldDraft[]> =>
  (
    await sql<HeldDraft>`select id, saved_at, given_name from request_drafts_held(${holder}::bytea)`.execute(
      trx,
    )
  ).rows

export const startDraft = async (trx: Trx, holder: Buffer | null): Promise<string> =>
  (await sql<{ id: string }>`select start_request_draft(${holder}::bytea) as id`.execute(trx)).rows[0]!.id

/**
 * One request this browser held becomes the signed-in person's own: never the others, which somebody else may have
 * written on the same computer. One already sent only when they ask for it, `sentToo`.
 */
export const claimDraft = async (
  trx: Trx,
  id: string,
  holder: Buffer | null,
  options: { readonly sentToo?: boolean } = {},
): Promise<void> => {
  if (!isId(id)) return
  await sql`select claim_request_draft(${id}::uuid, ${holder}::bytea, ${options.sentToo ?? false})`.execute(
    trx,
  )
}

/** Saves some answers and leaves the others. False when it may not be: it was sent, or is not theirs. */
export const saveAnswers = async (
  trx: Trx,
  id: string,
  holder: Buffer | null,
  patch: Answers,
  child: string | null,
): Promise<boolean> =>
  (
    await sql<{ saved: boolean }>`
      select save_request_draft(${id}::uuid, ${holder}::bytea, ${JSON.stringify(patch)}::jsonb, ${child}::uuid) as saved`.execute(
      trx,
    )
  ).rows[0]!.saved

export interface SentRequest {
  readonly id: string
  readonly reference: string
  readonly received_at: string
  readonly received_on: string
  readonly child_id: string | null
  readonly asked_by: string
}

/** Sends the request; one sent before gives what was sent then. */
export const sendDraft = async (
  trx: Trx,
  id: string,
  holder: Buffer | null,
): Promise<SentRequest | undefined> =>
  (
    await sql<SentRequest>`
      select id, reference, received_at, received_on, child_id, asked_by from send_request_draft(${id}::uuid, ${holder}::bytea)`.execute(
      trx,
    )
  ).rows[0]

export interface Receipt {
  readonly reference: string
  readonly received_at: string
  readonly received_on: string
  readonly state: 'waiting' | 'accepted' | 'not-for-us' | 'duplicate'
  readonly decided_why: string | null
}

export const findReceipt = async (
  trx: Trx,
  id: string,
  holder: Buffer | null,
): Promise<Receipt | undefined> =>
  (
    await sql<Receipt>`
      select reference, received_at, received_on, state, decided_why from sent_request_of(${id}::uuid, ${holder}::bytea)`.execute(
      trx,
    )
  ).rows[0]

/** Tells one state of some answers from another, so that a second tab never writes over the first unseen. */
export const stateOf = (answers: Answers, fields: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(fields.map((field) => answers[field] ?? '')))
    .digest('base64url')
    .slice(0, 22)
