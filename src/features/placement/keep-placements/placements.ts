import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import {
  type Boarding,
  isPlaceCode,
  PLACES_WITHOUT_NUMBER,
  placesOverlap,
} from '../../../record/placement/index.ts'

/** A placement with its setting as it is now. */
export interface Placement {
  readonly id: string
  readonly processId: string | null
  readonly urn: string | null
  readonly code: string | null
  readonly placeName: string
  readonly rank: 1 | 2
  readonly kind: 'named' | 'interim' | 'other'
  readonly boarding: Boarding
  readonly fromOn: string
  readonly toOn: string | null
  readonly neededOn: string | null
  readonly endedWhy: string | null
  readonly isOutside: boolean
  /** What the number of the setting has become, where it has. */
  readonly becameUrn: string | null
  readonly becameName: string | null
  readonly closedOn: string | null
}

/** The placements of a child that the viewer may see, the newest first. */
export async function findPlacements(trx: Trx, childId: string): Promise<readonly Placement[]> {
  const rows = await trx
    .selectFrom('placement as p')
    .leftJoin('setting as s', 's.urn', 'p.setting_urn')
    .leftJoin('setting_succession as w', 'w.old_urn', 'p.setting_urn')
    .leftJoin('setting as n', 'n.urn', 'w.new_urn')
    .select([
      'p.id',
      'p.process_id',
      'p.setting_urn',
      'p.sen2_code',
      'p.place_name',
      'p.rank',
      'p.kind',
      'p.boarding',
      'p.from_on',
      'p.to_on',
      'p.needed_on',
      'p.ended_why',
      's.la_code',
      's.closed_on',
      'w.changed_on',
      'w.new_urn',
      'n.name as new_name',
      (build) => build.selectFrom('authority').select('code').limit(1).as('our_code'),
    ])
    .where('p.child_id', '=', childId)
    .orderBy('p.from_on', 'desc')
    .orderBy('p.rank')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    processId: row.process_id,
    urn: row.setting_urn,
    code: row.sen2_code,
    placeName: row.place_name,
    rank: row.rank === 2 ? 2 : 1,
    kind: row.kind as Placement['kind'],
    boarding: row.boarding as Boarding,
    fromOn: row.from_on,
    toOn: row.to_on,
    neededOn: row.needed_on,
    endedWhy: row.ended_why,
    isOutside: row.la_code !== null && row.la_code !== row.our_code,
    becameUrn: row.new_urn,
    becameName: row.new_name,
    closedOn: row.changed_on ?? row.closed_on,
  }))
}

export interface NewPlacement {
  readonly childId: string
  readonly processId: string | null
  readonly urn: string | null
  readonly code: string | null
  readonly placeName: string
  readonly rank: 1 | 2
  readonly kind: Placement['kind']
  readonly boarding: Boarding
  readonly fromOn: string
  readonly toOn?: string | null
  readonly endedWhy?: string | null
  readonly versionId?: string | null
  readonly today: string
  readonly by: string
}

/** The main placement that would stand on the same days; undefined when there is none. */
export const inTheWay = (
  held: readonly Placement[],
  place: Pick<NewPlacement, 'rank' | 'fromOn' | 'toOn'>,
): Placement | undefined =>
  place.rank === 2
    ? undefined
    : held.find(
        (one) =>
          one.rank === 1 &&
          (one.toOn === null || one.toOn > one.fromOn) &&
          placesOverlap(one, { fromOn: place.fromOn, toOn: place.toOn ?? null }),
      )

/** Places with no number that are education all the same; being at home by choice, or nowhere, secures no place. */
const EDUCATES: ReadonlySet<string> = new Set(['OLA', 'OPA', 'EYP', 'OTH'])

/**
 * Does a placement end the wait for a place needed from a day? Where the child was already, or is in the meantime, does not; nor
 * does a second placement beside a main one.
 */
export const securesPlace = (
  place: Pick<NewPlacement, 'urn' | 'code' | 'rank' | 'kind' | 'fromOn' | 'toOn'>,
  neededOn: string,
): boolean =>
  place.rank === 1 &&
  place.kind !== 'interim' &&
  (place.urn !== null || EDUCATES.has(place.code ?? '')) &&
  (place.kind === 'named' || place.fromOn >= neededOn) &&
  ((place.toOn ?? null) === null || place.toOn! > neededOn)

/** Keeps a placement with its line of the history; a place that was needed is secured by it from its first day. */
export async function keepPlacement(trx: Trx, place: NewPlacement): Promise<string> {
  const needed = await trx
    .selectFrom('place_needed')
    .select(['id', 'needed_on'])
    .where('child_id', '=', place.childId)
    .where('secured_on', 'is', null)
    .executeTakeFirst()
  const secures = needed !== undefined && securesPlace(place, needed.needed_on)
  const event = await recordEvent(trx, {
    childId: place.childId,
    processId: place.processId,
    kind: 'placement_made',
    on: place.fromOn,
    today: place.today,
    by: place.by,
    payload: {
      setting: place.urn,
      settingName: place.placeName,
      code: place.code,
      boarding: place.boarding,
      rank: String(place.rank),
    },
  })
  const { id } = await trx
    .insertInto('placement')
    .values({
      child_id: place.childId,
      process_id: place.processId,
      setting_urn: place.urn,
      sen2_code: place.urn === null ? place.code : null,
      place_name: place.placeName,
      rank: place.rank,
      kind: place.kind,
      boarding: place.boarding,
      from_on: place.fromOn,
      to_on: place.toOn ?? null,
      ended_why: place.endedWhy ?? null,
      needed_on: secures ? needed.needed_on : null,
      version_id: place.versionId ?? null,
      recorded_by: place.by,
      recorded_on: place.today,
      event_id: event,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (secures)
    await trx
      .updateTable('place_needed')
      .set({
        secured_on: place.fromOn < needed.needed_on ? needed.needed_on : place.fromOn,
        ended_why: 'secured',
      })
      .where('id', '=', needed.id)
      .execute()
  return id
}

/** Ends a placement on a day, exclusive, with the reason. */
export async function endPlacement(
  trx: Trx,
  place: Placement,
  end: {
    readonly childId: string
    readonly processId: string | null
    readonly on: string
    readonly why: string
    readonly today: string
    readonly by: string
  },
): Promise<void> {
  await trx
    .updateTable('placement')
    .set({ to_on: end.on, ended_why: end.why })
    .where('id', '=', place.id)
    .execute()
  await recordEvent(trx, {
    childId: end.childId,
    processId: end.processId,
    kind: 'placement_ended',
    on: end.on,
    today: end.today,
    by: end.by,
    payload: { setting: place.urn, settingName: place.placeName, reason: end.why },
  })
}

/** A final plan that names a setting, as the step that sends it knows it. */
export interface FinalThatNames {
  readonly childId: string
  /** The case the plan was decided in, which holds the decision about section I. */
  readonly processId: string
  /** The plan's own life, which the placement belongs to; the same where a plan is amended. */
  readonly planProcessId: string
  readonly settingUrn: string
  readonly versionId: string | null
  readonly sentOn: string
  readonly today: string
  readonly by: string
}

/**
 * Makes the placement that a final plan names, from the start day decided (the day it was sent, where none was). The main
 * placement there was ends that day; one that is already at the setting goes on. Called in the transaction of the final.
 * @returns the id of the placement that now stands for the final
 */
export async function placementFromFinal(trx: Trx, final: FinalThatNames): Promise<string> {
  const decision = await trx
    .selectFrom('naming_decision')
    .select(['id', 'setting_urn', 'start_on', 'boarding'])
    .where('process_id', '=', final.processId)
    .orderBy('decided_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const decided = decision?.setting_urn === final.settingUrn ? decision : undefined
  if (decided && final.versionId !== null)
    await trx
      .updateTable('naming_decision')
      .set({ version_id: final.versionId })
      .where('id', '=', decided.id)
      .execute()
  const fromOn = decided?.start_on ?? final.sentOn
  const boarding = (decided?.boarding ?? 'day') as Boarding
  const held = await findPlacements(trx, final.childId)
  for (const before of held) {
    if (before.rank !== 1 || (before.toOn !== null && before.toOn <= fromOn)) continue
    const isSame = before.urn === final.settingUrn && before.boarding === boarding && before.fromOn <= fromOn
    if (isSame && before.toOn === null) return before.id
    await endPlacement(trx, before, {
      childId: final.childId,
      processId: final.planProcessId,
      // One that was still to begin never does.
      on: before.fromOn > fromOn ? before.fromOn : fromOn,
      why: 'moved',
      today: final.today,
      by: final.by,
    })
  }
  const setting = await trx
    .selectFrom('setting')
    .select('name')
    .where('urn', '=', final.settingUrn)
    .executeTakeFirstOrThrow()
  return keepPlacement(trx, {
    childId: final.childId,
    processId: final.planProcessId,
    urn: final.settingUrn,
    code: null,
    placeName: setting.name,
    rank: 1,
    kind: 'named',
    boarding,
    fromOn,
    versionId: final.versionId,
    today: final.today,
    by: final.by,
  })
}

/** A place in words: its name, or what its code means. */
export const placeWords = (place: Pick<Placement, 'placeName' | 'code'>): string =>
  isPlaceCode(place.code ?? undefined)
    ? `${place.placeName} (${place.code}: ${PLACES_WITHOUT_NUMBER[place.code as keyof typeof PLACES_WITHOUT_NUMBER]})`
    : place.placeName
