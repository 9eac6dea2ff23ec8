/** Decides where a deadline stands, from what stopped, overtook or lifted it. */
import type { PlainDate } from '../calendar/plain-date.ts'
import type { CaseFacts } from './case-facts.ts'
import type { CompiledRule, CompiledVersion } from './compile.ts'
import type { Found } from './windows.ts'
import type { CannotCount, WorkedDeadline } from './worked-deadline.ts'

/** One object is reused for every deadline, so its parts may be set. */
export interface Circumstances {
  one: CompiledRule
  version: CompiledVersion | null
  read: CaseFacts
  found: Found
  displaced: boolean
  cannotCount: CannotCount
  judgeOnArrival: boolean
  dueSoonDays: number
}

/** Sets the status, and days late or left. An exception changes the status only, never the date. */
export function judgeStatus(deadline: WorkedDeadline, given: Circumstances): void {
  if (given.displaced) {
    deadline.status = 'lapsed'
    return
  }
  if (deadline.doneFact !== null) judgeDone(deadline, given)
  else if (given.found.lapse !== null) deadline.status = 'lapsed'
  else if (given.one.rule.supersededByNext === true && given.found.next !== null) deadline.status = 'lapsed'
  else if (given.version?.limit.atLeast === true) judgeMinimum(deadline, given)
  else judgeOpen(deadline, given)
}

/** Done: in time, late, or late with the limit lifted. A limit that cannot be counted cannot be judged. */
function judgeDone(deadline: WorkedDeadline, given: Circumstances): void {
  const { doneFact, startedOn } = deadline
  const judgedOn = given.judgeOnArrival ? (doneFact!.arrivedOn ?? doneFact!.on) : doneFact!.on
  const last = deadline.dueOn ?? (given.version?.limit.how === 'immediate' ? startedOn : null)
  if (given.cannotCount !== null) {
    deadline.status = 'lapsed'
    return
  }
  if (last === null || judgedOn <= last) {
    deadline.status = 'met'
    return
  }
  deadline.daysLate = judgedOn - last
  deadline.status = deadline.lifted === null ? 'missed' : 'met_late_limit_lifted'
}

/** A minimum period: kept when it has run its course, missed when cut short. */
function judgeMinimum(deadline: WorkedDeadline, given: Circumstances): void {
  const last = deadline.dueOn as PlainDate
  const { cut } = given.found
  if (cut !== null && cut.on <= last) {
    deadline.status = 'missed'
    deadline.doneOn = cut.on
    deadline.doneFact = cut
    return
  }
  if (given.read.asAt > last) {
    deadline.status = 'met'
    deadline.doneOn = last
    return
  }
  countDown(deadline, given, last)
}

function judgeOpen(deadline: WorkedDeadline, given: Circumstances): void {
  const { asAt } = given.read
  const { limit } = given.version ?? { limit: null }
  const startedOn = deadline.startedOn as PlainDate
  const isCountedBack = limit?.backwards === true || limit?.how === 'fixed'
  if (startedOn > asAt && !isCountedBack) {
    deadline.status = 'not_started'
    return
  }
  const last = deadline.dueOn
  if (last === null) {
    deadline.status = 'running'
    return
  }
  if (last >= asAt) {
    countDown(deadline, given, last)
    return
  }
  if (given.one.rule.right === true || limit?.lookBack === true) deadline.status = 'lapsed'
  else if (given.one.backwards && startedOn <= asAt) deadline.status = 'lapsed'
  else {
    deadline.status = deadline.lifted === null ? 'overdue' : 'running'
    deadline.daysLate = asAt - last
  }
}

function countDown(deadline: WorkedDeadline, given: Circumstances, last: PlainDate): void {
  deadline.daysLeft = last - given.read.asAt
  deadline.status = deadline.daysLeft <= given.dueSoonDays ? 'due_soon' : 'running'
}
