/** For tests: a plan whose words stand in nobody's way, on a case that is drafting. */
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer, type Trx } from '../../../db/viewer.ts'
import type { PlanContentOf, PlanPartKind, PlanSection } from '../../../record/plan/index.ts'
import type { CaseworkStory, Officer } from '../../assessment/casework-story.ts'
import type { Pages } from '../../children/try-pages/index.ts'
import { beginPlan, changePart, findPlan, loadParts, savePart } from '../the-plan/index.ts'

/** Somebody's own transaction. */
export const asPerson = <T>(
  pages: Pages,
  who: keyof typeof STORY_PEOPLE,
  work: (trx: Trx) => Promise<T>,
): Promise<T> => asViewer(pages.record.db, { accountId: STORY_PEOPLE[who].id, today: pages.today }, work)
export const saver = (pages: Pages, who: keyof typeof STORY_PEOPLE) => ({
  accountId: STORY_PEOPLE[who].id,
  today: pages.today,
})

export async function savePlanPart<K extends PlanPartKind>(
  pages: Pages,
  planId: string,
  section: PlanSection,
  kind: K,
  content: PlanContentOf[K],
  slot?: string,
): Promise<string> {
  return asPerson(pages, 'coordinator', async (trx) => {
    const plan = (await findPlan(trx, planId))!
    const saved = await savePart(
      trx,
      plan,
      { section, kind, ...(slot ? { slot } : {}) },
      content,
      saver(pages, 'coordinator'),
    )
    if (!saved.saved) throw new Error('not saved')
    return saved.partId
  })
}

export const LINE: PlanContentOf['provision'] = {
  words: 'Direct teaching of reading by the phonics programme Ada began in year 1',
  who: 'A qualified teacher',
  qualification: 'Qualified teacher status and training in the programme',
  mode: 'one-to-one',
  groupSize: '',
  length: '45 minutes',
  minutes: 45,
  times: '1',
  count: 1,
  every: 'fortnight',
  forHowLong: '39 weeks',
  where: 'At school',
  from: '',
  until: '',
  review: 'each term',
  arrangedBy: 'education',
  fundedBy: 'education',
  outcomes: [],
  needs: [],
  pfa: null,
  educatesOrTrains: true,
  sources: [],
}

/** A plan whose words stand in nobody's way, on a case that is drafting. */
export async function writtenPlan(
  pages: Pages,
  story: CaseworkStory,
  cora: Officer,
): Promise<{ readonly planId: string; readonly reading: string; readonly health: string }> {
  story.today('2025-02-03')
  await cora.does('decide-whether-to-assess', {
    outcome: 'agree',
    toldOn: '3 2 2025',
    how: 'post',
    evidence: 'Reports',
  })
  story.today('2025-04-07')
  await cora.does('decide-whether-to-issue', {
    outcome: 'issue',
    decidedOn: '7 4 2025',
    how: 'post',
    goOnBecause: 'All is known.',
  })
  story.today('2025-05-09')
  const planId = await asPerson(
    pages,
    'coordinator',
    async (trx) =>
      (
        await beginPlan(
          trx,
          { childId: story.childId, processId: story.processId, fromYear9: false },
          saver(pages, 'coordinator'),
        )
      ).plan.id,
  )
  await savePlanPart(pages, planId, 'A', 'text', { words: 'I like the sea.', voice: 'child' }, 'child-views')
  const need = await savePlanPart(pages, planId, 'B', 'need', {
    words: 'Amara does not yet link letters to sounds.',
    type: 'SPLD',
    rank: 1,
    strengths: '',
    sources: [],
  })
  const outcome = await savePlanPart(pages, planId, 'E', 'outcome', {
    words: 'By July 2026 Amara reads a page of her reading book aloud.',
    byWhen: '2026-07-31',
    measure: 'Her teacher listens to her read',
    steps: '',
    needs: [need],
    pfa: null,
    sources: [],
  })
  const reading = await savePlanPart(pages, planId, 'F', 'provision', {
    ...LINE,
    needs: [need],
    outcomes: [outcome],
  })
  const health = await savePlanPart(pages, planId, 'G', 'provision', {
    ...LINE,
    words: 'Review of hearing',
    who: 'An audiologist',
    educatesOrTrains: false,
    arrangedBy: 'health',
    fundedBy: 'health',
    needs: [need],
  })
  for (const section of ['C', 'D', 'H1', 'H2'] as const)
    await savePlanPart(
      pages,
      planId,
      section,
      'text',
      { words: 'None was identified by the paediatrician.' },
      'none',
    )
  await savePlanPart(pages, planId, 'J', 'budget', {
    offered: 'not-asked',
    words: '',
    lines: [],
    yearlyPence: null,
    outcomes: [],
  })
  await savePlanPart(pages, planId, 'K', 'appendix', {
    title: 'Advice',
    author: 'Priya Elwood',
    dated: '',
    releaseId: null,
    fileId: null,
  })
  return { planId, reading, health }
}

export const changeLine = (
  pages: Pages,
  planId: string,
  partId: string,
  content: Partial<PlanContentOf['provision']>,
) =>
  asPerson(pages, 'otherCoordinator', async (trx) => {
    const plan = (await findPlan(trx, planId))!
    const part = (await loadParts(trx, planId)).find((one) => one.partId === partId)!
    await changePart(
      trx,
      plan,
      partId,
      part.version,
      { ...part.content, ...content } as PlanContentOf['provision'],
      saver(pages, 'otherCoordinator'),
    )
  })
