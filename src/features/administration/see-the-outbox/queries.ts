import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { Channel } from '../../../platform/messages/index.ts'

/** One message in the outbox, with as much as its reader may see. */
export interface OutboxRow {
  readonly id: string
  readonly queued_at: string
  readonly template: string
  readonly channel: Channel
  readonly state: string
  readonly held_for: string | null
  readonly send_after: string
  readonly attempts: number
  readonly problem: string | null
  readonly sent_at: string | null
  readonly delivered_at: string | null
  readonly read_at: string | null
  readonly address: string | null
  readonly subject: string | null
  readonly body: string | null
  readonly recipient_name: string | null
  readonly about_child: string | null
  readonly child: string | null
  readonly process_id: string | null
  readonly batch_id: string | null
}

export const PAGE_SIZE = 50

/** The messages about the children this person reaches, newest first. */
export async function findOutbox(
  trx: Trx,
  filter: { readonly state: string | undefined; readonly batch: string | undefined; readonly page: number },
): Promise<readonly OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    select m.id, m.queued_at, m.template, m.channel, m.state, m.held_for, m.send_after, m.attempts, m.problem, m.sent_at,
      m.delivered_at, m.read_at, m.address, m.subject, m.body, m.recipient_name, m.about_child, m.process_id, m.batch_id,
      coalesce(c.known_as, c.given_name) || ' ' || c.family_name as child
    from message m join child c on c.id = m.about_child
    where (${filter.state ?? null}::text is null or m.state = ${filter.state ?? null})
      and (${filter.batch ?? null}::uuid is null or m.batch_id = ${filter.batch ?? null}::uuid)
    order by m.queued_at desc, m.id limit ${PAGE_SIZE + 1} offset ${(filter.page - 1) * PAGE_SIZE}`.execute(
    trx,
  )
  return rows
}

/** How far each message of the authority got, for whoever keeps the service running: words and addresses only in training. */
export async function findStates(trx: Trx): Promise<readonly OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    select *, null::text as recipient_name, null::uuid as about_child, null::text as child, null::uuid as process_id, null::uuid as batch_id
    from outbox_states(200)`.execute(trx)
  return rows
}

export async function findMessage(trx: Trx, id: string): Promise<OutboxRow | undefined> {
  const { rows } = await sql<OutboxRow>`
    select m.id, m.queued_at, m.template, m.channel, m.state, m.held_for, m.send_after, m.attempts, m.problem, m.sent_at,
      m.delivered_at, m.read_at, m.address, m.subject, m.body, m.recipient_name, m.about_child, m.process_id, m.batch_id,
      coalesce(c.known_as, c.given_name) || ' ' || c.family_name as child
    from message m join child c on c.id = m.about_child where m.id = ${id}::uuid`.execute(trx)
  return rows[0]
}

export interface BatchRow {
  readonly id: string
  readonly what: string
  readonly made_by: string
  readonly maker: string | null
  readonly recipients: number
  readonly waits_for: 'approval' | 'recall'
  readonly goes_at: string
}

/** Sendings to many that have not all gone: waiting for a second person, or in the minutes in which they can be called back. */
export async function findBatches(trx: Trx): Promise<readonly BatchRow[]> {
  const { rows } = await sql<BatchRow>`
    select b.id, b.what, b.made_by, a.name as maker, b.recipients, min(m.held_for) as waits_for, min(m.send_after) as goes_at
    from message_batch b join message m on m.batch_id = b.id and m.state = 'held' and m.held_for in ('approval', 'recall')
      left join account a on a.id = b.made_by
    where b.recalled_at is null group by b.id, a.name order by b.made_at desc limit 20`.execute(trx)
  return rows
}

export interface JobRow {
  readonly id: string
  readonly about: string
  readonly asked_at: string
  readonly state: string
  readonly total: number | null
  readonly done: number
  readonly failed: number
  readonly problem: string | null
  readonly result: string | null
}

/** The work in the background this person started, or, for those who answer for the service, all of it. */
export const findJobs = (trx: Trx, most = 10): Promise<JobRow[]> =>
  trx
    .selectFrom('job_progress')
    .select(['id', 'about', 'asked_at', 'state', 'total', 'done', 'failed', 'problem', 'result'])
    .orderBy('asked_at', 'desc')
    .limit(most)
    .execute()
