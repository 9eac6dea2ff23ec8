import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** The dated setting of the council: days within which a locality team answers a setting. No law sets any. */
export const ANSWER_PROMISE = 'promise.specialist-answer-days'
export const ANSWER_DAYS_UNLESS_SET = 14

/** How many days the council promises to take to answer a setting, on a day. */
export async function loadAnswerPromise(trx: Trx, today: string): Promise<number> {
  const { rows } = await sql<{ value: unknown }>`
    select value from authority_setting where key = ${ANSWER_PROMISE}
      and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
    order by id desc limit 1`.execute(trx)
  const value = rows[0]?.value ?? ANSWER_DAYS_UNLESS_SET
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 90)
    throw new Error(`The setting ${ANSWER_PROMISE} is ${JSON.stringify(value)}; it must be 1 to 90 days`)
  return value
}
