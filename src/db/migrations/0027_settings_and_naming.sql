-- Settings as the council knows them, who was asked and with which papers, what was decided about section I and on which
-- ground, places that are needed, and education in the meantime.

-- 1. What the council itself keeps of a setting, by date. Nobody's personal data: the open data's row beside it is never changed.
create table setting_detail (
  id uuid primary key default gen_random_uuid(),
  setting_urn text not null references setting,
  from_on date not null,
  to_on date,
  needs text[] not null default '{}' check (needs <@ array['SPLD', 'MLD', 'SLD', 'PMLD', 'SEMH', 'SLCN', 'HI', 'VI', 'MSI', 'PD', 'ASD', 'DS', 'OTH']),
  age_from integer check (age_from between 0 and 25),
  age_to integer check (age_to between 0 and 25),
  commissioned_places integer check (commissioned_places between 0 and 5000),
  unit text,
  notes text check (length(notes) <= 4000),
  said_by text not null check (trim(said_by) <> ''),
  recorded_by uuid not null references account,
  recorded_on date not null,
  check (to_on is null or to_on >= from_on),
  check (age_from is null or age_to is null or age_to >= age_from)
);
comment on table setting_detail is 'What the council keeps of a setting between dates: needs met (SEN2 codes), ages, places commissioned, units and resourced provision, and who says so. to_on is exclusive.';
create unique index setting_detail_now on setting_detail (setting_urn) where to_on is null;
create index setting_detail_by_setting on setting_detail (setting_urn, from_on);

create table setting_succession (
  old_urn text primary key references setting,
  new_urn text references setting check (new_urn <> old_urn),
  changed_on date not null,
  why text not null check (trim(why) <> ''),
  recorded_by uuid not null references account,
  recorded_on date not null
);
comment on table setting_succession is 'A setting that closed (new_urn null) or became another: an academy conversion, a merger. An old number opens the new one. The open data''s own row is never changed.';
create index setting_succession_by_new on setting_succession (new_urn) where new_urn is not null;
create function no_circle_of_settings() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (with recursive onward(urn) as (
      select new.new_urn union select s.new_urn from setting_succession s join onward o on s.old_urn = o.urn)
    select from onward where urn = new.old_urn) then
    raise exception 'a setting cannot succeed itself' using errcode = 'check_violation', constraint = 'no_circle_of_settings';
  end if;
  return new;
end $$;
create trigger no_circle before insert on setting_succession for each row execute function no_circle_of_settings();

do $$
declare t text;
begin
  foreach t in array array['setting_detail', 'setting_succession'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
    execute format('create policy staff on %I for select to clearway_app using ((select viewer_keeps_records()))', t);
    execute format('create policy staff_add on %I for insert to clearway_app with check ((select viewer_keeps_records()) and recorded_by = (select viewer_id()))', t);
    execute format('grant select, insert on %I to clearway_app', t);
  end loop;
end $$;
create policy staff_change on setting_detail for update to clearway_app using ((select viewer_keeps_records()));
grant update (to_on) on setting_detail to clearway_app;

-- 2. The shortlist of a case, and the papers each setting was sent with its consultation.
create table shortlisted (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  setting_urn text not null references setting,
  asked_by text not null check (asked_by in ('family', 'council')),
  reason text not null check (length(trim(reason)) >= 3 and length(reason) <= 4000),
  added_by uuid not null references account,
  added_on date not null,
  event_id uuid not null references case_event,
  ended_on date,
  ended_why text,
  check ((ended_on is null) = (ended_why is null))
);
comment on table shortlisted is 'A setting thought of for a child, with the reason: asked for by the family, or considered by the council.';
create unique index shortlisted_once on shortlisted (process_id, setting_urn) where ended_on is null;
create index shortlisted_by_child on shortlisted (child_id);

create table consultation_paper (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  consulted_event uuid not null references case_event,
  setting_urn text not null references setting,
  version_id uuid references plan_version,
  check_id uuid references advice_family_copy,
  check (num_nonnulls(version_id, check_id) = 1)
);
comment on table consultation_paper is 'A paper sent with a consultation: a version of the plan, or advice as it was checked for the family, so that nothing kept back from the family reaches a setting.';
create index consultation_paper_by_child on consultation_paper (child_id);
create index consultation_paper_by_event on consultation_paper (consulted_event);
create index consultation_paper_by_check on consultation_paper (check_id) where check_id is not null;

-- 3. What was decided about section I, and on which ground where it is not what the family asked for.
create table naming_decision (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  form text not null check (form in ('named', 'type-only', 'otherwise')),
  setting_urn text references setting,
  place_type text not null check (trim(place_type) <> ''),
  conditions text not null default '',
  asked_urn text references setting,
  asked_name text,
  asked_as text not null check (asked_as in ('none', 'request', 'preference')),
  grounds text[] not null default '{}' check (grounds <@ array['unsuitable', 'others', 'resources', 'public-expenditure', 's61', 'inappropriate']),
  evidence text not null default '' check (length(evidence) <= 8000),
  reasons text not null check (length(trim(reasons)) >= 3 and length(reasons) <= 8000),
  start_on date,
  needed_on date,
  boarding text not null default 'day' check (boarding in ('day', 'A', 'B')),
  decided_by uuid not null references account,
  decided_on date not null,
  decided_at timestamptz not null default now(),
  version_id uuid references plan_version,
  check ((form = 'named') = (setting_urn is not null)),
  -- Another place than the one requested under s.38(3) stands only on a ground of s.39(4).
  check (asked_as <> 'request' or (form = 'named' and setting_urn = asked_urn) or cardinality(grounds) > 0)
);
comment on table naming_decision is 'The decision about section I: what was asked for, what will be named, and the ground, evidence and reasons for departing (Children and Families Act 2014, s.39(4); Education Act 1996, s.9). The newest of a process stands; version_id is the final plan it went into.';
create index naming_decision_by_process on naming_decision (process_id, decided_at desc);
create index naming_decision_by_child on naming_decision (child_id);

-- 4. A place that is needed from a day, until it is secured; and education in the meantime.
create table place_needed (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  needed_on date not null,
  why text not null check (length(trim(why)) >= 3 and length(why) <= 4000),
  out_of_school boolean not null,
  out_because text check (out_because in ('no-place', 'excluded', 'health', 'other')),
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid not null references case_event,
  secured_on date,
  ended_why text check (ended_why in ('secured', 'not-needed', 'mistake')),
  check (out_of_school = (out_because is not null)),
  check ((secured_on is null) = (ended_why is null))
);
comment on table place_needed is 'The day a place was needed, from which a delay in securing it is counted. secured_on: the day the child was placed, or the place was no longer needed.';
create unique index one_place_needed on place_needed (child_id) where secured_on is null;
create index place_needed_by_child on place_needed (child_id);

create table interim_provision (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid references process,
  from_on date not null,
  to_on date,
  kind text not null check (kind in ('home-tuition', 'online', 'hospital', 'alternative-provision', 'part-time-school', 'package', 'other')),
  hours_a_week numeric(4, 1) not null check (hours_a_week > 0 and hours_a_week <= 50),
  provider text not null check (trim(provider) <> ''),
  why_needed text not null check (length(trim(why_needed)) >= 3),
  full_time boolean not null,
  why_less text,
  review_on date not null,
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid not null references case_event,
  ended_why text,
  check (full_time or length(trim(why_less)) >= 3),
  check (to_on is null or to_on >= from_on),
  check (review_on >= from_on)
);
comment on table interim_provision is 'Suitable education arranged while a child has no school place or cannot attend (Education Act 1996, s.19): who gives how much, why, and when it is looked at again. to_on is exclusive.';
create index interim_provision_by_child on interim_provision (child_id, from_on);

-- 5. Consulting for a cohort: chosen, looked over whole, then carried out child by child.
create table cohort_consultation (
  id uuid primary key default gen_random_uuid(),
  name text not null check (trim(name) <> ''),
  made_by uuid not null references account,
  made_on date not null,
  job_id uuid
);
comment on table cohort_consultation is 'Settings consulted for many children at once, at a change of phase.';
create table cohort_child (
  cohort_id uuid not null references cohort_consultation,
  child_id uuid not null references child,
  process_id uuid not null references process,
  setting_urn text not null references setting,
  state text not null default 'waiting' check (state in ('waiting', 'consulted', 'not-consulted')),
  said text,
  event_id uuid references case_event,
  primary key (cohort_id, process_id, setting_urn),
  check ((state = 'consulted') = (event_id is not null))
);
comment on table cohort_child is 'One child and one setting of a cohort consultation, and what came of it. Each is done once.';
create index cohort_child_by_child on cohort_child (child_id);

-- 6. The wall.
do $$
declare t text;
begin
  foreach t in array array['shortlisted', 'consultation_paper', 'naming_decision', 'place_needed', 'interim_provision', 'cohort_child'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
    execute format('create policy no_conflict on %I as restrictive to clearway_app using (child_id <> all ((select viewer_conflicts())::uuid[]))', t);
    execute format('create policy staff on %I for select to clearway_app using ((select viewer_door()) = ''staff''
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
    execute format('create policy staff_add on %I for insert to clearway_app with check ((select viewer_keeps_records())
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
    execute format('create policy keeper on %I for select to clearway_app using ((select viewer_is_keeper()))', t);
    execute format('grant select, insert on %I to clearway_app', t);
    if t <> 'consultation_paper' then
      execute format('create policy staff_change on %I for update to clearway_app using ((select viewer_keeps_records())
        and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
    end if;
    if t not in ('consultation_paper') then
      execute format('create policy of_one_child on %I as restrictive for insert to clearway_app
        with check (process_id is null or process_is_of(process_id, child_id))', t);
    end if;
  end loop;
end $$;
grant update (ended_on, ended_why) on shortlisted to clearway_app;
grant update (version_id) on naming_decision to clearway_app;
grant update (secured_on, ended_why) on place_needed to clearway_app;
grant update (to_on, ended_why) on interim_provision to clearway_app;
grant update (state, said, event_id) on cohort_child to clearway_app;
create policy in_own_name on shortlisted as restrictive for insert to clearway_app with check (added_by = (select viewer_id()));
create policy in_own_name on naming_decision as restrictive for insert to clearway_app with check (decided_by = (select viewer_id()));
create policy in_own_name on place_needed as restrictive for insert to clearway_app with check (recorded_by = (select viewer_id()));
create policy in_own_name on interim_provision as restrictive for insert to clearway_app with check (recorded_by = (select viewer_id()));

alter table cohort_consultation enable row level security;
alter table cohort_consultation force row level security;
create policy owner_only on cohort_consultation to current_user using (true);
create policy staff on cohort_consultation for select to clearway_app using ((select viewer_keeps_records()));
create policy staff_add on cohort_consultation for insert to clearway_app with check ((select viewer_keeps_records()) and made_by = (select viewer_id()));
create policy staff_change on cohort_consultation for update to clearway_app using (made_by = (select viewer_id()));
grant select, insert on cohort_consultation to clearway_app;
grant update (job_id) on cohort_consultation to clearway_app;

-- A family reads what is arranged for their child in the meantime. Who was asked they read as facts; why a place was refused
-- reaches them with the plan and its letter.
create policy family on interim_provision for select to clearway_app using (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[]));
create policy family on place_needed for select to clearway_app using (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[]));

/* Papers of consultations of the viewer's settings that stand, of cases still open. */
create function viewer_consultation_papers() returns table (paper_id uuid, check_id uuid) language sql stable security definer set search_path = public, pg_temp as $$
  select q.id, q.check_id from consultation_paper q join case_event e on e.id = q.consulted_event join process p on p.id = e.process_id
  where viewer_door() = 'setting' and q.setting_urn = any (viewer_settings()) and e.payload->>'setting' = q.setting_urn
    and p.closed_on is null and q.child_id <> all (viewer_conflicts())
    and not exists (select from case_event s where s.supersedes = e.id)
$$;
revoke all on function viewer_consultation_papers() from public;
grant execute on function viewer_consultation_papers() to clearway_app;
create policy own_setting on consultation_paper for select to clearway_app using (
  (select viewer_door()) = 'setting' and id in (select one.paper_id from viewer_consultation_papers() one));
-- The copy as it was checked for the family, and not once it has been taken back.
create function viewer_consulted_copies() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct one.check_id), '{}') from viewer_consultation_papers() one join advice_check k on k.id = one.check_id
  where k.taken_back_on is null
$$;
revoke all on function viewer_consulted_copies() from public;
grant execute on function viewer_consulted_copies() to clearway_app;
create policy consulted on advice_family_copy for select to clearway_app using (check_id = any ((select viewer_consulted_copies())::uuid[]));
create policy consulted on advice_family_paragraph for select to clearway_app using (check_id = any ((select viewer_consulted_copies())::uuid[]));
