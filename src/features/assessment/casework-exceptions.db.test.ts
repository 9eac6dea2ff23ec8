import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { openPages, type Pages } from '../children/try-pages/index.ts'
import { caseworkRoutes } from './casework.ts'
import { type Answers, type CaseworkStory, caseworkStory, type Officer } from './casework-story.ts'
import { namesNoException } from './claim-an-exception/grounds.ts'

let pages: Pages
let story: CaseworkStory
let cora: Officer
beforeAll(async () => {
  pages = await openPages(caseworkRoutes, '2025-09-01')
})
afterAll(() => pages.close())

const does = async (who: Officer, slug: string, answers: Answers) => {
  const page = await who.does(slug, answers)
  expect(page.errors, slug).toEqual([])
  expect(page.status).toBe(303)
  return page.location
}
const refused = async (who: Officer, slug: string, answers: Answers, message: RegExp) => {
  const before = (await story.events()).length
  const page = await who.does(slug, answers)
  expect(page.status).toBe(422)
  expect(page.errors.join('\n')).toMatch(message)
  expect(await story.events()).toHaveLength(before)
  return page
}
const finalPlan = () =>
  pages.record.owner
    .selectFrom('deadline')
    .select(['due_on', 'lifted'])
    .where('child_id', '=', story.childId)
    .where('rule', '=', 'final-plan')
    .executeTakeFirstOrThrow()

/** Asked for on 1 June 2025; the school asked for advice on 21 July, two days before its summer closure. */
async function summer(askedOn = '21 7 2025'): Promise<void> {
  story = await caseworkStory(pages, { today: '2025-06-30', requestOn: '2025-06-01' })
  cora = await story.officer('coordinator')
  await does(cora, 'decide-whether-to-assess', { outcome: 'agree', toldOn: '30 6 2025', how: 'post' })
  story.today('2025-09-01')
  await does(cora, 'ask-for-advice', {
    'parent-do': 'not-now',
    'medical-do': 'not-now',
    'psychological-do': 'not-now',
    'social-care-do': 'not-now',
    'educational-do': 'ask',
    'educational-adviser': 'Head teacher, Larkfield Primary School',
    sentOn: askedOn,
    how: 'email',
  })
}
const CLOSED: Answers = {
  limits: ['final-plan'],
  ground: 'school-closed-4-weeks',
  closedFrom: '23 7 2025',
  reopens: '3 9 2025',
  claimedOn: '1 9 2025',
  impracticalBecause: 'Nobody who teaches her could be reached until September.',
  evidence: 'Term dates on the school’s site, saved in the case papers.',
}

describe('A school closed for the summer', () => {
  test('claimed with both legs and evidence, approved by another, lifts the limit and moves no date', async () => {
    await summer()
    const before = await finalPlan()
    expect(before).toEqual({ due_on: '2025-10-19', lifted: false })
    const page = await cora.open('claim-an-exception')
    expect(page.text).toContain('It never moves a date.')
    expect(page.text).toContain('Shortage of staff')
    await does(cora, 'claim-an-exception', CLOSED)
    expect(await finalPlan()).toEqual(before)
    await refused(
      cora,
      'claim-an-exception',
      CLOSED,
      /ground: This exception was already claimed on Monday 1 September 2025/,
    )

    const slug = `decide-exception/${await story.claimId()}`
    expect((await cora.open(slug)).status).toBe(403)
    const maya = await story.officer('manager')
    expect((await maya.open(slug)).text).toContain('Every part that can be checked from the record is met')
    expect(await does(maya, slug, { decision: 'approve' })).toContain('No date has moved')
    expect(await finalPlan()).toEqual({ due_on: '2025-10-19', lifted: true })
    const claims = await story.events('exception_claimed')
    expect(claims).toHaveLength(2)
    expect(claims[1]).toMatchObject({
      supersedes: claims[0]?.id,
      happened_on: '2025-09-01',
      why: 'Approved by Maya Sterling',
    })
    expect(claims[1]?.payload).toMatchObject({ approvedBy: 'Maya Sterling', evidence: CLOSED['evidence'] })
    await refused(maya, slug, { decision: 'approve' }, /already been decided: it is approved/)

    // Its evidence is corrected: it must be approved again.
    const correct = `correct-a-fact/${claims[1]?.id}`
    const shown = await cora.does(correct, {
      what: 'change',
      'detail-evidence': 'A letter from the head.',
      why: 'The page has gone.',
    })
    expect(shown.status).toBe(200)
    expect((await cora.sends(shown, correct, {})).location).toContain('must be approved again')
    expect(await finalPlan()).toEqual({ due_on: '2025-10-19', lifted: false })
  })
  test('no evidence, no second leg, no limit: each is refused beside its field', async () => {
    await summer()
    await refused(
      cora,
      'claim-an-exception',
      { ...CLOSED, evidence: ' ' },
      /evidence: Enter the evidence.*A claim without evidence lifts nothing/,
    )
    await refused(
      cora,
      'claim-an-exception',
      { ...CLOSED, impracticalBecause: '' },
      /impracticalBecause: Enter why/,
    )
    await refused(cora, 'claim-an-exception', { ...CLOSED, limits: [] }, /limits: Choose at least one limit/)
    const page = await refused(
      cora,
      'claim-an-exception',
      { ...CLOSED, limits: ['advice-response'] },
      /limits: The law does not list this exception for: the 6 weeks for a partner body/,
    )
    expect(page.html).toContain('Nobody who teaches her')
  })
  test('closed for less than 4 weeks, or the head asked outside the window, is not the exception', async () => {
    await summer()
    await refused(
      cora,
      'claim-an-exception',
      { ...CLOSED, reopens: '18 8 2025' },
      /reopens: It was closed for 26 days/,
    )
    await summer('10 7 2025')
    await refused(
      cora,
      'claim-an-exception',
      CLOSED,
      /ground: The 20 weeks .*No advice was requested from the school between 16 July 2025 and 27 August 2025/,
    )
  })
  test('refused by a manager with a reason; the limit stands', async () => {
    await summer()
    await does(cora, 'claim-an-exception', CLOSED)
    const hana = await story.officer('localityHead')
    const slug = `decide-exception/${await story.claimId()}`
    await refused(hana, slug, { decision: 'refuse' }, /reason: Enter why/)
    await does(hana, slug, { decision: 'refuse', reason: 'The head answered emails all summer.' })
    expect(await finalPlan()).toEqual({ due_on: '2025-10-19', lifted: false })
    expect((await story.events('exception_refused'))[0]?.payload).toMatchObject({
      ground: 'school-closed-4-weeks',
    })
  })
  test('a manager may not approve their own claim', async () => {
    await summer()
    const maya = await story.officer('manager')
    await does(maya, 'claim-an-exception', CLOSED)
    await refused(
      maya,
      `decide-exception/${await story.claimId()}`,
      { decision: 'approve' },
      /decision: You made this claim/,
    )
  })
  test('correcting a claim does not make it somebody else’s: neither who made it nor who changed it may approve it', async () => {
    await summer()
    const maya = await story.officer('manager')
    await does(maya, 'claim-an-exception', CLOSED)
    const slug = `decide-exception/${await story.claimId()}`
    const hana = await story.officer('localityHead')
    const corrects = async (who: Officer, evidence: string) => {
      const correct = `correct-a-fact/${(await story.events('exception_claimed')).at(-1)?.id}`
      const shown = await who.does(correct, { what: 'change', 'detail-evidence': evidence, why: 'Clearer.' })
      expect((await who.sends(shown, correct, {})).status).toBe(303)
    }
    await corrects(hana, 'A letter from the head.')
    await refused(maya, slug, { decision: 'approve' }, /decision: You made this claim/)
    await refused(hana, slug, { decision: 'approve' }, /decision: You corrected this claim/)
    const page = await hana.open(slug)
    expect(page.text).toContain('1 September 2025, by Maya Sterling')
  })
  test('approved, it still names who claimed it', async () => {
    await summer()
    await does(cora, 'claim-an-exception', CLOSED)
    const slug = `decide-exception/${await story.claimId()}`
    const maya = await story.officer('manager')
    await does(maya, slug, { decision: 'approve' })
    expect((await maya.open(slug)).text).toMatch(/1 September 2025, by Cora/)
    const row = await pages.record.owner
      .selectFrom('exception_claim')
      .select('claimed_by')
      .where('process_id', '=', story.processId)
      .executeTakeFirstOrThrow()
    expect(row.claimed_by).toBe(STORY_PEOPLE.coordinator.id)
  })
  test('a claim refused does not refuse the next on the same ground, made the same day', async () => {
    await summer()
    await does(cora, 'claim-an-exception', CLOSED)
    const maya = await story.officer('manager')
    const first = (await story.events('exception_claimed'))[0]?.id
    await does(maya, `decide-exception/${await story.claimId()}`, {
      decision: 'refuse',
      reason: 'No evidence.',
    })
    expect((await story.events('exception_refused'))[0]?.payload).toMatchObject({ claim: first })
    await does(cora, 'claim-an-exception', { ...CLOSED, evidence: 'The head’s own letter.' })
    const { id } = await pages.record.owner
      .selectFrom('exception_claim')
      .select('id')
      .where('process_id', '=', story.processId)
      .where('state', '=', 'claimed')
      .executeTakeFirstOrThrow()
    expect(await does(maya, `decide-exception/${id}`, { decision: 'approve' })).toContain(
      'the limit is lifted',
    )
    expect((await finalPlan()).lifted).toBe(true)
  })
  test('a refusal struck out as a mistake leaves the claim to be decided', async () => {
    await summer()
    await does(cora, 'claim-an-exception', CLOSED)
    const maya = await story.officer('manager')
    const slug = `decide-exception/${await story.claimId()}`
    await does(maya, slug, { decision: 'refuse', reason: 'The wrong case.' })
    const correct = `correct-a-fact/${(await story.events('exception_refused'))[0]?.id}`
    const shown = await maya.does(correct, { what: 'mistake', why: 'The wrong case.' })
    expect((await maya.sends(shown, correct, {})).status).toBe(303)
    await does(maya, slug, { decision: 'approve' })
    expect((await finalPlan()).lifted).toBe(true)
  })
})

describe('Reasons that are never exceptions', () => {
  test.each([
    ['The educational psychologist was not available', true],
    ['Shortage of staff', true],
    ['The panel was cancelled for half term', true],
    ['He was in hospital from July', false],
    ['Her mother died', false],
  ])('%s: %s', (circumstances, warned) => {
    expect(namesNoException({ circumstances })).toBe(warned)
  })
})

describe('Other grounds', () => {
  test('personal circumstances must be said, and end', async () => {
    await summer()
    const ill: Answers = {
      limits: ['final-plan', 'decision-not-to-issue'],
      ground: 'exceptional-personal-circumstances',
      claimedOn: '1 9 2025',
      impracticalBecause: 'She could not be seen.',
      evidence: 'Hospital letter, case papers 14.',
    }
    await refused(cora, 'claim-an-exception', ill, /personal: Enter what the personal circumstances are/)
    await does(cora, 'claim-an-exception', {
      ...ill,
      personal: 'In hospital from July.',
      circumstancesFrom: '1 7 2025',
    })
    const id = await story.claimId()
    const maya = await story.officer('manager')
    const asked = await maya.open(`decide-exception/${id}`)
    expect(asked.text).toContain('In hospital from July.')
    expect(asked.text).toContain('1 July 2025')
    expect(asked.text).not.toContain('None of these is an exception')
    await does(maya, `decide-exception/${id}`, { decision: 'approve' })
    expect((await finalPlan()).lifted).toBe(true)
    story.today('2025-09-15')
    await does(cora, `end-exception/${id}`, { endedOn: '15 9 2025', why: 'Home and well.' })
    expect(await finalPlan()).toEqual({ due_on: '2025-10-19', lifted: false })
  })
  test('away for 27 days is not 4 weeks', async () => {
    await summer()
    await refused(
      cora,
      'claim-an-exception',
      { ...CLOSED, ground: 'absent-4-weeks', absentFrom: '1 8 2025', absentTo: '27 8 2025' },
      /absentTo: They were away for 27 days/,
    )
    await does(cora, 'claim-an-exception', {
      ...CLOSED,
      ground: 'absent-4-weeks',
      absentFrom: '1 8 2025',
      absentTo: '28 8 2025',
    })
  })
})
