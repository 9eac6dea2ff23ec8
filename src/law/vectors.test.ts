import { describe, expect, test } from 'vitest'
import { iso, longDate } from './calendar/plain-date.ts'
import { asAt, happened, only } from './story.test-data.ts'

/** Test vectors of the statutory timetable: input, expected last day. Bank holidays: England and Wales. */
type Vector = readonly [rule: string, told: string, expected: string, says: Record<string, unknown>]

const VECTORS: readonly Vector[] = [
  ['decision-to-assess', '2025-01-06 request_received', '2025-02-17', {}],
  ['decision-not-to-issue', '2025-01-06 request_received', '2025-04-28', {}],
  ['final-plan', '2025-01-06 request_received', '2025-05-26', {}],
  ['draft-plan-comment-period', '2025-04-14 draft_issued', '2025-04-28', {}],
  // Posted on a Friday, served on the second working day after: the 15 days run from service.
  ['draft-plan-comment-period', '2025-04-11 draft_issued', '2025-04-29', { arrivedOn: '2025-04-15' }],
  ['annual-review-first', '2024-03-10 final_issued', '2025-03-09', {}],
  ['annual-review-first', '2024-02-29 final_issued', '2025-02-28', {}],
  ['review-report', '2025-02-03 review_meeting', '2025-02-17', {}],
  ['review-decision', '2025-02-03 review_meeting', '2025-03-03', {}],
  ['amendment-outer-limit', '2025-02-03 review_meeting', '2025-04-28', {}],
  ['amendment-final-plan', '2025-02-24 amendment_notice', '2025-04-21', {}],
  ['reassessment-decision', '2025-06-02 reassessment_requested', '2025-06-17', {}],
  ['reassessment-final-plan', '2025-06-17 decided_to_reassess', '2025-09-23', {}],
  ['transfer-plan-known-late', '2025-04-18 moved_out', '2025-05-09', { awareOn: '2025-04-16' }],
  ['mediation-certificate-declined', '2025-04-17 mediation_declined', '2025-04-24', {}],
  ['recommendation-health-response', '2025-05-01 recommendation_made', '2025-06-04', { area: 'health' }],
  [
    'recommendation-health-copy',
    '2025-05-30 recommendation_response',
    '2025-06-08',
    { area: 'health', receivedOn: '2025-06-02' },
  ],
  ['appeal-lodge', '2025-06-30 refused_to_assess', '2025-09-01', {}],
  ['appeal-lodge', '2025-10-27 refused_to_assess', '2026-01-02', {}],
  ['appeal-lodge', '2024-12-31 refused_to_assess', '2025-02-28', {}],
  [
    'phase-transfer-post16-to-post16',
    '2025-09-01 phase_transfer',
    '2025-04-01',
    { from: 'post-16', to: 'post-16' },
  ],
]

describe('The test vectors', () => {
  test.each(VECTORS)('%s: %s gives %s', (rule, told, expected, says) => {
    expect(iso(only(asAt('2026-06-01', [happened(told, says)]), rule).dueOn!)).toBe(expected)
  })

  test('a bank holiday does not move the date; staff are told by when to act', () => {
    const finalPlan = only(asAt('2025-05-01', [happened('2025-01-06 request_received')]), 'final-plan')
    expect(longDate(finalPlan.dueOn!)).toBe('Monday 26 May 2025')
    expect(longDate(finalPlan.actBy!)).toBe('Friday 23 May 2025')
  })

  test('the earliest finalisation is the day after the family’s last day', () => {
    const draft = happened('2025-04-14 draft_issued')
    const cut = asAt('2025-06-01', [draft, happened('2025-04-28 final_issued')])
    expect(only(cut, 'draft-plan-comment-period').status).toBe('missed')
    const kept = asAt('2025-06-01', [draft, happened('2025-04-29 final_issued')])
    expect(only(kept, 'draft-plan-comment-period').status).toBe('met')
  })

  test('a later mediation certificate gives a later date to appeal', () => {
    const facts = [
      happened('2025-01-10 refused_to_assess'),
      happened('2025-03-03 mediation_certificate_issued'),
    ]
    expect(iso(only(asAt('2025-03-05', facts), 'appeal-lodge').dueOn!)).toBe('2025-04-03')
  })
})
