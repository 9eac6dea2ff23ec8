/** Types of need as the SEN2 return has them (Department for Education, 2025). */
export const NEED_TYPES = {
  SPLD: 'Specific learning difficulty',
  MLD: 'Moderate learning difficulty',
  SLD: 'Severe learning difficulty',
  PMLD: 'Profound and multiple learning difficulty',
  SEMH: 'Social, emotional and mental health',
  SLCN: 'Speech, language and communication needs',
  HI: 'Hearing impairment',
  VI: 'Vision impairment',
  MSI: 'Multi-sensory impairment',
  PD: 'Physical disability',
  ASD: 'Autistic spectrum disorder',
  DS: 'Down syndrome',
  OTH: 'Other difficulty or disability',
} as const
export type NeedType = keyof typeof NEED_TYPES
export const MODES = {
  'one-to-one': 'One to one',
  'small-group': 'In a small group',
  class: 'In class',
  'to-staff': 'To the staff: training, a programme or advice',
  other: 'Another way',
} as const
export const EVERY = {
  day: 'a day',
  week: 'a week',
  fortnight: 'a fortnight',
  month: 'a month',
  'half-term': 'a half term',
  term: 'a term',
  year: 'a year',
  once: 'in all',
} as const
export const ARRANGED_BY = {
  education: 'Education (section F)',
  health: 'Health (section G)',
  'social-care': 'Social care (section H)',
} as const
