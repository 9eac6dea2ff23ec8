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
