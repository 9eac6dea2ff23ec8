-- Who claimed an exception is kept on the claim: a correction moves the claim's line, never its claimant.
-- A request for advice that was struck out is no longer waited for.

alter table exception_claim add column claimed_by uuid references account;
comment on column exception_claim.claimed_by is 'Who made the claim; never the person who corrected or approved it. They may not decide it.';

with recursive line as (
  select c.id as claim_id, e.id, e.supersedes, e.recorded_by
    from exception_claim c join case_event e on e.id = c.event_id
  union all
  select line.claim_id, e.id, e.supersedes, e.recorded_by
    from line join case_event e on e.id = line.supersedes
)
update exception_claim c set claimed_by = line.recorded_by from line where line.claim_id = c.id and line.supersedes is null;

alter table advice_request add column withdrawn_on date;
comment on column advice_request.withdrawn_on is 'The day the request was struck out as a mistake; empty when it stands.';
-- Those struck out before now, and not asked for again since.
update advice_request a set withdrawn_on = gone.recorded_on
  from (
    select w.process_id, e.payload->>'head' as head, e.payload->>'adviser' as adviser, max(w.recorded_on) as recorded_on
      from case_event w join case_event e on e.id = w.supersedes
      where w.kind = 'fact_withdrawn' and e.kind = 'advice_requested'
      group by 1, 2, 3
  ) gone
  where a.process_id = gone.process_id and a.head = gone.head and a.adviser = gone.adviser
    and not exists (
      select from case_event e where e.process_id = a.process_id and e.kind = 'advice_requested'
        and e.payload->>'head' = a.head and e.payload->>'adviser' = a.adviser
        and not exists (select from case_event s where s.supersedes = e.id)
    );
drop index advice_request_awaited;
create index advice_request_awaited on advice_request (asked_on) where received_on is null and withdrawn_on is null;
