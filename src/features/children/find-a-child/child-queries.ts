import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

export interface ChildProcess {
  readonly id: string
  readonly reference: string
  readonly kind: string
  readonly state: string
  readonly openedOn: string
  readonly closedOn: string | null
  readonly nextDueOn: string | null
}

/** Everything there has been for a child, the open first, then newest first. */
export async function listProcesses(trx: Trx, childId: string): Promise<ChildProcess[]> {
  const rows = await trx
    .selectFrom('process')
    .select(['id', 'reference', 'kind', 'state', 'opened_on', 'closed_on', 'next_due_on'])
    .where('child_id', '=', childId)
    .orderBy((order) => order('closed_on', 'is not', null))
    .orderBy('opened_on', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    kind: row.kind,
    state: row.state,
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    nextDueOn: row.next_due_on,
  }))
}

/** One change of a child's details, as it is told. */
export interface DetailChange {
  readonly on: string
  readonly by: string
  readonly why: string | null
  readonly words: readonly string[]
  readonly settings: readonly { readonly from: string | null; readonly to: string | null }[]
}

interface ChangePayload {
  readonly changes?: readonly {
    readonly field: string
    readonly from: string | null
    readonly to: string | null
  }[]
  readonly peopleAdded?: readonly string[]
  readonly said?: string
}

/** The field under which a change of school is told. */
export const SETTING_FIELD = 'School, college or nursery'

/** Changes of a child's details, newest first. */
export async function listChanges(trx: Trx, childId: string): Promise<DetailChange[]> {
  const rows = await trx
    .selectFrom('case_event')
    .innerJoin('account', 'account.id', 'recorded_by')
    .select(['recorded_on', 'account.name', 'why', 'payload'])
    .where('child_id', '=', childId)
    .where('kind', '=', 'child_details_changed')
    .orderBy('seq', 'desc')
    .execute()
  return rows.map((row) => {
    const payload = row.payload as ChangePayload
    const changes = payload.changes ?? []
    return {
      on: row.recorded_on,
      by: row.name,
      why: row.why,
      words: [
        ...changes.map(
          (change) =>
            `${change.field}: ${change.from ?? 'not recorded'} became ${change.to ?? 'not recorded'}`,
        ),
        ...(payload.peopleAdded?.length ? [`Added: ${payload.peopleAdded.join(', ')}`] : []),
        ...(payload.said ? [payload.said] : []),
      ],
      settings: changes
        .filter((change) => change.field === SETTING_FIELD)
        .map(({ from, to }) => ({ from, to })),
    }
  })
}

export interface Look {
  readonly at: string
  readonly by: string
  readonly role: string
  readonly what: string
  readonly outcome: string
}

export const LOOKS_PAGE = 20

/** Who has looked at a child's record, newest first. */
export async function listLooks(
  trx: Trx,
  childId: string,
  page: number,
): Promise<{ readonly looks: readonly Look[]; readonly total: number }> {
  const { rows } = await sql<{
    at: string
    name: string | null
    job_title: string | null
    relationship: string
    what: string
    outcome: string
    total: number
  }>`
    select to_char(l.at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') as at, a.name, a.job_title, l.relationship, l.what, l.outcome, count(*) over () as total
    from access_log l left join account a on a.id = l.account_id
    where l.child_ids @> array[${childId}::uuid] order by l.id desc limit ${LOOKS_PAGE} offset ${(page - 1) * LOOKS_PAGE}`.execute(
    trx,
  )
  return {
    total: rows[0]?.total ?? 0,
    looks: rows.map((row) => ({
      at: row.at,
      by: row.name ?? 'Somebody no longer recorded',
      role: row.job_title || row.relationship,
      what: row.what,
      outcome: row.outcome,
    })),
  }
}
