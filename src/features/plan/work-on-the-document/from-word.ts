import {
  type Finding,
  findingsOf,
  type ProposedChange,
  type WorkingParagraph,
} from '../../../record/plan/working-document.ts'
import type { Party, TypedRun } from '../../../record/plan/working-key.ts'
import { ID_PROPERTY, numberOfPlace } from './word-places.ts'
import {
  notesOf,
  paragraphsOf,
  partsOfWord,
  UnreadableWord,
  type WordParagraph,
  type WordRun,
} from './word-xml.ts'

/** What was sent: the version whose copy may come back. */
export interface SentDocument {
  readonly id: string
  readonly paragraphs: readonly (WorkingParagraph & {
    readonly changes: readonly (ProposedChange & { readonly evidence: string })[]
  })[]
}

/** A finding with the paragraph it is of, and the evidence its footnote gives. */
export type PlacedFinding = Finding & { readonly number: number; readonly evidence: string }

export type ReadReturn =
  | { readonly ok: false; readonly why: string }
  | {
      readonly ok: true
      /** The version the file says it is a copy of; null when Word, or another program, lost it. */
      readonly version: number | null
      readonly findings: readonly PlacedFinding[]
      /** What could not be read, line by line, with the reason. No word is left out in silence. */
      readonly unread: readonly { readonly words: string; readonly why: string }[]
      readonly remarks: readonly string[]
    }

/** The number of the version a file is a copy of; a refusal when it is of another document, or of none. */
export async function whichVersion(
  path: string,
  documentId: string,
): Promise<
  { readonly ok: true; readonly version: number | null } | { readonly ok: false; readonly why: string }
> {
  try {
    const parts = await partsOfWord(path, ['word/document.xml', 'docProps/custom.xml'])
    const body = parts.get('word/document.xml')
    if (!body) return { ok: false, why: 'It is not a Word document (.docx)' }
    const said = new RegExp(
      `name="${ID_PROPERTY}"[^<>]{0,500}>\\s{0,500}<[^<>]{0,500}>([0-9a-f-]{36}) (\\d{1,6})<`,
    ).exec(parts.get('docProps/custom.xml') ?? '')
    if (said)
      return said[1] === documentId ? { ok: true, version: Number(said[2]) } : { ok: false, why: OTHER }
    const front = paragraphsOf(body)
      .slice(0, 40)
      .map((one) => one.runs.map(({ text }) => text).join(''))
    const reference = front.map((line) => /Reference ([0-9a-f-]{36})/.exec(line)?.[1]).find(Boolean)
    if (!reference) return { ok: false, why: NO_REFERENCE }
    if (reference !== documentId) return { ok: false, why: OTHER }
    const version = front.map((line) => /^Version (\d{1,6}),/.exec(line.trim())?.[1]).find(Boolean)
    return { ok: true, version: version ? Number(version) : null }
  } catch (error) {
    if (error instanceof UnreadableWord) return { ok: false, why: error.message }
    throw error
  }
}
const OTHER = 'It is a copy of another working document, perhaps of another child. Nothing in it was kept'
const NO_REFERENCE =
  'It does not say which working document it is a copy of. Ask for the file that was sent, with their changes in it'

/** Reads a copy that came back against the version that was sent. Writes nothing: each finding is looked at first. */
export async function fromWord(path: string, sent: SentDocument, sender: Party): Promise<ReadReturn> {
  const which = await whichVersion(path, sent.id)
  if (!which.ok) return which
  try {
    const parts = await partsOfWord(path, [
      'word/document.xml',
      'word/footnotes.xml',
      'word/endnotes.xml',
      'word/comments.xml',
    ])
    const notes = new Map([
      ...notesOf(parts.get('word/footnotes.xml'), 'w:footnote'),
      ...[...notesOf(parts.get('word/endnotes.xml'), 'w:endnote')].map(
        ([id, words]) => [`end${id}`, words] as const,
      ),
    ])
    const comments = [...notesOf(parts.get('word/comments.xml'), 'w:comment').values()]
    const read = readParagraphs(paragraphsOf(parts.get('word/document.xml')!), sent, sender, notes)
    return {
      ...read,
      ok: true,
      version: which.version,
      unread: [
        ...read.unread,
        ...comments.map((words) => ({
          words,
          why: 'It is a comment in the margin. Ask for it as a change in the text, or a footnote',
        })),
      ],
    }
  } catch (error) {
    if (error instanceof UnreadableWord) return { ok: false, why: error.message }
    throw error
  }
}

type TypedWithNote = TypedRun & { readonly evidence?: string }

function readParagraphs(
  paragraphs: readonly WordParagraph[],
  sent: SentDocument,
  sender: Party,
  notes: ReadonlyMap<string, string>,
): Pick<Extract<ReadReturn, { ok: true }>, 'findings' | 'unread' | 'remarks'> {
  const unread: { words: string; why: string }[] = []
  const known = new Map(sent.paragraphs.map((one) => [one.number, one]))
  const bodies = new Map<number, TypedWithNote[]>()
  const loose: { runs: TypedWithNote[]; words: string }[] = []
  let current: number | undefined
  let hasBegun = false
  const told = { tracked: 0, tables: 0, pictures: 0 }
  for (const paragraph of paragraphs) {
    told.pictures += paragraph.pictures
    const label = labelOf(paragraph)
    let { runs } = paragraph
    if (label !== undefined && known.has(label.number)) {
      hasBegun = true
      if (bodies.has(label.number)) {
        unread.push({
          words: wordsOf(runs),
          why: `Paragraph ${label.number} comes twice. The words under both are read as one`,
        })
      } else bodies.set(label.number, [])
      current = label.number
      runs = withoutLabel(runs, known.get(label.number)!.label)
    } else if (!hasBegun) continue
    else if (/^(heading|title)/i.test(paragraph.style)) {
      current = undefined
      continue
    }
    const typed = runs.flatMap((run): TypedWithNote[] => typedRun(run, sender, notes))
    told.tracked += runs.filter((run) => run.tracked !== null && run.text.trim() !== '').length
    if (typed.every((run) => run.text.trim() === '' && !run.evidence)) continue
    if (paragraph.inTable) told.tables++
    if (current === undefined) loose.push({ runs: typed, words: wordsOf(runs) })
    else {
      const body = bodies.get(current)!
      const stands = body.some((run) => run.text.trim() !== '')
      // A paragraph more than was sent: its line end belongs to the words it brings.
      const [first] = typed
      if (stands && looksLikeAnother(typed, current, bodies, known))
        loose.push({ runs: typed, words: wordsOf(runs) })
      else {
        if (stands)
          body.push(
            first && !first.struck && first.mark !== 'plain'
              ? { ...first, text: '\n', evidence: '' }
              : { text: '\n', mark: 'plain', struck: false },
          )
        body.push(...typed)
      }
    }
  }
  for (const { runs, words } of loose) {
    const number = bestMatch(
      runs,
      [...known.values()].filter((one) => !bodies.has(one.number)),
    )
    if (number === undefined)
      unread.push({ words, why: 'It stands under no numbered paragraph, and is like none of them' })
    else bodies.set(number, runs)
  }
  const findings: PlacedFinding[] = []
  for (const paragraph of sent.paragraphs) {
    const body = bodies.get(paragraph.number)
    if (!body) {
      if (paragraph.words !== '' || paragraph.changes.some((change) => change.state !== 'withdrawn'))
        unread.push({
          words: `[${paragraph.number}] ${paragraph.words}`,
          why: 'This paragraph is not in the file. It is taken as nothing said, and stays as it is',
        })
      continue
    }
    if (body.length === 0 && paragraph.words !== '') {
      unread.push({
        words: `[${paragraph.number}] ${paragraph.words}`,
        why: 'Its number is in the file and its words are not. If they are to go, they must be struck through',
      })
      continue
    }
    for (const finding of findingsOf(paragraph.words, paragraph.changes, body, sender))
      findings.push({
        ...finding,
        number: paragraph.number,
        evidence: finding.kind === 'change' ? evidenceFor(finding, paragraph, body) : '',
      })
  }
  if (bodies.size === 0)
    return {
      findings: [],
      unread: [{ words: '', why: 'None of the numbered paragraphs were found in the file' }],
      remarks: [],
    }
  return {
    findings,
    unread,
    remarks: [
      ...(told.tracked > 0
        ? [
            'It has tracked changes, which the tribunal asks nobody to use. They are read as proposals of whoever sent the file.',
          ]
        : []),
      ...(told.tables > 0 ? ['Words came in a table. They are read in order, without the table.'] : []),
      ...(told.pictures > 0 ? ['Pictures were left out: a plan is words.'] : []),
    ],
  }
}

const wordsOf = (runs: readonly { readonly text: string }[]): string =>
  runs
    .map(({ text }) => text)
    .join('')
    .trim()

/** Its number, from the bookmark that went with it or from the number in brackets. */
function labelOf(paragraph: WordParagraph): { readonly number: number } | undefined {
  const typed = /^\s*\[(\d{1,4})\]/.exec(wordsOf(paragraph.runs))
  if (typed) return { number: Number(typed[1]) }
  const marked = paragraph.bookmarks.map(numberOfPlace).find((number) => number !== undefined)
  return marked === undefined ? undefined : { number: marked }
}

/** What stands on the line of the number beside the number and its label. */
function withoutLabel(runs: readonly WordRun[], label: string): readonly WordRun[] {
  const text = runs.map((run) => run.text).join('')
  const number = /^\s*\[\d{1,4}\]\s*/.exec(text)?.[0] ?? ''
  let drop = number.length
  if (label !== '' && text.slice(drop).startsWith(label)) drop += label.length
  return runs.flatMap((run) => {
    const gone = Math.min(drop, run.text.length)
    drop -= gone
    return run.text.length === gone && run.footnote === null ? [] : [{ ...run, text: run.text.slice(gone) }]
  })
}

/** A run in the types of the key. A tracked change is the sender's; a type the key does not have is said to be one. */
function typedRun(run: WordRun, sender: Party, notes: ReadonlyMap<string, string>): TypedWithNote[] {
  if (run.footnote !== null) {
    const evidence = notes.get(run.footnote)
    return evidence ? [{ text: '', mark: 'plain', struck: false, evidence }] : []
  }
  // Null bytes and their like are no words; they would be refused by the database after all was checked.
  const text = run.text.replaceAll(/[^\P{Cc}\n]/gu, '').replaceAll('\u00ad', '')
  if (text === '') return []
  if (run.tracked !== null) return [{ text, mark: sender, struck: run.tracked === 'out', why: 'tracked' }]
  const types = [run.bold, run.italic, run.underlined].filter(Boolean).length
  const mark = run.underlined ? 'agreed' : run.bold ? 'family' : run.italic ? 'authority' : 'plain'
  if (types > 1) return [{ text, mark: sender, struck: run.struck, why: 'two-types' }]
  if (types === 0 && run.struck) return [{ text, mark: sender, struck: true, why: 'struck-only' }]
  return [{ text, mark, struck: run.struck }]
}

/** The footnote that stands nearest after the words of a finding. */
function evidenceFor(
  finding: Extract<Finding, { kind: 'change' }>,
  paragraph: SentDocument['paragraphs'][number],
  body: readonly TypedWithNote[],
): string {
  const said: string[] = []
  for (const [index, run] of body.entries()) {
    if (!run.evidence) continue
    const before = body.slice(0, index).findLast((one) => one.text.trim() !== '')
    const words = before?.text.trim()
    if (
      words &&
      (finding.words.includes(words) ||
        (before!.struck && paragraph.words.slice(finding.from, finding.to).includes(words)))
    )
      said.push(run.evidence)
  }
  // Footnotes of changes that stood there before are theirs.
  const known = new Set(paragraph.changes.map((change) => change.evidence))
  const fresh = said.filter((words) => !known.has(words))
  return [...new Set(fresh.length > 0 ? fresh : said)].join('; ')
}

const wordSet = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [])
/** How alike two texts are: the share of their words that both have. */
function likeness(one: string, other: string): number {
  const [a, b] = [wordSet(one), wordSet(other)]
  if (a.size === 0 || b.size === 0) return 0
  const both = [...a].filter((word) => b.has(word)).length
  return both / (a.size + b.size - both)
}
const ALIKE = 0.5

const standing = (runs: readonly TypedRun[]): string =>
  runs
    .filter((run) => run.struck || run.mark === 'plain')
    .map(({ text }) => text)
    .join('')

function bestMatch(runs: readonly TypedRun[], missing: readonly WorkingParagraph[]): number | undefined {
  const text = standing(runs)
  const best = missing
    .map((one) => ({ number: one.number, score: likeness(one.words, text) }))
    .toSorted((a, b) => b.score - a.score)[0]
  return best && best.score >= ALIKE ? best.number : undefined
}

/** A paragraph whose number was taken away follows on another: it is known by its words. */
const looksLikeAnother = (
  runs: readonly TypedRun[],
  current: number,
  bodies: ReadonlyMap<number, unknown>,
  known: ReadonlyMap<number, WorkingParagraph>,
): boolean => {
  const missing = [...known.values()].filter((one) => one.number > current && !bodies.has(one.number))
  const number = bestMatch(runs, missing)
  return (
    number !== undefined &&
    likeness(known.get(number)!.words, standing(runs)) > likeness(known.get(current)!.words, standing(runs))
  )
}
