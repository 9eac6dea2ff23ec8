import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { date } from '../../law/index.ts'
import {
  climateLine,
  doubtsOfTravel,
  emissionsOf,
  FACTORS,
  factorOf,
  factorYearFor,
  type JourneyCounted,
  median,
  percentile,
  type Travelled,
  type TypedTravel,
  travelFigures,
  type WalkingQuestion,
  WELL_TO_TANK,
  walkingTest,
} from './index.ts'

const taxi: Travelled = {
  mode: 'taxi',
  fuel: 'unknown',
  roadMiles: 25,
  legs: 2,
  days: 190,
  emptyShare: 1,
  children: 1,
}
const kg = (one: Travelled, year: number) => {
  const found = emissionsOf(one, year)
  if (!found.known) return found.why
  return [found.loadedKg, found.emptyKg, found.wellToTankKg].map((n) => (n === null ? null : Math.round(n)))
}

describe('Emissions', () => {
  test('25 miles each way, one child, a taxi that goes back empty, 190 days, 2025', () => {
    const found = emissionsOf(taxi, 2025)
    if (!found.known) throw new Error(found.why)
    expect(Math.round(found.loadedKg)).toBe(3181)
    expect(Math.round(found.loadedKg + found.emptyKg)).toBe(6362)
    expect(Math.round(found.wellToTankKg!)).toBe(791)
  })
  test('are shared by the children in a vehicle, and not again by passengers whose seats have a factor', () => {
    expect(kg({ ...taxi, mode: 'shared-taxi', children: 3 }, 2025)).toEqual([1060, 1060, 264])
    expect(kg({ ...taxi, mode: 'bus', children: 40 }, 2025)).toEqual([1915, 0, null])
  })
  test('of a minibus are those of the average diesel van, and it says so', () => {
    const found = emissionsOf({ ...taxi, mode: 'minibus', children: 8 }, 2021)
    expect(found).toMatchObject({
      known: true,
      words: expect.stringContaining('average diesel van stands for it'),
    })
  })
  test('are not known for a year without factors, a train, or no distance: never another year’s', () => {
    expect(kg(taxi, 2019)).toContain('no 2019 factor')
    expect(kg({ ...taxi, mode: 'minibus' }, 2025)).toContain('no 2025 factor')
    expect(kg({ ...taxi, mode: 'rail' }, 2025)).toContain('no factor is held for trains')
    expect(kg({ ...taxi, roadMiles: null }, 2025)).toContain('not recorded')
    expect([2019, 2022, 2026].map(factorYearFor)).toEqual([2020, 2022, 2025])
  })
  test('of a child who boards count the journeys home', () => {
    expect(kg({ ...taxi, roadMiles: 100, days: 12, emptyShare: 0 }, 2025)).toEqual([804, 0, 200])
  })
  test('say when their factor is not yet checked', () => {
    expect(emissionsOf(taxi, 2020)).toMatchObject({ words: expect.stringContaining('not yet checked') })
  })
  test('use the figures of the data file', () => {
    const held = JSON.parse(readFileSync('data/greenhouse-factors.json', 'utf8')) as {
      factors: { id: keyof typeof FACTORS; year: number; kgPerKm: number; per: string; checked: boolean }[]
      wellToTank: { id: keyof typeof FACTORS; year: number; kgPerKm: number }[]
    }
    for (const one of held.factors)
      expect(factorOf(one.id, one.year)).toMatchObject({
        kgPerKm: one.kgPerKm,
        checked: one.checked,
        per: one.per.replace('-km', ''),
      })
    expect(held.factors).toHaveLength(Object.values(FACTORS).flatMap((one) => Object.keys(one.years)).length)
    for (const one of held.wellToTank) expect(WELL_TO_TANK[one.id]?.[one.year]).toBe(one.kgPerKm)
  })
})

const asked: WalkingQuestion = {
  bornOn: date('2016-05-10'),
  on: date('2024-05-09'),
  walkMiles: 2.5,
  lowIncome: false,
  cannotWalk: false,
  unsafeRoute: false,
  nearestSuitable: true,
  oneOfThreeNearest: false,
  religionOrBelief: false,
}
const ground = (more: Partial<WalkingQuestion>) => {
  const { entitled, ground: found } = walkingTest({ ...asked, ...more })
  return `${entitled}: ${found}`
}

describe('Walking distance', () => {
  test.each([
    ['the day before the eighth birthday, 2.5 miles', {}, 'yes: beyond-walking-distance'],
    ['the eighth birthday, 2.5 miles', { on: date('2024-05-10') }, 'no: none'],
    ['exactly 2 miles is not beyond 2 miles', { walkMiles: 2 }, 'no: none'],
    ['over 3 miles at 8', { on: date('2024-05-10'), walkMiles: 3.1 }, 'yes: beyond-walking-distance'],
    ['far, but not the nearest suitable', { walkMiles: 9, nearestSuitable: false }, 'no: none'],
    ['needs ignore distance', { walkMiles: 0.4, cannotWalk: true }, 'yes: cannot-walk'],
    ['an unsafe route ignores distance', { walkMiles: null, unsafeRoute: true }, 'yes: unsafe-route'],
    ['not measured', { walkMiles: null }, 'not-known: none'],
    ['low income at 8', { on: date('2024-05-10'), lowIncome: true }, 'yes: low-income-8-to-10'],
    [
      'low income at 12, third nearest',
      { on: date('2028-06-01'), lowIncome: true, oneOfThreeNearest: true },
      'yes: low-income-11-to-16',
    ],
    [
      'low income at 12, over 6 miles but not the nearest',
      {
        on: date('2028-06-01'),
        lowIncome: true,
        oneOfThreeNearest: true,
        nearestSuitable: false,
        walkMiles: 6.1,
      },
      'no: none',
    ],
    [
      'religion or belief at 12, 14 miles',
      {
        on: date('2028-06-01'),
        lowIncome: true,
        religionOrBelief: true,
        nearestSuitable: false,
        walkMiles: 14,
      },
      'yes: religion-or-belief',
    ],
    ['under 5', { on: date('2020-09-01') }, 'policy: discretion'],
    ['17', { on: date('2033-09-01') }, 'policy: post-16'],
    ['19', { on: date('2035-09-01') }, 'policy: adult'],
  ] as const)('%s', (_what, more, answer) => expect(ground(more)).toBe(answer))
})

const typed: TypedTravel = {
  mode: 'taxi',
  roadMiles: 8,
  walkMiles: null,
  straightMiles: 6,
  residential: false,
  days: 190,
  children: 1,
  emptyShare: 1,
  sameHomeAndSetting: false,
}
const doubts = (more: Partial<TypedTravel>) =>
  doubtsOfTravel({ ...typed, ...more }).map((one) => `${one.field}${one.mayStand ? '?' : ''}`)

describe('Distances as typed', () => {
  test.each([
    ['an ordinary journey', {}, []],
    ['nothing', { roadMiles: 0 }, ['roadMiles']],
    ['the straight line for a road', { roadMiles: 6 }, ['roadMiles?']],
    ['shorter than the straight line', { roadMiles: 4 }, ['roadMiles']],
    ['perhaps kilometres', { roadMiles: 14 }, ['roadMiles?']],
    ['400 miles in a day', { roadMiles: 400, straightMiles: null }, ['roadMiles']],
    ['400 miles for a boarder', { roadMiles: 400, straightMiles: 300, residential: true, days: 12 }, []],
    ['a boarder’s days at school', { residential: true }, ['days']],
    ['home is the setting', { straightMiles: 0, sameHomeAndSetting: true }, ['roadMiles?']],
    ['three alone in a taxi', { children: 3 }, ['children']],
    ['a walk through walls', { walkMiles: 5 }, ['walkMiles']],
  ] as const)('%s', (_what, more, fields) => expect(doubts(more)).toEqual(fields))
})

const counted = (childId: string, more: Partial<JourneyCounted> = {}): JourneyCounted => ({
  ...taxi,
  childId,
  localityId: 'north',
  outOfCounty: false,
  minutes: 50,
  guideMinutes: 45,
  yearlyPence: 1_000_000,
  ...more,
})

describe('Figures of the authority', () => {
  test('the middle and the ninetieth are values that stand up to counting', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([1, 2])).toBe(1.5)
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9)
    expect([median([]), percentile([], 0.9)]).toEqual([null, null])
  })
  test('emissions of many are the sum of each one’s', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 149 }), { minLength: 1, maxLength: 20 }), (miles) => {
        const all = miles.map((roadMiles, n) => counted(`c${n}`, { roadMiles }))
        const sum = all.reduce((kilos, one) => {
          const found = emissionsOf(one, 2025)
          return kilos + (found.known ? found.loadedKg : 0)
        }, 0)
        expect(travelFigures(all, 2025).loadedKg).toBeCloseTo(sum, 6)
      }),
    ))
  test('the climate line says what it rests on, and holds back small numbers when published', () => {
    const six = Array.from({ length: 6 }, (_, n) => counted(`c${n}`, { outOfCounty: n < 2 }))
    const line = climateLine(travelFigures(six, 2025), 2025, '2025-11-03', '3 November 2025', false)
    expect(line).toMatchObject({
      numerator: 6,
      denominator: 6,
      factorYear: 2025,
      loadedKg: 19086,
      wellToTankKg: 4748,
    })
    expect(line.sentence).toBe(
      'On 3 November 2025 the journeys of 6 children came to 19.1 tonnes of CO2e a year with a child aboard, and 19.1 tonnes more running empty, by the government’s 2025 factors at the tailpipe; getting the fuel to the tank adds 4.7 tonnes where a factor is held. The middle journey is 25 miles by road each way, and 2 children go to a place outside the county.',
    )
    const told = (n: number) =>
      climateLine(travelFigures(six.slice(0, n), 2025), 2025, '2025-11-03', '3 November 2025', true)
    expect(told(6).sentence).not.toContain('outside the county')
    expect(told(4)).toMatchObject({ numerator: null, denominator: null, loadedKg: null })
    const oneUnknown = [...six, counted('c7', { roadMiles: null })]
    expect(
      climateLine(travelFigures(oneUnknown, 2025), 2025, '2025-11-03', '3 November 2025', true),
    ).toMatchObject({ numerator: 6, denominator: null })
  })
})
