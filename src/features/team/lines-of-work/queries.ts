import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { type Colleague, colleagues } from '../colleagues/index.ts'

export interface Line {
  readonly id: string
  readonly kind: 'operational' | 'professional' | 'project'
  readonly managerId: string
  readonly manager: string
  readonly managerTitle: string
  readonly share: number | null
  readonly fromOn: string
  readonly toOn: string | null
}

/** A person's lines, those in force first, with all that were before. */
export async function listLines(trx: Trx, accountId: string, today: string): Promise<readonly Line[]> {
  const { rows } = await sql<Line>`
    select r.id, r.kind, r.manager_id as "managerId", coalesce(m.name, 'Somebody no longer recorded') as manager, coalesce(m.job_title, '') as "managerTitle",
      r.share_of_time as share, r.from_on as "fromOn", r.to_on as "toOn"
    from reporting_line r left join account m on m.id = r.manager_id where r.account_id = ${accountId}
    order by (r.to_on is null or r.to_on > ${today}::date) desc, array_position(array['operational', 'professional', 'project'], r.kind), r.from_on desc`.execute(
    trx,
  )
  return rows
}

export interface PersonLine extends Colleague {
  readonly operational: string | null
  readonly professional: string | null
  readonly answers: number
  readonly awayUntil: string | null
}

/** Everybody, with who manages them today. */
export async function listPeople(trx: Trx, today: string): Promise<readonly PersonLine[]> {
  const { rows } = await sql<PersonLine>`
    with now as (select * from reporting_line where from_on <= ${today}::date and (to_on is null or to_on > ${today}::date))
    select p.*,
      (select string_agg(m.name, ', ') from now r join account m on m.id = r.manager_id where r.account_id = p.id and r.kind = 'operational') as operational,
      (select string_agg(m.name, ', ' order by m.name) from now r join account m on m.id = r.manager_id where r.account_id = p.id and r.kind = 'professional') as professional,
      (select count(distinct r.account_id)::int from now r where r.manager_id = p.id) as answers,
      (select max(x.to_on) from absence x where x.account_id = p.id and x.from_on <= ${today}::date and x.to_on > ${today}::date) as "awayUntil"
    from (${colleagues(today)}) p order by p.name, p.id`.execute(trx)
  return rows
}

export interface Conflict {
  readonly id: string
  readonly accountId: string
  readonly who: string
  readonly about: string
  readonly operationalManager: string
  readonly operationalSays: string
  readonly professionalManager: string
  readonly professionalSays: string
  readonly raisedBy: string
  readonly raisedOn: string
  readonly forWhomId: string
  readonly forWhom: string
  readonly decided: 'operational' | 'professional' | 'neither' | null
  readonly decision: string | null
  readonly decidedBy: string | null
  readonly decidedOn: string | null
  /** The viewer decides it: it is theirs, or that of somebody they stand in for. */
  readonly isMine: boolean
}

/** What two managers said differently, the undecided first. Row-level security says whose the viewer may see. */
export async function listConflicts(trx: Trx, one?: string): Promise<readonly Conflict[]> {
  const { rows } = await sql<Conflict>`
    select c.id, c.account_id as "accountId", a.name as who, c.about, o.name as "operationalManager", c.operational_says as "operationalSays",
      p.name as "professionalManager", c.professional_says as "professionalSays", r.name as "raisedBy", c.raised_on as "raisedOn",
      c.for_whom as "forWhomId", h.name as "forWhom", c.decided, c.decision, d.name as "decidedBy", c.decided_on as "decidedOn",
      c.for_whom = any ((select viewer_accounts())::uuid[]) as "isMine"
    from line_conflict c join account a on a.id = c.account_id join account o on o.id = c.operational_manager
      join account p on p.id = c.professional_manager join account r on r.id = c.raised_by join account h on h.id = c.for_whom
      left join account d on d.id = c.decided_by
    where ${one ?? null}::uuid is null or c.id = ${one ?? null}::uuid
    order by c.decided is not null, c.raised_on desc, c.id limit 200`.execute(trx)
  return rows
}

export async function countConflicts(trx: Trx): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from line_conflict where decided is null and for_whom = any ((select viewer_accounts())::uuid[])`.execute(
    trx,
  )
  return rows[0]?.n ?? 0
}

/** Who decides for a person: the head of their locality, or the service manager where there is no locality or no head. */
export async function findDecider(
  trx: Trx,
  person: Pick<Colleague, 'localityId'>,
  today: string,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const { rows } = await sql<{ id: string; name: string }>`
    select a.id, a.name from account a where a.door = 'staff' and a.active_from <= ${today}::date and (a.active_to is null or a.active_to > ${today}::date)
      and ((a.role = 'locality-head' and a.locality_id = ${person.localityId}) or a.role = 'send-manager')
    order by a.role = 'send-manager', a.name limit 1`.execute(trx)
  return rows[0]
}
