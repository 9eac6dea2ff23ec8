import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { openPages, type Pages, ReadPage, type Visitor } from '../../children/try-pages/index.ts'
import { routes as intakeRoutes } from '../../intake/accept-a-request/index.ts'
import { routes } from './index.ts'

const TODAY = '2026-07-06'
let pages: Pages
beforeAll(async () => {
  pages = await openPages([...routes({ secureCookies: false }), ...intakeRoutes], TODAY)
})
afterAll(() => pages.close())

/** A browser that keeps its cookies, with nobody signed in or with somebody. */
function browser(session?: string): Visitor & { readonly cookies: Map<string, string> } {
  const cookies = new Map<string, string>(session ? [['clearway', session]] : [])
  const ask = async (options: {
    method: 'GET' | 'POST'
    url: string
    payload?: string
  }): Promise<ReadPage> => {
    const answer = await pages.app.inject({
      ...options,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(options.payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    })
    for (const cookie of answer.cookies)
      if (cookie.value === '') cookies.delete(cookie.name)
      else cookies.set(cookie.name, cookie.value)
    return new ReadPage(answer.statusCode, answer.body, String(answer.headers['location'] ?? ''))
  }
  return {
    cookies,
    get: (url) => ask({ method: 'GET', url }),
    send: async (page, button) =>
      ask({
        method: 'POST',
        url: page.actionOf(button),
        payload: page.pressing(button).toString(),
      }),
  }
}
const fillIn = async (
  visitor: Visitor,
  url: string,
  answers: Readonly<Record<string, string>>,
): Promise<string> => {
  const next = await visitor.send((await visitor.get(url)).fill(answers), 'Save and go on')
  expect(next.status, next.text.slice(0, 300)).toBe(303)
  return next.location
}

const ANSWERS: readonly Readonly<Record<string, string>>[] = [
  { 'Who are you asking for?': 'For my child' },
  { 'First name': 'Zoë 🦊', 'Family name': 'اللطيف' },
  { 'Date of birth': '27 3 2017' },
  { '#sex': 'F' },
  { 'Address (optional)': '4 Quay Street', 'Postcode (optional)': 'dt48aa' },
  { 'Choose one': 'A school, college or nursery', 'Its name and town': 'Larkfield' },
  { '#why': 'قراءة صعبة.\nReading is hard.' },
  { 'Your full name': 'Paula Marsh', 'Who are you to the child?': 'mother' },
  { Email: 'paula@example.com' },
  { 'An interpreter (optional)': 'Arabic' },
]

async function writeAll(visitor: Visitor): Promise<string> {
  const start = await visitor.get('/ask-for-an-assessment')
  let url = (await visitor.send(start, 'Start')).location
  for (const answers of ANSWERS) url = await fillIn(visitor, url, answers)
  expect(url).toMatch(/\/check$/)
  return url
}

test('somebody with no account asks; the clock runs from that day, and sending twice is one request', async () => {
  const paula = browser()
  const url = await writeAll(paula)
  const check = await paula.get(url)
  expect(check.text).toContain('by Monday 17 August 2026')
  expect(check.text).toContain('Zoë 🦊 اللطيف')
  const sent = await paula.send(check, 'Send the request')
  expect(sent.location).toMatch(/\/sent$/)
  expect((await paula.send(check, 'Send the request')).location).toBe(sent.location)
  const receipt = await paula.get(sent.location)
  expect(receipt.text).toContain('We have your request Your reference R-2026-00001')
  expect(receipt.text).toContain('by Monday 17 August 2026')
  expect(receipt.text).toContain('Reading is hard.')
  const rows = await pages.record.owner.selectFrom('online_request').selectAll().execute()
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    received_on: TODAY,
    state: 'waiting',
    asked_by: 'parent',
    asker_name: 'Paula Marsh',
  })
  // The back button: nothing of what was sent can be changed.
  expect((await paula.get(url.replace(/check$/, 'name'))).location).toBe(sent.location)
})

test('another browser finds nothing there, and neither does any signed-in person', async () => {
  const paula = browser()
  const url = await writeAll(paula)
  for (const stranger of [browser(), await pages.signIn('parent'), await pages.signIn('coordinator')])
    for (const page of ['check', 'name', 'later', 'sent', ''])
      expect((await stranger.get(url.replace(/check$/, page))).status).toBe(404)
})

test('two tabs: the second to save sees what the first saved, and its own words stay', async () => {
  const paula = browser()
  const url = (await writeAll(paula)).replace(/check$/, 'why')
  const [first, second] = [await paula.get(url), await paula.get(url)]
  expect((await paula.send(first.fill({ '#why': 'From the first tab' }), 'Save and go on')).status).toBe(303)
  const refused = await paula.send(second.fill({ '#why': 'From the second tab' }), 'Save and go on')
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('What you told us: From the first tab')
  expect(refused.value('why')).toBe('From the second tab')
  expect((await paula.send(refused, 'Save and go on')).status).toBe(303)
  expect((await paula.get(url)).value('why')).toBe('From the second tab')
})

test('what cannot be is told beside the field, and nothing typed is lost', async () => {
  const paula = browser()
  const born = (await writeAll(paula)).replace(/check$/, 'born')
  const page = (await paula.get(born)).fill({ 'Date of birth': '31 2 2017' })
  const refused = await paula.send(page, 'Save and go on')
  expect(refused.errors[0]).toContain('must be a real date: February 2017 has 28 days')
  expect(refused.value('bornOn-day')).toBe('31')
})

test('signing in makes it the person’s own; a family that shares the computer then finds nothing', async () => {
  const shared = browser()
  const url = await writeAll(shared)
  const { startSession } = await import('../../../platform/sessions.ts')
  shared.cookies.set('clearway', await startSession(pages.record.db, STORY_PEOPLE.parent.id, TODAY))
  const later = await shared.get(url.replace(/check$/, 'later'))
  expect((await shared.send(later, 'Keep it in my account')).status).toBe(303)
  const elsewhere = browser(await startSession(pages.record.db, STORY_PEOPLE.parent.id, TODAY))
  expect((await elsewhere.get(url)).status).toBe(200)
  shared.cookies.delete('clearway')
  expect((await shared.get(url)).status).toBe(404)
  shared.cookies.set('clearway', await startSession(pages.record.db, STORY_PEOPLE.advocate.id, TODAY))
  expect((await shared.get(url)).status).toBe(404)
})

test('the next person to sign in on a computer does not become the owner of what somebody else wrote or sent', async () => {
  const { owner, db } = pages.record
  const { startSession } = await import('../../../platform/sessions.ts')
  const shared = browser()
  const begun = await writeAll(shared)
  const sentFrom = await writeAll(shared)
  const sent = await shared.send(await shared.get(sentFrom), 'Send the request')
  const idOf = (url: string): string => url.split('/')[2]!
  // Somebody else signs in there, begins a request of their own, and writes and sends it.
  shared.cookies.set('clearway', await startSession(db, STORY_PEOPLE.advocate.id, TODAY))
  const whose = await shared.get('/family/ask-for-an-assessment')
  let url = (await shared.send(whose.fill({ '#child': 'another' }), 'Go on')).location
  for (const answers of ANSWERS) url = await fillIn(shared, url, answers)
  expect((await shared.send(await shared.get(url), 'Send the request')).location).toMatch(/sent$/)
  const ownerOf = async (address: string) =>
    owner
      .selectFrom('request_draft as d')
      .leftJoin('online_request as r', 'r.id', 'd.sent_as')
      .select(['d.account_id as draft', 'r.account_id as request'])
      .where('d.id', '=', idOf(address))
      .executeTakeFirstOrThrow()
  expect(await ownerOf(url)).toEqual({
    draft: STORY_PEOPLE.advocate.id,
    request: STORY_PEOPLE.advocate.id,
  })
  expect(await ownerOf(begun)).toEqual({ draft: null, request: null })
  expect(await ownerOf(sent.location)).toEqual({ draft: null, request: null })
  // What was sent becomes somebody's only when they ask for it at its own address.
  await shared.send(await shared.get(sent.location), 'Keep it in my account')
  expect(await ownerOf(sent.location)).toEqual({
    draft: STORY_PEOPLE.advocate.id,
    request: STORY_PEOPLE.advocate.id,
  })
  expect(await ownerOf(begun)).toEqual({ draft: null, request: null })
})

test('a young person asks for themself only when the law gives them the right, and is told what to do before', async () => {
  const yasmin = browser()
  const start = await yasmin.get('/ask-for-an-assessment')
  let url = (await yasmin.send(start, 'Start')).location
  url = await fillIn(yasmin, url, { 'Who are you asking for?': 'For myself' })
  url = await fillIn(yasmin, url, { 'First name': 'Yasmin', 'Family name': 'Marsh' })
  const young = await yasmin.send(
    (await yasmin.get(url)).fill({ 'Date of birth': '1 1 2012' }),
    'Save and go on',
  )
  expect(young.text).toContain('You can ask for yourself from the summer after you turn 16')
  const old = await yasmin.send(
    (await yasmin.get(url)).fill({ 'Date of birth': '5 7 2001' }),
    'Save and go on',
  )
  expect(old.text).toContain('until the 25th birthday')
  expect(await fillIn(yasmin, url, { 'Date of birth': '7 7 2001' })).toMatch(/\/sex$/)
})

test('a parent on the record opens the case by sending: nobody keys it, and what they wrote is in no shared fact', async () => {
  const { owner, db } = pages.record
  const child = await owner
    .insertInto('child')
    .values({
      reference: 'C-90010',
      given_name: 'Ada',
      family_name: 'Marsh',
      name_key: 'ada marsh',
      date_of_birth: '2016-02-29',
      sex: 'F',
      postcode: 'DT4 8ZZ',
      locality_id: 'north',
      registered_on: '2026-01-05',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const contact = await owner
    .insertInto('contact')
    .values({ name: 'Paula Marsh', account_id: STORY_PEOPLE.parent.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  await owner
    .insertInto('child_contact')
    .values({
      child_id: child.id,
      contact_id: contact.id,
      relationship: 'mother',
      parental_responsibility: true,
      from_on: '2016-02-29',
    })
    .execute()
  const { startSession } = await import('../../../platform/sessions.ts')
  const paula = browser(await startSession(db, STORY_PEOPLE.parent.id, TODAY))
  const whose = await paula.get('/family/ask-for-an-assessment')
  // Somebody else's child cannot be named by its number.
  const foreign = await paula.send(whose.fill({ '#child': '00000000-0000-4000-8000-000000000999' }), 'Go on')
  expect(foreign.errors).toEqual(['child: Choose who this is about'])
  // Where the child lives now is told only to who lives there: a parent who lives apart is asked, and shown nothing.
  const homeShown = async (): Promise<string> => {
    const again = await paula.get('/family/ask-for-an-assessment')
    const begun = (await paula.send(again.fill({ 'Who is this about?': 'Ada Marsh' }), 'Go on')).location
    const draft = await owner
      .selectFrom('request_draft')
      .select('answers')
      .where('id', '=', begun.split('/')[2]!)
      .executeTakeFirstOrThrow()
    return JSON.stringify(draft.answers)
  }
  expect(await homeShown()).not.toContain('DT4')
  await owner
    .updateTable('child_contact')
    .set({ lives_with: true })
    .where('contact_id', '=', contact.id)
    .execute()
  expect(await homeShown()).toContain('DT4 8ZZ')
  await owner
    .updateTable('child_contact')
    .set({ lives_with: false })
    .where('contact_id', '=', contact.id)
    .execute()
  let url = (await paula.send(whose.fill({ 'Who is this about?': 'Ada Marsh' }), 'Go on')).location
  url = await fillIn(paula, url, { 'Who are you asking for?': 'For my child' })
  url = await fillIn(paula, url, { '#why': 'Between us' })
  url = await fillIn(paula, url, { 'Your full name': 'Paula Marsh', 'Who are you to the child?': 'mother' })
  url = await fillIn(paula, url, { Phone: '01305 251 000' })
  url = await fillIn(paula, url, {})
  const sent = await paula.send(await paula.get(url), 'Send the request')
  expect((await paula.get(sent.location)).text).toContain('The case is open')
  const process = await owner
    .selectFrom('process')
    .selectAll()
    .where('child_id', '=', child.id)
    .executeTakeFirstOrThrow()
  expect(process).toMatchObject({
    state: 'deciding-whether-to-assess',
    opened_on: TODAY,
    next_due_on: '2026-08-17',
  })
  const facts = await owner.selectFrom('case_event').selectAll().where('child_id', '=', child.id).execute()
  expect(facts.map((fact) => [fact.kind, fact.recorded_by])).toEqual([
    ['request_received', STORY_PEOPLE.parent.id],
  ])
  expect(JSON.stringify(facts)).not.toContain('Between us')
})
