import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** Advice the council asked one of the viewer's settings for. */
export interface AdviceAsked {
  readonly id: string
  readonly process_id: string
  readonly child_id: string
  readonly head: string
  readonly adviser: string
  readonly setting_urn: string
  readonly setting_name: string
  readonly asked_on: string
  readonly received_on: string | null
  readonly due_on: string
  readonly given_name: string
  readonly family_name: string
  readonly date_of_birth: string
  readonly coordinator: string | null
  readonly letter_id: string | null
}

/** What was asked of the viewer's settings and stands, of cases still open; soonest due first. */
export async function findAdviceAsked(
  trx: Trx,
  only: { readonly id?: string; readonly waiting?: boolean; readonly childId?: string } = {},
): Promise<readonly AdviceAsked[]> {
  const { rows } = await sql<AdviceAsked>`
    select r.id, r.process_id, r.child_id, r.head, r.adviser, s.urn as setting_urn, s.name as setting_name, r.asked_on, r.received_on,
      -- The law's own date where it has been made for this adviser; the guidance gives everybody 6 weeks.
      coalesce((select min(d.due_on) from deadline d where d.process_id = r.process_id and d.rule = 'advice-response'
        and d.about in (r.head || ': ' || r.adviser, r.adviser)), r.asked_on + 42) as due_on,
      c.given_name, c.family_name, c.date_of_birth, a.name as coordinator,
      (select l.id from document l where l.process_id = r.process_id and l.kind = 'advice-request' and l.recipient_name = r.adviser
        order by l.made_at desc limit 1) as letter_id
    from advice_request r
      join setting s on s.urn = r.setting_urn and s.urn = any ((select viewer_settings())::text[])
      join child c on c.id = r.child_id
      join process p on p.id = r.process_id and p.closed_on is null
      left join account a on a.id = p.assigned_to
    where r.withdrawn_on is null
      ${only.id === undefined ? sql`` : sql`and r.id = ${only.id}`}
      ${only.childId === undefined ? sql`` : sql`and r.child_id = ${only.childId}`}
      ${only.waiting ? sql`and r.received_on is null` : sql``}
    order by due_on, c.family_name, c.given_name`.execute(trx)
  return rows
}

export type SchoolAdvice = NonNullable<Awaited<ReturnType<typeof findSchoolAdvice>>>

/** What a school is writing for one request, or else released last: taken back by the council, it can be given again. */
export const findSchoolAdvice = (trx: Trx, adviceRequestId: string) =>
  trx
    .selectFrom('school_advice')
    .selectAll()
    .where('advice_request_id', '=', adviceRequestId)
    .orderBy(sql`state = 'draft'`, 'desc')
    .orderBy('updated_at', 'desc')
    .executeTakeFirst()

/** What schools released on one case, for the staff who hold it. */
export const findReleasedSchoolAdvice = (trx: Trx, processId: string) =>
  trx
    .selectFrom('school_advice')
    .innerJoin('advice_request', 'advice_request.id', 'school_advice.advice_request_id')
    .innerJoin('setting', 'setting.urn', 'school_advice.setting_urn')
    .selectAll('school_advice')
    .select(['setting.name as setting_name', 'advice_request.head'])
    .select(
      sql<boolean>`exists (select from case_event t where t.supersedes = school_advice.event_id)`.as(
        'taken_back',
      ),
    )
    .where('advice_request.process_id', '=', processId)
    .where('school_advice.state', '=', 'released')
    .orderBy('released_on')
    .execute()
