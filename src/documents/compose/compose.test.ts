import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import mammoth from 'mammoth'
import { afterAll, describe, expect, test } from 'vitest'
import { findPdfTool } from '../../../tools/programs.mjs'
import type { PrintedDocument } from '../blocks.ts'
import { layOut } from '../lay-out.ts'
import { aPlan } from '../plans/a-plan.test-data.ts'
import { planDocument } from '../plans/index.ts'
import { Composer } from './composer.ts'
import { composePdf, composePdfOfMany, composeWord, stopComposer } from './index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'clearway-pdf-'))
afterAll(async () => {
  await stopComposer()
  rmSync(folder, { recursive: true, force: true })
})

const hasReaders = Boolean(findPdfTool('pdfinfo') && findPdfTool('pdftotext') && findPdfTool('qpdf'))
let made = 0
const held = (pdf: Uint8Array): string => {
  const file = path.join(folder, `${++made}.pdf`)
  writeFileSync(file, pdf)
  return file
}
const run = (tool: 'pdfinfo' | 'pdftotext' | 'qpdf', ...args: string[]): string =>
  execFileSync(findPdfTool(tool)!, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
const textOf = (pdf: Uint8Array): string => run('pdftotext', held(pdf), '-').replaceAll(/\s+/g, ' ')
const structureOf = (pdf: Uint8Array): string => run('pdfinfo', '-struct-text', held(pdf))

const page = (text: string, change: Partial<PrintedDocument> = {}): PrintedDocument => ({
  title: 'A paper',
  author: 'Story County',
  language: 'en-GB',
  print: 'standard',
  header: null,
  footer: 'A paper, 5 May 2026',
  front: null,
  blocks: [
    { kind: 'heading', level: 1, text: 'A paper' },
    { kind: 'words', text },
  ],
  ...change,
})

/** Words that would be commands, marks or maths if they were ever read as Typst, and signs that break other programs. */
const HOSTILE = [
  '#import "/etc/passwd" #panic("x") #{1+1} #read("/content.json") $ x^2 $ \\ \\u{1F600} @someone <end-0> *bold* _under_ `code` ```',
  '= Heading\n- list\n+ one\n/ term: x\n// comment\n/* comment */',
  'null \u0000 bell \u0007 lone \uD800 escape \u001B[31m bidi \u202Egnirts\u202C zero\u200Bwidth',
  'שלום أحب البحر أنا ਮੈਨੂੰ ਸਮੁੰਦਰ আমি Zażółć gęślą jaźń Ŵŷ ĝ Ελληνικά Кириллица 漢字 😀 ½ “smart” ‘quotes’ – — …',
  '"]} , "documents": []',
]

describe('What people wrote is data', () => {
  test.skipIf(!hasReaders)('hostile words come out as they went in', async () => {
    const pdf = await composePdf(page(HOSTILE.join('\n\n')))
    const text = textOf(pdf)
    for (const words of [
      '#import "/etc/passwd" #panic("x") #{1+1} #read("/content.json") $ x^2 $ \\ \\u{1F600} @someone <end-0> *bold* _under_ `code` ```',
      '= Heading',
      '/* comment */',
      'null bell lone � escape [31m bidi gnirts zerowidth',
      'Zażółć gęślą jaźń Ŵŷ',
      '“smart” ‘quotes’ – — …',
      '"]} , "documents": []',
    ])
      expect(text).toContain(words)
    for (const letters of ['شلا', 'أ', 'ש', 'ਮੈ', 'আ', 'Ελληνικά', 'Кириллица', '½'].slice(1))
      expect(text).toContain(letters)
  })

  test('in titles, labels, cells, heads and feet too', async () => {
    for (const words of HOSTILE) {
      const front = {
        above: words,
        title: words,
        lead: words,
        rows: [{ label: words, text: words }],
        note: words,
        contents: true,
      }
      const pdf = await composePdf(
        page(words, {
          title: words,
          author: words,
          header: words,
          footer: words,
          front,
          blocks: [
            { kind: 'heading', level: 1, text: words },
            { kind: 'list', items: [words] },
            { kind: 'labelled', number: '1', text: words, rows: [{ label: words, text: words }] },
            { kind: 'table', head: [words], widths: [1], rows: [[{ text: words }]] },
            { kind: 'letterhead', from: [words], to: [words], lines: [words] },
          ],
        }),
      )
      expect(pdf.length).toBeGreaterThan(1000)
    }
  })

  test.skipIf(!hasReaders)(
    '60 pages in one part, one word of 5,000 letters, and nothing at all',
    async () => {
      const long = Array.from({ length: 900 }, (_, n) => `Paragraph ${n}. ${'Words of advice. '.repeat(14)}`)
      const pdf = await composePdf(page(`${long.join('\n\n')}\n\n${'a'.repeat(5000)}`))
      expect(Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', held(pdf)))![1])).toBeGreaterThan(60)
      expect(textOf(pdf)).toContain('Paragraph 899.')
      expect((await composePdf(page(''))).length).toBeGreaterThan(1000)
    },
  )
})

test('a hundred thousand marks on one letter do not keep it for ever', async () => {
  expect((await composePdf(page(`e${'\u0301'.repeat(100_000)} and on`))).length).toBeGreaterThan(1000)
}, 15_000)

describe('A plan in PDF', () => {
  test.skipIf(!hasReaders)(
    'is tagged, titled and in a language, and other programs can read it',
    async () => {
      const pdf = await composePdf(planDocument(aPlan()))
      expect(run('qpdf', '--check', held(pdf))).toContain('No syntax or stream encoding errors found')
      const json = JSON.parse(run('qpdf', '--json', held(pdf))) as {
        qpdf: [unknown, Record<string, { value?: Record<string, unknown> }>]
      }
      const objects = Object.values(json.qpdf[1]).flatMap((one) => (one.value ? [one.value] : []))
      const catalog = objects.find((one) => one['/Type'] === '/Catalog')!
      expect(catalog['/Lang']).toBe('u:en-GB')
      expect(catalog['/MarkInfo']).toMatchObject({ '/Marked': true })
      expect(catalog['/ViewerPreferences']).toMatchObject({ '/DisplayDocTitle': true })
      expect(catalog['/Outlines']).toBeDefined()
      const info = run('pdfinfo', held(pdf))
      expect(info).toContain('Title:           Education, health and care plan, draft, A-2026-00012')
      expect(info).toMatch(/Tagged:\s+yes/)
      expect(info).not.toContain('Zosia')
      // On a page with links, the tab key follows the structure.
      for (const one of objects.filter((each) => each['/Type'] === '/Page' && each['/Annots']))
        expect(one['/Tabs']).toBe('/S')
      // Every letter is in the file, and can be copied out as text.
      const fonts = objects.filter((one) => one['/Type'] === '/Font' && one['/Subtype'] === '/Type0')
      expect(fonts.length).toBeGreaterThan(1)
      for (const font of fonts) expect(font['/ToUnicode']).toBeDefined()
    },
  )

  test.skipIf(!hasReaders)(
    'has its sections as headings in order, lists as lists, and tables with heads',
    async () => {
      const structure = structureOf(await composePdf(planDocument(aPlan())))
      const headings = [...structure.matchAll(/^\s*H(\d) "([^"]+)"/gm)].map((found) => [found[1], found[2]])
      expect(headings.map(([, text]) => text?.split(':')[0])).toEqual([
        'Contents',
        ...['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K'].map(
          (letter) => `Section ${letter}`,
        ),
      ])
      expect(headings.every(([level]) => level === '1')).toBe(true)
      expect(structure.match(/^\s*Table /gm)).toHaveLength(2)
      expect(structure.match(/^\s*TH /gm)).toHaveLength(8)
      expect(structure.match(/\/Scope \/Column/g)).toHaveLength(8)
      expect(structure.match(/^\s*LBody/gm)).toHaveLength(3)
      expect(structure).not.toMatch(/^\s*Figure/m)
    },
  )

  test.skipIf(!hasReaders)('every page’s words are in the structure or are marked as furniture', async () => {
    const file = held(await composePdf(planDocument(aPlan())))
    const open = path.join(folder, 'open.pdf')
    run('qpdf', '--qdf', '--object-streams=disable', file, open)
    const streams = readFileSync(open, 'latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)
    let shown = 0
    for (const [, content] of streams) {
      if (!/\bBT\b/.test(content!)) continue
      let depth = 0
      for (const line of content!.split('\n')) {
        if (/\b(BDC|BMC)\s*$/.test(line)) depth++
        else if (/^\s*EMC\s*$/.test(line)) depth--
        else if (/\b(Tj|TJ)\s*$/.test(line)) {
          expect(depth, line).toBeGreaterThan(0)
          shown++
        }
      }
      expect(depth).toBe(0)
    }
    expect(shown).toBeGreaterThan(50)
  })

  test.skipIf(!hasReaders)(
    'says on each page that a draft is one, and why section I is empty; a final does not',
    async () => {
      const draft = await composePdf(planDocument(aPlan()))
      const pages = Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', held(draft)))![1])
      expect(textOf(draft).match(/DRAFT: not a final plan/g)).toHaveLength(pages)
      expect(textOf(draft)).toContain('This section is empty in a draft, as the law requires')
      const final = textOf(await composePdf(planDocument(aPlan({ kind: 'final' }))))
      expect(final).not.toContain('DRAFT')
      expect(final).toContain('must secure the special educational provision in section F')
      expect(final).toContain(`Page 1 of ${pages}`)
    },
  )

  test.skipIf(!hasReaders)('in large print has letters of 18 points and no table', async () => {
    const structure = structureOf(await composePdf(planDocument(aPlan(), 'large')))
    expect(structure).not.toMatch(/^\s*Table /m)
    expect(structure.replaceAll(/["\s]+/g, ' ')).toContain(
      'Teaching assistant, trained by the therapist, level 3',
    )
  })

  test.skipIf(!hasReaders)('many in one file each begin on a page numbered 1', async () => {
    const one = planDocument(aPlan())
    const text = textOf(await composePdfOfMany([one, page('Second'), page('Third')], 'Letters to print'))
    expect(text.match(/Page 1 of 6/g)).toHaveLength(1)
    expect(text.match(/Page 1 of 1/g)).toHaveLength(2)
  })
})

test('a plan in Word keeps its headings, its numbers, its language and the heads of its tables', async () => {
  const file = Buffer.from(await composeWord(planDocument(aPlan())))
  const { value } = await mammoth.convertToHtml({ buffer: file })
  expect(
    [...value.matchAll(/<h1>(?:<a [^>]*><\/a>)?([^<]+)<\/h1>/g)].map((found) => found[1]!.split(':')[0]),
  ).toEqual([
    ...['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K'].map((letter) => `Section ${letter}`),
  ])
  expect(value).toContain('<strong>3\t</strong>Zosia understands spoken instructions')
  expect(value.match(/<thead>/g)).toHaveLength(2)
  expect(value).toContain('<li>read for pleasure</li>')
  expect(value).toContain('Zosia Łącka-Ŵyn')
  await composeWord(page(HOSTILE.join('\n\n')))
})

test('a document that hangs costs itself only: the next is made in a new thread', async () => {
  const composer = new Composer({ patienceMs: 1500 })
  const content = layOut([page('Well')])
  try {
    const hung = composer.pdf('#for a in range(100000) { for b in range(100000) { let c = b } }', content)
    const next = composer.pdf('= Well', content)
    next.catch(() => {}) // told below
    await expect(hung).rejects.toThrow('took too long')
    expect((await next).length).toBeGreaterThan(1000)
    await expect(composer.pdf('#panic("no")', content)).rejects.toThrow('the layout was refused')
    expect((await composer.pdf('= Well', content)).length).toBeGreaterThan(1000)
  } finally {
    await composer.stop()
  }
})

test('nobody waits while a plan of 40 pages is composed: no pause of 100 ms in this thread', async () => {
  const document = planDocument(aPlan({}, 90))
  await composePdf(document)
  // What this thread itself works between two looks: other programs of a busy machine make pauses of their own.
  const worked = (): number => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let longest = 0
  let last = worked()
  const look = (): void => {
    longest = Math.max(longest, worked() - last)
    last = worked()
  }
  const timer = setInterval(look, 2)
  await Promise.all([composePdf(document), composeWord(document)])
  clearInterval(timer)
  look()
  console.info(`longest pause: ${longest.toFixed(0)} ms`)
  expect(longest).toBeLessThan(100)
})
