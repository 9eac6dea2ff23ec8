import { sql } from 'kysely'
import type { Database } from '../connection.ts'
import { STORY_PEOPLE } from './story-authority.ts'

/**
 * Fills a story authority with children who each have an assessment and a history, and with lines of the access log:
 * rows for tests of the record itself, which need many and do not read them as law.
 */
export async function fillHistories(
  owner: Database,
  size: { readonly children: number; readonly linesEach: number; readonly accessLines?: number },
): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    if (process.env['CLEARWAY_TEST_DB'] === 'postgres')
      await sql`set local statement_timeout = 0`.execute(trx)
    await sql`
      insert into child (reference, given_name, family_name, name_key, date_of_birth, sex, registered_on, locality_id)
      select 'C-' || lpad(n::text, 7, '0'), 'Given' || n, 'Family' || n, 'family' || n, date '2012-01-01' + n % 3000, case n % 2 when 0 then 'F' else 'M' end,
        '2026-01-05', case n % 2 when 0 then 'north' else 'south' end
      from generate_series(1, ${size.children}::int) n`.execute(trx)
    await sql`
      insert into process (reference, child_id, kind, state, opened_on)
      select 'A-' || right(reference, 7), id, 'assessment', 'deciding-whether-to-assess', '2026-01-05' from child`.execute(
      trx,
    )
    await sql`
      insert into case_event (child_id, process_id, kind, happened_on, recorded_on, recorded_by, on_behalf_of, payload, why, command_key, seq, previous_hash, hash)
      select p.child_id, p.id, case n when 1 then 'request_received' else 'note_added' end, date '2026-01-05' + n, date '2026-01-05' + n, ${STORY_PEOPLE.coordinator.id},
        case n % 3 when 0 then 'the school' when 1 then '' end,
        case n when 1 then '{"by": "parent"}'::jsonb else jsonb_build_object('text', 'note ' || n || chr(31) || 'ünïcode', 'count', n * 1.10) end,
        case n % 4 when 0 then 'because' end, case n % 2 when 0 then 'key' || n end, 0, '', ''
      from process p, generate_series(1, ${size.linesEach}::int) n order by p.child_id, n`.execute(trx)
    await sql`
      insert into access_log (account_id, child_ids, what, relationship, outcome, at)
      select ${STORY_PEOPLE.manager.id}, array[c.id], 'opened the case', 'send-manager', case n % 9 when 0 then 'changed' else 'seen' end, now() + n * interval '1 second'
      from generate_series(1, ${size.accessLines ?? 0}::int) n
      join (select id, row_number() over (order by reference) as place from child) c on c.place = 1 + n % ${size.children}::int`.execute(
      trx,
    )
  })
}
