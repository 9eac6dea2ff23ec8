/** For tests: a family's case over the whole site, at each stage, with the people who look at it. */
import type { FastifyInstance } from 'fastify'
import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { type FreshRecord, freshRecord } from '../../../db/testing/fresh-record.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner } from '../../../db/viewer.ts'
import type { FactKind } from '../../../law/index.ts'
import { startSession } from '../../../platform/sessions.ts'

export type Part = keyof typeof STORY_PEOPLE

export interface FamilyStory {
  readonly record: FreshRecord
  readonly app: FastifyInstance
  readonly childId: string
  readonly processId: string
  /** The mother's and the young person's rows as people round the child. */
  readonly contacts: { readonly parent: string; readonly youngPerson: string; readonly advocate: string }
  today(day: string): void
  happens(kind: FactKind, on: string, payload?: Record<string, unknown>): Promise<string>
  asks(head: string, adviser: string, on: string): Promise<string>
  advises(adviser: string, head: string, on: string): Promise<void>
  /** Advice released and checked for the family. */
  mayRead(adviceId: string, head: string, adviser: string, on: string): Promise<string>
  /** The mother writes, and is promised an answer. */
  writes(on: string, answerBy: string): Promise<string>
  as(part: Part): Promise<Reader>
  close(): Promise<void>
}

export interface Reader {
  readonly cookie: string
  readonly csrf: string
  get(url: string): Promise<{ status: number; html: string; text: string; headers: Record<string, unknown> }>
  post(
    url: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<{ status: number; html: string; text: string; location: string }>
}

/** The words of a page's main part, without its pictures. */
export const wordsOf = (html: string): string =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html)
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ([.,:)])/g, '$1')

/** @param open builds the site over the record: the tests of the whole site give all of it */
export async function familyStory(
  open: (record: FreshRecord, clock: { today: () => Promise<string> }) => Promise<FastifyInstance>,
  options: { readonly bornOn?: string; readonly requestOn?: string; readonly today?: string } = {},
): Promise<FamilyStory> {
  const requestOn = options.requestOn ?? '2026-07-06'
  let today = options.today ?? requestOn
  const record = await freshRecord()
  await makeStoryAuthority(record.owner, today)
  const app = await open(record, { today: async () => today })
  const by = STORY_PEOPLE.coordinator.id
  const made = await asOwner(record.owner, async (trx) => {
    await trx
      .insertInto('authority_setting')
      .values([
        {
          key: 'send-office-address',
          value: JSON.stringify({
            name: 'SEND office',
            address: 'County Hall',
            phone: '01305 555 010',
            email: 'send@story.invalid',
          }),
          valid_from: '2020-01-01',
          why: 'a test',
        },
        {
          key: 'information-advice-service',
          value: JSON.stringify({ name: 'Story SENDIASS', address: '1 High Street', phone: '01305 555 020' }),
          valid_from: '2020-01-01',
          why: 'a test',
        },
      ])
      .execute()
    const child = await trx
      .insertInto('child')
      .values({
        reference: 'C-1',
        given_name: 'Amara',
        family_name: 'Okafor',
        name_key: 'okafor amara',
        date_of_birth: options.bornOn ?? '2016-04-01',
        sex: 'F',
        locality_id: 'north',
        setting_urn: '900001',
        registered_on: requestOn,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const contacts: Record<string, string> = {}
    for (const [part, relationship, responsibility] of [
      ['parent', 'mother', true],
      ['youngPerson', 'self', false],
      ['advocate', 'advocate', false],
    ] as const) {
      const contact = await trx
        .insertInto('contact')
        .values({
          name: part === 'parent' ? 'Ngozi Okafor' : STORY_PEOPLE[part].name,
          account_id: STORY_PEOPLE[part].id,
          email: `${part}@story.invalid`,
          address_line: '4 Quay Street',
          postcode: 'DT4 8AA',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      contacts[part] = contact.id
      await trx
        .insertInto('child_contact')
        .values({
          child_id: child.id,
          contact_id: contact.id,
          relationship,
          parental_responsibility: responsibility,
          from_on: '2016-04-01',
          ...(relationship === 'advocate'
            ? { consent_on: '2026-01-01', consent_by: 'the family', to_on: '2026-12-31' }
            : {}),
        })
        .execute()
    }
    const process = await trx
      .insertInto('process')
      .values({
        reference: 'A-2026-1',
        child_id: child.id,
        kind: 'assessment',
        state: 'deciding-whether-to-assess',
        opened_on: requestOn,
        source: 'parent',
        locality_id: 'north',
        assigned_to: by,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordEvent(trx, {
      childId: child.id,
      processId: process.id,
      kind: 'request_received',
      on: requestOn,
      today: requestOn,
      by,
      payload: { by: 'parent' },
    })
    await refreshChild(trx, child.id, today)
    return { childId: child.id, processId: process.id, contacts: contacts as FamilyStory['contacts'] }
  })
  const happens = (kind: FactKind, on: string, payload: Record<string, unknown> = {}): Promise<string> =>
    asOwner(record.owner, async (trx) => {
      const id = await recordEvent(trx, {
        childId: made.childId,
        processId: made.processId,
        kind,
        on,
        today: on,
        by,
        payload,
      })
      await refreshChild(trx, made.childId, today)
      return id
    })
  return {
    record,
    app,
    ...made,
    today: (day) => {
      today = day
    },
    happens,
    asks: async (head, adviser, on) => {
      await happens('advice_requested', on, { head, adviser })
      const row = await record.owner
        .insertInto('advice_request')
        .values({ process_id: made.processId, child_id: made.childId, head, adviser, asked_on: on })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id
    },
    advises: async (adviser, head, on) => {
      await happens('advice_received', on, { head, adviser })
      await record.owner
        .updateTable('advice_request')
        .set({ received_on: on })
        .where('adviser', '=', adviser)
        .where('head', '=', head)
        .execute()
    },
    mayRead: async (adviceId, head, adviser, on) => {
      const { owner } = record
      const told = {
        advice_request_id: adviceId,
        child_id: made.childId,
        process_id: made.processId,
        number: 1,
        head,
        answer: 'advice',
        author_name: adviser,
        released_on: on,
      }
      const release = await owner
        .insertInto('advice_release')
        .values({
          ...told,
          child_name: 'Amara Okafor',
          child_born_on: '2016-04-01',
          written_by: [by],
          released_by: by,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const check = await owner
        .insertInto('advice_check')
        .values({ release_id: release.id, child_id: made.childId, checked_by: by, checked_on: on })
        .returning('id')
        .executeTakeFirstOrThrow()
      await owner
        .insertInto('advice_family_copy')
        .values({ ...told, check_id: check.id, release_id: release.id, checked_on: on })
        .execute()
      return release.id
    },
    writes: async (on, answerBy) => {
      const { owner } = record
      const thread = await owner
        .insertInto('family_thread')
        .values({
          child_id: made.childId,
          process_id: made.processId,
          subject: 'A question',
          opened_by: STORY_PEOPLE.parent.id,
          opened_on: on,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await owner
        .insertInto('family_thread_person')
        .values({
          thread_id: thread.id,
          child_id: made.childId,
          contact_id: made.contacts.parent,
          added_by: STORY_PEOPLE.parent.id,
          added_on: on,
        })
        .execute()
      await owner
        .insertInto('family_message')
        .values({
          thread_id: thread.id,
          child_id: made.childId,
          side: 'family',
          kind: 'said',
          from_account: STORY_PEOPLE.parent.id,
          words: 'When will you ring?',
          sent_on: on,
          promised_on: answerBy,
        })
        .execute()
      return thread.id
    },
    as: async (part) => {
      const account = STORY_PEOPLE[part].id
      const cookie = `clearway=${await startSession(record.db, account, today)}`
      const { csrf_secret: csrf } = await record.owner
        .selectFrom('session')
        .select('csrf_secret')
        .where('account_id', '=', account)
        .orderBy('created_at', 'desc')
        .executeTakeFirstOrThrow()
      return {
        cookie,
        csrf,
        get: async (url) => {
          const answer = await app.inject({ url, headers: { cookie } })
          return {
            status: answer.statusCode,
            html: answer.body,
            text: wordsOf(answer.body),
            headers: answer.headers,
          }
        },
        post: async (url, fields) => {
          const answer = await app.inject({
            method: 'POST',
            url,
            headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
            payload: new URLSearchParams({ _csrf: csrf, ...fields }).toString(),
          })
          return {
            status: answer.statusCode,
            html: answer.body,
            text: wordsOf(answer.body),
            location: String(answer.headers.location ?? ''),
          }
        },
      }
    },
    close: async () => {
      await app.close()
      await record.close()
    },
  }
}
