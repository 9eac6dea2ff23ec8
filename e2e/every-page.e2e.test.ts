import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allRoutes } from '../src/app.ts'
import { STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import { caseworkStory, type Officer } from '../src/features/assessment/casework-story.ts'
import type { Pages } from '../src/features/children/try-pages/index.ts'
import type { Role, Route } from '../src/platform/routes.ts'
import { askToSignIn } from '../src/platform/sign-in/proofs.ts'
import { checkAccessibility, checkFitsWidth, closeBrowser, openPage, shoot } from './support/browser.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

/** Every page of the site with something on it, at a desk and on a phone: accessible, and no wider than the window. */

let site: StorySite
const held: Record<string, string> = {}

beforeAll(async () => {
  site = await openStorySite('2025-06-30')
  await makeSomethingToSee()
})
afterAll(async () => {
  await closeBrowser()
  await site.close()
})

/** A case with a request, a decision, advice asked for and received, a claim, a note and letters; and another with its final plan. */
async function makeSomethingToSee(): Promise<void> {
  const pages = { record: site.record, app: site.app, today: '2025-06-30' } as unknown as Pages
  const story = await caseworkStory(pages, { today: '2025-06-30', requestOn: '2025-06-01' })
  const days = async (iso: string): Promise<void> => {
    story.today(iso)
    await site.today(iso)
  }
  const does = async (who: Officer, slug: string, answers: Parameters<Officer['does']>[1]): Promise<void> => {
    const page = await who.does(slug, answers)
    expect(page.errors, slug).toEqual([])
    expect(page.status, `${slug}: ${page.text.slice(0, 300)}`).toBe(303)
  }
  const cora = await story.officer('coordinator')
  await does(cora, 'decide-whether-to-assess', { outcome: 'agree', toldOn: '30 6 2025', how: 'post' })
  await days('2025-07-21')
  await does(cora, 'ask-for-advice', {
    'medical-do': 'ask',
    'psychological-do': 'not-now',
    sentOn: '21 7 2025',
    how: 'email',
  })
  await days('2025-09-01')
  await does(cora, 'write-a-note', { note: 'Rang the school.', on: '1 9 2025' }).catch(() => undefined)
  await does(cora, 'claim-an-exception', {
    limits: ['final-plan'],
    ground: 'school-closed-4-weeks',
    closedFrom: '23 7 2025',
    reopens: '3 9 2025',
    claimedOn: '1 9 2025',
    impracticalBecause: 'Nobody who teaches her could be reached until September.',
    evidence: 'Term dates, kept in the case papers.',
  })
  const { owner } = site.record
  held['process'] = story.processId
  held['child'] = story.childId
  held['adviceId'] = (
    await owner
      .selectFrom('advice_request')
      .select('id')
      .where('head', '=', 'medical')
      .executeTakeFirstOrThrow()
  ).id
  held['claimId'] = (await owner.selectFrom('exception_claim').select('id').executeTakeFirstOrThrow()).id
  held['eventId'] = (
    await owner
      .selectFrom('case_event')
      .select('id')
      .where('kind', '=', 'decided_to_assess')
      .executeTakeFirstOrThrow()
  ).id
  held['letter'] = (await owner.selectFrom('document').select('id').executeTakeFirstOrThrow()).id
  held['link'] = 'l'.repeat(43)
  await askToSignIn(site.record.db, '2025-06-30', {
    channel: 'email',
    address: 'parent@story.invalid',
    link: held['link'],
    code: '123456',
    browser: 'a browser',
    ip: '203.0.113.7',
  })
  await owner
    .insertInto('message')
    .values({
      event: 'e',
      template: 'draft-sent',
      channel: 'letter',
      about_child: story.childId,
      recipient: 'contact:x',
      recipient_name: 'Paula Marsh',
      address: 'Paula Marsh\n1 Harbour Lane\nDT1 1AA',
      subject: 'The draft plan',
      body: 'The draft plan is ready.\n\nTo sign in, go to ((link))',
      state: 'held',
      held_for: 'check',
    })
    .execute()
  held['messageId'] = (
    await owner.selectFrom('message').select('id').where('event', '=', 'e').executeTakeFirstOrThrow()
  ).id
  held['contactId'] = (
    await owner.selectFrom('child_contact').select('contact_id').executeTakeFirstOrThrow()
  ).contact_id
  // The child's mother is tied to the parent's account, so that the family's pages have something on them.
  await owner
    .updateTable('contact')
    .set({ account_id: STORY_PEOPLE.parent.id })
    .where('id', '=', held['contactId'])
    .execute()
  held['person'] = (await owner.selectFrom('child_contact').select('id').executeTakeFirstOrThrow()).id
}

const PART_FOR: Partial<Record<Role, keyof typeof STORY_PEOPLE>> = {
  'plan-coordinator': 'coordinator',
  'locality-head': 'localityHead',
  'send-manager': 'manager',
  'data-officer': 'dataOfficer',
  administrator: 'administrator',
  'board-member': 'board',
  parent: 'parent',
  senco: 'senco',
  'educational-psychologist': 'psychologist',
}

/** Addresses that are files, or send people elsewhere. */
const NO_PAGE = /\.csv$|^\/files\/|^\/m\/|^\/(staff|board|setting|professional)$/

/** What some pages need to be asked. */
const QUERIES: Readonly<Record<string, string>> = {
  '/staff/timeliness/cases': '?measure=decisions&month=2025-06&part=denominator&asAt=2025-09-01&year=2025',
  '/work-out-a-date': '?happened=asked&on-day=6&on-month=1&on-year=2025',
}
/** A page of errors is a page too. */
const ANSWERS = [200, 422]

function addressOf(route: Route): string {
  return route.url.replaceAll(/:(\w+)/g, (_, name: string) => {
    if (name === 'id')
      return route.url.startsWith('/staff/children/')
        ? held['child']!
        : route.url.startsWith('/staff/letters/')
          ? held['letter']!
          : held['process']!
    if (name === 'rule') return 'final-plan'
    if (name === 'occurrence') return '1'
    const value = held[name]
    if (!value) throw new Error(`${route.url}: this test does not know what to put for :${name}`)
    return value
  })
}

describe.each([{ width: 1280 }, { width: 375 }])('Every page, $width pixels wide', ({ width }) => {
  test('is accessible and fits', { timeout: 300_000 }, async () => {
    const routes = allRoutes({
      db: site.record.db,
      authority: { code: '999', name: 'Story County', mode: 'training' },
      secureCookies: false,
      log: false,
      clock: { today: async () => '2025-09-01' },
    }).filter((route) => route.method === 'GET' && !NO_PAGE.test(route.url))
    const parts = Map.groupBy(routes, (route) =>
      route.access.who === 'roles'
        ? route.access.roles.map((role) => PART_FOR[role]).find(Boolean)
        : route.access.who === 'signed-in'
          ? 'coordinator'
          : undefined,
    )
    const problems: string[] = []
    let looked = 0
    for (const [part, theirs] of parts) {
      const page = await openPage({ width, baseUrl: site.url })
      if (part) await site.signIn(page, part)
      for (const route of theirs) {
        const answer = await page.goto(site.url + addressOf(route) + (QUERIES[route.url] ?? ''))
        if (!ANSWERS.includes(answer?.status() ?? 0)) {
          problems.push(`${route.url}: answered ${answer?.status()}`)
          continue
        }
        looked++
        await shoot(page, `page-${width}-${route.url.replaceAll(/[/:]+/g, '_')}`)
        await checkFitsWidth(page).catch((error: Error) => problems.push(error.message))
        await checkAccessibility(page).catch((error: Error) => problems.push(error.message))
      }
      await page.close()
    }
    expect(problems).toEqual([])
    expect(looked).toBe(routes.length)
  })
})
