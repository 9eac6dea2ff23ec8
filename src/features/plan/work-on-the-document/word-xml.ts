import { type Entry, open as openZip, type ZipFile } from 'yauzl'

/** The most text one part of a working document may hold: far more than any plan. */
const MOST_TEXT = 20_000_000

export class UnreadableWord extends Error {}
const TOO_MANY_WORDS = 'It has far more words than a plan: check that it is the right file'

/**
 * The parts of a Word file that hold words, by their names. The file has been inspected before: what it unpacks to is bounded
 * here again.
 * @throws UnreadableWord
 */
export async function partsOfWord(
  path: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    openZip(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, opened) =>
      error ? reject(new UnreadableWord('It is damaged or is not a Word document')) : resolve(opened),
    )
  })
  try {
    const entries: Entry[] = []
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: Entry) => {
        if (names.includes(entry.fileName)) entries.push(entry)
        zip.readEntry()
      })
      zip.on('end', resolve)
      zip.on('error', () => reject(new UnreadableWord('It is damaged or is not a Word document')))
      zip.readEntry()
    })
    const parts = new Map<string, string>()
    for (const entry of entries) parts.set(entry.fileName, await textOf(zip, entry))
    return parts
  } finally {
    zip.close()
  }
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  let size = 0
  const kept: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_TEXT) throw new UnreadableWord(TOO_MANY_WORDS)
    kept.push(chunk)
  }
  const text = Buffer.concat(kept).toString('utf8').replaceAll('\0', '')
  // Word writes no document type. One could name entities that grow without end.
  if (text.includes('<!DOCTYPE')) throw new UnreadableWord('It is damaged or is not a Word document')
  return text
}

/** What a paragraph in Word is made of. */
export interface WordRun {
  readonly text: string
  readonly bold: boolean
  readonly italic: boolean
  readonly underlined: boolean
  readonly struck: boolean
  /** Left as a tracked change. */
  readonly tracked: 'in' | 'out' | null
  /** The id of the footnote that stands here. */
  readonly footnote: string | null
}
export interface WordParagraph {
  readonly style: string
  readonly bookmarks: readonly string[]
  readonly runs: readonly WordRun[]
  readonly inTable: boolean
  readonly pictures: number
}

/**
 * A tag ends before the next begins, in quotation marks too (XML has no bare "<" there): a file of nothing but opening brackets is
 * read once through, and not once for each of them.
 */
const TAG = /<(?:"[^"<]*"|'[^'<]*'|[^<>"'])*>|[^<]+/g
/** More than the longest plan anybody wrote has. */
const MOST_PARAGRAPHS = 20_000

interface OpenParagraph {
  style: string
  bookmarks: string[]
  runs: WordRun[]
  inTable: boolean
  pictures: number
}
interface OpenRun {
  bold: boolean
  italic: boolean
  underlined: boolean
  struck: boolean
}

/**
 * The paragraphs of a Word part in reading order, with the type of each run. Every word is read, those of tracked changes too:
 * put in, taken out and moved. Fields give what they show, boxes their paragraphs.
 */
export function paragraphsOf(xml: string): readonly WordParagraph[] {
  const done: WordParagraph[] = []
  const open: OpenParagraph[] = []
  const names: string[] = []
  let run: OpenRun | undefined
  let [tracksIn, tracksOut, tables, skipped] = [0, 0, 0, 0]
  const say = (text: string, footnote: string | null = null): void => {
    const paragraph = open.at(-1)
    if (!paragraph || skipped > 0 || (text === '' && footnote === null)) return
    const type = run ?? { bold: false, italic: false, underlined: false, struck: false }
    const tracked = tracksOut > 0 ? ('out' as const) : tracksIn > 0 ? ('in' as const) : null
    paragraph.runs.push({ ...type, text, tracked, footnote })
  }
  for (const [token] of xml.matchAll(TAG)) {
    if (!token.startsWith('<')) {
      const inside = names.at(-1)
      if (inside === 'w:t' || inside === 'w:delText') say(unescaped(token))
      continue
    }
    if (token.startsWith('<?') || token.startsWith('<!')) continue
    const name = /^<\/?([\w:.-]+)/.exec(token)?.[1] ?? ''
    const isEnd = token.startsWith('</')
    const isEmpty = token.endsWith('/>')
    if (isEnd) {
      while (names.length > 0 && names.pop() !== name);
      if (name === 'w:p') {
        const paragraph = open.pop()
        if (paragraph) done.push(paragraph)
        if (done.length > MOST_PARAGRAPHS) throw new UnreadableWord(TOO_MANY_WORDS)
      } else if (name === 'w:r') run = undefined
      else if (SKIPPED.has(name)) skipped--
      else if (TRACKS_IN.has(name)) tracksIn--
      else if (TRACKS_OUT.has(name)) tracksOut--
      else if (name === 'w:tbl') tables--
      continue
    }
    const parent = names.at(-1)
    if (!isEmpty) names.push(name)
    if (SKIPPED.has(name)) {
      if (!isEmpty) skipped++
    } else if (TRACKS_IN.has(name)) {
      if (!isEmpty) tracksIn++
    } else if (TRACKS_OUT.has(name)) {
      if (!isEmpty) tracksOut++
    } else if (name === 'w:tbl') tables++
    else if (name === 'w:p') {
      const paragraph = { style: '', bookmarks: [], runs: [], inTable: tables > 0, pictures: 0 }
      if (isEmpty) done.push(paragraph)
      else open.push(paragraph)
    } else if (name === 'w:r') run = { bold: false, italic: false, underlined: false, struck: false }
    else if (skipped > 0) continue
    else if (name === 'w:pStyle') {
      const paragraph = open.at(-1)
      if (paragraph) paragraph.style = attribute(token, 'w:val')
    } else if (name === 'w:bookmarkStart') open.at(-1)?.bookmarks.push(attribute(token, 'w:name'))
    else if (name === 'w:tab') {
      if (parent === 'w:r') say(' ')
    } else if (name === 'w:br' || name === 'w:cr') say('\n')
    else if (name === 'w:noBreakHyphen') say('-')
    else if (name === 'w:drawing' || name === 'w:pict') {
      const paragraph = open.at(-1)
      if (paragraph) paragraph.pictures++
    } else if (name === 'w:footnoteReference' || name === 'w:endnoteReference')
      say('', `${name === 'w:endnoteReference' ? 'end' : ''}${attribute(token, 'w:id')}`)
    else if (run && parent === 'w:rPr') {
      const on = !['0', 'false', 'none', 'off'].includes(attribute(token, 'w:val'))
      if (name === 'w:b') run.bold = on
      else if (name === 'w:i') run.italic = on
      else if (name === 'w:u') run.underlined = on
      else if (name === 'w:strike' || name === 'w:dstrike') run.struck ||= on
      else if (name === 'w:rStyle') {
        const style = attribute(token, 'w:val')
        if (style === 'Strong') run.bold = true
        if (style === 'Emphasis') run.italic = true
      }
    }
  }
  return done
}

/** Formatting as it was before a tracked change, the second telling of a box, and codes of fields: no words of the document. */
const SKIPPED: ReadonlySet<string> = new Set([
  'w:rPrChange',
  'w:pPrChange',
  'w:sectPr',
  'w:instrText',
  'w:delInstrText',
  'mc:Fallback',
])
const TRACKS_IN: ReadonlySet<string> = new Set(['w:ins', 'w:moveTo'])
const TRACKS_OUT: ReadonlySet<string> = new Set(['w:del', 'w:moveFrom'])

const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)?.slice(1).find(Boolean) ?? '')

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string): string =>
  text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : ''
  })

/** Notes by their ids: the words of each. */
export function notesOf(
  xml: string | undefined,
  element: 'w:footnote' | 'w:endnote' | 'w:comment',
): ReadonlyMap<string, string> {
  const notes = new Map<string, string>()
  if (!xml) return notes
  for (const piece of xml.split(new RegExp(`<(?=${element}[\\s>])`)).slice(1)) {
    const id = attribute(`<${piece.slice(0, piece.indexOf('>') + 1)}`, 'w:id')
    const words = paragraphsOf(`<${piece}`)
      .map((paragraph) => paragraph.runs.map(({ text }) => text).join(''))
      .join(' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
    if (words !== '') notes.set(id, words)
  }
  return notes
}
