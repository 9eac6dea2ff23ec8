import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../db/connection.ts'
import { type FreshRecord, freshRecord } from '../../db/testing/fresh-record.ts'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer } from '../../db/viewer.ts'
import { smtpCarrier } from './carriers/smtp.ts'
import { deliverDue } from './deliver.ts'
import { queueMessage } from './queue-message.ts'
import { aMessage, makeFamily } from './testing/a-family.ts'
import { type MailServer, startMailServer } from './testing/mail-server.ts'

const TODAY = '2026-11-23'
const NOON = Temporal.Instant.from('2026-11-23T12:00:00Z')
let record: FreshRecord
let mail: MailServer

beforeAll(async () => {
  record = await freshRecord()
  await makeFamily(record.owner, TODAY)
  mail = await startMailServer()
})
afterAll(async () => {
  await mail.close()
  await record.close()
})

test('four servers at one outbox send each of 60 messages once', async () => {
  await asViewer(record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, async (trx) => {
    for (let n = 0; n < 60; n++) await queueMessage(trx, aMessage({ event: `event-${n}` }), NOON)
  })
  const servers = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const owner = connect({ engine: 'postgres', url: record.urls!.owner, maxConnections: 2 })
      const carrier = smtpCarrier({ url: mail.url, from: 'send@story.invalid', allowPlain: true })
      const tried = await deliverDue({
        owner,
        carriers: [carrier],
        siteUrl: 'https://x.invalid',
        today: async () => TODAY,
        now: () => NOON,
      })
      carrier.close()
      await owner.destroy()
      return tried
    }),
  )
  expect(servers.reduce((sum, tried) => sum + tried, 0)).toBe(60)
  expect(servers.filter((tried) => tried > 0).length).toBeGreaterThan(1)
  expect(mail.taken).toHaveLength(60)
  expect(new Set(mail.taken.map(({ messageId }) => messageId)).size).toBe(60)
})

test('the same fact told by two transactions at once is queued once', async () => {
  const tell = () =>
    asViewer(record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, (trx) =>
      queueMessage(trx, aMessage({ event: 'at once' }), NOON),
    )
  const answers = await Promise.all(Array.from({ length: 8 }, tell))
  expect(new Set(answers.map((answer) => answer.ok && answer.id)).size).toBe(1)
  expect(answers.filter((answer) => answer.ok && !answer.again)).toHaveLength(1)
})
