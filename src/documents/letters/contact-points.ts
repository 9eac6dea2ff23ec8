import type { Trx } from '../../db/viewer.ts'
import type { Office } from './kinds.ts'

/** The dated settings that hold the authority's contact points. */
export const CONTACT_POINTS = {
  'send-office-address': 'SEND office',
  'mediation-adviser': 'Mediation adviser',
  'information-advice-service': 'SEND information, advice and support service',
  'health-commissioning-body': 'Responsible health commissioning body',
  'social-care-notices': 'Children’s social care',
} as const
export type ContactPoint = keyof typeof CONTACT_POINTS

export type ContactPoints = Readonly<Record<ContactPoint, Office>> & {
  readonly authorityName: string
  /** A live authority that has not entered these may not send a letter that must carry them. */
  readonly missing: readonly ContactPoint[]
}

const textOf = (value: unknown, key: string): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const found = (value as Record<string, unknown>)[key]
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined
}

const officeFrom = (value: unknown, fallback: string): Office => {
  if (typeof value === 'string') return { name: fallback, address: value }
  return {
    name: textOf(value, 'name') ?? fallback,
    address: textOf(value, 'address'),
    phone: textOf(value, 'phone'),
    email: textOf(value, 'email'),
    website: textOf(value, 'website'),
  }
}

/** The contact points in force on a day. What is not entered is said to be missing, never made up. */
export async function loadContactPoints(trx: Trx, on: string): Promise<ContactPoints> {
  const authority = await trx.selectFrom('authority').select(['name', 'mode']).executeTakeFirst()
  const rows = await trx
    .selectFrom('authority_setting')
    .select(['key', 'value'])
    .where('key', 'in', Object.keys(CONTACT_POINTS))
    .where('valid_from', '<=', on)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', on)]))
    .orderBy('valid_from')
    .orderBy('id')
    .execute()
  const found = new Map(rows.map((row) => [row.key, row.value]))
  const points = Object.entries(CONTACT_POINTS).map(([key, label]) => {
    const value = found.get(key)
    return [
      key,
      value === undefined
        ? { name: label, address: '(training site: no contact details entered)' }
        : officeFrom(value, label),
    ] as const
  })
  return {
    ...(Object.fromEntries(points) as Record<ContactPoint, Office>),
    authorityName: authority?.name ?? 'The council',
    missing:
      authority?.mode === 'live'
        ? (Object.keys(CONTACT_POINTS) as ContactPoint[]).filter((key) => !found.has(key))
        : [],
  }
}
