-- Closing the plan's wall: what one member of a family says is not another's to read, a setting that is consulted reads the
-- papers it was sent and no other version, and what a child said of their own page stays with the child and the office.

-- 1. A report that help is not happening, and its answer: read by whoever made it, and by staff.
alter policy family on provision_report using (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[])
  and (reported_by = (select viewer_id()) or reported_by = any ((select viewer_other_capacities())::uuid[])));
alter policy family on provision_answer using (
  (select viewer_door()) = 'family' and child_id = any ((select viewer_children())::uuid[])
  and report_id in (select r.id from provision_report r));
/* That it was reported of a line of the viewer's child, and how that stands, without anybody's words: the ledger counts with it. */
create function provision_reports_told() returns table (id uuid, line_id uuid, child_id uuid, process_id uuid, since_on date, reported_on date,
  kind text, right_from date, answered_on date) language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, r.line_id, r.child_id, r.process_id, r.since_on, r.reported_on, a.kind, a.right_from, a.answered_on
  from provision_report r left join provision_answer a on a.report_id = r.id
  where viewer_door() = 'family' and r.child_id = any (viewer_children()) and r.child_id <> all (viewer_conflicts())
$$;

-- 2. A setting reads the finals of those placed there, and otherwise the versions its standing consultations were sent.
create or replace function viewer_plan_versions() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  case viewer_door()
  when 'family' then
    return (select coalesce(array_agg(v.id), '{}') from plan_version v where v.sent_on is not null and v.child_id = any (viewer_children()));
  when 'setting' then
    return (select coalesce(array_agg(distinct v.id), '{}') from plan_version v
      where v.sent_on is not null and v.child_id = any (viewer_children()) and (
        (v.kind in ('final', 'amended-final') and v.child_id = any (viewer_placed_here()))
        or v.id in (select q.version_id from viewer_consultation_papers() one join consultation_paper q on q.id = one.paper_id)));
  when 'professional' then
    return (select coalesce(array_agg(distinct v.id), '{}') from plan_version v where v.plan_id = any (viewer_writes_plans()));
  else
    return '{}';
  end case;
end $$;

-- 3. What the child said of their own page: for the child and the office. A parent reads that it was shared.
revoke select on my_plan_shared from clearway_app;
grant select (id, my_plan_id, child_id, shared_on, how, who, recorded_by, recorded_on, event_id) on my_plan_shared to clearway_app;
create function my_plan_said(about_child uuid) returns table (id uuid, said text) language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.said from my_plan_shared s
  where s.child_id = about_child and s.child_id <> all (viewer_conflicts()) and (
    viewer_is_keeper()
    or (viewer_door() = 'staff' and (viewer_sees_authority() or s.child_id = any (viewer_children())))
    or (viewer_door() = 'family' and s.child_id = any (viewer_children()) and exists (
      select from child_contact cc join contact k on k.id = cc.contact_id
      where cc.child_id = s.child_id and cc.relationship = 'self' and k.account_id = viewer_id())))
$$;

revoke all on function provision_reports_told(), my_plan_said(uuid) from public;
grant execute on function provision_reports_told(), my_plan_said(uuid) to clearway_app;
