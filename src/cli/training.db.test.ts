import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../db/connection.ts'
import { migrate } from '../db/migrate.ts'
import { freshRecord } from '../db/testing/fresh-record.ts'
import { EXIT, type Io } from './io.ts'
import { runServe } from './serve.ts'
import { runTable } from './table.ts'
import { runVerify } from './verify.ts'

let data: string
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'clearway-training-'))
})
afterEach(() => rmSync(data, { recursive: true }))

interface Ran {
  readonly exit: number
  readonly out: string
  readonly err: string
}

async function run(
  command: (args: string[], io: Io) => Promise<number>,
  args: string[],
  env: Record<string, string> = { CLEARWAY_DATA: data },
): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []]
  const exit = await command(args, {
    stdin: Readable.from([]),
    stdout: { write: (text) => out.push(text) > 0 },
    stderr: { write: (text) => err.push(text) > 0 },
    env,
    today: '2026-03-02',
  })
  return { exit, out: out.join(''), err: err.join('') }
}

test('of three commands at once on an older folder with no authority, one makes it and all answer', {
  timeout: 300_000,
}, async () => {
  const folder = path.join(data, 'training-database')
  const older = connect({ engine: 'embedded', folder })
  await migrate(older, { upTo: 3 })
  await older.destroy()
  const args = ['--as-at', '2020-11-02', '--json']
  const [first, second, verified] = await Promise.all([
    run(runTable, args),
    run(runTable, args),
    run(runVerify, ['--json']),
  ])
  expect([first, second, verified]).toMatchObject([
    { exit: EXIT.done },
    { exit: EXIT.done },
    { exit: EXIT.done },
  ])
  expect(JSON.parse(first.out)).toMatchObject({ asAt: '2020-11-02', authority: { code: '838' } })
  expect(second.out).toBe(first.out)
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true })
  const said = [first.err, second.err, verified.err].map((text) => text.split('\n')[0]!).sort()
  expect(said[0]).toBe('Making the training authority')
  // Alone again, or beside whoever holds it: nothing is made, nothing is waited for.
  expect(await run(runTable, args)).toEqual({ exit: EXIT.done, out: first.out, err: '' })
  const holder = connect({ engine: 'embedded', folder })
  await holder.selectFrom('authority').select('code').execute()
  expect(await run(runTable, args)).toEqual({ exit: EXIT.done, out: first.out, err: '' })
  await expect(run(runServe, ['--port', '0'])).rejects.toThrow('in use by another Clearway')
  await holder.destroy()
})

test('on a server nothing is made', { timeout: 60_000 }, async (context) => {
  const record = await freshRecord({ upTo: 0 })
  try {
    if (!record.urls) return context.skip()
    for (const mode of ['training', 'live']) {
      const env = { CLEARWAY_DATA: data, CLEARWAY_MODE: mode, DATABASE_URL: record.urls.owner }
      for (const command of [runTable, runVerify]) {
        const ran = await run(command, ['--json'], env)
        expect(ran).toMatchObject({ exit: EXIT.failed, out: '' })
        expect(ran.err).toContain('holds no authority yet')
      }
    }
  } finally {
    await record.close()
  }
})
