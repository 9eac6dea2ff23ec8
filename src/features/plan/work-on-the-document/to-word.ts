import { Bookmark, Document, FootnoteReferenceRun, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'
import type { PlanSection } from '../../../record/plan/index.ts'
import { type ProposedChange, runsOf, type WorkingParagraph } from '../../../record/plan/working-document.ts'
import { type TypedRun, tribunalKey } from '../../../record/plan/working-key.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { ID_PROPERTY, placeOf } from './word-places.ts'

/** A version of the working document, as it is sent. */
export interface WordDocument {
  readonly id: string
  readonly number: number
  readonly on: string
  readonly childName: string
  readonly bornOn: string
  readonly appealNumber: string
  readonly headings: Readonly<Partial<Record<PlanSection, string>>>
  readonly paragraphs: readonly (WorkingParagraph & {
    readonly changes: readonly (ProposedChange & { readonly evidence: string })[]
  })[]
}

const FONT = { font: 'Arial', size: 24, color: '000000' }

/**
 * The working document in Word: the key, then every paragraph under its number, each change in the type of the key and its
 * evidence as a footnote. The document's id and the paragraphs' numbers go with it, so that it can be read when it comes back.
 */
export async function toWord(document: WordDocument): Promise<Uint8Array> {
  const footnotes: Record<string, { children: Paragraph[] }> = {}
  const body: Paragraph[] = [
    plain('Working document', { heading: HeadingLevel.TITLE }),
    plain(`${document.childName}, born ${dayInWords(document.bornOn)}`),
    ...(document.appealNumber ? [plain(`Appeal number: ${document.appealNumber}`)] : []),
    plain(`Version ${document.number}, ${dayInWords(document.on)}`),
    plain(`Reference ${document.id}`),
    plain('Key', { heading: HeadingLevel.HEADING_2 }),
    ...tribunalKey(document.on).map(
      (line) =>
        new Paragraph({
          children: [...typedRuns({ ...line, text: line.type }), words(`: ${line.means}`)],
        }),
    ),
    plain('How to work on it', { heading: HeadingLevel.HEADING_2 }),
    plain(
      'Type your changes in your own type from the key. Give the evidence for each in a footnote: the page and paragraph of the bundle. Use no tracked changes and no comments. Leave the numbers in brackets: the words under each are read by them.',
    ),
  ]
  let section: PlanSection | null = null
  for (const paragraph of document.paragraphs) {
    if (paragraph.section !== section) {
      section = paragraph.section
      body.push(
        plain(document.headings[section] ?? `Section ${section}`, { heading: HeadingLevel.HEADING_1 }),
      )
    }
    body.push(
      new Paragraph({
        keepNext: true,
        spacing: { before: 200 },
        children: [
          new Bookmark({
            id: placeOf(paragraph.number),
            children: [
              new TextRun({
                ...FONT,
                size: 20,
                text: `[${paragraph.number}]${paragraph.label ? ` ${paragraph.label}` : ''}`,
              }),
            ],
          }),
        ],
      }),
      new Paragraph({ children: typed(paragraph, footnotes) }),
    )
  }
  const made = new Document({
    title: 'Working document',
    creator: 'Clearway',
    customProperties: [{ name: ID_PROPERTY, value: `${document.id} ${document.number}` }],
    footnotes,
    sections: [{ children: body }],
  })
  return new Uint8Array(await Packer.toBuffer(made))
}

function typed(
  paragraph: WordDocument['paragraphs'][number],
  footnotes: Record<string, { children: Paragraph[] }>,
): (TextRun | FootnoteReferenceRun)[] {
  const children: (TextRun | FootnoteReferenceRun)[] = []
  let at = 0
  // The footnote of a change follows what it puts in, or what it takes out.
  const waiting = new Map<number, string[]>()
  for (const change of paragraph.changes)
    if (change.state !== 'withdrawn' && change.evidence.trim() !== '')
      waiting.set(change.to, [...(waiting.get(change.to) ?? []), change.evidence])
  const note = (place: number): void => {
    for (const evidence of waiting.get(place) ?? []) {
      const id = Object.keys(footnotes).length + 1
      footnotes[id] = { children: [plain(evidence)] }
      children.push(new FootnoteReferenceRun(id))
    }
    waiting.delete(place)
  }
  const runs = runsOf(paragraph.words, paragraph.changes)
  for (const [index, one] of runs.entries()) {
    children.push(...typedRuns(one))
    if (one.struck || one.mark === 'plain') at += one.text.length
    const next = runs[index + 1]
    // Words put in at this place come first; the note stands after all of them.
    if (!next || next.struck || next.mark === 'plain')
      for (const place of [...waiting.keys()].filter((one) => one <= at)) note(place)
  }
  for (const place of waiting.keys()) note(place)
  return children
}

/** A run of one type; each of its lines is a run of its own, after a break. */
const typedRuns = ({ text, mark, struck }: TypedRun): TextRun[] =>
  text
    .replaceAll('\t', ' ')
    .split('\n')
    .map(
      (line, index) =>
        new TextRun({
          ...FONT,
          bold: mark === 'family',
          italics: mark === 'authority',
          ...(mark === 'agreed' ? { underline: {} } : {}),
          strike: struck,
          text: line,
          ...(index > 0 ? { break: 1 } : {}),
        }),
    )
const words = (text: string): TextRun => new TextRun({ ...FONT, text })
const plain = (
  text: string,
  options: { readonly heading?: (typeof HeadingLevel)[keyof typeof HeadingLevel] } = {},
): Paragraph =>
  new Paragraph({ ...options, children: [new TextRun(options.heading ? { text } : { ...FONT, text })] })
