import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import mammoth from 'mammoth'
import { afterAll, describe, expect, test } from 'vitest'
import { findPdfTool } from '../../../tools/programs.mjs'
import { composePdf, composeWord, stopComposer } from '../compose/index.ts'
import {
  type ComposeDetails,
  composeLetter,
  type DetailsOf,
  LETTER_KINDS,
  type LetterKind,
  letterDocument,
  renderLetter,
  requiredParts,
  UnknownLetter,
} from './index.ts'

afterAll(() => stopComposer())

const body = { name: 'Dr Ade', address: null }
const DETAILS: DetailsOf = {
  'considering-assessment': { receivedOn: '2025-01-06' },
  'decided-to-assess': { receivedOn: '2025-01-06' },
  'refused-to-assess': { reasons: 'She is making the progress we would expect & more <than> that.' },
  'advice-request': { to: body, head: 'medical' },
  'advice-chase': { to: body, head: 'medical', askedOn: '2025-01-01', chase: 2 },
  'decided-not-to-issue': { reasons: 'The school can meet her needs.' },
  'draft-plan': { appendices: ['Psychology: Dr Elwood', 'Report of the school'] },
  'final-plan': { placement: 'names Larkfield Primary School', planDate: '2025-02-10' },
  'amendment-notice': {
    reasons: 'The review found that she needs it more often.',
    changes: ['Section F, paragraph 4: How often: was once a fortnight, now once a week'],
    evidence: ['Report of the review'],
    afterReview: true,
  },
  'amended-final-plan': {
    placement: 'names Larkfield Primary School',
    planDate: '2025-02-10',
    changes: ['Section F, paragraph 4: How often: was once a fortnight, now once a week'],
  },
  'amendment-declined': { reasons: 'The school can meet her needs.', noticeOn: '2025-01-13' },
  'request-withdrawn': { withdrawnBy: 'Ngozi Okafor' },
  'setting-consultation': { to: body, settingUrn: '900001' },
}
const asksABody = (kind: LetterKind): boolean => /^(advice-|setting-)/.test(kind)

function letterOf(kind: LetterKind) {
  const role = asksABody(kind) ? ('organisation' as const) : ('parent' as const)
  const letter = composeLetter(kind, {
    ...DETAILS[kind],
    frame: {
      addressee: { name: 'Ngozi Okafor', role, addressLines: ['4 Quay Street', 'Weymouth', 'DT4 8AA'] },
      sentOn: '2025-02-10',
      reference: 'A-2025-00001',
      child: {
        name: 'Amara Okafor',
        givenName: 'Amara',
        bornOn: '2014-04-01',
        setting: 'Larkfield Primary School',
      },
      authorityName: 'Story County',
      sendOffice: { name: 'SEND office', address: '1 County Square', phone: '01305 000000' },
      mediationAdviser: { name: 'Even Keel Mediation', phone: '0300 000 0001' },
      informationService: { name: 'Story SENDIASS', phone: '0300 000 0002' },
    },
  } as ComposeDetails<LetterKind>)
  const html = String(renderLetter(letter))
  const kept = {
    title: letter.title,
    body: html,
    sha256: createHash('sha256').update(html).digest('hex'),
    authorityName: 'Story County',
  }
  return { letter, kept, parts: requiredParts(kind, role, '2025-02-10') }
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('’', "'")

describe.each(LETTER_KINDS)('%s', (kind) => {
  test('on paper has every paragraph that the law requires of it, and every other word', async () => {
    const { letter, kept, parts } = letterOf(kind)
    const document = letterDocument(kept)
    const said = flat(
      (await mammoth.extractRawText({ buffer: Buffer.from(await composeWord(document)) })).value,
    )
    const pdf = await composePdf(document)
    const tool = findPdfTool('pdftotext')
    const printed = tool
      ? flat(execFileSync(tool, ['-', '-'], { input: pdf, encoding: 'utf8' }).replaceAll('\f', ' '))
      : undefined
    for (const part of parts) expect(letter.sections.map((section) => section.part)).toContain(part.id)
    for (const section of letter.sections)
      for (const words of [
        ...(section.heading ? [section.heading] : []),
        ...section.paragraphs,
        ...(section.list ?? []),
      ]) {
        expect(said).toContain(flat(words))
        if (printed !== undefined && !printed.includes(flat(words)))
          // A foot of a page may stand between two halves of a paragraph.
          for (const half of flat(words)
            .match(/.{1,40}(?= |$)/g)!
            .slice(0, 1))
            expect(printed).toContain(half)
      }
    for (const words of [
      'Story County',
      'Ngozi Okafor',
      '4 Quay Street',
      'Our reference: A-2025-00001',
      'Yours sincerely',
    ])
      expect(said).toContain(words)
  })
})

test('a letter with anything in it that would not be printed is refused', () => {
  const { kept } = letterOf('final-plan')
  for (const body of [
    kept.body.replace('<p', '<table><tr><td>Cell</td></tr></table><p'),
    `${kept.body} and more`,
    kept.body.replace('</article>', '<div>words</div></article>'),
    '',
  ])
    expect(() => letterDocument({ ...kept, body })).toThrow(UnknownLetter)
})
