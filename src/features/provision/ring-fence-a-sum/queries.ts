import type { Trx } from '../../../db/viewer.ts'

export const RING_FENCED_WHY = {
  ombudsman: 'The Ombudsman recommended it',
  tribunal: 'After a tribunal',
  complaint: 'After a complaint',
  agreement: 'By agreement',
  other: 'Another reason',
} as const
export type RingFencedWhy = keyof typeof RING_FENCED_WHY

export interface Spend {
  readonly id: string
  readonly pence: number
  readonly on: string
  readonly what: string
  readonly evidence: string
}

/** A sum set aside, with what was spent of it. */
export interface RingFenced {
  readonly id: string
  readonly pence: number
  readonly whatFor: string
  readonly why: RingFencedWhy
  readonly reference: string | null
  readonly keeper: string
  readonly setAsideOn: string
  readonly spendBy: string | null
  readonly spends: readonly Spend[]
  readonly left: number
}

/** The ring-fenced sums of a child, newest first. */
export async function findRingFenced(trx: Trx, childId: string): Promise<readonly RingFenced[]> {
  const sums = await trx
    .selectFrom('ring_fenced_sum')
    .selectAll()
    .where('child_id', '=', childId)
    .orderBy('set_aside_on', 'desc')
    .orderBy('id')
    .execute()
  const spends = await trx
    .selectFrom('ring_fenced_spend')
    .selectAll()
    .where('child_id', '=', childId)
    .orderBy('spent_on')
    .execute()
  return sums.map((row) => {
    const own = spends.filter((one) => one.sum_id === row.id)
    return {
      id: row.id,
      pence: row.pence,
      whatFor: row.what_for,
      why: row.why as RingFencedWhy,
      reference: row.reference,
      keeper: row.keeper,
      setAsideOn: row.set_aside_on,
      spendBy: row.spend_by,
      spends: own.map((one) => ({
        id: one.id,
        pence: one.pence,
        on: one.spent_on,
        what: one.what,
        evidence: one.evidence,
      })),
      left: row.pence - own.reduce((sum, one) => sum + one.pence, 0),
    }
  })
}
