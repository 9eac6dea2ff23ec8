import {
  absentFourWeeks,
  coronavirusImpractical,
  exceptionalCircumstances,
  missedAppointment,
} from './exceptions.ts'
import type { Rule } from './rule.ts'
import { OVERTAKEN_OR_FINISHED } from './turning-points.ts'

export const adviceGatheringRules: readonly Rule[] = [
  {
    id: 'advice-requested',
    process: 'advice-gathering',
    title: 'Seek every item of reg 6(1) advice',
    actor: 'local authority',
    startsWhen: 'authority secures an assessment',
    stopsWhen: 'all eight heads of advice sought, with the family’s representations and evidence attached',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [{ kind: 'decided_to_assess' }],
    stops: [{ kind: 'advice_requested', where: { for: { isNot: ['reassessment'] } } }],
    stopsWhenAllHeads: ['parent', 'educational', 'medical', 'psychological', 'social-care'],
    lapses: OVERTAKEN_OR_FINISHED,
    awaits: ['request_received', 'needs_brought_to_attention', 'detained_request_received'],
    awaitsEnd: [
      'decided_to_assess',
      'refused_to_assess',
      'request_withdrawn',
      'assessment_closed',
      'advice_requested',
      'final_issued',
    ],
    withinAssessment: true,
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { none: true },
        triggerDayCounts: null,
        citation: 'SEND Regs 2014 reg 6(1)-(4)',
        exceptions: [],
      },
    ],
    notes:
      'No limit on how fast the authority must ask. To leave a contributor the full 6 weeks and still decide by week 16, ask by T + 70 days at the very latest (derived).',
  },
  {
    id: 'advice-response',
    process: 'advice-gathering',
    title: 'Partner body replies to a request to co-operate in the assessment',
    actor: 'health body, other authority, youth offending team or other s.31 body',
    startsWhen: 'the body receives the authority’s request',
    stopsWhen: 'advice supplied',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [
      { kind: 'advice_requested', where: { for: { isNot: ['reassessment'] } }, datedBy: 'receivedOn' },
    ],
    stops: [{ kind: 'advice_received', where: { for: { isNot: ['reassessment'] } } }],
    lapses: OVERTAKEN_OR_FINISHED,
    match: 'adviser',
    awaits: ['decided_to_assess'],
    awaitsEnd: [
      'advice_requested',
      'advice_received',
      'draft_issued',
      'decided_not_to_issue',
      'final_issued',
      'request_withdrawn',
      'assessment_closed',
    ],
    withinAssessment: true,
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 6, unit: 'weeks' },
        triggerDayCounts: false,
        citation: 'CFA 2014 s.31; SEND Regs 2014 reg 8(1)',
        exceptions: [
          exceptionalCircumstances('SEND Regs 2014 reg 8(2)(a)'),
          absentFourWeeks('SEND Regs 2014 reg 8(2)(b)'),
          missedAppointment('SEND Regs 2014 reg 8(2)(c)'),
          coronavirusImpractical('SEND Regs 2014 reg 8(2)(d) (inserted by SI 2020/471)'),
        ],
      },
    ],
    notes:
      'Legally binds s.31 bodies only. Schools, educational psychologists and the authority’s own social care team are asked under reg 6; the Code of Practice asks all of them for 6 weeks (guidance). A body refusing must give written reasons (s.31(3)).',
  },
]
