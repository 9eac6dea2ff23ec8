import { extensionOfTime, tribunalDirection } from './exceptions.ts'
import type { Rule } from './rule.ts'
import { DECISIONS_WITH_APPEAL } from './turning-points.ts'

export const appealRules: readonly Rule[] = [
  {
    id: 'appeal-lodge',
    process: 'appeal',
    title: 'Appeal received by the First-tier Tribunal',
    actor: 'parent or young person',
    startsWhen:
      'written notice of the decision was sent to the family; or mediation certificate issued, if that gives a later date',
    stopsWhen: 'application notice received',
    nature: 'tribunal-rule',
    verified: 'V',
    verifiedSource: 'primary',
    starts: DECISIONS_WITH_APPEAL,
    stops: [{ kind: 'appeal_lodged' }],
    lapses: [],
    right: true,
    rollOver: 'tribunal-rule-12',
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: {
          laterOf: [
            { n: 2, unit: 'months', from: 'notice sent' },
            { n: 1, unit: 'months', from: 'mediation certificate issued' },
          ],
        },
        triggerDayCounts: false,
        citation: 'Tribunal Procedure (FtT) (HESC) Rules 2008 rule 20(1)(c); rule 12',
        exceptions: [extensionOfTime('HESC Rules 2008 rules 5(3)(a), 20(3)')],
      },
    ],
    notes:
      'Months by the corresponding-date rule. August / Christmas treatment covers SEN appeals only; since 21 July 2020 it no longer covers disability discrimination claims.',
  },
  {
    id: 'appeal-authority-response',
    process: 'appeal',
    title: 'Authority’s response',
    actor: 'local authority',
    startsWhen: 'authority receives the appeal documents from the tribunal',
    stopsWhen: 'response sent to tribunal and family',
    nature: 'tribunal-rule',
    verified: 'V',
    verifiedSource: 'secondary',
    starts: [{ kind: 'appeal_documents_received' }],
    stops: [{ kind: 'appeal_response_sent' }, { kind: 'appeal_not_opposed' }],
    lapses: [{ kind: 'appeal_withdrawn', words: 'the appeal was withdrawn' }],
    awaits: ['appeal_lodged'],
    awaitsEnd: [
      'appeal_documents_received',
      'appeal_response_sent',
      'appeal_not_opposed',
      'appeal_withdrawn',
      'tribunal_order',
    ],
    calendar: 'tribunal',
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 30, unit: 'working-days' },
        triggerDayCounts: false,
        citation: 'Tribunal Procedure (FtT) (HESC) Rules 2008 rule 21; rule 12(3)(b)',
        exceptions: [tribunalDirection('HESC Rules 2008 rule 5')],
      },
    ],
    notes: 'Checked in secondary sources only; the dates in the registration letter always prevail.',
  },
  {
    id: 'appeal-permission-upper-tribunal',
    process: 'appeal',
    title: 'Ask for permission to appeal to the Upper Tribunal',
    actor: 'either party',
    startsWhen: 'tribunal sends written reasons (or decision on review / set-aside)',
    stopsWhen: 'application received',
    nature: 'tribunal-rule',
    verified: 'M',
    verifiedSource: null,
    starts: [{ kind: 'tribunal_reasons_sent' }],
    stops: [{ kind: 'upper_tribunal_permission_sought' }],
    lapses: [],
    right: true,
    rollOver: 'tribunal-rule-12',
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 28, unit: 'calendar-days' },
        triggerDayCounts: false,
        citation: 'Tribunal Procedure (FtT) (HESC) Rules 2008 rule 46',
        exceptions: [],
      },
    ],
    notes: '',
  },
]
