-- Who may see what, as staff keep it: absences and stand-ins, two managers who say different things, reach that is let in and
-- looked into, and the child somebody knows at home.

-- 1. Away, and who stands in. A stand-in is somebody at work at the same door; a line that has begun is ended, never rewritten.
create table absence (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account,
  from_on date not null,
  to_on date not null,
  recorded_by uuid not null references account,
  check (to_on > from_on)
);
comment on table absence is 'Somebody away from work until a day (exclusive), with or without a stand-in. Never why: that is theirs.';
create index absence_by_account on absence (account_id);

create function may_stand_in(away uuid, stand_in uuid, on_day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select away <> stand_in and exists (
    select from account a join account b on b.door = a.door
    where a.id = may_stand_in.away and b.id = may_stand_in.stand_in and a.door in ('staff', 'professional')
      and b.active_from <= on_day and (b.active_to is null or b.active_to > on_day))
$$;
revoke all on function may_stand_in(uuid, uuid, date) from public;
grant execute on function may_stand_in(uuid, uuid, date) to clearway_app;
create policy at_work_and_at_the_same_door on delegation as restrictive for insert to clearway_app
  with check (may_stand_in(from_account, to_account, from_on) and may_stand_in(from_account, to_account, to_on - 1));
revoke update on delegation, reporting_line, capacity_note from clearway_app;
grant update (to_on) on delegation, reporting_line, capacity_note to clearway_app;
grant delete on delegation to clearway_app;
create policy not_begun on delegation for delete to clearway_app
  using (from_on > viewer_today() and (from_account = (select viewer_id()) or (select viewer_may_set())));

-- 2. Where the operational and a professional line say different things: both named, and the head of locality decides.
create table line_conflict (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account,
  about text not null check (length(trim(about)) > 0),
  operational_manager uuid not null references account,
  operational_says text not null check (length(trim(operational_says)) > 0),
  professional_manager uuid not null references account,
  professional_says text not null check (length(trim(professional_says)) > 0),
  raised_by uuid not null references account,
  raised_on date not null,
  for_whom uuid not null references account,
  decided text check (decided in ('operational', 'professional', 'neither')),
  decision text,
  decided_by uuid references account,
  decided_on date,
  check (operational_manager <> professional_manager),
  check ((decided is null) = (decision is null) and (decided is null) = (decided_by is null) and (decided is null) = (decided_on is null)),
  check (decided_on >= raised_on)
);
comment on table line_conflict is 'One person told different things by their operational and a professional manager. for_whom: the head of locality (or the service manager) who decides. About work, never naming a child.';
create index line_conflict_by_account on line_conflict (account_id);
create index line_conflict_open on line_conflict (for_whom) where decided is null;

-- 3. The child somebody knows at home. It only ever takes reach away, so that saying it needs no proof.
create table home_tie (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account,
  child_id uuid not null references child,
  why text not null check (length(trim(why)) > 0),
  from_on date not null,
  to_on date,
  recorded_by uuid not null references account,
  check (to_on is null or to_on > from_on)
);
comment on table home_tie is 'A child somebody knows at home and must not see at work: their own, a relative''s, a neighbour''s. Said by themselves or written down by the data officer.';
create index home_tie_by_account on home_tie (account_id);
create index home_tie_by_child on home_tie (child_id);

create or replace function viewer_conflicts() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct child_id), '{}') from (
    select cc.child_id
      from account me join account other on other.person_id = me.person_id and other.door = 'family'
        join contact k on k.account_id = other.id join child_contact cc on cc.contact_id = k.id
      where me.id = viewer_id() and me.door <> 'family'
    union all
    select t.child_id from account me join account mine on mine.person_id = me.person_id join home_tie t on t.account_id = mine.id
      where me.id = viewer_id() and me.door <> 'family'
        and t.from_on <= viewer_today() and (t.to_on is null or t.to_on > viewer_today())
  ) known_at_home
$$;

-- Says it by the child's reference, which is all somebody locked out would know. The answer is the same whether or not there is
-- such a child. The data officer says it of another.
create function say_known_at_home(child_reference text, of_account uuid, because text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me account;
  found_child uuid;
begin
  select * into me from account a where a.id = viewer_id() and a.door = 'staff'
    and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today());
  if not found or (of_account <> me.id and me.role <> 'data-officer') then
    raise exception 'said by themselves, or by the data officer' using errcode = 'insufficient_privilege';
  end if;
  select c.id into found_child from child c where c.reference = child_reference;
  if not found or exists (select from home_tie t where t.account_id = of_account and t.child_id = found_child and t.to_on is null) then
    return;
  end if;
  insert into home_tie (account_id, child_id, why, from_on, recorded_by)
    values (of_account, found_child, because, viewer_today(), me.id);
  insert into access_log (account_id, child_ids, what, relationship, outcome)
    values (me.id, array[found_child], 'said that somebody knows the child at home', me.role, 'changed');
end $$;

-- 4. Reach given for a while. Seen by those who answer for others' work, and by nobody of a child they know at home.
create function viewer_oversees() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account a where a.id = viewer_id() and a.door = 'staff' and a.remit = 'authority'
    and a.role in ('locality-head', 'send-manager', 'data-officer', 'qa-lead')
    and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today()))
$$;
alter policy seen on case_grant using (
  (select viewer_is_keeper()) or account_id = (select viewer_id()) or (select viewer_oversees())
  or (kind = 'break-glass' and account_id = any ((select viewer_team_accounts())::uuid[])));
alter policy told on case_grant
  using (seen_by is null and account_id <> (select viewer_id())
    and ((select viewer_oversees()) or account_id = any ((select viewer_team_accounts())::uuid[])))
  with check (seen_by = (select viewer_id()) and kind = 'break-glass');
create policy no_conflict on case_grant as restrictive to clearway_app
  using (account_id = (select viewer_id()) or child_id <> all ((select viewer_conflicts())::uuid[]));
create policy audits_end on case_grant as restrictive for insert to clearway_app with check (
  until_at <= now() + interval '186 days' and child_id <> all ((select viewer_conflicts())::uuid[])
  and exists (select from account a where a.id = case_grant.account_id and a.door = 'staff' and a.remit <> 'none'));

-- Who was let in to a child, without their reasons, for staff who reach the child.
create function who_was_let_in(child uuid) returns table (account_id uuid, kind text, from_at timestamptz, until_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.account_id, g.kind, g.from_at, g.until_at from case_grant g
  where g.child_id = who_was_let_in.child and viewer_door() = 'staff' and g.child_id <> all (viewer_conflicts())
    and (viewer_sees_authority() or g.child_id = any (viewer_children()))
  order by g.from_at desc
$$;

-- An audit that is over early. The reach ends now; that it was given stays.
create function end_audit(audit uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from account a where a.id = viewer_id() and a.role = 'qa-lead' and a.door = 'staff'
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())) then
    raise exception 'the quality lead ends an audit' using errcode = 'insufficient_privilege';
  end if;
  update case_grant g set until_at = greatest(now(), g.from_at + interval '1 millisecond')
    where g.id = end_audit.audit and g.kind = 'audit' and g.until_at > now() and g.child_id <> all (viewer_conflicts());
  return found;
end $$;

-- 5. Advocates: consent lasts a year at most, and is then given again.
alter table child_contact add constraint advocate_consent_ends check (
  relationship <> 'advocate' or to_on is null or consent_on is null or to_on <= (consent_on + interval '1 year')::date);

-- Whoever writes down a note or a consent signs it.
create policy in_own_name on capacity_note as restrictive for insert to clearway_app with check (recorded_by = (select viewer_id()));
create policy in_own_name on sharing_consent as restrictive for insert to clearway_app with check (recorded_by = (select viewer_id()));

-- An account at the family's door, and no other, for somebody on a child's record: the young person, their advocate, or a
-- parent. It is found by the email on the record. One email is one person: the account of somebody else is never handed over.
create function open_family_account(for_contact uuid, about_child uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  k contact;
  tie child_contact;
  as_role text;
  held account;
  found_id uuid;
  same_person uuid;
begin
  if not exists (select from account a where a.id = viewer_id() and a.door = 'staff' and a.remit <> 'none'
      and a.role in ('plan-coordinator', 'locality-head', 'send-manager')
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())) then
    raise exception 'only staff who work on cases' using errcode = 'insufficient_privilege';
  end if;
  if about_child = any (viewer_conflicts()) or not (viewer_sees_authority() or coalesce(about_child = any (viewer_children()), false)) then
    return 'not-yours';
  end if;
  select * into tie from child_contact cc where cc.child_id = about_child and cc.contact_id = for_contact
    and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today()) order by cc.from_on desc limit 1;
  if not found then return 'not-yours'; end if;
  if tie.restricted or exists (
    select from child_contact barred join contact b on b.id = barred.contact_id join contact mine on mine.id = for_contact
    where barred.child_id = about_child and barred.restricted and lower(b.email) = lower(mine.email)) then return 'barred'; end if;
  as_role := case when tie.relationship = 'self' then 'young-person' when tie.relationship = 'advocate' then 'advocate'
    when tie.parental_responsibility then 'parent' end;
  if as_role is null then return 'no-right'; end if;
  select * into k from contact c where c.id = for_contact for update;
  if k.account_id is not null then return 'has-one'; end if;
  if k.email is null or k.email !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' then return 'no-email'; end if;
  perform pg_advisory_xact_lock(hashtextextended('account:' || lower(k.email), 15));
  select * into held from account a where a.door = 'family' and lower(a.email) = lower(k.email) and not a.shared_mailbox;
  if found then
    if held.active_to is not null and held.active_to <= viewer_today() then return 'ended'; end if;
    if lower(trim(held.name)) <> lower(trim(k.name)) or (held.role = 'young-person') <> (as_role = 'young-person') then
      return 'somebody-else';
    end if;
    found_id := held.id;
  else
    select a.person_id into same_person from account a where lower(a.email) = lower(k.email) and a.door <> 'family' and not a.shared_mailbox
      group by a.person_id having (select count(distinct b.person_id) from account b
        where lower(b.email) = lower(k.email) and b.door <> 'family' and not b.shared_mailbox) = 1;
    insert into account (name, email, door, role, remit, job_title, active_from, person_id)
      values (k.name, lower(k.email), 'family', as_role, 'relationships',
        case as_role when 'young-person' then 'Young person' when 'advocate' then 'Advocate' else 'Parent or carer' end,
        viewer_today(), coalesce(same_person, gen_random_uuid()))
      returning id into found_id;
  end if;
  update contact c set account_id = found_id where c.id = for_contact;
  return 'made';
end $$;

-- 6. People with more than one capacity, for the data officer alone.
create function people_of_several_capacities()
returns table (person_id uuid, account_id uuid, name text, job_title text, door text, role text, place text, locked integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.person_id, a.id, a.name, a.job_title, a.door, a.role, place_of(a.id),
    (select count(distinct cc.child_id)::int from account home join contact k on k.account_id = home.id join child_contact cc on cc.contact_id = k.id
      where home.person_id = a.person_id and home.door = 'family' and a.door <> 'family')
  from account a
  where exists (select from account me where me.id = viewer_id() and me.role = 'data-officer' and me.door = 'staff'
      and me.active_from <= viewer_today() and (me.active_to is null or me.active_to > viewer_today()))
    and (a.active_to is null or a.active_to > viewer_today())
    and (select count(*) from account other where other.person_id = a.person_id
      and (other.active_to is null or other.active_to > viewer_today())) > 1
  order by a.name, a.person_id, a.door
$$;

revoke all on function say_known_at_home(text, uuid, text), viewer_oversees(), who_was_let_in(uuid), end_audit(uuid),
  open_family_account(uuid, uuid), people_of_several_capacities() from public;
grant execute on function say_known_at_home(text, uuid, text), viewer_oversees(), who_was_let_in(uuid), end_audit(uuid),
  open_family_account(uuid, uuid), people_of_several_capacities() to clearway_app;

-- 7. The new tables' own walls.
do $$
declare t text;
begin
  foreach t in array array['absence', 'line_conflict', 'home_tie'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
end $$;
grant select, insert on absence, line_conflict to clearway_app;
grant update (to_on) on absence to clearway_app;
grant delete on absence to clearway_app;
grant update (decided, decision, decided_by, decided_on) on line_conflict to clearway_app;
grant select on home_tie to clearway_app;
grant update (to_on) on home_tie to clearway_app;

create policy seen on absence for select to clearway_app using (
  (select viewer_keeps_records()) or account_id = any ((select viewer_team_accounts())::uuid[]));
create policy own on absence for insert to clearway_app with check (
  recorded_by = (select viewer_id())
  and (account_id = (select viewer_id()) or (select viewer_may_set()) or account_id = any ((select viewer_team_accounts())::uuid[])));
create policy own_change on absence for update to clearway_app using (
  account_id = (select viewer_id()) or (select viewer_may_set()) or account_id = any ((select viewer_team_accounts())::uuid[]));
create policy not_begun on absence for delete to clearway_app using (
  from_on > viewer_today() and (account_id = (select viewer_id()) or (select viewer_may_set())));

-- Whoever the conflict is about, the two managers, whoever decides, and those who answer for the service.
create policy seen on line_conflict for select to clearway_app using (
  account_id = any ((select viewer_accounts())::uuid[]) or operational_manager = any ((select viewer_accounts())::uuid[])
  or professional_manager = any ((select viewer_accounts())::uuid[]) or for_whom = any ((select viewer_accounts())::uuid[])
  or (select viewer_may_set()));
create policy raised_in_own_name on line_conflict for insert to clearway_app with check (
  raised_by = (select viewer_id()) and (select viewer_id()) = any ((select viewer_accounts())::uuid[]) and decided is null
  and (select viewer_id()) in (account_id, operational_manager, professional_manager)
  and exists (select from account a where a.id = for_whom and a.door = 'staff' and a.role in ('locality-head', 'send-manager')));
create policy decided_by_the_head on line_conflict for update to clearway_app
  using (decided is null and for_whom = any ((select viewer_accounts())::uuid[]))
  with check (decided_by = (select viewer_id()));

create policy seen on home_tie for select to clearway_app using (
  (select viewer_is_keeper()) or account_id = (select viewer_id()) or ((select viewer_id()) = any ((select viewer_accounts())::uuid[])
    and exists (select from account a where a.id = (select viewer_id()) and a.role = 'data-officer')));
create policy lifted on home_tie for update to clearway_app using (
  account_id <> (select viewer_id()) and (select viewer_id()) = any ((select viewer_accounts())::uuid[])
  and exists (select from account a where a.id = (select viewer_id()) and a.role = 'data-officer'));
