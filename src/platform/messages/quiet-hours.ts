/** Hours of the day in which somebody is sent nothing, as "HH:MM" of a clock in London; from 21:00 to 07:00 runs over midnight. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

/** Families are left alone at night unless they say otherwise; people at work choose for themselves. */
export const QUIET_FOR_FAMILIES: QuietHours = { from: '21:00', to: '07:00' }

const ZONE = 'Europe/London'

/**
 * The moment a message may go: now, or the end of the quiet hours that now falls in. The end is the hour on the clock, so
 * the night the clocks change is an hour longer or shorter. In the hour that comes twice, both are quiet if the hours say so.
 */
export function firstMoment(now: Temporal.Instant, quiet: QuietHours | undefined): Temporal.Instant {
  if (!quiet || quiet.from === quiet.to) return now
  const local = now.toZonedDateTimeISO(ZONE)
  const time = local.toPlainTime()
  const from = Temporal.PlainTime.from(quiet.from)
  const to = Temporal.PlainTime.from(quiet.to)
  const isAfter = (limit: Temporal.PlainTime): boolean => Temporal.PlainTime.compare(time, limit) >= 0
  const overMidnight = Temporal.PlainTime.compare(from, to) > 0
  const isQuiet = overMidnight ? isAfter(from) || !isAfter(to) : isAfter(from) && !isAfter(to)
  if (!isQuiet) return now
  const endsOn = overMidnight && isAfter(from) ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate()
  // Of an hour that comes twice the later is meant; of one that never comes, the moment after it.
  const end = endsOn.toPlainDateTime(to).toZonedDateTime(ZONE, { disambiguation: 'later' }).toInstant()
  return Temporal.Instant.compare(end, now) > 0 ? end : now
}
