import { type CaseEventRow, standingFacts } from '../../../db/case-history/index.ts'
import { type Deadline, date, type Fact, type LawSettings, type PlainDate } from '../../../law/index.ts'
import { deadlinesOfProcess, isCouncilWork } from '../../../record/process-summary.ts'
import { type AssessmentStage, assessmentStage } from '../../../record/stage.ts'
import type { CaseRecord } from './queries.ts'

/** A deadline with the number that tells it from others of its rule; the same as in the deadlines cache. */
export interface Numbered {
  readonly deadline: Deadline
  readonly occurrence: number
}

/** The case as known by the end of a day and judged on it. */
export interface Judged {
  readonly asAt: PlainDate
  /** How the authority read the law on that day. */
  readonly settings: LawSettings
  readonly history: readonly CaseEventRow[]
  readonly facts: readonly Fact[]
  readonly own: readonly Fact[]
  readonly deadlines: readonly Numbered[]
}

export function judge(
  record: Pick<CaseRecord, 'file' | 'kind'>,
  asAt: string,
  settings: LawSettings,
): Judged {
  const { history, process } = record.file
  const known = history.filter((row) => row.recorded_on <= asAt)
  const facts = standingFacts(history, asAt)
  const counts = new Map<string, number>()
  const deadlines = deadlinesOfProcess(record.kind, process.id, facts, date(asAt), settings).map(
    (deadline) => {
      const occurrence = (counts.get(deadline.rule) ?? 0) + 1
      counts.set(deadline.rule, occurrence)
      return { deadline, occurrence }
    },
  )
  return {
    asAt: date(asAt),
    settings,
    history: known,
    facts,
    own: facts.filter((fact) => fact.process === process.id),
    deadlines,
  }
}

/** Where it is, and the first day it has been there without a break. */
export function stageSince(
  own: readonly Fact[],
  asAt: PlainDate,
): { readonly stage: AssessmentStage; readonly since: PlainDate | null } {
  const stage = assessmentStage(own, asAt)
  const days = [...new Set(own.filter((fact) => fact.on <= asAt).map((fact) => fact.on))].toSorted(
    (a, b) => b - a,
  )
  let since: PlainDate | null = null
  for (const day of days) {
    if (assessmentStage(own, day) !== stage) break
    since = day
  }
  return { stage, since }
}

/** Limits still to be met, the family's own rights and others' bars left out, soonest first. */
export const openDeadlines = (judged: Judged): readonly Numbered[] =>
  judged.deadlines
    .filter(
      ({ deadline }) =>
        deadline.dueOn !== null &&
        deadline.doneOn === null &&
        deadline.startedOn !== null &&
        !['lapsed', 'not_started', 'met', 'missed'].includes(deadline.status) &&
        isCouncilWork(deadline.rule),
    )
    .toSorted((a, b) => a.deadline.dueOn! - b.deadline.dueOn!)
