import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordEvent, refreshChild } from '../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asOwner } from '../../db/viewer.ts'
import { openPages, type Pages } from '../children/try-pages/index.ts'
import { routes as casePageRoutes } from './case-page/index.ts'
import { caseworkRoutes } from './casework.ts'
import { type Answers, type CaseworkStory, caseworkStory, type Officer } from './casework-story.ts'

let pages: Pages
let story: CaseworkStory
let cora: Officer
beforeAll(async () => {
  pages = await openPages([...casePageRoutes, ...caseworkRoutes], '2025-01-20')
})
afterAll(() => pages.close())

const does = async (slug: string, answers: Answers, who = cora) => {
  const page = await who.does(slug, answers)
  expect(page.errors, slug).toEqual([])
  expect(page.status).toBe(303)
  return page.location
}
const corrects = async (slug: string, answers: Answers) => {
  const shown = await cora.does(slug, answers)
  expect(shown.errors).toEqual([])
  const page = await cora.sends(shown, slug, {})
  expect(page.errors).toEqual([])
  expect(page.status).toBe(303)
}
const lastOf = async (kind: string) => (await story.events(kind)).at(-1)?.id
/** Another process of the same child, with one fact. */
const alsoHas = (kind: 'assessment' | 'plan', opens: 'request_received' | 'review_meeting', on: string) =>
  asOwner(pages.record.owner, async (trx) => {
    const process = await trx
      .insertInto('process')
      .values({
        reference: `${kind === 'plan' ? 'P' : 'A'}-${story.childId.slice(0, 8)}`,
        child_id: story.childId,
        kind,
        state: kind === 'plan' ? 'maintained' : 'deciding-whether-to-assess',
        opened_on: on,
        locality_id: 'north',
      })
      .returning(['id', 'reference'])
      .executeTakeFirstOrThrow()
    const fact = await recordEvent(trx, {
      childId: story.childId,
      processId: process.id,
      kind: opens,
      on,
      today: on,
      by: STORY_PEOPLE.coordinator.id,
    })
    await refreshChild(trx, story.childId, pages.today)
    return { ...process, fact }
  })

describe('A request for advice struck out', () => {
  const ASK: Answers = {
    'parent-do': 'not-now',
    'medical-do': 'not-now',
    'social-care-do': 'not-now',
    'educational-do': 'not-now',
    'psychological-do': 'ask',
    'psychological-account': '',
    'psychological-adviser': 'Priya Elwood',
    how: 'email',
  }
  test('is not waited for anywhere; asked again, it names the right person', async () => {
    story = await caseworkStory(pages)
    cora = await story.officer('coordinator')
    await does('decide-whether-to-assess', { outcome: 'agree', toldOn: '20 1 2025', how: 'post' })
    await does('ask-for-advice', { ...ASK, sentOn: '20 1 2025' })
    const advice = await story.adviceId('Priya')
    expect((await cora.open('advice')).text).toContain('Priya Elwood')
    await corrects(`correct-a-fact/${await lastOf('advice_requested')}`, { what: 'mistake', why: 'Not her.' })
    const row = () =>
      pages.record.owner
        .selectFrom('advice_request')
        .selectAll()
        .where('id', '=', advice)
        .executeTakeFirstOrThrow()
    expect(await row()).toMatchObject({ withdrawn_on: '2025-01-20', adviser_account: null })
    expect((await cora.open('advice')).text).not.toContain('Priya Elwood')
    expect((await cora.open(`chase-advice/${advice}`)).text).toContain('is not on this case')
    expect(
      (
        await cora.does(`record-advice/${advice}`, { receivedOn: '20 1 2025', answer: 'advice' })
      ).errors.join(),
    ).toMatch(/is not on this case/)
    story.today('2025-01-22')
    await does('ask-for-advice', {
      ...ASK,
      'psychological-account': `${STORY_PEOPLE.psychologist.id}|Priya Elwood`,
      'psychological-adviser': '',
      sentOn: '22 1 2025',
    })
    expect(await row()).toMatchObject({
      withdrawn_on: null,
      asked_on: '2025-01-22',
      adviser_account: STORY_PEOPLE.psychologist.id,
    })
  })
})

describe('A correction that would open a second assessment', () => {
  const refusal: Answers = { outcome: 'refuse', reasons: 'Not needed yet.', toldOn: '20 1 2025', how: 'post' }
  test('is refused in words that name the other', async () => {
    story = await caseworkStory(pages)
    cora = await story.officer('coordinator')
    await does('decide-whether-to-assess', refusal)
    const other = await alsoHas('assessment', 'request_received', '2025-01-20')
    const slug = `correct-a-fact/${await lastOf('refused_to_assess')}`
    const page = await cora.does(slug, { what: 'mistake', why: 'It was another child.' })
    expect(page.status).toBe(422)
    expect(page.errors.join()).toContain(
      `what: This would open the assessment again, and ${other.reference} is open`,
    )
  })
})

describe('On a plan', () => {
  test('a fact is corrected and a note written; what is only for an assessment is not there', async () => {
    story = await caseworkStory(pages)
    cora = await story.officer('coordinator')
    const plan = await alsoHas('plan', 'review_meeting', '2025-01-10')
    const at = (slug: string) => `/staff/cases/${plan.id}/${slug}`
    expect((await cora.open(at('timeline'))).html).toContain(at(`correct-a-fact/${plan.fact}`))
    await corrects(at(`correct-a-fact/${plan.fact}`), { what: 'change', on: '9 1 2025', why: 'The minutes.' })
    expect((await story.events('review_meeting')).map((one) => one.happened_on)).toEqual([
      '2025-01-10',
      '2025-01-09',
    ])
    const future = await cora.does(at(`correct-a-fact/${await lastOf('review_meeting')}`), {
      what: 'change',
      on: '9 1 2026',
      why: 'The minutes.',
    })
    expect(future.status).not.toBe(303)
    await does(at('write-a-note'), { on: '20 1 2025', note: 'Rang the school.' })
    expect((await cora.open(at('ask-for-advice'))).status).toBe(404)
    const sent = await cora.sends(
      await cora.open(at('write-a-note')),
      at('decide-whether-to-assess'),
      refusalOf(),
    )
    expect(sent.status).toBe(404)
  })
  const refusalOf = (): Answers => ({
    outcome: 'agree',
    toldOn: '20 1 2025',
    how: 'post',
  })
})
