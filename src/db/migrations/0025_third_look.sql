-- A third look at both walls: what the second found and left to the owners of those pages.

-- 1. A shared computer. What was written on it before somebody signed in becomes theirs one request at a time, by its address:
--    never all that the browser holds. What was already sent, only by whoever asks to keep it.
drop function claim_request_drafts(bytea);
create function claim_request_draft(draft uuid, holder bytea, sent_too boolean) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  d request_draft;
begin
  if viewer_door() is distinct from 'family' or claim_request_draft.holder is null then return false; end if;
  select held.* into d from request_draft_of(claim_request_draft.draft, claim_request_draft.holder, true) held
    where held.account_id is null and (claim_request_draft.sent_too or held.sent_as is null);
  if not found then return false; end if;
  update online_request r set account_id = viewer_id() where r.id = d.sent_as and r.account_id is null;
  update request_draft held set account_id = viewer_id(), holder_hash = null where held.id = d.id;
  return true;
end $$;
comment on function claim_request_draft is 'Gives a request this browser holds to the family member who is signed in. False when there is none to give.';
revoke all on function claim_request_draft(uuid, bytea, boolean) from public;
grant execute on function claim_request_draft(uuid, bytea, boolean) to clearway_app;

-- 2. Whose account asks to be tied to a child, for the officer who ties it. Anybody may type somebody else's name in a request:
--    so it is said whose the account is, and on whose line of the record its address stands. No address is told.
create function asker_account(request uuid) returns table (name text, is_family boolean, is_barred boolean, with_their_email uuid[])
language sql stable security definer set search_path = public, pg_temp as $$
  select a.name, a.door = 'family',
    exists (
      select from child_contact cc join contact k on k.id = cc.contact_id join account one on one.person_id = a.person_id
      where cc.child_id = r.child_id and cc.restricted and (cc.to_on is null or cc.to_on > viewer_today())
        and (k.account_id = one.id or lower(k.email) = lower(one.email))),
    array(select cc.contact_id from child_contact cc join contact k on k.id = cc.contact_id
      where cc.child_id = r.child_id and lower(k.email) = lower(a.email))
  from online_request r join account a on a.id = r.account_id
  where r.id = asker_account.request and viewer_takes_requests(null)
    and (viewer_sees_authority() or r.child_id = any (viewer_children()))
    and r.child_id <> all (viewer_conflicts()) and r.account_id <> all (viewer_other_capacities())
$$;
comment on function asker_account is 'For staff who reach the child: whose account a request was made with, whether contact with that person is barred, and whose address on the child''s record it signs in with.';
revoke all on function asker_account(uuid) from public;
grant execute on function asker_account(uuid) to clearway_app;

-- 3. What a family puts with its views is its own until the views are sent, as their words are.
create function goes_with_sent_views(about text, child uuid, uploader uuid, for_whom text, since timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select goes_with_sent_views.about not in ('views-parent', 'views-child') or for_whom is not null
    or exists (select from family_view v
      where v.child_id = child and v.account_id = uploader and 'views-' || v.whose = goes_with_sent_views.about
        and v.state = 'sent' and coalesce(v.sent_at, v.saved_at) >= since)
$$;
comment on function goes_with_sent_views is 'True of every file but one put with views that its sender has not sent since.';
revoke all on function goes_with_sent_views(text, uuid, uuid, text, timestamptz) from public;
grant execute on function goes_with_sent_views(text, uuid, uuid, text, timestamptz) to clearway_app;
create policy not_yet_sent on stored_file as restrictive for select to clearway_app using (
  (select viewer_is_keeper()) or uploaded_by = (select viewer_id()) or about not in ('views-parent', 'views-child')
  or goes_with_sent_views(about, child_id, uploaded_by, on_behalf_of, uploaded_at));

-- 5. A bar on somebody holds for every account of that person in the lists that repeat who may be let in, too.
create function person_is_barred(for_contact uuid, about_child uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from child_contact barred join contact b on b.id = barred.contact_id left join account one on one.id = b.account_id,
      contact mine left join account me on me.id = mine.account_id
    where barred.child_id = about_child and barred.restricted and (barred.to_on is null or barred.to_on > viewer_today())
      and mine.id = for_contact and (b.id = mine.id or one.person_id = me.person_id))
$$;
comment on function person_is_barred is 'Is contact with the person of this line of the record barred for the child, under whichever account of theirs?';
revoke all on function person_is_barred(uuid, uuid) from public;

create or replace function people_i_can_let_in(child uuid)
returns table (contact_id uuid, name text, relationship text, let_in_on date, consent_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, k.name, cc.relationship, s.from_on, s.id
  from child_contact cc join contact k on k.id = cc.contact_id
  left join lateral (select s.id, s.from_on from sharing_consent s where s.child_id = cc.child_id and s.contact_id = k.id
    and s.from_on <= viewer_today() and (s.to_on is null or s.to_on > viewer_today()) order by s.from_on limit 1) s on true
  where cc.child_id = people_i_can_let_in.child and people_i_can_let_in.child = any (viewer_own_record())
    and cc.parental_responsibility and not cc.restricted
    and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
    and not person_is_barred(k.id, cc.child_id)
  order by k.name, k.id
$$;

create or replace function rights_now_theirs() returns table (called text, since date)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(c.known_as, c.given_name), compulsory_school_age_ends(c.date_of_birth) + 1
  from contact k join child_contact cc on cc.contact_id = k.id join child c on c.id = cc.child_id
  where k.account_id = viewer_id() and viewer_door() = 'family' and cc.parental_responsibility and not cc.restricted
    and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
    and is_over_compulsory_school_age(c.date_of_birth, viewer_today()) and c.id <> all (viewer_children())
    and not person_is_barred(k.id, c.id)
  order by c.date_of_birth
$$;

create or replace function who_can_see(child uuid)
returns table (part text, name text, since date, until_on date)
language sql stable security definer set search_path = public, pg_temp as $$
  with allowed as (select who_can_see.child as id where who_can_see.child = any (viewer_children()) and viewer_door() = 'family'),
  the_child as (select c.* from child c join allowed on allowed.id = c.id),
  open_case as (select p.* from process p join allowed on allowed.id = p.child_id where p.closed_on is null),
  at_work as (select a.* from account a
    where a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today()))
  select 'family-' || case when cc.relationship in ('self', 'advocate') then cc.relationship else 'parent' end,
      case when k.account_id = viewer_id() then 'You' end, cc.from_on, cc.to_on
    from the_child c join child_contact cc on cc.child_id = c.id join contact k on k.id = cc.contact_id
    join at_work a on a.id = k.account_id
    where not cc.restricted and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
      and ((cc.parental_responsibility and (not is_over_compulsory_school_age(c.date_of_birth, viewer_today())
            or exists (select from sharing_consent s where s.child_id = c.id and s.contact_id = k.id
                and s.from_on <= viewer_today() and (s.to_on is null or s.to_on > viewer_today()))
            or exists (select from capacity_note n where n.child_id = c.id and not n.has_capacity
                and n.from_on <= viewer_today() and (n.to_on is null or n.to_on > viewer_today()))))
        or (cc.relationship = 'self' and (is_over_compulsory_school_age(c.date_of_birth, viewer_today()) or cc.consent_on <= viewer_today()))
        or (cc.relationship = 'advocate' and cc.consent_on <= viewer_today() and cc.to_on is not null))
      and not person_is_barred(k.id, c.id)
  union
  select 'on-roll', s.name, e.from_on, e.to_on from allowed join enrolment e on e.child_id = allowed.id join setting s on s.urn = e.setting_urn
    where e.from_on <= viewer_today() and (e.to_on is null or e.to_on > viewer_today())
  union
  select 'asked-setting', s.name, ar.asked_on, null::date from open_case p join advice_request ar on ar.process_id = p.id
    join setting s on s.urn = ar.setting_urn where ar.withdrawn_on is null
  union
  select 'consulted', s.name, e.happened_on, null::date from open_case p join case_event e on e.process_id = p.id
    join setting s on s.urn = e.payload->>'setting'
    where e.kind = 'setting_consulted' and not fact_is_superseded(e.id)
  union
  select 'adviser', a.name || ', ' || a.job_title, ar.asked_on, null::date from open_case p join advice_request ar on ar.process_id = p.id
    join at_work a on a.id = ar.adviser_account where ar.withdrawn_on is null
  union
  select 'writer', a.name || ', ' || a.job_title, w.from_on, w.to_on from open_case p
    join advice_request ar on ar.process_id = p.id join advice_writer w on w.advice_request_id = ar.id join at_work a on a.id = w.account_id
    where ar.withdrawn_on is null and w.from_on <= viewer_today() and (w.to_on is null or w.to_on > viewer_today())
  union
  select 'coordinator', a.name || ', ' || a.job_title, null::date, null::date from open_case p join at_work a on a.id = p.assigned_to
  union
  select 'stand-in', a.name || ', ' || a.job_title, d.from_on, d.to_on from open_case p join delegation d on d.from_account = p.assigned_to
    join at_work a on a.id = d.to_account where d.from_on <= viewer_today() and d.to_on > viewer_today()
  union
  select 'locality', l.name, null::date, null::date from the_child c join locality l on l.id = c.locality_id
    where exists (select from at_work a where a.door = 'staff' and a.remit = 'locality' and a.locality_id = l.id)
  union
  select 'authority', a.job_title, null::date, null::date from allowed cross join at_work a
    where a.door = 'staff' and a.remit = 'authority' and a.role <> 'administrator'
  union
  select case g.kind when 'audit' then 'audit' else 'emergency' end, a.name || ', ' || a.job_title, g.from_at::date, g.until_at::date
    from allowed join case_grant g on g.child_id = allowed.id join at_work a on a.id = g.account_id
    where g.from_at <= now() and g.until_at > now()
$$;

create or replace function open_family_account(for_contact uuid, about_child uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  k contact;
  tie child_contact;
  as_role text;
  held account;
  found_id uuid;
  same_person uuid;
begin
  if not exists (select from account a where a.id = viewer_id() and a.door = 'staff' and a.remit <> 'none'
      and a.role in ('plan-coordinator', 'locality-head', 'send-manager')
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())) then
    raise exception 'only staff who work on cases' using errcode = 'insufficient_privilege';
  end if;
  if about_child = any (viewer_conflicts()) or not (viewer_sees_authority() or coalesce(about_child = any (viewer_children()), false)) then
    return 'not-yours';
  end if;
  select * into tie from child_contact cc where cc.child_id = about_child and cc.contact_id = for_contact
    and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today()) order by cc.from_on desc limit 1;
  if not found then return 'not-yours'; end if;
  -- By the email too, and by every account that has it: the account about to be found or opened would be that person's.
  if tie.restricted or person_is_barred(for_contact, about_child) or exists (
    select from child_contact barred join contact b on b.id = barred.contact_id join contact mine on mine.id = for_contact
    where barred.child_id = about_child and barred.restricted and (barred.to_on is null or barred.to_on > viewer_today())
      and (lower(b.email) = lower(mine.email)
        or exists (select from account one join account other on other.person_id = one.person_id
          where one.id = b.account_id and lower(other.email) = lower(mine.email) and not other.shared_mailbox))) then return 'barred'; end if;
  as_role := case when tie.relationship = 'self' then 'young-person' when tie.relationship = 'advocate' then 'advocate'
    when tie.parental_responsibility then 'parent' end;
  if as_role is null then return 'no-right'; end if;
  select * into k from contact c where c.id = for_contact for update;
  if k.account_id is not null then return 'has-one'; end if;
  if k.email is null or k.email !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' then return 'no-email'; end if;
  perform pg_advisory_xact_lock(hashtextextended('account:' || lower(k.email), 15));
  select * into held from account a where a.door = 'family' and lower(a.email) = lower(k.email) and not a.shared_mailbox;
  if found then
    if held.active_to is not null and held.active_to <= viewer_today() then return 'ended'; end if;
    if lower(trim(held.name)) <> lower(trim(k.name)) or (held.role = 'young-person') <> (as_role = 'young-person') then
      return 'somebody-else';
    end if;
    found_id := held.id;
  else
    select a.person_id into same_person from account a where lower(a.email) = lower(k.email) and a.door <> 'family' and not a.shared_mailbox
      group by a.person_id having (select count(distinct b.person_id) from account b
        where lower(b.email) = lower(k.email) and b.door <> 'family' and not b.shared_mailbox) = 1;
    insert into account (name, email, door, role, remit, job_title, active_from, person_id)
      values (k.name, lower(k.email), 'family', as_role, 'relationships',
        case as_role when 'young-person' then 'Young person' when 'advocate' then 'Advocate' else 'Parent or carer' end,
        viewer_today(), coalesce(same_person, gen_random_uuid()))
      returning id into found_id;
  end if;
  update contact c set account_id = found_id where c.id = for_contact;
  return 'made';
end $$;

-- 6. What somebody writes names nobody else's line of the record, and no process of another child.
create policy of_one_child on family_view as restrictive for insert to clearway_app with check (
  (process_id is null or process_is_of(process_id, child_id))
  and ((select viewer_door()) <> 'family' or contact_id is null or contact_id = any ((select viewer_contacts())::uuid[])));
create policy of_one_child on draft_response as restrictive for insert to clearway_app with check (
  process_is_of(process_id, child_id)
  and ((select viewer_door()) <> 'family' or contact_id is null or contact_id = any ((select viewer_contacts())::uuid[])));
create policy of_one_child on family_thread as restrictive for insert to clearway_app with check (
  process_id is null or process_is_of(process_id, child_id));
