-- The record: who, which child, which process, and the dated facts.
-- One database per authority. Runs as the owner; the application logs in as a member of clearway_app,
-- which owns nothing, and every table with a child's data has row-level security enabled and forced.

do $$
begin
  if not exists (select from pg_roles where rolname = 'clearway_app') then
    create role clearway_app nologin nosuperuser nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this cluster made it first
end $$;

create table authority (
  only_row boolean primary key default true check (only_row),
  code text not null check (code ~ '^[0-9]{3}$'),
  name text not null check (name <> ''),
  ons_code text not null,
  region text not null,
  mode text not null check (mode in ('training', 'live')),
  training_today date,
  training_seed text,
  check ((mode = 'training') = (training_today is not null))
);
comment on table authority is 'The one local authority whose records this database holds (its own data controller).';

create table authority_setting (
  id bigint generated always as identity primary key,
  key text not null,
  value jsonb not null,
  valid_from date not null,
  valid_to date,
  set_by uuid,
  set_at timestamptz not null default now(),
  why text not null,
  check (valid_to is null or valid_to > valid_from)
);
comment on table authority_setting is 'Dated settings: local targets, uncertain readings, team names, wording. valid_to is exclusive.';
create index authority_setting_by_key on authority_setting (key, valid_from);

create table locality (
  id text primary key,
  name text not null unique,
  head_title text not null default 'Head of Locality and Strategy'
);
comment on table locality is 'A locality team''s area (six in the training authority).';

create table team (
  id text primary key,
  name text not null unique,
  kind text not null check (kind in ('send', 'educational-psychology', 'early-help', 'social-care', 'quality', 'commissioning', 'data', 'board', 'health')),
  locality_id text references locality
);

create table account (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name <> ''),
  email text not null,
  door text not null check (door in ('family', 'setting', 'professional', 'staff', 'board', 'system')),
  role text not null check (role in (
    'parent', 'young-person', 'senco', 'educational-psychologist', 'health-professional', 'social-worker',
    'plan-coordinator', 'locality-head', 'send-manager', 'qa-lead', 'data-officer', 'administrator',
    'board-member', 'system')),
  job_title text not null default '',
  remit text not null check (remit in ('authority', 'locality', 'relationships', 'none')),
  team_id text references team,
  locality_id text references locality,
  setting_urn text,
  active_from date not null default '2000-01-01',
  active_to date,
  check (door <> 'board' or remit = 'none'),
  check (remit <> 'locality' or locality_id is not null)
);
comment on table account is 'A person who can sign in. remit says which children the role reaches; active_to is exclusive.';
create unique index account_email on account (lower(email));

create table setting (
  urn text primary key,
  la_code text not null,
  laestab text,
  name text not null,
  type text not null,
  town text,
  postcode text,
  easting integer,
  northing integer,
  opened_on date,
  closed_on date,
  section_41_from date,
  section_41_to date,
  pupils_on_roll integer,
  pupils_with_plan integer,
  source text not null
);
comment on table setting is 'Schools, colleges and nurseries from open data (source column), in and out of the authority.';
create index setting_by_authority on setting (la_code, name);

create table child (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  given_name text not null check (given_name <> ''),
  family_name text not null check (family_name <> ''),
  known_as text,
  name_key text not null,
  date_of_birth date not null,
  sex text not null check (sex in ('F', 'M')),
  ethnicity text,
  first_language text not null default 'English',
  interpreter text,
  upn text unique,
  nhs_number text unique,
  address_line text,
  town text,
  postcode text,
  locality_id text references locality,
  setting_urn text references setting,
  primary_need text,
  version integer not null default 1,
  registered_on date not null
);
comment on table child is 'A child or young person. name_key is the folded name used to find duplicates before a second record is made.';
create index child_by_birth on child (date_of_birth);
create index child_by_postcode on child (postcode);
create index child_by_name on child (name_key text_pattern_ops);
create index child_by_locality on child (locality_id);

create table contact (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name <> ''),
  email text,
  phone text,
  address_line text,
  town text,
  postcode text,
  prefers text not null default 'letter' check (prefers in ('letter', 'email', 'phone')),
  account_id uuid references account
);
create index contact_by_account on contact (account_id) where account_id is not null;

create table child_contact (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  contact_id uuid not null references contact,
  relationship text not null,
  parental_responsibility boolean not null,
  lives_with boolean not null default false,
  restricted boolean not null default false,
  restriction_note text,
  from_on date not null,
  to_on date,
  check (not restricted or restriction_note is not null),
  check (to_on is null or to_on > from_on),
  unique (child_id, contact_id, from_on)
);
comment on table child_contact is 'Who a contact is to a child, between dates. restricted = a court order or risk bars contact: nothing may be sent to them.';
create index child_contact_by_contact on child_contact (contact_id);

create table process (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  child_id uuid not null references child,
  kind text not null check (kind in ('assessment', 'plan', 'review', 'dispute')),
  state text not null,
  opened_on date not null,
  closed_on date,
  source text,
  assigned_to uuid references account,
  locality_id text references locality,
  setting_urn text references setting,
  version integer not null default 1,
  next_rule text,
  next_about text,
  next_due_on date,
  next_actor text,
  work_left_days integer not null default 0,
  risk_on date,
  overdue_since date,
  has_exception boolean not null default false,
  check (closed_on is null or closed_on >= opened_on)
);
comment on table process is 'An assessment, a plan''s life, a review or a dispute. State and next_* are rebuilt from case_event; risk_on = due date less the work still to do, so that the list can be ordered without knowing today.';
create index process_open_by_risk on process (kind, risk_on) where closed_on is null;
create index process_by_child on process (child_id);
create index process_by_assignee on process (assigned_to) where closed_on is null;
-- One open assessment for a child at a time: a second request in the same six weeks joins the first (U-21).
create unique index one_open_assessment on process (child_id) where kind = 'assessment' and closed_on is null;

create table case_event (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid references process,
  seq integer not null,
  kind text not null,
  happened_on date not null,
  recorded_on date not null,
  recorded_at timestamptz not null default now(),
  recorded_by uuid not null references account,
  on_behalf_of text,
  payload jsonb not null default '{}',
  supersedes uuid references case_event,
  why text,
  command_key text,
  previous_hash bytea not null,
  hash bytea not null,
  unique (child_id, seq),
  unique (supersedes),
  check (supersedes is null or why is not null)
);
comment on table case_event is 'The facts. Append-only; each row carries the hash of the one before it for the same child. happened_on is the legal date, recorded_on the day we knew.';
create index case_event_by_process on case_event (process_id, seq);
create index case_event_by_kind on case_event (kind, happened_on);

create table child_chain (
  child_id uuid primary key references child,
  seq integer not null,
  hash bytea not null
);
comment on table child_chain is 'The head of each child''s history: a cut tail is found by comparing it, and a cut head by the daily anchor kept outside the database.';

create function chain_case_event() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head child_chain;
begin
  insert into child_chain (child_id, seq, hash) values (new.child_id, 0, '\x00') on conflict do nothing;
  select * into head from child_chain where child_id = new.child_id for update;
  new.seq := head.seq + 1;
  new.previous_hash := head.hash;
  new.hash := case_event_hash(new);
  update child_chain set seq = new.seq, hash = new.hash where child_id = new.child_id;
  return new;
end $$;

create function case_event_hash(e case_event) returns bytea language sql immutable set search_path = public, pg_temp as $$
  select sha256(e.previous_hash || convert_to(concat_ws(E'\x1f',
    e.id::text, e.child_id::text, coalesce(e.process_id::text, ''), e.seq::text, e.kind,
    to_char(e.happened_on, 'YYYY-MM-DD'), to_char(e.recorded_on, 'YYYY-MM-DD'),
    to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), e.recorded_by::text,
    coalesce(e.on_behalf_of, ''), e.payload::text, coalesce(e.supersedes::text, ''), coalesce(e.why, ''),
    coalesce(e.command_key, '')), 'UTF8'))
$$;

create trigger chain_before_insert before insert on case_event for each row execute function chain_case_event();

-- Belt and braces: even the owner may not change history without first dropping this trigger, which leaves its own trace.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'history is append-only: % on % refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete or truncate on case_event for each statement execute function refuse_change();

create table deadline (
  process_id uuid not null references process,
  child_id uuid not null references child,
  rule text not null,
  occurrence integer not null,
  rule_version date,
  about text,
  display text not null,
  actor text not null,
  started_on date,
  due_on date,
  done_on date,
  state text not null check (state in ('waiting', 'open', 'done', 'lapsed')),
  lifted boolean not null default false,
  start_event uuid,
  done_event uuid,
  primary key (process_id, rule, occurrence)
);
comment on table deadline is 'A cache for lists, rebuilt from case_event by the law: never typed, never the truth. Late or not is judged on the day it is read.';
create index deadline_open_by_due on deadline (due_on) where state = 'open';
create index deadline_by_child on deadline (child_id);

create table advice_request (
  id uuid primary key default gen_random_uuid(),
  process_id uuid not null references process,
  child_id uuid not null references child,
  head text not null,
  adviser text not null,
  adviser_account uuid references account,
  setting_urn text references setting,
  asked_on date not null,
  received_on date,
  nothing_to_report boolean not null default false,
  last_chased_on date,
  chases integer not null default 0,
  unique (process_id, head, adviser)
);
comment on table advice_request is 'Each head of advice asked for (SEND Regulations 2014, reg 6(1)); its facts are in case_event.';
create index advice_request_by_child on advice_request (child_id);

create table exception_claim (
  id uuid primary key default gen_random_uuid(),
  process_id uuid not null references process,
  child_id uuid not null references child,
  event_id uuid not null,
  ground text not null,
  impractical_because text not null,
  evidence text not null,
  limits text[] not null,
  claimed_on date not null,
  state text not null check (state in ('claimed', 'approved', 'refused', 'ended')),
  decided_by uuid references account,
  decided_on date
);
create index exception_claim_by_process on exception_claim (process_id);
create index exception_claim_by_child on exception_claim (child_id);

create table document (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid references process,
  event_id uuid,
  kind text not null,
  title text not null,
  recipient_name text,
  recipient_contact uuid references contact,
  recipient_address text,
  sent_on date,
  sent_how text check (sent_how in ('post', 'email', 'by-hand', 'portal')),
  body text,
  sha256 text,
  made_at timestamptz not null default now(),
  made_by uuid not null references account
);
comment on table document is 'Letters and papers about a child, kept as they were sent.';
create index document_by_child on document (child_id);

create table access_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  account_id uuid not null,
  child_ids uuid[] not null default '{}',
  what text not null,
  relationship text not null,
  outcome text not null default 'seen' check (outcome in ('seen', 'changed', 'refused')),
  txid xid8 not null default pg_current_xact_id()
);
comment on table access_log is 'Each read or write of a child''s record: who, what, when and by which relationship. Append-only, sealed in batches by access_seal.';
create index access_log_by_child on access_log using gin (child_ids);
create trigger append_only before update or delete or truncate on access_log for each statement execute function refuse_change();

create table access_seal (
  seq integer primary key,
  below_txid xid8 not null,
  rows bigint not null,
  sealed_at timestamptz not null default now(),
  previous_hash bytea not null,
  hash bytea not null
);
comment on table access_seal is 'A chain of hashes over the finished part of access_log: rows of transactions older than below_txid.';

create table command (
  key text not null,
  account_id uuid not null,
  name text not null,
  fingerprint text not null,
  result jsonb not null,
  at timestamptz not null default now(),
  primary key (account_id, key)
);
comment on table command is 'Commands already carried out, so that the same form posted twice does nothing twice.';

create table session (
  token_hash bytea primary key,
  account_id uuid not null references account,
  csrf_secret text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  ended_at timestamptz
);

create table saved_filter (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account,
  name text not null,
  query text not null,
  unique (account_id, name)
);

create sequence case_number;
