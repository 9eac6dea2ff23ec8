/**
 * A document before it is printed: what it says, in order, and nothing of how it looks. The PDF and the Word file are made from the
 * same blocks, so that they say the same.
 */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  /** Words as somebody wrote them: empty lines part paragraphs, and lines that begin with a mark are a list. */
  | {
      readonly kind: 'words'
      readonly text: string
      readonly number?: string
      readonly label?: string
      readonly tone?: 'note' | 'small'
      /** Belongs to the numbered paragraph above it. */
      readonly under?: true
    }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** One numbered thing, and what is said of it line by line. */
  | {
      readonly kind: 'labelled'
      readonly number?: string
      readonly text: string
      readonly rows: readonly Labelled[]
    }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      /** How wide the columns are, one beside another. */
      readonly widths: readonly number[]
      readonly rows: readonly (readonly TableCell[])[]
    }
  /** The head of a letter. The address stands where the window of an envelope is. */
  | {
      readonly kind: 'letterhead'
      readonly from: readonly string[]
      readonly to: readonly string[]
      readonly lines: readonly string[]
    }

export interface Labelled {
  readonly label: string
  readonly text: string
}

/** What a cell says, and below it what is said of that line by line. */
export interface TableCell {
  readonly text: string
  readonly rows?: readonly Labelled[]
}

/** Letters of 11, 15 or 18 points. */
export type Print = 'standard' | 'easy' | 'large'

export interface PrintedDocument {
  /** In the window's title, and never a child's name. */
  readonly title: string
  readonly author: string
  /** As browsers and readers name it: en-GB, cy. */
  readonly language: string
  readonly print: Print
  /** At the head of each page, such as that it is a draft. */
  readonly header: string | null
  /** At the foot of each page, beside its number: what the paper is, so that a loose sheet finds its way back. */
  readonly footer: string
  readonly front: {
    readonly above: string
    readonly title: string
    readonly lead: string
    readonly rows: readonly Labelled[]
    readonly note: string | null
    readonly contents: boolean
  } | null
  readonly blocks: readonly Block[]
}

/** A paragraph as lines, or a list; and whether its letters run from right to left. */
export type Passage =
  | { readonly lines: readonly string[]; readonly rtl: boolean }
  | { readonly items: readonly string[]; readonly rtl: boolean }

/**
 * Signs that print as nothing, or make what follows read another way round than it was written: control characters but line ends and
 * tabs, soft hyphens, spaces of no width, marks that override direction.
 */
const UNPRINTABLE =
  /(?![\n\t])\p{Cc}|[\u{AD}\u{200B}\u{202A}-\u{202E}\u{2060}-\u{2069}\u{FEFF}\u{FFFE}\u{FFFF}]/gu

/** More marks on one letter than any writing puts there: typesetting thousands of them would never end. */
const HEAPED_MARKS = /(\p{M}{16})\p{M}+/gu

/** Words fit to print: whole characters, one kind of line end, no signs that cannot be seen. */
export const printable = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(UNPRINTABLE, '')
    .replaceAll(HEAPED_MARKS, '$1')
    .replaceAll('\t', ' ')

const MARK = /^\s*(?:[•·▪◦‣●–*-]|\u00b7)\s+/u
const RTL_LETTERS = /\p{Script=Arabic}|\p{Script=Hebrew}/gu
const OTHER_LETTERS = /\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}/gu
const isRightToLeft = (text: string): boolean =>
  (text.match(RTL_LETTERS)?.length ?? 0) > (text.match(OTHER_LETTERS)?.length ?? 0)

/** Words as typed or pasted, in paragraphs and lists. No word is left out, and none is added. */
export function passagesOf(text: string): readonly Passage[] {
  const passages: Passage[] = []
  let lines: string[] = []
  let items: string[] = []
  const close = (): void => {
    if (lines.length > 0) passages.push({ lines, rtl: isRightToLeft(lines.join(' ')) })
    if (items.length > 0) passages.push({ items, rtl: isRightToLeft(items.join(' ')) })
    lines = []
    items = []
  }
  for (const raw of printable(text).split('\n')) {
    const line = raw.trimEnd()
    if (line.trim() === '') {
      close()
      continue
    }
    const isItem = MARK.test(line) && line.replace(MARK, '') !== ''
    if (isItem ? lines.length > 0 : items.length > 0) close()
    if (isItem) items.push(line.replace(MARK, '').trim())
    else lines.push(line.trim())
  }
  close()
  return passages
}
