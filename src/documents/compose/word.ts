import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  type IParagraphOptions,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Passage } from '../blocks.ts'
import type { LaidBlock, LaidDocument, LaidOut } from '../lay-out.ts'

// Runs in the composing thread: a long document takes a good part of a second.

type Options = Omit<IParagraphOptions, 'children' | 'text'>
const HEADINGS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const
/** Where the words begin beside a paragraph's number: twentieths of a point. */
const NUMBER_INDENT = 640

const runs = (lines: readonly string[], rtl: boolean): TextRun[] =>
  lines.map((text, index) => new TextRun({ text, rightToLeft: rtl, ...(index > 0 ? { break: 1 } : {}) }))

/** Words in paragraphs and lists; a number or a label stands before the first. */
function passages(all: readonly Passage[], options: Options = {}, before: TextRun[] = []): Paragraph[] {
  const made = all.flatMap((one, index) => {
    const first = index === 0 ? before : []
    const bidirectional = one.rtl
    if ('lines' in one)
      return [new Paragraph({ ...options, bidirectional, children: [...first, ...runs(one.lines, one.rtl)] })]
    const items = one.items.map(
      (item) => new Paragraph({ bidirectional, bullet: { level: 0 }, children: runs([item], one.rtl) }),
    )
    return first.length > 0 ? [new Paragraph({ ...options, children: first }), ...items] : items
  })
  return made.length === 0 && before.length > 0 ? [new Paragraph({ ...options, children: before })] : made
}

const numberRuns = (number: string | null): TextRun[] =>
  number === null ? [] : [new TextRun({ text: `${number}\t`, bold: true })]
const besideNumber = (number: string | null): Options =>
  number === null
    ? {}
    : {
        indent: { left: NUMBER_INDENT, hanging: NUMBER_INDENT },
        tabStops: [{ type: 'left', position: NUMBER_INDENT }],
      }

const labelled = (
  rows: readonly { readonly label: string; readonly passages: readonly Passage[] }[],
  options: Options = {},
): Paragraph[] =>
  rows.flatMap((row) =>
    passages(row.passages, options, [new TextRun({ text: `${row.label}: `, bold: true })]),
  )

function table(block: LaidBlock & { readonly kind: 'table' }): Table {
  const total = block.widths.reduce((sum, wide) => sum + wide, 0)
  const width = (index: number) => ({
    size: Math.round((100 * block.widths[index]!) / total),
    type: WidthType.PERCENTAGE,
  })
  const margins = { top: 60, bottom: 60, left: 90, right: 90 }
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: block.head.map(
          (text, index) =>
            new TableCell({
              width: width(index),
              margins,
              children: [new Paragraph({ children: [new TextRun({ text, bold: true })] })],
            }),
        ),
      }),
      ...block.rows.map(
        (row) =>
          new TableRow({
            cantSplit: row.whole,
            children: row.cells.map((cell, index) => {
              const children = [...passages(cell.passages), ...labelled(cell.rows)]
              return new TableCell({
                width: width(index),
                margins,
                children: children.length > 0 ? children : [new Paragraph({})],
              })
            }),
          }),
      ),
    ],
  })
}

function drawn(block: LaidBlock): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ heading: HEADINGS[block.level], text: block.text })]
    case 'words': {
      const options = block.indent ? { indent: { left: NUMBER_INDENT } } : besideNumber(block.number)
      const before = numberRuns(block.number)
      if (block.label === null) return passages(block.passages, options, before)
      return [
        new Paragraph({
          ...options,
          keepNext: true,
          children: [...before, new TextRun({ text: block.label, bold: true })],
        }),
        ...passages(block.passages, { indent: { left: NUMBER_INDENT } }),
      ]
    }
    case 'list':
      return block.items.map((item) => new Paragraph({ bullet: { level: 0 }, text: item }))
    case 'labelled':
      return [
        ...passages(block.passages, besideNumber(block.number), numberRuns(block.number)),
        ...labelled(block.rows, { indent: { left: NUMBER_INDENT } }),
      ]
    case 'table':
      return [table(block), new Paragraph({})]
    case 'letterhead':
      return [block.from, block.to, block.lines].map(
        (lines, index) =>
          new Paragraph({
            alignment: index === 0 ? AlignmentType.RIGHT : AlignmentType.LEFT,
            spacing: { after: 360 },
            children: runs(lines, false),
          }),
      )
  }
}

function front(one: NonNullable<LaidDocument['front']>): (Paragraph | Table)[] {
  return [
    new Paragraph({ text: one.above, spacing: { before: 1200, after: 240 } }),
    new Paragraph({ heading: HeadingLevel.TITLE, text: one.title }),
    ...(one.lead ? [new Paragraph({ style: 'Lead', text: one.lead })] : []),
    ...labelled(one.rows),
    ...(one.note ? passages(one.note, { spacing: { before: 360 } }) : []),
    new Paragraph({ pageBreakBefore: true, text: '' }),
  ]
}

/** A Word file of one document, with headings, lists and table heads as Word knows them. */
export async function wordFile(content: LaidOut): Promise<Uint8Array> {
  const [one] = content.documents
  if (!one || content.documents.length > 1) throw new Error('a Word file is of one document')
  const size = { standard: 24, easy: 30, large: 36 }[one.print]
  const heading = (scale: number, before: number) => ({
    run: { size: Math.round(size * scale), bold: true, color: '0B0C0C' },
    paragraph: { spacing: { before, after: 120 }, keepNext: true },
  })
  const made = new Document({
    title: content.title,
    creator: content.author,
    lastModifiedBy: content.author,
    styles: {
      default: {
        document: {
          run: {
            font: 'Arial',
            size,
            language: { value: one.region ? `${one.lang}-${one.region}` : one.lang },
          },
          paragraph: { spacing: { after: 160, line: 288 } },
        },
        title: heading(2, 0),
        heading1: heading(1.4, 480),
        heading2: heading(1.15, 320),
        heading3: heading(1, 240),
      },
      paragraphStyles: [
        { id: 'Lead', name: 'Lead', basedOn: 'Normal', run: { size: Math.round(size * 1.5) } },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1304, bottom: 1304, left: 1247, right: 1247 },
          },
        },
        ...(one.header === null
          ? {}
          : {
              headers: {
                default: new Header({
                  children: [new Paragraph({ children: [new TextRun({ text: one.header, bold: true })] })],
                }),
              },
            }),
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                children: [
                  new TextRun({
                    text: `${one.footer}. ${content.words.page} `,
                    size: Math.round(size * 0.8),
                  }),
                  new TextRun({ children: [PageNumber.CURRENT], size: Math.round(size * 0.8) }),
                  new TextRun({ text: ` ${content.words.of} `, size: Math.round(size * 0.8) }),
                  new TextRun({ children: [PageNumber.TOTAL_PAGES], size: Math.round(size * 0.8) }),
                ],
              }),
            ],
          }),
        },
        children: [...(one.front ? front(one.front) : []), ...one.blocks.flatMap(drawn)],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(made))
}
