import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FreshRecord, freshRecord } from '../../db/testing/fresh-record.ts'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer, type Trx } from '../../db/viewer.ts'
import { queueBatch } from './batch.ts'
import { type MessageToQueue, type Queued, queueMessage } from './queue-message.ts'
import { aMessage, CANARIES, FAMILY, MOTHERS_EMAIL, makeFamily } from './testing/a-family.ts'
import { previewMessage } from './who-receives-what.tsx'

const TODAY = '2026-11-23'
const NOON = Temporal.Instant.from('2026-11-23T12:00:00Z')
let record: FreshRecord

beforeAll(async () => {
  record = await freshRecord()
  await makeFamily(record.owner, TODAY)
})
afterAll(() => record.close())
beforeEach(async () => {
  await record.owner.deleteFrom('message').execute()
  await record.owner.deleteFrom('message_batch').execute()
  await record.owner.deleteFrom('message_preference').execute()
})

type Who = keyof typeof STORY_PEOPLE
const as = <T>(who: Who, work: (trx: Trx) => Promise<T>): Promise<T> =>
  asViewer(record.db, { accountId: STORY_PEOPLE[who].id, today: TODAY }, work)
const queue = (message: MessageToQueue<'date-set'>, now = NOON): Promise<Queued> =>
  as('coordinator', (trx) => queueMessage(trx, message, now))
const outbox = () => record.owner.selectFrom('message').selectAll().orderBy('queued_at').execute()

describe('a message in the outbox', () => {
  test('is kept with what it tells of, or not at all', async () => {
    await expect(
      as('coordinator', async (trx) => {
        expect(await queueMessage(trx, aMessage(), NOON)).toMatchObject({ ok: true })
        throw new Error('the command fails')
      }),
    ).rejects.toThrow('the command fails')
    expect(await outbox()).toEqual([])
    expect(await queue(aMessage())).toMatchObject({ ok: true, state: 'queued', again: false })
    const [kept] = await outbox()
    expect(kept).toMatchObject({
      channel: 'email',
      address: MOTHERS_EMAIL,
      subject: 'A date has been set',
      queued_by: STORY_PEOPLE.coordinator.id,
      state: 'queued',
    })
    expect(kept!.body).toContain('A date has been set for a meeting about the draft plan: 10 February 2027.')
    for (const name of CANARIES) expect(kept!.subject + kept!.body).not.toContain(name)
  })

  test('told twice, even at once, is told once', async () => {
    const answers = [await queue(aMessage()), ...(await Promise.all([1, 2, 3].map(() => queue(aMessage()))))]
    expect(new Set(answers.map((answer) => answer.ok && answer.id)).size).toBe(1)
    expect(answers.map((answer) => answer.ok && answer.again)).toEqual([false, true, true, true])
    expect(await outbox()).toHaveLength(1)
    await queue(aMessage({ event: 'event-2' }))
    await queue(aMessage({ to: { contactId: FAMILY.byPost } }))
    expect(await outbox()).toHaveLength(3)
  })

  test('goes the way its reader wants, else the way there is', async () => {
    await record.owner
      .insertInto('message_preference')
      .values({ account_id: STORY_PEOPLE.parent.id, channel: 'text', updated_by: STORY_PEOPLE.parent.id })
      .execute()
    await queue(aMessage())
    await queue(aMessage({ to: { contactId: FAMILY.father } }))
    await queue(aMessage({ to: { contactId: FAMILY.byPost } }))
    await queue(aMessage({ event: 'by-law-in-writing', channel: 'letter' }))
    expect(
      (await outbox()).map(({ channel, address }) => `${channel}: ${address.split('\n').join(', ')}`),
    ).toEqual([
      'text: 07700900123',
      'text: 07700900456',
      'letter: Petra Post, 1 Harbour Lane, Storyport, DT1 1AA',
      'letter: Paula Marsh, 1 Harbour Lane, Storyport, DT1 1AA',
    ])
    expect(
      await queue(aMessage({ to: { contactId: FAMILY.father }, event: 'x', channel: 'letter' })),
    ).toEqual({
      ok: false,
      reason: 'no-address',
    })
  })

  test('waits out the night: a family’s by custom, anybody’s by their own choice, a letter never', async () => {
    const night = Temporal.Instant.from('2026-10-24T20:30:00Z') // half past nine in summer time, the night the clocks go back
    expect(await queue(aMessage(), night)).toMatchObject({ state: 'held' })
    expect(await queue(aMessage({ to: { contactId: FAMILY.byPost } }), night)).toMatchObject({
      state: 'queued',
    })
    expect(await queue(aMessage({ to: { accountId: STORY_PEOPLE.coordinator.id } }), night)).toMatchObject({
      state: 'queued',
    })
    const [held] = await outbox()
    expect(held).toMatchObject({ held_for: 'quiet-hours' })
    expect(new Date(held!.send_after).toISOString()).toBe('2026-10-25T07:00:00.000Z')
  })
})

describe('who may not be written to', () => {
  test.each([
    ['barred by a court order', { to: { contactId: FAMILY.barred } }, 'restricted'],
    ['no longer tied to the child', { to: { contactId: FAMILY.former } }, 'no-relationship'],
    ['on the record with no responsibility', { to: { contactId: FAMILY.grandmother } }, 'no-relationship'],
    ['another family’s parent', { to: { contactId: FAMILY.stranger } }, 'no-relationship'],
    ['a number that is nobody', { to: { contactId: FAMILY.process } }, 'no-relationship'],
    ['a psychologist nobody asked', { to: { accountId: STORY_PEOPLE.psychologist.id } }, 'no-relationship'],
    ['a SENCO of another school', { to: { accountId: STORY_PEOPLE.senco.id } }, 'no-relationship'],
    ['a family about no child', { childId: null }, 'no-relationship'],
  ] as const)('%s', async (_who, changes, reason) => {
    expect(await queue(aMessage(changes))).toEqual({ ok: false, reason })
    expect(await outbox()).toEqual([])
  })

  test('a bar on a person closes their account and their other rows too', async () => {
    await record.owner
      .insertInto('child_contact')
      .values({
        child_id: FAMILY.sibling,
        contact_id: FAMILY.grandmother,
        relationship: 'grandparent',
        parental_responsibility: false,
        restricted: true,
        restriction_note: 'risk',
        from_on: '2020-01-01',
      })
      .execute()
    await record.owner
      .updateTable('contact')
      .set({ account_id: STORY_PEOPLE.parent.id })
      .where('id', '=', FAMILY.grandmother)
      .execute()
    expect(await queue(aMessage({ childId: FAMILY.sibling }))).toEqual({ ok: false, reason: 'restricted' })
    expect(
      await queue(aMessage({ childId: FAMILY.sibling, to: { accountId: STORY_PEOPLE.parent.id } })),
    ).toEqual({
      ok: false,
      reason: 'restricted',
    })
    await record.owner
      .deleteFrom('child_contact')
      .where('contact_id', '=', FAMILY.grandmother)
      .where('child_id', '=', FAMILY.sibling)
      .execute()
    await record.owner
      .updateTable('contact')
      .set({ account_id: null })
      .where('id', '=', FAMILY.grandmother)
      .execute()
  })

  test('a sender who does not reach the child', async () => {
    for (const who of ['parent', 'senco', 'psychologist'] as const)
      expect(
        await as(who, (trx) =>
          queueMessage(
            trx,
            aMessage({ childId: FAMILY.strangersChild, to: { contactId: FAMILY.stranger } }),
            NOON,
          ),
        ),
        who,
      ).toEqual({ ok: false, reason: 'not-yours' })
    await expect(as('board', (trx) => queueMessage(trx, aMessage(), NOON))).resolves.toEqual({
      ok: false,
      reason: 'not-yours',
    })
  })

  test('nothing in the application writes in the outbox past the guards', async () => {
    for (const statement of [
      "insert into message (event, template, channel, recipient, recipient_name, address, subject, body, state) values ('x', 'date-set', 'email', 'x', '', 'x@x.invalid', '', 'Zebedee', 'queued')",
      "update message set address = 'x@x.invalid'",
      'delete from message',
      'update message_batch set approved_by = null',
    ])
      await expect(
        as('manager', (trx) => sql.raw(statement).execute(trx)),
        statement,
      ).rejects.toThrow('permission denied')
  })
})

describe('what may not be said', () => {
  const saying = (what: string, changes: Partial<MessageToQueue<'date-set'>> = {}): Promise<Queued> =>
    queue(aMessage({ event: `says ${what}`, values: { what, on: '2027-02-10' }, ...changes }))
  test.each([
    'a meeting about Zebedee',
    'a meeting about ZEBEDEE',
    'a meeting (Zeb’s)',
    'the Quillfeather family',
    'Octavia’s visit',
    'a visit with Peregrine',
    'Underbough, P',
    'a talk with Mary Jane',
    'a talk with Mary‑Jane',
  ])('%s', async (what) => {
    expect(await saying(what)).toEqual({ ok: false, reason: 'names-a-child' })
    expect(await outbox()).toEqual([])
  })

  test('a name in the council’s own wording is caught as well', async () => {
    await record.owner
      .insertInto('message_wording')
      .values({
        template: 'date-set',
        channel: 'email',
        subject: 'For Zebedee',
        body: '((what)) ((on))',
        valid_from: TODAY,
        set_by: STORY_PEOPLE.administrator.id,
        why: 'a mistake',
      })
      .execute()
    expect(await queue(aMessage())).toEqual({ ok: false, reason: 'names-a-child' })
    await record.owner.deleteFrom('message_wording').execute()
  })

  test('a child called May, Will or Story stops no message that only says when and who', async () => {
    await record.owner
      .updateTable('child')
      .set({ given_name: 'May', known_as: 'Will', family_name: 'Story' })
      .where('id', '=', FAMILY.child)
      .execute()
    expect(await queue(aMessage({ values: { what: 'a visit', on: '2027-05-04' } }))).toMatchObject({
      ok: true,
    })
    expect(await saying('a visit to May')).toEqual({ ok: false, reason: 'names-a-child' })
    await record.owner
      .updateTable('child')
      .set({ given_name: 'Zebedee', known_as: 'Zeb', family_name: 'Quillfeather' })
      .where('id', '=', FAMILY.child)
      .execute()
  })

  test('a Thea known as “The” stops no message to anybody, least of all to her own family', async () => {
    for (const child of [FAMILY.child, FAMILY.strangersChild]) {
      const before = await record.owner
        .selectFrom('child')
        .select('known_as')
        .where('id', '=', child)
        .executeTakeFirstOrThrow()
      await record.owner.updateTable('child').set({ known_as: 'The' }).where('id', '=', child).execute()
      expect(await saying('your answer to the draft plan')).toMatchObject({ ok: true })
      if (child === FAMILY.child)
        expect(await saying('a visit with The')).toEqual({ ok: false, reason: 'names-a-child' })
      await record.owner.updateTable('child').set(before).where('id', '=', child).execute()
      await record.owner.deleteFrom('message').execute()
    }
  })

  test('a colleague or a school that shares a child’s name may be named in full', async () => {
    await record.owner
      .updateTable('child')
      .set({ given_name: 'Cora', known_as: 'Larkfield' })
      .where('id', '=', FAMILY.child)
      .execute()
    expect(await saying('a visit by Cora Coombes to Larkfield Primary School')).toMatchObject({ ok: true })
    expect(await saying('a visit by Cora')).toEqual({ ok: false, reason: 'names-a-child' })
    await record.owner
      .updateTable('child')
      .set({ given_name: 'Zebedee', known_as: 'Zeb' })
      .where('id', '=', FAMILY.child)
      .execute()
  })

  test('names beyond the Latin letters', async () => {
    for (const name of ['ليلى', 'Zoë', '🦄']) {
      await record.owner.updateTable('child').set({ known_as: name }).where('id', '=', FAMILY.child).execute()
      expect(await saying(`a meeting about ${name} today`), name).toEqual({
        ok: false,
        reason: 'names-a-child',
      })
    }
    await record.owner.updateTable('child').set({ known_as: 'Zeb' }).where('id', '=', FAMILY.child).execute()
  })
})

describe('the eight cases other councils had, as far as messages can meet them', () => {
  test('1. an answer to a question with children’s names in it: no message holds a name', async () => {
    expect(
      await queue(aMessage({ values: { what: 'Zebedee, Octavia, Peregrine', on: '2027-02-10' } })),
    ).toEqual({ ok: false, reason: 'names-a-child' })
  })
  test('2. a staff list sent to a parent: there is nothing to attach it to', async () => {
    for (const extra of [{ attachments: [{ filename: 'list.xlsx' }] }, { documents: ['x'] }])
      expect(await queue({ ...aMessage(), ...extra } as MessageToQueue<'date-set'>)).toEqual({
        ok: false,
        reason: 'has-attachment',
      })
  })
  test('3. another child’s plan to a family: a message about one child cannot lead to another', async () => {
    for (const linkPath of [
      `/staff/cases/${FAMILY.strangersProcess}`,
      `/family/${FAMILY.strangersChild}`,
      '/family/C-703/draft',
    ])
      expect(await queue(aMessage({ linkPath })), linkPath).toEqual({ ok: false, reason: 'mixes-children' })
    expect(await queue(aMessage({ processId: FAMILY.strangersProcess }))).toEqual({
      ok: false,
      reason: 'mixes-children',
    })
    expect(
      await queue(
        aMessage({ linkPath: `/family/${FAMILY.child}/${FAMILY.process}`, processId: FAMILY.process }),
      ),
    ).toMatchObject({ ok: true })
  })
  test('4. a plan attached to another family’s email: the sender sees child, person, way and address first', async () => {
    const preview = await as('coordinator', (trx) => previewMessage(trx, aMessage()))
    expect(preview).toMatchObject({
      child: 'Zebedee Quillfeather (C-701)',
      recipient: 'Paula Marsh',
      relationship: 'parent',
      channel: 'email',
      address: MOTHERS_EMAIL,
      refused: undefined,
    })
    const wrong = await as('coordinator', (trx) =>
      previewMessage(trx, aMessage({ to: { contactId: FAMILY.stranger } })),
    )
    expect(wrong).toMatchObject({ refused: 'no-relationship', address: '', body: '' })
    expect(await outbox()).toEqual([])
  })
  test('5. many families written to at once: one each, a second person from ten, ten minutes to call back', async () => {
    const many = await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        const { id } = await record.owner
          .insertInto('contact')
          .values({ name: `Parent ${n}`, email: `many${n}@family.invalid`, prefers: 'email' })
          .returning('id')
          .executeTakeFirstOrThrow()
        await record.owner
          .insertInto('child_contact')
          .values({
            child_id: FAMILY.child,
            contact_id: id,
            relationship: 'parent',
            parental_responsibility: true,
            from_on: '2016-05-01',
          })
          .execute()
        return id
      }),
    )
    const send = (who: Who, key: string, contacts: readonly string[]) =>
      as(who, (trx) =>
        queueBatch(
          trx,
          { key, what: 'A meeting for all' },
          contacts.map((contactId) => aMessage({ event: key, to: { contactId } })),
          NOON,
        ),
      )
    const nine = await send('coordinator', 'nine', many.slice(0, 9))
    expect(nine).toMatchObject({ ok: true, recipients: 9, needsSecondPerson: false })
    const ten = await send('manager', 'ten', many)
    expect(ten).toMatchObject({ ok: true, recipients: 10, needsSecondPerson: true })
    const batch = (ten as { id: string }).id
    const states = async () => [
      ...new Set((await outbox()).filter((m) => m.batch_id === batch).map((m) => `${m.state} ${m.held_for}`)),
    ]
    expect(await states()).toEqual(['held approval'])
    for (const message of await outbox()) expect(message.address).not.toMatch(/[,;]/)
    const approve = async (who: Who) =>
      (
        await as(who, (trx) =>
          sql<{ n: number | null }>`select approve_message_batch(${batch}::uuid) as n`.execute(trx),
        )
      ).rows[0]!.n
    expect(await approve('manager')).toBeNull() // not the one who made it
    expect(await approve('coordinator')).toBeNull() // nor one who may not
    expect(await approve('parent')).toBeNull()
    expect(await states()).toEqual(['held approval'])
    expect(await approve('localityHead')).toBe(10)
    expect(await states()).toEqual(['held recall'])
    const waits = (await outbox())
      .filter((m) => m.batch_id === batch)
      .map((m) => new Date(m.send_after).getTime() - Date.now())
    for (const wait of waits) expect(wait).toBeGreaterThan(9 * 60_000)
    const recalled = await as('otherCoordinator', (trx) =>
      sql<{ n: number }>`select recall_message_batch(${batch}::uuid, 'wrong date') as n`.execute(trx),
    )
    expect(recalled.rows[0]!.n).toBe(10)
    expect(await states()).toEqual(['cancelled null'])
    const mixed = await as('manager', async (trx) =>
      queueBatch(
        trx,
        { key: 'mixed', what: 'x' },
        [aMessage({ event: 'm' }), aMessage({ event: 'm', to: { contactId: FAMILY.barred } })],
        NOON,
      ),
    )
    expect(mixed).toEqual({
      ok: false,
      refused: [{ to: { contactId: FAMILY.barred }, reason: 'restricted' }],
    })
  })
  test('6. a history of abuse sent to those it was about: somebody barred gets nothing, and no word of an address', async () => {
    expect(await queue(aMessage({ to: { contactId: FAMILY.barred } }))).toEqual({
      ok: false,
      reason: 'restricted',
    })
    const preview = await as('coordinator', (trx) =>
      previewMessage(trx, aMessage({ to: { contactId: FAMILY.barred } })),
    )
    expect(JSON.stringify(preview)).not.toMatch(/Harbour|paula|@/)
    await queue(aMessage())
    for (const who of ['parent', 'senco', 'psychologist', 'board'] as const) {
      const { rows } = await as(who, (trx) =>
        sql<{
          a: string | null
        }>`select message_preview_address(${FAMILY.child}::uuid, ${FAMILY.mother}::uuid, null, 'letter') as a`.execute(
          trx,
        ),
      )
      expect(rows[0]!.a, who).toBeNull()
    }
  })
  test('7. words about child X in family A’s papers: another child’s name is looked for too', async () => {
    expect(
      await queue(aMessage({ values: { what: 'a meeting as agreed with Underbough', on: '2027-02-10' } })),
    ).toEqual({ ok: false, reason: 'names-a-child' })
  })
  test('8. an address printed by default: no message shows the address of anybody but a letter’s own reader', async () => {
    await queue(aMessage())
    await queue(aMessage({ event: 'post', to: { contactId: FAMILY.byPost } }))
    for (const { body, subject } of await outbox()) expect(`${subject} ${body}`).not.toMatch(/Harbour|DT1|@/)
  })
})
