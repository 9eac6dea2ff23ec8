-- The working document of an appeal about what a plan says: a copy of the final plan on which both sides propose changes. Its
-- paragraphs never change, and each proposal and each answer is a row, so that who asked for what, and when, can always be read.

create table working_document (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null,
  plan_id uuid not null,
  process_id uuid not null references process,
  version_id uuid not null,
  appeal_number text not null default '' check (length(appeal_number) <= 60),
  begun_by uuid not null references account,
  begun_on date not null,
  ended_on date,
  ended_why text check (ended_why in ('ordered', 'consent-order', 'withdrawn', 'conceded')),
  unique (id, child_id),
  foreign key (plan_id, child_id) references plan (id, child_id),
  foreign key (version_id, child_id) references plan_version (id, child_id),
  check ((ended_on is null) = (ended_why is null))
);
comment on table working_document is 'A copy of a final plan both sides of an appeal work on. It changes nothing by itself: the plan is changed by the tribunal''s order, or by the authority amending it.';
create unique index one_working_document on working_document (plan_id) where ended_on is null;
create index working_document_by_child on working_document (child_id);

create table working_paragraph (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null,
  child_id uuid not null,
  number integer not null check (number > 0),
  part_id uuid,
  section text not null,
  field text not null,
  label text not null default '',
  words text not null,
  unique (document_id, number),
  unique (id, document_id, child_id),
  foreign key (document_id, child_id) references working_document (id, child_id)
);
comment on table working_paragraph is 'An answer of a part of the plan as it stood when the working document was begun. part_id is null where something new may be asked for.';
create index working_paragraph_by_child on working_paragraph (child_id);

create table working_change (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  document_id uuid not null,
  child_id uuid not null,
  paragraph_id uuid not null,
  party text not null check (party in ('authority', 'family')),
  from_at integer not null check (from_at >= 0),
  to_at integer not null check (to_at >= from_at),
  words text not null default '' check (length(words) <= 20000),
  evidence text not null default '' check (length(evidence) <= 1000),
  how text not null default 'here' check (how in ('here', 'paper', 'word')),
  proposed_by uuid not null references account,
  proposed_on date not null,
  foreign key (paragraph_id, document_id, child_id) references working_paragraph (id, document_id, child_id),
  check (to_at > from_at or words <> '')
);
comment on table working_change is 'Words one side proposes to take out (from_at, to_at exclusive, of the paragraph) and to put in. how: typed here, typed by the office from paper, or read from Word and checked.';
create index working_change_by_document on working_change (document_id, seq);
create index working_change_by_child on working_change (child_id);
create index working_change_by_paragraph on working_change (paragraph_id);

create table working_answer (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  document_id uuid not null,
  child_id uuid not null,
  change_id uuid not null references working_change,
  party text not null check (party in ('authority', 'family')),
  answer text not null check (answer in ('agreed', 'not-agreed', 'withdrawn')),
  words text not null default '' check (length(words) <= 4000),
  answered_by uuid not null references account,
  answered_on date not null,
  foreign key (document_id, child_id) references working_document (id, child_id)
);
comment on table working_answer is 'What the other side says of a change, or its own side taking it back; the newest stands.';
create index working_answer_by_document on working_answer (document_id, seq);
create index working_answer_by_change on working_answer (change_id);
create index working_answer_by_child on working_answer (child_id);

create table working_version (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null,
  child_id uuid not null,
  number integer not null check (number > 0),
  changes_to bigint not null,
  answers_to bigint not null,
  made_by uuid not null references account,
  made_on date not null,
  unique (document_id, number),
  foreign key (document_id, child_id) references working_document (id, child_id)
);
comment on table working_version is 'A version as it was sent in Word: everything proposed and answered up to these rows.';
create index working_version_by_child on working_version (child_id);

create table working_return (
  id uuid primary key default gen_random_uuid(),
  document_id uuid not null,
  child_id uuid not null,
  of_version integer not null,
  party text not null check (party in ('authority', 'family')),
  file_name text not null,
  sha256 text not null,
  found jsonb not null check (jsonb_typeof(found) = 'object'),
  received_by uuid not null references account,
  received_on date not null,
  done_by uuid references account,
  done_on date,
  foreign key (document_id, child_id) references working_document (id, child_id),
  check ((done_on is null) = (done_by is null))
);
comment on table working_return is 'A copy that came back in Word and what was read in it, to be looked at one by one: nothing of it stands until somebody takes it.';
create index working_return_by_document on working_return (document_id);
create index working_return_by_child on working_return (child_id);

do $$
declare t text;
begin
  foreach t in array array['working_document', 'working_paragraph', 'working_change', 'working_answer', 'working_version', 'working_return'] loop
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
  end loop;
  -- The family reads all that both sides propose; what is still being checked at the office it does not.
  foreach t in array array['working_document', 'working_paragraph', 'working_change', 'working_answer', 'working_version'] loop
    execute format('create policy family on %I for select to clearway_app using (
      (select viewer_door()) = ''family'' and child_id = any ((select viewer_children())::uuid[]))', t);
  end loop;
  foreach t in array array['working_change', 'working_answer'] loop
    execute format('create policy family_add on %I for insert to clearway_app with check (
      (select viewer_door()) = ''family'' and child_id = any ((select viewer_children())::uuid[]) and party = ''family''
      and exists (select from working_document d where d.id = document_id and d.ended_on is null))', t);
  end loop;
  foreach t in array array['working_document', 'working_return'] loop
    execute format('create policy staff_change on %I for update to clearway_app using ((select viewer_keeps_records())
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
  end loop;
end $$;
grant update (appeal_number, ended_on, ended_why) on working_document to clearway_app;
grant update (done_by, done_on) on working_return to clearway_app;
create policy in_own_name on working_document as restrictive for insert to clearway_app with check (begun_by = (select viewer_id()));
create policy in_own_name on working_change as restrictive for insert to clearway_app with check (proposed_by = (select viewer_id()));
create policy in_own_name on working_answer as restrictive for insert to clearway_app with check (answered_by = (select viewer_id()));
create policy in_own_name on working_version as restrictive for insert to clearway_app with check (made_by = (select viewer_id()));
create policy in_own_name on working_return as restrictive for insert to clearway_app with check (received_by = (select viewer_id()));

/* A change lies within its paragraph (a bound: places count as JavaScript does, never more than a text's bytes); an answer is of a change of its own document, given by the other side or taken back by its own. */
create function change_within_paragraph() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.to_at > (select octet_length(words) from working_paragraph where id = new.paragraph_id) then
    raise exception 'a change lies within its paragraph' using errcode = 'check_violation', constraint = 'change_within_paragraph';
  end if;
  return new;
end $$;
create trigger change_within_paragraph before insert on working_change for each row execute function change_within_paragraph();
create function answer_to_the_other() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare of_change working_change;
begin
  select * into of_change from working_change where id = new.change_id;
  if of_change.document_id is distinct from new.document_id or of_change.child_id is distinct from new.child_id
    or (of_change.party = new.party) <> (new.answer = 'withdrawn') then
    raise exception 'one side answers the other, and takes back its own' using errcode = 'check_violation', constraint = 'answer_to_the_other';
  end if;
  return new;
end $$;
create trigger answer_to_the_other before insert on working_answer for each row execute function answer_to_the_other();
revoke all on function change_within_paragraph(), answer_to_the_other() from public;

insert into fact_by_door (door, kind) values ('family', 'working_document_changed') on conflict do nothing;
-- They read the fact they add, and that there is a document to work on.
create policy working_told on case_event for select to clearway_app using (
  (select viewer_door()) = 'family' and kind in ('working_document_begun', 'working_document_changed')
  and child_id = any ((select viewer_children())::uuid[]) and not fact_is_superseded(id));
create policy working_tell on case_event for insert to clearway_app with check (
  (select viewer_door()) = 'family' and kind = 'working_document_changed' and supersedes is null
  and recorded_by = (select viewer_id()) and child_id = any ((select viewer_children())::uuid[]));
