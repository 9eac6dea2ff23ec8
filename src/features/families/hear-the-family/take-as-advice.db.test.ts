import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { caseworkRoutes } from '../../assessment/casework.ts'
import { type CaseworkStory, caseworkStory, type Officer } from '../../assessment/casework-story.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { routes } from './index.ts'

let pages: Pages
let story: CaseworkStory
let cora: Officer
beforeAll(async () => {
  pages = await openPages([...routes, ...caseworkRoutes], '2025-01-20')
  story = await caseworkStory(pages, { today: '2025-01-20', requestOn: '2025-01-06' })
  cora = await story.officer('coordinator')
})
afterAll(() => pages.close())

test('views are taken as the advice the family was asked for by one press, with their own day; then it is not asked again', async () => {
  await cora.does('decide-whether-to-assess', { outcome: 'agree', toldOn: '20 1 2025', how: 'post' })
  const { owner } = pages.record
  await owner
    .insertInto('family_view')
    .values({
      child_id: story.childId,
      process_id: story.processId,
      account_id: STORY_PEOPLE.coordinator.id,
      whose: 'parent',
      words: 'She hides in the library.',
      state: 'sent',
      sent_on: '2025-01-24',
      sent_at: '2025-01-24T10:00:00Z',
      on_behalf_of: 'Ngozi Okafor',
      told_how: 'phone',
    })
    .execute()
  expect((await cora.open('family')).text).not.toContain('Take these views')
  story.today('2025-01-21')
  const asked = await cora.does('ask-for-advice', {
    'psychological-do': 'not-now',
    sentOn: '21 1 2025',
    how: 'email',
  })
  expect(asked.errors).toEqual([])
  story.today('2025-01-27')
  const page = await cora.open('family')
  expect(page.text).toContain('Take these views as their advice, come on 24 January 2025')
  const { id } = await owner
    .selectFrom('advice_request')
    .select('id')
    .where('head', '=', 'parent')
    .executeTakeFirstOrThrow()
  const form = [...page.html.matchAll(/<form[\s\S]*?<\/form>/g)].find(([one]) =>
    one.includes(`/record-advice/${id}`),
  )![0]
  const fields = Object.fromEntries(
    [...form.matchAll(/name="([^"]+)"[^>]*value="([^"]*)"/g)].map((found) => [found[1]!, found[2]!]),
  )
  expect(fields).toMatchObject({ answer: 'advice', 'receivedOn-day': '24', 'receivedOn-month': '1' })
  const step = `record-advice/${id}`
  const done = await cora.sends(await cora.open(step), step, {
    receivedOn: `${fields['receivedOn-day']} ${fields['receivedOn-month']} ${fields['receivedOn-year']}`,
    answer: fields['answer']!,
    note: fields['note']!,
  })
  expect(done.status, done.errors.join()).toBe(303)
  const [fact] = await story.events('advice_received')
  expect(fact!.payload).toMatchObject({ head: 'parent' })
  expect(String(fact!.payload['note'])).toContain('24 January 2025')
  expect((await cora.open('family')).text).not.toContain('Take these views')
})
