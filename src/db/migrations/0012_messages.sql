-- Messages out and jobs. A message is a row written in the transaction of the fact it tells of, and sent afterwards.
-- The application never writes these rows itself: queue_message() does, as the owner, after asking everything that must
-- be asked before words leave the council. So the second wall holds even where a page forgets the first.

-- 1. The council's own wording, dated. With no row the product's wording holds. Legal parts are not here: nobody edits them.
create table message_wording (
  id bigint generated always as identity primary key,
  template text not null check (template <> ''),
  channel text not null check (channel in ('email', 'text', 'letter')),
  subject text not null default '',
  body text not null check (body <> ''),
  valid_from date not null,
  set_by uuid not null references account,
  set_at timestamptz not null default now(),
  why text not null check (why <> '')
);
comment on table message_wording is 'How the council words a message, from a day. The last one set for the day holds; earlier ones are its history.';
create index message_wording_in_force on message_wording (template, channel, valid_from);

-- 2. How a person wants to be told.
create table message_preference (
  id uuid primary key default gen_random_uuid(),
  contact_id uuid unique references contact,
  account_id uuid unique references account,
  channel text not null check (channel in ('email', 'text', 'letter')),
  quiet_from text check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_to text check (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  language text not null default 'English',
  interpreter text,
  formats text[] not null default '{}',
  other_needs text,
  updated_at timestamptz not null default now(),
  updated_by uuid not null references account,
  check ((contact_id is null) <> (account_id is null)),
  check ((quiet_from is null) = (quiet_to is null))
);
comment on table message_preference is 'Email, text or letter; hours in which nothing is sent (London time); language, interpreter and formats needed. Of a contact, or of an account.';

-- 3. Many messages at once: seen whole by one person, approved by another from ten up, and ten minutes to call them back.
create table message_batch (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  what text not null check (what <> ''),
  made_by uuid not null references account,
  made_at timestamptz not null default now(),
  recipients integer not null default 0,
  approved_by uuid references account,
  approved_at timestamptz,
  recalled_by uuid references account,
  recalled_at timestamptz,
  recalled_why text,
  check (approved_by is distinct from made_by)
);

-- 4. The outbox.
create table message (
  id uuid primary key default gen_random_uuid(),
  event text not null check (event <> ''),
  template text not null,
  wording_id bigint references message_wording,
  channel text not null check (channel in ('email', 'text', 'letter')),
  about_child uuid references child,
  process_id uuid references process,
  recipient text not null,
  recipient_contact uuid references contact,
  recipient_account uuid references account,
  recipient_name text not null,
  address text not null,
  subject text not null,
  body text,
  link_path text,
  state text not null check (state in ('queued', 'held', 'sending', 'sent', 'delivered', 'failed-retrying', 'bounced', 'read', 'cancelled')),
  held_for text check (held_for in ('quiet-hours', 'approval', 'recall', 'check')),
  send_after timestamptz not null default now(),
  erase_after timestamptz,
  urgent boolean not null default false,
  attempts integer not null default 0,
  problem text,
  carrier text,
  carrier_reference text,
  batch_id uuid references message_batch,
  queued_by uuid references account,
  queued_at timestamptz not null default now(),
  sending_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  ended_at timestamptz,
  unique (event, template, recipient),
  check ((state = 'held') = (held_for is not null)),
  check (body is not null or template = 'sign-in'),
  check (recipient_contact is null or recipient_account is null)
);
comment on table message is 'What leaves the council, and how far it got. One row for each event, recipient and template: the same fact told twice tells nobody twice. A sign-in message loses its words once sent or out of date.';
create index message_to_send on message (urgent desc, send_after) where state in ('queued', 'held', 'failed-retrying');
create index message_under_way on message (sending_at) where state = 'sending';
create index message_to_ask_about on message (sent_at) where state = 'sent' and carrier = 'notify';
create index message_to_erase on message (erase_after) where body is not null and erase_after is not null;
create index message_by_child on message (about_child, queued_at);
create index message_by_account on message (recipient_account) where recipient_account is not null;
create index message_by_contact on message (recipient_contact) where recipient_contact is not null;
create index message_by_batch on message (batch_id) where batch_id is not null;

-- 5. Work done in the background, as people see it. The queue itself lives in a schema of its own, the owner's alone.
create table job_progress (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind <> ''),
  about text not null default '',
  key text not null unique,
  data jsonb not null default '{}',
  started_by uuid not null references account,
  asked_at timestamptz not null default now(),
  total integer,
  done integer not null default 0,
  failed integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'stopped')),
  problem text,
  result text,
  cursor text,
  attempt integer not null default 0,
  handed_at timestamptz,
  ended_at timestamptz
);
comment on column job_progress.cursor is 'How far it got, in the job''s own terms, so that another server goes on from there.';
comment on table job_progress is 'A job as its starter sees it: asked for in a command''s transaction, handed to the queue afterwards. data never holds names.';
create index job_progress_waiting on job_progress (asked_at) where state in ('waiting', 'running');

do $$
declare t text;
begin
  foreach t in array array['message_preference', 'message_batch', 'message', 'job_progress', 'message_wording'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
end $$;

grant select on message_wording, message_batch, message to clearway_app;
grant insert (template, channel, subject, body, valid_from, set_by, why) on message_wording to clearway_app;
grant select, insert, update on message_preference to clearway_app;
grant select (id, kind, about, key, started_by, asked_at, total, done, failed, state, problem, result, ended_at) on job_progress to clearway_app;
grant insert (id, kind, about, key, data, started_by) on job_progress to clearway_app;

create policy all_may_read on message_wording for select to clearway_app using (true);
create policy set_in_own_name on message_wording for insert to clearway_app
  with check ((select viewer_may_set()) and set_by = (select viewer_id()));

-- Staff write it down for the people of the children they reach.
create policy own_or_staff on message_preference for select to clearway_app using (
  account_id = (select viewer_id())
  or contact_id = any ((select viewer_contacts())::uuid[])
  or ((select viewer_door()) = 'staff' and (contact_id in (select id from contact) or account_id in (select k.account_id from contact k))));
create policy add_own_or_for_family on message_preference for insert to clearway_app with check (
  updated_by = (select viewer_id()) and (
    account_id = (select viewer_id())
    or ((select viewer_door()) = 'staff' and contact_id in (select id from contact))));
create policy change_own_or_for_family on message_preference for update to clearway_app using (
    account_id = (select viewer_id())
    or ((select viewer_door()) = 'staff' and contact_id in (select id from contact)))
  with check (updated_by = (select viewer_id()));

create policy staff on message_batch for select to clearway_app using ((select viewer_door()) = 'staff' and (select viewer_remit()) in ('authority', 'locality'));

-- Nobody reads a sign-in message here, not even its own reader: it is a key.
-- A person reads what went to them, once it has gone, and about a child they still reach; staff, what went out about theirs.
create policy own_or_by_child on message for select to clearway_app using (
  template <> 'sign-in' and (
    ((recipient_account = (select viewer_id()) or recipient_contact = any ((select viewer_contacts())::uuid[]))
      and state in ('sending', 'sent', 'delivered', 'read')
      and (about_child is null or (select viewer_sees_authority()) or about_child = any ((select viewer_children())::uuid[])))
    or ((select viewer_door()) = 'staff' and about_child is not null
      and ((select viewer_sees_authority()) or about_child = any ((select viewer_children())::uuid[])))));

create policy no_conflict on message as restrictive to clearway_app using (about_child is null or about_child <> all ((select viewer_conflicts())::uuid[]));

create policy own_or_oversight on job_progress for select to clearway_app using (started_by = (select viewer_id()) or (select viewer_may_set()));
create policy ask_in_own_name on job_progress for insert to clearway_app with check (started_by = (select viewer_id()));

-- 6. The guards.

-- Does the viewer reach this child at work or at home, and is it not one they must not see at work?
create function message_may_concern(child uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as
$$ select (viewer_sees_authority() or child = any (viewer_children())) and child <> all (viewer_conflicts()) $$;

-- Letters and digits only, in lower case, each word between single spaces, so that "O'Neil-Smith" is found however it is written.
create function message_words(said text) returns text language sql immutable set search_path = public, pg_temp as
$$ select ' ' || btrim(regexp_replace(lower(coalesce(said, '')), '[^[:alnum:]]+', ' ', 'g')) || ' ' $$;

-- Everyday words that are also somebody's name ("May", "Will", a Thea known as "The"): a name only when written as one.
create function message_everyday_words() returns text[] language sql immutable set search_path = public, pg_temp as $$
  select regexp_split_to_array('a about after again all also an and another any are as ask asked at be been before but by call came can
    change changes come could day days decide decision did do done draft each easy even every few final find first for from get
    give given go good grace had has have he her here him his home hope how i if in into is it its joy just keep last late later
    law less letter like line long made make mark may me meeting more most much must my need new no not now of off old on one only
    open or other our out over own page part plan post read rose said same say see send sent set she should show sign so some soon
    still stop story summer take talk tell than that the their them then there these they this time to today told two under until
    up us use visit was way we week well were what when where whether which who why will with word work would write year yes you
    young your answer advice assessment child council face field house review school', '\s+') $$;

-- Is this name said in these words? A name with no letter this database can sort by is looked for as it is written.
create function message_says(words text, raw text, name text) returns boolean language sql immutable set search_path = public, pg_temp as $$
  select case
    when coalesce(btrim(name), '') = '' then false
    when btrim(message_words(name)) = '' then position(btrim(name) in raw) > 0
    when btrim(message_words(name)) = any (message_everyday_words()) then raw ~ ('\m(' || initcap(btrim(name)) || '|' || upper(btrim(name)) || ')\M')
    else position(message_words(name) in words) > 0
  end
$$;

-- Does a message name a child? `said` is all of it; `filled` what was put in the gaps of the wording; `fixed` the words of the
-- product's own wording, which can give nobody away ("will", "may"). The child concerned and the family's other children
-- are looked for strictly in what was filled in. Names of staff and of settings are struck out first.
create function message_names_a_child(said text, filled text, fixed text[], about_child uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  dates constant text := '\m\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?\M';
  all_raw text := regexp_replace(regexp_replace(said, 'https?://\S+', ' ', 'g'), dates, ' ', 'g');
  filled_raw text := regexp_replace(regexp_replace(filled, 'https?://\S+', ' ', 'g'), dates, ' ', 'g');
  all_words text;
  filled_words text;
  known text;
  family uuid[];
  lowered text;
  sees_all constant boolean := viewer_sees_authority();
  reached constant uuid[] := viewer_children();
begin
  for known in
    select a.name from account a where a.door in ('staff', 'professional', 'setting', 'system') and position(a.name in filled_raw) > 0
    union all select s.name from setting s where position(s.name in filled_raw) > 0
    union all select l.name from locality l where position(l.name in filled_raw) > 0
    union all select t.name from team t where position(t.name in filled_raw) > 0
    union all select au.name from authority au where position(au.name in all_raw) > 0
  loop
    all_raw := replace(all_raw, known, ' | ');
    filled_raw := replace(filled_raw, known, ' | ');
  end loop;
  all_words := message_words(all_raw);
  filled_words := message_words(filled_raw);
  lowered := lower(all_raw);
  select array_agg(distinct other.child_id) || about_child into family
    from child_contact mine join child_contact other on other.contact_id = mine.contact_id where mine.child_id = about_child;
  return exists (
    select from child c cross join lateral (values (c.given_name), (c.family_name), (c.known_as)) named (name)
    where c.id = any (family)
      and (message_says(filled_words, filled_raw, named.name)
        or (message_says(all_words, all_raw, named.name) and not coalesce(btrim(message_words(named.name)) = any (fixed), false)))
  ) or exists (
    select from child c cross join lateral (values (c.given_name), (c.family_name), (c.known_as)) named (name)
    -- The cheap question first: most names are plain words that are not in the text at all.
    where (position(lower(named.name) in lowered) > 0 or named.name ~ '[^A-Za-z]')
      and (sees_all or c.id = any (reached))
      and message_says(all_words, all_raw, named.name) and not coalesce(btrim(message_words(named.name)) = any (fixed), false)
  );
end $$;

-- Why nothing may be sent to this person about this child on this day; empty when it may.
create function message_refusal(about_child uuid, to_contact uuid, to_account uuid) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  asking text := coalesce(current_setting('clearway.viewer', true), '');
  login uuid := to_account;
  reaches boolean;
begin
  if to_contact is not null then
    select k.account_id into login from contact k where k.id = to_contact;
    if not found then return 'no-relationship'; end if;
  end if;
  if about_child is null then
    -- About no child: only to somebody who signs in. A family is written to about a child of theirs or not at all.
    if to_contact is not null then return 'no-relationship'; end if;
    if not exists (select from account a where a.id = to_account and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today()))
      then return 'no-relationship'; end if;
    return null;
  end if;
  -- A bar on a person closes every way to them, whichever contact or account it was recorded on.
  if exists (
    select from child_contact cc join contact k on k.id = cc.contact_id
    where cc.child_id = about_child and cc.restricted and (cc.to_on is null or cc.to_on > viewer_today())
      and (cc.contact_id = to_contact or k.account_id in (
        select other.id from account me join account other on other.person_id = me.person_id where me.id = login)))
    then return 'restricted'; end if;
  if to_contact is not null and not exists (
    select from child_contact cc join child c on c.id = cc.child_id
    where cc.child_id = about_child and cc.contact_id = to_contact
      and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
      and (
        (cc.parental_responsibility and (
          not is_over_compulsory_school_age(c.date_of_birth, viewer_today())
          or exists (select from sharing_consent s where s.child_id = c.id and s.contact_id = to_contact
              and s.from_on <= viewer_today() and (s.to_on is null or s.to_on > viewer_today()))
          or exists (select from capacity_note n where n.child_id = c.id and not n.has_capacity
              and n.from_on <= viewer_today() and (n.to_on is null or n.to_on > viewer_today()))))
        or (cc.relationship = 'self'
            and (is_over_compulsory_school_age(c.date_of_birth, viewer_today()) or cc.consent_on <= viewer_today()))
        or (cc.relationship = 'advocate' and cc.consent_on <= viewer_today() and cc.to_on is not null)))
    then return 'no-relationship'; end if;
  -- Somebody who signs in is told only of a child their account reaches, by the same rule that opens its pages.
  if login is not null then
    if exists (select from account a where a.id = login and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())) then
      perform set_config('clearway.viewer', login::text, true);
      reaches := message_may_concern(about_child);
      perform set_config('clearway.viewer', asking, true);
      if not coalesce(reaches, false) then return 'no-relationship'; end if;
    elsif to_account is not null then
      return 'no-relationship';
    end if;
  end if;
  return null;
end $$;

-- Where a message to this person would go by this channel; empty when the record holds no such address.
create function message_address(to_contact uuid, to_account uuid, by_channel text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case by_channel
    when 'email' then (select e from (
        select k.email as e, 1 as place from contact k where k.id = to_contact
        union all select a.email, 2 from account a where a.id = coalesce(to_account, (select account_id from contact where id = to_contact))
      ) emails where e ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' order by place limit 1)
    when 'text' then (select regexp_replace(k.phone, '[^0-9+]', '', 'g') from contact k
        where k.id = to_contact and regexp_replace(k.phone, '[^0-9+]', '', 'g') ~ '^(07[0-9]{9}|\+447[0-9]{9})$')
    when 'letter' then (select concat_ws(E'\n', k.name, k.address_line, k.town, k.postcode) from contact k
        where k.id = to_contact and k.address_line is not null and k.postcode is not null)
  end
$$;

-- What a sender is told of a recipient before writing: never the address, only which channels there is one for.
create function message_recipient(about_child uuid, to_contact uuid, to_account uuid)
returns table (name text, door text, relationship text, refused text, channels text[], prefers text, quiet_from text, quiet_to text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if viewer_remit() is null then
    raise exception 'nobody is signed in' using errcode = 'insufficient_privilege';
  end if;
  return query
    select coalesce(k.name, a.name), coalesce(a.door, 'family'),
      (select cc.relationship from child_contact cc where cc.child_id = about_child and cc.contact_id = to_contact
        and (cc.to_on is null or cc.to_on > viewer_today()) order by cc.from_on desc limit 1),
      message_refusal(about_child, to_contact, to_account),
      array(select c from unnest(array['email', 'text', 'letter']) c where message_address(to_contact, to_account, c) is not null),
      coalesce(p.channel, case k.prefers when 'phone' then 'text' else k.prefers end, 'email'), p.quiet_from, p.quiet_to
    from (select 1) one
      left join contact k on k.id = to_contact
      left join account a on a.id = coalesce(to_account, k.account_id)
      left join lateral (select mp.channel, mp.quiet_from, mp.quiet_to from message_preference mp
        where mp.contact_id = to_contact or mp.account_id = a.id order by mp.updated_at desc limit 1) p on true
    where k.id is not null or a.id is not null;
end $$;

-- For the person who is about to send: the address, in full. Staff, about a child they reach.
create function message_preview_address(about_child uuid, to_contact uuid, to_account uuid, by_channel text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select message_address(to_contact, to_account, by_channel)
  where viewer_door() = 'staff' and message_may_concern(about_child)
$$;

-- Puts a message in the outbox, or says why not. The only way in for a message about a child.
create function queue_message(asked jsonb) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  about uuid := asked->>'child';
  to_contact uuid := asked->>'contact';
  to_account uuid := asked->>'account';
  for_process uuid := asked->>'process';
  by_channel text := asked->>'channel';
  path text := asked->>'link_path';
  who text := coalesce('contact:' || to_contact, 'account:' || to_account);
  said text := concat_ws(E'\n', asked->>'subject', asked->>'body');
  found_id uuid;
  found_state text;
  why text;
  to_address text;
  to_name text;
  mentioned uuid[];
begin
  if viewer_remit() is null then
    raise exception 'nobody is signed in' using errcode = 'insufficient_privilege';
  end if;
  if asked->>'template' = 'sign-in' or (to_contact is null) = (to_account is null) then
    raise exception 'not a message of this kind' using errcode = 'invalid_parameter_value';
  end if;
  if about is not null and not message_may_concern(about) then
    return jsonb_build_object('refused', 'not-yours');
  end if;
  -- Two tellings at once of one fact to one person take turns here.
  perform pg_advisory_xact_lock(hashtextextended(concat_ws(E'\x1f', asked->>'event', asked->>'template', who), 11));
  select m.id, m.state into found_id, found_state from message m
    where m.event = asked->>'event' and m.template = asked->>'template' and m.recipient = who;
  if found then return jsonb_build_object('id', found_id, 'state', found_state, 'again', true); end if;
  why := message_refusal(about, to_contact, to_account);
  if why is not null then return jsonb_build_object('refused', why); end if;
  if for_process is not null and not exists (select from process p where p.id = for_process and p.child_id = about) then
    return jsonb_build_object('refused', 'mixes-children');
  end if;
  -- A link that leads to another child's page.
  if path is not null then
    select array_agg(m[1]::uuid) into mentioned
      from regexp_matches(path, '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})', 'g') m;
    if exists (select from child c where c.id = any (mentioned) and c.id is distinct from about)
      or exists (select from process p where p.id = any (mentioned) and p.child_id is distinct from about)
      or exists (select from document d where d.id = any (mentioned) and d.child_id is distinct from about)
      or exists (select from child c where position(c.reference in path) > 0 and c.id is distinct from about and path ~ ('(^|[^0-9A-Za-z])' || regexp_replace(c.reference, '([^0-9A-Za-z])', '\\\1', 'g') || '($|[^0-9A-Za-z])'))
      then return jsonb_build_object('refused', 'mixes-children'); end if;
  end if;
  if message_names_a_child(said, coalesce(asked->>'filled', ''), array(select jsonb_array_elements_text(asked->'fixed')), about) then
    return jsonb_build_object('refused', 'names-a-child');
  end if;
  to_address := message_address(to_contact, to_account, by_channel);
  if to_address is null then return jsonb_build_object('refused', 'no-address'); end if;
  select coalesce((select k.name from contact k where k.id = to_contact), (select a.name from account a where a.id = to_account)) into to_name;
  insert into message (event, template, wording_id, channel, about_child, process_id, recipient, recipient_contact, recipient_account,
      recipient_name, address, subject, body, link_path, state, held_for, send_after, batch_id, queued_by)
    values (asked->>'event', asked->>'template', (asked->>'wording')::bigint, by_channel, about, for_process, who, to_contact, to_account,
      to_name, to_address, asked->>'subject', asked->>'body', path,
      case when asked->>'held_for' is null then 'queued' else 'held' end, asked->>'held_for',
      coalesce((asked->>'send_after')::timestamptz, now()), (asked->>'batch')::uuid, viewer_id())
    returning id, state into found_id, found_state;
  return jsonb_build_object('id', found_id, 'state', found_state, 'again', false);
end $$;

-- A link or code to sign in with: before anybody is known, at once, at any hour, and about no child.
create function queue_sign_in_message(asked jsonb) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  made uuid;
begin
  if length(asked->>'body') > 2000 or asked->>'channel' not in ('email', 'text') then
    raise exception 'not a message of this kind' using errcode = 'invalid_parameter_value';
  end if;
  insert into message (event, template, channel, recipient, recipient_account, recipient_name, address, subject, body, state, urgent, send_after, erase_after)
    values (asked->>'event', 'sign-in', asked->>'channel', 'address:' || encode(sha256(convert_to(lower(asked->>'address'), 'UTF8')), 'hex'),
      (asked->>'account')::uuid, '', asked->>'address', asked->>'subject', asked->>'body', 'queued', true,
      coalesce((asked->>'send_after')::timestamptz, now()), (asked->>'erase_after')::timestamptz)
    on conflict (event, template, recipient) do nothing
    returning id into made;
  return made;
end $$;

-- The reader opened the page the message points to.
create function message_opened(message uuid) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  leads_to text;
begin
  select m.link_path into leads_to from message m
    where m.id = message_opened.message and m.template <> 'sign-in' and viewer_remit() is not null
      and (m.recipient_account = viewer_id() or m.recipient_contact = any (viewer_contacts()));
  update message m set state = 'read', read_at = now()
    where m.id = message_opened.message and leads_to is not null and m.state in ('sending', 'sent', 'delivered');
  return leads_to;
end $$;

-- 7. Many at once.
create function start_message_batch(batch_key text, what text) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  made uuid;
begin
  if coalesce(viewer_door(), '') <> 'staff' then
    raise exception 'only staff write to many' using errcode = 'insufficient_privilege';
  end if;
  insert into message_batch (key, what, made_by) values (batch_key, start_message_batch.what, viewer_id()) returning id into made;
  return made;
end $$;

-- Counts the batch and holds it: for a second person from ten up, else for the ten minutes in which it can be called back.
create function close_message_batch(batch uuid) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  many integer;
begin
  select count(*) into many from message m where m.batch_id = batch;
  update message_batch b set recipients = many where b.id = batch and b.made_by = viewer_id() and b.recipients = 0;
  if not found then raise exception 'no such batch' using errcode = 'insufficient_privilege'; end if;
  update message m set state = 'held', held_for = case when many >= 10 then 'approval' else 'recall' end,
      send_after = greatest(m.send_after, now() + interval '10 minutes')
    where m.batch_id = batch and m.state in ('queued', 'held');
  return many;
end $$;

create function approve_message_batch(batch uuid) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  many integer;
begin
  update message_batch b set approved_by = viewer_id(), approved_at = now()
    where b.id = batch and b.recalled_at is null and b.approved_at is null and b.made_by <> viewer_id() and viewer_door() = 'staff'
      and exists (select from account a where a.id = viewer_id() and a.role in ('locality-head', 'send-manager', 'head-of-service'))
      and viewer_remit() is not null
      and not exists (select from message m where m.batch_id = b.id
        and not message_may_concern(m.about_child));
  if not found then return null; end if;
  update message m set held_for = 'recall', send_after = greatest(m.send_after, now() + interval '10 minutes')
    where m.batch_id = batch and m.state = 'held' and m.held_for = 'approval';
  get diagnostics many = row_count;
  return many;
end $$;

create function recall_message_batch(batch uuid, why text) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  many integer;
begin
  update message_batch b set recalled_by = viewer_id(), recalled_at = now(), recalled_why = why
    where b.id = batch and b.recalled_at is null and viewer_door() = 'staff' and viewer_remit() in ('authority', 'locality');
  if not found then return null; end if;
  update message m set state = 'cancelled', held_for = null, ended_at = now(), problem = 'called back'
    where m.batch_id = batch and m.state in ('queued', 'held', 'failed-retrying');
  get diagnostics many = row_count;
  return many;
end $$;

-- One message, before it has gone.
create function cancel_message(message uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update message m set state = 'cancelled', held_for = null, ended_at = now(), problem = 'stopped by staff'
    where m.id = cancel_message.message and m.template <> 'sign-in' and m.state in ('queued', 'held', 'failed-retrying')
      and viewer_door() = 'staff' and m.about_child is not null
      and message_may_concern(m.about_child);
  return found;
end $$;

-- A message that may or may not have gone: a person has asked, and says. Sent it stays; not sent, it goes again.
create function settle_message(message uuid, did_go boolean) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update message m set state = case when did_go then 'sent' else 'queued' end, held_for = null,
      sent_at = case when did_go then coalesce(m.sending_at, now()) end, send_after = now(), problem = null
    where m.id = settle_message.message and m.state = 'held' and m.held_for = 'check' and viewer_door() = 'staff'
      and m.about_child is not null and message_may_concern(m.about_child);
  return found;
end $$;

-- 8. For those who keep the service running: how far each message got. Words only in training, where nobody is real.
create function outbox_states(most integer)
returns table (id uuid, queued_at timestamptz, template text, channel text, state text, held_for text, send_after timestamptz,
  attempts integer, problem text, sent_at timestamptz, delivered_at timestamptz, read_at timestamptz, door text, address text, subject text, body text)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.queued_at, m.template, m.channel, m.state, m.held_for, m.send_after, m.attempts, m.problem, m.sent_at, m.delivered_at, m.read_at,
    coalesce(a.door, 'family'),
    case when is_training() then m.address end, case when is_training() then m.subject end, case when is_training() then m.body end
  from message m left join account a on a.id = m.recipient_account
  where exists (select from account v where v.id = viewer_id() and v.role = 'administrator' and v.active_from <= viewer_today()
    and (v.active_to is null or v.active_to > viewer_today()))
  order by m.queued_at desc, m.id limit least(most, 500)
$$;

do $$
declare f text;
begin
  foreach f in array array['message_words(text)', 'message_may_concern(uuid)', 'message_everyday_words()', 'message_says(text, text, text)', 'message_names_a_child(text, text, text[], uuid)',
      'message_refusal(uuid, uuid, uuid)', 'message_address(uuid, uuid, text)', 'message_recipient(uuid, uuid, uuid)',
      'message_preview_address(uuid, uuid, uuid, text)', 'queue_message(jsonb)', 'queue_sign_in_message(jsonb)', 'message_opened(uuid)',
      'start_message_batch(text, text)', 'close_message_batch(uuid)', 'approve_message_batch(uuid)', 'recall_message_batch(uuid, text)',
      'cancel_message(uuid)', 'settle_message(uuid, boolean)', 'outbox_states(integer)'] loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function message_recipient(uuid, uuid, uuid), message_preview_address(uuid, uuid, uuid, text), queue_message(jsonb),
  queue_sign_in_message(jsonb), message_opened(uuid), start_message_batch(text, text), close_message_batch(uuid),
  approve_message_batch(uuid), recall_message_batch(uuid, text), cancel_message(uuid), settle_message(uuid, boolean),
  outbox_states(integer) to clearway_app;
