import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkDeadlines } from '../db/rebuild/index.ts'
import { type FreshRecord, freshRecord } from '../db/testing/fresh-record.ts'
import { fillHistories } from '../db/testing/histories.ts'
import { makeStoryAuthority } from '../db/testing/story-authority.ts'
import { keepHouse } from './housekeeping.ts'

const TODAY = '2026-03-02'
let record: FreshRecord
const problems: string[] = []

beforeAll(async () => {
  record = await freshRecord()
  await makeStoryAuthority(record.owner, TODAY)
  await fillHistories(record.owner, { children: 8, linesEach: 4 })
})
afterAll(() => record.close())

const keep = () =>
  keepHouse({
    owner: record.owner,
    authority: { code: '999', name: 'Story County', mode: 'training' },
    onProblem: (text) => problems.push(text),
  })
const differing = async () => (await checkDeadlines(record.owner, { today: TODAY })).differing
const settled = async () => {
  for (let tries = 0; tries < 100 && (await differing()) > 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  return differing()
}

test('at start the caches are put right, whatever day they were left on', async () => {
  expect(await differing()).toBe(8)
  const house = keep()
  expect(await settled()).toBe(0)
  await house.stop()
  expect(problems).toEqual([])
})

test('a reading of the law that has changed is followed at once', async () => {
  const house = keep()
  expect(await settled()).toBe(0)
  await record.owner
    .insertInto('authority_setting')
    .values({ key: 'reading.U-7', value: '"B"', valid_from: TODAY, why: 'test' })
    .execute()
  await record.owner
    .insertInto('authority_setting')
    .values({ key: 'target.local-draft-plan', value: '98', valid_from: TODAY, why: 'test' })
    .execute()
  expect(await differing()).toBe(8)
  house.dayMoved()
  expect(await settled()).toBe(0)
  await house.stop()
  expect(problems).toEqual([])
})

test('stopped while it is computing, it ends between two batches', async () => {
  await sql`update process set next_due_on = '2030-01-01'`.execute(record.owner)
  const house = keep()
  await house.stop()
  expect(problems).toEqual([])
  const next = keep()
  expect(await settled()).toBe(0)
  await next.stop()
})
