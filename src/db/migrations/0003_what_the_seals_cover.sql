-- Two repairs found while proving that tampering shows, made before any live record exists.

-- 1. The first hash joined its fields with a separator and wrote nothing for null: a boundary between two texts could be
--    moved, or a null made an empty text, without the hash changing. A JSON array of every column has neither fault.
create or replace function case_event_hash(e case_event) returns bytea language sql immutable set search_path = public, pg_temp as $$
  select sha256(e.previous_hash || convert_to(json_build_array(
    e.id, e.child_id, e.process_id, e.seq, e.kind, e.happened_on, e.recorded_on, extract(epoch from e.recorded_at)::text,
    e.recorded_by, e.on_behalf_of, e.payload, e.supersedes, e.why, e.command_key)::text, 'UTF8'))
$$;

alter table case_event disable trigger append_only;
do $$
declare
  e case_event;
  child uuid;
  head bytea;
begin
  for e in select * from case_event order by child_id, seq loop
    if child is distinct from e.child_id then head := '\x00'; end if;
    child := e.child_id;
    e.previous_hash := head;
    head := case_event_hash(e);
    update case_event set previous_hash = e.previous_hash, hash = head where id = e.id;
  end loop;
  update child_chain c set hash = e2.hash from case_event e2 where e2.child_id = c.child_id and e2.seq = c.seq;
end $$;
alter table case_event enable trigger append_only;

-- 2. Transaction numbers begin again in a restored database, so they cannot say what a seal covers. Row numbers survive:
--    a seal names the very rows it covers, and a row that was still uncommitted then is covered by a later seal.
alter table access_log drop column txid;
delete from access_seal;
alter table access_seal drop column below_txid;
alter table access_seal add column ids int8multirange not null check (not isempty(ids));
comment on table access_seal is 'A chain of hashes over access_log. ids names the rows a seal covers; each row is covered by one seal.';
comment on table access_log is 'Each read or write of a child''s record: who, what, when and by which relationship. Append-only, sealed in batches by access_seal.';
create index access_seal_by_time on access_seal (sealed_at);
create trigger append_only before update or delete or truncate on access_seal for each statement execute function refuse_change();

create function access_log_hash(l access_log) returns bytea language sql immutable set search_path = public, pg_temp as $$
  select sha256(convert_to(json_build_array(
    l.id, extract(epoch from l.at)::text, l.account_id, l.child_ids, l.what, l.relationship, l.outcome)::text, 'UTF8'))
$$;
create function access_seal_hash(s access_seal, rows_digest bytea) returns bytea language sql immutable set search_path = public, pg_temp as $$
  select sha256(s.previous_hash || convert_to(json_build_array(
    s.seq, s.ids::text, s.rows, extract(epoch from s.sealed_at)::text)::text, 'UTF8') || rows_digest)
$$;
