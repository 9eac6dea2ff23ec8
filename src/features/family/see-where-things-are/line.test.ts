import { expect, test } from 'vitest'
import { date, type Fact, longDate } from '../../../law/index.ts'
import { deadlinesOfProcess } from '../../../record/process-summary.ts'
import { placeOnLine } from '../../../ui/charts/twenty-week-scale.ts'
import { lineOf } from './line.ts'

const fact = (on: string, kind: Fact['kind']): Fact => ({ on: date(on), kind, process: 'A' }) as Fact
const request = fact('2025-01-06', 'request_received')
const mediated = [
  request,
  fact('2025-02-10', 'decided_to_assess'),
  fact('2025-04-20', 'decided_not_to_issue'),
  fact('2025-06-02', 'mediation'),
  fact('2025-06-09', 'decided_to_issue'),
]
const drawn = (facts: readonly Fact[], today: string) => {
  const line = lineOf('A', facts, deadlinesOfProcess('assessment', 'A', facts, date(today)), date(today))!
  return { line, placed: placeOnLine(line, 100) }
}

test('the plan an appeal led to is late by its own date, not by week 20, which ended with the refusal', () => {
  const { line, placed } = drawn(mediated, '2025-06-20')
  const last = line.marks.at(-1)!
  expect([last.week, last.label, longDate(last.dueOn as never)]).toEqual([
    33,
    'the final plan, after your appeal',
    'Monday 25 August 2025',
  ])
  expect(placed.isLate).toBe(false)
  expect(drawn(mediated, '2025-08-27').placed.daysLate).toBe(2)
})

test('without one, week 20 is the last mark, and the day after it is late', () => {
  const { line, placed } = drawn([request, fact('2025-02-10', 'decided_to_assess')], '2025-05-27')
  expect(line.marks.at(-1)!.week).toBe(20)
  expect(placed.daysLate).toBe(1)
})
