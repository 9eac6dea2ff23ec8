import { coronavirusAsSoonAs } from './exceptions.ts'
import type { Rule } from './rule.ts'

export const disclosureRules: readonly Rule[] = [
  {
    id: 'disclose-to-higher-education',
    process: 'disclosure',
    title: 'Send the plan for a DSA claim and to the university',
    actor: 'local authority',
    startsWhen: 'young person asks',
    stopsWhen: 'copy disclosed to the DSA assessor and the institution confirmed',
    nature: 'regulation',
    verified: 'V',
    verifiedSource: 'primary',
    starts: [{ kind: 'higher_education_disclosure_requested' }],
    stops: [{ kind: 'disclosed_to_higher_education' }],
    lapses: [],
    readings: ['U-1'],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length: { n: 15, unit: 'working-days' },
        triggerDayCounts: false,
        citation: 'SEND Regs 2014 reg 47',
        exceptions: [coronavirusAsSoonAs('SEND Regs 2014 reg 2A(3)(o) (inserted by SI 2020/471)')],
      },
    ],
    notes: '',
  },
]
