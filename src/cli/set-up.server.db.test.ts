import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshRecord, freshRecord } from '../db/testing/fresh-record.ts'
import { Browser } from '../features/sign-in/a-browser.test-data.ts'
import { type CouncilProvider, openCouncilProvider } from '../features/sign-in/a-provider.test-data.ts'
import { runAuthority } from './authority.ts'
import type { Io } from './io.ts'
import { runMigrate } from './migrate.ts'
import { runServe } from './serve.ts'
import { runSignIn } from './sign-in.ts'

/** A new council, from an empty database to its first request, by the commands and pages a council has and nothing else. */
let record: FreshRecord
let provider: CouncilProvider
let origin: string
let env: Record<string, string>
let serving: Promise<number> | undefined
const said: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'clearway-set-up-'))
const TODAY = Temporal.Now.plainDateISO('Europe/London').toString()

const run = async (
  command: (args: string[], io: Io) => Promise<number>,
  ...args: string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  let [out, err] = ['', '']
  const code = await command(
    args,
    ioOf(
      (text) => (out += text),
      (text) => (err += text),
    ),
  )
  return { code, out, err }
}
const ioOf = (out: (text: string) => void, err: (text: string) => void): Io => {
  const writing = (to: (text: string) => void) => ({
    write: (text: string) => {
      to(text)
      return true
    },
  })
  return { stdin: (async function* () {})(), stdout: writing(out), stderr: writing(err), env, today: TODAY }
}
const setUp = (...args: string[]) => run(runAuthority, 'set-up', ...args)

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The tests' browser, over the wire to the server that listens. */
const overTheWire = {
  inject: async (asked: {
    method: string
    url: string
    headers: Record<string, string>
    payload?: string
  }) => {
    const { host: _, ...headers } = asked.headers
    const answer = await fetch(new URL(asked.url, origin), {
      method: asked.method,
      headers,
      redirect: 'manual',
      ...(asked.payload === undefined ? {} : { body: asked.payload }),
    })
    return {
      statusCode: answer.status,
      body: await answer.text(),
      headers: Object.fromEntries(answer.headers),
      cookies: answer.headers.getSetCookie().map((line) => {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
        const maxAge = /max-age=(\d+)/i.exec(line)?.[1]
        return { name, value, ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }) }
      }),
    }
  },
} as unknown as FastifyInstance
const browser = (): Browser => new Browser(overTheWire, origin)

async function staffSignIn(as: string, roles: readonly string[]): Promise<Browser> {
  provider.people.set(as, {
    name: as,
    email: `${as.toLowerCase().replace(' ', '.')}@council.test`,
    email_verified: true,
    roles,
  })
  const who = browser()
  const begun = await who.get('/sign-in/work-account')
  const back = await provider.signIn(begun.location, as)
  await who.open(back.replace(origin, ''))
  expect(who.session, `${as} is in`).toBeDefined()
  return who
}

beforeAll(async () => {
  record = await freshRecord({ upTo: 0 })
  origin = `http://127.0.0.1:${await freePort()}`
  provider = await openCouncilProvider(origin)
  env = {
    CLEARWAY_MODE: 'live',
    CLEARWAY_ORIGIN: origin,
    CLEARWAY_DATA: folder,
    CLEARWAY_UNSCANNED_FILES: 'keep',
    DATABASE_URL: record.urls!.application,
    OWNER_DATABASE_URL: record.urls!.owner,
    CLEARWAY_OIDC_ISSUER: provider.issuer,
    CLEARWAY_OIDC_CLIENT_ID: 'clearway',
    CLEARWAY_OIDC_CLIENT_SECRET: 'a-secret-of-the-tests',
  }
})
afterAll(async () => {
  if (serving) process.emit('SIGINT')
  await serving
  await provider.close()
  await record.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('clearway authority', () => {
  test('asks for the migrations first, then sets up once, and says what is left', async () => {
    expect(await setUp('--code', '838', '--mode', 'live')).toMatchObject({
      code: 1,
      err: expect.stringContaining('run clearway migrate first'),
    })
    expect((await run(runMigrate)).code).toBe(0)
    expect((await run(runAuthority, 'show')).err).toContain('no authority yet')
    expect((await run(runServe, '--port', '0')).err).toContain('clearway authority set-up --help')
    const made = await setUp('--code', '838', '--mode', 'live', '--name', 'Dorset Council')
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(made.out).toContain('Set up Dorset Council (838, E06000059, South West), live, with 24,')
    expect(await setUp('--code', '838', '--mode', 'live', '--name', 'Dorset Council')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing was changed'),
    })
    for (const other of [
      ['--code', '839', '--mode', 'live'],
      ['--code', '838', '--mode', 'live'],
      ['--code', '838', '--mode', 'training', '--name', 'Dorset Council'],
    ])
      expect(await setUp(...other)).toMatchObject({
        code: 1,
        err: expect.stringContaining('already holds Dorset Council (838, live)'),
      })
    const counts = await Promise.all(
      (['child', 'locality', 'team', 'authority_setting'] as const).map(async (table) =>
        Number(
          (
            await record.owner
              .selectFrom(table)
              .select((all) => all.fn.countAll().as('n'))
              .executeTakeFirstOrThrow()
          ).n,
        ),
      ),
    )
    expect(counts).toEqual([0, 0, 0, 0])
    expect(await record.owner.selectFrom('account').select(['door', 'role']).execute()).toEqual([
      { door: 'system', role: 'system' },
    ])
    const { code, out } = await run(runAuthority, 'show')
    expect(code).toBe(0)
    for (const words of [
      'Dorset Council (838, E06000059, South West), live',
      'clearway sign-in rules',
      'a first administrator',
      'Mediation adviser',
      'Children’s social care',
    ])
      expect(out).toContain(words)
  })

  test.each([
    [['--code', '383', '--mode', 'live'], /no English authority of code "383"\. Did you mean:[\s\S]*833|838/],
    [['--code', 'dorset', '--mode', 'live'], /Did you mean:\n {2}838 {2}Dorset/],
    [['--code', '838'], /--mode is needed/],
    [['--mode', 'live'], /--code is needed/],
    [['--code', '838', '--mode', 'pretend'], /--mode is needed/],
    [['--code', '838', '--mode', 'live', '--name', ' '], /--name needs a text/],
    [['--colour', 'red'], /colour/],
  ])('%j is refused with the reason', async (args, why) => {
    const { code, out, err } = await setUp(...args)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(why)
  })

  test('the application’s login sets nothing up, and live is refused on the embedded engine', async () => {
    const held = env
    try {
      env = { ...held, OWNER_DATABASE_URL: record.urls!.application }
      expect((await setUp('--code', '838', '--mode', 'live')).err).toContain('does not own all of the record')
      env = { CLEARWAY_MODE: 'training', CLEARWAY_DATA: folder }
      expect((await setUp('--code', '838', '--mode', 'live')).err).toContain('needs a PostgreSQL server')
    } finally {
      env = held
    }
    expect((await run(runAuthority, '--help')).out).toContain('Usage: clearway authority set-up')
  })
})

describe('the live authority', () => {
  test('is served, with no page to choose who to be', async () => {
    const rules = join(folder, 'rules.json')
    writeFileSync(
      rules,
      JSON.stringify({
        rules: [
          {
            claim: 'roles',
            is: 'Admin',
            role: 'administrator',
            remit: 'none',
            jobTitle: 'Systems administrator',
          },
          {
            claim: 'roles',
            is: 'Manager',
            role: 'send-manager',
            remit: 'authority',
            jobTitle: 'SEND manager',
          },
        ],
      }),
    )
    expect((await run(runSignIn, 'rules', rules, '--why', 'Agreed')).code).toBe(0)
    let started: () => void
    const listening = new Promise<void>((resolve) => {
      started = resolve
    })
    serving = runServe(
      ['--port', new URL(origin).port],
      ioOf(
        (text) => {
          said.push(text)
          if (text.includes('is serving')) started()
        },
        (text) => said.push(text),
      ),
    )
    await Promise.race([listening, serving])
    expect(said.join('')).toContain('Clearway is serving Dorset Council (live)')
    const page = await browser().get('/sign-in')
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('Choose who to be')
    expect((await browser().get('/training/move-time')).status).not.toBe(200)
  })

  test('lets a family register by an emailed link', async () => {
    const family = browser()
    await family.asksFor('new.parent@example.org')
    const message = await record.owner
      .selectFrom('message')
      .select(['body', 'address'])
      .where('template', '=', 'sign-in')
      .executeTakeFirstOrThrow()
    expect(message.address).toBe('new.parent@example.org')
    const link = /https?:\/\/\S+\/sign-in\/\S+/.exec(message.body!)![0]
    expect(link.startsWith(origin)).toBe(true)
    const path = new URL(link).pathname
    const opened = await family.press(await family.get(path), 'Sign in', path)
    const register = await family.get(opened.location)
    const done = await family.press(
      register.fill({ 'Your full name': 'Ada Newcomb' }),
      'Make my account',
      opened.location,
    )
    expect(done.status).toBe(303)
    expect((await family.open('/family')).status).toBe(200)
  })

  test('its administrator enters contact points and adds a locality, a team and an account', async () => {
    const admin = await staffSignIn('Adele Quint', ['Admin'])
    const first = await admin.open('/staff/settings')
    expect(first.text).toContain('Enter the contact point: Mediation adviser')
    const at = '/staff/settings/contact-points/mediation-adviser'
    const empty = await admin.press((await admin.get(at)).fill({ Name: '' }), 'Save', at)
    expect(empty.status).toBe(422)
    expect(empty.errors).toContain('name: Enter the name, as letters should say it')
    const saved = await admin.press(
      empty.fill({
        Name: 'Common Ground',
        'Telephone (optional)': '01632 960102',
        'Who said so?': 'The contract',
      }),
      'Save',
      at,
    )
    expect(saved.location).toBe('/staff/settings/contact-points')
    expect((await admin.get('/staff/settings')).text).not.toContain(
      'Enter the contact point: Mediation adviser',
    )
    const areas = '/staff/settings/places/localities/new'
    expect(
      (
        await admin.press(
          (await admin.get(areas)).fill({ 'Name of the locality': 'North Dorset' }),
          'Add it',
          areas,
        )
      ).location,
    ).toBe('/staff/settings/places')
    const people = '/staff/settings/accounts/new'
    const added = await admin.press(
      (await admin.get(people)).fill({
        'Full name': 'Piers Sole',
        'Work email address': 'piers@nhs.test',
        '#role': 'educational-psychologist',
        'Job title': 'Educational psychologist',
      }),
      'Add the account',
      people,
    )
    expect(added.errors).toEqual([])
    expect((await admin.get('/staff/settings/accounts')).text).toContain('Piers Sole')
    for (const closed of ['/staff/worklist', '/staff/children', '/staff/requests/new'])
      expect((await admin.get(closed)).status).toBe(403)
  })

  test('a manager records the first request, and every list they open stands', async () => {
    const manager = await staffSignIn('Maya Sterling', ['Manager'])
    await record.owner.deleteFrom('locality').execute()
    for (const page of [
      '/staff/worklist',
      '/staff/team',
      '/staff/children',
      '/staff/requests/new',
      '/staff/timeliness',
    ])
      expect((await manager.open(page)).status, page).toBe(200)
    expect((await manager.get('/staff/settings')).status).toBe(403)
    const [year, month, day] = TODAY.split('-')
    const at = '/staff/requests/new'
    const check = await manager.press(
      (await manager.get(at)).fill({
        'How did it arrive?': 'On paper',
        'Who asked?': 'A parent or carer',
        'When was it received?': `${Number(day)} ${Number(month)} ${year}`,
        'Given name': 'Amara',
        'Family name': 'Okafor',
        'Date of birth': '1 4 2018',
        Sex: 'Female',
        'Where do they learn now?': 'At a school, college or nursery',
        'Find it by name, URN or postcode': '131827',
        'Full name': 'Ngozi Okafor',
        'Who are they to the child?': 'mother',
        'Do they have parental responsibility?': 'Yes',
        'Does the child live with them?': 'Yes',
      }),
      'Continue',
      at,
    )
    expect(check.errors).toEqual([])
    const done = await manager.press(check, 'Record the request', at)
    expect(done.location).toMatch(/^\/staff\/cases\//)
    expect((await manager.open(done.location)).text).toContain('Okafor')
    for (const page of ['/staff/worklist?whose=everyone', '/staff/team', '/staff/children?q=okafor'])
      expect((await manager.open(page)).status, page).toBe(200)
  })

  test('whose account is ended is out with their next request', async () => {
    const admin = await staffSignIn('Adele Quint', ['Admin'])
    const manager = await staffSignIn('Maya Sterling', ['Manager'])
    const { id } = await record.owner
      .selectFrom('account')
      .select('id')
      .where('email', '=', 'maya.sterling@council.test')
      .executeTakeFirstOrThrow()
    const at = `/staff/settings/accounts/${id}/end`
    const [year, month, day] = TODAY.split('-')
    const ended = await admin.press(
      (await admin.get(at)).fill({ 'From which day?': `${Number(day)} ${Number(month)} ${year}` }),
      'End the account',
      at,
    )
    expect(ended.location).toBe('/staff/settings/accounts')
    expect((await manager.get('/staff/worklist')).status).toBe(303)
    expect((await admin.get('/staff/settings/accounts/changes')).text).toContain('account ended')
  })
})
