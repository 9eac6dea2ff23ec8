import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, date, type PlainDate } from './calendar/plain-date.ts'
import { computeDeadlines } from './clock.ts'
import type { Deadline } from './deadline.ts'
import { explain } from './explain.ts'
import { ATTRIBUTES, type AttributeName, FACT_KINDS, FACT_SPECIFICATIONS, type Fact } from './facts.ts'
import { RULE_EXAMPLES } from './rules/rule-examples.test-data.ts'
import { happened } from './story.test-data.ts'

const FROM = date('2018-04-03')
const TO = date('2027-06-30')
const anyDay = fc.integer({ min: FROM, max: TO }) as fc.Arbitrary<PlainDate>
const terms = { terms: [{ from: FROM, to: addDays(TO, 400) }] }

const anyFact: fc.Arbitrary<Fact> = fc
  .tuple(
    fc.constantFrom(...FACT_KINDS),
    anyDay,
    fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    fc.infiniteStream(fc.nat()),
  )
  .map(([kind, on, recordedAfter, numbers]) => {
    const { required = [], optional = [] } = FACT_SPECIFICATIONS[kind]
    const says = Object.fromEntries(
      [...required, ...optional.filter(() => next(numbers) % 2 === 0)].map((name) => [
        name,
        sampleOf(name, on, next(numbers)),
      ]),
    )
    const recorded = recordedAfter === undefined ? {} : { recordedOn: addDays(on, recordedAfter) }
    return { ...says, kind, on, ...recorded } as Fact
  })
const history = fc.array(anyFact, { maxLength: 20 })

function next(numbers: Iterator<number>): number {
  return numbers.next().value as number
}

function sampleOf(name: AttributeName, on: PlainDate, number: number): unknown {
  const attribute = ATTRIBUTES[name]
  switch (attribute.type) {
    case 'one-of':
      return attribute.values[number % attribute.values.length]
    case 'date':
      return addDays(on, (number % 90) - 30)
    case 'yes-no':
      return number % 2 === 0
    case 'number':
      return (number % 2) + 1
    case 'list':
      return ['final-plan', 'review-decision']
    default:
      return 'abc'[number % 3]
  }
}

function asText({
  rule,
  startedOn,
  dueOn,
  doneOn,
  status,
  daysLate,
  daysLeft,
  about,
  lifted,
}: Deadline): string {
  return JSON.stringify([
    rule,
    startedOn,
    dueOn,
    doneOn,
    status,
    daysLate,
    daysLeft,
    about,
    lifted?.exception,
  ])
}

const shapes = (deadlines: readonly Deadline[]): string[] => deadlines.map(asText).sort()

describe('Whatever the facts', () => {
  test('an answer comes, with reasons in whole sentences', () => {
    fc.assert(
      fc.property(history, anyDay, (facts, asAt) => {
        for (const deadline of computeDeadlines(facts, { asAt, settings: { terms } })) {
          for (const audience of ['staff', 'family'] as const) {
            for (const sentence of explain(deadline, audience)) expect(sentence).toMatch(/^[A-Z].*[.)]$/s)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  test('shuffling them changes nothing', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
        anyDay,
        (facts, keys, asAt) => {
          const order = facts
            .map((fact, index) => ({ fact, key: keys[index]! }))
            .sort((a, b) => a.key - b.key)
          const shuffled = order.map(({ fact }) => fact)
          expect(shapes(computeDeadlines(shuffled, { asAt }))).toEqual(
            shapes(computeDeadlines(facts, { asAt })),
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  test('what is recorded after the as-at day changes nothing', () => {
    fc.assert(
      fc.property(history, history, anyDay, (facts, later, asAt) => {
        const unknown = later.map((fact) => ({ ...fact, recordedOn: addDays(asAt, 1) }))
        expect(shapes(computeDeadlines([...facts, ...unknown], { asAt }))).toEqual(
          shapes(computeDeadlines(facts, { asAt })),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('an exception never moves a date, and never turns late into in time', () => {
    fc.assert(
      fc.property(history, anyFact, anyDay, (facts, model, asAt) => {
        const claim = {
          ...model,
          kind: 'exception_claimed',
          ground: 'exceptional-personal-circumstances',
        } as Fact
        const plain = facts.filter(({ kind }) => kind !== 'exception_claimed')
        const sound = { ...claim, impracticalBecause: 'x', evidence: 'x', approvedBy: 'x' }
        const without = computeDeadlines(plain, { asAt })
        const lifted = computeDeadlines([...plain, sound], { asAt })
        const dates = (deadlines: readonly Deadline[]) =>
          deadlines
            .map(({ rule, startedOn, dueOn, doneOn, daysLate }) =>
              JSON.stringify([rule, startedOn, dueOn, doneOn, daysLate]),
            )
            .sort()
        expect(dates(lifted)).toEqual(dates(without))
        const inTime = (deadlines: readonly Deadline[]) =>
          deadlines.filter(({ status }) => status === 'met').length
        expect(inTime(lifted)).toBe(inTime(without))
      }),
      { numRuns: 200 },
    )
  })
})

describe('A later start never gives an earlier last day', () => {
  const counted = RULE_EXAMPLES.filter(({ due, trigger }) => due !== null && trigger['awareOn'] === undefined)
  test.each(counted.map((example) => [example.rule, example] as const))('%s', (rule, { trigger }) => {
    const { kind, on: _, receivedOn: __, ...says } = trigger
    fc.assert(
      fc.property(
        fc.integer({ min: date('2020-01-06'), max: date('2026-12-01') }),
        fc.integer({ min: 0, max: 60 }),
        (first, more) => {
          const dueOf = (on: number) => {
            const fact = { ...happened(`2020-01-01 ${kind}`, says), on: on as PlainDate }
            const found = computeDeadlines([fact], {
              asAt: TO,
              settings: { terms },
              rules: rulesOf(rule),
            }).find((one) => one.startedOn !== null)
            return found?.dueOn ?? null
          }
          const early = dueOf(first)
          const late = dueOf(first + more)
          if (early !== null && late !== null) expect(late).toBeGreaterThanOrEqual(early)
        },
      ),
      { numRuns: 40 },
    )
  })
})

const kept = new Map<string, ReadonlySet<string>>()
function rulesOf(rule: string): ReadonlySet<string> {
  const known = kept.get(rule) ?? new Set([rule])
  kept.set(rule, known)
  return known
}
