import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { PlanPart, PlanPartKind, PlanSection, VersionKind } from '../../../record/plan/index.ts'

/** A plan being written or in force, with whose it is. */
export interface Plan {
  readonly id: string
  readonly processId: string
  readonly processKind: string
  readonly processState: string
  readonly reference: string
  readonly templateId: string
  readonly begunOn: string
  readonly endedOn: string | null
  readonly child: {
    readonly id: string
    readonly name: string
    readonly givenName: string
    readonly bornOn: string
    readonly settingUrn: string | null
    readonly settingName: string | null
  }
}

async function findOne(
  trx: Trx,
  by: { readonly id: string } | { readonly childId: string } | { readonly processId: string },
  forUpdate: boolean,
): Promise<Plan | undefined> {
  let query = trx
    .selectFrom('plan')
    .innerJoin('child as c', 'c.id', 'plan.child_id')
    .innerJoin('process as p', 'p.id', 'plan.process_id')
    .leftJoin('setting as s', 's.urn', 'c.setting_urn')
    .select([
      'plan.id',
      'plan.process_id',
      'p.kind as process_kind',
      'p.state as process_state',
      'p.reference',
      'plan.template_id',
      'plan.begun_on',
      'plan.ended_on',
      'c.id as child_id',
      'c.given_name',
      'c.family_name',
      'c.date_of_birth',
      'c.setting_urn',
      's.name as setting_name',
    ])
  if ('id' in by) query = query.where('plan.id', '=', by.id)
  else if ('childId' in by)
    query = query.where('plan.child_id', '=', by.childId).where('plan.ended_on', 'is', null)
  else query = query.where('plan.process_id', '=', by.processId).where('plan.ended_on', 'is', null)
  // Two saves of one plan wait for one another here.
  if (forUpdate) query = query.forNoKeyUpdate('plan')
  const row = await query.executeTakeFirst()
  return (
    row && {
      id: row.id,
      processId: row.process_id,
      processKind: row.process_kind,
      processState: row.process_state,
      reference: row.reference,
      templateId: row.template_id,
      begunOn: row.begun_on,
      endedOn: row.ended_on,
      child: {
        id: row.child_id,
        name: `${row.given_name} ${row.family_name}`,
        givenName: row.given_name,
        bornOn: row.date_of_birth,
        settingUrn: row.setting_urn,
        settingName: row.setting_name,
      },
    }
  )
}

/** The plan, where the viewer may see its working parts: the office, and professionals let in to write. */
export const findPlan = (
  trx: Trx,
  id: string,
  options: { readonly forUpdate?: boolean } = {},
): Promise<Plan | undefined> => findOne(trx, { id }, options.forUpdate === true)

/** The child's plan that has not ended. */
export const findPlanOfChild = (
  trx: Trx,
  childId: string,
  options: { readonly forUpdate?: boolean } = {},
): Promise<Plan | undefined> => findOne(trx, { childId }, options.forUpdate === true)

interface PartRow {
  readonly part_id: string
  readonly section: string
  readonly kind: string
  readonly slot: string | null
  readonly position: number
  readonly content: unknown
}
const asPart = (row: PartRow): PlanPart =>
  ({
    partId: row.part_id,
    section: row.section as PlanSection,
    kind: row.kind as PlanPartKind,
    slot: row.slot,
    position: row.position,
    content: row.content,
  }) as PlanPart

const IN_ORDER = sql`array_position(array['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K'], section),
  array_position(array['text', 'need', 'outcome', 'provision', 'placement', 'budget', 'appendix'], kind), position, part_id`

/** A part as it stands, with the version to save from. */
export type SavedPart = PlanPart & {
  readonly version: number
  readonly savedBy: string
  readonly savedAt: string
  readonly removed: boolean
}

/** The parts as they stand, in reading order. */
export async function loadParts(trx: Trx, planId: string): Promise<readonly SavedPart[]> {
  const { rows } = await sql<
    PartRow & { version: number; name: string | null; saved_at: string }
  >`select newest.*, a.name from (
      select distinct on (part_id) part_id, version, section, kind, slot, position, content, removed, saved_by, saved_at
      from plan_part where plan_id = ${planId} order by part_id, version desc
    ) newest left join account a on a.id = newest.saved_by
    where not removed order by ${IN_ORDER}`.execute(trx)
  return rows.map((row) => ({
    ...asPart(row),
    version: row.version,
    savedBy: row.name ?? 'somebody',
    savedAt: String(row.saved_at),
    removed: false,
  }))
}

/** Every save of one part, newest first. */
export async function loadSaves(trx: Trx, planId: string, partId: string): Promise<readonly SavedPart[]> {
  const { rows } = await sql<
    PartRow & { version: number; name: string | null; saved_at: string; removed: boolean }
  >`select p.*, a.name from plan_part p left join account a on a.id = p.saved_by
    where p.plan_id = ${planId} and p.part_id = ${partId} order by p.version desc`.execute(trx)
  return rows.map((row) => ({
    ...asPart(row),
    version: row.version,
    savedBy: row.name ?? 'somebody',
    savedAt: String(row.saved_at),
    removed: row.removed,
  }))
}

/** A frozen version without its words. */
export interface VersionHead {
  readonly id: string
  readonly planId: string
  readonly childId: string
  readonly processId: string
  readonly number: number
  readonly kind: VersionKind
  readonly templateId: string
  readonly childName: string
  readonly childBornOn: string
  readonly sha256: string
  readonly frozenOn: string
  readonly frozenBy: string
  readonly sentOn: string | null
  readonly note: string | null
}

/** A version as it was frozen, with those of its parts the viewer may read. */
export interface PlanVersion extends VersionHead {
  readonly parts: readonly (PlanPart & { readonly number: number })[]
}

const heads = (trx: Trx) =>
  trx
    .selectFrom('plan_version as v')
    .leftJoin('account as a', 'a.id', 'v.frozen_by')
    .select([
      'v.id',
      'v.plan_id',
      'v.child_id',
      'v.process_id',
      'v.number',
      'v.kind',
      'v.template_id',
      'v.child_name',
      'v.child_born_on',
      'v.sha256',
      'v.frozen_on',
      'v.sent_on',
      'v.note',
      'a.name as frozen_by_name',
    ])
type HeadRow = Awaited<ReturnType<ReturnType<typeof heads>['execute']>>[number]
const asHead = (row: HeadRow): VersionHead => ({
  id: row.id,
  planId: row.plan_id,
  childId: row.child_id,
  processId: row.process_id,
  number: row.number,
  kind: row.kind as VersionKind,
  templateId: row.template_id,
  childName: row.child_name,
  childBornOn: row.child_born_on,
  sha256: row.sha256,
  frozenOn: row.frozen_on,
  frozenBy: row.frozen_by_name ?? 'the council',
  sentOn: row.sent_on,
  note: row.note,
})

/** The versions of a child's plans that the viewer may read, newest first. */
export async function loadVersions(trx: Trx, childId: string): Promise<readonly VersionHead[]> {
  const rows = await heads(trx)
    .where('v.child_id', '=', childId)
    .orderBy('v.frozen_at', 'desc')
    .orderBy('v.number', 'desc')
    .execute()
  return rows.map(asHead)
}

/** One version with its parts in reading order; undefined where there is none the viewer may read. */
export async function loadVersion(trx: Trx, id: string): Promise<PlanVersion | undefined> {
  const row = await heads(trx).where('v.id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const parts = await trx
    .selectFrom('plan_version_part')
    .select(['part_id', 'section', 'kind', 'slot', 'position', 'number', 'content'])
    .where('version_id', '=', id)
    .orderBy('number')
    .execute()
  return { ...asHead(row), parts: parts.map((part) => ({ ...asPart(part), number: part.number })) }
}

/** How a plan is laid out. */
export interface PlanTemplate {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly sections: readonly {
    readonly id: PlanSection
    readonly heading: string
    readonly intro: string
    readonly prompts: readonly string[]
  }[]
}

const asTemplate = (row: { id: string; name: string; version: number; content: unknown }): PlanTemplate => ({
  id: row.id,
  name: row.name,
  version: row.version,
  sections: (row.content as { sections: PlanTemplate['sections'] }).sections,
})

/** The template a plan or a version is laid out by. */
export async function loadTemplate(trx: Trx, id: string): Promise<PlanTemplate> {
  return asTemplate(
    await trx
      .selectFrom('plan_template')
      .select(['id', 'name', 'version', 'content'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  )
}

/**
 * The template a plan begun on a day is laid out by: the newest live one for the child's age band, else the one for all.
 * @param fromYear9 whether the child is in year 9 or above that day
 */
export async function currentTemplate(trx: Trx, today: string, fromYear9: boolean): Promise<PlanTemplate> {
  const band = fromYear9 ? 'from-year-9' : 'before-year-9'
  return asTemplate(
    await trx
      .selectFrom('plan_template')
      .select(['id', 'name', 'version', 'content'])
      .where('state', 'in', ['live', 'retired'])
      .where('live_from', '<=', today)
      .where((where) => where.or([where('live_to', 'is', null), where('live_to', '>', today)]))
      .where('age_band', 'in', ['all', band])
      .orderBy(sql`age_band = 'all'`)
      .orderBy('live_from', 'desc')
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  )
}
