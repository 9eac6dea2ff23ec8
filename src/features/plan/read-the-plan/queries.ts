import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { VersionKind } from '../../../record/plan/index.ts'

/** What advice asked for and the plan does not have. */
export interface LeftOut {
  readonly id: string
  readonly reason: string
  readonly words: string
  readonly decided_on: string
  /** Who advised, and their words, where the reader may read that advice. */
  readonly author: string | null
  readonly advised: string | null
  readonly release_id: string | null
}

/**
 * What a version of a plan leaves out, with why. What was left out once and is in the version after all is no more of these. The
 * database gives the family those of plans they were sent, and of the advice only what was checked for them.
 */
export async function findLeftOut(
  trx: Trx,
  version: { readonly id: string; readonly planId: string; readonly sentOn: string },
): Promise<readonly LeftOut[]> {
  const { rows } = await sql<LeftOut>`
    select l.id, l.reason, l.words, l.decided_on, told.author_name as author, told.words as advised, told.release_id
    from plan_left_out l left join lateral (
      select c.author_name, c.release_id, p.content->>'words' as words
      from advice_family_copy c join advice_family_paragraph p on p.check_id = c.check_id
      where c.release_id = l.release_id and p.part_id = l.advice_part_id limit 1
    ) told on true
    where l.plan_id = ${version.planId} and l.taken_back_on is null and l.decided_on <= ${version.sentOn}
      and not exists (select from plan_version_part v where v.version_id = ${version.id}
        and v.content->'sources' @> jsonb_build_array(jsonb_build_object('advicePartId', l.advice_part_id)))
    order by l.decided_on, l.id`.execute(trx)
  return rows
}

export interface Meeting {
  readonly id: string
  readonly held_on: string
  readonly how: string
  readonly present: string
  readonly notes: string
  readonly agreed: string
  readonly not_agreed: string
}

/** What was said at meetings about a plan, newest first. */
export const findMeetings = (trx: Trx, planId: string): Promise<readonly Meeting[]> =>
  trx
    .selectFrom('plan_meeting')
    .select(['id', 'held_on', 'how', 'present', 'notes', 'agreed', 'not_agreed'])
    .where('plan_id', '=', planId)
    .orderBy('held_on', 'desc')
    .orderBy('recorded_on', 'desc')
    .execute()

/** A version somebody outside the office may read, of whichever child. */
export interface ReadableVersion {
  readonly id: string
  readonly child_id: string
  readonly child_name: string
  readonly child_born_on: string
  readonly kind: VersionKind
  readonly number: number
  readonly sent_on: string
}

/** Every sent version the viewer may read, newest first: the database decides which. */
export async function findReadableVersions(trx: Trx): Promise<readonly ReadableVersion[]> {
  const { rows } = await sql<ReadableVersion>`
    select id, child_id, child_name, child_born_on, kind, number, sent_on
    from plan_version where sent_on is not null
    order by sent_on desc, number desc`.execute(trx)
  return rows
}

/** Advice of which the reader has a copy checked for the family. */
export async function findReadableAdvice(trx: Trx, childId: string): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom('advice_family_copy')
    .select('release_id')
    .where('child_id', '=', childId)
    .execute()
  return new Set(rows.map((row) => row.release_id))
}

/** Is there, or was there, an appeal about what the plan says, with a copy both sides work on? */
export const hasWorkingDocument = async (trx: Trx, childId: string): Promise<boolean> =>
  (await trx.selectFrom('working_document').select('id').where('child_id', '=', childId).limit(1).execute())
    .length > 0
