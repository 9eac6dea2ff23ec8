import { sql } from 'kysely'
import type { Database } from '../../db/connection.ts'
import { asOwner, SYSTEM_ACCOUNT, type Trx } from '../../db/viewer.ts'
import type { Carrier, Outcome } from './carriers/carrier.ts'
import { LINK } from './compose.ts'
import { quietHoursFor, type RecipientFacts } from './queue-message.ts'
import { firstMoment } from './quiet-hours.ts'
import type { Channel } from './templates.ts'

export interface Delivery {
  readonly owner: Database
  readonly carriers: readonly Carrier[]
  /** The site's own address, "https://send.story.gov.uk", to which the links lead. */
  readonly siteUrl: string
  /** The authority's day, by which relationships hold. */
  readonly today: () => Promise<string>
  readonly now?: () => Temporal.Instant
  /** After this long a message still marked as being sent was left by a server that stopped. */
  readonly leaseMinutes?: number
  /** For tests that stop the world between sending and writing it down. */
  readonly afterSending?: (id: string) => Promise<void> | void
}

interface Claimed {
  readonly id: string
  readonly template: string
  readonly channel: Channel
  readonly about_child: string | null
  readonly recipient_contact: string | null
  readonly recipient_account: string | null
  readonly address: string
  readonly subject: string
  readonly body: string | null
  readonly urgent: boolean
  readonly attempts: number
}

/** Minutes until the next try, after the first, second and so on. After the last one it is given up. */
const WAITS = [1, 5, 15, 60, 240, 720, 1440] as const
export const MOST_ATTEMPTS = WAITS.length + 1
const LEASE_MINUTES = 5

const nowOf = (delivery: Delivery): Temporal.Instant => (delivery.now ?? Temporal.Now.instant)()

/** Runs as the system account: it may ask about every child, and its day is the authority's. */
async function asSystem<T>(delivery: Delivery, work: (trx: Trx) => Promise<T>): Promise<T> {
  const today = await delivery.today()
  return asOwner(delivery.owner, async (trx) => {
    await sql`select set_config('clearway.viewer', ${SYSTEM_ACCOUNT}, true), set_config('clearway.today', ${today}, true)`.execute(
      trx,
    )
    return work(trx)
  })
}

/**
 * Sends everything that may go now, one message at a time. Each is marked as being sent before it is, so that a crash in
 * between is seen afterwards; two servers never hold the same one.
 * @returns how many were tried
 */
export async function deliverDue(delivery: Delivery, signal?: AbortSignal): Promise<number> {
  await recoverLeftBehind(delivery)
  let tried = 0
  while (!signal?.aborted) {
    const claimed = await claimNext(delivery)
    if (!claimed) return tried
    tried++
    await deliverOne(delivery, claimed)
  }
  return tried
}

async function claimNext(delivery: Delivery): Promise<Claimed | undefined> {
  const now = nowOf(delivery).toString()
  const { rows } = await asOwner(delivery.owner, (trx) =>
    sql<Claimed>`
      update message set state = 'sending', held_for = null, sending_at = ${now}::timestamptz, attempts = attempts + 1
      where id = (
        select id from message
        where (state in ('queued', 'failed-retrying') or (state = 'held' and held_for in ('quiet-hours', 'recall')))
          and send_after <= ${now}::timestamptz
        order by urgent desc, send_after, id limit 1 for update skip locked)
      returning id, template, channel, about_child, recipient_contact, recipient_account, address, subject, body, urgent, attempts`.execute(
      trx,
    ),
  )
  return rows[0]
}

async function deliverOne(delivery: Delivery, claimed: Claimed): Promise<void> {
  const stopped = await mayNotGo(delivery, claimed)
  if (stopped) return
  const carrier = delivery.carriers.find(({ channels }) => channels.includes(claimed.channel))
  if (!carrier) {
    await mark(delivery, claimed, {
      state: 'held',
      held_for: 'check',
      problem: `nothing is set up to send by ${claimed.channel}`,
    })
    return
  }
  const outcome = await carrier
    .send({
      id: claimed.id,
      channel: claimed.channel,
      address: claimed.address,
      subject: claimed.subject,
      body: (claimed.body ?? '').replaceAll(LINK, `${delivery.siteUrl}/m/${claimed.id}`),
    })
    .catch(
      (error: unknown): Outcome => ({ is: 'unknown', why: error instanceof Error ? error.name : 'unknown' }),
    )
  await delivery.afterSending?.(claimed.id)
  await writeDown(delivery, claimed, carrier, outcome)
}

/** Asked again at the last moment: a bar on contact, an ended relationship, or the night may have come since it was queued. */
async function mayNotGo(delivery: Delivery, claimed: Claimed): Promise<boolean> {
  const now = nowOf(delivery)
  if (claimed.body === null) {
    await mark(delivery, claimed, { state: 'cancelled', problem: 'out of date before it could go' })
    return true
  }
  if (claimed.template === 'sign-in') return false
  const recipient = await asSystem(delivery, async (trx) => {
    const { rows } = await sql<RecipientFacts>`
      select * from message_recipient(${claimed.about_child}::uuid, ${claimed.recipient_contact}::uuid, ${claimed.recipient_account}::uuid)`.execute(
      trx,
    )
    return rows[0]
  })
  if (!recipient || recipient.refused) {
    await mark(delivery, claimed, {
      state: 'cancelled',
      problem: `not sent: ${recipient?.refused ?? 'no-relationship'}`,
    })
    return true
  }
  const first = firstMoment(now, quietHoursFor(recipient, claimed.channel))
  if (Temporal.Instant.compare(first, now) <= 0) return false
  await mark(delivery, claimed, { state: 'held', held_for: 'quiet-hours', sendAfter: first, isTry: false })
  return true
}

function writeDown(delivery: Delivery, claimed: Claimed, carrier: Carrier, outcome: Outcome): Promise<void> {
  switch (outcome.is) {
    case 'sent':
      return mark(delivery, claimed, { state: 'sent', carrier: carrier.name, reference: outcome.reference })
    case 'refused':
      return mark(delivery, claimed, { state: 'bounced', carrier: carrier.name, problem: outcome.why })
    case 'later':
      return retry(delivery, claimed, outcome.why)
    case 'unknown':
      // The same email again has the same Message-ID; a second text or letter would simply be a second one.
      return claimed.channel === 'email'
        ? retry(delivery, claimed, outcome.why)
        : mark(delivery, claimed, {
            state: 'held',
            held_for: 'check',
            carrier: carrier.name,
            problem: outcome.why,
          })
  }
}

function retry(delivery: Delivery, claimed: Claimed, why: string): Promise<void> {
  const wait =
    claimed.template === 'sign-in' ? Math.min(claimed.attempts, 5) / 4 : WAITS[claimed.attempts - 1]
  if (wait === undefined)
    return mark(delivery, claimed, {
      state: 'bounced',
      problem: `given up after ${claimed.attempts} tries: ${why}`,
    })
  return mark(delivery, claimed, {
    state: 'failed-retrying',
    problem: why,
    sendAfter: nowOf(delivery).add({ seconds: wait * 60 }),
  })
}

interface Mark {
  readonly state: 'sent' | 'bounced' | 'failed-retrying' | 'held' | 'cancelled'
  readonly held_for?: 'quiet-hours' | 'check'
  readonly problem?: string
  readonly carrier?: string
  readonly reference?: string
  readonly sendAfter?: Temporal.Instant
  /** Put back before anything was tried. */
  readonly isTry?: boolean
}

/** Writes down how a try ended, if this try is still the one under way. The words of a sign-in message end with it. */
async function mark(delivery: Delivery, claimed: Pick<Claimed, 'id' | 'attempts'>, to: Mark): Promise<void> {
  const now = nowOf(delivery).toString()
  const isOver = to.state === 'bounced' || to.state === 'cancelled'
  await asOwner(delivery.owner, (trx) =>
    sql`
      update message set state = ${to.state}, held_for = ${to.held_for ?? null}, problem = ${to.problem ?? null},
        carrier = coalesce(${to.carrier ?? null}, carrier), carrier_reference = coalesce(${to.reference ?? null}, carrier_reference),
        send_after = coalesce(${to.sendAfter?.toString() ?? null}::timestamptz, send_after),
        sent_at = case when ${to.state} = 'sent' then ${now}::timestamptz else sent_at end,
        ended_at = case when ${isOver} then ${now}::timestamptz else ended_at end,
        attempts = attempts - ${to.isTry === false ? 1 : 0},
        subject = case when template = 'sign-in' and ${isOver || to.state === 'sent'} then '' else subject end,
        body = case when template = 'sign-in' and ${isOver || to.state === 'sent'} then null else body end
      where id = ${claimed.id} and state in ('sending', 'read') and attempts = ${claimed.attempts}
        and (state = 'sending' or ${to.state} <> 'sent')`.execute(trx),
  )
}

/**
 * What a server left marked as being sent when it stopped: it may have gone or not. A carrier that keeps our reference is
 * asked. An email is sent again under the same Message-ID. A text or a letter waits for a person: never silently twice.
 */
export async function recoverLeftBehind(delivery: Delivery): Promise<void> {
  const before = nowOf(delivery).subtract({ minutes: delivery.leaseMinutes ?? LEASE_MINUTES })
  const { rows } = await asOwner(delivery.owner, (trx) =>
    sql<Pick<Claimed, 'id' | 'channel' | 'attempts' | 'template'>>`
      select id, channel, attempts, template from message where state = 'sending' and sending_at < ${before.toString()}::timestamptz`.execute(
      trx,
    ),
  )
  for (const left of rows) {
    const carrier = delivery.carriers.find(({ channels }) => channels.includes(left.channel))
    const reference = await carrier?.find?.(left.id, left.channel).catch(() => undefined)
    if (carrier && reference) await mark(delivery, left, { state: 'sent', carrier: carrier.name, reference })
    else if (left.channel === 'email')
      await mark(delivery, left, {
        state: 'failed-retrying',
        problem: 'the server stopped while sending: tried again as the same email',
        sendAfter: nowOf(delivery),
      })
    else
      await mark(delivery, left, {
        state: 'held',
        held_for: 'check',
        problem: 'the server stopped while sending: it may have gone',
      })
  }
}

/** Asks the carrier how far what it took has got. Mail servers do not say, so an email by SMTP stays sent. */
export async function askAfterSent(delivery: Delivery): Promise<number> {
  const carrier = delivery.carriers.find(({ fateOf }) => fateOf !== undefined)
  if (!carrier?.fateOf) return 0
  const since = nowOf(delivery).subtract({ hours: 24 * 10 })
  const { rows } = await asOwner(delivery.owner, (trx) =>
    sql<{ id: string; carrier_reference: string; attempts: number }>`
      select id, carrier_reference, attempts from message
      where state in ('sent', 'read') and delivered_at is null and ended_at is null and carrier = ${carrier.name}
        and carrier_reference is not null and sent_at > ${since.toString()}::timestamptz
      order by random() limit 100`.execute(trx),
  )
  for (const sent of rows) {
    const fate = await carrier.fateOf(sent.carrier_reference)
    if (fate === 'under-way') continue
    const now = nowOf(delivery).toString()
    await asOwner(delivery.owner, (trx) =>
      fate === 'delivered'
        ? sql`update message set state = case state when 'sent' then 'delivered' else state end, delivered_at = ${now}::timestamptz where id = ${sent.id} and state in ('sent', 'read')`.execute(
            trx,
          )
        : sql`update message set state = case when ${fate === 'failed-try-again'} and body is not null and attempts < ${MOST_ATTEMPTS} then 'failed-retrying' else 'bounced' end,
            problem = ${fate === 'failed-try-again' ? 'the network gave up for now' : 'it cannot be delivered to this address'},
            carrier_reference = null, send_after = ${nowOf(delivery).add({ minutes: 60 }).toString()}::timestamptz, ended_at = ${now}::timestamptz
            where id = ${sent.id} and state = 'sent'`.execute(trx),
    )
  }
  return rows.length
}

/** Erases the words of sign-in messages that are out of date, sent or not. */
export async function eraseOutOfDate(
  owner: Database,
  now: Temporal.Instant = Temporal.Now.instant(),
): Promise<void> {
  await asOwner(owner, (trx) =>
    sql`update message set body = null, subject = '',
        state = case when state in ('queued', 'held', 'failed-retrying') then 'cancelled' else state end,
        held_for = case when state in ('queued', 'held', 'failed-retrying') then null else held_for end,
        ended_at = coalesce(ended_at, ${now.toString()}::timestamptz)
      where template = 'sign-in' and body is not null and erase_after <= ${now.toString()}::timestamptz`.execute(
      trx,
    ),
  )
}

/** Sends until stopped, looking again a second after it last found nothing. */
export function keepDelivering(
  delivery: Delivery & { readonly onProblem: (text: string) => void; readonly everyMs?: number },
): {
  stop(): Promise<void>
} {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const again = (): void => {
    if (stopping.signal.aborted) return
    timer = setTimeout(() => {
      running = turn()
    }, delivery.everyMs ?? 1_000)
    timer.unref()
  }
  const turn = async (): Promise<void> => {
    try {
      await deliverDue(delivery, stopping.signal)
    } catch (error) {
      delivery.onProblem(
        `Sending messages failed and will be tried again: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
    again()
  }
  again()
  return {
    stop: async () => {
      stopping.abort()
      clearTimeout(timer)
      await running
      for (const carrier of delivery.carriers) carrier.close()
    },
  }
}
