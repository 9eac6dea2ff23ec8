import {
  type Block,
  type Labelled,
  type Passage,
  type Print,
  type PrintedDocument,
  passagesOf,
  printable,
} from './blocks.ts'

interface LaidRow {
  readonly label: string
  readonly passages: readonly Passage[]
}
interface LaidCell {
  readonly passages: readonly Passage[]
  readonly rows: readonly LaidRow[]
}
export type LaidBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | {
      readonly kind: 'words'
      readonly passages: readonly Passage[]
      readonly number: string | null
      readonly label: string | null
      readonly tone: 'note' | 'small' | null
      readonly indent: boolean
    }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'labelled'
      readonly number: string | null
      readonly passages: readonly Passage[]
      readonly rows: readonly LaidRow[]
      /** Short enough to be kept on one page. */
      readonly whole: boolean
    }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      readonly widths: readonly number[]
      readonly rows: readonly { readonly whole: boolean; readonly cells: readonly LaidCell[] }[]
    }
  | {
      readonly kind: 'letterhead'
      readonly from: readonly string[]
      readonly to: readonly string[]
      readonly lines: readonly string[]
    }

export interface LaidDocument {
  readonly lang: string
  readonly region: string | null
  readonly print: Print
  readonly header: string | null
  readonly footer: string
  readonly front: {
    readonly above: string
    readonly title: string
    readonly lead: string
    readonly rows: readonly LaidRow[]
    readonly note: readonly Passage[] | null
    readonly contents: boolean
  } | null
  readonly blocks: readonly LaidBlock[]
}

/** What a layout reads: documents with every word made fit to print, and parted into paragraphs and lists. */
export interface LaidOut {
  readonly title: string
  readonly author: string
  readonly words: { readonly page: string; readonly of: string; readonly contents: string }
  readonly documents: readonly LaidDocument[]
}

/** One line of words: whatever line ends were in it are spaces. */
const line = (text: string): string => printable(text).replaceAll('\n', ' ').trim()
const labelled = (rows: readonly Labelled[]): readonly LaidRow[] =>
  rows.map((row) => ({ label: line(row.label), passages: passagesOf(row.text) }))

/** What is no longer than this is kept on one page; what is longer may run over. */
const KEPT_WHOLE = 1200
const isShort = (texts: readonly string[]): boolean => texts.join('').length <= KEPT_WHOLE

function laid(block: Block): LaidBlock {
  switch (block.kind) {
    case 'heading':
      return { ...block, text: line(block.text) }
    case 'words':
      return {
        kind: 'words',
        passages: passagesOf(block.text),
        number: block.number ?? null,
        label: block.label === undefined ? null : line(block.label),
        tone: block.tone ?? null,
        indent: block.under === true,
      }
    case 'list':
      return { kind: 'list', items: block.items.map(line) }
    case 'labelled':
      return {
        kind: 'labelled',
        number: block.number ?? null,
        passages: passagesOf(block.text),
        rows: labelled(block.rows),
        whole: isShort([block.text, ...block.rows.map((row) => row.text)]),
      }
    case 'table':
      return {
        kind: 'table',
        head: block.head.map(line),
        widths: block.widths,
        rows: block.rows.map((row) => ({
          whole: isShort(row.flatMap((cell) => [cell.text, ...(cell.rows ?? []).map((one) => one.text)])),
          cells: row.map((cell) => ({ passages: passagesOf(cell.text), rows: labelled(cell.rows ?? []) })),
        })),
      }
    case 'letterhead':
      return {
        kind: 'letterhead',
        from: block.from.map(line),
        to: block.to.map(line),
        lines: block.lines.map(line),
      }
  }
}

/**
 * Documents as data for a layout, each to begin on a page of its own.
 * @throws when there is none
 */
export function layOut(documents: readonly PrintedDocument[], title?: string): LaidOut {
  const [first] = documents
  if (!first) throw new Error('there is nothing to print')
  return {
    title: line(title ?? first.title),
    author: line(first.author),
    words: { page: 'Page', of: 'of', contents: 'Contents' },
    documents: documents.map((one) => {
      const [lang = 'en', region] = one.language.split('-')
      return {
        lang,
        region: region ?? null,
        print: one.print,
        header: one.header === null ? null : line(one.header),
        footer: line(one.footer),
        front: one.front && {
          above: line(one.front.above),
          title: line(one.front.title),
          lead: line(one.front.lead),
          rows: labelled(one.front.rows),
          note: one.front.note === null ? null : passagesOf(one.front.note),
          contents: one.front.contents,
        },
        blocks: one.blocks.map(laid),
      }
    }),
  }
}
