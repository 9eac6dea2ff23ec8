import { sql } from 'kysely'
import { loadHistory, standingFacts } from '../../../db/case-history/index.ts'
import { loadLawSettings } from '../../../db/law-settings/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { Fact, LawSettings } from '../../../law/index.ts'
import type { ProcessKind } from '../../../record/process-summary.ts'
import { loadReplyPromise } from '../promise-a-reply/index.ts'
import { findOffice, type Office } from './office.tsx'

export interface MyChild {
  readonly id: string
  readonly name: string
}

/** A young person who now decides for themself, told to a parent who no longer sees the record. */
export interface RightsNowTheirs {
  readonly called: string
  readonly since: string
}

export interface ProcessRow {
  readonly id: string
  readonly reference: string
  readonly kind: ProcessKind
  readonly state: string
  readonly opened_on: string
  readonly closed_on: string | null
}

/** Somebody who answers for the case. */
export interface Answers {
  readonly part: 'coordinator' | 'stand-in' | 'locality-head'
  readonly name: string
  readonly job_title: string
  /** A stand-in's last day is the one before. */
  readonly until_on: string | null
}

export interface AdviceAsked {
  readonly id: string
  readonly process_id: string
  readonly head: string
  readonly adviser: string
  readonly setting: string | null
  readonly asked_on: string
  readonly received_on: string | null
  readonly nothing_to_report: boolean
  readonly last_chased_on: string | null
}

/** A file or letter this person may open: the second wall has let it through. */
export interface Readable {
  readonly id: string
  readonly title: string
  readonly on: string
  readonly href: string
  readonly aboutId: string | null
}

/** A message of theirs that waits for our answer. */
export interface Waiting {
  readonly since: string
  readonly reply_by: string
}

/** Everything the page of one child is made of. */
export interface Tracked {
  readonly child: MyChild
  readonly isOwn: boolean
  readonly facts: readonly Fact[]
  readonly settings: LawSettings
  readonly processes: readonly (ProcessRow & { readonly answers: readonly Answers[] })[]
  readonly advice: readonly AdviceAsked[]
  readonly files: readonly Readable[]
  readonly waiting: readonly Waiting[]
  readonly names: ReadonlyMap<string, string>
  readonly promiseDays: number
  readonly office: Office
}

/** The children this person sees today, eldest first. */
export async function findMyChildren(trx: Trx): Promise<MyChild[]> {
  const children = await trx
    .selectFrom('child')
    .select(['id', 'given_name', 'family_name', 'known_as'])
    .orderBy('date_of_birth')
    .orderBy('id')
    .execute()
  return children.map(({ id, given_name, family_name, known_as }) => ({
    id,
    name: `${known_as ?? given_name} ${family_name}`,
  }))
}

/** A request this person sent online, whose case they do not see yet. */
export interface RequestSent {
  readonly reference: string
  readonly received_on: string
}

/** What they asked for that waits for the council: to open it, or to check who they are to the child. */
export const findRequestsSent = (trx: Trx): Promise<readonly RequestSent[]> =>
  trx
    .selectFrom('online_request')
    .select(['reference', 'received_on'])
    .where('account_id', '=', sql<string>`viewer_id()`)
    .where('state', 'in', ['waiting', 'accepted'])
    .where('linked_contact', 'is', null)
    // A child they see is told of by its own page.
    .where((where) =>
      where.or([
        where('child_id', 'is', null),
        where('child_id', 'not in', trx.selectFrom('child').select('child.id')),
      ]),
    )
    .orderBy('received_on')
    .execute()

export async function findRightsNowTheirs(trx: Trx): Promise<readonly RightsNowTheirs[]> {
  return (
    await sql<RightsNowTheirs>`select called, since::text as since from rights_now_theirs()`.execute(trx)
  ).rows
}

/** One child's page; undefined when this person does not see the child. */
export async function loadTracked(trx: Trx, childId: string, today: string): Promise<Tracked | undefined> {
  const child = (await findMyChildren(trx)).find((one) => one.id === childId)
  if (!child) return undefined
  const facts = standingFacts(await loadHistory(trx, childId), today)
  const processes = (await trx
    .selectFrom('process')
    .select(['id', 'reference', 'kind', 'state', 'opened_on', 'closed_on'])
    .where('child_id', '=', childId)
    .where('kind', 'in', ['assessment', 'plan'])
    .orderBy('opened_on', 'desc')
    .orderBy('id')
    .execute()) as unknown as ProcessRow[]
  const answers = new Map<string, readonly Answers[]>()
  for (const { id } of processes)
    answers.set(
      id,
      (
        await sql<Answers>`select part, name, job_title, until_on::text as until_on from who_answers(${id}) order by part, name`.execute(
          trx,
        )
      ).rows,
    )
  const advice = await trx
    .selectFrom('advice_request')
    .leftJoin('setting', 'setting.urn', 'advice_request.setting_urn')
    .select([
      'advice_request.id',
      'process_id',
      'head',
      'adviser',
      'setting.name as setting',
      'asked_on',
      'received_on',
      'nothing_to_report',
      'last_chased_on',
    ])
    .where('child_id', '=', childId)
    .where('withdrawn_on', 'is', null)
    .orderBy('asked_on')
    .orderBy('head')
    .orderBy('adviser')
    .execute()
  // Their own views, sent here or told to us: they have answered, whenever the office puts it down as advice.
  const views = await trx
    .selectFrom('family_view')
    .select(['process_id', 'sent_on', 'whose'])
    .where('child_id', '=', childId)
    .where('state', '=', 'sent')
    .orderBy('sent_on')
    .execute()
  const files = await trx
    .selectFrom('stored_file')
    .select(['id', 'name', 'released_on', 'about_id'])
    .where('child_id', '=', childId)
    .where('released_on', 'is not', null)
    .where('state', 'in', ['clean', 'not-scanned'])
    .orderBy('released_on', 'desc')
    .orderBy('id')
    .execute()
  // Advice as it was checked for the family: the newest version of each.
  const { rows: copies } = await sql<{ release_id: string; advice_request_id: string; released_on: string }>`
    select distinct on (advice_request_id) release_id, advice_request_id, released_on::text as released_on
    from advice_family_copy where child_id = ${childId} order by advice_request_id, number desc`.execute(trx)
  // Letters to the viewer themself: the record shows nobody another's.
  const letters = await trx
    .selectFrom('document')
    .select(['id', 'title', 'sent_on'])
    .where('child_id', '=', childId)
    .where('sent_on', 'is not', null)
    .where('sha256', 'is not', null)
    .orderBy('sent_on', 'desc')
    .orderBy('id')
    .execute()
  const waiting = await trx
    .selectFrom('family_thread')
    .select(['waiting_since as since', 'reply_by'])
    .where('child_id', '=', childId)
    .where('reply_by', 'is not', null)
    .orderBy('reply_by')
    .execute()
  const urns = [...new Set(facts.flatMap((fact) => fact.setting ?? []))]
  const named =
    urns.length === 0
      ? []
      : await trx.selectFrom('setting').select(['urn', 'name']).where('urn', 'in', urns).execute()
  const { rows: own } = await sql<{
    own: boolean
  }>`select ${childId} = any (viewer_own_record()) as own`.execute(trx)
  const isOwn = own[0]!.own
  const answeredOn = (one: { head: string; process_id: string; received_on: string | null }): string | null =>
    one.received_on ??
    (one.head === 'parent'
      ? (views.find((view) => view.process_id === one.process_id && (isOwn || view.whose === 'parent'))
          ?.sent_on ?? null)
      : null)
  return {
    child,
    isOwn,
    facts,
    settings: await loadLawSettings(trx, today),
    processes: processes.map((process) => ({ ...process, answers: answers.get(process.id)! })),
    advice: advice.map((one) => ({ ...one, received_on: answeredOn(one) })),
    waiting: waiting as Waiting[],
    files: [
      ...copies.map((copy) => ({
        id: copy.release_id,
        title: 'the advice',
        on: copy.released_on,
        href: `/family/advice/${copy.release_id}`,
        aboutId: copy.advice_request_id,
      })),
      ...files.map(({ id, name, released_on, about_id }) => ({
        id,
        title: name,
        on: released_on!,
        href: `/files/${id}`,
        aboutId: about_id,
      })),
      ...letters.map(({ id, title, sent_on }) => ({
        id,
        title: `Our letter: ${title}`,
        on: sent_on!,
        href: `/family/letters/${id}/letter.pdf`,
        aboutId: null,
      })),
    ],
    names: new Map(named.map((one) => [one.urn, one.name])),
    promiseDays: await loadReplyPromise(trx, today),
    office: await findOffice(trx, today),
  }
}
