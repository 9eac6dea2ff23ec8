import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { routes as caseRoutes } from '../assessment/case-page/index.ts'
import { caseworkRoutes } from '../assessment/casework.ts'
import { openPages, type Pages } from '../children/try-pages/index.ts'
import { type AdviceStory, adviceStory, type Someone } from '../professional/advice-story.test-data.ts'
import { professionalRoutes } from '../professional/professional.ts'
import { planWritingRoutes } from './writing.ts'

let pages: Pages
let s: AdviceStory
let cora: Someone
let here = ''
let planId = ''

beforeAll(async () => {
  pages = await openPages(
    [...caseRoutes, ...caseworkRoutes, ...professionalRoutes, ...planWritingRoutes],
    '2025-01-20',
  )
  s = await adviceStory(pages)
  cora = await s.as('coordinator')
})
afterAll(() => pages.close())

/** Opens a page, fills in its form and presses the button. */
const fills = async (who: Someone, url: string, answers: Readonly<Record<string, string>>, button = 'Save') =>
  who.press(url, await who.open(url), button, answers)
const partsNow = async () =>
  (
    await pages.record.owner
      .selectFrom('plan_part')
      .select(['part_id', 'version', 'section', 'kind', 'content', 'removed', 'position'])
      .where('plan_id', '=', planId)
      .orderBy('saved_at')
      .execute()
  ).map((row) => ({ ...row, content: row.content as Record<string, unknown> }))
const newest = async (kind: string, words: string) =>
  (await partsNow())
    .filter((row) => row.kind === kind && String(row.content['words']).startsWith(words))
    .at(-1)!

describe('A coordinator writes the plan', () => {
  test('it is begun once from the open assessment, with its twelve sections', async () => {
    const way = `/staff/cases/${s.story.processId}/write-the-plan`
    expect((await cora.open(`/staff/cases/${s.story.processId}`)).text).toContain('Write the plan')
    const begun = await cora.does(way, 'Begin the plan')
    expect(begun.location).toMatch(/^\/staff\/plans\/[0-9a-f-]{36}$/)
    here = begun.location
    planId = here.split('/').at(-1)!
    expect((await cora.open(way)).location).toBe(here)
    expect((await s.story.events('plan_begun')).length).toBe(1)
    const page = await cora.open(here)
    expect(page.text).toMatch(/Section A: .*Section F: .*Section H2: .*Section K: /)
    expect(page.text).toContain('Empty in a draft')
  })

  test('a need, an outcome and a line are added and changed; fractions are read and shown back', async () => {
    expect(
      (
        await fills(cora, `${here}/sections/B/parts/new-need`, {
          'The need': 'Amara finds it hard to follow spoken instructions of more than two parts.',
          'What the child or young person can do now': 'She follows one instruction at a time.',
          'Type of need': 'SLCN',
          'For the yearly return, is it': 'The primary need',
        })
      ).location,
    ).toMatch(/sections\/B#part-/)
    const second = await fills(cora, `${here}/sections/B/parts/new-need`, {
      'The need': 'She tires after lunch.',
      'For the yearly return, is it': 'The primary need',
    })
    expect(second.errors).toEqual(['rank: B1 is already the primary need: change that one first'])
    expect(second.value('words')).toBe('She tires after lunch.')
    await fills(cora, `${here}/sections/E/parts/new-outcome`, {
      'The outcome': 'Amara follows a spoken instruction of three parts in class.',
      'By when': '31 July 2026',
      'How people will know it is met': 'Teacher record, 8 times in 10',
      'B1: Amara finds it hard to follow spoken instructions of more than two parts.': 'yes',
    })
    await fills(cora, `${here}/sections/F/parts/new-provision`, {
      'What is to be provided': 'Direct teaching of listening and understanding.',
      'Delivered by': 'Specialist teacher',
      'Qualified or trained in': 'the mandatory qualification',
      How: 'One to one',
      'How long each time': '1½ hours',
      'How many times': 'two',
      'In what': 'week',
      From: '1/9/2025',
      'E1: Amara follows a spoken instruction of three parts in class.': 'yes',
    })
    const line = await newest('provision', 'Direct teaching')
    expect(line.content).toMatchObject({ minutes: 90, count: 2, every: 'week', from: '2025-09-01' })
    const section = await cora.open(`${here}/sections/F`)
    expect(section.text).toContain('1½ hours, two times a week (each time 1 hour 30 minutes)')
    expect(section.text).toContain('1 September 2025 to when the plan is changed')
    expect(section.text).toContain('For the outcome E1')
  })

  test('reversed and overlapping dates are refused beside the field, with everything still there', async () => {
    const url = `${here}/sections/F/parts/new-provision`
    const reversed = await fills(cora, url, {
      'What is to be provided': 'X',
      From: '1 9 2025',
      Until: '31 August 2025',
    })
    expect(reversed.status).toBe(422)
    expect(reversed.errors).toEqual(['until: The day it ends must be on or after the day it starts'])
    expect(
      (await fills(cora, url, { 'What is to be provided': 'X', From: '31 February 2026' })).errors,
    ).toEqual(['from: The day it starts must be a real date: February 2026 has 28 days'])
    const twice = await fills(cora, url, {
      'What is to be provided': 'Direct teaching of listening and understanding',
      'Delivered by': 'specialist teacher',
      From: '1 January 2026',
    })
    expect(twice.errors[0]).toMatch(/^from: F1 promises the same/)
  })

  test('“as per therapist” is kept as typed, marked, and pointed out before sending', async () => {
    await fills(cora, `${here}/sections/F/parts/new-provision`, {
      'What is to be provided': 'Access to speech therapy as per therapist',
      'How long each time': 'as required',
    })
    const page = await cora.open(`${here}/sections/F`)
    expect(page.text).toContain('no length of time was read in “as required”')
    expect(page.text).toMatch(/“Access to”|“access to”/i)
    expect(page.text).toContain('Better:')
    const check = await cora.open(`${here}/check`)
    expect(check.text).toContain('F2 : Who delivers it is not said')
    expect(check.text).toContain('Section C : Nothing is written')
  })

  test('checking the words saves nothing and keeps what was typed', async () => {
    const before = (await partsNow()).length
    const url = `${here}/sections/F/parts/new-provision`
    const checked = await fills(
      cora,
      url,
      { 'What is to be provided': 'Regular opportunities for group work where possible' },
      'Check the words',
    )
    expect(checked.status).toBe(200)
    expect(checked.text).toContain('Nothing was saved by checking')
    expect(checked.text).toContain('Better:')
    expect(checked.value('words')).toBe('Regular opportunities for group work where possible')
    expect((await partsNow()).length).toBe(before)
  })

  test('a mark is overruled with a reason, for those words only, and taken back', async () => {
    const marks = await cora.open(`${here}/marks`)
    const href = /href="([^"]*\/marks\/[^"]+)"/.exec(marks.html)![1]!
    expect((await fills(cora, href, {}, 'Leave them, with this reason')).errors).toEqual([
      'reason: Say why these words can stay',
    ])
    const left = await fills(
      cora,
      href,
      { 'Why can they stay?': 'The therapist’s programme is appended.' },
      'Leave them, with this reason',
    )
    expect(left.status).toBe(303)
    expect((await cora.open(`${here}/marks`)).text).toContain('The therapist’s programme is appended.')
    expect((await (await s.as('qaLead')).open(`${here}/marks`)).text).toContain(
      'left as it is by Cora Coombes',
    )
    expect((await s.story.events('plan_mark_overruled')).length).toBe(1)
    expect((await cora.does(href, 'Take that back')).status).toBe(303)
    expect((await cora.open(`${here}/marks`)).text).toContain('taken back 20 January 2025')
  })

  test('two who save one part meet: both texts are shown, joined by a button, and nothing is lost', async () => {
    const colin = await s.as('otherCoordinator')
    const url = `${here}/sections/A/parts/text-child-views`
    const field = 'What the child or young person says'
    const [hers, his] = [await cora.open(url), await colin.open(url)]
    expect((await cora.press(url, hers, 'Save', { [field]: 'I like drums.\tA lot.' })).status).toBe(303)
    const met = await colin.press(url, his, 'Save', { [field]: '“I want quiet.”' })
    expect(met.status).toBe(409)
    expect(met.text).toContain('I like drums.')
    expect(met.value('words')).toBe('“I want quiet.”')
    const joined = await colin.press(url, met, 'Put their words under mine')
    expect(joined.value('words')).toBe('“I want quiet.”\n\nI like drums.\tA lot.')
    expect((await colin.press(url, joined, 'Save')).status).toBe(303)
    expect((await cora.open(`${here}/sections/A`)).text).toContain('Saved by Colin Dhillon')
  })

  test('moved, taken away and brought back; a move is in nobody’s way', async () => {
    const second = await newest('provision', 'Access to')
    const url = `${here}/sections/F/parts/${second.part_id}`
    const opened = await cora.open(url)
    const up = await cora.open(`${here}/sections/F`)
    expect(up.text.indexOf('Direct teaching')).toBeLessThan(up.text.indexOf('Access to'))
    await cora.posts(url, { do: 'up', fromVersion: '0', idempotencyKey: 'move-up-1' })
    const moved = await cora.open(`${here}/sections/F`)
    expect(moved.text.indexOf('Access to')).toBeLessThan(moved.text.indexOf('Direct teaching'))
    expect((await cora.press(url, opened, 'Save', { 'Delivered by': 'A therapist' })).status).toBe(303)
    const gone = await cora.does(url, 'Take it away')
    expect(gone.status).toBe(303)
    expect((await cora.open(`${here}/sections/F`)).text).toContain('Taken away (1)')
    const { version } = await newest('provision', 'Access to')
    await cora.posts(url, { do: 'bring-back', fromVersion: String(version), idempotencyKey: 'back-1' })
    expect((await newest('provision', 'Access to')).removed).toBe(false)
  })

  test('the same form sent twice makes one save', async () => {
    const url = `${here}/sections/F/parts/text-main`
    const page = await cora.open(url)
    const one = await cora.press(url, page, 'Save', {
      'Provision in general': 'All staff are told of this plan.',
    })
    const two = await cora.press(url, page, 'Save', {
      'Provision in general': 'All staff are told of this plan.',
    })
    expect([one.status, two.location]).toEqual([303, one.location])
    expect(
      (await partsNow()).filter((row) => row.content['words'] === 'All staff are told of this plan.'),
    ).toHaveLength(1)
  })

  test('a health lead is let in to G, finds the plan at their door, and writes there and nowhere else', async () => {
    const people = await cora.open(`${here}/people`)
    const done = await cora.press(`${here}/people`, people, 'Let them in', {
      Who: STORY_PEOPLE.healthLead.id,
      'Section G: Health provision': 'yes',
      'Their last day (optional)': '20 3 2025',
    })
    expect(done.errors).toEqual([])
    expect(done.status).toBe(303)
    const lead = await s.as('healthLead')
    expect((await lead.open('/professional/plans')).text).toContain('Amara Okafor')
    const theirs = `/professional/plans/${planId}`
    expect((await lead.open(theirs)).text).toContain('let in to write in section G')
    expect(
      (
        await fills(lead, `${theirs}/sections/G/parts/new-provision`, {
          'What is to be provided': 'Community nurse visits',
        })
      ).status,
    ).toBe(303)
    expect((await lead.open(`${theirs}/sections/F/parts/new-provision`)).status).toBe(404)
    expect((await lead.open(`${theirs}/sections/F`)).text).not.toContain('Move up')
    expect((await (await s.as('healthProfessional')).open(theirs)).status).toBe(404)
    const again = await cora.open(`${here}/people`)
    const writer = /name="writer" value="([^"]+)"/.exec(again.html)![1]!
    expect((await cora.posts(`${here}/people`, { do: 'end', writer, idempotencyKey: 'end-1' })).status).toBe(
      303,
    )
    expect((await lead.open(theirs)).status).toBe(404)
    expect(
      (await s.story.events('plan_writer_let_in')).length +
        (await s.story.events('plan_writer_ended')).length,
    ).toBe(2)
  })
})

describe('What the advice recommends', () => {
  let account = ''
  let priya: Someone
  let advice = ''

  const write = async (name: string, answers: Readonly<Record<string, string>>) => {
    const page = await fills(priya, `${advice}/part/${name}`, answers)
    expect(page.status, page.errors.join('; ')).toBe(303)
  }
  const release = async (answers: Readonly<Record<string, string>> = {}, again = false) => {
    const page = await fills(
      priya,
      `${advice}/release`,
      { 'What is the answer?': 'Advice and information', ...answers },
      again ? 'Release the new version' : 'Release the advice',
    )
    expect(page.status, page.errors.join('; ')).toBe(303)
  }

  beforeAll(async () => {
    s.story.today('2025-02-10')
    cora = await s.as('coordinator')
    account = `${here}/advice`
    priya = await s.as('psychologist')
    advice = `/professional/advice/${s.adviceId}`
    await priya.does(advice, 'Start writing')
    await write('new-need', {
      'Type of need': 'SEMH',
      'The need, for this child': 'Amara cannot settle after playtime.',
    })
    await write('new-outcome', {
      'The outcome': 'Amara settles within five minutes.',
      'Social, emotional and mental health: Amara cannot settle after playtime.': 'yes',
    })
    await write('new-provision', {
      'What is to be provided': 'Settling time with a key worker',
      'Delivered by': 'Teaching assistant',
      'How long each time': '10 minutes',
      'How many times': '2',
      'In what': 'day',
      'Amara settles within five minutes.': 'yes',
    })
    await write('new-provision', { 'What is to be provided': 'A wobble cushion' })
    await release()
  })

  test('each is offered in its section; used, it is a part that remembers where it came from', async () => {
    expect((await cora.open(account)).text).toContain('4 of 4 are not dealt with yet')
    const section = await cora.open(`${here}/sections/B`)
    expect(section.text).toContain('Amara cannot settle after playtime.')
    const one = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(section.html)![1]!
    const used = await cora.posts(account, {
      do: 'use',
      advicePart: one('advicePart'),
      release: one('release'),
      section: 'B',
      back: 'section',
      idempotencyKey: 'use-1',
    })
    expect(used.location).toMatch(/sections\/B#part-/)
    const page = await cora.open(`${here}/sections/B`)
    expect(page.text).toMatch(/Source Psychology advice, .*, 10 February 2025, paragraph N1/)
    expect((await newest('need', 'Amara cannot settle')).content).toMatchObject({ type: 'SEMH' })
  })

  test('all the rest by one press, each linked as the advice links them; one left out with a reason', async () => {
    const left = /href="([^"]*\/advice\/[^"]+)">\s*Leave it out<span[^>]*> P2/.exec(
      (await cora.open(account)).html,
    )![1]!
    expect((await fills(cora, left, {}, 'Leave it out')).errors).toHaveLength(2)
    const done = await fills(
      cora,
      left,
      {
        'Why is it left out?': 'It is what every child there is given, and already happens',
        'In your own words': 'Every chair in her class has one.',
      },
      'Leave it out',
    )
    expect(done.status).toBe(303)
    expect((await s.story.events('recommendation_left_out')).length).toBe(1)
    const all = await cora.does(account, 'Use all 2 in the plan')
    expect(all.status).toBe(303)
    const outcome = await newest('outcome', 'Amara settles')
    expect(outcome.content['needs']).toEqual([(await newest('need', 'Amara cannot settle')).part_id])
    expect((await newest('provision', 'Settling time')).content).toMatchObject({
      outcomes: [outcome.part_id],
      minutes: 10,
      count: 2,
    })
    const page = await cora.open(account)
    expect(page.text).toContain('All 4 are in the plan, or left out with a reason')
    expect(page.text).toContain('Every chair in her class has one.')
  })

  test('everything that came goes into section K by one press, once', async () => {
    const offered = await cora.open(`${here}/sections/K`)
    expect((await cora.press(`${here}/sections/K`, offered, 'Put all of it in section K')).status).toBe(303)
    const page = await cora.open(`${here}/sections/K`)
    expect(page.text).toContain('Psychology advice')
    expect(page.text).not.toContain('Put all of it in section K')
  })

  test('a newer version that changed a line already used is pointed out, and its words taken by a button', async () => {
    const html = (await priya.open(`${advice}/write`)).html
    const line = /href="([^"]+)">Change<span[^>]*> P1</.exec(html)![1]!
    await write(line.split('/').at(-1)!, { 'How long each time': '15 minutes' })
    await release({ 'Why is there a new version?': 'A mistake in the minutes' }, true)
    const page = await cora.open(account)
    expect(page.text).toContain('Changed since it was used')
    expect(page.text).toMatch(/It said: .*10 minutes.*It now says: .*15 minutes/)
    const field = (name: string) =>
      new RegExp(`value="renew"[\\s\\S]*?name="${name}" value="([^"]+)"`).exec(page.html)![1]!
    const renewed = await cora.posts(account, {
      do: 'renew',
      advicePart: field('advicePart'),
      part: field('part'),
      fromVersion: field('fromVersion'),
      idempotencyKey: 'renew-1',
    })
    expect(renewed.status).toBe(303)
    expect((await newest('provision', 'Settling time')).content).toMatchObject({
      minutes: 15,
      length: '15 minutes',
    })
    expect((await cora.open(account)).text).not.toContain('Changed since it was used')
  })
})

test('what the school gives now is the start of a line, made once', async () => {
  const { owner } = pages.record
  const request = await owner
    .insertInto('advice_request')
    .values({
      process_id: s.story.processId,
      child_id: s.story.childId,
      head: 'educational',
      adviser: 'The head teacher',
      asked_on: '2025-01-20',
      received_on: '2025-02-03',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const [event] = await s.story.events('request_received')
  await owner
    .insertInto('school_advice')
    .values({
      advice_request_id: request.id,
      child_id: s.story.childId,
      setting_urn: '900001',
      state: 'released',
      provision: JSON.stringify([
        { what: 'Reading with an adult', who: 'Teaching assistant', hoursAWeek: 2.5, poundsAYear: null },
      ]),
      released_by: STORY_PEOPLE.senco.id,
      released_on: '2025-02-03',
      event_id: event!.id,
      updated_by: STORY_PEOPLE.senco.id,
    })
    .execute()
  const page = await cora.open(`${here}/sections/F`)
  expect(page.text).toContain('Reading with an adult; Teaching assistant; 2.5 hours a week')
  const line = /name="line" value="([^"]+)"/.exec(page.html)![1]!
  const used = { do: 'use-school', line, idempotencyKey: 'school-1' }
  expect((await cora.posts(`${here}/advice`, used)).location).toContain('#part-')
  expect((await newest('provision', 'Reading with')).content).toMatchObject({
    minutes: 150,
    count: 1,
    every: 'week',
  })
  expect((await cora.open(`${here}/sections/F`)).text).not.toContain('What the school gives now')
})

describe('What people paste', () => {
  const url = () => `${here}/sections/B/parts/text-main`
  const field = 'Strengths and needs in general'
  test('a table from Word keeps its rows and tabs; hidden characters go; smart quotes and other scripts stay', async () => {
    const pasted = '“Skill”\tNow\r\nReading\t½ page\u0000\u0007\fهي ترسم 🥁'
    expect((await fills(cora, url(), { [field]: pasted })).status).toBe(303)
    expect((await cora.open(url())).value('words')).toBe('“Skill”\tNow\nReading\t½ page\nهي ترسم 🥁')
  })
  test('sixty pages in one box are saved and read again whole; too much is refused with nothing lost', async () => {
    const page =
      'Amara listens well in a quiet room and tires when it is loud. She asks for help with a card.\n\n'.repeat(
        33,
      )
    const sixty = page.repeat(60).trim()
    expect(sixty.length).toBeGreaterThan(180_000)
    expect((await fills(cora, url(), { [field]: sixty })).status).toBe(303)
    expect((await cora.open(url())).value('words')).toBe(sixty)
    const more = await fills(cora, url(), { [field]: `${sixty}${sixty}` })
    expect(more.errors).toEqual(['words: Use 250,000 characters or fewer'])
    expect(more.value('words').length).toBe(sixty.length * 2)
  })
  test('a part of another plan, a section that is none, and a link that is none find nothing', async () => {
    for (const path of [
      '/sections/Z',
      '/sections/F/parts/new-need',
      '/sections/I/parts/new-placement',
      '/sections/F/parts/text-secret',
      `/sections/F/parts/${s.story.childId}`,
      `/sections/F/parts/${'-'.repeat(36)}`,
      `/marks/${s.story.childId}/0123456789abcdef`,
      `/advice/${s.story.childId}`,
    ])
      expect((await cora.open(`${here}${path}`)).status, path).toBe(404)
  })
  test('a part stays in its plan and its section, its saves follow one another, and an ended plan is written no more', async () => {
    const { owner } = pages.record
    const held = await owner
      .selectFrom('plan_part')
      .select(['part_id', 'version', 'child_id', 'plan_id', 'section', 'kind', 'slot', 'saved_by'])
      .where('plan_id', '=', planId)
      .where('section', '=', 'F')
      .where('kind', '=', 'provision')
      .orderBy('version', 'desc')
      .executeTakeFirstOrThrow()
    const save = (change: Partial<typeof held>) =>
      owner
        .insertInto('plan_part')
        .values({ ...held, version: held.version + 1, content: '{}', ...change })
        .execute()
    await expect(save({ section: 'G' })).rejects.toMatchObject({ constraint: 'part_stays_in_its_place' })
    await expect(save({ version: 1_000_000_000 })).rejects.toMatchObject({
      constraint: 'part_stays_in_its_place',
    })
    const ended = (day: string | null) =>
      owner.updateTable('plan').set({ ended_on: day }).where('id', '=', planId).execute()
    await ended('2025-01-20')
    await expect(save({})).rejects.toMatchObject({ constraint: 'part_of_a_living_plan' })
    await ended(null)
  })
  test('a plan of forty pages opens quickly', async () => {
    const { owner } = pages.record
    const words =
      'Direct teaching of reading for 30 minutes, three times each week, by a specialist teacher with AMBDA. '
    const { child_id } = await owner
      .selectFrom('plan')
      .select('child_id')
      .where('id', '=', planId)
      .executeTakeFirstOrThrow()
    const line = (await partsNow()).find((row) => row.kind === 'provision')!.content
    await owner
      .insertInto('plan_part')
      .values(
        Array.from({ length: 200 }, (_, index) => ({
          version: 0,
          plan_id: planId,
          child_id,
          section: 'F',
          kind: 'provision',
          position: 100 + index,
          content: JSON.stringify({ ...line, words: `${words.repeat(4)}${index}`, sources: [] }),
          saved_by: STORY_PEOPLE.coordinator.id,
        })),
      )
      .execute()
    await cora.open(here)
    const times: number[] = []
    for (let turn = 0; turn < 5; turn++) {
      const start = performance.now()
      expect((await cora.open(here)).status).toBe(200)
      times.push(performance.now() - start)
    }
    // The bar is 100 ms at a quiet server; this machine may be busy.
    expect(Math.min(...times)).toBeLessThan(400)
  })
})
