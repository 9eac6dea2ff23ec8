import type { Deadline, Fact, FactKind, PlainDate } from '../../../law/index.ts'
import type { LineEvent, TwentyWeekLineProps } from '../../../ui/charts/index.ts'

/** The steps the picture shows, in as few words as fit beside it on a phone. The rest are in the list of what happened. */
const SHORT: Partial<Record<FactKind, string>> = {
  request_received: 'We got the request',
  needs_brought_to_attention: 'We were told of the needs',
  refused_to_assess: 'We said no',
  decided_to_assess: 'We said yes',
  decided_not_to_issue: 'No plan',
  decided_to_issue: 'There will be a plan',
  draft_issued: 'Draft sent to you',
  representations_received: 'You answered the draft',
  final_issued: 'Final plan sent',
  request_withdrawn: 'Request taken back',
  assessment_closed: 'Closed',
  assessment_reopened: 'Opened again',
}

const MARKS = [
  { week: 6, rule: 'decision-to-assess', label: 'us to say if there will be an assessment' },
  { week: 16, rule: 'decision-not-to-issue', label: 'us to say if there will be no plan' },
  { week: 20, rule: 'final-plan', label: 'the final plan' },
] as const
/** Final plans that an appeal led to: their own date stands in place of week 20, which ended when the council refused. */
const AFTER_APPEAL = ['order-assess-final-plan', 'unopposed-assess-final-plan', 'order-make-plan-final']

/** The 20-week line in a family's words: the dates are the law's own, as staff see them. */
export function lineOf(
  id: string,
  own: readonly Fact[],
  deadlines: readonly Deadline[],
  today: PlainDate,
): TwentyWeekLineProps | null {
  const past = own.filter((fact) => fact.on <= today)
  const starts = past
    .filter((fact) => fact.kind === 'request_received' || fact.kind === 'needs_brought_to_attention')
    .map((fact) => fact.on)
  if (starts.length === 0) return null
  const startedOn = starts.reduce((first, on) => (on < first ? on : first))
  const afterAppeal = deadlines.find(
    ({ rule, dueOn }) => AFTER_APPEAL.includes(rule) && dueOn !== null,
  )?.dueOn
  const marks = MARKS.flatMap(({ week, rule, label }) => {
    if (rule === 'final-plan' && afterAppeal)
      return [
        {
          week: Math.ceil((afterAppeal - startedOn) / 7),
          label: 'the final plan, after your appeal',
          dueOn: afterAppeal,
        },
      ]
    const due = deadlines.find(
      (deadline) => deadline.rule === rule && deadline.startedOn !== null && deadline.dueOn !== null,
    )?.dueOn
    return due === null || due === undefined ? [] : [{ week, label, dueOn: due }]
  })
  if (marks.length === 0) return null
  const happened: LineEvent[] = past.flatMap((fact) => {
    const label = SHORT[fact.kind]
    return label === undefined ? [] : [{ on: fact.on, label }]
  })
  const last = (kinds: readonly FactKind[]): PlainDate | undefined =>
    past
      .filter((fact) => kinds.includes(fact.kind))
      .map((fact) => fact.on)
      .toSorted((a, b) => b - a)[0]
  const finishedOn = last(['final_issued'])
  const closed = last(['refused_to_assess', 'decided_not_to_issue', 'request_withdrawn', 'assessment_closed'])
  const openedAgain = last(['assessment_reopened', 'decided_to_assess', 'decided_to_issue'])
  const closedOn =
    closed !== undefined && (openedAgain === undefined || openedAgain <= closed) ? closed : undefined
  return {
    id: `line-${id}`,
    startedOn,
    today,
    marks,
    happened,
    ...(finishedOn ? { finishedOn } : closedOn ? { closedOn } : {}),
  }
}
