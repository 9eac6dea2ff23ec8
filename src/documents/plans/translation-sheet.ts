import type { Block, PrintedDocument } from '../blocks.ts'
import { type PlanToPrint, planDocument } from './plan-document.ts'

/** Every piece of words in a block, in reading order. */
function wordsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text]
    case 'words':
      return [...(block.label ? [block.label] : []), block.text]
    case 'list':
      return block.items
    case 'labelled':
      return [block.text, ...block.rows.map((row) => `${row.label}: ${row.text}`)]
    case 'table':
      return [
        block.head.join(' | '),
        ...block.rows.flatMap((row) =>
          row.flatMap((cell) => [cell.text, ...(cell.rows ?? []).map((one) => `${one.label}: ${one.text}`)]),
        ),
      ]
    case 'letterhead':
      return [...block.from, ...block.to, ...block.lines]
  }
}

/** A plan for a translator: each piece of its English beside an empty space. Words said before are not asked for again. */
export function translationSheet(plan: PlanToPrint): PrintedDocument {
  const whole = planDocument(plan)
  const pieces = [...new Set(whole.blocks.flatMap(wordsOf))].filter((text) => /\p{L}/u.test(text))
  return {
    ...whole,
    title: `For translation: ${whole.title}`,
    front: null,
    blocks: [
      { kind: 'heading', level: 1, text: 'For translation' },
      {
        kind: 'labelled',
        text: 'Write the translation beside the English. The English is the plan in law; the translation is to help people read it.',
        rows: [
          { label: 'Language', text: ' ' },
          { label: 'Translator', text: ' ' },
          { label: 'Date', text: ' ' },
        ],
      },
      {
        kind: 'table',
        head: ['No.', 'English', 'Translation'],
        widths: [0.6, 4, 4],
        rows: pieces.map((text, index) => [{ text: String(index + 1) }, { text }, { text: '' }]),
      },
    ],
  }
}
