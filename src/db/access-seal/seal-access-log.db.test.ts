import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshRecord, freshRecord } from '../testing/fresh-record.ts'
import { asOwner } from '../viewer.ts'
import { sealAccessLog, verifySeals } from './index.ts'

let record: FreshRecord
beforeAll(async () => {
  record = await freshRecord()
})
afterAll(() => record.close())

const log = (count: number): Promise<unknown> =>
  sql`insert into access_log (account_id, what, relationship) select gen_random_uuid(), 'looked', 'manager' from generate_series(1, ${count}::int)`.execute(
    record.owner,
  )
const check = () => asOwner(record.owner, (trx) => verifySeals(trx))

test('an empty log needs no seal', async () => {
  expect(await sealAccessLog(record.owner)).toBe(0)
  expect(await check()).toMatchObject({ seals: 0, sealedRows: 0, openRows: 0, break: null })
})

test('each line is sealed once, in batches, and what is new waits for the next seal', async () => {
  await log(25_000)
  expect(await sealAccessLog(record.owner)).toBe(25_000)
  expect(await sealAccessLog(record.owner)).toBe(0)
  await log(3)
  expect(await check()).toMatchObject({ seals: 3, sealedRows: 25_000, openRows: 3, break: null })
  expect(await sealAccessLog(record.owner)).toBe(3)
  expect(await check()).toMatchObject({ seals: 4, sealedRows: 25_003, openRows: 0, break: null })
})

class Undo extends Error {}

/** What the check says after a change made with the guards off; the change is then undone. */
async function breakAfter(change: string): Promise<unknown> {
  let found: unknown = 'not looked'
  await asOwner(record.owner, async (trx) => {
    for (const table of ['access_seal', 'access_log'])
      await sql`alter table ${sql.table(table)} disable trigger append_only`.execute(trx)
    await sql.raw(change).execute(trx)
    found = (await verifySeals(trx)).break
    throw new Undo()
  }).catch((error) => {
    if (!(error instanceof Undo)) throw error
  })
  return found
}

test('what is removed, changed or slipped in behind the seals is found', async () => {
  expect(await breakAfter('delete from access_log where id = 77')).toMatchObject({
    seal: 1,
    what: 'rows',
    count: 1,
  })
  expect(await breakAfter("update access_log set outcome = 'refused' where id = 10001")).toMatchObject({
    seal: 2,
    what: 'hash',
  })
  expect(await breakAfter('delete from access_seal where seq = 2')).toMatchObject({
    seal: 2,
    what: 'missing-seal',
  })
  const slipIn = `insert into access_log (id, account_id, what, relationship) overriding system value values (-5, gen_random_uuid(), 'looked', 'manager')`
  expect(await breakAfter(slipIn)).toMatchObject({ seal: null, what: 'no-seal', count: 1 })
  expect((await check()).break).toBeNull()
})
