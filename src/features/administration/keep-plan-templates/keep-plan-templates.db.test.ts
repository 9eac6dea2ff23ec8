import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { openPages, type Pages, type Visitor } from '../../children/try-pages/index.ts'
import { currentTemplate } from '../../plan/the-plan/index.ts'
import { routes } from './index.ts'

const TODAY = '2026-07-06'
const PATH = '/staff/plan-templates'
const WHY = {
  '#askedBy': 'Parent carer forum',
  '#why': 'Plainer words',
  '#decision': 'Agreed by the SEND manager',
}
let pages: Pages
let manager: Visitor

beforeAll(async () => {
  pages = await openPages(routes, TODAY)
  manager = await pages.signIn('manager')
})
afterAll(() => pages.close())

const templates = () =>
  pages.record.owner.selectFrom('plan_template').selectAll().orderBy('made_on').orderBy('version').execute()
const standard = async () => (await templates()).find((one) => one.version === 1 && one.name === 'Standard')!
const onDay = (day: string, fromYear9 = false) =>
  asViewer(pages.record.db, { accountId: STORY_PEOPLE.coordinator.id, today: day }, (trx) =>
    currentTemplate(trx, day, fromYear9),
  )

test('a new version is worded, goes live from a day, and closes the one before that day; plans keep theirs', async () => {
  const old = await standard()
  const page = await manager.get(`${PATH}/${old.id}/words`)
  expect(page.value('heading-F')).toBe('Section F: Special educational provision')
  const merged = await manager.send(
    page.fill({ ...WHY, '#heading-B': 'Sections B and C: Needs', '#intro-F': 'What we will do for you' }),
    'Save as a draft',
  )
  expect(merged.status).toBe(422)
  expect(merged.errors[0]).toContain('heading-B: The heading of section B puts sections B and C together')
  expect(merged.value('intro-F')).toBe('What we will do for you')
  const kept = await manager.send(
    merged.fill({ '#heading-B': 'Section B: What is hard for you' }),
    'Save as a draft',
  )
  expect(kept.status, kept.text).toBe(303)
  expect((await manager.get(kept.location)).text).toContain('Asked for by Parent carer forum: Plainer words')
  expect((await manager.get(`${kept.location}/preview`)).text).toContain('Section B: What is hard for you')

  // Two people change one draft: the second is told, and keeps what they typed.
  const [first, second] = [
    await manager.get(`${kept.location}/words`),
    await manager.get(`${kept.location}/words`),
  ]
  expect((await manager.send(first.fill({ ...WHY, '#intro-A': 'One' }), 'Save the words')).status).toBe(303)
  const stale = await manager.send(second.fill({ ...WHY, '#intro-A': 'Two' }), 'Save the words')
  expect(stale.text).toContain('Somebody else has changed it')
  expect(stale.value('intro-A')).toBe('Two')
  expect((await manager.send(stale, 'Save the words')).status).toBe(303)

  const move = await manager.get(`${kept.location}/state`)
  const past = await manager.send(
    move.fill({
      ...WHY,
      'What happens to it?': 'Make it live',
      '#on-day': '5',
      '#on-month': '7',
      '#on-year': '2026',
    }),
    'Move it on',
  )
  expect(past.errors).toEqual([
    'on: The day must be 6 July 2026 or later: plans were begun on the days that have gone',
  ])
  const live = await manager.send(past.fill({ '#on-day': '1', '#on-month': '9' }), 'Move it on')
  expect(live.status, live.text).toBe(303)
  expect((await standard()).live_to).toBe('2026-09-01')
  expect((await onDay('2026-08-31')).version).toBe(1)
  expect((await onDay('2026-09-01')).version).toBe(2)
  expect((await manager.get(PATH)).text).toContain('Live until 31 August 2026')

  // A third that would hold on the same days is refused beside the field; the form of the other is gone once it is live.
  const another = await manager.send(
    (await manager.get(`${PATH}/${old.id}/words`)).fill({ ...WHY }),
    'Save as a draft',
  )
  const clash = await manager.send(
    (await manager.get(`${another.location}/state`)).fill({
      ...WHY,
      'What happens to it?': 'Make it live',
      '#on-day': '1',
      '#on-month': '8',
      '#on-year': '2026',
    }),
    'Move it on',
  )
  expect(clash.errors[0]).toContain('on: Standard version 2 is live from 1 September 2026')
})

test('a file is checked line by line and written only when it is whole and somebody says so', async () => {
  const old = await standard()
  const file = JSON.parse((await manager.get(`${PATH}/${old.id}/file`)).html)
  const count = (await templates()).length
  const without = { ...file, sections: file.sections.filter((one: { id: string }) => one.id !== 'C') }
  const bad = await manager.send(
    (await manager.get(`${PATH}/import`)).fill({ '#words': JSON.stringify(without) }),
    'Check it',
  )
  expect(bad.text).toContain('Section C is missing')
  expect(bad.text).toContain('Section A, heading')
  expect(await templates()).toHaveLength(count)
  const good = await manager.send(
    (await manager.get(`${PATH}/import`)).fill({
      '#words': JSON.stringify({ ...file, name: 'National', ageBand: 'from-year-9' }),
    }),
    'Check it',
  )
  expect(good.status, good.text).toBe(200)
  expect(await templates()).toHaveLength(count)
  const untold = await manager.send(good, 'Keep it as a draft')
  expect(untold.errors).toContain('askedBy: Enter who asked for it')
  const kept = await manager.send(untold.fill(WHY), 'Keep it as a draft')
  expect(kept.status, kept.text).toBe(303)
  expect((await manager.get(kept.location)).text).toContain('Year 9 and above')
})

test('each wall alone: no other role writes, and the database keeps sections, days and used words', async () => {
  const old = await standard()
  const cora = await pages.signIn('coordinator')
  expect((await cora.get(PATH)).status).toBe(403)
  expect((await (await pages.signIn('localityHead')).get(`${PATH}/${old.id}/words`)).status).toBe(403)
  const as = (who: keyof typeof STORY_PEOPLE, work: Parameters<typeof asViewer>[2]) =>
    asViewer(pages.record.db, { accountId: STORY_PEOPLE[who].id, today: TODAY }, work)
  const row = (content: unknown, by: keyof typeof STORY_PEOPLE) => ({
    name: 'Other',
    content: JSON.stringify(content),
    made_by: STORY_PEOPLE[by].id,
    made_on: TODAY,
  })
  const whole = old.content as { sections: object[] }
  await expect(
    as('coordinator', (trx) => trx.insertInto('plan_template').values(row(whole, 'coordinator')).execute()),
  ).rejects.toThrow(/row-level security/)
  await expect(
    as('manager', (trx) =>
      trx
        .insertInto('plan_template')
        .values(row({ sections: whole.sections.slice(1) }, 'manager'))
        .execute(),
    ),
  ).rejects.toThrow(/check constraint/)
  await expect(
    as('manager', (trx) =>
      trx.updateTable('plan_template').set({ name: 'Renamed' }).where('id', '=', old.id).execute(),
    ),
  ).rejects.toThrow(/replaced by a new version/)
  await expect(
    as('manager', (trx) =>
      trx
        .insertInto('plan_template')
        .values({ ...row(whole, 'manager'), state: 'live', live_from: '2026-08-01' })
        .execute(),
    ),
  ).rejects.toThrow(/two templates would hold on one day/)
  const used = (await as('coordinator', (trx) =>
    trx.selectFrom('plan_template').select('id').execute(),
  )) as unknown[]
  expect(used.length).toBeGreaterThan(0)
})
