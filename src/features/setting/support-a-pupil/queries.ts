import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { placesOfWork } from '../../../platform/relationships.ts'
import type { SignedIn } from '../../../platform/routes.ts'
import { type Outcome, type Provision, readOutcomes, readProvision } from './schema.ts'

export interface Cycle {
  readonly id: string
  readonly number: number
  readonly startedOn: string
  readonly needTypes: readonly string[]
  readonly needs: string | null
  readonly childViews: string | null
  readonly parentViews: string | null
  readonly outcomes: readonly Outcome[]
  readonly provision: readonly Provision[]
  readonly reviewOn: string | null
  readonly reviewedOn: string | null
  readonly effect: string | null
  readonly viewsAfter: string | null
  readonly nextStep: string | null
  readonly version: number
}

export interface Meeting {
  readonly id: string
  readonly metOn: string
  readonly who: string
  readonly said: string
}

export interface Pupil {
  readonly id: string
  readonly settingUrn: string
  readonly settingName: string
  readonly childId: string | null
  readonly givenName: string
  readonly familyName: string
  readonly name: string
  readonly dateOfBirth: string
  readonly parentName: string | null
  readonly parentContact: string | null
  readonly supportFrom: string
  readonly supportTo: string | null
  readonly version: number
}

export interface PupilRecord {
  readonly pupil: Pupil
  /** Newest first. */
  readonly cycles: readonly Cycle[]
  readonly meetings: readonly Meeting[]
}

/** Who asks, and on which day: a setting's own records name no child of the council, so where the person works is asked here. */
export interface Asking {
  readonly viewer: Pick<SignedIn, 'accountId' | 'door'>
  readonly today: string
}

/** A pupil of the viewer's settings with the whole graduated response; undefined for anybody else's, and for one who has left. */
export async function findPupil(
  trx: Trx,
  by: Asking,
  where: { readonly id: string } | { readonly childId: string; readonly settingUrn?: string },
): Promise<PupilRecord | undefined> {
  let query = trx
    .selectFrom('pupil')
    .innerJoin('setting', 'setting.urn', 'pupil.setting_urn')
    .selectAll('pupil')
    .select('setting.name as setting_name')
  query =
    'id' in where ? query.where('pupil.id', '=', where.id) : query.where('pupil.child_id', '=', where.childId)
  if ('settingUrn' in where && where.settingUrn)
    query = query.where('pupil.setting_urn', '=', where.settingUrn)
  const row = await query.executeTakeFirst()
  if (!row) return undefined
  const work = await placesOfWork(trx, by.viewer, by.today)
  if (!work.isAtSetting(row.setting_urn)) return undefined
  const cycles = await trx
    .selectFrom('support_cycle')
    .selectAll()
    .where('pupil_id', '=', row.id)
    .orderBy('number', 'desc')
    .execute()
  const meetings = await trx
    .selectFrom('support_meeting')
    .selectAll()
    .where('pupil_id', '=', row.id)
    .orderBy('met_on', 'desc')
    .execute()
  return {
    pupil: {
      id: row.id,
      settingUrn: row.setting_urn,
      settingName: row.setting_name,
      childId: row.child_id,
      givenName: row.given_name,
      familyName: row.family_name,
      name: `${row.given_name} ${row.family_name}`,
      dateOfBirth: row.date_of_birth,
      parentName: row.parent_name,
      parentContact: row.parent_contact,
      supportFrom: row.support_from,
      supportTo: row.support_to,
      version: row.version,
    },
    cycles: cycles.map((one) => ({
      id: one.id,
      number: one.number,
      startedOn: one.started_on,
      needTypes: one.need_types,
      needs: one.needs,
      childViews: one.child_views,
      parentViews: one.parent_views,
      outcomes: readOutcomes(one.outcomes),
      provision: readProvision(one.provision),
      reviewOn: one.review_on,
      reviewedOn: one.reviewed_on,
      effect: one.effect,
      viewsAfter: one.views_after,
      nextStep: one.next_step,
      version: one.version,
    })),
    meetings: meetings.map((one) => ({ id: one.id, metOn: one.met_on, who: one.who, said: one.said })),
  }
}

export interface ReviewDue {
  readonly pupil_id: string
  readonly child_id: string | null
  readonly given_name: string
  readonly family_name: string
  readonly setting_urn: string
  readonly setting_name: string
  readonly number: number
  readonly review_on: string
}

/** Rounds of SEN support still to be reviewed, soonest first. */
export async function findReviewsDue(trx: Trx, by: Asking): Promise<readonly ReviewDue[]> {
  const { rows } = await sql<ReviewDue>`
    select p.id as pupil_id, p.child_id, p.given_name, p.family_name, p.setting_urn, s.name as setting_name, c.number, c.review_on
    from support_cycle c join pupil p on p.id = c.pupil_id join setting s on s.urn = p.setting_urn
    where c.reviewed_on is null and c.review_on is not null and p.support_to is null
    order by c.review_on, p.family_name, p.given_name`.execute(trx)
  const work = await placesOfWork(trx, by.viewer, by.today)
  return rows.filter((row) => work.isAtSetting(row.setting_urn))
}
