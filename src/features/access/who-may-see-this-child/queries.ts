import { sql } from 'kysely'
import { asRecordKeeper, type Trx } from '../../../db/viewer.ts'

/** Under which heading somebody stands. */
export type Part =
  | 'family'
  | 'setting'
  | 'adviser'
  | 'holder'
  | 'stand-in'
  | 'manager'
  | 'locality'
  | 'authority'
  | 'let-in'

/** Somebody round a child, and whether they see the record today. */
export interface Onlooker {
  readonly part: Part
  /** Absent for somebody who cannot sign in. */
  readonly accountId: string | null
  readonly name: string
  /** What they are: "mother", "SENCO, Larkfield Primary School". */
  readonly what: string
  readonly sees: boolean
  readonly why: string
  readonly from: string | null
  /** The first day it no longer holds. */
  readonly until: string | null
}

/**
 * Everybody a child's record opens to on the day, and those of the family it stays closed to, as the viewer may know them.
 * Written apart from the walls themselves: a test asks the wall about every account and compares.
 */
export async function findWhoMaySee(trx: Trx, childId: string, today: string): Promise<readonly Onlooker[]> {
  const lockedOut = await knownAtHome(trx, childId, today)
  const staff = [
    ...(await findSettingPeople(trx, childId, today)),
    ...(await findAdvisers(trx, childId, today)),
    ...(await findStaff(trx, childId, today)),
  ].filter((one) => one.accountId === null || !lockedOut.has(one.accountId))
  return [...(await findFamily(trx, childId, today)), ...staff]
}

/** Accounts that never see the child at work, because the person knows them at home. Nobody is shown who they are. */
async function knownAtHome(trx: Trx, childId: string, today: string): Promise<ReadonlySet<string>> {
  const { rows } = await asRecordKeeper(trx, () =>
    sql<{ id: string }>`
      select a.id from account a where a.door <> 'family' and (
        exists (select from account home join contact k on k.account_id = home.id join child_contact cc on cc.contact_id = k.id
          where home.person_id = a.person_id and home.door = 'family' and cc.child_id = ${childId})
        or exists (select from account mine join home_tie t on t.account_id = mine.id
          where mine.person_id = a.person_id and t.child_id = ${childId} and t.from_on <= ${today}::date and (t.to_on is null or t.to_on > ${today}::date)))`.execute(
      trx,
    ),
  )
  return new Set(rows.map((row) => row.id))
}

const inForce = (table: string, today: string) =>
  sql`(${sql.ref(`${table}.from_on`)} <= ${today}::date and (${sql.ref(`${table}.to_on`)} is null or ${sql.ref(`${table}.to_on`)} > ${today}::date))`
const atWork = (table: string, today: string) =>
  sql`(${sql.ref(`${table}.active_from`)} <= ${today}::date and (${sql.ref(`${table}.active_to`)} is null or ${sql.ref(`${table}.active_to`)} > ${today}::date))`

interface FamilyRow {
  readonly accountId: string | null
  readonly hasLogin: boolean
  readonly name: string
  readonly relationship: string
  readonly parental_responsibility: boolean
  readonly restricted: boolean
  readonly restriction_note: string | null
  readonly consent_on: string | null
  readonly consent_by: string | null
  readonly from_on: string
  readonly to_on: string | null
  readonly over: boolean
  readonly rightsFrom: string
  readonly shared: string | null
  readonly lacking: string | null
  readonly barredElsewhere: boolean
}

async function findFamily(trx: Trx, childId: string, today: string): Promise<Onlooker[]> {
  const { rows } = await sql<Omit<FamilyRow, 'hasLogin'>>`
    select k.account_id as "accountId", k.name, cc.relationship, cc.parental_responsibility,
      cc.restricted, cc.restriction_note, cc.consent_on, cc.consent_by, cc.from_on, cc.to_on,
      is_over_compulsory_school_age(c.date_of_birth, ${today}::date) as over, compulsory_school_age_ends(c.date_of_birth) + 1 as "rightsFrom",
      (select min(s.from_on) from sharing_consent s where s.child_id = c.id and s.contact_id = k.id and ${inForce('s', today)}) as shared,
      (select min(n.from_on) from capacity_note n where n.child_id = c.id and not n.has_capacity and ${inForce('n', today)}) as lacking,
      exists (select from child_contact barred join contact b on b.id = barred.contact_id
        where barred.child_id = c.id and barred.restricted and b.account_id = k.account_id
          and (barred.to_on is null or barred.to_on > ${today}::date)) as "barredElsewhere"
    from child_contact cc join contact k on k.id = cc.contact_id join child c on c.id = cc.child_id
    where cc.child_id = ${childId} and ${inForce('cc', today)}
    order by cc.restricted, cc.relationship = 'self' desc, cc.parental_responsibility desc, k.name, cc.from_on desc`.execute(
    trx,
  )
  const living = await whoCanSignIn(
    trx,
    rows.flatMap((row) => row.accountId ?? []),
    today,
  )
  return rows.map((row) =>
    familyOnlooker({ ...row, hasLogin: row.accountId !== null && living.has(row.accountId) }),
  )
}

/** Which accounts are in force: staff of a locality do not see a family's accounts, and need only this of them. */
async function whoCanSignIn(
  trx: Trx,
  accountIds: readonly string[],
  today: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await asRecordKeeper(trx, () =>
    sql<{ id: string }>`
      select a.id from account a where a.id = any (${accountIds as string[]}::uuid[]) and a.remit <> 'none' and ${atWork('a', today)}`.execute(
      trx,
    ),
  )
  return new Set(rows.map((row) => row.id))
}

/** What opens the record to one of the family, or what keeps it closed. */
function familyOnlooker(row: FamilyRow): Onlooker {
  const told = reasonOf(row)
  const login = !told.may
    ? ''
    : row.accountId === null
      ? ' They have no account, so they see nothing online.'
      : row.hasLogin
        ? ''
        : ' Their account has ended, so they see nothing online.'
  return {
    part: 'family',
    accountId: row.accountId,
    name: row.name,
    what: row.relationship,
    sees: told.may && row.hasLogin,
    why: `${told.why}${login}`,
    from: told.from ?? row.from_on,
    until: row.to_on,
  }
}

function reasonOf(row: FamilyRow): {
  readonly may: boolean
  readonly why: string
  readonly from?: string | null
} {
  if (row.restricted)
    return { may: false, why: `Barred: ${row.restriction_note ?? 'a court order or a risk'}.` }
  if (row.barredElsewhere)
    return { may: false, why: 'Barred: the same person is barred on another line of this record.' }
  if (row.relationship === 'self') {
    if (row.over)
      return { may: true, why: 'Their own record: the rights are theirs now.', from: row.rightsFrom }
    return row.consent_on === null
      ? { may: false, why: 'Not before the rights are theirs, unless a parent agrees and it is recorded.' }
      : { may: true, why: 'A parent agreed to their seeing it.', from: row.consent_on }
  }
  if (row.relationship === 'advocate')
    return row.consent_on === null || row.to_on === null
      ? { may: false, why: 'Advocate without consent, or with no end to it: sees nothing.' }
      : {
          may: true,
          why: `Advocate, with consent${row.consent_by ? ` given by ${row.consent_by}` : ''}.`,
          from: row.consent_on,
        }
  if (!row.parental_responsibility)
    return { may: false, why: 'No parental responsibility: has no right to see the record.' }
  if (!row.over) return { may: true, why: 'Parental responsibility.' }
  if (row.shared !== null) return { may: true, why: 'The young person lets them see it.', from: row.shared }
  if (row.lacking !== null)
    return {
      may: true,
      why: 'The young person lacks the capacity to decide about the plan: a parent acts.',
      from: row.lacking,
    }
  return {
    may: false,
    why: 'The rights became the young person’s own. They may let this parent see the record.',
    from: row.rightsFrom,
  }
}

type Row = Pick<Onlooker, 'accountId' | 'name' | 'what' | 'why' | 'from' | 'until'> & { readonly part: Part }
const seeing = (rows: readonly Row[]): Onlooker[] => rows.map((row) => ({ ...row, sees: true }))

async function findSettingPeople(trx: Trx, childId: string, today: string): Promise<Onlooker[]> {
  const { rows } = await sql<Row & { setting: string }>`
    with round as (
      select e.setting_urn as urn, case when e.main then 'On roll.' else 'On roll, registered at two schools.' end as why, e.from_on as "from", e.to_on as "until", 1 as place
        from enrolment e where e.child_id = ${childId} and ${inForce('e', today)}
      union all
      select ar.setting_urn, 'Asked for advice in an open case.', ar.asked_on, null, 2
        from advice_request ar join process p on p.id = ar.process_id
        where ar.child_id = ${childId} and ar.setting_urn is not null and ar.withdrawn_on is null and p.closed_on is null
      union all
      select e.payload->>'setting', 'Consulted about naming it in the plan.', e.happened_on, null, 3
        from case_event e join process p on p.id = e.process_id
        where e.child_id = ${childId} and e.kind = 'setting_consulted' and p.closed_on is null
          and not exists (select from case_event later where later.supersedes = e.id)
    ), once as (select distinct on (urn, why) * from round order by urn, why, "from")
    select 'setting' as part, a.id as "accountId", s.name as setting, coalesce(a.name, s.name) as name,
      case when a.id is null then 'Nobody there can sign in yet' else coalesce(nullif(a.job_title, ''), 'Works there') || ', ' || s.name end as what,
      r.why, greatest(r."from", w.from_on) as "from", r."until"
    from once r join setting s on s.urn = r.urn
      left join (account_setting w join account a on a.id = w.account_id and a.door = 'setting' and a.remit <> 'none' and ${atWork('a', today)})
        on w.setting_urn = r.urn and ${inForce('w', today)}
    order by r.place, s.name, a.name nulls last`.execute(trx)
  return rows.map((row) => ({ ...row, sees: row.accountId !== null }))
}

async function findAdvisers(trx: Trx, childId: string, today: string): Promise<Onlooker[]> {
  const { rows } = await sql<Row>`
    with recursive asked as (
      select ar.id, ar.adviser_account as account_id, ar.asked_on
        from advice_request ar join process p on p.id = ar.process_id
        where ar.child_id = ${childId} and ar.withdrawn_on is null and p.closed_on is null
    ), above as (
      select distinct r.manager_id as id, h.name as of_whom, asked.asked_on from asked join reporting_line r on r.account_id = asked.account_id
        join account h on h.id = asked.account_id
        where r.kind <> 'project' and ${inForce('r', today)}
      union
      select r.manager_id, above.of_whom, above.asked_on from above join reporting_line r on r.account_id = above.id
        where r.kind <> 'project' and ${inForce('r', today)}
    ), found as (
      select a.account_id, 'Asked for advice in an open case.' as why, a.asked_on as "from", null::date as "until", 1 as place from asked a
        where a.account_id is not null
      union all
      select w.account_id, case w.part when 'writer' then 'Writes the advice with the adviser.' else 'Supervises the advice and releases it.' end,
          w.from_on, w.to_on, 2 from asked a join advice_writer w on w.advice_request_id = a.id where ${inForce('w', today)}
      union all
      select above.id, 'Answers for ' || above.of_whom || ', who was asked for advice.', above.asked_on, null, 3 from above
    ), with_stand_ins as (
      select * from found
      union all
      select d.to_account, 'Stands in for ' || away.name || ' until then.', d.from_on, d.to_on, 4
        from found f join delegation d on d.from_account = f.account_id and ${inForce('d', today)}
        join account away on away.id = d.from_account and ${atWork('away', today)} and away.door = 'professional'
    )
    select distinct on (place, a.name, why) 'adviser' as part, a.id as "accountId", a.name, a.job_title as what, f.why, f."from", f."until"
    from with_stand_ins f join account a on a.id = f.account_id and a.door = 'professional' and a.remit <> 'none' and ${atWork('a', today)}
    order by place, a.name, why, f."from"`.execute(trx)
  return seeing(rows)
}

async function findStaff(trx: Trx, childId: string, today: string): Promise<Onlooker[]> {
  const { rows } = await sql<Row>`
    with recursive holds as (
      select p.assigned_to as id, string_agg(p.reference, ' and ' order by p.reference) as what,
        min((select max(e.happened_on) from case_event e where e.process_id = p.id and e.kind = 'case_assigned')) as since
      from process p join account a on a.id = p.assigned_to
      where p.child_id = ${childId} and p.closed_on is null and a.door = 'staff' and a.remit <> 'none' group by 1
    ), above as (
      select r.manager_id as id, h.name as of_whom, r.kind, r.from_on, r.to_on from holds join account h on h.id = holds.id
        join reporting_line r on r.account_id = holds.id where r.kind <> 'project' and ${inForce('r', today)}
      union
      select r.manager_id, above.of_whom, r.kind, r.from_on, r.to_on from above join reporting_line r on r.account_id = above.id
        where r.kind <> 'project' and ${inForce('r', today)}
    ), local as (
      select a.id from account a join child c on c.locality_id = a.locality_id where c.id = ${childId} and a.door = 'staff' and a.remit = 'locality'
    ), found as (
      select 'holder' as part, id, 'Holds ' || what || '.' as why, since as "from", null::date as "until" from holds
      union all
      select 'manager', id, 'Answers for ' || of_whom || ', who holds the case, by the ' || kind || ' line.', from_on, to_on from above
      union all
      select 'locality', id, 'Works in the child’s locality.', null, null from local
    ), with_stand_ins as (
      select * from found
      union all
      select 'stand-in', d.to_account, 'Stands in for ' || away.name || '.', d.from_on, d.to_on
        from found f join delegation d on d.from_account = f.id and ${inForce('d', today)}
        join account away on away.id = d.from_account and away.door = 'staff' and ${atWork('away', today)}
      union all
      select 'let-in', w.account_id, case w.kind when 'audit' then 'Let in to audit the plan.' else 'Opened it in an emergency, with a reason a manager reads. Closes at '
            || to_char(w.until_at at time zone 'Europe/London', 'HH24:MI') || '.' end,
          (w.from_at at time zone 'Europe/London')::date, (w.until_at at time zone 'Europe/London')::date + 1
        from who_was_let_in(${childId}) w where w.from_at <= now() and w.until_at > now()
      union all
      select 'authority', a.id, 'Works for the whole authority.', null, null from account a where a.door = 'staff' and a.remit = 'authority'
    )
    select distinct on (f.part, a.name, f.why) f.part, a.id as "accountId", a.name, a.job_title as what, f.why, f."from", f."until"
    from with_stand_ins f join account a on a.id = f.id and a.door = 'staff' and a.remit <> 'none' and ${atWork('a', today)}
    order by f.part, a.name, f.why, f."from"`.execute(trx)
  return seeing(rows)
}
