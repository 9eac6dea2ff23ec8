import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { Browser, type LiveSite, openLiveSite, TODAY } from './a-browser.test-data.ts'

let site: LiveSite
beforeAll(async () => {
  site = await openLiveSite()
})
afterAll(() => site.close())
beforeEach(async () => {
  site.sent.length = 0
  await sql`delete from sign_in_count`.execute(site.record.owner)
})

const PARENT = 'parent@story.invalid'
const browser = (): Browser => new Browser(site.app)
const later = (ago: string) =>
  sql.raw(`update sign_in_ask set asked_at = asked_at - interval '${ago}'`).execute(site.record.owner)
async function signedIn(): Promise<Browser> {
  const paula = browser()
  await paula.asksFor(PARENT)
  await paula.uses(site.sent.at(-1)!)
  return paula
}

describe('A link by email', () => {
  test('signs a parent in, once, on whichever device they open it', async () => {
    const laptop = browser()
    expect((await laptop.asksFor(' Parent@Story.invalid ')).location).toBe('/sign-in/check')
    expect(site.sent).toMatchObject([{ channel: 'email', to: PARENT, isNew: false }])
    expect(site.sent[0]!.link).toMatch(/^https:\/\/send\.story\.test\/sign-in\/link\/[\w-]{43}$/)
    const phone = browser()
    const answer = await phone.uses(site.sent[0]!)
    expect(answer.location).toBe('/family')
    expect((await phone.get('/account')).text).toContain('You are here as Paula Marsh, Parent.')
    expect(laptop.session).toBeUndefined()
    const again = await laptop.get(new URL(site.sent[0]!.link).pathname)
    expect(again.status).toBe(410)
    expect(again.text).toContain('This link has been used')
  })
  test('is not used up by being opened, as mail scanners do', async () => {
    await browser().asksFor(PARENT)
    const path = new URL(site.sent[0]!.link).pathname
    for (let n = 0; n < 3; n++) expect((await browser().get(path)).status).toBe(200)
    expect((await browser().uses(site.sent[0]!)).location).toBe('/family')
  })
  test('is too old after 10 minutes, and the page lets them ask again', async () => {
    const paula = browser()
    await paula.asksFor(PARENT)
    const path = new URL(site.sent[0]!.link).pathname
    const open = await paula.get(path)
    await later('10 minutes 1 second')
    for (const page of [await paula.get(path), await paula.press(open, 'Sign in', path)]) {
      expect(page.status).toBe(410)
      expect(page.text).toContain('This link is too old')
      expect(page.html).toContain('href="/sign-in"')
    }
    expect(paula.session).toBeUndefined()
  })
  test('that was never sent says so and lets nobody in', async () => {
    const page = await browser().get(`/sign-in/link/${'x'.repeat(43)}`)
    expect(page.status).toBe(404)
    expect(page.text).toContain('This link does not work')
  })
  test('used by two at once lets one in', async () => {
    await browser().asksFor(PARENT)
    const path = new URL(site.sent[0]!.link).pathname
    const [one, two] = [browser(), browser()]
    const pages = [await one.get(path), await two.get(path)]
    const answers = await Promise.all([
      one.press(pages[0]!, 'Sign in', path),
      two.press(pages[1]!, 'Sign in', path),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 410])
  })
  test('is kept only as a hash', async () => {
    await browser().asksFor(PARENT)
    const { rows } = await sql<{
      all: string
    }>`select string_agg(a::text, ' ') as all from sign_in_ask a`.execute(site.record.owner)
    expect(rows[0]!.all).toContain(PARENT)
    expect(rows[0]!.all).not.toContain(site.sent[0]!.link.slice(-43))
    expect(rows[0]!.all).not.toContain(Buffer.from(site.sent[0]!.link.slice(-43)).toString('hex'))
    expect(rows[0]!.all).not.toContain(site.sent[0]!.code)
  })
})

describe('A code', () => {
  const typing = async (who: Browser, code: string) => {
    const page = await who.get('/sign-in/check')
    return who.press(page.fill({ 'The code in the message': code }), 'Continue', '/sign-in/check')
  }
  const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

  test('signs in the browser that asked, spaces and all, and goes where they were going', async () => {
    const paula = browser()
    const asking = await paula.get('/sign-in?next=%2Ffamily%3Fa%3D1')
    const check = await paula.press(
      asking.fill({ 'Your email address or mobile number': PARENT }),
      'Send me a link',
      '/sign-in',
    )
    const page = await paula.get(check.location)
    const { code } = site.sent[0]!
    const answer = await paula.press(
      page.fill({ 'The code in the message': `${code.slice(0, 3)} ${code.slice(3)}` }),
      'Continue',
      '/sign-in/check',
    )
    expect(answer.location).toBe('/family?a=1')
    expect((await paula.get('/account')).status).toBe(200)
  })
  test('is worth nothing in another browser', async () => {
    await browser().asksFor(PARENT)
    const thief = browser()
    expect((await typing(thief, site.sent[0]!.code)).status).toBe(422)
    await thief.asksFor('somebody@else.test')
    expect((await typing(thief, site.sent[0]!.code)).text).toContain('That code is not right')
    expect(thief.session).toBeUndefined()
  })
  test('has five tries: the right one after five wrong ones is refused, and the link still works', async () => {
    const paula = browser()
    await paula.asksFor(PARENT)
    const { code } = site.sent[0]!
    for (let n = 0; n < 5; n++)
      expect((await typing(paula, wrong(code))).text).toContain('That code is not right')
    const sixth = await typing(paula, code)
    expect(sixth.status).toBe(429)
    expect(paula.session).toBeUndefined()
    expect((await paula.uses(site.sent[0]!)).location).toBe('/family')
  })
  test('is not guessed at one address after another: thirty wrong ones in a day from one place, and no more', async () => {
    const tried = []
    for (let n = 0; n < 7; n++) {
      const guesser = browser()
      // As many addresses as are needed, and every other one of the same network.
      guesser.ip = n % 2 === 0 ? '2001:db8:7:7::1' : `2001:db8:7:7::${n}`
      await guesser.asksFor(`somebody-${n}@home.test`)
      for (let m = 0; m < 5; m++) tried.push((await typing(guesser, wrong(site.sent.at(-1)!.code))).status)
    }
    expect(tried).toEqual([...Array<number>(30).fill(422), ...Array<number>(5).fill(429)])
    // The link of the same message still lets its reader in, from there or from anywhere.
    const guesser = browser()
    guesser.ip = '2001:db8:7:7::1'
    expect((await guesser.uses(site.sent.at(-1)!)).status).toBe(303)
  })
  test('is worth nothing for the rest of a day after ten wrong ones, from wherever they came', async () => {
    for (let round = 0; round < 2; round++) {
      const guesser = browser()
      guesser.ip = `198.51.100.${round}`
      await guesser.asksFor(PARENT)
      for (let n = 0; n < 5; n++) await typing(guesser, wrong(site.sent.at(-1)!.code))
    }
    const paula = browser()
    await paula.asksFor(PARENT)
    expect((await typing(paula, site.sent.at(-1)!.code)).status).toBe(429)
    expect((await paula.uses(site.sent.at(-1)!)).location).toBe('/family')
  })
  test('is too old after 10 minutes, and works once', async () => {
    const paula = browser()
    await paula.asksFor(PARENT)
    await later('11 minutes')
    expect((await typing(paula, site.sent[0]!.code)).text).toContain('more than 10 minutes ago')
    await paula.asksFor(PARENT)
    const held = new Map(paula.cookies)
    expect((await typing(paula, site.sent[1]!.code)).status).toBe(303)
    const copy = browser()
    for (const [name, value] of held) copy.cookies.set(name, value)
    expect((await typing(copy, site.sent[1]!.code)).text).toContain('That code has been used')
  })
})

describe('Nobody learns who has an account', () => {
  test('the answer is the same, to the last header, whether or not anybody has the address', async () => {
    const answers = []
    for (const address of [PARENT, 'nobody@nowhere.test', '07700 900982', 'manager@story.invalid']) {
      const who = browser()
      const page = await who.asksFor(address)
      const headers = JSON.stringify(who.lastHeaders).replaceAll(/nonce-\w+|visit=[\w-]+|"date":"[^"]*"/g, '')
      const check = browser()
      await check.asksFor(address)
      const body = (await check.get('/sign-in/check')).html.replaceAll(/nonce="[^"]*"|value="[\w-]{43}"/g, '')
      answers.push({ headers, status: page.status, location: page.location, body })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })
  test('it takes as long', async () => {
    const took = async (address: string): Promise<number> => {
      const who = browser()
      const page = await who.get('/sign-in')
      const from = performance.now()
      await who.press(
        page.fill({ 'Your email address or mobile number': address }),
        'Send me a link',
        '/sign-in',
      )
      return performance.now() - from
    }
    for (const address of [PARENT, 'nobody@nowhere.test', '07700 900982']) {
      expect(await took(address), address).toBeGreaterThanOrEqual(295)
    }
  })
  test('five asks for an address in 15 minutes, known or not, then 429 with when to come back; what was sent still works', async () => {
    for (const address of [PARENT, 'nobody@nowhere.test']) {
      const statuses = []
      for (let n = 0; n < 6; n++) {
        const who = browser()
        who.ip = `192.0.2.${n}`
        statuses.push((await who.asksFor(address)).status)
        if (n === 5) expect(Number(who.lastHeaders['retry-after'])).toBeGreaterThan(60)
      }
      expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
    }
    expect((await browser().uses(site.sent[0]!)).location).toBe('/family')
  })
  test('thirty asks from one place, whatever the addresses', async () => {
    const statuses = []
    for (let n = 0; n < 31; n++) {
      const who = browser()
      who.ip = '192.0.2.200'
      statuses.push((await who.asksFor(`person${n}@school.test`)).status)
    }
    expect(statuses.filter((status) => status === 303)).toHaveLength(30)
    expect(statuses.at(-1)).toBe(429)
  })
  test('what is no address is said to be none, and kept to be mended', async () => {
    const page = await browser().asksFor('paula at story')
    expect(page.status).toBe(422)
    expect(page.value('address')).toBe('paula at story')
    expect(site.sent).toEqual([])
  })
})

describe('The log of signing in', () => {
  test('holds what was tried and how it went, from where and whom it opened, and no address, link or code', async () => {
    const from = browser()
    from.ip = '198.51.100.77'
    await from.asksFor(PARENT)
    const { link, code } = site.sent[0]!
    await from.post('/sign-in/code', {
      _csrf: (await from.get('/sign-in/check')).value('_csrf'),
      code: '000000',
    })
    await from.uses(site.sent[0]!)
    await from.post('/sign-out', { _csrf: (await from.get('/account')).value('_csrf') })
    const { rows } = await sql<{ step: string; account_id: string | null; all: string }>`
      select what || ': ' || outcome as step, account_id, l::text as all from sign_in_log l where from_ip = '198.51.100.77' order by id`.execute(
      site.record.owner,
    )
    expect(rows.map(({ step }) => step)).toEqual([
      'ask for a link: taken',
      code === '000000' ? 'code: proved' : 'code: wrong',
      'link: proved',
      'session: begun',
      'session: ended',
    ])
    expect(rows[3]!.account_id).toBe(STORY_PEOPLE.parent.id)
    for (const secret of [PARENT, link.slice(-43), code])
      expect(rows.map(({ all }) => all).join()).not.toContain(secret)
    await expect(sql`update sign_in_log set outcome = 'x'`.execute(site.record.owner)).rejects.toThrow(
      'append-only',
    )
  })
})

describe('A text', () => {
  test('signs in somebody whose number the council has; nothing is sent to a number nobody has', async () => {
    await site.record.owner
      .updateTable('account')
      .set({ mobile: '+447700900111' })
      .where('id', '=', STORY_PEOPLE.parent.id)
      .execute()
    const paula = browser()
    await paula.asksFor('07700 900222')
    expect(site.sent).toEqual([])
    await paula.asksFor('+44 (0)7700 900 111')
    expect(site.sent).toMatchObject([{ channel: 'text', to: '+447700900111' }])
    expect((await paula.uses(site.sent[0]!)).location).toBe('/family')
  })
})

describe('Somebody new', () => {
  test('proves their address, gives a name, and has an account that reaches no child', async () => {
    const nia = browser()
    await nia.asksFor('nia@home.test')
    expect(site.sent).toMatchObject([{ to: 'nia@home.test', isNew: true }])
    const { location } = await nia.uses(site.sent[0]!)
    expect(location).toBe('/sign-in/register')
    const page = await nia.get(location)
    expect(page.text).toContain('You will not see any child at first')
    expect((await nia.press(page, 'Make my account', location)).errors).toEqual(['name: Enter your name'])
    const done = await nia.press(
      (await nia.get(location)).fill({ 'Your full name': 'Nia Vale 🙂' }),
      'Make my account',
      location,
    )
    expect(done.location).toBe('/family')
    const account = await site.record.owner
      .selectFrom('account')
      .selectAll()
      .where('email', '=', 'nia@home.test')
      .executeTakeFirstOrThrow()
    expect(account).toMatchObject({
      name: 'Nia Vale 🙂',
      door: 'family',
      role: 'parent',
      remit: 'relationships',
      active_from: TODAY,
    })
    expect((await nia.open('/family')).status).toBe(200)
  })
  test('cannot make an account without having proved an address, nor one twice', async () => {
    const thief = browser()
    expect((await thief.get('/sign-in/register')).location).toBe('/sign-in')
    const page = await thief.get('/sign-in')
    expect((await thief.post('/sign-in/register', { _csrf: page.value('_csrf'), name: 'X' })).location).toBe(
      '/sign-in',
    )
    const [one, two] = [browser(), browser()]
    for (const who of [one, two]) await who.asksFor('twice@home.test')
    for (const [index, who] of [one, two].entries()) await who.uses(site.sent[index]!)
    const pages = [await one.get('/sign-in/register'), await two.get('/sign-in/register')]
    expect(
      (await one.press(pages[0]!.fill({ 'Your full name': 'One' }), 'Make my account', '/sign-in/register'))
        .location,
    ).toBe('/family')
    expect(
      (await two.press(pages[1]!.fill({ 'Your full name': 'Two' }), 'Make my account', '/sign-in/register'))
        .status,
    ).toBe(422)
  })
  test('whose account ended cannot begin another by themselves', async () => {
    const { id } = await site.record.owner
      .insertInto('account')
      .values({
        name: 'Ed',
        email: 'ended@home.test',
        door: 'family',
        role: 'parent',
        remit: 'relationships',
        active_to: TODAY,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const ed = browser()
    await ed.asksFor('ended@home.test')
    await ed.uses(site.sent[0]!)
    const page = await ed.press(
      (await ed.get('/sign-in/register')).fill({ 'Your full name': 'Ed' }),
      'Make my account',
      '/sign-in/register',
    )
    expect(page.status).toBe(422)
    expect(ed.session).toBeUndefined()
    expect(
      await site.record.owner.selectFrom('session').select('id').where('account_id', '=', id).execute(),
    ).toEqual([])
  })
})

describe('A live authority', () => {
  test('has no page to choose who to be, and no form for it', async () => {
    const page = await browser().get('/sign-in')
    expect(page.text).not.toContain('Choose who to be')
    const who = browser()
    const { html } = await who.get('/sign-in')
    const csrf = /name="_csrf" value="([^"]+)"/.exec(html)![1]!
    expect((await who.post('/sign-in', { _csrf: csrf, person: STORY_PEOPLE.manager.id })).status).toBe(404)
  })
  test('lets no staff in by a link: they come by the council’s provider', async () => {
    const maya = browser()
    await maya.asksFor('manager@story.invalid')
    expect(site.sent).toMatchObject([{ isNew: true }])
    expect((await maya.uses(site.sent[0]!)).location).toBe('/sign-in/register')
    expect(maya.session).toBeUndefined()
  })
  test('answers to its own address only', async () => {
    const answer = await site.app.inject({ url: '/', headers: { host: 'evil.test' } })
    expect(answer.statusCode).toBe(421)
    expect(answer.body).not.toContain('evil')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  })
  test('signs nobody in by a form of another site', async () => {
    const victim = browser()
    await victim.asksFor(PARENT)
    const path = new URL(site.sent[0]!.link).pathname
    // The attacker's page knows the attacker's link, and not the token of this browser's visit.
    expect((await victim.post(path, {})).status).toBe(403)
    expect((await victim.post(path, { _csrf: 'x'.repeat(43) })).status).toBe(403)
    const stranger = browser()
    expect((await stranger.post(path, { _csrf: '' })).status).toBe(403)
    expect(victim.session).toBeUndefined()
    expect((await signedIn()).session).toBeDefined()
  })
})
