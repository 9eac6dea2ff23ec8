import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults, RunOptions } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../tools/programs.mjs'

export interface PageOptions {
  /** Where relative addresses start. */
  readonly baseUrl?: string
  /** In CSS pixels: 1280 is a desk, 390 a phone, 320 the narrowest that must work. */
  readonly width?: number
  readonly javaScript?: boolean
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const screensDir = join(import.meta.dirname, '..', '..', '.cache', 'screens')
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser | undefined

/** One Chromium for a test file; each page gets a fresh context of its own. */
async function startBrowser(): Promise<Browser> {
  if (browser?.isConnected()) return browser
  const executablePath = findChromium()
  if (executablePath === null)
    throw new Error('no Chromium on this machine; install it, or set CLEARWAY_CHROMIUM')
  browser = await chromium.launch({ executablePath, args: flags })
  return browser
}

/** Call in afterAll. */
export async function closeBrowser(): Promise<void> {
  await browser?.close()
  browser = undefined
}

/** A page in a context of its own: nobody signed in, nothing remembered. Its context closes with it. */
export async function openPage(options: PageOptions = {}): Promise<Page> {
  const width = options.width ?? 1280
  const context: BrowserContext = await (await startBrowser()).newContext({
    ...(options.baseUrl === undefined ? {} : { baseURL: options.baseUrl }),
    viewport: { width, height: width < 600 ? 844 : 900 },
    javaScriptEnabled: options.javaScript ?? true,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  page.once('close', () => void context.close().catch(() => {}))
  return page
}

const wcag22AA: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'] },
  resultTypes: ['violations'],
}

/**
 * Fails, in words, when the page breaks WCAG 2.2 A or AA as far as axe can tell.
 * The page must run scripts; axe comes in by the debugger, so a strict content security policy is no obstacle.
 */
export async function checkAccessibility(page: Page): Promise<void> {
  await page.evaluate(axeSource)
  const results = await page.evaluate(
    (options) =>
      (globalThis as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run(options),
    wcag22AA,
  )
  if (results.violations.length === 0) return
  const shown = results.violations.map(({ id, impact, help, tags, nodes }) =>
    [
      `${impact ?? 'unknown'}: ${help} (${id}; ${tags.filter((tag) => /^wcag\d{3,}/.test(tag)).join(', ')})`,
      ...nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}\n      ${node.html.slice(0, 200)}`),
      ...(nodes.length > 5 ? [`    and ${nodes.length - 5} more`] : []),
    ].join('\n'),
  )
  throw new Error(
    `${results.violations.length} accessibility violation(s) at ${page.url()}\n${shown.join('\n')}`,
  )
}

/** Fails when anything makes the page scroll sideways at its width. */
export async function checkFitsWidth(page: Page): Promise<void> {
  const { content, view } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    view: document.documentElement.clientWidth,
  }))
  if (content > view) throw new Error(`${page.url()} is ${content} pixels wide in a window of ${view}`)
}

/** Saves the whole page as .cache/screens/NAME.png and gives the file's path. */
export async function shoot(page: Page, name: string): Promise<string> {
  mkdirSync(screensDir, { recursive: true })
  const path = join(screensDir, `${name}.png`)
  await page.screenshot({ path, fullPage: true })
  return path
}
