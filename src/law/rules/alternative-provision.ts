import { yearElevenExams } from './exceptions.ts'
import type { Rule } from './rule.ts'

export const alternativeProvisionRules: readonly Rule[] = [
  {
    id: 'exclusion-day-six-authority',
    process: 'alternative-provision',
    title: 'Full-time education after permanent exclusion',
    actor: 'local authority',
    startsWhen: 'day the permanent exclusion took place',
    stopsWhen: 'education in place',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [{ kind: 'permanently_excluded' }],
    stops: [{ kind: 'education_arranged' }],
    lapses: [],
    readings: [],
    versions: [
      {
        from: '2007-09-01',
        to: null,
        length: { n: 6, unit: 'school-days' },
        triggerDayCounts: false,
        citation: 'Education Act 1996 s.19(3A); SI 2007/1870 reg 4(3)(a)',
        exceptions: [yearElevenExams('SI 2007/1870 reg 5(2)(a)')],
      },
    ],
    notes:
      'PRU suspension: sixth school day of the exclusion (reg 4(3)(b)). The text still speaks of statements in reg 5(2)(b).',
  },
  {
    id: 'exclusion-day-six-school',
    process: 'alternative-provision',
    title: 'Full-time education during a long suspension',
    actor: 'governing body or proprietor',
    startsWhen: 'start of the suspension',
    stopsWhen: 'education in place',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [{ kind: 'suspended' }],
    stops: [{ kind: 'education_arranged' }],
    lapses: [],
    readings: [],
    versions: [
      {
        from: '2007-09-01',
        to: null,
        length: { n: 6, unit: 'school-days' },
        triggerDayCounts: true,
        citation: 'Education and Inspections Act 2006 s.100; SI 2007/1870 reg 3(3)',
        exceptions: [yearElevenExams('SI 2007/1870 reg 5(2)(a)')],
      },
    ],
    notes: '',
  },
  {
    id: 'health-absence-15-days',
    process: 'alternative-provision',
    title: 'Arrange education for a child too ill for school',
    actor: 'local authority',
    startsWhen:
      'clear that the child will be away, or has been away, for 15 school days (running or cumulative)',
    stopsWhen: 'suitable education arranged',
    nature: 'guidance',
    verified: 'V',
    verifiedSource: 'secondary',
    starts: [{ kind: 'health_absence' }],
    stops: [{ kind: 'education_arranged' }],
    lapses: [],
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 15, unit: 'school-days' },
        triggerDayCounts: null,
        citation:
          'Education Act 1996 s.19(1); DfE guidance on children with health needs who cannot attend school (December 2023)',
        exceptions: [],
      },
    ],
    notes:
      'The number is guidance; s.19 has none. Applies with or without a plan; with a plan s.42 also applies in full.',
  },
]
