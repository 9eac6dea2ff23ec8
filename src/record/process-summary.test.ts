import { describe, expect, test } from 'vitest'
import { computeDeadlines, date, FACT_SPECIFICATIONS, type Fact, type FactKind, RULES } from '../law/index.ts'
import { deadlinesOfProcess, isCouncilWork, summariseProcess } from './process-summary.ts'
import { CHANGES_NO_STAGE, MOVES_A_STAGE, PLAN_STATE_LABELS, planState } from './stage.ts'

let made = 0
const fact = (process: string, kind: FactKind, on: string, more: Partial<Fact> = {}): Fact => ({
  kind,
  on: date(on),
  id: `fact-${++made}`,
  process,
  ...more,
})
const refused = [fact('A', 'request_received', '2025-01-06'), fact('A', 'refused_to_assess', '2025-02-10')]
const noPlan = [
  fact('A', 'request_received', '2025-01-06'),
  fact('A', 'decided_to_assess', '2025-02-10'),
  fact('A', 'decided_not_to_issue', '2025-04-14'),
]

describe('whose a deadline is', () => {
  const child: readonly Fact[] = [
    fact('A', 'request_received', '2023-01-09'),
    fact('A', 'refused_to_assess', '2023-02-13'),
    fact('A', 'mediation_requested', '2023-03-01'),
    fact('A', 'tribunal_order', '2023-04-03', { order: 'assess' }),
    fact('A', 'decided_to_assess', '2023-04-11', { following: 'tribunal-order' }),
    fact('A', 'decided_to_issue', '2023-06-05'),
    fact('A', 'draft_issued', '2023-06-12'),
    fact('A', 'final_issued', '2023-07-03'),
    fact('P', 'review_meeting', '2024-06-03'),
    fact('P', 'review_decision', '2024-06-17', { outcome: 'maintain' }),
    fact('P', 'mediation_requested', '2024-07-01', { issues: 'mixed' }),
    fact('P', 'appeal_lodged', '2024-08-01', { about: 'refusal-to-amend' }),
    fact('P', 'appeal_documents_received', '2024-08-09'),
    fact('P', 'appeal_not_opposed', '2024-08-19', { about: 'refusal-to-amend' }),
    fact('P', 'tribunal_order', '2024-10-01', { order: 'amend-provision' }),
    fact('P', 'detention_known', '2024-11-04'),
  ]
  const name = (one: { rule: string; startFact: Fact | null; about: string | null }): string =>
    [one.rule, one.startFact?.id, one.about].join(' ')

  test('every deadline of the child is in exactly one of its processes', () => {
    const asAt = date('2024-12-02')
    const all = computeDeadlines(child, { asAt }).map(name)
    const held = [
      ...deadlinesOfProcess('assessment', 'A', child, asAt),
      ...deadlinesOfProcess('plan', 'P', child, asAt),
    ].map(name)
    expect(held.toSorted()).toEqual(all.toSorted())
  })
  test('a dispute about the plan is on the plan, one about the assessment on the assessment', () => {
    const rules = (kind: 'assessment' | 'plan', id: string): string[] =>
      deadlinesOfProcess(kind, id, child, date('2024-12-02'))
        .filter((one) => ['mediation', 'unopposed-appeal', 'tribunal-order-compliance'].includes(one.process))
        .filter((one) => one.startFact !== null)
        .map((one) => one.rule)
    expect(rules('plan', 'P')).toEqual(
      expect.arrayContaining(['mediation-arrange-mixed', 'unopposed-contents', 'order-amend-provision']),
    )
    expect(rules('plan', 'P')).not.toContain('order-assess-final-plan')
    expect(rules('assessment', 'A')).toEqual(
      expect.arrayContaining(['mediation-arrange', 'order-assess-final-plan']),
    )
    expect(rules('assessment', 'A')).not.toContain('order-amend-provision')
  })
  test('an earlier plan keeps what its own facts started', () => {
    const two = [...child, fact('Q', 'review_meeting', '2024-11-18')]
    const held = deadlinesOfProcess('plan', 'Q', two, date('2024-12-02'))
    expect(held.some((one) => one.startFact?.process === 'P')).toBe(false)
    expect(held.some((one) => one.startFact?.process === 'Q')).toBe(true)
  })
})

describe('a refusal undone opens the assessment again', () => {
  const asAt = date('2025-06-20')
  const undone = (before: readonly Fact[], kind: FactKind, more: Partial<Fact>) =>
    summariseProcess('assessment', 'A', [...before, fact('A', kind, '2025-06-02', more)], asAt)
  test.each([
    ['tribunal_order', { order: 'assess' }, 'order-assess-notify'],
    ['mediation_agreement', { matter: 'appealable', agreed: 'assess' }, 'order-assess-notify'],
    ['appeal_not_opposed', { about: 'assess' }, 'unopposed-assess-notify'],
  ] as const)('%s to assess', (kind, more, rule) => {
    const summary = undone(refused, kind, more)
    expect(summary).toMatchObject({ state: 'gathering-advice', closedOn: null })
    expect(summary.next).toMatchObject({ rule, dueOn: date('2025-06-16') })
  })
  test.each([
    ['tribunal_order', { order: 'make-plan' }, 'order-make-plan-draft'],
    ['mediation_agreement', { matter: 'appealable', agreed: 'make-plan' }, 'order-make-plan-draft'],
    ['appeal_not_opposed', { about: 'make-plan' }, 'unopposed-make-plan-draft'],
  ] as const)('%s to make a plan', (kind, more, rule) => {
    const summary = undone(noPlan, kind, more)
    expect(summary).toMatchObject({ state: 'drafting', closedOn: null })
    expect(summary.next).toMatchObject({ rule, dueOn: date('2025-07-07') })
  })
  test('a case sent back is decided again', () => {
    expect(undone(refused, 'tribunal_order', { order: 'reconsider' }).state).toBe(
      'deciding-whether-to-assess',
    )
    expect(undone(noPlan, 'tribunal_order', { order: 'reconsider' }).state).toBe('deciding-whether-to-issue')
  })
  test('a dismissed appeal, or an agreement on another matter, opens nothing', () => {
    expect(undone(refused, 'tribunal_order', { order: 'dismissed' }).closedOn).toBe(date('2025-02-10'))
    expect(undone(refused, 'mediation_agreement', { matter: 'other', agreed: 'assess' }).state).toBe(
      'not-assessed',
    )
  })
  test('an order that comes after the plan takes nothing back', () => {
    const finished = [
      ...noPlan,
      fact('A', 'decided_to_issue', '2025-05-01'),
      fact('A', 'draft_issued', '2025-05-05'),
      fact('A', 'final_issued', '2025-05-26'),
    ]
    expect(undone(finished, 'tribunal_order', { order: 'make-plan' }).state).toBe('plan-issued')
  })
})

describe('where a plan stands', () => {
  const stands = (...facts: readonly (readonly [FactKind, string, Partial<Fact>?])[]) =>
    planState(
      facts.map(([kind, on, more]) => fact('P', kind, on, more)),
      date('2025-12-01'),
    )
  test.each([
    [
      'in-force',
      [
        ['amendment_notice', '2025-01-06'],
        ['amendment_declined', '2025-02-03'],
      ],
    ],
    [
      'being-ceased',
      [
        ['review_meeting', '2025-01-06'],
        ['review_decision', '2025-01-20', { outcome: 'cease' }],
      ],
    ],
    ['being-ceased', [['cease_notified', '2025-01-06']]],
    [
      'in-force',
      [
        ['cease_notified', '2025-01-06'],
        ['plan_continued', '2025-05-06'],
      ],
    ],
    [
      'being-reassessed',
      [
        ['reassessment_requested', '2025-01-06'],
        ['decided_to_reassess', '2025-01-20'],
      ],
    ],
    [
      'in-force',
      [
        ['decided_to_reassess', '2025-01-20'],
        ['reassessment_final_issued', '2025-04-20'],
      ],
    ],
    [
      'in-force',
      [
        ['decided_to_reassess', '2025-01-20'],
        ['reassessment_no_change', '2025-04-20'],
      ],
    ],
    ['being-handed-over', [['moved_out', '2025-01-20', { awareOn: date('2025-01-06') }]]],
    [
      'moved-away',
      [
        ['moved_out', '2025-01-20'],
        ['plan_transferred', '2025-01-21'],
      ],
    ],
    [
      'moved-away',
      [
        ['plan_transferred', '2025-01-19'],
        ['moved_out', '2025-01-20'],
      ],
    ],
    [
      'ceased',
      [
        ['moved_out', '2025-01-20'],
        ['plan_transferred', '2025-01-20'],
        ['plan_ceased', '2025-01-20'],
      ],
    ],
    [
      'in-force',
      [
        ['moved_out', '2025-01-20'],
        ['plan_transferred', '2025-01-21'],
        ['moved_in', '2025-09-01'],
      ],
    ],
    [
      'ceased',
      [
        ['plan_ceased', '2025-01-20'],
        ['review_meeting', '2025-03-03'],
      ],
    ],
    ['being-amended', [['tribunal_order', '2025-01-20', { order: 'amend-provision' }]]],
  ] as const)('%s', (state, facts) => expect(stands(...facts)).toBe(state))

  test('a plan to be handed over is on the list until it has been', () => {
    const moved = [fact('P', 'moved_out', '2025-01-20', { awareOn: date('2025-01-06') })]
    const open = summariseProcess('plan', 'P', moved, date('2025-01-22'))
    expect(open.closedOn).toBeNull()
    expect(open.next?.rule).toMatch(/^transfer-plan/)
    expect(
      summariseProcess(
        'plan',
        'P',
        [...moved, fact('P', 'plan_transferred', '2025-01-23')],
        date('2025-01-24'),
      ),
    ).toMatchObject({ state: 'moved-away', closedOn: date('2025-01-23') })
  })
  test('every kind of an assessment’s and a plan’s lanes is a move, or is said to be none', () => {
    const lanes = new Set(['assessment', 'plan', 'review', 'reassessment', 'move'])
    const kinds = Object.entries(FACT_SPECIFICATIONS)
      .filter(([, { lane }]) => lanes.has(lane))
      .map(([kind]) => kind as FactKind)
    expect(kinds.filter((kind) => MOVES_A_STAGE.has(kind) === CHANGES_NO_STAGE.has(kind))).toEqual([])
    expect([...CHANGES_NO_STAGE].filter((kind) => !kinds.includes(kind))).toEqual([])
  })
  test('every state has words', () => expect(Object.values(PLAN_STATE_LABELS).every(Boolean)).toBe(true))
})

describe('what is work', () => {
  test('rights, bars, waiting times, answers not given and second names are not', () => {
    for (const id of [
      'refusal-at-determination',
      'decision-not-to-issue',
      'order-assess-no-plan',
      'draft-plan-latest-derived',
      'draft-plan-comment-period',
      'amendment-comment-period',
      'amendment-declined',
      'amendment-outer-limit',
      'assessment-six-month-bar',
      'reassessment-bar-six-months',
      'reassessment-comment-period',
      'cease-not-before-appeal-window',
      'appeal-lodge',
      'mediation-contact-adviser',
      'ombudsman-complaint',
    ])
      expect([id, isCouncilWork(id)]).toEqual([id, false])
  })
  test('duties are, the notice of amendment and notice of a meeting too', () => {
    for (const id of [
      'decision-to-assess',
      'final-plan',
      'advice-response',
      'review-amendment-notice',
      'review-meeting-notice',
      'mediation-date-notice',
      'phase-transfer-post16-to-post16',
    ])
      expect([id, isCouncilWork(id)]).toEqual([id, true])
  })
  test('nobody outside is chased for what is theirs to use or not', () => {
    const theirs = /^(parent|child|young person|appropriate person|complainant|either party)/
    expect(
      RULES.filter((rule) => theirs.test(rule.actor) && isCouncilWork(rule.id)).map(({ id }) => id),
    ).toEqual([])
  })
})

describe('education while a child has no school', () => {
  const asked = [fact('A', 'request_received', '2026-09-07')]
  const excluded = fact('A', 'permanently_excluded', '2026-09-01')
  const settings = { terms: { terms: [{ from: date('2026-09-01'), to: date('2026-12-18') }] } }
  const rows = (kind: 'assessment' | 'plan', id: string, facts: readonly Fact[], terms = true) =>
    summariseProcess(kind, id, facts, date('2026-09-08'), terms ? settings : undefined)
  test('is the next thing of the case on which the exclusion was recorded, and stops when it is arranged', () => {
    const summary = rows('assessment', 'A', [...asked, excluded])
    expect(summary.next?.rule).toBe('exclusion-day-six-authority')
    expect(summary.next?.dueOn).toBe(date('2026-09-09'))
    const arranged = rows('assessment', 'A', [
      ...asked,
      excluded,
      fact('A', 'education_arranged', '2026-09-08'),
    ])
    expect(arranged.deadlines.find((row) => row.rule === 'exclusion-day-six-authority')?.state).toBe('done')
    expect(arranged.next?.rule).not.toBe('exclusion-day-six-authority')
  })
  test('is no matter of another assessment, and has no day while nobody has given the terms', () => {
    const other = [...asked, excluded, fact('B', 'request_received', '2026-09-07')]
    const has = ({ deadlines }: ReturnType<typeof rows>) =>
      deadlines.find((row) => row.rule === 'exclusion-day-six-authority' && row.startedOn !== null)
    expect(has(rows('assessment', 'B', other))).toBeUndefined()
    expect(has(rows('plan', 'P', other))).toBeDefined()
    expect(has(rows('assessment', 'A', other, false))?.dueOn).toBeNull()
  })
})

describe('a report that provision is not happening', () => {
  test('is the next thing of a plan when its answer is due first, though the law gives the answer no day', () => {
    const facts = [
      fact('p', 'final_issued', '2026-11-02'),
      fact('p', 'provision_started', '2026-11-02'),
      fact('p', 'provision_gap_reported', '2026-12-01', { report: 'r1' }),
    ]
    const next = (more: readonly Fact[]) =>
      summariseProcess('plan', 'p', [...facts, ...more], date('2026-12-02')).next?.rule
    expect(next([])).toBe('local-provision-gap-answer')
    expect(next([fact('p', 'provision_gap_answered', '2026-12-02', { report: 'another' })])).toBe(
      'local-provision-gap-answer',
    )
    expect(next([fact('p', 'provision_gap_answered', '2026-12-02', { report: 'r1' })])).not.toBe(
      'local-provision-gap-answer',
    )
  })
})
