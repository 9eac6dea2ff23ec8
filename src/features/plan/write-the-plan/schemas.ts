/** What is asked of each kind of part: the type, the messages and the limits; and the words as they are stored. */
import { z } from 'zod'
import { choice, readTypedDate } from '../../../platform/forms.ts'
import {
  AGENCIES,
  EVERY,
  MODES,
  NEED_TYPES,
  PFA_STRANDS,
  type PlanContentOf,
  type PlanPartKind,
  type PlanSection,
  type PlanSource,
  readMinutes,
  readNumber,
} from '../../../record/plan/index.ts'

/** Sixty pages, and some. */
export const LONG = 250_000
const OTHER_CONTROLS = /[^\P{Cc}\t\n]/gu

/**
 * Words that may be empty. Text pasted from a word processor keeps its tabs and lines, so that a table stays rows; its other
 * hidden characters go, for they carry no words.
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
const needed = (message: string, max = 5000) => words(max).refine((value) => value !== '', message)
const links = z
  .array(z.string())
  .optional()
  .transform((ids) => [...new Set((ids ?? []).filter((id) => /^[0-9a-f-]{36}$/.test(id)))])
const oneOf = <T extends Readonly<Record<string, string>>>(values: T) =>
  z
    .string()
    .optional()
    .transform((value) => (value && Object.hasOwn(values, value) ? (value as keyof T & string) : null))

/**
 * A day typed in one box, as people write it ("1 September 2026", "01/09/2026"), as ISO; other words ("the final plan") stay
 * words. What looks like a date and is none is refused.
 */
const dayOrWords = (what: string) =>
  words(100).transform((typed, context): string => {
    const parts = typed.split(/[\s/.]+/)
    if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) parts.splice(0, 3, ...typed.split('-').toReversed())
    const [day = '', month = '', year = ''] = parts
    const isDate = parts.length === 3 && /^\d{1,2}(?:st|nd|rd|th)?$/.test(day) && /^\d{2,4}$/.test(year)
    if (!isDate) return typed
    const read = readTypedDate({ day: day.replace(/\D+$/, ''), month, year }, what)
    if ('iso' in read) return read.iso
    context.addIssue({ code: 'custom', message: read.problem })
    return z.NEVER
  })

/** Sources a person types: a document, a page, a paragraph, one to a line, apart with semicolons. */
const typedSources = words(4000).transform((typed): readonly PlanSource[] =>
  typed
    .split('\n')
    .map((line) => line.split(';').map((piece) => piece.trim()))
    .filter(([cite]) => cite)
    .map(([cite = '', ...rest]) => {
      const named = (pattern: RegExp) => rest.map((one) => pattern.exec(one)?.[1]).find(Boolean)
      const page = named(/^(?:page|p\.?)\s*(.+)$/i)
      const paragraph = named(/^(?:paragraph|para\.?)\s*(.+)$/i)
      const others = rest.filter((one) => !/^(?:page|p\.?|paragraph|para\.?)\s/i.test(one))
      return {
        cite: [cite, ...others].join('; '),
        ...(page ? { page } : {}),
        ...(paragraph ? { paragraph } : {}),
      }
    }),
)

/** Pounds as people type them; whole pence, or null when nothing is typed. */
const pounds = words(30).transform((typed, context): number | null => {
  if (typed === '') return null
  const bare = typed.replaceAll(/[£,\s]/g, '')
  if (!/^\d{1,7}(\.\d{1,2})?$/.test(bare)) {
    context.addIssue({
      code: 'custom',
      message: 'The amount must be a number of pounds, like 1,250 or 1250.50',
    })
    return z.NEVER
  }
  return Math.round(Number(bare) * 100)
})

const yes = z
  .string()
  .optional()
  .transform((value) => value === 'yes')

export const schemas = {
  text: z.object({
    words: needed('Enter what this part says, or take it away', LONG),
    gathered: words(2000),
    typedSources,
  }),
  need: z.object({
    words: needed('Describe the need', 20_000),
    type: oneOf(NEED_TYPES),
    rank: z
      .enum(['1', '2', ''], { error: 'Choose whether it is the primary or the secondary need' })
      .optional()
      .transform((rank): 1 | 2 | null => (rank === '1' ? 1 : rank === '2' ? 2 : null)),
    strengths: words(20_000),
    typedSources,
  }),
  outcome: z.object({
    words: needed('Enter the outcome'),
    byWhen: dayOrWords('the day it is to be met'),
    measure: words(2000),
    steps: words(10_000),
    needs: links,
    pfa: oneOf(PFA_STRANDS),
    typedSources,
  }),
  provision: z
    .object({
      words: needed('Enter what the provision is', 20_000),
      who: words(300),
      qualification: words(300),
      mode: oneOf(MODES),
      groupSize: words(50),
      length: words(100),
      times: words(50),
      every: oneOf(EVERY),
      forHowLong: words(200),
      where: words(300),
      from: dayOrWords('the day it starts'),
      until: dayOrWords('the day it ends'),
      review: words(300),
      arrangedBy: oneOf(AGENCIES),
      fundedBy: oneOf(AGENCIES),
      outcomes: links,
      needs: links,
      pfa: oneOf(PFA_STRANDS),
      educatesOrTrains: yes,
      typedSources,
    })
    .superRefine((line, context) => {
      if (isDay(line.from) && isDay(line.until) && line.until < line.from)
        context.addIssue({
          code: 'custom',
          path: ['until'],
          message: 'The day it ends must be on or after the day it starts',
        })
    })
    // The amount as data beside the amount as typed: costs and the ledger count the one, people read the other.
    .transform((line) => ({ ...line, minutes: readMinutes(line.length), count: readNumber(line.times) })),
  placement: z.object({}),
  budget: z.object({
    offered: choice(['asked', 'not-asked', 'refused'], 'Choose whether a personal budget was asked for'),
    words: words(20_000),
    lines: links,
    yearlyPence: pounds,
    outcomes: links,
  }),
  appendix: z.object({
    title: needed('Enter what the advice is', 300),
    author: words(300),
    dated: dayOrWords('the day it is dated'),
  }),
} as const satisfies Record<PlanPartKind, unknown>

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** Fields of a kind that hold several values. */
export const LISTS: Readonly<Record<PlanPartKind, readonly string[]>> = {
  text: [],
  need: [],
  outcome: ['needs'],
  provision: ['outcomes', 'needs'],
  placement: [],
  budget: ['lines', 'outcomes'],
  appendix: [],
}

/** What a form was read as: the content, but for sources, which are typed here and kept with those that came of the advice. */
export type ReadPart = { readonly typedSources?: readonly PlanSource[] } & Omit<
  PlanContentOf[PlanPartKind],
  'sources'
>

/** The questions of a section in free text, each a part of its own. The child's and the parents' voices are never blended. */
export const SLOTS: Readonly<
  Record<PlanSection, readonly { readonly slot: string; readonly title: string }[]>
> = {
  A: [
    { slot: 'child-views', title: 'What the child or young person says' },
    { slot: 'parents-views', title: 'What the parents say' },
    { slot: 'main', title: 'History, and how to talk with and involve the child or young person' },
  ],
  B: [{ slot: 'main', title: 'Strengths and needs in general' }],
  C: [
    { slot: 'main', title: 'Health in general' },
    { slot: 'none', title: 'No health needs were identified' },
  ],
  D: [
    { slot: 'main', title: 'Social care in general' },
    { slot: 'none', title: 'No social care needs were identified' },
  ],
  E: [{ slot: 'main', title: 'How progress will be watched and reviewed' }],
  F: [{ slot: 'main', title: 'Provision in general' }],
  G: [
    { slot: 'main', title: 'Health provision in general' },
    { slot: 'none', title: 'No health provision was identified' },
  ],
  H1: [
    { slot: 'main', title: 'In general' },
    { slot: 'none', title: 'No provision under the 1970 Act was identified' },
  ],
  H2: [
    { slot: 'main', title: 'In general' },
    { slot: 'none', title: 'No other social care provision was identified' },
  ],
  I: [],
  J: [{ slot: 'main', title: 'Personal budget in general' }],
  K: [{ slot: 'main', title: 'Advice and information in general' }],
}

export const slotTitle = (section: PlanSection, slot: string | null): string =>
  SLOTS[section].find((one) => one.slot === slot)?.title ?? 'Text'

const VOICES: Readonly<Record<string, 'child' | 'parents'>> = {
  'child-views': 'child',
  'parents-views': 'parents',
}
export const voiceOf = (slot: string | null): 'child' | 'parents' | undefined => VOICES[slot ?? '']
