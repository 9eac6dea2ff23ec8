/** The pages staff live in, measured whole: a real PostgreSQL with row security and the access log on, 3,000 open
 *  cases, 20 connections from another process, beside the same page drawn with no database. */
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { prepareStatements } from '../src/db/prepared-statements.ts'
import { type FreshRecord, freshRecord } from '../src/db/testing/fresh-record.ts'
import { startPostgresServer } from '../src/db/testing/postgres-server.ts'
import { asViewer } from '../src/db/viewer.ts'
import { routes as caseRoutes } from '../src/features/assessment/case-page/index.ts'
import { routes as noteRoutes } from '../src/features/assessment/write-a-note/index.tsx'
import { drawnWithout, routes as worklistRoutes } from '../src/features/worklist/index.ts'
import { date, longDate } from '../src/law/index.ts'
import type { Route, SignedIn } from '../src/platform/routes.ts'
import { buildServer } from '../src/platform/server.ts'
import { startSession } from '../src/platform/sessions.ts'
import { navigationFor } from '../src/portals/doors.ts'
import { renderPage } from '../src/ui/page.tsx'
import type { BenchLine } from './clock.ts'
import { processorTime } from './pages-cpu.ts'
import { BENCH_TODAY, COORDINATOR, fillRecord, LONG_CASE, makeLongCase } from './pages-data.ts'
import { type Load, type LoadOptions, load } from './pages-load.ts'

const OPEN_CASES = 3_000
const SECONDS = Number(process.env['CLEARWAY_BENCH_SECONDS'] ?? 8)
const LIST = '/staff/worklist?whose=everyone'
const WITHOUT = '/bench/worklist-without-database'

export async function benchPages(): Promise<readonly BenchLine[]> {
  process.env['CLEARWAY_TEST_DB'] = 'postgres'
  const server = await startPostgresServer()
  process.env['CLEARWAY_TEST_POSTGRES_URL'] = server.superuserUrl
  const fresh = await freshRecord()
  try {
    await fillRecord(fresh.owner, OPEN_CASES)
    await makeLongCase(fresh)
    await vacuum(fresh)
    const app = await startApp(fresh)
    try {
      return await measure(app, fresh, server.dataFolder)
    } finally {
      await app.close()
    }
  } finally {
    await fresh.close()
    await server.stop()
  }
}

/** As autovacuum leaves a table that has been there for a day. */
async function vacuum(fresh: FreshRecord): Promise<void> {
  const client = new pg.Client({ connectionString: fresh.superuserUrl })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}

async function startApp(fresh: FreshRecord): Promise<FastifyInstance> {
  const viewer: SignedIn = {
    accountId: COORDINATOR,
    name: 'Coordinator 1',
    role: 'plan-coordinator',
    jobTitle: 'Plan coordinator',
    door: 'staff',
    localityId: 'l2',
    teamId: 't2',
    csrfToken: 'none',
  }
  const draw = await asViewer(fresh.db, { accountId: COORDINATOR, today: BENCH_TODAY }, (trx) =>
    drawnWithout(trx, viewer, BENCH_TODAY, { whose: 'everyone' }),
  )
  const without: Route = {
    method: 'GET',
    url: WITHOUT,
    access: { who: 'anyone' },
    touches: 'nothing',
    handle: async () => draw(),
  }
  const app = await buildServer({
    db: fresh.db,
    clock: { today: async () => BENCH_TODAY },
    routes: [...worklistRoutes, ...caseRoutes, ...noteRoutes, without],
    secureCookies: false,
    hsts: false,
    log: false,
    drawPage: (page, about) => {
      const who = about.url === WITHOUT ? viewer : about.viewer
      return renderPage({
        title: page.title,
        door: who?.door ?? 'public',
        signedInAs: who && { name: who.name, role: who.jobTitle },
        csrfToken: who?.csrfToken,
        navigation: navigationFor(who, about.url),
        training: { today: longDate(date(about.today)), moveTimeHref: '/training/move-time' },
        backLink: page.backLink,
        nonce: about.nonce,
        wide: page.wide,
        errors: page.hasErrors,
        authorityName: 'Bench Council',
        notice: about.notice,
        main: page.main,
      })
    },
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return app
}

const portOf = (app: FastifyInstance): number => {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('the bench server has no port')
  return address.port
}

const line = (
  name: string,
  value: number,
  unit: string,
  limit: number,
  better: 'more' | 'less',
  note = '',
): BenchLine => ({
  name,
  value,
  unit,
  limit,
  better,
  ok: better === 'more' ? value >= limit : value <= limit,
  note,
})

async function measure(
  app: FastifyInstance,
  fresh: FreshRecord,
  dataFolder: string,
): Promise<readonly BenchLine[]> {
  const cookie = `clearway=${await startSession(fresh.db, COORDINATOR, BENCH_TODAY)}`
  const common = { port: portOf(app), cookie, expect: 200 }
  const list = await warmThenLoad(
    {
      ...common,
      seconds: SECONDS,
      connections: 20,
      requests: [{ method: 'GET', path: LIST }],
    },
    dataFolder,
  )
  const without = await warmThenLoad(
    {
      ...common,
      cookie: 'nobody=1', // a session would be looked up in the database
      seconds: Math.min(SECONDS, 5),
      connections: 20,
      requests: [{ method: 'GET', path: WITHOUT }],
    },
    dataFolder,
  )
  const page = await warmThenLoad(
    {
      ...common,
      seconds: Math.min(SECONDS, 5),
      connections: 1,
      requests: [{ method: 'GET', path: `/staff/cases/${LONG_CASE}` }],
    },
    dataFolder,
  )
  const fact = await measureFact(app, fresh, cookie)
  const cost = `${list.cost}; ${OPEN_CASES.toLocaleString('en-GB')} open cases, everyone’s, row security and access log on`
  return [
    line('worklist page, 20 at once', list.requestsPerSecond, 'a second', 600, 'more', cost),
    line('worklist page, p99 at 20 at once', list.p99, 'ms', 80, 'less', `p50 ${list.p50.toFixed(1)} ms`),
    line(
      'worklist page against the same with no database',
      list.requestsPerSecond / without.requestsPerSecond,
      'times',
      0.5,
      'more',
      `with none: ${Math.round(without.requestsPerSecond)} a second, ${without.cost}`,
    ),
    line('worklist page, 50 rows', list.body / 1024, 'KB', 40, 'less', 'as sent, not compressed'),
    line(
      'case page with 150 facts, p95',
      page.p95,
      'ms',
      50,
      'less',
      `p50 ${page.p50.toFixed(1)} ms, ${page.cost}`,
    ),
    line(
      'record a fact, p95',
      fact.request.p95,
      'ms',
      40,
      'less',
      `p50 ${fact.request.p50.toFixed(1)} ms, on the case with 150 facts`,
    ),
    line(
      'record a fact against its bare transaction',
      fact.request.p50 / fact.bare,
      'times',
      2,
      'less',
      `the same ${fact.statements} statements alone: p50 ${fact.bare.toFixed(1)} ms`,
    ),
  ]
}

async function warmThenLoad(
  options: LoadOptions,
  dataFolder: string,
): Promise<Load & { readonly cost: string }> {
  await load({ ...options, seconds: 2 })
  const before = processorTime(dataFolder)
  const result = await load(options)
  const after = processorTime(dataFolder)
  const [app, postgres] = [
    (after.app - before.app) / result.requests,
    (after.postgres - before.postgres) / result.requests,
  ]
  return {
    ...result,
    cost: `processor time ${app.toFixed(2)} ms in the app, ${postgres.toFixed(2)} ms in PostgreSQL`,
  }
}

interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** A note recorded through its page, and the very statements of one such request sent alone on a bare connection. */
async function measureFact(
  app: FastifyInstance,
  fresh: FreshRecord,
  cookie: string,
): Promise<{ readonly request: Load; readonly bare: number; readonly statements: number }> {
  const { csrf_secret } = await fresh.owner
    .selectFrom('session')
    .select('csrf_secret')
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  const body = (key: string) =>
    new URLSearchParams({
      _csrf: csrf_secret,
      idempotencyKey: key,
      'on-day': '1',
      'on-month': '11',
      'on-year': '2020',
      note: 'Spoke with the school.',
    }).toString()
  const path = `/staff/cases/${LONG_CASE}/write-a-note`
  const send = (first: number, count: number) =>
    load({
      port: portOf(app),
      cookie,
      expect: 303,
      seconds: 60,
      connections: 1,
      once: true,
      requests: Array.from({ length: count }, (_, n) => ({
        method: 'POST' as const,
        path,
        body: body(`bench-${first + n}`),
      })),
    })
  await send(0, 10)
  const statements = await statementsOf(() => send(100, 1), 'bench-100')
  const request = await send(1_000, 100)
  return { request, bare: await replay(fresh, statements), statements: statements.length }
}

/** The statements of one transaction, as they went to the server. */
async function statementsOf(work: () => Promise<unknown>, key: string): Promise<Statement[]> {
  const seen: Statement[] = []
  const original = pg.Client.prototype.query
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const kept = args[0] as { readonly text?: unknown; readonly values?: unknown } | string
    if (typeof kept === 'string')
      seen.push({ text: kept, values: Array.isArray(args[1]) ? [...args[1]] : [] })
    else if (typeof kept?.text === 'string')
      seen.push({ text: kept.text, values: Array.isArray(kept.values) ? [...kept.values] : [] })
    return Reflect.apply(original, this, args) as never
  } as typeof original
  try {
    await work()
  } finally {
    pg.Client.prototype.query = original
  }
  const first = seen.findIndex(
    (one) =>
      one.text === 'begin' &&
      seen
        .slice(seen.indexOf(one))
        .some((later) => later.values.some((value) => String(value).includes(key))),
  )
  const last = seen.findLastIndex((one) => one.text === 'commit')
  if (first < 0 || last < first) throw new Error('the request’s transaction was not seen')
  return seen.slice(first, last + 1)
}

async function replay(fresh: FreshRecord, statements: readonly Statement[]): Promise<number> {
  const name = new URL(fresh.superuserUrl!).pathname.slice(1)
  const url = new URL(fresh.superuserUrl!)
  url.username = `${name}_app`
  url.password = 'test'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  // Kept by the server as the application's are: the comparison is of the work, not of planning it.
  prepareStatements(client)
  const times: number[] = []
  for (let round = 0; round < 60; round++) {
    const began = performance.now()
    for (const { text, values } of statements)
      await client.query(
        text,
        values.map((value) =>
          typeof value === 'string' ? value.replace('bench-100', `bare-${round}`) : value,
        ),
      )
    if (round >= 10) times.push(performance.now() - began)
  }
  await client.end()
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!
}
