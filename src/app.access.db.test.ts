import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allRoutes, buildApp } from './app.ts'
import { type FreshRecord, freshRecord } from './db/testing/fresh-record.ts'
import { makeStoryAuthority, STORY_PEOPLE } from './db/testing/story-authority.ts'
import type { Route } from './platform/routes.ts'
import { startSession } from './platform/sessions.ts'
import { visitCsrfToken } from './platform/sign-in/visit.ts'

/** The first wall, route by route and role by role, against a table that people have read: docs/access.md. */
const TABLE = path.join(import.meta.dirname, '..', 'docs', 'access.md')
const TODAY = '2026-07-06'
const parts = Object.keys(STORY_PEOPLE) as (keyof typeof STORY_PEOPLE)[]
/** A browser nobody has signed in on: its forms carry a token too. */
const VISIT = 'v'.repeat(43)
const nobody = { cookie: `clearway-visit=${VISIT}`, csrf: visitCsrfToken(VISIT) }
const NOBODY_SUCH = '00000000-0000-4000-8000-00000000dead'

let record: FreshRecord
let app: FastifyInstance
let routes: readonly Route[]
const cookies = new Map<string, { cookie: string; csrf: string }>()

beforeAll(async () => {
  record = await freshRecord()
  await makeStoryAuthority(record.owner, TODAY)
  const given = {
    db: record.db,
    authority: { code: '999', name: 'Story County', mode: 'training' } as const,
    secureCookies: false,
    log: false,
    clock: { today: async () => TODAY },
  }
  app = await buildApp(given)
  routes = allRoutes(given)
  for (const part of parts) {
    const token = await startSession(record.db, STORY_PEOPLE[part].id, TODAY)
    const { csrf_secret } = await record.owner
      .selectFrom('session')
      .select('csrf_secret')
      .where('account_id', '=', STORY_PEOPLE[part].id)
      .executeTakeFirstOrThrow()
    cookies.set(part, { cookie: `clearway=${token}`, csrf: csrf_secret })
  }
})
afterAll(async () => {
  await app.close()
  await record.close()
})

/** Is this person let past the first wall? A record that is not there answers 404 to those who are. */
async function isLetIn(route: Route, part: string | undefined): Promise<boolean> {
  // Signing out would end the session under test.
  if (route.url === '/sign-out') return true
  if (route.url === '/account/sign-out-everywhere') return part !== undefined
  const who = part === undefined ? nobody : cookies.get(part)
  const url = route.url.replaceAll(/:(\w+)/g, (_, name: string) =>
    name === 'occurrence' ? '1' : name === 'rule' ? 'final-plan' : NOBODY_SUCH,
  )
  const answer = await app.inject({
    method: route.method,
    url,
    headers: {
      ...(who ? { cookie: who.cookie } : {}),
      ...(route.method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(route.method === 'POST'
      ? { payload: new URLSearchParams(who ? { _csrf: who.csrf } : {}).toString() }
      : {}),
  })
  expect(answer.statusCode, `${route.method} ${route.url} as ${part ?? 'nobody'}`).toBeLessThan(500)
  if (answer.statusCode === 401 || answer.statusCode === 403) return false
  return !(answer.statusCode === 303 && String(answer.headers.location).startsWith('/sign-in?next='))
}

async function measuredTable(): Promise<string> {
  const head = ['Route', 'Shows', 'nobody', ...parts]
  const lines = [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`]
  for (const route of routes.toSorted((a, b) => (a.url + a.method < b.url + b.method ? -1 : 1))) {
    const cells = [await isLetIn(route, undefined)]
    for (const part of parts) cells.push(await isLetIn(route, part))
    lines.push(
      `| \`${route.method} ${route.url}\` | ${route.touches} | ${cells.map((isIn) => (isIn ? 'in' : '-')).join(' | ')} |`,
    )
  }
  return lines.join('\n')
}

const HEAD = `# Who may open what

Measured by \`src/app.access.db.test.ts\`: every route of the site, asked for by nobody and by a person of each role. *in* means past the first wall; row-level security then decides which records are there. The test fails when a route is added or its rule changes until this table is read and renewed (\`CLEARWAY_RENEW=1 npm test -- db-embedded src/app.access\`).

`

describe('Who may open what', () => {
  test('is as the table in docs/access.md says, for every route and every role', {
    timeout: 300_000,
  }, async () => {
    const measured = `${HEAD}${await measuredTable()}\n`
    if (process.env['CLEARWAY_RENEW']) writeFileSync(TABLE, measured)
    expect(readFileSync(TABLE, 'utf8')).toBe(measured)
  })
  test('no two routes share an address', () => {
    const addresses = routes.map((route) => `${route.method} ${route.url}`)
    expect(new Set(addresses).size).toBe(addresses.length)
  })
  test('the board’s door opens no page that shows a child', () => {
    const open = routes.filter(
      (route) =>
        route.touches === 'children' &&
        (route.access.who !== 'roles' || route.access.roles.includes('board-member')),
    )
    expect(open.map((route) => route.url)).toEqual([])
  })
  test('nothing that shows or changes a child is open to all', () => {
    expect(routes.filter((route) => route.touches === 'children' && route.access.who !== 'roles')).toEqual([])
  })
})
