import type { Trx } from '../../../db/viewer.ts'

export const BUDGET_STATES = {
  prepared: 'Prepared, and with the family',
  'taken-up': 'Taken up',
  'not-taken-up': 'Not taken up',
  ended: 'Ended',
} as const
export type BudgetState = keyof typeof BUDGET_STATES

export const BUDGET_WAYS = {
  notional: 'The council or the school arranges it, and the family says how',
  'third-party': 'Somebody else holds the money for the family',
  'direct-payment': 'Money paid to the family: a direct payment',
} as const
export type BudgetWay = keyof typeof BUDGET_WAYS

/** Kinds of direct payment in the SEN2 return. */
export const SEN2_DIRECT_PAYMENT = { E: 'Education', S: 'Social care', H: 'Health', I: 'Integrated' } as const
export type Sen2DirectPayment = keyof typeof SEN2_DIRECT_PAYMENT

export const REVIEW_OUTCOMES = {
  'goes-on': 'It goes on as it is',
  changed: 'It goes on, changed',
  reduced: 'It is to be reduced',
  stopped: 'It is to stop',
} as const
export type ReviewOutcome = keyof typeof REVIEW_OUTCOMES

export interface DirectPayment {
  readonly id: string
  readonly code: Sen2DirectPayment
  readonly payee: string
  readonly lines: readonly string[]
  readonly pence: number
  readonly per: 'once' | 'week' | 'month' | 'year'
  readonly from: string
  readonly to: string | null
  readonly endedWhy: string | null
  readonly reviews: readonly {
    readonly on: string
    readonly outcome: ReviewOutcome
    readonly words: string
  }[]
}

/** The child's personal budget as it stands, and every direct payment. */
export interface PersonalBudget {
  readonly state: BudgetState
  readonly from: string
  readonly yearlyPence: number | null
  readonly how: readonly BudgetWay[]
  readonly words: string
}

/** What the viewer may read of the child's personal budget: the office, and the family. */
export async function findBudget(
  trx: Trx,
  childId: string,
  today: string,
): Promise<{ readonly budget: PersonalBudget | undefined; readonly payments: readonly DirectPayment[] }> {
  const [row] = await trx
    .selectFrom('personal_budget as b')
    .leftJoin('case_event as e', 'e.id', 'b.event_id')
    .selectAll('b')
    .where('b.child_id', '=', childId)
    .where('b.from_on', '<=', today)
    .orderBy('b.from_on', 'desc')
    .orderBy('b.recorded_on', 'desc')
    .orderBy('e.seq', 'desc')
    .execute()
  const payments = await trx
    .selectFrom('direct_payment')
    .selectAll()
    .where('child_id', '=', childId)
    .orderBy('from_on', 'desc')
    .orderBy('id')
    .execute()
  const reviews = await trx
    .selectFrom('direct_payment_review')
    .selectAll()
    .where('child_id', '=', childId)
    .orderBy('reviewed_on', 'desc')
    .execute()
  return {
    budget: row && {
      state: row.state as BudgetState,
      from: row.from_on,
      yearlyPence: row.yearly_pence,
      how: row.how as BudgetWay[],
      words: row.words,
    },
    payments: payments.map((one) => ({
      id: one.id,
      code: one.sen2_code as Sen2DirectPayment,
      payee: one.payee,
      lines: one.lines,
      pence: one.pence,
      per: one.per as DirectPayment['per'],
      from: one.from_on,
      to: one.to_on,
      endedWhy: one.ended_why,
      reviews: reviews
        .filter((review) => review.direct_payment_id === one.id)
        .map((review) => ({
          on: review.reviewed_on,
          outcome: review.outcome as ReviewOutcome,
          words: review.words,
        })),
    })),
  }
}
