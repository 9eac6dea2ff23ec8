import type { Requester } from '../src/law/index.ts'
import { type PlainDate, toCivil } from '../src/law/index.ts'
import {
  latest,
  type Month,
  monthName,
  openAfter,
  openBetween,
  openOnOrAfter,
  openOnOrBefore,
  plus,
} from './days.ts'
import { type Chance, chanceFor } from './random.ts'
import type { MonthPlan, Schedule, Timed } from './schedule.ts'

export type Outcome = 'withdrawn-early' | 'refused' | 'withdrawn-late' | 'not-issued' | 'issued'

/** One request and the days that its turning points fall on. Later than the as-at day means: still to come. */
export interface Journey {
  readonly number: number
  readonly receivedOn: PlainDate
  readonly by: Requester
  readonly outcome: Outcome
  /** Assessing agreed or refused. Null: still to be decided, or withdrawn first. */
  decidedOn: PlainDate | null
  /** Withdrawn, or told that no plan will be made. */
  endedOn: PlainDate | null
  finalOn: PlainDate | null
  /** Refused, then agreed after mediation on this day. */
  agreedOn: PlainDate | null
}

/** The law's two limits, in days, for the years of the schedule: passed in, so that no limit is typed twice. */
export interface Limits {
  readonly decisionDays: number
  readonly finalDays: number
  readonly noPlanDays: number
}

/** Thrown when a month of the schedule asks for more than its flows can give. */
export class ScheduleCannotBeMet extends Error {}

/** Requests of the schedule with their turning points, so that every month has the counts it asks for. */
export function planJourneys(options: PlanOptions): readonly Journey[] {
  // Chance may deal a month too few late cases; then the same seed deals again, the same way every time.
  for (let deal = 1; ; deal++) {
    try {
      return dealJourneys({ ...options, seed: deal === 1 ? options.seed : `${options.seed}/${deal}` })
    } catch (error) {
      if (!(error instanceof ScheduleCannotBeMet) || deal === 20) throw error
    }
  }
}

interface PlanOptions {
  readonly seed: string
  readonly schedule: Schedule
  readonly asAt: PlainDate
  readonly limits: Limits
}

function dealJourneys({ seed, schedule, asAt, limits }: PlanOptions): readonly Journey[] {
  const journeys = schedule.months.flatMap((plan) => requestsOf(seed, schedule, plan, asAt))
  journeys.sort((a, b) => a.receivedOn - b.receivedOn)
  const numbered = journeys.map((one, index) => ({ ...one, number: index + 1 }))
  decide(seed, schedule, numbered, asAt, limits)
  endWithoutPlan(seed, numbered, limits)
  reverse(seed, numbered, asAt)
  issue(seed, schedule, numbered, asAt, limits)
  return numbered
}

const OTHERS: readonly (readonly [Requester, number])[] = [
  ['school', 79],
  ['early-years', 9],
  ['health', 5],
  ['post-16', 3],
  ['social-care', 2.5],
  ['young-person', 1],
  ['youth-justice', 0.5],
]

function requestsOf(seed: string, schedule: Schedule, plan: MonthPlan, asAt: PlainDate): Journey[] {
  const { first, last, name } = plan.month
  if (first > asAt) return []
  const chance = chanceFor(seed, 'requests', name)
  const known = Math.min(last, asAt) as PlainDate
  const count =
    known === last ? plan.requests : Math.round((plan.requests * (known - first + 1)) / (last - first + 1))
  const fromParents = plan.fromParents ?? Math.round(count * 0.17)
  const shares = schedule.outcomes(toCivil(first).year)
  return Array.from({ length: count }, (_, index): Journey => {
    const by = index < fromParents ? 'parent' : chance.weighted(OTHERS)
    return {
      number: 0,
      receivedOn: dayOfReceipt(chance, first, known, by),
      by,
      outcome: outcomeOf(chance, shares),
      decidedOn: null,
      endedOn: null,
      finalOn: null,
      agreedOn: null,
    }
  })
}

/** Most requests come on working days; families also write on Saturdays and Sundays, and those days count. */
function dayOfReceipt(chance: Chance, first: PlainDate, last: PlainDate, by: Requester): PlainDate {
  const any = plus(first, chance.between(0, last - first))
  if (chance.is(by === 'parent' || by === 'young-person' ? 0.6 : 0.04)) return any
  const later = openOnOrAfter(any)
  if (later <= last) return later
  const before = openOnOrBefore(any)
  return before >= first ? before : any
}

function outcomeOf(
  chance: Chance,
  shares: { readonly refused: number; readonly notIssued: number },
): Outcome {
  if (chance.is(0.016)) return 'withdrawn-early'
  if (chance.is(shares.refused)) return 'refused'
  if (chance.is(0.012)) return 'withdrawn-late'
  return chance.is(shares.notIssued) ? 'not-issued' : 'issued'
}

interface Stage {
  readonly limitDays: number
  /** The soonest it can be done. */
  readonly soonest: (one: Journey) => PlainDate
  readonly counts: (plan: MonthPlan) => Timed | undefined
  readonly take: (one: Journey, on: PlainDate) => void
  /** When it would be done if nobody counted. */
  readonly natural: (one: Journey) => PlainDate
  /** Of the overdue, the oldest are not always first. */
  readonly shuffleLate: (one: Journey) => number
}

/**
 * Goes through the months in order. A month with counts takes exactly those: the late ones from the overdue, the
 * timely ones from those due soonest. A month without takes what is naturally done in it.
 */
function work(
  seed: string,
  schedule: Schedule,
  all: readonly Journey[],
  asAt: PlainDate,
  stage: Stage,
): void {
  let waiting = [...all]
  const naturally = new Map(all.map((one) => [one, stage.natural(one)]))
  const due = (one: Journey): PlainDate => plus(one.receivedOn, stage.limitDays)
  for (const [index, plan] of schedule.months.entries()) {
    const month: Month = plan.month
    if (month.first > asAt) break
    const last = Math.min(month.last, asAt - 1) as PlainDate
    const counts = stage.counts(plan)
    const following = schedule.months[index + 1]
    const done = new Set<Journey>()
    const take = (one: Journey, low: PlainDate, high: PlainDate): boolean => {
      const chance = chanceFor(seed, 'day', one.number, stage.limitDays)
      const on = openBetween(chance, low, high)
      if (on === null) return false
      stage.take(one, on)
      done.add(one)
      return true
    }
    const takeLate = (one: Journey): boolean =>
      take(one, latest(month.first, due(one) + 1, stage.soonest(one)), last)
    const takeInTime = (one: Journey): boolean => {
      const low = latest(month.first, stage.soonest(one))
      const high = Math.min(last, due(one)) as PlainDate
      // Nearer the limit than the start of the month: as it is.
      return take(one, latest(low, high - 12), high)
    }
    if (counts) {
      let late = counts.done - counts.inTime
      const overdue = waiting
        .filter((one) => due(one) < last)
        .toSorted(
          (a, b) =>
            Number(due(a) >= month.first) - Number(due(b) >= month.first) ||
            stage.shuffleLate(a) - stage.shuffleLate(b),
        )
      for (const one of overdue) {
        if (late === 0) break
        if (takeLate(one)) late--
      }
      let timely = counts.inTime
      for (const one of waiting) {
        if (timely === 0) break
        if (!done.has(one) && due(one) >= month.first && takeInTime(one)) timely--
      }
      if (late > 0 || timely > 0)
        throw new ScheduleCannotBeMet(
          `${month.name}: ${late} late and ${timely} in time too many, limit ${stage.limitDays}`,
        )
    } else {
      for (const one of waiting) {
        const on = naturally.get(one)!
        if (on > last) continue
        if (due(one) >= month.first && on <= due(one)) takeInTime(one) || takeLate(one)
        else takeLate(one)
      }
      const next = following && stage.counts(following)
      if (next) {
        // The backlog is cleared down to what the next month can take as late.
        const overdue = waiting.filter((one) => !done.has(one) && due(one) < following.month.first)
        const allowed = stage.limitDays > 100 ? overdue.length : next.done - next.inTime
        for (const one of overdue.slice(0, Math.max(0, overdue.length - allowed))) takeLate(one)
      }
    }
    waiting = waiting.filter((one) => !done.has(one))
  }
}

function decide(
  seed: string,
  schedule: Schedule,
  journeys: Journey[],
  asAt: PlainDate,
  limits: Limits,
): void {
  const shareOf = shares(schedule, (plan) => plan.decisionShare)
  work(
    seed,
    schedule,
    journeys.filter((one) => one.outcome !== 'withdrawn-early'),
    asAt,
    {
      limitDays: limits.decisionDays,
      soonest: (one) => plus(one.receivedOn, 14),
      counts: (plan) => plan.decisions,
      take: (one, on) => {
        one.decidedOn = on
      },
      natural: (one) => {
        const chance = chanceFor(seed, 'decide', one.number)
        return plus(
          one.receivedOn,
          chance.is(shareOf(one.receivedOn))
            ? chance.between(24, limits.decisionDays)
            : limits.decisionDays + chance.between(1, 28),
        )
      },
      shuffleLate: (one) => one.receivedOn,
    },
  )
}

const shares = (schedule: Schedule, of: (plan: MonthPlan) => number): ((on: PlainDate) => number) => {
  const byMonth = new Map(schedule.months.map((plan) => [plan.month.name, of(plan)]))
  return (on) => byMonth.get(monthName(on)) ?? 0.9
}

function endWithoutPlan(seed: string, journeys: Journey[], limits: Limits): void {
  for (const one of journeys) {
    const chance = chanceFor(seed, 'end', one.number)
    if (one.outcome === 'withdrawn-early')
      one.endedOn = openOnOrAfter(plus(one.receivedOn, chance.between(4, 24)))
    if (one.decidedOn === null) continue
    if (one.outcome === 'withdrawn-late') one.endedOn = openAfter(plus(one.decidedOn, chance.between(6, 55)))
    if (one.outcome === 'not-issued') {
      const wanted = plus(
        one.receivedOn,
        chance.is(0.7) ? chance.between(92, limits.noPlanDays) : limits.noPlanDays + chance.between(1, 35),
      )
      one.endedOn = openOnOrBefore(latest(wanted, one.decidedOn + 56))
    }
  }
}

/** The latest few refusals that had time to be agreed at mediation, and finished or nearly, by the as-at day. */
function reverse(seed: string, journeys: Journey[], asAt: PlainDate): void {
  const lately = journeys.filter(
    (one) =>
      one.outcome === 'refused' &&
      one.decidedOn !== null &&
      one.decidedOn >= asAt - 190 &&
      one.decidedOn <= asAt - 110,
  )
  for (const one of lately.slice(0, 5)) {
    const chance = chanceFor(seed, 'reverse', one.number)
    one.agreedOn = openOnOrAfter(plus(one.decidedOn!, chance.between(62, 84)))
  }
}

function issue(seed: string, schedule: Schedule, journeys: Journey[], asAt: PlainDate, limits: Limits): void {
  const shareOf = shares(schedule, (plan) => plan.finalShare)
  const ordinary = journeys.filter((one) => one.outcome === 'issued' && one.decidedOn !== null)
  work(seed, schedule, ordinary, asAt, {
    limitDays: limits.finalDays,
    soonest: (one) => latest(one.receivedOn + 84, one.decidedOn! + 62),
    counts: (plan) => plan.finals,
    take: (one, on) => {
      one.finalOn = on
    },
    natural: (one) => {
      const chance = chanceFor(seed, 'issue', one.number)
      const days = chance.is(shareOf(one.receivedOn))
        ? chance.between(112, limits.finalDays)
        : limits.finalDays + chance.between(1, 120)
      return latest(plus(one.receivedOn, days), one.decidedOn! + 62)
    },
    shuffleLate: (one) => one.receivedOn + chanceFor(seed, 'wait', one.number).between(0, 70),
  })
  for (const one of journeys) {
    if (one.agreedOn === null) continue
    const on = openOnOrBefore(plus(one.agreedOn, chanceFor(seed, 'ordered', one.number).between(84, 97)))
    if (on < asAt) one.finalOn = on
  }
}
