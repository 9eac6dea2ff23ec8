import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runBackup } from '../../cli/backup.ts'
import { runDeadlines } from '../../cli/deadlines.ts'
import type { Io } from '../../cli/io.ts'
import { runRestore } from '../../cli/restore.ts'
import { runVerify } from '../../cli/verify.ts'
import { connect, type Database } from '../connection.ts'
import { migrate } from '../migrate.ts'
import { type FreshRecord, freshRecord } from '../testing/fresh-record.ts'
import { fillHistories } from '../testing/histories.ts'
import { makeStoryAuthority } from '../testing/story-authority.ts'

const TODAY = '2026-03-02'
const folder = mkdtempSync(path.join(tmpdir(), 'clearway-commands-'))
const isOnServer = process.env['CLEARWAY_TEST_DB'] === 'postgres'
const servers: FreshRecord[] = []

/** Where a command finds its database, and the owner's hand on it between commands. */
interface Place {
  readonly env: Record<string, string>
  withOwner<T>(work: (owner: Database) => Promise<T>): Promise<T>
}

async function newPlace(name: string): Promise<Place> {
  const env: Record<string, string> = { CLEARWAY_DATA: path.join(folder, name), CLEARWAY_MODE: 'training' }
  if (isOnServer) {
    const record = await freshRecord({ upTo: 0 })
    servers.push(record)
    Object.assign(env, { DATABASE_URL: record.urls!.application, OWNER_DATABASE_URL: record.urls!.owner })
  }
  const location = isOnServer
    ? ({ engine: 'postgres', url: env['OWNER_DATABASE_URL']! } as const)
    : ({ engine: 'embedded', folder: path.join(folder, name, 'training-database') } as const)
  return {
    env,
    async withOwner(work) {
      const owner = connect(location)
      try {
        return await work(owner)
      } finally {
        await owner.destroy()
      }
    },
  }
}

async function say(
  run: (args: string[], io: Io) => Promise<number>,
  place: Place,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const into = (add: (text: string) => void) => ({
    write: (text: string) => {
      add(text)
      return true
    },
  })
  const io: Io = {
    stdin: (async function* () {})(),
    stdout: into((text) => {
      out += text
    }),
    stderr: into((text) => {
      err += text
    }),
    env: place.env,
    today: TODAY,
  }
  return { code: await run(args, io), out, err }
}

let place: Place
beforeAll(async () => {
  place = await newPlace('one')
  await place.withOwner(async (owner) => {
    await migrate(owner)
    await makeStoryAuthority(owner, TODAY)
    await fillHistories(owner, { children: 5, linesEach: 4, accessLines: 6 })
  })
}, 60_000)
afterAll(async () => {
  for (const server of servers) await server.close()
  rmSync(folder, { recursive: true })
})

test('deadlines rebuild: check, put right, check again', { timeout: 60_000 }, async () => {
  expect(await say(runDeadlines, place, 'rebuild', '--check')).toMatchObject({
    code: 1,
    out: expect.stringContaining('A-0000001: next_due_on is nothing, the facts give 2026-02-17'),
  })
  expect(await say(runDeadlines, place, 'rebuild')).toMatchObject({
    code: 0,
    out: expect.stringContaining('5 put right'),
  })
  expect(await say(runDeadlines, place, 'rebuild', '--check')).toMatchObject({
    code: 0,
    out: expect.stringContaining(`equal their facts as at ${TODAY}`),
  })
  expect(await say(runDeadlines, place, 'rebuild', '--as-at', '2026-02-30')).toMatchObject({
    code: 1,
    err: expect.stringContaining('--as-at must be a day'),
  })
  expect(await say(runDeadlines, place)).toMatchObject({ code: 1, err: expect.stringContaining('Usage') })
})

test('back up, restore elsewhere, verify against the anchor, and be told of tampering by reference only', {
  timeout: 120_000,
}, async () => {
  const [file, anchor] = [path.join(folder, 'a.gz'), path.join(folder, 'anchor')]
  expect(await say(runVerify, place, '--anchor', anchor)).toMatchObject({
    code: 0,
    out: expect.stringContaining('New anchor written'),
  })
  expect(await say(runBackup, place, file)).toMatchObject({
    code: 0,
    out: expect.stringContaining('20 lines of history of 5 children'),
  })
  expect(await say(runBackup, place, file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('already there'),
  })
  expect(await say(runRestore, place, '--check', file)).toMatchObject({
    code: 0,
    out: expect.stringContaining('is whole: Story County (training)'),
  })
  expect(await say(runRestore, place, file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('not empty'),
  })

  const other = await newPlace('two')
  expect(await say(runRestore, other, file)).toMatchObject({
    code: 0,
    out: expect.stringContaining('0 differed'),
  })
  expect(await say(runVerify, other, '--anchor', anchor, '--keep-anchor')).toMatchObject({
    code: 0,
    out: expect.stringContaining('all still there'),
  })

  await other.withOwner(async (owner) => {
    await sql`alter table case_event disable trigger append_only`.execute(owner)
    await sql`update case_event set why = 'never said' where seq = 3 and child_id = (select id from child where reference = 'C-0000002')`.execute(
      owner,
    )
    await sql`alter table case_event enable trigger append_only`.execute(owner)
  })
  const held = readFileSync(anchor, 'utf8')
  const broken = await say(runVerify, other, '--anchor', anchor)
  expect(broken).toMatchObject({
    code: 1,
    out: expect.stringContaining(
      'First break: child C-0000002, line 3: it was changed after it was recorded',
    ),
  })
  expect(broken.out + broken.err).not.toMatch(/Given|Family/)
  expect(readFileSync(anchor, 'utf8')).toBe(held) // a broken record never becomes the anchor
  const json = await say(runVerify, other, '--json')
  expect(JSON.parse(json.out)).toMatchObject({ ok: false, history: { brokenChildren: 1, rows: 20 } })
  expect(await say(runBackup, other, path.join(folder, 'b.gz'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('The record is broken'),
  })
  expect(existsSync(path.join(folder, 'b.gz'))).toBe(false)

  truncateSync(file, 900)
  expect(await say(runRestore, other, file, '--replace')).toMatchObject({
    code: 1,
    err: expect.stringContaining('cut or altered'),
  })
})
