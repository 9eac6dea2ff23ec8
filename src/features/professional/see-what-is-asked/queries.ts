import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { findViews, type View } from '../../family/give-views/index.ts'

/** One piece of advice that is waited for, of the viewer or of those who answer to them. */
export interface QueueRow {
  readonly id: string
  readonly child_id: string
  readonly child_name: string
  readonly date_of_birth: string
  readonly setting_name: string | null
  readonly head: string
  readonly adviser: string
  readonly adviser_account: string | null
  readonly adviser_name: string | null
  readonly shared_mailbox: boolean
  readonly team_name: string | null
  readonly asked_on: string
  readonly started_on: string | null
  readonly due_on: string | null
  readonly lifted: boolean
  readonly state: string | null
  readonly reference: string
  readonly received_on: string | null
}

const WAITED = sql`
  select ar.id, ar.child_id, c.given_name || ' ' || c.family_name as child_name, c.date_of_birth, s.name as setting_name,
    ar.head, ar.adviser, ar.adviser_account, a.name as adviser_name, coalesce(a.shared_mailbox, false) as shared_mailbox,
    t.name as team_name, ar.asked_on, d.started_on, d.due_on, coalesce(d.lifted, false) as lifted, w.state, p.reference, ar.received_on
  from advice_request ar join process p on p.id = ar.process_id join child c on c.id = ar.child_id
    left join setting s on s.urn = c.setting_urn left join account a on a.id = ar.adviser_account left join team t on t.id = a.team_id
    left join advice w on w.advice_request_id = ar.id
    -- The law's own date, from the cache the office reads too: nobody types one.
    left join lateral (
      select due_on, started_on, lifted from deadline where process_id = ar.process_id and rule = 'advice-response'
        and about in (ar.head || ': ' || ar.adviser, ar.adviser, ar.head) order by state = 'open' desc, due_on limit 1) d on true
  where ar.withdrawn_on is null and p.closed_on is null and ar.id = any ((select viewer_writes_advice())::uuid[])`

/** Advice asked of the viewer, or that they write with somebody: the earliest date first. */
export async function findQueue(trx: Trx): Promise<readonly QueueRow[]> {
  const { rows } = await sql<QueueRow>`
    select * from (${WAITED}) asked
    where received_on is null and (adviser_account = any ((select viewer_accounts())::uuid[]) or id in (
      select w.advice_request_id from advice_writer w where w.account_id = any ((select viewer_accounts())::uuid[])
        and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today())))
    order by due_on nulls last, asked_on, child_name`.execute(trx)
  return rows
}

/** Advice waited for of everybody who answers to the viewer: the earliest date first. */
export async function findServiceQueue(trx: Trx): Promise<readonly QueueRow[]> {
  const { rows } = await sql<QueueRow>`
    select * from (${WAITED}) asked where received_on is null and adviser_account = any ((select viewer_team_accounts())::uuid[])
    order by due_on nulls last, asked_on, child_name`.execute(trx)
  return rows
}

/** One of them by its id, come or not. */
export async function findOne(trx: Trx, id: string): Promise<QueueRow | undefined> {
  const { rows } = await sql<QueueRow>`select * from (${WAITED}) asked where id = ${id}`.execute(trx)
  return rows[0]
}

/** What is known already, as far as this adviser may read it. */
export interface KnownAlready {
  readonly request: {
    readonly openedOn: string
    readonly source: string | null
    readonly coordinator: string | null
  }
  readonly views: readonly View[]
  readonly files: readonly {
    readonly id: string
    readonly name: string
    readonly uploaded_on: string
    readonly about: string
  }[]
  readonly advice: readonly {
    readonly id: string
    readonly head: string
    readonly author_name: string
    readonly released_on: string
    readonly number: number
  }[]
  readonly others: readonly {
    readonly head: string
    readonly adviser: string
    readonly received_on: string | null
  }[]
}

export async function findKnown(trx: Trx, adviceId: string): Promise<KnownAlready> {
  const process = await trx
    .selectFrom('advice_request as ar')
    .innerJoin('process as p', 'p.id', 'ar.process_id')
    .leftJoin('account as a', 'a.id', 'p.assigned_to')
    .select(['p.id', 'p.child_id', 'p.opened_on', 'p.source', 'a.name as coordinator'])
    .where('ar.id', '=', adviceId)
    .executeTakeFirstOrThrow()
  const views = await findViews(trx, process.child_id)
  const files = await trx
    .selectFrom('stored_file')
    .select(['id', 'name', 'uploaded_on', 'about'])
    .where('child_id', '=', process.child_id)
    .where('state', 'in', ['clean', 'not-scanned'])
    .orderBy('uploaded_on', 'desc')
    .execute()
  // What the law gives them whole, and the checked copies the office shared.
  const { rows: advice } = await sql<KnownAlready['advice'][number]>`
    select distinct on (advice_request_id) id, head, author_name, released_on, number from (
      select r.advice_request_id, r.id, r.head, r.author_name, r.released_on, r.number from advice_release r
        where r.process_id = ${process.id} and r.id = any ((select viewer_given_releases())::uuid[])
      union all
      select k.advice_request_id, k.release_id, k.head, k.author_name, k.released_on, k.number from advice_family_copy k
        where k.process_id = ${process.id}) readable
    where advice_request_id <> ${adviceId} order by advice_request_id, number desc`.execute(trx)
  const others = await trx
    .selectFrom('advice_request')
    .select(['head', 'adviser', 'received_on'])
    .where('process_id', '=', process.id)
    .where('withdrawn_on', 'is', null)
    .where('id', '!=', adviceId)
    .orderBy('head')
    .execute()
  return {
    request: { openedOn: process.opened_on, source: process.source, coordinator: process.coordinator },
    views,
    files,
    advice,
    others,
  }
}

/** What the viewer, or who answers to them, has released: newest first, whether the case is open or not. */
export interface OwnRelease {
  readonly id: string
  readonly child_id: string
  readonly child_name: string
  readonly child_born_on: string
  readonly head: string
  readonly number: number
  readonly answer: string
  readonly author_name: string
  readonly qualification: string | null
  readonly released_on: string
  readonly why: string | null
  readonly by_office: boolean
  readonly advice_request_id: string
}
const OWN = [
  'id',
  'child_id',
  'child_name',
  'child_born_on',
  'head',
  'number',
  'answer',
  'author_name',
  'qualification',
  'released_on',
  'why',
  'by_office',
  'advice_request_id',
] as const

export const PAGE = 50
export const findReleased = (trx: Trx, page: number): Promise<readonly OwnRelease[]> =>
  trx
    .selectFrom('advice_release')
    .select(OWN)
    .where(sql<boolean>`id = any ((select viewer_own_releases())::uuid[])`)
    .orderBy('released_on', 'desc')
    .orderBy('child_name')
    .orderBy('number', 'desc')
    .limit(PAGE + 1)
    .offset((page - 1) * PAGE)
    .execute()

const COLUMNS = ['part_id', 'number', 'kind', 'section', 'content'] as const
const shown = (
  rows: readonly {
    part_id: string
    number: string
    kind: string
    section: string | null
    content: unknown
  }[],
) =>
  rows.map((one) => ({
    partId: one.part_id,
    number: one.number,
    kind: one.kind,
    section: one.section,
    content: one.content,
  }))

/** A release the viewer may read whole: their own service's, or what the law gives them. */
export async function findRelease(trx: Trx, id: string) {
  const release = await trx
    .selectFrom('advice_release')
    .select(OWN)
    .select(sql<boolean>`id = any ((select viewer_own_releases())::uuid[])`.as('own'))
    .where('id', '=', id)
    .executeTakeFirst()
  if (!release) return undefined
  const paragraphs = await trx
    .selectFrom('advice_paragraph')
    .select(COLUMNS)
    .where('release_id', '=', id)
    .orderBy('position')
    .execute()
  const withheld = await trx
    .selectFrom('advice_withheld as w')
    .innerJoin('advice_paragraph as p', 'p.id', 'w.paragraph_id')
    .innerJoin('advice_check as k', 'k.id', 'w.check_id')
    .select(['p.number', 'w.reason'])
    .where('p.release_id', '=', id)
    .where('k.taken_back_on', 'is', null)
    .execute()
  const { rows } = await sql<{ state: string; closed_on: string | null; final_on: string | null }>`
    select * from outcome_of_my_advice(${id})`.execute(trx)
  return { release, withheld, outcome: rows[0] ?? null, paragraphs: shown(paragraphs) }
}

/** Another adviser's advice in the checked copy the office shared; the names are as the copy has them. */
export async function findSharedCopy(trx: Trx, releaseId: string) {
  const copy = await trx
    .selectFrom('advice_family_copy as k')
    .innerJoin('child as c', 'c.id', 'k.child_id')
    .select(['k.check_id', 'k.child_id', 'k.head', 'k.answer', 'k.number', 'k.author_name', 'k.released_on'])
    .select(['c.given_name', 'c.family_name'])
    .where('k.release_id', '=', releaseId)
    .executeTakeFirst()
  if (!copy) return undefined
  const paragraphs = await trx
    .selectFrom('advice_family_paragraph')
    .select(COLUMNS)
    .where('check_id', '=', copy.check_id)
    .orderBy('position')
    .execute()
  return { copy, paragraphs: shown(paragraphs) }
}
