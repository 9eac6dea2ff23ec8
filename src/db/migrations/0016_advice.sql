-- Advice as data: what an adviser writes, in versions; what was released, as it was; and what the family is shown of it.
-- A released paragraph that is kept from the family is not in the table the family reads: there is nothing there to leak.

alter table advice_request add constraint advice_request_of_child unique (id, child_id);

-- 1. Writing. One piece of advice for a request; its parts are saved whole, each save a row, nothing overwritten.
create table advice (
  advice_request_id uuid primary key,
  child_id uuid not null,
  by_office boolean not null default false,
  state text not null default 'writing' check (state in ('writing', 'with-supervisor', 'released')),
  note text,
  begun_by uuid not null references account,
  begun_on date not null,
  changed_by uuid not null references account,
  foreign key (advice_request_id, child_id) references advice_request (id, child_id)
);
comment on table advice is 'Advice being written for a request. by_office: typed by staff from paper. note: why a supervisor sent it back.';
create index advice_by_child on advice (child_id);

create table advice_part (
  part_id uuid not null default gen_random_uuid(),
  version integer not null check (version >= 0),
  advice_request_id uuid not null,
  child_id uuid not null,
  kind text not null check (kind in ('about', 'text', 'need', 'outcome', 'provision')),
  section text,
  position integer not null default 0,
  content jsonb not null,
  removed boolean not null default false,
  saved_by uuid not null references account,
  saved_at timestamptz not null default now(),
  primary key (part_id, version),
  foreign key (advice_request_id, child_id) references advice_request (id, child_id),
  check ((kind = 'text') = (section is not null))
);
comment on table advice_part is 'Every save of every part. part_id stays for the life of a need, an outcome or a line of provision: a plan names it as its source. The newest version stands. Two people who save from the same version meet on the primary key.';
create index advice_part_by_advice on advice_part (advice_request_id, part_id, version desc);
create index advice_part_by_child on advice_part (child_id);
create unique index advice_part_sections on advice_part (advice_request_id, kind, section) nulls not distinct where version = 0 and kind in ('about', 'text');

-- 2. Released: frozen, numbered, in the adviser's name. A correction is another release that says why; the old one stays.
create table advice_release (
  id uuid primary key default gen_random_uuid(),
  advice_request_id uuid not null,
  child_id uuid not null,
  process_id uuid not null references process,
  number integer not null check (number >= 1),
  head text not null,
  answer text not null check (answer in ('advice', 'not-known', 'nothing-to-report')),
  child_name text not null,
  child_born_on date not null,
  author_name text not null,
  qualification text,
  adviser_account uuid references account,
  written_by uuid[] not null,
  released_on date not null,
  released_at timestamptz not null default now(),
  released_by uuid not null references account,
  by_office boolean not null default false,
  signed_off_by uuid references account,
  why text,
  event_id uuid,
  unique (advice_request_id, number),
  foreign key (advice_request_id, child_id) references advice_request (id, child_id),
  check ((number = 1) or why is not null)
);
comment on table advice_release is 'Advice as released, for ever. child_name and child_born_on are as they stood, so that its authors can read it after the case has closed. why: what a later version put right. by_office: entered by staff from paper.';
create index advice_release_by_child on advice_release (child_id);
create index advice_release_by_writer on advice_release using gin (written_by);

create table advice_paragraph (
  id uuid primary key default gen_random_uuid(),
  release_id uuid not null references advice_release,
  child_id uuid not null references child,
  part_id uuid not null,
  ordinal integer not null default 0,
  number text not null,
  position integer not null,
  kind text not null check (kind in ('about', 'text', 'need', 'outcome', 'provision')),
  section text,
  content jsonb not null,
  unique (release_id, part_id, ordinal),
  unique (release_id, number)
);
comment on table advice_paragraph is 'The released words, a row for each paragraph, need, outcome and line of provision. number is how people cite it; part_id is the same from version to version.';
create index advice_paragraph_by_child on advice_paragraph (child_id);

-- 3. Before the family: somebody looks for what is about other people or could do harm. What is kept back is named with a reason.
create table advice_check (
  id uuid primary key default gen_random_uuid(),
  release_id uuid not null references advice_release,
  child_id uuid not null references child,
  checked_by uuid not null references account,
  checked_on date not null,
  shared_with_advisers boolean not null default false,
  note text,
  taken_back_on date,
  taken_back_by uuid references account,
  taken_back_why text,
  check ((taken_back_on is null) = (taken_back_why is null))
);
comment on table advice_check is 'The quality and safeguarding check of released advice. While one stands, the family reads its copy.';
create unique index advice_check_standing on advice_check (release_id) where taken_back_on is null;
create index advice_check_by_child on advice_check (child_id);

create table advice_withheld (
  check_id uuid not null references advice_check,
  paragraph_id uuid not null references advice_paragraph,
  child_id uuid not null references child,
  reason text not null check (reason in ('about-somebody-else', 'serious-harm', 'safeguarding', 'other')),
  primary key (check_id, paragraph_id)
);
comment on table advice_withheld is 'Paragraphs kept from the family, each with its reason. Never read at the family''s door.';
create index advice_withheld_by_child on advice_withheld (child_id);

create table advice_family_copy (
  check_id uuid primary key references advice_check,
  release_id uuid not null references advice_release,
  advice_request_id uuid not null references advice_request,
  child_id uuid not null references child,
  process_id uuid not null references process,
  number integer not null,
  head text not null,
  answer text not null,
  author_name text not null,
  released_on date not null,
  checked_on date not null
);
comment on table advice_family_copy is 'What heads the family''s copy. A row of its own, since the release and the check hold words that are not for the family: why it was corrected, what the officer noted.';
create index advice_family_copy_by_child on advice_family_copy (child_id);
create index advice_family_copy_by_release on advice_family_copy (release_id);

create table advice_family_paragraph (
  check_id uuid not null references advice_family_copy,
  child_id uuid not null references child,
  part_id uuid not null,
  number text not null,
  position integer not null,
  kind text not null,
  section text,
  content jsonb not null,
  primary key (check_id, number)
);
comment on table advice_family_paragraph is 'The family''s copy: only what was passed by the check, with links to nothing kept back.';
create index advice_family_paragraph_by_child on advice_family_paragraph (child_id);

-- 4. Passed on or declined, and how much each person can write.
create table advice_handover (
  id uuid primary key default gen_random_uuid(),
  advice_request_id uuid not null,
  child_id uuid not null,
  from_account uuid references account,
  to_account uuid references account,
  declined boolean not null,
  reason text not null check (length(trim(reason)) >= 3),
  made_by uuid not null references account,
  made_on date not null,
  made_at timestamptz not null default now(),
  foreign key (advice_request_id, child_id) references advice_request (id, child_id)
);
comment on table advice_handover is 'Advice passed to somebody else, or declined with a reason. A body that refuses a request under section 31 of the Children and Families Act 2014 must give its reasons in writing: s.31(3).';
create index advice_handover_by_advice on advice_handover (advice_request_id);
create index advice_handover_by_child on advice_handover (child_id);

create table advice_capacity (
  account_id uuid not null references account,
  from_on date not null,
  pieces_a_week numeric(5, 2) not null check (pieces_a_week between 0 and 50),
  why text,
  set_by uuid not null references account,
  set_at timestamptz not null default now(),
  primary key (account_id, from_on, set_at)
);
comment on table advice_capacity is 'How many pieces of advice a person can finish in a week, from a day. The newest row for a day stands.';

-- 5. What the policies ask.
-- Requests whose advice the viewer writes, supervises or answers for today, while the case is open and the asking stands.
create function viewer_writes_advice() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct id), '{}') from (
    select ar.id, ar.child_id from advice_request ar join process p on p.id = ar.process_id
      where ar.adviser_account = any (viewer_team_accounts()) and ar.withdrawn_on is null and p.closed_on is null
    union all
    select ar.id, ar.child_id from advice_writer w join advice_request ar on ar.id = w.advice_request_id join process p on p.id = ar.process_id
      where w.account_id = any (viewer_accounts()) and ar.withdrawn_on is null and p.closed_on is null
        and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today())
  ) theirs
  where viewer_door() = 'professional' and child_id <> all (viewer_conflicts())
$$;

-- Requests whose advice the viewer may release: its supervisor where one is set; otherwise the adviser, or their manager by
-- professional line.
create function viewer_releases_advice() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct ar.id), '{}') from advice_request ar
  where ar.id = any (viewer_writes_advice()) and (
    exists (select from advice_writer w where w.advice_request_id = ar.id and w.part = 'supervisor' and w.account_id = any (viewer_accounts())
      and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today()))
    or (not exists (select from advice_writer w where w.advice_request_id = ar.id and w.part = 'supervisor'
          and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today()))
        and (ar.adviser_account = any (viewer_accounts())
          or exists (select from reporting_line r where r.account_id = ar.adviser_account and r.kind = 'professional'
            and r.manager_id = any (viewer_accounts()) and r.from_on <= viewer_today() and (r.to_on is null or r.to_on > viewer_today())))))
$$;

-- Releases the viewer, or somebody who answers to them, wrote: for as long as they work there, whether the case is open or not.
create function viewer_own_releases() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct r.id), '{}') from advice_release r
  where viewer_door() = 'professional' and r.child_id <> all (viewer_conflicts())
    and (r.written_by && viewer_team_accounts() or r.advice_request_id = any (viewer_writes_advice()))
$$;

-- What the law gives an adviser with the request: the family's representations and evidence (SEND Regulations 2014, reg 6(3)).
create function viewer_given_releases() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct r.id), '{}') from advice_release r
  where r.head = 'parent' and viewer_door() = 'professional' and exists (
    select from advice_request mine where mine.id = any (viewer_writes_advice()) and mine.process_id = r.process_id)
$$;

-- Checked copies the viewer reads: the family, theirs; and other advisers of the same assessment, where it is shared. A copy that
-- was taken back is nobody's.
create function viewer_advice_copies() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct k.id), '{}') from advice_release r join advice_check k on k.release_id = r.id
  where k.taken_back_on is null and (
    (viewer_door() = 'family' and r.child_id = any (viewer_children()))
    or (viewer_door() = 'professional' and k.shared_with_advisers and r.child_id <> all (viewer_conflicts()) and exists (
      select from advice_request mine where mine.id = any (viewer_writes_advice()) and mine.process_id = r.process_id)))
$$;

-- Two people of one service: one team, or one answers to the other, or both to one person, by any line but a project's.
create function is_same_service(one uuid, other uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  with lines as (
    select account_id, manager_id from reporting_line
    where kind <> 'project' and from_on <= viewer_today() and (to_on is null or to_on > viewer_today()))
  select exists (
    select from account a, account b where a.id = one and b.id = other and a.door = 'professional' and b.door = 'professional'
      and b.active_from <= viewer_today() and (b.active_to is null or b.active_to > viewer_today())
      and (a.team_id = b.team_id
        or exists (select from lines where (account_id, manager_id) in ((a.id, b.id), (b.id, a.id)))
        or exists (select from lines x join lines y using (manager_id) where x.account_id = a.id and y.account_id = b.id)))
$$;

-- Was a file sent by the family, or for them?
create function sent_by_family(uploader uuid, for_whom text) returns boolean language sql stable security definer set search_path = public, pg_temp as
$$ select for_whom is not null or exists (select from account a where a.id = uploader and a.door = 'family') $$;

/* Passes advice to a colleague of the service, or declines it: to whom the adviser answers, or back to the office. */
create function pass_advice(request uuid, to_person uuid, because text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked advice_request;
  next_person uuid := to_person;
begin
  select * into asked from advice_request where id = request for update;
  if not found or asked.received_on is not null or not (request = any (viewer_writes_advice()))
    or not coalesce(asked.adviser_account = any (viewer_team_accounts()), false) then return false; end if;
  if to_person is null then
    select r.manager_id into next_person from reporting_line r join account a on a.id = r.manager_id
      where r.account_id = asked.adviser_account and r.kind <> 'project' and a.door = 'professional'
        and r.from_on <= viewer_today() and (r.to_on is null or r.to_on > viewer_today()) and r.manager_id <> all (viewer_accounts())
      order by r.kind = 'professional' desc, r.from_on limit 1;
  elsif to_person = asked.adviser_account or not (is_same_service(asked.adviser_account, to_person) or is_same_service(viewer_id(), to_person)) then
    return false;
  end if;
  insert into advice_handover (advice_request_id, child_id, from_account, to_account, declined, reason, made_by, made_on)
    values (request, asked.child_id, asked.adviser_account, next_person, to_person is null, because, viewer_id(), viewer_today());
  update advice_writer set to_on = greatest(from_on, viewer_today()) where advice_request_id = request and to_on is null;
  update advice_request set adviser_account = next_person where id = request;
  return true;
end $$;
comment on function pass_advice is 'False when there is no such advice to pass, or nobody there to pass it to.';

/* What came of the case, told to those who wrote advice for it: no more than that, and when. */
create function outcome_of_my_advice(release uuid) returns table (state text, closed_on date, final_on date)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.state, p.closed_on, (
    select max(e.happened_on) from case_event e where e.process_id = p.id and e.kind = 'final_issued'
      and not exists (select from case_event s where s.supersedes = e.id))
  from advice_release r join process p on p.id = r.process_id
  where r.id = release and r.id = any (viewer_own_releases())
$$;

revoke all on function viewer_writes_advice(), viewer_releases_advice(), viewer_own_releases(), viewer_given_releases(), viewer_advice_copies(),
  is_same_service(uuid, uuid), sent_by_family(uuid, text), pass_advice(uuid, uuid, text), outcome_of_my_advice(uuid) from public;
grant execute on function viewer_writes_advice(), viewer_releases_advice(), viewer_own_releases(), viewer_given_releases(), viewer_advice_copies(),
  is_same_service(uuid, uuid), sent_by_family(uuid, text), pass_advice(uuid, uuid, text), outcome_of_my_advice(uuid) to clearway_app;

-- 6. The wall.
do $$
declare t text;
begin
  foreach t in array array['advice', 'advice_part', 'advice_release', 'advice_paragraph', 'advice_check', 'advice_withheld',
      'advice_family_copy', 'advice_family_paragraph', 'advice_handover'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
    execute format('create policy no_conflict on %I as restrictive to clearway_app using (child_id <> all ((select viewer_conflicts())::uuid[]))', t);
    execute format('grant select, insert on %I to clearway_app', t);
  end loop;
  -- Staff read what has been released, and what the office itself is typing; never what an adviser has not finished.
  foreach t in array array['advice_release', 'advice_paragraph', 'advice_check', 'advice_withheld', 'advice_family_copy', 'advice_family_paragraph', 'advice_handover'] loop
    execute format('create policy staff on %I for select to clearway_app using ((select viewer_door()) = ''staff''
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
  end loop;
  foreach t in array array['advice_check', 'advice_withheld', 'advice_family_copy', 'advice_family_paragraph', 'advice_handover'] loop
    execute format('create policy staff_add on %I for insert to clearway_app with check ((select viewer_door()) = ''staff''
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
  end loop;
end $$;
grant update (state, note, changed_by) on advice to clearway_app;
grant update (taken_back_on, taken_back_by, taken_back_why) on advice_check to clearway_app;
alter table advice_capacity enable row level security;
alter table advice_capacity force row level security;
create policy owner_only on advice_capacity to current_user using (true);
grant select, insert on advice_capacity to clearway_app;

create policy writers on advice to clearway_app using (
  advice_request_id = any ((select viewer_writes_advice())::uuid[])
  or (by_office and (select viewer_door()) = 'staff' and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]))));
create policy in_own_name on advice as restrictive for insert to clearway_app
  with check (begun_by = (select viewer_id()) and by_office = ((select viewer_door()) = 'staff'));
create policy writers on advice_part to clearway_app using (
  advice_request_id in (select a.advice_request_id from advice a));
create policy in_own_name on advice_part as restrictive for insert to clearway_app with check (saved_by = (select viewer_id()));

create policy readers on advice_release for select to clearway_app using (
  id = any ((select viewer_own_releases())::uuid[]) or id = any ((select viewer_given_releases())::uuid[])
  -- A release is seen by whoever makes it, before the list of theirs knows it.
  or released_by = (select viewer_id()));
-- The first wall asks the record keeper who gave advice on a child before.
create policy keeper on advice_release for select to clearway_app using ((select viewer_is_keeper()));
create policy released on advice_release for insert to clearway_app with check (
  released_by = (select viewer_id()) and (select viewer_id()) = any (written_by)
  and ((not by_office and advice_request_id = any ((select viewer_releases_advice())::uuid[]))
       or (by_office and (select viewer_door()) = 'staff'
           and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))));
create policy readers on advice_paragraph for select to clearway_app using (
  release_id = any ((select viewer_own_releases())::uuid[]) or release_id = any ((select viewer_given_releases())::uuid[]));
create policy released on advice_paragraph for insert to clearway_app with check (
  exists (select from advice_release r where r.id = release_id and r.child_id = advice_paragraph.child_id
    and r.released_by = (select viewer_id()) and r.released_at = now()));

create policy writers on advice_check for select to clearway_app using (release_id = any ((select viewer_own_releases())::uuid[]));
create policy in_own_name on advice_check as restrictive for insert to clearway_app
  with check (checked_by = (select viewer_id()) and taken_back_on is null);
create policy taken_back on advice_check for update to clearway_app
  using ((select viewer_door()) = 'staff' and taken_back_on is null and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))
  with check (taken_back_by = (select viewer_id()) and taken_back_on is not null);
-- Those who wrote it know what was kept from the family. The family has no policy on any of the tables above: it reads the copy.
create policy writers on advice_withheld for select to clearway_app using (
  check_id in (select k.id from advice_check k where k.release_id = any ((select viewer_own_releases())::uuid[])));
create policy readers on advice_family_copy for select to clearway_app using (check_id = any ((select viewer_advice_copies())::uuid[]));
create policy readers on advice_family_paragraph for select to clearway_app using (check_id = any ((select viewer_advice_copies())::uuid[]));

create policy own_service on advice_handover for select to clearway_app using (
  (select viewer_door()) = 'professional' and (
    advice_request_id = any ((select viewer_writes_advice())::uuid[]) or made_by = (select viewer_id())));
create policy in_own_name on advice_handover as restrictive for insert to clearway_app with check (made_by = (select viewer_id()));

create policy own_service on advice_capacity for select to clearway_app using (
  (select viewer_door()) = 'staff' or ((select viewer_door()) = 'professional' and account_id = any ((select viewer_team_accounts())::uuid[])));
create policy set_by_the_head on advice_capacity for insert to clearway_app with check (
  set_by = (select viewer_id()) and (select viewer_door()) = 'professional' and account_id = any ((select viewer_team_accounts())::uuid[]));

-- Who writes with whom: people of one service; and a supervisor is taken off by themself or by those above, not by the supervised.
create policy same_service on advice_writer as restrictive for insert to clearway_app with check (
  (select viewer_keeps_records()) or is_same_service((select viewer_id()), account_id));
create policy supervisor_stays on advice_writer as restrictive for update to clearway_app using (
  (select viewer_keeps_records()) or part = 'writer' or account_id = any ((select viewer_team_accounts())::uuid[]));

-- An adviser or a school fills in that the advice came, and nothing else of what was asked of whom.
create function only_that_it_came() returns trigger language plpgsql as $$
begin
  if current_user = 'clearway_app' and not viewer_keeps_records()
    and (to_jsonb(new) - array['received_on', 'nothing_to_report']) is distinct from (to_jsonb(old) - array['received_on', 'nothing_to_report']) then
    raise exception 'who was asked for what is for the office to change' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger only_that_it_came before update on advice_request for each row execute function only_that_it_came();

-- 7. The evidence the family sent is given to every adviser asked (reg 6(3)(b)), once it has passed the checks of files.
create policy evidence_for_advisers on stored_file for select to clearway_app using (
  (select viewer_door()) = 'professional' and state in ('clean', 'not-scanned') and child_id is not null
  and child_id in (select ar.child_id from advice_request ar where ar.id = any ((select viewer_writes_advice())::uuid[]))
  and sent_by_family(uploaded_by, on_behalf_of));

-- 8. What advisers add to a history in their own name, besides that the advice came.
insert into fact_by_door (door, kind) values ('professional', 'advice_passed'), ('professional', 'advice_declined'),
  ('professional', 'advice_corrected');
