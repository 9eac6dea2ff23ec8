import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer } from '../../db/viewer.ts'
import type { Pages } from '../children/try-pages/index.ts'
import { type AdviceStory, adviceStory, openAdvicePages, type Someone } from './advice-story.test-data.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openAdvicePages('2025-01-20')
})
afterAll(async () => {
  await pages.close()
})

const NEED = {
  'Type of need': 'SLCN',
  'The need, for this child': 'Amara finds it hard to follow spoken instructions of more than two parts.',
  'How you know': 'Observation in class, 3 February 2025; CELF-5.',
}
const OUTCOME = {
  'The outcome': 'Amara follows a spoken instruction of three parts in class.',
  'By when': 'The end of year 6, July 2026',
  'How people will know it is met': 'Teacher record, 8 times in 10',
}
const PROVISION = {
  'What is to be provided': 'Direct teaching of listening and understanding',
  'Delivered by': 'Specialist teacher',
  'Qualified or trained in': 'Mandatory qualification or equivalent',
  'How long each time': '½ hour',
  'How many times': '3',
  'In what': 'week',
  'For how long, or until when it is reviewed': 'three terms',
}

/** The address of the page that changes the section with a title. */
const partHref = (html: string, title: string): string => {
  const found = [
    ...html.matchAll(
      /<a class="govuk-link" href="([^"]+)">(?:Write this|Change)<span[^>]*>:? ?([^<]*)<\/span>/g,
    ),
  ].find(([, , name]) => name === title)
  if (!found) throw new Error(`no link to ${title}`)
  return found[1]!
}
async function writeWhole(priya: Someone, adviceId: string): Promise<void> {
  const here = `/professional/advice/${adviceId}`
  expect((await priya.does(here, 'Start writing')).location).toBe(`${here}/write`)
  const whole = await priya.open(`${here}/write`)
  const found = partHref(whole.html, 'What you saw and found')
  expect(
    (
      await priya.does(found, 'Save', {
        'What you saw and found':
          'Amara worked well beside an adult.\n\nHer brother Kofi is known to the youth justice team.\n\nShe tires after lunch.',
      })
    ).status,
  ).toBe(303)
  const about = partHref(whole.html, 'whose advice, and from what')
  expect(
    (
      await priya.does(about, 'Save', {
        'Qualification and registration': 'DEdPsy; HCPC PYL01234',
        'When you saw the child, where and for how long': '3 February 2025, at school, 2 hours',
        Sources: 'Class teacher; mother',
      })
    ).status,
  ).toBe(303)
  expect((await priya.does(`${here}/part/new-need`, 'Save', NEED)).status).toBe(303)
  const outcome = await priya.open(`${here}/part/new-outcome`)
  const needLabel =
    'Speech, language and communication needs: Amara finds it hard to follow spoken instructions of more than two parts.'
  expect(
    (await priya.press(`${here}/part/new-outcome`, outcome, 'Save', { ...OUTCOME, [needLabel]: 'yes' }))
      .status,
  ).toBe(303)
  const line = await priya.open(`${here}/part/new-provision`)
  expect(
    (
      await priya.press(`${here}/part/new-provision`, line, 'Save', {
        ...PROVISION,
        How: 'One to one',
        'Arranged by': 'Education (section F)',
        'Amara follows a spoken instruction of three parts in class.': 'yes',
      })
    ).status,
  ).toBe(303)
}
const asPerson = <T>(person: keyof typeof STORY_PEOPLE, work: (trx: never) => Promise<T>) =>
  asViewer(pages.record.db, { accountId: STORY_PEOPLE[person].id, today: pages.today }, (trx) =>
    work(trx as never),
  )
const rows = async (person: keyof typeof STORY_PEOPLE, query: string) =>
  asPerson(person, async (trx) => (await sql.raw<Record<string, unknown>>(query).execute(trx)).rows)

describe('A psychologist’s lines reach the coordinator, and the family after the check', () => {
  let s: AdviceStory
  let releaseId = ''
  beforeAll(async () => {
    s = await adviceStory(pages)
  })

  test('the queue says whose, what, by when and how long is left; the page says why', async () => {
    s.story.today('2025-02-10')
    const priya = await s.as('psychologist')
    const queue = await priya.open('/professional/advice')
    expect(queue.text).toContain('1 request, none of them late')
    expect(queue.text).toMatch(
      /Amara Okafor.*Psychology.*20 January 2025.*3 March 2025.*21 days left.*Not begun/,
    )
    const one = await priya.open(`/professional/advice/${s.adviceId}`)
    expect(one.text).toContain('Six weeks is 42 days')
    expect(one.text).toContain('Monday 3 March 2025')
    expect(one.text).toContain('regulation 6(3)')
    s.story.today('2025-03-05')
    expect((await priya.open('/professional/advice')).text).toMatch(/of which 1 is late.*2 days late/)
    s.story.today('2025-02-10')
  })

  test('she writes it as data; what is missing is pointed out and stops nothing', async () => {
    const priya = await s.as('psychologist')
    await writeWhole(priya, s.adviceId)
    const whole = await priya.open(`/professional/advice/${s.adviceId}/write`)
    expect(whole.text).toContain('½ hour, 3 times a week, for three terms')
    expect(whole.text).toContain('Outcome for N1')
    expect(whole.text).toContain('Provision for O1')
    const vague = await priya.does(`/professional/advice/${s.adviceId}/part/new-provision`, 'Save', {
      'What is to be provided': 'Access to a speech and language programme as required',
    })
    expect(vague.status).toBe(303)
    const after = await priya.open(`/professional/advice/${s.adviceId}/write`)
    expect(after.text).toContain('Who delivers it is not said')
    const [line] = (await rows(
      'psychologist',
      `select distinct on (part_id) part_id, content from advice_part where kind = 'provision' and advice_request_id = '${s.adviceId}' and content->>'who' = '' order by part_id, version desc`,
    )) as { part_id: string }[]
    const gone = await priya.does(`/professional/advice/${s.adviceId}/part/${line!.part_id}`, 'Take it away')
    expect(gone.status, gone.text).toBe(303)
    expect((await priya.open(`/professional/advice/${s.adviceId}/write`)).text).not.toContain('as required')
  })

  test('until she releases it nobody else sees a word: not the office, the family or another adviser', async () => {
    for (const person of ['coordinator', 'parent', 'healthProfessional', 'socialWorker', 'senco'] as const) {
      expect(await rows(person, 'select * from advice'), person).toEqual([])
      expect(await rows(person, 'select * from advice_part'), person).toEqual([])
    }
    const cora = await s.as('coordinator')
    const page = await cora.open(`/staff/advice/${s.adviceId}`)
    expect(page.text).toContain('Nothing has been released yet')
    expect(page.html).not.toContain('Kofi')
    expect((await cora.open(`/staff/advice/${s.adviceId}/write`)).status).toBe(404)
    const other = await s.as('healthProfessional')
    for (const url of ['', '/write', '/release', '/people', '/pass', '/part/new-need'])
      expect((await other.open(`/professional/advice/${s.adviceId}${url}`)).status, url).toBe(404)
  })

  test('she releases it: one fact in her name, the date of the law met, and the coordinator reads it', async () => {
    const priya = await s.as('psychologist')
    const url = `/professional/advice/${s.adviceId}/release`
    const opened = await priya.open(url)
    const done = await priya.press(url, opened, 'Release the advice')
    expect(done.status, done.errors.join()).toBe(303)
    releaseId = done.location.split('/').at(-1)!
    const [fact] = (await s.story.events('advice_received')) as unknown as {
      payload: object
      happened_on: string
    }[]
    expect(fact).toMatchObject({
      happened_on: '2025-02-10',
      payload: { head: 'psychological', adviser: 'Priya Elwood' },
    })
    const { rows: facts } = await sql<{
      recorded_by: string
    }>`select recorded_by from case_event where kind = 'advice_received' and child_id = ${s.story.childId}`.execute(
      pages.record.owner,
    )
    expect(facts).toEqual([{ recorded_by: STORY_PEOPLE.psychologist.id }])
    const { rows: dates } = await sql<{
      state: string
      done_on: string
    }>`select state, done_on from deadline where rule = 'advice-response' and child_id = ${s.story.childId} and about like '%Priya%'`.execute(
      pages.record.owner,
    )
    expect(dates).toEqual([{ state: 'done', done_on: '2025-02-10' }])
    // The same page sent twice does nothing twice.
    expect((await priya.press(url, opened, 'Release the advice')).location).toBe(done.location)
    expect(await rows('psychologist', 'select number from advice_release')).toEqual([{ number: 1 }])
    const cora = await s.as('coordinator')
    const advice = await cora.open(`/staff/cases/${s.story.processId}/advice`)
    expect(advice.html).toContain(`/staff/advice/${s.adviceId}`)
    const read = await cora.open(`/staff/advice/${s.adviceId}`)
    expect(read.text).toContain('Version 1, released on 10 February 2025 by Priya Elwood')
    expect(read.text).toContain('½ hour, 3 times a week')
    expect(read.text).toContain('Not shown to the family yet')
    // Recording it again by paper is told that it came: one truth.
    const again = await cora.open(`/staff/cases/${s.story.processId}/record-advice/${s.adviceId}`)
    expect(again.text).toContain('Already recorded as received on Monday 10 February 2025')
  })

  test('the family reads it only after the check, and never what was kept back', async () => {
    const paula = await s.as('parent')
    expect((await paula.open(`/family/advice/${releaseId}`)).status).toBe(404)
    expect((await paula.open('/family/advice')).text).toContain('There is none to read yet')
    const cora = await s.as('coordinator')
    const url = `/staff/advice/${s.adviceId}/check/${releaseId}`
    const check = await cora.open(url)
    const secret = (await rows(
      'coordinator',
      `select id from advice_paragraph where content->>'words' like '%Kofi%'`,
    )) as { id: string }[]
    expect((await cora.press(url, check, 'Show it to the family')).errors).toEqual([
      'read: Confirm that you have read every paragraph',
    ])
    const passed = await cora.press(url, await cora.open(url), 'Show it to the family', {
      [`#keep-${secret[0]!.id}`]: 'about-somebody-else',
      'I have read every paragraph': 'yes',
    })
    expect(passed.status, passed.errors.join()).toBe(303)
    const list = await paula.open('/family/advice')
    expect(list.text).toContain('From the psychologist')
    const copy = await paula.open(`/family/advice/${releaseId}`)
    expect(copy.text).toContain('Amara worked well beside an adult.')
    expect(copy.text).toContain('½ hour, 3 times a week')
    expect(copy.html).not.toContain('Kofi')
    expect(copy.html).not.toContain('youth justice')
    // The second wall, asked with no condition at all.
    for (const table of [
      'advice',
      'advice_part',
      'advice_release',
      'advice_paragraph',
      'advice_check',
      'advice_withheld',
      'advice_handover',
    ])
      expect(await rows('parent', `select * from ${table}`), table).toEqual([])
    const told = await rows('parent', 'select * from advice_family_paragraph')
    expect(told.length).toBeGreaterThan(4)
    expect(JSON.stringify(told)).not.toContain('Kofi')
    const priya = await s.as('psychologist')
    expect((await priya.open(`/professional/released/${releaseId}`)).text).toContain('Kept from the family')
  })

  test('taken back, it is gone from the family’s door at once', async () => {
    const cora = await s.as('coordinator')
    const url = `/staff/advice/${s.adviceId}/check/${releaseId}`
    expect((await cora.does(url, 'Take it back')).errors).toEqual(['note: Enter why it is taken back'])
    expect(
      (await cora.does(url, 'Take it back', { 'Why it is taken back': 'A name was missed' })).status,
    ).toBe(303)
    const paula = await s.as('parent')
    expect((await paula.open(`/family/advice/${releaseId}`)).status).toBe(404)
    expect(await rows('parent', 'select * from advice_family_paragraph')).toEqual([])
  })

  test('a later correction is another version with its reason, and the first stays as it was', async () => {
    s.story.today('2025-02-20')
    const priya = await s.as('psychologist')
    const whole = await priya.open(`/professional/advice/${s.adviceId}/write`)
    await priya.does(partHref(whole.html, 'What you saw and found'), 'Save', {
      'What you saw and found': 'Amara worked well beside an adult.\n\nShe tires in the afternoon.',
    })
    const url = `/professional/advice/${s.adviceId}/release`
    expect((await priya.does(url, 'Release the new version')).errors).toEqual([
      'why: Enter why there is a new version',
    ])
    const done = await priya.does(url, 'Release the new version', {
      'Why is there a new version?': 'Time of day was wrong',
    })
    expect(done.status).toBe(303)
    expect(await s.story.events('advice_received')).toHaveLength(1)
    expect(await s.story.events('advice_corrected')).toHaveLength(1)
    const first = await priya.open(`/professional/released/${releaseId}`)
    expect(first.text).toContain('She tires after lunch')
    const second = await priya.open(done.location)
    expect(second.text).toContain('She tires in the afternoon')
    expect(second.text).toContain('Why there is this version: Time of day was wrong')
    // A line keeps its own id from version to version: a plan names it as its source.
    const lines = await rows(
      'coordinator',
      `select count(*)::int as releases, count(distinct part_id)::int as parts from advice_paragraph where kind = 'provision'`,
    )
    expect(lines).toEqual([{ releases: 2, parts: 1 }])
  })

  test('nobody changes a released word, not even in the database', async () => {
    for (const person of ['psychologist', 'coordinator', 'parent'] as const)
      for (const statement of [
        `update advice_paragraph set content = '{}'`,
        `delete from advice_paragraph`,
        `update advice_release set author_name = 'x'`,
        `update advice_part set content = '{}'`,
        `update advice_withheld set reason = 'other'`,
      ])
        await expect(rows(person, statement), `${person}: ${statement}`).rejects.toThrow('permission denied')
    await expect(
      rows(
        'psychologist',
        `insert into advice_paragraph (release_id, child_id, part_id, number, position, kind, content) values ('${releaseId}', '${s.story.childId}', gen_random_uuid(), '99', 99, 'need', '{}')`,
      ),
    ).rejects.toThrow('row-level security')
  })

  test('after the case has closed she keeps her own advice and sees what came of it; the child she does not', async () => {
    const { owner } = pages.record
    await sql`update process set closed_on = '2025-02-20', state = 'plan-issued' where id = ${s.story.processId}`.execute(
      owner,
    )
    const priya = await s.as('psychologist')
    expect((await priya.open(`/professional/advice/${s.adviceId}`)).status).toBe(404)
    expect(await rows('psychologist', 'select * from child')).toEqual([])
    expect((await priya.open('/professional/released')).text).toContain('Amara Okafor')
    const read = await priya.open(`/professional/released/${releaseId}`)
    expect(read.text).toContain('A plan was issued')
    expect(read.text).toContain('Assessment ended 20 February 2025')
    const pandora = await s.as('headOfService')
    expect((await pandora.open('/professional/released')).text).toContain('Amara Okafor')
    expect((await pandora.open(`/professional/released/${releaseId}`)).status).toBe(200)
    const other = await s.as('healthProfessional')
    expect((await other.open(`/professional/released/${releaseId}`)).status).toBe(404)
    const { rows: looks } = await sql<{
      looks: number
    }>`select count(*)::int as looks from access_log where account_id = ${STORY_PEOPLE.psychologist.id} and what = 'released advice' and child_ids @> array[${s.story.childId}]::uuid[]`.execute(
      owner,
    )
    expect(looks[0]!.looks).toBeGreaterThan(2)
  })
})

describe('Who writes it, who signs it off, and who else', () => {
  let s: AdviceStory
  beforeAll(async () => {
    s = await adviceStory(pages)
  })

  test('two who write the same page meet: both texts are shown, and nothing is lost', async () => {
    const here = `/professional/advice/${s.adviceId}`
    const priya = await s.as('psychologist')
    const pandora = await s.as('headOfService')
    await priya.does(here, 'Start writing')
    const url = partHref((await priya.open(`${here}/write`)).html, 'Strengths and interests')
    const hers = await priya.open(url)
    const theirs = await pandora.open(url)
    expect(
      (await pandora.press(url, theirs, 'Save', { 'Strengths and interests': 'She draws.' })).status,
    ).toBe(303)
    const met = await priya.press(url, hers, 'Save', { 'Strengths and interests': 'She sings.' })
    expect(met.status).toBe(409)
    expect(met.text).toContain('Pandora Whitlock saved this page while you had it open')
    expect(met.text).toContain('She draws.')
    expect(met.value('words')).toBe('She sings.')
    expect(
      (await priya.press(url, met, 'Save', { 'Strengths and interests': 'She draws. She sings.' })).status,
    ).toBe(303)
    const after = await priya.open(url)
    expect(after.value('words')).toBe('She draws. She sings.')
    expect(after.text).toMatch(/Version 2, Priya Elwood.*Version 1, Pandora Whitlock.*She draws\./)
    // Taking away what somebody has changed meanwhile is the same meeting.
    await priya.does(`${here}/part/new-need`, 'Save', NEED)
    const [need] = (await rows(
      'psychologist',
      `select part_id from advice_part where kind = 'need' and advice_request_id = '${s.adviceId}'`,
    )) as { part_id: string }[]
    const needUrl = `${here}/part/${need!.part_id}`
    const stale = await priya.open(needUrl)
    await pandora.does(needUrl, 'Save', { 'How you know': 'Seen again in March' })
    expect((await priya.press(needUrl, stale, 'Take it away')).status).toBe(409)
  })

  test('with a supervisor set, only the supervisor releases; the writer sends it to them, and it may come back', async () => {
    const here = `/professional/advice/${s.adviceId}`
    const priya = await s.as('psychologist')
    const pandora = await s.as('headOfService')
    const added = await priya.does(`${here}/people`, 'Ask them to sign it off', {
      'Supervised by': STORY_PEOPLE.headOfService.id,
    })
    expect(added.status, added.errors.join()).toBe(303)
    const page = await priya.open(`${here}/release`)
    expect(page.html).not.toContain('Release the advice</button>')
    await expect(
      rows(
        'psychologist',
        `insert into advice_release (advice_request_id, child_id, process_id, number, head, answer, child_name, child_born_on, author_name, written_by, released_on, released_by)
         values ('${s.adviceId}', '${s.story.childId}', '${s.story.processId}', 1, 'psychological', 'advice', 'x', '2014-04-01', 'x', array['${STORY_PEOPLE.psychologist.id}']::uuid[], '2025-02-20', '${STORY_PEOPLE.psychologist.id}')`,
      ),
    ).rejects.toThrow('row-level security')
    expect((await priya.press(`${here}/release`, page, 'Send to Pandora Whitlock to sign off')).status).toBe(
      303,
    )
    // The supervised do not take the supervisor off.
    const kept = await priya.posts(`${here}/people`, {
      idempotencyKey: 'k1',
      do: 'remove',
      who: STORY_PEOPLE.headOfService.id,
    })
    expect(kept.status).toBe(422)
    expect(kept.text).toContain('can be removed only by themself')
    const back = await pandora.does(`${here}/release`, 'Send it back to be changed', {
      'If you send it back: what to change': 'Say who delivers it.',
    })
    expect(back.status, back.errors.join()).toBe(303)
    expect((await priya.open(`${here}/write`)).text).toContain('Say who delivers it.')
    const signed = await pandora.does(`${here}/release`, 'Release the advice')
    expect(signed.status, signed.errors.join()).toBe(303)
    const { rows: made } =
      await sql`select released_by, signed_off_by, author_name from advice_release where advice_request_id = ${s.adviceId}`.execute(
        pages.record.owner,
      )
    expect(made).toEqual([
      {
        released_by: STORY_PEOPLE.headOfService.id,
        signed_off_by: STORY_PEOPLE.headOfService.id,
        author_name: 'Priya Elwood',
      },
    ])
    const [fact] = (
      await sql<{
        on_behalf_of: string
      }>`select on_behalf_of from case_event where kind = 'advice_received' and child_id = ${s.story.childId}`.execute(
        pages.record.owner,
      )
    ).rows
    expect(fact!.on_behalf_of).toBe('Priya Elwood')
  })
})

describe('Passed on, declined, allocated', () => {
  test('declined with a reason goes to who she answers to, who gives it to somebody; the office sees why', async () => {
    const s = await adviceStory(pages)
    const here = `/professional/advice/${s.adviceId}`
    const priya = await s.as('psychologist')
    expect(
      (await priya.does(`${here}/pass`, 'Send', { 'What do you want to do?': 'Decline' })).errors,
    ).toEqual(['reason: Enter the reason'])
    const declined = await priya.does(`${here}/pass`, 'Send', {
      'What do you want to do?': 'Decline',
      Reason: 'I know the family well.',
    })
    expect(declined.status, declined.text).toBe(303)
    const told = await pages.record.owner
      .selectFrom('message')
      .select(['recipient_account', 'body'])
      .where('template', '=', 'advice-handed-on')
      .where('about_child', '=', s.story.childId)
      .execute()
    expect(told.map((one) => one.recipient_account).toSorted()).toEqual(
      [STORY_PEOPLE.coordinator.id, STORY_PEOPLE.headOfService.id].toSorted(),
    )
    for (const one of told) {
      expect(one.body).toContain('was declined by Priya Elwood')
      expect(one.body).not.toMatch(/Amara|Okafor/)
    }
    expect((await priya.open(here)).status).toBe(404)
    const pandora = await s.as('headOfService')
    const service = await pandora.open('/professional/service?show=unallocated')
    expect(service.text).toContain('Nobody yet')
    const cora = await s.as('coordinator')
    expect((await cora.open(`/staff/advice/${s.adviceId}`)).text).toContain(
      'Declined I know the family well.',
    )
    const given = await pandora.does(`${here}/pass`, 'Send', {
      'What do you want to do?': 'Pass it to somebody in my service',
      'Who to': STORY_PEOPLE.psychologist.id,
      Reason: 'Talked over with Priya.',
    })
    expect(given.status, given.errors.join()).toBe(303)
    expect((await priya.open(here)).status).toBe(200)
    expect((await s.story.events()).map((event) => event.kind)).toEqual(
      expect.arrayContaining(['advice_declined', 'advice_passed']),
    )
    expect((await cora.open(`/staff/advice/${s.adviceId}`)).text).toMatch(
      /Passed to Priya Elwood.*Talked over/,
    )
  })

  test('nobody passes advice outside their service, or somebody else’s at all', async () => {
    const s = await adviceStory(pages)
    const asked = (person: keyof typeof STORY_PEOPLE, to: string) =>
      rows(person, `select pass_advice('${s.adviceId}', '${to}', 'because I said so') as done`)
    expect(await asked('psychologist', STORY_PEOPLE.socialWorker.id)).toEqual([{ done: false }])
    expect(await asked('psychologist', STORY_PEOPLE.coordinator.id)).toEqual([{ done: false }])
    expect(await asked('healthProfessional', STORY_PEOPLE.healthLead.id)).toEqual([{ done: false }])
    const priya = await s.as('psychologist')
    const forged = await priya.posts(`/professional/advice/${s.adviceId}/pass`, {
      idempotencyKey: 'forged',
      do: 'pass',
      to: STORY_PEOPLE.socialWorker.id,
      reason: 'Forged',
    })
    expect(forged.errors).toEqual(['to: Choose somebody from the list'])
    await expect(
      rows(
        'psychologist',
        `insert into advice_writer (advice_request_id, child_id, account_id, part, from_on) values ('${s.adviceId}', '${s.story.childId}', '${STORY_PEOPLE.socialWorker.id}', 'writer', '2025-01-20')`,
      ),
    ).rejects.toThrow('row-level security')
    for (const change of [
      "adviser = 'x'",
      'adviser_account = null',
      "asked_on = '2025-01-01'",
      'withdrawn_on = asked_on',
    ])
      await expect(
        rows('psychologist', `update advice_request set ${change} where id = '${s.adviceId}'`),
        change,
      ).rejects.toThrow()
  })

  test('no longer asked, or stood in for: reach ends and begins with the day', async () => {
    const s = await adviceStory(pages)
    const { owner } = pages.record
    const here = `/professional/advice/${s.adviceId}`
    const owen = await s.as('healthProfessional')
    expect((await owen.open(here)).status).toBe(404)
    await sql`insert into delegation (from_account, to_account, from_on, to_on, why, made_by) values (${STORY_PEOPLE.psychologist.id}, ${STORY_PEOPLE.healthProfessional.id}, '2025-01-01', '2025-02-01', 'Leave', ${STORY_PEOPLE.psychologist.id})`.execute(
      owner,
    )
    s.story.today('2025-01-21')
    const standing = await s.as('healthProfessional')
    expect((await standing.open('/professional/advice')).text).toContain('with Priya Elwood')
    expect((await standing.open(here)).status).toBe(200)
    await sql`delete from delegation where to_account = ${STORY_PEOPLE.healthProfessional.id}`.execute(owner)
    expect((await standing.open(here)).status).toBe(404)
    await sql`update advice_request set withdrawn_on = '2025-01-21' where id = ${s.adviceId}`.execute(owner)
    const priya = await s.as('psychologist')
    expect((await priya.open(here)).status).toBe(404)
    expect((await priya.posts(`${here}/begin`, { idempotencyKey: 'late' })).status).toBe(404)
  })
})

describe('Advice on paper, and other answers', () => {
  test('the office enters it in the adviser’s name with its true day; both ways are one truth', async () => {
    const s = await adviceStory(pages)
    s.story.today('2025-02-10')
    const medical = await s.story.adviceId('Health commissioning')
    const cora = await s.as('coordinator')
    const here = `/staff/advice/${medical}`
    // Somebody recorded only that it came.
    const recorded = await (await s.story.officer('coordinator')).does(`record-advice/${medical}`, {
      receivedOn: '7 2 2025',
      answer: 'advice',
    })
    expect(recorded.status).toBe(303)
    expect((await cora.open(here)).text).toContain('nothing of it has been entered here')
    expect((await cora.does(here, 'Enter advice from paper')).location).toBe(`${here}/write`)
    const whole = await cora.open(`${here}/write`)
    expect(whole.text).toContain('Typed by the office from paper')
    await cora.does(partHref(whole.html, 'What you saw and found'), 'Save', {
      'What you saw and found': 'Hearing is normal.',
    })
    const released = await cora.does(`${here}/release`, 'Release the advice')
    expect(released.status, released.errors.join()).toBe(303)
    const shown = await cora.open(here)
    expect(shown.text).toContain('Entered by the office from paper')
    expect(shown.text).toContain('Hearing is normal.')
    const facts = (await s.story.events('advice_received')).filter(
      (event) => event.payload['head'] === 'medical',
    )
    expect(facts.map((event) => event.happened_on)).toEqual(['2025-02-07'])
  })

  test('an adviser who has begun is not overwritten by the office', async () => {
    const s = await adviceStory(pages)
    const priya = await s.as('psychologist')
    await priya.does(`/professional/advice/${s.adviceId}`, 'Start writing')
    const cora = await s.as('coordinator')
    const begun = await cora.does(`/staff/advice/${s.adviceId}`, 'Enter advice from paper')
    expect(begun.location).toBe(`/staff/advice/${s.adviceId}`)
    expect((await cora.open(`/staff/advice/${s.adviceId}/write`)).status).toBe(404)
  })

  test('a health professional is asked by account and answers at this door; nobody who is not one can be', async () => {
    const s = await adviceStory(pages, { ask: false })
    const cora = await s.story.officer('coordinator')
    const asking = (account: string) =>
      cora.does('ask-for-advice', {
        'medical-do': 'ask',
        'medical-account': account,
        'psychological-do': 'not-now',
        sentOn: '20 1 2025',
        how: 'email',
      })
    const { healthProfessional, parent, leaver } = STORY_PEOPLE
    for (const wrong of [parent, leaver])
      expect((await asking(`${wrong.id}|${wrong.name}`)).errors, wrong.name).toEqual([
        'medical-account: Choose somebody from the list',
      ])
    expect((await asking(`${healthProfessional.id}|${healthProfessional.name}`)).status).toBe(303)
    const owen = await s.as('healthProfessional')
    expect((await owen.open('/professional/advice')).text).toMatch(/Amara Okafor.*Health/)
    const one = await owen.open(`/professional/advice/${await s.story.adviceId(healthProfessional.name)}`)
    expect(one.text).toContain('This limit is law for health bodies')
  })

  test('not known to us is an answer: the request is complete, and no draft goes with it', async () => {
    const s = await adviceStory(pages)
    const priya = await s.as('psychologist')
    const here = `/professional/advice/${s.adviceId}`
    await priya.does(here, 'Start writing')
    expect((await priya.does(`${here}/release`, 'Release the advice')).text).toContain(
      'Nothing is written yet',
    )
    const url = partHref((await priya.open(`${here}/write`)).html, 'Anything else')
    await priya.does(url, 'Save', { 'Anything else': 'A private thought.' })
    const done = await priya.does(`${here}/release`, 'Release the advice', {
      'What is the answer?': 'The child is not known to us',
    })
    expect(done.status, done.errors.join()).toBe(303)
    const cora = await s.as('coordinator')
    const read = await cora.open(`/staff/advice/${s.adviceId}`)
    expect(read.text).toContain('The answer is: Not known to us.')
    expect(read.text).not.toContain('A private thought.')
    expect((await s.story.events('advice_received')).at(-1)?.payload['nothingToReport']).toBe(true)
  })
})

describe('Bad input', () => {
  test('sixty pages, smart quotes, emoji, right-to-left text and null bytes are kept, and numbered', async () => {
    const s = await adviceStory(pages)
    const priya = await s.as('psychologist')
    const here = `/professional/advice/${s.adviceId}`
    await priya.does(here, 'Start writing')
    const url = partHref((await priya.open(`${here}/write`)).html, 'What you saw and found')
    const page = `${'‘She reads’ — “well” 🙂\n'.repeat(40)}\n`
    const sixty = `${page.repeat(60)}\u0000مرحبا بكم\n\n<script>alert(1)</script>`
    const saved = await priya.does(url, 'Save', { 'What you saw and found': sixty })
    expect(saved.status, saved.errors.join()).toBe(303)
    const released = await priya.does(`${here}/release`, 'Release the advice')
    expect(released.status, released.errors.join()).toBe(303)
    const read = await priya.open(released.location)
    expect(read.html).toContain('مرحبا بكم')
    expect(read.html).not.toContain('<script>alert')
    const told = await rows(
      'coordinator',
      `select count(*)::int as n from advice_paragraph p join advice_release r on r.id = p.release_id where r.advice_request_id = '${s.adviceId}' and p.kind = 'text'`,
    )
    expect(told).toEqual([{ n: 62 }])
  })

  test('a form from before somebody changed the advice does not release words nobody read', async () => {
    const s = await adviceStory(pages)
    const priya = await s.as('psychologist')
    const here = `/professional/advice/${s.adviceId}`
    await priya.does(here, 'Start writing')
    const url = partHref((await priya.open(`${here}/write`)).html, 'Anything else')
    await priya.does(url, 'Save', { 'Anything else': 'First.' })
    const opened = await priya.open(`${here}/release`)
    await priya.does(url, 'Save', { 'Anything else': 'Second, in another tab.' })
    const stale = await priya.press(`${here}/release`, opened, 'Release the advice')
    expect(stale.status).toBe(422)
    expect(stale.text).toContain('The advice was changed after you opened this page')
    expect(stale.text).toContain('Second, in another tab.')
  })

  test('ids of nobody, of another’s advice and of another kind of thing are not found', async () => {
    const [one, two] = [await adviceStory(pages), await adviceStory(pages)]
    const priya = await one.as('psychologist')
    await priya.does(`/professional/advice/${one.adviceId}`, 'Start writing')
    await priya.does(`/professional/advice/${two.adviceId}`, 'Start writing')
    const [part] = (await rows(
      'psychologist',
      `select part_id from advice_part where advice_request_id = '${two.adviceId}' limit 1`,
    )) as { part_id: string }[]
    for (const url of [
      `/professional/advice/${one.story.childId}`,
      `/professional/advice/${one.adviceId}/part/${part!.part_id}`,
      `/professional/advice/${one.adviceId}/part/new-thing`,
      `/professional/advice/${one.adviceId}/part/..%2f..%2fetc`,
      `/professional/advice/not-a-uuid/write`,
      `/professional/released/${one.adviceId}`,
    ])
      expect((await priya.open(url)).status, url).toBe(404)
    expect((await priya.open('/professional/service')).status).toBe(403)
  })
})

describe('A head of service', () => {
  test('sees all of theirs, late and by person, with what can be finished against what is due', async () => {
    const s = await adviceStory(pages)
    s.story.today('2025-03-05')
    const pandora = await s.as('headOfService')
    const page = await pandora.open('/professional/service')
    expect(page.text).toMatch(/Priya Elwood Educational psychologist Educational Psychology Service/)
    expect(page.text).toContain('Capacity against demand')
    expect(page.html).toContain('<svg')
    const capacity = `/professional/service/capacity/${STORY_PEOPLE.psychologist.id}`
    expect((await pandora.does(capacity, 'Save', { 'Pieces of advice a week': 'many' })).errors).toEqual([
      'pieces: Enter a number from 0 to 50, such as 1.5',
    ])
    expect(
      (await pandora.does(capacity, 'Save', { 'Pieces of advice a week': '1.5', From: '3 3 2025' })).status,
    ).toBe(303)
    expect((await pandora.open('/professional/service')).text).toMatch(/3 March 2025 0 1\.5/)
    expect(
      (await pandora.open(`/professional/service/capacity/${STORY_PEOPLE.socialWorker.id}`)).status,
    ).toBe(404)
    const leonie = await s.as('healthLead')
    expect((await leonie.open('/professional/service')).text).toContain('Nothing is waited for here')
    await expect(
      rows(
        'psychologist',
        `insert into advice_capacity (account_id, from_on, pieces_a_week, set_by) values ('${STORY_PEOPLE.headOfService.id}', '2025-01-01', 1, '${STORY_PEOPLE.psychologist.id}')`,
      ),
    ).rejects.toThrow('row-level security')
  })
})
