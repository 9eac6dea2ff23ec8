import { addDays, date, iso, weekday } from '../../../law/index.ts'

/** How many weeks ahead a service is shown. */
export const WEEKS_AHEAD = 12

export interface Week {
  /** The Monday, ISO. */
  readonly from: string
  /** Pieces of advice whose last day falls in it. */
  readonly due: number
  /** Pieces the service can finish in it; null when nobody has said. */
  readonly capacity: number | null
  /** Late and due so far, less what could be finished by the end of it: what would be late then. */
  readonly behind: number | null
}
export interface Capacity {
  readonly account_id: string
  readonly from_on: string
  readonly pieces_a_week: number
}

/** What somebody can finish in a week from a Monday: the newest figure that had begun by then. Rows come newest last. */
export const capacityOn = (rows: readonly Capacity[], account: string, monday: string): number | null =>
  rows
    .filter((row) => row.account_id === account && row.from_on <= monday)
    .toSorted((a, b) => (a.from_on < b.from_on ? -1 : a.from_on > b.from_on ? 1 : 0))
    .at(-1)?.pieces_a_week ?? null

/**
 * Advice due against what can be finished, week by week from the week of a day. Advice already late waits from the first week.
 */
export function weeksAhead(
  dueOn: readonly (string | null)[],
  people: readonly string[],
  capacities: readonly Capacity[],
  today: string,
): { readonly lateAlready: number; readonly weeks: readonly Week[] } {
  const monday = addDays(date(today), -weekday(date(today)))
  const lateAlready = dueOn.filter((day) => day !== null && day < today).length
  let waiting = lateAlready
  const weeks = Array.from({ length: WEEKS_AHEAD }, (_, index): Week => {
    const from = iso(addDays(monday, index * 7))
    const to = iso(addDays(monday, index * 7 + 7))
    const due = dueOn.filter((day) => day !== null && day >= today && day >= from && day < to).length
    const each = people.flatMap((person) => capacityOn(capacities, person, from) ?? [])
    const capacity =
      each.length === 0 ? null : Math.round(each.reduce((sum, one) => sum + one, 0) * 100) / 100
    waiting = Math.max(0, waiting + due - (capacity ?? 0))
    return { from, due, capacity, behind: capacity === null ? null : Math.ceil(waiting) }
  })
  return { lateAlready, weeks }
}
