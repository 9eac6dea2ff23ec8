import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer } from '../../db/viewer.ts'
import { startSession } from '../../platform/sessions.ts'
import { routes as casePageRoutes } from '../assessment/case-page/index.ts'
import { caseworkRoutes } from '../assessment/casework.ts'
import { type CaseworkStory, caseworkStory, type Officer } from '../assessment/casework-story.ts'
import { openPages, type Pages } from '../children/try-pages/index.ts'
import { settingDoorRoutes } from './setting-door.ts'

/** The SENCO and the teaching assistant work at Larkfield, where the child is; the head at Tidewater, which is only consulted. */
let pages: Pages
let story: CaseworkStory
let senco: Officer
let assistant: Officer
let elsewhere: Officer
let cora: Officer

const owner = () => pages.record.owner
const ids = async (kind: string): Promise<Record<string, string>> =>
  Object.fromEntries((await story.events(kind)).map((event) => [String(event.payload['setting']), event.id]))

/** The council strikes a fact out: it is shown what follows first, and confirms it. */
const takesBack = async (eventId: string): Promise<void> => {
  const slug = `correct-a-fact/${eventId}`
  const shown = await cora.does(slug, { what: 'mistake', why: 'It was about another child' })
  expect(shown.errors).toEqual([])
  expect((await cora.sends(shown, slug, {})).status).toBe(303)
}

beforeAll(async () => {
  pages = await openPages([...settingDoorRoutes, ...caseworkRoutes, ...casePageRoutes], '2025-01-20')
  story = await caseworkStory(pages, { today: '2025-01-20', requestOn: '2025-01-06' })
  await owner()
    .updateTable('account_setting')
    .set({ setting_urn: '900003' })
    .where('account_id', '=', STORY_PEOPLE.settingHead.id)
    .execute()
  cora = await story.officer('coordinator')
  senco = await story.officer('senco')
  assistant = await story.officer('settingStaff')
  elsewhere = await story.officer('settingHead')
  await cora.does('decide-whether-to-assess', { outcome: 'agree', toldOn: '20 1 2025', how: 'post' })
  story.today('2025-01-21')
  const asked = await cora.does('ask-for-advice', {
    'psychological-do': 'not-now',
    sentOn: '21 1 2025',
    how: 'email',
  })
  expect(asked.errors).toEqual([])
  story.today('2025-03-03')
  await cora.does('consult-settings', {
    settings: ['900001', '900003'],
    consultedOn: '3 3 2025',
    how: 'email',
  })
  story.today('2025-03-10')
})
afterAll(() => pages.close())

describe('Our tasks', () => {
  test('each thing asked, soonest first, with its date, who asked and why that date', async () => {
    const page = await senco.open('/setting')
    expect(page.status).toBe(200)
    expect(page.text).toContain('Amara Okafor')
    expect(page.text).toContain('Give advice: education')
    expect(page.text).toContain('4 March 2025')
    expect(page.text).toContain('6 days late')
    expect(page.text).toContain('18 March 2025')
    expect(page.text).toContain('8 days left')
    expect(page.text).toContain('Cora Coombes')
    expect(page.text).toContain('Why this date?')
    expect(page.text.indexOf('Give advice')).toBeLessThan(page.text.indexOf('Answer a consultation'))
  })

  test('a setting that is only consulted has that task alone, and the child is not among its pupils', async () => {
    const page = await elsewhere.open('/setting')
    expect(page.text).toContain('Answer a consultation')
    expect(page.text).not.toContain('Give advice')
    const pupils = await elsewhere.open('/setting/pupils')
    expect(pupils.text).toContain('Not our pupils: consulted only Th')
    expect(pupils.text).toContain('0 pupils')
    expect((await elsewhere.open(`/setting/pupils/${story.childId}`)).status).toBe(404)
    const own = await senco.open(`/setting/pupils/${story.childId}`)
    expect(own.text).toContain('Gathering advice')
  })

  test('the letter it was sent opens, and no other', async () => {
    const { id } = (await story.letters('setting-consultation')).find((one) =>
      one.recipient_name?.startsWith('Tidewater'),
    )!
    expect((await elsewhere.open(`/setting/letters/${id}`)).status).toBe(200)
    expect((await senco.open(`/setting/letters/${id}`)).status).toBe(404)
    for (const other of await story.letters('decision-to-assess'))
      expect((await senco.open(`/setting/letters/${other.id}`)).status).toBe(404)
  })
})

describe('A consultation answered', () => {
  const at = async (urn: string) => `/setting/consultations/${(await ids('setting_consulted'))[urn]}`

  test('a draft is anyone’s at the setting to write, and the council’s to see only when it is sent', async () => {
    const saved = await assistant.does(await at('900001'), {
      answer: 'no',
      grounds: ['others'],
      doing: 'save',
    })
    expect(saved.status, saved.text.slice(0, 300)).toBe(303)
    expect(await story.events('setting_replied')).toEqual([])
    expect((await cora.open('advice')).text).not.toContain('What settings answered')
    const asked = await assistant.open(await at('900001'))
    expect(asked.text).toContain('Your SENCO or head sends it')
    expect(asked.value('answer')).toBe('no')
    expect((await elsewhere.open(await at('900001'))).status).toBe(404)
  })

  test('a refusal needs its ground, its reasons and the steps considered; nothing typed is lost', async () => {
    const page = await senco.does(await at('900001'), {
      answer: 'no',
      grounds: ['others'],
      places: 'None in year 6',
      doing: '',
    })
    expect(page.status).toBe(422)
    expect(page.errors).toEqual([
      'reasons: Enter why, about this child: a ground alone is not a reason',
      'steps: Enter the reasonable steps you considered, and why they would not do',
    ])
    expect(page.value('places')).toBe('None in year 6')
  })

  test('two people on one form: the second is told and keeps what they typed', async () => {
    const first = await senco.open(await at('900001'))
    await assistant.does(await at('900001'), { reasons: 'Written by the assistant', doing: 'save' })
    const second = await senco.sends(first, await at('900001'), {
      reasons: 'Written by the SENCO',
      doing: 'save',
    })
    expect(second.status).toBe(422)
    expect(second.text).toContain('Somebody else at your setting has saved this')
    expect(second.value('reasons')).toBe('Written by the SENCO')
  })

  test('sent, it is the fact, in the name of who signs; the council sees it whole; again, it does nothing', async () => {
    const page = await senco.open(await at('900001'))
    const answers = {
      answer: 'no',
      grounds: ['others', 'needs'],
      reasons: 'The class of 31 shares one room.',
      steps: 'A second room was considered; there is none.',
      cost: '£12,500',
      signedAs: 'Sami Okonjo, SENCO',
      doing: '',
    }
    expect((await senco.sends(page, await at('900001'), answers)).status).toBe(303)
    expect((await senco.sends(page, await at('900001'), answers)).status).toBe(303)
    const replies = await story.events('setting_replied')
    expect(replies).toHaveLength(1)
    expect(replies[0]).toMatchObject({
      happened_on: '2025-03-10',
      payload: { setting: '900001', answer: 'no', words: 'The class of 31 shares one room.' },
    })
    const seen = await cora.open('advice')
    for (const words of [
      'What settings answered',
      'section 39(4)(b)(i)',
      '£12,500.00',
      'Sami Okonjo, SENCO',
      'A second room',
    ])
      expect(seen.text).toContain(words)
    expect((await senco.open('/setting')).text).not.toContain('Answer a consultation')
    const again = await senco.open(await at('900001'))
    expect(again.text).toContain('To correct it, ask the council')
  })

  test('late is taken and marked; taken back by the council, it can be answered again', async () => {
    story.today('2025-03-25')
    const late = await elsewhere.does(await at('900003'), {
      answer: 'yes',
      signedAs: 'Harriet Vane, Head',
      doing: '',
    })
    expect(late.status, late.text.slice(0, 400)).toBe(303)
    expect((await cora.open('advice')).text).toContain('7 days after the 15 days of guidance')
    const reply = (await story.events('setting_replied')).find(
      (event) => event.payload['setting'] === '900003',
    )!
    await takesBack(reply.id)
    expect((await cora.open('advice')).text).toContain('Tidewater Special School (taken back)')
    const again = await elsewhere.does(await at('900003'), {
      answer: 'conditions',
      conditions: 'A hoist',
      signedAs: 'Harriet Vane, Head',
      doing: '',
    })
    expect(again.status, again.errors.join()).toBe(303)
    expect((await elsewhere.open(await at('900003'))).status).toBe(200)
  })

  test('a consultation taken back is gone, for reading and for answering', async () => {
    const url = await at('900003')
    for (const reply of await story.events('setting_replied'))
      if (reply.payload['setting'] === '900003' && reply.payload['answer'] === 'conditions')
        await takesBack(reply.id)
    const page = await elsewhere.open(url)
    await takesBack((await ids('setting_consulted'))['900003']!)
    expect((await elsewhere.open(url)).status).toBe(404)
    expect((await elsewhere.sends(page, url, { answer: 'yes', doing: 'save' })).status).toBe(404)
    expect((await elsewhere.open('/setting')).text).toContain('Nothing to do here')
  })
})

/** Sends a form with one file, as a browser does. */
async function sendsFile(url: string, fields: Readonly<Record<string, string>>, name: string, words: string) {
  const cookie = `clearway=${await startSession(pages.record.db, STORY_PEOPLE.senco.id, pages.today)}`
  const { csrf_secret: csrf } = await owner()
    .selectFrom('session')
    .select('csrf_secret')
    .where('account_id', '=', STORY_PEOPLE.senco.id)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  const edge = 'edge-of-the-form'
  const parts = Object.entries({ _csrf: csrf, idempotencyKey: randomUUID(), ...fields }).map(
    ([field, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  )
  return pages.app.inject({
    method: 'POST',
    url,
    headers: { cookie, 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: `${parts.join('')}--${edge}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\n${words}\r\n--${edge}--\r\n`,
  })
}

describe('Advice from the school', () => {
  test('a file goes with it: kept and listed, and only for advice asked of this setting', async () => {
    const { id } = await owner()
      .selectFrom('advice_request')
      .select('id')
      .where('head', '=', 'educational')
      .executeTakeFirstOrThrow()
    const url = `/setting/advice/${id}`
    const sent = await sendsFile(
      url,
      { version: '0', doing: 'save' },
      'reading-scores.txt',
      'Score 74 in May.',
    )
    expect(sent.statusCode, sent.body.slice(0, 300)).toBe(303)
    expect((await senco.open(url)).text).toContain('reading-scores.txt')
    expect(
      await owner().selectFrom('stored_file').select(['child_id', 'about', 'about_id']).execute(),
    ).toEqual([{ child_id: story.childId, about: 'school-advice', about_id: id }])
    const other = await owner()
      .selectFrom('advice_request')
      .select('id')
      .where('head', '=', 'medical')
      .executeTakeFirstOrThrow()
    expect((await sendsFile(`/setting/advice/${other.id}`, { version: '0' }, 'a.txt', 'x')).statusCode).toBe(
      404,
    )
  })

  test('saved as it goes, released once by who speaks for the school, and counted as received that day', async () => {
    const adviser = await owner()
      .selectFrom('advice_request')
      .select(['id', 'adviser'])
      .where('head', '=', 'educational')
      .executeTakeFirstOrThrow()
    const url = `/setting/advice/${adviser.id}`
    expect((await elsewhere.open(url)).status).toBe(404)
    const draft = await assistant.does(url, {
      strengths: 'Loves maps.',
      hours1: '5',
      what1: 'Reading with an adult',
      doing: 'save',
    })
    expect(draft.status, draft.text.slice(0, 300)).toBe(303)
    const missing = await senco.does(url, { doing: '' })
    expect(missing.status).toBe(422)
    expect(missing.errors).toContain(
      'tried: What has been tried, when, and what it did: write something, even that there is nothing to say',
    )
    expect(missing.value('strengths')).toBe('Loves maps.')
    const done = await senco.does(url, {
      learning: 'Reads at the level of a child of six.',
      tried: 'Two rounds of phonics.',
      attendance: '96%',
      attainment: 'Standardised reading score 74',
      childViews: 'I like maps',
      parentViews: 'She is tired after school',
      signedAs: 'Sami Okonjo, SENCO',
      doing: '',
    })
    expect(done.status, done.errors.join()).toBe(303)
    expect(
      await owner()
        .selectFrom('advice_request')
        .select('received_on')
        .where('id', '=', adviser.id)
        .executeTakeFirst(),
    ).toEqual({ received_on: pages.today })
    expect((await story.events('advice_received')).at(-1)).toMatchObject({
      payload: { head: 'educational', adviser: adviser.adviser },
    })
    const seen = await cora.open('advice')
    expect(seen.text).toContain('Advice given through the setting’s door')
    expect(seen.text).toContain('Reading with an adult; 5 hours a week')
    expect((await senco.open('/setting')).text).not.toContain('Give advice: education')
    await takesBack((await story.events('advice_received')).at(-1)!.id)
    const reopened = await senco.open(url)
    expect(reopened.value('strengths')).toBe('Loves maps.')
    expect((await senco.does(url, { strengths: 'Loves maps and trains.', doing: '' })).status).toBe(303)
    const both = await cora.open('advice')
    expect(both.text).toContain('Loves maps and trains.')
    expect(both.text).toContain('Larkfield Primary School (taken back)')
  })
})

describe('The graduated response', () => {
  let pupil = ''

  test('a pupil the council does not know is the setting’s own record, which no other wall opens', async () => {
    const page = await senco.does('/setting/support/new', {
      givenName: 'Bo',
      familyName: 'Lund',
      bornOn: '1 5 2016',
      supportFrom: '6 1 2025',
      told: 'yes',
    })
    expect(page.status, page.errors.join()).toBe(303)
    pupil = /support\/([0-9a-f-]{36})/.exec(page.location)![1]!
    expect((await assistant.open(`/setting/support/${pupil}`)).text).toContain(
      'The council has no record of this pupil',
    )
    expect((await elsewhere.open(`/setting/support/${pupil}`)).status).toBe(404)
    for (const who of ['manager', 'coordinator', 'settingHead', 'parent', 'psychologist'] as const)
      await asViewer(
        pages.record.db,
        { accountId: STORY_PEOPLE[who].id, today: pages.today },
        async (trx) => {
          expect(await trx.selectFrom('pupil').selectAll().execute()).toEqual([])
          expect(await trx.selectFrom('support_cycle').selectAll().execute()).toEqual([])
        },
      )
  })

  test('assess, plan, do, review: the rows are kept, the review closes the round, the next starts from it', async () => {
    const url = `/setting/support/${pupil}/plan`
    const more = await assistant.does(url, {
      outcome1: 'Read 20 words',
      measure1: 'A list each Friday',
      doing: 'add-outcome',
    })
    expect(more.status).toBe(200)
    expect(more.html).toContain('name="outcome3"')
    expect(more.value('outcome1')).toBe('Read 20 words')
    const bad = await assistant.does(url, { what1: 'Phonics', doing: '' })
    expect(bad.errors).toEqual(['who1: Support 1: enter who does it', 'often1: Support 1: enter how often'])
    const saved = await assistant.does(url, {
      startedOn: '13 1 2025',
      needTypes: ['SLCN', 'SPLD'],
      needs: 'Finds sounds hard to tell apart.',
      childViews: 'I guess words.',
      outcome1: 'Read 20 words',
      measure1: 'A list each Friday',
      what1: 'Phonics in a group of three',
      who1: 'Trained teaching assistant',
      often1: '3 times a week',
      long1: '20 minutes',
      reviewOn: '20 3 2025',
      doing: '',
    })
    expect(saved.status, saved.errors.join()).toBe(303)
    expect((await senco.open('/setting')).text).toContain('Review SEN support, round 1')
    expect((await assistant.open(`/setting/support/${pupil}/review`)).status).toBe(403)
    const reviewed = await senco.does(`/setting/support/${pupil}/review`, {
      reviewedOn: '25 3 2025',
      result1: 'partly',
      effect1: 'Knows 12 words',
      effect: 'Some progress; still far behind.',
      nextStep: 'ask-a-specialist',
    })
    expect(reviewed.status, reviewed.errors.join()).toBe(303)
    expect(reviewed.location).toContain(`/setting/support/${pupil}/ask`)
    const next = await senco.open(url)
    expect(next.text).toContain('round 2')
    expect(next.value('needs')).toBe('Finds sounds hard to tell apart.')
    expect(next.value('outcome1')).toBe('Read 20 words')
  })

  test('meetings are counted against three a year', async () => {
    await assistant.does(`/setting/support/${pupil}/meeting`, {
      metOn: '13 1 2025',
      who: 'Mother, class teacher',
      said: 'Agreed the plan',
    })
    const page = await senco.open(`/setting/support/${pupil}`)
    expect(page.text).toContain('1 in the last 12 months. Fewer than 3')
  })

  test('a question carries what the locality may know; its answer comes back as a task', async () => {
    const sent = await senco.does(`/setting/support/${pupil}/ask`, {
      specialist: 'psychology',
      locality: 'north',
      question: 'How can he tell sounds apart?',
      agreedOn: '24 3 2025',
    })
    expect(sent.status, sent.errors.join()).toBe(303)
    const list = await cora.open('/staff/questions')
    expect(list.text).toContain('Bo Lund')
    const { id } = await owner().selectFrom('specialist_question').select('id').executeTakeFirstOrThrow()
    expect((await elsewhere.open(`/setting/questions/${id}`)).status).toBe(404)
    const answered = await cora.does(`/staff/questions/${id}`, {
      answer: 'Use mirrors.',
      answeredFor: 'Priya Elwood, psychologist',
    })
    expect(answered.status, answered.errors.join()).toBe(303)
    const told = await owner()
      .selectFrom('message')
      .select(['recipient_account', 'link_path'])
      .where('template', '=', 'question-answered')
      .execute()
    expect(told).toEqual([
      { recipient_account: STORY_PEOPLE.senco.id, link_path: `/setting/questions/${id}` },
    ])
    const again = await cora
      .does(`/staff/questions/${id}`, { answer: 'Another', answeredFor: 'x' })
      .catch(() => undefined)
    expect(again?.status).not.toBe(303)
    expect((await senco.open('/setting')).text).toContain(
      'Read the answer to your question for Educational psychology',
    )
    expect((await senco.open(`/setting/questions/${id}`)).text).toContain('Use mirrors.')
    expect((await senco.open('/setting')).text).not.toContain('Read the answer')
  })

  test('one who has left is out of sight from that day', async () => {
    const gone = await senco.does(`/setting/support/${pupil}/details`, { leftOn: '25 3 2025' })
    expect(gone.status, gone.errors.join()).toBe(303)
    expect((await senco.open(`/setting/support/${pupil}`)).status).toBe(404)
    expect((await senco.open('/setting/pupils')).text).not.toContain('Lund')
  })

  test('a pupil who moves to another school leaves this one’s pages that day, with their SEN support', async () => {
    const begun = await senco.does(`/setting/support/new?child=${story.childId}`, { told: 'yes' })
    expect(begun.status, begun.errors.join()).toBe(303)
    const url = /\/setting\/support\/[0-9a-f-]{36}/.exec(begun.location)![0]
    expect((await senco.open(url)).text).toContain('Amara Okafor')
    await sql`select set_config('clearway.today', '2025-03-25', false)`.execute(owner())
    await owner()
      .updateTable('child')
      .set({ setting_urn: '900002' })
      .where('id', '=', story.childId)
      .execute()
    await sql`select set_config('clearway.today', '', false)`.execute(owner())
    expect((await senco.open(url)).status).toBe(404)
    expect((await senco.open(`/setting/pupils/${story.childId}`)).status).toBe(404)
    expect((await senco.open('/setting/pupils')).text).toContain('Not our pupils: consulted only')
  })
})
