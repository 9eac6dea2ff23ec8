import { z } from 'zod'

/** Kinds of need as the SEN2 return and the school census name them. */
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
export const needWords = (type: string): string =>
  Object.hasOwn(NEED_TYPES, type) ? NEED_TYPES[type as NeedType] : type

export const RESULTS = { met: 'Met', partly: 'Partly met', 'not-met': 'Not met' } as const
export const NEXT_STEPS = {
  'another-cycle': 'Go round again, with what was learnt',
  'ask-a-specialist': 'Go round again, and ask a specialist',
  'request-assessment': 'Ask the council for an EHC needs assessment',
  'end-support': 'SEN support is no longer needed',
} as const
export type NextStep = keyof typeof NEXT_STEPS
export const nextStepWords = (step: string | null): string =>
  step !== null && Object.hasOwn(NEXT_STEPS, step) ? NEXT_STEPS[step as NextStep] : ''

/** What is hoped for, and how anybody would know. */
export const outcomeSchema = z.object({
  outcome: z.string(),
  measure: z.string(),
  start: z.string(),
  result: z.enum(['met', 'partly', 'not-met', '']).catch(''),
})
export type Outcome = z.output<typeof outcomeSchema>

/** One thing done: what, who, how often, how long, between which days. */
export const provisionSchema = z.object({
  what: z.string(),
  who: z.string(),
  often: z.string(),
  long: z.string(),
  from: z.string(),
  to: z.string(),
  effect: z.string().catch(''),
})
export type Provision = z.output<typeof provisionSchema>

export const readOutcomes = (stored: unknown): readonly Outcome[] => z.array(outcomeSchema).parse(stored)
export const readProvision = (stored: unknown): readonly Provision[] => z.array(provisionSchema).parse(stored)
