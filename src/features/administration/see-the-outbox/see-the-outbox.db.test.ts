import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { queueBatch, queueMessage, sendSignInMessage } from '../../../platform/messages/index.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { routes } from './index.ts'

const TODAY = '2026-11-23'
const NOON = Temporal.Instant.from('2026-11-23T12:00:00Z')
const CHILD = '00000000-0000-4000-8000-000000000801'
const MOTHER = '00000000-0000-4000-8000-000000000802'
let pages: Pages

beforeAll(async () => {
  pages = await openPages(routes, TODAY)
  const { owner } = pages.record
  await owner
    .insertInto('child')
    .values({
      id: CHILD,
      reference: 'C-801',
      given_name: 'Zebedee',
      family_name: 'Quillfeather',
      name_key: 'z',
      date_of_birth: '2016-05-01',
      sex: 'F',
      registered_on: '2026-01-05',
      locality_id: 'north',
    })
    .execute()
  await owner
    .insertInto('contact')
    .values({
      id: MOTHER,
      name: 'Paula Marsh',
      email: 'paula@family.invalid',
      account_id: STORY_PEOPLE.parent.id,
    })
    .execute()
  await owner
    .insertInto('child_contact')
    .values({
      child_id: CHILD,
      contact_id: MOTHER,
      relationship: 'mother',
      parental_responsibility: true,
      from_on: '2016-05-01',
    })
    .execute()
})
afterAll(() => pages.close())
beforeEach(async () => {
  await pages.record.owner.deleteFrom('message').execute()
  await pages.record.owner.deleteFrom('message_batch').execute()
})

const queue = async (event = 'e'): Promise<string> => {
  const queued = await asViewer(
    pages.record.db,
    { accountId: STORY_PEOPLE.coordinator.id, today: TODAY },
    (trx) =>
      queueMessage(
        trx,
        {
          event,
          template: 'draft-sent',
          childId: CHILD,
          to: { contactId: MOTHER },
          values: { replyBy: '2027-02-15' },
          linkPath: '/family',
        },
        NOON,
      ),
  )
  if (!queued.ok) throw new Error(queued.reason)
  return queued.id
}
const set = (id: string, values: Record<string, unknown>) =>
  pages.record.owner.updateTable('message').set(values).where('id', '=', id).execute()
const stateOf = async (id: string) =>
  (
    await pages.record.owner
      .selectFrom('message')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).state

describe('messages out', () => {
  test('staff of the child see who received what, in whose words, and it is logged', async () => {
    const id = await queue()
    const staff = await pages.signIn('coordinator')
    const list = await staff.get('/staff/outbox')
    expect(list.text).toContain('Draft plan sent')
    expect(list.text).toContain('Zebedee Quillfeather')
    const page = await staff.get(`/staff/outbox/${id}`)
    for (const words of [
      'Paula Marsh',
      'paula@family.invalid',
      'by 15 February 2027',
      'The law gives you at least 15 days',
      '[the link to sign in]',
    ])
      expect(page.text).toContain(words)
    const log = await pages.record.owner
      .selectFrom('access_log')
      .select(['what', 'child_ids'])
      .where('what', '=', 'a message sent out')
      .execute()
    expect(log.at(-1)!.child_ids).toContain(CHILD)
  })

  test('nobody else: not a family, a school, a professional or the board, and no list of words for an administrator of a live authority', async () => {
    const id = await queue()
    for (const part of ['parent', 'senco', 'psychologist', 'board'] as const)
      for (const url of ['/staff/outbox', `/staff/outbox/${id}`])
        expect((await (await pages.signIn(part)).get(url)).status, `${part} ${url}`).toBe(403)
    const admin = await pages.signIn('administrator')
    expect((await admin.get(`/staff/outbox/${id}`)).status).toBe(403)
    await sendSignInMessage(pages.record.db, {
      event: 's',
      channel: 'email',
      address: 'x@family.invalid',
      code: '424242',
      minutes: 15,
      authorityName: 'Story County',
    })
    expect((await admin.get('/staff/outbox')).text).toContain('424242') // training: the words are there to be read
    const { owner } = pages.record
    await owner.updateTable('authority').set({ mode: 'live', training_today: null }).execute()
    const text = (await admin.get('/staff/outbox')).text
    await owner.updateTable('authority').set({ mode: 'training', training_today: TODAY }).execute()
    expect(text).toContain('Sign-in link or code')
    expect(text).not.toMatch(/424242|paula|x@family|15 February/)
  })

  test('one that has not gone can be stopped, and then it is too late', async () => {
    const id = await queue()
    const staff = await pages.signIn('manager')
    const page = await staff.get(`/staff/outbox/${id}`)
    expect((await staff.send(page, 'Stop this message')).location).toBe(`/staff/outbox/${id}`)
    expect(await stateOf(id)).toBe('cancelled')
    const gone = await queue('gone')
    const before = await staff.get(`/staff/outbox/${gone}`)
    await set(gone, { state: 'sent' })
    await staff.send(before, 'Stop this message')
    expect(await stateOf(gone)).toBe('sent')
  })

  test('one that may have gone is settled by a person, one way or the other', async () => {
    const staff = await pages.signIn('coordinator')
    const [went, stayed] = [await queue('went'), await queue('stayed')]
    for (const id of [went, stayed]) await set(id, { state: 'held', held_for: 'check' })
    const page = await staff.get(`/staff/outbox/${went}`)
    expect(page.text).toContain('may or may not have gone')
    await staff.send(page.fill({ '#didGo': 'yes' }), 'It went')
    expect(await stateOf(went)).toBe('sent')
    const other = await staff.get(`/staff/outbox/${stayed}`)
    await staff.send(other.fill({ '#didGo': 'no' }), 'It did not go: send it')
    expect(await stateOf(stayed)).toBe('queued')
  })

  test('a sending to many: its maker cannot approve it, a second person can, and anybody can call it back', async () => {
    const made = await asViewer(
      pages.record.db,
      { accountId: STORY_PEOPLE.manager.id, today: TODAY },
      async (trx) => {
        const messages = Array.from({ length: 10 }, (_, n) => ({
          event: `many-${n}`,
          template: 'draft-sent' as const,
          childId: CHILD,
          to: { contactId: MOTHER },
          values: { replyBy: '2027-02-15' },
          linkPath: '/family',
        }))
        return queueBatch(trx, { key: 'many', what: 'A new form for all' }, messages, NOON)
      },
    )
    expect(made).toMatchObject({ ok: true, needsSecondPerson: true })
    const maker = await pages.signIn('manager')
    const own = await maker.get('/staff/outbox')
    expect(own.text).toContain('You made this sending, so somebody else must approve it.')
    expect(own.text).not.toContain('Approve this sending')
    const second = await pages.signIn('localityHead')
    const page = await second.get('/staff/outbox')
    expect((await maker.send(page, 'Approve this sending')).status).toBe(403) // not their form, nor theirs to approve
    expect((await second.send(page, 'Approve this sending')).location).toBe('/staff/outbox')
    expect((await second.get('/staff/outbox')).text).toContain('when it goes')
    const colleague = await pages.signIn('otherCoordinator')
    await colleague.send(await colleague.get('/staff/outbox'), 'Call it back')
    const states = await pages.record.owner.selectFrom('message').select('state').distinct().execute()
    expect(states).toEqual([{ state: 'cancelled' }])
  })

  test('the link in a message leads its reader on, counts as read, and leads nobody else anywhere', async () => {
    const id = await queue()
    await set(id, { state: 'sent' })
    for (const part of ['coordinator', 'senco', 'psychologist', 'board'] as const)
      expect((await (await pages.signIn(part)).get(`/m/${id}`)).status, part).toBe(404)
    expect(await stateOf(id)).toBe('sent')
    const anonymous = await pages.app.inject({ method: 'GET', url: `/m/${id}` })
    expect(anonymous.headers['location']).toBe(`/sign-in?next=${encodeURIComponent(`/m/${id}`)}`)
    const parent = await pages.signIn('parent')
    expect((await parent.get(`/m/${id}`)).location).toBe('/family')
    expect(await stateOf(id)).toBe('read')
    expect((await parent.get(`/m/${id}`)).location).toBe('/family')
    for (const other of ['00000000-0000-4000-8000-000000000999', 'x'])
      expect((await parent.get(`/m/${other}`)).status).toBe(404)
  })
})
