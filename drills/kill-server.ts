import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Database } from '../src/db/connection.ts'
import { verifyRecord } from '../src/db/integrity/index.ts'
import { checkDeadlines } from '../src/db/rebuild/index.ts'
import { type Chances, chances } from '../src/db/testing/seeded.ts'
import { STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import { buildPrograms } from './build.mjs'
import { type PreparedRecord, prepareEmbedded, preparePostgres, TODAY } from './prepared-record.ts'
import { freePort, Site, Visitor } from './site.ts'

const HELP = `Usage: node drills/run.mjs kill-server [--engine embedded|postgres] [--kills 50] [--victim server|database] [--people 6]

Starts the real server, streams notes, requests and parts of plans to it over HTTP, each with its own key, kills it (or the whole database
server) with -9 in the middle, starts it again and sends what was not acknowledged again with the same key. At the end every
acknowledged fact must be there once, history must verify, and the deadlines must equal the facts.
CLEARWAY_SEED repeats a run.
`

export interface KillServerOptions {
  readonly engine: 'embedded' | 'postgres'
  readonly kills: number
  /** What is killed: the server's process, or every process of the database server while ours runs on. */
  readonly victim?: 'server' | 'database'
  readonly people?: number
}

export interface KillServerReport {
  readonly engine: string
  readonly victim: string
  readonly kills: number
  readonly attempts: number
  readonly acknowledged: number
  /** Sent again with the same key after the answer was lost. */
  readonly retried: number
  /** Sent again on purpose after they were acknowledged. */
  readonly postedTwice: number
  readonly refused: number
  readonly lost: number
  readonly duplicates: number
  readonly torn: number
  readonly historyOk: boolean
  readonly deadlinesDiffering: number
  readonly slowestReadyMilliseconds: number
  readonly seed: number
}

interface Intent {
  readonly key: string
  readonly kind: 'note' | 'request' | 'part'
  readonly page: string
  readonly fields: Readonly<Record<string, string>>
  readonly mark: string
}

const dayFields = (name: string, day: string): Record<string, string> => {
  const [year, month, date] = day.split('-').map(Number)
  return { [`${name}-day`]: String(date), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const word = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => LETTERS[byte % 26]).join('')

function noteOn(cases: readonly string[], chance: Chances): Intent {
  const mark = `drill ${randomUUID()}`
  return {
    key: randomUUID(),
    kind: 'note',
    page: `/staff/cases/${chance.pick(cases)}/write-a-note`,
    mark,
    fields: { ...dayFields('on', TODAY), note: mark },
  }
}

/** A request for a child nobody has heard of: child, case, history and caches in one transaction. */
function requestFor(chance: Chances): Intent {
  const mark = word(14)
  const born = `20${String(10 + chance.number(8))}-${String(1 + chance.number(12)).padStart(2, '0')}-${String(1 + chance.number(28)).padStart(2, '0')}`
  return {
    key: randomUUID(),
    kind: 'request',
    page: '/staff/requests/new',
    mark,
    fields: {
      go: 'record',
      effect: 'new-child::',
      arrivedBy: 'paper',
      askedBy: 'parent',
      ...dayFields('receivedOn', '2026-02-20'),
      givenName: word(12),
      familyName: mark,
      ...dayFields('bornOn', born),
      sex: chance.pick(['F', 'M']),
      settingKind: 'not-known',
      tellThem: 'later',
      firstLanguage: 'English',
      peopleAsked: '1',
      noPeopleKnown: 'yes',
    },
  }
}

/** A part of a plan that several people write in at once. */
function partOf(plans: readonly string[], chance: Chances): Intent {
  const mark = `drill part ${randomUUID()}`
  return {
    key: randomUUID(),
    kind: 'part',
    page: `/staff/plans/${chance.pick(plans)}/sections/B/parts/new-need`,
    mark,
    fields: { do: 'save', type: 'SLCN', words: mark },
  }
}

interface Tally {
  attempts: number
  retried: number
  postedTwice: number
  refused: Map<string, number>
  acknowledged: Intent[]
  givenUp: Intent[]
}

/** Resolves while the site can be used; people wait here while it is being killed and started. */
class Gate {
  #open = Promise.resolve()
  #release: (() => void) | undefined
  shut(): void {
    this.#open = new Promise((resolve) => {
      this.#release = resolve
    })
  }
  unlock(): void {
    this.#release?.()
  }
  pass(): Promise<void> {
    return this.#open
  }
}

/** One person's stream of work: each thing is sent with its key until it is answered. */
async function work(
  visitor: Visitor,
  parts: {
    readonly gate: Gate
    readonly tally: Tally
    readonly chance: Chances
    readonly cases: readonly string[]
    readonly plans: readonly string[]
    readonly isOver: () => boolean
  },
): Promise<void> {
  const { gate, tally, chance, cases, plans, isOver } = parts
  while (!isOver()) {
    const turn = chance.number(5)
    const intent = turn === 0 ? requestFor(chance) : turn < 3 ? partOf(plans, chance) : noteOn(cases, chance)
    if (!(await sendUntilAnswered(visitor, intent, gate, tally))) continue
    if (chance.number(12) === 0) {
      tally.postedTwice++
      await sendUntilAnswered(visitor, intent, gate, tally, { again: true })
    }
  }
}

async function sendUntilAnswered(
  visitor: Visitor,
  intent: Intent,
  gate: Gate,
  tally: Tally,
  options: { readonly again?: boolean } = {},
): Promise<boolean> {
  for (let attempt = 1; attempt <= 400; attempt++) {
    await gate.pass()
    tally.attempts++
    if (attempt > 1) tally.retried++
    const answer = await visitor
      .post(intent.page, { ...intent.fields, idempotencyKey: intent.key })
      .catch(() => undefined)
    const body = await answer?.text().catch(() => undefined)
    if (answer?.status === 303) {
      if (!options.again) tally.acknowledged.push(intent)
      return true
    }
    if (answer && answer.status < 500 && body !== undefined) {
      const words = `${intent.kind}${options.again ? ' again' : ''} ${answer.status}: ${problemOf(body)}`
      tally.refused.set(words, (tally.refused.get(words) ?? 0) + 1)
      return false
    }
    await sleep(25)
  }
  tally.givenUp.push(intent)
  return false
}

const problemOf = (html: string): string =>
  (/error-summary__list[\s\S]*?<\/ul>/.exec(html)?.[0] ?? /<h1[\s\S]*?<\/h1>/.exec(html)?.[0] ?? '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200)

/** Kills in the middle of work, as often as asked. */
export async function killServerDrill(options: KillServerOptions): Promise<KillServerReport> {
  const chance = chances()
  const victim = options.victim ?? 'server'
  const programs = await buildPrograms({ server: 'drills/server-program.ts' }, `server-${process.pid}`)
  const record = options.engine === 'embedded' ? await prepareEmbedded(30) : await preparePostgres(30)
  const site = new Site(path.join(programs, 'server.js'), await freePort(), record.env)
  try {
    let slowest = await site.start()
    const gate = new Gate()
    const tally: Tally = {
      attempts: 0,
      retried: 0,
      postedTwice: 0,
      refused: new Map(),
      acknowledged: [],
      givenUp: [],
    }
    let isOver = false
    const visitors = await Promise.all(
      Array.from({ length: options.people ?? 6 }, async () => {
        const visitor = new Visitor(site, STORY_PEOPLE.coordinator.id)
        await visitor.signIn('/staff/requests/new')
        return visitor
      }),
    )
    const atWork = Promise.all(
      visitors.map((visitor) =>
        work(visitor, {
          gate,
          tally,
          chance,
          cases: record.cases,
          plans: record.plans,
          isOver: () => isOver,
        }),
      ),
    )
    for (let kill = 0; kill < options.kills; kill++) {
      await sleep(150 + chance.number(900))
      slowest = Math.max(
        slowest,
        victim === 'server' ? await killSite(site, gate) : await killDatabase(record, site),
      )
      if (process.stderr.isTTY)
        process.stderr.write(
          `\rkill ${kill + 1} of ${options.kills}, ${tally.acknowledged.length} acknowledged`,
        )
    }
    await sleep(300)
    isOver = true
    await atWork
    await site.stop()
    const owner = await record.openOwner()
    try {
      return {
        engine: record.engine,
        victim,
        kills: options.kills,
        slowestReadyMilliseconds: Math.round(slowest),
        seed: chance.seed,
        ...(await judge(owner, tally)),
      }
    } finally {
      await owner.destroy()
    }
  } finally {
    await site.kill()
    await record.close()
    rmSync(programs, { recursive: true, force: true })
  }
}

async function killSite(site: Site, gate: Gate): Promise<number> {
  await site.kill() // what is on its way is lost; people wait at the gate only with their next attempt
  gate.shut()
  const ready = await site.start()
  gate.unlock()
  return ready
}

/** Our server stays up; people meet 503s until the database is back. */
async function killDatabase(record: PreparedRecord, site: Site): Promise<number> {
  if (!record.killDatabase || !record.restartDatabase)
    throw new Error('the embedded engine has no server to kill')
  await record.killDatabase()
  await record.restartDatabase()
  const backAt = performance.now()
  while (!(await site.isReady())) {
    if (performance.now() - backAt > 30_000)
      throw new Error(`the server did not find its database again:\n${site.said}`)
    await sleep(10)
  }
  return performance.now() - backAt
}

type Judged = Omit<KillServerReport, 'engine' | 'victim' | 'kills' | 'slowestReadyMilliseconds' | 'seed'>

/** Looks into the record itself: is every acknowledged thing there, once, whole, and nothing else? */
async function judge(owner: Database, tally: Tally): Promise<Judged> {
  const { rows: notes } = await sql<{ mark: string; times: number }>`
    select payload ->> 'note' as mark, count(*) as times from case_event where payload ->> 'note' like 'drill %' group by 1`.execute(
    owner,
  )
  const { rows: requests } = await sql<{ mark: string; times: number; whole: boolean }>`
    select c.family_name as mark, count(*) over (partition by c.family_name) as times,
      (select count(*) = 1 from process p where p.child_id = c.id and p.next_due_on is not null)
      and (select count(*) = 1 from case_event e where e.child_id = c.id and e.kind = 'request_received')
      and exists (select from deadline d where d.child_id = c.id) as whole
    from child c where c.reference not like 'C-%' or length(c.family_name) = 14`.execute(owner)
  const { rows: parts } = await sql<{ mark: string; times: number }>`
    select content ->> 'words' as mark, count(*) as times from plan_part where content ->> 'words' like 'drill part %' group by 1`.execute(
    owner,
  )
  const { rows: commands } = await sql<{ key: string }>`select key from command`.execute(owner)
  const { rows: logged } = await sql<{
    changed: number
  }>`select count(*) as changed from access_log where outcome = 'changed'`.execute(owner)
  const times = new Map([...notes, ...requests, ...parts].map((row) => [row.mark, row.times]))
  const keys = new Set(commands.map((row) => row.key))
  const lost = tally.acknowledged.filter(({ mark, key }) => !times.has(mark) || !keys.has(key)).length
  const duplicates = [...times.values()].reduce((sum, count) => sum + (count - 1), 0)
  // Each command is one fact and one line of the access log, or nothing at all.
  const torn =
    requests.filter((row) => !row.whole).length +
    Math.abs(times.size - keys.size) +
    Math.abs(logged[0]!.changed - keys.size)
  const acknowledged = new Set(tally.acknowledged.map(({ mark }) => mark))
  const strays = [...times.keys()].filter(
    (mark) => !acknowledged.has(mark) && !tally.givenUp.some((intent) => intent.mark === mark),
  ).length
  const { report } = await verifyRecord(owner)
  const deadlines = await checkDeadlines(owner, { today: TODAY })
  for (const [words, count] of tally.refused) process.stderr.write(`refused ${count} times: ${words}\n`)
  return {
    attempts: tally.attempts,
    acknowledged: acknowledged.size,
    retried: tally.retried,
    postedTwice: tally.postedTwice,
    refused: [...tally.refused.values()].reduce((sum, count) => sum + count, tally.givenUp.length),
    lost,
    duplicates,
    torn: torn + strays,
    historyOk: report.ok,
    deadlinesDiffering: deadlines.differing,
  }
}

export const isClean = (report: KillServerReport): boolean =>
  report.lost === 0 &&
  report.duplicates === 0 &&
  report.torn === 0 &&
  report.historyOk &&
  report.deadlinesDiffering === 0 &&
  report.refused === 0

/** `node drills/run.mjs kill-server` */
export async function runKillServer(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean' },
      engine: { type: 'string' },
      kills: { type: 'string' },
      victim: { type: 'string' },
      people: { type: 'string' },
    },
  })
  const engine = values.engine ?? 'embedded'
  const victim = values.victim ?? 'server'
  const kills = Number(values.kills ?? '50')
  const isGood =
    (engine === 'embedded' || engine === 'postgres') &&
    (victim === 'server' || (victim === 'database' && engine === 'postgres')) &&
    Number.isInteger(kills) &&
    kills > 0
  if (values.help || !isGood) {
    process.stdout.write(HELP)
    return values.help ? 0 : 1
  }
  const startedAt = performance.now()
  const report = await killServerDrill({ engine, kills, victim, people: Number(values.people ?? '6') })
  process.stdout.write(
    `${JSON.stringify({ ...report, seconds: Math.round((performance.now() - startedAt) / 1000) }, null, 2)}\n${isClean(report) ? 'Nothing was lost.' : 'FAILED'}\n`,
  )
  return isClean(report) ? 0 : 1
}
