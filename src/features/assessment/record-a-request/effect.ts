import {
  computeDeadlines,
  type Deadline,
  date,
  type Fact,
  type FactKind,
  iso,
  type PlainDate,
  parseFact,
} from '../../../law/index.ts'
import { deadlinesOfProcess } from '../../../record/process-summary.ts'
import { ASKERS, type Asker, mayAsk, type RequestGiven, WAYS } from './form.ts'
import type { HeldChild } from './queries.ts'

/** What recording the request will do. */
export type Effect =
  | { readonly kind: 'new-child' }
  | { readonly kind: 'new-assessment'; readonly held: HeldChild }
  /** A second request while an assessment is open joins it: the earliest starts the clock (U-21). */
  | {
      readonly kind: 'joins'
      readonly held: HeldChild
      readonly processId: string
      readonly reference: string
    }
  /** A plan is in force: a request to re-assess, CFA 2014 s.44(2), answered in 15 days (reg 25). */
  | {
      readonly kind: 're-assessment'
      readonly held: HeldChild
      readonly processId: string
      readonly reference: string
    }
  /** A plan is in force and whoever told us may not ask for a re-assessment: kept on the plan, no clock starts. */
  | {
      readonly kind: 'note-on-plan'
      readonly held: HeldChild
      readonly processId: string
      readonly reference: string
    }

/** May ask for a re-assessment: the parent, the young person, the institution attended, the commissioning body (s.44(2)). */
const MAY_ASK_AGAIN: readonly Asker[] = [
  'parent',
  'young-person',
  'school',
  'post-16',
  'early-years',
  'health',
]

export function effectOf(held: HeldChild | undefined, by: Asker): Effect {
  if (held === undefined) return { kind: 'new-child' }
  if (held.openPlan !== undefined) {
    const about = { held, processId: held.openPlan.id, reference: held.openPlan.reference }
    return MAY_ASK_AGAIN.includes(by)
      ? { kind: 're-assessment', ...about }
      : { kind: 'note-on-plan', ...about }
  }
  if (held.openAssessment !== undefined)
    return {
      kind: 'joins',
      held,
      processId: held.openAssessment.id,
      reference: held.openAssessment.reference,
    }
  return { kind: 'new-assessment', held }
}

/** Names an effect, so that a page can tell that it has changed since it was shown. */
export const effectName = (effect: Effect): string =>
  [effect.kind, 'held' in effect ? effect.held.id : '', 'processId' in effect ? effect.processId : ''].join(
    ':',
  )

const startsAssessment = (by: Asker): FactKind =>
  mayAsk(by) ? 'request_received' : 'needs_brought_to_attention'

/** The fact to record, or nothing when it is only a note. */
export function factKind(effect: Effect, by: Asker): FactKind | undefined {
  if (effect.kind === 'note-on-plan') return undefined
  return effect.kind === 're-assessment' ? 'reassessment_requested' : startsAssessment(by)
}

/** What the line in the history says beyond its kind and day. */
export function factPayload(given: RequestGiven, settingUrn: string | null): Record<string, unknown> {
  return {
    by: given.askedBy,
    setting: mayAsk(given.askedBy) ? settingUrn : null,
    arrivedBy: given.arrivedBy,
    askerName: given.askerName,
    said: given.theySaid,
  }
}

/** The note kept when nobody asked who may ask for a re-assessment. */
export const noteWords = (given: RequestGiven): string =>
  [
    `${ASKERS[given.askedBy]}${given.askerName ? ` (${given.askerName})` : ''} raised this child’s needs. ${WAYS[given.arrivedBy]}.`,
    given.theySaid,
  ]
    .filter(Boolean)
    .join('\n\n')

const NEW = 'new'

/** The dates that follow once it is recorded, soonest first: computed by the law from the child's facts and this one. */
export function datesThatFollow(effect: Effect, given: RequestGiven, today: string): readonly Deadline[] {
  const kind = factKind(effect, given.askedBy)
  if (kind === undefined) return []
  const processId = 'processId' in effect ? effect.processId : NEW
  const parsed = parseFact({
    kind,
    on: given.receivedOn,
    recordedOn: today,
    process: processId,
    by: given.askedBy,
  })
  if (!parsed.ok) throw new Error(`${kind} cannot be read: ${parsed.field}: ${parsed.reason}`)
  const facts: readonly Fact[] = [...('held' in effect ? effect.held.facts : []), parsed.fact]
  const process = effect.kind === 're-assessment' ? 'plan' : 'assessment'
  const shown =
    effect.kind === 're-assessment'
      ? ['reassessment-decision']
      : ['decision-to-assess', 'decision-not-to-issue', 'final-plan']
  return deadlinesOfProcess(process, processId, facts, date(today))
    .filter(
      (deadline) => shown.includes(deadline.rule) && deadline.status !== 'lapsed' && deadline.doneOn === null,
    )
    .toSorted((a, b) => (a.dueOn ?? Number.MAX_SAFE_INTEGER) - (b.dueOn ?? Number.MAX_SAFE_INTEGER))
}

/** The day until which an earlier assessment may be a ground not to assess again; undefined when there is none. */
export function recentAssessment(
  effect: Effect,
  given: RequestGiven,
  today: string,
): { readonly assessedOn: string; readonly until: string } | undefined {
  if (!('held' in effect) || effect.kind === 'joins') return undefined
  const rule = effect.kind === 'new-assessment' ? 'assessment-six-month-bar' : 'reassessment-bar-six-months'
  const received: PlainDate = date(given.receivedOn)
  for (const deadline of computeDeadlines(effect.held.facts, { asAt: date(today) })) {
    if (deadline.rule !== rule || deadline.dueOn === null || deadline.startedOn === null) continue
    if (deadline.startedOn <= received && received <= deadline.dueOn)
      return { assessedOn: iso(deadline.startedOn), until: iso(deadline.dueOn) }
  }
  return undefined
}
