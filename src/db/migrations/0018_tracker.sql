-- The family's tracker: who answers for a case, who can see it, and a young person letting a parent in.

-- 1. A young person's own record, once the rights are theirs and no note says that somebody else exercises them.
create function viewer_own_record() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct c.id), '{}')
  from contact k join child_contact cc on cc.contact_id = k.id join child c on c.id = cc.child_id
  where k.account_id = viewer_id() and cc.relationship = 'self' and not cc.restricted
    and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
    and is_over_compulsory_school_age(c.date_of_birth, viewer_today()) and c.id = any (viewer_children())
    and not exists (select from capacity_note n where n.child_id = c.id and not n.has_capacity
      and n.from_on <= viewer_today() and (n.to_on is null or n.to_on > viewer_today()))
$$;

-- Letting somebody in, and ending it, are lines of the history: told by the young person alone, or written down by staff.
insert into fact_by_door (door, kind) values ('family', 'sharing_consent_given'), ('family', 'sharing_consent_ended');
create policy consent_told on case_event to clearway_app using (
  (select viewer_door()) = 'family' and kind in ('sharing_consent_given', 'sharing_consent_ended')
  and child_id = any ((select viewer_children())::uuid[]) and not fact_is_superseded(id));
create policy consent_is_their_own on case_event as restrictive for insert to clearway_app with check (
  kind not in ('sharing_consent_given', 'sharing_consent_ended') or (select viewer_keeps_records())
  or child_id = any ((select viewer_own_record())::uuid[]));

-- A row of consent says on whose word: a child below that age gives none, whatever page forgets to ask.
create policy own_record_add on sharing_consent as restrictive for insert to clearway_app
  with check ((select viewer_keeps_records()) or child_id = any ((select viewer_own_record())::uuid[]));
create policy own_record_change on sharing_consent as restrictive for update to clearway_app
  using ((select viewer_keeps_records()) or child_id = any ((select viewer_own_record())::uuid[]));

-- Those a young person may let in: the people with parental responsibility whom nothing bars. No address, and to nobody else.
create function people_i_can_let_in(child uuid)
returns table (contact_id uuid, name text, relationship text, let_in_on date, consent_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, k.name, cc.relationship, s.from_on, s.id
  from child_contact cc join contact k on k.id = cc.contact_id
  left join lateral (select s.id, s.from_on from sharing_consent s where s.child_id = cc.child_id and s.contact_id = k.id
    and s.from_on <= viewer_today() and (s.to_on is null or s.to_on > viewer_today()) order by s.from_on limit 1) s on true
  where cc.child_id = people_i_can_let_in.child and people_i_can_let_in.child = any (viewer_own_record())
    and cc.parental_responsibility and not cc.restricted
    and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
    and not exists (select from child_contact barred join contact b on b.id = barred.contact_id
      where barred.child_id = cc.child_id and barred.restricted and (barred.to_on is null or barred.to_on > viewer_today())
        and (b.id = k.id or b.account_id = k.account_id))
  order by k.name, k.id
$$;
comment on function people_i_can_let_in is 'To the young person whose record it is: who has parental responsibility, and since when they are let in.';

-- 2. To a parent whose reach ended because the rights are now the young person''s: for whom, and since when. Nothing else.
create function rights_now_theirs() returns table (called text, since date)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(c.known_as, c.given_name), compulsory_school_age_ends(c.date_of_birth) + 1
  from contact k join child_contact cc on cc.contact_id = k.id join child c on c.id = cc.child_id
  where k.account_id = viewer_id() and viewer_door() = 'family' and cc.parental_responsibility and not cc.restricted
    and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
    and is_over_compulsory_school_age(c.date_of_birth, viewer_today()) and c.id <> all (viewer_children())
    and not exists (select from child_contact barred join contact b on b.id = barred.contact_id
      where barred.child_id = c.id and b.account_id = k.account_id and barred.restricted
        and (barred.to_on is null or barred.to_on > viewer_today()))
  order by c.date_of_birth
$$;

-- 3. Who answers for a case: its coordinator, who stands in for them, and the head of the locality.
create function who_answers(process uuid)
returns table (part text, name text, job_title text, until_on date)
language sql stable security definer set search_path = public, pg_temp as $$
  with the_case as (
    select p.* from process p where p.id = who_answers.process and p.child_id <> all (viewer_conflicts())
      and (viewer_sees_authority() or p.child_id = any (viewer_children())))
  select 'coordinator', a.name, a.job_title, null::date from the_case p join account a on a.id = p.assigned_to
    where a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())
  union all
  select 'stand-in', a.name, a.job_title, d.to_on from the_case p join delegation d on d.from_account = p.assigned_to
    join account a on a.id = d.to_account
    where d.from_on <= viewer_today() and d.to_on > viewer_today() and a.door = 'staff'
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())
  union all
  select 'locality-head', a.name, a.job_title, null from the_case p join account a on a.locality_id = p.locality_id
    where a.door = 'staff' and a.role = 'locality-head' and a.id is distinct from p.assigned_to
      and a.active_from <= viewer_today() and (a.active_to is null or a.active_to > viewer_today())
$$;
comment on function who_answers is 'Coordinator, stand-in (until_on is exclusive) and head of locality of a case the viewer reaches. Somebody who has left is not named.';

-- 4. Who can see a child''s record today, for its family: other members of the family by what they are, never by name.
create function who_can_see(child uuid)
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
      and not exists (select from child_contact barred join contact b on b.id = barred.contact_id
        where barred.child_id = c.id and b.account_id = k.account_id and barred.restricted
          and (barred.to_on is null or barred.to_on > viewer_today()))
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
comment on function who_can_see is 'For the family of a child: who reaches the record today and as what. Other members of the family are not named.';

revoke all on function viewer_own_record(), people_i_can_let_in(uuid), rights_now_theirs(), who_answers(uuid), who_can_see(uuid) from public;
grant execute on function viewer_own_record(), people_i_can_let_in(uuid), rights_now_theirs(), who_answers(uuid), who_can_see(uuid) to clearway_app;
