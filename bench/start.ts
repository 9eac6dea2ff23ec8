/** From nothing to the first page, and from an existing database to the first page; memory; what a family page weighs. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BenchLine } from './clock.ts'

const PORT = 38_471
const address = `http://127.0.0.1:${PORT}`

function startServer(folder: string): ChildProcess {
  return spawn(process.execPath, [path.join(import.meta.dirname, 'cli.js'), 'serve'], {
    env: {
      ...process.env,
      CLEARWAY_DATA: folder,
      PORT: String(PORT),
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      CLEARWAY_MODE: 'training',
    },
    stdio: 'ignore',
  })
}

/** Milliseconds until the home page answers 200. */
async function untilServed(started: number): Promise<number> {
  for (;;) {
    try {
      const answer = await fetch(address)
      await answer.arrayBuffer()
      if (answer.status === 200) return performance.now() - started
    } catch {
      // not listening yet
    }
    if (performance.now() - started > 180_000) throw new Error('the server did not answer in three minutes')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
}

function residentMegabytes(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return match ? Number(match[1]) / 1024 : Number.NaN
}

const line = (name: string, value: number, unit: string, limit: number, note = ''): BenchLine => ({
  name,
  value,
  unit,
  limit,
  better: 'less',
  ok: value <= limit,
  note,
})

export async function benchStart(): Promise<readonly BenchLine[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clearway-bench-'))
  try {
    let started = performance.now()
    let server = startServer(folder)
    const first = await untilServed(started)
    await stop(server)
    started = performance.now()
    server = startServer(folder)
    const again = await untilServed(started)
    const memory = residentMegabytes(server.pid!)
    await stop(server)
    return [
      line('first run: training authority made and first page served', first / 1000, 's', 60),
      line('first page on an existing database', again / 1000, 's', 2),
      line('memory of the server with the embedded database', memory, 'MB', 900),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
