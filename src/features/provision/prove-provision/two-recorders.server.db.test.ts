import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner } from '../../../db/viewer.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { type PlanInForce, planInForce } from './a-plan-in-force.test-data.ts'
import { routes } from './index.ts'

/** On a server, where two commands truly meet. */
let pages: Pages
let plan: PlanInForce
beforeAll(async () => {
  pages = await openPages(routes, '2026-11-02')
  plan = await planInForce(pages, { sentOn: '2026-11-02', lines: [['F', {}]] })
  await asOwner(pages.record.owner, (trx) =>
    trx
      .insertInto('provision_deliverer')
      .values(
        (['healthProfessional', 'socialWorker'] as const).map((part) => ({
          line_id: plan.lines[0]!,
          child_id: plan.story.childId,
          account_id: STORY_PEOPLE[part].id,
          from_on: '2026-11-02',
          given_by: STORY_PEOPLE.coordinator.id,
        })),
      )
      .execute(),
  )
})
afterAll(() => pages.close())

test('two people who record the same session at once record one', async () => {
  plan.story.today('2026-11-20')
  const here = `/professional/provision/${plan.lines[0]}`
  const people = [await plan.story.officer('healthProfessional'), await plan.story.officer('socialWorker')]
  const opened = await Promise.all(people.map((one) => one.open(here)))
  const sent = await Promise.all(
    people.map((one, index) =>
      one.sends(opened[index]!, here, { 'day-0': '12', 'kind-0': 'given', 'minutes-0': '45' }),
    ),
  )
  expect(sent.map((page) => page.status).toSorted()).toEqual([303, 422])
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from provision_record`.execute(
    pages.record.owner,
  )
  expect(rows[0]?.count).toBe(1)
})

test('a family’s two reports at once start one clock', async () => {
  const here = `/family/children/${plan.story.childId}/provision/${plan.lines[0]}/not-happening`
  const people = [await plan.story.officer('parent'), await plan.story.officer('parent')]
  const opened = await Promise.all(people.map((one) => one.open(here)))
  const sent = await Promise.all(
    people.map((one, index) =>
      one.sends(opened[index]!, here, { words: 'It has stopped.', since: '16 11 2026' }),
    ),
  )
  expect(sent.map((page) => page.status).toSorted()).toEqual([303, 422])
  const clocks = await pages.record.owner
    .selectFrom('deadline')
    .select(['due_on', 'state'])
    .where('rule', '=', 'local-provision-gap-answer')
    .execute()
  expect(clocks).toEqual([{ due_on: '2026-11-27', state: 'open' }])
})
