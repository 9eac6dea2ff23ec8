-- A young person reaches their own record: the rights are theirs from the end of compulsory school age (Children and
-- Families Act 2014, s.83). They are on it as a contact who is the child ("self"), which is no parental responsibility.

create or replace function viewer_children() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct child_id), '{}') from (
    select c.id as child_id from child c join account a on a.id = viewer_id()
      where a.remit = 'locality' and c.locality_id = a.locality_id
    union all
    select cc.child_id from child_contact cc join contact k on k.id = cc.contact_id
      where k.account_id = viewer_id() and (cc.parental_responsibility or cc.relationship = 'self') and not cc.restricted
        and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
    union all
    select c.id from child c join account a on a.id = viewer_id()
      where a.door = 'setting' and a.setting_urn is not null and c.setting_urn = a.setting_urn
    union all
    select ar.child_id from advice_request ar where ar.adviser_account = viewer_id()
  ) reached
  where coalesce(viewer_remit(), 'none') <> 'none'
$$;
