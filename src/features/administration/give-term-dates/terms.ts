import { date, iso, longDate, parseDate } from '../../../law/index.ts'
import { readTerms, type SchoolTerm } from '../../../record/provision/index.ts'

/** A line that could not be read, counted from 1, with the reason. */
export interface LineProblem {
  readonly line: number
  readonly why: string
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const

/** Reads "1 September 2025", "1 Sep 2025" or "01/09/2025"; undefined when it is no day. */
function readDay(text: string): string | undefined {
  const words = /^(\d{1,2})\s+([a-z]{3,9})\s+(\d{4})$/i.exec(text.trim())
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim())
  const month = words
    ? MONTHS.findIndex((name) => name.startsWith(words[2]!.toLowerCase())) + 1
    : slashed
      ? Number(slashed[2])
      : 0
  const [day, year] = words ? [words[1]!, words[3]!] : slashed ? [slashed[1]!, slashed[3]!] : ['', '']
  const found = parseDate(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`)
  return month < 1 || found === null ? undefined : iso(found)
}

const LINE = /^(.+?),\s*(.+?)\s+to\s+(.+?)(?:,\s*break\s+(.+?)\s+to\s+(.+))?$/i

/**
 * Reads terms as they are typed, one to a line: "Autumn 2025, 1 September 2025 to 19 December 2025, break 27 October 2025 to
 * 31 October 2025". Every line is read, so that all that is wrong is told at once.
 */
export function readTermLines(text: string): {
  readonly terms: readonly Record<string, string>[]
  readonly problems: readonly LineProblem[]
} {
  const terms: Record<string, string>[] = []
  const problems: LineProblem[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '') continue
    const found = LINE.exec(line)
    const days = found ? [found[2], found[3], found[4], found[5]].map((day) => day && readDay(day)) : []
    const problem = !found
      ? 'write the name, a comma, and the first and last day with “to” between them'
      : !days[0] || !days[1]
        ? 'the first or the last day is not a day, such as 1 September 2025'
        : found[4] && (!days[2] || !days[3])
          ? 'a day of the break is not a day, such as 27 October 2025'
          : undefined
    if (problem) {
      problems.push({ line: index + 1, why: problem })
      continue
    }
    const term: Record<string, string> = { name: found![1]!.trim(), from: days[0]!, to: days[1]! }
    if (days[2] && days[3]) Object.assign(term, { breakFrom: days[2], breakTo: days[3] })
    try {
      readTerms([term])
      terms.push(term)
    } catch {
      problems.push({
        line: index + 1,
        why: 'the last day must come after the first, and the break lie within the term',
      })
    }
  }
  if (problems.length === 0 && terms.length > 1)
    try {
      readTerms(terms)
    } catch {
      problems.push({ line: 1, why: 'two of these terms overlap' })
    }
  return { terms, problems }
}

/** A term as it is typed and shown. */
export const termLine = (term: SchoolTerm): string =>
  `${term.name}, ${longDate(term.from)} to ${longDate(term.to)}${term.halfTerm ? `, break ${longDate(term.halfTerm.from)} to ${longDate(term.halfTerm.to)}` : ''}`
    // As a person types it: the day of the week is not read.
    .replaceAll(/\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+/g, '')

/** The terms of a setting's value, to show; none when nobody gave any. */
export const termsGiven = (value: unknown): readonly SchoolTerm[] =>
  value === undefined ? [] : readTerms(value).given

export const dayOf = (text: string): string => longDate(date(text))
