import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../connection.ts'

const rounds = Number(process.env['CLEARWAY_LOCK_ROUNDS'] ?? 20)
const lockModule = fileURLToPath(new URL('folder-lock.ts', import.meta.url))
/** Takes the folder when told to on its input, says what came of it, and holds it until its input ends or it is killed. */
const program = `
  import { lockFolder } from ${JSON.stringify(lockModule)}
  process.stdout.write('ready\\n')
  let lock
  process.stdin.on('data', (text) => {
    if (String(text).includes('release')) { lock?.release(); process.exit(0) }
    try { lock = lockFolder(process.argv[1]); process.stdout.write('got\\n') }
    catch (error) { process.stdout.write(error.name + ' ' + error.message + '\\n') }
  })
  process.stdin.on('end', () => process.exit(0))`

interface Contender {
  readonly pid: number
  readonly child: ChildProcess
  take(): Promise<string>
  end(how: 'SIGKILL' | 'release'): Promise<void>
}

let folder: string
const running = new Set<Contender>()
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'clearway-lock-')), 'database')
})
afterEach(async () => {
  for (const contender of [...running]) await contender.end('SIGKILL')
  rmSync(path.dirname(folder), { recursive: true })
})

async function start(): Promise<Contender> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const line = async (): Promise<string> => String((await once(child.stdout, 'data'))[0]).trim()
  expect(await line()).toBe('ready')
  const contender: Contender = {
    pid: child.pid!,
    child,
    async take() {
      const answer = line()
      child.stdin.write('take\n')
      return answer
    },
    async end(how) {
      running.delete(contender)
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      if (how === 'release') child.stdin.write('release\n')
      else child.kill('SIGKILL')
      await exited
    },
  }
  running.add(contender)
  return contender
}

test(`a second process is refused, ${rounds} times of ${rounds}, and told which process to stop`, {
  timeout: 120_000,
}, async () => {
  const holder = await start()
  expect(await holder.take()).toBe('got')
  let refused = 0
  const second = await start()
  for (let round = 0; round < rounds; round++) {
    const answer = await second.take()
    if (answer.startsWith('FolderInUse') && answer.includes(`process ${holder.pid}`)) refused++
  }
  expect(refused).toBe(rounds)
  await holder.end('release')
  expect(await second.take()).toBe('got')
})

test(`the lock of a killed process is taken over, ${rounds} times of ${rounds}`, {
  timeout: 120_000,
}, async () => {
  let takenOver = 0
  for (let round = 0; round < rounds; round++) {
    const holder = await start()
    if ((await holder.take()) === 'got') takenOver++ // from the round before
    await holder.end('SIGKILL')
  }
  expect(takenOver).toBe(rounds)
})

test(`of six processes that find a dead one's lock at once, one gets it, ${rounds} times of ${rounds}`, {
  timeout: 240_000,
}, async () => {
  const contenders = await Promise.all(Array.from({ length: 6 }, start))
  let dead = await start()
  expect(await dead.take()).toBe('got')
  const winners: number[] = []
  for (let round = 0; round < rounds; round++) {
    await dead.end('SIGKILL')
    const answers = await Promise.all(contenders.map((contender) => contender.take()))
    const got = contenders.filter((_, index) => answers[index] === 'got')
    winners.push(got.length)
    const [winner] = got
    if (got.length !== 1 || !winner) break
    contenders.splice(contenders.indexOf(winner), 1, await start())
    dead = winner
  }
  expect(winners).toEqual(Array.from({ length: rounds }, () => 1))
})

test('a stopped process still holds its folder', async () => {
  const holder = await start()
  expect(await holder.take()).toBe('got')
  holder.child.kill('SIGSTOP')
  const second = await start()
  expect(await second.take()).toContain('FolderInUse')
  holder.child.kill('SIGCONT')
})

test('nothing is left behind but one small file', async () => {
  for (let round = 0; round < 3; round++) {
    const holder = await start()
    expect(await holder.take()).toBe('got')
    await holder.end(round === 1 ? 'release' : 'SIGKILL')
  }
  expect(readdirSync(path.dirname(folder)).filter((name) => name !== 'database')).toHaveLength(1)
})

test('the embedded database itself is opened once', { timeout: 60_000 }, async () => {
  const first = connect({ engine: 'embedded', folder })
  await sql`create table kept (id int)`.execute(first)
  const second = connect({ engine: 'embedded', folder })
  await expect(sql`select 1`.execute(second)).rejects.toThrow('in use by another Clearway')
  await first.destroy()
  const third = connect({ engine: 'embedded', folder })
  expect((await sql`select * from kept`.execute(third)).rows).toEqual([])
  await third.destroy()
})
