import {
  type Deadline,
  date,
  explain,
  type Fact,
  iso,
  type PlainDate,
  shortDate,
} from '../../../law/index.ts'
import { deadlinesOfProcess, isCouncilWork } from '../../../record/process-summary.ts'
import {
  type AssessmentStage,
  assessmentStage,
  isOver,
  isPlanOver,
  type PlanState,
  planState,
} from '../../../record/stage.ts'
import type { TwentyWeekLineProps } from '../../../ui/charts/index.ts'
import { lineOf } from './line.ts'
import { daysLateInWords, isAskedOfFamily, type OpenDates, whatIsOpen } from './open-dates.ts'
import type { AdviceAsked, Answers, Readable, Tracked } from './queries.ts'
import { GROUND_WORDS, HEAD_WORDS, happened, PLAN_WORDS, STAGE_WORDS, toThemself } from './words.ts'

/** One person or body whose turn it is, to do what, and since when. */
export interface Move {
  readonly who: string
  readonly what: string
  readonly since: string | null
  readonly byYou: boolean
}

/** Something we need from the family. */
export interface Need {
  readonly text: string
  readonly by: string | null
  /** The page where they do it. */
  readonly href: string | null
  readonly link: string
}

export interface Late {
  readonly text: string
  readonly why: readonly string[]
}

export interface AdviceView {
  readonly who: string
  readonly work: string
  readonly asked: string
  readonly due: string | null
  readonly state: 'came' | 'waiting' | 'late' | 'nothing'
  readonly stands: string
  readonly files: readonly Readable[]
}

export interface Contact {
  readonly name: string
  readonly job: string
}

export interface ProcessView {
  readonly id: string
  readonly reference: string
  readonly title: string
  /** A plan that must be followed now: it can be read, and its help asked after. */
  readonly isInForce: boolean
  readonly where: string
  readonly week: string | null
  readonly moves: readonly Move[]
  readonly next: readonly string[]
  readonly late: readonly Late[]
  /** Done, but after its day. */
  readonly wasLate: readonly string[]
  readonly needs: readonly Need[]
  readonly coordinator: Contact | null
  readonly deputy: (Contact & { readonly until: string | null }) | null
  readonly line: TwentyWeekLineProps | null
  readonly happened: readonly { readonly on: string; readonly text: string }[]
  readonly advice: readonly AdviceView[]
  readonly dates: readonly Deadline[]
  readonly isOver: boolean
}

export interface TrackerView {
  readonly child: Tracked['child']
  readonly isOwn: boolean
  readonly today: string
  readonly processes: readonly ProcessView[]
  readonly files: readonly Readable[]
  /** What they wrote that waits for us: when it was sent, and by when we promised to answer. */
  readonly waiting: readonly { readonly text: string; readonly isLate: boolean }[]
  readonly promiseDays: number
  readonly office: Tracked['office']
}

/** The whole page of one child, worked out from the facts that stand on a day. */
export function trackerView(tracked: Tracked, today: string): TrackerView {
  const processes = tracked.processes.map((process) => processView(tracked, process, today))
  const used = new Set(
    processes.flatMap((one) => one.advice.flatMap((each) => each.files.map(({ id }) => id))),
  )
  return {
    child: tracked.child,
    isOwn: tracked.isOwn,
    today,
    // What is under way first; what is over stays below it.
    processes: processes.toSorted((a, b) => Number(a.isOver) - Number(b.isOver)),
    files: tracked.files.filter(({ id }) => !used.has(id)),
    waiting: tracked.waiting.map(({ since, reply_by }) => {
      const [wrote, by] = [shortDate(date(since)), shortDate(date(reply_by))]
      return reply_by < today
        ? {
            text: `You wrote to us on ${wrote}. We said we would answer by ${by}. We have not, and we are sorry.`,
            isLate: true,
          }
        : { text: `You wrote to us on ${wrote}. We will answer by ${by}.`, isLate: false }
    }),
    promiseDays: tracked.promiseDays,
    office: tracked.office,
  }
}

function processView(tracked: Tracked, process: Tracked['processes'][number], todayIso: string): ProcessView {
  const today = date(todayIso)
  const say = (text: string): string => (tracked.isOwn ? toThemself(text) : text)
  const own = tracked.facts.filter((fact) => fact.process === process.id)
  const deadlines = deadlinesOfProcess(process.kind, process.id, tracked.facts, today, tracked.settings)
  const isAssessment = process.kind === 'assessment'
  const { stage, since } = isAssessment
    ? stageSince(own, today)
    : { stage: planState(own, today), since: null }
  const over = isAssessment ? isOver(stage as AssessmentStage) : isPlanOver(stage as PlanState)
  const coordinator = process.answers.find(({ part }) => part === 'coordinator')
  const deputy =
    process.answers.find(({ part }) => part === 'stand-in') ??
    process.answers.find(({ part }) => part === 'locality-head')
  const advice = tracked.advice.filter((one) => one.process_id === process.id)
  const open = whatIsOpen(deadlines, today)
  const council = coordinator ? `${coordinator.name}, for the council` : 'The council'
  const line = isAssessment ? lineOf(process.reference, own, deadlines, today) : null
  const late = open.duties
    .filter((deadline) => deadline.dueOn! < today)
    .map((deadline) => lateOf(deadline, deadlines, advice, today, coordinator, say))
  return {
    id: process.id,
    reference: process.reference,
    title: isAssessment ? 'Assessment for a plan' : 'Plan',
    isInForce: !isAssessment && !over,
    where: say(isAssessment ? STAGE_WORDS[stage as AssessmentStage] : PLAN_WORDS[stage as PlanState]),
    week: over || !line ? null : weekOf(line, today),
    moves: isAssessment
      ? movesOf(stage as AssessmentStage, since, { own, deadlines, advice, council, today, tracked }).map(
          (move) => ({ ...move, what: say(move.what) }),
        )
      : planMoves(stage as PlanState, council),
    next: over || !open.next ? [] : [say(explain(open.next, 'family')[0] ?? open.next.title)],
    late,
    wasLate: deadlines
      .filter(
        (deadline) =>
          (deadline.status === 'missed' || deadline.status === 'met_late_limit_lifted') &&
          deadline.display === 'statutory' &&
          deadline.daysLate !== null &&
          isCouncilWork(deadline.rule) &&
          !isAskedOfFamily(deadline),
      )
      .map((deadline) => say(explain(deadline, 'family')[0]!)),
    needs: over
      ? open.yours.map((right) => ({ text: say(right.text), by: null, href: null, link: '' }))
      : needsOf(
          tracked.child.id,
          open.asked.filter((deadline) => !advice.some((one) => isFor(deadline, one) && one.received_on)),
          open.yours,
          today,
          say,
        ),
    coordinator: coordinator ? contact(coordinator) : null,
    deputy: deputy
      ? {
          ...contact(deputy),
          until: deputy.part === 'stand-in' && deputy.until_on ? lastDay(deputy.until_on) : null,
        }
      : null,
    line,
    happened: own
      .filter((fact) => fact.on <= today)
      .toSorted((a, b) => b.on - a.on)
      .flatMap((fact) => {
        const text = happened(fact, tracked.names)
        return text === null ? [] : [{ on: iso(fact.on), text: say(text) }]
      }),
    advice: advice.map((one) => adviceView(one, deadlines, today, tracked.files)),
    dates: open.dates,
    isOver: over,
  }
}

const contact = ({ name, job_title }: Answers): Contact => ({ name, job: job_title })
const lastDay = (exclusive: string): string => iso((date(exclusive) - 1) as PlainDate)

/** "Week 9 of 20", or how far past the 20 weeks it is. */
function weekOf(line: TwentyWeekLineProps, today: PlainDate): string {
  const start = typeof line.startedOn === 'string' ? date(line.startedOn) : line.startedOn
  const week = Math.max(1, Math.ceil((today - start) / 7))
  return week <= 20 ? `Week ${week} of 20` : `Week ${week}. It should take 20 weeks at most`
}

/** Where it is, and the first day it has been there without a break. */
function stageSince(
  own: readonly Fact[],
  today: PlainDate,
): { stage: AssessmentStage; since: PlainDate | null } {
  const stage = assessmentStage(own, today)
  const days = [...new Set(own.filter((fact) => fact.on <= today).map((fact) => fact.on))].toSorted(
    (a, b) => b - a,
  )
  let since: PlainDate | null = null
  for (const day of days) {
    if (assessmentStage(own, day) !== stage) break
    since = day
  }
  return { stage, since }
}

interface About {
  readonly own: readonly Fact[]
  readonly deadlines: readonly Deadline[]
  readonly advice: readonly AdviceAsked[]
  readonly council: string
  readonly today: PlainDate
  readonly tracked: Tracked
}

const isoOf = (day: PlainDate | null): string | null => (day === null ? null : iso(day))

/** Whose move it is. Everybody who was asked and has not answered is named, with the day they were asked. */
function movesOf(stage: AssessmentStage, since: PlainDate | null, about: About): Move[] {
  const { council, today } = about
  const ours = (what: string, from = since): Move => ({
    who: council,
    what,
    since: isoOf(from),
    byYou: false,
  })
  const yours = (what: string, from = since): Move => ({ who: 'You', what, since: isoOf(from), byYou: true })
  const schools = schoolsToAnswer(about)
  switch (stage) {
    case 'deciding-whether-to-assess':
      return [ours('to decide if there will be an assessment'), ...askedOf(about)]
    case 'gathering-advice': {
      const asked = askedOf(about)
      return asked.length === 0 ? [ours('to ask people for their advice')] : asked
    }
    case 'deciding-whether-to-issue':
      return [ours('to decide if there will be a plan'), ...askedOf(about)]
    case 'drafting':
      return [ours('to write the draft plan'), ...askedOf(about), ...schools]
    case 'with-family': {
      const window = about.deadlines.findLast((deadline) => deadline.rule === 'draft-plan-comment-period')
      return window?.dueOn && window.dueOn < today
        ? [ours('to finish the plan', (window.dueOn + 1) as PlainDate), ...schools]
        : [yours('to say what you think of the draft', window?.startedOn ?? since), ...schools]
    }
    case 'finalising':
      return [ours('to finish the plan'), ...schools]
    case 'not-assessed':
    case 'no-plan':
      return [yours('if you want to challenge the decision')]
    default:
      return []
  }
}

const askedOf = ({ advice }: About): Move[] =>
  advice
    .filter((one) => one.received_on === null)
    .map((one) =>
      one.head === 'parent'
        ? { who: 'You', what: 'to send us your views', since: one.asked_on, byYou: true }
        : {
            who: one.adviser,
            what: 'to send us their advice',
            since: one.asked_on,
            byYou: false,
          },
    )

function schoolsToAnswer({ own, tracked, today }: About): Move[] {
  const answered = new Map<string, PlainDate>()
  for (const fact of own)
    if (fact.kind === 'setting_replied' && fact.setting && fact.on <= today)
      answered.set(fact.setting, fact.on)
  return own
    .filter(
      (fact) =>
        fact.kind === 'setting_consulted' &&
        fact.setting &&
        fact.on <= today &&
        (answered.get(fact.setting) ?? -1) < fact.on,
    )
    .map((fact) => ({
      who: tracked.names.get(fact.setting!) ?? 'A school or college',
      what: 'to say if they can take your child',
      since: iso(fact.on),
      byYou: false,
    }))
}

function planMoves(state: PlanState, council: string): Move[] {
  const ours = (what: string): Move[] => [{ who: council, what, since: null, byYou: false }]
  switch (state) {
    case 'in-force':
      return ours('to make sure the help in the plan is given')
    case 'being-reviewed':
      return ours('to decide if the plan stays, changes or ends')
    case 'being-amended':
      return ours('to change the plan')
    case 'being-reassessed':
      return ours('to do the new assessment')
    case 'being-ceased':
      return ours('to decide if the plan ends')
    case 'being-handed-over':
      return ours('to pass the plan to your new council')
    default:
      return []
  }
}

function needsOf(
  childId: string,
  asked: readonly Deadline[],
  rights: OpenDates['yours'],
  today: PlainDate,
  say: (text: string) => string,
): Need[] {
  return [
    ...asked.map((deadline) => ({
      text:
        deadline.dueOn! < today
          ? `We asked for your views on ${shortDate(deadline.startedOn!)}. You can still send them.`
          : `We asked for your views on ${shortDate(deadline.startedOn!)}. Please send them if you can.`,
      by: deadline.dueOn! < today ? null : iso(deadline.dueOn!),
      href: `/family/children/${childId}/views`,
      link: 'Send your views',
    })),
    ...rights.map((right) => ({
      text: say(right.text),
      by: null,
      href: right.rule === 'draft-plan-comment-period' ? `/family/children/${childId}/draft` : null,
      link: 'Say what you think of the draft',
    })),
  ]
}

/** What is late, and every reason the record holds for it. Where it holds none, that is said. */
function lateOf(
  deadline: Deadline,
  deadlines: readonly Deadline[],
  advice: readonly AdviceAsked[],
  today: PlainDate,
  coordinator: Answers | undefined,
  say: (text: string) => string,
): Late {
  const why: string[] = []
  if (deadline.lifted) {
    const ground = GROUND_WORDS[deadline.lifted.exception]
    why.push(
      `We wrote down a reason that the law allows${ground ? `: ${ground}` : ''}. The date has not moved. We must still act as soon as we can.`,
    )
  }
  if (deadline.rule !== 'decision-to-assess' && deadline.rule !== 'advice-response')
    for (const one of advice.filter((each) => each.received_on === null && each.head !== 'parent')) {
      const due = dueOfAdvice(one, deadlines)
      why.push(
        `We are still waiting for ${one.adviser}${due === null ? '' : `. Their advice ${due < today ? 'was' : 'is'} due on ${shortDate(due)}`}.`,
      )
    }
  if (deadline.rule === 'advice-response') {
    const asked = advice.find((one) => isFor(deadline, one))
    if (asked?.last_chased_on) why.push(`We asked again on ${shortDate(date(asked.last_chased_on))}.`)
    else why.push('We have not asked them again yet. We should do that now.')
  }
  if (why.length === 0)
    why.push(
      `We have not written down why. You can ask ${coordinator?.name ?? 'us'}, and you should get an answer.`,
    )
  const about =
    deadline.rule === 'advice-response' && deadline.startFact?.adviser
      ? `${deadline.startFact.adviser} had to send advice by ${shortDate(deadline.dueOn!)}. It is ${daysLateInWords(deadline, today)} late.`
      : (explain(deadline, 'family')[0] ?? '').replace(/^This is late\. /, '')
  return { text: say(about), why }
}

const isFor = (deadline: Deadline, one: AdviceAsked): boolean =>
  deadline.rule === 'advice-response' &&
  deadline.startFact?.head === one.head &&
  (deadline.startFact?.adviser === undefined || deadline.startFact.adviser === one.adviser)

const dueOfAdvice = (one: AdviceAsked, deadlines: readonly Deadline[]): PlainDate | null =>
  deadlines.find((deadline) => isFor(deadline, one) && deadline.dueOn !== null)?.dueOn ?? null

function adviceView(
  one: AdviceAsked,
  deadlines: readonly Deadline[],
  today: PlainDate,
  files: readonly Readable[],
): AdviceView {
  const due = dueOfAdvice(one, deadlines)
  const mine = files.filter((file) => file.aboutId === one.id)
  const isYours = one.head === 'parent'
  const came = one.received_on === null ? null : shortDate(date(one.received_on))
  const state =
    came !== null
      ? one.nothing_to_report
        ? 'nothing'
        : 'came'
      : due !== null && due < today && !isYours
        ? 'late'
        : 'waiting'
  return {
    who: isYours ? 'You' : one.adviser,
    work: HEAD_WORDS[one.head as keyof typeof HEAD_WORDS] ?? 'advice',
    asked: shortDate(date(one.asked_on)),
    due: due === null ? null : shortDate(due),
    state,
    stands:
      came !== null
        ? one.nothing_to_report
          ? `They told us on ${came} that they have nothing to say.`
          : isYours
            ? `We got them on ${came}.`
            : `It came on ${came}.${mine.length === 0 ? ' We check it before you can read it here. You can ask us for it now.' : ''}`
        : isYours
          ? 'We have not had them yet.'
          : state === 'late'
            ? `It has not come. It is ${daysOf(today - due!)} late.`
            : 'It has not come yet. It is not late.',
    files: mine,
  }
}

const daysOf = (count: number): string => (count === 1 ? '1 day' : `${count} days`)
