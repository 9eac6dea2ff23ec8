import { describe, expect, test } from 'vitest'
import { date, type Fact, parseFact } from '../law/index.ts'
import { mayRecord } from './transitions.ts'

const TODAY = date('2025-06-02')

function fact(told: string, says: object = {}): Fact {
  const [on, kind] = told.split(' ')
  const parsed = parseFact({ on, kind, ...says })
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.fact
}

const request = fact('2025-01-06 request_received')
const agreed = fact('2025-02-10 decided_to_assess')
const draft = fact('2025-04-14 draft_issued')

describe('The record refuses the impossible', () => {
  test.each([
    [
      'a decision with no request',
      [],
      fact('2025-02-10 decided_to_assess'),
      'kind',
      /record a request first/,
    ],
    [
      'a decision before its request',
      [request],
      fact('2025-01-03 refused_to_assess'),
      'on',
      /on or after 6 January 2025/,
    ],
    ['a draft before agreeing to assess', [request], draft, 'kind', /record the decision to assess first/],
    [
      'a final plan before a draft',
      [request, agreed],
      fact('2025-05-20 final_issued'),
      'kind',
      /record the draft plan first/,
    ],
    ['a day still to come', [request], fact('2025-06-03 decided_to_assess'), 'on', /today or in the past/],
    [
      'the same decision twice',
      [request, agreed],
      fact('2025-02-12 decided_to_assess'),
      'kind',
      /already recorded, on 10 February 2025/,
    ],
    [
      'advice nobody asked for',
      [request, agreed],
      fact('2025-04-01 advice_received', { head: 'medical' }),
      'kind',
      /record the request for that advice first/,
    ],
    [
      'anything after withdrawal',
      [request, fact('2025-02-03 request_withdrawn')],
      fact('2025-02-10 decided_to_assess'),
      'kind',
      /has ended/,
    ],
    [
      'a review decision with no meeting',
      [],
      fact('2025-05-01 review_decision'),
      'kind',
      /record the review meeting first/,
    ],
  ])('%s', (_, facts, proposed, field, reason) => {
    expect(mayRecord(facts, proposed, TODAY)).toMatchObject({
      ok: false,
      field,
      reason: expect.stringMatching(reason),
    })
  })
})

describe('The record never refuses the late, or the reversed', () => {
  test.each([
    ['a decision months late', [request], fact('2025-06-02 decided_to_assess')],
    ['a decision on the day of the request', [request], fact('2025-01-06 decided_to_assess')],
    [
      'a yes after a no',
      [request, fact('2025-02-03 refused_to_assess')],
      fact('2025-05-01 decided_to_assess', { following: 'mediation' }),
    ],
    [
      'a new refusal after a new request',
      [request, fact('2025-02-03 refused_to_assess'), fact('2025-05-01 request_received')],
      fact('2025-05-20 refused_to_assess'),
    ],
    ['a meeting arranged ahead', [], fact('2025-09-10 review_meeting')],
    [
      'a decision after re-opening',
      [request, fact('2025-02-03 request_withdrawn'), fact('2025-03-03 assessment_reopened')],
      fact('2025-03-10 decided_to_assess'),
    ],
    ['a draft cut short by a final plan', [request, agreed, draft], fact('2025-04-15 final_issued')],
  ])('%s', (_, facts, proposed) => {
    expect(mayRecord(facts, proposed, TODAY)).toEqual({ ok: true })
  })
})
