import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { caseworkRoutes } from '../casework.ts'
import { type Answers, type CaseworkStory, caseworkStory, type Officer } from '../casework-story.ts'

let pages: Pages
let story: CaseworkStory
let cora: Officer
beforeAll(async () => {
  pages = await openPages(caseworkRoutes, '2025-01-20')
})
afterAll(() => pages.close())
beforeEach(async () => {
  story = await caseworkStory(pages)
  cora = await story.officer('coordinator')
})

async function done(day: string, slug: string, answers: Answers): Promise<void> {
  story.today(day)
  const page = await cora.does(slug, answers)
  expect(page.errors, slug).toEqual([])
  expect(page.status, page.text.slice(0, 400)).toBe(303)
}
async function refused(slug: string, answers: Answers, message: RegExp): Promise<void> {
  const page = await cora.does(slug, answers)
  expect(page.status).toBe(422)
  expect(page.errors.join('\n')).toMatch(message)
}
const dueOf = async (rule: string): Promise<string | null | undefined> =>
  (
    await pages.record.owner
      .selectFrom('deadline')
      .select('due_on')
      .where('child_id', '=', story.childId)
      .where('rule', '=', rule)
      .where('state', '!=', 'lapsed')
      .executeTakeFirst()
  )?.due_on

const refuseToAssess = () =>
  done('2025-02-10', 'decide-whether-to-assess', {
    outcome: 'refuse',
    toldOn: '10 2 2025',
    how: 'post',
    reasons: 'The school has more to try.',
  })
const refusePlan = async () => {
  await done('2025-02-10', 'decide-whether-to-assess', { outcome: 'agree', toldOn: '10 2 2025', how: 'post' })
  await done('2025-04-14', 'decide-whether-to-issue', {
    outcome: 'refuse',
    decidedOn: '14 4 2025',
    how: 'post',
    reasons: 'The school can meet her needs.',
    goOnBecause: 'They will not answer.',
  })
}

describe('Agree to assess after a refusal', () => {
  test.each([
    [
      'mediation',
      'agreementOn',
      'mediation_agreement',
      { matter: 'appealable', agreed: 'assess' },
      'order-assess',
    ],
    ['tribunal-order', 'orderOn', 'tribunal_order', { order: 'assess' }, 'order-assess'],
    ['concession', 'notOpposedOn', 'appeal_not_opposed', { about: 'assess' }, 'unopposed-assess'],
  ])('%s: its day is asked, and the limits run from it', async (following, field, kind, payload, rule) => {
    await refuseToAssess()
    story.today('2025-06-09')
    await done('2025-06-09', 'decide-whether-to-assess', {
      toldOn: '9 6 2025',
      how: 'post',
      following,
      [field]: '2 6 2025',
    })
    expect(await story.events(kind)).toMatchObject([{ happened_on: '2025-06-02', payload }])
    expect(await story.state()).toBe('gathering-advice')
    expect(await dueOf(`${rule}-final-plan`)).toBe('2025-09-08')
    const letters = await story.letters('decided-to-assess')
    expect(letters.length).toBeGreaterThan(0)
  })
  test('a late notice is recorded, and said to be late', async () => {
    await refuseToAssess()
    await done('2025-07-07', 'decide-whether-to-assess', {
      toldOn: '7 7 2025',
      how: 'post',
      following: 'tribunal-order',
      orderOn: '2 6 2025',
    })
    expect(await dueOf('order-assess-final-plan')).toBe('2025-09-08')
  })
  test('an order needs its day; a day before the refusal or after the notice cannot be', async () => {
    await refuseToAssess()
    story.today('2025-06-09')
    const answers = { toldOn: '9 6 2025', how: 'post', following: 'tribunal-order' }
    await refused('decide-whether-to-assess', answers, /orderOn: Enter the date of the tribunal’s order/)
    await refused(
      'decide-whether-to-assess',
      { ...answers, orderOn: '3 2 2025' },
      /on or after Monday 10 February/,
    )
    await refused(
      'decide-whether-to-assess',
      { ...answers, toldOn: '2 6 2025', orderOn: '9 6 2025' },
      /on or before Monday 2 June/,
    )
    expect(await story.events('tribunal_order')).toEqual([])
  })
  test('a second look asks no other day, and the 20 weeks still bind', async () => {
    await refuseToAssess()
    await done('2025-03-20', 'decide-whether-to-assess', {
      toldOn: '20 3 2025',
      how: 'post',
      following: 'reconsideration',
      agreementOn: '2 3 2025',
    })
    expect(await story.events('mediation_agreement')).toEqual([])
    expect(await dueOf('final-plan')).not.toBeNull()
  })
  test('once the decision is made it cannot be made again', async () => {
    await done('2025-02-10', 'decide-whether-to-assess', {
      outcome: 'agree',
      toldOn: '10 2 2025',
      how: 'post',
    })
    await refused(
      'decide-whether-to-assess',
      { outcome: 'agree', toldOn: '10 2 2025', how: 'post' },
      /on the case already/,
    )
  })
})

describe('Agree to make a plan after a refusal', () => {
  test.each([
    [
      'mediation',
      'agreementOn',
      'mediation_agreement',
      { matter: 'appealable', agreed: 'make-plan' },
      'order-make-plan',
    ],
    ['tribunal-order', 'orderOn', 'tribunal_order', { order: 'make-plan' }, 'order-make-plan'],
    ['concession', 'notOpposedOn', 'appeal_not_opposed', { about: 'make-plan' }, 'unopposed-make-plan'],
  ])('%s: draft 5 weeks and plan 11 weeks from its day', async (following, field, kind, payload, rule) => {
    await refusePlan()
    await done('2025-06-09', 'decide-whether-to-issue', {
      decidedOn: '9 6 2025',
      how: 'post',
      following,
      [field]: '2 6 2025',
    })
    expect(await story.events(kind)).toMatchObject([{ happened_on: '2025-06-02', payload }])
    expect(await story.state()).toBe('drafting')
    expect(await dueOf(`${rule}-draft`)).toBe('2025-07-07')
    expect(await dueOf(`${rule}-final`)).toBe('2025-08-18')
  })
})
