import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { openPages, type Pages } from '../children/try-pages/index.ts'
import { caseworkRoutes } from './casework.ts'
import { type Answers, type CaseworkStory, caseworkStory, type Officer } from './casework-story.ts'

let pages: Pages
let story: CaseworkStory
beforeAll(async () => {
  pages = await openPages(caseworkRoutes, '2025-01-20')
})
afterAll(() => pages.close())

const SECTIONS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K']
const AGREE: Answers = {
  outcome: 'agree',
  toldOn: '3 2 2025',
  how: 'post',
  evidence: 'Reports of the school',
}
const DRAFT: Answers = { servedOn: '12 5 2025', how: 'post', noSetting: ['yes'], sections: SECTIONS }
const FINAL: Answers = {
  sentOn: '26 5 2025',
  planDate: '26 5 2025',
  how: 'post',
  placement: 'named',
  setting: '900003',
}

async function begin(options: Parameters<typeof caseworkStory>[1] = {}): Promise<Officer> {
  story = await caseworkStory(pages, options)
  return story.officer('coordinator')
}
/** Does a step on a day, and expects it to be recorded. */
async function done(cora: Officer, day: string, slug: string, answers: Answers): Promise<string> {
  story.today(day)
  const page = await cora.does(slug, answers)
  expect(page.errors, `${slug}: ${page.status}`).toEqual([])
  expect(page.status, page.text.slice(0, 400)).toBe(303)
  return page.location
}
async function refused(cora: Officer, slug: string, answers: Answers, message: RegExp): Promise<void> {
  const before = (await story.events()).length
  const page = await cora.does(slug, answers)
  expect(page.status).toBe(422)
  expect(page.errors.join('\n')).toMatch(message)
  expect(await story.events()).toHaveLength(before)
}
const advice = (...asks: readonly string[]): Answers => ({
  ...Object.fromEntries(
    [
      'parent',
      'educational',
      'medical',
      'psychological',
      'social-care',
      'armed-forces',
      'other',
      'preparing-for-adulthood',
      'requested-by-family',
    ].map((head) => [`${head}-do`, asks.includes(head) ? 'ask' : 'not-now']),
  ),
  'psychological-account': `${STORY_PEOPLE.psychologist.id}|${STORY_PEOPLE.psychologist.name}`,
})
const FIVE = advice('parent', 'educational', 'medical', 'psychological', 'social-care')
const ASKED = ['The family', 'Head teacher', 'Health commissioning', 'Priya Elwood', 'Children’s social care']

describe('From a request to a final plan, in time', () => {
  test('each step records its fact, keeps its letters and moves the case on', async () => {
    const cora = await begin()
    story.today('2025-02-03')
    const opened = await cora.open('decide-whether-to-assess')
    expect(opened.text).toContain('has, or may have, special educational needs')
    expect(opened.text).toContain('Monday 17 February 2025')
    expect(opened.text).toContain('Ngozi Okafor: 4 Quay Street, Weymouth, DT4 8AA')
    expect(
      await done(cora, '2025-02-03', 'decide-whether-to-assess', { ...AGREE, panelOn: '30 1 2025' }),
    ).not.toContain('late')
    expect(await story.state()).toBe('gathering-advice')
    expect((await story.letters('decided-to-assess')).map((one) => one.recipient_name)).toEqual([
      'Children’s social care',
      'Ngozi Okafor',
      'Responsible health commissioning body',
      'The head teacher or principal, Larkfield Primary School',
    ])

    await done(cora, '2025-02-04', 'ask-for-advice', {
      ...FIVE,
      sentOn: '4 2 2025',
      how: 'email',
      'medical-receivedOn': '4 2 2025',
    })
    expect((await story.events('advice_requested')).map((one) => one.payload['head'])).toEqual([
      'parent',
      'educational',
      'medical',
      'psychological',
      'social-care',
    ])
    const psychologist = await story.pages.record.owner
      .selectFrom('advice_request')
      .selectAll()
      .where('head', '=', 'psychological')
      .where('child_id', '=', story.childId)
      .executeTakeFirstOrThrow()
    expect(psychologist).toMatchObject({
      adviser: 'Priya Elwood',
      adviser_account: STORY_PEOPLE.psychologist.id,
      asked_on: '2025-02-04',
    })
    const medical = await story.pages.record.owner
      .selectFrom('deadline')
      .selectAll()
      .where('child_id', '=', story.childId)
      .where('rule', '=', 'advice-response')
      .where('about', 'like', '%Health%')
      .executeTakeFirstOrThrow()
    expect(medical.due_on).toBe('2025-03-18')

    for (const adviser of ASKED.slice(0, 4))
      await done(cora, '2025-03-10', `record-advice/${await story.adviceId(adviser)}`, {
        receivedOn: '10 3 2025',
        answer: 'advice',
      })
    expect(await story.state()).toBe('gathering-advice')
    await done(cora, '2025-03-20', `chase-advice/${await story.adviceId('Children')}`, {
      chasedOn: '20 3 2025',
      how: 'email',
    })
    await done(cora, '2025-03-24', `chase-advice/${await story.adviceId('Children')}`, {
      chasedOn: '24 3 2025',
      how: 'email',
    })
    expect((await story.letters('advice-chase')).at(-1)?.body).toContain('This is reminder 2.')
    const late = await done(cora, '2025-03-28', `record-advice/${await story.adviceId('Children')}`, {
      receivedOn: '28 3 2025',
      answer: 'nothing-to-report',
    })
    expect(late).toContain('10 days late')
    const social = await story.pages.record.owner
      .selectFrom('advice_request')
      .selectAll()
      .where('head', '=', 'social-care')
      .where('child_id', '=', story.childId)
      .executeTakeFirstOrThrow()
    expect(social).toMatchObject({
      received_on: '2025-03-28',
      nothing_to_report: true,
      chases: 2,
      last_chased_on: '2025-03-24',
    })
    expect(await story.state()).toBe('deciding-whether-to-issue')

    await done(cora, '2025-04-07', 'decide-whether-to-issue', {
      outcome: 'issue',
      decidedOn: '7 4 2025',
      how: 'post',
    })
    expect(await story.state()).toBe('drafting')
    const draft = await done(cora, '2025-05-06', 'send-the-draft', { ...DRAFT, servedOn: '6 5 2025' })
    expect(draft).toContain('Tuesday 20 May 2025')
    const [letter] = await story.letters('draft-plan')
    expect(letter?.body).toContain('The first day is Tuesday 6 May 2025 and the last is Tuesday 20 May 2025')
    expect(letter?.body).toContain('Psychology: Priya Elwood')
    expect(await story.letters('draft-plan')).toHaveLength(1)

    await done(cora, '2025-05-12', 'record-representations', {
      commentsOn: '12 5 2025',
      comments: 'Please say how many hours.',
      meetingAskedOn: '8 5 2025',
      meetingHeldOn: '15 5 2025',
      settingAskedOn: '12 5 2025',
      setting: 'Tidewater Special School',
    })
    expect(await story.state()).toBe('finalising')
    expect((await story.events('setting_preference_stated'))[0]?.payload['setting']).toBe('900003')
    story.today('2025-05-13')
    const search = await cora.does('consult-settings', { search: 'tidewater', doing: 'search' })
    expect(search.status).toBe(200)
    expect(search.text).toContain('Tidewater Special School')
    await done(cora, '2025-05-13', 'consult-settings', {
      settings: ['900003'],
      consultedOn: '13 5 2025',
      how: 'email',
    })
    await done(cora, '2025-05-16', 'record-setting-reply', {
      setting: '900003',
      repliedOn: '16 5 2025',
      answer: 'yes',
    })

    await done(cora, '2025-05-23', 'send-the-final-plan', {
      ...FINAL,
      sentOn: '23 5 2025',
      planDate: '23 5 2025',
    })
    expect(await story.state()).toBe('plan-issued')
    expect((await story.letters('final-plan')).map((one) => one.recipient_name)).toEqual([
      'Ngozi Okafor',
      'Responsible health commissioning body',
      'The head teacher or principal, Tidewater Special School',
    ])
    const plan = await story.pages.record.owner
      .selectFrom('process')
      .selectAll()
      .where('kind', '=', 'plan')
      .where('child_id', '=', story.childId)
      .executeTakeFirstOrThrow()
    expect(plan).toMatchObject({
      opened_on: '2025-05-23',
      state: 'in-force',
      closed_on: null,
      setting_urn: '900003',
      child_id: story.childId,
    })
    expect(plan.reference).toMatch(/^P-2025-\d{5}$/)
    const family = (await story.letters('final-plan')).find((one) => one.recipient_name === 'Ngozi Okafor')
    expect(family?.body).toContain('must receive your appeal by Wednesday 23 July 2025')
    const shown = await cora.open(`/staff/letters/${family?.id}`)
    expect(shown.text).toContain('This is the letter as it was sent')
    expect(shown.text).toContain('Your right of appeal')
    const seen = await story.pages.record.owner
      .selectFrom('access_log')
      .select('what')
      .where('what', '=', 'letter')
      .execute()
    expect(seen).toHaveLength(1)
  }, 120_000)
})

describe('Refusing, and changing the answer', () => {
  test('a refusal needs reasons, and they and the right of appeal are in the letter', async () => {
    const cora = await begin()
    story.today('2025-02-10')
    await refused(
      cora,
      'decide-whether-to-assess',
      { outcome: 'refuse', toldOn: '10 2 2025', how: 'post' },
      /reasons: Enter the reasons for refusing/,
    )
    await done(cora, '2025-02-10', 'decide-whether-to-assess', {
      outcome: 'refuse',
      toldOn: '10 2 2025',
      how: 'post',
      reasons: 'She is making progress.\n\nThe school has more to try.',
    })
    expect(await story.state()).toBe('not-assessed')
    const letters = await story.letters('refused-to-assess')
    expect(letters).toHaveLength(4)
    const mother = letters.find((one) => one.recipient_name === 'Ngozi Okafor')
    expect(mother?.body).toContain('The school has more to try.')
    expect(mother?.body).toContain('must receive your appeal by Thursday 10 April 2025')
    for (const other of letters.filter((one) => one !== mother))
      expect(other.body).not.toMatch(/She is making progress|right of appeal|Quay Street/)

    const page = await cora.open('decide-whether-to-assess')
    expect(page.text).toContain('Agree to assess after a refusal')
    await refused(
      cora,
      'decide-whether-to-assess',
      { toldOn: '3 2 2025', how: 'post', following: 'mediation' },
      /on or after Monday 10 February 2025/,
    )
    await done(cora, '2025-03-20', 'decide-whether-to-assess', {
      toldOn: '20 3 2025',
      how: 'post',
      following: 'mediation',
    })
    expect(await story.state()).toBe('gathering-advice')
    expect((await story.events('decided_to_assess'))[0]?.payload).toMatchObject({ following: 'mediation' })
    expect(await story.events('refused_to_assess')).toHaveLength(1)
  })
  test('a plan refused with reasons, warned that advice is outstanding', async () => {
    const cora = await begin()
    await done(cora, '2025-02-03', 'decide-whether-to-assess', AGREE)
    await done(cora, '2025-02-04', 'ask-for-advice', {
      ...advice('medical'),
      sentOn: '4 2 2025',
      how: 'email',
    })
    story.today('2025-04-20')
    const opened = await cora.open('decide-whether-to-issue')
    expect(opened.text).toContain('Advice is outstanding: Health commissioning body')
    expect(opened.text).toContain('Psychology (nobody has been asked)')
    await refused(
      cora,
      'decide-whether-to-issue',
      { outcome: 'refuse', decidedOn: '20 4 2025', how: 'post', reasons: 'No.' },
      /goOnBecause: Enter why you are going on/,
    )
    await done(cora, '2025-04-20', 'decide-whether-to-issue', {
      outcome: 'refuse',
      decidedOn: '20 4 2025',
      how: 'post',
      reasons: 'The school can meet her needs.',
      goOnBecause: 'They will not answer.',
    })
    expect(await story.state()).toBe('no-plan')
    expect((await story.letters('decided-not-to-issue')).map((one) => one.recipient_name)).toEqual([
      'Ngozi Okafor',
      'Responsible health commissioning body',
      'The head teacher or principal, Larkfield Primary School',
    ])
    await done(cora, '2025-06-02', 'decide-whether-to-issue', {
      decidedOn: '2 6 2025',
      how: 'post',
      following: 'concession',
    })
    expect(await story.state()).toBe('drafting')
  })
})

describe('Nothing true is refused for being late', () => {
  test('a decision 8 weeks late, advice late, a draft late and a plan late are recorded with their days', async () => {
    const cora = await begin()
    expect(
      await done(cora, '2025-04-14', 'decide-whether-to-assess', { ...AGREE, toldOn: '14 4 2025' }),
    ).toContain('56 days late')
    await done(cora, '2025-04-15', 'ask-for-advice', { ...FIVE, sentOn: '15 4 2025', how: 'post' })
    await done(cora, '2025-07-01', 'decide-whether-to-issue', {
      outcome: 'issue',
      decidedOn: '1 7 2025',
      how: 'post',
      goOnBecause: 'The plan is late.',
    })
    await done(cora, '2025-07-02', 'send-the-draft', { ...DRAFT, servedOn: '2 7 2025' })
    expect(
      await done(cora, '2025-07-21', 'send-the-final-plan', {
        ...FINAL,
        sentOn: '21 7 2025',
        planDate: '21 7 2025',
      }),
    ).toContain('56 days late')
    expect(
      await done(cora, '2025-08-01', `record-advice/${await story.adviceId('Priya')}`, {
        receivedOn: '1 8 2025',
        answer: 'advice',
      }),
    ).toContain('days late')
  }, 60_000)
  test('a final plan inside the 15 days is refused, unless it has already gone out: then it is recorded, with why', async () => {
    const cora = await begin()
    await done(cora, '2025-02-03', 'decide-whether-to-assess', AGREE)
    await done(cora, '2025-04-07', 'decide-whether-to-issue', {
      outcome: 'issue',
      decidedOn: '7 4 2025',
      how: 'post',
      goOnBecause: 'All is known.',
    })
    await done(cora, '2025-05-12', 'send-the-draft', DRAFT)
    story.today('2025-05-26')
    await refused(
      cora,
      'send-the-final-plan',
      FINAL,
      /sentOn: The family’s 15 days run until Monday 26 May 2025/,
    )
    await refused(cora, 'send-the-final-plan', { ...FINAL, sentEarly: ['yes'] }, /earlyBecause: Enter why/)
    await refused(cora, 'send-the-final-plan', { ...FINAL, sentOn: '9 5 2025' }, /before its draft/)
    await done(cora, '2025-05-26', 'send-the-final-plan', {
      ...FINAL,
      sentEarly: ['yes'],
      earlyBecause: 'Counted wrongly. We will take comments now.',
    })
    expect((await story.events('final_issued'))[0]?.why).toContain('Counted wrongly')
  })
  test('the day after the 15 days it needs no reason', async () => {
    const cora = await begin()
    await done(cora, '2025-02-03', 'decide-whether-to-assess', AGREE)
    await done(cora, '2025-04-07', 'decide-whether-to-issue', {
      outcome: 'issue',
      decidedOn: '7 4 2025',
      how: 'post',
      goOnBecause: 'All is known.',
    })
    await done(cora, '2025-05-12', 'send-the-draft', DRAFT)
    await done(cora, '2025-05-27', 'send-the-final-plan', {
      ...FINAL,
      sentOn: '27 5 2025',
      planDate: '27 5 2025',
    })
  })
})

describe('Bad input is answered in words, beside the field, and nothing is stored', () => {
  test('dates that are not real, in the future, or before the request', async () => {
    const cora = await begin({ today: '2025-02-10' })
    await refused(
      cora,
      'decide-whether-to-assess',
      { ...AGREE, toldOn: '29 2 2023' },
      /toldOn: .*real date: February 2023 has 28 days/,
    )
    await refused(
      cora,
      'decide-whether-to-assess',
      { ...AGREE, toldOn: '11 2 2025' },
      /toldOn: .*in the future/,
    )
    await refused(
      cora,
      'decide-whether-to-assess',
      { ...AGREE, toldOn: '3 1 2025' },
      /toldOn: .*the request was received on 6 January 2025/,
    )
    await refused(
      cora,
      'decide-whether-to-assess',
      { ...AGREE, panelOn: '11 2 2025', toldOn: '10 2 2025' },
      /panelOn/,
    )
    const page = await cora.does('decide-whether-to-assess', {
      ...AGREE,
      toldOn: '29 2 2023',
      evidence: 'Kept <words>',
    })
    expect(page.value('toldOn-day')).toBe('29')
    expect(page.html).toContain('Kept &lt;words&gt;')
  })
  test('a draft before the agreement to assess, a final plan before a decision', async () => {
    const cora = await begin({ today: '2025-02-10' })
    expect((await cora.open('send-the-draft')).text).toContain('This cannot be recorded now')
    await refused(
      cora,
      'ask-for-advice',
      { 'other-do': 'ask', 'other-adviser': 'A therapist', sentOn: '3 2 2025', how: 'post' },
      /cannot be recorded now|at “Deciding whether to assess”/,
    )
    await done(cora, '2025-02-10', 'decide-whether-to-assess', { ...AGREE, toldOn: '10 2 2025' })
    await refused(
      cora,
      'send-the-draft',
      { ...DRAFT, servedOn: '3 2 2025' },
      /servedOn: “Draft plan sent” cannot be on 3 February 2025: “Decided to assess” was on 10 February 2025/,
    )
    await refused(
      cora,
      'send-the-draft',
      { ...DRAFT, servedOn: '10 2 2025', noSetting: [] },
      /names no setting/,
    )
    await refused(
      cora,
      'send-the-draft',
      { ...DRAFT, servedOn: '10 2 2025', sections: SECTIONS.filter((one) => one !== 'G') },
      /Not ticked: G/,
    )
    await refused(cora, 'send-the-final-plan', FINAL, /cannot be recorded now/)
  })
  test('advice asked of the same adviser twice, or received before it was asked for', async () => {
    const cora = await begin()
    await done(cora, '2025-02-03', 'decide-whether-to-assess', AGREE)
    await done(cora, '2025-02-05', 'ask-for-advice', { ...FIVE, sentOn: '5 2 2025', how: 'post' })
    await refused(
      cora,
      'ask-for-advice',
      { ...advice('psychological'), sentOn: '5 2 2025', how: 'post' },
      /psychological-adviser: Priya Elwood was already asked on Wednesday 5 February 2025/,
    )
    await refused(
      cora,
      'ask-for-advice',
      { ...advice('other'), sentOn: '5 2 2025', how: 'post' },
      /other-adviser: Enter who is asked/,
    )
    await done(cora, '2025-02-06', 'ask-for-advice', {
      ...advice('other'),
      'other-adviser': 'Speech and language therapy',
      sentOn: '6 2 2025',
      how: 'post',
    })
    const id = await story.adviceId('Priya')
    await refused(
      cora,
      `record-advice/${id}`,
      { receivedOn: '4 2 2025', answer: 'advice' },
      /receivedOn: “Advice received” cannot be on 4 February 2025: “Advice requested” was on 5 February 2025/,
    )
    await refused(
      cora,
      'ask-for-advice',
      {
        ...advice(),
        'medical-do': 'existing',
        'medical-what': 'Dr Ade, 2024',
        'medical-agreed': ['family'],
        'medical-agreedBy': 'x',
        sentOn: '6 2 2025',
        how: 'post',
      },
      /medical-agreed: .*all agree/,
    )
    await refused(
      cora,
      'record-advice/00000000-0000-4000-8000-000000000000',
      { receivedOn: '6 2 2025', answer: 'advice' },
      /not on this case/,
    )
  })
  test('the same form sent twice does it once', async () => {
    const cora = await begin()
    story.today('2025-02-03')
    const opened = await cora.open('decide-whether-to-assess')
    const first = await cora.sends(opened, 'decide-whether-to-assess', AGREE)
    const second = await cora.sends(opened, 'decide-whether-to-assess', AGREE)
    expect([first.status, second.status]).toEqual([303, 303])
    expect(second.location).toBe(first.location)
    expect(await story.events('decided_to_assess')).toHaveLength(1)
    expect(await story.letters('decided-to-assess')).toHaveLength(4)
  })
  test('two officers on one case: the second is told, and what they typed is kept', async () => {
    const cora = await begin()
    story.today('2025-02-03')
    const colin = await story.officer('otherCoordinator')
    const opened = await colin.open('write-a-note')
    await done(cora, '2025-02-03', 'decide-whether-to-assess', AGREE)
    const stale = await colin.sends(opened, 'write-a-note', { on: '3 2 2025', note: 'The mother rang.' })
    expect(stale.status).toBe(422)
    expect(stale.text).toContain('Somebody else has changed this case since you opened this page')
    expect(stale.html).toContain('The mother rang.')
    expect(await story.events('note_added')).toHaveLength(0)
    expect((await colin.sends(stale, 'write-a-note', {})).status).toBe(303)
  })
  test('a form without the session’s token, or by someone who is not a caseworker, is refused', async () => {
    const cora = await begin()
    const opened = await cora.open('decide-whether-to-assess')
    expect((await cora.sends(opened, 'decide-whether-to-assess', { ...AGREE, _csrf: 'x' })).status).toBe(403)
    const dev = await story.officer('dataOfficer')
    expect((await dev.open('decide-whether-to-assess')).status).toBe(403)
    const parent = await story.officer('parent')
    expect((await parent.open('decide-whether-to-assess')).status).toBe(403)
  })
})

describe('Closing and opening again', () => {
  test('withdrawn by the mother, then opened again on the original clock', async () => {
    const cora = await begin()
    story.today('2025-01-27')
    await refused(cora, 'close-the-case', { why: 'withdrawn', on: '27 1 2025', how: 'post' }, /withdrawnBy/)
    await done(cora, '2025-01-27', 'close-the-case', {
      why: 'withdrawn',
      on: '27 1 2025',
      withdrawnBy: 'Ngozi Okafor',
      how: 'post',
    })
    expect(await story.state()).toBe('withdrawn')
    await refused(
      cora,
      'reopen-the-case',
      { on: '20 1 2025', reason: 'x' },
      /on or after Monday 27 January 2025/,
    )
    await done(cora, '2025-02-03', 'reopen-the-case', { on: '3 2 2025', reason: 'She changed her mind.' })
    expect(await story.state()).toBe('deciding-whether-to-assess')
    const due = await story.pages.record.owner
      .selectFrom('deadline')
      .select('due_on')
      .where('child_id', '=', story.childId)
      .where('rule', '=', 'decision-to-assess')
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow()
    expect(due.due_on).toBe('2025-02-17')
  })
  test('when a child has died no letter is made', async () => {
    const cora = await begin()
    await done(cora, '2025-01-27', 'close-the-case', { why: 'died', on: '25 1 2025' })
    expect(await story.state()).toBe('closed')
    expect(await story.letters()).toEqual([])
  })
})

describe('Correcting a fact', () => {
  test('the dates before and after are shown first; then a new line supersedes the old', async () => {
    const cora = await begin()
    await done(cora, '2025-02-20', 'decide-whether-to-assess', { ...AGREE, toldOn: '20 2 2025' })
    const [decision] = await story.events('decided_to_assess')
    const slug = `correct-a-fact/${decision?.id}`
    story.today('2025-02-21')
    await refused(cora, slug, { what: 'change', on: '14 2 2025' }, /why: Enter why/)
    await refused(
      cora,
      slug,
      { what: 'change', on: '3 1 2025', why: 'Typed wrongly' },
      /on: .*the request was received on 6 January 2025/,
    )
    const shown = await cora.does(slug, {
      what: 'change',
      on: '14 2 2025',
      why: 'The letter went on the 14th.',
    })
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('Nothing is recorded yet')
    expect(shown.text).toContain('17 February 2025: done on 20 February 2025, 3 days late')
    expect(shown.text).toContain('17 February 2025: done on 14 February 2025')
    expect(await story.events('decided_to_assess')).toHaveLength(1)
    expect((await cora.sends(shown, slug, {})).status).toBe(303)
    const after = await story.events('decided_to_assess')
    expect(after.map((one) => [one.happened_on, one.supersedes])).toEqual([
      ['2025-02-20', null],
      ['2025-02-14', decision?.id],
    ])
    expect(after[1]?.why).toBe('The letter went on the 14th.')
    expect((await cora.open(slug)).text).toContain('already been corrected')
  })
  test('a request moved after its decision is refused; a decision others rest on cannot be taken back; a lone one can', async () => {
    const cora = await begin()
    await done(cora, '2025-02-03', 'decide-whether-to-assess', AGREE)
    const [request] = await story.events('request_received')
    const [decision] = await story.events('decided_to_assess')
    story.today('2025-02-10')
    await refused(
      cora,
      `correct-a-fact/${request?.id}`,
      { what: 'change', on: '7 2 2025', why: 'Wrong month' },
      /“Decided to assess” cannot be on 3 February 2025: the request was received on 7 February 2025/,
    )
    await done(cora, '2025-02-10', 'ask-for-advice', {
      ...advice('medical'),
      sentOn: '10 2 2025',
      how: 'post',
    })
    await refused(
      cora,
      `correct-a-fact/${decision?.id}`,
      { what: 'mistake', why: 'Wrong child' },
      /cannot be taken back while later facts rest on it/,
    )
    const [asked] = await story.events('advice_requested')
    for (const id of [asked?.id, decision?.id]) {
      const shown = await cora.does(`correct-a-fact/${id}`, { what: 'mistake', why: 'Wrong child' })
      expect(shown.status).toBe(200)
      expect((await cora.sends(shown, `correct-a-fact/${id}`, {})).status).toBe(303)
    }
    expect(await story.state()).toBe('deciding-whether-to-assess')
    expect(await story.events('fact_withdrawn')).toHaveLength(2)
    const note = await done(cora, '2025-02-10', 'write-a-note', {
      on: '10 2 2025',
      note: 'Rang the school.',
      promise: 'Ring back',
      promisedBy: '14 2 2025',
    })
    expect(note).toContain('Note saved')
    const [written] = await story.events('note_added')
    expect(written?.payload).toEqual({
      note: 'Rang the school.',
      promise: 'Ring back',
      promisedBy: '2025-02-14',
    })
    expect((await cora.does(`correct-a-fact/${written?.id}`, { why: 'On the wrong case' })).status).toBe(303)
  })
})
