import {
  absentFourWeeks,
  coronavirusImpractical,
  earlyYearsClosed,
  personalCircumstances,
  schoolClosed,
} from './exceptions.ts'
import type { Rule } from './rule.ts'
import {
  DRAFT_SENT,
  FINAL_SENT,
  OVERTAKEN_OR_REFUSED,
  PLAN_WILL_BE_MADE,
  REQUESTS,
} from './turning-points.ts'

export const decisionNotToIssueRules: readonly Rule[] = [
  {
    id: 'decision-not-to-issue',
    process: 'decision-not-to-issue',
    title: 'Tell the family no plan will be made after assessment',
    actor: 'local authority',
    startsWhen:
      'authority receives a request under CFA 2014 s.36(1), or becomes responsible for the child or young person under s.24 (identified by it, or brought to its attention by anyone, as having or possibly having SEN)',
    stopsWhen:
      'notice with outcome and reasons to parent or young person; also responsible commissioning body and the school / setting / college told under reg 4(2)(c) or (d)',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: REQUESTS,
    stops: [{ kind: 'decided_not_to_issue' }],
    lapses: [...OVERTAKEN_OR_REFUSED, PLAN_WILL_BE_MADE, DRAFT_SENT, FINAL_SENT],
    onlyIf: 'the answer is that no plan will be made',
    displaceable: 'assess',
    withinAssessment: true,
    readings: ['U-3', 'U-7', 'U-21'],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 16, unit: 'weeks' },
        triggerDayCounts: false,
        citation: 'CFA 2014 s.36(9); SEND Regs 2014 reg 10(1)-(3)',
        exceptions: [
          schoolClosed('SEND Regs 2014 reg 10(4)(a)'),
          earlyYearsClosed('SEND Regs 2014 reg 10(4)(b)'),
          personalCircumstances('SEND Regs 2014 reg 10(4)(c)'),
          absentFourWeeks('SEND Regs 2014 reg 10(4)(d)'),
          coronavirusImpractical('SEND Regs 2014 reg 10(4)(e) (inserted by SI 2020/471)'),
        ],
      },
    ],
    notes:
      'The 16 weeks applies to a NO decision. A YES decision has no separate limit; only the 20-week final plan limit.',
  },
  {
    id: 'remain-in-special-setting-after-no-plan',
    process: 'decision-not-to-issue',
    title: 'Pupil admitted to a special setting for assessment may stay on',
    actor: 'child or young person (right)',
    startsWhen: 'authority serves a s.36(9) notice that it will not make a plan',
    stopsWhen: 'placement ends, or plan finalised (reg 48(1)(b))',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [{ kind: 'decided_not_to_issue' }],
    stops: [{ kind: 'special_placement_left' }],
    lapses: [{ kind: 'final_issued', words: 'the plan was finalised after all (reg 48(1)(b))' }],
    right: true,
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 10, unit: 'school-days' },
        triggerDayCounts: false,
        citation: 'CFA 2014 s.34(6); SEND Regs 2014 reg 48(1)(a)',
        exceptions: [],
      },
    ],
    notes: 'A school or institution day is a day it is open to admit students.',
  },
]
