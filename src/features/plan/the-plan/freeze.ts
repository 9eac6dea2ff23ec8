import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import {
  PLAN_SECTIONS,
  type PlanPart,
  type PlanSection,
  type VersionKind,
} from '../../../record/plan/index.ts'
import { loadParts, loadVersion, type Plan, type PlanVersion } from './queries.ts'
import type { PlanSaver } from './save.ts'

/** One text for one plan: keys in order, so that the same words always give the same hash. */
const canonical = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(canonical)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, one]) => one !== undefined)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, one]) => [key, canonical(one)]),
        )
      : value

/** SHA-256 of the parts in these sections, in reading order: what somebody signed, or what was sent. */
export const sectionsHash = (parts: readonly PlanPart[], sections: readonly PlanSection[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        parts
          .filter((part) => sections.includes(part.section))
          .map(({ partId, section, kind, slot, position, content }) =>
            canonical({ partId, section, kind, slot, position, content }),
          ),
      ),
    )
    .digest('hex')

/** SHA-256 of a whole plan. */
export const planHash = (parts: readonly PlanPart[]): string => sectionsHash(parts, PLAN_SECTIONS)

/**
 * Freezes the plan as it stands: a version, and a row for each part, numbered as people will cite them. The fact of sending is
 * recorded first, and named here.
 * @param sent null for a working copy, which goes to nobody
 */
export async function freezeVersion(
  trx: Trx,
  plan: Plan,
  kind: VersionKind,
  sent: { readonly on: string; readonly eventId: string } | null,
  by: PlanSaver,
  note: string | null = null,
): Promise<PlanVersion> {
  const parts = await loadParts(trx, plan.id)
  const { rows } = await sql<{ next: number }>`select coalesce(max(number), 0) + 1 as next
    from plan_version where plan_id = ${plan.id}`.execute(trx)
  const made = await trx
    .insertInto('plan_version')
    .values({
      plan_id: plan.id,
      child_id: plan.child.id,
      process_id: plan.processId,
      number: rows[0]!.next,
      kind,
      template_id: plan.templateId,
      child_name: plan.child.name,
      child_born_on: plan.child.bornOn,
      sha256: planHash(parts),
      frozen_on: by.today,
      frozen_by: by.accountId,
      sent_on: sent?.on ?? null,
      event_id: sent?.eventId ?? null,
      note,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (parts.length > 0)
    await trx
      .insertInto('plan_version_part')
      .values(
        parts.map((part, index) => ({
          version_id: made.id,
          child_id: plan.child.id,
          part_id: part.partId,
          section: part.section,
          kind: part.kind,
          slot: part.slot,
          position: part.position,
          number: index + 1,
          content: JSON.stringify(part.content),
        })),
      )
      .execute()
  const version = await loadVersion(trx, made.id)
  if (!version) throw new Error('the version that was frozen cannot be read')
  return version
}
