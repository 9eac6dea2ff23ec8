import type { FastifyInstance } from 'fastify'
import { h } from 'preact'
import { type FreshRecord, freshRecord } from '../../db/testing/fresh-record.ts'
import { makeStoryAuthority } from '../../db/testing/story-authority.ts'
import { homeOf } from '../../platform/first-page.ts'
import { caseReaders, type Role, type Route } from '../../platform/routes.ts'
import { buildServer } from '../../platform/server.ts'
import type { OpenIdProvider } from '../../platform/sign-in/openid.ts'
import { toHtml } from '../../ui/govuk/index.ts'
import { ReadPage } from '../children/try-pages/index.ts'
import { type SignInMessage, signInRoutes } from './index.ts'

export const TODAY = '2026-07-06'
export const ORIGIN = 'https://send.story.test'

/** A live authority's site as far as signing in goes, with what it would send kept to be read. */
export interface LiveSite {
  readonly record: FreshRecord
  readonly app: FastifyInstance
  readonly sent: SignInMessage[]
  readonly failures: string[]
  close(): Promise<void>
}

export async function openLiveSite(
  options: { readonly openId?: OpenIdProvider; readonly record?: FreshRecord; readonly origin?: string } = {},
): Promise<LiveSite> {
  const record = options.record ?? (await freshRecord())
  if (!options.record) {
    await makeStoryAuthority(record.owner, TODAY)
    await record.owner.updateTable('authority').set({ mode: 'live', training_today: null }).execute()
  }
  const [sent, failures]: [SignInMessage[], string[]] = [[], []]
  const authority = { code: '999', name: 'Story County', mode: 'live' } as const
  const origin = options.origin ?? ORIGIN
  const app = await buildServer({
    db: record.db,
    clock: { today: async () => TODAY },
    secureCookies: true,
    hsts: true,
    log: false,
    origin,
    formsMayReach: options.openId?.origin,
    onFailure: (line) => failures.push(line),
    drawPage: (page, about) => `<title>${page.title}</title><p>${about.notice ?? ''}</p>${toHtml(page.main)}`,
    routes: [
      ...signInRoutes({
        db: record.db,
        authority,
        secureCookies: true,
        homeOf,
        origin,
        openId: options.openId,
        onFailure: (line) => failures.push(line),
        sendSignInMessage: async (message) => {
          sent.push(message)
        },
      }),
      roomFor('/family', ['parent', 'young-person']),
      roomFor('/staff/worklist', caseReaders),
    ],
  })
  return {
    record,
    app,
    sent,
    failures,
    close: async () => {
      await app.close()
      if (!options.record) await record.close()
    },
  }
}

/** A page behind a door, to see who gets in. */
const roomFor = (url: string, roles: readonly Role[]): Route => ({
  method: 'GET',
  url,
  access: { who: 'roles', roles },
  touches: 'nothing',
  handle: async () => ({ page: { title: url, main: h('h1', null, url) } }),
})

/** A browser: it keeps cookies, follows nothing by itself, and fills forms in as a person would. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #app: FastifyInstance
  readonly #origin: string
  /** Where it asks from. */
  ip = '203.0.113.7'
  agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1'
  lastHeaders: Record<string, unknown> = {}

  constructor(app: FastifyInstance, origin: string = ORIGIN) {
    this.#app = app
    this.#origin = origin
  }

  async #ask(method: 'GET' | 'POST', url: string, form?: URLSearchParams): Promise<ReadPage> {
    const answer = await this.#app.inject({
      method,
      url,
      remoteAddress: this.ip,
      headers: {
        host: new URL(this.#origin).host,
        'user-agent': this.agent,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded', origin: this.#origin } : {}),
      },
      ...(form ? { payload: form.toString() } : {}),
    })
    for (const { name, value, maxAge, expires } of answer.cookies) {
      if (value === '' || maxAge === 0 || (expires && expires.getTime() < Date.now()))
        this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    this.lastHeaders = answer.headers
    return new ReadPage(answer.statusCode, answer.body, String(answer.headers['location'] ?? ''))
  }

  get(url: string): Promise<ReadPage> {
    return this.#ask('GET', url)
  }

  /** Opens an address and each it is sent on to. */
  async open(url: string): Promise<ReadPage> {
    let page = await this.get(url)
    for (let hops = 0; page.status === 303 && page.location.startsWith('/') && hops < 5; hops++)
      page = await this.get(page.location)
    return page
  }

  press(page: ReadPage, button: string, at: string): Promise<ReadPage> {
    return this.#ask('POST', page.actionOf(button) || at, page.pressing(button))
  }

  post(url: string, form: Record<string, string>): Promise<ReadPage> {
    return this.#ask('POST', url, new URLSearchParams(form))
  }

  get session(): string | undefined {
    return this.cookies.get('__Host-clearway')
  }

  /** Asks for a link for an address, as a family does. */
  async asksFor(address: string): Promise<ReadPage> {
    const page = await this.get('/sign-in')
    return this.press(
      page.fill({ 'Your email address or mobile number': address }),
      'Send me a link',
      '/sign-in',
    )
  }

  /** Opens the link of a message and presses its button. */
  async uses(message: SignInMessage): Promise<ReadPage> {
    const url = new URL(message.link)
    const page = await this.get(url.pathname)
    return this.press(page, 'Sign in', url.pathname)
  }
}
