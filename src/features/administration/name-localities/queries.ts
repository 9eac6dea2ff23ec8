import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'

export const PLACES_PATH = '/staff/settings/places'

export type PlaceKind = 'locality' | 'team'

/** A locality or a team. */
export interface Place {
  readonly id: string
  readonly name: string
  /** The first day on which nothing new is given to it. */
  readonly endedOn: string | null
  /** A team's work; null for a locality. */
  readonly work: string | null
  readonly locality: string | null
}

/** Every locality and team, those that have ended last. */
export async function listPlaces(
  trx: Trx,
): Promise<{ readonly localities: readonly Place[]; readonly teams: readonly Place[] }> {
  const { rows: localities } = await sql<Place>`
    select id, name, ended_on as "endedOn", null as work, null as locality from locality order by ended_on nulls first, name`.execute(
    trx,
  )
  const { rows: teams } = await sql<Place>`
    select t.id, t.name, t.ended_on as "endedOn", t.kind as work, l.name as locality
    from team t left join locality l on l.id = t.locality_id order by t.ended_on nulls first, t.name`.execute(
    trx,
  )
  return { localities, teams }
}

/** Is it in use on the day? */
export const isOpen = (place: Place, today: string): boolean =>
  place.endedOn === null || place.endedOn > today

/** A name for addresses: "Weymouth & Portland" becomes "weymouth-portland", with a number where that is taken. */
export function idFor(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  const base = plain || 'area'
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`
    if (!taken.includes(id)) return id
  }
}
