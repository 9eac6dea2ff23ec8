import { statSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { checkAccessibility, checkFitsWidth, closeBrowser, openPage, shoot } from './browser.ts'

afterAll(closeBrowser)

const html = (body: string) =>
  `<!doctype html><html lang="en"><title>A page</title><main>${body}</main></html>`

test('an accessible page passes and is photographed', async () => {
  const page = await openPage({ width: 320 })
  await page.setContent(html('<h1>Plan</h1><label>Name <input></label>'))
  await checkAccessibility(page)
  await checkFitsWidth(page)
  expect(statSync(await shoot(page, 'browser-check')).size).toBeGreaterThan(0)
  await page.close()
})

test('an unlabelled field and low contrast are named, under a strict content security policy', async () => {
  const page = await openPage()
  await page.route('http://127.0.0.1:9/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
      body: html('<h1>Plan</h1><input><p style="color:#bbb">pale</p>'),
    }),
  )
  await page.goto('http://127.0.0.1:9/')
  await expect(checkAccessibility(page)).rejects.toThrow(/label[\s\S]*contrast|contrast[\s\S]*label/)
  await page.close()
})

test('a page wider than its window is refused', async () => {
  const page = await openPage({ width: 320 })
  await page.setContent(html('<div style="width:900px;margin-left:-8px">wide</div>'))
  await expect(checkFitsWidth(page)).rejects.toThrow('900 pixels wide in a window of 320')
  await page.close()
})

test('a page can be opened without scripts', async () => {
  const page = await openPage({ javaScript: false })
  await page.setContent(html('<p id="p">served</p><script>p.textContent = "scripted"</script>'))
  expect(await page.textContent('p')).toBe('served')
  await page.close()
})
