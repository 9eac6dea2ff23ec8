import type { Database } from '../../src/db/connection.ts'
import { STORY_PEOPLE } from '../../src/db/testing/story-authority.ts'

/** Advice in every state: one asked of the psychologist, half written, released, checked and shown; one the office is typing. */
export async function makeAdvice(
  owner: Database,
  processId: string,
): Promise<Readonly<Record<string, string>>> {
  const psychologist = STORY_PEOPLE.psychologist.id
  const coordinator = STORY_PEOPLE.coordinator.id
  const asked = await owner
    .selectFrom('advice_request')
    .select(['id', 'head', 'child_id'])
    .where('process_id', '=', processId)
    .where('head', 'in', ['medical', 'social-care'])
    .orderBy('head')
    .execute()
  const [theirs, office] = asked
  if (!theirs || !office) throw new Error('the story asks for medical and social care advice')
  await owner
    .updateTable('advice_request')
    .set({ adviser_account: psychologist })
    .where('id', '=', theirs.id)
    .execute()
  const held: Record<string, string> = {
    adviceId: theirs.id,
    officeAdviceId: office.id,
    part: 'new-provision',
    personId: STORY_PEOPLE.headOfService.id,
  }
  for (const [one, by, byOffice] of [
    [theirs, psychologist, false],
    [office, coordinator, true],
  ] as const) {
    const about = { advice_request_id: one.id, child_id: one.child_id }
    await owner
      .insertInto('advice')
      .values({ ...about, by_office: byOffice, begun_by: by, begun_on: '2025-08-01', changed_by: by })
      .execute()
    const content = {
      need: { type: 'SLCN', words: 'Loses the thread of long instructions.', source: 'Observation' },
      text: { words: 'She draws. 🎨\n\nهي ترسم' },
    }
    const { part_id: need } = await owner
      .insertInto('advice_part')
      .values({
        ...about,
        version: 1,
        kind: 'need',
        position: 1,
        content: JSON.stringify(content.need),
        saved_by: by,
      })
      .returning('part_id')
      .executeTakeFirstOrThrow()
    const { part_id: text } = await owner
      .insertInto('advice_part')
      .values({
        ...about,
        version: 1,
        kind: 'text',
        section: 'strengths',
        content: JSON.stringify(content.text),
        saved_by: by,
      })
      .returning('part_id')
      .executeTakeFirstOrThrow()
    const { id: release } = await owner
      .insertInto('advice_release')
      .values({
        ...about,
        process_id: processId,
        number: 1,
        head: one.head,
        answer: 'advice',
        child_name: 'Amara Okafor',
        child_born_on: '2014-04-01',
        author_name: 'Priya Elwood',
        written_by: [by],
        released_on: '2025-08-10',
        released_by: by,
        by_office: byOffice,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    held[byOffice ? 'officeReleaseId' : 'releaseId'] = release
    const paragraphs = [
      { part_id: text, number: '1', position: 0, kind: 'text', section: 'strengths', content: content.text },
      { part_id: need, number: 'N1', position: 1, kind: 'need', section: null, content: content.need },
    ].map((row) => ({ ...row, child_id: one.child_id, content: JSON.stringify(row.content) }))
    await owner
      .insertInto('advice_paragraph')
      .values(paragraphs.map((row) => ({ ...row, release_id: release })))
      .execute()
    if (byOffice) continue
    const { id: check } = await owner
      .insertInto('advice_check')
      .values({
        release_id: release,
        child_id: one.child_id,
        checked_by: coordinator,
        checked_on: '2025-08-12',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await owner
      .insertInto('advice_family_copy')
      .values({
        ...about,
        check_id: check,
        release_id: release,
        process_id: processId,
        number: 1,
        head: one.head,
        answer: 'advice',
        author_name: 'Priya Elwood',
        released_on: '2025-08-10',
        checked_on: '2025-08-12',
      })
      .execute()
    await owner
      .insertInto('advice_family_paragraph')
      .values(paragraphs.map((row) => ({ ...row, check_id: check })))
      .execute()
  }
  return held
}
