import { addDays, addWorkingDays, date, iso } from '../../../law/index.ts'

export const HOW = ['post', 'email', 'by-hand', 'portal'] as const
export type How = (typeof HOW)[number]

/** A posted letter may be served after today, by no more than this. */
const DAYS_AHEAD = 7

/**
 * The day a draft is taken to be served. By post it is when the ordinary post would bring it (Interpretation Act 1978 s.7),
 * taken as the second working day after posting; any other way it is the day it is sent.
 */
export const serviceDay = (how: How, sentOn: string): string =>
  how === 'post' ? iso(addWorkingDays(date(sentOn), 2)) : sentOn

/** What is wrong with a day of service that was typed; null when nothing is. */
export function problemWithService(
  how: How,
  sentOn: string | null,
  servedOn: string,
  today: string,
): string | null {
  if (sentOn !== null && servedOn < sentOn)
    return 'The date it reached them must be on or after the date it was sent'
  if (servedOn <= today) return null
  if (how !== 'post') return 'The date it reached them must be today or in the past'
  return servedOn > iso(addDays(date(today), DAYS_AHEAD))
    ? `The date it reaches them by post must be no more than ${DAYS_AHEAD} days from today`
    : null
}
