import type { JSX } from 'preact'
import type { DeadlineStatus } from '../../law/index.ts'
import { type Day, dayInWords, inDays, longDayInWords, machineDay } from './day.ts'

/** The parts of a deadline that are shown. A `Deadline` from the law fits as it is. */
export interface ShownDeadline {
  readonly dueOn: Day | null
  readonly doneOn?: Day | null | undefined
  readonly status: DeadlineStatus
  readonly daysLeft: number | null
  readonly daysLate: number | null
  readonly actBy?: Day | null | undefined
}

export interface DueDateProps {
  readonly deadline: ShownDeadline
  /** Who must act, such as "Thornshire County Council" or "You". */
  readonly whoActs: string
  readonly whyHref: string
  /** What is due, in a few words: makes the "why" link make sense out of its place. */
  readonly what: string
  /** Staff also see the working day before, when the office is shut on the day itself. */
  readonly forStaff?: boolean | undefined
}

/** Days left, or how late, in words. */
export function howLong(deadline: ShownDeadline): string {
  const { status, daysLeft, daysLate } = deadline
  switch (status) {
    case 'not_started':
      return 'Not started yet'
    case 'running':
    case 'due_soon':
      if (daysLeft === null) return 'As soon as possible'
      if (daysLeft === 0) return 'Due today'
      return daysLeft === 1 ? 'Due tomorrow: 1 day left' : `${inDays(daysLeft)} left`
    case 'overdue':
      return daysLate === null ? 'Late' : `${inDays(daysLate)} late`
    case 'met':
      return 'Done in time'
    case 'missed':
      return daysLate === null ? 'Done late' : `Done ${inDays(daysLate)} late`
    case 'met_late_limit_lifted':
      return daysLate === null
        ? 'Done late. The law allowed it'
        : `Done ${inDays(daysLate)} late. The law allowed it`
    case 'lapsed':
      return 'No longer needed'
  }
}

/** A due date as it is always shown: the date, how long, who must act, and why. */
export function DueDate({ deadline, whoActs, whyHref, what, forStaff }: DueDateProps): JSX.Element {
  const isOpen = ['running', 'due_soon', 'overdue', 'not_started'].includes(deadline.status)
  return (
    <div class={`app-due app-due--${deadline.status.replaceAll('_', '-')}`}>
      <p class="app-due__date">
        {deadline.dueOn === null ? (
          'No fixed date'
        ) : (
          <time dateTime={machineDay(deadline.dueOn)}>{longDayInWords(deadline.dueOn)}</time>
        )}
      </p>
      <p class="app-due__line">
        <strong>{howLong(deadline)}</strong>
        {deadline.doneOn ? <> (done on {dayInWords(deadline.doneOn)})</> : null}
      </p>
      {isOpen ? <p class="app-due__line">Who must act: {whoActs}</p> : null}
      {forStaff && deadline.actBy && isOpen ? (
        <p class="app-due__line">
          Act by {longDayInWords(deadline.actBy)}: the office is shut on the last day
        </p>
      ) : null}
      <p class="app-due__line">
        <a class="govuk-link" href={whyHref}>
          Why this date?<span class="govuk-visually-hidden"> {what}</span>
        </a>
      </p>
    </div>
  )
}

/** The same in one line, for a row of a list. */
export function DueInRow({ deadline }: { readonly deadline: ShownDeadline }): JSX.Element {
  return (
    <>
      {deadline.dueOn === null ? (
        'No fixed date'
      ) : (
        <time dateTime={machineDay(deadline.dueOn)}>{dayInWords(deadline.dueOn)}</time>
      )}
      <br />
      <span class="app-how-long">{howLong(deadline)}</span>
    </>
  )
}
