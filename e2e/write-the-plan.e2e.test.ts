import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pages } from '../src/features/children/try-pages/index.ts'
import { adviceStory } from '../src/features/professional/advice-story.test-data.ts'
import { checkAccessibility, checkFitsWidth, closeBrowser, openPage, shoot } from './support/browser.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

/** Writing a plan in a browser: marks come while typing, and words typed are not lost with the session. */
let site: StorySite
let page: Page
let here = ''

beforeAll(async () => {
  site = await openStorySite('2025-01-20')
  const pages = { record: site.record, app: site.app, today: '2025-01-20' } as unknown as Pages
  const s = await adviceStory(pages)
  await site.today('2025-01-20')
  page = await openPage({ baseUrl: site.url })
  await site.signIn(page, 'coordinator')
  await page.goto(`${site.url}/staff/cases/${s.story.processId}/write-the-plan`)
  await page.getByRole('button', { name: 'Begin the plan' }).click()
  await page.waitForURL(/\/staff\/plans\//)
  here = page.url()
})
afterAll(async () => {
  await closeBrowser()
  await site.close()
})

const good = async (name: string): Promise<void> => {
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    await checkAccessibility(page)
    await checkFitsWidth(page)
    await shoot(page, `plan-${name}-${width}`)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

test('the marks on a line come while it is typed, wide and on a phone', async () => {
  await page.goto(`${here}/sections/F/parts/new-provision`)
  await page
    .getByLabel('What is to be provided')
    .fill('Access to regular speech and language therapy where possible')
  // The marks come by themselves, before anything is saved.
  await page.getByText('marks on what you typed').waitFor()
  await good('typing')
  await page.getByLabel('How long each time').fill('1½ hours')
  await page.getByLabel('How many times').fill('1')
  await page.getByLabel('In what').selectOption('week')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await page.getByText('1½ hours').first().waitFor()
})

test('what was typed is there again after the session ended', async () => {
  const url = `${here}/sections/A/parts/text-child-views`
  await page.goto(url)
  await page.getByLabel('What the child or young person says').fill('I like drums. 🥁')
  await site.record.owner.deleteFrom('session').execute()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('sign in', { exact: false }).first().waitFor()
  await site.signIn(page, 'coordinator')
  await page.goto(url)
  await page.getByRole('button', { name: 'Bring them back' }).click()
  expect(await page.getByLabel('What the child or young person says').inputValue()).toBe('I like drums. 🥁')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  // Saved, it is not offered again.
  await page.goto(url)
  expect(await page.getByRole('button', { name: 'Bring them back' }).count()).toBe(0)
})
