-- The second wall: row-level security decided by the signed-in person's relationships on the day.
-- The application tells the database who is looking (clearway.viewer) and the authority's day (clearway.today);
-- the functions below look the rest up. Called inside a scalar sub-select they run once for a query, not once for a row.

create function viewer_id() returns uuid language sql stable as
$$ select nullif(current_setting('clearway.viewer', true), '')::uuid $$;

create function viewer_today() returns date language sql stable as
$$ select coalesce(nullif(current_setting('clearway.today', true), '')::date, current_date) $$;

create function viewer_remit() returns text language sql stable security definer set search_path = public, pg_temp as
$$ select remit from account
   where id = viewer_id() and active_from <= viewer_today() and (active_to is null or active_to > viewer_today()) $$;

create function viewer_door() returns text language sql stable security definer set search_path = public, pg_temp as
$$ select door from account
   where id = viewer_id() and active_from <= viewer_today() and (active_to is null or active_to > viewer_today()) $$;

create function viewer_sees_authority() returns boolean language sql stable as
$$ select coalesce(viewer_remit() = 'authority', false) $$;

-- Children reached by a relationship that holds today.
create function viewer_children() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct child_id), '{}') from (
    select c.id as child_id from child c join account a on a.id = viewer_id()
      where a.remit = 'locality' and c.locality_id = a.locality_id
    union all
    select cc.child_id from child_contact cc join contact k on k.id = cc.contact_id
      where k.account_id = viewer_id() and cc.parental_responsibility and not cc.restricted
        and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())
    union all
    select c.id from child c join account a on a.id = viewer_id()
      where a.door = 'setting' and a.setting_urn is not null and c.setting_urn = a.setting_urn
    union all
    select ar.child_id from advice_request ar where ar.adviser_account = viewer_id()
  ) reached
  where coalesce(viewer_remit(), 'none') <> 'none'
$$;

revoke all on function viewer_remit(), viewer_door(), viewer_children() from public;

grant usage on schema public to clearway_app;
grant execute on function viewer_id(), viewer_today(), viewer_remit(), viewer_door(), viewer_sees_authority(), viewer_children(), case_event_hash(case_event) to clearway_app;
grant usage on sequence case_number to clearway_app;

-- Reference data: readable by all, written by the owner (settings and staff lists get their own commands later).
grant select on authority, authority_setting, locality, team, setting, account to clearway_app;
grant insert on authority_setting to clearway_app;
grant update (training_today) on authority to clearway_app;

-- Records: what each command needs, and no more. History and the access log can only be added to.
grant select, insert, update on child, contact, child_contact, process, advice_request, exception_claim to clearway_app;
grant select, insert on case_event, document, access_log to clearway_app;
grant select on access_seal, child_chain to clearway_app;
grant select, insert, update, delete on deadline to clearway_app;
grant select, insert on command to clearway_app;
grant select, insert, update, delete on session, saved_filter to clearway_app;

do $$
declare t text;
begin
  foreach t in array array['child', 'contact', 'child_contact', 'process', 'case_event', 'deadline', 'advice_request',
      'exception_claim', 'document', 'access_log', 'child_chain', 'command', 'session', 'saved_filter'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    -- Migrations, rebuilds and the functions above run as the owner, which no web request ever does.
    execute format('create policy owner_only on %I to current_user using (true)', t);
  end loop;
end $$;

create policy reached on child to clearway_app using ((select viewer_sees_authority()) or id = any ((select viewer_children())::uuid[]));
create policy reached on child_contact to clearway_app using ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]));
create policy reached on process to clearway_app using ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]));
create policy reached on case_event to clearway_app using ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]));
create policy reached on deadline to clearway_app using ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]));
create policy reached on advice_request to clearway_app using ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]));
create policy reached on exception_claim to clearway_app using ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]));
create policy reached on child_chain to clearway_app using ((select viewer_sees_authority()) or child_id = any ((select viewer_children())::uuid[]));
-- Staff see what was sent about the children they reach; anyone else only what was sent to them.
create policy reached on document to clearway_app using (
  (select viewer_sees_authority())
  or (child_id = any ((select viewer_children())::uuid[])
      and ((select viewer_door()) = 'staff'
           or recipient_contact in (select id from contact where account_id = (select viewer_id())))));
create policy reached on contact to clearway_app using (
  (select viewer_sees_authority())
  or account_id = (select viewer_id())
  or ((select viewer_door()) = 'staff'
      and id in (select contact_id from child_contact where child_id = any ((select viewer_children())::uuid[]))));
-- The log: a person may add lines in their own name; reading it needs the child, or the authority's remit.
create policy read_log on access_log for select to clearway_app using (
  (select viewer_sees_authority()) or child_ids && (select viewer_children())::uuid[]);
create policy add_to_log on access_log for insert to clearway_app with check (account_id = (select viewer_id()));
create policy own on command to clearway_app using (account_id = (select viewer_id()));
create policy own on saved_filter to clearway_app using (account_id = (select viewer_id()));
-- A session is found by its secret before anyone is known, so the row is open to the application but useless without the token.
create policy by_token on session to clearway_app using (true);
