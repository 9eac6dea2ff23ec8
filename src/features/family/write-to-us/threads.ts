import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { addDays, date, iso } from '../../../law/index.ts'
import { queueMessage } from '../../../platform/messages/index.ts'
import type { ToldHow } from '../give-views/index.ts'
import { loadReplyPromise, replyBy } from '../promise-a-reply/index.ts'

export interface Thread {
  readonly id: string
  readonly childId: string
  readonly childName: string
  readonly processId: string | null
  readonly subject: string
  readonly openedOn: string
  /** Waits for the council since this day, and is promised by that one; both null when nothing waits. */
  readonly waitingSince: string | null
  readonly replyBy: string | null
  readonly promisedFirst: string | null
  readonly coordinatorId: string | null
  readonly coordinator: string | null
}

export interface Message {
  readonly id: string
  readonly side: 'family' | 'council'
  readonly kind: 'said' | 'answer' | 'longer'
  readonly from: string
  readonly fromAccount: string
  readonly words: string
  readonly sentOn: string
  readonly promisedOn: string | null
  readonly onBehalfOf: string | null
  readonly toldHow: ToldHow | null
}

const threadRows = (trx: Trx) =>
  trx
    .selectFrom('family_thread')
    .innerJoin('child', 'child.id', 'family_thread.child_id')
    .leftJoin('process', 'process.id', 'family_thread.process_id')
    .leftJoin('account', 'account.id', 'process.assigned_to')
    .select([
      'family_thread.id',
      'family_thread.child_id',
      'family_thread.process_id',
      'subject',
      'family_thread.opened_on',
      'waiting_since',
      'reply_by',
      'promised_first',
      'child.given_name',
      'child.family_name',
      'child.known_as',
      'process.assigned_to',
      'account.name as coordinator',
    ])

const toThread = (row: Awaited<ReturnType<ReturnType<typeof threadRows>['execute']>>[number]): Thread => ({
  id: row.id,
  childId: row.child_id,
  childName: `${row.known_as ?? row.given_name} ${row.family_name}`,
  processId: row.process_id,
  subject: row.subject,
  openedOn: row.opened_on,
  waitingSince: row.waiting_since,
  replyBy: row.reply_by,
  promisedFirst: row.promised_first,
  coordinatorId: row.assigned_to,
  coordinator: row.coordinator,
})

/** Conversations about a child that the viewer is in, or keeps: those that wait first, then the newest. */
export const findThreads = async (trx: Trx, childId: string): Promise<readonly Thread[]> =>
  (
    await threadRows(trx)
      .where('family_thread.child_id', '=', childId)
      .orderBy(sql`reply_by nulls last`)
      .orderBy('family_thread.opened_on', 'desc')
      .execute()
  ).map(toThread)

/** Conversations that wait for an answer, the one promised soonest first. */
export async function findWaitingThreads(trx: Trx, whose: 'mine' | 'everyone'): Promise<readonly Thread[]> {
  let query = threadRows(trx).where('reply_by', 'is not', null).orderBy('reply_by').limit(200)
  // Somebody away: whoever stands in for them has their messages too.
  if (whose === 'mine')
    query = query.where(sql<boolean>`process.assigned_to = any((select viewer_accounts())::uuid[])`)
  return (await query.execute()).map(toThread)
}

export interface Waiting {
  readonly waiting: number
  readonly late: number
}

/** How many messages wait for the viewer, and how many are past the day promised: a line on the worklist. */
export async function countWaitingMessages(trx: Trx, today: string): Promise<Waiting> {
  const { rows } = await sql<{ waiting: number; late: number }>`
    select count(*)::int as waiting, count(*) filter (where reply_by < ${today}::date)::int as late
    from family_thread left join process on process.id = family_thread.process_id
    where reply_by is not null
      and (process.assigned_to is null or process.assigned_to = any((select viewer_accounts())::uuid[]))`.execute(
    trx,
  )
  return rows[0]!
}

export async function findThread(trx: Trx, id: string): Promise<Thread | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined
  const row = await threadRows(trx).where('family_thread.id', '=', id).executeTakeFirst()
  return row && toThread(row)
}

/** A conversation from its beginning. Who writes for the council is named; a family reads its own as "You" on the page. */
export async function findMessages(trx: Trx, threadId: string): Promise<readonly Message[]> {
  const rows = await trx
    .selectFrom('family_message')
    .leftJoin('account', 'account.id', 'family_message.from_account')
    .select([
      'family_message.id',
      'side',
      'kind',
      'from_account',
      'words',
      'sent_on',
      'promised_on',
      'on_behalf_of',
      'told_how',
      'account.name as from_name',
    ])
    .where('thread_id', '=', threadId)
    .orderBy('sent_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    side: row.side as Message['side'],
    kind: row.kind as Message['kind'],
    from: row.from_name ?? (row.side === 'council' ? 'The council' : 'Somebody in the family'),
    fromAccount: row.from_account,
    words: row.words,
    sentOn: row.sent_on,
    promisedOn: row.promised_on,
    onBehalfOf: row.on_behalf_of,
    toldHow: row.told_how as ToldHow | null,
  }))
}

/** The day by which the council promises to answer something sent today: its own dated setting, in working days. */
export async function promiseFor(trx: Trx, today: string): Promise<string> {
  const days = await loadReplyPromise(trx, today)
  // Beyond the bank holidays known, every day is counted twice over: a promise that can be kept.
  return replyBy(today, days) ?? iso(addDays(date(today), days * 2))
}

export interface MessageToSend {
  readonly threadId: string
  readonly childId: string
  readonly processId: string | null
  readonly accountId: string
  readonly contactId: string
  readonly words: string
  readonly today: string
  readonly behalf?: { readonly name: string; readonly how: ToldHow }
}

/** Opens a conversation with the person in it who writes, or whom it is written down for. */
export async function openThread(trx: Trx, message: MessageToSend, subject: string): Promise<void> {
  await trx
    .insertInto('family_thread')
    .values({
      id: message.threadId,
      child_id: message.childId,
      process_id: message.processId,
      subject,
      opened_by: message.accountId,
      opened_on: message.today,
    })
    .execute()
  await trx
    .insertInto('family_thread_person')
    .values({
      thread_id: message.threadId,
      child_id: message.childId,
      contact_id: message.contactId,
      added_by: message.accountId,
      added_on: message.today,
    })
    .execute()
}

/** Says something to the council. The promise is written with it, and whoever must keep it is told. */
export async function sayToCouncil(trx: Trx, message: MessageToSend): Promise<string> {
  const promised = await promiseFor(trx, message.today)
  const id = crypto.randomUUID()
  await trx
    .insertInto('family_message')
    .values({
      id,
      thread_id: message.threadId,
      child_id: message.childId,
      side: 'family',
      kind: 'said',
      from_account: message.accountId,
      words: message.words,
      sent_on: message.today,
      promised_on: promised,
      on_behalf_of: message.behalf?.name ?? null,
      told_how: message.behalf?.how ?? null,
    })
    .execute()
  const thread = await findThread(trx, message.threadId)
  if (thread?.coordinatorId && thread.coordinatorId !== message.accountId)
    await queueMessage(trx, {
      event: `family-message:${id}`,
      template: 'message-received',
      childId: message.childId,
      to: { accountId: thread.coordinatorId },
      values: { replyBy: thread.replyBy ?? promised },
      linkPath: `/staff/messages/${message.threadId}`,
    })
  return thread?.replyBy ?? promised
}
