import { randomUUID } from 'node:crypto'
import type { Database } from '../../src/db/connection.ts'
import { STORY_PEOPLE } from '../../src/db/testing/story-authority.ts'
import { PLAIN_LINE } from '../../src/features/plan/try-plan/index.ts'

/** A line of a final plan that is promised and happens at a setting, with a family's report that waits for its answer. */
export async function makeProvision(
  owner: Database,
  of: {
    readonly childId: string
    readonly processId: string
    readonly lineId: string
    readonly versionId: string
    readonly eventId: string
    readonly settingUrn: string
    readonly promisedOn: string
    readonly reportedOn: string
  },
): Promise<{ readonly line: string; readonly report: string }> {
  const line = { child_id: of.childId, line_id: of.lineId }
  await owner
    .insertInto('provision_term')
    .values({
      ...line,
      version_id: of.versionId,
      from_on: of.promisedOn,
      content: JSON.stringify({
        ...PLAIN_LINE,
        words: 'A therapist works with her alone.',
        who: 'Therapist',
      }),
    })
    .execute()
  await owner
    .updateTable('provision_line')
    .set({ setting_urn: of.settingUrn })
    .where('line_id', '=', of.lineId)
    .execute()
  const report = randomUUID()
  await owner
    .insertInto('provision_report')
    .values({
      ...line,
      id: report,
      process_id: of.processId,
      since_on: of.promisedOn,
      words: 'It has not begun.',
      reported_by: STORY_PEOPLE.parent.id,
      reported_on: of.reportedOn,
      event_id: of.eventId,
    })
    .execute()
  return { line: of.lineId, report }
}
