import { fromCivil, type PlainDate, toCivil } from '../src/law/index.ts'
import { ageOn, plus } from './days.ts'
import type { Journey } from './journeys.ts'
import { AGES_AT_START, bornToBe } from './people.ts'
import { chanceFor } from './random.ts'

/** Why a child is in the record: a request, a plan older than the first month, or a plan that moved in. */
export type Reason =
  | { readonly type: 'request'; readonly journey: Journey }
  | { readonly type: 'older-plan'; readonly startedOn: PlainDate }
  | { readonly type: 'moved-in'; readonly on: PlainDate; readonly madeOn: PlainDate }

export interface Subject {
  readonly number: number
  readonly reason: Reason
  readonly registeredOn: PlainDate
  readonly bornOn: PlainDate
  readonly ageAtStart: number
  familyNumber: number
  placeInFamily: number
}

// Ages on the last day of those whose plan is older than the first month.
const AGES_OF_OLDER: readonly (readonly [number, number])[] = [
  [6, 30],
  [7, 60],
  [8, 95],
  [9, 135],
  [10, 175],
  [11, 200],
  [12, 220],
  [13, 250],
  [14, 265],
  [15, 250],
  [16, 235],
  [17, 220],
  [18, 190],
  [19, 160],
  [20, 120],
  [21, 95],
  [22, 65],
  [23, 45],
  [24, 30],
]

/** Every child of the record in order of registration, with the families shared out. */
export function makeSubjects(options: {
  readonly seed: string
  readonly journeys: readonly Journey[]
  readonly olderPlans: number
  readonly from: PlainDate
  readonly asAt: PlainDate
}): readonly Subject[] {
  const { seed, from, asAt } = options
  const subjects: Subject[] = []
  const add = (reason: Reason, registeredOn: PlainDate, bornOn: PlainDate): void => {
    const start =
      reason.type === 'request'
        ? registeredOn
        : reason.type === 'older-plan'
          ? reason.startedOn
          : reason.madeOn
    subjects.push({
      number: 0,
      reason,
      registeredOn,
      bornOn,
      ageAtStart: ageOn(bornOn, start),
      familyNumber: 0,
      placeInFamily: 0,
    })
  }
  for (let index = 0; index < options.olderPlans; index++) {
    const chance = chanceFor(seed, 'older plan', index)
    const age = chance.weighted(AGES_OF_OLDER)
    const bornOn = bornToBe(chance, age, asAt)
    // Plans began in September 2014; none starts before the second birthday.
    const soonest = Math.max(fromCivil(2014, 9, 15), from - 1500, bornOn + 760) as PlainDate
    const startedOn = plus(soonest, chance.between(0, Math.max(0, from - 8 - soonest)))
    add({ type: 'older-plan', startedOn }, plus(startedOn, -150), bornOn)
  }
  const years = Math.max(1, toCivil(asAt).year - toCivil(from).year)
  const movers = Math.round((options.olderPlans / 75) * (years + 0.8))
  for (let index = 0; index < movers; index++) {
    const chance = chanceFor(seed, 'moved in', index)
    const on = plus(from, chance.between(10, asAt - from - 20))
    const bornOn = bornToBe(chance, chance.between(5, 16), on)
    add({ type: 'moved-in', on, madeOn: plus(on, -chance.between(40, 900)) }, on, bornOn)
  }
  for (const journey of options.journeys) {
    const chance = chanceFor(seed, 'request', journey.number)
    const ages =
      journey.by === 'early-years'
        ? AGES_AT_START.filter(([age]) => age <= 4)
        : journey.by === 'post-16' || journey.by === 'young-person'
          ? AGES_AT_START.filter(([age]) => age >= 16)
          : journey.by === 'school'
            ? AGES_AT_START.filter(([age]) => age >= 4 && age <= 17)
            : AGES_AT_START
    add(
      { type: 'request', journey },
      journey.receivedOn,
      bornToBe(chance, chance.weighted(ages), journey.receivedOn),
    )
  }
  const ordered = subjects.toSorted((a, b) => a.registeredOn - b.registeredOn)
  shareFamilies(seed, ordered)
  return ordered.map((subject, index) => ({ ...subject, number: index + 1 }))
}

/** About one child in ten has a brother or sister in the record: born at least ten months apart, or twins. */
function shareFamilies(seed: string, subjects: readonly Subject[]): void {
  const chance = chanceFor(seed, 'families')
  let families = 0
  const sizes = new Map<number, number>()
  for (const [index, subject] of subjects.entries()) {
    if (index > 0 && chance.is(0.1)) {
      const other = subjects[Math.max(0, index - 1 - chance.between(0, 400))]!
      const apart = Math.abs(other.bornOn - subject.bornOn)
      const size = sizes.get(other.familyNumber) ?? 1
      if (size < 3 && apart > 310 && apart < 12 * 365) {
        subject.familyNumber = other.familyNumber
        subject.placeInFamily = size
        sizes.set(other.familyNumber, size + 1)
        continue
      }
    }
    families++
    subject.familyNumber = families
    sizes.set(families, 1)
  }
}
