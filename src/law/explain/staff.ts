import { longDate, type PlainDate, shortDate } from '../calendar/plain-date.ts'
import type { Deadline } from '../deadline.ts'
import { FACT_SPECIFICATIONS, type Fact } from '../facts.ts'
import type { Reason } from '../reasons.ts'
import { days } from './counting.ts'

/** Every step of the reasoning, cited. */
export function staffSentences(deadline: Deadline): string[] {
  const sentences = [standing(deadline)]
  for (const reason of deadline.because) sentences.push(sentence(reason, deadline))
  if (deadline.commonlyQuoted !== null) {
    sentences.push(
      `Commonly quoted as ${shortDate(deadline.commonlyQuoted)}; the law says “before”, so the last day is ${shortDate(deadline.dueOn as PlainDate)} (U-4).`,
    )
  }
  return sentences
}

function standing(deadline: Deadline): string {
  const { status, dueOn, doneOn, daysLate, daysLeft, title } = deadline
  const due = dueOn === null ? '' : ` Last day: ${longDate(dueOn)}.`
  switch (status) {
    case 'not_started':
      return `${title}: not started.${due}`
    case 'running':
      if (daysLate !== null)
        return `${title}: ${days(daysLate)} past the limit, which is lifted; still to be done as soon as practicable.${due}`
      return dueOn === null
        ? `${title}: open, with no date set.`
        : `${title}: ${days(daysLeft ?? 0)} left.${due}`
    case 'due_soon':
      return `${title}: ${daysLeft === 0 ? 'due today' : `${days(daysLeft ?? 0)} left`}.${due}`
    case 'overdue':
      return `${title}: overdue by ${days(daysLate ?? 0)}.${due}`
    case 'met':
      return doneOn === null
        ? `${title}: done.${due}`
        : `${title}: done on ${shortDate(doneOn)}${dueOn === null ? '' : ', in time'}.${due}`
    case 'missed':
      return daysLate === null
        ? `${title}: cut short on ${shortDate(doneOn as PlainDate)}.${due}`
        : `${title}: done on ${shortDate(doneOn as PlainDate)}, ${days(daysLate)} late.${due}`
    case 'met_late_limit_lifted':
      return `${title}: done on ${shortDate(doneOn as PlainDate)}, ${days(daysLate ?? 0)} after the limit, which was lifted.${due}`
    case 'lapsed':
      return `${title}: no longer applies.${due}`
  }
}

function name(fact: Fact): string {
  return FACT_SPECIFICATIONS[fact.kind].label
}

function sentence(reason: Reason, deadline: Deadline): string {
  switch (reason.type) {
    case 'started':
      return reason.planned
        ? `The clock starts with: ${name(reason.fact)}, arranged for ${longDate(reason.on)}.`
        : `The clock started with: ${name(reason.fact)}, ${longDate(reason.on)}.`
    case 'not-started':
      return `The clock starts when: ${reason.waitingFor}.`
    case 'version':
      return `Rule: ${reason.citation} (version in force from ${shortDate(reason.from)}${reason.to === null ? '' : ` to ${shortDate(reason.to)}`}).`
    case 'arithmetic':
      return `Limit: ${reason.words}. Counted from ${shortDate(reason.from)}${reason.triggerDayCounts === false ? ', that day left out' : ''}, the last day is ${longDate(reason.due)}.`
    case 'days-excluded':
      return `Days left out: ${reason.days.length} (${reason.words}).`
    case 'done':
      return `Done: ${reason.fact === null ? 'the period ran its course' : name(reason.fact)}, ${longDate(reason.on)}.`
    case 'lapsed':
      return `It lapsed: ${reason.words}${reason.fact === null ? '' : ` (${shortDate(reason.fact.on)})`}.`
    case 'displaced':
      return `Another clock governs since ${shortDate(reason.fact.on)}: ${reason.words} (${reason.citation}).`
    case 'exception':
      return exceptionSentence(reason, deadline)
    case 'exception-available':
      return `${reason.words} (${reason.citation})`
    case 'reading':
      return `Uncertain point ${reason.ref}. ${reason.words}`
    case 'warning':
      return `Note: ${reason.words}`
    default:
      return reason.words
  }
}

function exceptionSentence(reason: Extract<Reason, { type: 'exception' }>, deadline: Deadline): string {
  const claim = `Exception claimed on ${shortDate(reason.fact.on)}: ${reason.exception} (${reason.citation})`
  if (!reason.lifts) return `${claim}. It does not lift the limit: ${reason.missing.join('; ')}.`
  const stays = deadline.dueOn === null ? '' : `; the date stays ${shortDate(deadline.dueOn)}`
  return `${claim}. It lifts the limit${stays}, and the duty to act as soon as practicable remains.`
}
