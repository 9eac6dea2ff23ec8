import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { STORY_PEOPLE } from '../../src/db/testing/story-authority.ts'
import { checkAccessibility, checkFitsWidth, openPage, shoot } from './browser.ts'
import type { StorySite } from './story-site.ts'

/** Somebody signed in with a browser of their own, who opens pages, fills in forms and looks for words. */
export class Walker {
  readonly page: Page
  readonly #site: StorySite
  readonly #shots: string
  #stop = 0

  private constructor(page: Page, site: StorySite, shots: string) {
    this.page = page
    this.#site = site
    this.#shots = shots
  }

  /** Signs in one of the story's people, or anybody else by the id of the account. */
  static async signsIn(
    site: StorySite,
    who: keyof typeof STORY_PEOPLE | { readonly id: string },
    shots: string,
    width = 1280,
  ): Promise<Walker> {
    const page = await openPage({ width, baseUrl: site.url })
    const { id } = typeof who === 'string' ? STORY_PEOPLE[who] : who
    await page.goto(`${site.url}/sign-in`)
    await page.locator(`#person-${id}`).check()
    await page.locator(`form:has(#person-${id}) button`).click()
    return new Walker(page, site, shots)
  }

  async opens(path: string): Promise<void> {
    const answer = await this.page.goto(this.#site.url + path)
    expect(answer?.status(), path).toBe(200)
  }
  /** An address that is as if it were not there. */
  async doesNotFind(path: string): Promise<void> {
    const answer = await this.page.goto(this.#site.url + path)
    expect(answer?.status(), path).toBe(404)
  }

  /** The page where it stands: accessible, no wider than the window, photographed. */
  async looks(name: string): Promise<void> {
    await this.page.waitForLoadState()
    await shoot(this.page, `${this.#shots}-${String(++this.#stop).padStart(2, '0')}-${name}`)
    await checkFitsWidth(this.page)
    await checkAccessibility(this.page)
  }

  async text(): Promise<string> {
    await this.page.waitForLoadState()
    return (await this.page.locator('body').innerText()).replaceAll(/\s+/g, ' ')
  }
  async sees(...words: (string | RegExp)[]): Promise<void> {
    const text = await this.text()
    for (const word of words) {
      if (typeof word === 'string') expect(text).toContain(word)
      else expect(text).toMatch(word)
    }
  }
  async doesNotSee(...words: string[]): Promise<void> {
    const text = await this.text()
    for (const word of words) expect(text).not.toContain(word)
  }
  /** Words in the order they stand on the page. */
  async seesInOrder(...words: string[]): Promise<void> {
    const text = await this.text()
    const places = words.map((word) => text.indexOf(word))
    expect(places, words.join(' < ')).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  }

  async follows(link: string | RegExp): Promise<void> {
    await this.page.locator('main a').filter({ hasText: link }).first().click()
    await this.page.waitForLoadState()
  }
  async presses(button: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: button }).last().click()
    await this.page.waitForLoadState()
  }
  /** Where letters go with what was sent, checks who receives what and records it. */
  async checksLetters(): Promise<void> {
    await this.page.waitForLoadState()
    if ((await this.page.locator('h1').innerText()) === 'Check who will receive what')
      await this.presses(/^Record this/)
  }
  /** Sends the last form of the page, letters and all. */
  async sends(): Promise<void> {
    await this.page.locator('main form button:visible').last().click()
    await this.checksLetters()
  }

  /** Opens every folded passage, so that its words are read too. */
  async unfolds(): Promise<void> {
    const folded = this.page.locator('main details:not([open]) > summary')
    while ((await folded.count()) > 0) await folded.first().click()
  }

  async types(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, words] of Object.entries(fields)) await this.page.locator(`#${name}`).fill(words)
  }
  async dates(days: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, iso] of Object.entries(days)) {
      const [year, month, day] = iso.split('-')
      await this.types({
        [`${name}-day`]: String(Number(day)),
        [`${name}-month`]: String(Number(month)),
        [`${name}-year`]: year!,
      })
    }
  }
  async chooses(answers: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(answers))
      await this.page.locator(`input[name="${name}"][value="${value}"]`).check()
  }
  async selects(answers: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(answers))
      await this.page.locator(`#${name}`).selectOption(value)
  }
  /** The end of the address after a mark, such as the id of a pupil after "support/". */
  idAfter(mark: string): string {
    const found = new RegExp(`${mark}([0-9a-f-]{36})`).exec(this.page.url())
    if (!found) throw new Error(`${this.page.url()} has no id after ${mark}`)
    return found[1]!
  }
}
