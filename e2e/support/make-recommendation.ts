import type { Database } from '../../src/db/connection.ts'
import { STORY_PEOPLE } from '../../src/db/testing/story-authority.ts'
import { markKey } from '../../src/features/plan/write-the-plan/index.ts'
import { marksOfPart, type PlanPart } from '../../src/record/plan/index.ts'

/** In a plan: a need with words that the checker marks; and advice that recommends a line the plan does not have. */
export async function makeRecommendation(
  owner: Database,
  planId: string,
): Promise<Readonly<Record<'partId' | 'mark' | 'advicePartId', string>>> {
  const plan = await owner
    .selectFrom('plan')
    .select(['child_id', 'process_id'])
    .where('id', '=', planId)
    .executeTakeFirstOrThrow()
  const by = STORY_PEOPLE.coordinator.id
  const content = {
    words: 'She requires 1:1 support from a teaching assistant.',
    type: 'SLCN',
    rank: null,
    strengths: '',
    sources: [],
  } as const
  const { part_id: partId } = await owner
    .insertInto('plan_part')
    .values({
      version: 0,
      plan_id: planId,
      child_id: plan.child_id,
      section: 'B',
      kind: 'need',
      position: 90,
      content: JSON.stringify(content),
      saved_by: by,
    })
    .returning('part_id')
    .executeTakeFirstOrThrow()
  const part: PlanPart = { partId, section: 'B', kind: 'need', slot: null, position: 90, content }
  const about = { child_id: plan.child_id, process_id: plan.process_id, head: 'psychological' }
  const { id: request } = await owner
    .insertInto('advice_request')
    .values({
      ...about,
      adviser: STORY_PEOPLE.psychologist.name,
      asked_on: '2025-05-20',
      received_on: '2025-06-20',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: release } = await owner
    .insertInto('advice_release')
    .values({
      ...about,
      advice_request_id: request,
      number: 1,
      answer: 'advice',
      child_name: 'Bea',
      child_born_on: '2016-01-01',
      author_name: STORY_PEOPLE.psychologist.name,
      written_by: [STORY_PEOPLE.psychologist.id],
      released_on: '2025-06-20',
      released_by: STORY_PEOPLE.psychologist.id,
      by_office: false,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { part_id: advicePartId } = await owner
    .insertInto('advice_paragraph')
    .values({
      release_id: release,
      child_id: plan.child_id,
      part_id: crypto.randomUUID(),
      ordinal: 0,
      number: 'P1',
      position: 1,
      kind: 'provision',
      content: JSON.stringify({
        words: 'Reading with a specialist teacher',
        who: 'Specialist teacher',
        qualification: '',
        mode: 'one-to-one',
        groupSize: '',
        length: '30 minutes',
        minutes: 30,
        times: '3',
        count: 3,
        every: 'week',
        forHowLong: '',
        where: '',
        from: '',
        until: '',
        arrangedBy: 'education',
        outcomes: [],
      }),
    })
    .returning('part_id')
    .executeTakeFirstOrThrow()
  return { partId, mark: markKey(marksOfPart(part)[0]!), advicePartId }
}
