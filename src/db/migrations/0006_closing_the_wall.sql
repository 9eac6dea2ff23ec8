-- The second wall, its gaps closed: accounts and sessions, settings and the training day, what a family reads of a history,
-- a new child in a locality, and writing by anyone but staff.

-- 1. Accounts. The application reads no e-mail address, so its role may not.
revoke select on account from clearway_app;
grant select (id, name, door, role, job_title, remit, team_id, locality_id, setting_urn, active_from, active_to) on account to clearway_app;

-- 2. Sessions are found, begun and ended by their secret through functions; the rows are their owner's alone.
create function find_session(token_hash bytea, today date)
returns table (account_id uuid, name text, role text, job_title text, door text, locality_id text, team_id text, csrf_secret text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    select a.id, a.name, a.role, a.job_title, a.door, a.locality_id, a.team_id, s.csrf_secret
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

create function end_session(token_hash bytea) returns void
language sql security definer set search_path = public, pg_temp as $$
  update session s set ended_at = now() where s.token_hash = end_session.token_hash and s.ended_at is null
$$;

create function is_training() returns boolean language sql stable security definer set search_path = public, pg_temp as
$$ select exists (select from authority where mode = 'training') $$;

create function start_training_session(account uuid, token_hash bytea, csrf text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_training() then
    raise exception 'nobody chooses who to be in a live authority' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from account a where a.id = start_training_session.account and a.door <> 'system') then
    raise exception 'no such person' using errcode = 'insufficient_privilege';
  end if;
  insert into session (token_hash, account_id, csrf_secret)
    values (start_training_session.token_hash, start_training_session.account, start_training_session.csrf);
end $$;

create function training_people()
returns table (id uuid, name text, job_title text, door text, role text, place text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name, a.job_title, a.door, a.role, coalesce(l.name, s.name)
  from account a left join locality l on l.id = a.locality_id left join setting s on s.urn = a.setting_urn
  where is_training() and a.door <> 'system' and a.active_to is null
$$;
comment on function training_people is 'The invented people anybody may be in training; nobody at all in a live authority.';

revoke insert, update, delete on session from clearway_app;
grant update (ended_at) on session to clearway_app;
drop policy by_token on session;
create policy own on session to clearway_app using (account_id = (select viewer_id()));

-- 3. What else the policies ask about the viewer.
-- The locality whose children are the viewer's by remit.
create function viewer_locality() returns text language sql stable security definer set search_path = public, pg_temp as $$
  select locality_id from account where id = viewer_id() and door = 'staff' and remit = 'locality'
    and active_from <= viewer_today() and (active_to is null or active_to > viewer_today())
$$;

-- Settings move targets and readings of the law, and are what the board is told: for those who answer for the numbers.
create function viewer_may_set() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account where id = viewer_id() and door = 'staff' and remit = 'authority'
    and role in ('send-manager', 'data-officer', 'administrator')
    and active_from <= viewer_today() and (active_to is null or active_to > viewer_today()))
$$;

create function viewer_contacts() returns uuid[] language sql stable security definer set search_path = public, pg_temp as
$$ select coalesce(array_agg(id), '{}') from contact where account_id = viewer_id() $$;

-- Asked as the owner: a tie to a child of another locality counts, and a policy may not ask its own table.
create function contact_is_tied(contact uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as
$$ select exists (select from child_contact cc where cc.contact_id = contact_is_tied.contact) $$;

create function fact_is_superseded(event uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as
$$ select exists (select from case_event e where e.supersedes = fact_is_superseded.event) $$;

revoke all on function find_session(bytea, date), end_session(bytea), is_training(), start_training_session(uuid, bytea, text), training_people(),
  viewer_locality(), viewer_may_set(), viewer_contacts(), contact_is_tied(uuid), fact_is_superseded(uuid) from public;
grant execute on function find_session(bytea, date), end_session(bytea), start_training_session(uuid, bytea, text), training_people(),
  viewer_locality(), viewer_may_set(), viewer_contacts(), contact_is_tied(uuid), fact_is_superseded(uuid) to clearway_app;

do $$
declare t text;
begin
  foreach t in array array['account', 'authority', 'authority_setting'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
end $$;

-- A person sees themself. Staff see who works on cases, and families too when their remit is the authority.
-- A family sees the staff who hold its children's cases.
create policy seen on account for select to clearway_app using (
  id = (select viewer_id())
  or ((select viewer_door()) = 'staff' and (select viewer_remit()) in ('authority', 'locality')
      and (door <> 'family' or (select viewer_sees_authority())))
  or ((select viewer_door()) = 'family' and door = 'staff'
      and id in (select assigned_to from process where child_id = any ((select viewer_children())::uuid[]))));

create policy all_may_read on authority for select to clearway_app using (true);
create policy training_day on authority for update to clearway_app using (mode = 'training') with check (mode = 'training');
create policy all_may_read on authority_setting for select to clearway_app using (true);
create policy set_in_own_name on authority_setting for insert to clearway_app
  with check ((select viewer_may_set()) and set_by = (select viewer_id()));

-- 4. What those who are not staff read. Of the people round a child: themselves, and never why contact was once barred.
alter policy reached on child_contact using (
  ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]))
  and ((select viewer_door()) = 'staff'
       or (contact_id = any ((select viewer_contacts())::uuid[]) and restriction_note is null)));
-- Of the history, a family: the facts of the law that stand, from which its page computes every date. No note, no letter to
-- somebody else, no change of details (it may name the other parent), nothing taken back, and not "other", which no rule reads.
-- Settings and professionals have no page that reads the history yet, so they read none of it.
alter policy reached on case_event using (
  ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]))
  and ((select viewer_door()) = 'staff'
       or ((select viewer_door()) = 'family' and kind = any (array[
        'request_received', 'needs_brought_to_attention', 'detained_request_received', 'family_consulted',
        'plan_may_be_needed', 'considering_assessment_notified', 'decided_to_assess', 'refused_to_assess',
        'advice_requested', 'advice_chased', 'advice_received', 'missed_appointment', 'decided_to_issue',
        'decided_not_to_issue', 'special_placement_left', 'draft_issued', 'representations_received',
        'draft_meeting_requested', 'draft_meeting_held', 'setting_preference_stated', 'setting_consulted',
        'setting_replied', 'final_issued', 'request_withdrawn', 'assessment_closed', 'assessment_reopened',
        'exception_claimed', 'exception_ended', 'exception_refused', 'setting_closed', 'absence', 'setting_admitted',
        'provision_started', 'review_invitations_sent', 'review_papers_circulated', 'review_meeting', 'review_report',
        'review_decision', 'amendment_notice', 'amended_final_issued', 'amendment_declined', 'phase_transfer',
        'stopped_attending', 'reassessment_requested', 'decided_to_reassess', 'refused_to_reassess',
        'reassessment_draft_issued', 'reassessment_final_issued', 'reassessment_no_change', 'moved_in', 'moved_out',
        'plan_transferred', 'family_told_of_transfer', 'interim_placement_arranged', 'commissioner_move',
        'commissioner_change_known', 'new_commissioner_notified', 'new_commissioner_aware', 'commissioner_requested_change',
        'considering_ceasing', 'cease_consulted', 'decided_to_cease', 'cease_notified', 'plan_ceased', 'plan_continued',
        'twenty_fifth_birthday', 'mediation_adviser_contacted', 'mediation_declined', 'mediation_requested',
        'mediation_health_notified', 'mediation_arranged', 'mediation_date_notified', 'mediation',
        'mediation_cannot_be_arranged', 'mediation_adviser_told_unable', 'mediation_certificate_issued',
        'mediation_agreement', 'mediation_agreement_carried_out', 'authority_told_of_agreement', 'appeal_lodged',
        'appeal_documents_received', 'appeal_response_sent', 'appeal_not_opposed', 'appeal_withdrawn', 'tribunal_order',
        'tribunal_reasons_sent', 'upper_tribunal_permission_sought', 'recommendation_made', 'recommendation_response',
        'recommendation_response_copied', 'matter_known', 'complaint_made', 'complaint_acknowledged', 'complaint_response',
        'complaint_escalated', 'ombudsman_complaint_made', 'personal_budget_requested', 'direct_payment_refused',
        'direct_payment_review_requested', 'direct_payment_reasons_given', 'direct_payment_started',
        'direct_payment_reviewed', 'direct_payment_reduction_decided', 'direct_payment_reduction_notified',
        'higher_education_disclosure_requested', 'disclosed_to_higher_education', 'permanently_excluded', 'suspended',
        'health_absence', 'education_arranged', 'detention_known', 'plan_shared_with_custody', 'release_known',
        'released_from_detention', 'plan_received_on_release', 'plan_sent_to_commissioner', 'commissioner_received_plan'])
           and not fact_is_superseded(id))));
-- The evidence of an exception is for those who decide on it.
alter policy reached on exception_claim using (
  ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[])) and (select viewer_door()) = 'staff');

-- 5. A new child. It is reached as soon as it is in the viewer's locality, before the list of their children knows it.
alter policy reached on child using (
  (select viewer_sees_authority()) or id = any ((select viewer_children())::uuid[]) or locality_id = (select viewer_locality()));
-- Its people come next, each tied to it by the row after.
create policy add_new on contact for insert to clearway_app
  with check ((select viewer_locality()) is not null and account_id is null);
create policy not_yet_tied on contact for select to clearway_app
  using ((select viewer_locality()) is not null and account_id is null and not contact_is_tied(id));

-- 6. Only staff write in a child's record: no other door has a page that does, and a parent who could would lift a restriction.
do $$
declare t text;
begin
  foreach t in array array['child', 'contact', 'child_contact', 'process', 'case_event', 'deadline', 'advice_request',
      'exception_claim', 'document'] loop
    execute format('create policy staff_add on %I as restrictive for insert to clearway_app with check ((select viewer_door()) = ''staff'')', t);
    execute format('create policy staff_change on %I as restrictive for update to clearway_app using ((select viewer_door()) = ''staff'')', t);
    execute format('create policy staff_remove on %I as restrictive for delete to clearway_app using ((select viewer_door()) = ''staff'')', t);
  end loop;
end $$;
