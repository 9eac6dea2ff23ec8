import { sql } from 'kysely'
import type { Trx } from '../viewer.ts'

const GUARDS = [
  ['case_event', 'append_only'],
  ['case_event', 'chain_before_insert'],
  ['access_log', 'append_only'],
  ['access_seal', 'append_only'],
] as const

/** The triggers that keep history append-only and chained, where one is switched off or gone: somebody was at work. */
export async function missingGuards(trx: Trx): Promise<readonly string[]> {
  const { rows } = await sql<{ guard: string }>`
    select wanted.trigger || ' on ' || wanted.relation as guard
    from unnest(${GUARDS.map(([relation]) => relation)}::text[], ${GUARDS.map(([, trigger]) => trigger)}::text[]) wanted (relation, trigger)
    where not exists (select from pg_trigger t where t.tgrelid = wanted.relation::regclass and t.tgname = wanted.trigger and t.tgenabled in ('O', 'A'))`.execute(
    trx,
  )
  return rows.map((row) => row.guard)
}
