import type { SignedIn } from '../../platform/routes.ts'
import { STAGE_LABELS } from '../../record/stage.ts'

export const WHOSE = ['me', 'team', 'locality', 'everyone'] as const
export type Whose = (typeof WHOSE)[number]
export const WHOSE_LABELS = {
  me: 'Mine',
  team: 'My team',
  locality: 'My locality',
  everyone: 'Everyone',
} as const satisfies Record<Whose, string>

export const KINDS = ['assessment', 'plan', 'all'] as const
export type Kind = (typeof KINDS)[number]
export const KIND_LABELS = {
  assessment: 'Assessments',
  plan: 'Plans',
  all: 'Assessments and plans',
} as const satisfies Record<Kind, string>

export const ORDERS = ['risk', 'due', 'name', 'opened'] as const
export type Order = (typeof ORDERS)[number]
export const ORDER_LABELS = {
  risk: 'Most at risk first',
  due: 'Due soonest first',
  name: 'By name',
  opened: 'Open longest first',
} as const satisfies Record<Order, string>

/** Days ahead, today counted as none. */
export const WITHIN = [7, 14, 28, 56, 84] as const
export type Within = (typeof WITHIN)[number]

const PLAN_STATES = {
  'in-force': 'Plan in force',
  'being-reviewed': 'Being reviewed',
  'being-amended': 'Being amended',
  'being-reassessed': 'Being re-assessed',
  'being-ceased': 'Being ceased',
  'being-handed-over': 'To be handed over',
} as const
export const STATES: Readonly<Record<string, string>> = { ...STAGE_LABELS, ...PLAN_STATES }

/** Year groups as schools number them: -1 is nursery, 0 reception, 14 a young person past year 13. */
export const YEARS = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14] as const

/** What a list is narrowed to. All of it is in the address; none of it names or describes a child. */
export interface WorklistFilters {
  readonly whose: Whose
  readonly locality: string | null
  /** An account, or `none` for cases that nobody has. */
  readonly coordinator: string | null
  readonly kind: Kind
  readonly rule: string | null
  readonly stage: string | null
  readonly late: boolean
  readonly exception: boolean
  readonly year: number | null
  /** A setting's URN, or words of its name. */
  readonly setting: string | null
  readonly within: Within | null
  readonly order: Order
  readonly page: number
}

type Query = Readonly<Record<string, string | undefined>>

const oneOf = <T extends string>(values: readonly T[], given: string | undefined): T | undefined =>
  values.find((value) => value === given)
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const SLUG = /^[a-z0-9-]{1,80}$/

/** Whose work a person means when they do not say: a coordinator's own, a head's locality, a manager's everyone. */
export const usualWhose = (viewer: SignedIn): Whose =>
  viewer.role === 'plan-coordinator'
    ? 'me'
    : viewer.role === 'locality-head' && viewer.localityId
      ? 'locality'
      : 'everyone'

/** Reads the address. Anything it does not know is left out, so an old or mistyped address still opens the list. */
export function readFilters(query: Query, viewer: SignedIn): WorklistFilters {
  const year = YEARS.find((each) => String(each) === query['year'])
  const setting = query['setting']?.trim().slice(0, 100)
  const page = Number(query['page'])
  return {
    whose: possibleWhose(oneOf(WHOSE, query['whose']) ?? usualWhose(viewer), viewer),
    locality: matching(SLUG, query['locality']),
    coordinator: query['coordinator'] === 'none' ? 'none' : matching(UUID, query['coordinator']),
    kind: oneOf(KINDS, query['kind']) ?? 'assessment',
    rule: matching(SLUG, query['rule']),
    stage: query['stage'] && Object.hasOwn(STATES, query['stage']) ? query['stage'] : null,
    late: query['late'] === 'yes',
    exception: query['exception'] === 'yes',
    year: year ?? null,
    setting: setting || null,
    within: WITHIN.find((each) => String(each) === query['within']) ?? null,
    order: oneOf(ORDERS, query['order']) ?? 'risk',
    page: Number.isInteger(page) && page > 1 && page < 10_000 ? page : 1,
  }
}

const matching = (pattern: RegExp, given: string | undefined): string | null =>
  given && pattern.test(given) ? given : null

/** A person in no team or locality has no list of that name. */
const possibleWhose = (whose: Whose, viewer: SignedIn): Whose =>
  (whose === 'team' && !viewer.teamId) || (whose === 'locality' && !viewer.localityId) ? 'everyone' : whose

/** The filters as the query of an address, with nothing in it that is as usual. */
export function toQuery(filters: WorklistFilters, changes: Partial<WorklistFilters> = {}): string {
  const changed = { ...filters, ...changes }
  // A narrower or differently ordered list starts again at its first page.
  const page = 'page' in changes ? changed.page : Object.keys(changes).length > 0 ? 1 : changed.page
  const pairs: [string, string | null][] = [
    ['whose', changed.whose],
    ['locality', changed.locality],
    ['coordinator', changed.coordinator],
    ['kind', changed.kind === 'assessment' ? null : changed.kind],
    ['rule', changed.rule],
    ['stage', changed.stage],
    ['late', changed.late ? 'yes' : null],
    ['exception', changed.exception ? 'yes' : null],
    ['year', changed.year === null ? null : String(changed.year)],
    ['setting', changed.setting],
    ['within', changed.within === null ? null : String(changed.within)],
    ['order', changed.order === 'risk' ? null : changed.order],
    ['page', page === 1 ? null : String(page)],
  ]
  return new URLSearchParams(pairs.filter((pair): pair is [string, string] => pair[1] !== null)).toString()
}

/** Dates of birth, first and last, of a year group on a day. Null bounds are open. */
export function birthsOfYear(
  year: number,
  today: string,
): { readonly from: string | null; readonly to: string | null } {
  const starts = Number(today.slice(0, 4)) - (today.slice(5) < '09-01' ? 1 : 0)
  const from = `${starts - 5 - year}-09-01`
  const to = `${starts - 4 - year}-08-31`
  return { from: year >= 14 ? null : from, to: year <= -1 ? null : to }
}

/** The year group of a child on a day. */
export function yearOf(dateOfBirth: string, today: string): number {
  const starts = Number(today.slice(0, 4)) - (today.slice(5) < '09-01' ? 1 : 0)
  const bornIn = Number(dateOfBirth.slice(0, 4)) - (dateOfBirth.slice(5) < '09-01' ? 1 : 0)
  return starts - 5 - bornIn
}

export const yearInWords = (year: number): string =>
  year < 0 ? 'Nursery' : year === 0 ? 'Reception' : year <= 13 ? `Year ${year}` : 'Over 18'
