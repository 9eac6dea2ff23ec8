-- The worklist is read all day by everyone: its counts come from this index alone, and its overdue cases in its order.
create index process_open_list on process (kind, overdue_since, id) include (risk_on, assigned_to, locality_id, child_id) where closed_on is null;
-- Advice that has not come, for the chasing list.
create index advice_request_awaited on advice_request (asked_on) where received_on is null;
