-- The plan as data: sections A to K in parts, each save a row; versions frozen as they were sent; and the lines of provision
-- that the authority must secure from the day a plan is final.

-- 1. Templates: how a plan is laid out, by date. A section is styled, never dropped or merged (SEND Regulations 2014, reg 12(1)).
create function is_whole_template(content jsonb) returns boolean language sql immutable set search_path = public, pg_temp as $$
  select jsonb_typeof(content->'sections') = 'array'
    and (select array_agg(s->>'id' order by n) from jsonb_array_elements(content->'sections') with ordinality as one(s, n))
      = array['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K']
    and not exists (select from jsonb_array_elements(content->'sections') s where coalesce(trim(s->>'heading'), '') = '')
$$;
create table plan_template (
  id uuid primary key default gen_random_uuid(),
  name text not null check (trim(name) <> ''),
  version integer not null default 1 check (version >= 1),
  age_band text not null default 'all' check (age_band in ('all', 'before-year-9', 'from-year-9')),
  state text not null default 'draft' check (state in ('draft', 'consult', 'pilot', 'live', 'retired')),
  live_from date,
  live_to date,
  content jsonb not null check (is_whole_template(content)),
  made_by uuid references account,
  made_on date not null,
  unique (name, version),
  check (state <> 'live' or live_from is not null),
  check (live_to is null or live_to >= live_from)
);
comment on table plan_template is 'How a plan is laid out: a heading, an introduction and prompts for each of the twelve sections, in their order. live_to is exclusive. A plan opens for ever on the template its version was frozen with.';
create table plan_template_change (
  id uuid primary key default gen_random_uuid(),
  template_id uuid not null references plan_template,
  asked_by text not null,
  why text not null,
  event text,
  decision text not null,
  made_by uuid not null references account,
  made_on date not null
);
comment on table plan_template_change is 'Why a template was changed: who asked, at which co-production event, and what was decided.';
create index plan_template_change_by_template on plan_template_change (template_id);
insert into plan_template (name, state, live_from, made_on, content) values ('Standard', 'live', '2014-09-01', '2014-09-01', '{"sections": [
  {"id": "A", "heading": "Section A: Views, interests and aspirations", "intro": "", "prompts": ["What matters to me", "My hopes", "How to talk with me", "What my family says and hopes"]},
  {"id": "B", "heading": "Section B: Special educational needs", "intro": "", "prompts": ["What I can do now", "What is hard and how it shows"]},
  {"id": "C", "heading": "Section C: Health needs related to special educational needs", "intro": "", "prompts": []},
  {"id": "D", "heading": "Section D: Social care needs related to special educational needs or to a disability", "intro": "", "prompts": []},
  {"id": "E", "heading": "Section E: Outcomes", "intro": "", "prompts": ["What will be different, by when, and how we will know"]},
  {"id": "F", "heading": "Section F: Special educational provision", "intro": "", "prompts": ["What, by whom, how much, how often, for how long"]},
  {"id": "G", "heading": "Section G: Health provision", "intro": "", "prompts": []},
  {"id": "H1", "heading": "Section H1: Social care provision under the Chronically Sick and Disabled Persons Act 1970", "intro": "", "prompts": []},
  {"id": "H2", "heading": "Section H2: Other social care provision", "intro": "", "prompts": []},
  {"id": "I", "heading": "Section I: Placement", "intro": "", "prompts": []},
  {"id": "J", "heading": "Section J: Personal budget", "intro": "", "prompts": []},
  {"id": "K", "heading": "Section K: Advice and information", "intro": "", "prompts": []}]}');

-- 2. The plan being written or kept, and its parts: each save a row, nothing overwritten.
create table plan (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid not null references process,
  template_id uuid not null references plan_template,
  begun_by uuid not null references account,
  begun_on date not null,
  changed_by uuid not null references account,
  changed_at timestamptz not null default now(),
  ended_on date,
  unique (id, child_id)
);
comment on table plan is 'The plan of a child, from its first words to the day it ceases. process_id: where it is being written now, an assessment and then the plan''s own life.';
create unique index one_plan on plan (child_id) where ended_on is null;
create index plan_by_process on plan (process_id);

create table plan_part (
  part_id uuid not null default gen_random_uuid(),
  version integer not null check (version >= 0),
  plan_id uuid not null,
  child_id uuid not null,
  section text not null check (section in ('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K')),
  kind text not null check (kind in ('text', 'need', 'outcome', 'provision', 'placement', 'budget', 'appendix')),
  slot text,
  position integer not null default 0,
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  removed boolean not null default false,
  why text,
  saved_by uuid not null references account,
  saved_at timestamptz not null default now(),
  primary key (part_id, version),
  foreign key (plan_id, child_id) references plan (id, child_id),
  check ((kind = 'text') = (slot is not null)),
  check (kind = 'text' or (kind = 'need' and section in ('B', 'C', 'D')) or (kind = 'outcome' and section = 'E')
    or (kind = 'provision' and section in ('F', 'G', 'H1', 'H2')) or (kind = 'placement' and section = 'I')
    or (kind = 'budget' and section = 'J') or (kind = 'appendix' and section = 'K'))
);
comment on table plan_part is 'Every save of every part of a plan. part_id stays for life; the newest version stands. Two people who save from the same version meet on the primary key, and both texts are shown.';
create index plan_part_by_plan on plan_part (plan_id, part_id, version desc);
create index plan_part_by_child on plan_part (child_id);
create unique index plan_part_slots on plan_part (plan_id, section, slot) where version = 0 and kind = 'text';

-- 3. Who writes, besides the office: a health or social care lead let in to their sections.
create table plan_writer (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null,
  child_id uuid not null,
  account_id uuid not null references account,
  sections text[] not null check (sections <@ array['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2'] and cardinality(sections) > 0),
  from_on date not null,
  to_on date,
  given_by uuid not null references account,
  foreign key (plan_id, child_id) references plan (id, child_id),
  check (to_on is null or to_on >= from_on)
);
comment on table plan_writer is 'A professional let in by the office to write in these sections of a plan and agree them. to_on is exclusive.';
create index plan_writer_by_account on plan_writer (account_id);
create index plan_writer_by_child on plan_writer (child_id);
create index plan_writer_by_plan on plan_writer (plan_id);

-- 4. Versions, frozen: a row for the version and one for each part, so that each reader is given the rows that are theirs.
create table plan_version (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null,
  child_id uuid not null,
  process_id uuid not null references process,
  number integer not null check (number >= 1),
  kind text not null check (kind in ('working', 'draft', 'amended-draft', 'final', 'amended-final')),
  template_id uuid not null references plan_template,
  child_name text not null,
  child_born_on date not null,
  sha256 text not null,
  frozen_on date not null,
  frozen_at timestamptz not null default now(),
  frozen_by uuid not null references account,
  sent_on date,
  event_id uuid references case_event,
  note text,
  unique (plan_id, number),
  unique (id, child_id),
  foreign key (plan_id, child_id) references plan (id, child_id),
  check (kind = 'working' or (sent_on is not null and event_id is not null))
);
comment on table plan_version is 'A plan as it stood, for ever. sha256 is of its parts. A working copy is kept for comparison and sent to nobody; every other kind was sent, and event_id is the fact.';
create index plan_version_by_child on plan_version (child_id);
-- Two finals of one plan on one day would leave nobody able to say which is in force.
create unique index one_final_a_day on plan_version (plan_id, sent_on) where kind in ('final', 'amended-final');

create table plan_version_part (
  version_id uuid not null,
  child_id uuid not null,
  part_id uuid not null,
  section text not null,
  kind text not null,
  slot text,
  position integer not null,
  number integer not null check (number > 0),
  content jsonb not null,
  primary key (version_id, part_id),
  unique (version_id, number),
  foreign key (version_id, child_id) references plan_version (id, child_id)
);
comment on table plan_version_part is 'The parts of a version as frozen. number is the paragraph number people cite in it.';
create index plan_version_part_by_child on plan_version_part (child_id);

-- 5. What the advice asked for and the plan does not have, with the reason; marks of the checker overruled, with the reason;
--    who agreed to what; and meetings.
create table plan_left_out (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null,
  child_id uuid not null,
  release_id uuid not null references advice_release,
  advice_part_id uuid not null,
  reason text not null check (reason in ('in-another-line', 'already-happens', 'not-needed', 'better-met-otherwise', 'not-for-this-plan', 'not-agreed', 'other')),
  words text not null check (length(trim(words)) >= 3 and length(words) <= 4000),
  decided_by uuid not null references account,
  decided_on date not null,
  taken_back_on date,
  foreign key (plan_id, child_id) references plan (id, child_id)
);
comment on table plan_left_out is 'Provision that advice recommended and the plan does not have, with the reason. The family can read it beside the draft.';
create unique index plan_left_out_standing on plan_left_out (plan_id, advice_part_id) where taken_back_on is null;
create index plan_left_out_by_child on plan_left_out (child_id);

create table plan_overruled (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null,
  child_id uuid not null,
  part_id uuid not null,
  rule text not null,
  span text not null,
  reason text not null check (length(trim(reason)) >= 3 and length(reason) <= 2000),
  overruled_by uuid not null references account,
  overruled_on date not null,
  taken_back_on date,
  foreign key (plan_id, child_id) references plan (id, child_id)
);
comment on table plan_overruled is 'A mark of the words checker that somebody overruled, with the reason: an audit reads it. It holds for these words of this part only.';
create index plan_overruled_by_plan on plan_overruled (plan_id);
create index plan_overruled_by_child on plan_overruled (child_id);

create table plan_sign_off (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null,
  child_id uuid not null,
  kind text not null check (kind in ('manager', 'health', 'social-care')),
  sha256 text not null,
  signed_by uuid not null references account,
  signed_on date not null,
  signed_at timestamptz not null default now(),
  words text not null default '',
  foreign key (plan_id, child_id) references plan (id, child_id)
);
comment on table plan_sign_off is 'Who agreed to what: sha256 is of the sections agreed (the whole plan for a manager, C and G for health, D, H1 and H2 for social care). It stands while those words stand. Section G must be agreed by the commissioning body (SEND Regulations 2014, reg 12(2)).';
create index plan_sign_off_by_plan on plan_sign_off (plan_id);
create index plan_sign_off_by_child on plan_sign_off (child_id);

create table plan_meeting (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null,
  child_id uuid not null,
  held_on date not null,
  how text not null check (how in ('in-person', 'video', 'phone')),
  present text not null check (trim(present) <> ''),
  notes text not null default '' check (length(notes) <= 40000),
  agreed text not null default '' check (length(agreed) <= 40000),
  not_agreed text not null default '' check (length(not_agreed) <= 40000),
  part_ids uuid[] not null default '{}',
  recorded_by uuid not null references account,
  recorded_on date not null,
  foreign key (plan_id, child_id) references plan (id, child_id)
);
comment on table plan_meeting is 'A meeting about a draft (SEND Regulations 2014, reg 13(1)): what was said, what was agreed, and the parts of the plan it changed.';
create index plan_meeting_by_plan on plan_meeting (plan_id);
create index plan_meeting_by_child on plan_meeting (child_id);

alter table draft_paragraph add column part_id uuid;
alter table draft_paragraph add column version_id uuid references plan_version;
comment on column draft_paragraph.part_id is 'The part of the plan this paragraph is, where the plan is held as data.';

-- 6. Where the child is educated, by date. Naming a setting and attending it are two things.
create table placement (
  id uuid primary key default gen_random_uuid(),
  child_id uuid not null references child,
  process_id uuid references process,
  setting_urn text references setting,
  sen2_code text check (sen2_code in ('OLA', 'OPA', 'EHE', 'EYP', 'OTH', 'NEET', 'NIEC', 'NIEO')),
  place_name text not null check (trim(place_name) <> ''),
  rank integer not null default 1 check (rank in (1, 2)),
  kind text not null default 'named' check (kind in ('named', 'interim', 'other')),
  boarding text not null default 'day' check (boarding in ('day', 'A', 'B')),
  from_on date not null,
  to_on date,
  needed_on date,
  ended_why text,
  version_id uuid references plan_version,
  recorded_by uuid not null references account,
  recorded_on date not null,
  event_id uuid references case_event,
  check (setting_urn is not null or sen2_code is not null),
  check (to_on is null or to_on >= from_on),
  check (to_on is null or ended_why is not null)
);
comment on table placement is 'Where a child or young person with a plan is placed, by date; to_on is exclusive. boarding A is 38 to 51 weeks and B 52 weeks (SEN2). needed_on: the day the place was needed, from which a delay is measured.';
create index placement_by_child on placement (child_id);
create index placement_by_setting on placement (setting_urn) where setting_urn is not null;
create function one_main_placement() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.rank = 1 and (new.to_on is null or new.to_on > new.from_on) and exists (
      select from placement p where p.child_id = new.child_id and p.rank = 1 and p.id <> new.id
        and daterange(p.from_on, p.to_on) && daterange(new.from_on, new.to_on)) then
    raise exception 'a child has one main placement on a day' using errcode = 'exclusion_violation', constraint = 'one_main_placement';
  end if;
  return new;
end $$;
create trigger one_main_placement before insert or update on placement for each row execute function one_main_placement();

-- 7. The lines the authority must secure (Children and Families Act 2014, s.42(2) and (3)), from the day a plan is final. A line
--    is the part of the plan; its terms say what was promised between dates, so that an amended plan changes the promise from
--    its own day and not before.
create table provision_line (
  line_id uuid primary key,
  child_id uuid not null references child,
  plan_id uuid not null,
  section text not null check (section in ('F', 'G', 'H1', 'H2')),
  state text not null default 'to-arrange' check (state in ('to-arrange', 'in-place', 'paused', 'not-happening', 'ended')),
  state_since date not null,
  setting_urn text references setting,
  unique (line_id, child_id),
  foreign key (plan_id, child_id) references plan (id, child_id)
);
comment on table provision_line is 'A line of provision of a final plan and how it stands. line_id is the part of the plan. setting_urn: where it happens, and who is asked whether it does.';
create index provision_line_by_child on provision_line (child_id);
create index provision_line_by_setting on provision_line (setting_urn) where state <> 'ended';

create table provision_term (
  id uuid primary key default gen_random_uuid(),
  line_id uuid not null,
  child_id uuid not null,
  version_id uuid not null references plan_version,
  from_on date not null,
  to_on date,
  content jsonb not null,
  foreign key (line_id, child_id) references provision_line (line_id, child_id),
  check (to_on is null or to_on >= from_on)
);
comment on table provision_term is 'What a line promises between dates, by the version of the plan that promises it. to_on is exclusive.';
create index provision_term_by_line on provision_term (line_id, from_on);
create index provision_term_by_child on provision_term (child_id);

create table provision_deliverer (
  id uuid primary key default gen_random_uuid(),
  line_id uuid not null,
  child_id uuid not null,
  account_id uuid not null references account,
  from_on date not null,
  to_on date,
  given_by uuid not null references account,
  foreign key (line_id, child_id) references provision_line (line_id, child_id),
  check (to_on is null or to_on >= from_on)
);
comment on table provision_deliverer is 'A therapist or other professional who gives a line of provision and records its sessions. to_on is exclusive.';
create index provision_deliverer_by_account on provision_deliverer (account_id);
create index provision_deliverer_by_child on provision_deliverer (child_id);
create index provision_deliverer_by_line on provision_deliverer (line_id);

-- 8. Reach. A setting reaches a child placed there now or to come; a professional one whose plan they write in or deliver.
create or replace function viewer_children() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  me account;
  day date := viewer_today();
  mine uuid[];
  team uuid[];
  work_at text[];
  reached uuid[];
begin
  select * into me from account a where a.id = viewer_id() and a.active_from <= day and (a.active_to is null or a.active_to > day);
  if me.id is null or me.remit = 'none' then return '{}'; end if;
  case me.door
  when 'staff' then
    -- Their locality, or that of somebody they stand in for; the cases given to them and their team; what they were let into.
    mine := viewer_accounts();
    team := viewer_team_accounts();
    select array_agg(distinct child_id) into reached from (
      select c.id as child_id from account a join child c on c.locality_id = a.locality_id
        where a.id = any (mine) and a.door = 'staff' and a.remit = 'locality'
      union all
      select p.child_id from account a join process p on p.assigned_to = a.id
        where a.id = any (team) and a.door = 'staff' and a.remit <> 'none' and p.closed_on is null
      union all
      select g.child_id from case_grant g where g.account_id = me.id and g.from_at <= now() and g.until_at > now()
    ) found;
  when 'family' then
    -- Parental responsibility until the rights are the young person's, and after that by their consent or where they lack
    -- capacity; the young person; an advocate with consent. A bar on somebody closes every link of every account they have.
    select array_agg(distinct cc.child_id) into reached
      from contact k join child_contact cc on cc.contact_id = k.id join child c on c.id = cc.child_id
      where k.account_id = me.id and not cc.restricted and cc.from_on <= day and (cc.to_on is null or cc.to_on > day)
        and (
          (cc.parental_responsibility and (
            not is_over_compulsory_school_age(c.date_of_birth, day)
            or exists (select from sharing_consent s where s.child_id = c.id and s.contact_id = k.id
                and s.from_on <= day and (s.to_on is null or s.to_on > day))
            or exists (select from capacity_note n where n.child_id = c.id and not n.has_capacity
                and n.from_on <= day and (n.to_on is null or n.to_on > day))))
          or (cc.relationship = 'self'
              and (is_over_compulsory_school_age(c.date_of_birth, day) or cc.consent_on <= day))
          or (cc.relationship = 'advocate' and cc.consent_on <= day and cc.to_on is not null))
        and not exists (
          select from child_contact barred join contact b on b.id = barred.contact_id join account one on one.id = b.account_id
          where barred.child_id = cc.child_id and one.person_id = me.person_id and barred.restricted
            and (barred.to_on is null or barred.to_on > day));
  when 'setting' then
    -- On roll on the day; placed there, or to be; asked for advice or consulted, while the case is open and the asking stands.
    work_at := viewer_settings();
    select array_agg(distinct child_id) into reached from (
      select e.child_id from enrolment e
        where e.setting_urn = any (work_at) and e.from_on <= day and (e.to_on is null or e.to_on > day)
      union all
      select pl.child_id from placement pl where pl.setting_urn = any (work_at) and (pl.to_on is null or pl.to_on > day)
      union all
      select ar.child_id from advice_request ar join process p on p.id = ar.process_id
        where ar.setting_urn = any (work_at) and ar.withdrawn_on is null and p.closed_on is null
      union all
      select e.child_id from case_event e join process p on p.id = e.process_id
        where e.kind = 'setting_consulted' and e.payload->>'setting' = any (work_at) and p.closed_on is null
          and not exists (select from case_event s where s.supersedes = e.id)
    ) found;
  when 'professional' then
    -- Asked for advice, writing or supervising it, or answered to by somebody who was, while the case is open; let in to write
    -- in a plan; giving a line of its provision.
    mine := viewer_accounts();
    team := viewer_team_accounts();
    select array_agg(distinct child_id) into reached from (
      select ar.child_id from advice_request ar join process p on p.id = ar.process_id
        where ar.adviser_account = any (team) and ar.withdrawn_on is null and p.closed_on is null
      union all
      select w.child_id from advice_writer w join advice_request ar on ar.id = w.advice_request_id join process p on p.id = ar.process_id
        where w.account_id = any (mine) and ar.withdrawn_on is null and p.closed_on is null
          and w.from_on <= day and (w.to_on is null or w.to_on > day)
      union all
      select w.child_id from plan_writer w join plan on plan.id = w.plan_id
        where w.account_id = any (mine) and plan.ended_on is null and w.from_on <= day and (w.to_on is null or w.to_on > day)
      union all
      select d.child_id from provision_deliverer d join provision_line l on l.line_id = d.line_id
        where d.account_id = any (team) and l.state <> 'ended' and d.from_on <= day and (d.to_on is null or d.to_on > day)
    ) found;
  else
    reached := '{}';
  end case;
  return coalesce(reached, '{}');
end $$;

/* The plans a professional writes in, on the day. */
create function viewer_writes_plans() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if viewer_door() is distinct from 'professional' then return '{}'; end if;
  return (select coalesce(array_agg(distinct w.plan_id), '{}') from plan_writer w join plan p on p.id = w.plan_id
    where w.account_id = any (viewer_accounts()) and p.ended_on is null
      and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today()));
end $$;
/* May a professional write in this section of the plan, on the day? */
create function viewer_writes_section(of_plan uuid, in_section text) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select from plan_writer w join plan p on p.id = w.plan_id
    where w.plan_id = of_plan and w.account_id = any (viewer_accounts()) and in_section = any (w.sections) and p.ended_on is null
      and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today()));
end $$;
/* The lines of provision a professional gives, or somebody who answers to them, on the day. */
create function viewer_delivers() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if viewer_door() is distinct from 'professional' then return '{}'; end if;
  return (select coalesce(array_agg(distinct d.line_id), '{}') from provision_deliverer d join provision_line l on l.line_id = d.line_id
    where d.account_id = any (viewer_team_accounts()) and l.state <> 'ended'
      and d.from_on <= viewer_today() and (d.to_on is null or d.to_on > viewer_today()));
end $$;
/* Children whose place, now or to come, is where the viewer works. */
create function viewer_placed_here() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if viewer_door() is distinct from 'setting' then return '{}'; end if;
  return (select coalesce(array_agg(distinct child_id), '{}') from (
    select e.child_id from enrolment e where e.setting_urn = any (viewer_settings())
      and e.from_on <= viewer_today() and (e.to_on is null or e.to_on > viewer_today())
    union all
    select p.child_id from placement p where p.setting_urn = any (viewer_settings()) and (p.to_on is null or p.to_on > viewer_today())
  ) placed);
end $$;
/*
 * Frozen versions the viewer reads besides the office: the family, all that were sent; a setting, the final plans of those placed
 * there and the draft sent with a consultation that is open; a professional, those of plans they write in.
 */
create function viewer_plan_versions() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  case viewer_door()
  when 'family' then
    return (select coalesce(array_agg(v.id), '{}') from plan_version v where v.sent_on is not null and v.child_id = any (viewer_children()));
  when 'setting' then
    return (select coalesce(array_agg(distinct v.id), '{}') from plan_version v
      where v.sent_on is not null and v.child_id = any (viewer_children()) and (
        (v.kind in ('final', 'amended-final') and v.child_id = any (viewer_placed_here()))
        or exists (select from case_event e join process p on p.id = e.process_id
          where e.child_id = v.child_id and e.kind = 'setting_consulted' and e.payload->>'setting' = any (viewer_settings())
            and p.closed_on is null and not exists (select from case_event s where s.supersedes = e.id))));
  when 'professional' then
    return (select coalesce(array_agg(distinct v.id), '{}') from plan_version v where v.plan_id = any (viewer_writes_plans()));
  else
    return '{}';
  end case;
end $$;
/*
 * Single frozen parts a professional reads: of sent versions, the lines they give and those that came of their own advice, for as
 * long as they may read that advice.
 */
create function viewer_plan_parts() returns table (version_id uuid, part_id uuid) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if viewer_door() is distinct from 'professional' then return; end if;
  return query
    select p.version_id, p.part_id from plan_version_part p join plan_version v on v.id = p.version_id
    where v.sent_on is not null and p.child_id <> all (viewer_conflicts()) and (
      p.part_id = any (viewer_delivers())
      or exists (select from jsonb_array_elements(case when jsonb_typeof(p.content->'sources') = 'array' then p.content->'sources' else '[]' end) s
        join advice_release r on r.id::text = s->>'releaseId' where r.id = any (viewer_own_releases())));
end $$;
revoke all on function viewer_writes_plans(), viewer_writes_section(uuid, text), viewer_delivers(), viewer_placed_here(),
  viewer_plan_versions(), viewer_plan_parts() from public;
grant execute on function is_whole_template(jsonb), viewer_writes_plans(), viewer_writes_section(uuid, text), viewer_delivers(), viewer_placed_here(),
  viewer_plan_versions(), viewer_plan_parts() to clearway_app;

-- 9. The wall.
do $$
declare t text;
begin
  foreach t in array array['plan', 'plan_part', 'plan_writer', 'plan_version', 'plan_version_part', 'plan_left_out', 'plan_overruled',
      'plan_sign_off', 'plan_meeting', 'placement', 'provision_line', 'provision_term', 'provision_deliverer'] loop
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
  foreach t in array array['plan', 'plan_writer', 'plan_left_out', 'plan_overruled', 'placement', 'provision_line', 'provision_term', 'provision_deliverer'] loop
    execute format('create policy staff_change on %I for update to clearway_app using ((select viewer_keeps_records())
      and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])))', t);
  end loop;
end $$;
grant update (process_id, template_id, changed_by, changed_at, ended_on) on plan to clearway_app;
grant update (to_on) on plan_writer, provision_term, provision_deliverer to clearway_app;
grant update (taken_back_on) on plan_left_out, plan_overruled to clearway_app;
grant update (to_on, ended_why) on placement to clearway_app;
grant update (state, state_since, setting_urn) on provision_line to clearway_app;

create policy in_own_name on plan as restrictive for insert to clearway_app with check (begun_by = (select viewer_id()));
create policy in_own_name on plan_part as restrictive for insert to clearway_app with check (saved_by = (select viewer_id()));
create policy in_own_name on plan_version as restrictive for insert to clearway_app with check (frozen_by = (select viewer_id()));
create policy in_own_name on plan_sign_off as restrictive for insert to clearway_app with check (
  signed_by = (select viewer_id()));
create policy in_own_name on plan_left_out as restrictive for insert to clearway_app with check (decided_by = (select viewer_id()));
create policy in_own_name on plan_overruled as restrictive for insert to clearway_app with check (overruled_by = (select viewer_id()));
create policy in_own_name on plan_meeting as restrictive for insert to clearway_app with check (recorded_by = (select viewer_id()));

-- Professionals let in: they read the plan and its parts as they stand, and add to their own sections.
create policy writers on plan for select to clearway_app using (id = any ((select viewer_writes_plans())::uuid[]));
create policy writers_touch on plan for update to clearway_app using (id = any ((select viewer_writes_plans())::uuid[]));
create policy writers on plan_part for select to clearway_app using (plan_id = any ((select viewer_writes_plans())::uuid[]));
create policy writers_add on plan_part for insert to clearway_app with check (
  plan_id = any ((select viewer_writes_plans())::uuid[]) and viewer_writes_section(plan_id, section));
create policy writers on plan_writer for select to clearway_app using (
  account_id = (select viewer_id()) or plan_id = any ((select viewer_writes_plans())::uuid[]));
create policy writers on plan_overruled for select to clearway_app using (plan_id = any ((select viewer_writes_plans())::uuid[]));
create policy writers on plan_sign_off for select to clearway_app using (plan_id = any ((select viewer_writes_plans())::uuid[]));
create policy writers_agree on plan_sign_off for insert to clearway_app with check (
  plan_id = any ((select viewer_writes_plans())::uuid[])
  and ((kind = 'health' and viewer_writes_section(plan_id, 'G')) or (kind = 'social-care' and viewer_writes_section(plan_id, 'H2'))));
-- A professional moves no plan to another case or template: they say only that they changed it.
create function only_that_it_changed() returns trigger language plpgsql as $$
begin
  if current_user = 'clearway_app' and viewer_door() = 'professional'
    and (to_jsonb(new) - array['changed_by', 'changed_at']) is distinct from (to_jsonb(old) - array['changed_by', 'changed_at']) then
    raise exception 'only the office moves a plan' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger only_that_it_changed before update on plan for each row execute function only_that_it_changed();

create policy readers on plan_version for select to clearway_app using (
  id = any ((select viewer_plan_versions())::uuid[]) or id in (select p.version_id from viewer_plan_parts() p));
create policy readers on plan_version_part for select to clearway_app using (
  version_id = any ((select viewer_plan_versions())::uuid[])
  or (version_id, part_id) in (select p.version_id, p.part_id from viewer_plan_parts() p));
-- The family reads what was left out of a draft they were sent, and what was said at their meeting.
create policy family on plan_left_out for select to clearway_app using (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[])
  and exists (select from plan_version v where v.plan_id = plan_left_out.plan_id));
create policy family on plan_meeting for select to clearway_app using (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[]));
create policy family on placement for select to clearway_app using (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[]));
create policy own_setting on placement for select to clearway_app using (
  (select viewer_door()) = 'setting' and setting_urn = any ((select viewer_settings())::text[])
  and (to_on is null or to_on > (select viewer_today())));
-- What the family said for the assessment is given to those asked for advice (SEND Regulations 2014, reg 6(3)), and not to
-- everybody who reaches the child at the professional's door: a therapist who gives a line of the plan does too now.
create policy for_advice_only on family_view as restrictive for select to clearway_app using (
  (select viewer_door()) is distinct from 'professional' or (select viewer_is_keeper())
  or child_id in (select ar.child_id from advice_request ar where ar.id = any ((select viewer_writes_advice())::uuid[])));
-- Lines: the family, all; a setting, those of whoever is placed there; a professional, those they give.
do $$
declare t text;
begin
  foreach t in array array['provision_line', 'provision_term'] loop
    execute format('create policy family on %I for select to clearway_app using ((select viewer_door()) = ''family'' and child_id = any ((select viewer_children())::uuid[]))', t);
    execute format('create policy placed_here on %I for select to clearway_app using (child_id = any ((select viewer_placed_here())::uuid[]))', t);
    execute format('create policy deliverers on %I for select to clearway_app using (line_id = any ((select viewer_delivers())::uuid[]))', t);
  end loop;
end $$;
create policy deliverers on provision_deliverer for select to clearway_app using (account_id = any ((select viewer_team_accounts())::uuid[]) and (select viewer_door()) = 'professional');

-- Templates are nobody's record: everybody reads them, managers keep them.
alter table plan_template enable row level security;
alter table plan_template force row level security;
create policy owner_only on plan_template to current_user using (true);
create policy read_by_all on plan_template for select to clearway_app using (true);
alter table plan_template_change enable row level security;
alter table plan_template_change force row level security;
create policy owner_only on plan_template_change to current_user using (true);
create policy read_by_all on plan_template_change for select to clearway_app using (true);
create policy by_managers on plan_template for insert to clearway_app with check (
  made_by = (select viewer_id()) and exists (select from account a where a.id = (select viewer_id()) and a.door = 'staff' and a.role in ('send-manager', 'administrator')));
create policy by_managers_change on plan_template for update to clearway_app using (
  exists (select from account a where a.id = (select viewer_id()) and a.door = 'staff' and a.role in ('send-manager', 'administrator')));
create policy by_managers on plan_template_change for insert to clearway_app with check (
  made_by = (select viewer_id()) and exists (select from account a where a.id = (select viewer_id()) and a.door = 'staff' and a.role in ('send-manager', 'administrator')));
grant select, insert on plan_template, plan_template_change to clearway_app;
grant update (state, live_from, live_to) on plan_template to clearway_app;
-- A template that has been in use is not changed under the plans that used it: a new version is made.
create function template_content_stays() returns trigger language plpgsql as $$
begin
  if old.state in ('live', 'retired') and new.content is distinct from old.content then
    raise exception 'a live template is replaced by a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger template_content_stays before update on plan_template for each row execute function template_content_stays();
grant update (content, name, age_band) on plan_template to clearway_app;
