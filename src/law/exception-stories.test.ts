import { describe, expect, test } from 'vitest'
import { iso } from './calendar/plain-date.ts'
import { explain } from './explain.ts'
import { asAt, brief, happened, only } from './story.test-data.ts'

const sound = {
  impracticalBecause: 'the head’s advice could not be had',
  evidence: 'letter 14',
  approvedBy: 'SEND manager',
}

describe('School closed for the summer', () => {
  const request = happened('2025-06-02 request_received')
  const asked = happened('2025-07-18 advice_requested', { head: 'educational', adviser: 'head-oak' })
  const closure = {
    ground: 'school-closed-4-weeks',
    closedFrom: '2025-07-23',
    reopens: '2025-09-03',
    ...sound,
  }
  const final = happened('2025-11-03 final_issued')
  const facts = (claim: Record<string, unknown>, advice = asked) => [
    request,
    happened('2025-07-10 decided_to_assess'),
    advice,
    happened('2025-07-21 exception_claimed', claim),
    final,
  ]

  test('both legs, evidence and approval: late, with the limit lifted; the date has not moved', () => {
    const finalPlan = only(asAt('2025-12-01', facts(closure)), 'final-plan')
    expect(brief(finalPlan)).toBe('2025-10-20 met_late_limit_lifted 14')
    expect(finalPlan.lifted?.citation).toContain('reg 10(4)(a)')
  })

  test('open and past the limit it is never silently fine: lifted, days late counted, duty stated', () => {
    const open = only(asAt('2025-10-30', facts(closure).slice(0, 4)), 'final-plan')
    expect(brief(open)).toBe('2025-10-20 running 10')
    expect(explain(open, 'staff').join(' ')).toContain('as soon as practicable')
    expect(explain(open, 'family').join(' ')).toContain('That day has passed')
  })

  test.each([
    ['no reason why impractical', { impracticalBecause: '' }, 'impractical is not recorded'],
    ['no evidence', { evidence: undefined }, 'no evidence is recorded'],
    ['no approval', { approvedBy: ' ' }, 'nobody has approved it'],
    ['closed under four weeks', { reopens: '2025-08-19' }, '27 days, less than 4 weeks'],
    ['closing dates unknown', { closedFrom: undefined }, 'closing and re-opening dates are not recorded'],
  ])('%s: it does not lift, and what is missing is named', (_, change, missing) => {
    const finalPlan = only(asAt('2025-12-01', facts({ ...closure, ...change })), 'final-plan')
    expect(brief(finalPlan)).toBe('2025-10-20 missed 14')
    expect(explain(finalPlan, 'staff').join(' ')).toContain(missing)
  })

  test.each([
    ['2025-07-15', 'missed'],
    ['2025-07-16', 'met_late_limit_lifted'],
    ['2025-08-27', 'met_late_limit_lifted'],
    ['2025-08-28', 'missed'],
  ])('advice asked for on %s: %s (window 16 July to 27 August)', (on, status) => {
    const advice = happened(`${on} advice_requested`, { head: 'educational' })
    expect(only(asAt('2025-12-01', facts(closure, advice)), 'final-plan').status).toBe(status)
  })

  test('asking a psychologist is not asking the school', () => {
    const advice = happened('2025-07-18 advice_requested', { head: 'psychological' })
    expect(only(asAt('2025-12-01', facts(closure, advice)), 'final-plan').status).toBe('missed')
  })

  test('never reaches a review decision: regs 20 to 22 have no ordinary exceptions', () => {
    const meeting = happened('2025-07-01 review_meeting')
    const claim = happened('2025-07-21 exception_claimed', { ...closure, limits: ['review-decision'] })
    const decision = only(
      asAt('2025-10-01', [meeting, asked, claim, happened('2025-09-09 review_decision')]),
      'review-decision',
    )
    expect(decision.status).toBe('missed')
    expect(explain(decision, 'staff').join(' ')).toContain('no such exception is listed for this limit')
  })
})

describe('Other claims', () => {
  const request = happened('2025-01-06 request_received')
  const claim = (says: Record<string, unknown>) =>
    happened('2025-03-03 exception_claimed', { ...sound, ...says })
  const finalPlan = (...facts: ReturnType<typeof happened>[]) =>
    only(asAt('2025-07-01', [request, ...facts]), 'final-plan')

  test('away 28 days in the period lifts; 27 does not', () => {
    const away = (to: string) => claim({ ground: 'absent-4-weeks', absentFrom: '2025-02-03', absentTo: to })
    expect(finalPlan(away('2025-03-02')).lifted).not.toBeNull()
    expect(finalPlan(away('2025-03-01')).lifted).toBeNull()
  })

  test('an exception whose cause ended before the limit fell does not lift it', () => {
    const personal = claim({ ground: 'exceptional-personal-circumstances' })
    expect(finalPlan(personal).status).toBe('running')
    expect(
      finalPlan(
        personal,
        happened('2025-04-01 exception_ended', { ground: 'exceptional-personal-circumstances' }),
      ).status,
    ).toBe('overdue')
  })

  test('a refused claim lifts nothing', () => {
    const personal = claim({ ground: 'exceptional-personal-circumstances' })
    const refused = happened('2025-03-10 exception_refused', { ground: 'exceptional-personal-circumstances' })
    expect(finalPlan(personal, refused).status).toBe('overdue')
  })

  test('a claim for one limit does not lift another', () => {
    const personal = claim({ ground: 'exceptional-personal-circumstances', limits: ['decision-to-assess'] })
    expect(finalPlan(personal).status).toBe('overdue')
  })

  test('two weeks away is enough under a tribunal order, but not on an ordinary request', () => {
    const away = { ground: 'absent-2-weeks', absentFrom: '2025-02-03', absentTo: '2025-02-16' }
    const order = happened('2025-01-14 tribunal_order', { order: 'assess' })
    const deadlines = asAt('2025-07-01', [order, claim(away)])
    expect(only(deadlines, 'order-assess-final-plan').lifted?.exception).toBe('absent-2-weeks')
    expect(finalPlan(claim(away)).lifted).toBeNull()
  })

  test('a missed appointment helps only the adviser it concerns', () => {
    const facts = [
      happened('2025-02-03 advice_requested', { head: 'medical', adviser: 'dr-1' }),
      happened('2025-02-03 advice_requested', { head: 'psychological', adviser: 'ep-1' }),
      happened('2025-02-20 missed_appointment', { head: 'medical', adviser: 'dr-1' }),
      happened('2025-02-21 exception_claimed', {
        ...sound,
        ground: 'missed-appointment',
        head: 'medical',
        adviser: 'dr-1',
      }),
    ]
    const advice = asAt('2025-04-01', facts).filter(({ rule }) => rule === 'advice-response')
    expect(advice.map((one) => [one.about, one.lifted !== null])).toEqual([
      ['medical: dr-1', true],
      ['psychological: ep-1', false],
    ])
  })
})

describe('2020', () => {
  const corona = {
    ...sound,
    ground: 'coronavirus-2020',
    impracticalBecause: 'the psychologist could not visit for risk of coronavirus',
  }
  const late = [happened('2020-01-20 request_received'), happened('2020-07-20 final_issued')]

  test('late in the summer of 2020 and no reason recorded: missed, and the exception is said to be available', () => {
    const finalPlan = only(asAt('2020-08-01', late), 'final-plan')
    expect(brief(finalPlan)).toBe('2020-06-08 missed 42')
    expect(explain(finalPlan, 'staff').join(' ')).toContain(
      'Exception available: needs recorded coronavirus reason',
    )
  })

  test('with a recorded reason: late, with the limit lifted', () => {
    const facts = [...late, happened('2020-06-01 exception_claimed', corona)]
    expect(only(asAt('2020-08-01', facts), 'final-plan').lifted?.exception).toBe(
      'coronavirus-2020-impractical',
    )
  })

  test('a limit already missed before 1 May 2020 gets no cover', () => {
    const facts = [happened('2019-12-06 request_received'), happened('2020-06-01 exception_claimed', corona)]
    const finalPlan = only(asAt('2020-08-01', facts), 'final-plan')
    expect(brief(finalPlan)).toMatch(/^2020-04-24 overdue/)
    expect(explain(finalPlan, 'staff').join(' ')).not.toContain('Exception available')
  })

  test.each([
    ['2020-09-25', 'A', true],
    ['2020-09-25', 'B', false],
    ['2020-09-26', 'A', false],
  ] as const)('a request on %s on reading %s of U-11: covered %s', (on, reading, covered) => {
    const facts = [happened(`${on} request_received`), happened('2020-10-01 exception_claimed', corona)]
    const settings = { readings: { 'U-11': reading } }
    expect(only(asAt('2021-06-01', facts, settings), 'final-plan').lifted !== null).toBe(covered)
  })

  test('review decisions had the other test: read as soon as reasonably practicable (reg 2A)', () => {
    const facts = [
      happened('2020-06-01 review_meeting'),
      happened('2020-06-10 exception_claimed', corona),
      happened('2020-07-20 review_decision'),
    ]
    const decision = only(asAt('2020-08-01', facts), 'review-decision')
    expect(decision.lifted?.exception).toBe('coronavirus-2020-asrp')
    expect(decision.status).toBe('met_late_limit_lifted')
  })

  test('phase transfers, comment periods and meeting notice were not relaxed', () => {
    const facts = [
      happened('2020-06-01 draft_issued'),
      happened('2020-06-02 exception_claimed', corona),
      happened('2020-06-05 final_issued'),
    ]
    expect(only(asAt('2020-08-01', facts), 'draft-plan-comment-period')).toMatchObject({
      status: 'missed',
      lifted: null,
    })
  })
})

describe('Where the law held here gives no answer, it says so', () => {
  test('an unopposed appeal before 23 March 2015', () => {
    const contents = only(
      asAt('2015-06-01', [happened('2015-02-02 appeal_not_opposed', { about: 'contents' })]),
      'unopposed-contents',
    )
    expect(contents).toMatchObject({ dueOn: null, ruleVersion: null })
    expect(explain(contents, 'staff').join(' ')).toContain('No version of this rule is held here')
  })

  test('working days past the published bank holidays', () => {
    const certificate = only(
      asAt('2028-12-30', [happened('2028-12-29 mediation_declined')]),
      'mediation-certificate-declined',
    )
    expect(certificate.dueOn).toBeNull()
    expect(explain(certificate, 'staff').join(' ')).toContain('working-day calendar ends')
  })

  test('weeks go on past the calendar, without an "act by"', () => {
    const finalPlan = only(asAt('2029-01-10', [happened('2029-01-08 request_received')]), 'final-plan')
    expect(iso(finalPlan.dueOn!)).toBe('2029-05-28')
    expect(finalPlan.actBy).toBeNull()
  })

  test('school days without term dates', () => {
    const excluded = only(
      asAt('2025-03-01', [happened('2025-02-03 permanently_excluded')]),
      'exclusion-day-six-authority',
    )
    expect(explain(excluded, 'staff').join(' ')).toContain('give the school’s term dates')
  })
})

describe('Uncertain readings change what they should', () => {
  test('U-4: 14 February is the legal date, 15 February the one commonly quoted', () => {
    const move = [happened('2025-09-01 phase_transfer', { from: 'primary', to: 'secondary' })]
    const literal = only(asAt('2025-01-01', move), 'phase-transfer-other')
    expect([iso(literal.dueOn!), iso(literal.commonlyQuoted!)]).toEqual(['2025-02-14', '2025-02-15'])
    const loose = only(asAt('2025-01-01', move, { readings: { 'U-4': 'B' } }), 'phase-transfer-other')
    expect([iso(loose.dueOn!), loose.commonlyQuoted]).toEqual(['2025-02-15', null])
  })

  test('U-2: B lets the act be done on the next open day', () => {
    const facts = [happened('2025-01-06 request_received')]
    expect(iso(only(asAt('2025-05-01', facts, { readings: { 'U-2': 'B' } }), 'final-plan').dueOn!)).toBe(
      '2025-05-27',
    )
  })

  test('U-3: sent in time and arrived late is met with a warning, or missed on reading B', () => {
    const facts = [
      happened('2025-01-06 request_received'),
      happened('2025-02-17 refused_to_assess', { arrivedOn: '2025-02-19' }),
    ]
    const sent = only(asAt('2025-03-01', facts), 'decision-to-assess')
    expect(sent.status).toBe('met')
    expect(explain(sent, 'staff').join(' ')).toContain('arrived on 19 February 2025, after the limit')
    expect(brief(only(asAt('2025-03-01', facts, { readings: { 'U-3': 'B' } }), 'decision-to-assess'))).toBe(
      '2025-02-17 missed 2',
    )
  })

  test('U-5: the 12 months are judged by the decision; or by the meeting on reading B', () => {
    const facts = [
      happened('2024-03-10 final_issued'),
      happened('2025-03-03 review_meeting'),
      happened('2025-03-28 review_decision', { outcome: 'maintain' }),
    ]
    expect(brief(only(asAt('2025-04-01', facts), 'annual-review-first'))).toBe('2025-03-09 missed 19')
    const next = only(asAt('2025-04-01', facts), 'annual-review-next')
    expect(iso(next.dueOn!)).toBe('2026-03-27')
    expect(explain(next, 'staff').join(' ')).toContain('end sooner, on 2 March 2026')
    const byMeeting = asAt('2025-04-01', facts, { readings: { 'U-5': 'B' } })
    expect(only(byMeeting, 'annual-review-first').status).toBe('met')
  })

  test('U-7, U-8, U-14, U-24', () => {
    const saturday = [happened('2025-01-04 request_received')]
    expect(iso(only(asAt('2025-02-01', saturday, { readings: { 'U-7': 'B' } }), 'final-plan').dueOn!)).toBe(
      '2025-05-26',
    )
    const meeting = [happened('2025-02-03 review_meeting')]
    expect(iso(only(asAt('2025-01-01', meeting), 'review-meeting-notice').dueOn!)).toBe('2025-01-20')
    expect(
      iso(only(asAt('2025-01-01', meeting, { readings: { 'U-8': 'B' } }), 'review-meeting-notice').dueOn!),
    ).toBe('2025-01-19')
    const paid = [happened('2025-01-06 direct_payment_started')]
    expect(
      iso(
        only(asAt('2025-02-01', paid, { readings: { 'U-14': 'A' } }), 'direct-payment-first-review').dueOn!,
      ),
    ).toBe('2025-04-06')
    const early = [
      happened('2024-03-10 final_issued'),
      happened('2024-09-02 review_decision', { reviewType: 'early', outcome: 'maintain' }),
    ]
    expect(only(asAt('2025-01-01', early), 'annual-review-first').status).toBe('met')
    expect(only(asAt('2025-01-01', early, { readings: { 'U-24': 'B' } }), 'annual-review-first').status).toBe(
      'running',
    )
  })
})

describe('A claim refused, and another made on the same ground', () => {
  const facts = (first: Record<string, unknown>, ended: Record<string, unknown>) => [
    happened('2025-06-02 request_received'),
    happened('2025-07-10 decided_to_assess'),
    happened('2025-07-18 advice_requested', { head: 'educational', adviser: 'head-oak' }),
    happened('2025-07-21 exception_claimed', {
      id: 'second',
      ground: 'school-closed-4-weeks',
      closedFrom: '2025-07-23',
      reopens: '2025-09-03',
      ...sound,
      ...first,
    }),
    happened('2025-07-22 exception_refused', { ground: 'school-closed-4-weeks', ...ended }),
    happened('2025-11-03 final_issued'),
  ]
  test.each([
    ['says which claim was refused: the other stands', {}, { claim: 'first' }, 'met_late_limit_lifted'],
    ['says this claim was refused', {}, { claim: 'second' }, 'missed'],
    ['names no claim: its ground is gone by', {}, {}, 'missed'],
    [
      'the claim was corrected since: it is put again',
      { claim: 'first' },
      { claim: 'first' },
      'met_late_limit_lifted',
    ],
  ])('%s', (_, first, ended, status) => {
    expect(brief(only(asAt('2025-12-01', facts(first, ended)), 'final-plan'))).toContain(status)
  })
})
