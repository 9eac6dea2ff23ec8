import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshRecord, freshRecord } from '../testing/fresh-record.ts'
import { asOwner, asViewer } from '../viewer.ts'
import { sealAccessLog, verifySeals } from './index.ts'

let record: FreshRecord
beforeAll(async () => {
  record = await freshRecord()
})
afterAll(() => record.close())

const account = '00000000-0000-4000-8000-000000000001'
const insert = `insert into access_log (account_id, what, relationship) values ('${account}', 'looked', 'manager')`
const check = () => asOwner(record.owner, (trx) => verifySeals(trx))

test('a line of a transaction still open is sealed later, and never lost behind the seal', async () => {
  const slow = new pg.Client({ connectionString: record.urls!.owner })
  await slow.connect()
  await slow.query('begin')
  await slow.query(insert) // takes the lowest number and keeps it to itself
  await sql.raw(insert).execute(record.owner)
  expect(await sealAccessLog(record.owner)).toBe(1)
  await slow.query('commit')
  await slow.end()
  expect(await check()).toMatchObject({ sealedRows: 1, openRows: 1, break: null })
  expect(await sealAccessLog(record.owner)).toBe(1)
  expect(await check()).toMatchObject({ seals: 2, sealedRows: 2, openRows: 0, break: null })
})

test('four servers sealing at once while ten people work: each line has one seal', {
  timeout: 60_000,
}, async () => {
  const viewer = { accountId: account, today: '2026-07-06' }
  let [working, refused] = [true, 0]
  const people = Array.from({ length: 10 }, async (_, person) => {
    for (let line = 0; line < 100; line++) {
      await asViewer(record.db, viewer, async (trx) => {
        await sql.raw(insert).execute(trx)
        if ((line + person) % 7 === 0) throw new Error('changed my mind')
      }).catch(() => refused++)
    }
  })
  const sealers = Array.from({ length: 4 }, async () => {
    while (working) await sealAccessLog(record.owner)
  })
  await Promise.all(people)
  working = false
  await Promise.all(sealers)
  await sealAccessLog(record.owner)
  const { rows } = await sql<{ lines: number; covers: number }>`
    select (select count(*) from access_log) as lines, (select count(*) from access_log l join access_seal s on s.ids @> l.id) as covers`.execute(
    record.owner,
  )
  process.stderr.write(
    `sealing: ${rows[0]!.lines} lines, ${refused} rolled back, ${(await check()).seals} seals\n`,
  )
  expect(rows[0]!.covers).toBe(rows[0]!.lines)
  expect(rows[0]!.lines).toBe(2 + 1_000 - refused)
  expect(await check()).toMatchObject({ sealedRows: rows[0]!.lines, openRows: 0, break: null })
})

test('the application cannot write a seal', async () => {
  await expect(
    sql`insert into access_seal (seq, rows, previous_hash, hash, ids) values (99, 1, '', '', '{[1,2)}')`.execute(
      record.db,
    ),
  ).rejects.toThrow('permission denied')
  await expect(sealAccessLog(record.db)).rejects.toThrow('permission denied')
})
