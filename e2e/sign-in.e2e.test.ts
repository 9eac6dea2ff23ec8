import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { type FreshRecord, freshRecord } from '../src/db/testing/fresh-record.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import type { SignInMessage } from '../src/features/sign-in/index.ts'
import { checkAccessibility, checkFitsWidth, closeBrowser, openPage, shoot } from './support/browser.ts'

/** Coming in as families, schools and professionals do: by a link, a code and a passkey, on a phone and at a desk. */
let record: FreshRecord
let app: FastifyInstance
let url: string
const sent: SignInMessage[] = []
const newest = (): SignInMessage => sent.at(-1)!

beforeAll(async () => {
  record = await freshRecord()
  await makeStoryAuthority(record.owner, '2026-07-06')
  // A SENCO who is also a parent here.
  const { person_id } = await record.owner
    .selectFrom('account')
    .select('person_id')
    .where('id', '=', STORY_PEOPLE.senco.id)
    .executeTakeFirstOrThrow()
  await record.owner
    .updateTable('account')
    .set({ person_id })
    .where('id', '=', STORY_PEOPLE.parent.id)
    .execute()
  app = await buildApp({
    db: record.db,
    authority: { code: '999', name: 'Story County', mode: 'training' },
    secureCookies: false,
    log: false,
    clock: { today: async () => '2026-07-06' },
    sendSignInMessage: async (message) => {
      sent.push(message)
    },
  })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  // A passkey belongs to a name, not to a number.
  url = address.replace('127.0.0.1', 'localhost')
})
afterAll(async () => {
  await closeBrowser()
  await app.close()
  await record.close()
})

const look = async (page: Page, name: string, width: number): Promise<void> => {
  await checkAccessibility(page)
  await checkFitsWidth(page)
  await shoot(page, `sign-in-${width}-${name}`)
}
const asks = async (page: Page, address: string): Promise<void> => {
  await page.goto(`${url}/sign-in/link`)
  await page.getByLabel('Your email address or mobile number').fill(address)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByRole('heading', { name: 'Check your email or phone' }).waitFor()
}

describe.each([{ width: 1280 }, { width: 375 }])('By a link or a code, $width pixels wide', ({ width }) => {
  test('every page on the way is accessible, fits, and says what to do', { timeout: 120_000 }, async () => {
    const page = await openPage({ width, baseUrl: url })
    await page.goto(`${url}/sign-in/link`)
    await look(page, '01-ask', width)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await look(page, '02-ask-with-a-mistake', width)
    await asks(page, 'senco@story.invalid')
    await look(page, '03-check', width)
    await page.getByLabel('The code in the message').fill('12')
    await page.getByRole('button', { name: 'Continue' }).click()
    await look(page, '04-check-with-a-mistake', width)
    await page.goto(newest().link)
    await look(page, '05-link', width)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { name: 'Who are you here as today?' }).waitFor()
    await look(page, '06-who', width)
    await page.getByRole('button', { name: 'Continue' }).click()
    await look(page, '07-who-with-a-mistake', width)
    await page.getByLabel('Parent').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(`${url}/family`)
    await page.getByRole('link', { name: 'Your sign-in' }).click()
    await look(page, '08-account', width)
    const elsewhere = await openPage({ width, baseUrl: url })
    await elsewhere.goto(newest().link)
    await look(elsewhere, '09-used-link', width)
    await elsewhere.goto(`${url}/sign-in/link/${'x'.repeat(43)}`)
    await look(elsewhere, '10-no-link', width)
    await page.getByRole('link', { name: 'Change who you are here as' }).click()
    await page.getByRole('button', { name: /Go on as SENCO/ }).click()
    await page.goto(`${url}/account`)
    expect(await page.locator('h1 + p').textContent()).toContain('SENCO')
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await look(page, '11-signed-out', width)
    await asks(page, `new${width}@home.test`)
    await page.getByLabel('The code in the message').fill(newest().code)
    await page.getByRole('button', { name: 'Continue' }).click()
    await look(page, '12-name', width)
    await page.getByRole('button', { name: 'Make my account' }).click()
    await look(page, '13-name-with-a-mistake', width)
    await page.getByLabel('Your full name').fill('Nia Vale')
    await page.getByRole('button', { name: 'Make my account' }).click()
    await page.waitForURL(`${url}/family`)
    await look(page, '14-no-child-yet', width)
    expect(await page.locator('main').textContent()).toMatch(/not showing (you )?any child/i)
    await page.goto(`${url}/sign-in`)
    await look(page, '15-choose', width)
  })
})

test('with scripts off a person signs in by a code, and no passkey is offered', async () => {
  const page = await openPage({ width: 375, baseUrl: url, javaScript: false })
  await asks(page, 'psychologist@story.invalid')
  await page.getByLabel('The code in the message').fill(newest().code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.goto(`${url}/account`)
  expect(await page.locator('main').textContent()).toContain('Priya Elwood')
  expect(await page.getByRole('button', { name: /passkey/ }).count()).toBe(0)
})

test('a passkey is added, signs its owner in with no message, and when removed signs nobody in', {
  timeout: 90_000,
}, async () => {
  const page = await openPage({ width: 1280, baseUrl: url })
  const devices = await page.context().newCDPSession(page)
  await devices.send('WebAuthn.enable')
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const signOut = async (): Promise<void> => {
    await page.locator('header').getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${url}/signed-out`)
  }
  await asks(page, 'psychologist@story.invalid')
  await page.goto(newest().link)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.locator('header').getByText('Priya Elwood').waitFor()
  await page.goto(`${url}/account`)
  await page.getByRole('button', { name: 'Add a passkey on this device' }).click()
  await page.getByText('Your passkey is added.').waitFor()
  await checkAccessibility(page)
  await shoot(page, 'sign-in-1280-16-passkey')
  await signOut()
  const before = sent.length
  const withPasskey = async (): Promise<void> => {
    await page.goto(`${url}/sign-in/link`)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  }
  const isIn = async (): Promise<void> => {
    await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'), { waitUntil: 'load' })
  }
  await withPasskey()
  await isIn()
  expect(sent).toHaveLength(before)
  await page.goto(`${url}/account`)
  expect(await page.locator('main').textContent()).toContain('By' + 'A passkey')
  // A device that does not check that it is its owner who holds it signs nobody in.
  await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await signOut()
  await withPasskey()
  await page.getByText('That did not work. Try again, or use a link instead.').waitFor()
  await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  await withPasskey()
  await isIn()
  await page.goto(`${url}/account`)
  await page.getByRole('button', { name: /^Remove/ }).click()
  await page.getByText('That passkey no longer signs you in.').waitFor()
  await signOut()
  await withPasskey()
  await page.getByText('That passkey could not be used here. Use a link instead.').waitFor()
})
