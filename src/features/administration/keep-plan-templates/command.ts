import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import type { WhyChanged } from './form.ts'
import { findTemplates, type KeptTemplate } from './queries.ts'
import type { AgeBand, TemplateSection, TemplateState } from './template.ts'

interface By {
  readonly accountId: string
  readonly today: string
}
interface TemplateAsGiven {
  readonly name: string
  readonly ageBand: AgeBand
  readonly sections: readonly TemplateSection[]
}

/** Tells one state of a template's words from another, so that two people who change it never write over each other. */
export const stateOfWords = (template: TemplateAsGiven): string =>
  createHash('sha256')
    .update(JSON.stringify([template.name, template.ageBand, template.sections]))
    .digest('base64url')
    .slice(0, 22)

const asContent = (sections: readonly TemplateSection[]): string => JSON.stringify({ sections })

/** One change of templates at a time: their days depend on each other. */
const takeTurns = (trx: Trx) =>
  sql`select pg_advisory_xact_lock(hashtextextended('plan-templates', 3))`.execute(trx)

const noteWhy = (trx: Trx, templateId: string, why: WhyChanged, by: By) =>
  trx
    .insertInto('plan_template_change')
    .values({
      template_id: templateId,
      asked_by: why.askedBy,
      why: why.why,
      event: why.event,
      decision: why.decision,
      made_by: by.accountId,
      made_on: by.today,
    })
    .execute()

/** Adds the next version of a template by its name, as a draft. */
export async function addVersion(trx: Trx, given: TemplateAsGiven, why: WhyChanged, by: By): Promise<string> {
  await takeTurns(trx)
  const { rows } = await sql<{ next: number }>`select coalesce(max(version), 0) + 1 as next
    from plan_template where name = ${given.name}`.execute(trx)
  const made = await trx
    .insertInto('plan_template')
    .values({
      name: given.name,
      version: rows[0]!.next,
      age_band: given.ageBand,
      content: asContent(given.sections),
      made_by: by.accountId,
      made_on: by.today,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await noteWhy(trx, made.id, why, by)
  return made.id
}

/** Writes over a draft, or over what is out to consultation. */
export async function changeWords(
  trx: Trx,
  template: KeptTemplate,
  given: TemplateAsGiven,
  why: WhyChanged,
  by: By,
): Promise<void> {
  await trx
    .updateTable('plan_template')
    .set({ name: template.name, age_band: given.ageBand, content: asContent(given.sections) })
    .where('id', '=', template.id)
    .execute()
  await noteWhy(trx, template.id, why, by)
}

const called = (template: KeptTemplate): string => `${template.name} version ${template.version}`

/**
 * Moves a template on. Going live from a day closes, from that day, the one that held for the same ages: on each day one holds.
 * @returns what is wrong, or nothing
 */
export async function moveTemplate(
  trx: Trx,
  template: KeptTemplate,
  to: { readonly state: TemplateState; readonly on: string | null },
  why: WhyChanged,
  by: By,
): Promise<FieldError | undefined> {
  await takeTurns(trx)
  const { on } = to
  if (on !== null && on < by.today)
    return {
      field: 'on',
      text: `The day must be ${shortDate(date(by.today))} or later: plans were begun on the days that have gone`,
    }
  if (to.state === 'live') {
    const others = (await findTemplates(trx)).filter(
      (one) =>
        one.id !== template.id &&
        one.ageBand === template.ageBand &&
        one.liveFrom !== null &&
        (one.liveTo === null || (one.liveTo > on! && one.liveTo > one.liveFrom)),
    )
    const later = others.find((one) => one.liveFrom! >= on!)
    if (later)
      return {
        field: 'on',
        text: `${called(later)} is live from ${shortDate(date(later.liveFrom!))}, and two templates would hold on one day: choose a later day`,
      }
    for (const before of others)
      await trx
        .updateTable('plan_template')
        .set({ state: 'retired', live_to: on })
        .where('id', '=', before.id)
        .execute()
    await trx
      .updateTable('plan_template')
      .set({ state: 'live', live_from: on })
      .where('id', '=', template.id)
      .execute()
  } else if (to.state === 'retired' && template.state === 'live') {
    // Every child's plan has a template: the one for all ages is replaced, and never simply ended.
    if (template.ageBand === 'all')
      return {
        field: 'state',
        text: 'This is the template for every age: make another live, and it ends that day',
      }
    if (on! < template.liveFrom!)
      return {
        field: 'on',
        text: `The day must be ${shortDate(date(template.liveFrom!))} or later, when it goes live`,
      }
    await trx
      .updateTable('plan_template')
      .set({ state: 'retired', live_to: on })
      .where('id', '=', template.id)
      .execute()
  } else
    await trx.updateTable('plan_template').set({ state: to.state }).where('id', '=', template.id).execute()
  await noteWhy(trx, template.id, why, by)
  return undefined
}
