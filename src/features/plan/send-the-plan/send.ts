import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { date, longDate } from '../../../law/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import {
  isFinal,
  type PlacementContent,
  partInWords,
  planPartsOf,
  type VersionKind,
} from '../../../record/plan/index.ts'
import {
  freezeVersion,
  loadVersions,
  type Plan,
  type PlanSaver,
  type PlanVersion,
  planHash,
  type SavedPart,
  savePart,
} from '../the-plan/index.ts'

export interface Held {
  readonly plan: Plan
  readonly parts: readonly SavedPart[]
}

/**
 * What stops these words going out as they were read: somebody changed them since the page was opened, or they are said to have
 * gone out on a day before they were written.
 * @param of the fingerprint of the plan that was on the page
 */
export async function problemWithTheWords(
  trx: Trx,
  { plan, parts }: Held,
  of: string,
  sentOn: string,
  today: string,
): Promise<readonly FieldError[]> {
  if (of !== planHash(parts))
    return [
      {
        field: '',
        text: 'The words of the plan were changed since you opened this page. Look at the checks again below, then send it',
      },
    ]
  if (sentOn === today) return []
  const { rows } = await sql<{
    day: string
  }>`select (max(saved_at) at time zone 'Europe/London')::date::text as day
    from plan_part where plan_id = ${plan.id}`.execute(trx)
  const changed = rows[0]?.day
  return changed && changed > sentOn
    ? [
        {
          field: 'sentOn',
          text: `The plan was changed on ${longDate(date(changed))}, so what went out on ${longDate(date(sentOn))} is not what is written here. A plan held here is dated the day it is sent from here`,
        },
      ]
    : []
}

/** Whether a draft is the first of this plan, or follows another. */
export async function draftKind(trx: Trx, plan: Plan): Promise<VersionKind> {
  const sent = (await loadVersions(trx, plan.child.id)).some(
    (one) => one.planId === plan.id && one.sentOn !== null,
  )
  return sent ? 'amended-draft' : 'draft'
}

/** The draft as it is sent: frozen, and each part a numbered paragraph that the family can answer. */
export async function freezeDraft(
  trx: Trx,
  { plan, parts }: Held,
  sent: { readonly on: string; readonly eventId: string },
  by: PlanSaver,
): Promise<PlanVersion> {
  if (parts.some((part) => part.section === 'I')) throw new Error('a draft with a section I was to be sent')
  const version = await freezeVersion(trx, plan, await draftKind(trx, plan), sent, by)
  await keepParagraphs(trx, version, sent.eventId)
  return version
}

/**
 * The changes proposed to a plan in force, as they are sent: the whole plan with them in it, section I as it stands, and each
 * part a numbered paragraph that the family can answer. What setting is named they are asked apart.
 */
export async function freezeNotice(
  trx: Trx,
  plan: Plan,
  sent: { readonly on: string; readonly eventId: string },
  by: PlanSaver,
): Promise<PlanVersion> {
  const version = await freezeVersion(trx, plan, 'amended-draft', sent, by)
  await keepParagraphs(trx, version, sent.eventId)
  return version
}

async function keepParagraphs(trx: Trx, version: PlanVersion, eventId: string): Promise<void> {
  await trx
    .insertInto('draft_paragraph')
    .values(
      version.parts
        .filter((part) => part.section !== 'I')
        .map((part) => ({
          child_id: version.childId,
          process_id: version.processId,
          draft_event: eventId,
          section: part.section,
          number: part.number,
          words: partInWords(part, version.parts),
          part_id: part.partId,
          version_id: version.id,
        })),
    )
    .execute()
}

/** What section I of the plan says now; undefined when it has not been written. */
export const sectionI = ({ parts }: Held): PlacementContent | undefined =>
  planPartsOf(parts, 'placement').find((part) => part.section === 'I')?.content

/** Section I in a few words. */
export const sectionIInWords = (content: PlacementContent): string =>
  content.form === 'named'
    ? `names ${content.name}${content.type ? ` (${content.type})` : ''}`
    : content.form === 'type-only'
      ? `does not name a particular setting: it gives the type, ${content.type}`
      : 'says that education is given otherwise than at a school or college (Children and Families Act 2014, section 61)'

/**
 * Writes section I from what the officer chose. Where the plan has one already it must say the same: what a manager agreed is
 * not changed on the way out.
 */
export async function writeSectionI(
  trx: Trx,
  held: Held,
  chosen: PlacementContent,
  by: PlanSaver,
): Promise<readonly FieldError[]> {
  const before = sectionI(held)
  if (!before) {
    await savePart(trx, held.plan, { section: 'I', kind: 'placement' }, chosen, by)
    return []
  }
  const same =
    before.form === chosen.form &&
    (chosen.form === 'named'
      ? before.settingUrn === chosen.settingUrn
      : chosen.form === 'otherwise' || before.type.trim() === chosen.type.trim())
  return same
    ? []
    : [
        {
          field: 'placement',
          text: `Section I of the plan ${sectionIInWords(before)}. Choose that here, or change it in the plan and have it agreed again`,
        },
      ]
}

/** One plan, one final a day: of two nobody could say which is in force. */
export async function secondFinal(trx: Trx, plan: Plan, sentOn: string): Promise<readonly FieldError[]> {
  const before = (await loadVersions(trx, plan.child.id)).find(
    (one) => one.planId === plan.id && isFinal(one.kind) && one.sentOn === sentOn,
  )
  return before
    ? [
        {
          field: 'sentOn',
          text: `A final plan of this child was sent on ${longDate(date(sentOn))} already (version ${before.number}). Two on one day would leave nobody able to say which is in force. To change it, amend it from another day`,
        },
      ]
    : []
}

/** The final plan as it is sent, and from then on its own life on the plan's own case. */
export async function freezeFinal(
  trx: Trx,
  plan: Plan,
  kind: 'final' | 'amended-final',
  sent: { readonly on: string; readonly eventId: string },
  planProcessId: string,
  by: PlanSaver,
): Promise<PlanVersion> {
  const version = await freezeVersion(trx, plan, kind, sent, by)
  if (plan.processId !== planProcessId)
    await trx.updateTable('plan').set({ process_id: planProcessId }).where('id', '=', plan.id).execute()
  return version
}
