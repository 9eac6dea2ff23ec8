import { existsSync } from 'node:fs'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createFreshDatabase } from './fresh-database.ts'
import { startPostgresServer } from './postgres-server.ts'

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('a throw-away PostgreSQL server', () => {
  test('gives each test file a database of its own', async () => {
    const one = await createFreshDatabase()
    const two = await createFreshDatabase()
    await query(one.superuserUrl, 'create table only_here (id int)')
    await expect(query(two.superuserUrl, 'select * from only_here')).rejects.toThrow('does not exist')
    await one.drop()
    await two.drop()
    await expect(query(one.superuserUrl, 'select 1')).rejects.toThrow('does not exist')
  })

  test('keeps what was committed through a restart and two kinds of kill, and leaves nothing behind', async () => {
    const server = await startPostgresServer()
    await query(server.superuserUrl, 'create table kept (id int)')
    const ways = [server.restart, server.killPostmaster, server.killTree]
    for (const [index, interrupt] of ways.entries()) {
      await query(server.superuserUrl, `insert into kept values (${index})`)
      await interrupt()
      await server.restart()
    }
    expect(await query(server.superuserUrl, 'select count(*)::int as rows from kept')).toEqual([{ rows: 3 }])
    await server.stop()
    expect(existsSync(server.dataFolder)).toBe(false)
  })
})
