import { z } from 'zod'
import type { FieldError } from './routes.ts'

/** A date typed in three boxes, as typed. */
export interface TypedDate {
  readonly day: string
  readonly month: string
  readonly year: string
}

const DATE_PART = /^(.+)-(day|month|year)$/

/** The posted fields as one object, with each three-box date gathered under its name. */
function gather(
  form: Readonly<Record<string, string>>,
  lists: Readonly<Record<string, readonly string[]>>,
): Record<string, unknown> {
  const gathered: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(form)) {
    const part = DATE_PART.exec(name)
    if (part) {
      const dates = gathered as Record<string, Record<string, string>>
      dates[part[1]!] = { ...dates[part[1]!], [part[2]!]: value.trim() }
    } else gathered[name] = value
  }
  for (const [name, values] of Object.entries(lists)) gathered[name] = values
  return gathered
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/**
 * Reads a posted form by its schema: the value, or one message a field, in the schema's order, for the page to show
 * beside what was typed.
 * @param lists fields that hold several values (checkboxes)
 */
export function parseForm<T>(
  schema: z.ZodType<T>,
  form: Readonly<Record<string, string>>,
  lists: Readonly<Record<string, readonly string[]>> = {},
): Parsed<T> {
  const result = schema.safeParse(gather(form, lists))
  if (result.success) return { ok: true, value: result.data }
  const errors = new Map<string, string>()
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? '')
    if (!errors.has(field)) errors.set(field, issue.message)
  }
  return { ok: false, errors: [...errors].map(([field, text]) => ({ field, text })) }
}

const daysInMonth = (year: number, month: number): number =>
  month === 2
    ? (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function monthNumber(text: string): number {
  const byName = MONTHS.indexOf(text.slice(0, 3).toLowerCase())
  return /^\d{1,2}$/.test(text) ? Number(text) : byName >= 0 && text.length >= 3 ? byName + 1 : Number.NaN
}

/** Reads three typed boxes as a calendar date, or says in words what is wrong with them. */
export function readTypedDate(
  typed: Partial<TypedDate> | undefined,
  what: string,
): { readonly iso: string } | { readonly problem: string } {
  const day = typed?.day?.trim() ?? ''
  const month = typed?.month?.trim() ?? ''
  const year = typed?.year?.trim() ?? ''
  if (!day && !month && !year) return { problem: `Enter ${what}` }
  const missing = [!day && 'a day', !month && 'a month', !year && 'a year'].filter(Boolean)
  const sentence = what.charAt(0).toUpperCase() + what.slice(1)
  if (missing.length > 0) return { problem: `${sentence} must include ${missing.join(' and ')}` }
  const d = /^\d{1,2}$/.test(day) ? Number(day) : Number.NaN
  const m = monthNumber(month)
  const y = /^\d{4}$/.test(year) ? Number(year) : Number.NaN
  if (Number.isNaN(y)) return { problem: `${sentence} must have a year of 4 numbers, like 2026` }
  if (Number.isNaN(m) || m < 1 || m > 12) return { problem: `${sentence} must have a month from 1 to 12` }
  if (Number.isNaN(d) || d < 1 || d > 31) return { problem: `${sentence} must have a day from 1 to 31` }
  if (d > daysInMonth(y, m))
    return {
      problem: `${sentence} must be a real date: ${MONTH_NAMES[m - 1]} ${y} has ${daysInMonth(y, m)} days`,
    }
  if (y < 1990 || y > 2100) return { problem: `${sentence} must be between 1990 and 2100: check the year` }
  return { iso: `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` }
}

/** A required date, as ISO text. `what` reads on from "Enter": "the date the request arrived". */
export const plainDate = (what: string) =>
  z
    .unknown()
    .optional()
    .transform((typed, context): string => {
      const read = readTypedDate(typed as Partial<TypedDate> | undefined, what)
      if ('iso' in read) return read.iso
      context.addIssue({ code: 'custom', message: read.problem })
      return z.NEVER
    })

/** A date that may be left empty. */
export const optionalDate = (what: string) =>
  z
    .unknown()
    .optional()
    .transform((typed, context): string | null => {
      const dateTyped = typed as Partial<TypedDate> | undefined
      if (!dateTyped?.day && !dateTyped?.month && !dateTyped?.year) return null
      const read = readTypedDate(dateTyped, what)
      if ('iso' in read) return read.iso
      context.addIssue({ code: 'custom', message: read.problem })
      return z.NEVER
    })

/** Control characters other than tabs and line ends: they come with text pasted from other programs. */
const HIDDEN = /[^\P{Cc}\t\n\r]/u

/** Required words, trimmed; control characters other than line breaks are refused. */
export const text = (message: string, options: { readonly max: number } = { max: 200 }) =>
  z
    .string({ error: message })
    .trim()
    .min(1, message)
    .max(options.max, `Use ${options.max.toLocaleString('en-GB')} characters or fewer`)
    .refine((value) => !HIDDEN.test(value), 'Remove the hidden control characters: paste as plain text')

/** Words that may be left empty; empty is null. */
export const optionalText = (options: { readonly max: number } = { max: 200 }) =>
  z
    .string()
    .optional()
    .transform((value) => value?.trim() || null)
    .refine(
      (value) => (value?.length ?? 0) <= options.max,
      `Use ${options.max.toLocaleString('en-GB')} characters or fewer`,
    )
    .refine((value) => !HIDDEN.test(value ?? ''), 'Remove the hidden control characters: paste as plain text')

/** One of a closed list of choices. */
export const choice = <const T extends readonly [string, ...string[]]>(values: T, message: string) =>
  z.enum(values, { error: message })

/** A yes or no that must be answered; true for yes. */
export const yesOrNo = (message: string) =>
  z.enum(['yes', 'no'], { error: message }).transform((answer) => answer === 'yes')
