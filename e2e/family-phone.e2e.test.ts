import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { type FamilyStory, familyStory, type Part } from '../src/features/family/try-family/index.ts'
import { checkAccessibility, checkFitsWidth, closeBrowser, openPage, shoot } from './support/browser.ts'

/** A family's own phone: the tracker at each stage, in easy words, kept for a day without a connection, and wiped. */
let story: FamilyStory
let url: string

beforeAll(async () => {
  story = await familyStory((record, clock) =>
    buildApp({
      db: record.db,
      authority: { code: '999', name: 'Story County', mode: 'training' },
      secureCookies: false,
      log: false,
      clock,
    }),
  )
  url = await story.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await closeBrowser()
  await story.close()
})

async function comeIn(page: Page, part: Part): Promise<void> {
  const [name, value] = (await story.as(part)).cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url }])
}

const kept = (page: Page): Promise<boolean> => page.evaluate(() => caches.has('family-kept'))

describe('The tracker at each stage', () => {
  test('fits a phone and a desk, accessible at both', { timeout: 120_000 }, async () => {
    const look = async (stage: string): Promise<void> => {
      for (const width of [375, 1280]) {
        const page = await openPage({ width, baseUrl: url })
        await comeIn(page, 'parent')
        for (const [name, path] of [
          ['tracker', '/family'],
          ['easy', `/family/children/${story.childId}/easy`],
          ['who-looked', `/family/children/${story.childId}/who-looked`],
          ['who-can-see', `/family/children/${story.childId}/who-can-see`],
        ] as const) {
          await page.goto(url + path)
          for (const details of await page.locator('details').all())
            await details.evaluate((one) => one.setAttribute('open', ''))
          await shoot(page, `family-${stage}-${name}-${width}`)
          await checkFitsWidth(page)
          await checkAccessibility(page)
        }
        await page.close()
      }
    }
    story.today('2026-07-20')
    await look('asked')
    story.today('2026-08-20')
    await look('late')
    await story.happens('decided_to_assess', '2026-08-21')
    await story.asks('parent', 'Ngozi Okafor', '2026-08-24')
    await story.asks('psychological', 'Dr Iris Vale', '2026-08-24')
    await story.asks('medical', 'Weymouth Clinic', '2026-08-24')
    await story.advises('Weymouth Clinic', 'medical', '2026-09-04')
    story.today('2026-10-12')
    await look('advice')
  })
})

describe('Kept on this phone', () => {
  test('nothing is kept until it is asked for', async () => {
    const page = await openPage({ width: 375, baseUrl: url })
    await comeIn(page, 'parent')
    await page.goto(`${url}/family`)
    await page.getByRole('button', { name: 'Yes, keep it on this phone' }).waitFor()
    expect(await kept(page)).toBe(false)
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
    await page.close()
  })

  test('asked for, it is readable without a connection, stamped; and it goes at sign-out', {
    timeout: 60_000,
  }, async () => {
    const page = await openPage({ width: 375, baseUrl: url })
    await comeIn(page, 'parent')
    await page.goto(`${url}/family`)
    await page.getByRole('button', { name: 'Yes, keep it on this phone' }).click()
    await page.getByRole('button', { name: 'Take it off this phone' }).waitFor()
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.context().setOffline(true)
    await page.goto(`${url}/family`)
    const stamp = await page.locator('.app-kept-stamp').textContent()
    expect(stamp).toMatch(/^As seen on .+ at \d\d:\d\d – you are offline/)
    expect(await page.locator('h1').textContent()).toContain('Amara Okafor')
    await shoot(page, 'family-offline-375')
    // The copy holds no form, no token and no script; and no other page is kept.
    expect(await page.locator('form, script, meta[name="person"]').count()).toBe(0)
    expect(
      await page.evaluate(async () =>
        (await (await caches.open('family-kept')).keys()).map(({ url }) => new URL(url).pathname),
      ),
    ).toEqual(['/family-kept-for', '/family', expect.stringMatching(/^\/assets\/app\..+\.css$/)])
    await page.context().setOffline(false)
    await page.goto(`${url}/family`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/signed-out')
    expect(await kept(page)).toBe(false)
    await page.context().setOffline(true)
    const answer = await page.goto(`${url}/family`).catch(() => undefined)
    expect(answer === undefined || !(await page.content()).includes('Amara')).toBe(true)
    await page.close()
  })

  test('somebody else signing in on the same phone finds nothing of the one before', {
    timeout: 60_000,
  }, async () => {
    const page = await openPage({ width: 375, baseUrl: url })
    await comeIn(page, 'parent')
    await page.goto(`${url}/family`)
    await page.getByRole('button', { name: 'Yes, keep it on this phone' }).click()
    await page.getByRole('button', { name: 'Take it off this phone' }).waitFor()
    // The session ends without a sign-out; another person begins theirs.
    await page.context().clearCookies()
    await comeIn(page, 'socialWorker')
    await page.goto(`${url}/work-out-a-date`)
    await page.waitForFunction(async () => !(await caches.has('family-kept')))
    await page.close()
  })

  test('an ordinary answer is never kept by the browser, and the script is our own under the page’s policy', async () => {
    const { headers } = await (await story.as('parent')).get('/family')
    expect(headers['cache-control']).toBe('no-store')
    const worker = await story.app.inject({ url: '/family-worker.js' })
    expect(worker.headers['content-type']).toContain('text/javascript')
    expect(worker.headers['cache-control']).toBe('no-cache')
    expect(worker.headers['content-security-policy']).toContain("default-src 'none'")
    expect(worker.body).not.toMatch(/importScripts|eval\(/)
  })

  test('without scripts the page says all it says, and offers nothing that would not work', async () => {
    const page = await openPage({ width: 375, baseUrl: url, javaScript: false })
    await comeIn(page, 'parent')
    await page.goto(`${url}/family`)
    expect(await page.locator('main').textContent()).toContain('Whose move is it?')
    expect(await page.getByText('Keep this page on this phone?').isVisible()).toBe(false)
    await page.close()
  })
})
