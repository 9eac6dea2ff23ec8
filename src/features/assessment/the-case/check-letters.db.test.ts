import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { caseworkRoutes } from '../casework.ts'
import { caseworkStory, hiddenOf, MOTHER } from '../casework-story.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages(caseworkRoutes, '2025-01-20')
})
afterAll(() => pages.close())

const REFUSAL = {
  outcome: 'refuse',
  toldOn: '20 1 2025',
  reasons: 'The school meets the needs from what it has, and progress is good.',
  how: 'post',
}

describe('Check who will receive what', () => {
  async function refuse() {
    const story = await caseworkStory(pages, {
      contacts: [
        MOTHER,
        { name: 'Chidi Okafor', relationship: 'father', address: '9 Hill Road', postcode: 'DT1 1AA' },
        {
          name: 'Barred Person',
          relationship: 'stepfather',
          restricted: true,
          address: '1 Elsewhere',
          postcode: 'BH1 1AA',
        },
      ],
    })
    const cora = await story.officer('coordinator')
    const opened = await cora.open('decide-whether-to-assess')
    const shown = await cora.sendsOnce(opened, 'decide-whether-to-assess', REFUSAL)
    return { story, cora, shown, opened }
  }

  test('each letter is shown whole, to whom and where, and nothing is recorded until it is confirmed', async () => {
    const { story, cora, shown, opened } = await refuse()
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('Check who will receive what')
    expect(shown.text).toContain('4 Quay Street')
    expect(shown.text).toContain('9 Hill Road')
    expect(shown.text).toContain('You have the right to appeal to the First-tier Tribunal')
    expect(shown.text).not.toContain('1 Elsewhere')
    expect(await story.events('refused_to_assess')).toEqual([])
    expect(await story.letters()).toEqual([])
    await cora.sends(opened, 'decide-whether-to-assess', REFUSAL)
    expect(await story.events('refused_to_assess')).toHaveLength(1)
    expect((await story.letters()).length).toBeGreaterThanOrEqual(2)
  })

  test('an address that changed after the check is shown again, and nothing goes to the old one', async () => {
    const { story, cora, shown } = await refuse()
    await pages.record.owner
      .updateTable('contact')
      .set({ address_line: '77 New Street' })
      .where('name', '=', 'Chidi Okafor')
      .execute()
    const again = await cora.confirms(shown, 'decide-whether-to-assess')
    expect(again.status).toBe(200)
    expect(again.text).toContain('What would be sent has changed since you checked it')
    expect(again.text).toContain('77 New Street')
    expect(await story.letters()).toEqual([])
  })

  test('going back keeps everything that was typed', async () => {
    const { story, cora, shown } = await refuse()
    const held = Object.fromEntries(new URLSearchParams(hiddenOf(shown.html)))
    const back = await cora.sendsOnce(shown, 'decide-whether-to-assess', { ...held, _change: 'yes' })
    expect(back.status).toBe(200)
    expect(back.errors).toEqual([])
    expect(back.value('reasons')).toBe(REFUSAL.reasons)
    expect(await story.events('refused_to_assess')).toEqual([])
  })
})
