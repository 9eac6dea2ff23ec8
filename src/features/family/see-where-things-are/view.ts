import { type Deadline, explain, explainDuty, type PlainDate, shortDate } from '../../../law/index.ts'

/** What a family sees of the dates: all of them, what comes next, what they can do, and whether anything is late. */
export interface OpenDates {
  readonly dates: readonly Deadline[]
  /** The council's or another's next duty. */
  readonly next: Deadline | undefined
  /** What the family can do now, until when. */
  readonly yours: readonly string[]
  readonly isLate: boolean
}

const isWorthShowing = (deadline: Deadline): boolean =>
  deadline.dueOn !== null &&
  deadline.startedOn !== null &&
  deadline.display === 'statutory' &&
  deadline.status !== 'lapsed' &&
  deadline.status !== 'not_started'

const isRight = (deadline: Deadline): boolean => explainDuty(deadline).includes(' can ')
const isOpen = ({ status }: Deadline): boolean =>
  status === 'running' || status === 'due_soon' || status === 'overdue'
/** The family's own views, asked for under regulation 6(1)(a): a request, not a duty. */
const isAskedOfFamily = (deadline: Deadline): boolean =>
  deadline.rule === 'advice-response' && deadline.startFact?.head === 'parent'

export function whatIsOpen(deadlines: readonly Deadline[], today: PlainDate): OpenDates {
  const dates = deadlines.filter(isWorthShowing).toSorted((a, b) => a.dueOn! - b.dueOn!)
  const open = dates.filter(isOpen)
  const duties = open.filter((deadline) => !isRight(deadline) && !isAskedOfFamily(deadline))
  return {
    dates: dates.filter((deadline) => !isAskedOfFamily(deadline)),
    next: duties[0],
    yours: open.flatMap((deadline) => {
      if (isAskedOfFamily(deadline)) return [askedForViews(deadline, today)]
      return isRight(deadline) && explainDuty(deadline).startsWith('You ') ? [rightInWords(deadline)] : []
    }),
    isLate: duties.some((deadline) => deadline.dueOn! < today),
  }
}

function askedForViews(deadline: Deadline, today: PlainDate): string {
  const asked = `The council asked for your views on ${shortDate(deadline.startedOn!)}.`
  return deadline.dueOn! < today
    ? `${asked} You can still send them.`
    : `${asked} Please send them by ${shortDate(deadline.dueOn!)} if you can.`
}

/** The right and what must be known before giving up on it; how days are counted is under "Every date". */
function rightInWords(deadline: Deadline): string {
  const [first, ...rest] = explain(deadline, 'family')
  return [
    first,
    ...rest.filter((sentence) => !sentence.startsWith('We count') && !sentence.startsWith('Every day')),
  ].join(' ')
}

/** Whose move it is: the family's first, where there is something only they can do. */
export function whoseMove(usual: string, yours: readonly string[]): string {
  if (yours.length === 0 || usual.startsWith('You')) return usual
  return usual.startsWith('Nobody')
    ? 'You, if you want to'
    : `You, if you want to. And: ${usual.charAt(0).toLowerCase()}${usual.slice(1)}`
}
