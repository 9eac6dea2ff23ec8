import type { Selectable } from 'kysely'
import type { Child } from '../../../db/types.ts'
import type { Trx } from '../../../db/viewer.ts'

/** Somebody round a child, with the relationship itself: past ones too. */
export interface Person {
  readonly linkId: string
  readonly contactId: string
  readonly name: string
  readonly relationship: string
  readonly parentalResponsibility: boolean
  readonly livesWith: boolean
  readonly restricted: boolean
  readonly restrictionNote: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly addressLine: string | null
  readonly town: string | null
  readonly postcode: string | null
  readonly address: string
  readonly fromOn: string
  readonly toOn: string | null
}

/** A child's record as kept. */
export interface ChildRecord extends Selectable<Child> {
  readonly name: string
  readonly settingName: string | null
  readonly localityName: string | null
  readonly people: readonly Person[]
}

/** Reads a child with the people round them, today's first; undefined when there is none this viewer can see. */
export async function loadChild(
  trx: Trx,
  childId: string,
  options: { readonly forUpdate?: boolean } = {},
): Promise<ChildRecord | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(childId)) return undefined
  let query = trx.selectFrom('child').selectAll().where('id', '=', childId)
  if (options.forUpdate) query = query.forUpdate()
  const child = await query.executeTakeFirst()
  if (!child) return undefined
  const setting =
    child.setting_urn === null
      ? undefined
      : await trx.selectFrom('setting').select('name').where('urn', '=', child.setting_urn).executeTakeFirst()
  const locality =
    child.locality_id === null
      ? undefined
      : await trx.selectFrom('locality').select('name').where('id', '=', child.locality_id).executeTakeFirst()
  return {
    ...child,
    name: `${child.given_name} ${child.family_name}`,
    settingName: setting?.name ?? null,
    localityName: locality?.name ?? null,
    people: await loadPeople(trx, childId),
  }
}

async function loadPeople(trx: Trx, childId: string): Promise<Person[]> {
  const rows = await trx
    .selectFrom('child_contact')
    .innerJoin('contact', 'contact.id', 'child_contact.contact_id')
    .select([
      'child_contact.id as link_id',
      'contact.id as contact_id',
      'name',
      'relationship',
      'parental_responsibility',
      'lives_with',
      'restricted',
      'restriction_note',
      'email',
      'phone',
      'address_line',
      'town',
      'postcode',
      'from_on',
      'to_on',
    ])
    .where('child_id', '=', childId)
    .orderBy('to_on', (order) => order.desc().nullsFirst())
    .orderBy('restricted')
    .orderBy('parental_responsibility', 'desc')
    .orderBy('name')
    .execute()
  return rows.map((row) => ({
    linkId: row.link_id,
    contactId: row.contact_id,
    name: row.name,
    relationship: row.relationship,
    parentalResponsibility: row.parental_responsibility,
    livesWith: row.lives_with,
    restricted: row.restricted,
    restrictionNote: row.restriction_note,
    email: row.email,
    phone: row.phone,
    addressLine: row.address_line,
    town: row.town,
    postcode: row.postcode,
    address: [row.address_line, row.town, row.postcode].filter(Boolean).join(', '),
    fromOn: row.from_on,
    toOn: row.to_on,
  }))
}
