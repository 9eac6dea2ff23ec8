import type { LoadRow, UnassignedRow } from './queries.ts'

export interface Suggestion {
  readonly id: string
  readonly name: string
  readonly why: string
}

/**
 * Who might take a case: a coordinator of its locality, the least loaded first; one who already works with the child's
 * setting goes before when their load is within a tenth of the least. An open assessment weighs as five plans.
 * @returns nobody when there is no coordinator at all
 */
export function suggestFor(
  row: Pick<UnassignedRow, 'locality_id' | 'setting_urn'>,
  loads: readonly LoadRow[],
  settingHands: ReadonlyMap<string, string>,
): Suggestion | null {
  const coordinators = loads.filter(
    (one): one is LoadRow & { id: string; name: string } =>
      one.id !== null && one.name !== null && isCoordinator(one),
  )
  const local = coordinators.filter((one) => one.locality_id === row.locality_id)
  const pool = local.length > 0 ? local : coordinators
  const least = pool.reduce<(typeof pool)[number] | null>(
    (best, one) => (best === null || weight(one) < weight(best) ? one : best),
    null,
  )
  if (!least) return null
  const known =
    row.setting_urn === null
      ? undefined
      : pool.find((one) => one.id === settingHands.get(row.setting_urn ?? ''))
  if (known && known.id !== least.id && weight(known) <= weight(least) * 1.1)
    return { id: known.id, name: known.name, why: 'works with the setting already' }
  return {
    id: least.id,
    name: least.name,
    why: local.length > 0 ? 'lightest load in the locality' : 'lightest load',
  }
}

export const weight = (load: Pick<LoadRow, 'open' | 'plans'>): number => load.open * 5 + load.plans

const isCoordinator = (load: LoadRow): boolean => load.role === 'plan-coordinator'
