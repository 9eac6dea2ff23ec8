import { asRecordKeeper, type Trx } from '../../../db/viewer.ts'
import { computeDeadlines, date, iso } from '../../../law/index.ts'
import {
  type MessageToQueue,
  queueMessage,
  type Refusal,
  type TemplateKey,
} from '../../../platform/messages/index.ts'
import { type CaseFile, type StepFact, withFacts } from '../the-case/index.ts'

/** A notice without the person it goes to. */
export type Notice = Omit<MessageToQueue<TemplateKey>, 'to' | 'batchId'>

/**
 * Reasons for which somebody is not told and nothing is wrong: their page shows it all the same when they next sign in. A
 * coordinator or a school with a child's own name is one: the message would seem to name the child.
 */
const NOT_TOLD: ReadonlySet<Refusal> = new Set([
  'restricted',
  'no-relationship',
  'no-address',
  'names-a-child',
])

/**
 * One person with an account. Only staff write in the council's name, so what somebody at another door has set in motion is
 * told by the machine: `byMachine`.
 * @returns whether they will be told
 */
export async function tellAccount(
  trx: Trx,
  accountId: string,
  notice: Notice,
  options: { readonly byMachine?: boolean } = {},
): Promise<boolean> {
  const queue = () => queueMessage(trx, { ...notice, to: { accountId } } as MessageToQueue<TemplateKey>)
  const queued = options.byMachine ? await asRecordKeeper(trx, queue) : await queue()
  if (!queued.ok && !NOT_TOLD.has(queued.reason))
    throw new Error(`${notice.template} could not be told: ${queued.reason}`)
  return queued.ok
}

/** Those who speak for a setting today: the SENCO and the head. Others there see it among the tasks. */
export async function tellSetting(trx: Trx, urn: string, notice: Notice, today: string): Promise<number> {
  const people = await trx
    .selectFrom('account_setting as w')
    .innerJoin('account as a', 'a.id', 'w.account_id')
    .select('a.id')
    .distinct()
    .where('w.setting_urn', '=', urn)
    .where('w.from_on', '<=', today)
    .where((where) => where.or([where('w.to_on', 'is', null), where('w.to_on', '>', today)]))
    .where('a.door', '=', 'setting')
    .where('a.role', 'in', ['senco', 'setting-head'])
    .where('a.active_from', '<=', today)
    .where((where) => where.or([where('a.active_to', 'is', null), where('a.active_to', '>', today)]))
    .orderBy('a.id')
    .execute()
  let count = 0
  for (const { id } of people) if (await tellAccount(trx, id, notice)) count++
  return count
}

/**
 * Tells whoever was just asked for advice, or consulted, by when the law or the guidance wants their answer. What is written
 * down after that day is told of by its letter alone.
 * @param asked the facts just recorded, with the line of the history each has
 */
export async function tellWhatIsAsked(
  trx: Trx,
  file: CaseFile,
  asked: readonly {
    readonly fact: StepFact
    readonly eventId: string
    readonly account?: string | null
    readonly setting?: string | null
  }[],
  today: string,
): Promise<void> {
  const deadlines = computeDeadlines(
    withFacts(
      file,
      asked.map(({ fact }) => fact),
    ),
    { asAt: date(today), rules: new Set(['advice-response', 'setting-consultation-response']) },
  )
  for (const { fact, eventId, account, setting } of asked) {
    const { head, adviser, setting: urn } = (fact.payload ?? {}) as Record<string, string | undefined>
    const names = fact.kind === 'setting_consulted' ? [urn] : [`${head}: ${adviser}`, adviser, head]
    const rule = fact.kind === 'setting_consulted' ? 'setting-consultation-response' : 'advice-response'
    const due = deadlines.findLast(
      (one) => one.rule === rule && names.includes(one.about ?? undefined),
    )?.dueOn
    if (due === null || due === undefined || iso(due) < today) continue
    const about = { event: eventId, childId: file.child.id, processId: file.process.id }
    if (account)
      await tellAccount(trx, account, {
        ...about,
        template: 'advice-asked',
        values: { dueOn: iso(due) },
        linkPath: '/professional/advice',
      })
    if (setting)
      await tellSetting(
        trx,
        setting,
        {
          ...about,
          template: 'task-for-a-setting',
          values: {
            what:
              fact.kind === 'setting_consulted'
                ? 'an answer to a consultation about a place'
                : 'advice for an EHC needs assessment',
            dueOn: iso(due),
          },
          linkPath: '/setting',
        },
        today,
      )
  }
}
