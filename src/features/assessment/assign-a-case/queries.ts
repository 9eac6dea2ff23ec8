import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { Holder } from './questions.tsx'

/** People who can hold a case today, with how many open assessments each has that this viewer can see. */
export async function findHolders(trx: Trx, today: string): Promise<Holder[]> {
  return trx
    .selectFrom('account')
    .leftJoin('process', (join) =>
      join
        .onRef('process.assigned_to', '=', 'account.id')
        .on('process.kind', '=', 'assessment')
        .on('process.closed_on', 'is', null),
    )
    .select(['account.id', 'account.name', sql<number>`count(process.id)::int`.as('open')])
    .where('account.role', 'in', ['plan-coordinator', 'locality-head', 'send-manager'])
    .where('account.active_from', '<=', today)
    .where((where) =>
      where.or([where('account.active_to', 'is', null), where('account.active_to', '>', today)]),
    )
    .groupBy(['account.id', 'account.name'])
    .orderBy('account.name')
    .execute()
}

export interface AssignCase {
  readonly id: string
  readonly reference: string
  readonly childId: string
  readonly childName: string
  readonly version: number
  readonly coordinator: string | null
  readonly closed: boolean
}

export async function findCasesToAssign(trx: Trx, ids: readonly string[]): Promise<AssignCase[]> {
  const possible = ids.filter((id) =>
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id),
  )
  if (possible.length === 0) return []
  const rows = await trx
    .selectFrom('process')
    .innerJoin('child', 'child.id', 'process.child_id')
    .leftJoin('account', 'account.id', 'process.assigned_to')
    .select([
      'process.id',
      'process.reference',
      'process.child_id',
      'process.version',
      'process.closed_on',
      'child.given_name',
      'child.family_name',
      'account.name as coordinator',
    ])
    .where('process.id', 'in', possible)
    .orderBy('child.family_name')
    .orderBy('child.given_name')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    childId: row.child_id,
    childName: `${row.given_name} ${row.family_name}`,
    version: row.version,
    coordinator: row.coordinator,
    closed: row.closed_on !== null,
  }))
}
