import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer } from '../../db/viewer.ts'
import { nameKey } from '../../record/names.ts'
import { openPages, type Pages, type ReadPage, type Visitor } from '../children/try-pages/index.ts'
import { routes as worklist } from '../worklist/index.ts'
import { routes as team } from './index.ts'

const TODAY = '2026-07-06'
const { coordinator, otherCoordinator, localityHead, manager, psychologist, headOfService, leaver } =
  STORY_PEOPLE
let pages: Pages
let cora: Visitor
let colin: Visitor
let hana: Visitor
let maya: Visitor
let child: string

beforeAll(async () => {
  pages = await openPages([...team, ...worklist], TODAY)
  const { owner } = pages.record
  await owner
    .updateTable('account')
    .set({ remit: 'locality' })
    .where('id', 'in', [coordinator.id, otherCoordinator.id])
    .execute()
  child = (
    await owner
      .insertInto('child')
      .values({
        reference: 'C-00001',
        given_name: 'Amara',
        family_name: 'Okafor',
        name_key: nameKey('Amara', 'Okafor'),
        date_of_birth: '2014-04-01',
        sex: 'F',
        registered_on: '2026-01-05',
        locality_id: 'north',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
  await owner
    .insertInto('process')
    .values({
      reference: 'A-2026-00001',
      child_id: child,
      kind: 'assessment',
      state: 'gathering-advice',
      opened_on: '2026-01-05',
      assigned_to: coordinator.id,
    })
    .execute()
  cora = await pages.signIn('coordinator')
  colin = await pages.signIn('otherCoordinator')
  hana = await pages.signIn('localityHead')
  maya = await pages.signIn('manager')
})
afterAll(() => pages.close())

const addLine = async (
  who: { readonly id: string },
  to: { readonly id: string },
  kind: string,
  more: Readonly<Record<string, string>> = {},
): Promise<ReadPage> =>
  maya.send(
    (await maya.get(`/staff/team/people/${who.id}/line`)).fill({
      '#kind': kind,
      '#manager': to.id,
      'From when?': '1 7 2026',
      ...more,
    }),
    'Add the manager',
  )

describe('Lines of work', () => {
  test('one operational manager and any number of professional ones, set by those who may', async () => {
    expect((await addLine(coordinator, localityHead, 'operational')).status).toBe(303)
    expect((await addLine(coordinator, headOfService, 'professional', { '#share': '40%' })).status).toBe(303)
    expect((await addLine(localityHead, manager, 'operational')).status).toBe(303)
    const page = await cora.get('/staff/your-work')
    expect(page.text).toContain('Operational manager: Hana Lowe')
    expect(page.text).toContain('Professional manager: Pandora Whitlock')
    expect(page.text).toContain('40%')
    expect((await cora.get(`/staff/team/people/${otherCoordinator.id}/line`)).status).toBe(403)
    expect((await hana.get(`/staff/team/people/${coordinator.id}/line`)).status).toBe(403)
  })
  test('a second, a ring, themself, a leaver and more than all their time are refused in words', async () => {
    expect((await addLine(coordinator, manager, 'operational')).errors).toEqual([
      'kind: Cora Coombes has an operational manager in that time: Hana Lowe, from 1 July 2026. Nobody has two. End that line first, or begin this one after it',
    ])
    const ring = await addLine(manager, coordinator, 'operational')
    expect(ring.errors[0]).toContain('Cora Coombes answers to Maya Sterling in that time')
    expect((await addLine(coordinator, coordinator, 'professional')).errors[0]).toContain(
      'Nobody is their own manager',
    )
    expect((await addLine(coordinator, leaver, 'professional')).errors[0]).toContain(
      'somebody who works here now',
    )
    expect((await addLine(coordinator, manager, 'project', { '#share': '70' })).errors[0]).toContain(
      '110% of their time',
    )
    expect((await addLine(coordinator, manager, 'project', { '#share': '1.5' })).errors[0]).toContain(
      'whole number',
    )
    expect(
      (await addLine(coordinator, manager, 'project', { 'Until when? (optional)': '1 7 2026' })).errors[0],
    ).toContain('must be after the first')
  })
  test('one is ended, and stays in the history; another person’s line is not found', async () => {
    const line = await pages.record.owner
      .selectFrom('reporting_line')
      .select('id')
      .where('kind', '=', 'professional')
      .executeTakeFirstOrThrow()
    expect((await maya.get(`/staff/team/people/${manager.id}/line/${line.id}/end`)).status).toBe(404)
    const url = `/staff/team/people/${coordinator.id}/line/${line.id}/end`
    const early = (await maya.get(url)).fill({ 'When does it end?': '1 7 2026' })
    expect((await maya.send(early, 'End the line')).errors[0]).toContain('must be after 1 July 2026')
    const ending = (await maya.get(url)).fill({ 'When does it end?': '6 7 2026' })
    expect((await maya.send(ending, 'End the line')).status).toBe(303)
    expect((await cora.get('/staff/your-work')).text).toContain(
      'Before Professional manager: Pandora Whitlock',
    )
    expect(
      (await addLine(coordinator, psychologist, 'professional', { 'From when?': '6 7 2026' })).status,
    ).toBe(303)
  })
  test('the database lets nobody rewrite a line, only end it', async () => {
    await expect(
      asViewer(pages.record.db, { accountId: manager.id, today: TODAY }, (trx) =>
        sql`update reporting_line set manager_id = ${manager.id}`.execute(trx),
      ),
    ).rejects.toThrow('permission denied')
  })
})

describe('Two managers who differ', () => {
  test('both are named, the head of locality decides, once', async () => {
    const page = (await cora.get(`/staff/team/people/${coordinator.id}/conflict`)).fill({
      'What is it about?': 'Where the Thursdays go',
      '#operationalSays': 'Casework first',
      '#professional': psychologist.id,
      '#professionalSays': 'Supervision first',
    })
    expect(page.text).toContain('Hana Lowe decides')
    expect((await cora.send(page, 'Send it for a decision')).status).toBe(303)
    expect((await colin.get(`/staff/team/people/${coordinator.id}/conflict`)).status).toBe(404)
    expect((await colin.get('/staff/team/conflicts')).text).toContain('Nothing has been raised')
    expect((await hana.get('/staff/team')).text).toContain('1 for you to decide')
    const { id } = await pages.record.owner.selectFrom('line_conflict').select('id').executeTakeFirstOrThrow()
    for (const other of [cora, colin, maya])
      expect((await other.get(`/staff/team/conflicts/${id}`)).status).toBe(404)
    const deciding = (await hana.get(`/staff/team/conflicts/${id}`)).fill({
      'What stands?': 'What the professional manager says stands',
      'What is to be done, and why?': 'Supervision is safety',
    })
    expect((await hana.send(deciding, 'Record the decision')).status).toBe(303)
    expect((await hana.get(`/staff/team/conflicts/${id}`)).status).toBe(404)
    expect((await cora.get('/staff/team/conflicts')).text).toContain(
      'What the professional manager says stands. Supervision is safety (Hana Lowe, 6 July 2026)',
    )
  })
})

const goAway = async (
  who: Visitor,
  account: { readonly id: string },
  answers: Readonly<Record<string, string>>,
): Promise<ReadPage> =>
  who.send(
    (await who.get(`/staff/team/people/${account.id}/away`)).fill({
      'First day away': '6 7 2026',
      'First day back': '20 7 2026',
      'Why?': 'Leave',
      ...answers,
    }),
    'Save',
  )
const reaches = (accountId: string, today = TODAY): Promise<number> =>
  asViewer(
    pages.record.db,
    { accountId, today },
    async (trx) => (await trx.selectFrom('child').select('id').execute()).length,
  )

describe('Standing in', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a leaver', { '#standIn': leaver.id }, 'standIn: Choose somebody who works at the same door now'],
    ['themself', { '#standIn': coordinator.id }, 'standIn: Nobody stands in for themself'],
    [
      'somebody at another door',
      { '#standIn': psychologist.id },
      'standIn: Choose somebody who works at the same door',
    ],
    [
      'days that have gone',
      { '#standIn': otherCoordinator.id, 'First day away': '5 7 2026' },
      'fromOn: The first day away must be today',
    ],
    [
      'back before away',
      { '#standIn': otherCoordinator.id, 'First day back': '6 7 2026' },
      'toOn: The first day back must be after',
    ],
    [
      'more than a year',
      { '#standIn': otherCoordinator.id, 'First day back': '7 7 2027' },
      'toOn: Nobody stands in for more than a year',
    ],
    ['no answer', {}, 'standIn: Choose who stands in'],
  ])('is refused for %s', async (_what, answers, problem) => {
    const page = await goAway(cora, coordinator, answers)
    expect(page.errors[0]).toContain(problem)
    expect(await reaches(otherCoordinator.id)).toBe(0)
  })
  test('is one’s own to name; a manager away with nobody to stand in is flagged until somebody does', async () => {
    expect((await colin.get(`/staff/team/people/${coordinator.id}/away`)).status).toBe(404)
    expect((await goAway(hana, localityHead, { '#standIn': 'nobody' })).status).toBe(303)
    expect((await maya.get('/staff/team')).text).toContain(
      'Hana Lowe (Head of locality) is away from 6 July 2026 until 20 July 2026, and from 6 July 2026 nobody stands in.',
    )
    expect((await goAway(hana, localityHead, { '#standIn': manager.id })).status).toBe(303)
    expect((await maya.get('/staff/team')).text).not.toContain('nobody stands in')
  })
  test('the stand-in reaches the cases until the day, is told on the worklist, and cannot be doubled', async () => {
    expect((await goAway(cora, coordinator, { '#standIn': localityHead.id })).errors[0]).toContain(
      'Hana Lowe is away',
    )
    expect((await goAway(cora, coordinator, { '#standIn': otherCoordinator.id })).status).toBe(303)
    expect(await reaches(otherCoordinator.id)).toBe(1)
    expect(await reaches(otherCoordinator.id, '2026-07-19')).toBe(1)
    expect(await reaches(otherCoordinator.id, '2026-07-20')).toBe(0)
    const list = await colin.get('/staff/worklist')
    expect(list.text).toContain('You are standing in for Cora Coombes until 20 July 2026.')
    expect((await colin.get(`/staff/worklist?whose=everyone&coordinator=${coordinator.id}`)).text).toContain(
      'Okafor',
    )
    const again = await goAway(cora, coordinator, {
      '#standIn': manager.id,
      'First day away': '19 7 2026',
      'First day back': '30 7 2026',
    })
    expect(again.errors[0]).toContain('Colin Dhillon stands in for Cora Coombes from 6 July 2026')
  })
  test('one not begun is called off, one begun is ended and stays in the history', async () => {
    expect(
      (
        await goAway(cora, coordinator, {
          '#standIn': manager.id,
          'First day away': '1 8 2026',
          'First day back': '8 8 2026',
        })
      ).status,
    ).toBe(303)
    const rows = await pages.record.owner
      .selectFrom('delegation')
      .select(['id', 'from_on'])
      .where('from_account', '=', coordinator.id)
      .orderBy('from_on')
      .execute()
    const url = (id: string) => `/staff/team/people/${coordinator.id}/stand-in/${id}/end`
    expect((await colin.get(url(rows[1]!.id))).status).toBe(404)
    expect((await cora.send(await cora.get(url(rows[1]!.id)), 'End it now')).status).toBe(303)
    pages.today = '2026-07-08'
    expect((await cora.send(await cora.get(url(rows[0]!.id)), 'End it now')).status).toBe(303)
    expect(await reaches(otherCoordinator.id, '2026-07-08')).toBe(0)
    expect((await cora.get('/staff/your-work')).text).toContain('Who stood in before Colin Dhillon')
    pages.today = TODAY
  })
  test('the database itself takes no stand-in who has left, nor one named for another by a colleague', async () => {
    const name = (by: string, from: string, to: string) =>
      asViewer(pages.record.db, { accountId: by, today: TODAY }, (trx) =>
        trx
          .insertInto('delegation')
          .values({
            from_account: from,
            to_account: to,
            from_on: TODAY,
            to_on: '2026-07-09',
            why: 'x',
            made_by: by,
          })
          .execute(),
      )
    await expect(name(coordinator.id, coordinator.id, leaver.id)).rejects.toThrow('row-level security')
    await expect(name(coordinator.id, coordinator.id, psychologist.id)).rejects.toThrow('row-level security')
    await expect(name(otherCoordinator.id, coordinator.id, otherCoordinator.id)).rejects.toThrow(
      'row-level security',
    )
  })
})
