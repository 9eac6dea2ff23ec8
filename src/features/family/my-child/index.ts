/** A child as somebody of their family comes to them: who they are to each other, and what is open. */
import type { Trx } from '../../../db/viewer.ts'
import { familyRoles } from '../../../platform/routes.ts'

/** Every page of the family's own words is for the family's door alone. */
export const family = { who: 'roles', roles: familyRoles } as const

export interface MyChild {
  readonly id: string
  readonly name: string
  readonly givenName: string
  /** The viewer as a person on this child's record. */
  readonly contactId: string | null
  readonly contactName: string | null
  /** The record is the viewer's own. */
  readonly isSelf: boolean
  /** The assessment in hand, or the last one. */
  readonly processId: string | null
}

/** A child of the viewer's by their number; undefined for one they do not reach, or no longer. */
export async function loadMyChild(trx: Trx, childId: string, viewerId: string): Promise<MyChild | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(childId)) return undefined
  const child = await trx
    .selectFrom('child')
    .select(['id', 'given_name', 'family_name', 'known_as'])
    .where('id', '=', childId)
    .executeTakeFirst()
  if (!child) return undefined
  const contact = await trx
    .selectFrom('child_contact')
    .innerJoin('contact', 'contact.id', 'child_contact.contact_id')
    .select(['contact.id', 'contact.name', 'relationship'])
    .where('child_id', '=', childId)
    .where('contact.account_id', '=', viewerId)
    .orderBy('from_on', 'desc')
    .executeTakeFirst()
  const process = await trx
    .selectFrom('process')
    .select('id')
    .where('child_id', '=', childId)
    .where('kind', '=', 'assessment')
    .orderBy('opened_on', 'desc')
    .executeTakeFirst()
  const givenName = child.known_as ?? child.given_name
  return {
    id: child.id,
    name: `${givenName} ${child.family_name}`,
    givenName,
    contactId: contact?.id ?? null,
    contactName: contact?.name ?? null,
    isSelf: contact?.relationship === 'self',
    processId: process?.id ?? null,
  }
}

/** The viewer's children by name, the eldest first. */
export async function findMyChildren(
  trx: Trx,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const rows = await trx
    .selectFrom('child')
    .select(['id', 'given_name', 'family_name', 'known_as'])
    .orderBy('date_of_birth')
    .execute()
  return rows.map((row) => ({ id: row.id, name: `${row.known_as ?? row.given_name} ${row.family_name}` }))
}
