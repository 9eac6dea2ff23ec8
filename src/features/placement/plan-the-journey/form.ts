import { z } from 'zod'
import { choice, optionalDate, optionalText, plainDate, yesOrNo } from '../../../platform/forms.ts'
import { readPence } from '../../../record/money/index.ts'
import {
  FUELS,
  type Fuel,
  KM_PER_MILE,
  TRAVEL_GROUNDS,
  TRAVEL_MODES,
  type TravelGround,
  type TravelMode,
} from '../../../record/travel/index.ts'

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) => Object.keys(record) as [K, ...K[]]

/** A distance as typed, at most two decimal places; empty is not known. */
const distance = (what: string) =>
  z
    .string()
    .optional()
    .transform((typed, context): number | null => {
      const bare = typed?.trim() ?? ''
      if (bare === '') return null
      if (/^\d{1,3}(\.\d{1,2})?$/.test(bare)) return Number(bare)
      context.addIssue({
        code: 'custom',
        message: `${what} must be a number like 8 or 8.5, with no words: choose the unit beside it`,
      })
      return z.NEVER
    })

/** A whole number in a range. */
const whole = (message: string, least: number, most: number) =>
  z
    .string({ error: message })
    .trim()
    .transform((typed, context): number => {
      const read = /^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN
      if (read >= least && read <= most) return read
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })

const miles = (typed: number | null, unit: 'miles' | 'km'): number | null =>
  typed === null ? null : unit === 'miles' ? typed : Math.round((typed / KM_PER_MILE) * 100) / 100

/** The questions about a journey; distances come out in miles, and cost in pence. */
export const journeyForm = z
  .object({
    place: z
      .string({ error: 'Choose where the child travels to' })
      .min(1, 'Choose where the child travels to'),
    placeName: optionalText({ max: 200 }),
    from: plainDate('the day it starts'),
    ground: choice(keysOf<TravelGround>(TRAVEL_GROUNDS), 'Choose the ground'),
    groundWords: optionalText({ max: 4000 }),
    unit: choice(['miles', 'km'], 'Choose miles or kilometres'),
    walkMiles: distance('The walking distance'),
    walkSource: optionalText({ max: 200 }),
    walkOn: optionalDate('the day the walk was measured'),
    roadMiles: distance('The road distance'),
    roadSource: optionalText({ max: 200 }),
    roadOn: optionalDate('the day the road was measured'),
    mode: choice(keysOf<TravelMode>(TRAVEL_MODES), 'Choose how the child travels'),
    fuel: choice(keysOf<Fuel>(FUELS), 'Choose the fuel, or not known'),
    children: whole('Children in the vehicle must be a number from 1 to 80', 1, 80),
    assistant: yesOrNo('Choose whether a passenger assistant goes with them'),
    residential: yesOrNo('Choose whether the child boards'),
    legs: whole('Journeys with the child on a day must be from 1 to 4', 1, 4),
    days: whole('Days must be a number from 1 to 366', 1, 366),
    emptyPercent: whole('Empty running must be a number from 0 to 200', 0, 200),
    minutes: z
      .string()
      .optional()
      .transform((typed, context): number | null => {
        const bare = typed?.trim() ?? ''
        if (bare === '') return null
        const read = /^\d{1,3}$/.test(bare) ? Number(bare) : 0
        if (read >= 1 && read <= 600) return read
        context.addIssue({ code: 'custom', message: 'Minutes must be a whole number from 1 to 600' })
        return z.NEVER
      }),
    cost: z
      .string()
      .optional()
      .transform((typed, context): number | null => {
        const bare = typed?.trim() ?? ''
        if (bare === '') return null
        const read = readPence(bare)
        if (read !== null && read <= 100_000_000) return read
        context.addIssue({ code: 'custom', message: 'The cost must be an amount like 7,600 or 7600.50' })
        return z.NEVER
      }),
    reviewOn: optionalDate('the day it is reviewed'),
    trainingGoal: optionalText({ max: 1000 }),
    confirmed: z.string().optional(),
  })
  .superRefine((answer, context) => {
    const missing = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (answer.place === 'other' && !answer.placeName) missing('placeName', 'Enter the name of the place')
    for (const [typed, source, on, what] of [
      [answer.walkMiles, answer.walkSource, answer.walkOn, 'walk'],
      [answer.roadMiles, answer.roadSource, answer.roadOn, 'road'],
    ] as const) {
      if (typed === null) continue
      if (!source) missing(`${what}Source`, 'Enter the tool or map it was measured with')
      if (!on) missing(`${what}On`, 'Enter the day it was measured')
    }
    if (answer.reviewOn && answer.reviewOn <= answer.from)
      missing('reviewOn', 'The review must be after the day it starts')
  })
  .transform(({ unit, walkMiles, roadMiles, ...rest }) => ({
    ...rest,
    walkMiles: miles(walkMiles, unit),
    roadMiles: miles(roadMiles, unit),
  }))

export type JourneyAnswer = z.output<typeof journeyForm>
