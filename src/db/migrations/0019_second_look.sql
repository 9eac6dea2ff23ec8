-- A second look at both walls by somebody who did not build them: each change shuts a way in that was tried and went through.

-- 1. A contact's tie opens a child at the family's door alone; and a bar on a person holds for every account they have.
create or replace function viewer_children() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct child_id), '{}') from (
    -- Staff: their locality, or that of somebody they stand in for; the cases given to them; what they were let into.
    select c.id as child_id from child c join account a on a.locality_id = c.locality_id
      where a.door = 'staff' and a.remit = 'locality' and a.id = any (viewer_accounts())
    union all
    select p.child_id from process p join account a on a.id = p.assigned_to
      where a.door = 'staff' and a.remit <> 'none' and p.closed_on is null and a.id = any (viewer_team_accounts())
    union all
    select g.child_id from case_grant g where g.account_id = viewer_id() and g.from_at <= now() and g.until_at > now()
    union all
    -- Families: parental responsibility until the rights are the young person's, and after that by their consent or where
    -- they lack capacity; the young person; an advocate with consent. A bar on somebody closes every link of every account they have.
    select cc.child_id from account me join contact k on k.account_id = me.id join child_contact cc on cc.contact_id = k.id
      join child c on c.id = cc.child_id
      where me.id = viewer_id() and me.door = 'family' and not cc.restricted
        and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
        and (
          (cc.parental_responsibility and (
            not is_over_compulsory_school_age(c.date_of_birth, viewer_today())
            or exists (select from sharing_consent s where s.child_id = c.id and s.contact_id = k.id
                and s.from_on <= viewer_today() and (s.to_on is null or s.to_on > viewer_today()))
            or exists (select from capacity_note n where n.child_id = c.id and not n.has_capacity
                and n.from_on <= viewer_today() and (n.to_on is null or n.to_on > viewer_today()))))
          or (cc.relationship = 'self'
              and (is_over_compulsory_school_age(c.date_of_birth, viewer_today()) or cc.consent_on <= viewer_today()))
          or (cc.relationship = 'advocate' and cc.consent_on <= viewer_today() and cc.to_on is not null))
        and not exists (
          select from child_contact barred join contact b on b.id = barred.contact_id join account one on one.id = b.account_id
          where barred.child_id = cc.child_id and one.person_id = me.person_id and barred.restricted
            and (barred.to_on is null or barred.to_on > viewer_today()))
    union all
    -- Settings: on roll on the day; asked for advice or consulted, while the case is open and the asking stands.
    select e.child_id from enrolment e
      where e.setting_urn = any (viewer_settings()) and e.from_on <= viewer_today() and (e.to_on is null or e.to_on > viewer_today())
    union all
    select ar.child_id from advice_request ar join process p on p.id = ar.process_id
      where ar.setting_urn = any (viewer_settings()) and ar.withdrawn_on is null and p.closed_on is null
    union all
    select e.child_id from case_event e join process p on p.id = e.process_id
      where e.kind = 'setting_consulted' and e.payload->>'setting' = any (viewer_settings()) and p.closed_on is null
        and not exists (select from case_event s where s.supersedes = e.id)
    union all
    -- Professionals: asked for advice, writing or supervising it, or answered to by somebody who was, while the case is open.
    select ar.child_id from advice_request ar join process p on p.id = ar.process_id
      where ar.adviser_account = any (viewer_team_accounts()) and ar.withdrawn_on is null and p.closed_on is null
    union all
    select w.child_id from advice_writer w join advice_request ar on ar.id = w.advice_request_id join process p on p.id = ar.process_id
      where w.account_id = any (viewer_accounts()) and ar.withdrawn_on is null and p.closed_on is null
        and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today())
  ) reached
  where coalesce(viewer_remit(), 'none') <> 'none'
$$;

-- 2. A mailbox that several people read proves that one of them came, and lets them in by name: never as what a colleague is
--    elsewhere, least of all at home. The same for the passkey and the session that began by it.
create function capacities_of(account uuid, way text) returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(o.id), '{}') from account me
  join account o on o.id = me.id or (o.person_id = me.person_id
    and not (me.shared_mailbox and capacities_of.way in ('link', 'code', 'passkey')))
  where me.id = capacities_of.account
$$;
comment on function capacities_of is 'The accounts of a person that a way of proving one of them stands for.';
revoke all on function capacities_of(uuid, text) from public;

create or replace function accounts_of_address(channel text, address text, today date) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  with named as (
    select a.id, a.person_id, a.shared_mailbox from account a
    where case accounts_of_address.channel when 'email' then lower(a.email) = accounts_of_address.address else a.mobile = accounts_of_address.address end
      and a.door in ('family', 'setting', 'professional')
      and a.active_from <= accounts_of_address.today and (a.active_to is null or a.active_to > accounts_of_address.today))
  select coalesce(array_agg(a.id), '{}') from account a
  where (a.id in (select id from named) or a.person_id in (select person_id from named where not shared_mailbox)) and a.door in ('family', 'setting', 'professional')
    and a.active_from <= accounts_of_address.today and (a.active_to is null or a.active_to > accounts_of_address.today)
$$;

create or replace function prove_by_passkey(browser_hash bytea, challenge text, new_browser_hash bytea, credential_id text, counter bigint, today date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  whose account;
begin
  delete from passkey_challenge c where c.browser_hash = prove_by_passkey.browser_hash and c.challenge = prove_by_passkey.challenge
    and c.begun_at >= now() - interval '10 minutes';
  if not found then return 'not-begun'; end if;
  -- A counter that does not move on, where the passkey keeps one, is a copy.
  update passkey p set counter = prove_by_passkey.counter, used_at = now()
    where p.credential_id = prove_by_passkey.credential_id
      and (prove_by_passkey.counter > p.counter or (p.counter = 0 and prove_by_passkey.counter = 0));
  if not found then return 'unknown'; end if;
  select a.* into whose from passkey p join account a on a.id = p.account_id where p.credential_id = prove_by_passkey.credential_id
    and a.door in ('family', 'setting', 'professional')
    and a.active_from <= prove_by_passkey.today and (a.active_to is null or a.active_to > prove_by_passkey.today);
  if whose.id is null then return 'unknown'; end if;
  perform keep_proof(new_browser_hash, 'passkey', null, (
    select array_agg(a.id) from account a where a.id = any (capacities_of(whose.id, 'passkey')) and a.door in ('family', 'setting', 'professional')
      and a.active_from <= prove_by_passkey.today and (a.active_to is null or a.active_to > prove_by_passkey.today)), null);
  return 'proved';
end $$;

create or replace function find_session(token_hash bytea, today date)
returns table (account_id uuid, name text, role text, job_title text, door text, locality_id text, team_id text, csrf_secret text,
  way text, signed_in_seconds_ago integer, has_other_capacities boolean, notice text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select a.id, a.name, a.role, a.job_title, a.door, a.locality_id, a.team_id, s.csrf_secret,
      s.way, extract(epoch from now() - s.signed_in_at)::integer,
      exists (select from account o where o.person_id = a.person_id and o.id <> a.id and o.door <> 'system'
        and not (a.shared_mailbox and s.way in ('link', 'code', 'passkey'))
        and o.active_from <= find_session.today and (o.active_to is null or o.active_to > find_session.today)),
      s.notice
    from session s join account a on a.id = s.account_id
    where s.token_hash = find_session.token_hash and s.ended_at is null
      and s.last_seen_at > now() - interval '30 minutes' and s.created_at > now() - interval '12 hours'
      and a.active_from <= find_session.today and (a.active_to is null or a.active_to > find_session.today);
  if found then
    update session s set last_seen_at = now()
    where s.token_hash = find_session.token_hash and s.last_seen_at < now() - interval '1 minute';
  end if;
end $$;

create or replace function my_sessions(token_hash bytea)
returns table (id uuid, started_at timestamptz, last_seen_at timestamptz, device text, way text, job_title text, is_this boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.created_at, s.last_seen_at, s.device, s.way, a.job_title, s.token_hash = my_sessions.token_hash
  from living_session(my_sessions.token_hash) mine
  join account me on me.id = mine.account_id
  join account a on a.id = any (capacities_of(me.id, mine.way))
  join session s on s.account_id = a.id
  where s.ended_at is null and s.last_seen_at > now() - interval '30 minutes' and s.created_at > now() - interval '12 hours'
  order by s.token_hash = my_sessions.token_hash desc, s.last_seen_at desc
$$;

create or replace function end_my_sessions(token_hash bytea, which uuid) returns integer language sql security definer set search_path = public, pg_temp as $$
  with ended as (
    update session s set ended_at = now(), sign_out_hint = null, notice = null
    from living_session(end_my_sessions.token_hash) mine
    join account me on me.id = mine.account_id
    join account a on a.id = any (capacities_of(me.id, mine.way))
    where s.account_id = a.id and s.ended_at is null and case when end_my_sessions.which is null then s.token_hash <> end_my_sessions.token_hash else s.id = end_my_sessions.which end
    returning 1
  ) select count(*)::integer from ended
$$;

create or replace function my_passkeys(token_hash bytea) returns table (credential_id text, name text, made_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.credential_id, p.name, p.made_at, p.used_at from living_session(my_passkeys.token_hash) mine
  join account me on me.id = mine.account_id join account a on a.id = any (capacities_of(me.id, mine.way)) join passkey p on p.account_id = a.id
  order by p.made_at
$$;

create or replace function remove_my_passkey(token_hash bytea, credential_id text) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with removed as (
    delete from passkey p using living_session(remove_my_passkey.token_hash) mine
    join account me on me.id = mine.account_id join account a on a.id = any (capacities_of(me.id, mine.way))
    where p.account_id = a.id and p.credential_id = remove_my_passkey.credential_id returning 1
  ) select exists (select from removed)
$$;

create or replace function my_capacities(token_hash bytea, today date)
returns table (id uuid, name text, job_title text, door text, role text, place text, is_this boolean, may_be boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name, a.job_title, a.door, a.role, place_of(a.id), a.id = me.id,
    a.door in ('family', 'setting', 'professional') or mine.way in ('openid', 'training')
  from living_session(my_capacities.token_hash) mine
  join account me on me.id = mine.account_id
  join account a on a.id = any (capacities_of(me.id, mine.way)) and a.door <> 'system'
    and a.active_from <= my_capacities.today and (a.active_to is null or a.active_to > my_capacities.today)
  order by a.job_title, a.name
$$;

-- 3. Codes tried on one address after another. Thirty wrong ones in a day from one place, whatever addresses they were for:
--    after that codes are worth nothing from there, and links still are.
create or replace function prove_by_code(browser_hash bytea, code_hash bytea, new_browser_hash bytea, ip_hash bytea, today date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked sign_in_ask;
  guesses bytea;
  wrong integer;
  guesses_from bytea := sha256(convert_to('wrong-code-from ', 'UTF8') || prove_by_code.ip_hash);
begin
  if count_try(sha256(convert_to('code-from ', 'UTF8') || prove_by_code.ip_hash), 60, 15) > 0 then return 'too-many'; end if;
  select * into asked from sign_in_ask a where a.browser_hash = prove_by_code.browser_hash order by a.asked_at desc limit 1 for update;
  if asked.id is null or asked.asked_at < now() - interval '10 minutes' then return 'old'; end if;
  if asked.used_at is not null then return 'used'; end if;
  guesses := sha256(convert_to('wrong-code ' || asked.channel || ' ' || asked.address, 'UTF8'));
  perform pg_advisory_xact_lock(hashtextextended(encode(guesses, 'hex'), 11));
  select count(*) into wrong from sign_in_count c where c.key = guesses and c.at > now() - interval '1 day';
  if asked.code_tries >= 5 or wrong >= 10
    or (select count(*) from sign_in_count c where c.key = guesses_from and c.at > now() - interval '1 day') >= 30 then
    return 'too-many';
  end if;
  update sign_in_ask a set code_tries = a.code_tries + 1 where a.id = asked.id;
  if asked.code_hash is distinct from prove_by_code.code_hash then
    insert into sign_in_count (key) values (guesses), (guesses_from);
    return 'wrong';
  end if;
  update sign_in_ask a set used_at = now() where a.id = asked.id;
  perform keep_proof(new_browser_hash, 'code', case asked.channel when 'email' then asked.address end,
    accounts_of_address(asked.channel, asked.address, prove_by_code.today), null);
  return 'proved';
end $$;

-- 4. What is said of a recipient: nothing of the people round a child the viewer does not reach, nor of people who are no
--    part of this child's record.
create or replace function message_recipient(about_child uuid, to_contact uuid, to_account uuid)
returns table (name text, door text, relationship text, refused text, channels text[], prefers text, quiet_from text, quiet_to text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  why text;
  is_known boolean;
begin
  if viewer_remit() is null then
    raise exception 'nobody is signed in' using errcode = 'insufficient_privilege';
  end if;
  why := case when about_child is not null and not message_may_concern(about_child) then 'not-yours'
    else message_refusal(about_child, to_contact, to_account) end;
  is_known := why is distinct from 'not-yours' and case
    when about_child is null then to_contact is null and (viewer_keeps_records() or to_account = viewer_id() or why is null)
    when to_contact is not null then exists (select from child_contact cc where cc.child_id = about_child and cc.contact_id = to_contact)
    else why is null end;
  if not is_known then
    return query select '', 'family', null::text, coalesce(why, 'no-relationship'), '{}'::text[], 'email', null::text, null::text;
    return;
  end if;
  return query
    select case when about_child is null and not viewer_keeps_records() and to_account <> viewer_id() then '' else coalesce(k.name, a.name) end, coalesce(a.door, 'family'),
      (select cc.relationship from child_contact cc where cc.child_id = about_child and cc.contact_id = to_contact
        and (cc.to_on is null or cc.to_on > viewer_today()) order by cc.from_on desc limit 1),
      why,
      array(select c from unnest(array['email', 'text', 'letter']) c where message_address(to_contact, to_account, c) is not null),
      coalesce(p.channel, case k.prefers when 'phone' then 'text' else k.prefers end, 'email'), p.quiet_from, p.quiet_to
    from (select 1) one
      left join contact k on k.id = to_contact
      left join account a on a.id = coalesce(to_account, k.account_id)
      left join lateral (select mp.channel, mp.quiet_from, mp.quiet_to from message_preference mp
        where mp.contact_id = to_contact or mp.account_id = a.id order by mp.updated_at desc limit 1) p on true
    where k.id is not null or a.id is not null;
end $$;

-- 5. Whom a released file is shown to is changed by those who may release it; and what was released is not taken away by its sender.
create or replace function file_changes_allowed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  door text := viewer_door();
begin
  if current_setting('clearway.viewer', true) is null or current_setting('clearway.viewer', true) = '' then
    return new; -- the owner's own work: a scan asked for again, a rebuild
  end if;
  if new.state <> old.state and (new.state <> 'removed' or old.uploaded_by <> viewer_id() or old.released_on is not null) then
    raise exception 'only its sender takes a file back, and only before it is released' using errcode = 'insufficient_privilege';
  end if;
  if old.released_on is not null and new.released_on is null and door is distinct from 'staff' then
    raise exception 'what was released is taken back by staff' using errcode = 'insufficient_privilege';
  end if;
  if (new.released_on, new.released_by, new.released_to) is distinct from (old.released_on, old.released_by, old.released_to)
    and new.released_on is not null then
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

-- 6. Background work is asked for by staff and by the system.
create policy by_staff on job_progress as restrictive for insert to clearway_app with check ((select viewer_keeps_records()));

-- 7. A line of a child's history names a process of that child or none, whoever writes it.
create function process_is_of(process uuid, child uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as
$$ select exists (select from process p where p.id = process_is_of.process and p.child_id = process_is_of.child) $$;
revoke all on function process_is_of(uuid, uuid) from public;
grant execute on function process_is_of(uuid, uuid) to clearway_app;
create policy of_one_child on case_event as restrictive for insert to clearway_app
  with check (process_id is null or process_is_of(process_id, child_id));

-- 8. Messages speak for the council. A family, a setting or an adviser puts none in the outbox but to themself and to staff.
create function message_is_the_councils() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_door() in ('family', 'setting', 'professional', 'board') and new.template <> 'sign-in'
    and not coalesce(new.recipient_account = viewer_id(), false) and not coalesce(new.recipient_contact = any (viewer_contacts()), false)
    and not exists (select from account a where a.id = new.recipient_account and a.door = 'staff') then
    raise exception 'only staff write to others in the council''s name' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke all on function message_is_the_councils() from public;
create trigger is_the_councils before insert on message for each row execute function message_is_the_councils();

-- 9. Why somebody broke the glass may say what must not be read at home: the family reads that it was done, by whom and when.
create or replace function who_looked(child uuid, before_id bigint, how_many integer)
returns table (id bigint, at timestamptz, name text, job_title text, door text, what text, outcome text)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.id, l.at,
    case when a.id = viewer_id() then 'You' when a.door = 'family' then 'Somebody else in the family' else a.name end,
    case when a.door = 'family' then '' else a.job_title end, a.door, regexp_replace(l.what, '^broke the glass:.*$', 'broke the glass'), l.outcome
  from access_log l join account a on a.id = l.account_id
  where l.child_ids @> array[who_looked.child] and who_looked.child = any (viewer_children())
    and viewer_door() = 'family' and (who_looked.before_id is null or l.id < who_looked.before_id)
  order by l.id desc limit least(who_looked.how_many, 200)
$$;

-- 10. What the family sent as evidence goes to advisers; what it sent with a message to the council was for the council.
alter policy evidence_for_advisers on stored_file using (
  (select viewer_door()) = 'professional' and state in ('clean', 'not-scanned') and child_id is not null and about <> 'message'
  and child_id in (select ar.child_id from advice_request ar where ar.id = any ((select viewer_writes_advice())::uuid[]))
  and sent_by_family(uploaded_by, on_behalf_of));

-- 11. One session goes on as one.
create or replace function change_capacity(token_hash bytea, account uuid, new_token_hash bytea, csrf text, today date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  mine session := living_session(change_capacity.token_hash);
begin
  if mine.account_id is null or not exists (
    select from my_capacities(change_capacity.token_hash, change_capacity.today) c where c.id = change_capacity.account and c.may_be) then
    return false;
  end if;
  -- Asked twice at once, or while signing out: whoever ends the old session goes on, and nobody else.
  update session s set ended_at = now(), sign_out_hint = null, notice = null
    where s.token_hash = change_capacity.token_hash and s.ended_at is null;
  if not found then return false; end if;
  insert into session (token_hash, account_id, csrf_secret, way, device, sign_out_hint, created_at, signed_in_at)
    values (change_capacity.new_token_hash, change_capacity.account, change_capacity.csrf, mine.way, mine.device, mine.sign_out_hint,
      mine.created_at, mine.signed_in_at);
  return true;
end $$;
