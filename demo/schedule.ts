import type { PlainDate } from '../src/law/index.ts'
import { type Month, monthOf, monthsBetween } from './days.ts'
import { chanceFor } from './random.ts'

/** A count and how many of it were in time. */
export interface Timed {
  readonly done: number
  readonly inTime: number
}

/** What happens in one month. Left open, the month takes what comes, with about the share in time given. */
export interface MonthPlan {
  readonly month: Month
  readonly requests: number
  /** Of the requests, how many came from a parent or young person; about one in six when left out. */
  readonly fromParents?: number | undefined
  readonly decisions?: Timed | undefined
  readonly finals?: Timed | undefined
  readonly decisionShare: number
  readonly finalShare: number
}

export interface Schedule {
  readonly months: readonly MonthPlan[]
  /** Shares of requests by year of receipt. */
  readonly outcomes: (year: number) => { readonly refused: number; readonly notIssued: number }
}

// month, requests, [decisions, in 6 weeks], [finals, in 20 weeks], from parents. The cells of the seed's table are the
// quotients, rounded half up; the counts are ours, of the size the flows give. See docs/training-authority.md.
type Row = readonly [
  string,
  number,
  readonly [number, number] | null,
  readonly [number, number] | null,
  number?,
]

const MONTHS: readonly Row[] = [
  // Still open on 1 January 2018: what is left of 2017's requests.
  ['2017-01', 12, null, [0, 0]],
  ['2017-02', 16, null, [0, 0]],
  ['2017-03', 22, null, [0, 0]],
  ['2017-04', 22, null, [0, 0]],
  ['2017-05', 34, null, [0, 0]],
  ['2017-06', 38, null, [0, 0]],
  ['2017-07', 46, null, [0, 0]],
  ['2017-08', 16, null, [0, 0]],
  ['2017-09', 44, null, [0, 0]],
  ['2017-10', 58, null, [0, 0]],
  ['2017-11', 62, null, [0, 0]],
  ['2017-12', 52, null, [0, 0]],
  // DfE, 2018: 600 requests, 604 plans, 247 in 20 weeks.
  ['2018-01', 52, null, [38, 8]],
  ['2018-02', 50, null, [40, 10]],
  ['2018-03', 56, null, [45, 13]],
  ['2018-04', 45, null, [44, 14]],
  ['2018-05', 58, null, [52, 18]],
  ['2018-06', 55, null, [56, 20]],
  ['2018-07', 60, null, [60, 24]],
  ['2018-08', 16, null, [52, 22]],
  ['2018-09', 46, null, [48, 22]],
  ['2018-10', 55, null, [56, 28]],
  ['2018-11', 58, null, [60, 34]],
  ['2018-12', 49, null, [53, 34]],
  // Report, 2019: 55 a month, 94%, 89%. DfE: 532 plans.
  ['2019-01', 58, [55, 52], [44, 37]],
  ['2019-02', 56, [57, 53], [43, 37]],
  ['2019-03', 66, [54, 51], [50, 44]],
  ['2019-04', 48, [56, 54], [44, 40]],
  ['2019-05', 62, [51, 47], [49, 44]],
  ['2019-06', 64, [62, 58], [48, 44]],
  ['2019-07', 65, [62, 59], [46, 40]],
  ['2019-08', 14, [58, 54], [36, 32]],
  ['2019-09', 48, [33, 31], [43, 39]],
  ['2019-10', 60, [44, 42], [41, 37]],
  ['2019-11', 65, [58, 54], [48, 44]],
  ['2019-12', 55, [50, 47], [40, 35]],
  // Report, January to August 2020; 66 of the 387 requests from parents.
  ['2020-01', 41, [56, 52], [40, 34], 7],
  ['2020-02', 53, [45, 40], [42, 36], 9],
  ['2020-03', 54, [50, 46], [44, 36], 9],
  ['2020-04', 53, [53, 48], [41, 36], 9],
  ['2020-05', 66, [54, 50], [40, 30], 12],
  ['2020-06', 56, [62, 60], [43, 40], 10],
  ['2020-07', 56, [58, 55], [45, 32], 9],
  ['2020-08', 8, [52, 52], [31, 19], 1],
  // DfE's 581 for the year leaves 194 for September to December.
  ['2020-09', 46, null, [37, 29]],
  ['2020-10', 54, null, [38, 30]],
  ['2020-11', 50, null, null],
]

const SHARES: Readonly<Record<number, readonly [number, number]>> = {
  2017: [0.55, 0.35],
  2018: [0.72, 0.42],
  2019: [0.94, 0.89],
  2020: [0.94, 0.79],
}

/** The months of the training authority, up to and including the one that holds the day. */
export function trainingSchedule(): Schedule {
  return {
    months: MONTHS.map(([name, requests, decisions, finals, fromParents]) => {
      const [decisionShare, finalShare] = SHARES[Number(name.slice(0, 4))]!
      return {
        month: monthOf(name),
        requests,
        decisionShare,
        finalShare,
        fromParents,
        decisions: decisions ? { done: decisions[0], inTime: decisions[1] } : undefined,
        finals: finals ? { done: finals[0], inTime: finals[1] } : undefined,
      }
    }),
    // DfE: refused 105 of 600 (2018), 37 of 688 (2019), 79 of 581 (2020); not issued 90 (2019), 94 (2020).
    outcomes: (year) => ({
      refused: year === 2019 ? 0.056 : year === 2020 ? 0.136 : year < 2018 ? 0 : 0.175,
      notIssued: year === 2019 ? 0.12 : year === 2020 ? 0.15 : 0.08,
    }),
  }
}

const SEASON = [0.95, 1.0, 1.12, 0.85, 1.15, 1.12, 1.15, 0.2, 0.9, 1.15, 1.2, 1.0]

/** A steady authority of any size, for benches: about a fifth of its plans are new each year. */
export function steadySchedule(options: {
  readonly seed: string
  readonly openPlans: number
  readonly from: PlainDate
  readonly asAt: PlainDate
}): Schedule {
  const chance = chanceFor(options.seed, 'schedule')
  return {
    months: monthsBetween(options.from, options.asAt).map((name) => {
      const season = SEASON[Number(name.slice(5)) - 1]!
      return {
        month: monthOf(name),
        requests: Math.round(options.openPlans * 0.0185 * season * (0.9 + chance.next() * 0.2)),
        decisionShare: 0.88 + chance.next() * 0.1,
        finalShare: 0.6 + chance.next() * 0.25,
      }
    }),
    outcomes: () => ({ refused: 0.12, notIssued: 0.12 }),
  }
}
