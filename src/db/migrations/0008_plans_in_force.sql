-- How many plans are in force as at a day: read from the few lines that begin or end one (3 in 100 of a history), not from all.
create index case_event_plan_in_force on case_event (child_id) include (kind, happened_on, recorded_on, id)
  where kind in ('final_issued', 'moved_in', 'plan_ceased', 'plan_continued');
