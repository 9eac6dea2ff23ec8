import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { placesOfWork } from '../../../platform/relationships.ts'
import type { Asking } from '../support-a-pupil/index.ts'

export interface Notice {
  readonly id: string
  readonly body: string
  readonly opinion: string
  readonly given_name: string
  readonly family_name: string
  readonly date_of_birth: string
  readonly address: string | null
  readonly postcode: string | null
  readonly locality_id: string
  readonly locality_name: string
  readonly parent_name: string
  readonly parent_contact: string | null
  readonly told_parent_on: string
  readonly discussed: string
  readonly discussed_on: string
  readonly organisations: string | null
  readonly no_organisation_because: string | null
  readonly recorded_on: string
  readonly recorder_id: string
  readonly recorded_by: string | null
  readonly child_id: string | null
  readonly followed_up: string | null
  readonly followed_up_on: string | null
  readonly followed_up_by: string | null
}

/** Notices the viewer may see: staff those of their locality or the authority, health staff their own; not followed up first. */
export async function findNotices(trx: Trx, by: Asking, id?: string): Promise<readonly Notice[]> {
  const { rows } = await sql<Notice>`
    select n.id, n.body, n.opinion, n.given_name, n.family_name, n.date_of_birth, n.address, n.postcode, n.locality_id, l.name as locality_name,
      n.parent_name, n.parent_contact, n.told_parent_on, n.discussed, n.discussed_on, n.organisations, n.no_organisation_because,
      n.recorded_on, n.recorded_by as recorder_id, r.name as recorded_by, n.child_id, n.followed_up, n.followed_up_on, f.name as followed_up_by
    from early_notice n join locality l on l.id = n.locality_id
      left join account r on r.id = n.recorded_by left join account f on f.id = n.followed_up_by
    ${id === undefined ? sql`` : sql`where n.id = ${id}`}
    order by n.followed_up_on nulls first, n.recorded_on limit 500`.execute(trx)
  const work = await placesOfWork(trx, by.viewer, by.today)
  return rows.filter((row) => row.recorder_id === by.viewer.accountId || work.isForLocality(row.locality_id))
}
