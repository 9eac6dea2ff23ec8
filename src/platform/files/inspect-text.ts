import { readPath } from './folder-store.ts'
import { findKind, type Kind } from './kinds.ts'

/** Words that begin markup a browser could run, wherever they stand. */
const MARKUP =
  /<(?:!doctype\s+html|html[\s>]|svg[\s>]|script[\s>]|iframe[\s>]|body[\s>]|object[\s>]|embed[\s>]|\?xml|\?php|img\s[^>]{0,200}\bon\w+\s*=)/i
/** What is embedded in a rich text file to be run. */
const RTF_OBJECT = /\\obj(?:data|ect|ocx|update)/i
/** Kept from one piece of the file to the next, so that a word cut in two is found. */
const OVERLAP = 300

export const textKind = (ending: string | undefined): Kind =>
  findKind(ending === 'csv' ? 'text/csv' : 'text/plain')!

const NOT_TEXT =
  'It could not be recognised. Send a PDF, Word document, spreadsheet, photo, sound recording or video'

/**
 * Reads a file through as text. Text has no control characters but line ends, tabs and page ends, and no markup.
 * Words in an old Windows encoding are text too.
 * @returns why it is refused
 */
export async function inspectText(
  path: string,
  { isRtf }: { readonly isRtf: boolean },
): Promise<string | undefined> {
  let before = ''
  let isFirst = true
  let isWide = false
  for await (const chunk of readPath(path) as AsyncIterable<Buffer>) {
    if (isFirst) isWide = (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff)
    // Each byte as a letter: enough to find what is refused, and it cannot fail. Two-byte text loses its empty halves.
    const text = isWide ? chunk.toString('latin1').replaceAll('\0', '') : chunk.toString('latin1')
    isFirst = false
    if (!isRtf && hasControl(text)) return NOT_TEXT
    const seen = before + text
    if (!isRtf && MARKUP.test(seen))
      return 'It is a web page or drawing that can run code. Send a PDF, Word document or photo'
    if (isRtf && RTF_OBJECT.test(seen))
      return 'It has something embedded in it that can be run. Save it as DOCX or PDF and send that'
    before = seen.slice(-OVERLAP)
  }
  return undefined
}

/** Control characters no text has: all but tab, line ends, page end and the escape of old printers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const hasControl = (text: string): boolean => /[\x00-\x08\x0b\x0e-\x1f\x7f]/.test(text)
