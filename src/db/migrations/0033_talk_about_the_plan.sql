-- Talking about a plan: templates that keep their days, comments by professionals and settings with their answers, and the
-- child's own page.

-- 1. Templates. What plans may have been written on is not changed under them: from its pilot on, a template is replaced.
create or replace function template_content_stays() returns trigger language plpgsql as $$
begin
  if old.state in ('pilot', 'live', 'retired')
    and (new.content, new.name, new.age_band) is distinct from (old.content, old.name, old.age_band) then
    raise exception 'a template in use is replaced by a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

/* One template a day for each age band: nobody could say which of two a plan should follow. */
create function one_template_a_day() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.live_from is not null and (new.live_to is null or new.live_to > new.live_from) and exists (
      select from plan_template t where t.id <> new.id and t.age_band = new.age_band and t.live_from is not null
        and daterange(t.live_from, t.live_to) && daterange(new.live_from, new.live_to)) then
    raise exception 'two templates would hold on one day' using errcode = 'exclusion_violation', constraint = 'one_template_a_day';
  end if;
  return new;
end $$;
create trigger one_template_a_day before insert or update on plan_template for each row execute function one_template_a_day();

/* How many plans and versions each template is used by, for those who keep templates: numbers, and no child's record. */
create function plan_template_use() returns table (template_id uuid, plans integer, versions integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from account a where a.id = viewer_id() and a.door = 'staff' and a.role in ('send-manager', 'administrator')
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())) then
    return;
  end if;
  return query select t.id,
    (select count(*)::integer from plan p where p.template_id = t.id and p.ended_on is null),
    (select count(*)::integer from plan_version v where v.template_id = t.id)
  from plan_template t;
end $$;
revoke all on function plan_template_use() from public;
grant execute on function plan_template_use() to clearway_app;

-- 2. What a professional or a setting says of a draft, line by line, and the office's answers.
create table draft_adviser_comment (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null,
  process_id uuid not null references process,
  version_id uuid not null,
  part_id uuid,
  account_id uuid not null references account,
  setting_urn text references setting,
  stance text not null check (stance in ('agree', 'change', 'question')),
  words text not null check (length(words) <= 4000),
  sent_on date not null,
  last_day date not null,
  sent_at timestamptz not null default now(),
  event_id uuid not null references case_event,
  foreign key (version_id, child_id) references plan_version (id, child_id),
  foreign key (version_id, part_id) references plan_version_part (version_id, part_id),
  check (stance = 'agree' or trim(words) <> ''),
  unique (id, child_id)
);
comment on table draft_adviser_comment is 'A comment of a professional or a setting on a line of a draft that was sent, or on all they were shown when part_id is null. last_day: the last of the time for comments, so that a late one says so for ever.';
create index draft_adviser_comment_by_child on draft_adviser_comment (child_id);
create index draft_adviser_comment_by_account on draft_adviser_comment (account_id);

create table draft_adviser_answer (
  comment_id uuid primary key,
  child_id uuid not null,
  words text not null check (trim(words) <> '' and length(words) <= 4000),
  answered_by uuid not null references account,
  answered_on date not null,
  foreign key (comment_id, child_id) references draft_adviser_comment (id, child_id)
);
comment on table draft_adviser_answer is 'The office''s answer to such a comment: whoever made it reads it.';
create index draft_adviser_answer_by_child on draft_adviser_answer (child_id);
insert into fact_by_door (door, kind) values ('professional', 'professional_comment'), ('setting', 'professional_comment')
  on conflict do nothing;

-- 3. My plan: the child's own page, each save a row; and every time somebody sat down with the child and explained it.
create table my_plan (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null,
  child_id uuid not null,
  version_id uuid not null,
  number integer not null check (number >= 1),
  language text not null default 'en' check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  saved_by uuid not null references account,
  saved_on date not null,
  saved_at timestamptz not null default now(),
  unique (plan_id, number),
  unique (id, child_id),
  foreign key (plan_id, child_id) references plan (id, child_id),
  foreign key (version_id, child_id) references plan_version (id, child_id)
);
comment on table my_plan is 'The child''s own page in easy words, made by an officer from a version that was sent. Each save is a row and nothing is overwritten. The family reads those that were shared.';
create index my_plan_by_child on my_plan (child_id);

create table my_plan_shared (
  id uuid primary key default gen_random_uuid(),
  my_plan_id uuid not null,
  child_id uuid not null,
  shared_on date not null,
  how text not null check (how in ('in-person', 'video', 'phone', 'at-school', 'by-family')),
  who text not null check (trim(who) <> ''),
  said text not null default '' check (length(said) <= 4000),
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid not null references case_event,
  foreign key (my_plan_id, child_id) references my_plan (id, child_id),
  check (shared_on <= recorded_on)
);
comment on table my_plan_shared is 'Who went through the page with the child or young person, on which day and how, and what they said of it.';
create index my_plan_shared_by_child on my_plan_shared (child_id);

-- 4. The wall.
do $$
declare t text;
begin
  foreach t in array array['draft_adviser_comment', 'draft_adviser_answer', 'my_plan', 'my_plan_shared'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
    execute format('create policy no_conflict on %I as restrictive to clearway_app using (child_id <> all ((select viewer_conflicts())::uuid[]))', t);
    execute format('create policy staff on %I for select to clearway_app using ((select viewer_door()) = ''staff''
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
    execute format('create policy keeper on %I for select to clearway_app using ((select viewer_is_keeper()))', t);
    execute format('grant select, insert on %I to clearway_app', t);
  end loop;
  foreach t in array array['draft_adviser_answer', 'my_plan', 'my_plan_shared'] loop
    execute format('create policy staff_add on %I for insert to clearway_app with check ((select viewer_keeps_records())
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
  end loop;
end $$;
create policy in_own_name on draft_adviser_answer as restrictive for insert to clearway_app with check (answered_by = (select viewer_id()));
create policy in_own_name on my_plan as restrictive for insert to clearway_app with check (saved_by = (select viewer_id()));
create policy in_own_name on my_plan_shared as restrictive for insert to clearway_app with check (recorded_by = (select viewer_id()));

-- Whoever may read the line of the draft may comment on it, in their own name. They read what they said, and its answer; those
-- of one setting read what the setting said.
create policy own on draft_adviser_comment for select to clearway_app using (
  (account_id = (select viewer_id()) and (select viewer_door()) in ('professional', 'setting'))
  or setting_urn = any ((select viewer_settings())::text[]));
create policy say on draft_adviser_comment for insert to clearway_app with check (
  account_id = (select viewer_id()) and (
    ((select viewer_door()) = 'professional' and setting_urn is null and (
      version_id = any ((select viewer_plan_versions())::uuid[])
      or (version_id in (select p.version_id from viewer_plan_parts() p)
        and (part_id is null or (version_id, part_id) in (select p.version_id, p.part_id from viewer_plan_parts() p)))))
    or ((select viewer_door()) = 'setting' and setting_urn = any ((select viewer_settings())::text[])
      and version_id = any ((select viewer_plan_versions())::uuid[]))));
create policy of_a_draft on draft_adviser_comment as restrictive for insert to clearway_app with check (
  exists (select from plan_version v where v.id = version_id and v.kind in ('draft', 'amended-draft') and v.sent_on is not null));
create policy own on draft_adviser_answer for select to clearway_app using (
  comment_id in (select c.id from draft_adviser_comment c where c.account_id = (select viewer_id())
    or c.setting_urn = any ((select viewer_settings())::text[])));

create policy family on my_plan_shared for select to clearway_app using (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[]));
create policy family on my_plan for select to clearway_app using (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[])
  and id in (select s.my_plan_id from my_plan_shared s));
