import { type Deadline, date, type LawSettings, type PlainDate, shortDate } from '../../../law/index.ts'
import { type AssessmentStage, isOver, PLAN_STATE_LABELS, STAGE_LABELS } from '../../../record/stage.ts'
import { howLong, type ShownDeadline } from '../../../ui/parts/index.ts'
import { ageOn, relationshipWords, schoolYearOn } from '../../children/the-child/index.ts'
import { nextThing, whoActs } from '../../worklist/index.ts'
import { type Actions, actionsFor } from './actions.ts'
import { type Judged, judge, type Numbered, openDeadlines, stageSince } from './judge.ts'
import type { CaseRecord } from './queries.ts'

export type Tab = 'overview' | 'dates' | 'advice' | 'timeline' | 'letters' | 'people'
export const TABS = {
  overview: 'Overview',
  dates: 'Dates',
  advice: 'Advice',
  timeline: 'Timeline',
  letters: 'Letters',
  people: 'People',
} as const satisfies Record<Tab, string>

/** Who the child is, at the head of every page of the case. */
export interface HeadView {
  readonly id: string
  readonly reference: string
  readonly name: string
  readonly knownAs: string | null
  readonly dateOfBirth: string
  readonly age: number
  readonly year: string | undefined
  readonly setting: string | undefined
  readonly coordinator: string | undefined
  /** Who stands in for the coordinator today, and until when. */
  readonly deputy?: string | undefined
  readonly language: string | null
  readonly alerts: readonly string[]
  readonly stage: string
  readonly over: boolean
  readonly late: boolean
  readonly exception: boolean
  readonly asAt: string | null
  readonly query: string
}

export interface NextView {
  readonly title: string
  readonly deadline: ShownDeadline
  readonly who: string
  readonly whyHref: string
}

export interface OverviewView {
  readonly stage: string
  readonly move: string
  readonly since: PlainDate | null
  readonly late: boolean
  readonly next: NextView | null
  readonly lateLines: readonly string[]
  readonly promises: readonly string[]
  readonly actions: Actions
}

const MOVES: Readonly<Record<AssessmentStage, string>> = {
  'deciding-whether-to-assess': 'The council’s move',
  'gathering-advice': 'The advisers’ move',
  'deciding-whether-to-issue': 'The council’s move',
  drafting: 'The council’s move',
  'with-family': 'The family’s move',
  finalising: 'The council’s move',
  'plan-issued': 'Done: the plan has its own page',
  'not-assessed': 'The family’s move, if they want to challenge it',
  'no-plan': 'The family’s move, if they want to challenge it',
  withdrawn: 'Nobody’s move',
  closed: 'Nobody’s move',
}

const PLAN_STAGES: Readonly<Record<string, string>> = PLAN_STATE_LABELS

export interface Prepared {
  readonly record: CaseRecord
  readonly judged: Judged
  readonly today: string
  readonly asAt: string | null
  readonly mayAct: boolean
}

/** The case as known by the end of a past day, when one is asked for. */
export function prepare(
  record: CaseRecord,
  settings: LawSettings,
  today: string,
  asAt: string | null,
  mayAct: boolean,
): Prepared {
  return {
    record,
    judged: judge(record, asAt ?? today, settings),
    today,
    asAt,
    mayAct: mayAct && asAt === null,
  }
}

export const whyHref = (id: string, one: Numbered, query = ''): string =>
  `/staff/cases/${id}/why/${one.deadline.rule}/${one.occurrence}${query}`

export function headView({ record, judged, today, asAt }: Prepared): HeadView {
  const { child, process, contacts } = record.file
  const onDay = asAt ?? today
  const restricted = contacts.filter((contact) => contact.restricted)
  const stage = record.kind === 'assessment' ? stageSince(judged.own, judged.asAt).stage : null
  const over = stage === null ? process.closedOn !== null : isOver(stage)
  return {
    id: process.id,
    reference: process.reference,
    name: child.name,
    knownAs: record.knownAs && record.knownAs !== child.givenName ? record.knownAs : null,
    dateOfBirth: child.dateOfBirth,
    age: ageOn(child.dateOfBirth, onDay),
    year: schoolYearOn(child.dateOfBirth, onDay),
    setting: child.setting?.name,
    coordinator: process.assignedTo?.name,
    language: child.interpreter
      ? `Needs an interpreter: ${child.interpreter}`
      : child.firstLanguage === 'English'
        ? null
        : `First language: ${child.firstLanguage}`,
    alerts: restricted.map(
      (contact) =>
        `${contact.name} (${relationshipWords(contact.relationship).toLowerCase()}) must not be contacted or sent anything: ${contact.restrictionNote}`,
    ),
    stage: stage === null ? (PLAN_STAGES[process.state] ?? process.state) : STAGE_LABELS[stage],
    over,
    late: openDeadlines(judged).some(({ deadline }) => deadline.status === 'overdue'),
    exception: judged.deadlines.some(({ deadline }) => deadline.lifted !== null),
    asAt,
    query: asAt ? `?asAt=${asAt}` : '',
  }
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

/** What is late, honestly: still open and past its day first, then what was done late. The family's and advisers' own are named as theirs. */
function lateLines(judged: Judged): string[] {
  const lines: { readonly text: string; readonly open: boolean }[] = []
  for (const { deadline } of judged.deadlines) {
    if (deadline.daysLate === null || deadline.display !== 'statutory' || deadline.startedOn === null)
      continue
    const about = deadline.about ? ` (${adviceAbout(deadline.about)})` : ''
    const name = deadline.rule === 'advice-response' ? 'Advice' : nextThing(deadline.rule)
    const lifted = deadline.lifted ? '; an exception lifted the limit' : ''
    if (deadline.status === 'overdue' || (deadline.status === 'running' && deadline.doneOn === null))
      lines.push({
        text: `${name}${about}: ${days(deadline.daysLate)} late and not done${lifted}`,
        open: true,
      })
    else if (deadline.status === 'missed' || deadline.status === 'met_late_limit_lifted')
      lines.push({ text: `${name}${about}: done ${days(deadline.daysLate)} late${lifted}`, open: false })
  }
  return lines.toSorted((a, b) => Number(b.open) - Number(a.open)).map((line) => line.text)
}

export const adviceAbout = (about: string): string => about.replace(/^[a-z-]+: /, '')

/** What has been arranged or promised for a day still to come, or promised and not yet kept. */
function promises({ judged, record }: Prepared): string[] {
  const replaced = new Set(judged.history.flatMap((row) => row.supersedes ?? []))
  const lines: { readonly on: string; readonly text: string }[] = []
  for (const row of judged.history) {
    if (replaced.has(row.id) || row.process_id !== record.file.process.id) continue
    const payload = row.payload as Readonly<Record<string, unknown>>
    if (row.kind === 'note_added' && typeof payload['promise'] === 'string') {
      const by = typeof payload['promisedBy'] === 'string' ? payload['promisedBy'] : null
      lines.push({
        on: by ?? row.happened_on,
        text: by ? `${payload['promise']}, by ${shortDate(date(by))}` : payload['promise'],
      })
    } else if (row.kind === 'panel_date_set' && date(row.happened_on) >= judged.asAt)
      lines.push({ on: row.happened_on, text: `Panel on ${shortDate(date(row.happened_on))}` })
    else if (row.kind === 'draft_meeting_held' && date(row.happened_on) >= judged.asAt)
      lines.push({
        on: row.happened_on,
        text: `Meeting about the draft on ${shortDate(date(row.happened_on))}`,
      })
  }
  return lines.toSorted((a, b) => (a.on < b.on ? -1 : 1)).map((line) => line.text)
}

export function overviewView(prepared: Prepared): OverviewView {
  const { record, judged } = prepared
  const id = record.file.process.id
  const { stage, since } = stageSince(judged.own, judged.asAt)
  const open = openDeadlines(judged)
  const statutory = open.filter(({ deadline }) => deadline.display === 'statutory')
  const next = isOver(stage) ? undefined : (statutory[0] ?? open[0])
  const toCome = record.advice.filter((one) => one.received_on === null).length
  const move =
    stage === 'gathering-advice'
      ? record.advice.length === 0
        ? 'The council’s move: nobody has been asked for advice yet'
        : `The advisers’ move: ${toCome} of ${record.advice.length} still to answer`
      : MOVES[stage]
  const late = lateLines(judged)
  return {
    stage: STAGE_LABELS[stage],
    move,
    since,
    late: open.some(({ deadline }) => deadline.status === 'overdue'),
    next: next
      ? {
          title: next.deadline.about
            ? `${nextThing(next.deadline.rule)} (${adviceAbout(next.deadline.about)})`
            : nextThing(next.deadline.rule),
          deadline: next.deadline,
          who: whoActs(next.deadline.actor),
          whyHref: whyHref(id, next, prepared.asAt ? `?asAt=${prepared.asAt}` : ''),
        }
      : null,
    lateLines: late,
    promises: promises(prepared),
    actions: actionsFor(id, stage, record.advice, record.claims, prepared.mayAct),
  }
}

export interface DateRow {
  readonly title: string
  readonly kind: string
  readonly status: Deadline['status']
  readonly due: string
  readonly howLong: string
  readonly who: string
  readonly done: string
  readonly whyHref: string
}

const KINDS: Readonly<Record<Deadline['display'], string>> = {
  statutory: 'Law',
  practice: 'Guidance',
  derived: 'Worked out from the law',
  local: 'Local target',
}

/** Every deadline: what is open first, by its day; then what is done; then what has not started or no longer applies. */
export function dateRows({
  judged,
  record,
  asAt,
}: Prepared): readonly { readonly heading: string; readonly rows: readonly DateRow[] }[] {
  const row = (one: Numbered): DateRow => ({
    title: one.deadline.about
      ? `${one.deadline.title}: ${record.settings.get(one.deadline.about) ?? adviceAbout(one.deadline.about)}`
      : one.deadline.title,
    kind: KINDS[one.deadline.display],
    status: one.deadline.status,
    due: one.deadline.dueOn === null ? 'No fixed date' : shortDate(one.deadline.dueOn),
    howLong: howLong(one.deadline),
    who: whoActs(one.deadline.actor),
    done: one.deadline.doneOn === null ? '' : shortDate(one.deadline.doneOn),
    whyHref: whyHref(record.file.process.id, one, asAt ? `?asAt=${asAt}` : ''),
  })
  const byDay = (a: Numbered, b: Numbered) =>
    (a.deadline.dueOn ?? Number.MAX_SAFE_INTEGER) - (b.deadline.dueOn ?? Number.MAX_SAFE_INTEGER)
  const groups: Record<'open' | 'done' | 'rest', Numbered[]> = { open: [], done: [], rest: [] }
  for (const one of judged.deadlines) {
    const { status } = one.deadline
    groups[
      status === 'running' || status === 'due_soon' || status === 'overdue'
        ? 'open'
        : status === 'not_started' || status === 'lapsed'
          ? 'rest'
          : 'done'
    ].push(one)
  }
  return [
    { heading: 'To do', rows: groups.open.toSorted(byDay).map(row) },
    { heading: 'Done', rows: groups.done.toSorted(byDay).map(row) },
    { heading: 'Not started, or no longer needed', rows: groups.rest.toSorted(byDay).map(row) },
  ].filter((group) => group.rows.length > 0)
}
