import type { PlainDate } from './calendar/plain-date.ts'
import type { Fact } from './facts.ts'
import type { Reason } from './reasons.ts'

/** Where a deadline stands on the as-at day.
 *  - not_started: what starts the clock has not happened yet
 *  - running, due_soon: open, in time
 *  - overdue: not done, and past the last day
 *  - met: done in time; missed: done late, with no limit lifted
 *  - met_late_limit_lifted: done late, with an exception that lifted the limit
 *  - lapsed: overtaken (withdrawn, refused, another clock displaced it, or a right that ran out) */
export type DeadlineStatus =
  | 'not_started'
  | 'running'
  | 'due_soon'
  | 'overdue'
  | 'met'
  | 'missed'
  | 'met_late_limit_lifted'
  | 'lapsed'

export const DEADLINE_STATUS_LABELS = {
  not_started: 'Not started',
  running: 'In time so far',
  due_soon: 'Due soon',
  overdue: 'Overdue',
  met: 'Done in time',
  missed: 'Done late',
  met_late_limit_lifted: 'Done late, limit lifted',
  lapsed: 'No longer applies',
} as const satisfies Record<DeadlineStatus, string>

/** Law, guidance, arithmetic from the law, or a local target: always shown apart. */
export type Display = 'statutory' | 'practice' | 'derived' | 'local'

/** An exception that lifted the limit. It never moves the date, and the duty to act as soon as
 *  practicable remains. */
export interface LiftedBy {
  readonly exception: string
  readonly citation: string
  readonly fact: Fact
}

export interface Deadline {
  readonly rule: string
  /** First day of the version of the rule that was applied; null when no version is held for the day. */
  readonly ruleVersion: PlainDate | null
  readonly citation: string
  readonly process: string
  readonly title: string
  readonly display: Display
  readonly actor: string
  /** Null when the clock has not started and its start is not planned. */
  readonly startedOn: PlainDate | null
  readonly startFact: Fact | null
  /** Last day in time; null when the law sets no number, or it cannot be worked out (see because). */
  readonly dueOn: PlainDate | null
  readonly doneOn: PlainDate | null
  readonly doneFact: Fact | null
  readonly status: DeadlineStatus
  /** Days past the last day when done, or on the as-at day when open; null when not late. */
  readonly daysLate: number | null
  /** Days left on the as-at day; null unless open and in time. */
  readonly daysLeft: number | null
  /** The working day before, when the last day falls on a day the office is shut. A hint for staff. */
  readonly actBy: PlainDate | null
  /** The date commonly quoted where it differs from the legal one (U-4). */
  readonly commonlyQuoted: PlainDate | null
  /** Which adviser, head of advice or setting it is about. */
  readonly about: string | null
  readonly lifted: LiftedBy | null
  /** Why: built only when read. */
  readonly because: readonly Reason[]
}
