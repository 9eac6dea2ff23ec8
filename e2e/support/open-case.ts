import { type ContactInStory, caseworkStory } from '../../src/features/assessment/casework-story.ts'
import type { Pages } from '../../src/features/children/try-pages/index.ts'
import type { StorySite } from './story-site.ts'

export interface OpenCase {
  readonly childId: string
  readonly processId: string
  readonly casePath: string
}

/** A case on which nothing is decided yet, with the family a story needs, some of them tied to accounts. */
export async function openCase(
  site: StorySite,
  options: {
    readonly today: string
    readonly requestOn?: string
    readonly bornOn?: string
    readonly contacts: readonly (ContactInStory & { readonly account?: string })[]
  },
): Promise<OpenCase> {
  const pages = { record: site.record, app: site.app, today: options.today } as unknown as Pages
  const story = await caseworkStory(pages, { requestOn: options.today, ...options })
  for (const { name, account } of options.contacts)
    if (account)
      await site.record.owner
        .updateTable('contact')
        .set({ account_id: account })
        .where('name', '=', name)
        .execute()
  return {
    childId: story.childId,
    processId: story.processId,
    casePath: `/staff/cases/${story.processId}`,
  }
}
