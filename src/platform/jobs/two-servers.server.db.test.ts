import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../db/connection.ts'
import { type FreshRecord, freshRecord } from '../../db/testing/fresh-record.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer } from '../../db/viewer.ts'
import { type JobKind, keepJobs, QUEUE_SCHEMA, startJob } from './index.ts'

const TODAY = '2026-11-23'
const coordinator = STORY_PEOPLE.coordinator.id
let record: FreshRecord

beforeAll(async () => {
  record = await freshRecord()
  await makeStoryAuthority(record.owner, TODAY)
})
afterAll(() => record.close())

const start = (key: string) =>
  asViewer(record.db, { accountId: coordinator, today: TODAY }, (trx) =>
    startJob(trx, { kind: 'work', key, about: key, startedBy: coordinator }),
  )
const statesOf = async () =>
  await record.owner
    .selectFrom('job_progress')
    .select(['key', 'state', 'attempt', 'result'])
    .orderBy('key')
    .execute()
const server = (kind: JobKind) => {
  const owner = connect({ engine: 'postgres', url: record.urls!.owner, maxConnections: 2 })
  const jobs = keepJobs({
    owner,
    location: { engine: 'postgres', url: record.urls!.owner },
    kinds: [kind],
    onProblem: () => {},
    everyMs: 50,
  })
  return {
    started: jobs,
    stop: async () => {
      await (await jobs).stop()
      await owner.destroy()
    },
  }
}

test('two servers starting at once make the queue once, and run each of 12 jobs once', async () => {
  const ran: string[] = []
  const working = (name: string): JobKind => ({
    kind: 'work',
    run: async (job) => {
      ran.push(`${name} ${job.id}`)
      await new Promise((resolve) => setTimeout(resolve, 30))
      return name
    },
  })
  for (let n = 0; n < 12; n++) await start(`job-${String(n).padStart(2, '0')}`)
  const [a, b] = [server(working('a')), server(working('b'))]
  await Promise.all([a.started, b.started])
  await expect
    .poll(async () => (await statesOf()).filter(({ state }) => state === 'done').length, { timeout: 25_000 })
    .toBe(12)
  await Promise.all([a.stop(), b.stop()])
  expect(ran).toHaveLength(12)
  expect(new Set(ran.map((line) => line.split(' ')[1])).size).toBe(12)
  expect((await statesOf()).every(({ attempt }) => attempt === 1)).toBe(true)
})

test('stopped in the middle, it is finished by the next server from where it was', async () => {
  await start('long')
  const pieces: string[] = []
  const slow = (name: string): JobKind => ({
    kind: 'work',
    run: async (job) => {
      for (let n = Number(job.cursor ?? 0); n < 6; n++) {
        if (job.signal.aborted) return undefined
        pieces.push(`${name}${n}`)
        await job.progress({ cursor: String(n + 1), done: n + 1, total: 6 })
        await new Promise((resolve) => setTimeout(resolve, name === 'a' ? 150 : 1))
      }
      return name
    },
  })
  const a = server(slow('a'))
  await expect.poll(() => pieces.length, { timeout: 15_000 }).toBeGreaterThan(2)
  await a.stop()
  const upTo = pieces.length
  expect(upTo).toBeLessThan(6)
  const b = server(slow('b'))
  await expect
    .poll(async () => (await statesOf()).find(({ key }) => key === 'long')?.state, { timeout: 25_000 })
    .toBe('done')
  await b.stop()
  expect(pieces.map((piece) => Number(piece.slice(1)))).toEqual([0, 1, 2, 3, 4, 5])
  expect((await statesOf()).find(({ key }) => key === 'long')).toMatchObject({ result: 'b' })
})

test('the application’s login has no right in the queue’s schema', async () => {
  for (const statement of [
    `select * from ${QUEUE_SCHEMA}.job`,
    `insert into ${QUEUE_SCHEMA}.job (name) values ('x')`,
    `create table ${QUEUE_SCHEMA}.mine (a int)`,
  ])
    await expect(sql.raw(statement).execute(record.db), statement).rejects.toThrow(
      'permission denied for schema',
    )
})
