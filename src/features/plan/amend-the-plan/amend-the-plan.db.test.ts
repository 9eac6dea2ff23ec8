import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { caseworkRoutes } from '../../assessment/casework.ts'
import { type Answers, caseworkStory, MOTHER, type Officer } from '../../assessment/casework-story.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { routes as hearTheFamily } from '../../families/hear-the-family/index.ts'
import { routes as commentOnTheDraft } from '../../family/comment-on-the-draft/index.ts'
import { routes as agreeThePlan } from '../agree-the-plan/index.ts'
import { routes as readThePlan } from '../read-the-plan/index.ts'
import { changeLine, writtenPlan } from '../try-plan/index.ts'
import { routes as amendThePlan } from './index.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages(
    [
      ...caseworkRoutes,
      ...agreeThePlan,
      ...amendThePlan,
      ...commentOnTheDraft,
      ...hearTheFamily,
      ...readThePlan,
    ],
    '2025-01-20',
  )
})
afterAll(() => pages.close())

const agree = (officer: Officer, planId: string, kind: string, more: Answers = {}) =>
  officer.does(`/staff/plans/${planId}/agree/${kind}`, { read: 'yes', ...more })

/** A plan in force since 24 May 2025, at Tidewater Special School. */
async function inForce() {
  const story = await caseworkStory(pages)
  const cora = await story.officer('coordinator')
  const maya = await story.officer('manager')
  const plan = await writtenPlan(pages, story, cora)
  await cora.does('send-the-draft', { sentOn: '9 5 2025', how: 'by-hand' })
  story.today('2025-05-24')
  await agree(cora, plan.planId, 'health', {
    givenName: 'Dr Abara',
    givenBody: 'Story Integrated Care Board',
    givenOn: '24 5 2025',
  })
  await agree(maya, plan.planId, 'manager')
  const sent = await cora.does('send-the-final-plan', {
    sentOn: '24 5 2025',
    planDate: '24 5 2025',
    how: 'by-hand',
    placement: 'named',
    setting: '900003',
  })
  expect(sent.location, sent.errors.join()).toContain('Final plan recorded')
  const process = await pages.record.owner
    .selectFrom('process')
    .select('id')
    .where('child_id', '=', story.childId)
    .where('kind', '=', 'plan')
    .executeTakeFirstOrThrow()
  const terms = () =>
    pages.record.owner
      .selectFrom('provision_term')
      .select(['line_id', 'from_on', 'to_on'])
      .where('child_id', '=', story.childId)
      .orderBy('from_on')
      .execute()
  return { story, cora, maya, ...plan, on: `/staff/cases/${process.id}`, terms }
}

test('a line is changed: the notice, its 15 days, and the amended plan that holds from its day', async () => {
  const { story, cora, maya, planId, reading, health, on, terms } = await inForce()
  await pages.record.owner
    .updateTable('contact')
    .set({ account_id: STORY_PEOPLE.parent.id })
    .where('name', '=', MOTHER.name)
    .execute()
  story.today('2025-10-01')
  const notice = {
    sentOn: '1 10 2025',
    how: 'by-hand',
    after: 'other',
    reasons: 'She needs it more often.',
    evidence: 'Report of the school\nReading test',
  }
  const send = { sentOn: '15 10 2025', how: 'by-hand', ground: 'notice' }
  expect((await cora.does(`${on}/send-an-amendment-notice`, notice)).errors.join()).toContain(
    'Nothing has changed since the final plan of Saturday 24 May 2025',
  )
  await changeLine(pages, planId, reading, { times: '1', every: 'week', who: '' })
  expect((await cora.does(`${on}/send-an-amendment-notice`, notice)).errors.join()).toMatch(
    /stops? this plan being sent/,
  )
  await changeLine(pages, planId, reading, { who: 'A qualified teacher' })
  const sent = await cora.does(`${on}/send-an-amendment-notice`, notice)
  expect(sent.location, sent.errors.join()).toContain('15 days end on Wednesday 15 October 2025')
  const [letter] = await story.letters('amendment-notice')
  expect(letter!.body).toContain('How often: was once a fortnight, now once a week')
  expect(letter!.body).toContain('Reading test')
  expect((await story.events('amendment_notice'))[0]!.payload).toMatchObject({ withoutReview: true })

  // The family reads what is proposed, and answers it line by line.
  const paula = await pages.signIn('parent')
  const section = await paula.get(`/family/children/${story.childId}/draft/section/F`)
  expect(section.text).toContain('How often: once a week')
  const number = /Paragraph (\d+) Direct/.exec(section.text)![1]
  await paula.send(
    section.fill({
      [`What do you think of paragraph ${number}?`]: 'change',
      [`Your words about paragraph ${number}`]: 'She needs it every day.',
    }),
    'Save',
  )
  const check = await paula.get(`/family/children/${story.childId}/draft/check`)
  expect((await paula.send(check, 'Send')).status).toBe(303)
  const desk = await pages.signIn('coordinator')
  const said = await desk.get(`${on}/family`)
  expect(said.text).toContain('She needs it every day.')
  const answered = await desk.send(said.fill({ '#words': 'We will look again.' }), 'Send this answer')
  expect(answered.status, answered.text).toBe(303)
  const plan = await paula.get(`/family/children/${story.childId}/plan`)
  expect(plan.text).toContain('Say what you think, line by line')
  expect(plan.text).toContain('Until we change it, the plan we sent on 24 May 2025 is the one we must follow')

  // Until the last of the 15 days is over it cannot be final, and the promise is the old one.
  story.today('2025-10-15')
  await agree(maya, planId, 'manager')
  expect((await cora.does(`${on}/send-an-amended-plan`, send)).errors.join()).toContain(
    'Wait until Thursday 16 October 2025',
  )
  expect(await terms()).toHaveLength(2)
  story.today('2025-10-16')
  const final = await cora.does(`${on}/send-an-amended-plan`, { ...send, sentOn: '16 10 2025' })
  expect(final.location, final.errors.join()).toContain('Lines of provision: 1 changed, 0 new, 0 ended')
  expect(await terms()).toEqual(
    expect.arrayContaining([
      { line_id: reading, from_on: '2025-05-24', to_on: '2025-10-16' },
      { line_id: reading, from_on: '2025-10-16', to_on: null },
      { line_id: health, from_on: '2025-05-24', to_on: null },
    ]),
  )
  const letters = await story.letters('amended-final-plan')
  expect(letters.map((one) => one.recipient_name)).toEqual(
    expect.arrayContaining(['Ngozi Okafor', 'The head teacher or principal, Tidewater Special School']),
  )
  expect(letters.find((one) => one.recipient_name === 'Ngozi Okafor')!.body).toContain('right of appeal')
  const inForceNow = await paula.get(`/family/children/${story.childId}/plan`)
  expect(inForceNow.text).toContain('This is the plan we must follow. We sent it on 16 October 2025')

  const { id: versionId } = await pages.record.owner
    .selectFrom('plan_version')
    .select('id')
    .where('plan_id', '=', planId)
    .where('kind', '=', 'amended-final')
    .executeTakeFirstOrThrow()
  const changes = await paula.get(`/family/children/${story.childId}/plan/${versionId}/changes`)
  expect(changes.status).toBe(200)
  expect(changes.text).toContain(
    'From the final plan of 24 May 2025, to the new final plan of 16 October 2025',
  )
  expect(changes.text).toContain('How often: was once a fortnight, now once a week')

  // A second on the same day would leave nobody able to say which is in force.
  await changeLine(pages, planId, reading, { every: 'day' })
  await agree(maya, planId, 'manager')
  const again = await cora.does(`${on}/send-an-amended-plan`, { ...send, sentOn: '16 10 2025' })
  expect(again.errors.join()).toContain(
    'A final plan of this child was sent on Thursday 16 October 2025 already',
  )
  story.today('2025-10-17')
  const unnoticed = await cora.does(`${on}/send-an-amended-plan`, { ...send, sentOn: '17 10 2025' })
  expect(unnoticed.errors.join()).toContain('No amendment notice waits for an answer')
}, 60_000)

test('an order of the tribunal needs no notice; a notice may be answered by deciding not to amend', async () => {
  const { story, cora, maya, planId, reading, on, terms } = await inForce()
  story.today('2025-09-10')
  await changeLine(pages, planId, reading, { every: 'week' })
  const ordered = {
    sentOn: '10 9 2025',
    how: 'by-hand',
    ground: 'other',
    other: 'order-provision',
    groundOn: '3 9 2025',
    groundNote: 'EH000/25/00001',
  }
  expect((await cora.does(`${on}/send-an-amended-plan`, ordered)).errors.join()).toContain(
    'The plan was changed after a manager agreed it',
  )
  await agree(maya, planId, 'manager')
  expect(
    (await cora.does(`${on}/send-an-amended-plan`, { ...ordered, groundOn: '', groundNote: '' })).errors,
  ).toHaveLength(2)
  const sent = await cora.does(`${on}/send-an-amended-plan`, ordered)
  expect(sent.location, sent.errors.join()).toContain('Lines of provision: 1 changed')
  expect((await story.events('tribunal_order'))[0]!.payload).toMatchObject({ order: 'amend-provision' })
  expect((await terms()).filter((one) => one.line_id === reading)).toHaveLength(2)
  const [letter] = (await story.letters('amended-final-plan')).filter((one) => one.recipient_contact)
  expect(letter!.body).toContain('because the tribunal ordered us to, on Wednesday 3 September 2025')

  // A notice, and then a decision against it: the promise stands as it was.
  const decline = { sentOn: '20 10 2025', how: 'by-hand', reasons: 'The school gives it already.' }
  story.today('2025-10-01')
  expect(
    (await cora.does(`${on}/decline-to-amend`, { ...decline, sentOn: '1 10 2025' })).errors.join(),
  ).toContain('No amendment notice waits')
  await changeLine(pages, planId, reading, { every: 'day' })
  const notice = { sentOn: '1 10 2025', how: 'post', after: 'review', reasons: 'As the review asked.' }
  expect((await cora.does(`${on}/send-an-amendment-notice`, notice)).location).toContain(
    '15 days end on Friday 17 October 2025',
  )
  story.today('2025-10-20')
  expect((await cora.does(`${on}/decline-to-amend`, decline)).location).toContain('the plan stays as it is')
  const [declined] = await story.letters('amendment-declined')
  expect(declined!.body).toContain('our decision not to change the EHC plan')
  expect((await terms()).filter((one) => one.line_id === reading)).toHaveLength(2)
}, 60_000)
