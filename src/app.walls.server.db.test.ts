import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { allRoutes, buildApp } from './app.ts'
import { migrate } from './db/migrate.ts'
import { migrations } from './db/migrations/index.ts'
import { type FreshRecord, freshRecord } from './db/testing/fresh-record.ts'
import { FIXTURES, REHEARSAL } from './db/testing/rehearsal.ts'
import type { Role, Route } from './platform/routes.ts'
import { startSession } from './platform/sessions.ts'

/**
 * Somebody else's ids, in every address that takes one, by everybody who may open the page: refused by both walls together and
 * by each with the other taken away. The child whose ids are tried has a row in every table, from the rehearsal of the
 * migrations; the person who tries them has a child of their own, so that it is never merely an empty account.
 */

/** The first wall's own look at relationships, taken away while the second is tried alone. */
const walls = vi.hoisted(() => ({ relationships: true }))
vi.mock('./platform/relationships.ts', async (original) => {
  const real = await original<typeof import('./platform/relationships.ts')>()
  return {
    ...real,
    relationshipsTo: (...given: Parameters<typeof real.relationshipsTo>) =>
      walls.relationships
        ? real.relationshipsTo(...given)
        : Promise.resolve(new Map(given[2].map((id) => [id, 'anybody at all']))),
    placesOfWork: (...given: Parameters<typeof real.placesOfWork>) =>
      walls.relationships
        ? real.placesOfWork(...given)
        : Promise.resolve({ isAtSetting: () => true, isForLocality: () => true }),
    writeAccess: (...given: Parameters<typeof real.writeAccess>) =>
      walls.relationships ? real.writeAccess(...given) : Promise.resolve(),
  }
})

const TODAY = '2026-07-06'
const OWN = '00000000-0000-4000-8000-0000000f0001'
/** Words of the other child's record that must never be in an answer to a stranger. */
const CANARIES = ['Ada Marsh', 'Ada ', 'Paula Marsh', 'C-1<']

const NOBODY_SUCH = '00000000-0000-4000-8000-00000000dead'

interface Person {
  readonly id: string
  readonly role: Role
  readonly door: string
  readonly remit: string
}
const PEOPLE: readonly Person[] = (
  [
    ['parent', 'family', 'relationships'],
    ['young-person', 'family', 'relationships'],
    ['advocate', 'family', 'relationships'],
    ['senco', 'setting', 'relationships'],
    ['setting-head', 'setting', 'relationships'],
    ['setting-staff', 'setting', 'relationships'],
    ['educational-psychologist', 'professional', 'relationships'],
    ['health-professional', 'professional', 'relationships'],
    ['social-worker', 'professional', 'relationships'],
    ['head-of-service', 'professional', 'relationships'],
    ['health-lead', 'professional', 'relationships'],
    ['plan-coordinator', 'staff', 'locality'],
    ['locality-head', 'staff', 'locality'],
    ['send-manager', 'staff', 'locality'],
    ['qa-lead', 'staff', 'locality'],
    ['data-officer', 'staff', 'locality'],
    ['administrator', 'staff', 'none'],
    ['board-member', 'board', 'none'],
  ] as const
).map(([role, door, remit], index) => ({
  id: `00000000-0000-4000-8000-0000000e${String(index).padStart(4, '0')}`,
  role,
  door,
  remit,
}))

let record: FreshRecord
let app: Awaited<ReturnType<typeof buildApp>>
let routes: readonly Route[]
let foreignIds: readonly string[]
const sessions = new Map<Role, { cookie: string; csrf: string }>()

beforeAll(async () => {
  record = await freshRecord({ upTo: 0 })
  for (const { id } of migrations) {
    await migrate(record.owner, { upTo: id })
    await sql.raw(`/* script */ ${FIXTURES[id] ?? ''}`).execute(record.owner)
  }
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(record.owner)
  await run(`update authority set training_today = '${TODAY}'`)
  await run("insert into locality (id, name) values ('own', 'Own') on conflict do nothing")
  await run(
    "insert into setting (urn, la_code, name, type, source) values ('900077', '999', 'Own School', 'primary', 'invented')",
  )
  await run(`insert into child (id, reference, given_name, family_name, name_key, date_of_birth, sex, registered_on, locality_id, setting_urn)
    values ('${OWN}', 'C-OWN', 'Own', 'Child', 'child own', '2009-01-01', 'F', '2026-01-05', 'own', '900077')`)
  await run(`insert into process (id, reference, child_id, kind, state, opened_on, assigned_to)
    values ('00000000-0000-4000-8000-0000000f0002', 'A-OWN', '${OWN}', 'assessment', 'gathering-advice', '2026-01-05', null)`)
  for (const { id, role, door, remit } of PEOPLE) {
    await run(
      `insert into account (id, name, email, door, role, remit, locality_id) values ('${id}', '${role}', '${role}@walls.invalid', '${door}', '${role}', '${remit}', ${remit === 'locality' ? "'own'" : 'null'})`,
    )
    if (door === 'setting')
      await run(
        `insert into account_setting (account_id, setting_urn, manages_people, from_on) values ('${id}', '900077', true, '2020-01-01')`,
      )
    if (door === 'professional')
      await run(
        `insert into advice_request (process_id, child_id, head, adviser, asked_on, adviser_account) values ('00000000-0000-4000-8000-0000000f0002', '${OWN}', 'psychological', '${role}', '2026-02-01', '${id}')`,
      )
    if (door === 'family') {
      const contact = id.replace('0000000e', '0000000c')
      await run(`insert into contact (id, name, account_id) values ('${contact}', '${role}', '${id}')`)
      const tie =
        role === 'parent'
          ? "'parent', true, null, null"
          : role === 'young-person'
            ? "'self', false, null, null"
            : "'advocate', false, '2026-12-31', '2026-01-01'"
      await run(
        `insert into child_contact (child_id, contact_id, from_on, relationship, parental_responsibility, to_on, consent_on) select '${OWN}', '${contact}', '2025-01-01', ${tie.replaceAll(/'(20[^']*)'/g, "'$1'::date")}`,
      )
    }
  }
  foreignIds = await idsOf(REHEARSAL.child)
  const given = {
    db: record.db,
    authority: { code: '999', name: 'Story County', mode: 'training' } as const,
    secureCookies: false,
    log: false,
    clock: { today: async () => TODAY },
  }
  routes = allRoutes(given).filter(({ url }) => url.includes(':') && !url.startsWith('/sign-in'))
  app = await buildApp(given)
  for (const person of PEOPLE) await signIn(person)
})
afterAll(async () => {
  await app.close()
  await record.close()
})

async function signIn({ id, role }: Person): Promise<void> {
  const token = await startSession(record.db, id, TODAY)
  const { csrf_secret } = await record.owner
    .selectFrom('session')
    .select('csrf_secret')
    .where('account_id', '=', id)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  sessions.set(role, { cookie: `clearway=${token}`, csrf: csrf_secret })
}

/** Every id of a row about the child, in every table, and of the people round it. */
async function idsOf(child: string): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string; of_child: boolean }>`
    select c.relname as name,
      exists (select from pg_attribute b where b.attrelid = c.oid and b.attname = 'child_id') as of_child
    from pg_class c join pg_attribute k on k.attrelid = c.oid and k.attname = 'id' and k.atttypid = 'uuid'::regtype
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('child', 'account', 'contact') order by 1`.execute(
    record.owner,
  )
  const ids = new Set<string>([child])
  // And of what is known by another column than "id": a line of provision, a part of a plan, a document.
  const { rows: keys } = await sql<{ name: string; key: string }>`
    select c.relname as name, k.attname as key from pg_class c join pg_attribute k on k.attrelid = c.oid and k.atttypid = 'uuid'::regtype
      join pg_attribute b on b.attrelid = c.oid and b.attname = 'child_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and k.attname in ('line_id', 'part_id', 'advice_part_id', 'document_id', 'cohort_id', 'run_id') order by 1, 2`.execute(
    record.owner,
  )
  for (const { name, key } of keys) {
    const { rows } = await sql<{ id: string }>`
      select distinct ${sql.ref(key)} as id from ${sql.table(name)} where child_id = ${child} and ${sql.ref(key)} is not null order by 1 limit 2`.execute(
      record.owner,
    )
    for (const { id } of rows) ids.add(id)
  }
  for (const { name, of_child } of tables) {
    const about = of_child ? sql`where child_id = ${child}` : sql``
    const { rows } = await sql<{
      id: string
    }>`select id from ${sql.table(name)} ${about} order by id limit 3`.execute(record.owner)
    for (const { id } of rows) ids.add(id)
  }
  const { rows: people } = await sql<{ id: string }>`
    select contact_id as id from child_contact where child_id = ${child}`.execute(record.owner)
  for (const { id } of people) ids.add(id)
  return [...ids]
}

const peopleOf = (route: Route): readonly Person[] =>
  PEOPLE.filter(({ role }) => route.access.who !== 'roles' || route.access.roles.includes(role))

/** Parts of an address that are words and not ids. */
const WORDS: Readonly<Record<string, string>> = {
  rule: 'decision-to-assess',
  occurrence: '1',
  page: 'check',
  whose: 'parent',
  section: 'general',
  part: 'about',
  number: '1',
  kind: 'manager',
  place: 'north',
  key: 'send-team',
  urn: '900001',
  mark: 'vague',
}
/** Where a part is a word at one address and another word, or an id, at another. */
const WORDS_AT: readonly (readonly [RegExp, Readonly<Record<string, string | undefined>>])[] = [
  [/\/sections\/:section\/parts\/:part$/, { section: 'F', part: undefined }],
  [/\/sections\/:section$/, { section: 'F' }],
  [/^\/professional\/plans\/:planId\/agree/, { kind: 'health' }],
  [/^\/staff\/settings\/places/, { kind: 'locality' }],
]
const wordAt = (route: Route, name: string): string | undefined => {
  const other = WORDS_AT.find(([at, words]) => at.test(route.url) && name in words)
  return other ? other[1][name] : WORDS[name]
}
/** What the first of two ids is of. */
const FIRST: readonly (readonly [RegExp, string])[] = [
  [/:planId/, '00000000-0000-4000-8000-000000000701'],
  [/working-documents\/:document/, '00000000-0000-4000-8000-000000000901'],
  [/\/cases\//, REHEARSAL.process],
]

const addressHasId = (url: string): boolean =>
  [...url.matchAll(/:(\w+)/g)].some(([, name]) => !wordAt({ url } as Route, name!))

/** Rows of the record by what an address calls them, tried where nothing opens the address for lack of more in the record. */
const KNOWN: Readonly<Record<string, string>> = {
  planId: '00000000-0000-4000-8000-000000000701',
  line: '00000000-0000-4000-8000-000000000702',
  part: '00000000-0000-4000-8000-000000000702',
  partId: '00000000-0000-4000-8000-000000000702',
  version: '00000000-0000-4000-8000-000000000762',
  versionId: '00000000-0000-4000-8000-000000000762',
  report: '00000000-0000-4000-8000-000000000802',
  document: '00000000-0000-4000-8000-000000000901',
}
const knownAt = (route: Route): readonly string[] =>
  Object.entries(KNOWN).flatMap(([name, id]) => (route.url.includes(`/:${name}`) ? [id] : []))

/** Addresses whose id is no child's: a way plans are laid out, a school, a name for a group; of a group only one's own children are shown. */
const NO_CHILDS =
  /^\/staff\/(plan-templates|directory|cohorts)\/:|^\/(staff|professional)\/plans\/:planId\/words$/

/** The address with an id in it. Where it takes two, the first is the child's or the case's and the last the id tried. */
function addressOf(route: Route, id: string): string {
  const names = [...route.url.matchAll(/:(\w+)/g)]
    .map((found) => found[1]!)
    .filter((name) => !wordAt(route, name))
  const about = FIRST.find(([at]) => at.test(route.url))?.[1] ?? REHEARSAL.child
  return route.url.replaceAll(
    /:(\w+)/g,
    (_, name: string) =>
      wordAt(route, name) ?? (names.length > 1 && name === names[0] && id !== NOBODY_SUCH ? about : id),
  )
}

async function ask(route: Route, person: Person, id: string): Promise<{ status: number; body: string }> {
  const { cookie, csrf } = sessions.get(person.role)!
  const answer = await app.inject({
    method: route.method,
    url: addressOf(route, id),
    headers: {
      cookie,
      ...(route.method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(route.method === 'POST'
      ? { payload: new URLSearchParams({ _csrf: csrf, idempotencyKey: crypto.randomUUID() }).toString() }
      : {}),
  })
  // Exports are counted for each session: more are tried here than anybody may.
  if (answer.statusCode === 429) {
    await signIn(person)
    return ask(route, person, id)
  }
  return {
    status: answer.statusCode,
    body: answer.body
      .replaceAll(id, 'ID')
      .replaceAll(/nonce="[^"]*"|name="_csrf" value="[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ''),
  }
}

/** How many rows each table has about the child, but for the log of who tried. */
async function rowsAbout(child: string): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute b on b.attrelid = c.oid and b.attname = 'child_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`.execute(record.owner)
  const counts: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ rows: number; sum: string }>`
      select count(*) as rows, md5(string_agg(t::text, '' order by t::text)) as sum from ${sql.table(name)} t where child_id = ${child}`.execute(
      record.owner,
    )
    counts.push(`${name} ${rows[0]!.rows} ${rows[0]!.sum}`)
  }
  return counts.join('\n')
}

const unlock = (verb: 'disable' | 'enable'): Promise<unknown> =>
  sql
    .raw(
      `do $$ declare t text; begin
        for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relforcerowsecurity loop
          execute format('alter table %I ${verb} row level security', t);
        end loop; end $$`,
    )
    .execute(record.owner)

describe('somebody else’s ids', () => {
  /** Which of the child's ids each address answers to, found with both walls down: those are what strangers try. */
  const live = new Map<string, string[]>()
  const refusals = new Map<string, Set<number>>()

  test('with both walls down many addresses answer to them: the test has something to refuse', {
    timeout: 600_000,
  }, async () => {
    walls.relationships = false
    await unlock('disable')
    try {
      for (const route of routes.filter(({ method }) => method === 'GET')) {
        const [person] = peopleOf(route)
        if (!person) continue
        const answering: string[] = []
        for (const id of foreignIds) {
          const { status } = await ask(route, person, id)
          // Anything but "not found": a paper that cannot be drawn here was found too.
          if (status !== 404) answering.push(id)
          refusals.set(route.url, (refusals.get(route.url) ?? new Set<number>()).add(status))
        }
        live.set(route.url, answering)
      }
    } finally {
      walls.relationships = true
      await unlock('enable')
    }
    const answered = [...live].filter(([, ids]) => ids.length > 0)
    process.stderr.write(
      `walls: ${foreignIds.length} ids, ${answered.length} of ${live.size} addresses answer to one with both walls down\n`,
    )
    const silent = [...live].flatMap(([url, ids]) =>
      ids.length === 0 ? [`${url} (${[...(refusals.get(url) ?? [])].join(' ')})`] : [],
    )
    process.stderr.write(`walls: silent even so: ${silent.join(' ')}\n`)
    // Some hold nothing of this child, or ask for more than an id: enough answer for the refusals to mean something.
    expect(answered.length).toBeGreaterThan(90)
  })

  test('what is no id at all is not found, and never an error', { timeout: 120_000 }, async () => {
    const wrong: string[] = []
    walls.relationships = false
    try {
      for (const route of routes.filter(({ url }) => addressHasId(url))) {
        const [person] = peopleOf(route)
        if (!person) continue
        for (const id of ['no-such-id', '0', "'"]) {
          const { status } = await ask(route, person, encodeURIComponent(id))
          if (status !== 404)
            wrong.push(`${route.method} ${route.url} as ${person.role}: ${status} for ${id}`)
        }
      }
    } finally {
      walls.relationships = true
    }
    expect(wrong).toEqual([])
  })

  test.each(['both walls', 'row-level security alone', 'the first wall alone'])(
    'are refused by %s',
    {
      timeout: 600_000,
    },
    async (standing) => {
      if (standing === 'row-level security alone') walls.relationships = false
      if (standing === 'the first wall alone') await unlock('disable')
      const before = await rowsAbout(REHEARSAL.child)
      const leaks: string[] = []
      let tried = 0
      try {
        for (const route of routes) {
          const ids = live.get(route.url) ?? []
          // An address that only takes forms, or answered to none: the child's own id, and one row of the record.
          const tries = ids.length > 0 ? ids : [REHEARSAL.child, REHEARSAL.process, ...knownAt(route)]
          for (const person of peopleOf(route)) {
            const stranger = await ask(route, person, NOBODY_SUCH)
            for (const id of tries) {
              tried++
              const answer = await ask(route, person, id)
              const where = `${route.method} ${route.url} as ${person.role}`
              // As for an id that is nobody's: the same status, the same words, and nothing done (checked below).
              if (NO_CHILDS.test(route.url)) {
                if (answer.status >= 500) leaks.push(`${where}: ${answer.status}`)
              } else if (answer.status === 200 || answer.status !== stranger.status)
                leaks.push(`${where}: ${answer.status}, and ${stranger.status} for no such id`)
              else if (answer.body !== stranger.body) leaks.push(`${where}: another body than for no such id`)
              for (const canary of CANARIES)
                if (answer.body.includes(canary)) leaks.push(`${where}: shows ${canary}`)
            }
          }
        }
      } finally {
        walls.relationships = true
        await unlock('enable')
      }
      process.stderr.write(`walls: ${tried} tries refused by ${standing}\n`)
      expect([...new Set(leaks)]).toEqual([])
      expect(await rowsAbout(REHEARSAL.child)).toBe(before)
    },
  )
})
