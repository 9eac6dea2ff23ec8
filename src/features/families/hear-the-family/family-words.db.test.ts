import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner, asViewer, type Trx } from '../../../db/viewer.ts'
import { openPages, type Pages, type Visitor } from '../../children/try-pages/index.ts'
import { routes as draftRoutes } from '../../family/comment-on-the-draft/index.ts'
import { routes as viewRoutes } from '../../family/give-views/index.ts'
import { routes as messageRoutes } from '../../family/write-to-us/index.ts'
import { routes } from './index.ts'

/** The Monday of a week with no bank holiday; the draft was served the Wednesday before. */
const TODAY = '2026-07-06'
const SERVED = '2026-07-01'
const CHILD = '00000000-0000-4000-8000-0000000009a1'
const CASE = '00000000-0000-4000-8000-0000000009b1'
const MOTHER = '00000000-0000-4000-8000-0000000009c1'
const FATHER = '00000000-0000-4000-8000-0000000009c2'
let pages: Pages
let paula: Visitor
/** The other parent, who lives apart. */
let peter: Visitor
let cora: Visitor
let base: string

beforeAll(async () => {
  pages = await openPages([...viewRoutes, ...draftRoutes, ...messageRoutes, ...routes], TODAY)
  const { owner } = pages.record
  await owner
    .insertInto('child')
    .values({
      id: CHILD,
      reference: 'C-90100',
      given_name: 'Ada',
      family_name: 'Marsh',
      name_key: 'ada marsh',
      date_of_birth: '2016-02-29',
      sex: 'F',
      locality_id: 'north',
      registered_on: '2026-01-05',
    })
    .execute()
  for (const [id, name, account] of [
    [MOTHER, 'Paula Marsh', STORY_PEOPLE.parent.id],
    [FATHER, 'Peter Marsh', STORY_PEOPLE.advocate.id],
  ] as const) {
    await owner
      .insertInto('contact')
      .values({ id, name, account_id: account, email: `${id}@example.com` })
      .execute()
    await owner
      .insertInto('child_contact')
      .values({
        child_id: CHILD,
        contact_id: id,
        relationship: 'parent',
        parental_responsibility: true,
        from_on: '2016-02-29',
      })
      .execute()
  }
  await owner
    .insertInto('process')
    .values({
      id: CASE,
      reference: 'A-2026-90100',
      child_id: CHILD,
      kind: 'assessment',
      state: 'deciding-whether-to-assess',
      opened_on: '2026-03-02',
      assigned_to: STORY_PEOPLE.coordinator.id,
    })
    .execute()
  await owner
    .insertInto('advice_request')
    .values({
      process_id: CASE,
      child_id: CHILD,
      head: 'psychology',
      adviser: 'Priya Elwood',
      adviser_account: STORY_PEOPLE.psychologist.id,
      asked_on: '2026-04-14',
    })
    .execute()
  await asOwner(owner, async (trx) => {
    const line = { childId: CHILD, processId: CASE, today: TODAY, by: STORY_PEOPLE.coordinator.id }
    await recordEvent(trx, { ...line, kind: 'request_received', on: '2026-03-02', payload: { by: 'parent' } })
    await recordEvent(trx, {
      ...line,
      kind: 'decided_to_assess',
      on: '2026-04-13',
    })
    await recordEvent(trx, { ...line, kind: 'draft_issued', on: SERVED })
    await refreshChild(trx, CHILD, TODAY)
  })
  paula = await pages.signIn('parent')
  peter = await pages.signIn('advocate')
  cora = await pages.signIn('coordinator')
  base = `/family/children/${CHILD}`
})
afterAll(() => pages.close())

const facts = async (kind: string) =>
  pages.record.owner.selectFrom('case_event').selectAll().where('kind', '=', kind).orderBy('seq').execute()

test('views: kept, two tabs told of each other, sent as one fact that holds no words, read by staff and advisers only', async () => {
  const [first, second] = [await paula.get(`${base}/views/mine`), await paula.get(`${base}/views/mine`)]
  expect((await paula.send(first.fill({ '#words': 'قصير 🦊 first tab' }), 'Save for later')).status).toBe(303)
  const stale = await paula.send(second.fill({ '#words': 'second tab' }), 'Save for later')
  expect(stale.status).toBe(422)
  expect(stale.text).toContain('What was saved there: قصير 🦊 first tab')
  expect(stale.value('words')).toBe('second tab')
  // A draft is nobody else's.
  expect((await cora.get(`/staff/cases/${CASE}/family`)).text).not.toContain('first tab')
  const untold = await paula.send(
    stale.fill({ 'Who wrote or made this?': 'Somebody wrote it down for us' }),
    'Send',
  )
  expect(untold.errors).toEqual([
    'writer: Enter who wrote it down',
    'howChecked: Enter how they checked it was right',
  ])
  const sent = await paula.send(
    untold.fill({ '#writer': 'Sue, SENDIASS', '#howChecked': 'Read it back to me' }),
    'Send',
  )
  expect(sent.status, sent.text).toBe(303)
  expect((await paula.get(`${base}/views`)).text).toContain('Written down by Sue, SENDIASS')
  const given = await facts('views_given')
  expect(given).toHaveLength(1)
  expect(JSON.stringify(given)).not.toContain('second tab')
  expect((await cora.get(`/staff/cases/${CASE}/family`)).text).toContain('second tab')
  expect((await peter.get(`${base}/views`)).text).not.toContain('second tab')
  const seen = async (as: keyof typeof STORY_PEOPLE) =>
    asViewer(pages.record.db, { accountId: STORY_PEOPLE[as].id, today: TODAY }, (trx) =>
      trx.selectFrom('family_view').select('words').execute(),
    )
  expect(await seen('psychologist')).toEqual([{ words: 'second tab' }])
  expect(await seen('healthProfessional')).toEqual([])
  expect(await seen('senco')).toEqual([])
})

test('the draft: numbered once, said of paragraph by paragraph, sent in time, answered each', async () => {
  const overview = await paula.get(`${base}/draft`)
  expect(overview.text).toContain('You have until the end of Wednesday 15 July 2026')
  expect(overview.text).toContain('9 more days after today')
  const put = await cora.get(`/staff/cases/${CASE}/keep-the-draft`)
  const numbered = await cora.send(
    put.fill({
      '#sectionB': 'Ada finds reading hard.\n\nShe tires by noon.',
      '#sectionF': 'Ten hours a week.',
    }),
    'Number the paragraphs',
  )
  expect(numbered.status, numbered.text).toBe(303)
  const twice = await cora.send(
    (await cora.get(`/staff/cases/${CASE}/keep-the-draft`)).fill({ '#sectionB': 'Other words' }),
    'Number the paragraphs',
  )
  expect(twice.text).toContain('The words of this draft are kept already')

  const part = await paula.get(`${base}/draft/section/B`)
  expect(part.text).toContain('Paragraph 2 She tires by noon.')
  const tab = await paula.get(`${base}/draft/section/B`)
  const bare = await paula.send(part.fill({ 'What do you think of paragraph 1?': 'change' }), 'Save')
  expect(bare.errors[0]).toContain('Write what should be different')
  expect(
    (await paula.send(bare.fill({ 'Your words about paragraph 1': 'She cannot read yet.' }), 'Save')).status,
  ).toBe(303)
  const stale = await paula.send(tab.fill({ 'What do you think of paragraph 2?': 'agree' }), 'Save')
  expect(stale.status).toBe(422)
  expect(stale.text).toContain('She cannot read yet.')
  expect(
    (
      await paula.send(
        (
          await paula.get(`${base}/draft/more`)
        ).fill({ 'Do you want to meet us to talk about it?': 'Yes', '#meetingNote': 'Mornings' }),
        'Save',
      )
    ).status,
  ).toBe(303)
  const looked = await paula.send(
    (await paula.get(`${base}/draft/school`)).fill({ 'Look for it by name, town or postcode': 'Tidewater' }),
    'Look for it',
  )
  const unchosen = await paula.send(
    looked.fill({ 'What do you want to say?': 'I want the one I found above' }),
    'Save',
  )
  expect(unchosen.errors).toEqual(['settingSearch: Look for the school, then choose it from the list'])
  expect((await paula.send(unchosen.fill({ '#settingUrn': '900003' }), 'Save')).status).toBe(303)
  expect(await facts('representations_received')).toEqual([])
  const check = await paula.get(`${base}/draft/check`)
  const sent = await paula.send(check, 'Send')
  expect(sent.status, sent.text).toBe(303)
  expect((await paula.send(check, 'Send')).location).toBe(sent.location)
  for (const kind of ['representations_received', 'draft_meeting_requested', 'setting_preference_stated'])
    expect(await facts(kind), kind).toHaveLength(1)
  expect((await facts('setting_preference_stated'))[0]!.payload).toMatchObject({
    setting: '900003',
    settingName: 'Tidewater Special School',
  })
  const process = await pages.record.owner
    .selectFrom('process')
    .select('state')
    .where('id', '=', CASE)
    .executeTakeFirstOrThrow()
  expect(process.state).toBe('finalising')
  // The other parent sees that comments came, as the law's fact, and not one word of them.
  const others = await peter.get(`${base}/draft`)
  expect(others.text).not.toContain('She cannot read yet')
  expect(others.text).not.toContain('Tidewater')

  const page = await cora.get(`/staff/cases/${CASE}/family`)
  expect(page.text).toContain('1 comment has no answer')
  const unanswered = await cora.send(page, 'Send this answer')
  expect(unanswered.errors[0]).toContain('Write the answer to the comment')
  expect(
    (await cora.send(unanswered.fill({ '#words': 'We will say so in the plan.' }), 'Send this answer'))
      .status,
  ).toBe(303)
  expect((await paula.get(`${base}/draft`)).text).toContain(
    'The council’s answer, 6 July 2026 (Cora Coombes) We will say so in the plan.',
  )
  expect((await cora.send(page.fill({ '#words': 'Another answer' }), 'Send this answer')).text).toContain(
    'Somebody else has answered this comment',
  )
})

test('comments after the 15 days are taken, and marked late', async () => {
  pages.today = '2026-07-20'
  const page = await peter.get(`${base}/draft/section/F`)
  await peter.send(
    page.fill({
      'What do you think of paragraph 3?': 'question',
      'Your words about paragraph 3': 'Who gives it?',
    }),
    'Save',
  )
  const check = await peter.get(`${base}/draft/check`)
  expect(check.text).toContain('The 15 days ended on Wednesday 15 July 2026')
  expect((await peter.send(check, 'Send')).status).toBe(303)
  expect((await cora.get(`/staff/cases/${CASE}/family`)).text).toContain(
    'Peter Marsh, 20 July 2026, after the 15 days',
  )
  pages.today = TODAY
})

test('a message is promised an answer in working days, waits as due and then late, and its answer goes to its own readers', async () => {
  const page = await paula.get(`${base}/messages/new`)
  expect(page.text).toContain('we promise to answer by Wednesday 8 July 2026')
  const sent = await paula.send(
    page.fill({ 'What is it about?': 'Transport', 'Your message': 'Who takes her? 🚌' }),
    'Send',
  )
  expect(sent.status, sent.text).toBe(303)
  expect((await paula.send(page, 'Send')).location).toBe(sent.location)
  const thread = sent.location.split('/').at(-1)!
  expect((await paula.get(sent.location)).text).toContain('We answer by Wednesday 8 July 2026')
  expect((await cora.get('/staff/messages')).text).toMatch(
    /Transport Ada Marsh Cora Coombes 6 July 2026 Due by 8 July 2026/,
  )

  // Parents who live apart read their own; another's number is no page at all.
  expect((await peter.get(sent.location)).status).toBe(404)
  expect((await peter.get(`${base}/messages`)).text).not.toContain('Transport')

  pages.today = '2026-07-13'
  expect((await paula.get(sent.location)).text).toContain('and have not. We are sorry')
  expect((await cora.get('/staff/messages')).text).toContain('5 days late: promised by 8 July 2026')
  // Somebody away: the list is that of whoever stands in for them.
  const colin = await pages.signIn('otherCoordinator')
  expect((await colin.get('/staff/messages')).text).not.toContain('Transport')
  await pages.record.owner
    .insertInto('delegation')
    .values({
      from_account: STORY_PEOPLE.coordinator.id,
      to_account: STORY_PEOPLE.otherCoordinator.id,
      from_on: '2026-07-10',
      to_on: '2026-07-20',
      why: 'On leave',
      made_by: STORY_PEOPLE.coordinator.id,
    })
    .execute()
  expect((await colin.get('/staff/messages')).text).toContain('Transport')

  const stale = await colin.get(`/staff/messages/${thread}`)
  expect(stale.text).toContain('Who reads this: Paula Marsh (Parent). Who does not: Peter Marsh (Parent).')
  const longer = await colin.send(
    (await colin.get(`/staff/messages/${thread}`)).fill({
      'What is this?': 'We need longer',
      'We answer by': '17 7 2026',
      'Your words': 'We have asked the transport team.',
    }),
    'Send',
  )
  expect(longer.status, longer.text).toBe(303)
  expect((await paula.get(sent.location)).text).toContain(
    'We asked for longer: we answer by Friday 17 July 2026',
  )
  const old = await colin.send(stale.fill({ 'What is this?': 'The answer', 'Your words': 'A bus.' }), 'Send')
  expect(old.text).toContain('Something was said since you opened the page')
  const answered = await colin.send(old.fill({}), 'Send')
  expect(answered.status, answered.text).toBe(303)
  expect((await paula.get(sent.location)).text).toContain('Nothing is waiting for us')
  const told = await pages.record.owner
    .selectFrom('message')
    .select(['template', 'recipient_contact', 'subject', 'body'])
    .where('template', '=', 'message-answered')
    .execute()
  expect(told.map((one) => one.recipient_contact)).toEqual([MOTHER])
  expect(JSON.stringify(told)).not.toMatch(/Ada|Marsh/)
  pages.today = TODAY
})

test('by phone: views, comments and a message are written down for them, and say so', async () => {
  const views = await cora.get(`/staff/cases/${CASE}/take-down-views`)
  const done = await cora.send(
    views.fill({
      '#from': FATHER,
      'Whose views are they?': 'Their own, as a parent or carer',
      '#words': 'He wants a quiet school.',
      '#howChecked': 'Read back',
    }),
    'Record these views',
  )
  expect(done.status, done.text).toBe(303)
  expect((await facts('views_given')).at(-1)).toMatchObject({
    on_behalf_of: 'Peter Marsh',
    recorded_by: STORY_PEOPLE.coordinator.id,
    payload: { toldHow: 'phone' },
  })
  const said = await cora.get(`/staff/cases/${CASE}/take-down-comments`)
  const commented = await cora.send(
    said.fill({
      '#from': FATHER,
      '#section': 'F',
      '#paragraph': '3',
      '#stance': 'change',
      '#words': 'Fifteen hours.',
    }),
    'Record what they said',
  )
  expect(commented.status, commented.text).toBe(303)
  const message = await cora.get(`/staff/cases/${CASE}/take-down-a-message`)
  const promised = await cora.send(
    message.fill({ '#from': FATHER, '#subject': 'Meeting', '#words': 'When is it?' }),
    'Record the message',
  )
  expect(promised.status, promised.text).toBe(303)
  const thread = promised.location.split('/').at(-1)!
  expect((await peter.get(`${base}/messages/${thread}`)).text).toContain(
    'Peter Marsh, told to us by phone and written down by Cora Coombes',
  )
  expect((await paula.get(`${base}/messages/${thread}`)).status).toBe(404)
})

test('a parent no more, somebody barred, another door and numbers made up: no page, no form', async () => {
  const { owner } = pages.record
  const thread = (
    await owner
      .selectFrom('family_thread')
      .select('id')
      .where('subject', '=', 'Meeting')
      .executeTakeFirstOrThrow()
  ).id
  const addresses = [
    'views',
    'views/mine',
    'views/theirs',
    'draft',
    'draft/check',
    'draft/section/B',
    'draft/school',
    'messages',
    'messages/new',
    `messages/${thread}`,
  ]
  const form = await peter.get(`${base}/messages/new`)
  await owner
    .updateTable('child_contact')
    .set({ restricted: true, restriction_note: 'Order of 1 July 2026' })
    .where('contact_id', '=', FATHER)
    .execute()
  for (const address of addresses) expect((await peter.get(`${base}/${address}`)).status, address).toBe(404)
  expect((await peter.send(form.fill({ '#subject': 'Again', '#words': 'Again' }), 'Send')).status).toBe(404)
  expect((await cora.get(`/staff/messages/${thread}`)).text).toContain(
    'Who reads this: nobody in the family today',
  )
  await owner
    .updateTable('child_contact')
    .set({ restricted: false, restriction_note: null, to_on: '2026-07-06' })
    .where('contact_id', '=', FATHER)
    .execute()
  for (const address of addresses) expect((await peter.get(`${base}/${address}`)).status, address).toBe(404)
  for (const address of addresses)
    for (const child of ['00000000-0000-4000-8000-000000000999', 'x', '%F0%9F%A6%8A'])
      expect((await paula.get(`/family/children/${child}/${address}`)).status, address).toBe(404)
  for (const who of ['senco', 'psychologist', 'board'] as const)
    expect((await (await pages.signIn(who)).get(`${base}/views`)).status).toBe(403)
  expect((await paula.get(`${base}/draft/section/Z`)).status).toBe(404)
})

test('the second wall by itself: what others said, and what was sent, cannot be read or changed', async () => {
  const as = <T>(who: keyof typeof STORY_PEOPLE, work: (trx: Trx) => Promise<T>) =>
    asViewer(pages.record.db, { accountId: STORY_PEOPLE[who].id, today: TODAY }, work)
  for (const table of [
    'family_view',
    'draft_response',
    'draft_comment',
    'draft_comment_answer',
    'family_thread',
    'family_message',
    'family_thread_person',
  ] as const) {
    const rows = await as('advocate', (trx) => trx.selectFrom(table).selectAll().execute())
    expect(rows, table).toEqual([])
    expect(
      (await as('parent', (trx) => trx.selectFrom(table).selectAll().execute())).length,
      table,
    ).toBeGreaterThan(0)
  }
  await as('parent', async (trx) => {
    expect(
      (await trx.updateTable('family_view').set({ words: 'Changed' }).executeTakeFirst()).numUpdatedRows,
    ).toBe(0n)
    expect((await trx.deleteFrom('draft_comment').executeTakeFirst()).numDeletedRows).toBe(0n)
  })
  const thread = await pages.record.owner
    .selectFrom('family_thread')
    .select(['id', 'child_id'])
    .executeTakeFirstOrThrow()
  await expect(
    as('parent', (trx) => sql`update family_thread set reply_by = null`.execute(trx)),
  ).rejects.toThrow(/permission denied/)
  await expect(
    as('parent', (trx) =>
      trx
        .insertInto('family_message')
        .values({
          thread_id: thread.id,
          child_id: thread.child_id,
          side: 'council',
          kind: 'answer',
          from_account: STORY_PEOPLE.parent.id,
          words: 'Forged',
          sent_on: TODAY,
        })
        .execute(),
    ),
  ).rejects.toThrow(/row-level security/)
})
