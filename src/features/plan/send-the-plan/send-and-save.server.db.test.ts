import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseworkRoutes } from '../../assessment/casework.ts'
import { caseworkStory } from '../../assessment/casework-story.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { loadParts, planHash } from '../the-plan/index.ts'
import { asPerson, changeLine, writtenPlan } from '../try-plan/index.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages(caseworkRoutes, '2025-01-20')
})
afterAll(() => pages.close())

test('a draft sent while a colleague saves is the one that was checked, or is not sent; their words are kept either way', async () => {
  const story = await caseworkStory(pages)
  const cora = await story.officer('coordinator')
  const { planId, reading } = await writtenPlan(pages, story, cora)
  const sent = { sentOn: '9 5 2025', how: 'by-hand' }
  for (const often of ['2', '3', '4']) {
    const shown = await cora.sendsOnce(await cora.open('send-the-draft'), 'send-the-draft', sent)
    const checked = await asPerson(pages, 'coordinator', async (trx) =>
      planHash(await loadParts(trx, planId)),
    )
    const [answer] = await Promise.all([
      cora.confirms(shown, 'send-the-draft'),
      changeLine(pages, planId, reading, { times: often, count: Number(often) }),
    ])
    const versions = await pages.record.owner
      .selectFrom('plan_version')
      .select('sha256')
      .where('plan_id', '=', planId)
      .orderBy('number')
      .execute()
    if (answer.status === 303) expect(versions.at(-1)?.sha256).toBe(checked)
    else expect(answer.text).toContain('The words of the plan were changed since you opened this page')
    const now = await asPerson(pages, 'coordinator', (trx) => loadParts(trx, planId))
    expect(now.find((part) => part.partId === reading)!.content).toMatchObject({ times: often })
  }
}, 60_000)
