/**
 * Cuts text into statements: one sentence, bullet or table row each, with its place in the text as given.
 * Every step runs once along the text and no statement is longer than a limit, so the time taken grows
 * with the length and no more, whatever is pasted.
 */

export interface Statement {
  /** UTF-16 units in the text as given: first included, last excluded. */
  readonly start: number
  readonly end: number
  /** As given, except that look-alike signs are made plain one for one and quoted speech is blanked: same length. */
  readonly plain: string
}

/** A sentence without a stop is cut here: longer than any a person would write, short enough to search quickly. */
const LONGEST = 1200

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '\u0000': ' ',
  '\u00a0': ' ',
  '\u2002': ' ',
  '\u2003': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': ' ',
  '\ufeff': ' ',
  '\u00ad': ' ',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u000b': '\n',
  '\u000c': '\n',
  '\u2028': '\n',
  '\u2029': '\n',
  '\u0007': '\t', // the end of a cell, as Word copies it
}

const LOOK_ALIKE = new RegExp(`[${Object.keys(LOOK_ALIKES).join('')}]`, 'g')

/** Smart quotes, hard spaces, null bytes and the like made plain, one sign for one, so that places hold. */
export function plain(text: string): string {
  return text.replace(LOOK_ALIKE, (sign) => LOOK_ALIKES[sign] ?? ' ')
}

/** A stop that ends no sentence. */
const ABBREVIATION =
  /(?:\b(?:e\.g|i\.e|dr|mr|mrs|ms|miss|prof|st|reg|regs|para|no|vs|cf|approx|wks?|mins?|hrs?|p\.a)|\b[A-Za-z])$/i

/** Text after a line end that can only be more of the same sentence: PDF and mail wrap lines hard. */
const GOES_ON = /^[ \t]*[a-z]/

/** The statements of a text, in order. */
export function statements(text: string): Statement[] {
  const whole = plain(text)
  const found: Statement[] = []
  let from = 0
  const cut = (to: number): void => {
    if (to > from) add(found, whole, from, to)
    from = to
  }
  for (let at = 0; at < whole.length; at++) {
    const sign = whole[at]!
    if (sign === '\n' || sign === '\r') {
      const wraps =
        whole[at - 1] !== '\n' &&
        !/[.!?:;]$/.test(whole.slice(Math.max(from, at - 3), at).trimEnd()) &&
        GOES_ON.test(whole.slice(at + 1, at + 12)) &&
        !/^[ \t]*o[ \t]/.test(whole.slice(at + 1, at + 12))
      if (!wraps) cut(at + 1)
    } else if ((sign === '.' || sign === '!' || sign === '?') && at > from) {
      const after = whole.slice(at + 1, at + 6)
      if (
        /^["')\]]*\s+["'(]?[A-Z0-9•]/.test(after) &&
        !(sign === '.' && ABBREVIATION.test(whole.slice(Math.max(from, at - 12), at)))
      )
        cut(at + 1)
    } else if (sign === '•' || sign === '\uf0b7' || sign === '●') {
      cut(at)
    } else if (at - from >= LONGEST && /\s/.test(sign)) cut(at)
    else if (at - from >= LONGEST * 2) cut(at)
  }
  cut(whole.length)
  return found
}

function add(found: Statement[], whole: string, from: number, to: number): void {
  let start = from
  let end = to
  while (start < end && /[\s•●\uf0b7]/.test(whole[start]!)) start++
  while (end > start && /\s/.test(whole[end - 1]!)) end--
  if (end === start || !/\p{L}/u.test(whole.slice(start, end))) return
  found.push({ start, end, plain: withoutSpeech(whole.slice(start, end)) })
}

/** What somebody is quoted as saying is not the plan's own promise. Three words or more between double quotes. */
function withoutSpeech(statement: string): string {
  if (!statement.includes('"')) return statement
  return statement.replace(/"([^"]{0,800})"/g, (quoted, inside: string) =>
    inside.trim().split(/\s+/).length < 3 ? quoted : `"${' '.repeat(inside.length)}"`,
  )
}
