import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { LETTER_KINDS, type LetterKind } from '../../../documents/letters/index.ts'
import { addDays, date, iso } from '../../../law/index.ts'

/** As many letters as one run may have. */
export const MOST_IN_A_RUN = 500
/** From this many letters on, a second person must look before they are printed. */
export const SECOND_PERSON_FROM = 10

export const DAYS = [1, 7, 28, 90] as const

/** Which letters are wanted. */
export interface Wanted {
  readonly days: (typeof DAYS)[number]
  readonly kind: LetterKind | undefined
}

export const wantedFrom = (typed: Readonly<Record<string, string | undefined>>): Wanted => ({
  days: DAYS.find((one) => String(one) === typed['days']) ?? 7,
  kind: LETTER_KINDS.find((one) => one === typed['kind']),
})

export interface WaitingLetter {
  readonly id: string
  readonly child_id: string
  readonly title: string
  readonly recipient_name: string | null
  readonly recipient_address: string | null
  readonly sent_on: string
}

/** Letters recorded as sent by post that are in no run, oldest first: those of children the viewer reaches. */
export async function findWaiting(
  trx: Trx,
  wanted: Wanted,
  today: string,
): Promise<readonly WaitingLetter[]> {
  const from = iso(addDays(date(today), 1 - wanted.days))
  const { rows } = await sql<WaitingLetter>`
    select d.id, d.child_id, d.title, d.recipient_name, d.recipient_address, d.sent_on from document d
    where d.sent_how = 'post' and d.sent_on between ${from}::date and ${today}::date and d.body is not null
      and (${wanted.kind ?? null}::text is null or d.kind = ${wanted.kind ?? null})
      and not exists (select from letter_in_run l where l.document_id = d.id and not l.taken_out)
    order by d.sent_on, d.id limit ${MOST_IN_A_RUN}`.execute(trx)
  return rows
}

/** What was seen: a run is made of these letters or not at all. */
export const seenHash = (letters: readonly WaitingLetter[]): string =>
  createHash('sha256')
    .update(letters.map((letter) => letter.id).join(','))
    .digest('hex')

export interface Run {
  readonly id: string
  readonly letters: number
  readonly made_by: string
  readonly made_by_name: string | null
  readonly made_on: string
  readonly approved_by_name: string | null
  readonly may_print_from: string | null
  readonly is_open: boolean
  readonly recalled_at: string | null
  readonly made_pdf_at: string | null
  readonly printed_at: string | null
  readonly done: number | null
  readonly state: string | null
  readonly problem: string | null
}

const runs = (where: ReturnType<typeof sql>) => sql<Run>`
  select r.id, r.letters, r.made_by, m.name as made_by_name, r.made_on, a.name as approved_by_name, r.may_print_from,
    coalesce(r.may_print_from <= now(), false) as is_open, r.recalled_at, r.made_pdf_at, r.printed_at, j.done, j.state, j.problem
  from letter_run r left join account m on m.id = r.made_by left join account a on a.id = r.approved_by
  left join job_progress j on j.key = 'print-letters:' || r.id
  where ${where} order by r.made_at desc limit 20`

export const findRuns = async (trx: Trx): Promise<readonly Run[]> => (await runs(sql`true`).execute(trx)).rows
export const findRun = async (trx: Trx, id: string): Promise<Run | undefined> =>
  (await runs(sql`r.id = ${id}`).execute(trx)).rows[0]

export interface LetterInRun {
  readonly document_id: string
  readonly child_id: string
  readonly position: number
  readonly title: string
  readonly recipient_name: string | null
  readonly recipient_address: string | null
  readonly problem: string | null
}
export async function lettersOfRun(trx: Trx, runId: string): Promise<readonly LetterInRun[]> {
  return trx
    .selectFrom('letter_in_run as l')
    .innerJoin('document as d', 'd.id', 'l.document_id')
    .select([
      'l.document_id',
      'l.child_id',
      'l.position',
      'l.problem',
      'd.title',
      'd.recipient_name',
      'd.recipient_address',
    ])
    .where('l.run_id', '=', runId)
    .orderBy('l.position')
    .execute()
}
