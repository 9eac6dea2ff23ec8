import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import type { Pages } from '../children/try-pages/index.ts'
import { adviceStory, openAdvicePages } from './advice-story.test-data.ts'

/** Two people at one moment on a real server, where transactions truly meet. */
let pages: Pages
beforeAll(async () => {
  pages = await openAdvicePages('2025-01-20')
})
afterAll(() => pages.close())

const partOf = async (adviceId: string, section: string): Promise<string> =>
  (
    await pages.record.owner
      .selectFrom('advice_part')
      .select('part_id')
      .where('advice_request_id', '=', adviceId)
      .where('section', '=', section)
      .executeTakeFirstOrThrow()
  ).part_id

test('two save one page at one moment, again and again: one stands each time, the other is shown both, and no word is lost', async () => {
  const s = await adviceStory(pages)
  const here = `/professional/advice/${s.adviceId}`
  const [priya, pandora] = [await s.as('psychologist'), await s.as('headOfService')]
  // Both begin it at once: there is one.
  const begun = await Promise.all([priya.does(here, 'Start writing'), pandora.does(here, 'Start writing')])
  expect(begun.map((page) => page.location)).toEqual([`${here}/write`, `${here}/write`])
  const url = `${here}/part/${await partOf(s.adviceId, 'views')}`
  const field = 'What the child or young person told you'
  const typed = new Set<string>()
  for (let turn = 0; turn < 10; turn++) {
    const [hers, theirs] = await Promise.all([priya.open(url), pandora.open(url)])
    const words = [`Priya’s words ${turn}.`, `Pandora’s words ${turn}.`] as const
    const saves = await Promise.all([
      priya.press(url, hers, 'Save', { [field]: words[0] }),
      pandora.press(url, theirs, 'Save', { [field]: words[1] }),
    ])
    expect(saves.map((page) => page.status).toSorted()).toEqual([303, 409])
    const [met, loser] = saves[0].status === 409 ? ([saves[0], 0] as const) : ([saves[1], 1] as const)
    expect(met.text).toContain(words[1 - loser])
    expect(met.value('words')).toBe(words[loser])
    const person = loser === 0 ? priya : pandora
    const together = await person.press(url, met, 'Save', { [field]: `${words[0]} ${words[1]}` })
    expect(together.status).toBe(303)
    for (const one of words) typed.add(one)
  }
  const versions = await pages.record.owner
    .selectFrom('advice_part')
    .select(['version', 'content', 'saved_by'])
    .where('advice_request_id', '=', s.adviceId)
    .where('section', '=', 'views')
    .orderBy('version')
    .execute()
  expect(versions.map((row) => row.version)).toEqual(Array.from({ length: 21 }, (_, version) => version))
  const all = JSON.stringify(versions)
  for (const one of typed) expect(all).toContain(one)
  expect(new Set(versions.map((row) => row.saved_by))).toEqual(
    new Set([STORY_PEOPLE.psychologist.id, STORY_PEOPLE.headOfService.id]),
  )
})

test('released by two at one moment it is released once, and its coming is one fact', async () => {
  const s = await adviceStory(pages)
  const here = `/professional/advice/${s.adviceId}`
  const [priya, pandora] = [await s.as('psychologist'), await s.as('headOfService')]
  await priya.does(here, 'Start writing')
  await priya.does(`${here}/part/${await partOf(s.adviceId, 'found')}`, 'Save', {
    'What you saw and found': 'She reads well.',
  })
  const [hers, theirs] = await Promise.all([priya.open(`${here}/release`), pandora.open(`${here}/release`)])
  const answers = await Promise.all([
    priya.press(`${here}/release`, hers, 'Release the advice'),
    pandora.press(`${here}/release`, theirs, 'Release the advice'),
  ])
  // The second is told what a second version needs, as anybody who comes after is.
  expect(answers.map((page) => page.status).toSorted()).toEqual([303, 422])
  expect(await s.story.events('advice_received')).toHaveLength(1)
  const releases = await pages.record.owner
    .selectFrom('advice_release')
    .select('number')
    .where('advice_request_id', '=', s.adviceId)
    .execute()
  expect(releases).toEqual([{ number: 1 }])
})
