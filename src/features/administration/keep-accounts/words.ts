/** The doors an administrator keeps accounts at. */
export const DOORS: Readonly<Record<string, string>> = {
  staff: 'Council staff',
  professional: 'Professionals',
  setting: 'Schools and colleges',
}

interface RoleWords {
  readonly text: string
  readonly door: 'staff' | 'professional' | 'setting'
}

/** The roles an administrator may give; the database holds the same list. */
export const ROLES = {
  'plan-coordinator': { text: 'Plan coordinator', door: 'staff' },
  'locality-head': { text: 'Head of locality', door: 'staff' },
  'send-manager': { text: 'SEND manager', door: 'staff' },
  'qa-lead': { text: 'Quality assurance lead', door: 'staff' },
  'data-officer': { text: 'Data officer', door: 'staff' },
  administrator: { text: 'Administrator: sees no child', door: 'staff' },
  'educational-psychologist': { text: 'Educational psychologist', door: 'professional' },
  'social-worker': { text: 'Social worker', door: 'professional' },
  'health-professional': { text: 'Health professional', door: 'professional' },
  'head-of-service': { text: 'Head of an advice service', door: 'professional' },
  'health-lead': { text: 'Health lead (DCO or DMO)', door: 'professional' },
  senco: { text: 'SENCO', door: 'setting' },
  'setting-head': { text: 'Head or principal', door: 'setting' },
  'setting-staff': { text: 'Other staff of a setting', door: 'setting' },
} as const satisfies Record<string, RoleWords>

export type GivenRole = keyof typeof ROLES

export const REMITS: Readonly<Record<string, string>> = {
  authority: 'Every child of the authority',
  locality: 'Children of their locality',
  relationships: 'Children they work with',
  none: 'No child',
}

export const roleWords = (role: string): string =>
  Object.hasOwn(ROLES, role) ? ROLES[role as GivenRole].text : role
