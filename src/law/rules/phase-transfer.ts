import type { Rule } from './rule.ts'
import { NEXT_PLACEMENT_NAMED, PLAN_ENDED } from './turning-points.ts'

export const phaseTransferRules: readonly Rule[] = [
  {
    id: 'phase-transfer-secondary-to-post16',
    process: 'phase-transfer',
    title: 'Review and amend so the plan names the post-16 placement',
    actor: 'local authority',
    startsWhen:
      'child or young person is within 12 months of transfer from secondary school to a post-16 institution',
    stopsWhen: 'review done AND final amended plan sent naming the setting or type',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [
      {
        kind: 'phase_transfer',
        where: { from: { is: ['secondary', 'school'] }, to: { is: ['post-16'] } },
        condition: 'transfer-not-on-1-september-2015',
      },
    ],
    stops: NEXT_PLACEMENT_NAMED,
    lapses: PLAN_ENDED,
    yearBefore: true,
    versionByDue: true,
    readings: ['U-4'],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { fixed: { month: 3, day: 31, yearOf: 'transfer', bound: 'before' } },
        triggerDayCounts: null,
        citation: 'SEND Regs 2014 reg 18(1)(a)',
        exceptions: [],
      },
    ],
    notes:
      'Not relaxed in 2020. No exceptions at all. Working back: amendment notice at least 8 weeks earlier is only the legal maximum, not needed.',
  },
  {
    id: 'phase-transfer-other',
    process: 'phase-transfer',
    title: 'Review and amend so the plan names the next placement',
    actor: 'local authority',
    startsWhen:
      'child is within 12 months of transfer: early years to school, infant to junior, primary to middle, primary to secondary, middle to secondary',
    stopsWhen: 'review done AND final amended plan sent naming the setting or type',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [{ kind: 'phase_transfer', where: { to: { isNot: ['post-16'] } } }],
    stops: NEXT_PLACEMENT_NAMED,
    lapses: PLAN_ENDED,
    yearBefore: true,
    versionByDue: true,
    readings: ['U-4'],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { fixed: { month: 2, day: 15, yearOf: 'transfer', bound: 'before' } },
        triggerDayCounts: null,
        citation: 'SEND Regs 2014 reg 18(1)(b); list in reg 2(1)',
        exceptions: [],
      },
    ],
    notes:
      'No exceptions. Staying in an all-through school is not obviously a “transfer between phases”; law silent.',
  },
  {
    id: 'phase-transfer-post16-to-post16',
    process: 'phase-transfer',
    title: 'Review and amend before moving between post-16 institutions',
    actor: 'local authority',
    startsWhen: 'proposed transfer date',
    stopsWhen: 'review done AND final amended plan sent naming the new institution',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [
      {
        kind: 'phase_transfer',
        where: { from: { is: ['post-16'] }, to: { is: ['post-16'] } },
        condition: 'transfer-not-on-1-september-2015',
      },
    ],
    stops: NEXT_PLACEMENT_NAMED,
    lapses: PLAN_ENDED,
    yearBefore: true,
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 5, unit: 'months', bound: 'at-least', direction: 'before' },
        triggerDayCounts: false,
        citation: 'SEND Regs 2014 reg 18(2)',
        exceptions: [],
      },
    ],
    notes:
      'For a 1 September start this is 1 April. Code of Practice suggests 31 March for the normal September move.',
  },
  {
    id: 'phase-transfer-2015-post16',
    process: 'phase-transfer',
    title: 'One-off date for September 2015 post-16 transfers',
    actor: 'local authority',
    startsWhen: 'transfer due on 1 September 2015',
    stopsWhen: 'review and amendment done',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [
      {
        kind: 'phase_transfer',
        where: { to: { is: ['post-16'] } },
        condition: 'transfer-on-1-september-2015',
      },
    ],
    stops: NEXT_PLACEMENT_NAMED,
    lapses: PLAN_ENDED,
    yearBefore: true,
    versionByDue: true,
    readings: ['U-4'],
    versions: [
      {
        from: '2014-09-01',
        to: '2015-05-31',
        length: { fixed: { year: 2015, month: 5, day: 31, bound: 'before' } },
        triggerDayCounts: null,
        citation: 'SEND Regs 2014 reg 18(3)',
        exceptions: [],
      },
    ],
    notes: 'Historic; spent.',
  },
]
