/** Closed lists of a child's record, with the words people see. */

export const SEXES = { F: 'Female', M: 'Male' } as const

/** Ethnicity main categories of the Department's Common Basic Data Set. */
export const ETHNICITIES = {
  WBRI: 'White British',
  WIRI: 'White Irish',
  WIRT: 'Traveller of Irish heritage',
  WROM: 'Gypsy/Roma',
  WOTH: 'Any other White background',
  MWBC: 'White and Black Caribbean',
  MWBA: 'White and Black African',
  MWAS: 'White and Asian',
  MOTH: 'Any other mixed background',
  AIND: 'Indian',
  APKN: 'Pakistani',
  ABAN: 'Bangladeshi',
  AOTH: 'Any other Asian background',
  CHNE: 'Chinese',
  BCRB: 'Black Caribbean',
  BAFR: 'Black African',
  BOTH: 'Any other Black background',
  OOTH: 'Any other ethnic group',
  REFU: 'Refused',
  NOBT: 'Information not yet obtained',
} as const

/** Who a person is to the child. The words are what is stored and shown. */
export const RELATIONSHIPS = [
  'mother',
  'father',
  'parent',
  'step-parent',
  'grandparent',
  'other relative',
  'special guardian',
  'adoptive parent',
  'foster carer',
  'local authority (child looked after)',
  'representative',
  'other',
] as const
export type Relationship = (typeof RELATIONSHIPS)[number]

/** The young person as a contact in their own right. */
export const THE_YOUNG_PERSON = 'young person'

export const sexWords = (sex: string): string => (sex === 'F' || sex === 'M' ? SEXES[sex] : sex)
export const ethnicityWords = (code: string | null): string =>
  code === null
    ? 'Not recorded'
    : Object.hasOwn(ETHNICITIES, code)
      ? ETHNICITIES[code as keyof typeof ETHNICITIES]
      : code
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
