import { sql } from 'kysely'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { PlanContentOf, PlanPartKind, ProvisionContent } from '../../../record/plan/index.ts'
import { appliedText, withField, workingParagraphs } from '../../../record/plan/working-document.ts'
import type { Party } from '../../../record/plan/working-key.ts'
import { wishOf } from '../../../record/plan/working-wish.ts'
import {
  changePart,
  findPlan,
  loadParts,
  type PlanSaver,
  type PlanVersion,
  savePart,
} from '../the-plan/index.ts'
import { loadWorking, type WorkingChange, type WorkingDocument, type WorkingText } from './load.ts'

/** Begins the working document of a final plan: its words are copied, paragraph by paragraph, and stay as they are. */
export async function beginWorking(
  trx: Trx,
  plan: { readonly id: string; readonly processId: string; readonly childId: string },
  version: PlanVersion,
  appealNumber: string,
  by: PlanSaver,
): Promise<string> {
  const { id } = await trx
    .insertInto('working_document')
    .values({
      child_id: plan.childId,
      plan_id: plan.id,
      process_id: plan.processId,
      version_id: version.id,
      appeal_number: appealNumber,
      begun_by: by.accountId,
      begun_on: by.today,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('working_paragraph')
    .values(
      workingParagraphs(version.parts).map((one) => ({
        document_id: id,
        child_id: plan.childId,
        number: one.number,
        part_id: one.partId,
        section: one.section,
        field: one.field,
        label: one.label,
        words: one.words,
      })),
    )
    .execute()
  await recordEvent(trx, {
    childId: plan.childId,
    processId: plan.processId,
    kind: 'working_document_begun',
    on: by.today,
    today: by.today,
    by: by.accountId,
    payload: { document: id, version: version.id },
  })
  return id
}

/** The document as it stands, with everybody else who writes in it made to wait. */
export async function holdWorking(trx: Trx, id: string): Promise<WorkingDocument | undefined> {
  const before = await loadWorking(trx, id)
  if (!before) return undefined
  await lockChildren(trx, [before.childId])
  return loadWorking(trx, id)
}

/** One line of the history for what somebody did in a working document; the words stay in its own rows. */
export async function tellChanged(
  trx: Trx,
  working: WorkingDocument,
  what: Readonly<Record<string, unknown>>,
  by: PlanSaver,
): Promise<void> {
  await recordEvent(trx, {
    childId: working.childId,
    processId: working.processId,
    kind: 'working_document_changed',
    on: by.today,
    today: by.today,
    by: by.accountId,
    payload: { document: working.id, ...what },
  })
  await refreshChild(trx, working.childId, by.today)
}

interface NewChange {
  readonly from: number
  readonly to: number
  readonly words: string
  readonly evidence: string
}

/** Proposes changes for one side: rows, and never an edit of a row. */
export async function proposeChanges(
  trx: Trx,
  working: WorkingDocument,
  paragraph: WorkingText,
  party: Party,
  changes: readonly NewChange[],
  how: WorkingChange['how'],
  by: PlanSaver,
): Promise<void> {
  if (changes.length === 0) return
  await trx
    .insertInto('working_change')
    .values(
      changes.map((one) => ({
        document_id: working.id,
        child_id: working.childId,
        paragraph_id: paragraph.id,
        party,
        from_at: one.from,
        to_at: one.to,
        words: one.words,
        evidence: one.evidence,
        how,
        proposed_by: by.accountId,
        proposed_on: by.today,
      })),
    )
    .execute()
}

/** What a side says of the other's change, or taking back its own. */
export async function answerChange(
  trx: Trx,
  working: WorkingDocument,
  changeId: string,
  party: Party,
  answer: 'agreed' | 'not-agreed' | 'withdrawn',
  words: string,
  by: PlanSaver,
): Promise<void> {
  await trx
    .insertInto('working_answer')
    .values({
      document_id: working.id,
      child_id: working.childId,
      change_id: changeId,
      party,
      answer,
      words,
      answered_by: by.accountId,
      answered_on: by.today,
    })
    .execute()
}

export type Wished =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly why: 'nothing' | 'agreed' }

/** A side writes a paragraph as it would have it: what is new is proposed, what it no longer wants is taken back. */
export async function wishParagraph(
  trx: Trx,
  working: WorkingDocument,
  paragraph: WorkingText,
  wish: {
    readonly party: Party
    readonly text: string
    readonly evidence: string
    readonly how: WorkingChange['how']
  },
  by: PlanSaver,
): Promise<Wished> {
  const found = wishOf(paragraph.words, paragraph.changes, wish.party, wish.text)
  if (!found.ok) return found
  for (const id of found.withdrawn) await answerChange(trx, working, id, wish.party, 'withdrawn', '', by)
  await proposeChanges(
    trx,
    working,
    paragraph,
    wish.party,
    found.proposed.map((one) => ({ ...one, evidence: wish.evidence })),
    wish.how,
    by,
  )
  await tellChanged(
    trx,
    working,
    {
      party: wish.party,
      paragraph: paragraph.number,
      proposed: found.proposed.length,
      withdrawn: found.withdrawn.length,
    },
    by,
  )
  return { ok: true, count: found.proposed.length }
}

/** Makes the next version to send in Word: everything up to now. */
export async function makeVersion(trx: Trx, working: WorkingDocument, by: PlanSaver): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into working_version (document_id, child_id, number, changes_to, answers_to, made_by, made_on)
    select ${working.id}, ${working.childId},
      coalesce((select max(number) from working_version where document_id = ${working.id}), 0) + 1,
      coalesce((select max(seq) from working_change where document_id = ${working.id}), 0),
      coalesce((select max(seq) from working_answer where document_id = ${working.id}), 0),
      ${by.accountId}, ${by.today}
    returning number`.execute(trx)
  const { number } = rows[0]!
  await tellChanged(trx, working, { version: number }, by)
  return number
}

/** What taking agreed changes into the plan did, paragraph by paragraph. */
export interface TakenIn {
  readonly taken: number
  /** Paragraphs whose words in the plan are no longer those of the working document. */
  readonly left: readonly number[]
}

/**
 * Writes the agreed changes into the plan that is being kept, as parts saved anew. It sends nothing: the amended plan is finalised
 * and sent by its own journey. A part that somebody has changed meanwhile is left as it is, and named.
 */
export async function takeIntoPlan(
  trx: Trx,
  working: WorkingDocument,
  why: string,
  by: PlanSaver,
): Promise<TakenIn> {
  const plan = await findPlan(trx, working.planId, { forUpdate: true })
  if (!plan) throw new Error('the plan of a working document cannot be read')
  let taken = 0
  const left: number[] = []
  for (const paragraph of working.paragraphs) {
    const agreed = paragraph.changes.filter((change) => change.state === 'agreed')
    if (agreed.length === 0) continue
    const words = appliedText(paragraph.words, agreed).trim()
    const before = (await loadParts(trx, plan.id)).find((part) => part.partId === paragraph.partId)
    if (paragraph.partId === null) {
      // Something new: a line of provision where the section holds them, else a text. It is taken once.
      const stands = (await loadParts(trx, plan.id)).some(
        (part) =>
          part.section === paragraph.section && 'words' in part.content && part.content.words === words,
      )
      if (stands) continue
      const saved = await addNew(trx, plan, paragraph, words, by)
      if (saved) taken++
      else left.push(paragraph.number)
      continue
    }
    const now = before && (before.content as unknown as Record<string, unknown>)[paragraph.field]
    if (now === words) continue
    if (
      !before ||
      String(now ?? '')
        .replaceAll(/\r\n?/g, '\n')
        .trim() !== paragraph.words
    ) {
      left.push(paragraph.number)
      continue
    }
    const content = withField(before.content, paragraph.field, words) as PlanContentOf[PlanPartKind]
    const saved = await changePart(trx, plan, before.partId, before.version, content, by, { why })
    if (saved.saved) taken++
    else left.push(paragraph.number)
  }
  await tellChanged(trx, working, { taken, left: left.length }, by)
  return { taken, left }
}

const NEW_LINE: Omit<ProvisionContent, 'words'> = {
  who: '',
  qualification: '',
  mode: null,
  groupSize: '',
  length: '',
  minutes: null,
  times: '',
  count: null,
  every: null,
  forHowLong: '',
  where: '',
  from: '',
  until: '',
  review: '',
  arrangedBy: null,
  fundedBy: null,
  outcomes: [],
  needs: [],
  pfa: null,
  educatesOrTrains: false,
  sources: [],
}

async function addNew(
  trx: Trx,
  plan: NonNullable<Awaited<ReturnType<typeof findPlan>>>,
  paragraph: WorkingText,
  words: string,
  by: PlanSaver,
): Promise<boolean> {
  const { section } = paragraph
  const saved =
    section === 'F' || section === 'G' || section === 'H1' || section === 'H2'
      ? await savePart(trx, plan, { section, kind: 'provision' }, { ...NEW_LINE, words }, by)
      : section === 'B' || section === 'C' || section === 'D'
        ? await savePart(
            trx,
            plan,
            { section, kind: 'need' },
            { words, type: null, rank: null, strengths: '', sources: [] },
            by,
          )
        : section === 'E'
          ? await savePart(
              trx,
              plan,
              { section, kind: 'outcome' },
              { words, byWhen: '', measure: '', steps: '', needs: [], pfa: null, sources: [] },
              by,
            )
          : await savePart(
              trx,
              plan,
              { section, kind: 'text', slot: `ordered-${paragraph.id}` },
              { words },
              by,
            )
  return saved.saved
}
