import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findClamd } from '../../../../tools/programs.mjs'
import { clamdScanner } from '../clamd.ts'
import { eicar } from './sample-files.ts'

export interface TestClamd {
  readonly port: number
  start(): Promise<void>
  /** As a scanner that falls over: at once, in the middle of anything. */
  kill(): Promise<void>
  remove(): Promise<void>
}

export const clamdProgram = findClamd()

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** A real clamd of this machine, on a port of its own, that knows one signature: the EICAR test, written here by ourselves. */
export async function clamdForTests(options: { readonly streamMaxLength?: string } = {}): Promise<TestClamd> {
  if (clamdProgram === null) throw new Error('clamd is not installed')
  const folder = await mkdtemp(path.join(tmpdir(), 'clearway-clamd-'))
  await chmod(folder, 0o755)
  const port = await freePort()
  await writeFile(path.join(folder, 'own.ndb'), `Clearway.Eicar.Test:0:*:${eicar().toString('hex')}\n`)
  const config = path.join(folder, 'clamd.conf')
  await writeFile(
    config,
    [
      `DatabaseDirectory ${folder}`,
      `TemporaryDirectory ${folder}`,
      'TCPAddr 127.0.0.1',
      `TCPSocket ${port}`,
      'Foreground yes',
      'MaxThreads 4',
      `StreamMaxLength ${options.streamMaxLength ?? '210M'}`,
      'MaxFileSize 210M',
      'MaxScanSize 400M',
      'CommandReadTimeout 30',
      '',
    ].join('\n'),
  )
  let running: ChildProcess | undefined
  const scanner = clamdScanner({ host: '127.0.0.1', port })
  const kill = async (): Promise<void> => {
    const child = running
    running = undefined
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
  return {
    port,
    kill,
    async start() {
      const child = spawn(clamdProgram!, ['--config-file', config], { stdio: ['ignore', 'pipe', 'pipe'] })
      running = child
      let said = ''
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (data: Buffer) => {
          said = (said + data.toString('utf8')).slice(-2000)
        })
      for (let waited = 0; !(await scanner.isThere()); waited += 50) {
        if (child.exitCode !== null || waited > 20_000) throw new Error(`clamd did not start: ${said}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async remove() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
