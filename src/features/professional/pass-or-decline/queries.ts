import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly job_title: string
}

/** People of the viewer's own service or of the adviser's, at work today, without the adviser. */
export async function findColleagues(
  trx: Trx,
  viewer: string,
  adviser: string | null,
): Promise<readonly Colleague[]> {
  const { rows } = await sql<Colleague>`
    select id, name, job_title from account
    where door = 'professional' and active_from <= viewer_today() and (active_to is null or active_to > viewer_today())
      and id is distinct from ${adviser}::uuid
      and (is_same_service(${viewer}::uuid, id) or is_same_service(${adviser}::uuid, id) or (id = ${viewer}::uuid and not shared_mailbox))
    order by name`.execute(trx)
  return rows
}

/** Those the adviser answers to by professional line today: who may sign their advice off. */
export async function findSupervisors(trx: Trx, adviser: string | null): Promise<readonly Colleague[]> {
  const { rows } = await sql<Colleague>`
    select distinct a.id, a.name, a.job_title from reporting_line r join account a on a.id = r.manager_id
    where r.account_id = ${adviser}::uuid and r.kind = 'professional' and a.door = 'professional'
      and r.from_on <= viewer_today() and (r.to_on is null or r.to_on > viewer_today())
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())
    order by a.name`.execute(trx)
  return rows
}

/** Passes advice on, or declines it with nobody named; false when it may not be. The database decides. */
export async function passAdvice(
  trx: Trx,
  request: string,
  to: string | null,
  because: string,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select pass_advice(${request}::uuid, ${to}::uuid, ${because}) as done`.execute(trx)
  return rows[0]?.done === true
}

export interface Handover {
  readonly id: string
  readonly made_on: string
  readonly from_name: string | null
  readonly to_name: string | null
  readonly declined: boolean
  readonly reason: string
}

/** Where a request has been: each time it was passed on or declined, newest first. */
export async function findHandovers(trx: Trx, adviceId: string): Promise<readonly Handover[]> {
  const { rows } = await sql<Handover>`
    select h.id, h.made_on, f.name as from_name, t.name as to_name, h.declined, h.reason
    from advice_handover h left join account f on f.id = h.from_account left join account t on t.id = h.to_account
    where h.advice_request_id = ${adviceId} order by h.made_at desc`.execute(trx)
  return rows
}
