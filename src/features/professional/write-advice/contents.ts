/** What advice is made of: an account of the work, free text, and needs, outcomes and lines of provision that name one another. */
import { z } from 'zod'
import { choice } from '../../../platform/forms.ts'
import {
  ARRANGED_BY,
  EVERY,
  MODES,
  NEED_TYPES,
  type NeedType,
  readMinutes,
  readNumber,
} from '../../../record/plan/index.ts'

export { ARRANGED_BY, EVERY, MODES, NEED_TYPES, type NeedType } from '../../../record/plan/index.ts'

/** Parts in free text, in the order they are read: the question to whoever writes, and the heading for everybody who reads. */
export const SECTIONS = {
  views: {
    title: 'What the child or young person told you',
    heading: 'What the child or young person said',
    hint: 'In their own words where you can, and how you asked.',
  },
  strengths: {
    title: 'Strengths and interests',
    heading: 'Strengths and interests',
    hint: 'What they enjoy and do well.',
  },
  found: {
    title: 'What you saw and found',
    heading: 'What was seen and found',
    hint: 'Observation, assessment and its results, and what they mean for this child.',
  },
  other: {
    title: 'Anything else',
    heading: 'Anything else',
    hint: 'For example what is already being done, and how well it is working.',
  },
} as const
export type Section = keyof typeof SECTIONS

export type PartKind = 'about' | 'text' | 'need' | 'outcome' | 'provision'

/** Sixty pages, and some. */
const LONG = 250_000
const OTHER_CONTROLS = /[^\P{Cc}\t\n]/gu

/**
 * Words that may be empty. Text pasted from a word processor brings line ends and page breaks of its own: they become line
 * ends, and other hidden characters go, for they carry no words.
 */
const words = (max: number) =>
  z
    .string()
    .optional()
    .transform((value) =>
      (value ?? '')
        .replaceAll('\r\n', '\n')
        .replaceAll(/[\r\v\f\u0085\u2028\u2029]/g, '\n')
        .replaceAll(OTHER_CONTROLS, '')
        .trim(),
    )
    .refine((value) => value.length <= max, `Use ${max.toLocaleString('en-GB')} characters or fewer`)
const needed = (message: string, max = 2000) => words(max).refine((value) => value !== '', message)
const links = z
  .array(z.string())
  .optional()
  .transform((ids) => (ids ?? []).filter((id) => /^[0-9a-f-]{36}$/.test(id)))
const oneOf = <T extends Readonly<Record<string, string>>>(values: T) =>
  z
    .string()
    .optional()
    .transform((value) => (value && Object.hasOwn(values, value) ? (value as keyof T & string) : null))

export const schemas = {
  about: z.object({
    author: needed('Enter the name of the person whose advice this is', 200),
    role: words(200),
    qualification: words(500),
    seen: words(5000),
    sources: words(20_000),
  }),
  text: z.object({ words: words(LONG) }),
  need: z.object({
    type: choice(Object.keys(NEED_TYPES) as [NeedType, ...NeedType[]], 'Choose the type of need'),
    words: needed('Describe the need', 20_000),
    source: words(5000),
  }),
  outcome: z.object({
    words: needed('Enter the outcome', 5000),
    byWhen: words(200),
    measure: words(2000),
    needs: links,
  }),
  provision: z
    .object({
      words: needed('Enter what the provision is', 5000),
      who: words(300),
      qualification: words(300),
      mode: oneOf(MODES),
      groupSize: words(50),
      length: words(100),
      times: words(50),
      every: oneOf(EVERY),
      forHowLong: words(200),
      where: words(300),
      from: words(100),
      until: words(100),
      arrangedBy: oneOf(ARRANGED_BY),
      outcomes: links,
    })
    // The amount as data beside the amount as typed: a plan counts the one, people read the other.
    .transform((line) => ({ ...line, minutes: readMinutes(line.length), count: readNumber(line.times) })),
} as const

export type About = z.output<typeof schemas.about>
export type Text = z.output<typeof schemas.text>
export type Need = z.output<typeof schemas.need>
export type Outcome = z.output<typeof schemas.outcome>
export type Provision = z.output<typeof schemas.provision>
export interface ContentOf {
  readonly about: About
  readonly text: Text
  readonly need: Need
  readonly outcome: Outcome
  readonly provision: Provision
}

/** Fields of a kind that hold several values. */
export const LISTS: Readonly<Record<PartKind, readonly string[]>> = {
  about: [],
  text: [],
  need: [],
  outcome: ['needs'],
  provision: ['outcomes'],
}

interface PartOf<K extends PartKind> {
  readonly partId: string
  readonly version: number
  readonly kind: K
  readonly section: Section | null
  readonly position: number
  readonly content: ContentOf[K]
}
/** One part as it stands. */
export type Part = { readonly [K in PartKind]: PartOf<K> }[PartKind]

export const partsOf = <K extends PartKind>(
  parts: readonly Part[],
  kind: K,
): readonly (Part & { kind: K })[] => parts.filter((part): part is Part & { kind: K } => part.kind === kind)

/** How much and how often, in words; empty when nothing was said. */
export function quantityInWords(line: Provision): string {
  const often = line.every === 'once' ? `${line.times || '?'} in all` : ''
  return [
    line.length,
    often ||
      (line.times && line.every
        ? `${line.times} ${line.count === 1 ? 'time' : 'times'} ${EVERY[line.every]}`
        : line.times),
    line.forHowLong ? `for ${line.forHowLong}` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

export const ANSWERS = {
  advice: 'Advice and information',
  'not-known': 'Not known to us',
  'nothing-to-report': 'Nothing to report',
} as const
export type AnswerKind = keyof typeof ANSWERS
