import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { date, iso, type PlainDate } from '../../law/index.ts'
import type { PlanSection } from '../plan/index.ts'
import {
  addTotals,
  type Counted,
  changedOf,
  deliveredOf,
  duesOf,
  isOpenDay,
  type LineRecord,
  lineLedger,
  measureOf,
  readTerms,
  reconciles,
  type SchoolYears,
  type Term,
  totalsOf,
  usualTerms,
} from './index.ts'

const YEARS: SchoolYears = { given: [] }
const says = (content: Partial<Counted>): Counted => ({
  count: 1,
  every: 'week',
  minutes: 45,
  from: '',
  until: '',
  times: '',
  length: '',
  ...content,
})
const term = (
  from: string,
  to: string | null,
  content: Partial<Counted> = {},
  section: PlanSection = 'F',
): Term => ({
  from: date(from),
  to: to === null ? null : date(to),
  content: says(content),
  section,
})
const LINE: LineRecord = { terms: [], sessions: [], words: [], pauses: [], gaps: [] }
const given = (on: string, minutes: number | null = 45) => ({ on: date(on), kind: 'given' as const, minutes })
const daysDue = (one: Term, upTo: string) => duesOf(one, YEARS, date(upTo)).map((due) => iso(due.on))
const sum = (line: Partial<LineRecord>, from: string, to: string, asAt = to) =>
  totalsOf(lineLedger({ ...LINE, ...line }, YEARS, date(asAt)).entries, date(from), date(to))

describe('the school year', () => {
  test('the usual pattern has about 190 open days and no bank holiday or break among them', () => {
    for (let september = 2014; september <= 2030; september++) {
      const terms = usualTerms(september)
      let open = 0
      for (let on = terms[0]!.from; on <= terms[2]!.to; on = (on + 1) as PlainDate)
        if (isOpenDay(YEARS, on)) open++
      expect(open, String(september)).toBeGreaterThanOrEqual(183)
      expect(open, String(september)).toBeLessThanOrEqual(197)
      for (const [index, one] of terms.entries()) {
        expect(one.halfTerm!.from).toBeGreaterThan(one.from)
        expect(one.halfTerm!.to).toBeLessThan(one.to)
        if (index > 0) expect(one.from).toBeGreaterThan(terms[index - 1]!.to)
      }
    }
  })
  test('given dates are read strictly, and take the place of the usual ones for their year', () => {
    const years = readTerms([
      {
        name: 'Autumn',
        from: '2026-09-03',
        to: '2026-12-18',
        breakFrom: '2026-10-19',
        breakTo: '2026-10-30',
      },
    ])
    expect(isOpenDay(years, date('2026-10-20'))).toBe(false)
    expect(isOpenDay(years, date('2027-02-01'))).toBe(false)
    expect(isOpenDay(years, date('2025-10-06'))).toBe(true)
    for (const bad of [
      'x',
      [{ name: 'A', from: '2026-09-03', to: '2026-09-01' }],
      [{ name: 'A', from: '2026-09-31', to: '2026-12-01' }],
      [
        { name: 'A', from: '2026-09-03', to: '2026-12-18' },
        { name: 'B', from: '2026-12-18', to: '2027-03-01' },
      ],
    ])
      expect(() => readTerms(bad)).toThrow(/term/)
  })
})

describe('what a term of a line promises', () => {
  test('once a week falls due by the last open day of each open week, and not in a holiday', () => {
    expect(daysDue(term('2026-10-14', null), '2026-11-08')).toEqual([
      '2026-10-16',
      '2026-10-23',
      '2026-11-06',
    ])
  })
  test('six a term are spread over the term, and one begun half way counts what is left', () => {
    const six = { count: 6, every: 'term' as const }
    expect(daysDue(term('2026-09-01', '2027-01-01', six), '2026-12-31')).toHaveLength(6)
    expect(daysDue(term('2026-11-02', '2027-01-01', six), '2026-12-31')).toHaveLength(3)
  })
  test('fractions of a session are kept whole in thousandths', () => {
    const dues = duesOf(term('2026-11-02', null, { count: 1.5, minutes: 45 }), YEARS, date('2026-11-08'))
    expect(dues.map((due) => due.amount)).toEqual([45_000, 22_500])
  })
  test('social care goes on in the holidays', () => {
    expect(daysDue(term('2026-08-03', null, {}, 'H2'), '2026-08-16')).toEqual(['2026-08-09', '2026-08-16'])
    expect(daysDue(term('2026-08-03', null, {}, 'F'), '2026-08-16')).toEqual([])
  })
  test('what has no amount is not countable and says why', () => {
    for (const [content, why] of [
      [{ count: null, times: 'as per therapist' }, '“as per therapist” is not a number'],
      [{ count: null }, 'It does not say how many times'],
      [{ every: null }, 'It does not say how often'],
      [{ every: 'once' as const, count: 12 }, 'It says how many in all and not by which day'],
      [{ count: 0 }, 'It does not say how many times'],
    ] as const) {
      const measure = measureOf(term('2026-09-01', null, content))
      expect(measure).toEqual({ countable: false, why })
      expect(duesOf(term('2026-09-01', null, content), YEARS, date('2027-07-01'))).toEqual([])
    }
    expect(
      duesOf(
        term('2026-11-02', null, { every: 'once', count: 2, until: '2026-11-13' }),
        YEARS,
        date('2026-12-01'),
      ),
    ).toHaveLength(2)
  })
})

describe('the ledger of a line', () => {
  const weekly = { terms: [term('2026-11-02', null)] }
  test('nothing recorded is owed, and said by nobody', () => {
    const { minutes } = sum(weekly, '2026-11-02', '2026-11-15')
    expect(minutes).toMatchObject({ promised: 90_000, owed: 90_000, unsaid: 90_000 })
  })
  test('a session pays its own week first, then the oldest owed, then is over', () => {
    const sessions = [given('2026-11-10'), given('2026-11-11'), given('2026-11-12')]
    const first = sum({ ...weekly, sessions }, '2026-11-02', '2026-11-08', '2026-11-15').minutes
    const second = sum({ ...weekly, sessions }, '2026-11-09', '2026-11-15').minutes
    expect(first).toMatchObject({ promised: 45_000, madeUp: 45_000, owed: 0 })
    expect(second).toMatchObject({ promised: 45_000, given: 45_000, over: 45_000 })
  })
  test('a session given before its day in the week is neither over nor yet counted', () => {
    const line = { ...weekly, sessions: [given('2026-11-03')] }
    expect(sum(line, '2026-11-02', '2026-11-04').minutes).toMatchObject({ promised: 0, over: 0 })
    expect(sum(line, '2026-11-02', '2026-11-06').minutes).toMatchObject({ promised: 45_000, given: 45_000 })
  })
  test('a short session leaves the rest owed; a child who was absent was offered it, in a column of its own', () => {
    const line = {
      ...weekly,
      sessions: [given('2026-11-03', 30), { on: date('2026-11-10'), kind: 'absent' as const, minutes: 45 }],
    }
    expect(sum(line, '2026-11-02', '2026-11-15').minutes).toMatchObject({
      given: 30_000,
      owed: 15_000,
      offered: 45_000,
    })
  })
  test('a setting’s word counts for its span, not over a family’s report, and the latest word stands', () => {
    const span = { from: date('2026-11-02'), to: date('2026-11-29') }
    const words = [
      { ...span, happening: true },
      { from: date('2026-11-16'), to: date('2026-11-22'), happening: false },
    ]
    const gaps = [{ from: date('2026-11-23'), to: null }]
    const { minutes } = sum({ ...weekly, words, gaps }, '2026-11-02', '2026-11-29')
    expect(minutes).toMatchObject({ promised: 180_000, confirmed: 90_000, owed: 90_000, unsaid: 0 })
  })
  test('a later version changes the promise from its day; a pause is lawful only on its basis', () => {
    const terms = [term('2026-11-02', '2026-11-11'), term('2026-11-11', null, { count: 2 })]
    const pauses = [
      { from: date('2026-11-16'), to: date('2026-11-20'), basis: 'agreement' as const },
      { from: date('2026-11-23'), to: null, basis: 'alternative' as const },
    ]
    const { minutes } = sum({ terms, pauses }, '2026-11-02', '2026-11-29')
    expect(minutes).toMatchObject({
      promised: 45_000 * (1 + 1 + 2 + 2 + 2),
      amended: 45_000,
      agreed: 90_000,
      alternative: 90_000,
      owed: 45_000 * 3,
    })
  })
  test('a line that cannot be counted is shown with what was given, and owes nothing and pays nothing', () => {
    const terms = [
      term('2026-11-02', '2026-11-09'),
      term('2026-11-09', null, { count: null, times: 'regularly' }),
    ]
    const ledger = lineLedger({ ...LINE, terms, sessions: [given('2026-11-10')] }, YEARS, date('2026-11-20'))
    expect(ledger.uncounted).toMatchObject([{ why: '“regularly” is not a number', given: [{ minutes: 45 }] }])
    expect(totalsOf(ledger.entries, date('2026-11-02'), date('2026-11-20')).minutes).toMatchObject({
      promised: 45_000,
      owed: 45_000,
      over: 0,
    })
  })
})

// Any line at all: terms that follow one another, sessions, words, pauses and gaps on any days.
const START = date('2025-09-01')
const DAYS = 420
const day = fc.integer({ min: 0, max: DAYS }).map((n) => (START + n) as PlainDate)
const content = fc.record({
  count: fc.option(fc.constantFrom(0.5, 1, 1.5, 2, 3, 0.333, 7, 40)),
  every: fc.option(
    fc.constantFrom('day', 'week', 'fortnight', 'month', 'half-term', 'term', 'year', 'once' as const),
    { freq: 12 },
  ),
  minutes: fc.option(fc.constantFrom(15, 45, 60, 90, 7)),
  from: fc.constantFrom('', '', 'September', '2025-11-03'),
  until: fc.constantFrom('', '', 'the end of year 6', '2026-05-08'),
  times: fc.constant(''),
  length: fc.constant(''),
}) as fc.Arbitrary<Counted>
const section = fc.constantFrom('F', 'G', 'H1', 'H2') as fc.Arbitrary<PlanSection>
const terms = fc
  .tuple(
    fc.uniqueArray(day, { minLength: 1, maxLength: 4 }),
    fc.array(content, { minLength: 4, maxLength: 4 }),
    section,
    fc.boolean(),
  )
  .map(([starts, contents, of, ends]): readonly Term[] => {
    const sorted = starts.toSorted((a, b) => a - b)
    return sorted.map((from, index) => ({
      from,
      to: sorted[index + 1] ?? (ends ? ((from + 100) as PlainDate) : null),
      content: contents[index]!,
      section: of,
    }))
  })
const span = fc
  .tuple(day, fc.integer({ min: 0, max: 60 }))
  .map(([from, long]) => ({ from, to: (from + long) as PlainDate }))
const line: fc.Arbitrary<LineRecord> = fc.record({
  terms,
  sessions: fc.array(
    fc.record({
      on: day,
      kind: fc.constantFrom('given', 'given', 'absent', 'missed' as const),
      minutes: fc.option(fc.constantFrom(10, 30, 45, 60)),
    }),
    { maxLength: 40 },
  ),
  words: fc.array(
    fc.tuple(span, fc.boolean()).map(([s, happening]) => ({ ...s, happening })),
    { maxLength: 4 },
  ),
  pauses: fc.array(
    fc
      .tuple(span, fc.constantFrom('agreement', 'alternative' as const))
      .map(([s, basis]) => ({ ...s, basis })),
    { maxLength: 3 },
  ),
  gaps: fc.array(
    fc.oneof(
      span,
      day.map((from) => ({ from, to: null })),
    ),
    { maxLength: 2 },
  ),
}) as fc.Arbitrary<LineRecord>

describe('for any line and any window', () => {
  test('promised = delivered + owed + lawfully changed, exactly, and a window is the sum of its parts', () => {
    fc.assert(
      fc.property(line, day, day, day, (one, a, b, asAt) => {
        const { entries } = lineLedger(one, YEARS, asAt)
        const [from, to] = a < b ? [a, b] : [b, a]
        const middle = Math.floor((from + to) / 2) as PlainDate
        const whole = totalsOf(entries, from, to)
        const parts = addTotals([
          totalsOf(entries, from, middle),
          totalsOf(entries, (middle + 1) as PlainDate, to),
        ])
        expect(parts).toEqual(whole)
        for (const unit of ['minutes', 'sessions'] as const) {
          expect(reconciles(whole[unit])).toBe(true)
          for (const amount of Object.values(whole[unit])) {
            expect(Number.isSafeInteger(amount)).toBe(true)
            expect(amount).toBeGreaterThanOrEqual(0)
          }
        }
        for (const entry of entries) expect(reconciles(entry)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('no more is delivered or over than was given, and what is given never lowers a debt of another line', () => {
    fc.assert(
      fc.property(line, line, day, (one, other, asAt) => {
        const inMinutes = (record: LineRecord): LineRecord => ({
          ...record,
          terms: record.terms.map((each) => ({
            ...each,
            content: { ...each.content, count: 1, every: 'week', minutes: 45 },
          })),
        })
        const whole = (record: LineRecord) =>
          totalsOf(lineLedger(record, YEARS, asAt).entries, START, (START + DAYS + 400) as PlainDate).minutes
        const mine = whole(inMinutes(one))
        const said = one.sessions.filter((each) => each.kind === 'given' && each.on <= asAt)
        const recorded = said.reduce((all, each) => all + (each.minutes ?? 0) * 1000, 0)
        expect(mine.given + mine.madeUp + mine.over).toBeLessThanOrEqual(recorded)
        const more = whole({
          ...inMinutes(one),
          sessions: [...one.sessions, { on: asAt, kind: 'given', minutes: 600 }],
        })
        expect(more.promised).toBe(mine.promised)
        expect(more.owed).toBeLessThanOrEqual(mine.owed)
        const theirs = whole(inMinutes(other))
        const both = addTotals([
          { minutes: more, sessions: totalsOf([], asAt, asAt).sessions },
          { minutes: theirs, sessions: totalsOf([], asAt, asAt).sessions },
        ]).minutes
        expect(both.owed).toBe(more.owed + theirs.owed)
        expect(deliveredOf(both) + both.owed + changedOf(both)).toBe(both.promised)
      }),
      { numRuns: 150 },
    )
  })

  test('a later look never takes back what had fallen due', () => {
    fc.assert(
      fc.property(line, day, (one, asAt) => {
        const later = (asAt + 30) as PlainDate
        const upTo = (at: PlainDate) => {
          const { minutes, sessions } = totalsOf(lineLedger(one, YEARS, at).entries, START, asAt)
          return [minutes.promised, sessions.promised]
        }
        expect(upTo(later)).toEqual(upTo(asAt))
      }),
      { numRuns: 200 },
    )
  })
})
