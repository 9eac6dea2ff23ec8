-- The family's own words: requests made online, views, comments on a draft plan, and messages with a promised reply.

-- 1. A request being written. Before anybody signs in, a browser holds it by a secret kept here as a hash; once its writer
--    has signed in it is theirs, and the browser alone opens it no longer. Reached through the functions below only.
create table request_draft (
  id uuid primary key default gen_random_uuid(),
  holder_hash bytea,
  account_id uuid references account,
  child_id uuid references child,
  answers jsonb not null default '{}' check (jsonb_typeof(answers) = 'object' and octet_length(answers::text) < 100000),
  started_at timestamptz not null default now(),
  saved_at timestamptz not null default now(),
  sent_as uuid,
  check (holder_hash is not null or account_id is not null)
);
comment on table request_draft is 'A request for an assessment, being written. Forgotten 28 days after it was last saved, unless it was sent.';
create index request_draft_by_account on request_draft (account_id) where account_id is not null;
create index request_draft_by_holder on request_draft (holder_hash) where holder_hash is not null;
create index request_draft_by_child on request_draft (child_id) where child_id is not null;
create index request_draft_saved on request_draft (saved_at) where sent_as is null;

-- 2. A request as it was sent. The clock runs from received_on, whoever opens it and whenever.
create sequence online_request_number;
create table online_request (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  received_at timestamptz not null default now(),
  received_on date not null,
  asked_by text not null check (asked_by in ('parent', 'young-person', 'school', 'post-16', 'early-years', 'health', 'social-care', 'youth-justice', 'other')),
  asker_name text not null check (asker_name <> ''),
  account_id uuid references account,
  setting_urn text references setting,
  answers jsonb not null,
  locality_id text references locality,
  child_id uuid references child,
  process_id uuid references process,
  event_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'not-for-us', 'duplicate')),
  decided_by uuid references account,
  decided_on date,
  decided_at timestamptz,
  decided_why text,
  linked_contact uuid references contact,
  check ((state = 'waiting') = (decided_on is null)),
  check (state <> 'accepted' or child_id is not null),
  check (state not in ('not-for-us', 'duplicate') or length(trim(decided_why)) >= 10)
);
comment on table online_request is 'A request for an assessment as it was sent through the site. Waiting until its case is opened, or somebody answers it with a reason.';
create index online_request_waiting on online_request (received_on) where state = 'waiting';
create index online_request_by_account on online_request (account_id) where account_id is not null;
create index online_request_by_child on online_request (child_id) where child_id is not null;
alter table request_draft add foreign key (sent_as) references online_request;

-- 3. Views, of a parent and of the child or young person, apart.
create table family_view (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid references process,
  account_id uuid not null references account,
  contact_id uuid references contact,
  whose text not null check (whose in ('parent', 'child')),
  words text not null default '' check (char_length(words) <= 20000),
  written_by text not null default 'me' check (written_by in ('me', 'somebody-else')),
  writer text,
  how_checked text,
  on_behalf_of text,
  told_how text check (told_how in ('phone', 'in-person', 'post', 'email', 'other')),
  version integer not null default 1,
  saved_at timestamptz not null default now(),
  state text not null default 'draft' check (state in ('draft', 'sent')),
  sent_on date,
  sent_at timestamptz,
  event_id uuid,
  check ((state = 'sent') = (sent_on is not null)),
  check ((on_behalf_of is null) = (told_how is null)),
  check (state = 'draft' or written_by = 'me' or (writer is not null and how_checked is not null))
);
comment on table family_view is 'What a parent, or the child or young person, says for the assessment (SEND Regulations 2014, regs 6(1)(a) and 7). A draft is its writer''s alone; once sent it is never changed, and more can be sent.';
comment on column family_view.writer is 'Who wrote it down, when the person had somebody write it for them; how_checked says how it was checked with them.';
create index family_view_by_child on family_view (child_id);
create unique index one_view_draft on family_view (account_id, child_id, whose) where state = 'draft';

-- 4. The draft plan in numbered paragraphs, as it was served, and what the family says of each.
create table draft_paragraph (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  draft_event uuid not null,
  section text not null check (section in ('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K')),
  number integer not null check (number > 0),
  words text not null check (words <> ''),
  unique (draft_event, number),
  unique (id, child_id)
);
comment on table draft_paragraph is 'The words of a draft plan as served, by paragraph, so that they can be commented on and answered one by one.';
create index draft_paragraph_by_child on draft_paragraph (child_id);

create table draft_response (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  draft_event uuid not null,
  account_id uuid not null references account,
  contact_id uuid references contact,
  general text not null default '' check (char_length(general) <= 20000),
  wants_meeting boolean,
  meeting_note text,
  setting_answer text check (setting_answer in ('listed', 'not-listed', 'none')),
  setting_urn text references setting,
  setting_name text,
  on_behalf_of text,
  told_how text check (told_how in ('phone', 'in-person', 'post', 'email', 'other')),
  version integer not null default 1,
  saved_at timestamptz not null default now(),
  state text not null default 'draft' check (state in ('draft', 'sent')),
  sent_on date,
  sent_at timestamptz,
  last_day date,
  event_id uuid,
  check ((state = 'sent') = (sent_on is not null)),
  check ((on_behalf_of is null) = (told_how is null)),
  check (setting_answer is distinct from 'listed' or setting_urn is not null),
  unique (id, child_id)
);
comment on table draft_response is 'What one person says about one draft plan (SEND Regulations 2014, reg 13(1)). last_day is the last of their 15 days as it stood when it was sent: after it, it was late, and taken all the same.';
create index draft_response_by_child on draft_response (child_id);
create unique index one_response_draft on draft_response (account_id, draft_event) where state = 'draft';

create table draft_comment (
  id uuid primary key default gen_random_uuid(),
  response_id uuid not null,
  child_id uuid not null,
  section text not null check (section in ('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K')),
  paragraph_id uuid,
  stance text not null check (stance in ('agree', 'change', 'missing', 'question')),
  words text not null default '' check (char_length(words) <= 4000),
  check (stance = 'agree' or words <> ''),
  foreign key (response_id, child_id) references draft_response (id, child_id),
  foreign key (paragraph_id, child_id) references draft_paragraph (id, child_id),
  unique (id, child_id)
);
comment on table draft_comment is 'A comment on one paragraph of a draft, or on a section of it where its words are not kept here.';
create unique index one_comment_a_place on draft_comment (response_id, section, coalesce(paragraph_id, response_id));
create index draft_comment_by_child on draft_comment (child_id);

create table draft_comment_answer (
  comment_id uuid primary key,
  child_id uuid not null,
  words text not null check (words <> '' and char_length(words) <= 4000),
  answered_by uuid not null references account,
  answered_on date not null,
  foreign key (comment_id, child_id) references draft_comment (id, child_id)
);
comment on table draft_comment_answer is 'What the council says to a comment: each gets one, and the person who made it sees it.';
create index draft_comment_answer_by_child on draft_comment_answer (child_id);

-- 5. Messages. A thread belongs to the people in it and to no other member of the family.
create table family_thread (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid references process,
  subject text not null check (subject <> '' and char_length(subject) <= 120),
  opened_by uuid not null references account,
  opened_on date not null,
  waiting_since date,
  reply_by date,
  promised_first date,
  unique (id, child_id),
  check ((waiting_since is null) = (reply_by is null))
);
comment on table family_thread is 'A conversation between somebody round a child and the council. reply_by is the day now promised for the answer; promised_first the day first promised. Both empty: nothing waits for us.';
create index family_thread_by_child on family_thread (child_id);
create index family_thread_waiting on family_thread (reply_by) where reply_by is not null;

create table family_thread_person (
  thread_id uuid not null,
  child_id uuid not null,
  contact_id uuid not null references contact,
  added_by uuid not null references account,
  added_on date not null,
  primary key (thread_id, contact_id),
  foreign key (thread_id, child_id) references family_thread (id, child_id)
);
comment on table family_thread_person is 'Who in the family reads a thread. Parents who live apart read their own, and each other''s only when added.';
create index family_thread_person_by_contact on family_thread_person (contact_id);
create index family_thread_person_by_child on family_thread_person (child_id);

create table family_message (
  id uuid primary key default gen_random_uuid(),
  thread_id uuid not null,
  child_id uuid not null,
  side text not null check (side in ('family', 'council')),
  kind text not null check (kind in ('said', 'answer', 'longer')),
  from_account uuid not null references account,
  words text not null check (words <> '' and char_length(words) <= 8000),
  sent_on date not null,
  sent_at timestamptz not null default clock_timestamp(),
  promised_on date,
  on_behalf_of text,
  told_how text check (told_how in ('phone', 'in-person', 'post', 'email', 'other')),
  foreign key (thread_id, child_id) references family_thread (id, child_id),
  check ((side = 'family') = (kind = 'said')),
  check ((kind in ('said', 'longer')) = (promised_on is not null)),
  check (promised_on is null or promised_on >= sent_on),
  check ((on_behalf_of is null) = (told_how is null)),
  check (on_behalf_of is null or side = 'family')
);
comment on table family_message is 'One message, never changed. promised_on: the day by which the council said it would answer.';
create index family_message_by_thread on family_message (thread_id, sent_at);
create index family_message_by_child on family_message (child_id);

-- The promise is kept by the database: a message waits until it is answered, and a new one never moves an older promise.
create function keep_the_promise() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'said' then
    update family_thread set waiting_since = coalesce(waiting_since, new.sent_on), reply_by = coalesce(reply_by, new.promised_on),
      promised_first = coalesce(promised_first, new.promised_on) where id = new.thread_id;
  elsif new.kind = 'longer' then
    update family_thread set reply_by = new.promised_on where id = new.thread_id and reply_by is not null;
  else
    update family_thread set waiting_since = null, reply_by = null, promised_first = null where id = new.thread_id;
  end if;
  return null;
end $$;
create trigger keep_the_promise after insert on family_message for each row execute function keep_the_promise();

-- 6. Who sees and writes what.
insert into fact_by_door (door, kind) values ('family', 'views_given') on conflict do nothing;
-- That somebody gave views is theirs to see, and no other member of the family's.
create policy views_told on case_event to clearway_app using (
  (select viewer_door()) = 'family' and kind = 'views_given' and recorded_by = (select viewer_id())
  and child_id = any ((select viewer_children())::uuid[]) and not fact_is_superseded(id));

do $$
declare t text;
begin
  foreach t in array array['request_draft', 'online_request', 'family_view', 'draft_paragraph', 'draft_response', 'draft_comment',
      'draft_comment_answer', 'family_thread', 'family_thread_person', 'family_message'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
  foreach t in array array['family_view', 'draft_paragraph', 'draft_response', 'draft_comment', 'draft_comment_answer',
      'family_thread', 'family_thread_person', 'family_message'] loop
    execute format('create policy no_conflict on %I as restrictive to clearway_app using (child_id <> all ((select viewer_conflicts())::uuid[]))', t);
    execute format('create policy reached on %I as restrictive to clearway_app using ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]))', t);
  end loop;
end $$;

-- Does the viewer keep requests that came in: staff who work on cases? Of a locality, those of their own and those that nobody has placed.
create function viewer_takes_requests(of_locality text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account a where a.id = viewer_id() and a.door = 'staff' and a.remit in ('authority', 'locality')
    and a.role in ('plan-coordinator', 'locality-head', 'send-manager', 'qa-lead', 'data-officer')
    and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())
    and (a.remit = 'authority' or of_locality is null or of_locality = a.locality_id))
$$;
-- The accounts of the viewer's own person: nobody deals at work with what they asked for at home.
create function viewer_other_capacities() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(o.id), '{}') from account me join account o on o.person_id = me.person_id and o.id <> me.id where me.id = viewer_id()
$$;

grant select on online_request to clearway_app;
grant update (state, child_id, process_id, event_id, decided_by, decided_on, decided_at, decided_why, linked_contact) on online_request to clearway_app;
create policy seen on online_request for select to clearway_app using (
  (account_id = (select viewer_id()) and (select viewer_door()) in ('family', 'setting'))
  or (child_id is null and viewer_takes_requests(locality_id))
  or (child_id is not null and (select viewer_takes_requests(null))
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]))));
create policy no_conflict on online_request as restrictive to clearway_app using (
  (child_id is null or child_id <> all ((select viewer_conflicts())::uuid[]))
  and (account_id is null or account_id <> all ((select viewer_other_capacities())::uuid[])));
create policy answered_by_staff on online_request for update to clearway_app
  using ((select viewer_takes_requests(null))) with check (
    (select viewer_takes_requests(null)) and (child_id is null or (select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])));

grant select, insert on family_view to clearway_app;
grant update (words, written_by, writer, how_checked, version, saved_at, state, sent_on, sent_at, event_id) on family_view to clearway_app;
grant delete on family_view, draft_comment to clearway_app;
-- A view that was sent is seen by staff, and by those asked for advice, who must have it (reg 6(3)); a draft by its writer alone.
create policy seen on family_view for select to clearway_app using (
  account_id = (select viewer_id())
  or (state = 'sent' and (
    (select viewer_door()) = 'staff'
    or ((select viewer_door()) = 'professional')
    or ((select viewer_door()) = 'setting' and child_id in (
      select ar.child_id from advice_request ar where ar.setting_urn = any ((select viewer_settings())::text[]) and ar.withdrawn_on is null)))));
create policy own_name on family_view for insert to clearway_app with check (
  account_id = (select viewer_id())
  and (((select viewer_door()) = 'family' and on_behalf_of is null) or ((select viewer_door()) = 'staff' and on_behalf_of is not null)));
create policy own_draft on family_view for update to clearway_app
  using (account_id = (select viewer_id()) and state = 'draft') with check (account_id = (select viewer_id()));
create policy own_draft_away on family_view for delete to clearway_app using (account_id = (select viewer_id()) and state = 'draft');

grant select, insert on draft_paragraph to clearway_app;
create policy seen on draft_paragraph for select to clearway_app using ((select viewer_door()) in ('staff', 'family'));
create policy by_staff on draft_paragraph for insert to clearway_app with check ((select viewer_door()) = 'staff');

grant select, insert on draft_response, draft_comment to clearway_app;
grant update (general, wants_meeting, meeting_note, setting_answer, setting_urn, setting_name, version, saved_at, state, sent_on, sent_at, last_day, event_id) on draft_response to clearway_app;
create policy seen on draft_response for select to clearway_app using (
  account_id = (select viewer_id()) or (state = 'sent' and (select viewer_door()) = 'staff'));
create policy own_name on draft_response for insert to clearway_app with check (
  account_id = (select viewer_id())
  and (((select viewer_door()) = 'family' and on_behalf_of is null) or ((select viewer_door()) = 'staff' and on_behalf_of is not null)));
create policy own_draft on draft_response for update to clearway_app
  using (account_id = (select viewer_id()) and state = 'draft') with check (account_id = (select viewer_id()));
-- A comment is as its response is.
create policy seen on draft_comment for select to clearway_app using (response_id in (select id from draft_response));
create policy own_draft on draft_comment for insert to clearway_app
  with check (response_id in (select r.id from draft_response r where r.account_id = (select viewer_id()) and r.state = 'draft'));
create policy own_draft_away on draft_comment for delete to clearway_app
  using (response_id in (select r.id from draft_response r where r.account_id = (select viewer_id()) and r.state = 'draft'));

grant select, insert on draft_comment_answer to clearway_app;
create policy seen on draft_comment_answer for select to clearway_app using (comment_id in (select id from draft_comment));
create policy by_staff on draft_comment_answer for insert to clearway_app with check (
  (select viewer_door()) = 'staff' and answered_by = (select viewer_id()) and comment_id in (select id from draft_comment));

-- The threads the viewer's own contacts are in; asked as the owner, since a thread's people and the thread ask about each other.
create function viewer_threads() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct p.thread_id), '{}') from family_thread_person p where p.contact_id = any (viewer_contacts())
$$;
create function thread_is_opened_by(thread uuid, account uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as
$$ select exists (select from family_thread t where t.id = thread and t.opened_by = account) $$;

grant select, insert on family_thread, family_thread_person, family_message to clearway_app;
create policy seen on family_thread_person for select to clearway_app using (
  (select viewer_door()) = 'staff' or ((select viewer_door()) = 'family' and contact_id = any ((select viewer_contacts())::uuid[])));
create policy seen on family_thread for select to clearway_app using (
  (select viewer_door()) = 'staff'
  or ((select viewer_door()) = 'family' and (opened_by = (select viewer_id()) or id = any ((select viewer_threads())::uuid[]))));
create policy own_name on family_thread for insert to clearway_app with check (
  opened_by = (select viewer_id()) and (select viewer_door()) in ('family', 'staff') and reply_by is null);
-- A family member puts themself in the thread they open; staff add others, never somebody who is barred.
create policy added on family_thread_person for insert to clearway_app with check (
  added_by = (select viewer_id())
  and (((select viewer_door()) = 'family' and contact_id = any ((select viewer_contacts())::uuid[])
        and thread_is_opened_by(thread_id, (select viewer_id())))
    or ((select viewer_door()) = 'staff' and exists (
      select from child_contact cc where cc.child_id = family_thread_person.child_id and cc.contact_id = family_thread_person.contact_id
        and not cc.restricted and cc.from_on <= (select viewer_today()) and (cc.to_on is null or cc.to_on > (select viewer_today()))))));
create policy seen on family_message for select to clearway_app using (thread_id in (select id from family_thread));
create policy own_name on family_message for insert to clearway_app with check (
  from_account = (select viewer_id()) and thread_id in (select id from family_thread)
  and (((select viewer_door()) = 'family' and side = 'family' and on_behalf_of is null)
    or ((select viewer_door()) = 'staff' and (side = 'council' or on_behalf_of is not null))));

-- 7. Drafts of requests. A holder is a browser's secret, hashed; nobody signed in is the viewer with no account.
create function request_draft_of(draft uuid, holder bytea, hold boolean) returns setof request_draft
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if hold then perform from request_draft d where d.id = request_draft_of.draft for update; end if;
  return query select d.* from request_draft d left join online_request r on r.id = d.sent_as
    where d.id = request_draft_of.draft
      and ((d.account_id is not null and d.account_id = viewer_id() and viewer_door() = 'family')
        -- A browser that others use forgets what was sent: its copy is shown for two hours.
        or (d.account_id is null and d.holder_hash = request_draft_of.holder and (r.id is null or r.received_at > now() - interval '2 hours')));
end $$;
create function request_drafts_held(holder bytea) returns table (id uuid, saved_at timestamptz, given_name text, sent boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, d.saved_at, d.answers->>'givenName', d.sent_as is not null from request_draft d
  where d.sent_as is null and ((d.account_id = viewer_id() and viewer_door() = 'family') or (d.account_id is null and d.holder_hash = request_drafts_held.holder))
  order by d.saved_at desc limit 20
$$;
create function start_request_draft(holder bytea) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare
  mine uuid := case when viewer_door() = 'family' then viewer_id() end;
  made uuid;
begin
  insert into request_draft (holder_hash, account_id) values (case when mine is null then holder end, mine) returning id into made;
  return made;
end $$;
create function save_request_draft(draft uuid, holder bytea, patch jsonb, about_child uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from request_draft_of(draft, holder, true)) then return false; end if;
  if about_child is not null and about_child <> all (viewer_children()) then return false; end if;
  update request_draft d set answers = d.answers || patch, saved_at = now(), child_id = case when patch ? 'child' then about_child else d.child_id end
    where d.id = draft and d.sent_as is null;
  return found;
end $$;
-- Signing in makes what this browser holds the person's own: drafts, and requests sent from it.
create function claim_request_drafts(holder bytea) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  claimed integer;
begin
  if viewer_door() is distinct from 'family' or holder is null then return 0; end if;
  update online_request r set account_id = viewer_id() from request_draft d
    where d.sent_as = r.id and d.holder_hash = holder and d.account_id is null and r.account_id is null and r.received_at > now() - interval '2 hours';
  update request_draft d set account_id = viewer_id(), holder_hash = null from request_draft old left join online_request r on r.id = old.sent_as
    where d.id = old.id and d.holder_hash = holder and d.account_id is null and (r.id is null or r.received_at > now() - interval '2 hours');
  get diagnostics claimed = row_count;
  return claimed;
end $$;
create function send_request_draft(draft uuid, holder bytea) returns setof online_request
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  d request_draft;
  made uuid;
begin
  select * into d from request_draft_of(draft, holder, true);
  if not found then return; end if;
  if d.sent_as is null then
    insert into online_request (reference, received_on, asked_by, asker_name, account_id, answers, child_id, locality_id)
    values (
      'R-' || to_char(viewer_today(), 'YYYY') || '-' || lpad(nextval('online_request_number')::text, 5, '0'), viewer_today(),
      d.answers->>'askedBy', d.answers->>'yourName', d.account_id, d.answers,
      case when d.child_id = any (viewer_children()) then d.child_id end,
      coalesce(
        (select c.locality_id from child c where c.id = d.child_id and c.id = any (viewer_children())),
        (select mode() within group (order by c.locality_id) from child c where c.postcode = d.answers->>'postcode' and c.locality_id is not null)))
    returning id into made;
    update request_draft set sent_as = made, saved_at = now() where id = d.id;
    d.sent_as := made;
  end if;
  return query select * from online_request where id = d.sent_as;
end $$;
create function sent_request_of(draft uuid, holder bytea) returns table (reference text, received_at timestamptz, received_on date, state text, process_id uuid, decided_why text)
language sql volatile security definer set search_path = public, pg_temp as $$
  select r.reference, r.received_at, r.received_on, r.state, r.process_id, r.decided_why
  from request_draft_of(draft, holder, false) d join online_request r on r.id = d.sent_as
$$;
create function forget_old_request_drafts() returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone integer;
begin
  delete from request_draft where sent_as is null and saved_at < now() - interval '28 days';
  get diagnostics gone = row_count;
  return gone;
end $$;

-- A parent with responsibility, or the young person, already tied to the child on the record: their own request opens the case,
-- and nobody keys it. Null where somebody must look first: a plan in force, a supporter, another's right to ask.
create function open_assessment_asked_for(request uuid) returns table (process_id uuid, reference text, joined boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  r online_request;
  c child;
  opened process;
  was_open boolean := true;
begin
  select * into r from online_request o where o.id = open_assessment_asked_for.request and o.account_id = viewer_id() and o.state = 'waiting'
    and o.child_id = any (viewer_children()) for update;
  if not found then return; end if;
  select * into c from child where child.id = r.child_id for no key update;
  if not exists (
    select from child_contact cc join contact k on k.id = cc.contact_id
    where cc.child_id = c.id and k.account_id = viewer_id() and not cc.restricted
      and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
      and ((r.asked_by = 'parent' and cc.parental_responsibility and (
              not is_over_compulsory_school_age(c.date_of_birth, viewer_today())
              or exists (select from capacity_note n where n.child_id = c.id and not n.has_capacity
                and n.from_on <= viewer_today() and (n.to_on is null or n.to_on > viewer_today()))))
        or (r.asked_by = 'young-person' and cc.relationship = 'self' and is_over_compulsory_school_age(c.date_of_birth, viewer_today()))))
    then return; end if;
  if exists (select from process p where p.child_id = c.id and p.kind = 'plan' and p.closed_on is null) then return; end if;
  select * into opened from process p where p.child_id = c.id and p.kind = 'assessment' and p.closed_on is null;
  if not found then
    was_open := false;
    insert into process (reference, child_id, kind, state, opened_on, source, locality_id, setting_urn)
    values ('A-' || to_char(r.received_on, 'YYYY') || '-' || lpad(nextval('case_number')::text, 5, '0'), c.id, 'assessment',
      'deciding-whether-to-assess', r.received_on, r.asked_by, c.locality_id, c.setting_urn)
    returning * into opened;
  end if;
  update online_request o set state = 'accepted', process_id = opened.id, decided_on = viewer_today(), decided_at = now() where o.id = r.id;
  return query select opened.id, opened.reference, was_open;
end $$;
comment on function open_assessment_asked_for is 'Opens, or finds open, the assessment a signed-in parent or young person asked for. The fact itself is recorded by them, in their own name.';

do $$
declare f text;
begin
  foreach f in array array['viewer_takes_requests(text)', 'viewer_other_capacities()', 'request_draft_of(uuid, bytea, boolean)',
      'request_drafts_held(bytea)', 'start_request_draft(bytea)', 'save_request_draft(uuid, bytea, jsonb, uuid)', 'claim_request_drafts(bytea)',
      'send_request_draft(uuid, bytea)', 'sent_request_of(uuid, bytea)', 'forget_old_request_drafts()', 'open_assessment_asked_for(uuid)',
      'viewer_threads()', 'thread_is_opened_by(uuid, uuid)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to clearway_app', f);
  end loop;
end $$;
