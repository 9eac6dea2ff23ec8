import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvent, refreshChild } from '../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asOwner } from '../../db/viewer.ts'
import { openPages, type Pages, type ReadPage, type Visitor } from '../children/try-pages/index.ts'
import { routes as askRoutes } from './ask-for-an-assessment/index.ts'
import { routes as draftRoutes } from './comment-on-the-draft/index.ts'
import { routes as viewRoutes } from './give-views/index.ts'

/** Two tabs of one person pressing at the same moment, on a server where they truly run at once. */

const TODAY = '2026-07-06'
const TURNS = 5
/** Each turn is five pages of a family, and the machine may be busy. */
const LONG = { timeout: 120_000 }
const CHILD = '00000000-0000-4000-8000-0000000009a1'
let pages: Pages
let paula: Visitor

beforeAll(async () => {
  pages = await openPages([...askRoutes({ secureCookies: false }), ...draftRoutes, ...viewRoutes], TODAY)
  const { owner } = pages.record
  const process = '00000000-0000-4000-8000-0000000009b1'
  const contact = '00000000-0000-4000-8000-0000000009c1'
  await asOwner(owner, async (trx) => {
    await trx
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
    await trx
      .insertInto('contact')
      .values({ id: contact, name: 'Paula Marsh', account_id: STORY_PEOPLE.parent.id })
      .execute()
    await trx
      .insertInto('child_contact')
      .values({
        child_id: CHILD,
        contact_id: contact,
        relationship: 'mother',
        parental_responsibility: true,
        from_on: '2016-02-29',
      })
      .execute()
    await trx
      .insertInto('process')
      .values({
        id: process,
        reference: 'A-2026-90100',
        child_id: CHILD,
        kind: 'assessment',
        state: 'with-family',
        opened_on: '2026-03-02',
      })
      .execute()
    const line = { childId: CHILD, processId: process, today: TODAY, by: STORY_PEOPLE.coordinator.id }
    await recordEvent(trx, { ...line, kind: 'request_received', on: '2026-03-02', payload: { by: 'parent' } })
    await recordEvent(trx, { ...line, kind: 'decided_to_assess', on: '2026-04-13' })
    await recordEvent(trx, { ...line, kind: 'draft_issued', on: '2026-07-01' })
    await refreshChild(trx, CHILD, TODAY)
  })
  paula = await pages.signIn('parent')
})
afterAll(() => pages.close())

/** Presses a button in two tabs at once: one is saved, and the other is shown both its own words and what was saved. */
async function pressBoth(
  tabs: readonly [ReadPage, ReadPage],
  button: string,
  words: readonly [string, string],
): Promise<string> {
  const answers = await Promise.all(tabs.map((tab) => paula.send(tab, button)))
  const saved = answers.findIndex((answer) => answer.status === 303)
  const told = answers[1 - saved]!
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([303, 422])
  expect(told.text).toContain(words[saved]!)
  expect(told.html).toContain(words[1 - saved]!)
  return words[saved]!
}

test('views: what one tab saved is never written over unseen by the other', LONG, async () => {
  const url = `/family/children/${CHILD}/views/mine`
  for (let turn = 0; turn < TURNS; turn++) {
    const words = [`first ${turn} of tab one`, `second ${turn} of tab two`] as const
    const tabs = [await paula.get(url), await paula.get(url)] as const
    tabs.forEach((tab, index) => {
      tab.fill({ '#words': words[index]! })
    })
    const kept = await pressBoth(tabs, 'Save for later', words)
    expect((await paula.get(url)).value('words')).toBe(kept)
  }
})

test('comments on the draft: the same', LONG, async () => {
  const url = `/family/children/${CHILD}/draft/section/B`
  for (let turn = 0; turn < TURNS; turn++) {
    const words = [`first ${turn} of tab one`, `second ${turn} of tab two`] as const
    const tabs = [await paula.get(url), await paula.get(url)] as const
    tabs.forEach((tab, index) => {
      tab.fill({ '#stance-whole': 'change', '#words-whole': words[index]! })
    })
    const kept = await pressBoth(tabs, 'Save', words)
    expect((await paula.get(url)).value('words-whole')).toBe(kept)
  }
})

test('a request: the same; and sent from two tabs at once it is one request and one case', LONG, async () => {
  const begun = await paula.send(
    (await paula.get('/family/ask-for-an-assessment')).fill({ '#child': CHILD }),
    'Go on',
  )
  const draft = begun.location.replace(/\/who$/, '')
  const fill = async (page: string, answers: Readonly<Record<string, string>>) => {
    const next = await paula.send((await paula.get(`${draft}/${page}`)).fill(answers), 'Save and go on')
    expect(next.status, next.text).toBe(303)
  }
  await fill('who', { '#askedBy': 'parent' })
  for (let turn = 0; turn < TURNS; turn++) {
    const words = [`first ${turn} of tab one`, `second ${turn} of tab two`] as const
    const tabs = [await paula.get(`${draft}/why`), await paula.get(`${draft}/why`)] as const
    tabs.forEach((tab, index) => {
      tab.fill({ '#why': words[index]! })
    })
    await pressBoth(tabs, 'Save and go on', words)
  }
  await fill('you', { '#yourName': 'Paula Marsh', '#relationship': 'mother' })
  await fill('reach-you', { '#phone': '01305 251 000' })
  await fill('help', {})
  const tabs = [await paula.get(`${draft}/check`), await paula.get(`${draft}/check`)]
  const sent = await Promise.all(tabs.map((tab) => paula.send(tab, 'Send the request')))
  expect(sent.map((answer) => [answer.status, answer.location])).toEqual([
    [303, `${draft}/sent`],
    [303, `${draft}/sent`],
  ])
  const { owner } = pages.record
  expect(await owner.selectFrom('online_request').select('state').execute()).toEqual([{ state: 'accepted' }])
  const facts = await owner
    .selectFrom('case_event')
    .select('id')
    .where('kind', '=', 'request_received')
    .execute()
  expect(facts).toHaveLength(2)
})
