import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { type OpenIdProvider, openIdProvider } from '../../platform/sign-in/openid.ts'
import { ORIGIN } from './a-browser.test-data.ts'

/** What the council's provider says of a person. */
export interface Said {
  readonly name: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly roles?: readonly string[]
}

/** A real OpenID provider on a port of this machine, as a council's would be. */
export interface CouncilProvider {
  readonly issuer: string
  /** What it says of each person, by their name there; change it to change them. */
  readonly people: Map<string, Said>
  readonly client: OpenIdProvider
  /** Goes through the provider's own pages as a person and gives the address it sends the browser back to. */
  signIn(url: string, as: string, cookies?: Map<string, string>): Promise<string>
  close(): Promise<void>
}

export async function openCouncilProvider(origin: string = ORIGIN): Promise<CouncilProvider> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = new Map<string, Said>()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'clearway',
        client_secret: 'a-secret-of-the-tests',
        redirect_uris: [`${origin}/sign-in/work-account/back`],
        post_logout_redirect_uris: [`${origin}/signed-out`],
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub', 'roles'], profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['of the tests'] },
    pkce: { required: () => true },
    findAccount: async (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...people.get(sub) }),
    }),
  })
  server.on('request', provider.callback())
  return {
    issuer,
    people,
    client: openIdProvider({
      issuer,
      clientId: 'clearway',
      clientSecret: 'a-secret-of-the-tests',
      scope: 'openid profile email',
      trustsEmail: false,
    }),
    signIn: async (url, as, cookies = new Map()) => goThrough(url, as, issuer, cookies),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Fills in the provider's own pages until it sends the browser away. */
async function goThrough(
  url: string,
  as: string,
  issuer: string,
  cookies: Map<string, string>,
): Promise<string> {
  let next = url
  let form: Record<string, string> | undefined
  for (let step = 0; step < 20; step++) {
    if (!next.startsWith(issuer)) return next
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    form = undefined
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (value === '') cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    const location = answer.headers.get('location')
    if (location) {
      next = new URL(location, next).href
      continue
    }
    const page = await answer.text()
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
    if (!action) throw new Error(`the provider stopped at ${next}: ${answer.status} ${page.slice(0, 300)}`)
    next = new URL(action.replaceAll('&amp;', '&'), next).href
    const hidden = [...page.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)]
    form = Object.fromEntries(hidden.map(([, name, value]) => [name!, value!]))
    if (/name="login"/.test(page)) form = { ...form, login: as, password: 'any' }
    if (/name="logout"/.test(page)) form = { ...form, logout: 'yes' }
  }
  throw new Error('the provider goes round and round')
}
