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
