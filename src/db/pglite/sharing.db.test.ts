import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database } from '../connection.ts'
import { EmbeddedDatabase } from './embedded-database.ts'

const there = (file: string): string => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)))

/** Runs the lines of JavaScript it is given, one at a time, each with the database as `db`; says what each gave. */
const program = `
  import { createInterface } from 'node:readline'
  import { sql } from 'kysely'
  import { connect } from ${there('../connection.ts')}
  const [folder, share] = process.argv.slice(1)
  const db = connect({ engine: 'embedded', folder, share: share === 'share' }, { onHeldBy: (pid) => { globalThis.heldBy = pid } })
  const say = (value) => process.stdout.write(JSON.stringify(value) + '\\n')
  const Run = (async () => {}).constructor
  for await (const line of createInterface({ input: process.stdin })) {
    try { say({ gave: (await new Run('db', 'sql', 'say', line)(db, sql, say)) ?? null }) }
    catch (error) { say({ threw: error.name, message: error.message, code: error.code, constraint: error.constraint, detail: error.detail }) }
  }
  await db.destroy()`

interface Said {
  readonly gave?: unknown
  readonly threw?: string
  readonly message?: string
  readonly [more: string]: unknown
}

interface Other {
  readonly child: ChildProcess
  readonly pid: number
  tell(line: string): void
  next(): Promise<Said>
  run(line: string): Promise<Said>
}

let folder: string
const running = new Set<ChildProcess>()
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'clearway-share-')), 'database')
})
afterEach(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  running.clear()
  rmSync(path.dirname(folder), { recursive: true })
})

function start(how: 'share' | 'alone'): Other {
  const child = spawn(process.execPath, ['-e', program, folder, how], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: path.dirname(fileURLToPath(import.meta.url)),
  })
  running.add(child)
  const lines: AsyncIterator<string, undefined> = createInterface({ input: child.stdout })[
    Symbol.asyncIterator
  ]()
  const other: Other = {
    child,
    pid: child.pid!,
    tell: (line) => child.stdin.write(`${line}\n`),
    next: async () => JSON.parse((await lines.next()).value ?? '') as Said,
    run: async (line) => {
      other.tell(line)
      return other.next()
    },
  }
  return other
}

const kill = async (other: Other, signal: NodeJS.Signals): Promise<void> => {
  const exited = once(other.child, 'exit')
  other.child.kill(signal)
  if (signal !== 'SIGSTOP') await exited
}

/** This process has the folder; whatever else the test opens takes turns with it. */
async function hold(): Promise<Database> {
  const db = connect({ engine: 'embedded', folder })
  await sql`create table account (id int primary key, amount int not null check (amount >= 0))`.execute(db)
  await sql`insert into account values (1, 1000), (2, 1000)`.execute(db)
  return db
}

const totalOf = async (db: Database): Promise<number> =>
  (await sql<{ total: number }>`select sum(amount) as total from account`.execute(db)).rows[0]!.total

describe('a second process that shares the folder', { timeout: 60_000 }, () => {
  test('takes turns with a holder under load: no transaction ever sees half of another', async () => {
    const db = await hold()
    const guests = [start('share'), start('share')]
    expect(await guests[0]!.run('await sql`select 1`.execute(db); return heldBy')).toEqual({
      gave: process.pid,
    })
    const move = `for (let n = 0; n < 60; n++) await db.transaction().execute(async (trx) => {
      const from = (await sql\`select amount from account where id = 1\`.execute(trx)).rows[0].amount
      await sql\`update account set amount = \${from - 1} where id = 1\`.execute(trx)
      const to = (await sql\`select amount from account where id = 2\`.execute(trx)).rows[0].amount
      await sql\`update account set amount = \${to + 1} where id = 2\`.execute(trx)
    })`.replaceAll('\n', ';')
    for (const guest of guests) guest.tell(move)
    const totals = new Set<number>()
    let moving = guests.length
    const done = guests.map(async (guest) => {
      const said = await guest.next()
      moving--
      return said
    })
    while (moving > 0) {
      await Promise.all(
        Array.from({ length: 5 }, () =>
          db.transaction().execute(async (trx) => {
            await sql`update account set amount = amount - 1 where id = 2`.execute(trx)
            await sql`update account set amount = amount + 1 where id = 1`.execute(trx)
            await sql`update account set amount = amount + 1 where id = 2`.execute(trx)
            await sql`update account set amount = amount - 1 where id = 1`.execute(trx)
          }),
        ),
      )
      totals.add(await totalOf(db))
    }
    expect(await Promise.all(done)).toEqual([{ gave: null }, { gave: null }])
    expect([...totals]).toEqual([2000])
    const { rows } = await sql`select amount from account order by id`.execute(db)
    expect(rows).toEqual([{ amount: 880 }, { amount: 1120 }])
    await db.destroy()
  })

  test('killed inside a transaction, leaves nothing of it and gives the turn back', async () => {
    const db = await hold()
    const guest = start('share')
    guest.tell(
      "await db.transaction().execute(async (trx) => { await sql`update account set amount = 0`.execute(trx); say('in'); await new Promise(() => setInterval(() => {}, 1000)) })",
    )
    expect(await guest.next()).toBe('in')
    const waiting = totalOf(db)
    await kill(guest, 'SIGKILL')
    expect(await waiting).toBe(2000)
    await db.destroy()
  })

  test('killed in a long statement, is undone once the statement is done', async () => {
    const db = await hold()
    const guest = start('share')
    guest.tell(
      "await db.transaction().execute(async (trx) => { await sql`update account set amount = 0`.execute(trx); say('in'); await sql`select count(*) from generate_series(1, 3000000)`.execute(trx) })",
    )
    expect(await guest.next()).toBe('in')
    await kill(guest, 'SIGKILL')
    expect(await totalOf(db)).toBe(2000)
    await db.destroy()
  })

  test('that keeps the turn and asks for nothing is sent away, its work undone', async () => {
    const engine = await EmbeddedDatabase.open(folder, { idleLimit: 400 })
    const mine = await engine.takeTurn()
    await mine.query('create table kept (id int)', [])
    await mine.end()
    const guest = start('share')
    guest.tell(
      "await db.transaction().execute(async (trx) => { await sql`insert into kept values (1)`.execute(trx); say('in'); await new Promise((resolve) => setTimeout(resolve, 1500)); await sql`select 1`.execute(trx) })",
    )
    expect(await guest.next()).toBe('in')
    const turn = await engine.takeTurn()
    expect((await turn.query('select * from kept', [])).rows).toEqual([])
    await turn.end()
    expect(await guest.next()).toMatchObject({
      threw: 'SharingEnded',
      message: expect.stringContaining('kept the database waiting for 0.4 seconds'),
    })
    // One that is stopped reads nothing, not even that it is sent away.
    const stopped = start('share')
    stopped.tell(
      "await db.transaction().execute(async (trx) => { await sql`insert into kept select generate_series(1, 9)`.execute(trx); say('in'); await new Promise(() => setInterval(() => {}, 1000)) })",
    )
    expect(await stopped.next()).toBe('in')
    await kill(stopped, 'SIGSTOP')
    const after = await engine.takeTurn()
    expect((await after.query('select * from kept', [])).rows).toEqual([])
    await after.end()
    await engine.close()
  })

  test('gets parameters, rows, bytes and 5 MB as the holder itself would', async () => {
    const db = await hold()
    const query = (of: Database) =>
      sql`select ${null}::text as nothing, ${Buffer.from([0, 255, 10, 13])}::bytea as bytes, ${new Uint8Array([7])}::bytea as byte,
        ${'naïve 𝄞 \u2028'}::text as text, ${['a', null]}::text[] as list, '{"a": [1, null]}'::jsonb as json, true as yes,
        date '2020-02-29' as day, timestamptz '2020-11-02 09:00Z' as instant, 12345678901::int8 as big, 1.5::numeric as number,
        1e300::float8 as float, convert_to(repeat('x', 5000000), 'UTF8') as large`.execute(of)
    // In this process too, through the socket: what arrives can be compared as it is.
    const guest = connect({ engine: 'embedded', folder, share: true })
    const [here, there] = [await query(db), await query(guest)]
    expect(there).toEqual(here)
    const row = there.rows[0] as { bytes: Uint8Array; large: Uint8Array }
    expect([...row.bytes]).toEqual([0, 255, 10, 13])
    expect(row.large.length).toBe(5_000_000)
    expect((await sql`update account set amount = amount`.execute(guest)).numAffectedRows).toBe(2n)
    await guest.destroy()
    const other = start('share')
    expect(
      await other.run(
        "const { rows } = await sql`select n, repeat('y', 50) as y from generate_series(1, 100000) n`.execute(db); return [rows.length, rows.at(-1).n, rows.at(-1).y.length]",
      ),
    ).toEqual({ gave: [100_000, 100_000, 50] })
    await db.destroy()
  })

  test('gets the same errors', async () => {
    const db = await hold()
    const guest = connect({ engine: 'embedded', folder, share: true })
    const failures = [
      'insert into account values (1, 5)',
      'insert into account values (3, -5)',
      'insert into account values (3, null)',
      'select nonsense',
      'select 1/0',
    ]
    for (const text of failures) {
      const errors = await Promise.all(
        [db, guest].map((of) =>
          sql
            .raw(text)
            .execute(of)
            .then(
              () => undefined,
              (error: Error) => error,
            ),
        ),
      )
      expect({ ...errors[1], name: errors[1]!.name, message: errors[1]!.message }).toEqual({
        ...errors[0],
        name: errors[0]!.name,
        message: errors[0]!.message,
      })
      expect(errors[1]).toMatchObject({ name: 'DatabaseError', code: expect.stringMatching(/^\w{5}$/) })
    }
    const other = start('share')
    expect(await other.run('await sql`insert into account values (1, 5)`.execute(db)')).toMatchObject({
      code: '23505',
      constraint: 'account_pkey',
      detail: 'Key (id)=(1) already exists.',
    })
    // A parameter that cannot travel harms its own query only.
    await expect(sql`select ${{ never: () => 1 }}`.execute(guest)).rejects.toThrow()
    expect((await sql`select 1 as one`.execute(guest)).rows).toEqual([{ one: 1 }])
    await guest.destroy()
    await db.destroy()
  })

  test('is told when the holder goes, in order or killed, and may have the folder itself then', async () => {
    const holder = start('alone')
    expect(await holder.run('await sql`create table kept (id int)`.execute(db)')).toEqual({ gave: null })
    const [guest, another] = [start('share'), start('share')]
    expect(await guest.run('await sql`select 1`.execute(db); return heldBy')).toEqual({ gave: holder.pid })
    expect(await another.run('await sql`select 1`.execute(db); return heldBy')).toEqual({ gave: holder.pid })
    guest.tell(
      "await db.transaction().execute(async (trx) => { await sql`insert into kept values (1)`.execute(trx); say('in'); await sql`select count(*) from generate_series(1, 3000000)`.execute(trx) })",
    )
    expect(await guest.next()).toBe('in')
    await kill(holder, 'SIGKILL')
    const message = `The Clearway that has the training database open (process ${holder.pid}) has stopped. Run this again.`
    expect(await guest.next()).toMatchObject({ threw: 'SharingEnded', message })
    expect(await another.run('await sql`select 1`.execute(db)')).toMatchObject({
      threw: 'SharingEnded',
      message,
    })
    const next = start('share')
    expect(
      await next.run('return [(await sql`select * from kept`.execute(db)).rows, typeof heldBy]'),
    ).toEqual({ gave: [[], 'undefined'] })
    next.child.stdin!.end()
    await once(next.child, 'exit')
    expect(existsSync(`${folder}.sock`)).toBe(false)
    expect(readdirSync(path.dirname(folder)).filter((name) => name !== 'database')).toHaveLength(1)
  })

  test('ends its visit when the holder closes in the middle of it', async () => {
    const db = await hold()
    const guest = start('share')
    guest.tell(
      "await db.transaction().execute(async (trx) => { await sql`update account set amount = 0`.execute(trx); say('in'); await new Promise((resolve) => setTimeout(resolve, 1000)); await sql`select 1`.execute(trx) })",
    )
    expect(await guest.next()).toBe('in')
    await db.destroy()
    expect(await guest.next()).toMatchObject({ threw: 'SharingEnded' })
    const again = connect({ engine: 'embedded', folder })
    expect(await totalOf(again)).toBe(2000)
    await again.destroy()
  })

  test('has the folder, and its socket, for itself when there is no other', async () => {
    const first = start('share')
    expect(await first.run('await sql`select 1`.execute(db); return typeof heldBy')).toEqual({
      gave: 'undefined',
    })
    const second = start('share')
    expect(await second.run('await sql`select 1`.execute(db); return heldBy')).toEqual({ gave: first.pid })
  })
})

describe('the socket', { timeout: 60_000 }, () => {
  test('is its owner’s only', async () => {
    const db = await hold()
    expect(statSync(`${folder}.sock`).mode & 0o777).toBe(0o600)
    await db.destroy()
    expect(existsSync(`${folder}.sock`)).toBe(false)
  })

  test('goes elsewhere, under a short name, when its address would be too long', async () => {
    const short = folder
    folder = path.join(path.dirname(short), 'a-long-name-'.repeat(9), 'database')
    mkdirSync(path.dirname(folder))
    const db = await hold()
    expect(existsSync(`${folder}.sock`)).toBe(false)
    const guest = start('share')
    expect(await guest.run('await sql`select 1`.execute(db); return heldBy')).toEqual({ gave: process.pid })
    await db.destroy()
    folder = short
  })

  test('of another process than the lock’s is not believed', async () => {
    const holder = start('alone')
    expect(await holder.run('await sql`select 1`.execute(db)')).toEqual({ gave: null })
    rmSync(`${folder}.sock`)
    let visits = 0
    const impostor = createServer((socket) => {
      visits++
      socket.end()
    }).listen(`${folder}.sock`)
    const guest = start('share')
    expect(await guest.run('await sql`select 1`.execute(db)')).toMatchObject({ threw: 'FolderInUse' })
    expect(visits).toBeGreaterThan(0)
    impostor.close()
  })
})

test('a process that does not ask to share is refused as ever', { timeout: 60_000 }, async () => {
  const db = await hold()
  const second = start('alone')
  expect(await second.run('await sql`select 1`.execute(db)')).toMatchObject({
    threw: 'FolderInUse',
    message: expect.stringContaining(
      `in use by another Clearway (process ${process.pid}). Stop that one first`,
    ),
  })
  await db.destroy()
})
