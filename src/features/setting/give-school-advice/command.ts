import { sql } from 'kysely'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { asRecordKeeper, type Trx } from '../../../db/viewer.ts'
import { type AdviceHead, date, shortDate } from '../../../law/index.ts'
import type { CommandResult, SignedIn } from '../../../platform/routes.ts'
import { impossibleOf, loadCase, type StepFact } from '../../assessment/the-case/index.ts'
import { refusedFor, STALE, speaksForSetting } from '../the-setting/index.ts'
import { findAdviceAsked, findSchoolAdvice } from './queries.ts'
import { type AdviceGiven, missingToRelease } from './schema.ts'

export interface AdviceRun {
  readonly trx: Trx
  readonly today: string
  readonly viewer: SignedIn
  readonly id: string
  readonly given: AdviceGiven
  readonly isReleasing: boolean
  readonly version: number
  readonly changed: (childId: string) => void
}

/**
 * Keeps the advice as it goes, or releases it: the fact that it came, in the name of the one who signs, and the day on the
 * council's own list. Undefined when there is no such request, or it was taken back.
 */
export async function giveAdvice(run: AdviceRun): Promise<CommandResult | undefined> {
  const { trx, given, viewer, today, id } = run
  const before = (await findAdviceAsked(trx, { id }))[0]
  if (!before) return undefined
  await lockChildren(trx, [before.child_id])
  const asked = (await findAdviceAsked(trx, { id }))[0]
  if (!asked) return undefined
  if (asked.received_on !== null)
    return refusedFor(
      '',
      `Your advice was recorded on ${shortDate(date(asked.received_on))}. What you typed is kept below and was not sent. To add to it, ask the council`,
    )
  const found = await findSchoolAdvice(trx, id)
  const draft = found?.state === 'draft' ? found : undefined
  if ((draft?.version ?? 0) !== run.version) return refusedFor('', STALE)
  if (run.isReleasing) {
    if (!speaksForSetting(viewer))
      return refusedFor('', 'Only the SENCO or the head releases advice. Save it, and tell them it is ready')
    const errors = missingToRelease(given)
    if (errors.length > 0) return { ok: false, errors }
  }
  const values = {
    sections: JSON.stringify(given.sections),
    provision: JSON.stringify(given.lines),
    released_as: given.signedAs || null,
    updated_by: viewer.accountId,
    updated_at: sql<string>`now()`,
  }
  if (draft)
    await trx
      .updateTable('school_advice')
      .set({ ...values, version: run.version + 1 })
      .where('id', '=', draft.id)
      .execute()
  else
    await trx
      .insertInto('school_advice')
      .values({ ...values, advice_request_id: id, child_id: asked.child_id, setting_urn: asked.setting_urn })
      .execute()
  run.changed(asked.child_id)
  if (!run.isReleasing)
    return {
      ok: true,
      redirect: `/setting/advice/${id}`,
      notice: 'Saved. It is a draft: the council sees nothing until it is released.',
    }
  const payload = {
    head: asked.head as AdviceHead,
    adviser: asked.adviser,
    note: 'Given through the setting’s door',
  }
  const fact: StepFact = { kind: 'advice_received', on: today, field: '', payload }
  const impossible = await asRecordKeeper(trx, async () => {
    const file = await loadCase(trx, asked.process_id)
    return file ? impossibleOf(file, [fact], today) : []
  })
  if (impossible.length > 0) return { ok: false, errors: impossible.map(({ text }) => ({ field: '', text })) }
  const eventId = await recordEvent(trx, {
    childId: asked.child_id,
    processId: asked.process_id,
    kind: 'advice_received',
    on: today,
    today,
    by: viewer.accountId,
    payload,
  })
  await trx.updateTable('advice_request').set({ received_on: today }).where('id', '=', id).execute()
  await trx
    .updateTable('school_advice')
    .set({ state: 'released', released_by: viewer.accountId, released_on: today, event_id: eventId })
    .where('advice_request_id', '=', id)
    .where('state', '=', 'draft')
    .execute()
  await refreshChild(trx, asked.child_id, today)
  const late = date(today) - date(asked.due_on)
  return {
    ok: true,
    redirect: `/setting/advice/${id}`,
    notice: `Your advice is with the council.${late > 0 ? ` It was due on ${shortDate(date(asked.due_on))}, so it is marked ${late} ${late === 1 ? 'day' : 'days'} late.` : ''}`,
  }
}
