import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { addWorkingDays, CalendarEnds, date, iso } from '../../../law/index.ts'

/** The dated setting of the council: working days within which it answers a family. */
export const REPLY_PROMISE = 'promise.reply-working-days'
export const REPLY_DAYS_UNLESS_SET = 2

/** How many working days the council promises to take to answer, on a day. */
export async function loadReplyPromise(trx: Trx, today: string): Promise<number> {
  const { rows } = await sql<{ value: unknown }>`
    select value from authority_setting where key = ${REPLY_PROMISE}
      and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
    order by id desc limit 1`.execute(trx)
  const value = rows[0]?.value ?? REPLY_DAYS_UNLESS_SET
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 30)
    throw new Error(
      `The setting ${REPLY_PROMISE} is ${JSON.stringify(value)}; it must be 1 to 30 working days`,
    )
  return value
}

/** The last day in time for an answer to something sent on a day; null beyond the bank holidays known. */
export function replyBy(sentOn: string, workingDays: number): string | null {
  try {
    return iso(addWorkingDays(date(sentOn), workingDays))
  } catch (error) {
    if (error instanceof CalendarEnds) return null
    throw error
  }
}
