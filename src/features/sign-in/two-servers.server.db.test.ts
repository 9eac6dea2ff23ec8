import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../../db/connection.ts'
import { Browser, type LiveSite, openLiveSite } from './a-browser.test-data.ts'

/** Two of the site's processes as a load balancer has them: each with its own connections to the one database. */
let one: LiveSite
let two: LiveSite
let second: Database

beforeAll(async () => {
  one = await openLiveSite()
  second = connect({ engine: 'postgres', url: one.record.urls!.application, maxConnections: 5 })
  two = await openLiveSite({ record: { ...one.record, db: second } })
})
afterAll(async () => {
  await two.close()
  await second.destroy()
  await one.close()
})

test('a burst of asks over both is counted once: five for an address go through, however many come at once', async () => {
  const asks = await Promise.all(
    Array.from({ length: 16 }, (_, n) => {
      const who = new Browser((n % 2 ? one : two).app)
      who.ip = `192.0.2.${n}`
      return who.asksFor('parent@story.invalid')
    }),
  )
  expect(asks.filter(({ status }) => status === 303)).toHaveLength(5)
  expect(asks.filter(({ status }) => status === 429)).toHaveLength(11)
  expect(one.sent.length + two.sent.length).toBe(5)
  // The owner is shut out by none of it: a link already sent works, at either.
  const sent = [...one.sent, ...two.sent]
  const paula = new Browser(one.app)
  expect((await paula.uses(sent[0]!)).location).toBe('/family')
})

test('one link pressed in both at once lets one in', async () => {
  const asking = new Browser(one.app)
  await asking.asksFor('senco@story.invalid')
  const path = new URL(one.sent.at(-1)!.link).pathname
  const both = [new Browser(one.app), new Browser(two.app)]
  const pages = await Promise.all(both.map((who) => who.get(path)))
  const answers = await Promise.all(both.map((who, n) => who.press(pages[n]!, 'Sign in', path)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 410])
})

test('a code is guessed at five times over both together, however many guesses come at once', async () => {
  const asking = new Browser(one.app)
  await asking.asksFor('psychologist@story.invalid')
  const wrong = String((Number(one.sent.at(-1)!.code) + 1) % 1_000_000).padStart(6, '0')
  const page = await asking.get('/sign-in/check')
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, n) => {
      const copy = new Browser((n % 2 ? one : two).app)
      for (const [name, value] of asking.cookies) copy.cookies.set(name, value)
      return copy.post('/sign-in/code', { _csrf: page.value('_csrf'), code: wrong })
    }),
  )
  expect(guesses.filter(({ status }) => status === 422)).toHaveLength(5)
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(7)
})

test('signing out at one is signing out at the other', async () => {
  const paula = new Browser(one.app)
  await paula.asksFor('senco@story.invalid')
  await paula.uses(one.sent.at(-1)!)
  const there = new Browser(two.app)
  for (const [name, value] of paula.cookies) there.cookies.set(name, value)
  expect((await there.get('/account')).status).toBe(200)
  await paula.post('/sign-out', { _csrf: (await paula.get('/account')).value('_csrf') })
  expect((await there.get('/account')).status).toBe(303)
})
