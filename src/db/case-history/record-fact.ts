import { iso, parseFact } from '../../law/index.ts'
import { type EventKind, isCaseworkEvent } from '../../record/casework-events.ts'
import type { Trx } from '../viewer.ts'

/** A line to add to a child's history. */
export interface NewEvent {
  readonly childId: string
  readonly processId: string | null
  readonly kind: EventKind
  /** The legal date, ISO. */
  readonly on: string
  /** The day it is recorded, ISO: the authority's today. */
  readonly today: string
  readonly by: string
  readonly payload?: Readonly<Record<string, unknown>>
  readonly onBehalfOf?: string | null
  readonly supersedes?: string
  readonly why?: string | null
}

/**
 * Adds one line to a child's history; the database chains it. The law's own kinds are read back through the law first,
 * so nothing it cannot read is ever stored.
 * @returns the id of the line
 * @throws when the payload is not one the law can read: the form should have refused it
 */
export async function recordEvent(trx: Trx, event: NewEvent): Promise<string> {
  const payload = Object.fromEntries(
    Object.entries(event.payload ?? {}).filter(
      ([, value]) => value !== null && value !== undefined && value !== '',
    ),
  )
  if (!isCaseworkEvent(event.kind)) {
    const parsed = parseFact({ ...payload, kind: event.kind, on: event.on })
    if (!parsed.ok) throw new Error(`${event.kind} cannot be recorded: ${parsed.field}: ${parsed.reason}`)
    if (iso(parsed.fact.on) !== event.on)
      throw new Error(`${event.kind}: the date ${event.on} did not survive reading`)
  }
  const row = await trx
    .insertInto('case_event')
    .values({
      child_id: event.childId,
      process_id: event.processId,
      kind: event.kind,
      happened_on: event.on,
      recorded_on: event.today,
      recorded_by: event.by,
      on_behalf_of: event.onBehalfOf ?? null,
      payload: JSON.stringify(payload),
      supersedes: event.supersedes ?? null,
      why: event.why ?? null,
      // Filled by the database as it chains the row.
      seq: 0,
      previous_hash: new Uint8Array(),
      hash: new Uint8Array(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
