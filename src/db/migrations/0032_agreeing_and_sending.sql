-- Agreement given on paper, and by whom it may be recorded; and answers that name the part of the plan they changed.

alter table plan_sign_off
  add column given_by text check (given_by is null or trim(given_by) <> ''),
  add column given_on date,
  add check ((given_by is null) = (given_on is null)),
  add check (given_on is null or given_on <= signed_on);
comment on column plan_sign_off.given_by is 'Who agreed on paper, and for which body, where the office recorded it: signed_by is then whoever typed it in.';

-- The whole plan is agreed by a manager in their own name; health and social care by a professional let in, or on paper.
create function viewer_manages_plans() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account a where a.id = viewer_id() and a.door = 'staff' and a.role in ('locality-head', 'send-manager')
    and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today()))
$$;
revoke all on function viewer_manages_plans() from public;
grant execute on function viewer_manages_plans() to clearway_app;
create policy by_whom on plan_sign_off as restrictive for insert to clearway_app with check (
  case when kind = 'manager' then given_by is null and (select viewer_manages_plans())
    else (given_by is null) = ((select viewer_door()) = 'professional') end);
insert into fact_by_door (door, kind) values ('professional', 'plan_signed_off') on conflict do nothing;

alter table draft_comment_answer add column changed_part uuid;
comment on column draft_comment_answer.changed_part is 'The part of the plan that was changed because of the comment: the answer leads to it.';
