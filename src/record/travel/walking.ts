import { fromCivil, iso, type PlainDate, toCivil } from '../../law/index.ts'
import { compulsorySchoolAgeEnds } from '../school-age.ts'

/** Grounds on which a council arranges or may arrange travel, with the law each rests on. */
export const TRAVEL_GROUNDS = {
  'beyond-walking-distance': {
    name: 'Lives beyond walking distance',
    law: 'Education Act 1996 s.508B, s.444(5) and Schedule 35B',
  },
  'cannot-walk': {
    name: 'Cannot reasonably walk, because of special educational needs, a disability or mobility',
    law: 'Education Act 1996 s.508B and Schedule 35B (distance does not matter)',
  },
  'unsafe-route': {
    name: 'No safe route to walk, even accompanied',
    law: 'Education Act 1996 s.508B and Schedule 35B (distance does not matter)',
  },
  'low-income-8-to-10': {
    name: 'Low income, aged 8 to 10, over 2 miles',
    law: 'Education Act 1996 Schedule 35B (extended rights)',
  },
  'low-income-11-to-16': {
    name: 'Low income, aged 11 to 16, 2 to 6 miles to one of the three nearest',
    law: 'Education Act 1996 Schedule 35B (extended rights)',
  },
  'religion-or-belief': {
    name: 'Low income, aged 11 to 16, 2 to 15 miles to the nearest school of the parents’ religion or belief',
    law: 'Education Act 1996 Schedule 35B (extended rights)',
  },
  'post-16': {
    name: 'Sixth form age: the council’s own policy statement decides',
    law: 'Education Act 1996 s.509AA',
  },
  adult: {
    name: '19 or over with a plan: what the council considers necessary, free of charge',
    law: 'Education Act 1996 s.508F',
  },
  discretion: {
    name: 'No right, arranged by the council’s choice',
    law: 'Education Act 1996 s.508C; under 5, s.509A',
  },
  none: { name: 'No right to travel help, and none arranged', law: 'Education Act 1996 s.508B' },
} as const
export type TravelGround = keyof typeof TRAVEL_GROUNDS
export const isTravelGround = (text: string): text is TravelGround => Object.hasOwn(TRAVEL_GROUNDS, text)

export interface WalkingQuestion {
  readonly bornOn: PlainDate
  readonly on: PlainDate
  /** The shortest route the child can walk in reasonable safety, accompanied as needed, footpaths and all; null when not measured. */
  readonly walkMiles: number | null
  readonly lowIncome: boolean
  /** Found for this child, not for a type of need. */
  readonly cannotWalk: boolean
  readonly unsafeRoute: boolean
  /** The nearest suitable school; the one a plan names normally is, unless a nearer one is named on conditions. */
  readonly nearestSuitable: boolean
  readonly oneOfThreeNearest: boolean
  readonly religionOrBelief: boolean
}

export interface WalkingAnswer {
  /** 'policy': no right of compulsory school age applies, and another duty or the council's choice does. */
  readonly entitled: 'yes' | 'no' | 'policy' | 'not-known'
  readonly ground: TravelGround
  readonly age: number
  readonly words: string
}

/** Whole years on a day. Somebody born on 29 February is a year older on 1 March of other years. */
export function ageOn(bornOn: PlainDate, on: PlainDate): number {
  const born = toCivil(bornOn)
  const day = toCivil(on)
  return (
    day.year -
    born.year -
    (day.month < born.month || (day.month === born.month && day.day < born.day) ? 1 : 0)
  )
}

/** The first day of compulsory school age: the 31 August, 31 December or 31 March on or after the fifth birthday (SI 1998/1607). */
export function compulsorySchoolAgeBegins(bornOn: PlainDate): PlainDate {
  const { year, month, day } = toCivil(bornOn)
  const fifth = fromCivil(year + 5, month, month === 2 && day === 29 ? 28 : day)
  const days = [fromCivil(year + 5, 3, 31), fromCivil(year + 5, 8, 31), fromCivil(year + 5, 12, 31)]
  return days.find((one) => one >= fifth)!
}

/**
 * The statutory test, by the child's age on the day: 2 miles under 8 and 3 from 8, "beyond" meaning more than; needs, disability,
 * mobility and an unsafe route ignore distance; low income extends the right. It helps somebody to decide, and decides nothing.
 */
export function walkingTest(asked: WalkingQuestion): WalkingAnswer {
  const { bornOn, on, walkMiles } = asked
  const age = ageOn(bornOn, on)
  const answer = (
    entitled: WalkingAnswer['entitled'],
    ground: TravelGround,
    words: string,
  ): WalkingAnswer => ({
    entitled,
    ground,
    age,
    words,
  })
  if (on < compulsorySchoolAgeBegins(bornOn))
    return answer(
      'policy',
      'discretion',
      `Below compulsory school age until ${iso(compulsorySchoolAgeBegins(bornOn))}: travel is the council’s choice.`,
    )
  if (on > compulsorySchoolAgeEnds(bornOn))
    return age >= 19
      ? answer('policy', 'adult', 'Over 18: the council decides what is necessary, and it is free of charge.')
      : answer(
          'policy',
          'post-16',
          'Over compulsory school age: the council’s own post-16 policy statement decides.',
        )
  if (asked.cannotWalk)
    return answer(
      'yes',
      'cannot-walk',
      'Cannot reasonably be expected to walk because of needs, disability or mobility: distance does not matter.',
    )
  if (asked.unsafeRoute)
    return answer('yes', 'unsafe-route', 'No route that is safe to walk: distance does not matter.')
  if (walkMiles === null)
    return answer(
      'not-known',
      'none',
      'The walking distance has not been measured. A straight line will not do: it is never the walking distance.',
    )
  const limit = age < 8 ? 2 : 3
  if (walkMiles > limit && asked.nearestSuitable)
    return answer(
      'yes',
      'beyond-walking-distance',
      `${walkMiles} miles is beyond the ${limit} miles for a child of ${age}.`,
    )
  if (asked.lowIncome && age >= 8 && age < 11 && walkMiles > 2 && asked.nearestSuitable)
    return answer(
      'yes',
      'low-income-8-to-10',
      `${walkMiles} miles is beyond the 2 miles for a child of ${age} on a low income.`,
    )
  if (asked.lowIncome && age >= 11) {
    if (asked.oneOfThreeNearest && walkMiles > 2 && walkMiles <= 6)
      return answer(
        'yes',
        'low-income-11-to-16',
        `${walkMiles} miles is between 2 and 6, to one of the three nearest suitable schools, on a low income.`,
      )
    if (asked.religionOrBelief && walkMiles > 2 && walkMiles <= 15)
      return answer(
        'yes',
        'religion-or-belief',
        `${walkMiles} miles is between 2 and 15, to the nearest school of the parents’ religion or belief, on a low income.`,
      )
  }
  return answer(
    'no',
    'none',
    walkMiles > limit
      ? `${walkMiles} miles is beyond the ${limit} miles for a child of ${age}, but this is not the nearest suitable school.`
      : `${walkMiles} miles is not beyond the ${limit} miles for a child of ${age}.`,
  )
}
