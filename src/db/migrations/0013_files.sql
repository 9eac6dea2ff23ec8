-- Files people send: what each is, what the checks found, and who may see it. The content is outside the database,
-- under its own hash.

create table stored_file (
  id uuid primary key default gen_random_uuid(),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes >= 0),
  name text not null check (name <> '' and char_length(name) <= 255),
  type text check (type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  state text not null check (state in ('quarantined', 'clean', 'not-scanned', 'infected', 'refused', 'removed')),
  state_why text,
  checked_at timestamptz,
  uploaded_by uuid not null references account,
  uploaded_on date not null,
  uploaded_at timestamptz not null default now(),
  on_behalf_of text,
  child_id uuid references child,
  process_id uuid references process,
  about text not null check (about ~ '^[a-z][a-z-]{1,39}$'),
  about_id uuid,
  retention text not null default 'case-file' check (retention in ('case-file', 'until-recorded', 'short')),
  released_on date,
  released_by uuid references account,
  released_to text[] not null default '{}' check (released_to <@ array['family', 'setting', 'professional']),
  check ((state in ('quarantined', 'clean', 'not-scanned')) <= (sha256 is not null and type is not null)),
  check (process_id is null or child_id is not null),
  check ((released_on is null) = (released_by is null)),
  check ((released_on is null) = (released_to = '{}'))
);
comment on table stored_file is 'A file somebody sent. The content is kept under sha256, once however many rows name it. Nobody but staff and its sender sees it before it is checked and released.';
comment on column stored_file.name is 'As the sender named it. Never used as a path.';
comment on column stored_file.state is 'quarantined: the scanner could not be asked yet. not-scanned: no scanner is set up. refused and infected keep no content. removed: taken back by its sender.';
comment on column stored_file.about_id is 'The row it goes with, where about names a kind of row: a request in draft, a comment.';
create index stored_file_by_child on stored_file (child_id, uploaded_at) where child_id is not null;
create index stored_file_by_sender on stored_file (uploaded_by, uploaded_at);
create index stored_file_by_content on stored_file (sha256) where sha256 is not null;
create index stored_file_waiting on stored_file (uploaded_at) where state = 'quarantined';
-- The same bytes under the same name for the same purpose are one file, however often they are sent.
create unique index stored_file_sent_once on stored_file (
  uploaded_by, about, sha256, name, coalesce(child_id, uploaded_by), coalesce(process_id, uploaded_by), coalesce(about_id, uploaded_by))
  where state in ('quarantined', 'clean', 'not-scanned');

-- The process must be the child's own: a row that mixed two children would show one's file to the other's people.
create function file_is_about_one_child() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.process_id is not null and not exists (select from process p where p.id = new.process_id and p.child_id = new.child_id) then
    raise exception 'the process is another child''s' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and old.child_id is not null and new.child_id is distinct from old.child_id then
    raise exception 'a file is not moved to another child' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger one_child before insert or update on stored_file for each row execute function file_is_about_one_child();

alter table stored_file enable row level security;
alter table stored_file force row level security;
create policy owner_only on stored_file to current_user using (true);
grant select, insert on stored_file to clearway_app;
-- What the checks found is never changed by a person's request, except to take one's own file back.
grant update (state, child_id, process_id, about_id, retention, released_on, released_by, released_to) on stored_file to clearway_app;

-- Seen by whoever sent it, while they still reach the child; by staff who reach the child; by others who reach the child
-- only when it passed the checks and was released to their door.
create policy seen on stored_file for select to clearway_app using (
  (select viewer_is_keeper()) or (select viewer_door()) is not null and (
    (uploaded_by = (select viewer_id()) and child_id is null)
    or (child_id is not null
        and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]))
        and (uploaded_by = (select viewer_id())
             or (select viewer_door()) = 'staff'
             or (state in ('clean', 'not-scanned') and released_on <= (select viewer_today())
                 and (select viewer_door()) = any (released_to))))));
create policy sent_in_own_name on stored_file for insert to clearway_app with check (
  (select viewer_door()) in ('family', 'setting', 'professional', 'staff')
  and uploaded_by = (select viewer_id()) and released_on is null and state <> 'removed'
  and (on_behalf_of is null or (select viewer_door()) = 'staff')
  and (child_id is null or (select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])));
-- Nobody sees at work the child they know at home.
create policy no_conflict on stored_file as restrictive to clearway_app
  using (child_id is null or child_id <> all ((select viewer_conflicts())::uuid[]));
-- Staff who reach the child release files; settings and professionals their own. A sender takes back what was not yet released,
-- and ties a file sent before there was a record to the record.
create policy own_or_staff on stored_file for update to clearway_app
  using (uploaded_by = (select viewer_id()) or (select viewer_keeps_records()))
  with check (
    (uploaded_by = (select viewer_id()) or (select viewer_keeps_records()))
    and (child_id is null or (select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])));
create function file_changes_allowed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  door text := viewer_door();
begin
  if current_setting('clearway.viewer', true) is null or current_setting('clearway.viewer', true) = '' then
    return new; -- the owner's own work: a scan asked for again, a rebuild
  end if;
  if new.state <> old.state and (new.state <> 'removed' or old.uploaded_by <> viewer_id() or old.released_on is not null) then
    raise exception 'only its sender takes a file back, and only before it is released' using errcode = 'insufficient_privilege';
  end if;
  if new.released_on is distinct from old.released_on and new.released_on is not null then
    if door is distinct from 'staff' and not (door in ('setting', 'professional') and old.uploaded_by = viewer_id()) then
      raise exception 'a file is released by staff, or by the service that wrote it' using errcode = 'insufficient_privilege';
    end if;
    if new.state not in ('clean', 'not-scanned') then
      raise exception 'a file that did not pass the checks is not released' using errcode = 'check_violation';
    end if;
    if new.released_by <> viewer_id() then
      raise exception 'a file is released in one''s own name' using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $$;
create trigger changes_allowed before update on stored_file for each row execute function file_changes_allowed();
revoke all on function file_is_about_one_child(), file_changes_allowed() from public;
