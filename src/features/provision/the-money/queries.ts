import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { date, type PlainDate } from '../../../law/index.ts'
import type { KnownSum, Shares } from '../../../record/money/index.ts'

export const COST_PER = {
  once: 'once',
  session: 'a session',
  week: 'a week',
  month: 'a month',
  term: 'a term',
  year: 'a year',
} as const
export type CostPer = keyof typeof COST_PER

/** A cost as recorded. */
export interface Cost {
  readonly id: string
  readonly lineId: string | null
  readonly what: string
  readonly payee: string
  readonly pence: number
  readonly per: CostPer
  readonly timesAYear: number | null
  readonly from: string
  readonly to: string | null
  readonly endedWhy: string | null
  readonly recordedOn: string
  readonly endRecordedOn: string | null
}

/** The costs of a child's plan, newest first. */
export async function findCosts(trx: Trx, childId: string): Promise<readonly Cost[]> {
  const rows = await trx
    .selectFrom('plan_cost')
    .selectAll()
    .where('child_id', '=', childId)
    .orderBy('from_on', 'desc')
    .orderBy('what')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    lineId: row.line_id,
    what: row.what,
    payee: row.payee,
    pence: row.pence,
    per: row.per as CostPer,
    timesAYear: row.times_a_year,
    from: row.from_on,
    to: row.to_on,
    endedWhy: row.ended_why,
    recordedOn: row.recorded_on,
    endRecordedOn: row.ended_recorded_on,
  }))
}

/** The band a child is in between two days. */
export interface ChildBand {
  readonly id: string
  readonly band: string
  readonly payee: string
  readonly from: string
  readonly to: string | null
}

export async function findChildBands(trx: Trx, childId: string): Promise<readonly ChildBand[]> {
  const rows = await trx
    .selectFrom('child_band')
    .select(['id', 'band', 'payee', 'from_on', 'to_on'])
    .where('child_id', '=', childId)
    .orderBy('from_on', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    band: row.band,
    payee: row.payee,
    from: row.from_on,
    to: row.to_on,
  }))
}

/** The names of bands that have a rate. */
export async function findBandNames(trx: Trx): Promise<readonly string[]> {
  const rows = await trx.selectFrom('funding_band').select('name').distinct().orderBy('name').execute()
  return rows.map((row) => row.name)
}

/** Who bears a line, or the whole plan, from a day. */
export interface SharesFrom extends Shares {
  readonly lineId: string | null
  readonly from: string
  readonly agreedBy: string
  readonly agreedOn: string
}

export async function findShares(trx: Trx, childId: string): Promise<readonly SharesFrom[]> {
  const rows = await trx
    .selectFrom('funding_share as f')
    .leftJoin('case_event as e', 'e.id', 'f.event_id')
    .selectAll('f')
    .where('f.child_id', '=', childId)
    .orderBy('f.from_on', 'desc')
    // Of two recorded for one day the last stands.
    .orderBy('e.seq', 'desc')
    .execute()
  return rows.map((row) => ({
    lineId: row.line_id,
    from: row.from_on,
    education: row.education,
    health: row.health,
    socialCare: row.social_care,
    agreedBy: row.agreed_by,
    agreedOn: row.agreed_on,
  }))
}

/** A sum to pay by date: a cost, a stretch of a band at one rate, or a direct payment. */
export interface Payable extends KnownSum {
  readonly childId: string
  readonly lineId: string | null
  readonly kind: 'cost' | 'band' | 'direct-payment'
  readonly what: string
  readonly payee: string
}

const later = (a: string, b: string): string => (a > b ? a : b)
const day = (text: string | null): PlainDate | null => (text === null ? null : date(text))

/**
 * Everything to be paid, as dated sums: a price for each session or term becomes its yearly sum, and a band is cut where its
 * rate changes.
 * @param childId one child only; all the viewer reaches when left out
 */
export async function findPayable(trx: Trx, childId?: string): Promise<readonly Payable[]> {
  const of = childId === undefined ? sql`true` : sql`child_id = ${childId}`
  const costs = await trx.selectFrom('plan_cost').selectAll().where(sql<boolean>`${of}`).execute()
  const payments = await trx.selectFrom('direct_payment').selectAll().where(sql<boolean>`${of}`).execute()
  const { rows: bands } = await sql<{
    id: string
    child_id: string
    band: string
    payee: string
    from_on: string
    to_on: string | null
    recorded_on: string
    ended_recorded_on: string | null
    rate_from: string
    rate_to: string | null
    set_on: string
    next_set_on: string | null
    yearly_pence: number
  }>`select b.id, b.child_id, b.band, b.payee, b.from_on, b.to_on, b.recorded_on, b.ended_recorded_on,
      r.from_on as rate_from, r.rate_to, r.set_on, r.next_set_on, r.yearly_pence
    from child_band b join (
      select name, yearly_pence, from_on, set_on, lead(from_on) over w as rate_to, lead(set_on) over w as next_set_on
      from funding_band window w as (partition by name order by from_on)) r on r.name = b.band
    where ${childId === undefined ? sql`true` : sql`b.child_id = ${childId}`}
      and (b.to_on is null or r.from_on < b.to_on) and (r.rate_to is null or r.rate_to > b.from_on)
    order by b.id, r.from_on`.execute(trx)
  return [
    ...costs.map(
      (row): Payable => ({
        id: row.id,
        childId: row.child_id,
        lineId: row.line_id,
        kind: 'cost',
        what: row.what,
        payee: row.payee,
        ...(row.per === 'session' || row.per === 'term'
          ? { pence: row.pence * (row.times_a_year ?? 1), per: 'year' as const }
          : { pence: row.pence, per: row.per as 'once' | 'week' | 'month' | 'year' }),
        from: date(row.from_on),
        to: day(row.to_on),
        recordedOn: date(row.recorded_on),
        endRecordedOn: day(row.ended_recorded_on),
      }),
    ),
    ...bands.map((row): Payable => {
      const endsWithRate = row.rate_to !== null && (row.to_on === null || row.rate_to < row.to_on)
      return {
        id: `${row.id} ${row.rate_from}`,
        childId: row.child_id,
        lineId: null,
        kind: 'band',
        what: row.band,
        payee: row.payee,
        pence: row.yearly_pence,
        per: 'year',
        from: date(later(row.from_on, row.rate_from)),
        to: day(endsWithRate ? row.rate_to : row.to_on),
        recordedOn: date(later(row.recorded_on, row.set_on)),
        endRecordedOn: endsWithRate
          ? date(later(row.recorded_on, later(row.set_on, row.next_set_on ?? row.set_on)))
          : day(row.ended_recorded_on),
      }
    }),
    ...payments.map(
      (row): Payable => ({
        id: row.id,
        childId: row.child_id,
        lineId: row.lines.length === 1 ? row.lines[0]! : null,
        kind: 'direct-payment',
        what: 'Direct payment',
        payee: row.payee,
        pence: row.pence,
        per: row.per as 'once' | 'week' | 'month' | 'year',
        from: date(row.from_on),
        to: day(row.to_on),
        recordedOn: date(row.recorded_on),
        endRecordedOn: day(row.ended_recorded_on),
      }),
    ),
  ]
}
