import { describe, expect, test } from 'vitest'
import { checkWords, overrule, type WhereItStands, WORD_RULES } from './index.ts'

/** Rule ids marked, each once. */
const rulesIn = (text: string, section?: WhereItStands): string[] => [
  ...new Set(checkWords(text, { section }).map(({ rule }) => rule)),
]

describe('every rule', () => {
  for (const rule of WORD_RULES) {
    for (const place of rule.places) {
      test(`${rule.id} marks its bad examples in ${place}`, () => {
        for (const bad of rule.bad) expect(rulesIn(bad, place), bad).toContain(rule.id)
      })
    }
    test(`${rule.id} leaves its good examples, and so does every other rule`, () => {
      for (const good of rule.good) expect(rulesIn(good, rule.places[0]), good).toEqual([])
    })
  }

  test('has an id of its own, a reason with its law and a better form', () => {
    expect(new Set(WORD_RULES.map(({ id }) => id)).size).toBe(WORD_RULES.length)
    for (const { id, law, better, good, bad } of WORD_RULES) {
      expect(
        [law.length, better.length, good.length, bad.length].every((count) => count > 0),
        id,
      ).toBe(true)
    }
  })
})

describe('where words stand', () => {
  const therapy =
    'Sam will receive speech and language therapy for 30 minutes each week from a qualified therapist.'

  test('the same sentence binds in F and advice, and is in the wrong place among needs, outcomes and health', () => {
    expect(rulesIn(therapy)).toEqual([])
    expect(rulesIn(therapy, 'F')).toEqual([])
    expect(rulesIn(therapy, 'advice')).toEqual([])
    expect(rulesIn(therapy, 'B')).toEqual(['provision-in-needs'])
    expect(rulesIn(therapy, 'E')).toEqual(['outcome-as-provision'])
    expect(rulesIn(therapy, 'G')).toEqual(['educating-health-provision'])
  })

  test('need, history, view, heading and denial are not provision', () => {
    for (const text of [
      'Sam finds it hard to follow instructions.',
      'In year 3 Sam had regular support from a volunteer.',
      'Sam told us: "I would like regular breaks and some support, maybe."',
      'Communication and interaction',
      'Sam does not need regular therapy.',
      'No physiotherapy is required.',
    ])
      expect(rulesIn(text), text).toEqual([])
  })
})

describe('amounts', () => {
  test.each([
    ['At least 2 hours a week with a teaching assistant.', []],
    ['Up to 2 hours a week with a teaching assistant.', ['up-to']],
    ['½ hour each day with a qualified teacher.', []],
    ['1½ hours each week with a qualified teacher.', []],
    ['0.75 hours weekly with a qualified teacher.', []],
    ['1/2 day each term with a physiotherapist.', []],
    ['Three quarters of an hour every Monday with a therapist.', []],
    ['Up to ½ hour each day with a qualified teacher.', ['up-to']],
    ['Up to 1.5 hours each day with a qualified teacher.', ['up-to']],
  ])('%s', (text, rules) => {
    expect(rulesIn(text)).toEqual(rules)
  })
})

describe('sentences together', () => {
  test('a sentence that points back completes the one before', () => {
    expect(
      rulesIn(
        'Sam will have speech and language therapy. The sessions will be 45 minutes each week, one to one, with an HCPC-registered therapist.',
      ),
    ).toEqual([])
  })

  test('a good sentence does not cover for a bad one beside it', () => {
    const text =
      'A teaching assistant will read with Sam for 15 minutes every day. Sam will have regular physiotherapy.'
    const regular = checkWords(text).find(({ rule }) => rule === 'regular')
    expect(regular?.words).toBe('regular')
    expect(checkWords(text).every(({ start }) => start >= text.indexOf('Sam will have'))).toBe(true)
  })

  test('a sentence broken over lines, as from a PDF, is one sentence', () => {
    expect(
      rulesIn('A qualified teacher of the deaf will teach Sam\none to one for 45 minutes\neach week.'),
    ).toEqual([])
  })
})

describe('what people paste', () => {
  test('spans are of the text as given, with smart quotes, null bytes, hard spaces and astral signs before them', () => {
    const text = '🙂 Sam’s\u0000 plan:\u00a0he will have access to a ‘calm corner’.'
    const mark = checkWords(text).find(({ rule }) => rule === 'access-to')!
    expect(text.slice(mark.start, mark.end)).toBe('have access to')
    expect(mark.words).toBe('have access to')
    expect(text.slice(mark.start - 3, mark.start)).toBe('ll ')
  })

  test('hard spaces inside the words do not hide them', () => {
    const mark = checkWords('Physiotherapy as\u00a0required.').find(({ rule }) => rule === 'as-required')
    expect(mark?.words).toBe('as\u00a0required')
  })

  test('bullets and table rows are judged one by one', () => {
    const text = [
      '• 20 minutes daily, 1:1, with a teaching assistant: reading aloud',
      '• Regular breaks',
      'Reading\tPrecision teaching\tTeaching assistant\t10 minutes\tEvery school day',
      'Physical needs\tPhysiotherapy\tPhysiotherapist\tAs required',
    ].join('\n')
    const lines = text.split('\n')
    const marked = checkWords(text).map(({ start }) => text.slice(0, start).split('\n').length - 1)
    expect([...new Set(marked)]).toEqual([1, 3])
    expect(lines).toHaveLength(4)
  })

  test('nothing, blanks, numbers and signs have no marks', () => {
    for (const text of ['', ' \n\t\r\n', '\u0000\u0000', '12.5', '•', '...', '\ud800', '🙂🙂'])
      expect(checkWords(text), JSON.stringify(text)).toEqual([])
  })

  test('every span lies in its text, in order, and gives its words', () => {
    const text = `${WORD_RULES.flatMap(({ bad, good }) => [...bad, ...good]).join('\r\n')}`
    let before = 0
    for (const { start, end, words } of checkWords(text)) {
      expect(start).toBeGreaterThanOrEqual(before)
      expect(end).toBeGreaterThan(start)
      expect(text.slice(start, end)).toBe(words)
      before = start
    }
  })
})

describe('time grows with length and no more', () => {
  const size = 500_000
  const fill = (part: string): string => part.repeat(Math.ceil(size / part.length)).slice(0, size)
  test.each([
    [
      '60 pages and more of advice',
      fill('Sam will have access to regular support as required. He finds reading hard.\n'),
    ],
    ['one sentence without end', fill('support and ')],
    ['one word without end', fill('a')],
    ['spaces', fill(' ')],
    ['numbers', fill('1 1 1 ')],
    ['stops', fill('. A')],
    ['quotes', fill('" ')],
    ['line ends', fill('a\nb')],
    ['the words that long patterns begin with', fill('appropriate appropriate, and ')],
    ['sentences that all point back', fill('The sessions will be given. ')],
  ])('%s: 500 kB', (_, text) => {
    // Processor time, best of three: what the checker needs, whatever else the machine is doing.
    const times = [1, 2, 3].map(() => {
      const from = process.cpuUsage()
      checkWords(text)
      const { user, system } = process.cpuUsage(from)
      return (user + system) / 1000
    })
    expect(Math.min(...times)).toBeLessThan(1000)
  })
})

describe('overruling', () => {
  const text = 'Sam will have regular therapy.'
  const marks = checkWords(text)

  test('takes a mark away with its reason, and only that mark', () => {
    const { open, overruled } = overrule(marks, [
      { rule: 'regular', words: 'regular', because: 'The dates are in the table below.' },
    ])
    expect(overruled).toHaveLength(1)
    expect(overruled[0]).toMatchObject({
      because: 'The dates are in the table below.',
      mark: { rule: 'regular' },
    })
    expect(open).toHaveLength(marks.length - 1)
  })

  test('needs a reason, and speaks only for the words it was given for', () => {
    expect(overrule(marks, [{ rule: 'regular', words: 'regular', because: '  ' }]).overruled).toEqual([])
    expect(overrule(marks, [{ rule: 'regular', words: 'frequent', because: 'x' }]).overruled).toEqual([])
  })
})
