import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { date, iso } from '../../../law/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { type CaseFile, recordOnCase, type StepFact } from '../../assessment/the-case/index.ts'
import type { Plan } from '../the-plan/index.ts'

export interface MeetingNotes {
  readonly heldOn: string
  readonly how: 'in-person' | 'video' | 'phone'
  readonly present: string
  readonly notes: string
  readonly agreed: string
  readonly notAgreed: string
  readonly partIds: readonly string[]
  /** The day the family asked for it, where that is not recorded yet. */
  readonly askedOn: string | null
}

/** The family's asking for a meeting stands in the history already. */
export const wasAskedFor = (file: CaseFile): boolean =>
  file.ownFacts.some((fact) => fact.kind === 'draft_meeting_requested')

/**
 * What the law is told of a meeting (SEND Regulations 2014, reg 13(1)): that it was asked for, and that it was held, each once.
 * A meeting arranged beforehand is in the history already on its day; one before any draft was sent is no meeting about a draft.
 */
export function factsOf(
  file: CaseFile,
  meeting: Pick<MeetingNotes, 'heldOn' | 'askedOn'>,
): readonly StepFact[] {
  const heldOn = date(meeting.heldOn)
  const wasSent = file.ownFacts.some((fact) => fact.kind === 'draft_issued' && fact.on <= heldOn)
  if (!wasSent) return []
  const isKnown = file.ownFacts.some((fact) => fact.kind === 'draft_meeting_held' && fact.on === heldOn)
  return [
    ...(meeting.askedOn !== null && !wasAskedFor(file)
      ? [{ kind: 'draft_meeting_requested', on: meeting.askedOn, field: 'askedOn' } as const]
      : []),
    ...(isKnown ? [] : [{ kind: 'draft_meeting_held', on: iso(heldOn), field: 'heldOn' } as const]),
  ]
}

/** Keeps the notes, tells the history, and what of it is the law's. */
export async function keepNotes(
  trx: Trx,
  plan: Plan,
  file: CaseFile,
  meeting: MeetingNotes,
  by: { readonly accountId: string; readonly today: string },
): Promise<readonly FieldError[]> {
  const recorded = await recordOnCase(
    { trx, file, today: by.today, by: by.accountId },
    factsOf(file, meeting),
  )
  if (!recorded.ok) return recorded.errors
  const made = await trx
    .insertInto('plan_meeting')
    .values({
      plan_id: plan.id,
      child_id: plan.child.id,
      held_on: meeting.heldOn,
      how: meeting.how,
      present: meeting.present,
      notes: meeting.notes,
      agreed: meeting.agreed,
      not_agreed: meeting.notAgreed,
      part_ids: [...meeting.partIds],
      recorded_by: by.accountId,
      recorded_on: by.today,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordEvent(trx, {
    childId: plan.child.id,
    processId: plan.processId,
    kind: 'plan_meeting_noted',
    on: meeting.heldOn,
    today: by.today,
    by: by.accountId,
    payload: { meeting: made.id, how: meeting.how, parts: meeting.partIds.length },
  })
  await refreshChild(trx, plan.child.id, by.today)
  return []
}
