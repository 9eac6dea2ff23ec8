import { isSettingKind, SETTING_KINDS, type SettingKind } from '../../../record/placement/index.ts'
import { NEED_TYPES, type NeedType } from '../../../record/plan/index.ts'

export const PAGE_SIZE = 50
const SORTS = ['name', 'distance', 'places'] as const

/** What is asked of the directory; all of it is in the address. */
export interface SettingFilters {
  readonly words: string
  readonly kind: SettingKind | null
  readonly approved41: boolean
  readonly need: NeedType | null
  readonly hasPlaces: boolean
  readonly where: 'here' | 'outside' | null
  readonly closed: boolean
  /** The case whose child's home distances are measured from. */
  readonly forCase: string | null
  readonly sort: (typeof SORTS)[number]
  readonly page: number
}

const isNeed = (text: string | undefined): text is NeedType =>
  text !== undefined && Object.hasOwn(NEED_TYPES, text)

/** Reads the address; what cannot be read is as if it were not there. */
export function readSettingFilters(query: Readonly<Record<string, string | undefined>>): SettingFilters {
  const forCase = query['case'] ?? ''
  const page = Number(query['page'] ?? '1')
  const isCase = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(forCase)
  return {
    words: (query['q'] ?? '').trim().slice(0, 100),
    kind: isSettingKind(query['kind']) ? query['kind'] : null,
    approved41: query['approved'] === 'yes',
    need: isNeed(query['need']) ? query['need'] : null,
    hasPlaces: query['places'] === 'yes',
    where: query['where'] === 'here' || query['where'] === 'outside' ? query['where'] : null,
    closed: query['closed'] === 'yes',
    forCase: isCase ? forCase : null,
    sort: SORTS.find((one) => one === query['sort']) ?? (isCase ? 'distance' : 'name'),
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  }
}

/** The filters as an address, with some changed. */
export function settingQuery(filters: SettingFilters, change: Partial<SettingFilters> = {}): string {
  const all = { ...filters, page: 1, ...change }
  const query = new URLSearchParams()
  if (all.words) query.set('q', all.words)
  if (all.kind) query.set('kind', all.kind)
  if (all.approved41) query.set('approved', 'yes')
  if (all.need) query.set('need', all.need)
  if (all.hasPlaces) query.set('places', 'yes')
  if (all.where) query.set('where', all.where)
  if (all.closed) query.set('closed', 'yes')
  if (all.forCase) query.set('case', all.forCase)
  if (all.sort !== (all.forCase ? 'distance' : 'name')) query.set('sort', all.sort)
  if (all.page > 1) query.set('page', String(all.page))
  return query.toString()
}

/** What is chosen, each with the address without it. */
export function chosenFilters(filters: SettingFilters): readonly { text: string; removeHref: string }[] {
  const without = (change: Partial<SettingFilters>) => `/staff/directory?${settingQuery(filters, change)}`
  return [
    ...(filters.words ? [{ text: `“${filters.words}”`, removeHref: without({ words: '' }) }] : []),
    ...(filters.kind
      ? [{ text: SETTING_KINDS[filters.kind].words, removeHref: without({ kind: null }) }]
      : []),
    ...(filters.approved41
      ? [{ text: 'Approved under section 41 today', removeHref: without({ approved41: false }) }]
      : []),
    ...(filters.need
      ? [{ text: `Meets: ${NEED_TYPES[filters.need]}`, removeHref: without({ need: null }) }]
      : []),
    ...(filters.hasPlaces ? [{ text: 'Has a place', removeHref: without({ hasPlaces: false }) }] : []),
    ...(filters.where
      ? [
          {
            text: filters.where === 'here' ? 'In the county' : 'Out of county',
            removeHref: without({ where: null }),
          },
        ]
      : []),
    ...(filters.closed ? [{ text: 'Closed too', removeHref: without({ closed: false }) }] : []),
  ]
}
