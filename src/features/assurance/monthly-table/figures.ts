import { addWorkingDays, isWithinCalendar } from '../../../law/calendar/working-days.ts'
import { computeDeadlines, type Fact, fromCivil, iso, type PlainDate, toCivil } from '../../../law/index.ts'
import { decisionDays, finalPlanDays, orderedPlanDays, orderedToMakePlanDays } from './limits.ts'

/** Which cases a month is made of. A: finished in it; B: due in it; C: received in it; D: open and overdue at its end. */
export type Convention = 'A' | 'B' | 'C' | 'D'
export const CONVENTIONS = {
  A: 'by month of completion',
  B: 'by month due',
  C: 'by month received',
  D: 'open and overdue at month end',
} as const satisfies Record<Convention, string>

export type Measure = 'decisions' | 'plans'
export type Exceptions = 'with' | 'without'

/** Changes when a counting rule does, so that a published number can say by which it was made. */
export const DEFINITION_VERSION = '2026-11-2'

/** One assessment's turning points as known on the as-at day. */
export interface AssessmentDates {
  readonly processId: string
  readonly childId: string
  readonly receivedOn: PlainDate
  /** Who asked first: parent, school… */
  readonly source: string | null
  /** More than one request for the same assessment: it counts once. */
  readonly requests: number
  /** The first decision whether to assess, either way: a refusal later reversed keeps this day. */
  readonly decidedOn: PlainDate | null
  readonly refused: boolean
  /** Withdrawn, or closed without an answer. */
  readonly withdrawnOn: PlainDate | null
  readonly noPlanOn: PlainDate | null
  readonly finalOn: PlainDate | null
  /** The day from which another clock runs for the plan: an agreement at mediation, an order, or an appeal not opposed. */
  readonly orderedOn: PlainDate | null
  /** What was agreed or ordered: an assessment, when left out. */
  readonly orderedTo?: 'assess' | 'make-plan'
  /** The refusal to assess was undone, in whatever way; null or left out when it stands or there was none. */
  readonly reversedOn?: PlainDate | null
  /** The same of a decision to make no plan. */
  readonly noPlanUndoneOn?: PlainDate | null
  readonly claims: readonly ExceptionClaim[]
}

/** An exception relied on. Live for a limit when it was claimed in time, approved, and its cause had not ended. */
export interface ExceptionClaim {
  readonly claimedOn: PlainDate
  /** Rules it is claimed for; every rule when left out. */
  readonly limits: readonly string[] | null
  readonly approved: boolean
  readonly endedOn: PlainDate | null
}

export interface Share {
  readonly numerator: number
  readonly denominator: number
  /** Rounded half up; null when there is nothing to divide by: never 0. */
  readonly percent: number | null
}

/** How far a month's figure can still change. */
export type Settled = 'settled' | 'provisional' | 'immature'

export interface MonthFigure extends Share {
  readonly settled: Settled
  /** Left out of the share: withdrawn first, with a live exception (when asked to leave those out), no plan made. */
  readonly excluded: { readonly withdrawn: number; readonly exceptions: number; readonly ended: number }
  /** Convention D, always shown beside: open and past the limit at the month's end, or on the as-at day in the month that holds it. */
  readonly openOverdue: number
  readonly reversedAfterRefusal: number
}

export interface MonthFigures {
  /** yyyy-mm */
  readonly month: string
  readonly requests: number
  readonly decisions: MonthFigure
  readonly plans: MonthFigure
}

export interface FiguresOptions {
  readonly asAt: PlainDate
  readonly convention: Convention
  readonly exceptions: Exceptions
}

/** Whole per cent, half up. Exact: 93.75 gives 94 and 87.5 gives 88, whatever the machine's fractions do. */
export const percentOf = (numerator: number, denominator: number): number | null =>
  denominator === 0 ? null : Math.floor((200 * numerator + denominator) / (2 * denominator))

/** A whole-number mean, half up; null of nothing. */
export const meanHalfUp = (total: number, count: number): number | null =>
  count === 0 ? null : Math.floor((2 * total + count) / (2 * count))

const share = (numerator: number, denominator: number): Share => ({
  numerator,
  denominator,
  percent: percentOf(numerator, denominator),
})

const RULE_OF: Readonly<Record<Measure, string>> = { decisions: 'decision-to-assess', plans: 'final-plan' }

/** The last day in time. Day 42 and day 140 are in time; a refusal reversed runs to the ordered timetable for its plan. */
export const dueOn = (one: AssessmentDates, measure: Measure): PlainDate =>
  (measure === 'decisions'
    ? one.receivedOn + decisionDays(one.receivedOn)
    : one.orderedOn !== null
      ? one.orderedOn +
        (one.orderedTo === 'make-plan'
          ? orderedToMakePlanDays(one.orderedOn)
          : orderedPlanDays(one.orderedOn))
      : one.receivedOn + finalPlanDays(one.receivedOn)) as PlainDate

export const doneOn = (one: AssessmentDates, measure: Measure): PlainDate | null =>
  measure === 'decisions' ? one.decidedOn : one.finalOn

/** Out of numerator and denominator: withdrawn first, or (for plans) ended with no plan to issue. */
function outOf(one: AssessmentDates, measure: Measure, by: PlainDate): 'withdrawn' | 'ended' | null {
  const done = doneOn(one, measure)
  if (done !== null && done <= by) return null
  if (one.withdrawnOn !== null && one.withdrawnOn <= by) return 'withdrawn'
  if (measure === 'decisions') return null
  const isBy = (day: PlainDate | null | undefined): boolean => day !== null && day !== undefined && day <= by
  if (isBy(one.noPlanOn) && !isBy(one.noPlanUndoneOn)) return 'ended'
  return one.refused && isBy(one.decidedOn) && one.orderedOn === null && !isBy(one.reversedOn)
    ? 'ended'
    : null
}

export type Reversals = Required<
  Pick<AssessmentDates, 'orderedOn' | 'orderedTo' | 'reversedOn' | 'noPlanUndoneOn'>
>
const NO_REVERSALS: Reversals = {
  orderedOn: null,
  orderedTo: 'assess',
  reversedOn: null,
  noPlanUndoneOn: null,
}

/** The limits of the final plan that displace the 20 weeks. */
const TO_ASSESS = new Set(['order-assess-final-plan', 'unopposed-assess-final-plan'])
const TO_MAKE_PLAN = new Set(['order-make-plan-final', 'unopposed-make-plan-final'])
const DISPLACING: ReadonlySet<string> = new Set([...TO_ASSESS, ...TO_MAKE_PLAN])

/**
 * How refusals were undone, and which clock governs the plan since. The law says: it tells an agreement or an order, with
 * limits of its own, from second thoughts or a concession, which leave the 20 weeks binding (R (W) v Hertfordshire).
 * @param facts one assessment's turning points, from the request on
 */
export function reversalsOf(facts: readonly Fact[], asAt: PlainDate): Reversals {
  const displacing = computeDeadlines(facts, { asAt, rules: DISPLACING })
    .filter((one) => DISPLACING.has(one.rule) && one.startFact !== null)
    .reduce<{ rule: string; on: PlainDate } | null>(
      (last, { rule, startedOn }) =>
        startedOn !== null && (last === null || startedOn >= last.on) ? { rule, on: startedOn } : last,
      null,
    )
  const orderedTo = displacing !== null && TO_MAKE_PLAN.has(displacing.rule) ? 'make-plan' : 'assess'
  const undone = (refusal: Fact['kind'], yes: readonly Fact['kind'][], order: 'assess' | 'make-plan') => {
    let refusedOn: PlainDate | null = null
    for (const fact of facts)
      if (fact.kind === refusal && fact.on > (refusedOn ?? -Infinity)) refusedOn = fact.on
    if (refusedOn === null) return null
    const since = refusedOn
    const days = facts.filter((fact) => yes.includes(fact.kind) && fact.on >= since).map((fact) => fact.on)
    if (displacing !== null && displacing.on >= since && orderedTo === order) days.push(displacing.on)
    return days.length === 0 ? null : (Math.min(...days) as PlainDate)
  }
  return {
    ...NO_REVERSALS,
    orderedOn: displacing?.on ?? null,
    orderedTo,
    reversedOn: undone('refused_to_assess', ['decided_to_assess'], 'assess'),
    noPlanUndoneOn: undone('decided_not_to_issue', ['decided_to_issue', 'draft_issued'], 'make-plan'),
  }
}

export function hasLiveException(one: AssessmentDates, measure: Measure): boolean {
  const due = dueOn(one, measure)
  return one.claims.some(
    (claim) =>
      claim.approved &&
      claim.claimedOn <= due &&
      (claim.endedOn === null || claim.endedOn >= due) &&
      (claim.limits === null || claim.limits.includes(RULE_OF[measure])),
  )
}

export const isInTime = (one: AssessmentDates, measure: Measure): boolean => {
  const done = doneOn(one, measure)
  return done !== null && done <= dueOn(one, measure)
}

export const isOverdueAt = (one: AssessmentDates, measure: Measure, on: PlainDate): boolean => {
  const done = doneOn(one, measure)
  return (
    one.receivedOn <= on &&
    dueOn(one, measure) < on &&
    (done === null || done > on) &&
    outOf(one, measure, on) === null
  )
}

export interface MonthSpan {
  readonly name: string
  readonly first: PlainDate
  readonly last: PlainDate
}

export function monthSpan(name: string): MonthSpan {
  const year = Number(name.slice(0, 4))
  const month = Number(name.slice(5, 7))
  const next = month === 12 ? fromCivil(year + 1, 1, 1) : fromCivil(year, month + 1, 1)
  return { name, first: fromCivil(year, month, 1), last: (next - 1) as PlainDate }
}

/** The months of a year that have begun by a day. */
export const monthsOf = (year: number, asAt: PlainDate): readonly MonthSpan[] =>
  Array.from({ length: 12 }, (_, index) => monthSpan(`${year}-${String(index + 1).padStart(2, '0')}`)).filter(
    (month) => month.first <= asAt,
  )

/** The cases behind one cell: those counted, with whether each is in the numerator. */
export function cohort(
  cases: readonly AssessmentDates[],
  measure: Measure,
  month: MonthSpan,
  options: FiguresOptions,
): {
  readonly counted: readonly AssessmentDates[]
  readonly numerator: readonly AssessmentDates[]
  readonly excluded: MonthFigure['excluded']
} {
  const { convention, asAt } = options
  const end = Math.min(month.last, asAt) as PlainDate
  const belongs = (one: AssessmentDates): boolean => {
    const within = (day: PlainDate | null): boolean => day !== null && day >= month.first && day <= month.last
    switch (convention) {
      case 'A':
        return within(doneOn(one, measure))
      case 'B':
        return within(dueOn(one, measure)) && dueOn(one, measure) <= asAt
      case 'C':
        return within(one.receivedOn)
      case 'D':
        return isOverdueAt(one, measure, end)
    }
  }
  const excluded = { withdrawn: 0, exceptions: 0, ended: 0 }
  const counted: AssessmentDates[] = []
  for (const one of cases) {
    if (!belongs(one)) continue
    const out = outOf(one, measure, asAt)
    if (out !== null) excluded[out]++
    else if (options.exceptions === 'without' && hasLiveException(one, measure)) excluded.exceptions++
    else counted.push(one)
  }
  const numerator = convention === 'D' ? counted : counted.filter((one) => isInTime(one, measure))
  return { counted, numerator, excluded }
}

/** When a month's figure stops moving, by each convention. */
export function settledness(
  month: MonthSpan,
  measure: Measure,
  { convention, asAt }: Pick<FiguresOptions, 'convention' | 'asAt'>,
): Settled {
  if (convention === 'C') {
    const days = measure === 'decisions' ? decisionDays(month.last) : finalPlanDays(month.last)
    return month.last + days < asAt ? 'settled' : 'immature'
  }
  if (month.last >= asAt) return 'provisional'
  if (convention === 'B') return 'settled'
  // Late keying: a month is provisional until it is 20 working days old.
  return isWithinCalendar((month.last + 60) as PlainDate) && addWorkingDays(month.last, 20) > asAt
    ? 'provisional'
    : 'settled'
}

/**
 * A month closes for averages when every request received in it has reached its six-week limit: until then its row
 * cannot be told whole. As at 2 November 2020 the last closed month is August, as in the report of that day.
 */
export const isClosed = (month: MonthSpan, asAt: PlainDate): boolean =>
  month.last + decisionDays(month.last) <= asAt

function figure(
  cases: readonly AssessmentDates[],
  measure: Measure,
  month: MonthSpan,
  options: FiguresOptions,
): MonthFigure {
  const { counted, numerator, excluded } = cohort(cases, measure, month, options)
  const end = Math.min(month.last, options.asAt) as PlainDate
  return {
    ...share(numerator.length, counted.length),
    ...(options.convention === 'D' ? { percent: null } : {}),
    settled: settledness(month, measure, options),
    excluded,
    openOverdue: cases.filter((one) => isOverdueAt(one, measure, end)).length,
    reversedAfterRefusal: counted.filter((one) => one.orderedOn !== null).length,
  }
}

export const monthFigures = (
  cases: readonly AssessmentDates[],
  months: readonly MonthSpan[],
  options: FiguresOptions,
): MonthFigures[] =>
  months.map((month) => ({
    month: month.name,
    requests: cases.filter((one) => one.receivedOn >= month.first && one.receivedOn <= month.last).length,
    decisions: figure(cases, 'decisions', month, options),
    plans: figure(cases, 'plans', month, options),
  }))

/** Both ways of averaging percentages, each with its own label: they are not the same number. */
export interface ShareAverages {
  /** Sum of numerators over sum of denominators: the headline. */
  readonly pooled: Share
  /** Unweighted mean of the published, rounded months, rounded half up: the method of the report of 2 November 2020. */
  readonly meanOfMonths: number | null
  /** Unweighted mean of the months before rounding. */
  readonly meanOfExactMonths: number | null
  readonly monthsUsed: readonly string[]
  /** Months with nothing to divide by. */
  readonly monthsEmpty: readonly string[]
  /** Months whose limits have not all run (convention C): shown, and in no average. */
  readonly monthsImmature: readonly string[]
}

export interface CountAverages {
  readonly total: number
  readonly meanPerMonth: number | null
  readonly meanWithoutAugust: number | null
  readonly monthsUsed: readonly string[]
  readonly monthsExcludedFromSecond: readonly string[]
}

export function averageShares(months: readonly MonthFigures[], measure: Measure): ShareAverages {
  const cells = months.map((month) => ({ month: month.month, ...month[measure] }))
  const used = cells.filter((cell) => cell.percent !== null && cell.settled !== 'immature')
  return {
    // A stock (convention D) has no per cent, so none of it is pooled.
    pooled: share(sum(used.map((cell) => cell.numerator)), sum(used.map((cell) => cell.denominator))),
    meanOfMonths: meanHalfUp(sum(used.map((cell) => cell.percent ?? 0)), used.length),
    meanOfExactMonths:
      used.length === 0
        ? null
        : Math.floor(
            sum(used.map((cell) => (100 * cell.numerator) / cell.denominator)) / used.length + 0.5 + 1e-9,
          ),
    monthsUsed: used.map((cell) => cell.month),
    monthsEmpty: cells.filter((cell) => cell.percent === null).map((cell) => cell.month),
    monthsImmature: cells.filter((cell) => cell.settled === 'immature').map((cell) => cell.month),
  }
}

export function averageCounts(months: readonly MonthFigures[]): CountAverages {
  const others = months.filter((month) => !month.month.endsWith('-08'))
  const total = sum(months.map((month) => month.requests))
  return {
    total,
    meanPerMonth: meanHalfUp(total, months.length),
    meanWithoutAugust: meanHalfUp(sum(others.map((month) => month.requests)), others.length),
    monthsUsed: months.map((month) => month.month),
    monthsExcludedFromSecond: months
      .filter((month) => month.month.endsWith('-08'))
      .map((month) => month.month),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** Who asked, over some months: counts and shares of all requests. */
export function sourcesOfRequest(
  cases: readonly AssessmentDates[],
  months: readonly MonthSpan[],
): {
  readonly total: number
  readonly bySource: Readonly<Record<string, number>>
  readonly parents: Share
  readonly parentsAndYoungPeople: Share
} {
  const bySource: Record<string, number> = {}
  let total = 0
  for (const one of cases) {
    if (!months.some((month) => one.receivedOn >= month.first && one.receivedOn <= month.last)) continue
    total++
    const source = one.source ?? 'not recorded'
    bySource[source] = (bySource[source] ?? 0) + 1
  }
  const parents = bySource['parent'] ?? 0
  const sorted = Object.fromEntries(
    Object.entries(bySource).toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)),
  )
  return {
    total,
    bySource: sorted,
    parents: share(parents, total),
    parentsAndYoungPeople: share(parents + (bySource['young-person'] ?? 0), total),
  }
}

/**
 * DfE's six-week measure (from 2023): requests received in the calendar year; in time over in time, late, and overdue
 * still open. Open ones not yet due are out.
 */
export function dfeSixWeeks(cases: readonly AssessmentDates[], year: number, asAt: PlainDate): Share {
  const received = cases.filter(
    (one) => toCivil(one.receivedOn).year === year && outOf(one, 'decisions', asAt) === null,
  )
  const inTime = received.filter((one) => isInTime(one, 'decisions')).length
  const late = received.filter(
    (one) => (one.decidedOn !== null && !isInTime(one, 'decisions')) || isOverdueAt(one, 'decisions', asAt),
  ).length
  return share(inTime, inTime + late)
}

/** What cannot be right in a case's days: shown with the table, never silently dropped or repaired. */
export function faultsIn(one: AssessmentDates, asAt: PlainDate): readonly string[] {
  const faults: string[] = []
  const said = (day: PlainDate): string => iso(day)
  if (one.decidedOn !== null && one.decidedOn < one.receivedOn)
    faults.push(`decision (${said(one.decidedOn)}) before receipt (${said(one.receivedOn)})`)
  if (one.finalOn !== null && one.finalOn < one.receivedOn)
    faults.push(`final plan (${said(one.finalOn)}) before receipt (${said(one.receivedOn)})`)
  if (one.receivedOn < fromCivil(2014, 9, 1))
    faults.push(`receipt (${said(one.receivedOn)}) before the law began`)
  if (
    one.receivedOn < asAt - 1826 &&
    one.finalOn === null &&
    one.decidedOn === null &&
    one.withdrawnOn === null
  )
    faults.push(`undecided for over five years since ${said(one.receivedOn)}`)
  return faults
}
