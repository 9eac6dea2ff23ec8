import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { type Housekeeping, keepHouse } from '../../../platform/housekeeping.ts'
import { routes as caseRoutes } from '../../assessment/case-page/index.ts'
import { type CaseworkStory, caseworkStory } from '../../assessment/casework-story.ts'
import { routes as whyRoutes } from '../../assessment/why-this-date/index.ts'
import { openPages, type Pages, type Visitor } from '../../children/try-pages/index.ts'
import { setAReadingRoutes } from './index.ts'

const TODAY = '2025-01-20'
const PATH = '/staff/settings/readings'
const WHY = 'Agreed with our legal adviser on 14 January'
let pages: Pages
let house: Housekeeping
let story: CaseworkStory
let admin: Visitor

beforeAll(async () => {
  pages = await openPages([...setAReadingRoutes(() => house.dayMoved()), ...caseRoutes, ...whyRoutes], TODAY)
  // Asked for on a Saturday: received that day, or by the other reading on the Monday.
  story = await caseworkStory(pages, { today: TODAY, requestOn: '2025-01-04' })
  house = keepHouse({
    owner: pages.record.owner,
    authority: { code: '999', name: 'Story County', mode: 'training' },
    onProblem: (text) => {
      throw new Error(text)
    },
  })
  admin = await pages.signIn('administrator')
})
afterAll(async () => {
  await house.stop()
  await pages.close()
})

const made = () =>
  pages.record.owner
    .selectFrom('authority_setting')
    .select(['key', 'value', 'valid_from', 'set_by', 'why'])
    .orderBy('id')
    .execute()
const cachedDay = async () =>
  (
    await pages.record.owner
      .selectFrom('deadline')
      .select('due_on')
      .where('process_id', '=', story.processId)
      .where('rule', '=', 'decision-to-assess')
      .executeTakeFirstOrThrow()
  ).due_on
const changing = (key: string) => admin.get(`${PATH}?change=${key}`)
const why = async () =>
  (await (await pages.signIn('coordinator')).get(`/staff/cases/${story.processId}/why/decision-to-assess`))
    .text

describe('Readings of the law', () => {
  test('the page lists each point, both readings, the one in force, and the local targets', async () => {
    const { status, text } = await admin.get(PATH)
    expect(status).toBe(200)
    for (const words of [
      'U-1: “Working day” in SI 2014/1530',
      'U-24: Does a phase-transfer or early review re-set the 12 months?',
      'In force Reading A Since Always: it is Clearway’s default',
      'Send the draft plan by week 14 Change',
      'In force Not in use',
      'In force 56 days',
      'It cannot be changed: the other reading moves no date',
      'changes dates from the day you choose',
      'Answer a family’s message within this many working days) In force 2 working days',
      'Answer a setting’s question about SEN support within this many days) In force 14 days',
    ])
      expect(text).toContain(words)
  })

  test('nobody but an administrator opens it or sets one, at either wall', async () => {
    const page = (await changing('reading.U-7')).fill({ 'Why?': WHY })
    for (const part of ['coordinator', 'manager', 'dataOfficer', 'board', 'parent', 'senco'] as const) {
      const visitor = await pages.signIn(part)
      expect((await visitor.get(PATH)).status).toBe(403)
      expect((await visitor.send(page, 'Set it')).status).toBe(403)
    }
    await expect(
      asViewer(pages.record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, (trx) =>
        trx
          .insertInto('authority_setting')
          .values({
            key: 'reading.U-7',
            value: '"B"',
            valid_from: TODAY,
            why: 'x',
            set_by: STORY_PEOPLE.coordinator.id,
          })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    expect(await made()).toEqual([])
  })

  test('what is missing or gone is said beside its question, and nothing is set', async () => {
    const page = await changing('reading.U-7')
    const empty = await admin.send(page, 'Set it')
    expect(empty.status).toBe(422)
    expect(empty.errors).toEqual([
      'choice: Choose what should be in force',
      'from: Enter the day it holds from',
      'why: Enter why: who agreed it, and on what advice',
    ])
    const gone = await admin.send(
      page.fill({
        'From which day?': '19 1 2025',
        'Why?': WHY,
        'What should be in force?': 'B: The next working day',
      }),
      'Set it',
    )
    expect(gone.errors).toEqual([
      'from: The day it holds from must be 20 January 2025 or later: a day that has gone cannot be read another way',
    ])
    expect(gone.value('why')).toBe(WHY)
    for (const key of ['reading.U-15', 'reading.U-99', 'publication.monthly-table'])
      expect((await changing(key)).status).toBe(404)
    expect(await made()).toEqual([])
  })

  test('a changed reading changes the date on the why page and in the cache, from its day', async () => {
    expect(await why()).toContain('Saturday 15 February 2025')
    expect(await cachedDay()).toBe('2025-02-15')
    const page = (await changing('reading.U-7')).fill({
      'What should be in force?': 'B: The next working day',
      'From which day?': '20 1 2025',
      'Why?': WHY,
    })
    expect((await admin.send(page, 'Set it')).location).toBe(PATH)
    expect((await admin.send(page, 'Set it')).location).toBe(PATH)
    expect(await made()).toEqual([
      { key: 'reading.U-7', value: 'B', valid_from: TODAY, set_by: STORY_PEOPLE.administrator.id, why: WHY },
    ])
    expect(await why()).toContain('Monday 17 February 2025')
    expect(await why()).toContain('Reading B (used here)')
    await expect.poll(cachedDay, { timeout: 10_000 }).toBe('2025-02-17')
    expect((await admin.get(PATH)).text).toContain(
      `In force Reading B Since 20 January 2025, set by Adaeze Quint: ${WHY}`,
    )
    const asAt = await (await pages.signIn('coordinator')).get(
      `/staff/cases/${story.processId}/why/decision-to-assess?asAt=2025-01-19`,
    )
    expect(asAt.text).toContain('Saturday 15 February 2025')
  })

  test('one to come is shown as such, and changes nothing until then', async () => {
    const page = (await changing('target.local-draft-plan')).fill({
      'What should be in force?': 'In use: 98 days',
      'From which day?': '1 3 2025',
      'Why?': 'The board asked for it',
    })
    expect((await admin.send(page, 'Set it')).location).toBe(PATH)
    expect((await admin.get(PATH)).text).toContain(
      'From 1 March 2025 98 days Set by Adaeze Quint: The board asked for it',
    )
    const dates = `/staff/cases/${story.processId}/why/local-draft-plan`
    expect((await (await pages.signIn('coordinator')).get(dates)).status).toBe(404)
    pages.today = '2025-03-01'
    expect((await (await pages.signIn('coordinator')).get(dates)).status).toBe(200)
    pages.today = TODAY
  })
})
