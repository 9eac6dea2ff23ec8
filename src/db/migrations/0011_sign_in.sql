-- Signing in. Nobody is known before it, so each step is a function that runs as the owner and asks for a proof: a link or a
-- code that was sent, an authorisation begun at the staff's own provider, a passkey's challenge. Proofs are used once. The
-- application's role cannot begin a session for an account without one, and reads none of the tables below.

alter table account add column mobile text check (mobile ~ '^\+[0-9]{8,15}$');
comment on column account.mobile is 'A mobile number a person may be sent a link at, in international form. Granted to nobody.';
create unique index account_mobile on account (mobile, door) where mobile is not null;

-- 1. Sessions say how and where they began.
alter table session add column id uuid not null default gen_random_uuid() unique;
alter table session add column way text not null default 'training' check (way in ('training', 'link', 'code', 'openid', 'passkey'));
alter table session add column device text not null default 'A device we do not know';
alter table session add column signed_in_at timestamptz not null default now();
alter table session add column sign_out_hint text;
alter table session add column notice text;
comment on column session.signed_in_at is 'When the person last proved who they are: a change of capacity keeps it. created_at is when the whole stay began.';
comment on column session.notice is 'What was just done, shown once on the next page. It may hold a name, so it is never in a cookie.';
create index session_by_account on session (account_id) where ended_at is null;
-- A person reads of their own sessions what their list shows, and no secret.
revoke select on session from clearway_app;
grant select (id, account_id, created_at, last_seen_at, ended_at, way, device, signed_in_at) on session to clearway_app;

-- 2. Proofs and what leads to them. All are short-lived, and swept.
create table sign_in_ask (
  id uuid primary key default gen_random_uuid(),
  channel text not null check (channel in ('email', 'text')),
  address text not null,
  link_hash bytea not null unique,
  browser_hash bytea not null,
  code_hash bytea not null,
  code_tries integer not null default 0,
  asked_at timestamptz not null default now(),
  used_at timestamptz
);
comment on table sign_in_ask is 'A one-time link and code, kept as hashes. The code is hashed with the secret of the browser that asked, so neither this row nor another browser is enough to guess it.';
create index sign_in_ask_by_browser on sign_in_ask (browser_hash, asked_at);
create index sign_in_ask_by_address on sign_in_ask (address, asked_at);

create table sign_in_proof (
  browser_hash bytea primary key,
  way text not null check (way in ('link', 'code', 'openid', 'passkey')),
  email text,
  account_ids uuid[] not null,
  sign_out_hint text,
  expires_at timestamptz not null default now() + interval '10 minutes'
);
comment on table sign_in_proof is 'Somebody has proved who they are and not yet said as whom they are here. Held by a secret made after the proof.';

create table sign_in_openid (
  state_hash bytea primary key,
  browser_hash bytea not null,
  nonce text not null,
  verifier text not null,
  go_to text,
  begun_at timestamptz not null default now()
);
comment on table sign_in_openid is 'An authorisation begun at the provider of the staff: single use, ten minutes, in the browser that began it.';

create table account_identity (
  issuer text not null,
  subject text not null,
  account_id uuid not null references account,
  first_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create index account_identity_by_account on account_identity (account_id);

create table passkey (
  credential_id text primary key,
  account_id uuid not null references account,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  made_at timestamptz not null default now(),
  used_at timestamptz
);
create index passkey_by_account on passkey (account_id);

create table passkey_challenge (
  browser_hash bytea primary key,
  challenge text not null,
  begun_at timestamptz not null default now()
);

create table sign_in_count (
  key bytea not null,
  at timestamptz not null default clock_timestamp()
);
comment on table sign_in_count is 'Tries, by a hash of what is counted, so that all processes of the site count together. Kept for a day.';
create index sign_in_count_by_key on sign_in_count (key, at);

create table sign_in_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  what text not null,
  outcome text not null,
  account_id uuid,
  from_ip text not null
);
comment on table sign_in_log is 'Each step of signing in, in and out, that went well or did not: what, with what outcome, whom it opened, and from where. Kept for a year.';
create index sign_in_log_by_account on sign_in_log (account_id, at);
create trigger append_only before update or truncate on sign_in_log for each statement execute function refuse_change();

do $$
declare t text;
begin
  foreach t in array array['sign_in_log', 'sign_in_ask', 'sign_in_proof', 'sign_in_openid', 'account_identity', 'passkey', 'passkey_challenge', 'sign_in_count'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
end $$;

-- The rules by which claims give a role are the owner's to set, from the command line: whoever writes them gives out roles.
create policy sign_in_is_the_owners on authority_setting as restrictive for insert to clearway_app with check (key not like 'sign-in.%');

-- 3. Sessions.
drop function find_session(bytea, date);
create function find_session(token_hash bytea, today date)
returns table (account_id uuid, name text, role text, job_title text, door text, locality_id text, team_id text, csrf_secret text,
  way text, signed_in_seconds_ago integer, has_other_capacities boolean, notice text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select a.id, a.name, a.role, a.job_title, a.door, a.locality_id, a.team_id, s.csrf_secret,
      s.way, extract(epoch from now() - s.signed_in_at)::integer,
      exists (select from account o where o.person_id = a.person_id and o.id <> a.id and o.door <> 'system'
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
comment on function find_session is 'The person behind a token: idle for 30 minutes or 12 hours old is over. Seen again, at most once a minute it is written down.';

-- The living session of a token, for the functions below: the same limits as find_session.
create function living_session(token_hash bytea) returns session language sql stable security definer set search_path = public, pg_temp as $$
  select s from session s where s.token_hash = living_session.token_hash and s.ended_at is null
    and s.last_seen_at > now() - interval '30 minutes' and s.created_at > now() - interval '12 hours'
$$;

drop function end_session(bytea);
create function end_session(token_hash bytea) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  hint text;
begin
  select s.sign_out_hint into hint from session s where s.token_hash = end_session.token_hash and s.ended_at is null for update;
  update session s set ended_at = now(), sign_out_hint = null, notice = null where s.token_hash = end_session.token_hash and s.ended_at is null;
  return hint;
end $$;
comment on function end_session is 'Ends a session, and gives what its provider wants to hear when it ends.';

create function keep_notice(token_hash bytea, words text) returns void language sql security definer set search_path = public, pg_temp as $$
  update session s set notice = keep_notice.words where s.token_hash = keep_notice.token_hash and s.ended_at is null
$$;

drop function start_training_session(uuid, bytea, text);
create function start_training_session(account uuid, token_hash bytea, csrf text, device text default 'A device we do not know') returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_training() then
    raise exception 'nobody chooses who to be in a live authority' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from account a where a.id = start_training_session.account and a.door <> 'system') then
    raise exception 'no such person' using errcode = 'insufficient_privilege';
  end if;
  insert into session (token_hash, account_id, csrf_secret, way, device)
    values (start_training_session.token_hash, start_training_session.account, start_training_session.csrf, 'training', start_training_session.device);
end $$;

create function my_sessions(token_hash bytea)
returns table (id uuid, started_at timestamptz, last_seen_at timestamptz, device text, way text, job_title text, is_this boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.created_at, s.last_seen_at, s.device, s.way, a.job_title, s.token_hash = my_sessions.token_hash
  from living_session(my_sessions.token_hash) mine
  join account me on me.id = mine.account_id
  join account a on a.person_id = me.person_id
  join session s on s.account_id = a.id
  where s.ended_at is null and s.last_seen_at > now() - interval '30 minutes' and s.created_at > now() - interval '12 hours'
  order by s.token_hash = my_sessions.token_hash desc, s.last_seen_at desc
$$;

-- Ends one session of the same person, or (without an id) all but this one.
create function end_my_sessions(token_hash bytea, which uuid) returns integer language sql security definer set search_path = public, pg_temp as $$
  with ended as (
    update session s set ended_at = now(), sign_out_hint = null, notice = null
    from living_session(end_my_sessions.token_hash) mine
    join account me on me.id = mine.account_id
    join account a on a.person_id = me.person_id
    where s.account_id = a.id and s.ended_at is null and case when end_my_sessions.which is null then s.token_hash <> end_my_sessions.token_hash else s.id = end_my_sessions.which end
    returning 1
  ) select count(*)::integer from ended
$$;

-- 4. Counting tries. Gives 0 and counts, or the seconds to wait and does not.
create function count_try(key bytea, times integer, minutes integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
  made integer;
  oldest timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(count_try.key, 'hex'), 11));
  select count(*), min(c.at) into made, oldest from (
    select c.at from sign_in_count c
    where c.key = count_try.key and c.at > clock_timestamp() - make_interval(mins => count_try.minutes)
    order by c.at desc limit count_try.times) c;
  if made >= count_try.times then
    return greatest(1, ceil(extract(epoch from oldest + make_interval(mins => count_try.minutes) - clock_timestamp())))::integer;
  end if;
  insert into sign_in_count (key) values (count_try.key);
  return 0;
end $$;

create function log_sign_in(what text, outcome text, session_hash bytea, from_ip text) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_log (what, outcome, account_id, from_ip) values (left(log_sign_in.what, 40), left(log_sign_in.outcome, 40),
    (select s.account_id from session s where s.token_hash = log_sign_in.session_hash), left(log_sign_in.from_ip, 60))
$$;

-- What is over is taken away: by the owner, from time to time.
create function sweep_sign_in() returns void language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_ask where asked_at < now() - interval '1 day';
  delete from sign_in_proof where expires_at < now();
  delete from sign_in_openid where begun_at < now() - interval '1 day';
  delete from passkey_challenge where begun_at < now() - interval '1 day';
  delete from sign_in_count where at < now() - interval '1 day';
  delete from sign_in_log where at < now() - interval '1 year';
  delete from session where last_seen_at < now() - interval '30 days';
$$;

-- 5. Who an address or a person is, at the doors that links open. Staff and the board come by their own provider only.
create function accounts_of_address(channel text, address text, today date) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  with named as (
    select a.person_id from account a
    where case accounts_of_address.channel when 'email' then lower(a.email) = accounts_of_address.address else a.mobile = accounts_of_address.address end
      and a.door in ('family', 'setting', 'professional')
      and a.active_from <= accounts_of_address.today and (a.active_to is null or a.active_to > accounts_of_address.today))
  select coalesce(array_agg(a.id), '{}') from account a
  where a.person_id in (select person_id from named) and a.door in ('family', 'setting', 'professional')
    and a.active_from <= accounts_of_address.today and (a.active_to is null or a.active_to > accounts_of_address.today)
$$;

-- 6. Asking for a link. The work is the same whoever asks and whether or not anybody has the address.
create function ask_to_sign_in(channel text, address text, link_hash bytea, browser_hash bytea, code_hash bytea, ip_hash bytea, today date)
returns table (wait_seconds integer, is_known boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wait integer;
begin
  wait := greatest(
    count_try(sha256(convert_to('ask-from ', 'UTF8') || ask_to_sign_in.ip_hash), 30, 15),
    count_try(sha256(convert_to('ask ' || ask_to_sign_in.channel || ' ' || ask_to_sign_in.address, 'UTF8')), 5, 15));
  if wait > 0 then
    return query select wait, false;
    return;
  end if;
  insert into sign_in_ask (channel, address, link_hash, browser_hash, code_hash)
    values (ask_to_sign_in.channel, ask_to_sign_in.address, ask_to_sign_in.link_hash, ask_to_sign_in.browser_hash, ask_to_sign_in.code_hash);
  return query select 0, cardinality(accounts_of_address(ask_to_sign_in.channel, ask_to_sign_in.address, ask_to_sign_in.today)) > 0;
end $$;

-- What a link is worth now: looking does not use it up, because mail scanners look.
create function link_state(link_hash bytea) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select case when a.used_at is not null then 'used' when a.asked_at < now() - interval '10 minutes' then 'old' else 'good' end
    from sign_in_ask a where a.link_hash = link_state.link_hash), 'unknown')
$$;

create function keep_proof(browser_hash bytea, way text, email text, account_ids uuid[], hint text) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_proof p where p.browser_hash = keep_proof.browser_hash;
  insert into sign_in_proof (browser_hash, way, email, account_ids, sign_out_hint)
    values (keep_proof.browser_hash, keep_proof.way, keep_proof.email, keep_proof.account_ids, keep_proof.hint)
$$;

-- Uses a link: 'proved', or why not.
create function prove_by_link(link_hash bytea, new_browser_hash bytea, today date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked sign_in_ask;
begin
  update sign_in_ask a set used_at = now()
    where a.link_hash = prove_by_link.link_hash and a.used_at is null and a.asked_at >= now() - interval '10 minutes'
    returning * into asked;
  if asked.id is null then return link_state(prove_by_link.link_hash); end if;
  perform keep_proof(new_browser_hash, 'link', case asked.channel when 'email' then asked.address end,
    accounts_of_address(asked.channel, asked.address, prove_by_link.today), null);
  return 'proved';
end $$;

-- Tries a code in the browser that asked. Five tries for each code; ten wrong ones in a day for an address, after which its codes
-- are worth nothing that day. Its links still are, so nobody is shut out by another's guesses.
create function prove_by_code(browser_hash bytea, code_hash bytea, new_browser_hash bytea, ip_hash bytea, today date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked sign_in_ask;
  guesses bytea;
  wrong integer;
begin
  if count_try(sha256(convert_to('code-from ', 'UTF8') || prove_by_code.ip_hash), 60, 15) > 0 then return 'too-many'; end if;
  select * into asked from sign_in_ask a where a.browser_hash = prove_by_code.browser_hash order by a.asked_at desc limit 1 for update;
  if asked.id is null or asked.asked_at < now() - interval '10 minutes' then return 'old'; end if;
  if asked.used_at is not null then return 'used'; end if;
  guesses := sha256(convert_to('wrong-code ' || asked.channel || ' ' || asked.address, 'UTF8'));
  perform pg_advisory_xact_lock(hashtextextended(encode(guesses, 'hex'), 11));
  select count(*) into wrong from sign_in_count c where c.key = guesses and c.at > now() - interval '1 day';
  if asked.code_tries >= 5 or wrong >= 10 then return 'too-many'; end if;
  update sign_in_ask a set code_tries = a.code_tries + 1 where a.id = asked.id;
  if asked.code_hash is distinct from prove_by_code.code_hash then
    insert into sign_in_count (key) values (guesses);
    return 'wrong';
  end if;
  update sign_in_ask a set used_at = now() where a.id = asked.id;
  perform keep_proof(new_browser_hash, 'code', case asked.channel when 'email' then asked.address end,
    accounts_of_address(asked.channel, asked.address, prove_by_code.today), null);
  return 'proved';
end $$;

-- 7. The provider of the staff.
create function begin_openid(state_hash bytea, browser_hash bytea, nonce text, verifier text, go_to text, ip_hash bytea) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wait integer := count_try(sha256(convert_to('openid-from ', 'UTF8') || begin_openid.ip_hash), 300, 15);
begin
  if wait = 0 then
    insert into sign_in_openid (state_hash, browser_hash, nonce, verifier, go_to)
      values (begin_openid.state_hash, begin_openid.browser_hash, begin_openid.nonce, begin_openid.verifier, begin_openid.go_to);
  end if;
  return wait;
end $$;

-- Takes the pending authorisation, once. Its row stays, emptied of secrets, until the claims come back for it.
create function take_openid(state_hash bytea, browser_hash bytea) returns table (nonce text, verifier text, go_to text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select o.nonce, o.verifier, o.go_to from sign_in_openid o
    where o.state_hash = take_openid.state_hash and o.browser_hash = take_openid.browser_hash and o.verifier <> ''
      and o.begun_at >= now() - interval '10 minutes' for update;
  update sign_in_openid o set nonce = '', verifier = ''
    where o.state_hash = take_openid.state_hash and o.browser_hash = take_openid.browser_hash;
end $$;

-- The rule of the day that fits the claims: the first in the list.
create function rule_for_claims(claims jsonb, today date) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select rules.rule from (
    select s.value from authority_setting s
    where s.key = 'sign-in.claims' and s.valid_from <= rule_for_claims.today and (s.valid_to is null or s.valid_to > rule_for_claims.today)
    order by s.id desc limit 1) chosen,
    jsonb_array_elements(chosen.value -> 'rules') with ordinality as rules (rule, place)
  where rule_for_claims.claims -> (rules.rule ->> 'claim') @> (rules.rule -> 'is')
  order by rules.place limit 1
$$;
comment on function rule_for_claims is 'A claim fits when it is the value asked for, or a list that holds it.';

-- The application has checked the signature of what the provider said; the database checks that an authorisation was begun and
-- came back to the same browser, and itself decides what the claims give. It must trust the application for the claims.
create function prove_by_openid(state_hash bytea, browser_hash bytea, new_browser_hash bytea, issuer text, subject text,
  name text, email text, email_is_proved boolean, claims jsonb, hint text, today date)
returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  rule jsonb := rule_for_claims(prove_by_openid.claims, prove_by_openid.today);
  found_account account;
  door_given text := coalesce(rule ->> 'door', 'staff');
begin
  delete from sign_in_openid o where o.state_hash = prove_by_openid.state_hash and o.browser_hash = prove_by_openid.browser_hash
    and o.verifier = '' and o.begun_at >= now() - interval '10 minutes';
  if not found then return 'not-begun'; end if;
  select a.* into found_account from account_identity i join account a on a.id = i.account_id
    where i.issuer = prove_by_openid.issuer and i.subject = prove_by_openid.subject for update of a;
  -- Made beforehand by an administrator, and nobody's yet.
  if found_account.id is null and email_is_proved and rule is not null then
    select a.* into found_account from account a
      where lower(a.email) = lower(prove_by_openid.email) and a.door = door_given and not a.shared_mailbox
        and not exists (select from account_identity i where i.account_id = a.id) for update;
  end if;
  if rule is null then
    if found_account.id is not null then
      update session s set ended_at = now(), sign_out_hint = null, notice = null where s.account_id = found_account.id and s.ended_at is null;
    end if;
    return 'no-role';
  end if;
  if found_account.id is null then
    if prove_by_openid.email is null then return 'no-email'; end if;
    if exists (select from account a where lower(a.email) = lower(prove_by_openid.email) and a.door = door_given and not a.shared_mailbox) then
      return 'email-taken';
    end if;
    insert into account (name, email, door, role, remit, job_title, team_id, locality_id, active_from)
      values (prove_by_openid.name, lower(prove_by_openid.email), door_given, rule ->> 'role', rule ->> 'remit', coalesce(rule ->> 'jobTitle', ''),
        rule ->> 'team', rule ->> 'locality', prove_by_openid.today)
      returning * into found_account;
  elsif found_account.active_from > prove_by_openid.today or found_account.active_to <= prove_by_openid.today then
    update session s set ended_at = now(), sign_out_hint = null, notice = null where s.account_id = found_account.id and s.ended_at is null;
    return 'left';
  elsif found_account.door <> door_given then
    return 'other-door';
  elsif (found_account.role, found_account.remit, found_account.team_id, found_account.locality_id)
      is distinct from (rule ->> 'role', rule ->> 'remit', rule ->> 'team', rule ->> 'locality') then
    -- What the person may do has changed: nothing begun under the old role goes on.
    update session s set ended_at = now(), sign_out_hint = null, notice = null where s.account_id = found_account.id and s.ended_at is null;
    update account a set role = rule ->> 'role', remit = rule ->> 'remit', team_id = rule ->> 'team', locality_id = rule ->> 'locality',
      job_title = coalesce(rule ->> 'jobTitle', a.job_title) where a.id = found_account.id;
  end if;
  insert into account_identity (issuer, subject, account_id)
    values (prove_by_openid.issuer, prove_by_openid.subject, found_account.id) on conflict do nothing;
  perform keep_proof(new_browser_hash, 'openid', null, (
    select array_agg(a.id) from account a where a.person_id = found_account.person_id and a.door <> 'system'
      and a.active_from <= prove_by_openid.today and (a.active_to is null or a.active_to > prove_by_openid.today)), hint);
  return 'proved';
end $$;

-- 8. Passkeys, for the doors that links open. The application checks the signature; the database that a challenge was given.
create function begin_passkey(browser_hash bytea, challenge text, ip_hash bytea) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wait integer := count_try(sha256(convert_to('passkey-from ', 'UTF8') || begin_passkey.ip_hash), 100, 15);
begin
  if wait = 0 then
    delete from passkey_challenge c where c.browser_hash = begin_passkey.browser_hash;
    insert into passkey_challenge (browser_hash, challenge) values (begin_passkey.browser_hash, begin_passkey.challenge);
  end if;
  return wait;
end $$;

create function passkey_challenge_of(browser_hash bytea) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select c.challenge from passkey_challenge c where c.browser_hash = passkey_challenge_of.browser_hash and c.begun_at >= now() - interval '10 minutes'
$$;

create function find_passkey(credential_id text) returns table (public_key bytea, counter bigint, transports text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select p.public_key, p.counter, p.transports from passkey p where p.credential_id = find_passkey.credential_id
$$;

create function prove_by_passkey(browser_hash bytea, challenge text, new_browser_hash bytea, credential_id text, counter bigint, today date) returns text
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
    select array_agg(a.id) from account a where a.person_id = whose.person_id and a.door in ('family', 'setting', 'professional')
      and a.active_from <= prove_by_passkey.today and (a.active_to is null or a.active_to > prove_by_passkey.today)), null);
  return 'proved';
end $$;

-- A passkey is added to the account of a living session that has lately proved itself.
create function add_passkey(token_hash bytea, browser_hash bytea, challenge text, credential_id text, public_key bytea, counter bigint, transports text[], name text)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  mine session := living_session(add_passkey.token_hash);
begin
  delete from passkey_challenge c where c.browser_hash = add_passkey.browser_hash and c.challenge = add_passkey.challenge
    and c.begun_at >= now() - interval '10 minutes';
  if not found or mine.account_id is null or mine.signed_in_at < now() - interval '10 minutes' then return false; end if;
  if not exists (select from account a where a.id = mine.account_id and a.door in ('family', 'setting', 'professional')) then return false; end if;
  insert into passkey (credential_id, account_id, public_key, counter, transports, name)
    values (add_passkey.credential_id, mine.account_id, add_passkey.public_key, add_passkey.counter, add_passkey.transports, add_passkey.name);
  return true;
end $$;

create function my_passkeys(token_hash bytea) returns table (credential_id text, name text, made_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.credential_id, p.name, p.made_at, p.used_at from living_session(my_passkeys.token_hash) mine
  join account me on me.id = mine.account_id join account a on a.person_id = me.person_id join passkey p on p.account_id = a.id
  order by p.made_at
$$;

create function remove_my_passkey(token_hash bytea, credential_id text) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with removed as (
    delete from passkey p using living_session(remove_my_passkey.token_hash) mine
    join account me on me.id = mine.account_id join account a on a.person_id = me.person_id
    where p.account_id = a.id and p.credential_id = remove_my_passkey.credential_id returning 1
  ) select exists (select from removed)
$$;

-- Where an account works, in words that tell it from the person's others.
create function place_of(account uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(
    (select string_agg(s.name, ', ' order by s.name) from account_setting w join setting s on s.urn = w.setting_urn
      where w.account_id = a.id and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today())), l.name)
  from account a left join locality l on l.id = a.locality_id where a.id = place_of.account
$$;

-- 9. From a proof to a session.
create function proved_accounts(browser_hash bytea)
returns table (id uuid, name text, job_title text, door text, role text, place text, email text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name, a.job_title, a.door, a.role, place_of(a.id), p.email
  from sign_in_proof p left join account a on a.id = any (p.account_ids)
  where p.browser_hash = proved_accounts.browser_hash and p.expires_at > now()
  order by a.name, a.job_title
$$;
comment on function proved_accounts is 'Whom a proof lets in: one row with no id for an address nobody has yet, none without a proof.';

create function start_session(browser_hash bytea, account uuid, token_hash bytea, csrf text, device text, today date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  proof sign_in_proof;
begin
  delete from sign_in_proof p where p.browser_hash = start_session.browser_hash and p.expires_at > now()
    and start_session.account = any (p.account_ids) returning * into proof;
  if proof.browser_hash is null then return false; end if;
  if not exists (select from account a where a.id = start_session.account and a.door <> 'system'
      and a.active_from <= start_session.today and (a.active_to is null or a.active_to > start_session.today)) then
    return false;
  end if;
  insert into session (token_hash, account_id, csrf_secret, way, device, sign_out_hint)
    values (start_session.token_hash, start_session.account, start_session.csrf, proof.way, start_session.device, proof.sign_out_hint);
  return true;
end $$;

-- Somebody whose e-mail address is proved and whom nobody knows: a family's account that reaches no child.
create function register_family(browser_hash bytea, name text, token_hash bytea, csrf text, device text, today date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  proof sign_in_proof;
  made uuid;
begin
  delete from sign_in_proof p where p.browser_hash = register_family.browser_hash and p.expires_at > now()
    and p.email is not null and p.account_ids = '{}' returning * into proof;
  if proof.browser_hash is null then return false; end if;
  if cardinality(accounts_of_address('email', proof.email, register_family.today)) > 0 then return false; end if;
  -- An account that ended is not begun again by its own address: the council knows why it ended.
  if exists (select from account a where lower(a.email) = proof.email and a.door = 'family') then return false; end if;
  insert into account (name, email, door, role, remit, job_title, active_from)
    values (register_family.name, proof.email, 'family', 'parent', 'relationships', 'Parent or carer', register_family.today)
    returning id into made;
  insert into session (token_hash, account_id, csrf_secret, way, device)
    values (register_family.token_hash, made, register_family.csrf, proof.way, register_family.device);
  return true;
end $$;

create function my_capacities(token_hash bytea, today date)
returns table (id uuid, name text, job_title text, door text, role text, place text, is_this boolean, may_be boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name, a.job_title, a.door, a.role, place_of(a.id), a.id = me.id,
    a.door in ('family', 'setting', 'professional') or mine.way in ('openid', 'training')
  from living_session(my_capacities.token_hash) mine
  join account me on me.id = mine.account_id
  join account a on a.person_id = me.person_id and a.door <> 'system'
    and a.active_from <= my_capacities.today and (a.active_to is null or a.active_to > my_capacities.today)
  order by a.job_title, a.name
$$;

-- Another capacity of the same person: a new token, the old one dead, and the stay no longer than it would have been.
-- The doors of staff and board open only to somebody who came by the staff's provider.
create function change_capacity(token_hash bytea, account uuid, new_token_hash bytea, csrf text, today date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  mine session := living_session(change_capacity.token_hash);
begin
  if mine.account_id is null or not exists (
    select from my_capacities(change_capacity.token_hash, change_capacity.today) c where c.id = change_capacity.account and c.may_be) then
    return false;
  end if;
  update session s set ended_at = now(), sign_out_hint = null, notice = null where s.token_hash = change_capacity.token_hash;
  insert into session (token_hash, account_id, csrf_secret, way, device, sign_out_hint, created_at, signed_in_at)
    values (change_capacity.new_token_hash, change_capacity.account, change_capacity.csrf, mine.way, mine.device, mine.sign_out_hint,
      mine.created_at, mine.signed_in_at);
  return true;
end $$;

-- 10. Who may call what. The functions that others are made of are the owner's alone.
revoke all on function find_session(bytea, date), living_session(bytea), place_of(uuid), end_session(bytea), keep_notice(bytea, text),
  start_training_session(uuid, bytea, text, text), my_sessions(bytea), end_my_sessions(bytea, uuid), count_try(bytea, integer, integer),
  log_sign_in(text, text, bytea, text), sweep_sign_in(),
  accounts_of_address(text, text, date), ask_to_sign_in(text, text, bytea, bytea, bytea, bytea, date), link_state(bytea),
  keep_proof(bytea, text, text, uuid[], text), prove_by_link(bytea, bytea, date), prove_by_code(bytea, bytea, bytea, bytea, date),
  begin_openid(bytea, bytea, text, text, text, bytea), take_openid(bytea, bytea), rule_for_claims(jsonb, date),
  prove_by_openid(bytea, bytea, bytea, text, text, text, text, boolean, jsonb, text, date), begin_passkey(bytea, text, bytea),
  passkey_challenge_of(bytea), find_passkey(text), prove_by_passkey(bytea, text, bytea, text, bigint, date),
  add_passkey(bytea, bytea, text, text, bytea, bigint, text[], text), my_passkeys(bytea), remove_my_passkey(bytea, text),
  proved_accounts(bytea), start_session(bytea, uuid, bytea, text, text, date), register_family(bytea, text, bytea, text, text, date),
  my_capacities(bytea, date), change_capacity(bytea, uuid, bytea, text, date) from public;
grant execute on function log_sign_in(text, text, bytea, text), find_session(bytea, date), end_session(bytea), keep_notice(bytea, text),
  start_training_session(uuid, bytea, text, text), my_sessions(bytea), end_my_sessions(bytea, uuid),
  ask_to_sign_in(text, text, bytea, bytea, bytea, bytea, date), link_state(bytea), prove_by_link(bytea, bytea, date),
  prove_by_code(bytea, bytea, bytea, bytea, date), begin_openid(bytea, bytea, text, text, text, bytea), take_openid(bytea, bytea),
  prove_by_openid(bytea, bytea, bytea, text, text, text, text, boolean, jsonb, text, date), begin_passkey(bytea, text, bytea),
  passkey_challenge_of(bytea), find_passkey(text), prove_by_passkey(bytea, text, bytea, text, bigint, date),
  add_passkey(bytea, bytea, text, text, bytea, bigint, text[], text), my_passkeys(bytea), remove_my_passkey(bytea, text),
  proved_accounts(bytea), start_session(bytea, uuid, bytea, text, text, date), register_family(bytea, text, bytea, text, text, date),
  my_capacities(bytea, date), change_capacity(bytea, uuid, bytea, text, date) to clearway_app;
