import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner, asViewer } from '../../../db/viewer.ts'
import { openPages, type Pages, type Visitor } from '../../children/try-pages/index.ts'
import { routes as meetingRoutes } from '../meet-the-family/index.ts'
import { beginPlan, freezeVersion, type Plan, type PlanSaver, savePart } from '../the-plan/index.ts'
import { routes } from './index.ts'
import { findShared } from './queries.ts'

const TODAY = '2026-07-06'
const SENT = '2026-07-01'
const CHILD = '00000000-0000-4000-8000-0000000009a1'
const CASE = '00000000-0000-4000-8000-0000000009b1'
let pages: Pages
let cora: Visitor
let paula: Visitor
let plan: Plan
const by: PlanSaver = { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }

beforeAll(async () => {
  pages = await openPages([...routes, ...meetingRoutes], TODAY)
  const { owner } = pages.record
  await owner
    .insertInto('child')
    .values({
      id: CHILD,
      reference: 'C-90100',
      given_name: 'Ada',
      family_name: 'Marsh',
      name_key: 'ada marsh',
      date_of_birth: '2016-02-29',
      sex: 'F',
      locality_id: 'north',
      registered_on: '2026-01-05',
    })
    .execute()
  const contact = randomUUID()
  await owner
    .insertInto('contact')
    .values({ id: contact, name: 'Paula Marsh', account_id: STORY_PEOPLE.parent.id })
    .execute()
  await owner
    .insertInto('child_contact')
    .values({
      child_id: CHILD,
      contact_id: contact,
      relationship: 'parent',
      parental_responsibility: true,
      from_on: '2016-02-29',
    })
    .execute()
  await owner
    .insertInto('process')
    .values({
      id: CASE,
      reference: 'A-2026-90100',
      child_id: CHILD,
      kind: 'assessment',
      state: 'with-family',
      opened_on: '2026-03-02',
      assigned_to: STORY_PEOPLE.coordinator.id,
    })
    .execute()
  await asOwner(owner, async (trx) => {
    const fact = { childId: CHILD, processId: CASE, today: TODAY, by: by.accountId }
    await recordEvent(trx, { ...fact, kind: 'request_received', on: '2026-03-02', payload: { by: 'parent' } })
    await recordEvent(trx, { ...fact, kind: 'decided_to_assess', on: '2026-04-13' })
    plan = (await beginPlan(trx, { childId: CHILD, processId: CASE, fromYear9: false }, by)).plan
    await savePart(
      trx,
      plan,
      { section: 'A', kind: 'text', slot: 'child-views' },
      { words: 'I love the sea. Reading is hard.', voice: 'child' },
      by,
    )
    const eventId = await recordEvent(trx, { ...fact, kind: 'draft_issued', on: SENT })
    await refreshChild(trx, CHILD, TODAY)
    await freezeVersion(trx, plan, 'draft', { on: SENT, eventId }, by)
  })
  cora = await pages.signIn('coordinator')
  paula = await pages.signIn('parent')
})
afterAll(() => pages.close())

const facts = (kind: string) =>
  pages.record.owner.selectFrom('case_event').selectAll().where('kind', '=', kind).orderBy('seq').execute()
const own = `/family/children/${CHILD}/my-plan`

test('the page starts from the plan, and nothing is on it that nobody kept; the family reads it once it was shared', async () => {
  const base = `/staff/plans/${plan.id}/my-plan`
  const page = await cora.get(`${base}/write`)
  expect(page.value('words-me-0')).toBe('My name is Ada.')
  expect(page.value('words-good-0')).toBe('I love the sea.')
  const unread = await cora.send(page, 'Save the page')
  expect(unread.errors[0]).toBe('keep-me-0: Keep at least one sentence of “Who I am”')
  const kept = {
    '#keep-me-0': 'yes',
    '#keep-good-0': 'yes',
    '#keep-talk-0': 'yes',
    '#words-help-0': 'My teacher helps me.',
  }
  const unticked = await cora.send(
    unread.fill({ ...kept, '#words-hard-0': 'I find "books" & <sums hard.' }),
    'Save the page',
  )
  expect(unticked.errors).toEqual([
    'keep-hard-0: Tick “Keep” for what you wrote in “What is hard for me”, or clear it',
    'keep-help-0: Tick “Keep” for what you wrote in “Who helps me”, or clear it',
  ])
  expect(unticked.value('words-hard-0')).toBe('I find "books" & <sums hard.')
  const stale = await cora.get(`${base}/write`)
  const saved = await cora.send(
    unticked.fill({ '#keep-hard-0': 'yes', '#keep-help-0': 'yes', '#picture-good': 'sun' }),
    'Save the page',
  )
  expect(saved.status, saved.text).toBe(303)
  const second = await cora.send(stale.fill({ ...kept, '#keep-help-0': 'yes' }), 'Save the page')
  expect(second.text).toContain('Somebody else saved the page since you opened it')
  expect(second.value('words-help-0')).toBe('My teacher helps me.')

  const shown = await cora.get(base)
  expect(shown.html).toContain('aria-label="The sun coming up"')
  expect(shown.html).toContain('I find &quot;books&quot; &amp; &lt;sums hard.')
  expect(shown.text).toContain('A child of 8 or 9 can read it')
  expect((await paula.get(own)).text).toContain('There is no page yet')

  const form = await cora.get(`${base}/share`)
  const early = await cora.send(
    form.fill({
      '#sharedOn-day': '7',
      'Who explained it?': 'Sue Hart, teaching assistant',
      'How?': 'In person',
    }),
    'Record it',
  )
  expect(early.errors).toEqual(['sharedOn: The day must be today or in the past'])
  const shared = await cora.send(
    early.fill({ '#sharedOn-day': '6', 'What did the child say? (optional)': 'I did not know I had one!' }),
    'Record it',
  )
  expect(shared.status, shared.text).toBe(303)
  expect((await cora.get(base)).text).toContain('They said: I did not know I had one!')
  expect((await facts('my_plan_shared')).map((fact) => fact.payload)).toEqual([{ page: 1, how: 'in-person' }])
  // What the child said is not the parent's to read, and neither is the column.
  const said = (who: keyof typeof STORY_PEOPLE) =>
    asViewer(pages.record.db, { accountId: STORY_PEOPLE[who].id, today: TODAY }, (trx) =>
      findShared(trx, CHILD),
    )
  expect((await said('coordinator')).map((one) => one.said)).toEqual(['I did not know I had one!'])
  expect((await said('parent')).map((one) => one.said)).toEqual([''])
  const theirs = await paula.get(own)
  expect(theirs.text).toContain('I love the sea.')
  expect(theirs.text).not.toContain('Reading is hard')
  expect(theirs.html).toMatch(/<div class="app-my-plan__listen" data-read-to-me hidden>/)

  // A page that was changed is the office's own until it is shared, and the wall alone holds it so.
  const change = await cora.get(`${base}/write`)
  await cora.send(change.fill({ '#words-good-0': 'I swim.' }), 'Save the page')
  expect((await paula.get(own)).text).toContain('I love the sea.')
  const sees = (who: keyof typeof STORY_PEOPLE) =>
    asViewer(pages.record.db, { accountId: STORY_PEOPLE[who].id, today: TODAY }, async (trx) => [
      (await trx.selectFrom('my_plan').select('id').execute()).length,
      (await trx.selectFrom('my_plan_shared').select('id').execute()).length,
    ])
  expect(await sees('coordinator')).toEqual([2, 1])
  expect(await sees('parent')).toEqual([1, 1])
  for (const who of ['advocate', 'senco', 'psychologist', 'healthLead', 'administrator', 'board'] as const)
    expect(await sees(who), who).toEqual([0, 0])
  await expect(
    asViewer(pages.record.db, { accountId: STORY_PEOPLE.parent.id, today: TODAY }, (trx) =>
      trx
        .insertInto('my_plan')
        .values({
          plan_id: plan.id,
          child_id: CHILD,
          version_id: randomUUID(),
          number: 9,
          content: '{}',
          saved_by: STORY_PEOPLE.parent.id,
          saved_on: TODAY,
        })
        .execute(),
    ),
  ).rejects.toThrow(/row-level security/)
})

test('notes of a meeting: not of the future, each fact of the law once, and the parts it changes', async () => {
  const base = `/staff/plans/${plan.id}/meetings`
  const page = await cora.get(`${base}/new`)
  const future = await cora.send(
    page.fill({
      'When was it?': '7 7 2026',
      'When did the family ask for it? (optional)': '3 7 2026',
      'How did you meet?': 'By video',
      '#present': 'Paula Marsh and Cora Coombes',
    }),
    'Keep the notes',
  )
  expect(future.errors).toEqual([
    'heldOn: The day of the meeting must be today or in the past: notes are of what was said',
    'notes: Write what was said, what was agreed, or what was not',
  ])
  const kept = await cora.send(
    future.fill({
      'When was it?': '6 7 2026',
      '#agreed': 'More help with reading.',
      '#partIds': await onlyPart(),
    }),
    'Keep the notes',
  )
  expect(kept.status, kept.text).toBe(303)
  const list = await cora.get(base)
  expect(list.text).toContain('By video, 6 July 2026')
  expect(list.text).toContain('Section A: I love the sea. Reading is hard.')
  // More notes of the same day tell the law nothing twice.
  const more = await cora.send(
    (await cora.get(`${base}/new`)).fill({
      'When was it?': '6 7 2026',
      'How did you meet?': 'By video',
      '#present': 'The same',
      '#notAgreed': 'How many hours.',
    }),
    'Keep the notes',
  )
  expect(more.status, more.text).toBe(303)
  expect((await facts('draft_meeting_requested')).map((fact) => fact.happened_on)).toEqual(['2026-07-03'])
  expect((await facts('draft_meeting_held')).map((fact) => fact.happened_on)).toEqual([TODAY])
  expect(await facts('plan_meeting_noted')).toHaveLength(2)
  expect(JSON.stringify(await facts('plan_meeting_noted'))).not.toContain('hours')
})

const onlyPart = async (): Promise<string> =>
  (await pages.record.owner.selectFrom('plan_part').select('part_id').executeTakeFirstOrThrow()).part_id
