import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { SETTABLES, type Settable } from './settable.ts'

/** A setting as somebody made it. */
export interface Made {
  readonly id: number
  readonly key: string
  readonly value: unknown
  readonly valid_from: string
  readonly valid_to: string | null
  readonly why: string
  readonly by: string | null
}

export interface Standing {
  readonly settable: Settable
  /** The choice on the day; undefined is the default, which nobody set. */
  readonly inForce: Made | undefined
  /** What is to take its place, soonest first. */
  readonly coming: readonly Made[]
}

/** Every choice with what holds on the day and what is to come. */
export async function findStandings(trx: Trx, today: string): Promise<readonly Standing[]> {
  const { rows } = await sql<Made>`
    select s.id, s.key, s.value, s.valid_from, s.valid_to, s.why, a.name as by
    from authority_setting s left join account a on a.id = s.set_by
    where s.key = any (${SETTABLES.map((one) => one.key)}::text[]) and (s.valid_to is null or s.valid_to > ${today}::date)
    order by s.id desc`.execute(trx)
  const byKey = Map.groupBy(rows, (row) => row.key)
  return SETTABLES.map((settable) => {
    const made = byKey.get(settable.key) ?? []
    const coming = made
      .filter((row) => row.valid_from > today && winnerOn(made, row.valid_from) === row)
      .toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
    return { settable, inForce: winnerOn(made, today), coming }
  })
}

/** The one set last of those that hold on a day, as the law reads them. The rows come newest first. */
const winnerOn = (made: readonly Made[], day: string): Made | undefined =>
  made.find((row) => row.valid_from <= day && (row.valid_to === null || row.valid_to > day))
