import { type Deadline, explain, explainDuty, type PlainDate } from '../../../law/index.ts'
import { isCouncilWork } from '../../../record/process-summary.ts'

/** What a family sees of the dates: all of them, what comes next, what they can do, and what the council must do. */
export interface OpenDates {
  readonly dates: readonly Deadline[]
  /** Duties of the council or another still to be done, the first due first. */
  readonly duties: readonly Deadline[]
  readonly next: Deadline | undefined
  /** The family's views, asked for and not come. */
  readonly asked: readonly Deadline[]
  /** What the family can do now, until when. */
  readonly yours: readonly { readonly rule: string; readonly text: string }[]
}

const isWorthShowing = (deadline: Deadline): boolean =>
  deadline.dueOn !== null &&
  deadline.startedOn !== null &&
  deadline.display === 'statutory' &&
  deadline.status !== 'lapsed' &&
  deadline.status !== 'not_started'

const isRight = (deadline: Deadline): boolean => explainDuty(deadline).includes(' can ')
/** Work that somebody must do by its day, and the decision about a plan, whose limit binds when the answer is no. */
const isDuty = ({ rule }: Deadline): boolean => isCouncilWork(rule) || rule === 'decision-not-to-issue'
const isOpen = ({ status }: Deadline): boolean =>
  status === 'running' || status === 'due_soon' || status === 'overdue'
/** The family's own views, asked for under regulation 6(1)(a): a request, not a duty. */
export const isAskedOfFamily = (deadline: Deadline): boolean =>
  deadline.rule === 'advice-response' && deadline.startFact?.head === 'parent'

export function whatIsOpen(deadlines: readonly Deadline[], today: PlainDate): OpenDates {
  const dates = deadlines.filter(isWorthShowing).toSorted((a, b) => a.dueOn! - b.dueOn!)
  const open = dates.filter(isOpen)
  const duties = open.filter((deadline) => isDuty(deadline) && !isAskedOfFamily(deadline))
  return {
    dates: dates.filter((deadline) => !isAskedOfFamily(deadline)),
    duties,
    next: duties.find((deadline) => deadline.dueOn! >= today),
    asked: open.filter(isAskedOfFamily),
    yours: open.flatMap((deadline) =>
      isRight(deadline) && explainDuty(deadline).startsWith('You ')
        ? [{ rule: deadline.rule, text: rightInWords(deadline) }]
        : [],
    ),
  }
}

/** The right and what must be known before giving up on it; how days are counted is under "Every date". */
function rightInWords(deadline: Deadline): string {
  const [first, ...rest] = explain(deadline, 'family')
  return [
    first,
    ...rest.filter((sentence) => !sentence.startsWith('We count') && !sentence.startsWith('Every day')),
  ].join(' ')
}

export function daysLateInWords(deadline: Deadline, today: PlainDate): string {
  const count = today - deadline.dueOn!
  return count === 1 ? '1 day' : `${count} days`
}
