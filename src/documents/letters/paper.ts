import type { Block, Print, PrintedDocument } from '../blocks.ts'

/** A letter as it was kept, to be put on paper again word for word. */
export interface KeptLetter {
  readonly title: string
  /** The plain HTML that `renderLetter` wrote. */
  readonly body: string
  readonly sha256: string
  readonly authorityName: string
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': '’',
  '&nbsp;': ' ',
}
const plain = (html: string): string =>
  html.replaceAll(/<[^>]*>/g, '').replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (sign) => ENTITIES[sign]!)
const linesOf = (html: string): readonly string[] => html.split(/<br\s*\/?>/).map(plain)

/** The elements a letter is made of, in order. Anything else in it would be a letter we did not write. */
const ELEMENT =
  /<(p|h1|h2)(?:\s[^>]*)?>([\s\S]*?)<\/\1>|<ul(?:\s[^>]*)?>([\s\S]*?)<\/ul>|<\/?(?:article|section)(?:\s[^>]*)?>/g

/** Thrown when a kept letter has anything in it that would not be printed. */
export class UnknownLetter extends Error {
  override readonly name = 'UnknownLetter'
}

/**
 * A kept letter as paper. Every word of it is printed: what is not understood is refused, never left out.
 * @throws UnknownLetter
 */
export function letterDocument(letter: KeptLetter, print: Print = 'standard'): PrintedDocument {
  const blocks: Block[] = []
  const opening: (readonly string[])[] = []
  let at = 0
  for (const found of letter.body.matchAll(ELEMENT)) {
    if (letter.body.slice(at, found.index).trim() !== '') throw new UnknownLetter()
    at = found.index + found[0].length
    const [, tag, inner = '', items] = found
    if (items !== undefined)
      blocks.push({
        kind: 'list',
        items: [...items.matchAll(/<li(?:\s[^>]*)?>([\s\S]*?)<\/li>/g)].map((item) => plain(item[1]!)),
      })
    else if (tag === 'p' && opening.length < 3) {
      opening.push(linesOf(inner))
      if (opening.length === 3)
        blocks.push({ kind: 'letterhead', from: opening[0]!, to: opening[1]!, lines: opening[2]! })
    } else if (tag === 'p') blocks.push({ kind: 'words', text: linesOf(inner).join('\n') })
    else if (tag === 'h1' || tag === 'h2')
      blocks.push({ kind: 'heading', level: tag === 'h1' ? 1 : 2, text: plain(inner) })
  }
  if (opening.length < 3 || letter.body.slice(at).trim() !== '') throw new UnknownLetter()
  return {
    title: letter.title,
    author: letter.authorityName,
    language: 'en-GB',
    print,
    header: null,
    footer: `${letter.authorityName}, letter ${letter.sha256.slice(0, 8)}`,
    front: null,
    blocks,
  }
}
