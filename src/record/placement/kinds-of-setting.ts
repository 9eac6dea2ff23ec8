/** The kinds of setting people look for, with the types of the open data that each stands for. */
export const SETTING_KINDS = {
  nursery: { words: 'Nursery', types: ['State-funded nursery'] },
  primary: { words: 'Primary, mainstream', types: ['State-funded primary'] },
  secondary: { words: 'Secondary, mainstream', types: ['State-funded secondary'] },
  special: {
    words: 'Special school: state-funded or non-maintained',
    types: ['State-funded special school', 'Non-maintained special school'],
  },
  alternative: { words: 'Alternative provision', types: ['State-funded AP school'] },
  'independent-special': { words: 'Independent special school', types: ['Independent special school'] },
  independent: { words: 'Independent school', types: ['Independent school'] },
  college: {
    words: 'College',
    types: ['General further education college', 'Further education college', 'Sixth form college'],
  },
  'specialist-college': { words: 'Special post-16 institution', types: ['Special post-16 institution'] },
} as const satisfies Record<string, { words: string; types: readonly string[] }>
export type SettingKind = keyof typeof SETTING_KINDS
export const isSettingKind = (text: string | undefined): text is SettingKind =>
  text !== undefined && Object.hasOwn(SETTING_KINDS, text)

export interface StandingInLaw {
  readonly type: string
  readonly section41From: string | null
  readonly section41To: string | null
}

/** Approved under section 41 on the day: the last day of an approval is the day before it ends. */
export const isApprovedUnder41 = (setting: StandingInLaw, today: string): boolean =>
  setting.section41From !== null &&
  setting.section41From <= today &&
  (setting.section41To === null || setting.section41To > today)

export type Standing = 'request' | 'unsure' | 'preference'

/**
 * May a family request the setting by right, so that it must be named unless section 39(4) applies? Those of section 38(3) of
 * the Children and Families Act 2014: maintained schools and nursery schools, academies, further education, non-maintained
 * special schools, and institutions approved under section 41. Any other independent school is a preference, which the
 * authority considers under section 9 of the Education Act 1996. A state-funded school for alternative provision is an academy,
 * which can be requested, or a pupil referral unit, which cannot: the open data does not say which, so people must look.
 */
export function standingOf(setting: StandingInLaw, today: string): Standing {
  if (isApprovedUnder41(setting, today)) return 'request'
  if (setting.type === 'State-funded AP school') return 'unsure'
  if (/^independent|^special post-16/i.test(setting.type)) return 'preference'
  return 'request'
}

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  request:
    'A family may request it (section 38(3), Children and Families Act 2014): it must be named unless section 39(4) applies, and if it is named it must admit the child (section 43).',
  unsure:
    'Look which it is: an academy for alternative provision can be requested (section 38(3)); a pupil referral unit cannot. Until that is known, treat it as requested.',
  preference:
    'Independent and not approved under section 41 today, so it is not in section 38(3). A family’s wish for it is a preference, which the council must consider (section 9, Education Act 1996). If it is named it need not admit the child: get its offer of a place in writing.',
}

/** Mainstream or special, as section I gives the type of a setting. */
export function typeForSectionI(type: string): string {
  if (/special school/i.test(type)) return 'Special school'
  if (/primary|secondary/i.test(type))
    return `Mainstream ${/primary/i.test(type) ? 'primary' : 'secondary'} school`
  if (/nursery/i.test(type)) return 'Nursery school'
  if (/AP school/.test(type)) return 'Alternative provision'
  if (/special post-16/i.test(type)) return 'Special post-16 institution'
  if (/college|further education/i.test(type)) return 'Further education college'
  return type
}
