import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { openPages, type Pages } from '../try-pages/index.ts'
import { findSettings } from './settings.ts'

const TODAY = '2026-07-06'
let pages: Pages
let made = 0
const setting = (name: string, laCode: string, postcode: string) => ({
  urn: String(910_000 + made++),
  la_code: laCode,
  name,
  type: 'State-funded primary',
  postcode,
  source: 'invented for tests',
})
beforeAll(async () => {
  pages = await openPages([], TODAY)
  await pages.record.owner
    .insertInto('setting')
    .values([
      ...Array.from({ length: 22 }, (_, index) =>
        setting(`Ashmere School ${String(index).padStart(2, '0')}`, '999', 'DT1 1AB'),
      ),
      setting('A Mere School', '998', 'ZE1 0AA'),
      setting('Blue Mere School', '998', 'DT9 1AA'),
      setting('Mere School and Nursery', '998', 'ZE1 0AA'),
      setting('Mere School', '998', 'ZE1 0AA'),
      setting("St Anne's-by-the-Sea", '998', 'ZE1 0AA'),
    ])
    .execute()
})
afterAll(() => pages.close())

const names = (typed: string) =>
  asViewer(pages.record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, async (trx) =>
    (await findSettings(trx, typed)).map((one) => one.name),
  )

test('the exact name first, then names that start so, then our own', async () => {
  expect((await names('mere  SCHOOL')).slice(0, 3)).toEqual([
    'Mere School',
    'Mere School and Nursery',
    'Ashmere School 00',
  ])
})
test('a setting near by before one far away', async () => {
  const [near, far] = [await names('blue mere'), await names('a mere school')]
  expect(near[0]).toBe('Blue Mere School')
  expect(far[0]).toBe('A Mere School')
  const both = await names('mere school')
  expect(both).not.toContain('A Mere School')
})
test('an apostrophe and a hyphen are not needed', async () => {
  expect(await names('st annes')).toEqual(["St Anne's-by-the-Sea"])
})
