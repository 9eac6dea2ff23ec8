-- 1. A relationship reaches a child while it holds. An adviser's ends when the assessment is over or the request is taken
--    back; a parent's is closed by a bar on them for that child, however many links they have to it.
create or replace function viewer_children() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct child_id), '{}') from (
    select c.id as child_id from child c join account a on a.id = viewer_id()
      where a.remit = 'locality' and c.locality_id = a.locality_id
    union all
    select cc.child_id from child_contact cc join contact k on k.id = cc.contact_id
      where k.account_id = viewer_id() and (cc.parental_responsibility or cc.relationship = 'self') and not cc.restricted
        and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
        and not exists (
          select from child_contact barred join contact b on b.id = barred.contact_id
          where barred.child_id = cc.child_id and b.account_id = k.account_id and barred.restricted
            and (barred.to_on is null or barred.to_on > viewer_today()))
    union all
    select c.id from child c join account a on a.id = viewer_id()
      where a.door = 'setting' and a.setting_urn is not null and c.setting_urn = a.setting_urn
    union all
    select ar.child_id from advice_request ar join process p on p.id = ar.process_id
      where ar.adviser_account = viewer_id() and ar.withdrawn_on is null and p.closed_on is null
  ) reached
  where coalesce(viewer_remit(), 'none') <> 'none'
$$;

-- 2. An administrator sets the authority's readings and targets and reaches no child: the role decides, whatever the remit.
create or replace function viewer_may_set() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account where id = viewer_id() and door = 'staff'
    and (role = 'administrator' or (remit = 'authority' and role in ('send-manager', 'data-officer')))
    and active_from <= viewer_today() and (active_to is null or active_to > viewer_today()))
$$;
