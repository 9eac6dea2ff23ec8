import { date, type PlainDate } from '../../../law/index.ts'
import { howLong, type ShownDeadline } from '../../../ui/parts/index.ts'

/** A day something is due, with how long that is in words. */
export interface When {
  readonly deadline: ShownDeadline
  readonly words: string
  readonly isLate: boolean
}

const SOON = 7

/** How a due day stands today. The day itself is still in time. */
export function dueOn(due: string, today: string): When {
  const left = date(due) - date(today)
  const deadline: ShownDeadline = {
    dueOn: date(due) as PlainDate,
    status: left < 0 ? 'overdue' : left <= SOON ? 'due_soon' : 'running',
    daysLeft: left >= 0 ? left : null,
    daysLate: left < 0 ? -left : null,
  }
  return { deadline, words: howLong(deadline), isLate: left < 0 }
}
