import { z } from 'zod'
import type { FieldError } from '../../../platform/routes.ts'

/** What the council needs to know from a school, in the order of its form. */
export const SECTIONS = {
  strengths: { label: 'Strengths and interests', hint: 'What the child does well, enjoys and hopes for' },
  learning: {
    label: 'Needs: thinking and learning',
    hint: 'What is hard, how you know, and what it leads to',
  },
  communication: {
    label: 'Needs: communication and interaction',
    hint: 'Talking, understanding, getting on with others',
  },
  emotional: {
    label: 'Needs: social, emotional and mental health',
    hint: 'Feelings, behaviour, relationships',
  },
  physical: {
    label: 'Needs: physical and sensory',
    hint: 'Movement, hearing, vision, senses, health at school',
  },
  tried: {
    label: 'What has been tried, when, and what it did',
    hint: 'Your rounds of SEN support are copied here to begin with: correct and shorten them',
  },
  attendance: {
    label: 'Attendance',
    hint: 'This year and last, as percentages, with reasons; exclusions and part-time timetables',
  },
  attainment: {
    label: 'Attainment and progress',
    hint: 'Levels, tests and standardised scores with their dates',
  },
  childViews: { label: 'What the child or young person says', hint: 'In their own words where you can' },
  parentViews: { label: 'What the parents say to you', hint: 'They are also asked by the council' },
  outcomes: { label: 'Outcomes you suggest', hint: 'What the child should be able to do, and by when' },
  adulthood: {
    label: 'Preparing for adulthood',
    hint: 'From year 9: work, living independently, friends and community, health',
  },
} as const
export type SectionName = keyof typeof SECTIONS
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SectionName[]
export const SECTION_LIMIT = 10_000

/** Support the child has now, with what it takes. */
export const lineSchema = z.object({
  what: z.string(),
  who: z.string(),
  hoursAWeek: z.number().nullable(),
  poundsAYear: z.number().nullable(),
})
export type AdviceLine = z.output<typeof lineSchema>
export const readLines = (stored: unknown): readonly AdviceLine[] => z.array(lineSchema).parse(stored)
export const readSections = (stored: unknown): Readonly<Record<string, string>> =>
  z.record(z.string(), z.string()).parse(stored)

export const MOST_LINES = 15

export interface AdviceGiven {
  readonly sections: Readonly<Record<string, string>>
  readonly lines: readonly AdviceLine[]
  readonly signedAs: string
}

type Form = Readonly<Record<string, string>>

export const linesOn = (form: Form): number => {
  const asked = Number(form['linesAsked'] ?? 3)
  return Math.min(
    (Number.isInteger(asked) ? Math.max(asked, 3) : 3) + (form['doing'] === 'add-line' ? 1 : 0),
    MOST_LINES,
  )
}

const amount = (
  typed: string,
  field: string,
  what: string,
  most: number,
  errors: FieldError[],
): number | null => {
  const bare = typed.replaceAll(/[£,\s]/g, '')
  if (bare === '') return null
  const value = /^\d+(\.\d{1,2})?$/.test(bare) ? Number(bare) : Number.NaN
  if (Number.isNaN(value) || value > most) {
    errors.push({ field, text: `${what} must be a number, ${most.toLocaleString('en-GB')} or less` })
    return null
  }
  return value
}

/** Reads the form as typed: a draft may lack anything, but what is there must be readable. */
export function readAdviceForm(
  form: Form,
):
  | { readonly ok: true; readonly value: AdviceGiven }
  | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const sections: Record<string, string> = {}
  for (const name of SECTION_NAMES) {
    const words = (form[name] ?? '').trim()
    if (words.length > SECTION_LIMIT)
      errors.push({ field: name, text: `Use ${SECTION_LIMIT.toLocaleString('en-GB')} characters or fewer` })
    if (words !== '') sections[name] = words
  }
  const lines: AdviceLine[] = []
  for (let at = 1; at <= linesOn(form); at++) {
    const what = (form[`what${at}`] ?? '').trim()
    const who = (form[`who${at}`] ?? '').trim()
    const hoursAWeek = amount(
      form[`hours${at}`] ?? '',
      `hours${at}`,
      `Support ${at}: hours a week`,
      168,
      errors,
    )
    const poundsAYear = amount(
      form[`cost${at}`] ?? '',
      `cost${at}`,
      `Support ${at}: pounds a year`,
      500_000,
      errors,
    )
    if (!what && !who && hoursAWeek === null && poundsAYear === null) continue
    if (!what) errors.push({ field: `what${at}`, text: `Support ${at}: enter what the child has` })
    if (what.length > 400 || who.length > 400)
      errors.push({ field: `what${at}`, text: `Support ${at}: use 400 characters or fewer` })
    lines.push({ what, who, hoursAWeek, poundsAYear })
  }
  const signedAs = (form['signedAs'] ?? '').trim()
  if (signedAs.length > 200) errors.push({ field: 'signedAs', text: 'Use 200 characters or fewer' })
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { sections, lines, signedAs } }
}

const NEEDED: readonly SectionName[] = [
  'strengths',
  'tried',
  'attendance',
  'attainment',
  'childViews',
  'parentViews',
]
const NEEDS: readonly SectionName[] = ['learning', 'communication', 'emotional', 'physical']

/** What is missing before it can be released. */
export function missingToRelease(given: AdviceGiven): readonly FieldError[] {
  return [
    ...NEEDED.filter((name) => !given.sections[name]).map((name) => ({
      field: name,
      text: `${SECTIONS[name].label}: write something, even that there is nothing to say`,
    })),
    ...(NEEDS.some((name) => given.sections[name])
      ? []
      : [{ field: 'learning', text: 'Write about the child’s needs in at least one area' }]),
    ...(given.signedAs
      ? []
      : [{ field: 'signedAs', text: 'Enter your full name and position: each person signs for themself' }]),
  ]
}
