import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from './connection.ts'
import { type FreshRecord, freshRecord } from './testing/fresh-record.ts'

let record: FreshRecord
beforeAll(async () => {
  record = await freshRecord()
})
afterAll(() => record.close())

describe('Statements the server keeps', () => {
  test('are planned once for a connection, and outlive a change of their table', async () => {
    const db = connect({ engine: 'postgres', url: record.urls!.owner, maxConnections: 1 })
    try {
      await sql`create table kept (id integer, word text)`.execute(db)
      await sql`insert into kept values (${1}, ${'one'})`.execute(db)
      const all = () => sql<{ id: number; word: string }>`select * from kept where id = ${1}`.execute(db)
      for (let n = 0; n < 3; n++) expect((await all()).rows).toEqual([{ id: 1, word: 'one' }])
      const { rows } = await sql<{
        n: number
      }>`select count(*) as n from pg_prepared_statements where statement like 'select * from kept%'`.execute(
        db,
      )
      expect(rows[0]!.n).toBe(1)
      await sql`alter table kept add column more text default 'x'`.execute(db)
      await all().catch(() => undefined)
      expect((await all()).rows).toEqual([{ id: 1, word: 'one', more: 'x' }])
    } finally {
      await db.destroy()
    }
  })
})
