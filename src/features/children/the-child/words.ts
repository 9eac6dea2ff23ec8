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

/** Who a person is to the child. The keys are what is stored: letters know carers and representatives by them. */
export const RELATIONSHIPS = {
  mother: 'Mother',
  father: 'Father',
  parent: 'Parent',
  'step-parent': 'Step-parent',
  'adoptive-parent': 'Adoptive parent',
  'special-guardian': 'Special guardian',
  guardian: 'Guardian',
  'foster-carer': 'Foster carer',
  'kinship-carer': 'Kinship carer',
  grandparent: 'Grandparent',
  'other-relative': 'Other relative',
  representative: 'Representative of the young person',
  deputy: 'Deputy of the Court of Protection',
  attorney: 'Attorney',
  other: 'Someone else',
} as const
export type Relationship = keyof typeof RELATIONSHIPS

/** The young person as a contact in their own right. */
export const SELF = 'self'

/** Somebody who speaks for the child or the family, with consent that ends. */
export const ADVOCATE = 'advocate'

/** Those who may act for a young person who lacks mental capacity (SEND Regulations 2014, reg 64). */
export const ACT_FOR_A_YOUNG_PERSON: readonly string[] = ['representative', 'deputy', 'attorney']

export const relationshipWords = (relationship: string): string =>
  relationship === SELF
    ? 'The young person'
    : relationship === ADVOCATE
      ? 'Advocate'
      : Object.hasOwn(RELATIONSHIPS, relationship)
        ? RELATIONSHIPS[relationship as Relationship]
        : relationship
export const sexWords = (sex: string): string => (sex === 'F' || sex === 'M' ? SEXES[sex] : sex)
export const ethnicityWords = (code: string | null): string =>
  code === null
    ? 'Not recorded'
    : Object.hasOwn(ETHNICITIES, code)
      ? ETHNICITIES[code as keyof typeof ETHNICITIES]
      : code
