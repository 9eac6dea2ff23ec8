import type { Page } from 'playwright-core'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { checkAccessibility, checkFitsWidth, closeBrowser, openPage, shoot } from './support/browser.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

/** A desk, a phone, and a desk with scripts off: the same story, page by page. */
const ways = [
  { way: 'at a desk', width: 1280, scripts: true },
  { way: 'on a phone', width: 375, scripts: true },
  { way: 'with scripts off', width: 1280, scripts: false },
] as const

let site: StorySite | undefined
afterEach(async () => {
  await site?.close()
  site = undefined
})
afterAll(closeBrowser)

/** Everybody who follows the story: one page, looked at wherever it stops. */
class Follower {
  readonly page: Page
  readonly #way: (typeof ways)[number]
  #stop = 0
  constructor(page: Page, way: (typeof ways)[number]) {
    this.page = page
    this.#way = way
  }
  /** Each page is checked where it stands: accessible, no wider than the window, photographed. */
  async looks(name: string): Promise<void> {
    await shoot(
      this.page,
      `story-${this.#way.way.replaceAll(' ', '-')}-${String(++this.#stop).padStart(2, '0')}-${name}`,
    )
    await checkFitsWidth(this.page)
    if (this.#way.scripts) await checkAccessibility(this.page)
  }
  async date(name: string, iso: string): Promise<void> {
    const [year, month, day] = iso.split('-')
    await this.page.locator(`#${name}-day`).fill(String(Number(day)))
    await this.page.locator(`#${name}-month`).fill(String(Number(month)))
    await this.page.locator(`#${name}-year`).fill(year!)
  }
  async choose(name: string, value: string): Promise<void> {
    await this.page.locator(`input[name="${name}"][value="${value}"]`).check()
  }
  async tick(name: string): Promise<void> {
    for (const box of await this.page.locator(`input[name="${name}"]`).all()) await box.check()
  }
  /** Sends the form in hand and, where letters go with it, checks who will receive what. */
  async sends(): Promise<void> {
    await this.page.locator('form button:visible').last().click()
    await this.checksLetters()
  }

  async checksLetters(): Promise<void> {
    await this.page.waitForLoadState()
    if ((await this.page.locator('h1').innerText()) !== 'Check who will receive what') return
    await this.looks('check-letters')
    await this.page.getByRole('button', { name: /^Record this/ }).click()
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).last().click()
  }
  /** Goes to a step by its link on the case page. */
  async follows(slug: string): Promise<void> {
    await this.page.locator(`main a[href*="/${slug}"]`).first().click()
  }
  async sees(...words: (string | RegExp)[]): Promise<void> {
    const text = (await this.page.locator('body').innerText()).replaceAll(/\s+/g, ' ')
    for (const word of words) {
      if (typeof word === 'string') expect(text).toContain(word)
      else expect(text).toMatch(word)
    }
  }
}

describe('A child’s case from the request to the final plan', () => {
  test.each(ways)('is walked through the pages $way', { timeout: 240_000 }, async (way) => {
    const s = await openStorySite('2026-07-06')
    site = s
    const page = await openPage({ width: way.width, javaScript: way.scripts, baseUrl: s.url })
    const cora = new Follower(page, way)

    // Monday 6 July: a letter that came on Friday is keyed.
    await s.signIn(page, 'coordinator')
    await cora.looks('worklist-empty')
    await page.goto(`${s.url}/staff/requests/new`)
    await cora.press('Continue')
    await cora.sees('There is a problem', 'Choose who asked')
    await cora.looks('request-with-mistakes')
    await cora.choose('arrivedBy', 'paper')
    await cora.choose('askedBy', 'parent')
    await cora.date('receivedOn', '2026-07-13')
    await page.locator('#givenName').fill('Amara')
    await page.locator('#familyName').fill('Okafor-Llewellyn')
    await cora.date('bornOn', '2017-05-09')
    await cora.choose('sex', 'F')
    await page.locator('#addressLine').fill('4 Sandpiper Row')
    await page.locator('#town').fill('Dorchester')
    await page.locator('#postcode').fill('DT1 1AA')
    await cora.choose('settingKind', 'in-setting')
    await page.locator('#settingSearch').fill('Larkfield')
    await page.locator('#person1Name').fill('Ngozi Okafor')
    await page.locator('#person1Relationship').selectOption('mother')
    await cora.choose('person1ParentalResponsibility', 'yes')
    await cora.choose('person1LivesWith', 'yes')
    await page.locator('#localityId').selectOption('north')
    await page.locator('#assignedTo').selectOption({ label: 'Cora Coombes' })
    await cora.choose('tellThem', 'now')
    await cora.press('Continue')
    await cora.sees('must be today (6 July 2026) or in the past')
    expect(await page.locator('#givenName').inputValue()).toBe('Amara')
    await cora.date('receivedOn', '2026-07-03')
    await cora.press('Continue')
    await cora.sees('Friday 14 August 2026', 'Friday 20 November 2026')
    await cora.looks('request-check-answers')
    await cora.press(/^Record/)
    await cora.sees('Amara Okafor-Llewellyn', 'Deciding whether to assess', '14 August 2026')
    await cora.looks('case-new')
    const caseUrl = page.url().split('?')[0]!

    await cora.follows('why/')
    await cora.sees('reg 5(1)', '6 weeks')
    await cora.looks('why-this-date')

    // Wednesday 5 August: the decision.
    await s.today('2026-08-05')
    await page.goto(caseUrl)
    await cora.follows('decide-whether-to-assess')
    await cora.press(/^Record the decision/)
    await cora.sees('There is a problem')
    await cora.looks('decide-with-mistakes')
    await cora.choose('outcome', 'agree')
    await cora.date('toldOn', '2026-08-05')
    await cora.press(/^Record the decision/)
    await cora.checksLetters()
    await cora.sees('Gathering advice')

    // The same day, advice is asked for from everybody at once.
    await cora.follows('ask-for-advice')
    await cora.looks('ask-for-advice')
    await page.locator('#psychological-account').selectOption({ label: 'Priya Elwood' })
    await cora.sends()
    await cora.sees('asked for advice')
    await cora.looks('case-gathering-advice')

    // The advice comes in; one of them has nothing to report.
    await s.today('2026-09-14')
    const asked = await s.record.owner
      .selectFrom('advice_request')
      .select(['id', 'head'])
      .orderBy('head')
      .execute()
    expect(asked.map((one) => one.head)).toEqual([
      'educational',
      'medical',
      'parent',
      'psychological',
      'social-care',
    ])
    for (const [index, one] of asked.entries()) {
      await page.goto(`${caseUrl}/record-advice/${one.id}`)
      if (index === 0) await cora.looks('record-advice')
      await cora.date('receivedOn', '2026-09-11')
      await cora.choose('answer', one.head === 'social-care' ? 'nothing-to-report' : 'advice')
      await cora.sends()
    }
    await cora.sees('Deciding whether to issue a plan')

    // 28 September: a plan will be made. 12 October: the draft.
    await s.today('2026-09-28')
    await page.goto(`${caseUrl}/decide-whether-to-issue`)
    await cora.looks('decide-whether-to-issue')
    await cora.choose('outcome', 'issue')
    await cora.date('decidedOn', '2026-09-28')
    await cora.sends()
    await cora.sees('Writing the draft plan')

    await s.today('2026-10-12')
    await page.goto(`${caseUrl}/send-the-draft`)
    await cora.looks('send-the-draft')
    await cora.date('servedOn', '2026-10-12')
    await cora.tick('noSetting')
    await cora.tick('sections')
    await cora.tick('appendices')
    await cora.sends()
    await cora.sees('Draft with the family', '26 October 2026')
    await cora.looks('case-draft-with-family')

    await s.today('2026-10-26')
    await page.goto(`${caseUrl}/record-representations`)
    await cora.looks('record-representations')
    await cora.date('commentsOn', '2026-10-23')
    await page.locator('#comments').fill('The plan should say how many hours.')
    await cora.sends()
    await cora.sees('Finalising the plan')

    // 10 November: the final plan, ten days inside the 20 weeks.
    await s.today('2026-11-10')
    await page.goto(`${caseUrl}/send-the-final-plan`)
    await cora.date('sentOn', '2026-11-10')
    await cora.date('planDate', '2026-11-10')
    await cora.choose('placement', 'named')
    await page.locator('#settingSearch').fill('Tidewater')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.locator('#setting').selectOption('900003')
    await cora.looks('send-the-final-plan')
    await cora.date('sentOn', '2026-11-10')
    await cora.sends()
    await cora.sees('Final plan sent')
    await cora.looks('case-final-plan-sent')

    // Every date was met, the letters carry the right of appeal, and the history is whole.
    const late = await s.record.owner
      .selectFrom('deadline')
      .select(['rule', 'due_on', 'done_on'])
      .where('display', '=', 'statutory')
      .whereRef('done_on', '>', 'due_on')
      .execute()
    expect(late).toEqual([])
    const kinds = (await s.record.owner.selectFrom('case_event').select('kind').orderBy('seq').execute()).map(
      (row) => row.kind,
    )
    for (const kind of [
      'request_received',
      'decided_to_assess',
      'advice_requested',
      'advice_received',
      'decided_to_issue',
      'draft_issued',
      'representations_received',
      'final_issued',
    ])
      expect(kinds).toContain(kind)
    const finalLetter = await s.record.owner
      .selectFrom('document')
      .select('body')
      .where('kind', '=', 'final-plan')
      .where('recipient_name', '=', 'Ngozi Okafor')
      .executeTakeFirstOrThrow()
    expect(finalLetter.body).toMatch(/appeal/i)
    expect(finalLetter.body).toMatch(/mediation/i)
    await page.close()
  })
})
