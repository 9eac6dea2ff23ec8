import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

/** Somebody who reaches the record today, as `who_can_see` tells it. */
export interface CanSee {
  readonly part: string
  readonly name: string | null
  readonly since: string | null
  readonly until_on: string | null
}

/** Somebody with parental responsibility whom the young person may let in. */
export interface MayLetIn {
  readonly contact_id: string
  readonly name: string
  readonly relationship: string
  readonly let_in_on: string | null
  readonly consent_id: string | null
}

export async function whoCanSee(trx: Trx, childId: string): Promise<readonly CanSee[]> {
  const { rows } = await sql<CanSee>`
    select part, name, since::text as since, until_on::text as until_on from who_can_see(${childId}) order by part, name`.execute(
    trx,
  )
  return rows
}

/** Empty unless the viewer is the young person and the rights are theirs. */
export async function peopleToLetIn(trx: Trx, childId: string): Promise<readonly MayLetIn[]> {
  const { rows } = await sql<MayLetIn>`
    select contact_id, name, relationship, let_in_on::text as let_in_on, consent_id from people_i_can_let_in(${childId})`.execute(
    trx,
  )
  return rows
}

/** Is it the viewer's own record, with the rights theirs? */
export async function isMyRecord(trx: Trx, childId: string): Promise<boolean> {
  const { rows } = await sql<{ own: boolean }>`select ${childId} = any (viewer_own_record()) as own`.execute(
    trx,
  )
  return rows[0]!.own
}
