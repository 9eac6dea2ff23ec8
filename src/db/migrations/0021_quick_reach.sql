-- What the policies ask about the viewer is asked in every query of every page. PostgreSQL plans the body of an SQL function
-- anew each time it is called, and keeps the plan of a PL/pgSQL one for the session: the answers are the same, in a fraction of
-- the time. The children of a viewer are looked for behind their own door alone.

create or replace function viewer_remit() returns text language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select remit from account
    where id = viewer_id() and active_from <= viewer_today() and (active_to is null or active_to > viewer_today()));
end $$;

create or replace function viewer_door() returns text language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select door from account
    where id = viewer_id() and active_from <= viewer_today() and (active_to is null or active_to > viewer_today()));
end $$;

create or replace function viewer_contacts() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(array_agg(id), '{}') from contact where account_id = viewer_id());
end $$;

create or replace function viewer_settings() returns text[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(array_agg(distinct s.setting_urn), '{}') from account_setting s join account a on a.id = s.account_id
    where a.id = viewer_id() and a.door = 'setting'
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())
      and s.from_on <= viewer_today() and (s.to_on is null or s.to_on > viewer_today()));
end $$;

create or replace function viewer_accounts() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(array_agg(distinct id), '{}') from (
    select a.id from account a where a.id = viewer_id()
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())
    union all
    select away.id from delegation d join account away on away.id = d.from_account join account me on me.id = d.to_account
      where me.id = viewer_id() and me.door = away.door and away.door in ('staff', 'professional')
        and me.active_from <= viewer_today() and (me.active_to is null or me.active_to > viewer_today())
        and away.active_from <= viewer_today() and (away.active_to is null or away.active_to > viewer_today())
        and d.from_on <= viewer_today() and d.to_on > viewer_today()
  ) known);
end $$;

create or replace function viewer_team_accounts() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    with recursive answers as (
      select unnest(viewer_accounts()) as id
      union
      select r.account_id from reporting_line r join answers on r.manager_id = answers.id
        where r.kind <> 'project' and r.from_on <= viewer_today() and (r.to_on is null or r.to_on > viewer_today())
    )
    select coalesce(array_agg(id), '{}') from answers);
end $$;

create or replace function viewer_conflicts() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(array_agg(distinct child_id), '{}') from (
    select cc.child_id
      from account me join account other on other.person_id = me.person_id and other.door = 'family'
        join contact k on k.account_id = other.id join child_contact cc on cc.contact_id = k.id
      where me.id = viewer_id() and me.door <> 'family'
    union all
    select t.child_id from account me join account mine on mine.person_id = me.person_id join home_tie t on t.account_id = mine.id
      where me.id = viewer_id() and me.door <> 'family'
        and t.from_on <= viewer_today() and (t.to_on is null or t.to_on > viewer_today())
  ) known_at_home);
end $$;

create or replace function viewer_children() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  me account;
  day date := viewer_today();
  mine uuid[];
  team uuid[];
  work_at text[];
  reached uuid[];
begin
  select * into me from account a where a.id = viewer_id() and a.active_from <= day and (a.active_to is null or a.active_to > day);
  if me.id is null or me.remit = 'none' then return '{}'; end if;
  case me.door
  when 'staff' then
    -- Their locality, or that of somebody they stand in for; the cases given to them and their team; what they were let into.
    mine := viewer_accounts();
    team := viewer_team_accounts();
    select array_agg(distinct child_id) into reached from (
      select c.id as child_id from account a join child c on c.locality_id = a.locality_id
        where a.id = any (mine) and a.door = 'staff' and a.remit = 'locality'
      union all
      select p.child_id from account a join process p on p.assigned_to = a.id
        where a.id = any (team) and a.door = 'staff' and a.remit <> 'none' and p.closed_on is null
      union all
      select g.child_id from case_grant g where g.account_id = me.id and g.from_at <= now() and g.until_at > now()
    ) found;
  when 'family' then
    -- Parental responsibility until the rights are the young person's, and after that by their consent or where they lack
    -- capacity; the young person; an advocate with consent. A bar on somebody closes every link of every account they have.
    select array_agg(distinct cc.child_id) into reached
      from contact k join child_contact cc on cc.contact_id = k.id join child c on c.id = cc.child_id
      where k.account_id = me.id and not cc.restricted and cc.from_on <= day and (cc.to_on is null or cc.to_on > day)
        and (
          (cc.parental_responsibility and (
            not is_over_compulsory_school_age(c.date_of_birth, day)
            or exists (select from sharing_consent s where s.child_id = c.id and s.contact_id = k.id
                and s.from_on <= day and (s.to_on is null or s.to_on > day))
            or exists (select from capacity_note n where n.child_id = c.id and not n.has_capacity
                and n.from_on <= day and (n.to_on is null or n.to_on > day))))
          or (cc.relationship = 'self'
              and (is_over_compulsory_school_age(c.date_of_birth, day) or cc.consent_on <= day))
          or (cc.relationship = 'advocate' and cc.consent_on <= day and cc.to_on is not null))
        and not exists (
          select from child_contact barred join contact b on b.id = barred.contact_id join account one on one.id = b.account_id
          where barred.child_id = cc.child_id and one.person_id = me.person_id and barred.restricted
            and (barred.to_on is null or barred.to_on > day));
  when 'setting' then
    -- On roll on the day; asked for advice or consulted, while the case is open and the asking stands.
    work_at := viewer_settings();
    select array_agg(distinct child_id) into reached from (
      select e.child_id from enrolment e
        where e.setting_urn = any (work_at) and e.from_on <= day and (e.to_on is null or e.to_on > day)
      union all
      select ar.child_id from advice_request ar join process p on p.id = ar.process_id
        where ar.setting_urn = any (work_at) and ar.withdrawn_on is null and p.closed_on is null
      union all
      select e.child_id from case_event e join process p on p.id = e.process_id
        where e.kind = 'setting_consulted' and e.payload->>'setting' = any (work_at) and p.closed_on is null
          and not exists (select from case_event s where s.supersedes = e.id)
    ) found;
  when 'professional' then
    -- Asked for advice, writing or supervising it, or answered to by somebody who was, while the case is open.
    mine := viewer_accounts();
    team := viewer_team_accounts();
    select array_agg(distinct child_id) into reached from (
      select ar.child_id from advice_request ar join process p on p.id = ar.process_id
        where ar.adviser_account = any (team) and ar.withdrawn_on is null and p.closed_on is null
      union all
      select w.child_id from advice_writer w join advice_request ar on ar.id = w.advice_request_id join process p on p.id = ar.process_id
        where w.account_id = any (mine) and ar.withdrawn_on is null and p.closed_on is null
          and w.from_on <= day and (w.to_on is null or w.to_on > day)
    ) found;
  else
    reached := '{}';
  end case;
  return coalesce(reached, '{}');
end $$;
create index if not exists process_open_by_holder on process (assigned_to) where closed_on is null;

-- The professional's and the family's: nothing is looked for at another door.
create or replace function viewer_writes_advice() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  mine uuid[];
  team uuid[];
  at_home uuid[];
begin
  if viewer_door() is distinct from 'professional' then return '{}'; end if;
  mine := viewer_accounts();
  team := viewer_team_accounts();
  at_home := viewer_conflicts();
  return (select coalesce(array_agg(distinct id), '{}') from (
    select ar.id, ar.child_id from advice_request ar join process p on p.id = ar.process_id
      where ar.adviser_account = any (team) and ar.withdrawn_on is null and p.closed_on is null
    union all
    select ar.id, ar.child_id from advice_writer w join advice_request ar on ar.id = w.advice_request_id join process p on p.id = ar.process_id
      where w.account_id = any (mine) and ar.withdrawn_on is null and p.closed_on is null
        and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today())
  ) theirs where child_id <> all (at_home));
end $$;

create or replace function viewer_releases_advice() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  mine uuid[];
  writes uuid[];
begin
  if viewer_door() is distinct from 'professional' then return '{}'; end if;
  mine := viewer_accounts();
  writes := viewer_writes_advice();
  return (select coalesce(array_agg(distinct ar.id), '{}') from advice_request ar
    where ar.id = any (writes) and (
      exists (select from advice_writer w where w.advice_request_id = ar.id and w.part = 'supervisor' and w.account_id = any (mine)
        and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today()))
      or (not exists (select from advice_writer w where w.advice_request_id = ar.id and w.part = 'supervisor'
            and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today()))
          and (ar.adviser_account = any (mine)
            or exists (select from reporting_line r where r.account_id = ar.adviser_account and r.kind = 'professional'
              and r.manager_id = any (mine) and r.from_on <= viewer_today() and (r.to_on is null or r.to_on > viewer_today()))))));
end $$;

create or replace function viewer_own_releases() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  team uuid[];
  writes uuid[];
  at_home uuid[];
begin
  if viewer_door() is distinct from 'professional' then return '{}'; end if;
  team := viewer_team_accounts();
  writes := viewer_writes_advice();
  at_home := viewer_conflicts();
  return (select coalesce(array_agg(distinct r.id), '{}') from advice_release r
    where r.child_id <> all (at_home) and (r.written_by && team or r.advice_request_id = any (writes)));
end $$;

create or replace function viewer_given_releases() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  writes uuid[];
begin
  if viewer_door() is distinct from 'professional' then return '{}'; end if;
  writes := viewer_writes_advice();
  return (select coalesce(array_agg(distinct r.id), '{}') from advice_release r
    where r.head = 'parent' and exists (
      select from advice_request mine where mine.id = any (writes) and mine.process_id = r.process_id));
end $$;

create or replace function viewer_advice_copies() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  door text := viewer_door();
  children uuid[];
  writes uuid[];
  at_home uuid[];
begin
  if door = 'family' then
    children := viewer_children();
    return (select coalesce(array_agg(distinct k.id), '{}') from advice_release r join advice_check k on k.release_id = r.id
      where k.taken_back_on is null and r.child_id = any (children));
  elsif door = 'professional' then
    writes := viewer_writes_advice();
    at_home := viewer_conflicts();
    return (select coalesce(array_agg(distinct k.id), '{}') from advice_release r join advice_check k on k.release_id = r.id
      where k.taken_back_on is null and k.shared_with_advisers and r.child_id <> all (at_home) and exists (
        select from advice_request mine where mine.id = any (writes) and mine.process_id = r.process_id));
  end if;
  return '{}';
end $$;

create or replace function viewer_pupils() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  work_at text[] := viewer_settings();
  at_home uuid[];
begin
  if work_at = '{}' then return '{}'; end if;
  at_home := viewer_conflicts();
  return (select coalesce(array_agg(distinct e.child_id), '{}') from enrolment e
    where e.setting_urn = any (work_at) and e.from_on <= viewer_today() and (e.to_on is null or e.to_on > viewer_today())
      and e.child_id <> all (at_home));
end $$;

-- An administrator keeps the site and reaches no child, whatever remit was written for them. They see who works where.
create function administrators_reach_nobody() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.role = 'administrator' then new.remit := 'none'; end if;
  return new;
end $$;
update account set remit = 'none' where role = 'administrator' and remit <> 'none';
create trigger administrators_reach_nobody before insert or update of role, remit on account
  for each row execute function administrators_reach_nobody();
alter table account add constraint administrators_reach_nobody check (role <> 'administrator' or remit = 'none');
create policy seen_by_administrators on account for select to clearway_app
  using (door in ('staff', 'setting', 'professional', 'board') and (select viewer_administers()));
