import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { type SignedIn, settingSpeakers } from '../../../platform/routes.ts'

export interface OurSetting {
  readonly urn: string
  readonly name: string
}

/** Where the person works today, by name: one school, or the several of a trust or a group. */
export async function ourSettings(trx: Trx): Promise<readonly OurSetting[]> {
  const { rows } = await sql<OurSetting>`
    select urn, name from setting where urn = any ((select viewer_settings())::text[]) order by name, urn`.execute(
    trx,
  )
  return rows
}

/** The SENCO and the head send things in the setting's name; others read and draft. */
export const speaksForSetting = (viewer: Pick<SignedIn, 'role'>): boolean =>
  settingSpeakers.includes(viewer.role)
