-- Every door: who a person is, where they work, what they are to a child on a day, and what each door may add to a record.

-- 1. One person, several capacities. A SENCO who is a parent has two accounts and one person_id: what they see as one they
--    do not see as the other. A shared mailbox of a service is used by several people, each signing by name.
alter table account add column person_id uuid not null default gen_random_uuid();
alter table account add column shared_mailbox boolean not null default false;
comment on column account.person_id is 'The person behind the account. Accounts are capacities: one person may hold several, each at its own door.';
grant select (person_id, shared_mailbox) on account to clearway_app;
drop index account_email;
create unique index account_email on account (lower(email), door) where not shared_mailbox;
create index account_by_email on account (lower(email));
create index account_by_person on account (person_id);
alter table account drop constraint account_role_check;
alter table account add constraint account_role_check check (role in (
  'parent', 'young-person', 'advocate', 'senco', 'setting-head', 'setting-staff', 'educational-psychologist',
  'health-professional', 'social-worker', 'head-of-service', 'health-lead', 'plan-coordinator', 'locality-head', 'send-manager',
  'qa-lead', 'data-officer', 'administrator', 'board-member', 'system'));

-- 2. Where a person works, by date. A setting keeps its own list of people.
create table account_setting (
  account_id uuid not null references account,
  setting_urn text not null references setting,
  manages_people boolean not null default false,
  from_on date not null,
  to_on date,
  confirmed_on date,
  confirmed_by uuid references account,
  primary key (account_id, setting_urn, from_on),
  check (to_on is null or to_on >= from_on)
);
comment on table account_setting is 'The settings a person works at. to_on is exclusive. confirmed_on: the setting last said they still do.';
create index account_setting_by_setting on account_setting (setting_urn);
insert into account_setting (account_id, setting_urn, manages_people, from_on)
  select id, setting_urn, role = 'senco', active_from from account where door = 'setting' and setting_urn is not null;

-- 3. On roll, by date. The child's row says where now; this says since when, and where before.
create table enrolment (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  setting_urn text not null references setting,
  main boolean not null default true,
  from_on date not null,
  to_on date,
  check (to_on is null or to_on >= from_on)
);
comment on table enrolment is 'On the roll of a setting between dates; to_on is exclusive. main = the child''s own school, otherwise dual registered.';
create index enrolment_by_child on enrolment (child_id);
create index enrolment_by_setting on enrolment (setting_urn);
insert into enrolment (child_id, setting_urn, from_on) select id, setting_urn, registered_on from child where setting_urn is not null;

create function keep_enrolment() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  on_day date := coalesce(nullif(current_setting('clearway.today', true), '')::date, (select training_today from authority), current_date);
begin
  if tg_op = 'UPDATE' then
    if new.setting_urn is not distinct from old.setting_urn then return null; end if;
    update enrolment e set to_on = greatest(e.from_on, on_day) where e.child_id = new.id and e.main and e.to_on is null;
  end if;
  if new.setting_urn is not null then
    insert into enrolment (child_id, setting_urn, from_on)
      values (new.id, new.setting_urn, case tg_op when 'INSERT' then new.registered_on else on_day end);
  end if;
  return null;
end $$;
create trigger keep_enrolment after insert or update of setting_urn on child for each row execute function keep_enrolment();

-- 4. What people are to a child. An advocate has the family's or young person's consent, and it ends.
alter table child_contact add column consent_on date;
alter table child_contact add column consent_by text;
comment on column child_contact.consent_on is 'The day consent was given to an advocate or supporter, who reaches the child only with it and only until to_on; for a child under 16 on their own row ("self"), the day a parent agreed to their seeing the record.';

create table capacity_note (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  has_capacity boolean not null,
  assessed_on date not null,
  assessed_by text not null,
  note text not null,
  from_on date not null,
  to_on date,
  recorded_by uuid not null references account,
  check (to_on is null or to_on > from_on)
);
comment on table capacity_note is 'Mental capacity to decide about the plan (Mental Capacity Act 2005, s.2 and s.3). Where it is lacking, the rights of a young person are exercised by a representative or the parent: Children and Families Act 2014, s.80; SEND Regulations 2014, regs 63 to 65.';
create index capacity_note_by_child on capacity_note (child_id);

create table sharing_consent (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  contact_id uuid not null references contact,
  from_on date not null,
  to_on date,
  given_how text not null,
  recorded_by uuid not null references account,
  check (to_on is null or to_on >= from_on)
);
comment on table sharing_consent is 'A young person lets a parent go on seeing the record after compulsory school age. They can end it any day.';
create index sharing_consent_by_child on sharing_consent (child_id);

-- Education Act 1996 s.8; SI 1997/1970: compulsory school age ends on the last Friday in June of the school year of the 16th birthday.
create function compulsory_school_age_ends(born date) returns date language sql immutable as $$
  select june - ((extract(dow from june)::int + 2) % 7)
  from (select make_date(extract(year from born)::int + 16 + (extract(month from born) >= 9)::int, 6, 30) as june) ended
$$;
create function is_over_compulsory_school_age(born date, on_day date) returns boolean language sql immutable as
$$ select on_day > compulsory_school_age_ends(born) $$;

-- 5. Lines of work: one operational manager, any number of professional and project lines; and who stands in.
create table reporting_line (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account,
  manager_id uuid not null references account,
  kind text not null check (kind in ('operational', 'professional', 'project')),
  share_of_time integer check (share_of_time between 1 and 100),
  from_on date not null,
  to_on date,
  check (account_id <> manager_id),
  check (to_on is null or to_on > from_on)
);
comment on table reporting_line is 'Who answers to whom. Approvals follow the operational line, clinical sign-off the professional one. to_on is exclusive.';
create index reporting_line_by_account on reporting_line (account_id);
create index reporting_line_by_manager on reporting_line (manager_id);
create function one_operational_line() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from account where id = new.account_id for update;
  if new.kind = 'operational' and exists (
    select from reporting_line r where r.account_id = new.account_id and r.kind = 'operational' and r.id <> new.id
      and daterange(r.from_on, r.to_on) && daterange(new.from_on, new.to_on)) then
    raise exception 'a person has one operational manager at a time' using errcode = 'exclusion_violation';
  end if;
  if exists (
    with recursive above as (
      select new.manager_id as id
      union
      select r.manager_id from reporting_line r join above on r.account_id = above.id
        where r.kind = new.kind and r.id <> new.id and daterange(r.from_on, r.to_on) && daterange(new.from_on, new.to_on)
    ) select from above where id = new.account_id) then
    raise exception 'nobody answers to themself, however long the way round' using errcode = 'exclusion_violation';
  end if;
  return new;
end $$;
create trigger one_operational_line before insert or update on reporting_line for each row execute function one_operational_line();

create table delegation (
  id uuid primary key default gen_random_uuid(),
  from_account uuid not null references account,
  to_account uuid not null references account,
  from_on date not null,
  to_on date not null,
  why text not null,
  made_by uuid not null references account,
  check (from_account <> to_account),
  check (to_on > from_on)
);
comment on table delegation is 'Somebody away, and who stands in for them until a day (exclusive). The stand-in reaches what they reached.';
create index delegation_by_stand_in on delegation (to_account);

-- 6. Reach given for a reason and a while: a plan to audit, or the glass broken.
create table case_grant (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account,
  child_id uuid not null references child,
  kind text not null check (kind in ('break-glass', 'audit')),
  reason text not null check (length(trim(reason)) >= 15),
  from_at timestamptz not null default now(),
  until_at timestamptz not null,
  granted_by uuid not null references account,
  seen_by uuid references account,
  seen_at timestamptz,
  check (until_at > from_at)
);
comment on table case_grant is 'Reach to one child for a while and a reason. break-glass: taken by the person, told to a manager (seen_by). audit: given by the quality lead.';
create index case_grant_by_account on case_grant (account_id);
create index case_grant_by_child on case_grant (child_id);

create table advice_writer (
  advice_request_id uuid not null references advice_request,
  child_id uuid not null references child,
  account_id uuid not null references account,
  part text not null check (part in ('writer', 'supervisor')),
  from_on date not null,
  to_on date,
  primary key (advice_request_id, account_id, part, from_on)
);
comment on table advice_writer is 'Who writes advice with the adviser, and who supervises and releases it.';
create index advice_writer_by_account on advice_writer (account_id);
create index advice_writer_by_child on advice_writer (child_id);

-- 7. What each door may add to a child's history in its own name. Staff add anything; nobody else corrects.
create table fact_by_door (
  door text not null,
  kind text not null,
  primary key (door, kind)
);
comment on table fact_by_door is 'The kinds of fact a family, a setting or a professional may record. Reference data, changed by migrations only.';
insert into fact_by_door (door, kind) values
  ('family', 'request_received'), ('family', 'representations_received'), ('family', 'draft_meeting_requested'),
  ('family', 'setting_preference_stated'),
  ('setting', 'request_received'), ('setting', 'advice_received'), ('setting', 'setting_replied'),
  ('professional', 'advice_received');

-- 8. What the policies ask about the viewer.
-- The record keeper computes caches and checks the order of facts with full sight, in a person's own transaction; the facts
-- themselves are added as that person.
create function viewer_is_keeper() returns boolean language sql stable as
$$ select coalesce(viewer_id() = '00000000-0000-4000-8000-000000000001', false) $$;
create or replace function viewer_sees_authority() returns boolean language sql stable as
$$ select viewer_is_keeper() or coalesce(viewer_remit() = 'authority', false) $$;
create function viewer_keeps_records() returns boolean language sql stable as
$$ select viewer_is_keeper() or coalesce(viewer_door() = 'staff', false) $$;

create function viewer_settings() returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct s.setting_urn), '{}') from account_setting s join account a on a.id = s.account_id
  where a.id = viewer_id() and a.door = 'setting'
    and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())
    and s.from_on <= viewer_today() and (s.to_on is null or s.to_on > viewer_today())
$$;

create function viewer_manages_settings() returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct s.setting_urn), '{}') from account_setting s
  where s.account_id = viewer_id() and s.manages_people and s.setting_urn = any (viewer_settings())
    and s.from_on <= viewer_today() and (s.to_on is null or s.to_on > viewer_today())
$$;

-- The viewer and those they stand in for: at the same door, still at work, on the day.
create function viewer_accounts() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct id), '{}') from (
    select a.id from account a where a.id = viewer_id()
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())
    union all
    select away.id from delegation d join account away on away.id = d.from_account join account me on me.id = d.to_account
      where me.id = viewer_id() and me.door = away.door and away.door in ('staff', 'professional')
        and me.active_from <= viewer_today() and (me.active_to is null or me.active_to > viewer_today())
        and away.active_from <= viewer_today() and (away.active_to is null or away.active_to > viewer_today())
        and d.from_on <= viewer_today() and d.to_on > viewer_today()
  ) known
$$;

-- Those who answer to them, however far down, by any line; the viewer too.
create function viewer_team_accounts() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  with recursive answers as (
    select unnest(viewer_accounts()) as id
    union
    select r.account_id from reporting_line r join answers on r.manager_id = answers.id
      where r.kind <> 'project' and r.from_on <= viewer_today() and (r.to_on is null or r.to_on > viewer_today())
  )
  select coalesce(array_agg(id), '{}') from answers
$$;

-- Children the viewer must not see at work because they know them at home. The family's own door stays open.
create function viewer_conflicts() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct cc.child_id), '{}')
  from account me join account other on other.person_id = me.person_id and other.door = 'family'
    join contact k on k.account_id = other.id join child_contact cc on cc.contact_id = k.id
  where me.id = viewer_id() and me.door <> 'family'
$$;

create or replace function viewer_children() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct child_id), '{}') from (
    -- Staff: their locality, or that of somebody they stand in for; the cases given to them; what they were let into.
    select c.id as child_id from child c join account a on a.locality_id = c.locality_id
      where a.door = 'staff' and a.remit = 'locality' and a.id = any (viewer_accounts())
    union all
    select p.child_id from process p join account a on a.id = p.assigned_to
      where a.door = 'staff' and a.remit <> 'none' and p.closed_on is null and a.id = any (viewer_team_accounts())
    union all
    select g.child_id from case_grant g where g.account_id = viewer_id() and g.from_at <= now() and g.until_at > now()
    union all
    -- Families: parental responsibility until the rights are the young person's, and after that by their consent or where
    -- they lack capacity; the young person; an advocate with consent. A bar on somebody closes every link they have.
    select cc.child_id from child_contact cc join contact k on k.id = cc.contact_id join child c on c.id = cc.child_id
      where k.account_id = viewer_id() and not cc.restricted
        and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
        and (
          (cc.parental_responsibility and (
            not is_over_compulsory_school_age(c.date_of_birth, viewer_today())
            or exists (select from sharing_consent s where s.child_id = c.id and s.contact_id = k.id
                and s.from_on <= viewer_today() and (s.to_on is null or s.to_on > viewer_today()))
            or exists (select from capacity_note n where n.child_id = c.id and not n.has_capacity
                and n.from_on <= viewer_today() and (n.to_on is null or n.to_on > viewer_today()))))
          or (cc.relationship = 'self'
              and (is_over_compulsory_school_age(c.date_of_birth, viewer_today()) or cc.consent_on <= viewer_today()))
          or (cc.relationship = 'advocate' and cc.consent_on <= viewer_today() and cc.to_on is not null))
        and not exists (
          select from child_contact barred join contact b on b.id = barred.contact_id
          where barred.child_id = cc.child_id and b.account_id = k.account_id and barred.restricted
            and (barred.to_on is null or barred.to_on > viewer_today()))
    union all
    -- Settings: on roll on the day; asked for advice or consulted, while the case is open and the asking stands.
    select e.child_id from enrolment e
      where e.setting_urn = any (viewer_settings()) and e.from_on <= viewer_today() and (e.to_on is null or e.to_on > viewer_today())
    union all
    select ar.child_id from advice_request ar join process p on p.id = ar.process_id
      where ar.setting_urn = any (viewer_settings()) and ar.withdrawn_on is null and p.closed_on is null
    union all
    select e.child_id from case_event e join process p on p.id = e.process_id
      where e.kind = 'setting_consulted' and e.payload->>'setting' = any (viewer_settings()) and p.closed_on is null
        and not exists (select from case_event s where s.supersedes = e.id)
    union all
    -- Professionals: asked for advice, writing or supervising it, or answered to by somebody who was, while the case is open.
    select ar.child_id from advice_request ar join process p on p.id = ar.process_id
      where ar.adviser_account = any (viewer_team_accounts()) and ar.withdrawn_on is null and p.closed_on is null
    union all
    select w.child_id from advice_writer w join advice_request ar on ar.id = w.advice_request_id join process p on p.id = ar.process_id
      where w.account_id = any (viewer_accounts()) and ar.withdrawn_on is null and p.closed_on is null
        and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today())
  ) reached
  where coalesce(viewer_remit(), 'none') <> 'none'
$$;
create index case_event_consulted on case_event ((payload->>'setting')) where kind = 'setting_consulted';
create index advice_request_by_adviser on advice_request (adviser_account) where withdrawn_on is null;
create index advice_request_by_setting on advice_request (setting_urn) where withdrawn_on is null;

revoke all on function viewer_settings(), viewer_manages_settings(), viewer_accounts(), viewer_team_accounts(), viewer_conflicts() from public;
grant execute on function viewer_is_keeper(), viewer_keeps_records(), viewer_settings(), viewer_manages_settings(), viewer_accounts(),
  viewer_team_accounts(), viewer_conflicts(), compulsory_school_age_ends(date), is_over_compulsory_school_age(date, date) to clearway_app;

-- 9. Policies of the new tables.
grant select on fact_by_door to clearway_app;
grant select, insert, update on account_setting, capacity_note, sharing_consent, reporting_line, delegation, advice_writer to clearway_app;
grant select, insert, update on enrolment to clearway_app;
grant select, insert on case_grant to clearway_app;
grant update (seen_by, seen_at) on case_grant to clearway_app;
do $$
declare t text;
begin
  foreach t in array array['account_setting', 'enrolment', 'capacity_note', 'sharing_consent', 'reporting_line', 'delegation',
      'case_grant', 'advice_writer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
  foreach t in array array['enrolment', 'capacity_note', 'sharing_consent', 'advice_writer'] loop
    execute format('create policy reached on %I to clearway_app using ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]))', t);
  end loop;
  foreach t in array array['enrolment', 'capacity_note'] loop
    execute format('create policy staff_add on %I as restrictive for insert to clearway_app with check ((select viewer_keeps_records()))', t);
    execute format('create policy staff_change on %I as restrictive for update to clearway_app using ((select viewer_keeps_records()))', t);
  end loop;
  -- Nobody sees at work the child they know at home.
  foreach t in array array['child_contact', 'process', 'case_event', 'deadline', 'advice_request', 'exception_claim', 'child_chain',
      'document', 'enrolment', 'capacity_note', 'sharing_consent', 'advice_writer'] loop
    execute format('create policy no_conflict on %I as restrictive to clearway_app using (child_id <> all ((select viewer_conflicts())::uuid[]))', t);
  end loop;
end $$;
create policy no_conflict on child as restrictive to clearway_app using (id <> all ((select viewer_conflicts())::uuid[]));
-- A note on somebody's capacity is for staff, and for the family it is about; not for a school or an adviser.
create policy staff_and_family on capacity_note as restrictive for select to clearway_app
  using ((select viewer_keeps_records()) or (select viewer_door()) = 'family');
-- Consent is the young person's to give and to end, or staff's to write down.
create policy staff_or_own_add on sharing_consent as restrictive for insert to clearway_app
  with check ((select viewer_keeps_records()) or (recorded_by = (select viewer_id()) and exists (
    select from child_contact cc where cc.child_id = sharing_consent.child_id and cc.relationship = 'self'
      and cc.contact_id = any ((select viewer_contacts())::uuid[]))));
create policy staff_or_own_change on sharing_consent as restrictive for update to clearway_app
  using ((select viewer_keeps_records()) or exists (
    select from child_contact cc where cc.child_id = sharing_consent.child_id and cc.relationship = 'self'
      and cc.contact_id = any ((select viewer_contacts())::uuid[])));
create policy staff_or_family on sharing_consent as restrictive for select to clearway_app
  using ((select viewer_keeps_records()) or (select viewer_door()) = 'family');

create policy seen on account_setting for select to clearway_app using (
  (select viewer_is_keeper()) or account_id = (select viewer_id()) or setting_urn = any ((select viewer_settings())::text[])
  or ((select viewer_door()) = 'staff' and (select viewer_remit()) in ('authority', 'locality')) or (select viewer_may_set()));
create policy kept_by_the_setting on account_setting for insert to clearway_app
  with check ((select viewer_may_set()) or setting_urn = any ((select viewer_manages_settings())::text[]));
create policy changed_by_the_setting on account_setting for update to clearway_app
  using ((select viewer_may_set()) or setting_urn = any ((select viewer_manages_settings())::text[]));

create policy seen on reporting_line for select to clearway_app using (
  (select viewer_keeps_records()) or account_id = (select viewer_id()) or manager_id = any ((select viewer_accounts())::uuid[]));
create policy set_by_those_who_answer on reporting_line for insert to clearway_app with check ((select viewer_may_set()));
create policy ended_by_those_who_answer on reporting_line for update to clearway_app using ((select viewer_may_set()));
create policy seen on delegation for select to clearway_app using (
  (select viewer_keeps_records()) or from_account = (select viewer_id()) or to_account = (select viewer_id()));
-- A person names who stands in for them; those who answer for the service name it for somebody who could not.
create policy own on delegation for insert to clearway_app
  with check (made_by = (select viewer_id()) and (from_account = (select viewer_id()) or (select viewer_may_set())));
create policy own_change on delegation for update to clearway_app
  using (from_account = (select viewer_id()) or (select viewer_may_set()));

-- Reach given for a while: seen by the person and by those who answer for the whole authority. Nobody gives it to themself but
-- by the function below, which writes it down; the quality lead gives it for an audit.
create policy seen on case_grant for select to clearway_app
  using (account_id = (select viewer_id()) or ((select viewer_sees_authority()) and (select viewer_keeps_records())));
create policy audits on case_grant for insert to clearway_app with check (
  kind = 'audit' and granted_by = (select viewer_id()) and account_id <> (select viewer_id())
  and exists (select from account a where a.id = (select viewer_id()) and a.role = 'qa-lead'));
create policy told on case_grant for update to clearway_app
  using ((select viewer_sees_authority()) and (select viewer_door()) = 'staff' and account_id <> (select viewer_id()))
  with check (seen_by = (select viewer_id()));

create function break_glass(child_reference text, reason text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me account;
  found_child uuid;
begin
  select * into me from account a where a.id = viewer_id() and a.door = 'staff' and a.remit <> 'none'
    and a.role in ('plan-coordinator', 'locality-head', 'send-manager', 'qa-lead', 'data-officer')
    and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today());
  if not found then raise exception 'only staff who work on cases' using errcode = 'insufficient_privilege'; end if;
  select c.id into found_child from child c where c.reference = break_glass.child_reference;
  if not found or found_child = any (viewer_conflicts()) then return null; end if;
  insert into case_grant (account_id, child_id, kind, reason, until_at, granted_by)
    values (me.id, found_child, 'break-glass', break_glass.reason, now() + interval '8 hours', me.id);
  insert into access_log (account_id, child_ids, what, relationship, outcome)
    values (me.id, array[found_child], 'broke the glass: ' || left(break_glass.reason, 200), me.role, 'seen');
  return found_child;
end $$;
comment on function break_glass is 'Opens one child''s record to a caseworker who does not reach it, for eight hours, with their reason; null when there is no such child. A manager sees it on their list until they say they have.';
revoke all on function break_glass(text, text) from public;
grant execute on function break_glass(text, text) to clearway_app;

-- 10. Names. Families, settings and professionals see the staff who hold their cases; people of one setting see one another;
--     professionals see professionals, to pass work on.
alter policy seen on account using (
  (select viewer_is_keeper()) or id = (select viewer_id())
  or ((select viewer_door()) = 'staff' and (select viewer_remit()) in ('authority', 'locality')
      and (door <> 'family' or (select viewer_sees_authority())))
  or ((select viewer_door()) in ('family', 'setting', 'professional') and door = 'staff'
      and id in (select assigned_to from process where child_id = any ((select viewer_children())::uuid[])))
  or ((select viewer_door()) = 'professional' and door = 'professional')
  or ((select viewer_door()) = 'setting' and door = 'setting'
      and id in (select account_id from account_setting where setting_urn = any ((select viewer_settings())::text[]))));

-- 11. What a setting and a professional read of a history: what they told themselves, and being consulted and answering.
do $$
declare
  old text := (select pg_get_expr(polqual, polrelid) from pg_policy where polrelid = 'case_event'::regclass and polname = 'reached');
begin
  execute 'alter policy reached on case_event using ((' || old || ')
    or ((child_id = any ((select viewer_children())::uuid[])) and (select viewer_door()) in (''setting'', ''professional'')
        and not fact_is_superseded(id)
        and (recorded_by = (select viewer_id())
             or (kind in (''setting_consulted'', ''setting_replied'') and payload->>''setting'' = any ((select viewer_settings())::text[]))))
    or ((select viewer_is_keeper())))';
end $$;
-- The keeper reads what staff read.
alter policy reached on child_contact using (
  ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]))
  and ((select viewer_keeps_records())
       or (contact_id = any ((select viewer_contacts())::uuid[]) and restriction_note is null)));
alter policy reached on exception_claim using (
  ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])) and (select viewer_keeps_records()));

-- 12. Who writes. Staff and the keeper as before; others add their own kinds of fact, and fill in what they were asked for.
do $$
declare t text;
begin
  foreach t in array array['child', 'contact', 'child_contact', 'process', 'deadline', 'exception_claim', 'document'] loop
    execute format('alter policy staff_add on %I with check ((select viewer_keeps_records()))', t);
    execute format('alter policy staff_change on %I using ((select viewer_keeps_records()))', t);
    execute format('alter policy staff_remove on %I using ((select viewer_keeps_records()))', t);
  end loop;
end $$;
alter policy staff_add on case_event with check (
  (select viewer_keeps_records())
  or (recorded_by = (select viewer_id()) and supersedes is null
      and exists (select from fact_by_door f where f.door = (select viewer_door()) and f.kind = case_event.kind)
      and (kind <> 'setting_replied' or payload->>'setting' = any ((select viewer_settings())::text[]))));
alter policy staff_change on case_event using ((select viewer_keeps_records()));
alter policy staff_remove on case_event using ((select viewer_keeps_records()));
alter policy staff_add on advice_request with check ((select viewer_keeps_records()));
alter policy staff_change on advice_request using (
  (select viewer_keeps_records()) or adviser_account = any ((select viewer_team_accounts())::uuid[])
  or setting_urn = any ((select viewer_settings())::text[])
  or id in (select w.advice_request_id from advice_writer w where w.account_id = (select viewer_id())));
alter policy staff_remove on advice_request using ((select viewer_keeps_records()));
create policy own_service on advice_writer as restrictive for insert to clearway_app with check (
  (select viewer_keeps_records()) or advice_request_id in (
    select ar.id from advice_request ar where ar.adviser_account = any ((select viewer_team_accounts())::uuid[])));
create policy own_service_change on advice_writer as restrictive for update to clearway_app using (
  (select viewer_keeps_records()) or advice_request_id in (
    select ar.id from advice_request ar where ar.adviser_account = any ((select viewer_team_accounts())::uuid[])));

-- 13. The log. Those who are not staff read it through this function alone: who looked, when, in what capacity and what at;
--     other members of the family are not named to one another.
alter policy read_log on access_log using (
  (select viewer_sees_authority()) or ((select viewer_door()) = 'staff' and child_ids && (select viewer_children())::uuid[]));
create function who_looked(child uuid, before_id bigint, how_many integer)
returns table (id bigint, at timestamptz, name text, job_title text, door text, what text, outcome text)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.id, l.at,
    case when a.id = viewer_id() then 'You' when a.door = 'family' then 'Somebody else in the family' else a.name end,
    case when a.door = 'family' then '' else a.job_title end, a.door, l.what, l.outcome
  from access_log l join account a on a.id = l.account_id
  where l.child_ids @> array[who_looked.child] and who_looked.child = any (viewer_children())
    and viewer_door() = 'family' and (who_looked.before_id is null or l.id < who_looked.before_id)
  order by l.id desc limit least(who_looked.how_many, 200)
$$;
comment on function who_looked is 'For a family: each look at their child''s record, newest first; before_id is where to go on from, exclusive.';
revoke all on function who_looked(uuid, bigint, integer) from public;
grant execute on function who_looked(uuid, bigint, integer) to clearway_app;

-- 14. Where people work is told by account_setting alone.
create or replace function training_people()
returns table (id uuid, name text, job_title text, door text, role text, place text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name, a.job_title, a.door, a.role, coalesce(l.name, (
    select string_agg(s.name, ', ' order by s.name) from account_setting w join setting s on s.urn = w.setting_urn
    where w.account_id = a.id and w.to_on is null))
  from account a left join locality l on l.id = a.locality_id
  where is_training() and a.door <> 'system' and a.active_to is null
$$;
alter table account drop column setting_urn;
