import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import type { FactKind } from '../../../law/index.ts'
import { buildServer } from '../../../platform/server.ts'
import { type FamilyStory, familyStory } from '../try-family/index.ts'
import { tellTheFamily } from './index.ts'

let story: FamilyStory
beforeAll(async () => {
  story = await familyStory((record, clock) =>
    buildServer({
      db: record.db,
      clock,
      routes: [],
      secureCookies: false,
      hsts: false,
      log: false,
      drawPage: () => '',
    }),
  )
})
afterAll(() => story.close())

const tell = (kind: FactKind, eventId: string, today: string): Promise<number> =>
  asViewer(story.record.db, { accountId: STORY_PEOPLE.coordinator.id, today }, (trx) =>
    tellTheFamily(trx, { childId: story.childId, processId: story.processId, eventId, kind, today }),
  )
const outbox = (event: string) =>
  story.record.owner
    .selectFrom('message')
    .select(['template', 'recipient_contact', 'subject', 'body', 'link_path'])
    .where('event', '=', event)
    .orderBy('recipient_name')
    .execute()

describe('What the family is told when staff record it', () => {
  test('the draft: what to do and by when, to the parent and the advocate, naming no child', async () => {
    await story.happens('decided_to_assess', '2026-08-10')
    await story.happens('decided_to_issue', '2026-10-19')
    const event = await story.happens('draft_issued', '2026-10-26')
    story.today('2026-10-26')
    expect(await tell('draft_issued', event, '2026-10-26')).toBe(2)
    const sent = await outbox(event)
    expect(sent.map((one) => one.recipient_contact).toSorted()).toEqual(
      [story.contacts.parent, story.contacts.advocate].toSorted(),
    )
    for (const one of sent) {
      expect(one.body).toContain('9 November 2026')
      expect(`${one.subject} ${one.body}`).not.toMatch(/Amara|Okafor|new information/)
      expect(one.link_path).toBe(`/family/children/${story.childId}`)
    }
  })

  test('the same fact told twice tells nobody twice', async () => {
    const event = (await story.record.owner.selectFrom('message').select('event').executeTakeFirstOrThrow())
      .event
    await tell('draft_issued', event, '2026-10-26')
    expect((await outbox(event)).length).toBe(2)
  })

  test('what is no moment to be told of tells nobody', async () => {
    const event = await story.happens('advice_requested', '2026-10-26', {
      head: 'medical',
      adviser: 'A clinic',
    })
    expect(await tell('advice_requested', event, '2026-10-26')).toBe(0)
  })

  test('once the rights are the young person’s, it is they who are told, and not the parent', async () => {
    await story.record.owner.updateTable('child').set({ date_of_birth: '2010-04-01' }).execute()
    const event = await story.happens('final_issued', '2026-11-10')
    await tell('final_issued', event, '2026-11-10')
    const told = (await outbox(event)).map((one) => one.recipient_contact)
    expect(told).toContain(story.contacts.youngPerson)
    expect(told).not.toContain(story.contacts.parent)
  })

  test('a barred parent is told nothing', async () => {
    await story.record.owner.updateTable('child').set({ date_of_birth: '2016-04-01' }).execute()
    await story.record.owner
      .updateTable('child_contact')
      .set({ restricted: true, restriction_note: 'Court order' })
      .where('contact_id', '=', story.contacts.parent)
      .execute()
    const event = await story.happens('decided_not_to_issue', '2026-11-11')
    await tell('decided_not_to_issue', event, '2026-11-11')
    expect((await outbox(event)).map((one) => one.recipient_contact)).not.toContain(story.contacts.parent)
  })
})
