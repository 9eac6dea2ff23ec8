import { date, iso } from './calendar/plain-date.ts'
import { computeDeadlines } from './clock.ts'
import type { Deadline } from './deadline.ts'
import { type Fact, parseFact } from './facts.ts'
import type { LawSettings } from './settings.ts'

/** A fact as a story tells it: "2025-01-06 request_received", and whatever else it says. */
export function happened(told: string, says: Record<string, unknown> = {}): Fact {
  const [on, kind] = told.split(' ')
  const parsed = parseFact({ on, kind, ...says })
  if (!parsed.ok) throw new Error(`${told}: ${parsed.field}: ${parsed.reason}`)
  return parsed.fact
}

/** The deadlines as at a day. */
export function asAt(day: string, facts: readonly Fact[], settings?: LawSettings): Deadline[] {
  return computeDeadlines(facts, { asAt: date(day), ...(settings ? { settings } : {}) })
}

/** The one deadline of a rule; fails if there is none, or more. */
export function only(deadlines: readonly Deadline[], rule: string): Deadline {
  const found = deadlines.filter((one) => one.rule === rule)
  if (found.length !== 1) throw new Error(`${found.length} deadlines of ${rule}`)
  return found[0]!
}

/** "2025-05-26 overdue 6", for comparing at a glance. */
export function brief(deadline: Deadline): string {
  const { dueOn, status, daysLate } = deadline
  return [dueOn === null ? '-' : iso(dueOn), status, daysLate === null ? null : String(daysLate)]
    .filter((part) => part !== null)
    .join(' ')
}
