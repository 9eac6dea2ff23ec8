import { sql } from 'kysely'
import { loadHistory, standingFacts } from '../../../db/case-history/index.ts'
import { loadLawSettings } from '../../../db/law-settings/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { date, type FactKind, iso } from '../../../law/index.ts'
import {
  type Channel,
  type MessageToQueue,
  queueMessage,
  type Refusal,
  type TemplateKey,
} from '../../../platform/messages/index.ts'
import { deadlinesOfProcess } from '../../../record/process-summary.ts'

/** A fact just recorded, by its line in the history: told once, however often it is asked for. */
export interface ToldOf {
  readonly childId: string
  readonly processId: string
  readonly eventId: string
  readonly kind: FactKind
  readonly today: string
}

/** What a fact is told with. `due`: the rule whose last day fills the gap. */
type Telling =
  | { readonly template: 'decision-made'; readonly about: string }
  | { readonly template: 'request-received'; readonly gap: 'decideBy'; readonly due: string }
  | { readonly template: 'draft-sent'; readonly gap: 'replyBy'; readonly due: string }
  // A decision is told of even when the day that follows has gone: the sentence with the day is then left out.
  | {
      readonly template: 'will-assess' | 'will-make-a-plan'
      readonly gap: 'issueBy'
      readonly due: string
      readonly isToldLate: true
    }

/** The moments a family must be told of at once, beside the letter that the law asks for. Others stay on the page alone. */
const TELLINGS: Partial<Record<FactKind, Telling>> = {
  request_received: { template: 'request-received', gap: 'decideBy', due: 'decision-to-assess' },
  decided_to_assess: { template: 'will-assess', gap: 'issueBy', due: 'final-plan', isToldLate: true },
  refused_to_assess: { template: 'decision-made', about: 'whether to carry out an EHC needs assessment' },
  decided_to_issue: { template: 'will-make-a-plan', gap: 'issueBy', due: 'final-plan', isToldLate: true },
  decided_not_to_issue: { template: 'decision-made', about: 'whether to make an EHC plan' },
  draft_issued: { template: 'draft-sent', gap: 'replyBy', due: 'draft-plan-comment-period' },
  final_issued: { template: 'decision-made', about: 'what is in the final EHC plan' },
}

/**
 * Reasons for which nobody is told by message and nothing is wrong: the letter reaches those it must, and no others. A
 * coordinator with a child's own name is one: the message would seem to name the child.
 */
const NOT_TOLD: ReadonlySet<Refusal> = new Set([
  'restricted',
  'no-relationship',
  'no-address',
  'names-a-child',
])

/**
 * Puts a message in the outbox for each person of the family who may be told, in the transaction of the fact. Whom the
 * database refuses (barred, rights passed to the young person, no address) gets none. No message names a child.
 * @returns how many people will be told
 */
export async function tellTheFamily(trx: Trx, told: ToldOf): Promise<number> {
  const telling = TELLINGS[told.kind]
  if (!telling) return 0
  const values = await valuesOf(trx, told, telling)
  if (!values) return 0
  return tellEachOfTheFamily(trx, {
    ...told,
    template: telling.template,
    values,
    linkPath: `/family/children/${told.childId}`,
  })
}

/** A message for each person of a family who may be told. */
export type FamilyNotice = Omit<ToldOf, 'kind' | 'processId'> & {
  readonly processId: string | null
  readonly template: TemplateKey
  readonly values: Readonly<Record<string, string>>
  readonly linkPath: string
}

/**
 * The same message to each person of the family who may be told, by email or text.
 * @returns how many people will be told
 */
export async function tellEachOfTheFamily(trx: Trx, told: FamilyNotice): Promise<number> {
  const people = await trx
    .selectFrom('child_contact')
    .select('contact_id')
    .distinct()
    .where('child_id', '=', told.childId)
    .where('restricted', '=', false)
    .where('from_on', '<=', told.today)
    .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>', told.today)]))
    .where((where) =>
      where.or([
        where('parental_responsibility', '=', true),
        where('relationship', 'in', ['self', 'advocate']),
      ]),
    )
    .orderBy('contact_id')
    .execute()
  let count = 0
  for (const { contact_id } of people) {
    const channel = await channelOf(trx, told.childId, contact_id)
    if (!channel) continue
    const queued = await queueMessage(trx, {
      event: told.eventId,
      template: told.template,
      childId: told.childId,
      processId: told.processId ?? undefined,
      to: { contactId: contact_id },
      values: told.values,
      linkPath: told.linkPath,
      channel,
    } as MessageToQueue<TemplateKey>)
    if (queued.ok) count++
    else if (!NOT_TOLD.has(queued.reason))
      throw new Error(`${told.template} could not be told to the family: ${queued.reason}`)
  }
  return count
}

/**
 * Email or text. Whoever asked for post, or has no account and never chose, has the letter the law asks for, and a second
 * one would tell them nothing. Somebody who signs in came by their email or telephone, and is told there.
 */
async function channelOf(trx: Trx, childId: string, contactId: string): Promise<Channel | undefined> {
  const { rows } = await sql<Told>`
    select r.channels, r.prefers, r.refused, k.account_id is not null as "signsIn",
      exists (select from message_preference p where p.contact_id = k.id or p.account_id = k.account_id) as "hasChosen"
    from contact k, message_recipient(${childId}::uuid, k.id, null) r where k.id = ${contactId}`.execute(trx)
  const found = rows[0]
  if (!found || found.refused !== null) return undefined
  if (found.prefers === 'letter' && (found.hasChosen || !found.signsIn)) return undefined
  return [found.prefers, 'email' as const, 'text' as const].find(
    (channel) => channel !== 'letter' && found.channels.includes(channel),
  )
}

interface Told {
  readonly channels: readonly Channel[]
  readonly prefers: Channel
  readonly refused: string | null
  readonly signsIn: boolean
  readonly hasChosen: boolean
}

async function valuesOf(
  trx: Trx,
  told: ToldOf,
  telling: Telling,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (telling.template === 'decision-made') return { about: telling.about }
  const facts = standingFacts(await loadHistory(trx, told.childId), told.today)
  const settings = await loadLawSettings(trx, told.today)
  // The last of its kind: another draft begins another time to answer.
  const due = deadlinesOfProcess('assessment', told.processId, facts, date(told.today), settings).findLast(
    (deadline) => deadline.rule === telling.due && deadline.dueOn !== null,
  )?.dueOn
  // A date that has gone is no help: a request written down late is told of by its letter, which says so.
  if (due !== null && due !== undefined && iso(due) >= told.today) return { [telling.gap]: iso(due) }
  return 'isToldLate' in telling ? { [telling.gap]: '' } : undefined
}
