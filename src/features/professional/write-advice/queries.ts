import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { AdviceHead } from '../../../law/index.ts'
import { HEADS } from '../../assessment/ask-for-advice/index.tsx'
import type { ContentOf, Part, PartKind, Section } from './contents.ts'

/** What was asked, of whom, and where its writing stands. */
export interface AskedAdvice {
  readonly id: string
  readonly head: AdviceHead
  readonly headTitle: string
  readonly headRef: string
  /** As it was asked: the name the facts carry. */
  readonly adviser: string
  readonly adviserAccount: string | null
  readonly adviserName: string | null
  readonly askedOn: string
  readonly receivedOn: string | null
  readonly processId: string
  readonly reference: string
  readonly child: {
    readonly id: string
    readonly name: string
    readonly bornOn: string
    readonly setting: string | null
  }
  readonly writing: {
    readonly state: 'writing' | 'with-supervisor' | 'released'
    readonly note: string | null
    readonly byOffice: boolean
  } | null
  readonly people: readonly Person[]
  readonly releases: readonly ReleaseHead[]
  /** May the viewer release it, by the rule the database keeps. */
  readonly mayRelease: boolean
}
interface Person {
  readonly accountId: string
  readonly name: string
  readonly part: 'writer' | 'supervisor'
}
interface ReleaseHead {
  readonly id: string
  readonly number: number
  readonly answer: string
  readonly releasedOn: string
  readonly why: string | null
}

/** Advice the viewer writes, supervises or answers for, or that the office types; undefined where there is none they may. */
export async function findAsked(
  trx: Trx,
  id: string,
  options: { readonly forUpdate?: boolean } = {},
): Promise<AskedAdvice | undefined> {
  // Two saves of one piece of advice wait for one another here.
  if (options.forUpdate)
    await trx
      .selectFrom('advice')
      .select('state')
      .where('advice_request_id', '=', id)
      .forNoKeyUpdate()
      .execute()
  const row = await trx
    .selectFrom('advice_request as ar')
    .innerJoin('process as p', 'p.id', 'ar.process_id')
    .innerJoin('child as c', 'c.id', 'ar.child_id')
    .leftJoin('setting as s', 's.urn', 'c.setting_urn')
    .leftJoin('account as a', 'a.id', 'ar.adviser_account')
    .leftJoin('advice as w', 'w.advice_request_id', 'ar.id')
    .select([
      'ar.id',
      'ar.head',
      'ar.adviser',
      'ar.adviser_account',
      'a.name as adviser_name',
      'ar.asked_on',
      'ar.received_on',
      'ar.process_id',
      'p.reference',
      'c.id as child_id',
      'c.given_name',
      'c.family_name',
      'c.date_of_birth',
      's.name as setting_name',
      'w.state',
      'w.note',
      'w.by_office',
      sql<boolean>`ar.id = any ((select viewer_releases_advice())::uuid[]) or viewer_door() = 'staff'`.as(
        'may_release',
      ),
    ])
    .where('ar.id', '=', id)
    .where('ar.withdrawn_on', 'is', null)
    // The office may type what came late on paper; an adviser's part ends with the case.
    .where(sql<boolean>`(p.closed_on is null or viewer_door() = 'staff')`)
    // Reaching the child is not enough: other advisers of the child reach it too.
    .where(sql<boolean>`(ar.id = any ((select viewer_writes_advice())::uuid[]) or viewer_door() = 'staff')`)
    .executeTakeFirst()
  if (!row) return undefined
  const people = await trx
    .selectFrom('advice_writer as w')
    .innerJoin('account as a', 'a.id', 'w.account_id')
    .select(['w.account_id', 'a.name', 'w.part'])
    .where('w.advice_request_id', '=', id)
    .where(sql<boolean>`w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today())`)
    .orderBy('w.part')
    .orderBy('a.name')
    .execute()
  const releases = await trx
    .selectFrom('advice_release')
    .select(['id', 'number', 'answer', 'released_on', 'why'])
    .where('advice_request_id', '=', id)
    .orderBy('number', 'desc')
    .execute()
  const head = row.head as AdviceHead
  return {
    id: row.id,
    head,
    headTitle: HEADS[head].title,
    headRef: HEADS[head].ref,
    adviser: row.adviser,
    adviserAccount: row.adviser_account,
    adviserName: row.adviser_name,
    askedOn: row.asked_on,
    receivedOn: row.received_on,
    processId: row.process_id,
    reference: row.reference,
    child: {
      id: row.child_id,
      name: `${row.given_name} ${row.family_name}`,
      bornOn: row.date_of_birth,
      setting: row.setting_name,
    },
    writing:
      row.state === null
        ? null
        : {
            state: row.state as 'writing' | 'with-supervisor' | 'released',
            note: row.note,
            byOffice: row.by_office === true,
          },
    people: people.map((one) => ({
      accountId: one.account_id,
      name: one.name,
      part: one.part as Person['part'],
    })),
    releases: releases.map((one) => ({
      id: one.id,
      number: one.number,
      answer: one.answer,
      releasedOn: one.released_on,
      why: one.why,
    })),
    mayRelease: row.may_release,
  }
}

interface PartRow {
  readonly part_id: string
  readonly version: number
  readonly kind: string
  readonly section: string | null
  readonly position: number
  readonly content: unknown
}
const asPart = (row: PartRow): Part =>
  ({
    partId: row.part_id,
    version: row.version,
    kind: row.kind as PartKind,
    section: row.section as Section | null,
    position: row.position,
    content: row.content as ContentOf[PartKind],
  }) as Part

/** The parts as they stand, in reading order. */
export async function loadParts(trx: Trx, adviceId: string): Promise<readonly Part[]> {
  const { rows } = await sql<PartRow>`
    select part_id, version, kind, section, position, content from (
      select distinct on (part_id) * from advice_part where advice_request_id = ${adviceId} order by part_id, version desc
    ) newest where not removed
    order by array_position(array['about', 'text', 'need', 'outcome', 'provision'], kind),
      array_position(array['views', 'strengths', 'found', 'other'], section), position, part_id`.execute(trx)
  return rows.map(asPart)
}

/** One version of a part: who saved it and when. */
export interface SavedVersion {
  readonly part: Part
  readonly savedBy: string
  readonly savedAt: string
  readonly removed: boolean
}

/** Every save of a part, newest first. The first, empty one of a new page is nobody's words and is left out. */
export async function loadVersions(
  trx: Trx,
  adviceId: string,
  partId: string,
): Promise<readonly SavedVersion[]> {
  const rows = await trx
    .selectFrom('advice_part as p')
    .leftJoin('account as a', 'a.id', 'p.saved_by')
    .select([
      'p.part_id',
      'p.version',
      'p.kind',
      'p.section',
      'p.position',
      'p.content',
      'p.removed',
      'p.saved_at',
      'a.name',
    ])
    .where('p.advice_request_id', '=', adviceId)
    .where('p.part_id', '=', partId)
    .orderBy('p.version', 'desc')
    .execute()
  return rows.map((row) => ({
    part: asPart(row),
    savedBy: row.name ?? 'Somebody who has left',
    savedAt: String(row.saved_at),
    removed: row.removed,
  }))
}
