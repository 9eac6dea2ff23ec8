import { sql } from 'kysely'
import type { Database } from '../../db/connection.ts'
import { asOwner, SYSTEM_ACCOUNT, type Trx } from '../../db/viewer.ts'
import { addDays, date, iso, shortDate } from '../../law/index.ts'
import { type MessageToQueue, queueMessage } from '../messages/index.ts'
import type { JobKind } from './run-job.ts'

/** Said this many days before. */
export const DAYS_BEFORE = 5
/** A date missed longer ago than this was there before the council sent such messages, and is told by a person. */
const MISSED_WITHIN_DAYS = 7

/** What the council owes a family, as it is said when it did not: "We had until 4 May to …". */
const OWED: Readonly<Record<string, string>> = {
  'decision-to-assess': 'to tell you whether we will carry out an assessment',
  'decision-not-to-issue': 'to tell you if we would not make a plan',
  'final-plan': 'to send you the final plan',
  'review-decision': 'to tell you what we decided after the review',
  'review-amendment-notice': 'to send you the changes we propose to the plan',
  'amendment-final-plan': 'to send you the changed plan',
}
/** What a coordinator has to do. */
const TO_DO: Readonly<Record<string, string>> = {
  'decision-to-assess': 'a decision whether to assess',
  'decision-not-to-issue': 'a decision whether to make a plan',
  'final-plan': 'a final plan',
  'review-decision': 'a decision after a review',
  'amendment-final-plan': 'a changed final plan',
}
/** Where the next move is the family's. */
const ASKED_OF_FAMILY: Readonly<Record<string, string>> = {
  'draft-plan-comment-period': 'your answer to the draft plan',
  'amendment-comment-period': 'your answer to the changes we propose',
}

interface Due {
  readonly process_id: string
  readonly child_id: string
  readonly rule: string
  readonly occurrence: number
  readonly due_on: string
  readonly assigned_to: string | null
}

/** As the system account, on the authority's day. */
async function asSystem<T>(owner: Database, today: string, work: (trx: Trx) => Promise<T>): Promise<T> {
  return asOwner(owner, async (trx) => {
    await sql`select set_config('clearway.viewer', ${SYSTEM_ACCOUNT}, true), set_config('clearway.today', ${today}, true)`.execute(
      trx,
    )
    return work(trx)
  })
}

const dueBetween = (trx: Trx, rules: readonly string[], from: string, to: string): Promise<{ rows: Due[] }> =>
  sql<Due>`select d.process_id, d.child_id, d.rule, d.occurrence, d.due_on, p.assigned_to
    from deadline d join process p on p.id = d.process_id
    where d.state = 'open' and not d.lifted and p.closed_on is null and d.rule = any (${rules})
      and d.due_on between ${from}::date and ${to}::date
    order by d.due_on, d.process_id, d.rule, d.occurrence`.execute(trx)

/** Everybody the family's messages go to. Who may not be told is left out by the guard, not here. */
async function familyOf(trx: Trx, childId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    select distinct contact_id from child_contact
    where child_id = ${childId} and from_on <= viewer_today() and (to_on is null or to_on > viewer_today())`.execute(
    trx,
  )
  return rows.map((row) => row.contact_id)
}

/** The day's messages, each named after the date it tells of, so that it goes once however often the day is looked at. */
export async function messagesOfTheDay(trx: Trx, today: string): Promise<readonly MessageToQueue[]> {
  const day = date(today)
  const soon = iso(addDays(day, DAYS_BEFORE))
  const messages: MessageToQueue[] = []
  const nameOf = (what: string, due: Due): string =>
    `${what}:${due.process_id}:${due.rule}:${due.occurrence}:${due.due_on}`
  // Up to the day itself, so that a day on which the server was off loses nobody their reminder.
  const next = await dueBetween(trx, [...Object.keys(TO_DO), ...Object.keys(ASKED_OF_FAMILY)], today, soon)
  for (const due of next.rows) {
    const about = {
      childId: due.child_id,
      processId: due.process_id,
      event: nameOf('due-soon', due),
      template: 'due-soon',
    } as const
    if (TO_DO[due.rule] && due.assigned_to)
      messages.push({
        ...about,
        to: { accountId: due.assigned_to },
        values: { what: TO_DO[due.rule]!, dueOn: due.due_on },
        linkPath: `/staff/cases/${due.process_id}`,
      })
    if (ASKED_OF_FAMILY[due.rule])
      for (const contactId of await familyOf(trx, due.child_id))
        messages.push({
          ...about,
          to: { contactId },
          values: { what: ASKED_OF_FAMILY[due.rule]!, dueOn: due.due_on },
          linkPath: '/family',
        })
  }
  const { rows: asked } = await sql<{
    id: string
    process_id: string
    child_id: string
    adviser_account: string
    due_on: string
  }>`
    select distinct on (a.id) a.id, a.process_id, a.child_id, a.adviser_account, d.due_on
    from advice_request a join process p on p.id = a.process_id
      -- The law's own date for this adviser, as their page shows it: not the day they were asked and six weeks.
      join deadline d on d.process_id = a.process_id and d.rule = 'advice-response'
        and d.about in (a.head || ': ' || a.adviser, a.adviser, a.head)
    where a.received_on is null and a.withdrawn_on is null and a.adviser_account is not null and p.closed_on is null
      and d.state = 'open' and not d.lifted and d.due_on between ${today}::date and ${soon}::date order by a.id, d.due_on`.execute(
    trx,
  )
  for (const one of asked)
    messages.push({
      event: `due-soon:advice:${one.id}:${one.due_on}`,
      template: 'due-soon',
      childId: one.child_id,
      processId: one.process_id,
      to: { accountId: one.adviser_account },
      values: { what: 'the advice you were asked for', dueOn: one.due_on },
      linkPath: '/professional',
    })
  const missed = await dueBetween(
    trx,
    Object.keys(OWED),
    iso(addDays(day, -MISSED_WITHIN_DAYS)),
    iso(addDays(day, -1)),
  )
  for (const due of missed.rows)
    for (const contactId of await familyOf(trx, due.child_id))
      messages.push({
        event: nameOf('date-missed', due),
        template: 'date-missed',
        childId: due.child_id,
        processId: due.process_id,
        to: { contactId },
        values: { what: OWED[due.rule]!, wasDue: due.due_on },
        linkPath: '/family',
      })
  return messages
}

/** Once a day: what is due in five days, and what the council missed, said plainly to the people it was owed to. */
export const remindersJob = (owner: Database): JobKind => ({
  kind: 'reminders',
  run: async (job) => {
    const today = String(job.data['day'])
    const messages = await asSystem(owner, today, (trx) => messagesOfTheDay(trx, today))
    let queued = 0
    let refused = 0
    for (const [at, message] of messages.entries()) {
      if (job.signal.aborted) return undefined
      const answer = await asSystem(owner, today, (trx) => queueMessage(trx, message))
      if (!answer.ok) refused++
      else if (!answer.again) queued++
      await job.progress({ total: messages.length, done: at + 1 })
    }
    return `${queued} queued, ${messages.length - queued - refused} told before, ${refused} not to be written to`
  },
})

/** Asks for the day's reminders; asked again on the same day it changes nothing. */
export async function askForReminders(owner: Database, today: string): Promise<void> {
  await asOwner(owner, (trx) =>
    sql`insert into job_progress (kind, key, about, data, started_by)
      select 'reminders', ${`reminders:${today}`}, ${`Reminders of ${shortDate(date(today))}`}, ${JSON.stringify({ day: today })}::jsonb, id from account where id = ${SYSTEM_ACCOUNT}
      on conflict (key) do nothing`.execute(trx),
  )
}
