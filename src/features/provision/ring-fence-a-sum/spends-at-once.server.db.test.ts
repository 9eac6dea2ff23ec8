import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { caseworkStory } from '../../assessment/casework-story.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { findRingFenced, routes } from './index.ts'

const TODAY = '2025-05-20'
let pages: Pages
beforeAll(async () => {
  pages = await openPages(routes, TODAY)
})
afterAll(() => pages.close())

test('eight spends at once of a fifth each: five are taken, and the sum is never overspent', async () => {
  const story = await caseworkStory(pages, { today: TODAY })
  const officer = await story.officer('coordinator')
  await officer.does('ring-fence-a-sum', {
    pence: '1000',
    whatFor: 'Education that was missed',
    why: 'agreement',
    keeper: 'SEND manager',
  })
  const viewer = { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }
  const { id } = await pages.record.owner.selectFrom('ring_fenced_sum').select('id').executeTakeFirstOrThrow()
  // Straight to the database, past the page that locks the child and says what is left.
  const spends = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      asViewer(pages.record.db, viewer, (trx) =>
        trx
          .insertInto('ring_fenced_spend')
          .values({
            sum_id: id,
            child_id: story.childId,
            pence: 20_000,
            spent_on: TODAY,
            what: 'A tutor',
            recorded_by: viewer.accountId,
            recorded_on: TODAY,
          })
          .execute(),
      ),
    ),
  )
  expect(spends.filter((one) => one.status === 'fulfilled')).toHaveLength(5)
  for (const one of spends)
    if (one.status === 'rejected') expect(String(one.reason)).toContain('never overspent')
  const [sum] = await asViewer(pages.record.db, viewer, (trx) => findRingFenced(trx, story.childId))
  expect(sum?.left).toBe(0)
})
