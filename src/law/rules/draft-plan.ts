import type { Rule } from './rule.ts'
import { FINAL_SENT, NO_PLAN, OVERTAKEN_OR_REFUSED, REQUESTS } from './turning-points.ts'

export const draftPlanRules: readonly Rule[] = [
  {
    id: 'draft-plan-comment-period',
    process: 'draft-plan',
    title: 'Minimum time for the family to comment, ask for a meeting and name a setting',
    actor: 'parent or young person (right); authority must not cut it short',
    startsWhen: 'draft plan served on parent or young person',
    stopsWhen: 'end of the specified period',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [{ kind: 'draft_issued', condition: 'not-detained-assessment', datedBy: 'arrivedOn' }],
    stops: [],
    lapses: [],
    awaits: ['decided_to_issue'],
    awaitsEnd: [
      'draft_issued',
      'final_issued',
      'decided_not_to_issue',
      'request_withdrawn',
      'assessment_closed',
    ],
    cutShortBy: ['final_issued'],
    withinAssessment: true,
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 15, unit: 'calendar-days', bound: 'at-least' },
        triggerDayCounts: true,
        citation: 'CFA 2014 s.38(2),(4), s.39(7); SEND Regs 2014 reg 13(1)(a)',
        exceptions: [],
      },
    ],
    notes:
      'Calendar days, and the day of service (arrivedOn, where it is not the day of sending) is day 1. The notice must state the period. The draft must not name a setting or type (s.38(5)). Not relaxed in 2020.',
  },
  {
    id: 'draft-plan-latest-derived',
    process: 'draft-plan',
    title: 'Latest service date that still allows 15 days and a 20-week finish',
    actor: 'local authority',
    startsWhen:
      'authority receives a request under CFA 2014 s.36(1), or becomes responsible for the child or young person under s.24 (identified by it, or brought to its attention by anyone, as having or possibly having SEN)',
    stopsWhen: 'draft served',
    nature: 'derived',
    verified: 'V',
    verifiedSource: 'derived from verified text',
    starts: REQUESTS,
    stops: [{ kind: 'draft_issued' }],
    lapses: [...OVERTAKEN_OR_REFUSED, NO_PLAN, FINAL_SENT],
    displaceable: 'assess-or-issue',
    withinAssessment: true,
    readings: ['U-7', 'U-21'],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 125, unit: 'calendar-days' },
        triggerDayCounts: false,
        citation: 'derived from SEND Regs 2014 reg 13(1)(a) and 13(2)',
        exceptions: [],
      },
    ],
    notes:
      'NOT a statutory limit: the law sets no date for the draft. Arithmetic: 15 days counting service day must end before day 140. It leaves no time for consulting settings; an operational target should be far earlier.',
  },
]
