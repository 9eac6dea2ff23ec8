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
