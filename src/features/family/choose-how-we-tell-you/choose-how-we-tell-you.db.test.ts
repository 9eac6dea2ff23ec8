import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { queueMessage } from '../../../platform/messages/index.ts'
import { openPages, type Pages, type Visitor } from '../../children/try-pages/index.ts'
import { HOW_WE_TELL_YOU, routes } from './index.ts'

const TODAY = '2026-11-23'
const CHILD = '00000000-0000-4000-8000-000000000801'
const MOTHER = '00000000-0000-4000-8000-000000000802'
const UNCLE = '00000000-0000-4000-8000-000000000803'
let pages: Pages
let parent: Visitor

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
    .values([
      {
        id: MOTHER,
        name: 'Paula Marsh',
        email: 'paula@family.invalid',
        phone: '07700 900123',
        account_id: STORY_PEOPLE.parent.id,
      },
      { id: UNCLE, name: 'Uncle Nobody' },
    ])
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
  parent = await pages.signIn('parent')
})
afterAll(() => pages.close())

const kept = () =>
  pages.record.owner.selectFrom('message_preference').selectAll().orderBy('updated_at').execute()

describe('how we tell you', () => {
  test('a parent chooses, and messages follow', async () => {
    const page = await parent.get(HOW_WE_TELL_YOU)
    expect(page.status).toBe(200)
    expect(page.text).toContain('07700 900123')
    expect(page.text).not.toContain('Zebedee')
    const saved = await parent.send(
      page.fill({
        'How should we tell you?': 'Text message',
        From: '8.30pm',
        Until: '9',
        'Which language is best for you?': 'Polish',
        'Is an interpreter needed? If so, for which language?': 'Polish',
        'Large print': 'yes',
      }),
      'Save',
    )
    expect(saved.location).toBe(HOW_WE_TELL_YOU)
    expect(await kept()).toMatchObject([
      {
        account_id: STORY_PEOPLE.parent.id,
        channel: 'text',
        quiet_from: '20:30',
        quiet_to: '09:00',
        language: 'Polish',
        interpreter: 'Polish',
        formats: ['large-print'],
      },
    ])
    const again = await parent.get(HOW_WE_TELL_YOU)
    expect(again.value('channel')).toBe('text')
    expect(again.value('language')).toBe('Polish')
    const told = await asViewer(
      pages.record.db,
      { accountId: STORY_PEOPLE.coordinator.id, today: TODAY },
      (trx) =>
        queueMessage(
          trx,
          {
            event: 'e',
            template: 'request-received',
            childId: CHILD,
            to: { contactId: MOTHER },
            values: { decideBy: '2027-01-04' },
            linkPath: '/family',
          },
          Temporal.Instant.from('2026-11-23T20:45:00Z'),
        ),
    )
    expect(told).toMatchObject({ ok: true, state: 'held' })
    const message = await pages.record.owner.selectFrom('message').selectAll().executeTakeFirstOrThrow()
    expect(message).toMatchObject({ channel: 'text', address: '07700900123' })
    expect(new Date(message.send_after).toISOString()).toBe('2026-11-24T09:00:00.000Z')
  })

  test('what cannot be read is said, and nothing is lost', async () => {
    const page = (await parent.get(HOW_WE_TELL_YOU)).fill({
      From: 'late',
      Until: '',
      'Which language is best for you?': '',
    })
    const answer = await parent.send(page, 'Save')
    expect(answer.status).toBe(422)
    expect(answer.errors).toEqual([
      'quietFrom: Enter when quiet hours begin as a time, like 9pm or 21:00',
      'language: Enter the language we should use',
    ])
    expect(answer.value('quietFrom')).toBe('late')
    const half = await parent.send(
      (await parent.get(HOW_WE_TELL_YOU)).fill({ From: '9pm', '#quietTo': '' }),
      'Save',
    )
    expect(half.errors).toEqual(['quietTo: Enter both times, or leave both empty'])
  })

  test('staff write it down for somebody, and the record says that staff did', async () => {
    const staff = await pages.signIn('coordinator')
    const url = `/staff/contacts/${MOTHER}/how-we-tell-them`
    const page = await staff.get(url)
    expect(page.value('channel')).toBe('text')
    expect((await staff.send(page.fill({ 'How should we tell them?': 'Email' }), 'Save')).location).toBe(url)
    expect(
      (await kept()).map(({ contact_id, channel, updated_by }) => [contact_id, channel, updated_by]),
    ).toContainEqual([MOTHER, 'email', STORY_PEOPLE.coordinator.id])
    expect((await staff.get(url)).value('channel')).toBe('email')
    const log = await pages.record.owner
      .selectFrom('access_log')
      .select(['what', 'outcome'])
      .where('outcome', '=', 'changed')
      .execute()
    expect(log).toContainEqual({ what: 'choose-how-we-tell-you', outcome: 'changed' })
  })

  test('nobody else’s: another family, a contact on no record, a number that is none', async () => {
    const staff = await pages.signIn('coordinator')
    for (const id of [UNCLE, CHILD, 'x'])
      expect((await staff.get(`/staff/contacts/${id}/how-we-tell-them`)).status, id).toBe(404)
    for (const part of ['parent', 'senco', 'psychologist', 'board', 'administrator'] as const)
      expect(
        (await (await pages.signIn(part)).get(`/staff/contacts/${MOTHER}/how-we-tell-them`)).status,
        part,
      ).toBe(403)
    for (const who of [STORY_PEOPLE.senco, STORY_PEOPLE.psychologist])
      await expect(
        asViewer(pages.record.db, { accountId: who.id, today: TODAY }, (trx) =>
          trx
            .insertInto('message_preference')
            .values({ contact_id: UNCLE, channel: 'text', updated_by: who.id })
            .execute(),
        ),
      ).rejects.toThrow('row-level security')
  })
})
