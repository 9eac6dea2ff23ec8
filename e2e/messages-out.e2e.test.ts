import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import { asViewer } from '../src/db/viewer.ts'
import { deliverDue, queueBatch, queueMessage, smtpCarrier } from '../src/platform/messages/index.ts'
import { startMailServer, wordsOf } from '../src/platform/messages/testing/mail-server.ts'
import { checkAccessibility, checkFitsWidth, closeBrowser, openPage, shoot } from './support/browser.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

const TODAY = '2026-11-23'
const CHILD = '00000000-0000-4000-8000-000000000801'
const MOTHER = '00000000-0000-4000-8000-000000000802'
const NOON = Temporal.Instant.from('2026-11-23T12:00:00Z')
let site: StorySite

beforeAll(async () => {
  site = await openStorySite(TODAY)
  const { owner } = site.record
  await owner
    .insertInto('child')
    .values({
      id: CHILD,
      reference: 'C-801',
      given_name: 'Zebedee',
      family_name: 'Quillfeather',
      name_key: 'z',
      date_of_birth: '2016-05-01',
      sex: 'F',
      registered_on: '2026-01-05',
      locality_id: 'north',
    })
    .execute()
  await owner
    .insertInto('contact')
    .values({
      id: MOTHER,
      name: 'Paula Marsh',
      email: 'paula@family.invalid',
      phone: '07700 900123',
      address_line: '1 Harbour Lane',
      town: 'Storyport',
      postcode: 'DT1 1AA',
      prefers: 'email',
      account_id: STORY_PEOPLE.parent.id,
    })
    .execute()
  await owner
    .insertInto('child_contact')
    .values({
      child_id: CHILD,
      contact_id: MOTHER,
      relationship: 'mother',
      parental_responsibility: true,
      from_on: '2016-05-01',
    })
    .execute()
})
afterAll(async () => {
  await closeBrowser()
  await site.close()
})

const aDraft = (event: string) =>
  ({
    event,
    template: 'draft-sent',
    childId: CHILD,
    to: { contactId: MOTHER },
    values: { replyBy: '2027-02-15' },
    linkPath: '/family',
  }) as const

test('a message goes by real mail; its link, opened by its reader in a browser, is marked as read and leads home', async () => {
  const mail = await startMailServer()
  const carrier = smtpCarrier({ url: mail.url, from: 'send@story.invalid', allowPlain: true })
  await asViewer(site.record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, (trx) =>
    queueMessage(trx, aDraft('one'), NOON),
  )
  await deliverDue({
    owner: site.record.owner,
    carriers: [carrier],
    siteUrl: site.url,
    today: async () => TODAY,
    now: () => NOON,
  })
  const link = /https?:\/\/\S+\/m\/\S+/.exec(wordsOf(mail.taken[0]!.raw))![0]
  const page = await openPage({ width: 375, baseUrl: site.url })
  await page.goto(link)
  expect(page.url()).toContain('/sign-in')
  await site.signIn(page, 'parent')
  await page.goto(link)
  expect(new URL(page.url()).pathname).toBe('/family')
  const { state } = await site.record.owner.selectFrom('message').select('state').executeTakeFirstOrThrow()
  expect(state).toBe('read')
  await page.close()
  carrier.close()
  await mail.close()
})

test.each([1280, 375])(
  'the outbox, one message, the wording and the wishes, %i pixels wide',
  { timeout: 120_000 },
  async (width) => {
    await asViewer(site.record.db, { accountId: STORY_PEOPLE.manager.id, today: TODAY }, async (trx) => {
      await queueMessage(trx, aDraft(`held-${width}`), NOON)
      return queueBatch(
        trx,
        { key: `many-${width}`, what: 'A new form for every family' },
        Array.from({ length: 10 }, (_, n) => aDraft(`many-${width}-${n}`)),
        NOON,
      )
    })
    await site.record.owner
      .insertInto('job_progress')
      .values({
        kind: 'x',
        key: `x-${width}`,
        about: 'Reminders of 23 November',
        started_by: STORY_PEOPLE.localityHead.id,
        state: 'running',
        total: 40,
        done: 12,
        failed: 1,
      })
      .execute()
    const look = async (who: keyof typeof STORY_PEOPLE, url: string, name: string): Promise<void> => {
      const page = await openPage({ width, baseUrl: site.url })
      await site.signIn(page, who)
      expect((await page.goto(site.url + url))!.status(), url).toBe(200)
      await shoot(page, `messages-${name}-${width}`)
      await checkFitsWidth(page)
      await checkAccessibility(page)
      await page.close()
    }
    const { id } = await site.record.owner
      .selectFrom('message')
      .select('id')
      .where('event', '=', `held-${width}`)
      .executeTakeFirstOrThrow()
    await look('localityHead', '/staff/outbox', 'outbox')
    await look('coordinator', `/staff/outbox/${id}`, 'one')
    await look('administrator', '/staff/outbox', 'outbox-administrator')
    await look('administrator', '/staff/settings/messages', 'wording')
    await look(
      'administrator',
      '/staff/settings/messages?template=draft-sent&channel=email',
      'wording-change',
    )
    await look('parent', '/family/how-we-tell-you', 'wishes')
  },
)
