import { describe, expect, test } from 'vitest'
import { date, type Fact, parseFact } from '../law/index.ts'
import { findImpossible } from './order-of-facts.ts'

const story = (...told: readonly string[]): Fact[] =>
  told.map((line, index) => {
    const [on, kind, recordedOn] = line.split(' ')
    const parsed = parseFact({ on, kind, id: String(index), ...(recordedOn ? { recordedOn } : {}) })
    if (!parsed.ok) throw new Error(parsed.reason)
    return parsed.fact
  })
const wrong = (...told: readonly string[]) =>
  findImpossible(story('2025-01-06 request_received', ...told), date('2025-12-01')).map(({ words }) => words)

describe('After an end', () => {
  test('nothing happens until it is opened again', () => {
    expect(wrong('2025-02-03 request_withdrawn', '2025-02-10 decided_to_assess')).toEqual([
      '“Decided to assess” cannot be on 10 February 2025: “Request withdrawn” was on 3 February 2025, and the assessment had not been opened again',
    ])
    expect(
      wrong('2025-02-03 request_withdrawn', '2025-02-05 assessment_reopened', '2025-02-10 decided_to_assess'),
    ).toEqual([])
    expect(
      wrong('2025-02-03 request_withdrawn', '2025-02-10 decided_to_assess', '2025-02-12 assessment_reopened'),
    ).toHaveLength(1)
  })
  test('it ends once; a claim of an exception may still be decided', () => {
    expect(wrong('2025-02-03 request_withdrawn', '2025-02-10 assessment_closed')).toHaveLength(1)
    expect(wrong('2025-02-03 assessment_closed', '2025-02-10 exception_refused')).toEqual([])
  })
  test('what was recorded before anyone knew of the end stands', () => {
    expect(
      wrong('2025-02-10 decided_to_assess 2025-02-10', '2025-02-03 assessment_closed 2025-02-20'),
    ).toEqual([])
    expect(
      wrong('2025-02-10 decided_to_assess 2025-02-21', '2025-02-03 assessment_closed 2025-02-20'),
    ).toHaveLength(1)
  })
})

describe('A decision is taken once', () => {
  test.each([
    [['2025-02-03 decided_to_assess', '2025-02-10 decided_to_assess'], 1],
    [['2025-02-03 decided_to_assess', '2025-02-10 refused_to_assess'], 1],
    [['2025-02-03 refused_to_assess', '2025-02-10 refused_to_assess'], 1],
    [['2025-02-03 refused_to_assess', '2025-02-10 decided_to_assess'], 0],
    [['2025-02-03 refused_to_assess', '2025-02-03 decided_to_assess'], 0],
    [['2025-02-03 refused_to_assess', '2025-02-05 assessment_reopened', '2025-02-10 refused_to_assess'], 0],
  ])('%j: %i wrong', (told, count) => {
    expect(wrong(...told)).toHaveLength(count)
  })
  test('whether to make a plan too', () => {
    expect(
      wrong('2025-02-03 decided_to_assess', '2025-03-03 decided_to_issue', '2025-03-10 decided_not_to_issue'),
    ).toEqual([
      '“Decided not to issue a plan” cannot be on 10 March 2025: “Decided to issue a plan” was already recorded on 3 March 2025. If that is wrong, correct it',
    ])
  })
})

test('a plan needs no request; only the future is impossible', () => {
  const facts = story('2025-02-03 review_meeting', '2026-02-03 review_report')
  expect(findImpossible(facts, date('2025-12-01'), 'plan').map(({ fact }) => fact.kind)).toEqual([
    'review_report',
  ])
})
