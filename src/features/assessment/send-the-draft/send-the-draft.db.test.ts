import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { caseworkRoutes } from '../casework.ts'
import { type Answers, caseworkStory } from '../casework-story.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages(caseworkRoutes, '2025-01-20')
})
afterAll(() => pages.close())

const DRAFT: Answers = {
  noSetting: ['yes'],
  sections: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K'],
}

async function drafting() {
  const story = await caseworkStory(pages)
  const cora = await story.officer('coordinator')
  const does = async (day: string, slug: string, answers: Answers) => {
    story.today(day)
    const page = await cora.does(slug, answers)
    return page.errors.length > 0 ? page.errors : page.location
  }
  await does('2025-02-03', 'decide-whether-to-assess', {
    outcome: 'agree',
    toldOn: '3 2 2025',
    how: 'post',
    evidence: 'Reports',
  })
  await does('2025-04-07', 'decide-whether-to-issue', {
    outcome: 'issue',
    decidedOn: '7 4 2025',
    how: 'post',
    goOnBecause: 'All is known.',
  })
  return { story, cora, does }
}

test('posted today: dated today, served the second working day after, and the 15 days run from then', async () => {
  const { story, cora, does } = await drafting()
  const sent = await does('2025-05-09', 'send-the-draft', { ...DRAFT, sentOn: '9 5 2025', how: 'post' })
  expect(sent).toContain('Tuesday 27 May 2025')
  const [fact] = await story.events('draft_issued')
  expect(fact).toMatchObject({ happened_on: '2025-05-09', payload: { arrivedOn: '2025-05-13' } })
  const [letter] = await story.letters('draft-plan')
  expect(letter?.body).toContain('Friday 9 May 2025')
  expect(letter?.body).toContain('The first day is Tuesday 13 May 2025 and the last is Tuesday 27 May 2025')
  story.today('2025-05-12')
  const comments = await cora.open('record-representations')
  expect(comments.text).toContain('taken to be served on Tuesday 13 May 2025')
  expect(comments.text).toContain('Their time runs until Tuesday 27 May 2025')
  const early = await does('2025-05-27', 'send-the-final-plan', {
    sentOn: '27 5 2025',
    planDate: '27 5 2025',
    how: 'post',
    placement: 'named',
    setting: '900003',
  })
  expect(JSON.stringify(early)).toContain('run until Tuesday 27 May 2025')
}, 60_000)

test('the day it reached them can be given; after today only by post; sent tomorrow is refused', async () => {
  const { story, does } = await drafting()
  const refused = async (answers: Answers) =>
    JSON.stringify(await does('2025-05-09', 'send-the-draft', { ...DRAFT, ...answers }))
  expect(await refused({ how: 'post' })).toContain('Enter the date the draft was sent')
  expect(await refused({ sentOn: '10 5 2025', how: 'post' })).toContain('must be today or in the past')
  expect(await refused({ sentOn: '9 5 2025', servedOn: '12 5 2025', how: 'by-hand' })).toContain(
    'must be today or in the past',
  )
  expect(await refused({ sentOn: '9 5 2025', servedOn: '19 5 2025', how: 'post' })).toContain(
    'no more than 7 days',
  )
  expect(await story.events('draft_issued')).toEqual([])
  expect(await refused({ sentOn: '7 5 2025', servedOn: '8 5 2025', how: 'post' })).toContain('22 May 2025')
}, 60_000)
