import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer, SYSTEM_ACCOUNT } from '../../../db/viewer.ts'
import { openPages, type Pages, type Visitor } from '../../children/try-pages/index.ts'
import { routes as pointRoutes } from '../enter-contact-points/index.ts'
import { routes as placeRoutes } from '../name-localities/index.ts'
import { routes as setUpRoutes } from '../set-up-the-authority/index.ts'
import { routes } from './index.ts'

const TODAY = '2025-01-20'
const AT = '/staff/settings/accounts'
let pages: Pages
let admin: Visitor
beforeAll(async () => {
  pages = await openPages([...routes, ...placeRoutes, ...pointRoutes, ...setUpRoutes], TODAY)
  admin = await pages.signIn('administrator')
})
afterAll(() => pages.close())

const NELL = {
  'Full name': 'Nell Ash',
  'Work email address': 'Nell@council.test',
  '#role': 'plan-coordinator',
  'Job title': 'Plan coordinator',
  '#remit': 'locality',
  '#locality': 'north',
}
const adding = async (changes: Readonly<Record<string, string>> = {}) =>
  admin.send((await admin.get(`${AT}/new`)).fill({ ...NELL, ...changes }), 'Add the account')
const accountsOf = (email: string) =>
  pages.record.owner
    .selectFrom('account')
    .select(['id', 'door', 'role', 'remit', 'locality_id', 'active_from', 'active_to'])
    .where('email', '=', email)
    .execute()
/** The second wall alone, as somebody. */
const add = (as: string, ...given: readonly (string | null)[]) =>
  asViewer(pages.record.db, { accountId: as, today: TODAY }, (trx) =>
    sql`select add_account(${sql.join(given.map((one) => sql`${one}::text`))})`.execute(trx),
  )
const end = (as: string, whom: string) =>
  asViewer(pages.record.db, { accountId: as, today: TODAY }, async (trx) => {
    const { rows } = await sql<{
      out: string
    }>`select end_account(${whom}::uuid, ${TODAY}::date) as out`.execute(trx)
    return rows[0]!.out
  })

describe('An administrator', () => {
  test('adds somebody before they first sign in, on record', async () => {
    const done = await adding()
    expect(done.errors).toEqual([])
    expect(done.location).toBe(AT)
    expect(await accountsOf('nell@council.test')).toMatchObject([
      {
        door: 'staff',
        role: 'plan-coordinator',
        remit: 'locality',
        locality_id: 'north',
        active_from: TODAY,
        active_to: null,
      },
    ])
    const list = (await admin.get(`${AT}?q=nell`)).text
    expect(list).toContain('1 account')
    expect(list).toContain('has not signed in yet')
    expect((await admin.get(`${AT}/changes`)).text).toContain('account added')
  })

  test.each([
    [{ 'Full name': '' }, 'name: Enter the person’s full name'],
    [
      { 'Work email address': 'nell' },
      'email: Enter an email address like name@example.com, or leave it empty',
    ],
    [{ '#remit': '' }, 'remit: Choose which children they see'],
    [
      { '#locality': 'none', 'Work email address': 'b@council.test' },
      'locality: Choose the locality whose children they see',
    ],
    [
      { '#locality': 'nowhere', 'Work email address': 'b@council.test' },
      'locality: Choose the locality whose children they see',
    ],
    [
      {},
      'email: Somebody has an account with this address already: look for it in the list, those that ended too',
    ],
    [
      { 'Work email address': 'administrator@story.invalid' },
      'email: This is an address of your own: somebody else must add a further account for you',
    ],
    [
      { '#role': 'senco', 'Work email address': 's@school.test' },
      'setting: Enter the URN of a school or college in the list, such as 131827',
    ],
    [{ '#role': 'parent' }, 'role: Choose what they do'],
    [{ '#role': 'system' }, 'role: Choose what they do'],
  ])('is told of %j beside its field, and nothing typed is lost', async (changes, error) => {
    const page = await adding(changes)
    expect(page.status).toBe(422)
    expect(page.errors).toEqual([error])
    expect(page.value('title')).toBe('Plan coordinator')
  })

  test('ends an account on a day: today, they are out with their next request', async () => {
    const { id } = STORY_PEOPLE.senco
    const senco = await pages.signIn('senco')
    const page = await admin.get(`${AT}/${id}/end`)
    expect(
      (await admin.send(page.fill({ 'From which day?': '19 1 2025' }), 'End the account')).errors,
    ).toEqual(['from: The first day without it must be 20 January 2025 or later'])
    expect(
      (await admin.send(page.fill({ 'From which day?': '20 1 2025' }), 'End the account')).location,
    ).toBe(AT)
    expect((await senco.get(AT)).status).toBe(303)
    expect((await admin.get(`${AT}/${id}/end`)).status).toBe(404)
  })

  test('neither lists nor ends a family’s, the board’s or the system’s account, nor their own', async () => {
    for (const id of [STORY_PEOPLE.parent.id, STORY_PEOPLE.board.id, SYSTEM_ACCOUNT]) {
      expect((await admin.get(`${AT}/${id}/end`)).status).toBe(404)
      expect(await end(STORY_PEOPLE.administrator.id, id)).toBe('gone')
    }
    expect(await end(STORY_PEOPLE.administrator.id, STORY_PEOPLE.administrator.id)).toBe('own')
    expect((await admin.get(`${AT}?q=parent@story.invalid`)).text).toContain('No account found')
  })

  test('sees no child by any of it', async () => {
    const seen = await asViewer(
      pages.record.db,
      { accountId: STORY_PEOPLE.administrator.id, today: TODAY },
      (trx) => sql<{ reach: string[] }>`select viewer_children() as reach`.execute(trx),
    )
    expect(seen.rows[0]!.reach).toEqual([])
  })
})

describe('Both walls', () => {
  test.each(['coordinator', 'manager', 'dataOfficer', 'board', 'parent', 'psychologist'] as const)(
    '%s opens none of it, and the database refuses it apart from that',
    async (part) => {
      const visitor = await pages.signIn(part)
      for (const url of [
        AT,
        `${AT}/new`,
        `${AT}/changes`,
        '/staff/settings',
        '/staff/settings/places',
        '/staff/settings/contact-points',
      ])
        expect((await visitor.get(url)).status, url).toBe(403)
      const me = STORY_PEOPLE[part].id
      await expect(
        add(me, 'X', 'x@x.test', 'staff', 'send-manager', 'X', 'authority', null, null, null),
      ).rejects.toThrow(/only an administrator/)
      await expect(end(me, STORY_PEOPLE.coordinator.id)).rejects.toThrow(/only an administrator/)
      const as = { accountId: me, today: TODAY }
      const listed = await asViewer(pages.record.db, as, (trx) =>
        sql`select * from accounts_kept(null, null, 100)`.execute(trx),
      )
      expect(listed.rows).toEqual([])
      await expect(
        asViewer(pages.record.db, as, (trx) =>
          trx.insertInto('locality').values({ id: 'x', name: 'X' }).execute(),
        ),
      ).rejects.toThrow(/row-level security/)
      const renamed = await asViewer(pages.record.db, as, (trx) =>
        trx.updateTable('locality').set({ name: 'X' }).executeTakeFirst(),
      )
      expect(Number(renamed.numUpdatedRows)).toBe(0)
    },
  )

  test.each([
    ['family', 'parent', 'relationships'],
    ['board', 'board-member', 'none'],
    ['system', 'system', 'none'],
    ['staff', 'parent', 'authority'],
    ['staff', 'administrator', 'authority'],
    ['professional', 'head-of-service', 'authority'],
    ['professional', 'send-manager', 'relationships'],
    ['setting', 'senco', 'authority'],
  ])(
    'no administrator makes an account at %s as %s with %s, even past the pages',
    async (door, role, remit) => {
      await expect(
        add(STORY_PEOPLE.administrator.id, 'X', 'x@x.test', door, role, 'X', remit, null, null, null),
      ).rejects.toThrow(/no such (account|remit)/)
      expect(await accountsOf('x@x.test')).toEqual([])
    },
  )
})

describe('Localities and contact points', () => {
  test('a locality is added, renamed and ended, never deleted', async () => {
    const places = '/staff/settings/places'
    const form = await admin.get(`${places}/localities/new`)
    expect(
      (await admin.send(form.fill({ 'Name of the locality': 'Purbeck & Wool' }), 'Add it')).location,
    ).toBe(places)
    const at = `${places}/localities/purbeck-wool`
    const twice = await admin.send(
      (await admin.get(`${places}/localities/new`)).fill({ 'Name of the locality': 'purbeck & wool' }),
      'Add it',
    )
    expect(twice.errors).toEqual(['name: There is one called purbeck & wool already: choose another name'])
    await admin.send((await admin.get(`${at}/name`)).fill({ 'New name': 'Purbeck' }), 'Rename it')
    await admin.send((await admin.get(`${at}/end`)).fill({ 'From which day?': '20 1 2025' }), 'End it')
    expect((await admin.get(places)).text).toContain('Purbeck Ended 20 January 2025')
    expect((await admin.get(`${at}/end`)).status).toBe(404)
    expect((await admin.get(`${AT}/new`)).html).not.toContain('purbeck-wool')
    await expect(
      asViewer(pages.record.db, { accountId: STORY_PEOPLE.administrator.id, today: TODAY }, (trx) =>
        trx.deleteFrom('locality').where('id', '=', 'purbeck-wool').execute(),
      ),
    ).rejects.toThrow(/permission denied/)
  })

  test('a contact point is dated, and one that nobody can reach is refused', async () => {
    const at = '/staff/settings/contact-points/send-office-address'
    const page = await admin.get(at)
    const wrong = await admin.send(page.fill({ Name: 'SEND office', 'Who said so?': 'Us' }), 'Save')
    expect(wrong.errors).toEqual([
      'address: Enter an address, a telephone number or an email address: people must be able to reach them',
    ])
    await admin.send(
      page.fill({ 'Address (optional)': 'County Hall', 'From which day?': '1 2 2025' }),
      'Save',
    )
    expect((await admin.get('/staff/settings/contact-points')).text).toContain(
      'From 1 February 2025 SEND office',
    )
    pages.today = '2025-02-01'
    expect((await admin.get('/staff/settings/contact-points')).text).toContain('Address County Hall')
    pages.today = TODAY
    expect((await admin.get('/staff/settings/contact-points/sign-in.claims')).status).toBe(404)
  })
})
