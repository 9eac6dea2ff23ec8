import { date } from '../../law/index.ts'

/** Where a child is, when there is no setting with a number: the codes of the SEN2 return (Department for Education, 2025). */
export const PLACES_WITHOUT_NUMBER = {
  OLA: 'Education otherwise than in a school, arranged by the council (section 61)',
  OPA: 'Education otherwise, arranged by the parents or young person with the council’s agreement (section 61)',
  EHE: 'Educated at home by choice',
  EYP: 'Early years provider with no number',
  OTH: 'Another setting with no number',
  NEET: 'Not in education, employment or training',
  NIEC: 'Not in education: compulsory school age',
  NIEO: 'Not in education: another age',
} as const
export type PlaceCode = keyof typeof PLACES_WITHOUT_NUMBER
export const isPlaceCode = (text: string | undefined): text is PlaceCode =>
  text !== undefined && Object.hasOwn(PLACES_WITHOUT_NUMBER, text)
/** Codes that say the child is in no education at all. */
export const OUT_OF_EDUCATION: ReadonlySet<string> = new Set(['NEET', 'NIEC', 'NIEO'])

export const BOARDING = {
  day: 'Day',
  A: 'Residential, 38 to 51 weeks a year (SEN2 A)',
  B: 'Residential, 52 weeks a year (SEN2 B)',
} as const
export type Boarding = keyof typeof BOARDING

export const PLACE_ENDS = {
  moved: 'Moved to another setting',
  phase: 'End of a phase of education',
  'plan-ended': 'The plan ended',
  excluded: 'Permanently excluded',
  'setting-closed': 'The setting closed or changed its number',
  withdrawn: 'Withdrawn by the family',
  'left-area': 'Left the area',
  other: 'Another reason',
} as const

/** Two placements of one child that would both be the main one on a day. Ends are exclusive. */
export const placesOverlap = (
  one: { readonly fromOn: string; readonly toOn: string | null },
  other: { readonly fromOn: string; readonly toOn: string | null },
): boolean =>
  (one.toOn === null || other.fromOn < one.toOn) && (other.toOn === null || one.fromOn < other.toOn)

/** Days a place has been needed and not had: from the day it was needed, which does not count, to the day given. Never below 0. */
export const daysWithoutPlace = (neededOn: string, until: string): number =>
  Math.max(0, date(until) - date(neededOn))

export const INTERIM_KINDS = {
  'home-tuition': 'Tuition at home',
  online: 'Online teaching',
  hospital: 'Hospital school or teaching in hospital',
  'alternative-provision': 'Alternative provision',
  'part-time-school': 'Part-time at a school',
  package: 'A package of several',
  other: 'Another kind',
} as const
export type InterimKind = keyof typeof INTERIM_KINDS

export const OUT_BECAUSE = {
  'no-place': 'There is no school place',
  excluded: 'Permanently excluded',
  health: 'Too ill to attend',
  other: 'Another reason',
} as const
