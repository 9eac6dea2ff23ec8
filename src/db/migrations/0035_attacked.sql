-- Ways round the plan's rules that an attack found, closed: a part carried off to another section, a run of letters approved by its
-- own maker under another account.

-- 1. A part is of one plan, one section and one question for life, and its saves follow one another. Otherwise a professional who may
--    write in section G could save a part of section F on as one of G, and anybody could stop another plan's part from being saved.
create function part_stays_in_its_place() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from plan p where p.id = new.plan_id and p.ended_on is not null) then
    raise exception 'a plan that has ended is written no more' using errcode = 'check_violation', constraint = 'part_of_a_living_plan';
  end if;
  if new.version > 0 and not exists (select from plan_part b where b.part_id = new.part_id and b.version = new.version - 1
      and b.plan_id = new.plan_id and b.section = new.section and b.kind = new.kind and b.slot is not distinct from new.slot) then
    raise exception 'a save follows the one before it, in its own place' using errcode = 'check_violation', constraint = 'part_stays_in_its_place';
  end if;
  return new;
end $$;
create trigger part_stays_in_its_place before insert on plan_part for each row execute function part_stays_in_its_place();
revoke all on function part_stays_in_its_place() from public;

/* 2. A second person, who answers for others' work and reaches everybody in the run, has looked at it: a person, not an account. */
create or replace function approve_letter_run(run uuid) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update letter_run r set approved_by = viewer_id(), approved_at = now(), may_print_from = now() + interval '10 minutes'
    where r.id = run and r.made_by <> viewer_id() and r.made_by <> all (viewer_other_capacities())
      and r.approved_at is null and r.recalled_at is null and r.letters >= 10
      and exists (select from account a where a.id = viewer_id() and a.role in ('locality-head', 'send-manager'))
      and viewer_remit() is not null and viewer_reaches_run(run);
  return found;
end $$;
