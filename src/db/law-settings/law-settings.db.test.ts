import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, iso } from '../../law/index.ts'
import { type FreshRecord, freshRecord } from '../testing/fresh-record.ts'
import { asOwner } from '../viewer.ts'
import { isLawEverSet, lawSettingsFrom, loadLawSettings } from './index.ts'

let record: FreshRecord
beforeAll(async () => {
  record = await freshRecord()
})
afterAll(() => record.close())

const on = (day: string) => asOwner(record.owner, (trx) => loadLawSettings(trx, day))
const set = (key: string, value: unknown, from: string, to: string | null = null) =>
  record.owner
    .insertInto('authority_setting')
    .values({ key, value: JSON.stringify(value), valid_from: from, valid_to: to, why: 'test' })
    .execute()

test('no rows give the defaults themselves', async () => {
  expect(await on('2026-01-01')).toBe(DEFAULT_SETTINGS)
  expect(await asOwner(record.owner, isLawEverSet)).toBe(false)
})

test('a setting holds from its first day to the day before its last, and the one set last wins', async () => {
  await set('reading.U-2', 'B', '2026-03-01', '2026-06-01')
  await set('target.local-draft-plan', 98, '2026-03-01')
  await set('due-soon-days', 21, '2026-03-02')
  await set('publication.monthly-table', { anything: true }, '2026-03-01')
  expect(await asOwner(record.owner, isLawEverSet)).toBe(true)
  expect(await on('2026-02-28')).toBe(DEFAULT_SETTINGS)
  expect(await on('2026-03-01')).toEqual({
    readings: { 'U-2': 'B' },
    localTargets: [
      'local-review-notice-to-professionals',
      'local-advice-chase',
      'local-draft-plan',
      'local-provision-gap-answer',
    ],
    dueSoonDays: 14,
  })
  expect((await on('2026-03-02')).dueSoonDays).toBe(21)
  expect((await on('2026-05-31')).readings).toEqual({ 'U-2': 'B' })
  expect((await on('2026-06-01')).readings).toEqual({})
  await set('reading.U-2', 'A', '2026-04-01')
  expect((await on('2026-03-31')).readings).toEqual({ 'U-2': 'B' })
  expect((await on('2026-04-01')).readings).toEqual({})
})

test('term dates are the school days of the law, without the week of half-term', () => {
  const autumn = {
    name: 'Autumn',
    from: '2026-09-01',
    to: '2026-12-18',
    breakFrom: '2026-10-26',
    breakTo: '2026-10-30',
  }
  const given = lawSettingsFrom([{ key: 'term-dates', value: [autumn] }])
  expect(given.terms?.terms.map(({ from, to }) => [iso(from), iso(to)])).toEqual([
    ['2026-09-01', '2026-10-25'],
    ['2026-10-31', '2026-12-18'],
  ])
  expect(given.localTargets).toEqual(DEFAULT_SETTINGS.localTargets)
  expect(lawSettingsFrom([{ key: 'term-dates', value: [] }]).terms).toBeUndefined()
})

test('the same values are the same object, so that the law is compiled once', async () => {
  expect(await on('2026-03-05')).toBe(await on('2026-03-06'))
  expect(await on('2026-03-01')).not.toBe(await on('2026-03-02'))
  expect(lawSettingsFrom([{ key: 'reading.U-6', value: 'both' }])).toBe(DEFAULT_SETTINGS)
})

test.each([
  ['reading.U-99', 'A', 'The setting reading.U-99 names no uncertain reading: U-1 to U-24'],
  ['reading.U-9', 'B', 'The setting reading.U-9 is "B"; it may be "both" or "A"'],
  ['reading.U-2', null, 'The setting reading.U-2 is null; it may be "A" or "B"'],
  ['target.local-tea', 5, 'The setting target.local-tea names no local target'],
  [
    'target.local-advice-chase',
    29,
    'The setting target.local-advice-chase is 29; this version of Clearway counts 28 days for it, or 0 for not in use',
  ],
  ['due-soon-days', '14', 'The setting due-soon-days is "14"; it must be 1 to 90 days'],
])('%s of %j is an error in words', (key, value, words) => {
  expect(() => lawSettingsFrom([{ key, value }])).toThrow(words)
})
