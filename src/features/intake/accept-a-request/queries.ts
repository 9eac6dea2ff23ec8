import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { Answers } from '../../family/ask-for-an-assessment/index.ts'

/** A request that came online, as those who take it in see it. */
export interface OnlineRequest {
  readonly id: string
  readonly reference: string
  readonly receivedOn: string
  readonly askedBy: string
  readonly askerName: string
  readonly accountId: string | null
  readonly answers: Answers
  readonly state: 'waiting' | 'accepted' | 'not-for-us' | 'duplicate'
  readonly childId: string | null
  readonly processId: string | null
  readonly decidedOn: string | null
  readonly decidedWhy: string | null
  readonly linkedContact: string | null
  readonly localityId: string | null
}

const COLUMNS = [
  'id',
  'reference',
  'received_on',
  'asked_by',
  'asker_name',
  'account_id',
  'answers',
  'state',
  'child_id',
  'process_id',
  'decided_on',
  'decided_why',
  'linked_contact',
  'locality_id',
] as const

type Row = {
  id: string
  reference: string
  received_on: string
  asked_by: string
  asker_name: string
  account_id: string | null
  answers: unknown
  state: string
  child_id: string | null
  process_id: string | null
  decided_on: string | null
  decided_why: string | null
  linked_contact: string | null
  locality_id: string | null
}
const toRequest = (row: Row): OnlineRequest => ({
  id: row.id,
  reference: row.reference,
  receivedOn: row.received_on,
  askedBy: row.asked_by,
  askerName: row.asker_name,
  accountId: row.account_id,
  answers: row.answers as Answers,
  state: row.state as OnlineRequest['state'],
  childId: row.child_id,
  processId: row.process_id,
  decidedOn: row.decided_on,
  decidedWhy: row.decided_why,
  linkedContact: row.linked_contact,
  localityId: row.locality_id,
})

/** Requests that wait for somebody, the longest first. */
export const findWaiting = async (trx: Trx): Promise<readonly OnlineRequest[]> =>
  (
    await trx
      .selectFrom('online_request')
      .select(COLUMNS)
      .where('state', '=', 'waiting')
      .orderBy('received_on')
      .orderBy('received_at')
      .limit(200)
      .execute()
  ).map(toRequest)

/** Accepted requests of people with an account who are not yet tied to the child they asked for. */
export const findUnlinked = async (trx: Trx): Promise<readonly OnlineRequest[]> =>
  (
    await trx
      .selectFrom('online_request')
      .select(COLUMNS)
      .where('state', '=', 'accepted')
      .where('account_id', 'is not', null)
      .where('linked_contact', 'is', null)
      .where('decided_by', 'is not', null)
      .where('asked_by', 'in', ASK_FOR_THEIR_OWN)
      .orderBy('received_on')
      .limit(200)
      .execute()
  ).map(toRequest)

/** One request; undefined when there is none this viewer may see. */
export async function findRequest(
  trx: Trx,
  id: string,
  options: { readonly forUpdate?: boolean } = {},
): Promise<OnlineRequest | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  let query = trx.selectFrom('online_request').select(COLUMNS).where('id', '=', id)
  if (options.forUpdate) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && toRequest(row)
}

/** Whose account a request was made with: the name in the request is only what was typed. No address is told. */
export interface AskerAccount {
  readonly name: string
  readonly isFamily: boolean
  /** Contact with this person, under any account or address of theirs, is barred. */
  readonly isBarred: boolean
  /** The people on the child's record with the very address the account signs in with. */
  readonly withTheirEmail: readonly string[]
}

/** Undefined when nobody signed in to ask, or the viewer does not reach the child. */
export async function findAskerAccount(trx: Trx, requestId: string): Promise<AskerAccount | undefined> {
  const { rows } = await sql<AskerAccount>`
    select name, is_family as "isFamily", is_barred as "isBarred", with_their_email as "withTheirEmail"
    from asker_account(${requestId}::uuid)`.execute(trx)
  return rows[0]
}

/** Those who may be tied to a child by asking: the others ask on behalf of a service. */
export const ASK_FOR_THEIR_OWN: readonly string[] = ['parent', 'young-person']

/** How many wait, and how many of them are past their six weeks: a line on the worklist. */
export async function countWaiting(
  trx: Trx,
  today: string,
): Promise<{ readonly waiting: number; readonly late: number }> {
  const row = await trx
    .selectFrom('online_request')
    .select(({ fn, eb }) => [
      fn.countAll<number>().as('waiting'),
      fn
        .sum<number>(eb.case().when('received_on', '<', sixWeeksBefore(today)).then(1).else(0).end())
        .as('late'),
    ])
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return { waiting: Number(row.waiting), late: Number(row.late ?? 0) }
}

const sixWeeksBefore = (today: string): string =>
  Temporal.PlainDate.from(today).subtract({ weeks: 6 }).toString()
