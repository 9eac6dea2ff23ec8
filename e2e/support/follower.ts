import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { STORY_PEOPLE } from '../../src/db/testing/story-authority.ts'
import { startSession } from '../../src/platform/sessions.ts'
import { checkAccessibility, checkFitsWidth, openPage, shoot } from './browser.ts'
import type { StorySite } from './story-site.ts'

export interface HowTheyCome {
  /** Whose pictures these are, and of which story: `phone-mother`. */
  readonly name: string
  /** 375 is a phone. */
  readonly width?: number
  readonly scripts?: boolean
}

/** One person of a story in a browser of their own. Every page they stop at is checked and photographed. */
export class Follower {
  readonly page: Page
  readonly site: StorySite
  readonly #name: string
  readonly #scripts: boolean
  #stop = 0
  private constructor(site: StorySite, page: Page, how: HowTheyCome) {
    this.site = site
    this.page = page
    this.#name = how.name
    this.#scripts = how.scripts ?? true
  }

  static async comes(site: StorySite, how: HowTheyCome): Promise<Follower> {
    const page = await openPage({
      width: how.width ?? 1280,
      javaScript: how.scripts ?? true,
      baseUrl: site.url,
    })
    return new Follower(site, page, how)
  }

  /** Comes in as one of the story's people by a session of their own. */
  async signsInAs(part: keyof typeof STORY_PEOPLE, day: string): Promise<void> {
    await this.hasSessionOf(STORY_PEOPLE[part].id, day)
  }
  async hasSessionOf(account: string, day: string): Promise<void> {
    const value = await startSession(this.site.record.db, account, day)
    await this.page.context().addCookies([{ name: 'clearway', value, url: this.site.url }])
  }

  /** Accessible, no wider than the window, photographed. */
  async looks(name: string): Promise<void> {
    await shoot(this.page, `${this.#name}-${String(++this.#stop).padStart(2, '0')}-${name}`)
    await checkFitsWidth(this.page)
    if (this.#scripts) await checkAccessibility(this.page)
  }

  async goes(path: string): Promise<number> {
    const answer = await this.page.goto(this.site.url + path)
    return answer?.status() ?? 0
  }

  /** Every word of the page in hand, folded parts too. */
  async words(): Promise<string> {
    await this.page.waitForLoadState()
    return ((await this.page.locator('body').textContent()) ?? '').replaceAll(/\s+/g, ' ')
  }
  async sees(...words: (string | RegExp)[]): Promise<void> {
    const text = await this.words()
    for (const word of words)
      if (typeof word === 'string') expect(text).toContain(word)
      else expect(text).toMatch(word)
  }
  async seesNo(...words: string[]): Promise<void> {
    const html = await this.page.content()
    for (const word of words) expect(html, `${word} at ${this.page.url()}`).not.toContain(word)
  }

  async fills(name: string, value: string): Promise<void> {
    await this.page.locator(`[name="${name}"]:not([type=hidden])`).fill(value)
  }
  async chooses(name: string, value: string): Promise<void> {
    await this.page.locator(`input[name="${name}"][value="${value}"]`).check()
  }
  async selects(name: string, option: string | { label: string }): Promise<void> {
    await this.page.locator(`select[name="${name}"]`).selectOption(option)
  }
  async ticks(name: string): Promise<void> {
    for (const box of await this.page.locator(`input[type=checkbox][name="${name}"]`).all()) await box.check()
  }
  async dates(name: string, iso: string): Promise<void> {
    const [year, month, day] = iso.split('-')
    await this.fills(`${name}-day`, String(Number(day)))
    await this.fills(`${name}-month`, String(Number(month)))
    await this.fills(`${name}-year`, year!)
  }
  async presses(name: string | RegExp): Promise<void> {
    await this.page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .last()
      .click()
    await this.page.waitForLoadState()
  }
  /** A link by its words, one drawn as a button too. */
  async follows(words: string | RegExp): Promise<void> {
    await this.page.locator('main a').filter({ hasText: words }).first().click()
    await this.page.waitForLoadState()
  }
  /** The page is what it should be: its heading says so. */
  async isAt(heading: string | RegExp): Promise<void> {
    const text = (await this.page.locator('h1').innerText()).replaceAll(/\s+/g, ' ')
    if (typeof heading === 'string') expect(text, await this.errors()).toBe(heading)
    else expect(text, await this.errors()).toMatch(heading)
  }
  async errors(): Promise<string> {
    const summary = this.page.locator('.govuk-error-summary')
    return (await summary.count()) > 0 ? `${this.page.url()}: ${await summary.innerText()}` : this.page.url()
  }
  /** Where letters go with a step, they are checked before anything is kept. */
  async checksLetters(): Promise<void> {
    await this.isAt('Check who will receive what')
    await this.looks('check-letters')
    await this.presses(/^Record this/)
  }

  /** Asks for an address as this person, without leaving the page in hand. */
  async tries(path: string): Promise<{ readonly status: number; readonly body: string }> {
    const answer = await this.page.context().request.get(this.site.url + path)
    const isText = /text|json/.test(answer.headers()['content-type'] ?? '')
    return { status: answer.status(), body: isText ? await answer.text() : '' }
  }
  /** Everything this person can open from their first page on, by following every link of the family's pages. */
  async everythingTheyReach(first = '/family'): Promise<ReadonlyMap<string, string>> {
    const pages = new Map<string, string>()
    const waiting = [first]
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (pages.has(path)) continue
      const { status, body } = await this.tries(path)
      expect(status, path).toBe(200)
      pages.set(path, body)
      expect(pages.size, 'pages without end').toBeLessThan(150)
      for (const [, href] of body.matchAll(/href="(\/(?:family|files|m)[^"#]*)/g))
        waiting.push(href!.replaceAll('&amp;', '&'))
    }
    return pages
  }
}
