import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { connect } from '../../../db/connection.ts'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner } from '../../../db/viewer.ts'
import { keepJobs } from '../../../platform/jobs/index.ts'
import { startSession } from '../../../platform/sessions.ts'
import { openPages, type Pages, ReadPage } from '../../children/try-pages/index.ts'
import { cohortJob, routes } from './index.tsx'

const TODAY = '2026-11-23'
const CHILDREN = 12
let pages: Pages
const processes: string[] = []

beforeAll(async () => {
  pages = await openPages(routes, TODAY)
  await asOwner(pages.record.owner, async (trx) => {
    for (let n = 0; n < CHILDREN; n++) {
      const child = await trx
        .insertInto('child')
        .values({
          reference: `C-9${n}`,
          given_name: `Wren${n}`,
          family_name: 'Larch',
          name_key: `larch wren${n}`,
          date_of_birth: '2016-01-15',
          sex: 'F',
          locality_id: 'north',
          setting_urn: '900001',
          primary_need: 'ASD',
          registered_on: '2024-01-01',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const process = await trx
        .insertInto('process')
        .values({
          reference: `P-2024-9${n}`,
          child_id: child.id,
          kind: 'plan',
          state: 'in-force',
          opened_on: '2024-06-01',
          locality_id: 'north',
          assigned_to: STORY_PEOPLE.coordinator.id,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await recordEvent(trx, {
        childId: child.id,
        processId: process.id,
        kind: 'final_issued',
        on: '2024-06-01',
        today: '2024-06-01',
        by: STORY_PEOPLE.coordinator.id,
      })
      await refreshChild(trx, child.id, TODAY)
      processes.push(process.id)
    }
  })
})
afterAll(() => pages.close())

const server = () => {
  const owner = connect({ engine: 'postgres', url: pages.record.urls!.owner, maxConnections: 3 })
  const jobs = keepJobs({
    owner,
    location: { engine: 'postgres', url: pages.record.urls!.owner },
    kinds: [cohortJob(owner)],
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
const states = async (): Promise<Record<string, number>> => {
  const rows = await pages.record.owner.selectFrom('cohort_child').select('state').execute()
  return Object.fromEntries(
    Map.groupBy(rows, (row) => row.state)
      .entries()
      .map(([key, all]) => [key, all.length]),
  )
}

test('chosen and looked over whole, then each child is consulted once, though the server stops in the middle', async () => {
  const cora = await pages.signIn('coordinator')
  const list = await cora.get('/staff/cohorts/new?year=6&need=ASD&locality=north')
  expect(list.text).toContain(`${CHILDREN} children with a plan`)
  expect((await cora.get('/staff/cohorts/new?year=5')).text).toContain('No children shown')
  const found = await cora.send(
    list.fill({ 'Name of the cohort': 'Year 6 to 7', 'Find a setting': 'Quarry' }),
    'Search',
  )
  expect(found.text).toContain('Quarry Bank Academy')
  // Every child ticked: a browser posts the name once for each, so the form is posted as one does.
  const payload = (doing: string, key: string): string => {
    const form = new URLSearchParams({
      _csrf: token,
      idempotencyKey: key,
      name: 'Year 6 to 7',
      setting: '900002',
      doing,
      [`own-${processes[0]}`]: '900003',
    })
    for (const id of processes) form.append('child', id)
    return form.toString()
  }
  const cookie = `clearway=${await startSession(pages.record.db, STORY_PEOPLE.coordinator.id, TODAY)}`
  const { csrf_secret: token } = await pages.record.owner
    .selectFrom('session')
    .select('csrf_secret')
    .where('account_id', '=', STORY_PEOPLE.coordinator.id)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  const posts = async (doing: string, key: string): Promise<ReadPage> => {
    const answer = await pages.app.inject({
      method: 'POST',
      url: '/staff/cohorts/new',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: payload(doing, key),
    })
    return new ReadPage(answer.statusCode, answer.body, `${answer.headers.location ?? ''}`)
  }
  const whole = await posts('look', 'a')
  expect(whole.text).toContain(`${CHILDREN} letters will be kept`)
  expect(whole.text).toContain('Tidewater Special School')
  const [first, again] = [await posts('start', 'cohort-once'), await posts('start', 'cohort-once')]
  expect(first.status).toBe(303)
  expect(again.location).toBe(first.location)
  expect(await states()).toEqual({ waiting: CHILDREN })

  const one = server()
  await one.started
  await expect
    .poll(async () => (await states())['consulted'] ?? 0, { timeout: 25_000, interval: 10 })
    .toBeGreaterThan(1)
  await one.stop()
  const [two, three] = [server(), server()]
  await expect.poll(states, { timeout: 25_000 }).toEqual({ consulted: CHILDREN })
  await Promise.all([two.stop(), three.stop()])

  const { owner } = pages.record
  const events = await owner
    .selectFrom('case_event')
    .select('child_id')
    .where('kind', '=', 'setting_consulted')
    .execute()
  expect(events).toHaveLength(CHILDREN)
  expect(new Set(events.map((row) => row.child_id)).size).toBe(CHILDREN)
  const letters = await owner
    .selectFrom('document')
    .select('child_id')
    .where('kind', '=', 'setting-consultation')
    .execute()
  expect(letters).toHaveLength(CHILDREN)
  const logged = await owner
    .selectFrom('access_log')
    .select('id')
    .where('what', '=', 'cohort-consultation')
    .execute()
  expect(logged).toHaveLength(CHILDREN)
  expect((await cora.get(first.location)).text).toContain(`${CHILDREN} consulted, 0 not`)
  // Asked for again, none can be done, and nothing is.
  expect((await posts('look', 'b')).text).toContain('Has already been consulted')
})
