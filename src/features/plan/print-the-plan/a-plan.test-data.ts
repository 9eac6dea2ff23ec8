/** For tests: a small plan sent as a draft and as a final, with a child placed at a school and a line that a therapist gives. */
import type { Database } from '../../../db/connection.ts'
import { asOwner } from '../../../db/viewer.ts'
import type { ProvisionContent } from '../../../record/plan/index.ts'
import { beginPlan, freezeVersion, savePart } from '../the-plan/index.ts'

const LINE: ProvisionContent = {
  words: 'A therapist works with her alone.',
  who: 'Speech and language therapist',
  qualification: '',
  mode: 'one-to-one',
  groupSize: '',
  length: '45 minutes',
  minutes: 45,
  times: '1',
  count: 1,
  every: 'week',
  forHowLong: '',
  where: 'At school',
  from: '',
  until: '',
  review: '',
  arrangedBy: null,
  fundedBy: null,
  outcomes: [],
  needs: [],
  pfa: null,
  educatesOrTrains: false,
  sources: [{ cite: 'Speech and language therapy, 3 March 2026, paragraph 4.2' }],
}

interface About {
  readonly childId: string
  readonly processId: string
  readonly by: string
  readonly eventId: string
  readonly draftOn: string
  readonly finalOn: string
  readonly settingUrn: string
  readonly therapist: string
}

/** @returns the ids of the plan and of its three versions */
export const makePlanToPrint = (
  owner: Database,
  about: About,
): Promise<{
  readonly planId: string
  readonly draft: string
  readonly final: string
  readonly working: string
}> =>
  asOwner(owner, async (trx) => {
    const by = { accountId: about.by, today: about.draftOn }
    const { plan } = await beginPlan(trx, { ...about, fromYear9: false }, by)
    const views = { section: 'A', kind: 'text', slot: 'child-views' } as const
    await savePart(trx, plan, views, { words: 'I like the sea. أحب البحر', voice: 'child' }, by)
    const need = {
      words: 'Long talk is hard to follow.',
      type: 'SLCN',
      rank: 1,
      strengths: '',
      sources: [],
    } as const
    await savePart(trx, plan, { section: 'B', kind: 'need' }, need, by)
    const line = await savePart(trx, plan, { section: 'F', kind: 'provision' }, LINE, by)
    if (!line.saved) throw new Error('the line was not saved')
    const draft = await freezeVersion(trx, plan, 'draft', { on: about.draftOn, eventId: about.eventId }, by)
    await trx
      .insertInto('provision_line')
      .values({
        line_id: line.partId,
        child_id: about.childId,
        plan_id: plan.id,
        section: 'F',
        state_since: about.draftOn,
      })
      .execute()
    await trx
      .insertInto('provision_deliverer')
      .values({
        line_id: line.partId,
        child_id: about.childId,
        account_id: about.therapist,
        from_on: about.draftOn,
        given_by: about.by,
      })
      .execute()
    await trx
      .insertInto('placement')
      .values({
        child_id: about.childId,
        setting_urn: about.settingUrn,
        place_name: 'The school',
        from_on: about.draftOn,
        recorded_by: about.by,
        recorded_on: about.draftOn,
      })
      .execute()
    const place = {
      form: 'named',
      settingUrn: null,
      name: 'Larkfield',
      type: 'Primary school',
      conditions: '',
    } as const
    await savePart(trx, plan, { section: 'I', kind: 'placement' }, place, by)
    const sent = { on: about.finalOn, eventId: about.eventId }
    const final = await freezeVersion(trx, plan, 'final', sent, { ...by, today: about.finalOn })
    const working = await freezeVersion(trx, plan, 'working', null, by)
    return { planId: plan.id, draft: draft.id, final: final.id, working: working.id }
  })
