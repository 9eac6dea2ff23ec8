import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { findPostgresBin } from '../../../tools/programs.mjs'

export interface PostgresServerOptions {
  /** Keep on for anything about durability or speed of commits. Default true. */
  readonly fsync?: boolean
  /** Further settings of postgresql.conf, by name. */
  readonly settings?: Readonly<Record<string, string>>
  /** The folder holding `postgres` and `initdb`; found by itself if not given. */
  readonly binFolder?: string
  /** Put the cluster's folder in this one, for example a small tmpfs to be filled. */
  readonly parentFolder?: string
}

export interface PostgresServer {
  readonly superuserUrl: string
  readonly host: string
  readonly port: number
  readonly version: string
  readonly dataFolder: string
  /** Stops the server and removes its folder. */
  stop(): Promise<void>
  /** Stops it cleanly if it runs, then starts it on the same port and data. */
  restart(): Promise<void>
  /** kill -9 of the postmaster alone: its backends notice and end. */
  killPostmaster(): Promise<void>
  /** kill -9 of the postmaster and every backend at once. */
  killTree(): Promise<void>
}

interface SystemUser {
  readonly uid: number
  readonly gid: number
}

const folderPrefix = 'clearway-postgres-'
const startTimeoutMilliseconds = 30_000
const runFile = promisify(execFile)

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where there is none. */
async function unprivilegedUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // it ended by itself
  }
}

/** Removes the clusters of processes that died without stopping theirs. */
async function clearLeftBehind(parentFolder: string): Promise<void> {
  for (const name of await readdir(parentFolder)) {
    const owner = /^clearway-postgres-(\d+)-/.exec(name)?.[1]
    if (owner === undefined || isRunning(Number(owner))) continue
    const folder = join(parentFolder, name)
    const pidFile = await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '')
    const postmaster = Number(pidFile.split('\n')[0])
    if (postmaster > 0 && (await commandOf(postmaster)).includes(folder)) signal(postmaster, 'SIGQUIT')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
  }
}

const commandOf = async (pid: number): Promise<string> =>
  runFile('ps', ['-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  )

async function descendantsOf(pid: number): Promise<number[]> {
  const { stdout } = await runFile('ps', ['-A', '-o', 'pid=,ppid='])
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  return rows.filter(([, parent]) => parent === pid).map(([child]) => child!)
}

/** English rules of order and London time, as a council's server has; the embedded engine has neither. */
async function createCluster(
  binFolder: string,
  dataFolder: string,
  password: string,
  user: SystemUser | undefined,
) {
  const passwordFile = `${dataFolder}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user) await chown(passwordFile, user.uid, user.gid)
  const always = [
    '-D',
    dataFolder,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
    '--no-sync',
  ]
  const orders = [['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-GB'], ['--locale=C']]
  const initdb = join(binFolder, 'initdb')
  let failure: unknown
  for (const order of orders) {
    try {
      await runFile(initdb, [...always, ...order], {
        ...user,
        cwd: '/',
        env: { PATH: process.env['PATH'], TZ: 'UTC' },
      })
      await rm(passwordFile)
      return
    } catch (error) {
      failure = error
      await rm(dataFolder, { recursive: true, force: true })
    }
  }
  throw failure
}

/**
 * A throw-away PostgreSQL server on a free port of this machine, for tests, benches and fault drills.
 * It ends with this process, even if that is killed.
 */
export async function startPostgresServer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const found = options.binFolder ?? findPostgresBin()
  if (found === null)
    throw new Error(
      'no PostgreSQL server on this machine; install Debian’s postgresql, or set CLEARWAY_POSTGRES_BIN',
    )
  const binFolder = found
  const parentFolder = options.parentFolder ?? tmpdir()
  await clearLeftBehind(parentFolder)
  const user = await unprivilegedUser()
  const folder = await mkdtemp(join(parentFolder, `${folderPrefix}${process.pid}-`))
  if (user) await chown(folder, user.uid, user.gid)
  const dataFolder = join(folder, 'data')
  const logFile = join(folder, 'server.log')
  const password = randomBytes(18).toString('base64url')
  const port = await freePort()
  const superuserUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: options.fsync === false ? 'off' : 'on',
    max_connections: '200',
    shared_buffers: '128MB',
    timezone: 'Europe/London',
    ...options.settings,
  }
  let postmaster: ChildProcess | null = null
  let watchdog: ChildProcess | null = null

  /** Its input closes when this process ends, however it ends; then it ends the server and its folder. */
  function watch(pid: number): ChildProcess {
    const script = 'cat >/dev/null; kill -QUIT "$1" 2>/dev/null; sleep 1; rm -rf "$2"'
    const child = spawn('/bin/sh', ['-c', script, 'watchdog', String(pid), folder], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    child.unref()
    ;(child.stdin as unknown as { unref(): void }).unref()
    return child
  }

  async function serverLog(): Promise<string> {
    return (await readFile(logFile, 'utf8').catch(() => '')).split('\n').slice(-20).join('\n')
  }

  async function isAnswering(): Promise<boolean> {
    const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('select 1')
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => {})
    }
  }

  async function launch(): Promise<void> {
    const deadline = Date.now() + startTimeoutMilliseconds
    const args = [
      '-D',
      dataFolder,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]
    while (Date.now() < deadline) {
      const log = await open(logFile, 'a')
      const child = spawn(join(binFolder, 'postgres'), args, {
        ...user,
        cwd: '/',
        env: { PATH: process.env['PATH'] },
        stdio: ['ignore', log.fd, log.fd],
        detached: true,
      })
      await log.close()
      child.unref()
      while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
        if (await isAnswering()) {
          postmaster = child
          watchdog = watch(child.pid!)
          return
        }
        await sleep(25)
      }
      signal(child.pid!, 'SIGKILL')
      await sleep(100) // backends of a killed postmaster still hold its shared memory for a moment
    }
    throw new Error(
      `PostgreSQL did not start within ${startTimeoutMilliseconds / 1000} s\n${await serverLog()}`,
    )
  }

  async function end(how: NodeJS.Signals): Promise<void> {
    const child = postmaster
    postmaster = null
    watchdog?.kill('SIGKILL')
    watchdog = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.ref()
    signal(child.pid!, how)
    await exited
  }

  try {
    await createCluster(binFolder, dataFolder, password, user)
    await launch()
  } catch (error) {
    await end('SIGQUIT')
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  const { stdout } = await runFile(join(binFolder, 'postgres'), ['--version'])

  return {
    superuserUrl,
    host: '127.0.0.1',
    port,
    version: stdout.trim(),
    dataFolder,
    async stop() {
      await end('SIGINT')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    async restart() {
      await end('SIGINT')
      await launch()
    },
    killPostmaster: () => end('SIGKILL'),
    async killTree() {
      const pid = postmaster?.pid
      if (pid === undefined) return
      const backends = await descendantsOf(pid)
      const ended = end('SIGKILL')
      for (const backend of backends) signal(backend, 'SIGKILL')
      await ended
    },
  }
}
