import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { addDays, date, shortDate } from '../../../law/index.ts'
import type { AgeBand, TemplateSection, TemplateState } from './template.ts'

/** A template as those who keep them see it. */
export interface KeptTemplate {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly ageBand: AgeBand
  readonly state: TemplateState
  readonly liveFrom: string | null
  readonly liveTo: string | null
  readonly sections: readonly TemplateSection[]
  readonly madeBy: string | null
  readonly madeOn: string
  /** Plans and versions on it; undefined for somebody who may not be told. */
  readonly use: { readonly plans: number; readonly versions: number } | undefined
}

export interface TemplateChange {
  readonly askedBy: string
  readonly why: string
  readonly event: string | null
  readonly decision: string
  readonly by: string | null
  readonly on: string
}

/** Every template, the newest first within its name. */
export async function findTemplates(trx: Trx): Promise<readonly KeptTemplate[]> {
  const { rows } = await sql<{
    id: string
    name: string
    version: number
    age_band: AgeBand
    state: TemplateState
    live_from: string | null
    live_to: string | null
    content: { sections: readonly TemplateSection[] }
    made_by: string | null
    made_on: string
    plans: number | null
    versions: number | null
  }>`select t.id, t.name, t.version, t.age_band, t.state, t.live_from, t.live_to, t.content, t.made_on,
      a.name as made_by, u.plans, u.versions
    from plan_template t left join account a on a.id = t.made_by left join plan_template_use() u on u.template_id = t.id
    order by t.name, t.version desc`.execute(trx)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    version: row.version,
    ageBand: row.age_band,
    state: row.state,
    liveFrom: row.live_from,
    liveTo: row.live_to,
    sections: row.content.sections,
    madeBy: row.made_by,
    madeOn: row.made_on,
    use: row.plans === null ? undefined : { plans: row.plans, versions: row.versions ?? 0 },
  }))
}

export const findTemplate = async (trx: Trx, id: string): Promise<KeptTemplate | undefined> =>
  (await findTemplates(trx)).find((template) => template.id === id)

/** Why a template was changed, the newest first. */
export async function findChanges(trx: Trx, templateId: string): Promise<readonly TemplateChange[]> {
  const rows = await trx
    .selectFrom('plan_template_change as c')
    .leftJoin('account as a', 'a.id', 'c.made_by')
    .select(['c.asked_by', 'c.why', 'c.event', 'c.decision', 'c.made_on', 'a.name'])
    .where('c.template_id', '=', templateId)
    .orderBy('c.made_on', 'desc')
    .execute()
  return rows.map((row) => ({
    askedBy: row.asked_by,
    why: row.why,
    event: row.event,
    decision: row.decision,
    by: row.name,
    on: row.made_on,
  }))
}

const dayBefore = (day: string): string => shortDate(addDays(date(day), -1))

/** Where a template stands on a day, in words. `liveTo` is exclusive, so people are told the last day it holds. */
export function standingOf(template: KeptTemplate, today: string): string {
  const { state, liveFrom, liveTo } = template
  if (liveFrom === null)
    return {
      draft: 'Draft',
      consult: 'Out to consultation',
      pilot: 'Pilot',
      live: 'Live',
      retired: 'Dropped: it was never live',
    }[state]
  const from = shortDate(date(liveFrom))
  if (liveTo !== null && liveTo <= liveFrom) return 'Retired before its first day'
  if (liveTo === null) return liveFrom > today ? `Live from ${from}` : `Live since ${from}`
  if (liveFrom > today) return `Live from ${from} to ${dayBefore(liveTo)}`
  return liveTo > today
    ? `Live until ${dayBefore(liveTo)}`
    : `Retired: it was live from ${from} to ${dayBefore(liveTo)}`
}
