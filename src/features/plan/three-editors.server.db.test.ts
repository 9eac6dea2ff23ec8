import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes as caseRoutes } from '../assessment/case-page/index.ts'
import { caseworkRoutes } from '../assessment/casework.ts'
import { openPages, type Pages, type ReadPage } from '../children/try-pages/index.ts'
import { type AdviceStory, adviceStory, type Someone } from '../professional/advice-story.test-data.ts'
import { professionalRoutes } from '../professional/professional.ts'
import { planWritingRoutes } from './writing.ts'

/** Three people in one plan on a real server, where transactions truly meet: whatever the order, no saved word is lost. */
let pages: Pages
let s: AdviceStory
let editors: readonly Someone[]
let planId = ''

beforeAll(async () => {
  pages = await openPages(
    [...caseRoutes, ...caseworkRoutes, ...professionalRoutes, ...planWritingRoutes],
    '2025-01-20',
  )
  s = await adviceStory(pages)
  editors = [await s.as('coordinator'), await s.as('otherCoordinator'), await s.as('localityHead')]
  const way = `/staff/cases/${s.story.processId}/write-the-plan`
  // All three begin it at one moment: there is one plan.
  const opened = await Promise.all(editors.map((one) => one.open(way)))
  const begun = await Promise.all(
    editors.map((one, index) => one.press(way, opened[index]!, 'Begin the plan')),
  )
  expect(new Set(begun.map((page) => page.location)).size).toBe(1)
  planId = begun[0]!.location.split('/').at(-1)!
})
afterAll(() => pages.close())

const FIELD = 'Provision in general'
const url = () => `/staff/plans/${planId}/sections/F/parts/text-main`
const saves = () =>
  pages.record.owner
    .selectFrom('plan_part')
    .select(['version', 'content', 'removed'])
    .where('plan_id', '=', planId)
    .where('section', '=', 'F')
    .where('slot', '=', 'main')
    .orderBy('version')
    .execute()

/** What one person does: types a word and saves, until it stands, joining what others saved meanwhile. */
async function writes(who: Someone, page: ReadPage, word: string): Promise<void> {
  let shown = page
  let mine = [shown.value('words'), word].filter(Boolean).join('\n')
  for (let turn = 0; turn < 12; turn++) {
    const answer = await who.press(url(), shown, 'Save', { [FIELD]: mine })
    if (answer.status === 303) return
    expect(answer.status).toBe(409)
    // What was typed is there still, and theirs is one press away.
    expect(answer.value('words')).toBe(mine)
    shown = await who.press(url(), answer, 'Put their words under mine')
    mine = shown.value('words')
    expect(mine).toContain(word)
  }
  throw new Error('never saved')
}

test('three editors, in any order: every save stands in a row, and every word is in what stands last', async () => {
  let run = 0
  const all: string[] = []
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (rounds) => {
        for (const round of rounds) {
          const who = [...new Set(round)]
          const opened = await Promise.all(who.map((index) => editors[index]!.open(url())))
          await Promise.all(
            who.map((index, at) => {
              const word = `[${++run}:${index}]`
              all.push(word)
              return writes(editors[index]!, opened[at]!, word)
            }),
          )
        }
        const rows = await saves()
        expect(rows.map((row) => row.version)).toEqual(rows.map((_, version) => version))
        const last = (rows.at(-1)!.content as { words: string }).words
        for (const word of all) expect(last).toContain(word)
      },
    ),
    { numRuns: 8 },
  )
})

test('parts added, moved and taken away by three at once: each part stands once, and its saves are all there', async () => {
  const add = `/staff/plans/${planId}/sections/B/parts/new-need`
  const forms = await Promise.all(editors.map((one) => one.open(add)))
  const added = await Promise.all(
    editors.map((one, index) =>
      one.press(add, forms[index]!, 'Save', { 'The need': `Need of editor ${index}.` }),
    ),
  )
  expect(added.map((page) => page.status)).toEqual([303, 303, 303])
  const ids = added.map((page) => page.location.split('#part-').at(-1)!)
  const answers = await Promise.all([
    editors[0]!.posts(`/staff/plans/${planId}/sections/B/parts/${ids[0]}`, {
      do: 'down',
      fromVersion: '0',
      idempotencyKey: 'down-0',
    }),
    editors[1]!.posts(`/staff/plans/${planId}/sections/B/parts/${ids[1]}`, {
      do: 'up',
      fromVersion: '0',
      idempotencyKey: 'up-1',
    }),
    editors[2]!.posts(`/staff/plans/${planId}/sections/B/parts/${ids[2]}`, {
      do: 'up',
      fromVersion: '0',
      idempotencyKey: 'up-2',
    }),
  ])
  expect(answers.every((page) => page.status === 303)).toBe(true)
  const page = await editors[0]!.open(`/staff/plans/${planId}/sections/B`)
  for (const index of [0, 1, 2]) expect(page.text.split(`Need of editor ${index}.`)).toHaveLength(2)
})

test('a server killed between the save and its answer: the form sent again, even by many, makes one save', async () => {
  const add = `/staff/plans/${planId}/sections/E/parts/new-outcome`
  const [cora] = editors
  const form = await cora!.open(add)
  const typed = { 'The outcome': 'Amara tells a friend what she did at the weekend.' }
  // The answer is lost; the browser sends the same form again, impatiently.
  const sent = await Promise.all([0, 1, 2, 3].map(() => cora!.press(add, form, 'Save', typed)))
  expect(new Set(sent.map((page) => page.location)).size).toBe(1)
  const rows = await pages.record.owner
    .selectFrom('plan_part')
    .select('part_id')
    .where('plan_id', '=', planId)
    .where('section', '=', 'E')
    .execute()
  expect(rows).toHaveLength(1)
})
