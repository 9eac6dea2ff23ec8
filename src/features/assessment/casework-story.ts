/** For tests: a case in a small invented authority, and officers who open its pages and send its forms. */
import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { recordEvent, refreshChild } from '../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asOwner } from '../../db/viewer.ts'
import { startSession } from '../../platform/sessions.ts'
import { type Pages, ReadPage } from '../children/try-pages/index.ts'

export type Answers = Readonly<Record<string, string | readonly string[]>>

export interface Officer {
  /** Opens a page. */
  open(slug: string): Promise<ReadPage>
  /** Opens a step and sends its form: dates as "6 1 2025". */
  does(slug: string, answers: Answers): Promise<ReadPage>
  /** Sends a form that was opened before. */
  sends(opened: ReadPage, slug: string, answers: Answers): Promise<ReadPage>
  /** The same, stopping where letters are shown to be checked. */
  sendsOnce(opened: ReadPage, slug: string, answers: Answers): Promise<ReadPage>
  /** Presses the first button of a page that holds everything unseen. */
  confirms(shown: ReadPage, slug: string): Promise<ReadPage>
}

export interface CaseworkStory {
  readonly pages: Pages
  readonly childId: string
  readonly processId: string
  today(day: string): void
  officer(as: keyof typeof STORY_PEOPLE): Promise<Officer>
  state(): Promise<string>
  events(kind?: string): Promise<
    readonly {
      id: string
      kind: string
      happened_on: string
      payload: Record<string, unknown>
      supersedes: string | null
      why: string | null
    }[]
  >
  letters(kind?: string): Promise<
    readonly {
      id: string
      kind: string
      recipient_name: string | null
      recipient_address: string | null
      body: string | null
      recipient_contact: string | null
    }[]
  >
  adviceId(adviser: string): Promise<string>
  claimId(): Promise<string>
}

export interface ContactInStory {
  readonly name: string
  readonly relationship?: string
  readonly parentalResponsibility?: boolean
  readonly livesWith?: boolean
  readonly restricted?: boolean
  readonly address?: string | null
  readonly postcode?: string | null
  readonly email?: string | null
  readonly phone?: string | null
}

export const MOTHER: ContactInStory = {
  name: 'Ngozi Okafor',
  relationship: 'mother',
  livesWith: true,
  address: '4 Quay Street',
  postcode: 'DT4 8AA',
}

let made = 0

/** A child whose mother asked for an assessment; nothing decided yet. Many stories may share one record. */
export async function caseworkStory(
  pages: Pages,
  options: {
    readonly today?: string
    readonly requestOn?: string
    readonly bornOn?: string
    readonly contacts?: readonly ContactInStory[]
  } = {},
): Promise<CaseworkStory> {
  const start = options.today ?? '2025-01-20'
  const requestOn = options.requestOn ?? '2025-01-06'
  pages.today = start
  made++
  const number = String(made).padStart(5, '0')
  const { owner } = pages.record
  const { childId, processId } = await asOwner(owner, async (trx) => {
    const child = await trx
      .insertInto('child')
      .values({
        reference: `C-${number}`,
        given_name: 'Amara',
        family_name: 'Okafor',
        name_key: 'okafor amara',
        date_of_birth: options.bornOn ?? '2014-04-01',
        sex: 'F',
        address_line: '4 Quay Street',
        town: 'Weymouth',
        postcode: 'DT4 8AA',
        locality_id: 'north',
        setting_urn: '900001',
        registered_on: requestOn,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const one of options.contacts ?? [MOTHER]) {
      const contact = await trx
        .insertInto('contact')
        .values({
          name: one.name,
          address_line: one.address ?? null,
          town: one.address ? 'Weymouth' : null,
          postcode: one.postcode ?? null,
          email: one.email ?? null,
          phone: one.phone ?? null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await trx
        .insertInto('child_contact')
        .values({
          child_id: child.id,
          contact_id: contact.id,
          relationship: one.relationship ?? 'parent',
          parental_responsibility: one.parentalResponsibility ?? true,
          lives_with: one.livesWith ?? false,
          restricted: one.restricted ?? false,
          restriction_note: one.restricted ? 'Court order' : null,
          from_on: '2014-04-01',
        })
        .execute()
    }
    const process = await trx
      .insertInto('process')
      .values({
        reference: `A-2025-${number}`,
        child_id: child.id,
        kind: 'assessment',
        state: 'deciding-whether-to-assess',
        opened_on: requestOn,
        source: 'parent',
        locality_id: 'north',
        assigned_to: STORY_PEOPLE.coordinator.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordEvent(trx, {
      childId: child.id,
      processId: process.id,
      kind: 'request_received',
      on: requestOn,
      today: requestOn,
      by: STORY_PEOPLE.coordinator.id,
      payload: { by: 'parent' },
    })
    await refreshChild(trx, child.id, start)
    return { childId: child.id, processId: process.id }
  })
  const read = (answer: LightMyRequestResponse, notice = ''): ReadPage =>
    new ReadPage(answer.statusCode, answer.body, `${answer.headers.location ?? ''}${notice}`)
  const pathOf = (slug: string) => (slug.startsWith('/') ? slug : `/staff/cases/${processId}/${slug}`)
  return {
    pages,
    childId,
    processId,
    today: (day) => {
      pages.today = day
    },
    officer: async (as) => {
      const cookie = `clearway=${await startSession(pages.record.db, STORY_PEOPLE[as].id, pages.today)}`
      const { csrf_secret: csrf } = await owner
        .selectFrom('session')
        .select('csrf_secret')
        .where('account_id', '=', STORY_PEOPLE[as].id)
        .orderBy('created_at', 'desc')
        .executeTakeFirstOrThrow()
      const open = async (slug: string) =>
        read(await pages.app.inject({ method: 'GET', url: pathOf(slug), headers: { cookie } }))
      const post = async (slug: string, payload: string) => {
        const answer = await pages.app.inject({
          method: 'POST',
          url: pathOf(slug),
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
          payload,
        })
        // Kept with the session for the next page; here after the address, for a test to read.
        const { notice } = await owner
          .selectFrom('session')
          .select('notice')
          .where('csrf_secret', '=', csrf)
          .executeTakeFirstOrThrow()
        return read(answer, answer.statusCode === 303 && notice ? ` | ${notice}` : '')
      }
      const sends = (opened: ReadPage, slug: string, answers: Answers) =>
        post(slug, payloadOf(opened, { _csrf: csrf, ...answers }))
      /** Sends the form; where letters are to be checked first, checks them and goes on. */
      const sendsChecked = async (opened: ReadPage, slug: string, answers: Answers): Promise<ReadPage> => {
        const answered = await sends(opened, slug, answers)
        return answered.html.includes('name="_checked"') ? post(slug, hiddenOf(answered.html)) : answered
      }
      return {
        open,
        sends: sendsChecked,
        sendsOnce: sends,
        confirms: (shown, slug) => post(slug, hiddenOf(shown.html)),
        does: async (slug, answers) => sendsChecked(await open(slug), slug, answers),
      }
    },
    state: async () =>
      (
        await owner
          .selectFrom('process')
          .select('state')
          .where('id', '=', processId)
          .executeTakeFirstOrThrow()
      ).state,
    events: async (kind) => {
      const rows = await owner
        .selectFrom('case_event')
        .select(['id', 'kind', 'happened_on', 'payload', 'supersedes', 'why'])
        .where('child_id', '=', childId)
        .orderBy('seq')
        .execute()
      return rows
        .filter((row) => kind === undefined || row.kind === kind)
        .map((row) => ({ ...row, payload: row.payload as Record<string, unknown> }))
    },
    letters: async (kind) => {
      const rows = await owner
        .selectFrom('document')
        .select(['id', 'kind', 'recipient_name', 'recipient_address', 'body', 'recipient_contact'])
        .where('child_id', '=', childId)
        .orderBy('made_at')
        .orderBy('recipient_name')
        .execute()
      return rows.filter((row) => kind === undefined || row.kind === kind)
    },
    adviceId: async (adviser) =>
      (
        await owner
          .selectFrom('advice_request')
          .select('id')
          .where('process_id', '=', processId)
          .where('adviser', 'like', `${adviser}%`)
          .executeTakeFirstOrThrow()
      ).id,
    claimId: async () =>
      (
        await owner
          .selectFrom('exception_claim')
          .select('id')
          .where('process_id', '=', processId)
          .orderBy('claimed_on', 'desc')
          .executeTakeFirstOrThrow()
      ).id,
  }
}

const DATE = /^\d{1,2} \d{1,2} \d{1,4}$/

/** Everything a page keeps unseen, as its first button would post it. */
export function hiddenOf(html: string): string {
  const posted = new URLSearchParams()
  // A whole page has other forms too: signing out, at least.
  const form = [...html.matchAll(/<form[\s\S]*?<\/form>/g)].find(([one]) => one.includes('name="_checked"'))
  for (const [tag] of (form?.[0] ?? html).matchAll(/<input type="hidden"[^>]*>/g)) {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1] ?? ''
    // The form that signs out is on every whole page, with the same proof.
    if (name === '_csrf' && posted.has(name)) continue
    posted.append(name, unescaped(/\svalue="([^"]*)"/.exec(tag)?.[1] ?? ''))
  }
  return posted.toString()
}
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '')

/** What is in the opened page, changed by the answers; a date answered as "6 1 2025" fills three boxes. */
function payloadOf(opened: ReadPage, answers: Answers): string {
  const posted = new URLSearchParams()
  posted.set('idempotencyKey', opened.value('idempotencyKey') || randomUUID())
  posted.set('version', opened.value('version'))
  const typed = new Set(Object.keys(answers))
  const button = [...opened.html.matchAll(/<button[^>]*>([\s\S]*?)<\/button>/g)].at(-1)?.[1]?.trim()
  for (const [name, value] of button ? opened.pressing(button) : []) {
    if (posted.has(name) || name === '_csrf') continue
    if (!typed.has(name) && !typed.has(name.replace(/-(day|month|year)$/, ''))) posted.append(name, value)
  }
  // Ticks that share a name are each posted, as a browser would.
  for (const [tag] of opened.html.matchAll(/<input[^>]*type="checkbox"[^>]*\schecked[^>]*>/g)) {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1] ?? ''
    if (typed.has(name)) continue
    const value = /\svalue="([^"]*)"/.exec(tag)?.[1] ?? ''
    if (!posted.getAll(name).includes(value)) posted.append(name, value)
  }
  for (const [name, value] of Object.entries(answers)) {
    if (typeof value === 'string' && DATE.test(value)) {
      const [day, month, year] = value.split(' ')
      posted.set(`${name}-day`, day ?? '')
      posted.set(`${name}-month`, month ?? '')
      posted.set(`${name}-year`, year ?? '')
    } else for (const one of [value].flat()) posted.append(name, one)
  }
  return posted.toString()
}
