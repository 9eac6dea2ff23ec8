/** The law and guidance that the rules stand on. Short names for the rule records. */
import type { Authority } from './marks.ts'

export const AUTHORITIES = {
  act37: {
    cite: 'Children and Families Act 2014, s.37(2)',
    says: 'a plan specifies the needs, the outcomes sought and the provision required',
    known: 'text',
  },
  act42: {
    cite: 'Children and Families Act 2014, s.42',
    says: 'the provision that the plan specifies must be secured, so what is not specified cannot be enforced',
    known: 'text',
  },
  act21: {
    cite: 'Children and Families Act 2014, s.21(5)',
    says: 'health or social care provision which educates or trains is special educational provision',
    known: 'text',
  },
  regulation12: {
    cite: 'SEND Regulations 2014, reg 12',
    says: 'each section is set out separately: needs in B to D, outcomes in E, provision in F to H',
    known: 'text',
  },
  code969: {
    cite: 'SEND Code of Practice 2015, 9.69',
    says: 'provision must be detailed and specific and should normally be quantified, for example by type, hours, frequency and level of expertise',
    known: 'text',
  },
  code966: {
    cite: 'SEND Code of Practice 2015, 9.66',
    says: 'an outcome is the benefit or difference made to the person, not expressed from a service perspective',
    known: 'text',
  },
  clarke: {
    cite: 'L v Clarke and Somerset [1998] ELR 129',
    says: 'provision must be so specific and clear as to leave no room for doubt what has been decided',
    known: 'text',
  },
  rotherham: {
    cite: 'E v Rotherham [2001] EWHC Admin 432',
    says: 'what is to be provided may not be left for the authority or the school to settle later',
    known: 'text',
  },
  worcestershire: {
    cite: 'Worcestershire CC v SE [2020] UKUT 217 (AAC)',
    says: 'words such as support, input, interventions and opportunities are unlikely to be enough; flexibility is no excuse where detail could reasonably be given',
    known: 'text',
  },
} as const satisfies Record<string, Authority>

export type AuthorityName = keyof typeof AUTHORITIES
