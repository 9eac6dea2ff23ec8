-- Which files an adviser is given: the family's representations and evidence, and nothing else it sent.

-- Sent by, or for, somebody who is of the child's family today. Who asked online and is not yet tied to the record counts;
-- a parent whose tie has ended, or who is barred, does not, whatever they once sent.
create function sent_by_family_today(uploader uuid, for_whom text, child uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select for_whom is not null
    or exists (
      select from contact k join child_contact cc on cc.contact_id = k.id
      where k.account_id = uploader and cc.child_id = child and not cc.restricted
        and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today()))
    or (not exists (select from contact k join child_contact cc on cc.contact_id = k.id where k.account_id = uploader and cc.child_id = child)
      and exists (select from online_request r join account a on a.id = r.account_id
        where r.account_id = uploader and r.child_id = child and r.state = 'accepted' and a.door = 'family'))
$$;
comment on function sent_by_family_today is 'Representations and evidence of a child''s parent or of the young person (SEND Regulations 2014, reg 6(3)): not those of somebody who was one.';
revoke all on function sent_by_family_today(uuid, text, uuid) from public;
grant execute on function sent_by_family_today(uuid, text, uuid) to clearway_app;

alter policy evidence_for_advisers on stored_file using (
  (select viewer_door()) = 'professional' and state in ('clean', 'not-scanned') and child_id is not null
  and about in ('request', 'views', 'views-parent', 'views-child')
  and child_id in (select ar.child_id from advice_request ar where ar.id = any ((select viewer_writes_advice())::uuid[]))
  and sent_by_family_today(uploaded_by, on_behalf_of, child_id));
