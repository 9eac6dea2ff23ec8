import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvent, refreshChild } from '../case-history/index.ts'
import { type FreshRecord, freshRecord } from '../testing/fresh-record.ts'
import { fillHistories } from '../testing/histories.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../testing/story-authority.ts'
import { asOwner, asViewer } from '../viewer.ts'
import { checkDeadlines, type Difference, rebuildDeadlines } from './index.ts'

const TODAY = '2026-03-02'
let record: FreshRecord

beforeAll(async () => {
  record = await freshRecord()
  await makeStoryAuthority(record.owner, TODAY)
  await fillHistories(record.owner, { children: 30, linesEach: 4 })
})
afterAll(() => record.close())

async function differences(today = TODAY): Promise<readonly Difference[]> {
  const found: Difference[] = []
  await checkDeadlines(record.owner, {
    today,
    childrenAtATime: 7,
    onDifference: (difference) => found.push(difference),
  })
  return found
}

test('the first rebuild fills the caches, the second finds nothing to do', async () => {
  expect((await differences()).length).toBeGreaterThan(0)
  const seen: number[] = []
  const report = await rebuildDeadlines(record.owner, {
    today: TODAY,
    childrenAtATime: 7,
    onProgress: ({ children }) => seen.push(children),
  })
  expect(report).toEqual({ children: 30, processes: 30, differing: 30 })
  expect(seen).toEqual([7, 14, 21, 28, 30])
  expect(await rebuildDeadlines(record.owner, { today: TODAY })).toMatchObject({ differing: 0 })
  expect(await differences()).toEqual([])
  const { rows } = await sql<{ due: string }>`select next_due_on as due from process group by 1`.execute(
    record.owner,
  )
  expect(rows).toEqual([{ due: '2026-02-17' }]) // six weeks from 6 January 2026
})

test('a check names the process and the column, and writes nothing', async () => {
  const one = await record.owner
    .selectFrom('process')
    .select(['id', 'reference', 'next_due_on'])
    .orderBy('reference')
    .executeTakeFirstOrThrow()
  await sql`update process set next_due_on = '2027-01-01' where id = ${one.id}`.execute(record.owner)
  await sql`update deadline set due_on = due_on + 1 where process_id = ${one.id} and rule = 'decision-to-assess'`.execute(
    record.owner,
  )
  await sql`delete from deadline where process_id = ${one.id} and rule = 'final-plan'`.execute(record.owner)
  const found = await differences()
  expect(found.map(({ reference, column }) => `${reference} ${column}`).sort()).toEqual([
    `${one.reference} deadline decision-to-assess 1 due_on`,
    `${one.reference} deadline final-plan 1`,
    `${one.reference} next_due_on`,
  ])
  expect(found.find(({ column }) => column === 'next_due_on')).toMatchObject({
    held: '2027-01-01',
    computed: one.next_due_on,
  })
  expect(await differences()).toEqual(found)
  expect(await rebuildDeadlines(record.owner, { today: TODAY })).toMatchObject({ differing: 1 })
  expect(await differences()).toEqual([])
})

test('gives what a command gives: nothing differs after facts are recorded one by one', async () => {
  const child = await record.owner
    .selectFrom('process')
    .select(['id', 'child_id'])
    .orderBy('reference', 'desc')
    .executeTakeFirstOrThrow()
  const base = { childId: child.child_id, processId: child.id, today: TODAY, by: STORY_PEOPLE.coordinator.id }
  await asOwner(record.owner, async (trx) => {
    await recordEvent(trx, { ...base, kind: 'decided_to_assess', on: '2026-02-10' })
    await refreshChild(trx, child.child_id, TODAY)
  })
  expect(await differences()).toEqual([])
  await asOwner(record.owner, (trx) => recordEvent(trx, { ...base, kind: 'draft_issued', on: '2026-02-27' }))
  expect((await differences()).length).toBeGreaterThan(0) // the command that forgot to refresh is found out
  await rebuildDeadlines(record.owner, { today: TODAY })
  expect(await differences()).toEqual([])
})

test('does not make a form that is open on a case stale', async () => {
  const version = async (): Promise<number> =>
    (await sql<{ sum: number }>`select sum(version) as sum from process`.execute(record.owner)).rows[0]!.sum
  const before = await version()
  await sql`update process set next_due_on = null`.execute(record.owner)
  await rebuildDeadlines(record.owner, { today: TODAY, onlyOpen: true })
  expect(await differences()).toEqual([])
  expect(await version()).toBe(before)
})

test('while people record facts, the caches end up true and nobody is refused', {
  timeout: 60_000,
}, async () => {
  const cases = await record.owner.selectFrom('process').select(['id', 'child_id']).orderBy('id').execute()
  let working = true
  const people = [0, 1, 2].map(async (person) => {
    for (let round = 0; round < 20; round++) {
      const one = cases[(round * 3 + person) % cases.length]!
      await asViewer(record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, async (trx) => {
        if (round % 2 === 0) await sql`select from process where id = ${one.id} for update`.execute(trx)
        await recordEvent(trx, {
          childId: one.child_id,
          processId: one.id,
          today: TODAY,
          by: STORY_PEOPLE.coordinator.id,
          kind: 'advice_requested',
          on: '2026-02-12',
          payload: { head: 'psychological', adviser: `adviser-${person}-${round}` },
        })
        await refreshChild(trx, one.child_id, TODAY)
      })
    }
  })
  const rebuilding = (async () => {
    while (working) {
      await sql`update process set next_due_on = null where id in (select id from process order by random() limit 5 for update skip locked)`.execute(
        record.owner,
      )
      await rebuildDeadlines(record.owner, { today: TODAY, childrenAtATime: 10 })
    }
  })()
  await Promise.all(people).finally(() => {
    working = false
  })
  await rebuilding
  expect(await differences()).toEqual([])
})
