import { FACTORS, type Factor, type FactorName, factorOf, WELL_TO_TANK } from './factors.ts'
import { milesToKm } from './straight-line.ts'

export const TRAVEL_MODES = {
  walk: 'Walking',
  'own-car': 'Family’s own car, mileage paid',
  taxi: 'Taxi, alone',
  'shared-taxi': 'Taxi, shared',
  minibus: 'Minibus',
  coach: 'Coach',
  bus: 'Bus',
  rail: 'Train',
} as const
export type TravelMode = keyof typeof TRAVEL_MODES

export const FUELS = {
  unknown: 'Not known',
  petrol: 'Petrol',
  diesel: 'Diesel',
  electric: 'Battery electric',
} as const
export type Fuel = keyof typeof FUELS

/** What a journey's emissions follow from. */
export interface Travelled {
  readonly mode: TravelMode
  readonly fuel: Fuel
  /** One way, by road. */
  readonly roadMiles: number | null
  /** Journeys with the child aboard on each day travelled: 2 there and back. */
  readonly legs: number
  /** Days travelled in a year. For a child who boards, the journeys home, not the days at school. */
  readonly days: number
  /** Empty running for each loaded mile: 1 when the vehicle goes back empty each time. */
  readonly emptyShare: number
  /** Children in the vehicle, who share its emissions. */
  readonly children: number
}

export type Emissions =
  | {
      readonly known: true
      readonly loadedKg: number
      /** For running empty: a figure of its own. */
      readonly emptyKg: number
      /** Well to tank, of the loaded journeys; null where no factor is held. */
      readonly wellToTankKg: number | null
      readonly factor: Factor | null
      readonly words: string
    }
  | { readonly known: false; readonly why: string }

const FACTOR_OF: Readonly<Record<TravelMode, FactorName | null>> = {
  walk: null,
  'own-car': 'car-unknown',
  taxi: 'taxi',
  'shared-taxi': 'taxi',
  minibus: 'van-diesel',
  coach: 'coach',
  bus: 'bus',
  rail: null,
}

const factorFor = ({ mode, fuel }: Pick<Travelled, 'mode' | 'fuel'>): FactorName | null =>
  mode === 'own-car' && fuel !== 'unknown'
    ? `car-${fuel}`
    : (mode === 'taxi' || mode === 'shared-taxi') && fuel === 'electric'
      ? 'car-electric'
      : FACTOR_OF[mode]

/**
 * Kilograms of CO2 equivalent in a year for one child: km × loaded legs × days × factor ÷ children aboard, and the empty legs
 * beside it. Seats in a bus or coach have a factor for each passenger, so they are not divided again. Where no factor of the
 * year is held the answer is that it is not known.
 */
export function emissionsOf(journey: Travelled, year: number): Emissions {
  const { mode, roadMiles, legs, days, children } = journey
  if (mode === 'walk')
    return {
      known: true,
      loadedKg: 0,
      emptyKg: 0,
      wellToTankKg: 0,
      factor: null,
      words: 'Walking: no emissions',
    }
  if (roadMiles === null) return { known: false, why: 'the distance by road is not recorded' }
  const name = factorFor(journey)
  if (name === null) return { known: false, why: 'no factor is held for trains' }
  const factor = factorOf(name, year)
  if (factor === null) return { known: false, why: `no ${year} factor is held for: ${FACTORS[name].name}` }
  const km = milesToKm(roadMiles) * legs * days
  const sharing = factor.per === 'passenger' ? 1 : Math.max(1, children)
  const loadedKg = (km * factor.kgPerKm) / sharing
  const toTank = WELL_TO_TANK[name]?.[year]
  return {
    known: true,
    loadedKg,
    emptyKg: factor.per === 'passenger' ? 0 : loadedKg * journey.emptyShare,
    wellToTankKg: toTank === undefined ? null : (km * toTank) / sharing,
    factor,
    words: [
      `${FACTORS[name].name}, ${factor.kgPerKm} kg a km for each ${factor.per}, ${year} factors`,
      mode === 'minibus' ? 'a minibus has no factor of its own, so the average diesel van stands for it' : '',
      sharing > 1 ? `shared by ${sharing} children` : '',
      factor.checked ? '' : 'not yet checked against the publication',
    ]
      .filter(Boolean)
      .join('; '),
  }
}
