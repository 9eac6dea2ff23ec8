import { sql } from 'kysely'
import { STORY_PEOPLE } from '../../src/db/testing/story-authority.ts'
import {
  type CaseworkStory,
  type ContactInStory,
  caseworkStory,
} from '../../src/features/assessment/casework-story.ts'
import type { Pages } from '../../src/features/children/try-pages/index.ts'
import type { StorySite } from './story-site.ts'

export interface StoryCase extends CaseworkStory {
  /** Sets the day for the site and for what officers do behind it. */
  days(iso: string): Promise<void>
}

/**
 * Amara Okafor, on roll at Larkfield in the north: her mother asked for an assessment and nothing is decided. Her mother signs in
 * as the story's parent.
 */
export async function openStoryCase(
  site: StorySite,
  options: { readonly today: string; readonly requestOn: string; readonly mother?: ContactInStory },
): Promise<StoryCase> {
  const pages = { record: site.record, app: site.app, today: options.today } as unknown as Pages
  const story = await caseworkStory(pages, {
    today: options.today,
    requestOn: options.requestOn,
    contacts: [
      options.mother ?? {
        name: 'Paula Marsh',
        relationship: 'mother',
        livesWith: true,
        address: '4 Quay Street',
        postcode: 'DT4 8AA',
      },
    ],
  })
  const { owner } = site.record
  // The case was numbered by hand: what the pages number goes on from there.
  await sql`select nextval('case_number')`.execute(owner)
  const { contact_id: mother } = await owner
    .selectFrom('child_contact')
    .select('contact_id')
    .where('child_id', '=', story.childId)
    .executeTakeFirstOrThrow()
  await owner
    .updateTable('contact')
    .set({ account_id: STORY_PEOPLE.parent.id })
    .where('id', '=', mother)
    .execute()
  return {
    ...story,
    days: async (iso) => {
      story.today(iso)
      await site.today(iso)
    },
  }
}
