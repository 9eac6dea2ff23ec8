import { describe, expect, test } from 'vitest'
import { iso } from './calendar/plain-date.ts'
import { explain } from './explain.ts'
import { asAt, brief, happened, only } from './story.test-data.ts'

const request = happened('2025-01-06 request_received', { by: 'parent' })

describe('An ordinary assessment', () => {
  const facts = [
    request,
    happened('2025-02-10 decided_to_assess'),
    happened('2025-02-11 advice_requested', {
      head: 'psychological',
      adviser: 'ep-1',
      receivedOn: '2025-02-12',
    }),
    happened('2025-02-11 advice_requested', { head: 'medical', adviser: 'dr-2' }),
    happened('2025-03-20 advice_received', { head: 'psychological', adviser: 'ep-1' }),
    happened('2025-04-10 decided_to_issue'),
    happened('2025-04-14 draft_issued'),
    happened('2025-05-20 final_issued'),
  ]

  test('each adviser has a limit of their own, from the day they were reached', () => {
    const advice = asAt('2025-04-01', facts).filter(({ rule }) => rule === 'advice-response')
    expect(advice.map((one) => [one.about, brief(one)])).toEqual([
      ['medical: dr-2', '2025-03-25 overdue 7'],
      ['psychological: ep-1', '2025-03-26 met'],
    ])
  })

  test('is met in every limit, and the 16 weeks for a no fall away with a yes', () => {
    const deadlines = asAt('2025-06-01', facts)
    expect(brief(only(deadlines, 'final-plan'))).toBe('2025-05-26 met')
    expect(brief(only(deadlines, 'decision-to-assess'))).toBe('2025-02-17 met')
    expect(brief(only(deadlines, 'decision-not-to-issue'))).toBe('2025-04-28 lapsed')
  })

  test.each([
    ['2025-05-25', '2025-05-26 due_soon'],
    ['2025-05-26', '2025-05-26 due_soon'],
    ['2025-05-27', '2025-05-26 overdue 1'],
  ])('the day before, the day and the day after: as at %s', (day, expected) => {
    expect(brief(only(asAt(day, facts.slice(0, 2)), 'final-plan'))).toBe(expected)
  })

  test('the next steps of an open process are there, not started', () => {
    const waiting = asAt('2025-01-10', [request]).filter(({ status }) => status === 'not_started')
    expect(waiting.map(({ rule }) => rule)).toEqual(['notify-considering-assessment', 'advice-requested'])
  })

  test('what was recorded later was not known before', () => {
    const late = happened('2025-02-10 decided_to_assess', { recordedOn: '2025-03-01' })
    expect(only(asAt('2025-02-20', [request, late]), 'decision-to-assess').status).toBe('overdue')
    expect(only(asAt('2025-03-01', [request, late]), 'decision-to-assess').status).toBe('met')
  })

  test('a month is never used as a day', () => {
    const vague = happened('2025-02-01 decided_to_assess', { precision: 'month' })
    const decision = only(asAt('2025-06-01', [request, vague]), 'decision-to-assess')
    expect(decision.status).toBe('overdue')
    expect(explain(decision, 'staff').join(' ')).toContain('A month is never used as a day')
    expect(asAt('2025-06-01', [happened('2025-01-01 request_received', { precision: 'month' })])).toEqual([])
  })
})

describe('Requests that end, repeat or return', () => {
  test('a withdrawn request lapses; re-opened, its original clock runs on', () => {
    const withdrawn = [request, happened('2025-02-03 request_withdrawn')]
    expect(only(asAt('2025-03-01', withdrawn), 'final-plan').status).toBe('lapsed')
    const reopened = [...withdrawn, happened('2025-03-03 assessment_reopened')]
    expect(brief(only(asAt('2025-03-10', reopened), 'decision-to-assess'))).toBe('2025-02-17 overdue 21')
  })

  test('a second request while one is open starts no new clock, and it is said (U-21)', () => {
    const facts = [request, happened('2025-01-27 request_received', { by: 'school' })]
    const decision = only(asAt('2025-02-01', facts), 'decision-to-assess')
    expect(iso(decision.dueOn!)).toBe('2025-02-17')
    expect(explain(decision, 'staff').join(' ')).toContain('A second request came while this one was open')
  })

  test('unless the authority reads U-21 the other way', () => {
    const facts = [request, happened('2025-01-27 request_received')]
    const deadlines = asAt('2025-02-01', facts, { readings: { 'U-21': 'B' } })
    expect(deadlines.filter(({ rule }) => rule === 'decision-to-assess')).toHaveLength(2)
  })

  test('after a refusal a new request starts a new clock', () => {
    const facts = [request, happened('2025-02-10 refused_to_assess'), happened('2025-09-01 request_received')]
    const decisions = asAt('2025-09-10', facts).filter(({ rule }) => rule === 'decision-to-assess')
    expect(decisions.map(brief)).toEqual(['2025-02-17 met', '2025-10-13 running'])
  })

  test('process ids keep two assessments apart', () => {
    const facts = [
      happened('2024-01-08 request_received', { process: 'a' }),
      happened('2024-02-01 refused_to_assess', { process: 'a' }),
      happened('2024-02-05 request_received', { process: 'b' }),
      happened('2024-03-01 decided_to_assess', { process: 'b' }),
    ]
    const decisions = asAt('2024-04-01', facts).filter(({ rule }) => rule === 'decision-to-assess')
    expect(decisions.map(brief)).toEqual(['2024-02-19 met', '2024-03-18 met'])
  })

  test('needs brought to attention start the same clocks', () => {
    expect(
      iso(
        only(
          asAt('2025-02-01', [happened('2025-01-06 needs_brought_to_attention', { by: 'health' })]),
          'final-plan',
        ).dueOn!,
      ),
    ).toBe('2025-05-26')
  })
})

describe('A refusal reversed', () => {
  const refused = [happened('2024-07-23 request_received'), happened('2024-09-02 refused_to_assess')]

  test('by mediation: 10 and 14 weeks from the agreement, and the original lapses (25-012-582)', () => {
    const facts = [...refused, happened('2025-01-10 mediation'), happened('2025-01-14 decided_to_assess')]
    const deadlines = asAt('2025-06-01', facts)
    expect(brief(only(deadlines, 'order-assess-no-plan'))).toMatch(/^2025-03-25 overdue/)
    expect(brief(only(deadlines, 'order-assess-final-plan'))).toMatch(/^2025-04-22 overdue/)
    expect(only(deadlines, 'final-plan').status).toBe('lapsed')
    expect(explain(only(deadlines, 'final-plan'), 'staff').join(' ')).toContain('reg 42(2)')
    expect(brief(only(deadlines, 'decision-to-assess'))).toBe('2024-09-03 met')
  })

  test('by mediation, when only the decision says so', () => {
    const deadlines = asAt('2025-02-01', [
      ...refused,
      happened('2025-01-14 decided_to_assess', { following: 'mediation' }),
    ])
    expect(iso(only(deadlines, 'order-assess-final-plan').dueOn!)).toBe('2025-04-22')
  })

  test('by a written agreement, from its own date', () => {
    const agreed = happened('2025-01-07 mediation_agreement', { matter: 'appealable', agreed: 'assess' })
    const deadlines = asAt('2025-02-01', [...refused, agreed, happened('2025-01-14 decided_to_assess')])
    expect(iso(only(deadlines, 'order-assess-final-plan').dueOn!)).toBe('2025-04-15')
    expect(brief(only(deadlines, 'order-assess-notify'))).toBe('2025-01-21 met')
  })

  test('by tribunal order: from the order, made or sent, whichever was earlier (U-16)', () => {
    const order = happened('2025-01-14 tribunal_order', { order: 'assess', sentOn: '2025-01-20' })
    const deadlines = asAt('2025-02-01', [...refused, order, happened('2025-01-28 decided_to_assess')])
    expect(brief(only(deadlines, 'order-assess-notify'))).toBe('2025-01-28 met')
    expect(iso(only(deadlines, 'order-assess-final-plan').dueOn!)).toBe('2025-04-22')
    expect(only(deadlines, 'final-plan').status).toBe('lapsed')
  })

  test('by an order that does not say what it ordered, when an assessment follows', () => {
    const deadlines = asAt('2025-02-01', [
      ...refused,
      happened('2025-01-14 tribunal_order'),
      happened('2025-01-20 decided_to_assess'),
    ])
    expect(iso(only(deadlines, 'order-assess-final-plan').dueOn!)).toBe('2025-04-22')
  })

  test('by concession without an order: the original 20 weeks still bind (R (W) v Hertfordshire)', () => {
    const facts = [...refused, happened('2025-01-14 decided_to_assess', { following: 'concession' })]
    const deadlines = asAt('2025-02-01', facts)
    expect(brief(only(deadlines, 'final-plan'))).toBe('2024-12-10 overdue 53')
    expect(explain(only(deadlines, 'final-plan'), 'staff').join(' ')).toContain('[2023] EWHC 3138 (Admin)')
    expect(deadlines.some(({ rule }) => rule === 'order-assess-final-plan')).toBe(false)
  })

  test('by notice to the tribunal under reg 45: from that notice', () => {
    const notice = happened('2025-01-14 appeal_not_opposed', { about: 'assess' })
    const deadlines = asAt('2025-02-01', [...refused, notice, happened('2025-01-20 decided_to_assess')])
    expect(iso(only(deadlines, 'unopposed-assess-final-plan').dueOn!)).toBe('2025-04-22')
    expect(only(deadlines, 'final-plan').status).toBe('lapsed')
  })

  test('how is not recorded: the original is shown, with a warning', () => {
    const deadlines = asAt('2025-02-01', [...refused, happened('2025-01-14 decided_to_assess')])
    const finalPlan = only(deadlines, 'final-plan')
    expect(finalPlan.status).toBe('overdue')
    expect(explain(finalPlan, 'staff').join(' ')).toContain('how is not recorded')
  })

  test('after a decision not to issue, by mediation: draft in 5 weeks, final in 11', () => {
    const facts = [
      request,
      happened('2025-02-10 decided_to_assess'),
      happened('2025-04-20 decided_not_to_issue'),
      happened('2025-06-02 mediation'),
      happened('2025-06-09 decided_to_issue'),
    ]
    const deadlines = asAt('2025-06-10', facts)
    expect(iso(only(deadlines, 'order-make-plan-draft').dueOn!)).toBe('2025-07-14')
    expect(iso(only(deadlines, 'order-make-plan-final').dueOn!)).toBe('2025-08-25')
    expect(only(deadlines, 'final-plan').status).toBe('lapsed')
    expect(only(deadlines, 'decision-not-to-issue').status).toBe('met')
  })
})
