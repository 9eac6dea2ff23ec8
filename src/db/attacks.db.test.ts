import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FAMILY, makeFamily } from '../platform/messages/testing/a-family.ts'
import { relationshipsTo } from '../platform/relationships.ts'
import { type FreshRecord, freshRecord } from './testing/fresh-record.ts'
import { STORY_PEOPLE } from './testing/story-authority.ts'
import { asRecordKeeper, asViewer, type Trx } from './viewer.ts'

/** Ways in that were found by trying, each shut; one test for each, of the second wall by itself. */

const TODAY = '2026-11-23'
let record: FreshRecord
beforeAll(async () => {
  record = await freshRecord()
  await makeFamily(record.owner, TODAY)
})
afterAll(() => record.close())

const as = <T>(accountId: string, work: (trx: Trx) => Promise<T>): Promise<T> =>
  asViewer(record.db, { accountId, today: TODAY }, work)
const owner = (statement: string) => sql.raw(statement).execute(record.owner)
const childrenOf = (accountId: string): Promise<readonly string[]> =>
  as(accountId, async (trx) => (await trx.selectFrom('child').select('id').execute()).map(({ id }) => id))

async function makeAccount(about: {
  readonly name: string
  readonly email: string
  readonly door: string
  readonly role: string
  readonly personId?: string
  readonly isShared?: boolean
}): Promise<string> {
  const { id } = await record.owner
    .insertInto('account')
    .values({
      name: about.name,
      email: about.email,
      door: about.door,
      role: about.role,
      remit: 'relationships',
      shared_mailbox: about.isShared ?? false,
      ...(about.personId ? { person_id: about.personId } : {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

describe('The record keeper’s sight', () => {
  test('ends when the work fails and somebody goes on with the transaction', async () => {
    const seen = await as(STORY_PEOPLE.parent.id, async (trx) => {
      await asRecordKeeper(trx, async () => {
        throw new Error('a fact the law cannot read')
      }).catch(() => undefined)
      return trx.selectFrom('child').select('id').execute()
    })
    expect(seen.map(({ id }) => id).toSorted()).toEqual([FAMILY.child, FAMILY.sibling].toSorted())
  })
  test('does not outlive two pieces of work at once, or one within another', async () => {
    const all = (trx: Trx) => asRecordKeeper(trx, () => trx.selectFrom('child').select('id').execute())
    const seen = await as(STORY_PEOPLE.parent.id, async (trx) => {
      const kept = await Promise.all([all(trx), all(trx), asRecordKeeper(trx, () => all(trx))])
      return { kept, after: await trx.selectFrom('child').select('id').execute() }
    })
    expect(seen.kept.map((rows) => rows.length)).toEqual([3, 3, 3])
    expect(seen.after).toHaveLength(2)
  })
  test('still tells why, when the database itself refused the work', async () => {
    await expect(
      as(STORY_PEOPLE.parent.id, (trx) => asRecordKeeper(trx, () => sql`select 1 / 0`.execute(trx))),
    ).rejects.toThrow(/division by zero/)
  })
})

describe('A bar on a person', () => {
  test('holds for every account of that person', async () => {
    const person = '00000000-0000-4000-8000-00000000a001'
    const [one, two] = [
      await makeAccount({
        name: 'Barry Barred',
        email: 'barry@family.invalid',
        door: 'family',
        role: 'parent',
        personId: person,
      }),
      await makeAccount({
        name: 'B Barred',
        email: 'barry2@family.invalid',
        door: 'family',
        role: 'parent',
        personId: person,
      }),
    ]
    await owner(`update contact set account_id = '${one}' where id = '${FAMILY.barred}'`)
    await owner(
      `insert into contact (id, name, account_id) values ('00000000-0000-4000-8000-00000000a002', 'B Barred', '${two}')`,
    )
    await owner(`insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on)
      values ('${FAMILY.child}', '00000000-0000-4000-8000-00000000a002', 'parent', true, '2020-01-01')`)
    expect(await childrenOf(one)).toEqual([])
    expect(await childrenOf(two)).toEqual([])
    expect(
      await as(two, (trx) => relationshipsTo(trx, { accountId: two, door: 'family' }, [FAMILY.child], TODAY)),
    ).toEqual(new Map())
    // Nor is their second account named among those who see the record, or opened anew under an address of theirs.
    const { rows: seers } = await as(STORY_PEOPLE.parent.id, (trx) =>
      sql<{ part: string; name: string | null }>`
        select part, name from who_can_see(${FAMILY.child}) where part like 'family-%'`.execute(trx),
    )
    expect(seers).toEqual([{ part: 'family-parent', name: 'You' }])
    const newLine = '00000000-0000-4000-8000-00000000a003'
    await owner(
      `insert into contact (id, name, email) values ('${newLine}', 'B Barred', 'Barry2@family.invalid')`,
    )
    await owner(`insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on)
      values ('${FAMILY.child}', '${newLine}', 'parent', true, '2020-01-01')`)
    const { rows: opened } = await as(STORY_PEOPLE.coordinator.id, (trx) =>
      sql<{ result: string }>`select open_family_account(${newLine}, ${FAMILY.child}) as result`.execute(trx),
    )
    expect(opened).toEqual([{ result: 'barred' }])
    await owner(`delete from child_contact where contact_id = '${newLine}'`)
  })
  test('holds for every account of theirs once the rights are the young person’s', async () => {
    // Barred as Barry, with responsibility as B: the young person is not offered B, and B is told nothing of them.
    const born = (day: string) =>
      owner(`update child set date_of_birth = '${day}' where id = '${FAMILY.child}'`)
    await born('2009-05-01')
    await owner(
      `update contact set account_id = '${STORY_PEOPLE.youngPerson.id}' where id = '${FAMILY.byPost}'`,
    )
    await owner(
      `update child_contact set relationship = 'self', parental_responsibility = false where contact_id = '${FAMILY.byPost}'`,
    )
    const { rows: offered } = await as(STORY_PEOPLE.youngPerson.id, (trx) =>
      sql<{ name: string }>`select name from people_i_can_let_in(${FAMILY.child})`.execute(trx),
    )
    expect(offered.map(({ name }) => name)).toContain('Paula Marsh')
    expect(offered.map(({ name }) => name)).not.toContain('B Barred')
    const second = await owner(
      `select account_id from contact where id = '00000000-0000-4000-8000-00000000a002'`,
    )
    const two = (second.rows[0] as { account_id: string }).account_id
    const { rows: told } = await as(two, (trx) => sql`select called from rights_now_theirs()`.execute(trx))
    expect(told).toEqual([])
    await owner(`update contact set account_id = null where id = '${FAMILY.byPost}'`)
    await owner(
      `update child_contact set relationship = 'parent', parental_responsibility = true where contact_id = '${FAMILY.byPost}'`,
    )
    await born('2016-05-01')
  })
})

describe('A contact on a record', () => {
  test('opens nothing at another door than the family’s', async () => {
    const account = await makeAccount({
      name: 'Sid Staff',
      email: 'sid@school.invalid',
      door: 'setting',
      role: 'senco',
    })
    await owner(`update contact set account_id = '${account}' where id = '${FAMILY.father}'`)
    expect(await childrenOf(account)).toEqual([])
    await owner(`update contact set account_id = null where id = '${FAMILY.father}'`)
  })
})

describe('What is asked of a recipient', () => {
  const asked = (who: string, child: string | null, contact: string | null, account: string | null) =>
    as(
      who,
      async (trx) =>
        (
          await sql<{
            name: string
            relationship: string | null
            refused: string | null
            channels: string[]
          }>`
          select name, relationship, refused, channels from message_recipient(${child}::uuid, ${contact}::uuid, ${account}::uuid)`.execute(
            trx,
          )
        ).rows,
    )
  test('tells nothing of the people round a child one does not reach', async () => {
    for (const [child, contact] of [
      [FAMILY.strangersChild, FAMILY.stranger],
      [null, FAMILY.stranger],
      [FAMILY.child, FAMILY.stranger],
    ] as const) {
      const rows = await asked(STORY_PEOPLE.parent.id, child, contact, null)
      expect(JSON.stringify(rows)).not.toContain('Underbough')
      expect(rows.flatMap(({ channels }) => channels)).toEqual([])
      expect(rows.filter(({ refused }) => refused === null)).toEqual([])
    }
  })
})

describe('A released file', () => {
  test('is shown to nobody new, and not taken away, by whoever sent it', async () => {
    const file = '00000000-0000-4000-8000-00000000a101'
    await owner(`insert into stored_file (id, sha256, size_bytes, name, type, state, uploaded_by, uploaded_on, child_id, about, released_on, released_by, released_to)
      values ('${file}', repeat('b', 64), 3, 'a.txt', 'text/plain', 'clean', '${STORY_PEOPLE.parent.id}', '${TODAY}', '${FAMILY.child}', 'views-parent', '${TODAY}', '${STORY_PEOPLE.coordinator.id}', array['professional'])`)
    const change = (set: string) =>
      as(STORY_PEOPLE.parent.id, (trx) =>
        sql.raw(`update stored_file set ${set} where id = '${file}'`).execute(trx),
      )
    await expect(change(`released_to = array['professional', 'setting']`)).rejects.toThrow(
      /released by staff/,
    )
    await expect(change(`released_on = null, released_by = null, released_to = '{}'`)).rejects.toThrow(
      /taken back by staff/,
    )
    await expect(change(`state = 'removed'`)).rejects.toThrow(/only before it is released/)
  })
})

describe('Work in the background', () => {
  test('is not begun by a family, a setting or a professional', async () => {
    const begin = (who: keyof typeof STORY_PEOPLE) =>
      as(STORY_PEOPLE[who].id, (trx) =>
        sql`insert into job_progress (kind, key, started_by) values ('due-soon', ${`by ${who}`}, ${STORY_PEOPLE[who].id})`.execute(
          trx,
        ),
      )
    for (const who of ['parent', 'senco', 'psychologist', 'board'] as const)
      await expect(begin(who)).rejects.toThrow(/row-level security/)
    await begin('manager')
  })
})

describe('A family that runs SQL of its own', () => {
  const paula = <T>(statement: string) =>
    as(STORY_PEOPLE.parent.id, async (trx) => (await sql.raw<T>(statement).execute(trx)).rows)

  test('adds no line to its child’s history that names another child’s process', async () => {
    const add = (process: string) =>
      paula(`insert into case_event (child_id, process_id, kind, happened_on, recorded_on, recorded_by, seq, previous_hash, hash)
        values ('${FAMILY.child}', '${process}', 'draft_meeting_requested', '${TODAY}', '${TODAY}', '${STORY_PEOPLE.parent.id}', 0, '', '')`)
    await expect(add(FAMILY.strangersProcess)).rejects.toThrow(/row-level security/)
    await add(FAMILY.process)
  })
  test('gives no views, comments or messages that name somebody else’s line or another child’s process', async () => {
    const me = STORY_PEOPLE.parent.id
    const view = (contact: string, process: string) =>
      paula(`insert into family_view (child_id, process_id, account_id, contact_id, whose, words)
        values ('${FAMILY.child}', '${process}', '${me}', '${contact}', 'child', 'x')`)
    const response = (contact: string, process: string) =>
      paula(`insert into draft_response (child_id, process_id, draft_event, account_id, contact_id)
        values ('${FAMILY.child}', '${process}', gen_random_uuid(), '${me}', '${contact}')`)
    const thread = (process: string) =>
      paula(`insert into family_thread (child_id, process_id, subject, opened_by, opened_on)
        values ('${FAMILY.child}', '${process}', 'x', '${me}', '${TODAY}')`)
    for (const add of [view, response]) {
      await expect(add(FAMILY.father, FAMILY.process)).rejects.toThrow(/row-level security/)
      await expect(add(FAMILY.mother, FAMILY.strangersProcess)).rejects.toThrow(/row-level security/)
      await add(FAMILY.mother, FAMILY.process)
    }
    await expect(thread(FAMILY.strangersProcess)).rejects.toThrow(/row-level security/)
    await thread(FAMILY.process)
    await owner('delete from family_view')
  })
  test('writes to nobody in the council’s name but to itself and to staff', async () => {
    const write = (to: Readonly<Record<string, string>>) =>
      paula<{ answer: { state?: string } }>(
        `select queue_message('${JSON.stringify({
          event: `false ${Object.values(to)[0]}`,
          template: 'date-set',
          child: FAMILY.child,
          channel: 'contact' in to && to['contact'] === FAMILY.father ? 'text' : 'email',
          subject: 'x',
          body: 'Pay 500 pounds to 12-34-56',
          filled: '',
          fixed: [],
          link_path: '/family',
          ...to,
        })}'::jsonb) as answer`,
      )
    await expect(write({ contact: FAMILY.father })).rejects.toThrow(/in the council's name/)
    expect((await write({ account: STORY_PEOPLE.coordinator.id }))[0]!.answer.state).toBe('queued')
    expect((await write({ contact: FAMILY.mother }))[0]!.answer.state).toBe('queued')
  })
  test('reads that the glass was broken, and not why', async () => {
    await owner(`update account set remit = 'relationships' where id = '${STORY_PEOPLE.otherCoordinator.id}'`)
    await as(STORY_PEOPLE.otherCoordinator.id, (trx) =>
      sql`select break_glass('C-701', 'the grandfather is a risk to her')`.execute(trx),
    )
    const looks = await paula<{ name: string; what: string }>(
      `select name, what from who_looked('${FAMILY.child}', null, 10)`,
    )
    expect(looks).toContainEqual({ name: 'Colin Dhillon', what: 'broke the glass' })
    expect(JSON.stringify(looks)).not.toContain('grandfather')
  })
})

describe('What a family sends with a message to the council', () => {
  test('is not given to those asked for advice, as its evidence is', async () => {
    await owner(`insert into advice_request (process_id, child_id, head, adviser, adviser_account, asked_on)
      values ('${FAMILY.process}', '${FAMILY.child}', 'psychological', 'Priya Elwood', '${STORY_PEOPLE.psychologist.id}', '${TODAY}')`)
    for (const about of ['message', 'views-parent'])
      await owner(`insert into stored_file (sha256, size_bytes, name, type, state, uploaded_by, uploaded_on, child_id, about)
        values (repeat('c', 64), 3, '${about}.txt', 'text/plain', 'clean', '${STORY_PEOPLE.parent.id}', '${TODAY}', '${FAMILY.child}', '${about}')`)
    const namesFor = (who: keyof typeof STORY_PEOPLE) =>
      as(STORY_PEOPLE[who].id, async (trx) =>
        (await trx.selectFrom('stored_file').select('name').where('name', 'like', '%.txt').execute()).map(
          ({ name }) => name,
        ),
      )
    // What goes with views is theirs alone until the views are sent, from staff as from advisers.
    await owner(`insert into family_view (child_id, account_id, whose, words)
      values ('${FAMILY.child}', '${STORY_PEOPLE.parent.id}', 'parent', 'not yet')`)
    for (const who of ['psychologist', 'coordinator'] as const)
      expect(await namesFor(who)).not.toContain('views-parent.txt')
    expect(await namesFor('parent')).toContain('views-parent.txt')
    await owner(`update family_view set state = 'sent', sent_on = '${TODAY}', sent_at = now()`)
    const names = await namesFor('psychologist')
    expect(names).toContain('views-parent.txt')
    expect(names).not.toContain('message.txt')
    expect(await namesFor('coordinator')).toContain('views-parent.txt')
    // A recording put with what they write next is theirs again.
    await owner(`insert into stored_file (sha256, size_bytes, name, type, state, uploaded_by, uploaded_on, uploaded_at, child_id, about)
      values (repeat('d', 64), 3, 'next.txt', 'text/plain', 'clean', '${STORY_PEOPLE.parent.id}', '${TODAY}', now() + interval '1 minute', '${FAMILY.child}', 'views-parent')`)
    expect(await namesFor('psychologist')).not.toContain('next.txt')
    expect(await namesFor('coordinator')).not.toContain('next.txt')
    await owner('delete from family_view')
  })
})

describe('A session', () => {
  test('goes on as one, however often a change of capacity is asked for at once', async () => {
    const person = '00000000-0000-4000-8000-00000000a201'
    const [one, two] = [
      await makeAccount({
        name: 'Sia Both',
        email: 'sia@school.invalid',
        door: 'setting',
        role: 'senco',
        personId: person,
      }),
      await makeAccount({
        name: 'Sia Both',
        email: 'sia@home.invalid',
        door: 'family',
        role: 'parent',
        personId: person,
      }),
    ]
    await owner(`select start_training_session('${one}', '\\xa1', 'c')`)
    const asked = await Promise.all(
      ['b1', 'b2', 'b3', 'b4'].map((token) =>
        as(
          '00000000-0000-0000-0000-000000000000',
          async (trx) =>
            (
              await sql
                .raw<{ done: boolean }>(
                  `select change_capacity('\\xa1', '${two}', '\\x${token}', 'c', '${TODAY}') as done`,
                )
                .execute(trx)
            ).rows[0]!.done,
        ),
      ),
    )
    expect(asked.filter(Boolean)).toHaveLength(1)
    const { rows } = await sql<{ living: number }>`
      select count(*)::int as living from session where account_id in (${one}, ${two}) and ended_at is null`.execute(
      record.owner,
    )
    expect(rows[0]!.living).toBe(1)
  })
})

describe('An administrator', () => {
  test('reaches no child, whatever remit is written for them, and sees who works where but no family', async () => {
    const { administrator } = STORY_PEOPLE
    await owner(`update account set remit = 'authority' where id = '${administrator.id}'`)
    expect(await childrenOf(administrator.id)).toEqual([])
    const doors = await as(administrator.id, async (trx) =>
      (await trx.selectFrom('account').select('door').distinct().orderBy('door').execute()).map(
        ({ door }) => door,
      ),
    )
    expect(doors).toEqual(['board', 'professional', 'setting', 'staff'])
  })
})
