import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appliedText,
  editsBetween,
  findingsOf,
  mergedRuns,
  type ProposedChange,
  plainText,
  runsOf,
  withField,
  workingParagraphs,
} from './working-document.ts'
import { type Party, type TypedRun, tribunalKey } from './working-key.ts'
import { wishedText, wishOf } from './working-wish.ts'

const BASE = 'A therapist sees Amara regularly, as needed, in a small group.'
const change = (over: Partial<ProposedChange>): ProposedChange => ({
  id: 'c1',
  by: 'family',
  from: 0,
  to: 0,
  words: '',
  state: 'open',
  ...over,
})
const at = BASE.indexOf('regularly')
const weekly = change({ from: at, to: at + 'regularly'.length, words: 'each week' })

describe('The running text', () => {
  test('types the plan, what each side asks, and what is agreed, as the key has it', () => {
    const alone = BASE.indexOf('in a small group')
    const runs = runsOf(BASE, [
      weekly,
      change({ id: 'c2', by: 'authority', from: alone, to: alone + 16, words: 'alone' }),
    ])
    expect(runs).toEqual([
      { text: 'A therapist sees Amara ', mark: 'plain', struck: false },
      { text: 'regularly', mark: 'family', struck: true },
      { text: 'each week', mark: 'family', struck: false },
      { text: ', as needed, ', mark: 'plain', struck: false },
      { text: 'in a small group', mark: 'authority', struck: true },
      { text: 'alone', mark: 'authority', struck: false },
      { text: '.', mark: 'plain', struck: false },
    ])
    expect(runsOf(BASE, [{ ...weekly, state: 'agreed' }])[1]).toEqual({
      text: 'regularly',
      mark: 'agreed',
      struck: true,
    })
    expect(runsOf(BASE, [{ ...weekly, state: 'withdrawn' }])).toHaveLength(1)
  })

  test('what both sides want out is agreed to go', () => {
    const other = { ...weekly, id: 'c2', by: 'authority' as Party, words: '' }
    expect(runsOf(BASE, [weekly, other])[1]).toEqual({ text: 'regularly', mark: 'agreed', struck: true })
  })

  test('a key there is for every day since plans began', () => {
    expect(tribunalKey('2026-11-23').map(({ type }) => type)).toContain('Bold and struck through')
    expect(() => tribunalKey('2010-01-01')).toThrow('no key')
  })
})

describe('A paragraph that comes back', () => {
  const sent = runsOf(BASE, [weekly])

  test('typed as it was sent says nothing', () => {
    expect(findingsOf(BASE, [weekly], sent, 'authority')).toEqual([])
  })

  test('curly quotes, long dashes and hard spaces say nothing', () => {
    const base = 'Amara\'s "plan" - one line'
    const curly = [{ text: 'Amara’s “plan” –\u00a0one line', mark: 'plain', struck: false }] as const
    expect(findingsOf(base, [], curly, 'family')).toEqual([])
  })

  test('underlined where it was bold is agreed, and what is no longer there is named', () => {
    const agreed = sent.map((run): TypedRun => (run.mark === 'family' ? { ...run, mark: 'agreed' } : run))
    expect(findingsOf(BASE, [weekly], agreed, 'authority')).toEqual([
      { kind: 'agree', changes: ['c1'], words: 'each week' },
      { kind: 'agree', changes: ['c1'], words: 'regularly' },
    ])
    expect(findingsOf(BASE, [weekly], runsOf(BASE, []), 'family')).toEqual([
      { kind: 'gone', changes: ['c1'], words: 'each week' },
      { kind: 'gone', changes: ['c1'], words: 'regularly' },
    ])
  })

  test('words typed over the plan with no type are found, and pointed out', () => {
    const typed: TypedRun[] = [
      { text: BASE.replace('as needed', 'for 45 minutes'), mark: 'plain', struck: false },
    ]
    const [found] = findingsOf(BASE, [], typed, 'family')
    expect(found).toMatchObject({ kind: 'change', words: 'for 45 minutes', notes: ['no-type'] })
    expect(found?.kind === 'change' && BASE.slice(found.from, found.to)).toBe('as needed')
  })

  test('the other side’s type, an agreement nobody proposed and tracked changes are pointed out', () => {
    const put = (mark: TypedRun['mark'], why?: TypedRun['why']): TypedRun[] => [
      { text: BASE, mark: 'plain', struck: false },
      { text: ' At school.', mark, struck: false, ...(why ? { why } : {}) },
    ]
    const notes = (runs: TypedRun[]) => {
      const [found] = findingsOf(BASE, [], runs, 'family')
      return found?.kind === 'change' ? found.notes : found
    }
    expect(notes(put('family'))).toEqual([])
    expect(notes(put('authority'))).toEqual(['other-side'])
    expect(notes(put('agreed'))).toEqual(['agreed-at-once'])
    expect(notes(put('family', 'tracked'))).toEqual(['tracked'])
  })

  test('struck words that are not in the plan are named and not lost', () => {
    const runs: TypedRun[] = [
      { text: BASE, mark: 'plain', struck: false },
      { text: ' Swimming.', mark: 'family', struck: true },
    ]
    expect(findingsOf(BASE, [], runs, 'family')).toMatchObject([
      { kind: 'unreadable', words: expect.stringContaining('Swimming') },
    ])
  })
})

const words = fc
  .array(fc.constantFrom('one', 'two', 'tea', 'Ω', 'a', '.', '’', '12', '\n'), { maxLength: 14 })
  .map((list) => list.join(' '))
const proposed = (base: string) =>
  fc
    .array(
      fc.record({
        by: fc.constantFrom<Party>('family', 'authority'),
        ends: fc.tuple(fc.nat(base.length), fc.nat(base.length)),
        words: fc.constantFrom('', 'new words', 'each week'),
        state: fc.constantFrom(
          'open' as const,
          'agreed' as const,
          'not-agreed' as const,
          'withdrawn' as const,
        ),
      }),
      { maxLength: 4 },
    )
    .map((list) =>
      list.map(
        (one, index): ProposedChange => ({
          id: `c${index}`,
          by: one.by,
          from: Math.min(...one.ends),
          to: Math.max(...one.ends),
          words: one.words,
          state: one.state,
        }),
      ),
    )

test('whatever was proposed, the text that was sent comes back saying nothing', () => {
  fc.assert(
    fc.property(
      words.chain((base) => fc.tuple(fc.constant(base), proposed(base))),
      ([base, changes]) => {
        const runs = runsOf(base, changes)
        // As Word gives it back: in as many pieces as it likes.
        const pieces = runs.flatMap((run) => [...run.text].map((text) => ({ ...run, text })))
        expect(findingsOf(base, changes, pieces, 'family')).toEqual([])
      },
    ),
    { numRuns: 400 },
  )
})

test('the changes between two texts make the one of the other, and drawn they lose no letter', () => {
  fc.assert(
    fc.property(words, words, (base, wanted) => {
      const edits = editsBetween(base, wanted)
      expect(appliedText(base, edits)).toBe(wanted)
      const runs = runsOf(
        base,
        edits.map((edit, index) => change({ ...edit, id: String(index) })),
      )
      expect(
        runs
          .filter((run) => run.struck || run.mark === 'plain')
          .map((run) => run.text)
          .join(''),
      ).toBe(base)
      expect(
        runs
          .filter((run) => !run.struck)
          .map((run) => run.text)
          .join(''),
      ).toBe(wanted)
    }),
    { numRuns: 300 },
  )
})

test('the paragraphs of a plan: each answer by itself, numbered, and a place for something new in each section', () => {
  const paragraphs = workingParagraphs([
    {
      partId: 'p1',
      section: 'B',
      kind: 'need',
      slot: null,
      position: 1,
      content: { words: 'Long\r\ntalk\u0000 is hard', type: null, rank: null, strengths: '', sources: [] },
    },
  ])
  expect(paragraphs.filter(({ partId }) => partId)).toEqual([
    { number: 2, partId: 'p1', section: 'B', field: 'words', label: '', words: 'Long\ntalk is hard' },
  ])
  expect(paragraphs.filter(({ field }) => field === 'new')).toHaveLength(11)
  expect(plainText(null)).toBe('')
  expect(withField({ length: '', minutes: null }, 'length', '1½ hours')).toEqual({
    length: '1½ hours',
    minutes: 90,
  })
  expect(mergedRuns([{ text: '', mark: 'plain', struck: false }])).toEqual([])
})

describe('A paragraph as one side would have it', () => {
  test('writing it anew proposes what is new, takes back what is no longer wished, and leaves the rest as it was', () => {
    expect(wishedText(BASE, [weekly], 'family')).toContain('Amara each week, as needed')
    expect(wishedText(BASE, [weekly], 'authority')).toBe(BASE)
    const more = wishedText(BASE, [weekly], 'family').replace('in a small group', 'alone')
    expect(wishOf(BASE, [weekly], 'family', more)).toEqual({
      ok: true,
      withdrawn: [],
      proposed: [{ from: BASE.indexOf('in a'), to: BASE.length - 1, words: 'alone' }],
    })
    expect(wishOf(BASE, [weekly], 'family', BASE)).toEqual({ ok: true, withdrawn: ['c1'], proposed: [] })
    expect(wishOf(BASE, [weekly], 'authority', BASE)).toEqual({ ok: false, why: 'nothing' })
    const agreed = { ...weekly, state: 'agreed' as const }
    expect(wishOf(BASE, [agreed], 'authority', BASE)).toEqual({ ok: false, why: 'agreed' })
  })

  test('whatever stood, the text asked for is the text that side then has', () => {
    fc.assert(
      fc.property(
        words.chain((base) => fc.tuple(fc.constant(base), proposed(base), words)),
        ([base, changes, wanted]) => {
          const wish = wishOf(base, changes, 'family', wanted)
          if (!wish.ok) return
          const after = [
            ...changes.filter(({ id }) => !wish.withdrawn.includes(id)),
            ...wish.proposed.map((one, index) => change({ ...one, id: `n${index}` })),
          ]
          // Changes agreed before may stand in another order at one place; their words are all there.
          const sorted = (text: string) => text.split('').toSorted().join('')
          expect(sorted(wishedText(base, after, 'family'))).toBe(sorted(wanted))
          if (!changes.some(({ state }) => state === 'agreed'))
            expect(wishedText(base, after, 'family')).toBe(wanted)
        },
      ),
      { numRuns: 400 },
    )
  })
})
