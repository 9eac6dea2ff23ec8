import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { placesOfWork } from '../../../platform/relationships.ts'
import type { Asking } from '../support-a-pupil/index.ts'

export interface Question {
  readonly id: string
  readonly pupil_id: string
  readonly child_id: string | null
  readonly setting_urn: string
  readonly setting_name: string
  readonly locality_id: string
  readonly locality_name: string
  readonly specialist: string
  readonly child_name: string
  readonly date_of_birth: string
  readonly question: string
  readonly tried: string | null
  readonly parent_agreed_on: string
  readonly asked_on: string
  readonly asker_id: string
  readonly asked_by: string | null
  readonly reply_by: string
  readonly seen_on: string | null
  readonly answer: string | null
  readonly answered_for: string | null
  readonly answered_by: string | null
  readonly answered_on: string | null
}

/** Questions to specialists the viewer may see: a setting its own, staff those of their locality or the authority. */
export async function findQuestions(
  trx: Trx,
  by: Asking,
  only: { readonly id?: string; readonly pupilId?: string; readonly which?: 'waiting' | 'unread' } = {},
): Promise<readonly Question[]> {
  const { rows } = await sql<Question>`
    select q.id, q.pupil_id, q.child_id, q.setting_urn, s.name as setting_name, q.locality_id, l.name as locality_name, q.specialist, q.child_name, q.date_of_birth,
      q.question, q.tried, q.parent_agreed_on, q.asked_on, q.asked_by as asker_id, b.name as asked_by, q.reply_by, q.seen_on,
      w.answer, w.answered_for, h.name as answered_by, w.answered_on
    from specialist_question q
      join setting s on s.urn = q.setting_urn join locality l on l.id = q.locality_id
      left join account b on b.id = q.asked_by
      left join specialist_answer w on w.question_id = q.id left join account h on h.id = w.answered_by
    where true
      ${only.id === undefined ? sql`` : sql`and q.id = ${only.id}`}
      ${only.pupilId === undefined ? sql`` : sql`and q.pupil_id = ${only.pupilId}`}
      ${only.which === 'waiting' ? sql`and w.question_id is null` : sql``}
      ${only.which === 'unread' ? sql`and w.question_id is not null and q.seen_on is null` : sql``}
    order by w.answered_on nulls first, q.reply_by, q.asked_on limit 500`.execute(trx)
  const work = await placesOfWork(trx, by.viewer, by.today)
  return rows.filter((row) => work.isAtSetting(row.setting_urn) || work.isForLocality(row.locality_id))
}
