import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DeletedTextRun,
  Document,
  InsertedTextRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProposedChange } from '../../../record/plan/working-document.ts'
import type { Party } from '../../../record/plan/working-key.ts'
import { fromWord, type ReadReturn } from './from-word.ts'
import { toWord, type WordDocument } from './to-word.ts'
import { paragraphsOf } from './word-xml.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'working-'))
})
afterAll(() => rm(folder, { recursive: true }))

const ID = '0b4c7a52-9d14-4b43-8c6e-5a1b2c3d4e5f'
type Change = WordDocument['paragraphs'][number]['changes'][number]
const change = (over: Partial<Change>): Change => ({
  id: 'c1',
  by: 'family',
  from: 0,
  to: 0,
  words: '',
  state: 'open',
  evidence: '',
  ...over,
})
const paragraph = (number: number, words: string, changes: readonly Change[] = [], label = '') => ({
  number,
  partId: null,
  section: 'F' as const,
  field: 'words',
  label,
  words,
  changes,
})
const documentOf = (paragraphs: WordDocument['paragraphs'], id = ID): WordDocument => ({
  id,
  number: 3,
  on: '2026-11-23',
  childName: 'Amara O’Connor-بن',
  bornOn: '2016-04-01',
  appealNumber: 'EH999/26/00001',
  headings: { F: 'Section F: Special educational provision' },
  paragraphs,
})
const kept = async (bytes: Uint8Array): Promise<string> => {
  const path = join(folder, `${Math.random()}.docx`)
  await writeFile(path, bytes)
  return path
}
const back = async (document: WordDocument, sender: Party = 'family') =>
  read(await fromWord(await kept(await toWord(document)), document, sender))
const read = (result: ReadReturn): Extract<ReadReturn, { ok: true }> => {
  if (!result.ok) throw new Error(result.why)
  return result
}

const SPEECH = 'A therapist sees Amara regularly in a small group.'
const sent = documentOf([
  paragraph(1, SPEECH, [change({ from: 23, to: 32, words: 'each week', evidence: 'Vale, p.12, para. 4' })]),
  paragraph(2, 'Speech and language therapist', [], 'Delivered by'),
  paragraph(3, '', [], 'Anything new in Special educational provision'),
])

/** A file somebody made of the copy: their own paragraphs under the numbers. */
const edited = async (children: (Paragraph | Table)[], reference = ID): Promise<string> =>
  kept(
    new Uint8Array(
      await Packer.toBuffer(
        new Document({
          sections: [
            {
              children: [
                new Paragraph(`Version 3, 23 November 2026`),
                new Paragraph(`Reference ${reference}`),
                ...children,
              ],
            },
          ],
        }),
      ),
    ),
  )
const tracked = { id: 9, author: 'Somebody', date: '2026-11-23T10:00:00Z' }

describe('To Word and back', () => {
  test('as it was sent, it says nothing, whatever is in it', async () => {
    const result = await back(sent)
    expect(result).toMatchObject({ version: 3, findings: [], unread: [], remarks: [] })
  })

  test('whatever was proposed, to Word and back is no change', async () => {
    const words = fc.constantFrom(
      '',
      'One line',
      'One “line”\nand another',
      'Ω x < y & z',
      'tabs\tand  spaces',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          words.chain((base) =>
            fc.record({
              base: fc.constant(base),
              changes: fc.array(
                fc.record({
                  by: fc.constantFrom<Party>('family', 'authority'),
                  ends: fc.tuple(fc.nat(base.length), fc.nat(base.length)),
                  words: fc.constantFrom('', ' new words', 'each\nweek'),
                  state: fc.constantFrom<ProposedChange['state']>('open', 'agreed', 'withdrawn'),
                  evidence: fc.constantFrom('', 'Vale, p.12'),
                }),
                { maxLength: 3 },
              ),
            }),
          ),
          { minLength: 1, maxLength: 4 },
        ),
        async (list) => {
          const document = documentOf(
            list.map(({ base, changes }, index) =>
              paragraph(
                index + 1,
                base,
                changes.map(({ ends, ...one }, n) => ({
                  ...one,
                  id: `c${n}`,
                  from: Math.min(...ends),
                  to: Math.max(...ends),
                })),
              ),
            ),
          )
          expect((await back(document)).findings).toEqual([])
        },
      ),
      { numRuns: 30 },
    )
  }, 30_000)

  test('changes typed in the key come back as what they are, with the evidence of their footnotes', async () => {
    const theirs = documentOf([
      paragraph(1, SPEECH, [
        change({ from: 23, to: 32, words: 'each week', state: 'agreed' }),
        change({
          id: 'c2',
          by: 'authority',
          from: 38,
          to: 43,
          words: 'tiny',
          evidence: 'Smith, p.40, para. 2',
        }),
      ]),
      sent.paragraphs[1]!,
      paragraph(3, '', [change({ id: 'c3', by: 'authority', words: 'Hydrotherapy each Monday.' })]),
    ])
    const result = read(await fromWord(await kept(await toWord(theirs)), sent, 'authority'))
    expect(result.findings.map(({ kind, number }) => [kind, number])).toEqual([
      ['agree', 1],
      ['agree', 1],
      ['change', 1],
      ['change', 3],
    ])
    expect(result.findings[2]).toMatchObject({
      words: 'tiny',
      by: 'authority',
      evidence: 'Smith, p.40, para. 2',
      notes: [],
    })
    expect(result.findings[3]).toMatchObject({ words: 'Hydrotherapy each Monday.' })
  })
})

describe('Files that are not as they were sent', () => {
  test('another child’s working document, or one that names none, is refused', async () => {
    const other = documentOf(sent.paragraphs, '11111111-2222-4333-8444-555555555555')
    const result = await fromWord(await kept(await toWord(other)), sent, 'family')
    expect(result).toMatchObject({ ok: false, why: expect.stringContaining('another working document') })
    const bare = await edited([new Paragraph('[1]'), new Paragraph(SPEECH)], 'none')
    expect(await fromWord(bare, sent, 'family')).toMatchObject({
      ok: false,
      why: expect.stringContaining('does not say'),
    })
  })

  test('no zip, half a zip and no document are refused in words', async () => {
    const whole = await toWord(sent)
    for (const bytes of [
      new TextEncoder().encode('PK nonsense'),
      whole.slice(0, whole.length / 2),
      new Uint8Array(),
    ])
      expect(await fromWord(await kept(bytes), sent, 'family')).toMatchObject({ ok: false })
  })

  test('tracked changes are read and told of: no word is lost', async () => {
    const path = await edited([
      new Paragraph('[1]'),
      new Paragraph({
        children: [
          new TextRun('A therapist sees Amara '),
          new DeletedTextRun({ ...tracked, text: 'regularly' }),
          new InsertedTextRun({ ...tracked, text: 'each Monday' }),
          new TextRun(' in a small group.'),
        ],
      }),
    ])
    const bare = documentOf([paragraph(1, SPEECH)])
    const result = read(await fromWord(path, bare, 'family'))
    expect(result.findings).toMatchObject([
      { kind: 'change', from: 23, to: 32, words: 'each Monday', notes: ['tracked'] },
    ])
    expect(result.remarks[0]).toContain('tracked changes')
  })

  test('a pasted table, missing paragraphs, a number lost and words under none: each named', async () => {
    const path = await edited([
      new Paragraph('[1]'),
      new Paragraph(SPEECH),
      new Table({
        rows: [
          new TableRow({
            children: [
              new TableCell({
                children: [new Paragraph({ children: [new TextRun({ text: 'Swimming', bold: true })] })],
              }),
            ],
          }),
        ],
      }),
      // The number of paragraph 2 was deleted; its words are known.
      new Paragraph('Speech and language therapist from the hospital'),
      new Paragraph({ text: 'A heading of theirs', heading: 'Heading1' }),
      new Paragraph('Words from nowhere at all.'),
    ])
    const result = read(await fromWord(path, sent, 'family'))
    expect(result.findings).toContainEqual(
      expect.objectContaining({ kind: 'change', number: 1, words: '\nSwimming' }),
    )
    expect(result.findings).toContainEqual(
      expect.objectContaining({
        kind: 'change',
        number: 2,
        words: expect.stringContaining('from the hospital'),
        notes: ['no-type'],
      }),
    )
    expect(result.findings).toContainEqual(expect.objectContaining({ kind: 'gone', number: 1 }))
    expect(result.unread).toContainEqual({
      words: 'Words from nowhere at all.',
      why: expect.stringContaining('no numbered paragraph'),
    })
    expect(result.remarks).toContainEqual(expect.stringContaining('table'))
    const short = read(
      await fromWord(await edited([new Paragraph('[1]'), new Paragraph(SPEECH)]), sent, 'family'),
    )
    expect(short.unread).toContainEqual({
      words: '[2] Speech and language therapist',
      why: expect.stringContaining('not in the file'),
    })
  })

  test('the plan’s words deleted with no mark are found, and an empty paragraph under its number is not taken as agreed', async () => {
    const path = await edited([
      new Paragraph('[1]'),
      new Paragraph('A therapist sees Amara in a small group.'),
      new Paragraph('[2] Delivered by'),
    ])
    const result = read(
      await fromWord(path, documentOf([paragraph(1, SPEECH), sent.paragraphs[1]!]), 'family'),
    )
    expect(result.findings).toMatchObject([{ kind: 'change', number: 1, words: '', notes: ['no-type'] }])
    expect(result.unread).toMatchObject([{ why: expect.stringContaining('struck through') }])
  })
})

describe('Word’s own writing', () => {
  const body = (xml: string) => paragraphsOf(`<w:document><w:body>${xml}</w:body></w:document>`)
  test('boxes, links, fields, hidden second tellings, moves and odd entities', () => {
    const read = body(
      '<w:p><w:pPr><w:rPr><w:b/><w:ins w:id="1"/></w:rPr></w:pPr><w:hyperlink><w:r><w:rPr><w:b w:val="0"/><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t xml:space="preserve">a &lt;b&gt; &#8217;&#0;&unknown; </w:t></w:r></w:hyperlink>' +
        '<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>twice</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r>' +
        '<w:moveFrom w:id="2"><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:u w:val="none"/><w:strike/></w:rPr><w:t>c</w:t></w:r></w:p>',
    )
    const all = read.flatMap(({ runs }) => runs)
    expect(all.map(({ text }) => text)).toEqual(['box', 'a <b> ’&unknown; ', 'moved', 'c'])
    expect(all[1]).toMatchObject({ bold: false, tracked: null })
    expect(all[2]).toMatchObject({ tracked: 'out' })
    expect(all[3]).toMatchObject({ underlined: false, struck: true })
  })

  test('tags that never close do no harm', () => {
    expect(() => body('<w:p><w:r><w:t>left open')).not.toThrow()
    expect(() => body('</w:p></w:r><w:p w:x="a>b"><w:r><w:t>x</w:t></w:r></w:p>')).not.toThrow()
    expect(body('<'.repeat(50_000))).toEqual([])
  })
})

test('a file made to be read for ever is read once through, or refused', () => {
  const started = performance.now()
  expect(paragraphsOf('<'.repeat(2_000_000))).toEqual([])
  expect(paragraphsOf('<a"'.repeat(1_000_000))).toEqual([])
  expect(performance.now() - started).toBeLessThan(5000)
  expect(() => paragraphsOf('<w:p><w:r><w:t>x</w:t></w:r></w:p>'.repeat(20_001))).toThrow(
    'far more words than a plan',
  )
})
