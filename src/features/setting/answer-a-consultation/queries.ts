import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** One setting asked about one child, as the people of that setting may see it. */
export interface Consultation {
  readonly id: string
  readonly process_id: string
  readonly child_id: string
  readonly setting_urn: string
  readonly setting_name: string
  readonly consulted_on: string
  readonly received_on: string | null
  readonly due_on: string
  readonly given_name: string
  readonly family_name: string
  readonly date_of_birth: string
  readonly is_our_pupil: boolean
  readonly coordinator: string | null
  /** The day the setting answered; null while the council waits. */
  readonly replied_on: string | null
  readonly letter_id: string | null
}

const RECEIVED = sql`coalesce((e.payload->>'receivedOn')::date, e.happened_on)`

/**
 * The consultations the viewer's settings may see: those that stand, of cases still open. Row-level security shows a setting
 * no other fact of the child.
 */
export async function findConsultations(
  trx: Trx,
  only: { readonly id?: string; readonly waiting?: boolean; readonly childId?: string } = {},
): Promise<readonly Consultation[]> {
  const { rows } = await sql<Consultation>`
    select e.id, e.process_id, e.child_id, s.urn as setting_urn, s.name as setting_name, e.happened_on as consulted_on,
      (e.payload->>'receivedOn')::date as received_on,
      -- Guidance gives 15 days; the law's own computing of them is preferred where it has been made.
      coalesce(d.due_on, ${RECEIVED} + 15) as due_on,
      c.given_name, c.family_name, c.date_of_birth, c.id = any ((select viewer_pupils())::uuid[]) as is_our_pupil, a.name as coordinator,
      (select max(r.happened_on) from case_event r where r.kind = 'setting_replied' and r.process_id = e.process_id
        and r.payload->>'setting' = s.urn and r.happened_on >= e.happened_on) as replied_on,
      (select min(l.id::text) from document l where l.event_id = e.id and l.kind = 'setting-consultation') as letter_id
    from case_event e
      join setting s on s.urn = e.payload->>'setting' and s.urn = any ((select viewer_settings())::text[])
      join child c on c.id = e.child_id
      join process p on p.id = e.process_id and p.closed_on is null
      left join account a on a.id = p.assigned_to
      left join deadline d on d.start_event = e.id and d.rule = 'setting-consultation-response'
    where e.kind = 'setting_consulted'
      ${only.id === undefined ? sql`` : sql`and e.id = ${only.id}`}
      ${only.childId === undefined ? sql`` : sql`and e.child_id = ${only.childId}`}
    order by due_on, c.family_name, c.given_name`.execute(trx)
  return only.waiting ? rows.filter((row) => row.replied_on === null) : rows
}

export type AnswerRow = NonNullable<Awaited<ReturnType<typeof findDraft>>>

/** The draft of an answer, if one was begun. */
export const findDraft = (trx: Trx, consultation: Consultation) =>
  trx
    .selectFrom('consultation_answer')
    .selectAll()
    .where('consulted_event', '=', consultation.id)
    .where('setting_urn', '=', consultation.setting_urn)
    .where('state', '=', 'draft')
    .executeTakeFirst()

/** The answer as it was sent last. */
export const findSent = (trx: Trx, consultation: Consultation) =>
  trx
    .selectFrom('consultation_answer')
    .selectAll()
    .where('consulted_event', '=', consultation.id)
    .where('setting_urn', '=', consultation.setting_urn)
    .where('state', '=', 'sent')
    .orderBy('updated_at', 'desc')
    .executeTakeFirst()

export interface SentAnswer {
  readonly id: string
  readonly setting_name: string
  readonly answer: string
  readonly grounds: readonly string[]
  readonly reasons: string | null
  readonly steps: string | null
  readonly conditions: string | null
  readonly places: string | null
  readonly cost_pence: number | null
  readonly cost_words: string | null
  readonly start_on: string | null
  readonly signed_as: string
  readonly sent_on: string
  readonly consulted_on: string
  readonly due_on: string
  /** The fact of it has been taken back by the council as a mistake. */
  readonly taken_back: boolean
}

/** What settings answered through their door on one case, latest first: for the staff who hold it. */
export async function findSentAnswers(trx: Trx, processId: string): Promise<readonly SentAnswer[]> {
  const { rows } = await sql<SentAnswer>`
    select q.id, s.name as setting_name, q.answer, q.grounds, q.reasons, q.steps, q.conditions, q.places, q.cost_pence, q.cost_words,
      q.start_on, q.signed_as, q.sent_on, e.happened_on as consulted_on, ${RECEIVED} + 15 as due_on,
      exists (select from case_event t where t.supersedes = q.event_id) as taken_back
    from consultation_answer q join setting s on s.urn = q.setting_urn join case_event e on e.id = q.consulted_event
    where q.process_id = ${processId} and q.state = 'sent' order by q.sent_on desc, s.name`.execute(trx)
  return rows
}
