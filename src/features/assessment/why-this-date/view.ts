import {
  type Deadline,
  date,
  explain,
  FACT_SPECIFICATIONS,
  findRule,
  longDate,
  type PlainDate,
  type ReadingRef,
  type Reason,
  shortDate,
  UNCERTAIN_READINGS,
} from '../../../law/index.ts'
import { deadlinesOfProcess } from '../../../record/process-summary.ts'
import { whoActs } from '../../worklist/index.ts'
import type { Judged, Numbered } from '../case-page/index.ts'

export interface Step {
  readonly heading: string
  readonly lines: readonly string[]
  readonly link?: { readonly text: string; readonly href: string }
}
export interface ReadingView {
  readonly ref: string
  readonly title: string
  readonly a: string
  readonly b: string
  readonly used: string
  readonly effect: string
}
export interface WhyView {
  readonly title: string
  readonly deadline: Deadline
  readonly who: string
  readonly kind: string
  readonly steps: readonly Step[]
  readonly readings: readonly ReadingView[]
  readonly whatIf: readonly string[]
  readonly family: readonly string[]
  readonly staff: readonly string[]
}

const KINDS = {
  statutory: 'The law sets this date.',
  practice: 'Guidance sets this date. It is good practice, not a legal limit.',
  derived: 'Worked out from legal dates. It is not a legal limit itself.',
  local: 'This authority’s own target. It is not a legal limit.',
} as const satisfies Record<Deadline['display'], string>

/** The deadline asked for: by its number, or without one the first still open, else the first. */
export function pick(
  deadlines: readonly Numbered[],
  rule: string,
  occurrence: number | null,
): Numbered | undefined {
  const ofRule = deadlines.filter((one) => one.deadline.rule === rule)
  if (occurrence !== null) return ofRule.find((one) => one.occurrence === occurrence)
  const open = ofRule.filter(
    ({ deadline }) => deadline.doneOn === null && deadline.startedOn !== null && deadline.status !== 'lapsed',
  )
  return open.toSorted((a, b) => (a.deadline.dueOn ?? 0) - (b.deadline.dueOn ?? 0))[0] ?? ofRule[0]
}

const of = <T extends Reason['type']>(deadline: Deadline, type: T): Extract<Reason, { type: T }>[] =>
  deadline.because.filter((reason): reason is Extract<Reason, { type: T }> => reason.type === type)

export interface WhyParts {
  readonly judged: Judged
  readonly one: Numbered
  readonly kind: 'assessment' | 'plan'
  readonly processId: string
  readonly today: PlainDate
}

export function whyView({ judged, one, kind, processId, today }: WhyParts): WhyView {
  const { deadline } = one
  return {
    title: deadline.about ? `${deadline.title}: ${deadline.about.replace(/^[a-z-]+: /, '')}` : deadline.title,
    deadline,
    who: whoActs(deadline.actor),
    kind: KINDS[deadline.display],
    steps: [
      startStep(deadline, judged, processId),
      ruleStep(deadline),
      countStep(deadline),
      exceptionStep(deadline),
      endStep(deadline),
    ].filter((step): step is Step => step !== null),
    readings: readings(deadline, one, judged, kind, processId),
    whatIf: whatIf(deadline, today),
    family: explain(deadline, 'family'),
    staff: explain(deadline, 'staff'),
  }
}

function startStep(deadline: Deadline, judged: Judged, processId: string): Step {
  const started = of(deadline, 'started')[0]
  const waiting = of(deadline, 'not-started')[0]
  if (!started)
    return {
      heading: 'What starts the clock',
      lines: [waiting ? `Not started. It starts when: ${waiting.waitingFor}.` : 'Nothing has started it.'],
    }
  const row = judged.history.find((line) => line.id === started.fact.id)
  const recorded =
    row && row.recorded_on !== row.happened_on
      ? ` It was recorded on ${shortDate(date(row.recorded_on))}; the law counts from the day it happened.`
      : ''
  return {
    heading: 'What started the clock',
    lines: [
      `${FACT_SPECIFICATIONS[started.fact.kind].label}${started.planned ? ', arranged for' : ','} ${longDate(started.on)}.${recorded}`,
    ],
    ...(row
      ? {
          link: {
            text: 'See it in the timeline',
            href: `/staff/cases/${processId}/timeline#event-${row.seq}`,
          },
        }
      : {}),
  }
}

function ruleStep(deadline: Deadline): Step {
  const version = of(deadline, 'version')[0]
  const rule = findRule(deadline.rule)
  const versions = rule?.versions.length ?? 1
  return {
    heading: 'The rule',
    lines: [
      deadline.title.endsWith('.') ? deadline.title : `${deadline.title}.`,
      version
        ? `${version.citation}, as in force from ${shortDate(version.from)}${version.to === null ? ' and still in force' : ` to ${shortDate(version.to)}`}${versions > 1 ? ` (one of ${versions} versions; the day it started picks the version)` : ''}.`
        : `${deadline.citation}.`,
      ...of(deadline, 'no-version').map((reason) => reason.words),
    ],
  }
}

function countStep(deadline: Deadline): Step | null {
  const lines = [
    ...of(deadline, 'arithmetic').map(
      (reason) =>
        `${reason.words.charAt(0).toUpperCase()}${reason.words.slice(1)}, counted from ${longDate(reason.from)}${reason.triggerDayCounts === false ? ' (that day is left out)' : reason.triggerDayCounts ? ' (that day counts)' : ''}. The last day is ${longDate(reason.due)}.`,
    ),
    ...of(deadline, 'no-number').map((reason) => reason.words),
    ...of(deadline, 'cannot-count').map((reason) => reason.words),
    ...of(deadline, 'days-excluded').map(
      (reason) =>
        `${reason.days.length === 1 ? '1 day is' : `${reason.days.length} days are`} left out (${reason.words}): ${reason.days.slice(0, 12).map(shortDate).join(', ')}${reason.days.length > 12 ? ` and ${reason.days.length - 12} more` : ''}.`,
    ),
    ...(deadline.actBy
      ? [
          `The office is shut on the last day, so act by ${longDate(deadline.actBy)}. The legal date does not move.`,
        ]
      : []),
    ...(deadline.commonlyQuoted
      ? [
          `Often quoted as ${shortDate(deadline.commonlyQuoted)}: the law says “before”, so the last day is earlier.`,
        ]
      : []),
  ]
  return lines.length === 0 ? null : { heading: 'The arithmetic', lines }
}

function exceptionStep(deadline: Deadline): Step {
  const claimed = of(deadline, 'exception').map((reason) => {
    const name = `${reason.exception.replaceAll('-', ' ')} (${reason.citation}), claimed on ${shortDate(reason.fact.on)}`
    return reason.lifts
      ? `${name}: it lifts the limit. The date stays the same, and it must still be done as soon as practicable.`
      : `${name}: it does not lift the limit, because ${reason.missing.join('; ')}.`
  })
  const listed =
    findRule(deadline.rule)?.versions.find(
      (version) => deadline.ruleVersion !== null && date(version.from) === deadline.ruleVersion,
    )?.exceptions.length ?? 0
  const available = of(deadline, 'exception-available').map(
    (reason) => `${reason.words} (${reason.citation}).`,
  )
  const lines =
    claimed.length > 0
      ? claimed
      : [
          listed === 0
            ? 'The law lists none for this limit.'
            : `None claimed. The law lists ${listed === 1 ? '1' : listed} for this limit.`,
        ]
  return { heading: 'Exceptions tested', lines: [...lines, ...available] }
}

function endStep(deadline: Deadline): Step | null {
  const lines = [
    ...of(deadline, 'done').map(
      (reason) =>
        `${reason.fact ? FACT_SPECIFICATIONS[reason.fact.kind].label : 'The period ran its course'}, ${longDate(reason.on)}${reason.daysLate > 0 ? `: ${reason.daysLate} days after the last day` : ''}.`,
    ),
    ...of(deadline, 'lapsed').map((reason) => `It no longer applies: ${reason.words}.`),
    ...of(deadline, 'displaced').map(
      (reason) =>
        `Another clock has taken its place since ${shortDate(reason.fact.on)}: ${reason.words} (${reason.citation}).`,
    ),
    ...of(deadline, 'warning').map((reason) => reason.words),
    ...of(deadline, 'note').map((reason) => reason.words),
  ]
  return lines.length === 0 ? null : { heading: 'How it ended, and what to know', lines }
}

/** Each uncertain point, both ways of reading it, and the date the other one would give. */
function readings(
  deadline: Deadline,
  one: Numbered,
  judged: Judged,
  kind: 'assessment' | 'plan',
  processId: string,
): ReadingView[] {
  const seen = new Set<string>()
  return of(deadline, 'reading').flatMap((reason): ReadingView[] => {
    if (seen.has(reason.ref) || !Object.hasOwn(UNCERTAIN_READINGS, reason.ref)) return []
    seen.add(reason.ref)
    const ref = reason.ref as ReadingRef
    const reading = UNCERTAIN_READINGS[ref]
    const other = reason.reading === 'A' ? 'B' : 'A'
    const mayChoose = (reading.choices as readonly string[]).includes(other)
    return [
      {
        ref,
        title: reading.title,
        a: reading.A,
        b: reading.B,
        used: reason.reading,
        effect: mayChoose
          ? otherDate(ref, other, one, judged, kind, processId)
          : 'The other reading would change no date here.',
      },
    ]
  })
}

function otherDate(
  ref: ReadingRef,
  other: 'A' | 'B',
  one: Numbered,
  judged: Judged,
  kind: 'assessment' | 'plan',
  processId: string,
): string {
  const computed = deadlinesOfProcess(kind, processId, judged.facts, judged.asAt, {
    ...judged.settings,
    readings: { ...judged.settings.readings, [ref]: other },
  }).filter((each) => each.rule === one.deadline.rule)[one.occurrence - 1]
  if (!computed) return `On reading ${other} this limit would not apply.`
  if (computed.dueOn === one.deadline.dueOn) return `On reading ${other} the date would be the same.`
  return computed.dueOn === null
    ? `On reading ${other} there would be no fixed date.`
    : `On reading ${other} the last day would be ${longDate(computed.dueOn)}.`
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

/** What follows if it is done today, at the last day, or later. */
function whatIf(deadline: Deadline, today: PlainDate): string[] {
  const { dueOn } = deadline
  if (dueOn === null || deadline.doneOn !== null || deadline.status === 'lapsed') return []
  if (deadline.startedOn === null) return ['The date may change: what starts the clock has not happened yet.']
  const lines = [
    dueOn >= today
      ? `Done today: in time, with ${days(dueOn - today)} to spare.`
      : `Done today: ${days(today - dueOn)} late. It is recorded as late and is still owed.`,
    ...(dueOn >= today ? [`Done on ${shortDate(dueOn)}: in time. Done the day after: 1 day late.`] : []),
  ]
  const available =
    findRule(deadline.rule)?.versions.find(
      (version) => deadline.ruleVersion !== null && date(version.from) === deadline.ruleVersion,
    )?.exceptions ?? []
  if (deadline.lifted === null && available.length > 0)
    lines.push(
      'If an exception is claimed and approved: the limit is lifted, the date does not move, and it must still be done as soon as practicable.',
    )
  return lines
}
