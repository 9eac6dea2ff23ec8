import { randomUUID } from 'node:crypto'
import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import type { PlanSection, ProvisionContent } from '../../../record/plan/index.ts'
import { type CaseworkStory, caseworkStory } from '../../assessment/casework-story.ts'
import type { Pages } from '../../children/try-pages/index.ts'
import {
  beginPlan,
  changePart,
  findPlanOfChild,
  freezeVersion,
  loadParts,
  removePart,
  savePart,
} from '../../plan/the-plan/index.ts'
import { promiseLines } from './promise-lines.ts'

/** A line as a plan has it: once a week for 45 minutes, from a therapist, alone. */
export const WEEKLY: ProvisionContent = {
  words: 'Speech and language therapy on long sentences, with Amara alone.',
  who: 'Speech and language therapist',
  qualification: 'Registered with the HCPC',
  mode: 'one-to-one',
  groupSize: '',
  length: '45 minutes',
  minutes: 45,
  times: '1',
  count: 1,
  every: 'week',
  forHowLong: '',
  where: 'School',
  from: '',
  until: '',
  review: 'Each term',
  arrangedBy: 'education',
  fundedBy: 'education',
  outcomes: [],
  needs: [],
  pfa: null,
  educatesOrTrains: false,
  sources: [],
}

export interface PlanInForce {
  readonly story: CaseworkStory
  /** The process of the plan itself. */
  readonly planId: string
  readonly lines: readonly string[]
  /** Changes the plan and sends an amended final on a day: null takes a line out. */
  amends(on: string, changes: Readonly<Record<string, Partial<ProvisionContent> | null>>): Promise<void>
}

/** A child whose final plan was sent on a day, with these lines; the mother has an account. */
export async function planInForce(
  pages: Pages,
  options: {
    readonly sentOn: string
    readonly lines: readonly (readonly [PlanSection, Partial<ProvisionContent>])[]
  },
): Promise<PlanInForce> {
  const { sentOn } = options
  const story = await caseworkStory(pages, { today: sentOn, requestOn: '2026-04-20', bornOn: '2016-04-01' })
  const { owner, db } = pages.record
  const { contact_id } = await owner
    .selectFrom('child_contact')
    .select('contact_id')
    .where('child_id', '=', story.childId)
    .executeTakeFirstOrThrow()
  await owner
    .updateTable('contact')
    .set({ account_id: STORY_PEOPLE.parent.id })
    .where('id', '=', contact_id)
    .execute()
  const plan = await owner
    .insertInto('process')
    .values({
      reference: `P-${randomUUID().slice(0, 8)}`,
      child_id: story.childId,
      kind: 'plan',
      state: 'in-force',
      opened_on: sentOn,
      locality_id: 'north',
      assigned_to: STORY_PEOPLE.coordinator.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const send = async (on: string, kind: 'final' | 'amended-final'): Promise<readonly string[]> => {
    const by = { accountId: STORY_PEOPLE.coordinator.id, today: on }
    return asViewer(db, by, async (trx) => {
      const held = await findPlanOfChild(trx, story.childId)
      if (!held) throw new Error('no plan')
      const eventId = await recordEvent(trx, {
        childId: story.childId,
        processId: plan.id,
        kind: kind === 'final' ? 'final_issued' : 'amended_final_issued',
        on,
        today: on,
        by: by.accountId,
        payload: {},
      })
      const version = await freezeVersion(trx, held, kind, { on, eventId }, by)
      await promiseLines(trx, version, by)
      await promiseLines(trx, version, by)
      await refreshChild(trx, story.childId, on)
      return version.parts.map((part) => part.partId)
    })
  }
  const by = { accountId: STORY_PEOPLE.coordinator.id, today: sentOn }
  await asViewer(db, by, async (trx) => {
    const begun = await beginPlan(trx, { childId: story.childId, processId: plan.id, fromYear9: false }, by)
    for (const [section, content] of options.lines)
      await savePart(trx, begun.plan, { section, kind: 'provision' }, { ...WEEKLY, ...content }, by)
  })
  const lines = await send(sentOn, 'final')
  return {
    story,
    planId: plan.id,
    lines,
    amends: async (on, changes) => {
      const today = { accountId: STORY_PEOPLE.coordinator.id, today: on }
      await asViewer(db, today, async (trx) => {
        const held = await findPlanOfChild(trx, story.childId)
        if (!held) throw new Error('no plan')
        for (const part of await loadParts(trx, held.id)) {
          const change = changes[part.partId]
          if (change === undefined) continue
          if (change === null) await removePart(trx, held, part, today, 'no longer needed')
          else await changePart(trx, held, part.partId, part.version, { ...WEEKLY, ...change }, today)
        }
      })
      await send(on, 'amended-final')
    },
  }
}
