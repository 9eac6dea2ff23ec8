import { emissionsOf, type Travelled } from './carbon.ts'

/** A journey in force, as the figures need it: no name, no address. */
export interface JourneyCounted extends Travelled {
  readonly childId: string
  readonly localityId: string | null
  readonly outOfCounty: boolean | null
  readonly minutes: number | null
  /** The guide time for the child's phase: 45 minutes primary, 75 secondary. */
  readonly guideMinutes: 45 | 75
  readonly yearlyPence: number | null
}

export interface TravelFigures {
  /** Children with at least one journey that is not walked. */
  readonly children: number
  readonly journeys: number
  readonly milesKnown: number
  readonly medianMiles: number | null
  readonly ninetiethMiles: number | null
  readonly outOfCounty: number
  readonly placeNotKnown: number
  readonly overGuide: number
  readonly minutesKnown: number
  readonly yearlyPence: number
  readonly costKnown: number
  readonly loadedKg: number
  readonly emptyKg: number
  readonly wellToTankKg: number
  /** Children with a journey whose emissions are known, and why the others' are not. */
  readonly emissionsKnown: number
  readonly wellToTankKnown: number
  readonly notKnown: ReadonlyMap<string, number>
  readonly kgPerChild: number | null
  readonly someUnchecked: boolean
}

/** The value at a share of the sorted values, by nearest rank: always one that occurs. Null of none. */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
}

/** The middle value, or half way between the two in the middle. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : Math.round((sorted[half - 1]! + sorted[half]!) * 50) / 100
}

/** What the journeys of a day come to, by the factors of a year. */
export function travelFigures(journeys: readonly JourneyCounted[], factorYear: number): TravelFigures {
  const ridden = journeys.filter((one) => one.mode !== 'walk')
  const miles = ridden.flatMap((one) => (one.roadMiles === null ? [] : [one.roadMiles]))
  const notKnown = new Map<string, number>()
  const known = new Set<string>()
  let [loadedKg, emptyKg, wellToTankKg, wellToTankKnown] = [0, 0, 0, 0]
  let someUnchecked = false
  for (const one of ridden) {
    const found = emissionsOf(one, factorYear)
    if (!found.known) {
      notKnown.set(found.why, (notKnown.get(found.why) ?? 0) + 1)
      continue
    }
    known.add(one.childId)
    loadedKg += found.loadedKg
    emptyKg += found.emptyKg
    if (found.wellToTankKg !== null) {
      wellToTankKg += found.wellToTankKg
      wellToTankKnown++
    }
    someUnchecked ||= found.factor?.checked === false
  }
  return {
    children: new Set(ridden.map((one) => one.childId)).size,
    journeys: ridden.length,
    milesKnown: miles.length,
    medianMiles: median(miles),
    ninetiethMiles: percentile(miles, 0.9),
    outOfCounty: new Set(ridden.filter((one) => one.outOfCounty === true).map((one) => one.childId)).size,
    placeNotKnown: ridden.filter((one) => one.outOfCounty === null).length,
    overGuide: ridden.filter((one) => one.minutes !== null && one.minutes > one.guideMinutes).length,
    minutesKnown: ridden.filter((one) => one.minutes !== null).length,
    yearlyPence: ridden.reduce((sum, one) => sum + (one.yearlyPence ?? 0), 0),
    costKnown: ridden.filter((one) => one.yearlyPence !== null).length,
    loadedKg,
    emptyKg,
    wellToTankKg,
    emissionsKnown: known.size,
    wellToTankKnown,
    notKnown,
    kgPerChild: known.size === 0 ? null : loadedKg / known.size,
    someUnchecked,
  }
}

/** The climate line of the committee report, with all it rests on. */
export interface ClimateLine {
  readonly sentence: string
  /** Children whose journeys' emissions are known. */
  readonly numerator: number | null
  /** Children with a journey that is not walked. */
  readonly denominator: number | null
  readonly asAt: string
  readonly factorYear: number
  readonly loadedKg: number | null
  readonly emptyKg: number | null
  readonly wellToTankKg: number | null
}

/** A count that could point at somebody. */
const small = (count: number): boolean => count >= 1 && count <= 4
const tonnes = (kg: number): string => (kg / 1000).toFixed(1)

/**
 * @param asAt ISO day
 * @param asAtWords the day as people read it
 * @param published for a reader outside the service: small numbers are held back, with whatever would give them away
 */
export function climateLine(
  figures: TravelFigures,
  factorYear: number,
  asAt: string,
  asAtWords: string,
  published: boolean,
): ClimateLine {
  const { children, emissionsKnown, outOfCounty } = figures
  const about = { asAt, factorYear }
  if (published && (small(emissionsKnown) || small(children)))
    return {
      ...about,
      sentence: `On ${asAtWords} too few children had a journey worked out for figures to be published.`,
      numerator: null,
      denominator: null,
      loadedKg: null,
      emptyKg: null,
      wellToTankKg: null,
    }
  if (emissionsKnown === 0)
    return {
      ...about,
      sentence: `On ${asAtWords} no journey had been worked out by the ${factorYear} government factors.`,
      numerator: 0,
      denominator: published && small(children) ? null : children,
      loadedKg: null,
      emptyKg: null,
      wellToTankKg: null,
    }
  const left = children - emissionsKnown
  const hold = published && small(left)
  const away = published && (small(outOfCounty) || small(children - outOfCounty))
  return {
    ...about,
    sentence: [
      `On ${asAtWords} the journeys of ${emissionsKnown}${hold || left === 0 ? '' : ` of ${children}`} ${(hold || left === 0 ? emissionsKnown : children) === 1 ? 'child' : 'children'} came to ${tonnes(figures.loadedKg)} tonnes of CO2e a year with a child aboard, and ${tonnes(figures.emptyKg)} tonnes more running empty, by the government’s ${factorYear} factors at the tailpipe`,
      figures.wellToTankKnown > 0
        ? `; getting the fuel to the tank adds ${tonnes(figures.wellToTankKg)} tonnes where a factor is held`
        : '',
      figures.medianMiles === null
        ? ''
        : `. The middle journey is ${figures.medianMiles} miles by road each way`,
      away || outOfCounty === 0
        ? ''
        : `, and ${outOfCounty} ${outOfCounty === 1 ? 'child goes' : 'children go'} to a place outside the county`,
      figures.someUnchecked ? '. Those factors are not yet checked against the publication' : '',
      '.',
    ].join(''),
    numerator: emissionsKnown,
    denominator: hold ? null : children,
    loadedKg: Math.round(figures.loadedKg),
    emptyKg: Math.round(figures.emptyKg),
    wellToTankKg: figures.wellToTankKnown > 0 ? Math.round(figures.wellToTankKg) : null,
  }
}
