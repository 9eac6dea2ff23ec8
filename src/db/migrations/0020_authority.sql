-- Setting up a live authority: its administrators name localities and teams, enter the contact points that letters must carry,
-- and keep the accounts of those who work in it. None of it lets an administrator see a child.

create function viewer_administers() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account where id = viewer_id() and door = 'staff' and role = 'administrator'
    and active_from <= viewer_today() and (active_to is null or active_to > viewer_today()))
$$;

-- 1. Localities and teams end on a day and are never deleted: cases and people refer to them.
alter table locality add column ended_on date;
alter table team add column ended_on date;
comment on column locality.ended_on is 'Exclusive: from this day nothing new is given to it. What it holds stays with it until moved.';
comment on column team.ended_on is 'Exclusive: from this day nobody new is put in it.';

-- 2. What administrators changed, when and on whom. Read through a function, by administrators.
create table authority_change (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  on_day date not null,
  changed_by uuid not null references account,
  what text not null check (what in ('locality added', 'locality changed', 'team added', 'team changed', 'account added', 'account ended')),
  about text not null,
  account_id uuid references account,
  details jsonb not null
);
comment on table authority_change is 'Each change an administrator made to localities, teams and accounts. Append-only.';
create trigger append_only before update or delete or truncate on authority_change for each statement execute function refuse_change();

do $$
declare t text;
begin
  foreach t in array array['authority_change', 'locality', 'team'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
  foreach t in array array['locality', 'team'] loop
    execute format('create policy all_may_read on %I for select to clearway_app using (true)', t);
    execute format('create policy added_by_administrators on %I for insert to clearway_app with check ((select viewer_administers()))', t);
    execute format('create policy changed_by_administrators on %I for update to clearway_app using ((select viewer_administers()))', t);
  end loop;
end $$;
grant insert (id, name), update (name, ended_on) on locality to clearway_app;
grant insert (id, name, kind, locality_id), update (name, ended_on) on team to clearway_app;

create function log_place_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- The owner's own loading and repairs are not an administrator's.
  if viewer_id() is null then return null; end if;
  insert into authority_change (on_day, changed_by, what, about, details)
    values (viewer_today(), viewer_id(), tg_table_name || case tg_op when 'INSERT' then ' added' else ' changed' end, new.id, to_jsonb(new));
  return null;
end $$;
create trigger log_place_change after insert or update on locality for each row execute function log_place_change();
create trigger log_place_change after insert or update on team for each row execute function log_place_change();

-- 3. Contact points, whatever the administrator's remit over children.
create policy contact_points on authority_setting for insert to clearway_app with check (
  (select viewer_administers()) and set_by = (select viewer_id())
  and key in ('send-office-address', 'mediation-adviser', 'information-advice-service', 'health-commissioning-body', 'social-care-notices'));

-- 4. Accounts of staff, professionals and settings. Families', the board's and the system's are neither shown nor touched.
create type account_as_kept as (id uuid, name text, email text, door text, role text, job_title text, remit text, locality text,
  team text, settings text, active_from date, active_to date, has_signed_in boolean);
create function accounts_kept(with_words text, at_door text, how_many integer, only_id uuid default null) returns setof account_as_kept
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name, a.email, a.door, a.role, a.job_title, a.remit, l.name, t.name,
    (select string_agg(s.name, ', ' order by s.name) from account_setting w join setting s on s.urn = w.setting_urn
      where w.account_id = a.id and (w.to_on is null or w.to_on > viewer_today())),
    a.active_from, a.active_to,
    exists (select from session s where s.account_id = a.id) or exists (select from account_identity i where i.account_id = a.id)
  from account a left join locality l on l.id = a.locality_id left join team t on t.id = a.team_id
  where (select viewer_administers()) and a.door in ('staff', 'professional', 'setting')
    and (only_id is null or a.id = only_id)
    and (at_door is null or a.door = at_door)
    and (with_words is null or position(lower(with_words) in lower(a.name || ' ' || a.email)) > 0)
  order by lower(a.name), a.id limit least(how_many, 500)
$$;
create function kept_account(which uuid) returns setof account_as_kept language sql stable security definer set search_path = public, pg_temp as $$
  select * from accounts_kept(null, null, 1, which)
$$;

-- An account for somebody before they first sign in. It never reaches further than its role does, and is never the
-- administrator's own under another name: an address of theirs is refused.
create function add_account(person_name text, person_email text, at_door text, as_role text, title text, with_remit text,
  in_locality text, in_team text, at_setting text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare made uuid;
begin
  if not viewer_administers() then
    raise exception 'only an administrator adds accounts' using errcode = 'insufficient_privilege';
  end if;
  if not (case at_door
      when 'staff' then as_role in ('plan-coordinator', 'locality-head', 'send-manager', 'qa-lead', 'data-officer', 'administrator')
      when 'professional' then as_role in ('educational-psychologist', 'social-worker', 'health-professional', 'head-of-service', 'health-lead')
      when 'setting' then as_role in ('senco', 'setting-head', 'setting-staff')
      else false end) then
    raise exception 'an administrator makes no such account' using errcode = 'insufficient_privilege';
  end if;
  if not (case when at_door <> 'staff' then with_remit = 'relationships'
      when as_role = 'administrator' then with_remit = 'none'
      else with_remit in ('authority', 'locality') end) then
    raise exception 'the role has no such remit' using errcode = 'insufficient_privilege';
  end if;
  if exists (select from account mine join account me on me.person_id = mine.person_id
      where me.id = viewer_id() and lower(mine.email) = lower(person_email)) then
    return 'own-address';
  end if;
  if with_remit = 'locality' and in_locality is null then return 'no-locality'; end if;
  if in_locality is not null and not exists (select from locality l where l.id = in_locality and (l.ended_on is null or l.ended_on > viewer_today())) then
    return 'no-locality';
  end if;
  if in_team is not null and not exists (select from team t where t.id = in_team and (t.ended_on is null or t.ended_on > viewer_today())) then
    return 'no-team';
  end if;
  if (at_door = 'setting') <> (at_setting is not null) or (at_setting is not null and not exists (select from setting s where s.urn = at_setting)) then
    return 'no-setting';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('account:' || lower(person_email), 15));
  if exists (select from account a where lower(a.email) = lower(person_email) and a.door = at_door) then return 'taken'; end if;
  insert into account (name, email, door, role, job_title, remit, locality_id, team_id, active_from)
    values (person_name, lower(person_email), at_door, as_role, title, with_remit, in_locality, in_team, viewer_today())
    returning id into made;
  if at_setting is not null then
    insert into account_setting (account_id, setting_urn, manages_people, from_on, confirmed_on, confirmed_by)
      values (made, at_setting, as_role <> 'setting-staff', viewer_today(), viewer_today(), viewer_id());
  end if;
  insert into authority_change (on_day, changed_by, what, about, account_id, details)
    values (viewer_today(), viewer_id(), 'account added', as_role, made,
      jsonb_build_object('door', at_door, 'remit', with_remit, 'locality', in_locality, 'team', in_team, 'setting', at_setting));
  return 'made';
end $$;

-- The last day is the day before. When that day has come, the sessions end at once; else with the day.
create function end_account(which uuid, from_day date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare held account;
begin
  if not viewer_administers() then
    raise exception 'only an administrator ends accounts' using errcode = 'insufficient_privilege';
  end if;
  select * into held from account a where a.id = which and a.door in ('staff', 'professional', 'setting') for update;
  if not found then return 'gone'; end if;
  if held.id = viewer_id() then return 'own'; end if;
  if from_day < viewer_today() then return 'past'; end if;
  if held.active_to is not null and held.active_to <= from_day then return 'ended'; end if;
  update account a set active_to = from_day where a.id = which;
  if from_day = viewer_today() then
    update session s set ended_at = now(), sign_out_hint = null, notice = null where s.account_id = which and s.ended_at is null;
  end if;
  insert into authority_change (on_day, changed_by, what, about, account_id, details)
    values (viewer_today(), viewer_id(), 'account ended', held.role, which, jsonb_build_object('from', from_day, 'before', held.active_to));
  return 'done';
end $$;

create function changes_by_administrators(how_many integer)
returns table (at timestamptz, by_whom text, what text, about text, whom text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.at, b.name, c.what, coalesce(c.details ->> 'name', c.about), a.name
  from authority_change c join account b on b.id = c.changed_by left join account a on a.id = c.account_id
  where (select viewer_administers()) order by c.id desc limit least(how_many, 200)
$$;

revoke all on function viewer_administers(), accounts_kept(text, text, integer, uuid), kept_account(uuid), add_account(text, text, text, text, text, text, text, text, text),
  end_account(uuid, date), changes_by_administrators(integer), log_place_change() from public;
grant execute on function viewer_administers(), accounts_kept(text, text, integer, uuid), kept_account(uuid), add_account(text, text, text, text, text, text, text, text, text),
  end_account(uuid, date), changes_by_administrators(integer) to clearway_app;
