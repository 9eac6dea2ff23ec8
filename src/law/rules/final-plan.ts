import {
  absentFourWeeks,
  coronavirusImpractical,
  coronavirusSection42,
  earlyYearsClosed,
  personalCircumstances,
  schoolClosed,
  suitableAlternative,
} from './exceptions.ts'
import type { Rule } from './rule.ts'
import { NO_PLAN, OVERTAKEN_OR_REFUSED, PLAN_ENDED, REQUESTS } from './turning-points.ts'

export const finalPlanRules: readonly Rule[] = [
  {
    id: 'final-plan',
    process: 'final-plan',
    title: 'Send the finalised EHC plan',
    actor: 'local authority',
    startsWhen:
      'authority receives a request under CFA 2014 s.36(1), or becomes responsible for the child or young person under s.24 (identified by it, or brought to its attention by anyone, as having or possibly having SEN)',
    stopsWhen:
      'finalised plan sent to parent or young person; named school, institution or early years provider; responsible commissioning body',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: REQUESTS,
    stops: [{ kind: 'final_issued' }],
    lapses: [...OVERTAKEN_OR_REFUSED, NO_PLAN],
    displaceable: 'assess-or-issue',
    withinAssessment: true,
    readings: ['U-2', 'U-3', 'U-7', 'U-21'],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 20, unit: 'weeks' },
        triggerDayCounts: false,
        citation: 'SEND Regs 2014 reg 13(2), 13(3)',
        exceptions: [
          schoolClosed('SEND Regs 2014 reg 13(3) with reg 10(4)(a)'),
          earlyYearsClosed('SEND Regs 2014 reg 13(3) with reg 10(4)(b)'),
          personalCircumstances('SEND Regs 2014 reg 13(3) with reg 10(4)(c)'),
          absentFourWeeks('SEND Regs 2014 reg 13(3) with reg 10(4)(d)'),
          coronavirusImpractical('SEND Regs 2014 reg 13(3) with reg 10(4)(e) (inserted by SI 2020/471)'),
        ],
      },
    ],
    notes:
      '“As soon as practicable and in any event within”. Appeal-right notice under reg 14(2) goes with it.',
  },
  {
    id: 'secure-provision',
    process: 'final-plan',
    title: 'Secure Section F and arrange Section G provision',
    actor: 'local authority (Section F); responsible commissioning body (Section G)',
    startsWhen: 'plan finalised (or amended)',
    stopsWhen: 'provision in place',
    nature: 'act',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [
      { kind: 'final_issued' },
      { kind: 'amended_final_issued' },
      { kind: 'reassessment_final_issued' },
    ],
    stops: [{ kind: 'provision_started' }],
    lapses: PLAN_ENDED,
    supersededByNext: true,
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { immediate: true },
        triggerDayCounts: true,
        citation: 'CFA 2014 s.42(2),(3)',
        exceptions: [
          suitableAlternative('CFA 2014 s.42(5)'),
          coronavirusSection42(
            'Secretary of State notices under the Coronavirus Act 2020 (guidance, updated 26 August 2020)',
          ),
        ],
      },
    ],
    notes: 'No grace period. Not delegable. The 2020 change came from monthly notices, not from SI 2020/471.',
  },
]
