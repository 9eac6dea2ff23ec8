-- How a child travels, and the money of a plan: costs, bands, shares, ring-fenced sums, personal budgets and direct payments.
-- All money is whole pence. Everything holds between dates, to_on exclusive; what was recorded is never changed, only ended.

-- 1. Journeys.
create table journey (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  setting_urn text references setting,
  place_name text not null check (trim(place_name) <> ''),
  from_on date not null,
  to_on date,
  ended_why text,
  ended_recorded_on date,
  ground text not null check (ground in ('beyond-walking-distance', 'cannot-walk', 'unsafe-route', 'low-income-8-to-10', 'low-income-11-to-16',
    'religion-or-belief', 'post-16', 'adult', 'discretion', 'none')),
  ground_words text not null default '' check (length(ground_words) <= 4000),
  straight_miles numeric(6, 1) check (straight_miles >= 0),
  walk_miles numeric(6, 2) check (walk_miles >= 0 and walk_miles < 1000),
  walk_source text,
  walk_on date,
  road_miles numeric(6, 2) check (road_miles > 0 and road_miles < 1000),
  road_source text,
  road_on date,
  mode text not null check (mode in ('walk', 'own-car', 'taxi', 'shared-taxi', 'minibus', 'coach', 'bus', 'rail')),
  fuel text not null default 'unknown' check (fuel in ('unknown', 'petrol', 'diesel', 'electric')),
  children integer not null default 1 check (children between 1 and 80),
  assistant boolean not null default false,
  residential boolean not null default false,
  legs integer not null check (legs between 1 and 4),
  days integer not null check (days between 1 and 366),
  empty_percent integer not null default 0 check (empty_percent between 0 and 200),
  minutes integer check (minutes between 1 and 600),
  yearly_pence bigint check (yearly_pence >= 0),
  review_on date,
  training_goal text,
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event,
  check (to_on is null or (to_on >= from_on and ended_why is not null and ended_recorded_on is not null)),
  check (walk_miles is null or (walk_source is not null and walk_on is not null)),
  check (road_miles is null or (road_source is not null and road_on is not null))
);
comment on table journey is 'How a child goes to a setting between two dates, on what ground. straight_miles is between postcodes and is never a road or a walk; those are typed with the tool they came from and its day. days: days travelled in a year, or for a child who boards the journeys home. empty_percent: miles run empty for every hundred with the child.';
create index journey_by_child on journey (child_id);
create index journey_in_force on journey (from_on) where to_on is null;

-- 2. Costs of lines and of the whole plan, by date.
create table plan_cost (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  line_id uuid,
  what text not null check (length(trim(what)) between 2 and 300),
  payee text not null check (length(trim(payee)) between 2 and 200),
  setting_urn text references setting,
  pence bigint not null check (pence > 0 and pence <= 100000000),
  per text not null check (per in ('once', 'session', 'week', 'month', 'term', 'year')),
  times_a_year integer check (times_a_year between 1 and 1000),
  from_on date not null,
  to_on date,
  ended_why text,
  ended_recorded_on date,
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event,
  check ((per in ('session', 'term')) = (times_a_year is not null)),
  check (to_on is null or to_on >= from_on),
  check ((to_on is null) or (ended_recorded_on is not null))
);
comment on table plan_cost is 'What a line of provision, or the whole plan where line_id is empty, costs between two dates and whom it is paid to. ended_recorded_on: the day somebody recorded the end, from which the schedule knows it.';
create index plan_cost_by_child on plan_cost (child_id);

-- 3. Bands: rates of the authority by date, and the band a child is in.
create table funding_band (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(trim(name)) between 1 and 60),
  yearly_pence bigint not null check (yearly_pence >= 0 and yearly_pence <= 100000000),
  from_on date not null,
  why text not null check (length(trim(why)) >= 3),
  set_by uuid not null references account,
  set_on date not null,
  unique (name, from_on)
);
comment on table funding_band is 'A band or top-up and its yearly rate from a day, until the next rate of the same name.';
create table child_band (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  band text not null,
  payee text not null check (length(trim(payee)) between 2 and 200),
  setting_urn text references setting,
  from_on date not null,
  to_on date,
  ended_recorded_on date,
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event,
  check (to_on is null or to_on >= from_on),
  check ((to_on is null) or (ended_recorded_on is not null))
);
create index child_band_by_child on child_band (child_id);

-- 4. Who bears the cost: shares that make a hundred, by date; of a line, or of the whole plan.
create table funding_share (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  line_id uuid,
  from_on date not null,
  education integer not null check (education between 0 and 100),
  health integer not null check (health between 0 and 100),
  social_care integer not null check (social_care between 0 and 100),
  agreed_by text not null check (length(trim(agreed_by)) >= 2),
  agreed_on date not null,
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event,
  check (education + health + social_care = 100)
);
comment on table funding_share is 'Per cent borne by education, health and social care from a day, until the next row for the same line. line_id empty: every line with no row of its own.';
create index funding_share_by_child on funding_share (child_id);

-- 5. Ring-fenced sums: kept for one child and one purpose, and never overspent.
create table ring_fenced_sum (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  pence bigint not null check (pence > 0 and pence <= 100000000),
  what_for text not null check (length(trim(what_for)) >= 3 and length(what_for) <= 2000),
  why text not null check (why in ('ombudsman', 'tribunal', 'complaint', 'agreement', 'other')),
  reference text,
  keeper text not null check (length(trim(keeper)) between 2 and 200),
  set_aside_on date not null,
  spend_by date,
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event,
  unique (id, child_id),
  check (spend_by is null or spend_by >= set_aside_on)
);
create index ring_fenced_sum_by_child on ring_fenced_sum (child_id);
create table ring_fenced_spend (
  id uuid primary key default gen_random_uuid(),
  sum_id uuid not null,
  child_id uuid not null,
  pence bigint not null check (pence <> 0),
  spent_on date not null,
  what text not null check (length(trim(what)) >= 3 and length(what) <= 1000),
  evidence text not null default '',
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event,
  foreign key (sum_id, child_id) references ring_fenced_sum (id, child_id)
);
comment on table ring_fenced_spend is 'A spend against a ring-fenced sum; a repayment is a negative one. The sum of them stays between nothing and the sum set aside, whoever writes at once.';
create index ring_fenced_spend_by_sum on ring_fenced_spend (sum_id);
create index ring_fenced_spend_by_child on ring_fenced_spend (child_id);
create function never_overspent() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kept ring_fenced_sum;
  spent bigint;
begin
  -- Two spends of one sum wait for one another here.
  select * into kept from ring_fenced_sum where id = new.sum_id for update;
  select coalesce(sum(pence), 0) + new.pence into spent from ring_fenced_spend where sum_id = new.sum_id;
  if spent > kept.pence or spent < 0 then
    raise exception 'a ring-fenced sum is never overspent' using errcode = 'check_violation', constraint = 'never_overspent';
  end if;
  if new.spent_on < kept.set_aside_on then
    raise exception 'nothing is spent before it is set aside' using errcode = 'check_violation', constraint = 'not_before_set_aside';
  end if;
  return new;
end $$;
create trigger never_overspent before insert on ring_fenced_spend for each row execute function never_overspent();

-- 6. Personal budgets and direct payments (Children and Families Act 2014 s.49; SI 2014/1652).
create table personal_budget (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  state text not null check (state in ('prepared', 'taken-up', 'not-taken-up', 'ended')),
  requested_on date,
  yearly_pence bigint check (yearly_pence >= 0 and yearly_pence <= 100000000),
  how text[] not null default '{}' check (how <@ array['notional', 'third-party', 'direct-payment']),
  lines uuid[] not null default '{}',
  words text not null default '' check (length(words) <= 4000),
  from_on date not null,
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event
);
comment on table personal_budget is 'What stands of a child''s personal budget from a day, until the next row. SEN2 counts one that is taken up.';
create index personal_budget_by_child on personal_budget (child_id);
create table direct_payment (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  sen2_code text not null check (sen2_code in ('E', 'S', 'H', 'I')),
  payee text not null check (length(trim(payee)) between 2 and 200),
  lines uuid[] not null check (cardinality(lines) > 0),
  pence bigint not null check (pence > 0 and pence <= 100000000),
  per text not null check (per in ('once', 'week', 'month', 'year')),
  agreed_on date not null,
  from_on date not null,
  to_on date,
  ended_why text,
  ended_recorded_on date,
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event,
  unique (id, child_id),
  check (to_on is null or (to_on >= from_on and ended_why is not null and ended_recorded_on is not null))
);
comment on table direct_payment is 'A direct payment and the lines it secures. SEN2: E education, S social care, H health, I integrated. It never pays for a place at a school or post-16 institution (SI 2014/1652 reg 6(2)).';
create index direct_payment_by_child on direct_payment (child_id);
create table direct_payment_review (
  id uuid primary key default gen_random_uuid(),
  direct_payment_id uuid not null,
  child_id uuid not null,
  reviewed_on date not null,
  outcome text not null check (outcome in ('goes-on', 'changed', 'reduced', 'stopped')),
  words text not null check (length(trim(words)) >= 3 and length(words) <= 4000),
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event,
  foreign key (direct_payment_id, child_id) references direct_payment (id, child_id)
);
create index direct_payment_review_by_payment on direct_payment_review (direct_payment_id);
create index direct_payment_review_by_child on direct_payment_review (child_id);

-- 7. The wall: staff who reach the child, never in a conflict; the family, its own personal budget.
do $$
declare t text;
begin
  foreach t in array array['journey', 'plan_cost', 'child_band', 'funding_share', 'ring_fenced_sum', 'ring_fenced_spend',
      'personal_budget', 'direct_payment', 'direct_payment_review'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
    execute format('create policy no_conflict on %I as restrictive to clearway_app using (child_id <> all ((select viewer_conflicts())::uuid[]))', t);
    execute format('create policy in_own_name on %I as restrictive for insert to clearway_app with check (recorded_by = (select viewer_id()))', t);
    execute format('create policy staff on %I for select to clearway_app using ((select viewer_door()) = ''staff''
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
    execute format('create policy staff_add on %I for insert to clearway_app with check ((select viewer_keeps_records())
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
    execute format('create policy keeper on %I for select to clearway_app using ((select viewer_is_keeper()))', t);
    execute format('grant select, insert on %I to clearway_app', t);
  end loop;
  foreach t in array array['journey', 'plan_cost', 'child_band', 'direct_payment'] loop
    execute format('create policy staff_change on %I for update to clearway_app using ((select viewer_keeps_records())
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
  end loop;
  foreach t in array array['personal_budget', 'direct_payment'] loop
    execute format('create policy family on %I for select to clearway_app using ((select viewer_door()) = ''family'' and child_id = any ((select viewer_children())::uuid[]))', t);
  end loop;
end $$;
grant update (to_on, ended_why, ended_recorded_on) on journey, plan_cost, direct_payment to clearway_app;
grant update (to_on, ended_recorded_on) on child_band to clearway_app;

-- Rates are nobody's record: everybody reads them, managers set them in their own name.
alter table funding_band enable row level security;
alter table funding_band force row level security;
create policy owner_only on funding_band to current_user using (true);
create policy read_by_all on funding_band for select to clearway_app using (true);
create policy by_managers on funding_band for insert to clearway_app with check (
  set_by = (select viewer_id()) and exists (select from account a where a.id = (select viewer_id()) and a.door = 'staff' and a.role in ('send-manager', 'administrator')));
grant select, insert on funding_band to clearway_app;
