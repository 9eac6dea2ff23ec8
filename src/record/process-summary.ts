import {
  ALL_RULES,
  computeDeadlines,
  type Deadline,
  type Fact,
  type FactKind,
  type LawSettings,
  type PlainDate,
  type Rule,
} from '../law/index.ts'
import {
  type AssessmentStage,
  assessmentStage,
  isOver,
  isPlanOver,
  type PlanState,
  planState,
} from './stage.ts'

export type { PlanState } from './stage.ts'

export type ProcessKind = 'assessment' | 'plan'

/** One row of the deadlines cache. Whether it is late is judged on the day it is read, so none is stored. */
export interface DeadlineRow {
  readonly rule: string
  readonly occurrence: number
  readonly ruleVersion: PlainDate | null
  readonly about: string | null
  readonly display: Deadline['display']
  readonly actor: string
  readonly startedOn: PlainDate | null
  readonly dueOn: PlainDate | null
  readonly doneOn: PlainDate | null
  readonly state: 'waiting' | 'open' | 'done' | 'lapsed'
  readonly lifted: boolean
  readonly startEvent: string | null
  readonly doneEvent: string | null
}

/** What a list needs to know of a process, computed from its facts. */
export interface ProcessSummary {
  readonly state: AssessmentStage | PlanState
  readonly closedOn: PlainDate | null
  readonly hasException: boolean
  readonly next: {
    readonly rule: string
    readonly about: string | null
    readonly dueOn: PlainDate
    readonly actor: string
  } | null
  /** Days of work usually still needed before the limit that is most at risk. */
  readonly workLeftDays: number
  /** That limit's last day less the work left: the order of the worklist, the same whatever day it is. */
  readonly riskOn: PlainDate | null
  /** The first open limit's last day: the case is overdue from the day after. */
  readonly overdueSince: PlainDate | null
  readonly deadlines: readonly DeadlineRow[]
}

/** The processes of the law that make up a first assessment. */
const ASSESSMENT_PROCESSES: ReadonlySet<string> = new Set([
  'request-and-decision-to-assess',
  'advice-gathering',
  'decision-not-to-issue',
  'draft-plan',
  'consultation-with-settings',
  'final-plan',
])

/** Disputes belong to whatever they are about: the process whose fact started the clock. */
const DISPUTE_PROCESSES: ReadonlySet<string> = new Set([
  'mediation',
  'appeal',
  'tribunal-order-compliance',
  'unopposed-appeal',
  'detained-persons',
])

/** Education that must be arranged meanwhile belongs to the case on which the reason was recorded. */
const MEANWHILE = 'alternative-provision'

/** Begun by the final plan, but duties of the plan's life. */
const DUTIES_OF_A_PLAN: ReadonlySet<string> = new Set([
  'secure-provision',
  'setting-must-admit',
  'local-provision-gap-answer',
])

/** Only an assessment holds these. */
const MARKS_AN_ASSESSMENT: ReadonlySet<FactKind> = new Set([
  'request_received',
  'needs_brought_to_attention',
  'detained_request_received',
  'decided_to_assess',
  'refused_to_assess',
  'decided_to_issue',
  'decided_not_to_issue',
])

/** The assessments among the processes of a child's facts. */
const assessmentsOf = (facts: readonly Fact[]): ReadonlySet<string> =>
  new Set(facts.flatMap((fact) => (fact.process && MARKS_AN_ASSESSMENT.has(fact.kind) ? fact.process : [])))

const isStepOfAssessment = (deadline: Deadline): boolean =>
  ASSESSMENT_PROCESSES.has(deadline.process) && !DUTIES_OF_A_PLAN.has(deadline.rule)

const isOfAssessment = (deadline: Deadline, processId: string): boolean =>
  isStepOfAssessment(deadline) ||
  ((DISPUTE_PROCESSES.has(deadline.process) || deadline.process === MEANWHILE) &&
    deadline.startFact?.process === processId)

/** All that is no assessment's, a dispute about the plan too. What another plan's fact started is that plan's. */
function isOfPlan(deadline: Deadline, processId: string, assessments: ReadonlySet<string>): boolean {
  if (isStepOfAssessment(deadline)) return false
  const startedBy = deadline.startFact?.process
  if (startedBy === undefined || startedBy === processId) return true
  return assessments.has(startedBy) && !DISPUTE_PROCESSES.has(deadline.process)
}

/**
 * Calendar days usually needed from each stage to the final plan: 6 weeks of advice, two of drafting, the family's 15 days
 * and ten to finalise. A local planning figure (not law); it only orders the list.
 */
const WORK_TO_FINAL_PLAN: Readonly<Record<AssessmentStage, number>> = {
  'deciding-whether-to-assess': 95,
  'gathering-advice': 60,
  'deciding-whether-to-issue': 42,
  drafting: 35,
  'with-family': 22,
  finalising: 7,
  'plan-issued': 0,
  'not-assessed': 0,
  'no-plan': 0,
  withdrawn: 0,
  closed: 0,
}
const WORK_FOR_OTHERS: Readonly<Record<string, number>> = {
  'decision-to-assess': 10,
  'decision-not-to-issue': 7,
  'advice-response': 3,
}

/** Must be done once the council has decided to amend, and nothing else says so: work, though not in every case. */
const WORK_IN_SOME_CASES: ReadonlySet<string> = new Set(['review-amendment-notice'])

/** A right, a bar, the family's time to answer, an answer not given, or another name of a date already in the list. */
function isAside({ id, right, onlyIf, nature, versions }: Rule): boolean {
  if (right === true || nature === 'derived') return true
  if (onlyIf !== undefined) return !WORK_IN_SOME_CASES.has(id)
  const { length } = versions.at(-1)!
  return (
    'until' in length || ('bound' in length && length.bound === 'at-least' && length.direction !== 'before')
  )
}

/** Rules whose day nobody has to keep: never the next thing to do, and never late. */
export const NOT_WORK: readonly string[] = ALL_RULES.filter(isAside).map((rule) => rule.id)
const notWork: ReadonlySet<string> = new Set(NOT_WORK)

/** Must something be done by this rule's day, by the council or by somebody it chases? */
export const isCouncilWork = (ruleId: string): boolean => !notWork.has(ruleId)

const isOursToDo = (row: DeadlineRow): boolean =>
  row.state === 'open' && row.dueOn !== null && isCouncilWork(row.rule)

const stateOf = (deadline: Deadline): DeadlineRow['state'] => {
  switch (deadline.status) {
    case 'not_started':
      return 'waiting'
    case 'lapsed':
      return 'lapsed'
    case 'met':
    case 'missed':
    case 'met_late_limit_lifted':
      return 'done'
    default:
      return deadline.doneOn === null ? 'open' : 'done'
  }
}

function rowsOf(deadlines: readonly Deadline[]): DeadlineRow[] {
  const counts = new Map<string, number>()
  return deadlines.map((deadline) => {
    const occurrence = (counts.get(deadline.rule) ?? 0) + 1
    counts.set(deadline.rule, occurrence)
    return {
      rule: deadline.rule,
      occurrence,
      ruleVersion: deadline.ruleVersion,
      about: deadline.about,
      display: deadline.display,
      actor: deadline.actor,
      startedOn: deadline.startedOn,
      dueOn: deadline.dueOn,
      doneOn: deadline.doneOn,
      state: stateOf(deadline),
      lifted: deadline.lifted !== null,
      startEvent: deadline.startFact?.id ?? null,
      doneEvent: deadline.doneFact?.id ?? null,
    }
  })
}

/**
 * The whole of a child's facts, judged on a day, as the deadlines of one process.
 * @param facts every effective fact of the child, those of a process carrying its id
 */
export function deadlinesOfProcess(
  kind: ProcessKind,
  processId: string,
  facts: readonly Fact[],
  asAt: PlainDate,
  settings?: LawSettings,
): readonly Deadline[] {
  const ours =
    kind === 'assessment'
      ? facts.filter((fact) => fact.process === processId || fact.process === undefined)
      : facts
  const computed = computeDeadlines(ours, settings ? { asAt, settings } : { asAt })
  if (kind === 'assessment') return computed.filter((deadline) => isOfAssessment(deadline, processId))
  const assessments = assessmentsOf(facts)
  return computed.filter((deadline) => isOfPlan(deadline, processId, assessments))
}

/** Targets for a duty that is owed already and has no day of its own: they stand among the limits of the law. */
const ANSWERS_A_DUTY: ReadonlySet<string> = new Set(['local-provision-gap-answer'])

/** Sums one process up for the lists. */
export function summariseProcess(
  kind: ProcessKind,
  processId: string,
  facts: readonly Fact[],
  asAt: PlainDate,
  settings?: LawSettings,
): ProcessSummary {
  const deadlines = deadlinesOfProcess(kind, processId, facts, asAt, settings)
  const own = facts.filter((fact) => fact.process === processId)
  const rows = rowsOf(deadlines)
  const state = kind === 'assessment' ? assessmentStage(own, asAt) : planState(own, asAt)
  const closed = kind === 'assessment' ? isOver(state as AssessmentStage) : isPlanOver(state as PlanState)
  const closing =
    kind === 'assessment' ? CLOSING : state === 'ceased' ? ['plan_ceased'] : ['moved_out', 'plan_transferred']
  const closedOn = closed ? lastOf(own, closing, asAt) : null
  const base = { state, closedOn, hasException: rows.some((row) => row.lifted), deadlines: rows }
  const open = closed ? [] : rows.filter(isOursToDo)
  if (open.length === 0) return { ...base, next: null, workLeftDays: 0, riskOn: null, overdueSince: null }
  const work = (row: DeadlineRow): number =>
    row.rule === 'final-plan' || row.rule.endsWith('-final-plan')
      ? (WORK_TO_FINAL_PLAN[state as AssessmentStage] ?? 0)
      : (WORK_FOR_OTHERS[row.rule] ?? 0)
  const risk = (row: DeadlineRow): number => row.dueOn! - work(row)
  const statutory = open.filter((row) => row.display === 'statutory' || ANSWERS_A_DUTY.has(row.rule))
  const pool = statutory.length > 0 ? statutory : open
  const first = pool.reduce((best, row) => (row.dueOn! < best.dueOn! ? row : best))
  const riskiest = pool.reduce((best, row) => (risk(row) < risk(best) ? row : best))
  return {
    ...base,
    next: { rule: first.rule, about: first.about, dueOn: first.dueOn!, actor: first.actor },
    workLeftDays: work(riskiest),
    riskOn: risk(riskiest) as PlainDate,
    overdueSince: first.dueOn,
  }
}

const CLOSING = [
  'final_issued',
  'refused_to_assess',
  'decided_not_to_issue',
  'request_withdrawn',
  'assessment_closed',
] as const

function lastOf(facts: readonly Fact[], kinds: readonly string[], asAt: PlainDate): PlainDate | null {
  let last: PlainDate | null = null
  for (const fact of facts)
    if (fact.on <= asAt && kinds.includes(fact.kind) && (last === null || fact.on > last)) last = fact.on
  return last
}
