import { describe, expect, test } from 'vitest'
import { addDays, date, iso, type PlainDate, parseDate } from '../calendar/plain-date.ts'
import { computeDeadlines } from '../clock.ts'
import type { Deadline } from '../deadline.ts'
import { explain } from '../explain.ts'
import { type Fact, parseFact } from '../facts.ts'
import { RULES } from './all-rules.ts'
import { RULE_EXAMPLES, type RuleExample } from './rule-examples.test-data.ts'

const terms = {
  terms: [
    { from: date('2025-01-06'), to: date('2025-02-14') },
    { from: date('2025-02-24'), to: date('2025-04-04') },
    { from: date('2025-04-22'), to: date('2025-05-23') },
  ],
}
const settings = { terms }

function fact(raw: object): Fact {
  const parsed = parseFact(raw)
  if (!parsed.ok) throw new Error(`${parsed.field}: ${parsed.reason}`)
  return parsed.fact
}

function judge(example: RuleExample, doneOn: PlainDate | null, asAt: PlainDate): Deadline {
  const raw: object[] = [...(example.before ?? []), example.trigger]
  if (doneOn !== null) raw.push({ ...example.stop, on: iso(doneOn) })
  const deadlines = computeDeadlines(raw.map(fact), { asAt, settings, rules: new Set([example.rule]) })
  const ours = deadlines.filter((one) => one.rule === example.rule && one.startedOn !== null)
  expect(ours.length).toBeGreaterThan(0)
  return ours[0]!
}

test('every rule has a worked example, so a rule without one fails', () => {
  expect(RULE_EXAMPLES.map(({ rule }) => rule)).toEqual(RULES.map(({ id }) => id))
})

const numbered = RULE_EXAMPLES.filter(({ due }) => due !== null)
const unnumbered = RULE_EXAMPLES.filter(({ due }) => due === null)
const lateIn = date('2027-12-31')

describe.each(numbered.map((example) => [example.rule, example] as const))('%s', (id, example) => {
  const due = parseDate(example.due!)!
  const rule = RULES.find((one) => one.id === id)!

  test(`starts ${example.trigger.on}: last day ${example.due}`, () => {
    expect(iso(judge(example, null, due).dueOn!)).toBe(example.due)
  })

  test('says why, to staff and to a family', () => {
    for (const asAt of [due, lateIn]) {
      const deadline = judge(example, null, asAt)
      expect(explain(deadline, 'staff').join(' ')).toContain(deadline.citation)
      for (const sentence of [...explain(deadline, 'staff'), ...explain(deadline, 'family')]) {
        expect(sentence).toMatch(/^[A-Z].*[.)]$/)
        expect(sentence).not.toMatch(/undefined|null|NaN/)
      }
    }
  })

  if (example.stop !== null && rule.cutShortBy === undefined) {
    test('done the day before and on the day is in time; the day after is late', () => {
      for (const early of [-1, 0]) {
        const on = addDays(due, early)
        if (on < parseDate(example.trigger.on)! && !isBefore(example)) continue
        expect(judge(example, on, lateIn)).toMatchObject({ status: 'met', doneOn: on, daysLate: null })
      }
      expect(judge(example, addDays(due, 1), lateIn)).toMatchObject({ status: 'missed', daysLate: 1 })
    })
  }

  if (rule.cutShortBy !== undefined) {
    test('is a minimum: cut short on its last day it is missed; the day after it is kept', () => {
      expect(judge(example, due, lateIn).status).toBe('missed')
      expect(judge(example, addDays(due, 1), lateIn).status).toBe('met')
      expect(judge(example, null, lateIn).status).toBe('met')
    })
  } else {
    test('left undone it is open on the last day, and past it overdue, or run out', () => {
      expect(['due_soon', 'running']).toContain(judge(example, null, due).status)
      const after = judge(example, null, lateIn)
      const runsOut = rule.right === true || (isBefore(example) && rule.yearBefore === undefined)
      expect(after.status).toBe(runsOut ? 'lapsed' : 'overdue')
      if (!runsOut) expect(after.daysLate).toBe(lateIn - due)
    })
  }
})

function isBefore(example: RuleExample): boolean {
  return parseDate(example.due!)! < parseDate(example.trigger.on)!
}

describe.each(unnumbered.map((example) => [example.rule, example] as const))(
  '%s has no number',
  (_, example) => {
    const on = parseDate(example.trigger.on)!

    test('so it answers in words', () => {
      const deadline = judge(example, null, addDays(on, 400))
      expect(deadline.dueOn).toBeNull()
      expect(deadline.status).toBe('running')
      expect(explain(deadline, 'staff').join(' ')).toMatch(/no number|no time is set/)
    })

    if (example.stop !== null) {
      test('and is done when it is done', () => {
        expect(judge(example, on, addDays(on, 400))).toMatchObject({ status: 'met', doneOn: on })
      })
    }
  },
)
