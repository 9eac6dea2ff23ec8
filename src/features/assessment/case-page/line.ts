import { FACT_SPECIFICATIONS, type Fact, type FactKind, findRule } from '../../../law/index.ts'
import type { LiftedPeriod, LineEvent, LineMark, TwentyWeekLineProps } from '../../../ui/charts/index.ts'
import type { Judged } from './judge.ts'

/** The steps of the 20 weeks that the picture shows; the rest are in the timeline. */
const SHOWN: ReadonlySet<FactKind> = new Set([
  'request_received',
  'needs_brought_to_attention',
  'refused_to_assess',
  'decided_to_assess',
  'decided_not_to_issue',
  'decided_to_issue',
  'draft_issued',
  'representations_received',
  'final_issued',
  'request_withdrawn',
  'assessment_closed',
  'assessment_reopened',
])
const MARKS = [
  { week: 6, rule: 'decision-to-assess', label: 'the decision whether to assess' },
  { week: 16, rule: 'decision-not-to-issue', label: 'saying that no plan will be made' },
  { week: 20, rule: 'final-plan', label: 'the final plan' },
] as const
/** Final plans that an appeal led to: their own date stands in place of week 20, which ended when the council refused. */
const AFTER_APPEAL = ['order-assess-final-plan', 'unopposed-assess-final-plan', 'order-make-plan-final']

/** The 20-week line of an assessment, or null before its clock has started. */
export function twentyWeekLine(judged: Judged): TwentyWeekLineProps | null {
  const started = judged.own
    .filter((fact) => fact.kind === 'request_received' || fact.kind === 'needs_brought_to_attention')
    .map((fact) => fact.on)
  if (started.length === 0) return null
  const startedOn = started.reduce((first, on) => (on < first ? on : first))
  const all = judged.deadlines.map(({ deadline }) => deadline)
  const afterAppeal = all.find(({ rule, dueOn }) => AFTER_APPEAL.includes(rule) && dueOn !== null)?.dueOn
  const marks: LineMark[] = MARKS.flatMap(({ week, rule, label }) => {
    if (rule === 'final-plan' && afterAppeal)
      return [
        {
          week: Math.ceil((afterAppeal - startedOn) / 7),
          label: 'the final plan the appeal led to',
          dueOn: afterAppeal,
        },
      ]
    const due = all.find((one) => one.rule === rule && one.startedOn !== null && one.dueOn !== null)?.dueOn
    return due === null || due === undefined ? [] : [{ week, label, dueOn: due }]
  })
  if (marks.length === 0) return null
  const past = judged.own.filter((fact) => fact.on <= judged.asAt)
  const happened: LineEvent[] = [
    ...past
      .filter((fact) => SHOWN.has(fact.kind))
      .map((fact) => ({ on: fact.on, label: FACT_SPECIFICATIONS[fact.kind].label })),
    ...adviceEvents(past),
  ]
  const last = (kinds: readonly FactKind[]) =>
    past
      .filter((fact) => kinds.includes(fact.kind))
      .map((fact) => fact.on)
      .toSorted((a, b) => b - a)[0]
  const reopened = last(['assessment_reopened'])
  const finishedOn = last(['final_issued'])
  const closed = last(['refused_to_assess', 'decided_not_to_issue', 'request_withdrawn', 'assessment_closed'])
  const undone = last(['decided_to_assess', 'decided_to_issue'])
  const closedOn =
    closed !== undefined &&
    (reopened === undefined || reopened < closed) &&
    (undone === undefined || undone <= closed)
      ? closed
      : undefined
  return {
    id: 'line',
    startedOn,
    today: judged.asAt,
    marks,
    happened,
    lifted: liftedPeriods(judged),
    ...(finishedOn ? { finishedOn } : closedOn ? { closedOn } : {}),
  }
}

/** Asking and answering, one dot a day. */
function adviceEvents(past: readonly Fact[]): LineEvent[] {
  const byDay = new Map<number, { readonly on: Fact['on']; asked: number; answered: number }>()
  for (const fact of past) {
    if (fact.kind !== 'advice_requested' && fact.kind !== 'advice_received') continue
    const day = byDay.get(fact.on) ?? { on: fact.on, asked: 0, answered: 0 }
    if (fact.kind === 'advice_requested') day.asked++
    else day.answered++
    byDay.set(fact.on, day)
  }
  const people = (count: number) => (count === 1 ? '1 adviser' : `${count} advisers`)
  return [...byDay.values()].map(({ on, asked, answered }) => ({
    on,
    label: [asked > 0 ? `${people(asked)} asked` : '', answered > 0 ? `${people(answered)} answered` : '']
      .filter(Boolean)
      .join(', '),
  }))
}

function liftedPeriods(judged: Judged): LiftedPeriod[] {
  const seen = new Set<string>()
  return judged.deadlines.flatMap(({ deadline }): LiftedPeriod[] => {
    const lifted = deadline.lifted
    if (!lifted || !MARKS.some((mark) => mark.rule === deadline.rule) || seen.has(lifted.exception)) return []
    seen.add(lifted.exception)
    const summary = findRule(deadline.rule)
      ?.versions.flatMap((version) => version.exceptions)
      .find((one) => one.id === lifted.exception)
    const { fact } = lifted
    const from = fact.closedFrom ?? fact.absentFrom ?? fact.circumstancesFrom ?? fact.on
    const to = fact.reopens ?? fact.absentTo ?? fact.circumstancesTo
    return [
      {
        from,
        ...(to ? { to } : {}),
        label: `${lifted.exception.replaceAll('-', ' ')} (${summary?.citation ?? lifted.citation})`,
      },
    ]
  })
}
