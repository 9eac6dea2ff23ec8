import { type RawBuilder, sql } from 'kysely'
import { asRecordKeeper, type Trx } from '../db/viewer.ts'
import type { SignedIn } from './routes.ts'

/**
 * The first wall's own answer to who somebody is to a child. It is asked for each child a page shows or a command changes, and
 * written apart from row-level security (migration 0010, viewer_children): it starts at the child and looks for the person,
 * where the database starts at the person and looks for the children. A mistake in one is caught by the other.
 */

type Who = Pick<SignedIn, 'accountId' | 'door'>

/**
 * What the person is to each of the children on the day, in the words of the access log; a child who is nothing to them is
 * left out.
 * @param today ISO day: relationships that begin on it count, those that end on it do not.
 */
export async function relationshipsTo(
  trx: Trx,
  who: Who,
  childIds: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, string>> {
  const find = FINDERS[who.door]
  if (!find || childIds.length === 0) return new Map()
  if (who.door === 'staff' && (await worksForTheAuthority(trx, who, today)))
    return new Map(childIds.map((id) => [id, WHOLE_AUTHORITY]))
  const rows = await asRecordKeeper(trx, async () => {
    const found = await sql<{ id: string; relationship: string | null }>`
      select c.id, ${find(today)} as relationship
      from child c cross join account me
      where c.id = any (${childIds as string[]}::uuid[]) and me.id = ${who.accountId} and ${isAtWork('me', today)} and me.remit <> 'none'
        and not (me.door <> 'family' and exists (
          select from account at_home join contact k on k.account_id = at_home.id join child_contact cc on cc.contact_id = k.id
          where at_home.person_id = me.person_id and at_home.door = 'family' and cc.child_id = c.id))
        and not (me.door <> 'family' and exists (
          select from account mine join home_tie t on t.account_id = mine.id
          where mine.person_id = me.person_id and t.child_id = c.id and ${isInForce('t', today)}))`.execute(
      trx,
    )
    return found.rows
  })
  return new Map(
    rows.flatMap(({ id, relationship }) => (relationship === null ? [] : [[id, relationship] as const])),
  )
}

const WHOLE_AUTHORITY = 'works for the whole authority'

/** Most pages are opened by these, and for them one question answers for every child: they know none of them at home. */
async function worksForTheAuthority(trx: Trx, who: Who, today: string): Promise<boolean> {
  const { rows } = await sql<{ authority: boolean }>`
    select me.remit = 'authority' and viewer_conflicts() = '{}' as authority
    from account me where me.id = ${who.accountId} and ${isAtWork('me', today)}`.execute(trx)
  return rows[0]?.authority ?? false
}

/** A child was shown or changed who is nothing to the person: the answer must be as if there were no such child. */
export class NotTheirs extends Error {
  readonly childIds: readonly string[]
  readonly what: string
  constructor(childIds: readonly string[], what: string) {
    super('a child was reached who is nothing to the person')
    this.childIds = childIds
    this.what = what
  }
}

/**
 * Writes down who saw or changed which children and by which relationship, in the transaction that did it.
 * @throws NotTheirs when any of the children is nothing to the person; the transaction is then undone whole
 */
export async function writeAccess(
  trx: Trx,
  who: Who,
  access: {
    readonly childIds: ReadonlySet<string>
    readonly what: string
    readonly outcome: 'seen' | 'changed'
    readonly today: string
    /** Relationships asked for before the work gave them up: passing a task on ends one. */
    readonly before?: ReadonlyMap<string, string>
  },
): Promise<void> {
  const ids = [...access.childIds]
  const before = access.before ?? new Map<string, string>()
  const now = await relationshipsTo(
    trx,
    who,
    ids.filter((id) => !before.has(id)),
    access.today,
  )
  const relationships = new Map([...before, ...now])
  const strangers = ids.filter((id) => !relationships.has(id))
  if (strangers.length > 0) throw new NotTheirs(strangers, access.what)
  const rows = Map.groupBy(ids, (id) => relationships.get(id)!)
  await trx
    .insertInto('access_log')
    .values(
      [...rows].map(([relationship, childIds]) => ({
        account_id: who.accountId,
        child_ids: childIds,
        what: access.what,
        relationship,
        outcome: access.outcome,
      })),
    )
    .execute()
}

/** Where a person works on a day, for records that are about no child of the council: a setting's own pupil has no number here. */
export interface PlacesOfWork {
  readonly isAtSetting: (urn: string) => boolean
  /** Works for that locality's team or the whole authority. A record of no locality is every team's. */
  readonly isForLocality: (localityId: string | null) => boolean
}

/** The first wall's own answer for such records, written apart from the policies as `relationshipsTo` is. */
export async function placesOfWork(trx: Trx, who: Who, today: string): Promise<PlacesOfWork> {
  const rows = await asRecordKeeper(trx, async () => {
    const found = await sql<{ remit: string; locality_id: string | null; setting_urn: string | null }>`
      select me.remit, me.locality_id, w.setting_urn
      from account me left join account_setting w on w.account_id = me.id and ${isInForce('w', today)}
      where me.id = ${who.accountId} and me.door = ${who.door} and ${isAtWork('me', today)}`.execute(trx)
    return found.rows
  })
  const [me] = rows
  const settings = new Set(who.door === 'setting' ? rows.flatMap((row) => row.setting_urn ?? []) : [])
  return {
    isAtSetting: (urn) => settings.has(urn),
    isForLocality: (localityId) =>
      who.door === 'staff' &&
      (me?.remit === 'authority' ||
        (me?.remit === 'locality' && (localityId === null || localityId === me.locality_id))),
  }
}

type Sql = RawBuilder<unknown>
const column = (table: string, name: string): Sql => sql.ref(`${table}.${name}`)
const isAtWork = (table: string, today: string): Sql => sql`(${column(table, 'active_from')} <= ${today}::date
  and (${column(table, 'active_to')} is null or ${column(table, 'active_to')} > ${today}::date))`
const isInForce = (table: string, today: string): Sql => sql`(${column(table, 'from_on')} <= ${today}::date
  and (${column(table, 'to_on')} is null or ${column(table, 'to_on')} > ${today}::date))`

/** Whether the account is me, or somebody at my door whom I stand in for on the day. */
const isMeOrAway = (account: Sql, today: string): Sql => sql`(${account} = me.id or exists (
  select from delegation d join account away on away.id = d.from_account
  where d.to_account = me.id and d.from_account = ${account} and away.door = me.door and away.door in ('staff', 'professional')
    and ${isAtWork('away', today)} and ${isInForce('d', today)}))`

/** Whether I, or somebody I stand in for, am above the account in a line that is not a project's. */
const isAbove = (account: Sql, today: string): Sql => sql`exists (
  with recursive above as (
    select r.manager_id as id from reporting_line r
      where r.account_id = ${account} and r.kind <> 'project' and ${isInForce('r', today)}
    union
    select r.manager_id from reporting_line r join above on above.id = r.account_id
      where r.kind <> 'project' and ${isInForce('r', today)}
  ) select from above where ${isMeOrAway(sql`above.id`, today)})`

const FINDERS: Partial<Record<SignedIn['door'], (today: string) => Sql>> = {
  staff: (today) => sql`case
    when me.remit = 'authority' then ${WHOLE_AUTHORITY}
    when me.remit = 'locality' and me.locality_id = c.locality_id then 'works in the child’s locality'
    when exists (select from process p where p.child_id = c.id and p.closed_on is null and p.assigned_to = me.id) then 'holds the case'
    when exists (select from delegation d join account away on away.id = d.from_account
      where d.to_account = me.id and away.door = 'staff' and ${isAtWork('away', today)} and ${isInForce('d', today)}
        and ((away.remit = 'locality' and away.locality_id = c.locality_id)
          or (away.remit <> 'none' and exists (
            select from process p where p.child_id = c.id and p.closed_on is null and p.assigned_to = away.id)))) then 'stands in for a colleague'
    when exists (select from process p join account holder on holder.id = p.assigned_to
      where p.child_id = c.id and p.closed_on is null and holder.door = 'staff' and holder.remit <> 'none'
        and ${isAbove(sql`holder.id`, today)}) then 'manages the person who holds the case'
    else (select case g.kind when 'audit' then 'audits the plan' else 'broke the glass' end from case_grant g
      where g.account_id = me.id and g.child_id = c.id and g.from_at <= now() and g.until_at > now() order by g.until_at desc limit 1)
    end`,
  family: (today) => sql`(
    select case
        when cc.relationship = 'self' then 'it is their own record'
        when cc.relationship = 'advocate' then 'advocate'
        else 'parental responsibility' end
    from child_contact cc join contact k on k.id = cc.contact_id
    where cc.child_id = c.id and k.account_id = me.id and ${isInForce('cc', today)} and not cc.restricted
      and not exists (
        select from child_contact barred join contact b on b.id = barred.contact_id join account one on one.id = b.account_id
        where barred.child_id = c.id and one.person_id = me.person_id and barred.restricted
          and (barred.to_on is null or barred.to_on > ${today}::date))
      and case
        when cc.relationship = 'self'
          then is_over_compulsory_school_age(c.date_of_birth, ${today}::date) or coalesce(cc.consent_on <= ${today}::date, false)
        when cc.relationship = 'advocate' then coalesce(cc.consent_on <= ${today}::date, false) and cc.to_on is not null
        else cc.parental_responsibility and (
          not is_over_compulsory_school_age(c.date_of_birth, ${today}::date)
          or exists (select from sharing_consent s where s.child_id = c.id and s.contact_id = k.id and ${isInForce('s', today)})
          or exists (select from capacity_note n where n.child_id = c.id and not n.has_capacity and ${isInForce('n', today)}))
        end
    limit 1)`,
  setting: (today) => sql`(
    select case
        when exists (select from enrolment e where e.child_id = c.id and e.setting_urn = w.setting_urn and ${isInForce('e', today)})
          then 'on roll'
        when exists (select from placement pl where pl.child_id = c.id and pl.setting_urn = w.setting_urn
          and (pl.to_on is null or pl.to_on > ${today}::date))
          then 'placed there, or to be'
        when exists (select from advice_request ar join process p on p.id = ar.process_id
          where ar.child_id = c.id and ar.setting_urn = w.setting_urn and ar.withdrawn_on is null and p.closed_on is null)
          then 'asked for advice'
        when exists (select from case_event e join process p on p.id = e.process_id
          where e.child_id = c.id and e.kind = 'setting_consulted' and e.payload->>'setting' = w.setting_urn and p.closed_on is null
            and not exists (select from case_event later where later.supersedes = e.id))
          then 'consulted' end as relationship
    from account_setting w where w.account_id = me.id and ${isInForce('w', today)}
    order by relationship nulls last limit 1)`,
  professional: (today) => sql`coalesce((
    select 'writes in the plan' as relationship from plan_writer w join plan on plan.id = w.plan_id
    where w.child_id = c.id and plan.ended_on is null and ${isInForce('w', today)} and ${isMeOrAway(sql`w.account_id`, today)} limit 1),
    (select 'gives a line of the plan’s provision' as relationship from provision_deliverer gives join provision_line l on l.line_id = gives.line_id
    where gives.child_id = c.id and l.state <> 'ended' and ${isInForce('gives', today)}
      and (${isMeOrAway(sql`gives.account_id`, today)} or ${isAbove(sql`gives.account_id`, today)}) limit 1),
    (select case
        when p.closed_on is null and ${isMeOrAway(sql`ar.adviser_account`, today)} then 'asked for advice'
        when p.closed_on is null and exists (select from advice_writer w where w.advice_request_id = ar.id
          and ${isInForce('w', today)} and ${isMeOrAway(sql`w.account_id`, today)}) then 'writes the advice with a colleague'
        when p.closed_on is null and ${isAbove(sql`ar.adviser_account`, today)} then 'answers for the service that was asked'
        when ar.adviser_account = me.id then 'gave advice before' end as relationship
    from advice_request ar join process p on p.id = ar.process_id
    where ar.child_id = c.id and ar.withdrawn_on is null
    order by relationship nulls last limit 1),
    (select case when ${isMeOrAway(sql`writer.id`, today)} then 'gave advice before' else 'answers for who gave advice before' end as relationship
    from advice_release r cross join unnest(r.written_by) as writer(id)
    where r.child_id = c.id and (${isMeOrAway(sql`writer.id`, today)} or ${isAbove(sql`writer.id`, today)})
    order by relationship desc limit 1))`,
}
