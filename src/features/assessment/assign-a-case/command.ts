import { sql } from 'kysely'
import { lockChildren, recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { CommandResult, FieldError } from '../../../platform/routes.ts'
import { tellEachOfTheFamily } from '../../family/tell-the-family/index.ts'
import { tellSetting } from '../tell-those-asked/index.ts'

/** A case as the person saw it when they chose it. */
export interface ChosenCase {
  readonly id: string
  readonly version: number
}

export interface Assignment {
  readonly cases: readonly ChosenCase[]
  /** The account to give them to; null to give them up, for the team to allocate. */
  readonly to: string | null
  readonly note: string
  readonly by: string
  readonly today: string
}

export type Assigned =
  | { readonly ok: true; readonly given: number; readonly toName: string }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/**
 * Gives cases to one coordinator, all or none, each with the handover note in its history. Refused in words when any of
 * them changed since it was chosen, so that nobody hands over a case somebody else has just taken.
 */
export async function assignCases(
  trx: Trx,
  assignment: Assignment,
  changed: (childId: string) => void,
): Promise<Assigned> {
  const { to, note, by, today } = assignment
  const person = to === null ? null : await findHolder(trx, to, today)
  if (person === undefined) return refuse('to', 'Choose who to give it to')
  const toName = person?.name ?? 'nobody yet'
  const versions = new Map(assignment.cases.map((one) => [one.id, one.version]))
  if (versions.size === 0) return refuse('case', 'Choose at least one case')
  const about = await trx
    .selectFrom('process')
    .select('child_id')
    .where('id', 'in', [...versions.keys()])
    .execute()
  await lockChildren(
    trx,
    about.map((row) => row.child_id),
  )
  const rows = await trx
    .selectFrom('process')
    .select(['id', 'reference', 'child_id', 'version', 'assigned_to', 'closed_on'])
    .where('id', 'in', [...versions.keys()])
    .orderBy('id')
    .forUpdate()
    .execute()
  if (rows.length !== versions.size)
    return refuse(
      'case',
      'One of these cases can no longer be found. Go back to the worklist and choose again',
    )
  const stale = rows.filter((row) => row.version !== versions.get(row.id))
  if (stale.length > 0)
    return refuse(
      'case',
      `${listOf(stale.map((row) => row.reference))} ${stale.length === 1 ? 'has' : 'have'} changed since you chose ${stale.length === 1 ? 'it' : 'them'}. Nothing was given to anyone. Check ${stale.length === 1 ? 'it' : 'them'}, then send this again`,
    )
  const closed = rows.filter((row) => row.closed_on !== null)
  if (closed.length > 0)
    return refuse(
      'case',
      `${listOf(closed.map((row) => row.reference))} ${closed.length === 1 ? 'is' : 'are'} closed and cannot be given to anyone`,
    )
  const moving = rows.filter((row) => row.assigned_to !== to)
  if (moving.length === 0)
    return refuse(
      'to',
      to === null
        ? 'Nobody has these cases already'
        : `${toName} already has ${rows.length === 1 ? 'this case' : 'these cases'}`,
    )
  for (const row of moving) {
    const eventId = await recordEvent(trx, {
      childId: row.child_id,
      processId: row.id,
      kind: 'case_assigned',
      on: today,
      today,
      by,
      payload: { to, toName, from: row.assigned_to, note },
    })
    changed(row.child_id)
    // Told before the case is handed on: somebody who gives up their only case about a child may not write about them after.
    if (to !== null) await tellOfTheCoordinator(trx, { row, eventId, toName, today })
  }
  await trx
    .updateTable('process')
    .set({ assigned_to: to, version: sql<number>`version + 1` })
    .where(
      'id',
      'in',
      moving.map((row) => row.id),
    )
    .execute()
  return { ok: true, given: moving.length, toName }
}

/** The family, and those who speak for the setting where the child is on roll. The name they read is the coordinator's. */
async function tellOfTheCoordinator(
  trx: Trx,
  told: {
    readonly row: { readonly id: string; readonly child_id: string }
    readonly eventId: string
    readonly toName: string
    readonly today: string
  },
): Promise<void> {
  const { row, today } = told
  const notice = {
    template: 'coordinator-changed',
    childId: row.child_id,
    processId: row.id,
    values: { coordinator: told.toName, from: today },
  } as const
  await tellEachOfTheFamily(trx, {
    ...notice,
    eventId: told.eventId,
    today,
    linkPath: `/family/children/${row.child_id}`,
  })
  const settings = await trx
    .selectFrom('enrolment')
    .select('setting_urn')
    .distinct()
    .where('child_id', '=', row.child_id)
    .where('from_on', '<=', today)
    .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>', today)]))
    .orderBy('setting_urn')
    .execute()
  for (const { setting_urn } of settings)
    await tellSetting(
      trx,
      setting_urn,
      { ...notice, event: told.eventId, linkPath: `/setting/pupils/${row.child_id}` },
      today,
    )
}

const findHolder = (
  trx: Trx,
  id: string,
  today: string,
): Promise<{ readonly id: string; readonly name: string } | undefined> =>
  trx
    .selectFrom('account')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('role', 'in', ['plan-coordinator', 'locality-head', 'send-manager'])
    .where('active_from', '<=', today)
    .where((where) => where.or([where('active_to', 'is', null), where('active_to', '>', today)]))
    .executeTakeFirst()

const refuse = (field: string, text: string) => ({ ok: false, errors: [{ field, text }] }) as const

const listOf = (words: readonly string[]): string =>
  words.length <= 3 ? words.join(', ') : `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`

/** The result of an assignment as the result of a command. */
export const asResult = (assigned: Assigned, redirect: string): CommandResult =>
  assigned.ok
    ? {
        ok: true,
        redirect,
        notice:
          assigned.given === 1
            ? `Given to ${assigned.toName}.`
            : `${assigned.given} cases given to ${assigned.toName}.`,
      }
    : assigned
