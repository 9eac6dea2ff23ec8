-- A setting's own record of a pupil, begun before the council knew the child, is tied to the child once the council has them on
-- roll there: as the request it was sent with is accepted, or by name and date of birth when the child is put on roll. Untied it
-- stayed in sight after the child had moved, stood in the list of pupils as somebody else, and never reached the school's advice.
create function pupil_is_child(of_setting text, of_child uuid, asked_with text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update pupil p set child_id = of_child, version = p.version + 1
  where p.id = (
      select u.id from pupil u join child c on c.id = of_child
      where u.setting_urn = of_setting and u.child_id is null and u.left_on is null
        and (u.id::text = asked_with or (u.date_of_birth = c.date_of_birth
          and lower(u.family_name) = lower(c.family_name) and lower(u.given_name) = lower(c.given_name)))
      order by u.id::text is not distinct from asked_with desc, u.recorded_on limit 1)
    and not exists (select from pupil other where other.setting_urn = of_setting and other.child_id = of_child)
    and exists (select from enrolment e where e.child_id = of_child and e.setting_urn = of_setting and e.to_on is null)
$$;
revoke all on function pupil_is_child(text, uuid, text) from public;

create function pupil_put_on_roll() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pupil_is_child(new.setting_urn, new.child_id, null);
  return null;
end $$;
create trigger pupil_put_on_roll after insert on enrolment for each row execute function pupil_put_on_roll();

create function pupil_asked_for() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pupil_is_child(new.setting_urn, new.child_id, new.answers->>'pupil');
  return null;
end $$;
create trigger pupil_asked_for after update of state on online_request for each row
  when (new.state = 'accepted' and new.setting_urn is not null and new.child_id is not null) execute function pupil_asked_for();

-- Those that stand untied already.
select pupil_is_child(e.setting_urn, e.child_id, null) from enrolment e where e.to_on is null;
