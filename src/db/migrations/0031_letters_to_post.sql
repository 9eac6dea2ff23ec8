-- Letters that go by post, many at a time: gathered into a run, looked at by a second person from ten up, held ten minutes in which
-- the run can be called back, and put into one PDF to print. A letter is in one run that stands: it cannot be posted twice.
create table letter_run (
  id uuid primary key default gen_random_uuid(),
  key text not null unique check (key <> ''),
  letters integer not null check (letters between 1 and 500),
  made_by uuid not null references account,
  made_on date not null,
  made_at timestamptz not null default now(),
  approved_by uuid references account,
  approved_at timestamptz,
  may_print_from timestamptz,
  recalled_by uuid references account,
  recalled_at timestamptz,
  pdf bytea,
  pdf_sha256 text,
  made_pdf_at timestamptz,
  printed_by uuid references account,
  printed_at timestamptz,
  check (approved_by is distinct from made_by),
  check (recalled_at is null or printed_at is null),
  check ((recalled_by is null) = (recalled_at is null))
);
comment on table letter_run is 'Letters to be printed and posted together. may_print_from: ten minutes after the second person approved, or after it was made where fewer than ten; null while approval is waited for. pdf is erased seven days after it was printed.';
create table letter_in_run (
  run_id uuid not null references letter_run,
  document_id uuid not null references document,
  child_id uuid not null references child,
  position integer not null check (position >= 1),
  laid_at timestamptz,
  problem text,
  taken_out boolean not null default false,
  primary key (run_id, document_id),
  unique (run_id, position)
);
comment on table letter_in_run is 'One letter of a run, in its order. laid_at: it is in the PDF. taken_out: the run was called back, so that the letter may go in another.';
create unique index letter_in_one_run on letter_in_run (document_id) where not taken_out;
create index letter_in_run_by_child on letter_in_run (child_id);
create index document_by_post on document (sent_on, id) where sent_how = 'post';

do $$
declare t text;
begin
  foreach t in array array['letter_run', 'letter_in_run'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
end $$;
create policy no_conflict on letter_in_run as restrictive to clearway_app using (child_id <> all ((select viewer_conflicts())::uuid[]));
create policy staff on letter_in_run for select to clearway_app using ((select viewer_door()) = 'staff'
  and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])));
-- Only a letter that went by post, about the child it is about, whom the person who prints it reaches; and no more than the run was
-- said to have, so that nothing is added to what a second person looked at.
create policy staff_add on letter_in_run for insert to clearway_app with check ((select viewer_door()) = 'staff'
  and ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]))
  and exists (select from document d where d.id = document_id and d.child_id = letter_in_run.child_id and d.sent_how = 'post')
  and exists (select from letter_run r where r.id = run_id and r.made_by = (select viewer_id())
    and r.may_print_from is null and r.approved_at is null and letter_in_run.position <= r.letters));

/* Does the viewer reach every child of a run, so that they may see it whole? */
create function viewer_reaches_run(run uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(viewer_door() = 'staff', false) and not exists (
    select from letter_in_run l where l.run_id = run and not message_may_concern(l.child_id))
$$;
-- Whoever made it sees it, and whoever reaches everybody in it: the PDF has all their letters.
create policy staff on letter_run for select to clearway_app using (
  (select viewer_door()) = 'staff' and viewer_reaches_run(id));
create policy in_own_name on letter_run for insert to clearway_app with check (
  (select viewer_door()) = 'staff' and made_by = (select viewer_id()) and may_print_from is null);
grant select, insert (id, key, letters, made_by, made_on) on letter_run to clearway_app;
grant select, insert (run_id, document_id, child_id, position) on letter_in_run to clearway_app;

/* Closes a run that its maker has filled: fewer than ten letters wait ten minutes, others wait for a second person. False: not whole. */
create function close_letter_run(run uuid) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  many integer;
begin
  select count(*) into many from letter_in_run l where l.run_id = run;
  update letter_run r set may_print_from = case when many < 10 then now() + interval '10 minutes' end
    where r.id = run and r.made_by = viewer_id() and r.letters = many and r.may_print_from is null and r.approved_at is null;
  return found;
end $$;
/* A second person, who answers for others' work and reaches everybody in the run, has looked at it. */
create function approve_letter_run(run uuid) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update letter_run r set approved_by = viewer_id(), approved_at = now(), may_print_from = now() + interval '10 minutes'
    where r.id = run and r.made_by <> viewer_id() and r.approved_at is null and r.recalled_at is null and r.letters >= 10
      and exists (select from account a where a.id = viewer_id() and a.role in ('locality-head', 'send-manager'))
      and viewer_remit() is not null and viewer_reaches_run(run);
  return found;
end $$;
/* Calls a run back before it is printed: its letters wait for another. */
create function recall_letter_run(run uuid) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update letter_run r set recalled_by = viewer_id(), recalled_at = now(), pdf = null
    where r.id = run and r.recalled_at is null and r.printed_at is null and viewer_remit() is not null and viewer_reaches_run(run);
  if not found then return false; end if;
  update letter_in_run l set taken_out = true where l.run_id = run;
  return true;
end $$;
/* Hands out the PDF once it may be printed, and writes down the first time: from then on it cannot be called back. */
create function print_letter_run(run uuid) returns bytea language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  made bytea;
begin
  update letter_run r set printed_by = coalesce(r.printed_by, viewer_id()), printed_at = coalesce(r.printed_at, now())
    where r.id = run and r.pdf is not null and r.recalled_at is null and r.may_print_from <= now()
      and viewer_remit() is not null and viewer_reaches_run(run)
    returning r.pdf into made;
  return made;
end $$;
-- The PDF itself is given only by print_letter_run.
revoke select on letter_run from clearway_app;
grant select (id, key, letters, made_by, made_on, made_at, approved_by, approved_at, may_print_from, recalled_by, recalled_at, pdf_sha256,
  made_pdf_at, printed_by, printed_at) on letter_run to clearway_app;
revoke all on function viewer_reaches_run(uuid), close_letter_run(uuid), approve_letter_run(uuid), recall_letter_run(uuid), print_letter_run(uuid) from public;
grant execute on function viewer_reaches_run(uuid), close_letter_run(uuid), approve_letter_run(uuid), recall_letter_run(uuid), print_letter_run(uuid) to clearway_app;
