import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { PlanSection } from '../../../record/plan/index.ts'
import type { ChangeState, ProposedChange, WorkingParagraph } from '../../../record/plan/working-document.ts'
import type { Party } from '../../../record/plan/working-key.ts'

/** A change as it stands, with who proposed it and what was said of it. */
export interface WorkingChange extends ProposedChange {
  readonly evidence: string
  readonly how: 'here' | 'paper' | 'word'
  readonly proposedOn: string
  readonly answeredOn: string | null
  readonly answerWords: string
}
export interface WorkingText extends WorkingParagraph {
  readonly id: string
  readonly changes: readonly WorkingChange[]
}
export interface WorkingDocument {
  readonly id: string
  readonly childId: string
  readonly childName: string
  readonly childBornOn: string
  readonly planId: string
  readonly processId: string
  readonly templateId: string
  readonly finalOn: string | null
  readonly appealNumber: string
  readonly begunOn: string
  readonly endedOn: string | null
  readonly endedWhy: string | null
  readonly paragraphs: readonly WorkingText[]
}

/** Everything proposed and answered up to these rows: what a version that was sent had in it. */
export interface UpTo {
  readonly changes: string
  readonly answers: string
}

const head = (trx: Trx) =>
  trx
    .selectFrom('working_document as d')
    .innerJoin('plan_version as v', 'v.id', 'd.version_id')
    .select([
      'd.id',
      'd.child_id',
      'd.plan_id',
      'd.process_id',
      'd.appeal_number',
      'd.begun_on',
      'd.ended_on',
      'd.ended_why',
      'v.child_name',
      'v.child_born_on',
      'v.template_id',
      'v.sent_on',
    ])

/** A working document whole, as it stands or as a version had it; undefined where there is none the viewer may read. */
export async function loadWorking(trx: Trx, id: string, upTo?: UpTo): Promise<WorkingDocument | undefined> {
  const row = await head(trx).where('d.id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const paragraphs = await trx
    .selectFrom('working_paragraph')
    .select(['id', 'number', 'part_id', 'section', 'field', 'label', 'words'])
    .where('document_id', '=', id)
    .orderBy('number')
    .execute()
  const changes = await loadChanges(trx, id, upTo)
  return {
    id: row.id,
    childId: row.child_id,
    childName: row.child_name,
    childBornOn: row.child_born_on,
    planId: row.plan_id,
    processId: row.process_id,
    templateId: row.template_id,
    finalOn: row.sent_on,
    appealNumber: row.appeal_number,
    begunOn: row.begun_on,
    endedOn: row.ended_on,
    endedWhy: row.ended_why,
    paragraphs: paragraphs.map((one) => ({
      id: one.id,
      number: one.number,
      partId: one.part_id,
      section: one.section as PlanSection,
      field: one.field,
      label: one.label,
      words: one.words,
      changes: changes.get(one.id) ?? [],
    })),
  }
}

interface ChangeRow {
  readonly id: string
  readonly paragraph_id: string
  readonly party: Party
  readonly from_at: number
  readonly to_at: number
  readonly words: string
  readonly evidence: string
  readonly how: WorkingChange['how']
  readonly proposed_on: string
  readonly answer: string | null
  readonly answered_on: string | null
  readonly answer_words: string | null
}

async function loadChanges(
  trx: Trx,
  documentId: string,
  upTo: UpTo | undefined,
): Promise<ReadonlyMap<string, readonly WorkingChange[]>> {
  const { rows } = await sql<ChangeRow>`
    select c.id, c.paragraph_id, c.party, c.from_at, c.to_at, c.words, c.evidence, c.how, c.proposed_on,
      a.answer, a.answered_on, a.words as answer_words
    from working_change c left join lateral (
      select answer, answered_on, words from working_answer
      where change_id = c.id ${upTo ? sql`and seq <= ${upTo.answers}::bigint` : sql``} order by seq desc limit 1
    ) a on true
    where c.document_id = ${documentId} ${upTo ? sql`and c.seq <= ${upTo.changes}::bigint` : sql``}
    order by c.seq`.execute(trx)
  const changes = rows.map((row) => ({
    paragraph: row.paragraph_id,
    change: {
      id: row.id,
      by: row.party,
      from: row.from_at,
      to: row.to_at,
      words: row.words,
      state: (row.answer ?? 'open') as ChangeState,
      evidence: row.evidence,
      how: row.how,
      proposedOn: row.proposed_on,
      answeredOn: row.answered_on,
      answerWords: row.answer_words ?? '',
    },
  }))
  return new Map(
    [...Map.groupBy(changes, (one) => one.paragraph)].map(([id, own]) => [
      id,
      own.map(({ change }) => change),
    ]),
  )
}

/** The working document of a child or a plan: the one in hand, else the last. */
export async function findWorkingId(
  trx: Trx,
  of: { readonly childId: string } | { readonly planId: string },
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('working_document')
    .select('id')
    .where('childId' in of ? 'child_id' : 'plan_id', '=', 'childId' in of ? of.childId : of.planId)
    .orderBy(sql`ended_on is null`, 'desc')
    .orderBy('begun_on', 'desc')
    .executeTakeFirst()
  return row?.id
}

export interface SentVersion extends UpTo {
  readonly number: number
  readonly on: string
}

/** The versions that were sent in Word, newest first. */
export async function findSentVersions(trx: Trx, documentId: string): Promise<readonly SentVersion[]> {
  const rows = await trx
    .selectFrom('working_version')
    .select([
      'number',
      'made_on',
      sql<string>`changes_to::text`.as('changes'),
      sql<string>`answers_to::text`.as('answers'),
    ])
    .where('document_id', '=', documentId)
    .orderBy('number', 'desc')
    .execute()
  return rows.map((row) => ({
    number: row.number,
    on: row.made_on,
    changes: row.changes,
    answers: row.answers,
  }))
}
