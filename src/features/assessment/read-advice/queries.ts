import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { AdviceHead } from '../../../law/index.ts'
import type { ShownParagraph } from '../../professional/write-advice/index.ts'
import { HEADS } from '../ask-for-advice/index.tsx'

export const headTitle = (head: string): string =>
  Object.hasOwn(HEADS, head) ? HEADS[head as AdviceHead].title : head

/** A released paragraph with the id by which it is kept from the family. */
export interface ReleasedParagraph extends ShownParagraph {
  readonly id: string
}
export interface Check {
  readonly id: string
  readonly checkedOn: string
  readonly checkedBy: string | null
  readonly shared: boolean
  readonly note: string | null
  readonly withheld: ReadonlyMap<string, string>
}
export interface Release {
  readonly id: string
  readonly number: number
  readonly answer: string
  readonly authorName: string
  readonly qualification: string | null
  readonly releasedOn: string
  readonly byOffice: boolean
  readonly why: string | null
  readonly releasedBy: string | null
  readonly paragraphs: readonly ReleasedParagraph[]
  readonly check: Check | null
}
export interface AdviceFile {
  readonly id: string
  readonly head: string
  readonly adviser: string
  readonly adviserAccount: string | null
  readonly adviserName: string | null
  readonly askedOn: string
  readonly receivedOn: string | null
  readonly nothingToReport: boolean
  readonly processId: string
  readonly reference: string
  readonly childId: string
  readonly childName: string
  readonly hasOfficeDraft: boolean
  readonly releases: readonly Release[]
}

/** Everything the office may read of one adviser's answer: every release, newest first, with its check. */
export async function findAdviceFile(trx: Trx, adviceId: string): Promise<AdviceFile | undefined> {
  const row = await trx
    .selectFrom('advice_request as ar')
    .innerJoin('process as p', 'p.id', 'ar.process_id')
    .innerJoin('child as c', 'c.id', 'ar.child_id')
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
      'ar.nothing_to_report',
      'ar.process_id',
      'p.reference',
      'c.id as child_id',
      'c.given_name',
      'c.family_name',
      'w.by_office',
    ])
    .where('ar.id', '=', adviceId)
    .where('ar.withdrawn_on', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const releases = await trx
    .selectFrom('advice_release as r')
    .leftJoin('account as a', 'a.id', 'r.released_by')
    .select([
      'r.id',
      'r.number',
      'r.answer',
      'r.author_name',
      'r.qualification',
      'r.released_on',
      'r.by_office',
      'r.why',
      'a.name as released_by',
    ])
    .where('r.advice_request_id', '=', adviceId)
    .orderBy('r.number', 'desc')
    .execute()
  const ids = releases.map((one) => one.id)
  const paragraphs =
    ids.length === 0
      ? []
      : await trx
          .selectFrom('advice_paragraph')
          .select(['id', 'release_id', 'part_id', 'number', 'kind', 'section', 'content'])
          .where('release_id', 'in', ids)
          .orderBy('position')
          .execute()
  const checks =
    ids.length === 0
      ? []
      : await trx
          .selectFrom('advice_check as k')
          .leftJoin('account as a', 'a.id', 'k.checked_by')
          .select(['k.id', 'k.release_id', 'k.checked_on', 'k.shared_with_advisers', 'k.note', 'a.name'])
          .where('k.release_id', 'in', ids)
          .where('k.taken_back_on', 'is', null)
          .execute()
  const withheld =
    checks.length === 0
      ? []
      : await trx
          .selectFrom('advice_withheld')
          .select(['check_id', 'paragraph_id', 'reason'])
          .where(
            'check_id',
            'in',
            checks.map((one) => one.id),
          )
          .execute()
  return {
    id: row.id,
    head: row.head,
    adviser: row.adviser,
    adviserAccount: row.adviser_account,
    adviserName: row.adviser_name,
    askedOn: row.asked_on,
    receivedOn: row.received_on,
    nothingToReport: row.nothing_to_report,
    processId: row.process_id,
    reference: row.reference,
    childId: row.child_id,
    childName: `${row.given_name} ${row.family_name}`,
    hasOfficeDraft: row.by_office === true,
    releases: releases.map((one) => {
      const check = checks.find((made) => made.release_id === one.id)
      return {
        id: one.id,
        number: one.number,
        answer: one.answer,
        authorName: one.author_name,
        qualification: one.qualification,
        releasedOn: one.released_on,
        byOffice: one.by_office,
        why: one.why,
        releasedBy: one.released_by,
        paragraphs: paragraphs
          .filter((told) => told.release_id === one.id)
          .map((told) => ({
            id: told.id,
            partId: told.part_id,
            number: told.number,
            kind: told.kind,
            section: told.section,
            content: told.content as unknown,
          })),
        check: check
          ? {
              id: check.id,
              checkedOn: check.checked_on,
              checkedBy: check.name,
              shared: check.shared_with_advisers,
              note: check.note,
              withheld: new Map(
                withheld
                  .filter((kept) => kept.check_id === check.id)
                  .map((kept) => [kept.paragraph_id, kept.reason]),
              ),
            }
          : null,
      }
    }),
  }
}

/** The head of a checked copy: the newest checked version of each piece of advice. */
export interface FamilyAdvice {
  readonly check_id: string
  readonly release_id: string
  readonly child_id: string
  readonly process_id: string
  readonly head: string
  readonly answer: string
  readonly author_name: string
  readonly released_on: string
  readonly checked_on: string
  readonly number: number
}

/**
 * What the family is shown of the advice for their children, newest first: asked with no condition, the database shows only what
 * was checked for them, so that the tracker may call it as it is.
 * @param childId one child only
 */
export async function findAdviceForFamily(trx: Trx, childId?: string): Promise<readonly FamilyAdvice[]> {
  const { rows } = await sql<FamilyAdvice>`
    select distinct on (advice_request_id) check_id, release_id, child_id, process_id, head, answer, author_name, released_on, checked_on, number
    from advice_family_copy ${childId ? sql`where child_id = ${childId}` : sql``}
    order by advice_request_id, number desc`.execute(trx)
  return rows.toSorted((a, b) => (a.released_on < b.released_on ? 1 : a.released_on > b.released_on ? -1 : 0))
}

/** One checked copy whole. */
export async function findFamilyCopy(trx: Trx, releaseId: string) {
  const advice = (await findAdviceForFamily(trx)).find((one) => one.release_id === releaseId)
  if (!advice) return undefined
  const paragraphs = await trx
    .selectFrom('advice_family_paragraph')
    .select(['part_id', 'number', 'kind', 'section', 'content'])
    .where('check_id', '=', advice.check_id)
    .orderBy('position')
    .execute()
  return {
    advice,
    paragraphs: paragraphs.map(
      (one): ShownParagraph => ({
        partId: one.part_id,
        number: one.number,
        kind: one.kind,
        section: one.section,
        content: one.content as unknown,
      }),
    ),
  }
}
