import {
  addDays,
  computeDeadlines,
  date,
  type Fact,
  type FactKind,
  longDate,
  type PlainDate,
} from '../../law/index.ts'

/** The last day the law gives for a rule, from one fact alone. */
function lastDayOf(rule: string, fact: Fact, asAt: PlainDate): PlainDate {
  const found = computeDeadlines([fact], { asAt }).find(
    (deadline) => deadline.rule === rule && deadline.dueOn !== null,
  )
  if (!found?.dueOn) throw new Error(`the law gives no date for ${rule} from ${fact.kind}`)
  return found.dueOn
}

export const dayInWords = (iso: string): string => longDate(date(iso))

/** The last day to decide whether to assess, in words. */
export const decisionDueOn = (receivedOn: string): string =>
  longDate(
    lastDayOf('decision-to-assess', { kind: 'request_received', on: date(receivedOn) }, date(receivedOn)),
  )

/** The last day for the final plan, in words. */
export const finalPlanDueOn = (receivedOn: string): string =>
  longDate(lastDayOf('final-plan', { kind: 'request_received', on: date(receivedOn) }, date(receivedOn)))

/** The last day for the final amended plan, or to decide against it, from the notice that was sent; in words. */
export const amendedPlanDueOn = (noticeSentOn: string): string =>
  longDate(
    lastDayOf(
      'amendment-final-plan',
      { kind: 'amendment_notice', on: date(noticeSentOn) },
      date(noticeSentOn),
    ),
  )

const lastDayForAdvice = (askedOn: string): PlainDate =>
  lastDayOf(
    'advice-response',
    { kind: 'advice_requested', on: date(askedOn), head: 'medical', adviser: 'x' },
    date(askedOn),
  )

/** The last day for an adviser's answer to a request received that day, in words. */
export const adviceDueOn = (askedOn: string): string => longDate(lastDayForAdvice(askedOn))

export const isAdviceLate = (askedOn: string, today: string): boolean =>
  lastDayForAdvice(askedOn) < date(today)

export interface AppealDates {
  /** Last day to tell the mediation adviser of the wish to appeal. */
  readonly contactAdviserBy: string
  /** Last day for the tribunal to receive the appeal, counted from the notice. */
  readonly appealBy: string
}

/** The family's dates that follow from a decision's notice. HESC Rules 2008 rules 12 and 20; SEND Regs 2014 reg 33 and 34. */
export function appealDates(decision: FactKind, sentOn: string): AppealDates {
  const fact: Fact = { kind: decision, on: date(sentOn) }
  return {
    contactAdviserBy: longDate(lastDayOf('mediation-contact-adviser', fact, fact.on)),
    appealBy: longDate(lastDayOf('appeal-lodge', fact, fact.on)),
  }
}

export interface CommentPeriod {
  readonly first: PlainDate
  readonly last: PlainDate
  readonly earliestFinal: PlainDate
}

/** The family's 15 days for a draft: the day of service is day 1. SEND Regs 2014 reg 13(1)(a). */
export const commentPeriod = (servedOn: string): CommentPeriod =>
  periodOf('draft-plan-comment-period', 'draft_issued', servedOn)

/** The family's 15 days for changes to a plan in force: the day of service is day 1. SEND Regs 2014 reg 22(2)(c). */
export const amendmentPeriod = (servedOn: string): CommentPeriod =>
  periodOf('amendment-comment-period', 'amendment_notice', servedOn)

function periodOf(rule: string, kind: FactKind, servedOn: string): CommentPeriod {
  const first = date(servedOn)
  const last = lastDayOf(rule, { kind, on: first }, first)
  return { first, last, earliestFinal: addDays(last, 1) }
}
