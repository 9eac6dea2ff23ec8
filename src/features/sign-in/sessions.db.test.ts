import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer } from '../../db/viewer.ts'
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

const COOKIE = '__Host-clearway'
const browser = (): Browser => new Browser(site.app)
async function signedIn(address = 'parent@story.invalid', who = browser()): Promise<Browser> {
  await who.asksFor(address)
  await who.uses(site.sent.at(-1)!)
  return who
}
const isIn = async (who: Browser): Promise<boolean> => (await who.get('/account')).status === 200
const owner = (statement: string) => sql.raw(statement).execute(site.record.owner)

describe('A session', () => {
  test('is 256 random bits in a cookie that only this host gets, by HTTPS, and no script reads', async () => {
    const who = browser()
    await who.asksFor('parent@story.invalid')
    await who.uses(site.sent[0]!)
    expect(who.session).toMatch(/^[\w-]{43}$/)
    const line = [who.lastHeaders['set-cookie']].flat().find((one) => String(one).startsWith(`${COOKIE}=`))
    for (const word of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(line).toContain(word)
    expect(line).not.toContain('Domain')
    const { rows } = await sql<{
      kept: string
    }>`select string_agg(s::text, ' ') as kept from session s`.execute(site.record.owner)
    expect(rows[0]!.kept).not.toContain(who.session)
  })
  test('is never one that was there before: a planted token is not taken up', async () => {
    const who = browser()
    const planted = 'p'.repeat(43)
    who.cookies.set(COOKIE, planted)
    await signedIn('parent@story.invalid', who)
    expect(who.session).not.toBe(planted)
    const attacker = browser()
    attacker.cookies.set(COOKIE, planted)
    expect(await isIn(attacker)).toBe(false)
  })
  test('is a new one at each sign-in, and the one before is dead', async () => {
    const who = await signedIn()
    const first = who.session!
    const page = await who.get('/sign-in')
    await who.press(
      page.fill({ 'Your email address or mobile number': 'parent@story.invalid' }),
      'Send me a link',
      '/sign-in',
    )
    await who.uses(site.sent.at(-1)!)
    expect(who.session).not.toBe(first)
    const old = browser()
    old.cookies.set(COOKIE, first)
    expect(await isIn(old)).toBe(false)
    expect(await isIn(who)).toBe(true)
  })
  test('is over when its person signs out, whoever kept the token; and forms of it are refused', async () => {
    const who = await signedIn()
    const token = who.session!
    const csrf = (await who.get('/account')).value('_csrf')
    who.cookies.set('__Host-clearway-request', 'a'.repeat(43))
    const out = await who.post('/sign-out', { _csrf: csrf })
    expect(out.location).toBe('/signed-out')
    expect(who.session).toBeUndefined()
    // Nor is the next person at the computer offered the requests written on it.
    expect(who.cookies.has('__Host-clearway-request')).toBe(false)
    who.cookies.set(COOKIE, token)
    expect(await isIn(who)).toBe(false)
    expect((await who.post('/account/sign-out-everywhere', { _csrf: csrf })).status).toBe(401)
  })
  test.each([
    ['30 minutes without use', "last_seen_at = now() - interval '30 minutes 1 second'", false],
    ['29 minutes without use', "last_seen_at = now() - interval '29 minutes'", true],
    ['12 hours in all, however busy', "created_at = now() - interval '12 hours 1 second'", false],
    ['11 hours 59 minutes, busy', "created_at = now() - interval '11 hours 59 minutes'", true],
  ])('after %s', async (_, change, lives) => {
    const who = await signedIn()
    await owner(`update session set ${change} where ended_at is null`)
    expect(await isIn(who)).toBe(lives)
  })
  test('is dead on the next request when its account has ended', async () => {
    const { id } = await site.record.owner
      .insertInto('account')
      .values({ name: 'Lou', email: 'lou@home.test', door: 'family', role: 'parent', remit: 'relationships' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const lou = await signedIn('lou@home.test')
    expect(await isIn(lou)).toBe(true)
    await site.record.owner.updateTable('account').set({ active_to: TODAY }).where('id', '=', id).execute()
    expect(await isIn(lou)).toBe(false)
  })
})

describe('Where you are signed in', () => {
  test('lists each place in plain words, marks this one, ends another, and only one’s own', async () => {
    await owner('update session set ended_at = now()')
    const phone = await signedIn()
    const laptop = browser()
    laptop.agent =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'
    await signedIn('parent@story.invalid', laptop)
    const page = await laptop.get('/account')
    expect(page.text).toContain('Chrome on a Windows computer (this one)')
    expect(page.text).toContain('Safari on an iPhone Sign out there')
    expect(page.text).toContain('By A link we sent')
    const other = await signedIn('senco@story.invalid')
    const { rows } = await sql<{
      id: string
    }>`select id from session where account_id = ${STORY_PEOPLE.senco.id} and ended_at is null`.execute(
      site.record.owner,
    )
    await laptop.post('/account/end-session', { _csrf: page.value('_csrf'), session: rows[0]!.id })
    expect(await isIn(other)).toBe(true)
    const ended = await laptop.press(
      page,
      `Sign out there (Safari on an iPhone, begun ${/begun ([^)]+)\)/.exec(page.text)![1]})`,
      '/account',
    )
    expect(ended.location).toBe('/account')
    expect(await isIn(phone)).toBe(false)
    expect(await isIn(laptop)).toBe(true)
    expect((await laptop.get('/account')).text).not.toContain('iPhone')
  })
  test('signs out everywhere at once', async () => {
    const places = [await signedIn(), await signedIn(), await signedIn()]
    const page = await places[0]!.get('/account')
    expect((await places[0]!.press(page, 'Sign out everywhere', '/account')).location).toBe('/signed-out')
    for (const place of places) expect(await isIn(place)).toBe(false)
  })
  test('what was just done is said once, from the session and never from a cookie', async () => {
    const who = await signedIn()
    await who.post('/account/end-session', {
      _csrf: (await who.get('/account')).value('_csrf'),
      session: randomUUID(),
    })
    expect([...who.cookies.keys()]).toEqual([COOKIE])
    expect((await who.get('/account')).text).toContain('That one was already signed out.')
    expect((await who.get('/account')).text).not.toContain('That one was already signed out.')
  })
})

describe('Several people, or several capacities, behind one address', () => {
  test('the people of a service mailbox each sign by name', async () => {
    await site.record.owner
      .insertInto('account')
      .values(
        ['Ann Service', 'Bob Service'].map((name) => ({
          name,
          email: 'office@service.test',
          shared_mailbox: true,
          door: 'professional',
          role: 'health-professional',
          remit: 'relationships',
          job_title: 'Therapist',
        })),
      )
      .execute()
    const who = browser()
    await who.asksFor('office@service.test')
    const { location } = await who.uses(site.sent[0]!)
    expect(location).toBe('/sign-in/who')
    const page = await who.get(location)
    expect((await who.press(page, 'Continue', location)).errors).toEqual([
      'person: Choose who you are here as today',
    ])
    await who.press(
      page.fill({ 'Who are you here as today?': 'Bob Service – Therapist' }),
      'Continue',
      location,
    )
    expect((await who.get('/account')).text).toContain('You are here as Bob Service')
    // The choice is used up with the proof.
    expect((await who.get('/sign-in/who')).location).toBe('/sign-in')
  })
  test('a mailbox that several read lets nobody in as what a colleague is at home', async () => {
    const [bob] = (
      await sql<{ id: string; person_id: string }>`
        select id, person_id from account where name = 'Bob Service'`.execute(site.record.owner)
    ).rows
    await site.record.owner
      .insertInto('account')
      .values({
        name: 'Bob Service',
        email: 'bob@home.test',
        door: 'family',
        role: 'parent',
        remit: 'relationships',
        job_title: 'Parent',
        person_id: bob!.person_id,
      })
      .execute()
    const colleague = browser()
    await colleague.asksFor('office@service.test')
    const page = await colleague.get((await colleague.uses(site.sent[0]!)).location)
    expect(page.text).not.toContain('Parent')
    await colleague.press(page.fill({ '#person': bob!.id }), 'Continue', '/sign-in/who')
    const account = await colleague.get('/account')
    expect(account.text).toContain('You are here as Bob Service')
    expect(account.text).not.toContain('Change who you are here as')
    // At home he is both, as before.
    const himself = browser()
    await himself.asksFor('bob@home.test')
    expect((await himself.get((await himself.uses(site.sent.at(-1)!)).location)).text).toContain('Parent')
  })
  test('nobody is let in as somebody the proof does not name', async () => {
    const who = browser()
    await who.asksFor('office@service.test')
    await who.uses(site.sent[0]!)
    const page = await who.get('/sign-in/who')
    const answer = await who.post('/sign-in/who', {
      _csrf: page.value('_csrf'),
      person: STORY_PEOPLE.parent.id,
    })
    expect(answer.status).toBe(422)
    expect(who.session).toBeUndefined()
  })
  test('a SENCO who is a parent changes from one to the other with a new token, and sees as each what is each one’s', async () => {
    await sql`update account set person_id = (select person_id from account where id = ${STORY_PEOPLE.senco.id}) where id = ${STORY_PEOPLE.parent.id}`.execute(
      site.record.owner,
    )
    const who = browser()
    await who.asksFor('senco@story.invalid')
    const choose = await who.get((await who.uses(site.sent[0]!)).location)
    expect(choose.text).toContain('SENCO, Larkfield Primary School')
    await who.press(choose.fill({ '#person': STORY_PEOPLE.senco.id }), 'Continue', '/sign-in/who')
    expect((await who.get('/family')).status).toBe(403)
    await owner("update session set created_at = now() - interval '11 hours' where ended_at is null")
    const first = who.session!
    const page = await who.get('/account')
    expect(page.text).toContain('Change who you are here as')
    expect((await who.press(page, 'Go on as Parent', '/account')).location).toBe('/family')
    expect((await who.get('/family')).status).toBe(200)
    const old = browser()
    old.cookies.set(COOKIE, first)
    expect(await isIn(old)).toBe(false)
    // The whole stay is no longer for the change.
    await owner(
      "update session set created_at = created_at - interval '1 hour 1 second' where ended_at is null",
    )
    expect(await isIn(who)).toBe(false)
  })
  test('nobody goes on as somebody else’s account', async () => {
    const who = browser()
    await site.record.owner
      .insertInto('account')
      .values({
        name: 'Solo',
        email: 'solo@home.test',
        door: 'family',
        role: 'parent',
        remit: 'relationships',
      })
      .execute()
    await signedIn('solo@home.test', who)
    const page = await who.get('/account')
    expect(page.text).not.toContain('Change who you are here as')
    await who.post('/account/change-who', { _csrf: page.value('_csrf'), person: STORY_PEOPLE.manager.id })
    expect((await who.get('/account')).text).toContain('You are here as Solo')
  })
})

describe('Without a proof the application’s own role begins nothing', () => {
  const asked = (statement: string) =>
    asViewer(site.record.db, { accountId: STORY_PEOPLE.parent.id, today: TODAY }, (trx) =>
      sql.raw<{ done: unknown }>(statement).execute(trx),
    )
  const MANAGER = STORY_PEOPLE.manager.id

  test('neither by the functions of a proof, nor by those they are made of, nor by the rules of claims', async () => {
    const { rows } = await asked(
      `select start_session('\\x01', '${MANAGER}', '\\x02', 'c', 'd', '${TODAY}') as done`,
    )
    expect(rows[0]!.done).toBe(false)
    expect(
      (await asked(`select register_family('\\x01', 'X', '\\x02', 'c', 'd', '${TODAY}') as done`)).rows[0]!
        .done,
    ).toBe(false)
    expect(
      (await asked(`select change_capacity('\\x01', '${MANAGER}', '\\x02', 'c', '${TODAY}') as done`))
        .rows[0]!.done,
    ).toBe(false)
    expect(
      (
        await asked(
          `select prove_by_openid('\\x01', '\\x02', '\\x03', 'i', 's', 'n', 'e@e.test', true, '{"roles": ["SEND.Manager"]}', 'h', '${TODAY}') as done`,
        )
      ).rows[0]!.done,
    ).toBe('not-begun')
    expect(
      (await asked(`select prove_by_passkey('\\x01', 'c', '\\x02', 'k', 1, '${TODAY}') as done`)).rows[0]!
        .done,
    ).toBe('not-begun')
    expect(
      (await asked(`select add_passkey('\\x01', '\\x02', 'c', 'k', '\\x03', 0, '{}', 'n') as done`)).rows[0]!
        .done,
    ).toBe(false)
    for (const statement of [
      `select start_training_session('${MANAGER}', '\\x02', 'c')`,
      `select keep_proof('\\x01', 'link', null, array['${MANAGER}']::uuid[], null)`,
      `select accounts_of_address('email', 'parent@story.invalid', '${TODAY}')`,
      `select count_try('\\x01', 1, 1)`,
      `insert into session (token_hash, account_id, csrf_secret) values ('\\x02', '${MANAGER}', 'c')`,
      'select token_hash from session',
      'select csrf_secret from session',
      'select sign_out_hint from session',
      `select email from account`,
      `select mobile from account`,
    ])
      await expect(asked(statement), statement).rejects.toThrow(/permission denied|nobody chooses/)
    for (const by of ['manager', 'administrator'] as const)
      await expect(
        asViewer(site.record.db, { accountId: STORY_PEOPLE[by].id, today: TODAY }, (trx) =>
          sql`insert into authority_setting (key, value, valid_from, set_by, why) values ('sign-in.claims', '{"rules": []}', ${TODAY}, ${STORY_PEOPLE[by].id}, 'x')`.execute(
            trx,
          ),
        ),
      ).rejects.toThrow('row-level security')
  })
})
