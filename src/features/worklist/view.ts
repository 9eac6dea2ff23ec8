import { date } from '../../law/index.ts'
import {
  KIND_LABELS,
  ORDER_LABELS,
  STATES,
  toQuery,
  WHOSE_LABELS,
  type WorklistFilters,
  yearInWords,
  yearOf,
} from './filters.ts'
import { nextThing, whoActs } from './next-things.ts'
import { type Counts, PAGE_SIZE, type Places, type SavedFilter, type WorklistRow } from './queries.ts'

/** One line of the list, ready to show. */
export interface ShownRow {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly about: string
  readonly stage: string
  readonly next: string
  readonly rule: string
  readonly due: string
  readonly howLong: string
  readonly late: boolean
  readonly who: string
  readonly coordinator: string
  readonly exception: boolean
  /** Said when the work still to do is longer than the days left. */
  readonly risk: string
}

export interface Chosen {
  readonly text: string
  readonly removeHref: string
}

export interface WorklistView {
  readonly filters: WorklistFilters
  readonly query: string
  readonly counts: Counts
  readonly rows: readonly ShownRow[]
  readonly chosen: readonly Chosen[]
  readonly places: Places
  readonly saved: readonly SavedFilter[]
  readonly pages: number
  readonly mayAssign: boolean
  readonly hasTeam: boolean
  readonly hasLocality: boolean
  readonly order: string
}

const inDays = (count: number): string =>
  count === 1 ? '1 day' : `${count < 1000 ? count : count.toLocaleString('en-GB')} days`

const SHORT_MONTHS = [
  'Jan',
  'Feb',
  'March',
  'April',
  'May',
  'June',
  'July',
  'Aug',
  'Sept',
  'Oct',
  'Nov',
  'Dec',
]

/** "21 Sept 2020": a day in a row, where space is short. */
export const dayInRow = (iso: string): string =>
  `${Number(iso.slice(8))} ${SHORT_MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`

/** "12 days left", "Due today", "3 days late". */
export const howLong = (daysLeft: number): string =>
  daysLeft < 0 ? `${inDays(-daysLeft)} late` : daysLeft === 0 ? 'Due today' : `${inDays(daysLeft)} left`

/** Names by id: of people, and of settings by URN. */
export interface Names {
  readonly people: ReadonlyMap<string, string>
  readonly settings: ReadonlyMap<string, string>
}

/** One row, judged on a day. */
export function shownRow(row: WorklistRow, today: string, names: Names, now = date(today)): ShownRow {
  const due = row.next_due_on === null ? null : date(row.next_due_on)
  const daysLeft = due === null ? 0 : due - now
  const toStart = row.risk_on === null ? 0 : date(row.risk_on) - now
  const year = yearInWords(yearOf(row.date_of_birth, today))
  return {
    id: row.id,
    version: row.version,
    name: `${row.given_name} ${row.family_name}`,
    about: row.setting_urn
      ? `${year}, ${names.settings.get(row.setting_urn) ?? row.setting_urn}`
      : `${year}, no setting`,
    stage: STATES[row.state] ?? row.state,
    next: row.next_rule ? nextThing(row.next_rule) : 'Nothing due',
    rule: row.next_rule ?? '',
    due: row.next_due_on === null ? '' : dayInRow(row.next_due_on),
    howLong: due === null ? '' : howLong(daysLeft),
    late: due !== null && daysLeft < 0,
    who: whoActs(row.next_actor),
    coordinator:
      row.assigned_to === null ? '' : (names.people.get(row.assigned_to) ?? 'Someone who has left'),
    exception: row.has_exception,
    risk:
      due !== null && daysLeft >= 0 && toStart < 0 && row.work_left_days > 0
        ? `${inDays(row.work_left_days)} of work left`
        : '',
  }
}

/** The filters chosen, each with the address of the list without it. */
export function chosenFilters(filters: WorklistFilters, places: Places, path = '/staff/worklist'): Chosen[] {
  const chosen: Chosen[] = []
  const add = (text: string, changes: Partial<WorklistFilters>) =>
    chosen.push({ text, removeHref: `${path}?${toQuery(filters, changes)}` })
  if (filters.locality)
    add(
      `Locality: ${places.localities.find((one) => one.id === filters.locality)?.name ?? filters.locality}`,
      { locality: null },
    )
  if (filters.coordinator)
    add(
      filters.coordinator === 'none'
        ? 'Nobody has it'
        : `Coordinator: ${places.names.get(filters.coordinator) ?? 'unknown'}`,
      { coordinator: null },
    )
  if (filters.kind !== 'assessment') add(KIND_LABELS[filters.kind], { kind: 'assessment' })
  if (filters.rule) add(`Next: ${nextThing(filters.rule)}`, { rule: null })
  if (filters.stage) add(`Stage: ${STATES[filters.stage]}`, { stage: null })
  if (filters.late) add('Overdue', { late: false })
  if (filters.exception) add('Exception claimed', { exception: false })
  if (filters.year !== null) add(yearInWords(filters.year), { year: null })
  if (filters.setting) add(`Setting: ${filters.setting}`, { setting: null })
  if (filters.within !== null)
    add(`Due within ${filters.within / 7} ${filters.within === 7 ? 'week' : 'weeks'}`, { within: null })
  return chosen
}

export interface ViewParts {
  readonly filters: WorklistFilters
  readonly counts: Counts
  readonly rows: readonly WorklistRow[]
  readonly places: Places
  readonly settings: ReadonlyMap<string, string>
  readonly saved: readonly SavedFilter[]
  readonly today: string
  readonly viewer: { readonly teamId: string | null; readonly localityId: string | null }
  readonly mayAssign: boolean
}

export function worklistView(parts: ViewParts): WorklistView {
  const { filters, counts, places, today } = parts
  const now = date(today)
  const names = { people: places.names, settings: parts.settings }
  return {
    filters,
    counts,
    places,
    saved: parts.saved,
    mayAssign: parts.mayAssign,
    query: toQuery(filters),
    rows: parts.rows.map((row) => shownRow(row, today, names, now)),
    chosen: chosenFilters(filters, places),
    pages: Math.max(1, Math.ceil(counts.total / PAGE_SIZE)),
    hasTeam: parts.viewer.teamId !== null,
    hasLocality: parts.viewer.localityId !== null,
    order: ORDER_LABELS[filters.order],
  }
}

export { WHOSE_LABELS }
