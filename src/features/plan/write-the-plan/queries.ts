import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { date } from '../../../law/index.ts'
import { type PartMark, PLAN_SECTIONS, type PlanSection } from '../../../record/plan/index.ts'
import { nationalCurriculumYear } from '../../../record/school-age.ts'
import {
  findPlan,
  loadParts,
  loadTemplate,
  type Plan,
  type PlanTemplate,
  type SavedPart,
} from '../the-plan/index.ts'
import { knownMarks } from './known-marks.ts'

/** A mark that was overruled, and why. */
export interface Overruled {
  readonly id: string
  readonly partId: string
  readonly rule: string
  readonly words: string
  readonly reason: string
  readonly by: string
  readonly on: string
  readonly takenBackOn: string | null
}

/** A mark on a part as it stands, and its overruling if there is one that stands. */
export interface StandingMark extends PartMark {
  /** Names the mark in an address: words of the plan are never in one. */
  readonly key: string
  readonly overruled: Overruled | null
}

/** A plan being written, with everything its pages say of it. */
export interface PlanInHand {
  readonly plan: Plan
  readonly template: PlanTemplate
  readonly parts: readonly SavedPart[]
  readonly marks: readonly StandingMark[]
  readonly overruled: readonly Overruled[]
  readonly fromYear9: boolean
  /** The sections the viewer may write in: all of them for the office. */
  readonly mayWrite: readonly PlanSection[]
}

export const isFromYear9 = (bornOn: string, today: string): boolean =>
  nationalCurriculumYear(date(bornOn), date(today)) >= 9

export const markKey = (mark: { readonly rule: string; readonly words: string }): string =>
  createHash('sha256').update(`${mark.rule}\n${mark.words}`).digest('hex').slice(0, 16)

/** Every overruling, newest first, whether or not it was taken back. */
export async function loadOverruled(trx: Trx, planId: string): Promise<readonly Overruled[]> {
  const rows = await trx
    .selectFrom('plan_overruled as o')
    .leftJoin('account as a', 'a.id', 'o.overruled_by')
    .select([
      'o.id',
      'o.part_id',
      'o.rule',
      'o.span',
      'o.reason',
      'a.name',
      'o.overruled_on',
      'o.taken_back_on',
    ])
    .where('o.plan_id', '=', planId)
    .orderBy('o.overruled_on', 'desc')
    .orderBy('o.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    partId: row.part_id,
    rule: row.rule,
    words: row.span,
    reason: row.reason,
    by: row.name ?? 'somebody',
    on: row.overruled_on,
    takenBackOn: row.taken_back_on,
  }))
}

/** The marks with the overrulings that hold for them: these words of this part only. */
export const standingMarks = (
  marks: readonly PartMark[],
  overruled: readonly Overruled[],
): readonly StandingMark[] =>
  marks.map((mark) => ({
    ...mark,
    key: markKey(mark),
    overruled:
      overruled.find(
        (one) =>
          one.takenBackOn === null &&
          one.partId === mark.partId &&
          one.rule === mark.rule &&
          one.words === mark.words,
      ) ?? null,
  }))

/** The plan with its parts, its template and the marks on its words; undefined where there is none the viewer may read. */
export async function loadPlanInHand(
  trx: Trx,
  planId: string,
  today: string,
  options: { readonly forUpdate?: boolean } = {},
): Promise<PlanInHand | undefined> {
  const plan = await findPlan(trx, planId, options)
  if (!plan) return undefined
  const parts = await loadParts(trx, plan.id)
  const overruled = await loadOverruled(trx, plan.id)
  return {
    plan,
    template: await loadTemplate(trx, plan.templateId),
    parts,
    marks: standingMarks(knownMarks(parts), overruled),
    overruled,
    fromYear9: isFromYear9(plan.child.bornOn, today),
    mayWrite: await sectionsToWrite(trx, plan),
  }
}

/** The sections the viewer may write in today, by the rule the database keeps. A plan that has ended is written by nobody. */
async function sectionsToWrite(trx: Trx, plan: Plan): Promise<readonly PlanSection[]> {
  if (plan.endedOn !== null) return []
  const { rows } = await sql<{
    keeps: boolean
    sections: string[] | null
  }>`select viewer_keeps_records() as keeps,
    (select array_agg(s) from unnest(${sql.val(PLAN_SECTIONS)}::text[]) s where viewer_writes_section(${plan.id}, s)) as sections`.execute(
    trx,
  )
  const [found] = rows
  return found?.keeps ? PLAN_SECTIONS : PLAN_SECTIONS.filter((one) => found?.sections?.includes(one))
}

/** The parts of a section that were taken away: each can be brought back. */
export async function loadTakenAway(
  trx: Trx,
  planId: string,
  section: PlanSection,
): Promise<readonly SavedPart[]> {
  const { rows } = await sql<Record<string, unknown>>`select newest.*, a.name from (
      select distinct on (part_id) * from plan_part where plan_id = ${planId} and section = ${section}
      order by part_id, version desc
    ) newest left join account a on a.id = newest.saved_by
    where removed order by saved_at desc`.execute(trx)
  return rows.map(
    (row) =>
      ({
        partId: row['part_id'],
        section: row['section'],
        kind: row['kind'],
        slot: row['slot'],
        position: row['position'],
        content: row['content'],
        version: row['version'],
        savedBy: row['name'] ?? 'somebody',
        savedAt: String(row['saved_at']),
        removed: true,
      }) as SavedPart,
  )
}

/** The id of the text that answers a question of a section, even if it was taken away. */
export async function findSlot(
  trx: Trx,
  planId: string,
  section: PlanSection,
  slot: string,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('plan_part')
    .select('part_id')
    .where('plan_id', '=', planId)
    .where('section', '=', section)
    .where('slot', '=', slot)
    .limit(1)
    .executeTakeFirst()
  return row?.part_id
}
