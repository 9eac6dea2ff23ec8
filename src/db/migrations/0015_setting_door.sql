-- The setting's door: what a school, college or nursery keeps about its own pupils, what it answers, and what it is answered.

-- 1. Who speaks for a setting: the SENCO and the head send; others read and draft.
create function viewer_speaks_for_setting() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account a where a.id = viewer_id() and a.door = 'setting' and a.role in ('senco', 'setting-head')
    and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today()))
$$;
-- Those on roll somewhere the viewer works, today. Fewer than viewer_children(), which holds those consulted about too.
create function viewer_pupils() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct e.child_id), '{}') from enrolment e
  where e.setting_urn = any (viewer_settings()) and e.from_on <= viewer_today() and (e.to_on is null or e.to_on > viewer_today())
    and e.child_id <> all (viewer_conflicts())
$$;
revoke all on function viewer_speaks_for_setting(), viewer_pupils() from public;
grant execute on function viewer_speaks_for_setting(), viewer_pupils() to clearway_app;
create policy setting_speakers on case_event as restrictive for insert to clearway_app
  with check ((select coalesce(viewer_door(), '')) <> 'setting' or (select viewer_speaks_for_setting()));

-- 2. SEN support. The setting's own record of a pupil, who may be unknown to the council: never read by the council.
create table pupil (
  id uuid primary key default gen_random_uuid(),
  setting_urn text not null references setting,
  child_id uuid references child,
  given_name text not null check (given_name <> ''),
  family_name text not null check (family_name <> ''),
  date_of_birth date not null,
  parent_name text,
  parent_contact text,
  support_from date not null,
  support_to date,
  left_on date,
  version integer not null default 1,
  recorded_by uuid not null references account,
  recorded_on date not null,
  check (support_to is null or support_to >= support_from)
);
comment on table pupil is 'A pupil on SEN support, as their setting records them; child_id when the council knows the child. Held for the setting: the council reads only what is sent to it (specialist_question, a request).';
create index pupil_by_setting on pupil (setting_urn);
create unique index pupil_once on pupil (setting_urn, child_id) where child_id is not null;

create table support_cycle (
  id uuid primary key default gen_random_uuid(),
  pupil_id uuid not null references pupil,
  number integer not null check (number > 0),
  started_on date not null,
  need_types text[] not null default '{}',
  needs text,
  child_views text,
  parent_views text,
  outcomes jsonb not null default '[]' check (jsonb_typeof(outcomes) = 'array'),
  provision jsonb not null default '[]' check (jsonb_typeof(provision) = 'array'),
  review_on date,
  reviewed_on date,
  effect text,
  views_after text,
  next_step text check (next_step in ('another-cycle', 'ask-a-specialist', 'request-assessment', 'end-support')),
  version integer not null default 1,
  updated_by uuid not null references account,
  updated_at timestamptz not null default now(),
  unique (pupil_id, number),
  check (reviewed_on is null or (next_step is not null and effect is not null))
);
comment on table support_cycle is 'One round of assess, plan, do, review (SEND Code of Practice 6.44 to 6.56). A reviewed round is not changed again.';

create table support_meeting (
  id uuid primary key default gen_random_uuid(),
  pupil_id uuid not null references pupil,
  met_on date not null,
  who text not null,
  said text not null,
  recorded_by uuid not null references account
);
comment on table support_meeting is 'Meeting the parents of a pupil on SEN support: at least three times a year (SEND Code of Practice 6.65).';
create index support_meeting_by_pupil on support_meeting (pupil_id);

-- 3. A question to the specialists of a locality, and what they answer. It carries all they may know: the setting's own
--    record stays shut.
create table specialist_question (
  id uuid primary key default gen_random_uuid(),
  pupil_id uuid not null references pupil,
  child_id uuid references child,
  setting_urn text not null references setting,
  locality_id text not null references locality,
  specialist text not null,
  child_name text not null,
  date_of_birth date not null,
  question text not null,
  tried text,
  parent_agreed_on date not null,
  asked_by uuid not null references account,
  asked_on date not null,
  reply_by date not null,
  seen_on date,
  check (parent_agreed_on <= asked_on)
);
comment on table specialist_question is 'Asked with the parent''s agreement. reply_by is a promise of the service, not a limit in law.';
create index specialist_question_by_locality on specialist_question (locality_id, asked_on);
create index specialist_question_by_pupil on specialist_question (pupil_id);
create table specialist_answer (
  question_id uuid primary key references specialist_question,
  answer text not null,
  answered_for text not null,
  answered_by uuid not null references account,
  answered_on date not null
);
comment on table specialist_answer is 'The answer, once. answered_for: the specialist whose words they are, and their job.';

-- 4. A setting's answer to being consulted, drafted by anyone there and sent by one who speaks for it.
create table consultation_answer (
  id uuid primary key default gen_random_uuid(),
  consulted_event uuid not null references case_event,
  process_id uuid not null references process,
  child_id uuid not null references child,
  setting_urn text not null references setting,
  state text not null default 'draft' check (state in ('draft', 'sent')),
  answer text check (answer in ('yes', 'conditions', 'no')),
  grounds text[] not null default '{}',
  reasons text,
  steps text,
  conditions text,
  places text,
  cost_pence bigint check (cost_pence >= 0),
  cost_words text,
  start_on date,
  signed_as text,
  sent_by uuid references account,
  sent_on date,
  event_id uuid references case_event,
  version integer not null default 1,
  updated_by uuid not null references account,
  updated_at timestamptz not null default now(),
  check (state = 'draft' or (answer is not null and sent_by is not null and sent_on is not null and event_id is not null and signed_as is not null))
);
comment on table consultation_answer is 'What a setting says to being named in a plan (Children and Families Act 2014, s.39). grounds: those of s.39(4). The fact is setting_replied (event_id). Kept as sent.';
create unique index consultation_answer_draft on consultation_answer (consulted_event, setting_urn) where state = 'draft';
create index consultation_answer_by_child on consultation_answer (child_id);

-- 5. A school's advice for an assessment, written as it goes and released once.
create table school_advice (
  id uuid primary key default gen_random_uuid(),
  advice_request_id uuid not null references advice_request,
  child_id uuid not null references child,
  setting_urn text not null references setting,
  state text not null default 'draft' check (state in ('draft', 'released')),
  sections jsonb not null default '{}' check (jsonb_typeof(sections) = 'object'),
  provision jsonb not null default '[]' check (jsonb_typeof(provision) = 'array'),
  released_by uuid references account,
  released_as text,
  released_on date,
  event_id uuid references case_event,
  version integer not null default 1,
  updated_by uuid not null references account,
  updated_at timestamptz not null default now(),
  check (state = 'draft' or (released_by is not null and released_on is not null and event_id is not null))
);
comment on table school_advice is 'Advice and information from the head or principal (SEND Regulations 2014, reg 6(1)(b)). The fact is advice_received (event_id). Kept as released.';
create unique index school_advice_draft on school_advice (advice_request_id) where state = 'draft';
create index school_advice_by_request on school_advice (advice_request_id);
create index school_advice_by_child on school_advice (child_id);

-- 6. A health body tells of a young child.
create table early_notice (
  id uuid primary key default gen_random_uuid(),
  body text not null,
  opinion text not null,
  given_name text not null,
  family_name text not null,
  date_of_birth date not null,
  address text,
  postcode text,
  locality_id text not null references locality,
  parent_name text not null,
  parent_contact text,
  told_parent_on date not null,
  discussed text not null check (discussed in ('discussed', 'offered')),
  discussed_on date not null,
  organisations text,
  no_organisation_because text,
  recorded_by uuid not null references account,
  recorded_on date not null,
  child_id uuid references child,
  followed_up text,
  followed_up_by uuid references account,
  followed_up_on date,
  check (told_parent_on <= recorded_on and discussed_on <= recorded_on),
  check (organisations is not null or no_organisation_because is not null),
  check ((followed_up_on is null) = (followed_up is null))
);
comment on table early_notice is 'A health body''s opinion that a child under compulsory school age has or probably has special educational needs or a disability (Children and Families Act 2014, s.23): told to the parent, who could discuss it, and to whom voluntary organisations were named.';
create index early_notice_by_locality on early_notice (locality_id, recorded_on);

-- 7. The second wall.
do $$
declare t text;
begin
  foreach t in array array['pupil', 'support_cycle', 'support_meeting', 'specialist_question', 'specialist_answer',
      'consultation_answer', 'school_advice', 'early_notice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
  foreach t in array array['consultation_answer', 'school_advice'] loop
    execute format('create policy no_conflict on %I as restrictive to clearway_app using (child_id <> all ((select viewer_conflicts())::uuid[]))', t);
    execute format('create policy own_setting on %I to clearway_app using (setting_urn = any ((select viewer_settings())::text[]) and child_id = any ((select viewer_children())::uuid[]))', t);
  end loop;
  foreach t in array array['specialist_question', 'early_notice'] loop
    execute format('create policy no_conflict on %I as restrictive to clearway_app using (child_id is null or child_id <> all ((select viewer_conflicts())::uuid[]))', t);
  end loop;
end $$;
grant select, insert on pupil, support_cycle, support_meeting, specialist_question, specialist_answer, consultation_answer,
  school_advice, early_notice to clearway_app;
grant update (given_name, family_name, date_of_birth, parent_name, parent_contact, child_id, support_to, version) on pupil to clearway_app;
grant update (need_types, needs, child_views, parent_views, outcomes, provision, review_on, reviewed_on, effect, views_after,
  next_step, version, updated_by, updated_at) on support_cycle to clearway_app;
grant update (seen_on) on specialist_question to clearway_app;
grant update (state, answer, grounds, reasons, steps, conditions, places, cost_pence, cost_words, start_on, signed_as, sent_by, sent_on,
  event_id, version, updated_by, updated_at) on consultation_answer to clearway_app;
grant update (state, sections, provision, released_by, released_as, released_on, event_id, version, updated_by, updated_at)
  on school_advice to clearway_app;
grant update (child_id, followed_up, followed_up_by, followed_up_on) on early_notice to clearway_app;

-- A pupil who has left, or whose child is on roll elsewhere now, is out of sight that day.
create policy own_setting on pupil to clearway_app
  using (setting_urn = any ((select viewer_settings())::text[])
    and (left_on is null or left_on > (select viewer_today()))
    and (child_id is null or child_id = any ((select viewer_pupils())::uuid[])))
  with check (setting_urn = any ((select viewer_settings())::text[])
    and (child_id is null or child_id = any ((select viewer_pupils())::uuid[])));
-- A row its changer may no longer see cannot be changed by hand, so leaving has a door of its own.
create function pupil_left(pupil uuid, from_day date) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update pupil p set left_on = from_day, version = p.version + 1
  where p.id = pupil_left.pupil and p.setting_urn = any (viewer_settings()) and p.left_on is null and from_day <= viewer_today()
    and (p.child_id is null or p.child_id = any (viewer_pupils())) and viewer_speaks_for_setting();
  return found;
end $$;
revoke all on function pupil_left(uuid, date) from public;
grant execute on function pupil_left(uuid, date) to clearway_app;
create policy through_the_pupil on support_cycle to clearway_app using (pupil_id in (select p.id from pupil p));
create policy not_once_reviewed on support_cycle as restrictive for update to clearway_app using (reviewed_on is null) with check (true);
create policy through_the_pupil on support_meeting to clearway_app using (pupil_id in (select p.id from pupil p));
create policy own_name on support_meeting as restrictive for insert to clearway_app with check (recorded_by = (select viewer_id()));

create policy asked on specialist_question to clearway_app
  using (setting_urn = any ((select viewer_settings())::text[]) and pupil_id in (select p.id from pupil p));
create policy of_the_locality on specialist_question for select to clearway_app using (
  (select viewer_door()) = 'staff' and ((select viewer_sees_authority()) or locality_id = (select viewer_locality())));
create policy own_name on specialist_question as restrictive for insert to clearway_app
  with check (asked_by = (select viewer_id()) and (select viewer_speaks_for_setting()));
create policy with_the_question on specialist_answer for select to clearway_app
  using (question_id in (select q.id from specialist_question q));
create policy by_staff on specialist_answer for insert to clearway_app with check (
  answered_by = (select viewer_id()) and (select viewer_door()) = 'staff' and question_id in (select q.id from specialist_question q));

-- Once sent it is the council's paper too, and nobody changes it.
create policy sent_to_the_council on consultation_answer for select to clearway_app using (
  state = 'sent' and (select viewer_keeps_records()) and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])));
create policy drafts_only on consultation_answer as restrictive for update to clearway_app
  using (state = 'draft') with check (updated_by = (select viewer_id()) and (state = 'draft' or (sent_by = (select viewer_id()) and (select viewer_speaks_for_setting()))));
create policy begun_as_a_draft on consultation_answer as restrictive for insert to clearway_app
  with check (state = 'draft' and updated_by = (select viewer_id())
    and exists (select from case_event e where e.id = consulted_event and e.kind = 'setting_consulted'
      and e.child_id = consultation_answer.child_id and e.process_id = consultation_answer.process_id
      and e.payload->>'setting' = consultation_answer.setting_urn));
create policy released_to_the_council on school_advice for select to clearway_app using (
  state = 'released' and (select viewer_keeps_records()) and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])));
create policy drafts_only on school_advice as restrictive for update to clearway_app
  using (state = 'draft') with check (updated_by = (select viewer_id()) and (state = 'draft' or (released_by = (select viewer_id()) and (select viewer_speaks_for_setting()))));
create policy begun_as_a_draft on school_advice as restrictive for insert to clearway_app
  with check (state = 'draft' and updated_by = (select viewer_id())
    and exists (select from advice_request r where r.id = advice_request_id and r.child_id = school_advice.child_id
      and r.setting_urn = school_advice.setting_urn and r.withdrawn_on is null));

create policy told_by on early_notice for select to clearway_app using (recorded_by = (select viewer_id()));
create policy of_the_locality on early_notice for select to clearway_app using (
  (select viewer_door()) = 'staff' and ((select viewer_sees_authority()) or locality_id = (select viewer_locality())));
create policy health_or_staff on early_notice for insert to clearway_app with check (
  recorded_by = (select viewer_id()) and followed_up_on is null and exists (select from account a where a.id = (select viewer_id())
    and (a.role in ('health-lead', 'health-professional') or a.role in ('plan-coordinator', 'locality-head', 'send-manager'))
    and a.active_from <= (select viewer_today()) and (a.active_to is null or a.active_to > (select viewer_today()))));
create policy followed_up on early_notice for update to clearway_app using (
  (select viewer_door()) = 'staff' and ((select viewer_sees_authority()) or locality_id = (select viewer_locality())))
  with check (followed_up_by is null or followed_up_by = (select viewer_id()));

-- 8. A setting keeps its own people. E-mail addresses are read through these alone.
create function people_of_setting(urn text)
returns table (id uuid, name text, job_title text, role text, email text, shared_mailbox boolean, manages_people boolean,
  from_on date, confirmed_on date, confirmed_by text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name, a.job_title, a.role, a.email, a.shared_mailbox, w.manages_people, w.from_on, w.confirmed_on, c.name
  from account_setting w join account a on a.id = w.account_id left join account c on c.id = w.confirmed_by
  where w.setting_urn = urn and urn = any (viewer_manages_settings()) and a.door = 'setting'
    and (w.to_on is null or w.to_on > viewer_today()) and (a.active_to is null or a.active_to > viewer_today())
  order by a.name
$$;
comment on function people_of_setting is 'Who works at a setting the viewer manages, with the addresses they sign in with; nothing for any other.';

-- Makes an account at the setting's door and no other, for a setting the viewer manages. Somebody who already has one, at this
-- setting or another, keeps it and gets the new place to work; a shared mailbox has an account for each person named.
create function add_person_to_setting(urn text, person_name text, person_email text, person_role text, person_title text,
  is_shared boolean, may_manage boolean) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_id uuid;
begin
  if not coalesce(urn = any (viewer_manages_settings()), false) then
    raise exception 'only who manages the people of a setting adds to them' using errcode = 'insufficient_privilege';
  end if;
  if person_role not in ('senco', 'setting-head', 'setting-staff') then
    raise exception 'only a role at the setting''s door' using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('account:' || lower(person_email), 15));
  select a.id into found_id from account a
    where a.door = 'setting' and lower(a.email) = lower(person_email) and (a.active_to is null or a.active_to > viewer_today())
      and (case when is_shared then a.shared_mailbox and lower(a.name) = lower(person_name) else not a.shared_mailbox end)
    limit 1;
  if not found then
    if not is_shared and exists (select from account a where a.door = 'setting' and lower(a.email) = lower(person_email) and not a.shared_mailbox) then
      raise exception 'that address belongs to somebody who has left' using errcode = 'unique_violation';
    end if;
    insert into account (name, email, door, role, job_title, remit, shared_mailbox, active_from)
      values (person_name, person_email, 'setting', person_role, person_title, 'relationships', is_shared, viewer_today())
      returning id into found_id;
  end if;
  if exists (select from account_setting w where w.account_id = found_id and w.setting_urn = urn and (w.to_on is null or w.to_on > viewer_today())) then
    return null;
  end if;
  insert into account_setting (account_id, setting_urn, manages_people, from_on, confirmed_on, confirmed_by)
    values (found_id, urn, may_manage, viewer_today(), viewer_today(), viewer_id())
    on conflict (account_id, setting_urn, from_on)
    do update set to_on = null, manages_people = excluded.manages_people, confirmed_on = excluded.confirmed_on, confirmed_by = excluded.confirmed_by;
  return found_id;
end $$;
comment on function add_person_to_setting is 'The account of the person added; null when they work there already.';
revoke all on function people_of_setting(text), add_person_to_setting(text, text, text, text, text, boolean, boolean) from public;
grant execute on function people_of_setting(text), add_person_to_setting(text, text, text, text, text, boolean, boolean) to clearway_app;

-- 9. The letters a setting was sent, asking it something, while it reaches the child.
create policy to_the_setting on document for select to clearway_app using (
  (select viewer_door()) = 'setting' and child_id = any ((select viewer_children())::uuid[]) and (
    (kind = 'setting-consultation' and event_id in (
      select e.id from case_event e where e.kind = 'setting_consulted' and e.payload->>'setting' = any ((select viewer_settings())::text[])))
    or (kind in ('advice-request', 'advice-chase') and exists (
      select from advice_request r where r.process_id = document.process_id and r.adviser = document.recipient_name
        and r.setting_urn = any ((select viewer_settings())::text[])))));

-- 10. A school's or college's own request (Children and Families Act 2014, s.36(1)); a nursery brings a child to attention (s.24).
--     It waits with the families' requests, and the clock runs from today whoever opens it.
create function ask_as_setting(at_setting text, asked_as text, signed_as text, told jsonb, about_child uuid, in_locality text)
returns table (id uuid, reference text) language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if not (viewer_speaks_for_setting() and at_setting = any (viewer_settings())) or asked_as not in ('school', 'post-16', 'early-years')
    or (about_child is not null and about_child <> all (viewer_pupils())) then
    raise exception 'a setting asks for its own pupils, by one who speaks for it' using errcode = 'insufficient_privilege';
  end if;
  return query insert into online_request (reference, received_on, asked_by, asker_name, account_id, setting_urn, answers, child_id, locality_id)
    values ('R-' || to_char(viewer_today(), 'YYYY') || '-' || lpad(nextval('online_request_number')::text, 5, '0'), viewer_today(),
      asked_as, signed_as, viewer_id(), at_setting, told, about_child,
      coalesce((select c.locality_id from child c where c.id = about_child), in_locality))
    returning online_request.id, online_request.reference;
end $$;
revoke all on function ask_as_setting(text, text, text, jsonb, uuid, text) from public;
grant execute on function ask_as_setting(text, text, text, jsonb, uuid, text) to clearway_app;
-- What one sends for a setting, all who speak for it see, while they work there and the pupil is theirs.
create policy of_the_setting on online_request for select to clearway_app using (
  setting_urn = any ((select viewer_settings())::text[]) and (select viewer_speaks_for_setting())
  and (child_id is null or child_id = any ((select viewer_pupils())::uuid[])));
