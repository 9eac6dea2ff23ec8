import { PLAN_SECTIONS, type PlanSection, SECTION_RULES } from '../../../record/plan/index.ts'

/** One section as a template lays it out. */
export interface TemplateSection {
  readonly id: PlanSection
  readonly heading: string
  readonly intro: string
  readonly prompts: readonly string[]
}

export const AGE_BANDS = {
  all: 'Every age',
  'before-year-9': 'Before year 9',
  'from-year-9': 'Year 9 and above',
} as const
export type AgeBand = keyof typeof AGE_BANDS
export const isAgeBand = (text: unknown): text is AgeBand =>
  typeof text === 'string' && Object.hasOwn(AGE_BANDS, text)

export const TEMPLATE_STATES = {
  draft: 'Draft',
  consult: 'Out to consultation',
  pilot: 'Pilot',
  live: 'Live',
  retired: 'Retired',
} as const satisfies Record<string, string>
export type TemplateState = keyof typeof TEMPLATE_STATES

/** Where a template may go from where it is. What was tried or used is never written over: a new version is made of it. */
export const NEXT_STATES: Readonly<Record<TemplateState, readonly TemplateState[]>> = {
  draft: ['consult', 'pilot', 'live', 'retired'],
  consult: ['pilot', 'live', 'retired'],
  pilot: ['live', 'retired'],
  live: ['retired'],
  retired: [],
}
export const mayChangeWords = (state: TemplateState): boolean => state === 'draft' || state === 'consult'

export const LIMITS = { name: 100, heading: 200, intro: 2000, prompts: 10, prompt: 300 } as const

/** Every section in its order (SEND Regulations 2014, reg 12(1)): the law's, and no template's to choose. */
export const emptyTemplate = (): readonly TemplateSection[] =>
  PLAN_SECTIONS.map((id) => ({
    id,
    heading: `Section ${id}: ${SECTION_RULES[id].title}`,
    intro: '',
    prompts: [],
  }))

const LETTER = '(?:H1|H2|[A-K])'

/**
 * What is wrong with the heading of a section; undefined when nothing is. A section is separately identified, so its heading
 * begins with its own letter and names no second one.
 */
export function headingProblem(id: PlanSection, heading: string): string | undefined {
  if (heading === '') return `Enter the heading of section ${id}: every section has one`
  if (heading.length > LIMITS.heading)
    return `The heading of section ${id} must be ${LIMITS.heading} characters or fewer`
  const merged = new RegExp(
    `^(?:sections?\\s+)?(${LETTER})\\s*(?:,|and|to|&|/|\\+)\\s*(?:section\\s+)?(${LETTER})\\b`,
    'i',
  ).exec(heading)
  if (merged)
    return `The heading of section ${id} puts sections ${merged[1]!.toUpperCase()} and ${merged[2]!.toUpperCase()} together: each must be separately identified (SEND Regulations 2014, reg 12(1))`
  if (!new RegExp(`^(?:section\\s+)?${id}\\b`, 'i').test(heading))
    return `The heading of section ${id} must begin with its letter, as “Section ${id}: ${SECTION_RULES[id].title}”`
  return undefined
}

export const introProblem = (id: PlanSection, intro: string): string | undefined =>
  intro.length > LIMITS.intro
    ? `The introduction of section ${id} must be ${LIMITS.intro.toLocaleString('en-GB')} characters or fewer`
    : undefined

export function promptsProblem(id: PlanSection, prompts: readonly string[]): string | undefined {
  if (prompts.length > LIMITS.prompts)
    return `Section ${id} has ${prompts.length} questions: ${LIMITS.prompts} is the most`
  const long = prompts.findIndex((prompt) => prompt.length > LIMITS.prompt)
  if (long >= 0) return `Question ${long + 1} of section ${id} must be ${LIMITS.prompt} characters or fewer`
  const twice = prompts.find((prompt, at) => prompts.indexOf(prompt) !== at)
  return twice === undefined ? undefined : `Section ${id} asks “${twice}” twice`
}

/** Questions as typed, one on each line. */
export const promptsOf = (typed: string): readonly string[] =>
  typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
