import { sql } from 'kysely'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { CommandResult, FieldError } from '../../../platform/routes.ts'
import { type ChildRecord, loadChild } from '../the-child/index.ts'

export interface ChangeRun {
  readonly trx: Trx
  readonly child: ChildRecord
  readonly today: string
  readonly by: string
  /** To be told of every other child this changes. */
  readonly changed: (childId: string) => void
}

/** One detail, before and after, as told in the history. */
export interface Change {
  readonly field: string
  readonly from: string | null
  readonly to: string | null
}

/** What a change did: lines for the history, or messages for fields. */
export type Changed =
  | {
      readonly ok: true
      readonly changes: readonly Change[]
      readonly why: string | null
      readonly notice: string
      readonly also?: Readonly<Record<string, unknown>>
    }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

const STALE =
  'Somebody else has changed this record since you opened this page. What you typed is kept below. Open the child’s page to see what changed, then send this again.'

export const refuse = (
  field: string,
  text: string,
): { readonly ok: false; readonly errors: readonly FieldError[] } => ({
  ok: false,
  errors: [{ field, text }],
})

/**
 * Changes a child's record once: locked, checked against the version the officer saw, and told in the history.
 * @returns "missing" in place of a result is the caller's to make: the child is read by `loadChild`
 */
export async function changeChild(
  trx: Trx,
  about: {
    readonly childId: string
    readonly version: string
    readonly today: string
    readonly by: string
    readonly changed: (childId: string) => void
  },
  work: (run: ChangeRun) => Promise<Changed>,
): Promise<CommandResult> {
  await lockChildren(trx, [about.childId])
  const child = await loadChild(trx, about.childId)
  if (!child) return refuse('missing', 'There is no such record that you can see')
  if (Number(about.version) !== child.version) return refuse('', STALE)
  const done = await work({ trx, child, today: about.today, by: about.by, changed: about.changed })
  if (!done.ok) return done
  await tellChange({ ...about, trx }, child.id, done)
  return { ok: true, redirect: `/staff/children/${child.id}`, notice: done.notice }
}

/** Tells a change in a child's history, and makes the record a new version. */
export async function tellChange(
  run: Pick<ChangeRun, 'trx' | 'today' | 'by' | 'changed'>,
  childId: string,
  done: Pick<Changed & { readonly ok: true }, 'changes' | 'why' | 'also'>,
): Promise<void> {
  const { trx, today, by } = run
  await trx
    .updateTable('child')
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', childId)
    .execute()
  await recordEvent(trx, {
    childId,
    processId: null,
    kind: 'child_details_changed',
    on: today,
    today,
    by,
    payload: { changes: done.changes, ...done.also },
    why: done.why,
  })
  await refreshChild(trx, childId, today)
  run.changed(childId)
}

/** What the database refused, in words: a number already on a record, seen or unseen. */
export function databaseRefusal(error: unknown): readonly FieldError[] | undefined {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  if (code !== '23505') return undefined
  if (constraint === 'child_upn_key')
    return [
      {
        field: 'upn',
        text: 'This UPN is on another child’s record, which you may not be able to see. One of them is wrong: check it with the school',
      },
    ]
  if (constraint === 'child_nhs_number_key')
    return [
      {
        field: 'nhsNumber',
        text: 'This NHS number is on another child’s record, which you may not be able to see. One of them is wrong: check it',
      },
    ]
  return undefined
}
