import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Environment = Readonly<Record<string, string>>

/** The real server as a process of its own, to be killed and started again on the same port and data. */
export class Site {
  readonly url: string
  readonly #program: string
  readonly #env: Environment
  #process: ChildProcess | undefined
  #said = ''

  constructor(program: string, port: number, env: Environment) {
    this.url = `http://127.0.0.1:${port}`
    this.#program = program
    this.#env = { ...env, PORT: String(port), HOST: '127.0.0.1' }
  }

  /** @returns milliseconds until the first page came */
  async start(): Promise<number> {
    const startedAt = performance.now()
    this.#said = ''
    const child = spawn(process.execPath, ['--enable-source-maps', this.#program], {
      env: { PATH: process.env['PATH'] ?? '', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        this.#said = (this.#said + String(text)).slice(-4_000)
      })
    while (performance.now() - startedAt < 60_000) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the server ended by itself (${child.exitCode ?? child.signalCode}):\n${this.#said}`)
      if (await this.isReady()) return performance.now() - startedAt
      await sleep(20)
    }
    throw new Error(`the server was not ready in a minute:\n${this.#said}`)
  }

  /** Does it give a page that needs the database? */
  async isReady(): Promise<boolean> {
    try {
      const answer = await fetch(`${this.url}/sign-in`, { signal: AbortSignal.timeout(2_000) })
      await answer.arrayBuffer()
      return answer.status === 200
    } catch {
      return false
    }
  }

  /** kill -9: no handler runs, nothing is flushed. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  get said(): string {
    return this.#said
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .join('; ')

function tokenOf(html: string, page: string): string {
  const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1]
  if (!token) throw new Error(`no form on ${page}`)
  return token
}

/** Somebody signed in, posting forms as a browser does. */
export class Visitor {
  readonly #site: Site
  readonly #person: string
  #cookie = ''
  #token = ''

  constructor(site: Site, person: string) {
    this.#site = site
    this.#person = person
  }

  /** Signs in and learns the token that every form of the session carries. @param page any page with a form */
  async signIn(page: string): Promise<void> {
    // The form before signing in carries a token too, tied to a cookie of the visit.
    this.#cookie = ''
    const door = await this.#fetch('/sign-in')
    this.#cookie = cookiesOf(door)
    const asked = new URLSearchParams({ _csrf: tokenOf(await door.text(), '/sign-in'), person: this.#person })
    const answer = await this.#fetch('/sign-in', asked)
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('clearway='))
    if (answer.status !== 303 || !cookie) throw new Error(`signing in gave ${answer.status}`)
    this.#cookie = cookie.split(';')[0]!
    this.#token = tokenOf(await (await this.#fetch(page)).text(), page)
  }

  /** Posts a form and follows nothing. */
  post(page: string, fields: Readonly<Record<string, string>>): Promise<Response> {
    return this.#fetch(page, new URLSearchParams({ _csrf: this.#token, ...fields }))
  }

  #fetch(page: string, form?: URLSearchParams): Promise<Response> {
    return fetch(`${this.#site.url}${page}`, {
      ...(form ? { method: 'POST', body: form } : {}),
      redirect: 'manual',
      headers: this.#cookie ? { cookie: this.#cookie } : {},
      signal: AbortSignal.timeout(20_000),
    })
  }
}
