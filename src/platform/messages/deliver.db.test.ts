import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FreshRecord, freshRecord } from '../../db/testing/fresh-record.ts'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer } from '../../db/viewer.ts'
import type { Carrier } from './carriers/carrier.ts'
import { notifyCarrier } from './carriers/notify.ts'
import { smtpCarrier } from './carriers/smtp.ts'
import {
  askAfterSent,
  type Delivery,
  deliverDue,
  eraseOutOfDate,
  keepDelivering,
  MOST_ATTEMPTS,
} from './deliver.ts'
import { type MessageToQueue, queueMessage } from './queue-message.ts'
import { sendSignInMessage } from './sign-in-message.ts'
import { aMessage, CANARIES, FAMILY, MOTHERS_EMAIL, makeFamily } from './testing/a-family.ts'
import { type MailServer, startMailServer, wordsOf } from './testing/mail-server.ts'
import { type NotifyStandIn, startNotifyStandIn } from './testing/notify-stand-in.ts'

const TODAY = '2026-11-23'
let record: FreshRecord
let mail: MailServer
let notify: NotifyStandIn
let open: Carrier[] = []
/** The time on the wall, moved by a test. */
let now = Temporal.Instant.from('2026-11-23T12:00:00Z')

beforeAll(async () => {
  record = await freshRecord()
  await makeFamily(record.owner, TODAY)
})
afterAll(() => record.close())
beforeEach(async () => {
  await record.owner.deleteFrom('message').execute()
  now = Temporal.Instant.from('2026-11-23T12:00:00Z')
  mail = await startMailServer()
  notify = await startNotifyStandIn()
})
afterEach(async () => {
  for (const carrier of open) carrier.close()
  open = []
  await mail.close()
  await notify.close()
})

const smtp = (url = mail.url): Carrier => {
  const carrier = smtpCarrier({ url, from: 'Story County SEND <send@story.invalid>', allowPlain: true })
  open.push(carrier)
  return carrier
}
const byNotify = (): Carrier =>
  notifyCarrier({
    apiKey: notify.apiKey,
    url: notify.url,
    templates: { email: 'e-1', text: 't-1', letter: 'l-1' },
  })
const delivery = (changes: Partial<Delivery> = {}): Delivery => ({
  owner: record.owner,
  carriers: [smtp()],
  siteUrl: 'https://send.story.invalid',
  today: async () => TODAY,
  now: () => now,
  ...changes,
})
const queue = (changes: Partial<MessageToQueue<'date-set'>> = {}) =>
  asViewer(record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, (trx) =>
    queueMessage(trx, aMessage(changes), now),
  )
const outbox = () => record.owner.selectFrom('message').selectAll().orderBy('queued_at').execute()
const states = async () =>
  (await outbox()).map(({ state, held_for }) => [state, held_for].filter(Boolean).join(' '))
const later = (minutes: number): void => {
  now = now.add({ minutes })
}

describe('by a mail server', () => {
  test('arrives, in plain words and as a simple page, with a link and no attachment', async () => {
    await queue()
    expect(await deliverDue(delivery())).toBe(1)
    expect(await states()).toEqual(['sent'])
    const [message] = await outbox()
    const [taken] = mail.taken
    expect(taken).toMatchObject({
      to: [MOTHERS_EMAIL],
      from: 'send@story.invalid',
      user: 'clearway',
      messageId: `<${message!.id}@story.invalid>`,
    })
    const words = wordsOf(taken!.raw)
    expect(words).toContain('A date has been set for a meeting about the draft plan: 10 February 2027.')
    expect(words).toContain(`https://send.story.invalid/m/${message!.id}`)
    expect(taken!.raw).toContain('<html lang=')
    expect(taken!.raw).toMatch(/multipart\/alternative/)
    expect(taken!.raw).not.toMatch(/content-disposition|multipart\/mixed|<img/i)
    for (const name of [...CANARIES, 'Paula', 'Marsh']) expect(taken!.raw).not.toContain(name)
  })

  test('a busy server is asked again, later each time, and the mail goes once', async () => {
    await queue()
    mail.refuseNext(451, 421)
    await deliverDue(delivery())
    expect(await states()).toEqual(['failed-retrying'])
    expect((await outbox())[0]!.problem).toBe('the mail server put it off (451)')
    expect(await deliverDue(delivery())).toBe(0) // not before its time
    later(1)
    await deliverDue(delivery())
    expect(await states()).toEqual(['failed-retrying'])
    later(4)
    expect(await deliverDue(delivery())).toBe(0)
    later(1)
    await deliverDue(delivery())
    expect(await states()).toEqual(['sent'])
    expect((await outbox())[0]!.attempts).toBe(3)
    expect(mail.taken).toHaveLength(1)
  })

  test('an address that does not exist bounces and is not tried again', async () => {
    await queue()
    mail.refuseNext(550)
    await deliverDue(delivery())
    expect(await states()).toEqual(['bounced'])
    expect((await outbox())[0]).toMatchObject({
      problem: 'the mail server refused it (550)',
      carrier: 'smtp',
    })
    later(100_000)
    expect(await deliverDue(delivery())).toBe(0)
    expect(mail.taken).toEqual([])
  })

  test('our own wrong password bounces nobody', async () => {
    await queue()
    await deliverDue(delivery({ carriers: [smtp(mail.url.replace('correct', 'wrong'))] }))
    expect(await states()).toEqual(['failed-retrying'])
    expect((await outbox())[0]!.problem).toContain('535')
  })

  test('a server that is down, and then up', async () => {
    await queue()
    const { port, url } = mail
    await mail.close()
    await deliverDue(delivery({ carriers: [smtp(url)] }))
    expect(await states()).toEqual(['failed-retrying'])
    expect((await outbox())[0]!.problem).toContain('could not be reached')
    mail = await startMailServer(port)
    later(1)
    await deliverDue(delivery())
    expect(await states()).toEqual(['sent'])
    expect(mail.taken).toHaveLength(1)
  })

  test('given up after eight tries over two days', async () => {
    await queue()
    mail.refuseNext(...Array.from({ length: 20 }, () => 451))
    for (let day = 0; day < 60; day++) {
      await deliverDue(delivery())
      later(120)
    }
    const [message] = await outbox()
    expect(message).toMatchObject({ state: 'bounced', attempts: MOST_ATTEMPTS })
    expect(message!.problem).toContain('given up after 8 tries')
  })
})

describe('stopped between sending and writing it down', () => {
  class Killed extends Error {}
  const killedAfterSending = (): never => {
    throw new Killed()
  }

  test('an email goes again under the same Message-ID, when the lease is over and not before', async () => {
    await queue()
    await expect(deliverDue(delivery({ afterSending: killedAfterSending }))).rejects.toThrow(Killed)
    expect(await states()).toEqual(['sending'])
    expect(mail.taken).toHaveLength(1)
    later(4)
    expect(await deliverDue(delivery())).toBe(0) // perhaps the other server is still at it
    later(2)
    expect(await deliverDue(delivery())).toBe(1)
    expect(await states()).toEqual(['sent'])
    expect(mail.taken).toHaveLength(2)
    expect(new Set(mail.taken.map(({ messageId }) => messageId)).size).toBe(1)
  })

  test('a text that Notify has is known by our reference, and not sent again', async () => {
    await queue({ to: { contactId: FAMILY.father } })
    await expect(
      deliverDue(delivery({ carriers: [byNotify()], afterSending: killedAfterSending })),
    ).rejects.toThrow(Killed)
    later(6)
    await deliverDue(delivery({ carriers: [byNotify()] }))
    expect(await states()).toEqual(['sent'])
    expect(notify.calls.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('a letter nobody can tell of waits for a person: never twice in silence', async () => {
    await queue({ to: { contactId: FAMILY.byPost } })
    const forgetful: Carrier = {
      name: 'printer',
      channels: ['letter'],
      send: async () => ({ is: 'sent', reference: 'x' }),
      close: () => {},
    }
    await expect(
      deliverDue(delivery({ carriers: [forgetful], afterSending: killedAfterSending })),
    ).rejects.toThrow(Killed)
    later(6)
    expect(await deliverDue(delivery({ carriers: [forgetful] }))).toBe(0)
    expect(await states()).toEqual(['held check'])
    later(100_000)
    expect(await deliverDue(delivery({ carriers: [forgetful] }))).toBe(0)
  })

  test('one whose answer comes after its lease does not undo what came since', async () => {
    await queue()
    const slow = deliverDue(
      delivery({
        afterSending: async () => {
          later(6)
          await deliverDue(delivery())
        },
      }),
    )
    await slow
    const [message] = await outbox()
    expect(message).toMatchObject({ state: 'sent', attempts: 2 })
    expect(new Set(mail.taken.map(({ messageId }) => messageId)).size).toBe(1)
  })
})

describe('what comes up between queueing and sending', () => {
  test('a bar on contact recorded since stops it', async () => {
    await queue()
    await record.owner
      .updateTable('child_contact')
      .set({ restricted: true, restriction_note: 'new order' })
      .where('contact_id', '=', FAMILY.mother)
      .where('child_id', '=', FAMILY.child)
      .execute()
    await deliverDue(delivery())
    await record.owner
      .updateTable('child_contact')
      .set({ restricted: false, restriction_note: null })
      .where('contact_id', '=', FAMILY.mother)
      .execute()
    expect(await states()).toEqual(['cancelled'])
    expect((await outbox())[0]!.problem).toBe('not sent: restricted')
    expect(mail.taken).toEqual([])
  })

  test('held over the night, it goes in the morning; late of a retry, it waits for the next', async () => {
    now = Temporal.Instant.from('2026-11-23T22:00:00Z')
    await queue()
    expect(await deliverDue(delivery())).toBe(0)
    now = Temporal.Instant.from('2026-11-24T07:00:00Z')
    mail.refuseNext(451)
    await deliverDue(delivery())
    now = Temporal.Instant.from('2026-11-24T21:30:00Z')
    await deliverDue(delivery())
    expect(await states()).toEqual(['held quiet-hours'])
    expect(mail.taken).toEqual([])
    now = Temporal.Instant.from('2026-11-25T07:00:00Z')
    await deliverDue(delivery())
    expect(await states()).toEqual(['sent'])
    expect((await outbox())[0]!.attempts).toBe(2)
  })

  test('a way nothing is set up for waits for a person', async () => {
    await queue({ to: { contactId: FAMILY.father } })
    await deliverDue(delivery())
    expect(await states()).toEqual(['held check'])
    expect((await outbox())[0]!.problem).toBe('nothing is set up to send by text')
  })
})

describe('sign-in messages', () => {
  const signIn = (event: string) =>
    sendSignInMessage(
      record.db,
      {
        event,
        channel: 'email',
        address: 'anybody@family.invalid',
        link: 'https://send.story.invalid/sign-in/link/secret-token',
        code: '424242',
        minutes: 15,
        authorityName: 'Story County',
      },
      now,
    )

  test('go at once at any hour, before everything else, and their words are erased', async () => {
    now = Temporal.Instant.from('2026-11-23T12:00:00Z')
    await queue()
    now = Temporal.Instant.from('2026-11-23T23:30:00Z')
    expect(await signIn('one')).toBe(true)
    expect(await signIn('one')).toBe(false)
    await deliverDue(delivery())
    expect(mail.taken.map(({ to }) => to[0])).toEqual(['anybody@family.invalid'])
    expect(wordsOf(mail.taken[0]!.raw)).toContain('424242')
    const sent = (await outbox()).find(({ template }) => template === 'sign-in')
    expect(sent).toMatchObject({ state: 'sent', body: null, subject: '' })
    expect(JSON.stringify(await outbox())).not.toMatch(/424242|secret-token/)
  })

  test('out of date before they could go, they are erased and never sent', async () => {
    await signIn('two')
    later(16)
    await eraseOutOfDate(record.owner, now)
    expect(await deliverDue(delivery())).toBe(0)
    expect((await outbox())[0]).toMatchObject({ state: 'cancelled', body: null })
    expect(mail.taken).toEqual([])
  })

  test('nobody reads one in the outbox; the administrator of a live authority sees how far it got and no more', async () => {
    await signIn('three')
    for (const who of Object.values(STORY_PEOPLE)) {
      const seen = await asViewer(record.db, { accountId: who.id, today: TODAY }, (trx) =>
        trx.selectFrom('message').select('body').execute(),
      )
      expect(seen, who.name).toEqual([])
    }
  })
})

describe('by GOV.UK Notify (a stand-in that speaks its interface)', () => {
  test('each way with its own template, our reference, and a call signed with the key', async () => {
    await queue()
    await queue({ to: { contactId: FAMILY.father } })
    await queue({ to: { contactId: FAMILY.byPost } })
    await deliverDue(delivery({ carriers: [byNotify()] }))
    expect(await states()).toEqual(['sent', 'sent', 'sent'])
    const [email, text, letter] = await outbox()
    for (const call of notify.calls)
      expect(call).toMatchObject({ isSignedByTheKey: true, issuer: '11111111-2222-4333-8444-555555555555' })
    const posted = new Map(notify.calls.map((call) => [call.path, call.body]))
    expect(posted.get('/v2/notifications/email')).toEqual({
      template_id: 'e-1',
      email_address: MOTHERS_EMAIL,
      reference: email!.id,
      personalisation: {
        subject: 'A date has been set',
        body: expect.stringContaining(`https://send.story.invalid/m/${email!.id}`),
      },
    })
    expect(posted.get('/v2/notifications/sms')).toEqual({
      template_id: 't-1',
      phone_number: '07700900456',
      reference: text!.id,
      personalisation: { body: expect.stringContaining('A date has been set for a meeting') },
    })
    expect(posted.get('/v2/notifications/letter')).toEqual({
      template_id: 'l-1',
      reference: letter!.id,
      personalisation: {
        subject: 'A date has been set',
        body: expect.any(String),
        address_line_1: 'Petra Post',
        address_line_2: '1 Harbour Lane',
        address_line_3: 'Storyport',
        address_line_4: 'DT1 1AA',
      },
    })
  })

  test('asked afterwards: delivered, gone for good, and to be tried again', async () => {
    for (const event of ['a', 'b', 'c', 'd']) await queue({ event })
    await deliverDue(delivery({ carriers: [byNotify()] }))
    const references = (await outbox()).map(({ carrier_reference }) => carrier_reference!)
    for (const [at, status] of ['delivered', 'permanent-failure', 'technical-failure', 'sending'].entries())
      notify.statuses.set(references[at]!, status)
    await askAfterSent(delivery({ carriers: [byNotify()] }))
    expect(await states()).toEqual(['delivered', 'bounced', 'failed-retrying', 'sent'])
    later(61)
    await deliverDue(delivery({ carriers: [byNotify()] }))
    expect(await states()).toEqual(['delivered', 'bounced', 'sent', 'sent'])
  })

  test('a refusal bounces, a full queue is tried again, no answer to a text waits for a person', async () => {
    notify.next = { status: 400 }
    await queue({ event: 'refused' })
    await deliverDue(delivery({ carriers: [byNotify()] }))
    notify.next = { status: 429 }
    await queue({ event: 'busy' })
    await deliverDue(delivery({ carriers: [byNotify()] }))
    notify.next = 'cut'
    await queue({ event: 'cut', to: { contactId: FAMILY.father } })
    await deliverDue(delivery({ carriers: [byNotify()] }))
    expect(await states()).toEqual(['bounced', 'failed-retrying', 'held check'])
  })
})

test('the server sends by itself and stops when asked, with the message in hand finished', async () => {
  await queue()
  const problems: string[] = []
  let release = (): void => {}
  const taken = new Promise<void>((heard) => {
    mail.onTaken = () => {
      heard()
      return new Promise((resolve) => {
        release = resolve
      })
    }
  })
  const keeping = keepDelivering({ ...delivery(), everyMs: 20, onProblem: (text) => problems.push(text) })
  await taken
  const stopped = keeping.stop()
  await queue({ event: 'after the stop' })
  release()
  await stopped
  expect(await states()).toEqual(['sent', 'queued'])
  expect(problems).toEqual([])
})
