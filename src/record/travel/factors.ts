/**
 * Government conversion factors for company reporting (kg CO2e a kilometre, at the tailpipe), by year. The same figures with
 * their source and licence are in data/greenhouse-factors.json; a test holds the two equal. A year that is not here has no
 * figure: another year's is never used in its place without being named.
 */
export const FACTORS = {
  'car-unknown': {
    name: 'Average car, fuel not known',
    per: 'vehicle',
    years: { 2020: 0.1714, 2021: 0.17147, 2022: 0.17067, 2023: 0.16664, 2024: 0.16691, 2025: 0.16725 },
  },
  'car-diesel': {
    name: 'Average diesel car',
    per: 'vehicle',
    years: { 2020: 0.16844, 2021: 0.16844, 2022: 0.17082, 2023: 0.16983, 2024: 0.16984, 2025: 0.17304 },
  },
  'car-petrol': {
    name: 'Average petrol car',
    per: 'vehicle',
    years: { 2020: 0.1743, 2021: 0.17431, 2022: 0.17048, 2023: 0.16391, 2024: 0.1645, 2025: 0.16272 },
  },
  'car-electric': {
    name: 'Battery electric car, its electricity',
    per: 'vehicle',
    years: { 2021: 0.05477, 2022: 0.0514, 2023: 0.0548, 2024: 0.04745, 2025: 0.04047 },
  },
  taxi: {
    name: 'Regular taxi',
    per: 'vehicle',
    years: { 2020: 0.20369, 2021: 0.20826, 2022: 0.20826, 2023: 0.20806, 2024: 0.20805, 2025: 0.20806 },
  },
  'taxi-passenger': {
    name: 'Regular taxi, for each passenger (1.4 aboard): never used for school taxis',
    per: 'passenger',
    years: { 2022: 0.14876, 2023: 0.14861, 2024: 0.14861, 2025: 0.14861 },
  },
  bus: {
    name: 'Local bus outside London',
    per: 'passenger',
    years: { 2022: 0.10778, 2023: 0.11836, 2024: 0.12999, 2025: 0.12525 },
  },
  coach: {
    name: 'Coach',
    per: 'passenger',
    years: { 2022: 0.02733, 2023: 0.02718, 2024: 0.02717, 2025: 0.02776 },
  },
  'van-diesel': { name: 'Average diesel van', per: 'vehicle', years: { 2021: 0.24116 } },
} as const satisfies Record<
  string,
  {
    readonly name: string
    readonly per: 'vehicle' | 'passenger'
    readonly years: Readonly<Record<number, number>>
  }
>
export type FactorName = keyof typeof FACTORS

/** What it takes to get the fuel to the tank: a line of its own, never part of the tailpipe figure. */
export const WELL_TO_TANK: Readonly<Partial<Record<FactorName, Readonly<Record<number, number>>>>> = {
  'car-unknown': { 2025: 0.04399 },
  taxi: { 2025: 0.05176 },
}

/** Years whose figures were read second-hand and wait to be checked against the publication. */
const UNCHECKED_YEARS: ReadonlySet<number> = new Set([2020])

/** A factor in a year: the figure, and whether it was checked against the publication. */
export interface Factor {
  readonly name: FactorName
  readonly year: number
  readonly kgPerKm: number
  readonly per: 'vehicle' | 'passenger'
  readonly checked: boolean
}

/** The factor of a year; null where none is held for it. */
export function factorOf(name: FactorName, year: number): Factor | null {
  const kgPerKm = (FACTORS[name].years as Readonly<Record<number, number>>)[year]
  return kgPerKm === undefined
    ? null
    : { name, year, kgPerKm, per: FACTORS[name].per, checked: !UNCHECKED_YEARS.has(year) }
}

/** The years that hold a factor for cars and taxis, oldest first. */
export const FACTOR_YEARS: readonly number[] = Object.keys(FACTORS.taxi.years).map(Number)

/** The newest year of factors not after a year; the oldest held where all are after it. The reader is always told which. */
export const factorYearFor = (year: number): number =>
  FACTOR_YEARS.findLast((held) => held <= year) ?? FACTOR_YEARS[0]!
