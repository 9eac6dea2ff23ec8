import { randomUUID } from 'node:crypto'
import { brotliCompressSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { buildServer } from '../../../platform/server.ts'
import { assets } from '../../../ui/assets.ts'
import { renderPage } from '../../../ui/page.tsx'
import { routes as casePageRoutes } from '../../assessment/case-page/index.ts'
import { routes as chooseWhoSeesRoutes } from '../choose-who-sees/index.tsx'
import { routes as whoLookedRoutes } from '../see-who-looked/index.tsx'
import { type FamilyStory, familyStory, type Reader } from '../try-family/index.ts'
import { routes } from './index.ts'

const open: Parameters<typeof familyStory>[0] = (record, clock) =>
  buildServer({
    db: record.db,
    clock,
    routes: [...routes, ...whoLookedRoutes, ...chooseWhoSeesRoutes, ...casePageRoutes],
    secureCookies: false,
    hsts: false,
    log: false,
    drawPage: (page, about) =>
      renderPage({
        title: page.title,
        door: about.viewer?.door ?? 'public',
        navigation: [],
        nonce: about.nonce,
        authorityName: 'Story County',
        main: page.main,
        csrfToken: about.viewer?.csrfToken,
        notice: about.notice,
      }),
  })

describe('The family’s tracker, from the request to the final plan', () => {
  let story: FamilyStory
  let parent: Reader
  beforeAll(async () => {
    story = await familyStory(open)
    parent = await story.as('parent')
  })
  afterAll(() => story.close())

  test('the day after: straight to the one child, whose move it is, since when, by when, and who to ask', async () => {
    story.today('2026-07-07')
    const { text, status } = await parent.get('/family')
    expect(status).toBe(200)
    expect(text).toContain('Amara Okafor')
    expect(text).toContain('Week 1 of 20')
    expect(text).toContain(
      'Cora Coombes, for the council, to decide if there will be an assessment, since 6 July 2026',
    )
    expect(text).toContain('tell you if there will be an assessment by Monday 17 August 2026')
    expect(text).toContain('You do not need to do anything now')
    expect(text).toContain('If they are away, ask Hana Lowe, Head of locality')
    expect(text).toContain('We promise to answer you in 2 working days')
    expect(text).toContain('Local Government and Social Care Ombudsman')
    expect(text).toContain('Story SENDIASS')
    expect(text).not.toContain('This is late')
  })

  test('late: said first, with an apology and the truth that no reason was written down', async () => {
    story.today('2026-08-20')
    const { text } = await parent.get(`/family/children/${story.childId}`)
    expect(text).toContain('This is late. We are sorry.')
    expect(text).toContain('It is 3 days late')
    expect(text).toContain('We have not written down why. You can ask Cora Coombes')
    expect(text).toContain('ask us why, or complain')
  })

  test('advice: each person asked is named with the day, the due date, and whether it came', async () => {
    await story.happens('decided_to_assess', '2026-08-21')
    await story.asks('parent', 'Ngozi Okafor', '2026-08-24')
    const psychologist = await story.asks('psychological', 'Dr Iris Vale', '2026-08-24')
    await story.asks('medical', 'Weymouth Clinic', '2026-08-24')
    story.today('2026-09-07')
    await story.advises('Weymouth Clinic', 'medical', '2026-09-04')
    const { text } = await parent.get('/family')
    expect(text).toContain(
      'We asked for your views on 24 August 2026. Please send them if you can. Send them by 5 October 2026',
    )
    expect(text).toContain('Dr Iris Vale, to send us their advice, since 24 August 2026')
    expect(text).toContain('You, to send us your views, since 24 August 2026')
    expect(text).not.toContain('Weymouth Clinic, to send us')
    expect(text).toContain('Advice: 1 of 3 in')
    expect(text).toContain('It came on 4 September 2026')
    // Released to the family: the link is on the page. Another door's is not.
    await story.record.owner
      .insertInto('stored_file')
      .values([
        {
          sha256: 'a'.repeat(64),
          size_bytes: 3,
          name: 'Psychology advice.pdf',
          type: 'application/pdf',
          state: 'clean',
          uploaded_by: STORY_PEOPLE.coordinator.id,
          uploaded_on: '2026-09-07',
          child_id: story.childId,
          about: 'advice',
          about_id: psychologist,
          released_on: '2026-09-07',
          released_by: STORY_PEOPLE.coordinator.id,
          released_to: ['family'],
        },
        {
          sha256: 'b'.repeat(64),
          size_bytes: 3,
          name: 'For the school.pdf',
          type: 'application/pdf',
          state: 'clean',
          uploaded_by: STORY_PEOPLE.coordinator.id,
          uploaded_on: '2026-09-07',
          child_id: story.childId,
          about: 'advice',
          about_id: psychologist,
          released_on: '2026-09-07',
          released_by: STORY_PEOPLE.coordinator.id,
          released_to: ['setting'],
        },
      ])
      .execute()
    const released = await parent.get('/family')
    expect(released.text).toContain('Read it: Psychology advice.pdf')
    expect(released.html).not.toContain('For the school.pdf')
  })

  test('advice checked for the family is a link to where they read it', async () => {
    const row = await story.record.owner
      .selectFrom('advice_request')
      .select('id')
      .where('head', '=', 'medical')
      .executeTakeFirstOrThrow()
    const release = await story.mayRead(row.id, 'medical', 'Weymouth Clinic', '2026-09-07')
    expect((await parent.get('/family')).html).toContain(`href="/family/advice/${release}"`)
  })

  test('what they wrote waits under the promise made for it, and a broken promise is owned', async () => {
    await story.writes('2026-09-07', '2026-09-09')
    expect((await parent.get('/family')).text).toContain(
      'You wrote to us on 7 September 2026. We will answer by 9 September 2026',
    )
    story.today('2026-09-10')
    expect((await parent.get('/family')).text).toContain('We have not, and we are sorry')
    const advocate = await story.as('advocate')
    expect((await advocate.get('/family')).text).not.toContain('You wrote to us')
  })

  test('advice that is late is named, with the day and whether we asked again', async () => {
    story.today('2026-10-12')
    const { text } = await parent.get('/family')
    expect(text).toContain('Dr Iris Vale had to send advice by 5 October 2026. It is 7 days late')
    expect(text).toContain('We have not asked them again yet')
    expect(text).toContain('You can still send them')
  })

  test('a stand-in is named with their last day', async () => {
    await story.record.owner
      .insertInto('delegation')
      .values({
        from_account: STORY_PEOPLE.coordinator.id,
        to_account: STORY_PEOPLE.otherCoordinator.id,
        from_on: '2026-10-10',
        to_on: '2026-10-20',
        why: 'leave',
        made_by: STORY_PEOPLE.coordinator.id,
      })
      .execute()
    expect((await parent.get('/family')).text).toContain(
      'They are away. Until 19 October 2026, ask Colin Dhillon',
    )
  })

  test('the council’s own promise of an answer holds from its day', async () => {
    await story.record.owner
      .insertInto('authority_setting')
      .values({ key: 'promise.reply-working-days', value: '5', valid_from: '2026-10-12', why: 'agreed' })
      .execute()
    expect((await parent.get('/family')).text).toContain('answer you in 5 working days')
  })

  test('with the draft it is the family’s move until their days end, and then the council’s', async () => {
    await story.advises('Dr Iris Vale', 'psychological', '2026-10-13')
    await story.advises('Ngozi Okafor', 'parent', '2026-10-13')
    await story.happens('decided_to_issue', '2026-10-19')
    await story.happens('draft_issued', '2026-10-26')
    story.today('2026-10-28')
    const first = (await parent.get('/family')).text
    expect(first).toContain('You, to say what you think of the draft, since 26 October 2026')
    expect(first).toContain('You can say what you think of the draft plan')
    expect(first).toContain('9 November 2026')
    story.today('2026-11-11')
    expect((await parent.get('/family')).text).toContain(
      'Cora Coombes, for the council, to finish the plan, since 10 November 2026',
    )
  })

  test('every date is the one the staff see on their page', async () => {
    const staff = await story.as('coordinator')
    for (const day of ['2026-11-11', '2026-12-01']) {
      story.today(day)
      const theirs = (await parent.get('/family')).text
      const ours = (await staff.get(`/staff/cases/${story.processId}/dates`)).text
      const law = [
        '17 August 2026',
        '5 October 2026',
        '26 October 2026',
        '23 November 2026',
        '9 November 2026',
      ]
      const shown = law.filter((date) => ours.includes(date))
      expect(shown.length).toBeGreaterThan(3)
      for (const date of shown) expect(theirs, date).toContain(date)
    }
  })

  test('done: the plan is sent, nothing is late, and what was late before is owned', async () => {
    await story.happens('final_issued', '2026-12-02')
    story.today('2026-12-03')
    const { text } = await parent.get('/family')
    expect(text).toContain('The final plan has been sent')
    expect(text).toContain('What was late before')
    expect(text).toContain('We are sorry that it was late')
    expect(text).not.toContain('This is late. We are sorry.')
  })

  test('the page of another’s child is not there, nor is one that is none', async () => {
    const stranger = await story.as('youngPerson')
    for (const page of ['', '/easy', '/who-looked', '/who-can-see']) {
      expect((await stranger.get(`/family/children/${story.childId}${page}`)).status, page).toBe(404)
      expect((await parent.get(`/family/children/00000000-0000-4000-8000-00000000dead${page}`)).status).toBe(
        404,
      )
      expect((await parent.get(`/family/children/not-an-id${page}`)).status).toBe(404)
    }
  })

  test('with the routes taken away, the functions behind these pages tell nobody else anything', async () => {
    for (const part of ['youngPerson', 'senco', 'psychologist', 'board', 'coordinator'] as const)
      await asViewer(
        story.record.db,
        { accountId: STORY_PEOPLE[part].id, today: '2026-12-03' },
        async (trx) => {
          const rows = async (asked: ReturnType<typeof sql>): Promise<number> =>
            (await asked.execute(trx)).rows.length
          expect(await rows(sql`select * from who_can_see(${story.childId})`), part).toBe(0)
          expect(await rows(sql`select * from people_i_can_let_in(${story.childId})`), part).toBe(0)
          expect(await rows(sql`select * from rights_now_theirs()`), part).toBe(0)
          expect(await rows(sql`select * from who_looked(${story.childId}, null, 10)`), part).toBe(0)
          // Staff of the authority may ask who answers; a school that has the child on its roll too.
          if (part !== 'coordinator' && part !== 'senco')
            expect(await rows(sql`select * from who_answers(${story.processId})`), part).toBe(0)
        },
      )
  })

  test('the list of who looked names staff with their jobs, the family without, and every line in plain words', async () => {
    await story.as('advocate').then((advocate) => advocate.get('/family'))
    const { text, html } = await parent.get(`/family/children/${story.childId}/who-looked`)
    expect(text).toMatch(
      /Cora Coombes \(Plan coordinator, the council\), \d+ \w+ \d{4} Looked at the dates of the case/,
    )
    expect(text).toMatch(/You, \d+ \w+ \d{4} Opened the family’s page/)
    expect(text).toContain('Somebody else in the family')
    expect(html).not.toContain(STORY_PEOPLE.advocate.name)
    expect(html).not.toContain('case: dates')
  })

  test('more than a page of looks goes on to older ones, each once', async () => {
    for (let look = 0; look < 52; look++) await parent.get(`/family/children/${story.childId}/easy`)
    const first = await parent.get(`/family/children/${story.childId}/who-looked`)
    const older = /href="([^"]*before=\d+)"/.exec(first.html)?.[1]
    expect(older).toBeDefined()
    const second = await parent.get(older!)
    expect(second.text).toContain('Back to the newest')
    expect(first.text).toContain('50 times, the last at')
    expect((await parent.get(`/family/children/${story.childId}/who-looked?before=x'`)).status).toBe(200)
  })

  test('who can see: by what they are, other members of the family not by name', async () => {
    const { text, html } = await parent.get(`/family/children/${story.childId}/who-can-see`)
    expect(text).toContain('You')
    expect(text).toContain('An advocate, until 31 December 2026')
    expect(text).toContain('Larkfield Primary School, where your child is a pupil')
    expect(html).not.toContain(STORY_PEOPLE.advocate.name)
    expect(html).not.toContain('Quay Street')
  })

  test('the page is under 60 kB beside its style sheet, in one chain of requests', async () => {
    const { html, headers } = await parent.get('/family')
    const script = assets().get('app.js')!
    const icon = assets().get('icon.svg')!.body.length
    const page = Buffer.byteLength(html)
    const code = brotliCompressSync(script.body).length
    const asked = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, url]) => url)
    console.info(
      `family page: ${page} bytes of page, ${code} of script (compressed), ${icon} of icon; budget 60000; asks for ${asked.length} files beside itself`,
    )
    expect(page + code + icon).toBeLessThan(60_000)
    // The page names all it needs: nothing it loads goes on to load more.
    expect(asked.every((url) => [...assets().values()].some((asset) => asset.url === url))).toBe(true)
    expect(script.body.toString()).not.toMatch(/import\s*\(|from\s*"/)
    expect(headers['cache-control']).toBe('no-store')
    expect(String(headers['content-security-policy'])).toContain("script-src 'self' 'nonce-")
  })
})

describe('A young person whose rights are now theirs', () => {
  let story: FamilyStory
  beforeAll(async () => {
    // Sixteen in April 2026: rights from the day after the last Friday of June, 26 June 2026.
    story = await familyStory(open, { bornOn: '2010-04-01', requestOn: '2026-06-01', today: '2026-06-26' })
  })
  afterAll(() => story.close())

  test('the day before, the parent sees the page and the young person does not; the day after, the other way round', async () => {
    const parent = await story.as('parent')
    const young = await story.as('youngPerson')
    expect((await parent.get('/family')).text).toContain('The 20 weeks')
    expect((await young.get('/family')).text).toContain('We are not showing a record on your account')
    story.today('2026-06-27')
    const after = await parent.get('/family')
    expect(after.text).toContain('Amara now decides who sees this')
    expect(after.text).toContain('that was 27 June 2026')
    expect(after.text).toContain('You have done nothing wrong')
    expect(after.html).not.toContain('A-2026-1')
    expect((await parent.get(`/family/children/${story.childId}`)).status).toBe(404)
    const own = await young.get('/family')
    expect(own.text).toContain('My page')
    expect(own.text).toContain('You can ask Cora Coombes')
  })

  test('they let a parent in and end it, each in force at once and in the history', async () => {
    const young = await story.as('youngPerson')
    const parent = await story.as('parent')
    const url = `/family/children/${story.childId}/who-can-see`
    const page = await young.get(url)
    expect(page.text).toContain('Can Ngozi Okafor (mother) see my record?')
    expect(page.text).toContain('They cannot see it now')
    const field = `see-${story.contacts.parent}`
    const key = randomUUID()
    const done = await young.post(url, { idempotencyKey: key, [field]: 'yes' })
    expect([done.status, done.location]).toEqual([303, url])
    // Sent twice: done once.
    await young.post(url, { idempotencyKey: key, [field]: 'yes' })
    expect((await parent.get(`/family/children/${story.childId}`)).text).toContain('Amara Okafor')
    const ended = await young.post(url, { idempotencyKey: randomUUID(), [field]: 'no' })
    expect(ended.status).toBe(303)
    expect((await parent.get(`/family/children/${story.childId}`)).status).toBe(404)
    const history = await story.record.owner
      .selectFrom('case_event')
      .select(['kind', 'recorded_by', 'payload'])
      .where('kind', 'like', 'sharing_consent%')
      .orderBy('seq')
      .execute()
    expect(history.map(({ kind }) => kind)).toEqual(['sharing_consent_given', 'sharing_consent_ended'])
    expect(new Set(history.map(({ recorded_by }) => recorded_by))).toEqual(
      new Set([STORY_PEOPLE.youngPerson.id]),
    )
    expect(history[0]!.payload).toEqual({ to: story.contacts.parent })
  })

  test('neither yes nor no is asked again, and somebody who is not on the list changes nothing', async () => {
    const young = await story.as('youngPerson')
    const url = `/family/children/${story.childId}/who-can-see`
    const wrong = await young.post(url, {
      idempotencyKey: randomUUID(),
      [`see-${story.contacts.parent}`]: 'maybe',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Choose yes or no')
    await young.post(url, { idempotencyKey: randomUUID(), [`see-${story.contacts.advocate}`]: 'yes' })
    const rows = await story.record.owner
      .selectFrom('sharing_consent')
      .select('contact_id')
      .where('contact_id', '=', story.contacts.advocate)
      .execute()
    expect(rows).toEqual([])
  })

  test('a barred parent is told nothing and is not on the young person’s list', async () => {
    await story.record.owner
      .updateTable('child_contact')
      .set({ restricted: true, restriction_note: 'Court order' })
      .where('contact_id', '=', story.contacts.parent)
      .execute()
    const parent = await story.as('parent')
    const young = await story.as('youngPerson')
    expect((await parent.get('/family')).text).not.toContain('Amara')
    expect((await young.get(`/family/children/${story.childId}/who-can-see`)).html).not.toContain('Ngozi')
  })
})

describe('A child who is not yet that age', () => {
  let story: FamilyStory
  beforeAll(async () => {
    story = await familyStory(open, { bornOn: '2012-04-01' })
    await story.record.owner
      .updateTable('child_contact')
      .set({ consent_on: '2026-07-01' })
      .where('contact_id', '=', story.contacts.youngPerson)
      .execute()
  })
  afterAll(() => story.close())

  test('sees the record where a parent agreed, and cannot shut a parent out by either wall', async () => {
    const child = await story.as('youngPerson')
    expect((await child.get('/family')).status).toBe(200)
    const url = `/family/children/${story.childId}/who-can-see`
    expect((await child.get(url)).text).not.toContain('You choose')
    const tried = await child.post(url, {
      idempotencyKey: randomUUID(),
      [`see-${story.contacts.parent}`]: 'no',
    })
    expect(tried.status).toBe(422)
    expect((await (await story.as('parent')).get('/family')).text).toContain('Amara Okafor')
    const parent = await story.as('parent')
    expect((await parent.post(url, { idempotencyKey: randomUUID() })).status).toBe(403)
  })
})
