import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordEvent, refreshChild } from '../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asOwner, asViewer } from '../../db/viewer.ts'
import { caseworkRoutes } from '../assessment/casework.ts'
import {
  type Answers,
  type CaseworkStory,
  caseworkStory,
  type Officer,
} from '../assessment/casework-story.ts'
import { openPages, type Pages } from '../children/try-pages/index.ts'
import { settingDoorRoutes } from '../setting/setting-door.ts'
import { placementFromFinal } from './keep-placements/index.tsx'
import { sectionIFor } from './name-the-setting/index.tsx'
import { placementRoutes } from './placement.ts'

let pages: Pages
let story: CaseworkStory
let cora: Officer
const viewer = { accountId: STORY_PEOPLE.coordinator.id, today: '2025-06-02' }

const done = async (slug: string, answers: Answers): Promise<string> => {
  const page = await cora.does(slug, answers)
  expect(page.errors, `${slug}: ${page.status}`).toEqual([])
  expect(page.status, page.text.slice(0, 400)).toBe(303)
  return page.location
}
const refused = async (slug: string, answers: Answers, message: RegExp): Promise<void> => {
  const page = await cora.does(slug, answers)
  expect(page.status, page.text.slice(0, 300)).toBe(422)
  expect(page.errors.join('\n')).toMatch(message)
}

beforeAll(async () => {
  pages = await openPages([...caseworkRoutes, ...placementRoutes, ...settingDoorRoutes], '2025-01-20')
  const { owner } = pages.record
  await owner
    .insertInto('setting')
    .values([
      {
        urn: '900010',
        name: 'Hollin Grange',
        type: 'Independent special school',
        la_code: '998',
        source: 'test',
      },
      {
        urn: '900011',
        name: 'Old Mill School',
        type: 'State-funded special school',
        la_code: '999',
        source: 'test',
      },
      {
        urn: '900012',
        name: 'New Mill Academy',
        type: 'State-funded special school',
        la_code: '999',
        source: 'test',
      },
      {
        urn: '900013',
        name: 'Approved House',
        type: 'Independent special school',
        la_code: '998',
        source: 'test',
        section_41_from: '2020-09-01',
        section_41_to: '2025-06-01',
        easting: 364000,
        northing: 80000,
      },
    ])
    .execute()
  story = await caseworkStory(pages)
  cora = await story.officer('coordinator')
  story.today('2025-02-03')
  await done('decide-whether-to-assess', {
    outcome: 'agree',
    toldOn: '3 2 2025',
    how: 'post',
    evidence: 'Reports of the school',
  })
})
afterAll(() => pages.close())

/** A psychologist's advice, checked for the family with one paragraph kept back. */
async function someAdvice(): Promise<{ readonly paragraphs: string; readonly check: string }> {
  const { owner } = pages.record
  const about = { child_id: story.childId, process_id: story.processId }
  const { id: request } = await owner
    .insertInto('advice_request')
    .values({ ...about, head: 'psychological', adviser: 'Priya Elwood', asked_on: '2025-02-04' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: release } = await owner
    .insertInto('advice_release')
    .values({
      ...about,
      advice_request_id: request,
      head: 'psychological',
      number: 1,
      answer: 'advice',
      author_name: 'Priya Elwood',
      released_on: '2025-03-10',
      released_by: STORY_PEOPLE.psychologist.id,
      written_by: [STORY_PEOPLE.psychologist.id],
      child_name: 'Amara Okafor',
      child_born_on: '2014-04-01',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: check } = await owner
    .insertInto('advice_check')
    .values({
      release_id: release,
      child_id: story.childId,
      checked_by: viewer.accountId,
      checked_on: '2025-03-11',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await owner
    .insertInto('advice_family_copy')
    .values({
      check_id: check,
      release_id: release,
      advice_request_id: request,
      ...about,
      number: 1,
      head: 'psychological',
      answer: 'advice',
      author_name: 'Priya Elwood',
      released_on: '2025-03-10',
      checked_on: '2025-03-11',
    })
    .execute()
  await owner
    .insertInto('advice_family_paragraph')
    .values({
      check_id: check,
      child_id: story.childId,
      part_id: '00000000-0000-4000-8000-0000000000aa',
      number: '1.1',
      position: 0,
      kind: 'text',
      section: 'found',
      content: JSON.stringify({ words: 'She reads well.' }),
    })
    .execute()
  return { paragraphs: 'She reads well.', check }
}

describe('the directory', () => {
  test('filters in the address, section 41 as at today, and the sheet', async () => {
    story.today('2025-05-01')
    const all = await cora.open('/staff/directory?approved=yes')
    expect(all.text).toContain('Approved House')
    expect(all.text).toContain('Section 41 until 1 June 2025')
    expect(all.text).not.toContain('Larkfield')
    story.today('2025-06-01')
    expect((await cora.open('/staff/directory?approved=yes')).text).toContain('No setting matches')
    const near = await cora.open(`/staff/directory?case=${story.processId}&q=Approved`)
    expect(near.text).toContain('straight line')
    const sheet = await cora.open('/staff/directory.csv?q=Approved')
    expect(sheet.html).toContain('900013,Approved House')
    expect(sheet.html.split('\r\n')).toHaveLength(3)
  })

  test('what the council keeps is dated, and an old number opens the new one', async () => {
    await done('/staff/directory/900012/keep', {
      fromOn: '1 5 2025',
      needs: ['ASD', 'SLCN'],
      places: '40',
      saidBy: 'Contract 2025, Commissioning',
    })
    expect((await cora.open('/staff/directory?need=SLCN')).text).toContain('New Mill Academy')
    expect((await cora.open('/staff/directory?need=VI')).text).toContain('No setting matches')
    await refused(
      '/staff/directory/900012/keep',
      { fromOn: '1 4 2025', saidBy: 'x', places: '-1' },
      /whole number/,
    )
    await refused(
      '/staff/directory/900011/changed',
      { changedOn: '1 5 2025', newUrn: '900011', why: 'x' },
      /its own number/,
    )
    await done('/staff/directory/900011/changed', {
      changedOn: '1 5 2025',
      newUrn: '900012',
      why: 'Became an academy',
    })
    const page = await cora.open('/staff/directory/900011')
    expect(page.text).toContain('You asked for number 900011, which has become New Mill Academy')
    expect(page.text).toContain('Until 1 May 2025 it was Old Mill School')
  })
})

describe('from the shortlist to a place', () => {
  test('a closed setting is refused with what it became; a wish is a request or a preference', async () => {
    story.today('2025-06-01')
    await refused(
      'shortlist-a-setting',
      { setting: '900011', askedBy: 'council', reason: 'It is near' },
      /has become New Mill Academy/,
    )
    expect(
      await done('shortlist-a-setting', { setting: '900010', askedBy: 'family', reason: 'Small classes' }),
    ).toContain('preference')
    await done('shortlist-a-setting', { setting: '900012', askedBy: 'council', reason: 'It meets the needs' })
    await refused(
      'shortlist-a-setting',
      { setting: '900012', askedBy: 'council', reason: 'Again' },
      /on the shortlist already/,
    )
    const page = await cora.open('settings')
    expect(page.text).toContain('The family asked for Hollin Grange')
    expect(page.text).toContain('section 9, Education Act 1996')
  })

  test('the shortlist is consulted together, none twice, and the papers are what the family has', async () => {
    const { owner } = pages.record
    const { paragraphs, check } = await someAdvice()
    const shown = await cora.open('consult-settings')
    expect(shown.text).toContain('Priya Elwood, Monday 10 March 2025')
    expect(shown.html).toMatch(/value="900010"[^>]*checked/)
    await done('consult-settings', {
      settings: ['900010', '900012', '900001'],
      consultedOn: '1 6 2025',
      how: 'email',
    })
    expect(await story.letters('setting-consultation')).toHaveLength(3)
    await refused(
      'consult-settings',
      { settings: ['900012'], consultedOn: '1 6 2025', how: 'email' },
      /already been consulted/,
    )
    expect(await owner.selectFrom('consultation_paper').select('check_id').execute()).toEqual([
      { check_id: check },
      { check_id: check },
      { check_id: check },
    ])
    // The school reads what it was sent, as the family has it; once that is taken back, nobody at a setting does.
    const sami = await story.officer('senco')
    const asked = (await story.events('setting_consulted')).find(
      (one) => one.payload['setting'] === '900001',
    )!
    const page = await sami.open(`/setting/consultations/${asked.id}`)
    const href = /href="(\/setting\/papers\/[^"]+)"/.exec(page.html)?.[1] ?? ''
    expect((await sami.open(href)).text).toContain(paragraphs)
    const elsewhere = (
      await owner.selectFrom('consultation_paper').select('id').where('setting_urn', '=', '900012').execute()
    )[0]!
    expect((await sami.open(`/setting/papers/${elsewhere.id}`)).status).toBe(404)
    await owner
      .updateTable('advice_check')
      .set({ taken_back_on: '2025-06-01', taken_back_by: viewer.accountId, taken_back_why: 'x' })
      .execute()
    expect((await sami.open(href)).status).toBe(404)
    // The family sees who was asked and by when, and not each other's papers.
    await owner.updateTable('contact').set({ account_id: STORY_PEOPLE.parent.id }).execute()
    const mother = await story.officer('parent')
    const family = await mother.open(`/family/children/${story.childId}/schools-asked`)
    expect(family.text).toContain(
      'New Mill Academy We asked on 1 June 2025. Its answer is due by 16 June 2025.',
    )
    expect((await mother.open('settings')).status).toBe(403)
  })

  test('silence is listed from its day, taken further by somebody, and the list says so', async () => {
    story.today('2025-06-20')
    const list = await cora.open('/staff/consultations?state=late')
    expect(list.text).toContain('3 consultations')
    expect(list.text).toContain('Late 4 days')
    const row = (await story.events('setting_consulted')).find((one) => one.payload['setting'] === '900012')!
    await refused(
      'take-a-silence-further',
      { consulted: row.id, on: '20 6 2025', to: 'authority', words: 'Rang' },
      /no other authority maintains it/,
    )
    await done('take-a-silence-further', {
      consulted: row.id,
      on: '20 6 2025',
      to: 'head',
      words: 'Rang the head',
    })
    expect((await cora.open('/staff/consultations?escalated=yes')).text).toContain('by Cora Coombes')
    expect((await cora.open('/staff/consultations.csv')).html).toContain('New Mill Academy')
  })

  test('section I: consulted first, a ground in law for departing, and nothing typed lost', async () => {
    await asOwner(pages.record.owner, async (trx) => {
      const about = {
        childId: story.childId,
        processId: story.processId,
        on: '2025-06-19',
        today: '2025-06-20',
      }
      await recordEvent(trx, { ...about, kind: 'decided_to_issue', by: viewer.accountId })
      await refreshChild(trx, story.childId, '2025-06-20')
    })
    const base = {
      form: 'named',
      setting: '900012',
      reasons: 'It makes the provision in section F',
      boarding: 'day',
    }
    await refused('name-the-setting', { ...base, setting: '900003' }, /has not been consulted/)
    await refused('name-the-setting', base, /grounds: The family prefers Hollin Grange/)
    const page = await cora.does('name-the-setting', { ...base, grounds: ['public-expenditure'] })
    expect(page.errors.join()).toMatch(/evidence/)
    expect(page.html).toContain('It makes the provision in section F')
    await done('name-the-setting', {
      ...base,
      grounds: ['public-expenditure'],
      evidence: 'It costs £60,000 more a year for the same provision',
      startOn: '1 9 2025',
    })
    const section = await asViewer(pages.record.db, viewer, (trx) => sectionIFor(trx, story.processId))
    expect(section?.content).toEqual({
      form: 'named',
      settingUrn: '900012',
      name: 'New Mill Academy',
      type: 'Special school',
      conditions: '',
    })
  })

  test('a place needed is counted in days, and education in the meantime is chased until it is recorded', async () => {
    const summer = { name: 'Summer', from: '2025-04-22', to: '2025-07-22' }
    await pages.record.owner
      .insertInto('authority_setting')
      .values({ key: 'term-dates', value: JSON.stringify([summer]), valid_from: '2025-04-01', why: 'test' })
      .execute()
    await done('a-place-is-needed', {
      neededOn: '2 6 2025',
      why: 'Her school excluded her',
      outOfSchool: 'yes',
      outBecause: 'excluded',
    })
    await refused('a-place-is-needed', { neededOn: '2 6 2025', why: 'Again', outOfSchool: 'no' }, /already/)
    expect((await cora.open('settings')).text).toMatch(/A place is needed: 18 days.*Nothing recorded/)
    expect((await cora.open('/staff/places-needed?nothing=yes')).text).toContain('Amara Okafor')
    const less = {
      fromOn: '9 6 2025',
      kind: 'home-tuition',
      hours: '10',
      provider: 'County tuition',
      whyNeeded: 'No place',
      fullTime: 'no',
      reviewOn: '30 6 2025',
    }
    await refused('arrange-in-the-meantime', less, /whyLess: Say why/)
    await refused(
      'arrange-in-the-meantime',
      { ...less, hours: 'some', whyLess: 'Her health' },
      /hours: Enter the hours/,
    )
    await done('arrange-in-the-meantime', { ...less, whyLess: 'Her doctor advises it' })
    expect((await cora.open('/staff/places-needed?nothing=yes')).text).not.toContain('Amara')
    expect(await story.events('education_arranged')).toHaveLength(1)
    // The clock of the exclusion is among the dates of this case, and done.
    const clock = await pages.record.owner
      .selectFrom('deadline')
      .select(['process_id', 'state'])
      .where('child_id', '=', story.childId)
      .where('rule', '=', 'exclusion-day-six-authority')
      .execute()
    expect(clock).toEqual([{ process_id: story.processId, state: 'done' }])
  })

  test('placements do not overlap, none is named before a final, and dual is two on one day', async () => {
    const at = { where: 'setting', setting: '900001', kind: 'other', rank: '1', boarding: 'day' }
    await refused('record-a-placement', { ...at, kind: 'named', fromOn: '1 6 2025' }, /kind: No final plan/)
    await done('record-a-placement', { ...at, fromOn: '1 9 2018', toOn: '2 6 2025', endedWhy: 'excluded' })
    await refused(
      'record-a-placement',
      { ...at, setting: '900002', fromOn: '1 5 2025' },
      /fromOn: The child’s main placement is Larkfield/,
    )
    await refused(
      'record-a-placement',
      { ...at, fromOn: '2 6 2025', toOn: '1 6 2025', endedWhy: 'moved' },
      /toOn: The end must not/,
    )
    await done('record-a-placement', {
      where: 'elsewhere',
      code: 'NIEC',
      kind: 'other',
      rank: '1',
      boarding: 'day',
      fromOn: '2 6 2025',
    })
    // At home with nothing, she still waits.
    expect((await cora.open('/staff/places-needed')).text).toContain('Amara')
    await done('record-a-placement', { ...at, setting: '900003', rank: '2', fromOn: '2 6 2025' })
  })

  test('a final that names the setting makes the placement from its start day, and the delay is known', async () => {
    await asViewer(pages.record.db, { ...viewer, today: '2025-06-20' }, (trx) =>
      placementFromFinal(trx, {
        childId: story.childId,
        processId: story.processId,
        planProcessId: story.processId,
        settingUrn: '900012',
        versionId: null,
        sentOn: '2025-06-20',
        today: '2025-06-20',
        by: viewer.accountId,
      }),
    )
    const rows = await pages.record.owner
      .selectFrom('placement')
      .select(['place_name', 'from_on', 'to_on', 'kind', 'needed_on', 'rank'])
      .where('child_id', '=', story.childId)
      .where('rank', '=', 1)
      .orderBy('from_on')
      .execute()
    expect(rows.map((row) => [row.from_on, row.to_on, row.kind])).toEqual([
      ['2018-09-01', '2025-06-02', 'other'],
      ['2025-06-02', '2025-09-01', 'other'],
      ['2025-09-01', null, 'named'],
    ])
    expect(rows[2]).toMatchObject({ place_name: 'New Mill Academy', needed_on: '2025-06-02' })
    story.today('2025-09-02')
    expect((await cora.open('settings')).text).toContain('was secured after 91 days')
    expect((await cora.open('/staff/places-needed')).text).toContain('Nobody waits for a place')
  })
})
