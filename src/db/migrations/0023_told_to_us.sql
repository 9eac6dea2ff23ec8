-- What somebody told the council by phone or in person, and staff wrote down for them, is theirs to read: their views, and what
-- they said of a draft with the council's answers. A message is already, since they are in its conversation.
create policy told_to_us on family_view for select to clearway_app using (
  state = 'sent' and on_behalf_of is not null and (select viewer_door()) = 'family' and contact_id = any ((select viewer_contacts())::uuid[]));
create policy told_to_us on draft_response for select to clearway_app using (
  state = 'sent' and on_behalf_of is not null and (select viewer_door()) = 'family' and contact_id = any ((select viewer_contacts())::uuid[]));
