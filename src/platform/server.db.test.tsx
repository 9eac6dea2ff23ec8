import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshRecord, freshRecord } from '../db/testing/fresh-record.ts'
import type { Route } from './routes.ts'
import { buildServer, RouteNotDeclared } from './server.ts'
import { startSession } from './sessions.ts'

const COORDINATOR = '00000000-0000-4000-8000-0000000000c1'
const BOARD = '00000000-0000-4000-8000-0000000000b1'
const LEAVER = '00000000-0000-4000-8000-0000000000e1'

let fresh: FreshRecord
let app: FastifyInstance
let writes = 0

const page =
  (title: string): Route['handle'] =>
  async () => ({ page: { title, main: <h1>{title}</h1> } })
const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/limited',
    access: { who: 'signed-in' },
    touches: 'nothing',
    limit: { times: 3, perMinutes: 1 },
    handle: page('Limited'),
  },
  {
    method: 'GET',
    url: '/limited-for-all',
    access: { who: 'anyone' },
    touches: 'nothing',
    limit: { times: 3, perMinutes: 1 },
    handle: page('Limited for all'),
  },
  { method: 'GET', url: '/open', access: { who: 'anyone' }, touches: 'nothing', handle: page('Open') },
  {
    method: 'GET',
    url: '/casework',
    access: { who: 'roles', roles: ['plan-coordinator'] },
    touches: 'nothing',
    handle: page('Casework'),
  },
  {
    method: 'POST',
    url: '/write',
    access: { who: 'roles', roles: ['plan-coordinator'] },
    touches: 'nothing',
    handle: async (context) => {
      const result = await context.command('write', async () => {
        writes++
        return { ok: true, redirect: `/written/${writes}` }
      })
      return result.ok
        ? { redirect: result.redirect }
        : { page: { title: 'Refused', main: <p>{result.errors[0]?.text}</p>, status: 422 } }
    },
  },
  {
    method: 'GET',
    url: '/careful',
    access: { who: 'roles', roles: ['plan-coordinator'], freshWithinMinutes: 10 },
    touches: 'nothing',
    handle: page('Careful'),
  },
  {
    method: 'POST',
    url: '/careful',
    access: { who: 'signed-in', freshWithinMinutes: 10 },
    touches: 'nothing',
    handle: async () => {
      writes++
      return { redirect: '/careful', notice: 'Done for Amara' }
    },
  },
  {
    method: 'GET',
    url: '/form',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async (context) => ({
      page: { title: context.csrfToken, main: <p>{context.notice ?? 'no notice'}</p> },
    }),
  },
  {
    method: 'POST',
    url: '/form',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async () => {
      writes++
      return { redirect: '/form' }
    },
  },
  {
    method: 'GET',
    url: '/broken',
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async () => {
      throw new Error('Amara Okafor broke it')
    },
  },
]

beforeAll(async () => {
  fresh = await freshRecord()
  await fresh.owner
    .insertInto('authority')
    .values({
      code: '838',
      name: 'Dorset',
      ons_code: 'E06000059',
      region: 'South West',
      mode: 'training',
      training_today: '2020-11-02',
    })
    .execute()
  await fresh.owner
    .insertInto('account')
    .values([
      {
        id: COORDINATOR,
        name: 'Cora',
        email: 'cora@example.org',
        door: 'staff',
        role: 'plan-coordinator',
        remit: 'authority',
      },
      {
        id: BOARD,
        name: 'Ben',
        email: 'ben@example.org',
        door: 'board',
        role: 'board-member',
        remit: 'none',
      },
      {
        id: LEAVER,
        name: 'Lee',
        email: 'lee@example.org',
        door: 'staff',
        role: 'plan-coordinator',
        remit: 'authority',
        active_to: '2020-11-03',
      },
    ])
    .execute()
  app = await buildServer({
    db: fresh.db,
    clock: { today: async () => '2020-11-02' },
    routes,
    secureCookies: false,
    hsts: true,
    log: false,
    drawPage: (drawn, about) =>
      `<title>${drawn.title}</title><p>${about.viewer?.name ?? 'nobody'}</p><p>${about.notice ?? ''}</p>`,
  })
})
afterAll(async () => {
  await app.close()
  await fresh.close()
})

async function signedIn(accountId: string) {
  const token = await startSession(fresh.db, accountId, '2020-11-02')
  const row = await fresh.owner
    .selectFrom('session')
    .select('csrf_secret')
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  return { cookie: `clearway=${token}`, csrf: row.csrf_secret }
}
const post = (
  url: string,
  who: { cookie: string },
  form: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  app.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  })

describe('The first wall', () => {
  test('a route with no access rule keeps the server from starting', async () => {
    const undeclared = { ...routes[0]!, url: '/undeclared', access: undefined } as unknown as Route
    await expect(
      buildServer({
        db: fresh.db,
        clock: { today: async () => '2020-11-02' },
        routes: [undeclared],
        secureCookies: false,
        hsts: false,
        log: false,
        drawPage: () => '',
      }),
    ).rejects.toThrow(RouteNotDeclared)
  })
  test('nobody signed in is sent to sign in, and comes back', async () => {
    const answer = await app.inject('/casework?a=1')
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/sign-in?next=%2Fcasework%3Fa%3D1')
  })
  test('the wrong role is refused, stays signed in, and the refusal is in the access log', async () => {
    const ben = await signedIn(BOARD)
    expect((await app.inject({ url: '/casework', headers: { cookie: ben.cookie } })).statusCode).toBe(403)
    expect((await app.inject({ url: '/open', headers: { cookie: ben.cookie } })).body).toContain('Ben')
    const logged = await fresh.owner
      .selectFrom('access_log')
      .select(['what', 'outcome'])
      .where('account_id', '=', BOARD)
      .execute()
    expect(logged).toEqual([{ what: 'GET /casework', outcome: 'refused' }])
  })
  test('a leaver’s session is dead on the day they leave', async () => {
    const token = await startSession(fresh.db, LEAVER, '2020-11-02')
    const headers = { cookie: `clearway=${token}` }
    expect((await app.inject({ url: '/open', headers })).body).toContain('Lee')
    await fresh.owner
      .updateTable('account')
      .set({ active_to: '2020-11-02' })
      .where('id', '=', LEAVER)
      .execute()
    expect((await app.inject({ url: '/open', headers })).body).toContain('nobody')
  })
})

describe('A form that changes something', () => {
  test('is refused without the session’s token, from another site, or from another origin, and nothing is written', async () => {
    const cora = await signedIn(COORDINATOR)
    const before = writes
    expect((await post('/write', cora, { a: '1' })).statusCode).toBe(403)
    expect((await post('/write', cora, { _csrf: 'wrong' })).statusCode).toBe(403)
    expect(
      (await post('/write', cora, { _csrf: cora.csrf }, { 'sec-fetch-site': 'cross-site' })).statusCode,
    ).toBe(403)
    expect(
      (await post('/write', cora, { _csrf: cora.csrf }, { origin: 'https://elsewhere.example' })).statusCode,
    ).toBe(403)
    expect((await post('/write', cora, { _csrf: cora.csrf }, { origin: 'not a url' })).statusCode).toBe(403)
    expect(writes).toBe(before)
  })
  test('posted twice with one key is carried out once, and answers the same', async () => {
    const cora = await signedIn(COORDINATOR)
    const before = writes
    const form = { _csrf: cora.csrf, idempotencyKey: 'k1', a: '1' }
    const first = await post('/write', cora, form)
    const second = await post('/write', cora, form)
    expect(first.statusCode).toBe(303)
    expect(second.headers.location).toBe(first.headers.location)
    expect(writes).toBe(before + 1)
  })
  test('with a used key and other answers is refused in words', async () => {
    const cora = await signedIn(COORDINATOR)
    const answer = await post('/write', cora, { _csrf: cora.csrf, idempotencyKey: 'k1', a: 'something else' })
    expect(answer.statusCode).toBe(422)
  })
  test('with no key, or one that none of our pages makes, is refused in words, and nothing is done', async () => {
    const cora = await signedIn(COORDINATOR)
    const before = writes
    for (const key of [{}, { idempotencyKey: '' }, { idempotencyKey: 'a b' }]) {
      const answer = await post('/write', cora, { _csrf: cora.csrf, ...key })
      expect(answer.statusCode).toBe(422)
    }
    expect(writes).toBe(before)
  })
  test('before anybody has signed in needs the token of the browser’s visit', async () => {
    const before = writes
    const first = await app.inject('/form')
    const visit = first.cookies.find(({ name }) => name === 'clearway-visit')!
    expect(visit).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    const token = /<title>([^<]+)</.exec(first.body)![1]!
    expect(token).not.toContain(visit.value)
    const cookie = `clearway-visit=${visit.value}`
    expect((await post('/form', { cookie }, {})).statusCode).toBe(403)
    expect((await post('/form', { cookie: '' }, { _csrf: token })).statusCode).toBe(403)
    expect(
      (await post('/form', { cookie: `clearway-visit=${'x'.repeat(43)}` }, { _csrf: token })).statusCode,
    ).toBe(403)
    expect((await post('/form', { cookie: 'clearway-visit=short' }, { _csrf: token })).statusCode).toBe(403)
    expect(writes).toBe(before)
    expect((await post('/form', { cookie }, { _csrf: token })).statusCode).toBe(303)
    expect(writes).toBe(before + 1)
  })
  test('of a session that is over is told so', async () => {
    expect((await post('/form', { cookie: `clearway=${'o'.repeat(43)}` }, { _csrf: 'x' })).statusCode).toBe(
      401,
    )
  })
  test('changes nothing by GET', async () => {
    const cora = await signedIn(COORDINATOR)
    expect((await app.inject({ url: '/write', headers: { cookie: cora.cookie } })).statusCode).toBe(404)
  })
})

describe('What asks for a fresh sign-in', () => {
  const age = (minutes: number) =>
    sql.raw(`update session set signed_in_at = now() - interval '${minutes} minutes'`).execute(fresh.owner)

  test('is open just after one, and sends to sign in again later; a form then does nothing', async () => {
    const cora = await signedIn(COORDINATOR)
    const careful = () => app.inject({ url: '/careful', headers: { cookie: cora.cookie } })
    await age(9)
    expect((await careful()).statusCode).toBe(200)
    await age(11)
    expect((await careful()).headers.location).toBe('/sign-in?again=yes&next=%2Fcareful')
    const before = writes
    const refused = await post('/careful', cora, { _csrf: cora.csrf })
    expect(refused.statusCode).toBe(401)
    expect(refused.body).toContain('Cora')
    expect(writes).toBe(before)
    expect((await app.inject({ url: '/casework', headers: { cookie: cora.cookie } })).statusCode).toBe(200)
  })
})

describe('Words for the next page', () => {
  test('are kept with the session, shown once, and never in a cookie', async () => {
    const cora = await signedIn(COORDINATOR)
    const done = await post('/careful', cora, { _csrf: cora.csrf })
    expect(JSON.stringify(done.headers)).not.toContain('Amara')
    const next = () => app.inject({ url: '/form', headers: { cookie: cora.cookie } })
    expect((await next()).body).toContain('Done for Amara')
    expect((await next()).body).not.toContain('Done for Amara')
  })
})

describe('A site with its own address', () => {
  test('answers no other host, and takes forms from no other origin', async () => {
    const own = await buildServer({
      db: fresh.db,
      clock: { today: async () => '2020-11-02' },
      routes,
      secureCookies: false,
      hsts: true,
      log: false,
      origin: 'https://send.example',
      drawPage: (drawn) => drawn.title,
    })
    const host = { host: 'send.example' }
    expect((await own.inject({ url: '/open', headers: host })).statusCode).toBe(200)
    for (const other of ['evil.example', 'send.example:8443', 'localhost'])
      expect((await own.inject({ url: '/open', headers: { host: other } })).statusCode).toBe(421)
    const cora = await signedIn(COORDINATOR)
    const write = (origin: string, key: string) =>
      own.inject({
        method: 'POST',
        url: '/write',
        headers: {
          ...host,
          origin,
          cookie: cora.cookie,
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: new URLSearchParams({ _csrf: cora.csrf, idempotencyKey: key }).toString(),
      })
    expect((await write('http://send.example', 'o1')).statusCode).toBe(403)
    expect((await write('https://send.example.evil', 'o2')).statusCode).toBe(403)
    expect((await write('https://send.example', 'o3')).statusCode).toBe(303)
    await own.close()
  })
})

describe('What is never honest input', () => {
  test.each(['/open?x=%00', '/open?x=a&x=%00'])('%s is refused, and is no failure of ours', async (url) => {
    expect((await app.inject(url)).statusCode).toBe(400)
  })
  test('a body that is no form is refused', async () => {
    const cora = await signedIn(COORDINATOR)
    const answer = await app.inject({
      method: 'POST',
      url: '/write',
      headers: { cookie: cora.cookie, 'content-type': 'application/json' },
      payload: '{"_csrf":"x"}',
    })
    expect(answer.statusCode).toBe(415)
  })
  test('more than a session may ask in a while is answered 429, with when to come back', async () => {
    const cora = await signedIn(COORDINATOR)
    const answers = []
    for (let n = 0; n < 4; n++)
      answers.push(await app.inject({ url: '/limited', headers: { cookie: cora.cookie } }))
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 429])
    expect(Number(answers[3]!.headers['retry-after'])).toBeGreaterThan(0)
    const another = await signedIn(BOARD)
    expect((await app.inject({ url: '/limited', headers: { cookie: another.cookie } })).statusCode).toBe(200)
  })
  test('where anybody may ask, a made-up cookie is nobody new', async () => {
    const answers = []
    for (let n = 0; n < 4; n++)
      answers.push(
        await app.inject({ url: '/limited-for-all', headers: { cookie: `clearway=made-up-${n}` } }),
      )
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 429])
  })
})

describe('Every response', () => {
  test.each(['/open', '/missing', '/broken', '/casework', '/%ff'])(
    '%s carries the security headers',
    async (url) => {
      const answer = await app.inject(url)
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
      expect(answer.headers['content-security-policy']).not.toContain('unsafe-inline')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(answer.headers['referrer-policy']).toBe('no-referrer')
      expect(answer.headers['strict-transport-security']).toBeDefined()
    },
  )
  test('a failure says nothing of what failed', async () => {
    const answer = await app.inject('/broken')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('Amara')
  })
})
