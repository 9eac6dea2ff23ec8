import { longDate, type PlainDate, shortDate } from '../calendar/plain-date.ts'
import type { Deadline } from '../deadline.ts'
import { daysOrWeeks } from './counting.ts'
import { familyWords } from './family-words.ts'

/** The same dates as staff see, in plain words, and the truth when it is late. */
export function familySentences(deadline: Deadline): string[] {
  const sentences = [whereItStands(deadline)]
  const words = familyWords(deadline.rule)
  if (deadline.display === 'practice')
    sentences.push('This is what guidance says should happen. It is not a law.')
  if (deadline.display === 'local')
    sentences.push('This is a target the council set itself. It is not a law.')
  if (deadline.display === 'derived')
    sentences.push('This date is worked out from the law. The law does not give it as a limit.')
  if (deadline.startedOn !== null)
    sentences.push(`We count from ${longDate(deadline.startedOn)}, when ${words.counts}.`)
  const counting = howDaysAreCounted(deadline)
  if (counting !== null) sentences.push(counting)
  if (deadline.lifted !== null) {
    sentences.push(
      'The council says something out of the ordinary made it hard to keep to this date. The date has not moved, and the council must still act as soon as it can. You can ask to see its reason.',
    )
  }
  sentences.push(...(words.more ?? []))
  if (isLate(deadline) && !words.isRight)
    sentences.push('You can ask the council why. If you are not happy with the answer, you can complain.')
  return sentences
}

function howDaysAreCounted(deadline: Deadline): string | null {
  const limit = deadline.because.find((reason) => reason.type === 'arithmetic')
  // The tribunal's own days are moved on past weekends, August and Christmas: the date says it all.
  if (limit === undefined || deadline.status === 'lapsed' || deadline.process === 'appeal') return null
  if (limit.words.includes('working day')) return 'We count working days only: not weekends or bank holidays.'
  if (limit.words.includes('school day')) return 'We count school days only: not weekends or school holidays.'
  return 'Every day counts, with weekends and school holidays.'
}

function isLate({ status }: Deadline): boolean {
  return status === 'overdue' || status === 'missed'
}

/** What must or may be done and by when, whatever has been done about it since. */
export function dutySentence(deadline: Deadline): string {
  const { dueOn } = deadline
  const { who, must, isRight } = familyWords(deadline.rule)
  if (isRight) return dueOn === null ? `${who} can ${must}.` : `${who} can ${must}, until ${longDate(dueOn)}.`
  return dueOn === null
    ? `${who} must ${must}. The law does not set a number of days.`
    : `${who} must ${must} by ${longDate(dueOn)}.`
}

/** A right is never late: it can be used, it was used, or its time has ended. */
function whereTheRightStands(deadline: Deadline): string {
  const { dueOn, status, daysLeft } = deadline
  const { who, must } = familyWords(deadline.rule)
  if (status === 'lapsed' || status === 'met' || status === 'missed') {
    return dueOn === null
      ? `The time for this has ended: ${who.toLowerCase()} could ${must}.`
      : `The time for this ended on ${longDate(dueOn)}: ${who.toLowerCase()} could ${must}.`
  }
  return `${dutySentence(deadline)}${status === 'due_soon' ? soon(daysLeft) : ''}`
}

const soon = (daysLeft: number | null): string => (daysLeft === 0 ? ' That is today.' : ' That is soon.')

function whereItStands(deadline: Deadline): string {
  const { dueOn, doneOn, daysLate, daysLeft, status } = deadline
  const { who, must, did, isRight } = familyWords(deadline.rule)
  if (isRight) return whereTheRightStands(deadline)
  const by = dueOn === null ? '' : ` by ${longDate(dueOn)}`
  switch (status) {
    case 'not_started':
      return dueOn === null
        ? `${who} must ${must}. The time for this has not started yet.`
        : `${who} must ${must}${by}.`
    case 'running':
      if (daysLate !== null)
        return `${who} had to ${must}${by}. That day has passed, and it is still not done.`
      return dueOn === null
        ? `${who} must ${must}. The law does not set a number of days.`
        : `${who} must ${must}${by}.`
    case 'due_soon':
      return `${who} must ${must}${by}.${soon(daysLeft)}`
    case 'overdue':
      return `This is late. ${who} had to ${must}${by}. It is ${daysOrWeeks(daysLate ?? 0)} late.`
    case 'met':
      return doneOn === null
        ? `${who} ${did}.`
        : `${who} ${did} on ${shortDate(doneOn)}${dueOn === null ? '' : ', in time'}.`
    case 'missed':
      return daysLate === null
        ? `This was cut short on ${shortDate(doneOn as PlainDate)}. It should have lasted to ${longDate(dueOn as PlainDate)}.`
        : `This was late. ${who} had to ${must}${by}. It was done on ${shortDate(doneOn as PlainDate)}, ${daysOrWeeks(daysLate)} late.`
    case 'met_late_limit_lifted':
      return `${who} ${did} on ${shortDate(doneOn as PlainDate)}. That was ${daysOrWeeks(daysLate ?? 0)} after the date, and the council had a reason the law allows.`
    case 'lapsed':
      return `This no longer applies: ${must}.`
  }
}
