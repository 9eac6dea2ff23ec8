import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes as detailsRoutes } from '../children/change-details/index.ts'
import { openPages, type Pages } from '../children/try-pages/index.ts'
import { caseworkRoutes } from './casework.ts'
import { caseworkStory } from './casework-story.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages([...caseworkRoutes, ...detailsRoutes], '2025-01-20')
})
afterAll(() => pages.close())

test('a note on the case while the child’s details change: neither waits for the other for ever', async () => {
  const story = await caseworkStory(pages)
  const [cora, maya] = [await story.officer('coordinator'), await story.officer('manager')]
  const details = `/staff/children/${story.childId}/details`
  for (let turn = 0; turn < 12; turn++) {
    const [note, child] = await Promise.all([cora.open('write-a-note'), maya.open(details)])
    const [noted, changed] = await Promise.all([
      cora.sends(note, 'write-a-note', { on: '20 1 2025', note: `Turn ${turn}` }),
      maya.sends(child, details, { town: `Town ${turn}`, why: 'They wrote.' }),
    ])
    // Stale is an answer: whoever came second is asked to look again. A failure is not.
    expect([303, 422]).toContain(noted.status)
    expect([303, 422]).toContain(changed.status)
  }
  expect((await story.events('child_details_changed')).length).toBeGreaterThan(0)
})
