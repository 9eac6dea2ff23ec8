/** For tests: a plan with something of each kind, sent as a draft and as a final, and those who read it. */
import type { Database } from '../../../db/connection.ts'
import { asOwner } from '../../../db/viewer.ts'
import type { ProvisionContent } from '../../../record/plan/index.ts'
import { beginPlan, freezeVersion, savePart } from '../the-plan/index.ts'

export { asPerson, changeLine, LINE, savePlanPart, saver, writtenPlan } from './a-written-plan.ts'

/** A line of provision with an amount and nothing else said. */
export const PLAIN_LINE: Omit<ProvisionContent, 'words' | 'who' | 'sources'> = {
  qualification: '',
  mode: null,
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
}

interface About {
  readonly childId: string
  readonly processId: string
  readonly by: string
  /** The fact of sending. */
  readonly eventId: string
  readonly draftOn: string
  readonly finalOn?: string
  /** Placed there, and who gives a line. */
  readonly settingUrn?: string
  readonly therapist?: string
}

/** @returns the ids of the plan, of a line of provision, and of each version */
export async function makePlanToRead(
  owner: Database,
  about: About,
): Promise<{
  readonly planId: string
  readonly lineId: string
  readonly draft: string
  readonly final: string | undefined
}> {
  const by = { accountId: about.by, today: about.draftOn }
  return asOwner(owner, async (trx) => {
    const { plan } = await beginPlan(trx, { ...about, fromYear9: false }, by)
    const idOf = async (saved: ReturnType<typeof savePart>): Promise<string> => {
      const part = await saved
      if (!part.saved) throw new Error('a part of the plan was not saved')
      return part.partId
    }
    await savePart(
      trx,
      plan,
      { section: 'A', kind: 'text', slot: 'child-views' },
      { words: 'I like the sea. أحب البحر', voice: 'child', gathered: 'Told to her teacher.' },
      by,
    )
    const need = await idOf(
      savePart(
        trx,
        plan,
        { section: 'B', kind: 'need' },
        {
          words: 'Long talk is hard to follow.',
          type: 'SLCN',
          rank: 1,
          strengths: 'Signs well',
          sources: [],
        },
        by,
      ),
    )
    const outcome = await idOf(
      savePart(
        trx,
        plan,
        { section: 'E', kind: 'outcome' },
        {
          words: 'She follows two steps in class.',
          byWhen: '2027-07-20',
          measure: 'Her teacher keeps a list.',
          steps: '',
          needs: [need],
          pfa: null,
          sources: [],
        },
        by,
      ),
    )
    const lineId = await idOf(
      savePart(
        trx,
        plan,
        { section: 'F', kind: 'provision' },
        {
          ...PLAIN_LINE,
          words: 'A therapist works with her alone.',
          who: 'Speech and language therapist',
          outcomes: [outcome],
          sources: [{ cite: 'Speech and language therapy, 3 March 2026, paragraph 4.2' }],
        },
        by,
      ),
    )
    const draft = await freezeVersion(trx, plan, 'draft', { on: about.draftOn, eventId: about.eventId }, by)
    if (about.therapist) {
      await trx
        .insertInto('provision_line')
        .values({
          line_id: lineId,
          child_id: about.childId,
          plan_id: plan.id,
          section: 'F',
          state_since: about.draftOn,
        })
        .execute()
      await trx
        .insertInto('provision_deliverer')
        .values({
          line_id: lineId,
          child_id: about.childId,
          account_id: about.therapist,
          from_on: about.draftOn,
          given_by: about.by,
        })
        .execute()
    }
    if (about.settingUrn)
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
    if (!about.finalOn) return { planId: plan.id, lineId, draft: draft.id, final: undefined }
    await savePart(
      trx,
      plan,
      { section: 'I', kind: 'placement' },
      { form: 'named', settingUrn: null, name: 'Larkfield', type: 'Primary school', conditions: '' },
      by,
    )
    const sent = { on: about.finalOn, eventId: about.eventId }
    const final = await freezeVersion(trx, plan, 'final', sent, { ...by, today: about.finalOn })
    return { planId: plan.id, lineId, draft: draft.id, final: final.id }
  })
}
