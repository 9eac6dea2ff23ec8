-- Proof that provision happens: what was recorded of each line, what a family says of it, and what the authority answers.

-- 1. What was recorded, by whom. Rows are added and never changed: a correction is the next version of the same record.
create table provision_record (
  id uuid primary key default gen_random_uuid(),
  line_id uuid not null,
  child_id uuid not null,
  about text not null check (about in ('session', 'confirmation', 'pause')),
  kind text not null,
  on_day date not null,
  to_day date,
  nth integer not null default 1 check (nth between 1 and 20),
  version integer not null default 0 check (version >= 0),
  minutes integer check (minutes between 1 and 10080),
  group_size integer check (group_size between 1 and 60),
  reason text check (reason in ('child-ill', 'child-away', 'child-refused', 'therapist-ill', 'therapist-away', 'no-therapist', 'setting-cancelled', 'setting-closed', 'other')),
  words text not null default '' check (length(words) <= 2000),
  given_by text not null default '' check (length(given_by) <= 200),
  file_id uuid references stored_file,
  recorded_by uuid not null references account,
  recorded_on date not null,
  recorded_at timestamptz not null default now(),
  event_id uuid references case_event,
  foreign key (line_id, child_id) references provision_line (line_id, child_id),
  unique (line_id, about, on_day, nth, version),
  check ((about = 'session' and kind in ('given', 'absent', 'missed', 'withdrawn'))
    or (about = 'confirmation' and kind in ('in-place', 'not-in-place', 'withdrawn'))
    or (about = 'pause' and kind in ('agreement', 'alternative', 'withdrawn'))),
  check (to_day is null or to_day >= on_day),
  check (about <> 'session' or to_day is null),
  check (kind not in ('absent', 'missed') or reason is not null),
  check (about <> 'session' or on_day <= recorded_on)
);
comment on table provision_record is 'What was recorded of a line of provision: a session given, offered to a child who was absent, or missed; a setting''s word that it is in place for a span of days; a pause. The newest version of (line, about, day, nth) stands. to_day is inclusive; a pause without one goes on.';
create index provision_record_by_child on provision_record (child_id);

-- 2. A family says it is not happening, and is answered.
create table provision_report (
  id uuid primary key,
  line_id uuid not null,
  child_id uuid not null,
  process_id uuid not null references process,
  since_on date not null,
  words text not null check (length(trim(words)) >= 3 and length(words) <= 4000),
  again_of uuid references provision_report,
  on_behalf_of text,
  reported_by uuid not null references account,
  reported_on date not null,
  event_id uuid not null references case_event,
  foreign key (line_id, child_id) references provision_line (line_id, child_id),
  unique (id, child_id),
  check (since_on <= reported_on)
);
comment on table provision_report is 'A family''s own words that a line of provision is not happening, and since when. again_of: they were answered, and it still is not.';
create index provision_report_by_child on provision_report (child_id);
create index provision_report_by_line on provision_report (line_id);

create table provision_answer (
  report_id uuid primary key,
  child_id uuid not null,
  kind text not null check (kind in ('put-right', 'is-happening', 'made-up', 'lawfully-changed')),
  right_from date,
  words text not null check (length(trim(words)) >= 3 and length(words) <= 4000),
  answered_by uuid not null references account,
  answered_on date not null,
  event_id uuid not null references case_event,
  foreign key (report_id, child_id) references provision_report (id, child_id),
  check (kind <> 'put-right' or right_from is not null)
);
comment on table provision_answer is 'The authority''s answer to such a report. right_from: the day from which the provision happens again.';
create index provision_answer_by_child on provision_answer (child_id);

-- 3. How a line stands follows from what is recorded, whoever records it. A family's report is not overruled by anybody's
--    confirmation: it stands until the authority answers it.
create function line_follows_record() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  now_state text := (select state from provision_line where line_id = new.line_id for update);
  waiting boolean := exists (select from provision_report r where r.line_id = new.line_id
    and not exists (select from provision_answer a where a.report_id = r.id));
  becomes text;
begin
  if now_state = 'ended' then return new; end if;
  if new.about = 'pause' then
    becomes := case when new.kind = 'withdrawn' or new.to_day < new.recorded_on then
        case when now_state = 'paused' then 'to-arrange' end
      when new.on_day <= new.recorded_on then 'paused' end;
  elsif new.about = 'session' then
    -- Somebody gave it: it is arranged. It takes more than a session to end a family's report or a pause.
    becomes := case when new.kind = 'given' and now_state = 'to-arrange' then 'in-place' end;
  elsif new.about = 'confirmation' and not waiting and now_state <> 'paused' then
    becomes := case new.kind when 'in-place' then 'in-place' when 'not-in-place' then
      case when now_state = 'to-arrange' then 'to-arrange' else 'not-happening' end end;
  end if;
  if becomes is not null and becomes <> now_state then
    update provision_line set state = becomes, state_since = new.on_day where line_id = new.line_id;
  end if;
  return new;
end $$;
create trigger line_follows_record after insert on provision_record for each row execute function line_follows_record();
create function line_follows_report() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update provision_line set state = 'not-happening', state_since = new.since_on
    where line_id = new.line_id and state not in ('ended', 'paused', 'not-happening');
  return new;
end $$;
create trigger line_follows_report after insert on provision_report for each row execute function line_follows_report();
create function line_follows_answer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  line uuid := (select line_id from provision_report where id = new.report_id);
begin
  if new.kind in ('put-right', 'is-happening')
    and not exists (select from provision_report r where r.line_id = line and r.id <> new.report_id
      and not exists (select from provision_answer a where a.report_id = r.id)) then
    update provision_line set state = 'in-place', state_since = coalesce(new.right_from, new.answered_on)
      where line_id = line and state = 'not-happening' and coalesce(new.right_from, new.answered_on) <= new.answered_on;
  end if;
  return new;
end $$;
create trigger line_follows_answer after insert on provision_answer for each row execute function line_follows_answer();

-- A record is of a day on which the line was promised, or of making up for one: never before the promise began.
create function record_is_of_the_line() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.on_day < (select min(from_on) from provision_term t where t.line_id = new.line_id) then
    raise exception 'nothing was promised on that day' using errcode = 'check_violation', constraint = 'record_is_of_the_line';
  end if;
  if new.version > 0 and not exists (select from provision_record r where r.line_id = new.line_id and r.about = new.about
      and r.on_day = new.on_day and r.nth = new.nth and r.version = new.version - 1) then
    raise exception 'a correction follows the version before it' using errcode = 'check_violation', constraint = 'record_is_of_the_line';
  end if;
  return new;
end $$;
create trigger record_is_of_the_line before insert on provision_record for each row execute function record_is_of_the_line();
-- A report is about its own child's line, in that child's own case.
create function report_is_of_the_child() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not process_is_of(new.process_id, new.child_id)
    or (new.again_of is not null and not exists (select from provision_report r where r.id = new.again_of and r.line_id = new.line_id)) then
    raise exception 'a report is of one child' using errcode = 'check_violation', constraint = 'report_is_of_the_child';
  end if;
  return new;
end $$;
create trigger report_is_of_the_child before insert on provision_report for each row execute function report_is_of_the_child();

-- 4. The wall.
do $$
declare t text;
begin
  foreach t in array array['provision_record', 'provision_report', 'provision_answer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
    execute format('create policy no_conflict on %I as restrictive to clearway_app using (child_id <> all ((select viewer_conflicts())::uuid[]))', t);
    execute format('create policy staff on %I for select to clearway_app using ((select viewer_door()) = ''staff''
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
    execute format('create policy staff_add on %I for insert to clearway_app with check ((select viewer_keeps_records())
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
    execute format('create policy keeper on %I for select to clearway_app using ((select viewer_is_keeper()))', t);
    execute format('create policy family on %I for select to clearway_app using ((select viewer_door()) = ''family'' and child_id = any ((select viewer_children())::uuid[]))', t);
    execute format('grant select, insert on %I to clearway_app', t);
    execute format('create trigger append_only before update or delete or truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;
create policy in_own_name on provision_record as restrictive for insert to clearway_app with check (recorded_by = (select viewer_id()));
create policy in_own_name on provision_report as restrictive for insert to clearway_app with check (reported_by = (select viewer_id()));
create policy in_own_name on provision_answer as restrictive for insert to clearway_app with check (answered_by = (select viewer_id()));
-- A setting confirms for those placed there, and reads what was recorded of their lines.
create policy placed_here on provision_record for select to clearway_app using (child_id = any ((select viewer_placed_here())::uuid[]));
create policy placed_here_add on provision_record for insert to clearway_app with check (
  about in ('confirmation', 'session') and child_id = any ((select viewer_placed_here())::uuid[]) and (select viewer_speaks_for_setting()));
-- Whoever gives a line records its sessions.
create policy deliverers on provision_record for select to clearway_app using (line_id = any ((select viewer_delivers())::uuid[]));
create policy deliverers_add on provision_record for insert to clearway_app with check (
  about = 'session' and line_id = any ((select viewer_delivers())::uuid[]));
create policy family_add on provision_report for insert to clearway_app with check (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[]));

-- 5. What each door may add to the history, and what a family reads of it.
insert into fact_by_door (door, kind) values
  ('family', 'provision_gap_reported'),
  ('setting', 'provision_confirmed'), ('setting', 'provision_not_in_place'), ('setting', 'sessions_recorded'),
  ('professional', 'sessions_recorded');
create policy gaps_told on case_event for select to clearway_app using (
  (select viewer_door()) = 'family' and kind in ('provision_gap_reported', 'provision_gap_answered')
  and child_id = any ((select viewer_children())::uuid[]) and not fact_is_superseded(id));
create policy gap_told on case_event for insert to clearway_app with check (
  (select viewer_door()) = 'family' and kind = 'provision_gap_reported' and child_id = any ((select viewer_children())::uuid[]));
