import { sql } from 'kysely'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { asRecordKeeper, type Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import type { CommandResult, SignedIn } from '../../../platform/routes.ts'
import { impossibleOf, loadCase, type StepFact } from '../../assessment/the-case/index.ts'
import { refusedFor, STALE, speaksForSetting } from '../the-setting/index.ts'
import { type Answering, missingToSend } from './form.ts'
import { type Consultation, findConsultations, findDraft } from './queries.ts'

export interface AnswerRun {
  readonly trx: Trx
  readonly today: string
  readonly viewer: SignedIn
  readonly id: string
  readonly given: Answering
  readonly isSending: boolean
  /** The version of the draft the form was opened on; 0 when there was none. */
  readonly version: number
  readonly changed: (childId: string) => void
}

const isAlreadyAnswered = (on: string) =>
  refusedFor(
    '',
    `Your setting's answer was recorded on ${shortDate(date(on))}. What you typed is kept below and was not sent. To correct the answer, ask the council: it will take the first back and you can answer again`,
  )

/**
 * Keeps a draft of the answer, or sends it: the fact that the setting replied, in the name of the one who signs. Late is
 * recorded as late and never refused. Undefined when there is no such consultation, or it was taken back.
 */
export async function answerConsultation(run: AnswerRun): Promise<CommandResult | undefined> {
  const { trx, given, viewer } = run
  const before = (await findConsultations(trx, { id: run.id }))[0]
  if (!before) return undefined
  await lockChildren(trx, [before.child_id])
  // Read again behind the lock: somebody may have answered, or the council taken it back.
  const consultation = (await findConsultations(trx, { id: run.id }))[0]
  if (!consultation) return undefined
  if (consultation.replied_on !== null) return isAlreadyAnswered(consultation.replied_on)
  const draft = await findDraft(trx, consultation)
  if ((draft?.version ?? 0) !== run.version) return refusedFor('', STALE)
  if (run.isSending) {
    if (!speaksForSetting(viewer))
      return refusedFor('', 'Only the SENCO or the head sends the answer. Save it, and tell them it is ready')
    const errors = missingToSend(given)
    if (errors.length > 0) return { ok: false, errors }
  }
  const id = await keepDraft(run, consultation, draft?.id)
  run.changed(consultation.child_id)
  if (!run.isSending)
    return {
      ok: true,
      redirect: `/setting/consultations/${run.id}`,
      notice: 'Saved. It is a draft: the council sees nothing until it is sent.',
    }
  return send(run, consultation, id)
}

async function keepDraft(
  run: AnswerRun,
  consultation: Consultation,
  draftId: string | undefined,
): Promise<string> {
  const { trx, given, viewer } = run
  const values = {
    answer: given.answer,
    grounds: [...given.grounds],
    reasons: given.reasons,
    steps: given.steps,
    conditions: given.conditions,
    places: given.places,
    cost_pence: given.cost,
    cost_words: given.costWords,
    start_on: given.startOn,
    signed_as: given.signedAs,
    updated_by: viewer.accountId,
    updated_at: sql<string>`now()`,
  }
  if (draftId !== undefined) {
    await trx
      .updateTable('consultation_answer')
      .set({ ...values, version: run.version + 1 })
      .where('id', '=', draftId)
      .execute()
    return draftId
  }
  const row = await trx
    .insertInto('consultation_answer')
    .values({
      ...values,
      consulted_event: consultation.id,
      process_id: consultation.process_id,
      child_id: consultation.child_id,
      setting_urn: consultation.setting_urn,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** The grounds and reasons in one passage, as the case history shows them. */
const wordsOf = (given: Answering): string | null =>
  [given.reasons, given.conditions && `Conditions: ${given.conditions}`]
    .filter(Boolean)
    .join('\n\n')
    .slice(0, 4000) || null

async function send(run: AnswerRun, consultation: Consultation, answerId: string): Promise<CommandResult> {
  const { trx, today, viewer, given } = run
  const fact: StepFact = {
    kind: 'setting_replied',
    on: today,
    field: '',
    payload: {
      setting: consultation.setting_urn,
      answer: given.answer,
      words: wordsOf(given),
      through: 'setting-door',
    },
  }
  // What must have come first is asked with the keeper's sight; the fact is added in the person's own name.
  const impossible = await asRecordKeeper(trx, async () => {
    const file = await loadCase(trx, consultation.process_id)
    return file ? impossibleOf(file, [fact], today) : []
  })
  if (impossible.length > 0) return { ok: false, errors: impossible.map(({ text }) => ({ field: '', text })) }
  const eventId = await recordEvent(trx, {
    childId: consultation.child_id,
    processId: consultation.process_id,
    kind: 'setting_replied',
    on: today,
    today,
    by: viewer.accountId,
    payload: fact.payload ?? {},
  })
  await trx
    .updateTable('consultation_answer')
    .set({ state: 'sent', sent_by: viewer.accountId, sent_on: today, event_id: eventId })
    .where('id', '=', answerId)
    .execute()
  await refreshChild(trx, consultation.child_id, today)
  const late = date(today) - date(consultation.due_on)
  return {
    ok: true,
    redirect: `/setting/consultations/${run.id}`,
    notice: `The answer is sent to the council.${late > 0 ? ` It was due on ${shortDate(date(consultation.due_on))}, so it is marked ${late} ${late === 1 ? 'day' : 'days'} late.` : ''}`,
  }
}
