import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { previewRecipients } from '../../../documents/letters/index.ts'
import { nameKey } from '../../../record/names.ts'
import { routes as findRoutes } from '../find-a-child/index.ts'
import { openPages, type Pages, type ReadPage, type Visitor } from '../try-pages/index.ts'
import { routes } from './index.ts'

const TODAY = '2026-07-06'
let pages: Pages
let cora: Visitor
let amaraId: string
let linkOf: (name: string) => Promise<string>

beforeAll(async () => {
  pages = await openPages([...findRoutes, ...routes], TODAY)
  cora = await pages.signIn('coordinator')
  const { owner } = pages.record
  const make = async (
    reference: string,
    given: string,
    family: string,
    born: string,
    more: object = {},
  ): Promise<string> =>
    (
      await owner
        .insertInto('child')
        .values({
          reference,
          given_name: given,
          family_name: family,
          name_key: nameKey(given, family),
          date_of_birth: born,
          sex: 'F',
          registered_on: '2026-01-05',
          locality_id: 'north',
          ...more,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  amaraId = await make('C-00001', 'Amara', 'Okafor-Lindqvist', '2014-04-01', {
    upn: 'L838400024001',
    nhs_number: '9990000018',
    postcode: 'DT4 8AA',
    address_line: '4 Quay Street',
    known_as: 'Mimi',
    setting_urn: '900001',
  })
  await make('C-00002', 'Zoë', 'Müller', '2015-12-31', { locality_id: 'south' })
  await make('C-00003', 'Wolfeschlegelsteinhausenbergerdorff', 'Featherstonehaugh-Cholmondeley', '2008-05-05')
  const contact = await owner
    .insertInto('contact')
    .values({ name: 'Ngozi Okafor', address_line: '4 Quay Street', postcode: 'DT4 8AA' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await owner
    .insertInto('child_contact')
    .values({
      child_id: amaraId,
      contact_id: contact.id,
      relationship: 'mother',
      parental_responsibility: true,
      lives_with: true,
      from_on: '2026-01-05',
    })
    .execute()
  await owner
    .insertInto('process')
    .values({
      reference: 'A-2026-00007',
      child_id: amaraId,
      kind: 'assessment',
      state: 'gathering-advice',
      opened_on: '2026-01-05',
    })
    .execute()
  linkOf = async (name) =>
    (
      await owner
        .selectFrom('child_contact')
        .innerJoin('contact', 'contact.id', 'contact_id')
        .select('child_contact.id')
        .where('name', '=', name)
        .where('to_on', 'is', null)
        .executeTakeFirstOrThrow()
    ).id
})
afterAll(() => pages.close())

const search = async (typed: string): Promise<ReadPage> =>
  cora.send((await cora.get('/staff/children')).fill({ '#q': typed }), 'Search')

describe('Find a child', () => {
  test.each([
    'Amara',
    'okafor',
    'OKAFOR amara',
    'amara lindqvist',
    'mimi',
    'Okafro',
    'Amarra',
    'C-00001',
    'c-00001',
    'A-2026-00007',
    'L838400024001',
    'l 838400 024001',
    '999 000 0018',
    '1/4/2014',
    '1 April 2014',
    '2014-04-01',
    'dt48aa',
  ])('by %s', async (typed) => {
    const found = await search(typed)
    expect(found.text).toContain('Amara Okafor-Lindqvist')
    expect(found.text).toContain('A-2026-00007 : Gathering advice')
    expect(found.value('q')).toBe(typed)
  })
  test('accents need not be typed', async () =>
    expect((await search('zoe muller')).text).toContain('Zoë Müller'))
  test('nobody found says what to do next', async () => {
    expect((await search('Xyzzy')).text).toContain('No child was found by that name')
    expect((await search('31/4/2014')).text).toContain('No child was found by that date of birth')
  })
  test('nothing typed is told beside the box', async () => {
    expect((await search('  ')).text).toContain('Enter a name, a number, a date of birth or a postcode')
  })
  test('what was found is in the access log, and what was typed is in no address', async () => {
    const page = await search('Amara')
    expect(page.actionOf('Search')).toBe('/staff/children')
    const log = await pages.record.owner
      .selectFrom('access_log')
      .selectAll()
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(log).toMatchObject({
      account_id: STORY_PEOPLE.coordinator.id,
      child_ids: [amaraId],
      what: 'searched by name',
      outcome: 'seen',
    })
  })
  test('only children the viewer reaches are found', async () => {
    await pages.record.owner
      .updateTable('account')
      .set({ remit: 'locality' })
      .where('id', '=', STORY_PEOPLE.otherCoordinator.id)
      .execute()
    const colin = await pages.signIn('otherCoordinator')
    const page = (await colin.get('/staff/children')).fill({ '#q': 'Amara' })
    expect((await colin.send(page, 'Search')).text).toContain('No child was found')
    expect((await colin.get(`/staff/children/${amaraId}`)).status).toBe(404)
  })
  test('a board member never reaches it', async () => {
    expect((await (await pages.signIn('board')).get('/staff/children')).status).toBe(403)
  })
})

describe('A child’s page', () => {
  test('shows who, what is open, when rights become their own, and who has looked', async () => {
    await cora.get(`/staff/children/${amaraId}`)
    const page = await cora.get(`/staff/children/${amaraId}`)
    expect(page.text).toContain('Born 1 April 2014, age 12, Year 7')
    expect(page.text).toContain('Rights become Amara’s own on 29 June 2030')
    expect(page.text).toContain('A-2026-00007')
    expect(page.text).toContain('Cora Coombes')
    expect(page.text).toContain('opened the child’s page')
  })
  test('of a young person says the rights are theirs and that they are not recorded to be written to', async () => {
    const { id } = await pages.record.owner
      .selectFrom('child')
      .select('id')
      .where('reference', '=', 'C-00003')
      .executeTakeFirstOrThrow()
    const page = await cora.get(`/staff/children/${id}`)
    expect(page.text).toContain('over compulsory school age since 29 June 2024')
    expect(page.text).toContain('is not recorded as somebody to write to')
  })
  test('looks are paged, newest first', async () => {
    for (let time = 0; time < 25; time++) await cora.get(`/staff/children/${amaraId}`)
    expect((await cora.get(`/staff/children/${amaraId}`)).html).toContain(
      `/staff/children/${amaraId}?looked=2#looked`,
    )
    expect((await cora.get(`/staff/children/${amaraId}?looked=2`)).text).toContain('Showing 21 to')
    expect((await cora.get(`/staff/children/${amaraId}?looked=none`)).status).toBe(200)
  })
  test('a child that is not there is not found', async () => {
    expect((await cora.get('/staff/children/00000000-0000-4000-8000-00000000dead')).status).toBe(404)
    expect((await cora.get('/staff/children/nonsense')).status).toBe(404)
  })
})

describe('Changing details', () => {
  const open = async (who = cora): Promise<ReadPage> => who.get(`/staff/children/${amaraId}/details`)
  test('a move to another locality takes the open cases along, and says so', async () => {
    const locality = async () =>
      (
        await pages.record.owner
          .selectFrom('process')
          .select('locality_id')
          .where('reference', '=', 'A-2026-00007')
          .executeTakeFirstOrThrow()
      ).locality_id
    for (const id of ['south', 'north']) {
      const page = (await open()).fill({ Locality: id, 'Why are you changing this?': 'They moved' })
      const done = await cora.send(page, 'Save the changes')
      expect(done.location).toBe(`/staff/children/${amaraId}`)
      expect(await locality()).toBe(id)
      expect((await cora.get(done.location)).text).toContain('Locality of A-2026-00007')
    }
  })
  test('tells old, new and why', async () => {
    const page = (await open()).fill({ 'Find another school, college or nursery': 'quarry' })
    const found = await cora.send(page, 'Find')
    found.fill({
      'School, college or nursery': 'Quarry Bank Academy, DT4 9ZZ',
      'Why are you changing this?': 'Started there on 1 July, says the school',
    })
    const done = await cora.send(found, 'Save the changes')
    expect(done.location).toBe(`/staff/children/${amaraId}`)
    const after = await cora.get(done.location)
    expect(after.text).toContain(
      'School, college or nursery: Larkfield Primary School became Quarry Bank Academy',
    )
    expect(after.text).toContain('Why: Started there on 1 July, says the school')
    expect(after.text).toContain('Before 6 July 2026: Larkfield Primary School')
    const event = await pages.record.owner
      .selectFrom('case_event')
      .selectAll()
      .where('child_id', '=', amaraId)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({
      kind: 'child_details_changed',
      why: 'Started there on 1 July, says the school',
      payload: {
        changes: [
          {
            field: 'School, college or nursery',
            from: 'Larkfield Primary School',
            to: 'Quarry Bank Academy',
          },
        ],
      },
    })
  })
  test('two officers: the second is told, keeps what was typed, and may send again', async () => {
    const mine = (await open()).fill({
      'Interpreter needed (optional)': 'Igbo',
      'Why are you changing this?': 'The mother asked',
    })
    const manager = await pages.signIn('manager')
    const theirs = (await open(manager)).fill({
      'Known as (optional)': 'Mim',
      'Why are you changing this?': 'She prefers it',
    })
    expect((await manager.send(theirs, 'Save the changes')).status).toBe(303)
    const told = await cora.send(mine, 'Save the changes')
    expect(told.status).toBe(422)
    expect(told.errors[0]).toContain('Somebody else has changed this record')
    expect(told.value('interpreter')).toBe('Igbo')
    expect((await cora.send(told.fill({ 'Known as (optional)': 'Mim' }), 'Save the changes')).status).toBe(
      303,
    )
  })
  test('the same form twice changes it once', async () => {
    const page = (await open()).fill({
      'Town or city (optional)': 'Weymouth',
      'Why are you changing this?': 'Left out before',
    })
    const count = async (): Promise<number> =>
      (
        await pages.record.owner
          .selectFrom('case_event')
          .select((all) => all.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n
    expect((await cora.send(page, 'Save the changes')).status).toBe(303)
    const before = await count()
    expect((await cora.send(page, 'Save the changes')).status).toBe(303)
    expect(await count()).toBe(before)
  })
  test('a UPN that changes is kept, and still finds the child', async () => {
    const page = (await open()).fill({
      'Unique pupil number (UPN) (optional)': 'H801200001001',
      'Why are you changing this?': 'The school’s list',
    })
    expect((await cora.send(page, 'Save the changes')).status).toBe(303)
    expect((await search('L838400024001')).text).toContain('Amara')
    expect((await search('H801200001001')).text).toContain('Amara')
  })
  test('a number of another child is refused in words', async () => {
    await pages.record.owner
      .updateTable('child')
      .set({ upn: 'Y838700025117' })
      .where('reference', '=', 'C-00002')
      .execute()
    const page = (await open()).fill({
      'Unique pupil number (UPN) (optional)': 'Y838700025117',
      'Why are you changing this?': 'The list',
    })
    expect((await cora.send(page, 'Save the changes')).errors).toEqual([
      'upn: This number is on Zoë Müller’s record (C-00002). One of them is wrong, or they are the same child',
    ])
  })
  test('a number of a child this officer cannot see is refused in words that name nobody', async () => {
    const remit = (to: string) =>
      pages.record.owner
        .updateTable('account')
        .set({ remit: to })
        .where('id', '=', STORY_PEOPLE.coordinator.id)
        .execute()
    await remit('locality')
    try {
      const page = (await open()).fill({
        'Unique pupil number (UPN) (optional)': 'Y838700025117',
        'Why are you changing this?': 'The list',
      })
      const refused = await cora.send(page, 'Save the changes')
      expect(refused.errors).toEqual([
        'upn: This UPN is on another child’s record, which you may not be able to see. One of them is wrong: check it with the school',
      ])
      expect(refused.text).not.toContain('Zoë')
    } finally {
      await remit('authority')
    }
  })
  test('nothing different, no reason, an impossible date', async () => {
    const same = (await open()).fill({ 'Why are you changing this?': 'None' })
    expect((await cora.send(same, 'Save the changes')).errors[0]).toContain(
      'Nothing on this page is different',
    )
    const wrong = (await open()).fill({ 'Date of birth': '30 2 2014' })
    expect((await cora.send(wrong, 'Save the changes')).errors).toEqual([
      'bornOn: The child’s date of birth must be a real date: February 2014 has 28 days',
      'why: Enter why you are changing this, and how you know',
    ])
  })
  test('those who only read may not change', async () => {
    const dev = await pages.signIn('dataOfficer')
    expect((await dev.get(`/staff/children/${amaraId}`)).text).not.toContain('Add a person')
    expect((await open(dev)).status).toBe(403)
  })
})

describe('People round a child', () => {
  const recipients = async (): Promise<string[]> =>
    (
      await asViewer(pages.record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, (trx) =>
        previewRecipients(trx, {
          childId: amaraId,
          kind: 'considering-assessment',
          on: TODAY,
          today: TODAY,
          how: 'post',
        }),
      )
    ).to.map((recipient) => recipient.addressee.name)

  test('a father is added, and would be written to', async () => {
    const page = (await cora.get(`/staff/children/${amaraId}/people/new`)).fill({
      'Full name': 'Emeka Okafor',
      'Who are they to the child?': 'father',
      'Do they have parental responsibility?': 'Yes',
      'Does the child live with them?': 'No',
      'Address (optional)': '9 Elsewhere Road',
      'How do you know?': 'Birth certificate seen',
    })
    expect((await cora.send(page, 'Add this person')).status).toBe(303)
    expect(await recipients()).toContain('Emeka Okafor')
    const again = (await cora.get(`/staff/children/${amaraId}/people/new`)).fill({
      'Full name': 'EMEKA OKAFOR',
      'Who are they to the child?': 'father',
      'Do they have parental responsibility?': 'Yes',
      'Does the child live with them?': 'No',
      'How do you know?': 'Again',
    })
    expect((await cora.send(again, 'Add this person')).errors).toEqual([
      'name: EMEKA OKAFOR is already recorded round this child',
    ])
  })
  test('restricted by a court order: marked clearly, and never written to from then on', async () => {
    const url = `/staff/children/${amaraId}/people/${await linkOf('Emeka Okafor')}/restrict`
    const unexplained = (await cora.get(url)).fill({
      'May letters and messages be sent to them?': 'No, a court order or a risk bars it',
      'How do you know?': 'Order seen',
    })
    expect((await cora.send(unexplained, 'Save')).errors).toEqual([
      'note: Enter the order or the risk: staff must know why nothing may be sent',
    ])
    const page = (await cora.get(url)).fill({
      'May letters and messages be sent to them?': 'No, a court order or a risk bars it',
      'The order or the risk': 'Non-molestation order, 2 June 2026',
      'How do you know?': 'Order seen',
    })
    expect((await cora.send(page, 'Save')).status).toBe(303)
    expect(await recipients()).not.toContain('Emeka Okafor')
    const child = await cora.get(`/staff/children/${amaraId}`)
    expect(child.text).toContain('Nothing may be sent')
    expect(child.text).toContain('Restricted Non-molestation order, 2 June 2026')
    expect(child.text).toContain(
      'Emeka Okafor: may be written to became nothing may be sent (Non-molestation order, 2 June 2026)',
    )
  })
  test('ended: kept in the past, never written to', async () => {
    const url = `/staff/children/${amaraId}/people/${await linkOf('Ngozi Okafor')}/end`
    const future = (await cora.get(url)).fill({ 'When did it end?': '7 7 2026', 'Why?': 'Died' })
    expect((await cora.send(future, 'End it')).errors).toEqual([
      'endedOn: The day it ended must be today (6 July 2026) or in the past',
    ])
    const early = (await cora.get(url)).fill({ 'When did it end?': '5 1 2026', 'Why?': 'Died' })
    expect((await cora.send(early, 'End it')).errors[0]).toContain('must be after 5 January 2026')
    const page = (await cora.get(url)).fill({ 'When did it end?': '1 7 2026', 'Why?': 'Died' })
    expect((await cora.send(page, 'End it')).status).toBe(303)
    expect((await cora.get(`/staff/children/${amaraId}`)).text).toContain(
      'Ngozi Okafor, mother, 5 January 2026 to 1 July 2026',
    )
    expect(await recipients()).not.toContain('Ngozi Okafor')
    expect((await cora.get(url)).status).toBe(404)
  })
  test('an address is changed', async () => {
    const page = (
      await cora.get(`/staff/children/${amaraId}/people/${await linkOf('Emeka Okafor')}/details`)
    ).fill({ 'Address (optional)': '10 Elsewhere Road', 'How do you know?': 'He wrote' })
    expect((await cora.send(page, 'Save the changes')).status).toBe(303)
    expect((await cora.get(`/staff/children/${amaraId}`)).text).toContain('10 Elsewhere Road')
  })
})
