import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { openPages, type Pages, type Visitor } from '../../children/try-pages/index.ts'
import { loadReckoning } from '../../provision/prove-provision/index.ts'
import { giveTermDatesRoutes } from './index.ts'

const TODAY = '2025-09-01'
const PATH = '/staff/settings/terms'
let pages: Pages
let admin: Visitor
let told = 0

beforeAll(async () => {
  pages = await openPages(
    giveTermDatesRoutes(() => {
      told++
    }),
    TODAY,
  )
  admin = await pages.signIn('administrator')
})
afterAll(() => pages.close())

test('terms are given, kept with where they are from, and counted by; what cannot be read is told line by line and kept', async () => {
  const typed = 'Autumn 2025, 1 September 2025 to 19 December 2025\nSpring, sometime'
  const said = { 'Terms, one to a line': typed, 'Where are they from?': 'The school calendar' }
  const refused = await admin.send((await admin.get(PATH)).fill(said), 'Keep these terms')
  expect(refused.errors).toEqual([
    'terms: Line 2 was not read: write the name, a comma, and the first and last day with “to” between them',
  ])
  expect(refused.value('terms')).toBe(typed)
  expect(told).toBe(0)

  const mended = refused.fill({ 'Terms, one to a line': typed.split('\n')[0]! })
  expect((await admin.send(mended, 'Keep these terms')).location).toBe(PATH)
  expect(told).toBe(1)
  const { years } = await asViewer(
    pages.record.db,
    { accountId: STORY_PEOPLE.coordinator.id, today: TODAY },
    (trx) => loadReckoning(trx, TODAY),
  )
  expect(years.given.map(({ name }) => name)).toEqual(['Autumn 2025'])
  expect((await admin.get(PATH)).text).toContain('The school calendar')
})
