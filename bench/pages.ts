import { sql } from 'kysely'
import { startPostgresServer } from '../src/db/testing/postgres-server.ts'
import { freshRecord } from '../src/db/testing/fresh-record.ts'
import { routes as worklistRoutes } from '../src/features/worklist/index.ts'
import { date, longDate } from '../src/law/index.ts'
import { buildServer } from '../src/platform/server.ts'
import { startSession } from '../src/platform/sessions.ts'
import { navigationFor } from '../src/portals/doors.ts'
import { renderPage } from '../src/ui/page.tsx'
import { BENCH_TODAY, COORDINATOR, fillRecord } from './pages-data.ts'
import { processorTime } from './pages-cpu.ts'
import { load } from './pages-load.ts'

export async function scratch(): Promise<void> {
  process.env['CLEARWAY_TEST_DB'] = 'postgres'
  const server = await startPostgresServer()
  process.env['CLEARWAY_TEST_POSTGRES_URL'] = server.superuserUrl
  const fresh = await freshRecord()
  await fillRecord(fresh.owner, 3000)
  const app = await buildServer({
    db: fresh.db, clock: { today: async () => BENCH_TODAY }, routes: [...worklistRoutes, { method: 'GET', url: '/floor', access: { who: 'signed-in' }, touches: 'children', handle: async (context) => { await context.read('x', async (trx, saw) => { saw(Array.from({length:50},(_,i)=>'00000000-0000-4000-9000-'+String(i+1).padStart(12,'0'))); await sql`select 1`.execute(trx) }); return { file: { name: 'x', type: 'text/plain', body: 'x' } } } }, { method: 'GET', url: '/floor2', access: { who: 'anyone' }, touches: 'nothing', handle: async () => ({ file: { name: 'x', type: 'text/plain', body: 'x' } }) }, { method: 'GET', url: '/floor3', access: { who: 'signed-in' }, touches: 'children', handle: async (context) => { await context.read('x', async (trx) => { await sql`select 1`.execute(trx) }); return { file: { name: 'x', type: 'text/plain', body: 'x' } } } }], secureCookies: false, hsts: false, log: false,
    drawPage: (page, about) => renderPage({
      title: page.title, door: about.viewer?.door ?? 'public', signedInAs: about.viewer && { name: about.viewer.name, role: about.viewer.jobTitle },
      csrfToken: about.viewer?.csrfToken, navigation: navigationFor(about.viewer, about.url), training: { today: longDate(date(about.today)), moveTimeHref: '/x' },
      backLink: page.backLink, nonce: about.nonce, wide: page.wide, errors: page.hasErrors, authorityName: 'Bench', notice: about.notice, main: page.main,
    }),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const cookie = `clearway=${await startSession(fresh.db, COORDINATOR, BENCH_TODAY)}`
  const paths = (process.argv[2] ?? '/staff/worklist?whose=everyone').split(' ')
  for (const seconds of [3, 8]) {
    const before = processorTime()
    const result = await load({ port, cookie, seconds, connections: 20, expect: 200, requests: paths.map((path) => ({ method: 'GET', path })) })
    const after = processorTime()
    const [n, g] = [(after.app - before.app) / result.requests, (after.postgres - before.postgres) / result.requests]
    console.log(JSON.stringify(result), 'cpu ms: node', n.toFixed(3), 'pg', g.toFixed(3), 'possible/s', (2000 / (n + g + 0.1)).toFixed(0))
  }
  console.log((await sql`select count(*) from access_log`.execute(fresh.owner)).rows)
  await app.close()
  await fresh.close()
  await server.stop()
}
await scratch()
