import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { date } from '../../../law/index.ts'
import { reconciles } from '../../../record/provision/index.ts'
import { routes as casePageRoutes } from '../../assessment/case-page/index.ts'
import type { Officer } from '../../assessment/casework-story.ts'
import { routes as whyRoutes } from '../../assessment/why-this-date/index.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { routes as taskRoutes } from '../../setting/see-our-tasks/index.ts'
import { type PlanInForce, planInForce } from './a-plan-in-force.test-data.ts'
import { routes } from './index.ts'
import { findLines, loadReckoning } from './lines.ts'
import { sumOf } from './show.tsx'

/** Amara's final plan was sent on Monday 2 November 2026; her school is Larkfield. The autumn term ends on 18 December. */
let pages: Pages
let plan: PlanInForce
let cora: Officer
let senco: Officer
let therapist: Officer
let mother: Officer
let weekly: string
let daily: string
let vague: string
let social: string

beforeAll(async () => {
  pages = await openPages([...routes, ...casePageRoutes, ...whyRoutes, ...taskRoutes], '2026-11-02')
  plan = await planInForce(pages, {
    sentOn: '2026-11-02',
    lines: [
      ['F', {}],
      [
        'F',
        {
          words: 'A teaching assistant reads with Amara each day.',
          who: 'Teaching assistant',
          every: 'day',
          minutes: 20,
          length: '20 minutes',
        },
      ],
      [
        'G',
        {
          words: 'Occupational therapy as needed.',
          who: 'As per therapist',
          count: null,
          times: 'as per therapist',
          minutes: null,
          length: '',
        },
      ],
      [
        'H2',
        {
          words: 'A short break.',
          who: 'Family support',
          count: 0.5,
          times: '½',
          minutes: 120,
          length: '2 hours',
        },
      ],
    ],
  })
  ;[weekly, daily, vague, social] = plan.lines as [string, string, string, string]
  cora = await plan.story.officer('coordinator')
  senco = await plan.story.officer('senco')
  therapist = await plan.story.officer('healthProfessional')
  mother = await plan.story.officer('parent')
})
afterAll(() => pages.close())

const ledger = (from: string, to: string, ids?: readonly string[]) =>
  asViewer(pages.record.db, { accountId: STORY_PEOPLE.coordinator.id, today: to }, async (trx) => {
    const lines = (await findLines(trx)).filter((line) => !ids || ids.includes(line.id))
    const window = { from, to, term: '', terms: [], isUsual: true }
    return sumOf(lines, await loadReckoning(trx, to), window, to)
  })
const state = async (line: string) =>
  await pages.record.owner
    .selectFrom('provision_line')
    .select(['state', 'state_since'])
    .where('line_id', '=', line)
    .executeTakeFirstOrThrow()
/** To whose account each message of a kind went; none of them names the child. */
const messages = async (template: string) => {
  const rows = await pages.record.owner
    .selectFrom('message as m')
    .leftJoin('contact as k', 'k.id', 'm.recipient_contact')
    .select(['m.body', 'm.subject', 'm.recipient_account', 'k.account_id'])
    .where('m.template', '=', template)
    .execute()
  for (const row of rows) expect(`${row.subject} ${row.body}`).not.toMatch(/Amara/)
  return rows.map((row) => row.recipient_account ?? row.account_id)
}
const familyAt = (more = '') => `/family/children/${plan.story.childId}/provision${more}`
const plus = (day: string) => plan.story.today(day)

describe('Lines from the day a plan is final', () => {
  test('each line of F, G and H is promised from the day it was sent, once, and owed until somebody says more', async () => {
    expect(plan.lines).toHaveLength(4)
    expect(await state(weekly)).toEqual({ state: 'to-arrange', state_since: '2026-11-02' })
    const { minutes } = await ledger('2026-11-02', '2026-11-08')
    expect(minutes).toMatchObject({ promised: (45 + 5 * 20 + 60) * 1000, owed: 205_000, unsaid: 205_000 })
    const page = await cora.open(`/staff/cases/${plan.planId}/provision`)
    expect(page.text).toContain('Section F: Speech and language therapy on long sentences')
    expect(page.text).toContain('Not countable: “as per therapist” is not a number')
    expect((await cora.open(`/staff/cases/${plan.planId}`)).text).toContain('Does the provision happen?')
  })

  test('only people of the case see it, at their own doors', async () => {
    for (const part of ['socialWorker', 'settingHead', 'board', 'administrator'] as const) {
      const stranger = await plan.story.officer(part)
      for (const url of [`/staff/provision/lines/${weekly}`, `/professional/provision/${weekly}`, familyAt()])
        expect([403, 404], `${part} ${url}`).toContain((await stranger.open(url)).status)
    }
    // The therapist has been given nothing yet.
    expect((await therapist.open(`/professional/provision/${weekly}`)).status).toBe(404)
    expect((await therapist.open('/professional/provision')).text).toContain('No line of a plan is yours')
  })
})

describe('What each says', () => {
  test('the office gives a line to a therapist, who records a month of sessions on one page', async () => {
    plus('2026-11-20')
    const given = await cora.does(`/staff/provision/lines/${weekly}/who`, {
      account: STORY_PEOPLE.healthProfessional.id,
      urn: '900001',
    })
    expect(given.status, given.text.slice(0, 300)).toBe(303)
    const here = `/professional/provision/${weekly}`
    const opened = await therapist.open(here)
    expect(opened.text).toContain('Sessions in November 2026')
    const bad = await therapist.sends(opened, here, {
      'day-0': '6',
      'kind-0': 'missed',
      'words-0': 'no room',
      'day-1': '31',
      'kind-1': 'given',
    })
    expect(bad.status).toBe(422)
    expect(bad.errors).toEqual(['reason-0: Choose why it was not given', 'day-1: Enter a day of this month'])
    expect(bad.value('words-0')).toBe('no room')
    const saved = await therapist.does(here, {
      'day-0': '5',
      'kind-0': 'given',
      'minutes-0': '45',
      'group-0': '3',
      'day-1': '12',
      'kind-1': 'absent',
      'minutes-1': '45',
      'reason-1': 'child-ill',
      'day-2': '19',
      'kind-2': 'missed',
      'reason-2': 'therapist-ill',
    })
    expect(saved.status, saved.text.slice(0, 400)).toBe(303)
    expect((await ledger('2026-11-02', '2026-11-20', [weekly])).minutes).toMatchObject({
      promised: 135_000,
      given: 45_000,
      offered: 45_000,
      owed: 45_000,
      unsaid: 0,
    })
    // Somebody gave it, so it is arranged.
    expect(await state(weekly)).toEqual({ state: 'in-place', state_since: '2026-11-05' })
    // A correction stands beside what it was; the other line of the plan is not theirs.
    const again = await therapist.does(here, { 'minutes-0': '30' })
    expect(again.status).toBe(303)
    expect((await ledger('2026-11-02', '2026-11-20', [weekly])).minutes).toMatchObject({
      given: 30_000,
      owed: 60_000,
    })
    const versions = await pages.record.owner
      .selectFrom('provision_record')
      .select(['version', 'minutes'])
      .where('on_day', '=', '2026-11-05')
      .orderBy('version')
      .execute()
    expect(versions).toEqual([
      { version: 0, minutes: 45 },
      { version: 1, minutes: 30 },
    ])
    expect((await therapist.open(`/professional/provision/${daily}`)).status).toBe(404)
    // Nothing changed, nothing added.
    expect((await therapist.does(here, {})).status).toBe(303)
    expect(await plan.story.events('sessions_recorded')).toHaveLength(2)
  })

  test('two who record the same session meet, and the second keeps what they typed', async () => {
    const here = `/professional/provision/${weekly}`
    const one = await therapist.open(here)
    const two = await therapist.open(here)
    expect(
      (await therapist.sends(one, here, { 'day-3': '20', 'kind-3': 'given', 'minutes-3': '15' })).status,
    ).toBe(303)
    const late = await therapist.sends(two, here, { 'day-3': '20', 'kind-3': 'given', 'minutes-3': '25' })
    expect(late.status).toBe(422)
    expect(late.text).toContain('Somebody has recorded or changed one of these sessions')
    expect(late.value('minutes-3')).toBe('25')
    expect((await ledger('2026-11-02', '2026-11-20', [weekly])).minutes).toMatchObject({
      given: 45_000,
      madeUp: 0,
    })
  })

  test('the setting is asked four weeks after the plan, and says by name how each line stands', async () => {
    plus('2026-11-24')
    const tasks = await senco.open('/setting')
    expect(tasks.text).toContain('Say whether the provision of the plan is in place')
    expect(tasks.text).toContain('30 November 2026')
    const here = `/setting/provision/${plan.story.childId}`
    const bad = await senco.does(here, {
      [`stands-${daily}`]: 'not-in-place',
      [`since-${daily}`]: '2 11 2026',
    })
    expect(bad.errors).toEqual([`because-${daily}: Enter why it is not in place`])
    const said = await senco.does(here, {
      [`stands-${daily}`]: 'in-place',
      [`since-${daily}`]: '9 11 2026',
      [`stands-${vague}`]: 'not-in-place',
      [`since-${vague}`]: '2 11 2026',
      [`because-${vague}`]: 'No therapist has come',
    })
    expect(said.status, said.text.slice(0, 400)).toBe(303)
    expect(await state(daily)).toEqual({ state: 'in-place', state_since: '2026-11-09' })
    expect((await state(vague)).state).toBe('to-arrange')
    expect((await ledger('2026-11-02', '2026-11-24', [daily])).minutes).toMatchObject({
      promised: 17 * 20_000,
      confirmed: 12 * 20_000,
      owed: 5 * 20_000,
    })
    expect((await mother.open(familyAt())).text).toContain('Sami Okonjo, SENCO')
    plus('2026-12-01')
    expect((await cora.open('/staff/provision')).text).toContain('asked by 30 November 2026')
  })
})

describe('This is not happening', () => {
  test('a clock starts, the worklist and the why page say so, and a school’s word does not silence it', async () => {
    plus('2026-12-01')
    const page = await mother.open(familyAt())
    expect(page.text).toContain('This is not happening')
    const sent = await mother.does(familyAt(`/${daily}/not-happening`), {
      words: 'Nobody has read with her since the 23rd.',
      since: '23 11 2026',
    })
    expect(sent.status, sent.text.slice(0, 400)).toBe(303)
    expect(sent.location).toContain('We aim to answer you by 8 December 2026')
    expect(await state(daily)).toEqual({ state: 'not-happening', state_since: '2026-11-23' })
    const process = await pages.record.owner
      .selectFrom('process')
      .select(['next_rule', 'next_due_on'])
      .where('id', '=', plan.planId)
      .executeTakeFirstOrThrow()
    expect(process).toEqual({ next_rule: 'local-provision-gap-answer', next_due_on: '2026-12-08' })
    expect(await messages('help-not-happening')).toEqual([STORY_PEOPLE.coordinator.id])
    const why = await cora.open(`/staff/cases/${plan.planId}/why/local-provision-gap-answer`)
    expect(why.status).toBe(200)
    expect(why.text).toContain('local target')
    // Told once: the second time says so, and nothing is lost.
    const twice = await mother.does(familyAt(`/${daily}/not-happening`), {
      words: 'Still nobody.',
      since: '23 11 2026',
    })
    expect(twice.status).toBe(422)
    expect(twice.value('words')).toBe('Still nobody.')
    await senco.does(`/setting/provision/${plan.story.childId}`, {
      [`stands-${daily}`]: 'in-place',
      [`since-${daily}`]: '10 11 2026',
    })
    expect((await state(daily)).state).toBe('not-happening')
    expect((await ledger('2026-11-23', '2026-12-01', [daily])).minutes).toMatchObject({
      confirmed: 0,
      owed: 7 * 20_000,
    })
    // A school reads nothing of what the family said.
    const atSchool = await asViewer(
      pages.record.db,
      { accountId: STORY_PEOPLE.senco.id, today: '2026-12-01' },
      (trx) => trx.selectFrom('provision_report').select('id').execute(),
    )
    expect(atSchool).toEqual([])
  })

  test('the father reads that it was said and not her words, counts with it, and may say it himself', async () => {
    const { owner } = pages.record
    const { id: contact_id } = await owner
      .insertInto('contact')
      .values({ name: 'The father', account_id: STORY_PEOPLE.advocate.id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await owner
      .insertInto('child_contact')
      .values({
        child_id: plan.story.childId,
        contact_id,
        relationship: 'parent',
        parental_responsibility: true,
        from_on: '2020-01-01',
      })
      .execute()
    const father = await plan.story.officer('advocate')
    const page = await father.open(familyAt())
    expect(page.status).toBe(200)
    expect(page.text).toContain('The council has been told that it is not happening.')
    expect(page.text).not.toContain('Nobody has read with her')
    const seen = (part: 'advocate' | 'parent') =>
      asViewer(pages.record.db, { accountId: STORY_PEOPLE[part].id, today: '2026-12-01' }, async (trx) => ({
        rows: (await trx.selectFrom('provision_report').select('words').execute()).length,
        owed: (await findLines(trx, { lineId: daily }))[0]!.reports.map(({ sinceOn, isAnothers }) => [
          sinceOn,
          isAnothers,
        ]),
      }))
    expect(await seen('parent')).toEqual({ rows: 1, owed: [['2026-11-23', false]] })
    expect(await seen('advocate')).toEqual({ rows: 0, owed: [['2026-11-23', true]] })
    const form = await father.open(familyAt(`/${daily}/not-happening`))
    expect(form.status).toBe(200)
    expect(form.text).not.toContain('Nobody has read with her')
    await owner.deleteFrom('child_contact').where('contact_id', '=', contact_id).execute()
  })

  test('the council answers, the clock stops, and the family can say it still is not', async () => {
    plus('2026-12-03')
    const [report] = await pages.record.owner.selectFrom('provision_report').select('id').execute()
    const here = `/staff/provision/reports/${report!.id}`
    const bad = await cora.does(here, { answer: 'put-right', words: 'It starts again on Friday.' })
    expect(bad.errors).toEqual(['from: Enter the day from which it happens again'])
    const opened = await cora.open(here)
    const openedToo = await cora.open(here)
    const answered = await cora.sends(opened, here, {
      answer: 'put-right',
      from: '2 12 2026',
      words: 'She reads with Mr Hale again.',
    })
    expect(answered.status, answered.text.slice(0, 400)).toBe(303)
    expect(
      (
        await cora.sends(openedToo, here, {
          answer: 'is-happening',
          words: 'It is happening.',
        })
      ).text,
    ).toContain('Somebody has answered this already')
    expect(await state(daily)).toEqual({ state: 'in-place', state_since: '2026-12-02' })
    const waiting = await pages.record.owner
      .selectFrom('deadline')
      .select('state')
      .where('rule', '=', 'local-provision-gap-answer')
      .execute()
    expect(waiting).toEqual([{ state: 'done' }])
    expect(await messages('help-answered')).toEqual([STORY_PEOPLE.parent.id])
    const read = await mother.open(familyAt())
    expect(read.text).toContain('She reads with Mr Hale again.')
    expect(read.text).toContain('It is still not happening')
    const still = await mother.does(familyAt(`/${daily}/not-happening`), {
      words: 'Only on Wednesday.',
      since: '3 12 2026',
    })
    expect(still.status).toBe(303)
    expect(
      await pages.record.owner
        .selectFrom('deadline')
        .select('state')
        .where('rule', '=', 'local-provision-gap-answer')
        .orderBy('occurrence')
        .execute(),
    ).toEqual([{ state: 'done' }, { state: 'open' }])
    expect((await mother.open(familyAt())).text).toContain('We aim to answer you by 10 December 2026.')
    // The council may do without a target for its answer: then no day is promised, and the duty is what it was.
    await pages.record.owner
      .insertInto('authority_setting')
      .values({ key: 'target.local-provision-gap-answer', value: '0', valid_from: '2026-12-03', why: 'test' })
      .execute()
    const page = await mother.open(familyAt())
    expect(page.text).toContain('We do not promise a day for our answer. The law still says')
    expect(page.text).not.toContain('We aim to answer you by')
  })
})

describe('What lawfully changes a promise', () => {
  test('a pause the family agrees to, its end, and an amended plan, each from its day; everything reconciles', async () => {
    plus('2026-12-07')
    const change = (answers: Record<string, string>) =>
      cora.does(`/staff/provision/lines/${weekly}/change`, answers)
    expect((await change({ change: 'agreement', from: '1 11 2026', words: 'x' })).errors).toEqual([
      'from: The line was first promised on 2 November 2026: choose that day or a later one',
    ])
    expect(
      (
        await change({
          change: 'agreement',
          from: '7 12 2026',
          words: 'Her mother wrote on 4 December: she is in hospital.',
        })
      ).status,
    ).toBe(303)
    expect((await state(weekly)).state).toBe('paused')
    plus('2026-12-14')
    expect((await change({ change: 'resume', from: '14 12 2026', words: 'She is home.' })).status).toBe(303)
    expect((await state(weekly)).state).toBe('to-arrange')
    plus('2026-12-16')
    await plan.amends('2026-12-16', { [weekly]: { count: 2, times: '2' }, [social]: null })
    expect((await state(social)).state).toBe('ended')
    plus('2026-12-20')
    const { minutes } = await ledger('2026-12-07', '2026-12-20', [weekly])
    // Friday 11 December was paused. From Wednesday the 16th the promise is twice a week, by that day and by Friday; the
    // once that was due by Friday is changed.
    expect(minutes).toMatchObject({ promised: 4 * 45_000, agreed: 45_000, amended: 45_000, owed: 90_000 })
    const all = await ledger('2026-11-02', '2026-12-20')
    expect(reconciles(all.minutes)).toBe(true)
    expect(reconciles(all.sessions)).toBe(true)
    const csv = await cora.open('/staff/provision.csv?from=2026-11-02&to=2026-12-20')
    expect(csv.status).toBe(200)
    expect(csv.html.split('\n').filter(Boolean)).toHaveLength(5)
    expect(date('2026-12-20')).toBeGreaterThan(0)
    for (const by of ['setting', 'provider', 'section', 'arranger'])
      expect((await cora.open(`/staff/provision?by=${by}&show=not-happening`)).status).toBe(200)
  })
})

describe('The duty to secure the provision', () => {
  test('is done on the day the last line of F and G is in place, not before, and once', async () => {
    plus('2026-11-02')
    const two = await planInForce(pages, {
      sentOn: '2026-11-02',
      lines: [
        ['F', {}],
        ['G', { words: 'A nurse gives her medicine at school.', arrangedBy: 'health', fundedBy: 'health' }],
        ['H2', { words: 'A short break each week.', arrangedBy: 'social-care', fundedBy: 'social-care' }],
      ],
    })
    const [ours, theirs] = two.lines
    const secured = () =>
      pages.record.owner
        .selectFrom('deadline')
        .select(['state', 'done_on'])
        .where('process_id', '=', two.planId)
        .where('rule', '=', 'secure-provision')
        .orderBy('occurrence')
        .execute()
    const stands = async (line: string, change: string, from: string) => {
      const said = await cora.does(`/staff/provision/lines/${line}/change`, {
        change,
        from,
        words: 'The school wrote.',
      })
      expect(said.status, said.text.slice(0, 300)).toBe(303)
    }
    plus('2026-11-20')
    await stands(ours!, 'in-place', '9 11 2026')
    expect(await secured()).toEqual([{ state: 'open', done_on: null }])
    const before = await cora.does(`/staff/cases/${two.planId}/record-provision-in-place`, {
      on: '9 11 2026',
      words: 'All of it, surely.',
    })
    expect(before.text).toContain('This plan is held line by line')
    // The school sees its lines alone, and what follows from all of them is noted all the same.
    const said = await senco.does(`/setting/provision/${two.story.childId}`, {
      [`stands-${theirs}`]: 'in-place',
      [`since-${theirs}`]: '16 11 2026',
    })
    expect(said.status, said.text.slice(0, 300)).toBe(303)
    expect(await secured()).toEqual([{ state: 'done', done_on: '2026-11-16' }])
    await stands(theirs!, 'not-in-place', '18 11 2026')
    await stands(theirs!, 'in-place', '19 11 2026')
    expect(await two.story.events('provision_started')).toHaveLength(1)
    // An amended plan asks for more: a word about the line as it was does not do for the line as it is.
    plus('2026-12-01')
    await two.amends('2026-12-01', { [ours!]: { count: 2, times: '2' } })
    await stands(theirs!, 'in-place', '1 12 2026')
    expect((await secured()).at(-1)).toEqual({ state: 'open', done_on: null })
    plus('2026-12-07')
    await stands(ours!, 'in-place', '4 12 2026')
    expect((await secured()).at(-1)).toEqual({ state: 'done', done_on: '2026-12-04' })
  })
})

describe('The second wall', () => {
  test('nobody changes what was recorded, speaks for another, or records a line that is not theirs', async () => {
    const today = '2026-12-20'
    const as = (part: keyof typeof STORY_PEOPLE, work: Parameters<typeof asViewer<unknown>>[2]) =>
      asViewer(pages.record.db, { accountId: STORY_PEOPLE[part].id, today }, work)
    const session = (line: string, by: keyof typeof STORY_PEOPLE) => ({
      line_id: line,
      child_id: plan.story.childId,
      about: 'session',
      kind: 'given',
      on_day: '2026-12-10',
      minutes: 10,
      recorded_by: STORY_PEOPLE[by].id,
      recorded_on: today,
    })
    await expect(
      as('healthProfessional', (trx) =>
        trx.insertInto('provision_record').values(session(daily, 'healthProfessional')).execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    await expect(
      as('healthProfessional', (trx) =>
        trx.insertInto('provision_record').values(session(weekly, 'coordinator')).execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    await expect(
      as('parent', (trx) => trx.insertInto('provision_record').values(session(weekly, 'parent')).execute()),
    ).rejects.toThrow(/row-level security/)
    await expect(
      as('settingHead', async (trx) => trx.selectFrom('provision_record').select('id').execute()),
    ).resolves.toEqual(expect.any(Array))
    await expect(as('coordinator', (trx) => trx.deleteFrom('provision_record').execute())).rejects.toThrow(
      /permission denied/,
    )
    await expect(
      pages.record.owner.updateTable('provision_record').set({ minutes: 1 }).execute(),
    ).rejects.toThrow()
  })
})
