import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  differenceBetween,
  type FieldDifference,
  fieldInWords,
  isUnchanged,
  oftenInWords,
} from './difference.ts'
import type { PlanPart, ProvisionContent } from './parts.ts'
import { wordDifference } from './word-difference.ts'

const side = (runs: ReturnType<typeof wordDifference>, not: 'added' | 'removed'): string =>
  runs
    .filter((run) => run.how !== not)
    .map((run) => run.words)
    .join('')

const LINE: ProvisionContent = {
  words: 'Speech and language therapy to help Ada follow instructions',
  who: 'A speech and language therapist',
  qualification: '',
  mode: 'one-to-one',
  groupSize: '',
  length: '45 minutes',
  minutes: 45,
  times: '1',
  count: 1,
  every: 'fortnight',
  forHowLong: '',
  where: 'At school',
  from: '',
  until: '',
  review: '',
  arrangedBy: 'education',
  fundedBy: 'education',
  outcomes: [],
  needs: [],
  pfa: null,
  educatesOrTrains: true,
  sources: [],
}
const line = (
  partId: string,
  content: Partial<ProvisionContent> = {},
  section: 'F' | 'G' = 'F',
): PlanPart => ({
  partId,
  section,
  kind: 'provision',
  slot: null,
  position: 1,
  content: { ...LINE, ...content },
})
const said = (partId: string, words: string): PlanPart => ({
  partId,
  section: 'A',
  kind: 'text',
  slot: partId,
  position: 1,
  content: { words },
})
const sentences = (fields: readonly FieldDifference[]): readonly string[] =>
  fields.flatMap((field) => ('was' in field ? fieldInWords(field) : []))

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.constantFrom('a', 'reading', 'help', ' ', ' ', '. ', '\n', '’s', 'Ada', '20', '🦊'), {
      maxLength: 40,
    })
    .map((tokens) => tokens.join('')),
)

test('what stands and was taken out is the old text; what stands and was put in is the new one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const runs = wordDifference(before, after)
      expect(side(runs, 'added')).toBe(before)
      expect(side(runs, 'removed')).toBe(after)
    }),
  )
})

test('a change of a word marks that word; a sentence in its place is shown whole, not in crumbs', () => {
  expect(wordDifference('Ada has help with reading.', 'Ada has daily help with reading.')).toEqual([
    { how: 'same', words: 'Ada has ' },
    { how: 'added', words: 'daily ' },
    { how: 'same', words: 'help with reading.' },
  ])
  expect(
    wordDifference('The quick brown fox jumps.', 'Nobody in the school has a timetable of their own'),
  ).toHaveLength(2)
  expect(
    wordDifference('The first line.\nThe second line.\n', 'The first line.\nThe 2nd line.\n').filter(
      (run) => run.how === 'same',
    )[0]!.words,
  ).toContain('The first line.')
})

test('two texts of 20,000 words that share nothing are told apart without a wait', () => {
  const long = (word: string) => Array.from({ length: 20_000 }, (_, at) => `${word}${at}`).join(' ')
  expect(wordDifference(long('a'), long('b'))).toHaveLength(2)
})

test('a line of provision says each answer that changed in a sentence', () => {
  const { sections, counts } = differenceBetween(
    [line('1')],
    [line('1', { times: '1', every: 'week', who: 'A therapist or assistant', pfa: 'community', where: '' })],
  )
  const [part] = sections[0]!.parts
  expect(part!.how).toBe('changed')
  expect(counts).toMatchObject({ changed: 1, added: 0, removed: 0 })
  expect(sentences(part!.fields)).toEqual([
    'Who gives it: was A speech and language therapist, now A therapist or assistant',
    'How often: was once a fortnight, now once a week',
    'Where: said At school; it now says nothing',
    'Preparing for adulthood: now says Taking part in society; it said nothing before',
  ])
})

test('added, taken away in its old place, moved within a section and from one to another', () => {
  const before = [line('1'), line('2'), line('6'), line('3'), line('4', {}, 'G')]
  const after = [line('3'), line('1'), line('6'), line('5'), line('4')]
  const { sections } = differenceBetween(before, after)
  expect(
    sections.map(({ section, parts }) => [section, parts.map((one) => [one.partId, one.how, one.movedFrom])]),
  ).toEqual([
    [
      'F',
      [
        ['3', 'moved', 'F'],
        ['1', 'same', null],
        ['2', 'removed', null],
        ['6', 'same', null],
        ['5', 'added', null],
        ['4', 'moved', 'G'],
      ],
    ],
  ])
})

test('a change that no sentence tells of is still a change, and the order of stored keys is none', () => {
  const appendix = (fileId: string | null): PlanPart => ({
    partId: 'k',
    section: 'K',
    kind: 'appendix',
    slot: null,
    position: 1,
    content: { title: 'Advice', author: 'A', dated: '', releaseId: null, fileId },
  })
  expect(isUnchanged(differenceBetween([appendix(null)], [appendix('f')]))).toBe(false)
  const reversed = {
    ...line('1'),
    content: Object.fromEntries(Object.entries(LINE).toReversed()),
  } as PlanPart
  expect(isUnchanged(differenceBetween([line('1')], [reversed]))).toBe(true)
})

const plan = fc
  .uniqueArray(fc.nat(9), { maxLength: 8 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        text.map((words) => (id % 2 ? said(String(id), words) : line(String(id), { words }))),
      ),
    ),
  )
/** A part as its words were, by what the difference says of them. */
function undone(part: PlanPart, fields: readonly FieldDifference[]): string {
  const changed = fields.find((field) => 'runs' in field && field.field === 'The words')
  return changed && 'runs' in changed
    ? side(changed.runs, 'added')
    : 'words' in part.content
      ? part.content.words
      : ''
}

test('the difference turns one plan into the other: what it takes away, puts in, moves and changes is all there is', () => {
  fc.assert(
    fc.property(plan, plan, (before, after) => {
      const parts = differenceBetween(before, after).sections.flatMap((one) => one.parts)
      const kept = parts.filter((one) => one.how !== 'removed').map((one) => one.after)
      expect(new Set(kept)).toEqual(new Set(after))
      const old = parts.filter((one) => one.how !== 'added')
      expect(new Set(old.map((one) => one.partId))).toEqual(new Set(before.map((one) => one.partId)))
      for (const one of old)
        if (one.after)
          expect(undone(one.after, one.fields)).toBe(
            (before.find((part) => part.partId === one.partId)!.content as { words: string }).words,
          )
    }),
  )
})

test.each([
  [{ times: '1', count: 1, every: 'day' }, 'once a day'],
  [{ times: 'two', count: 2, every: 'term' }, 'twice a term'],
  [{ times: '3', count: 3, every: 'week' }, '3 times a week'],
  [{ times: '4', count: 4, every: 'once' }, '4 in all'],
  [{ times: 'as needed', count: null, every: null }, 'as needed'],
] as const)('%o is %s', (often, words) => {
  expect(oftenInWords(often)).toBe(words)
})
