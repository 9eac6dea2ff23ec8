import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { SYSTEM_ACCOUNT } from '../../db/viewer.ts'
import { Browser, type LiveSite, openLiveSite, TODAY } from './a-browser.test-data.ts'
import { type CouncilProvider, openCouncilProvider } from './a-provider.test-data.ts'

let provider: CouncilProvider
let site: LiveSite
const START = '/sign-in/work-account'

beforeAll(async () => {
  provider = await openCouncilProvider()
  site = await openLiveSite({ openId: provider.client })
  await rules([
    {
      claim: 'roles',
      is: 'SEND.Manager',
      role: 'send-manager',
      remit: 'authority',
      jobTitle: 'SEND manager',
    },
    {
      claim: 'roles',
      is: 'SEND.North',
      role: 'plan-coordinator',
      remit: 'locality',
      locality: 'north',
      team: 'send-north',
      jobTitle: 'Plan coordinator',
    },
    { claim: 'roles', is: 'SEND.Board', door: 'board', role: 'board-member', remit: 'none' },
  ])
})
afterAll(async () => {
  await site.close()
  await provider.close()
})
beforeEach(() => {
  site.failures.length = 0
})

const rules = (list: readonly object[], from = '2026-01-01') =>
  site.record.owner
    .insertInto('authority_setting')
    .values({
      key: 'sign-in.claims',
      value: JSON.stringify({ rules: list }),
      valid_from: from,
      set_by: SYSTEM_ACCOUNT,
      why: 'agreed',
    })
    .execute()
const account = (email: string) =>
  site.record.owner
    .selectFrom('account')
    .select(['id', 'name', 'role', 'remit', 'door', 'team_id', 'locality_id'])
    .where('email', '=', email)
    .executeTakeFirst()
const browser = (): Browser => new Browser(site.app)
const pathOf = (url: string): string => url.replace('https://send.story.test', '')

/** To the provider and to its door back, but not yet through it. */
async function asFarAsTheDoor(
  as: string,
  who = browser(),
  next = '',
): Promise<{ who: Browser; back: string }> {
  const begun = await who.get(`${START}${next}`)
  expect(begun.status).toBe(303)
  return { who, back: pathOf(await provider.signIn(begun.location, as)) }
}
async function signIn(as: string, next = '') {
  const { who, back } = await asFarAsTheDoor(as, browser(), next)
  return { who, back, page: await who.get(back) }
}

describe('Staff sign in by the council’s own provider', () => {
  test('somebody new is given what the rules say their claims give, and goes where they were going', async () => {
    provider.people.set('nell', {
      name: 'Nell Ash',
      email: 'Nell@council.test',
      email_verified: true,
      roles: ['Other', 'SEND.North'],
    })
    const { who, page } = await signIn('nell', '?next=%2Fstaff%2Fteam')
    expect(page.location).toBe('/staff/team')
    expect(await account('nell@council.test')).toMatchObject({
      name: 'Nell Ash',
      door: 'staff',
      role: 'plan-coordinator',
      remit: 'locality',
      locality_id: 'north',
      team_id: 'send-north',
    })
    expect((await who.get('/account')).text).toContain('By Your work account')
    expect(who.cookies.has('__Host-clearway-visit')).toBe(false)
  })
  test('one an administrator made is matched by the address the provider has checked, then for ever by its own name for them', async () => {
    provider.people.set('maya', {
      name: 'Maya S',
      email: 'manager@story.invalid',
      email_verified: true,
      roles: ['SEND.Manager'],
    })
    await signIn('maya')
    provider.people.set('maya', {
      name: 'Maya S',
      email: 'married@story.invalid',
      email_verified: true,
      roles: ['SEND.Manager'],
    })
    const { who } = await signIn('maya')
    expect((await who.get('/account')).text).toContain('You are here as Maya Sterling')
    expect(await account('married@story.invalid')).toBeUndefined()
  })
  test('an address the provider has not checked opens nobody’s account', async () => {
    provider.people.set('mallory', {
      name: 'Mallory',
      email: 'dataOfficer@story.invalid',
      email_verified: false,
      roles: ['SEND.Manager'],
    })
    const { who, page } = await signIn('mallory')
    expect(page.status).toBe(403)
    expect(page.text).toContain('Another account has your email address')
    expect(who.session).toBeUndefined()
  })
  test('nor does one that is already tied to another work account', async () => {
    provider.people.set('second', {
      name: 'Second',
      email: 'manager@story.invalid',
      email_verified: true,
      roles: ['SEND.Manager'],
    })
    expect((await signIn('second')).page.text).toContain('Another account has your email address')
  })
  test('asked to sign in again, they must, even where the provider still knows them', async () => {
    const cookies = new Map<string, string>()
    const who = browser()
    await who.get(pathOf(await provider.signIn((await who.get(START)).location, 'nell', cookies)))
    const again = await who.get(`${START}?again=yes&next=%2Faccount`)
    const asked = new URL(again.location)
    expect(asked.searchParams.get('prompt')).toBe('login')
    const first = who.session
    const back = await who.get(pathOf(await provider.signIn(again.location, 'nell', cookies)))
    expect(back.location).toBe('/account')
    expect(who.session).not.toBe(first)
  })
  test('a board member comes in by the board’s door', async () => {
    provider.people.set('bea', {
      name: 'Bea',
      email: 'bea@council.test',
      email_verified: true,
      roles: ['SEND.Board'],
    })
    expect((await signIn('bea')).page.location).toBe('/board/timeliness')
  })
  test('somebody whom nothing gives a role is refused, and no account is made', async () => {
    provider.people.set('otto', {
      name: 'Otto',
      email: 'otto@council.test',
      email_verified: true,
      roles: ['Parking'],
    })
    const { who, page } = await signIn('otto')
    expect(page.text).toContain('Your work account has no role here')
    expect(who.session).toBeUndefined()
    expect(await account('otto@council.test')).toBeUndefined()
  })
  test('the rules of the day decide', async () => {
    provider.people.set('pat', {
      name: 'Pat',
      email: 'pat@council.test',
      email_verified: true,
      roles: ['New.Role'],
    })
    await rules([{ claim: 'roles', is: 'New.Role', role: 'qa-lead', remit: 'authority' }], '2026-07-07')
    expect((await signIn('pat')).page.status).toBe(403)
    await sql`delete from authority_setting where key = 'sign-in.claims' and valid_from = '2026-07-07'`.execute(
      site.record.owner,
    )
  })
})

describe('Somebody whose work changes', () => {
  test('loses their sessions at the sign-in that finds no role, everywhere', async () => {
    provider.people.set('lee', {
      name: 'Lee',
      email: 'lee@council.test',
      email_verified: true,
      roles: ['SEND.Manager'],
    })
    const { who } = await signIn('lee')
    expect((await who.get('/account')).status).toBe(200)
    provider.people.set('lee', { name: 'Lee', email: 'lee@council.test', email_verified: true, roles: [] })
    expect((await signIn('lee')).page.status).toBe(403)
    expect((await who.get('/account')).status).toBe(303)
  })
  test('begins again with the new role, and nothing begun under the old one goes on', async () => {
    provider.people.set('una', {
      name: 'Una',
      email: 'una@council.test',
      email_verified: true,
      roles: ['SEND.Manager'],
    })
    const before = await signIn('una')
    provider.people.set('una', {
      name: 'Una',
      email: 'una@council.test',
      email_verified: true,
      roles: ['SEND.North'],
    })
    const after = await signIn('una')
    expect(await account('una@council.test')).toMatchObject({
      role: 'plan-coordinator',
      locality_id: 'north',
    })
    expect((await before.who.get('/account')).status).toBe(303)
    expect((await after.who.get('/account')).status).toBe(200)
  })
  test('is out on the next request when their last day has passed, and cannot come back', async () => {
    provider.people.set('vi', {
      name: 'Vi',
      email: 'vi@council.test',
      email_verified: true,
      roles: ['SEND.Manager'],
    })
    const { who } = await signIn('vi')
    await site.record.owner
      .updateTable('account')
      .set({ active_to: TODAY })
      .where('email', '=', 'vi@council.test')
      .execute()
    expect((await who.get('/account')).status).toBe(303)
    const { page } = await signIn('vi')
    expect(page.text).toContain('Your account here has ended')
  })
})

describe('What comes back from the provider is not believed', () => {
  const refused = async (who: Browser, back: string, words: string): Promise<void> => {
    const page = await who.get(back)
    expect(page.status).toBe(403)
    expect(page.text).toContain(words)
    expect(who.session).toBeUndefined()
  }
  const NOT_BEGUN = 'This sign-in was not begun here'
  const NOT_LET_IN = 'You were not signed in'
  const change = (what: string) =>
    sql.raw(`update sign_in_openid set ${what} where verifier <> ''`).execute(site.record.owner)

  test('in another browser than the one that began', async () => {
    const { back } = await asFarAsTheDoor('nell')
    await refused(browser(), back, NOT_BEGUN)
    const other = browser()
    await other.get('/sign-in')
    await refused(other, back, NOT_BEGUN)
  })
  test('with another state, or none', async () => {
    const { who, back } = await asFarAsTheDoor('nell')
    await refused(who, back.replace(/state=[^&]+/, 'state=another'), NOT_BEGUN)
    await refused(who, back.replace(/&?state=[^&]+/, ''), NOT_BEGUN)
  })
  test('a second time', async () => {
    const { who, back, page } = await signIn('nell')
    expect(page.status).toBe(303)
    await who.get('/account')
    const copy = browser()
    await refused(copy, back, NOT_BEGUN)
    expect((await who.get(back)).status).toBe(403)
  })
  test('after ten minutes', async () => {
    const { who, back } = await asFarAsTheDoor('nell')
    await change("begun_at = begun_at - interval '10 minutes 1 second'")
    await refused(who, back, NOT_BEGUN)
  })
  test('with an identity made for another nonce', async () => {
    const { who, back } = await asFarAsTheDoor('nell')
    await change("nonce = 'another'")
    await refused(who, back, NOT_LET_IN)
    expect(site.failures).toHaveLength(1)
  })
  test('with a code that another verifier asked for', async () => {
    const { who, back } = await asFarAsTheDoor('nell')
    await change(`verifier = '${'x'.repeat(43)}'`)
    await refused(who, back, NOT_LET_IN)
  })
  test('from another issuer', async () => {
    const { who, back } = await asFarAsTheDoor('nell')
    expect(back).toContain('iss=')
    await refused(
      who,
      back.replace(/iss=[^&]+/, `iss=${encodeURIComponent('https://evil.test')}`),
      NOT_LET_IN,
    )
  })
  test('with somebody else’s code', async () => {
    const { who, back } = await asFarAsTheDoor('nell')
    await refused(who, back.replace(/code=[^&]+/, 'code=made-up'), NOT_LET_IN)
    expect(site.failures.join()).not.toContain('made-up')
  })
  test('when the person said no there', async () => {
    const { who, back } = await asFarAsTheDoor('nell')
    await refused(who, back.replace(/code=[^&]+/, 'error=access_denied'), NOT_LET_IN)
  })
})

describe('Signing out', () => {
  test('ends the session here and at the provider, and comes back to a page of ours', async () => {
    const cookies = new Map<string, string>()
    const who = browser()
    const begun = await who.get(START)
    await who.get(pathOf(await provider.signIn(begun.location, 'nell', cookies)))
    const page = await who.get('/account')
    const token = who.session!
    const csrf = page.value('_csrf')
    const out = await who.post('/sign-out', { _csrf: csrf })
    expect(out.location).toContain(`${provider.issuer}/session/end?`)
    expect(who.session).toBeUndefined()
    expect(pathOf(await provider.signIn(out.location, 'nell', cookies))).toBe('/signed-out')
    expect((await who.get('/signed-out')).text).toContain('You are signed out')
    // The token is dead even for whoever kept it.
    who.cookies.set('__Host-clearway', token)
    expect((await who.get('/account')).status).toBe(303)
    const { rows } = await sql<{
      kept: number
    }>`select count(*) as kept from session where ended_at is not null and sign_out_hint is not null`.execute(
      site.record.owner,
    )
    expect(Number(rows[0]!.kept)).toBe(0)
  })
  test('our forms may go on to the provider and nowhere else', async () => {
    await browser().get('/')
    const answer = await site.app.inject({ url: '/', headers: { host: 'send.story.test' } })
    expect(answer.headers['content-security-policy']).toContain(`form-action 'self' ${provider.issuer};`)
  })
})

describe('A person with two capacities', () => {
  test('chooses after the work account, and cannot reach the staff’s door from a link', async () => {
    await site.record.owner
      .updateTable('account')
      .set({
        person_id: (
          await site.record.owner
            .selectFrom('account')
            .select('person_id')
            .where('id', '=', STORY_PEOPLE.parent.id)
            .executeTakeFirstOrThrow()
        ).person_id,
      })
      .where('id', '=', STORY_PEOPLE.manager.id)
      .execute()
    provider.people.set('maya', {
      name: 'Maya S',
      email: 'manager@story.invalid',
      email_verified: true,
      roles: ['SEND.Manager'],
    })
    const { who, page } = await signIn('maya')
    expect(page.location).toBe('/sign-in/who')
    const choose = await who.get(page.location)
    expect(choose.text).toContain('Who are you here as today?')
    const asParent = await who.press(
      choose.fill({ '#person': STORY_PEOPLE.parent.id }),
      'Continue',
      '/sign-in/who',
    )
    expect(asParent.location).toBe('/family')
    const first = who.session
    const account = await who.get('/account')
    const asManager = await who.press(account, 'Go on as SEND manager', '/account')
    expect(asManager.location).toBe('/staff/worklist')
    expect(who.session).not.toBe(first)
    const link = browser()
    await link.asksFor('parent@story.invalid')
    expect((await link.uses(site.sent.at(-1)!)).location).toBe('/family')
    const there = await link.get('/account')
    expect(there.text).toContain('SEND manager: sign out, then sign in with your work account.')
    const held = link.session
    await link.post('/account/change-who', { _csrf: there.value('_csrf'), person: STORY_PEOPLE.manager.id })
    expect(link.session).toBe(held)
    expect((await link.get('/staff/worklist')).status).toBe(403)
  })
})

describe('When the provider is away', () => {
  test('the site says so and families are not touched by it', async () => {
    const { openIdProvider } = await import('../../platform/sign-in/openid.ts')
    const away = await openLiveSite({
      record: site.record,
      openId: openIdProvider({
        issuer: 'http://127.0.0.1:9',
        clientId: 'x',
        clientSecret: 'x',
        scope: 'openid',
        trustsEmail: false,
      }),
    })
    const who = new Browser(away.app)
    expect((await who.get(START)).status).toBe(503)
    expect((await who.get('/sign-in')).status).toBe(200)
    await away.close()
  })
})
