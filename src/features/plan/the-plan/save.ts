import { sql } from 'kysely'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { PlanContentOf, PlanPartKind, PlanSection } from '../../../record/plan/index.ts'
import { currentTemplate, findPlanOfChild, loadSaves, type Plan, type SavedPart } from './queries.ts'

/** Who saves, on which day. */
export interface PlanSaver {
  readonly accountId: string
  readonly today: string
}

/**
 * Opens a child's plan on the template of the day, once: a plan that has not ended is given back as it is.
 * @returns the plan, and whether it was begun now
 */
export async function beginPlan(
  trx: Trx,
  about: { readonly childId: string; readonly processId: string; readonly fromYear9: boolean },
  by: PlanSaver,
): Promise<{ readonly plan: Plan; readonly begun: boolean }> {
  const before = await findPlanOfChild(trx, about.childId)
  if (before) return { plan: before, begun: false }
  const template = await currentTemplate(trx, by.today, about.fromYear9)
  await trx
    .insertInto('plan')
    .values({
      child_id: about.childId,
      process_id: about.processId,
      template_id: template.id,
      begun_by: by.accountId,
      begun_on: by.today,
      changed_by: by.accountId,
    })
    .execute()
  const plan = await findPlanOfChild(trx, about.childId)
  if (!plan) throw new Error('the plan that was begun cannot be read')
  await recordEvent(trx, {
    childId: about.childId,
    processId: about.processId,
    kind: 'plan_begun',
    on: by.today,
    today: by.today,
    by: by.accountId,
    payload: { plan: plan.id, template: `${template.name} ${template.version}` },
  })
  return { plan, begun: true }
}

/** What a save gives: it stands, or somebody saved first and both texts are to be shown. */
export type PartSaved =
  | { readonly saved: true; readonly partId: string; readonly version: number }
  | { readonly saved: false; readonly theirs: SavedPart }

interface PlaceOfPart<K extends PlanPartKind> {
  readonly section: PlanSection
  readonly kind: K
  /** Which question of the section a text answers. */
  readonly slot?: string
}

/** Adds a part to a section, or a text to a question of it that has none yet. */
export async function savePart<K extends PlanPartKind>(
  trx: Trx,
  plan: Plan,
  part: PlaceOfPart<K>,
  content: PlanContentOf[K],
  by: PlanSaver,
): Promise<PartSaved> {
  if (part.slot !== undefined) {
    const { rows } = await sql<{ part_id: string }>`select distinct part_id from plan_part
      where plan_id = ${plan.id} and section = ${part.section} and slot = ${part.slot}`.execute(trx)
    const [held] = rows
    if (held) {
      const [newest] = await loadSaves(trx, plan.id, held.part_id)
      if (newest && !newest.removed) return { saved: false, theirs: newest }
      if (newest) return changePart(trx, plan, held.part_id, newest.version, content, by)
    }
  }
  const { rows } = await sql<{ next: number }>`select coalesce(max(position), 0) + 1 as next
    from plan_part where plan_id = ${plan.id} and section = ${part.section}`.execute(trx)
  const row = await trx
    .insertInto('plan_part')
    .values({
      version: 0,
      plan_id: plan.id,
      child_id: plan.child.id,
      section: part.section,
      kind: part.kind,
      slot: part.slot ?? null,
      position: rows[0]!.next,
      content: JSON.stringify(content),
      saved_by: by.accountId,
    })
    .returning('part_id')
    .executeTakeFirstOrThrow()
  await touch(trx, plan, by)
  return { saved: true, partId: row.part_id, version: 0 }
}

/**
 * Saves a part as its next version. Nothing is overwritten: a save from an older version than stands is not taken, and the
 * newer one comes back to be shown beside it. Saving a part that was taken away brings it back.
 * @param from the version the person had before them
 * @throws when there is no such part of the plan that the person may see
 */
export async function changePart(
  trx: Trx,
  plan: Plan,
  partId: string,
  from: number,
  content: PlanContentOf[PlanPartKind],
  by: PlanSaver,
  options: { readonly removed?: boolean; readonly why?: string; readonly position?: number } = {},
): Promise<PartSaved> {
  const [newest] = await loadSaves(trx, plan.id, partId)
  if (!newest) throw new Error('a part that is not there was saved')
  if (newest.version !== from) return { saved: false, theirs: newest }
  await trx
    .insertInto('plan_part')
    .values({
      part_id: partId,
      version: from + 1,
      plan_id: plan.id,
      child_id: plan.child.id,
      section: newest.section,
      kind: newest.kind,
      slot: newest.slot,
      position: options.position ?? newest.position,
      content: JSON.stringify(content),
      removed: options.removed ?? false,
      why: options.why ?? null,
      saved_by: by.accountId,
    })
    .execute()
  await touch(trx, plan, by)
  return { saved: true, partId, version: from + 1 }
}

/** Takes a part away; its saves stay, and saving it again brings it back. */
export const removePart = (
  trx: Trx,
  plan: Plan,
  part: SavedPart,
  by: PlanSaver,
  why?: string,
): Promise<PartSaved> =>
  changePart(trx, plan, part.partId, part.version, part.content, by, {
    removed: true,
    ...(why ? { why } : {}),
  })

const touch = (trx: Trx, plan: Plan, by: PlanSaver): Promise<unknown> =>
  trx
    .updateTable('plan')
    .set({ changed_by: by.accountId, changed_at: sql<string>`now()` })
    .where('id', '=', plan.id)
    .execute()
