import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { Line, Reason, StandingRecord } from './lines.ts'

/** Something to write down about a line. */
export interface ToRecord {
  readonly about: StandingRecord['about']
  readonly kind: string
  readonly onDay: string
  readonly toDay?: string | null
  readonly nth?: number
  /** The version it corrects; left out for the first. */
  readonly corrects?: number | undefined
  readonly minutes?: number | null
  readonly groupSize?: number | null
  readonly reason?: Reason | null
  readonly words?: string | null
  readonly givenBy?: string
}

/**
 * Adds a record, or the next version of one. Two people who record the same meet on its key: the first stands, and the second
 * is told.
 * @returns whether it was added
 */
export async function addRecord(
  trx: Trx,
  line: Pick<Line, 'id' | 'childId'>,
  one: ToRecord,
  by: { readonly accountId: string; readonly today: string; readonly eventId?: string | null },
): Promise<boolean> {
  const added = await trx
    .insertInto('provision_record')
    .values({
      line_id: line.id,
      child_id: line.childId,
      about: one.about,
      kind: one.kind,
      on_day: one.onDay,
      to_day: one.toDay ?? null,
      nth: one.nth ?? 1,
      version: one.corrects === undefined ? 0 : one.corrects + 1,
      minutes: one.minutes ?? null,
      group_size: one.groupSize ?? null,
      reason: one.reason ?? null,
      words: one.words ?? '',
      given_by: one.givenBy ?? '',
      recorded_by: by.accountId,
      recorded_on: by.today,
      event_id: by.eventId ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** The newest version of a record's key, withdrawn ones too: a day that was taken back may be recorded again. */
export async function newestVersion(
  trx: Trx,
  lineId: string,
  key: { readonly about: string; readonly onDay: string; readonly nth: number },
): Promise<{ readonly version: number; readonly kind: string } | undefined> {
  const { rows } = await sql<{ version: number; kind: string }>`select version, kind from provision_record
    where line_id = ${lineId} and about = ${key.about} and on_day = ${key.onDay}::date and nth = ${key.nth}
    order by version desc limit 1`.execute(trx)
  return rows[0]
}

/** The process a line's facts are recorded on: the plan's own while it is open, else the one that made the version. */
export async function processOf(trx: Trx, line: Line): Promise<string> {
  const plan = await trx
    .selectFrom('process')
    .select('id')
    .where('child_id', '=', line.childId)
    .where('kind', '=', 'plan')
    .where('closed_on', 'is', null)
    .orderBy('opened_on', 'desc')
    .executeTakeFirst()
  if (plan) return plan.id
  const version = await trx
    .selectFrom('plan_version')
    .select('process_id')
    .where('id', '=', line.terms.at(-1)?.versionId ?? '')
    .executeTakeFirstOrThrow()
  return version.process_id
}

/** "Cora Coombes, Plan coordinator". */
export const signed = (viewer: { readonly name: string; readonly jobTitle: string }): string =>
  [viewer.name, viewer.jobTitle].filter(Boolean).join(', ')

/** The database refuses a record of a day before the promise began. */
export const tooEarly =
  (words: string, field = 'from') =>
  (error: unknown) => {
    if ((error as { constraint?: string }).constraint !== 'record_is_of_the_line') throw error
    return { ok: false, errors: [{ field, text: words }] } as const
  }
