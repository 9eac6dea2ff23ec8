import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { type AssessmentStage, STAGE_LABELS } from '../../../record/stage.ts'

export interface PupilRow {
  readonly child_id: string | null
  readonly pupil_id: string | null
  readonly given_name: string
  readonly family_name: string
  readonly date_of_birth: string
  readonly setting_urn: string
  readonly setting_name: string
  readonly on_roll_from: string
  readonly upn: string | null
  readonly state: string | null
  readonly assessment_open: boolean | null
  readonly opened_on: string | null
  readonly plan_state: string | null
  readonly support_from: string | null
  readonly support_to: string | null
  readonly coordinator: string | null
}

/**
 * Those on roll today where the viewer works whom the council knows, with their assessment and plan, and those only the setting
 * knows, on SEN support. Nobody who has left is among them.
 */
export async function findPupils(trx: Trx): Promise<readonly PupilRow[]> {
  const { rows } = await sql<PupilRow>`
    select c.id as child_id, u.id as pupil_id, c.given_name, c.family_name, c.date_of_birth, s.urn as setting_urn, s.name as setting_name,
      e.from_on as on_roll_from, c.upn, a.state, a.closed_on is null as assessment_open, a.opened_on,
      p.state as plan_state, u.support_from, u.support_to, w.name as coordinator
    from enrolment e
      join setting s on s.urn = e.setting_urn
      join child c on c.id = e.child_id
      left join lateral (select state, closed_on, opened_on, assigned_to from process where child_id = c.id and kind = 'assessment'
        order by closed_on is null desc, opened_on desc limit 1) a on true
      left join lateral (select state, assigned_to from process where child_id = c.id and kind = 'plan' and closed_on is null
        order by opened_on desc limit 1) p on true
      left join account w on w.id = coalesce(p.assigned_to, a.assigned_to)
      left join pupil u on u.child_id = c.id and u.setting_urn = e.setting_urn
    where e.setting_urn = any ((select viewer_settings())::text[]) and e.from_on <= viewer_today() and (e.to_on is null or e.to_on > viewer_today())
    union all
    select null, u.id, u.given_name, u.family_name, u.date_of_birth, s.urn, s.name, u.support_from, null, null, null, null, null,
      u.support_from, u.support_to, null
    from pupil u join setting s on s.urn = u.setting_urn where u.child_id is null and u.setting_urn = any ((select viewer_settings())::text[])
    order by 4, 3, 5 limit 3000`.execute(trx)
  return rows
}

/** Where a pupil is, for the list and its filter. */
export type Where = 'assessment' | 'plan' | 'support' | 'none'
export const WHERE_WORDS = {
  assessment: 'Being assessed',
  plan: 'With a plan',
  support: 'On SEN support',
  none: 'Nothing under way',
} as const satisfies Record<Where, string>

export const whereIs = (row: PupilRow): Where =>
  row.assessment_open === true && row.state !== null
    ? 'assessment'
    : row.plan_state !== null
      ? 'plan'
      : row.support_from !== null && row.support_to === null
        ? 'support'
        : 'none'

export const stateWords = (row: PupilRow): string => {
  const at = whereIs(row)
  if (at === 'assessment') return STAGE_LABELS[row.state as AssessmentStage] ?? 'Being assessed'
  if (at === 'plan') return 'Plan in force'
  if (at === 'support') return 'SEN support'
  return row.state ? (STAGE_LABELS[row.state as AssessmentStage] ?? '') : 'Nothing under way'
}
