/** Parts of provision that are not there. The mark is on the whole statement, because there is no word to point at. */
import { PROVISION_PLACES, type Rule } from '../rule.ts'

export const missingQuantity: Rule = {
  id: 'missing-quantity',
  finds: 'no amount: how long, how often, or both',
  places: PROVISION_PLACES,
  why: 'Without how long and how often nobody can tell whether it was given, and a shortfall cannot be shown.',
  law: ['code969', 'clarke', 'act42'],
  better:
    'Add the length and the frequency: "for 30 minutes, twice each week", or each time it must happen: "in every lesson".',
  bad: [
    'Sam will be helped with his reading.',
    'Weekly occupational therapy sessions with an occupational therapist.',
  ],
  good: [
    'Weekly occupational therapy sessions of 40 minutes with a qualified occupational therapist.',
    'The class teacher will say his name before every instruction.',
  ],
  find: (statement, reading) => (reading.isProvision && !reading.isQuantified ? [[0, statement.length]] : []),
}

export const missingDeliverer: Rule = {
  id: 'missing-deliverer',
  finds: 'nobody to give it: by whom, and with what qualification',
  places: PROVISION_PLACES,
  why: 'The level of expertise is part of the provision: an hour with a therapist is not an hour with whoever is free.',
  law: ['code969', 'clarke'],
  better: 'Name the post and the qualification: "by a teaching assistant trained in … by the therapist".',
  bad: ['30 minutes of phonics every day.', 'Someone will read with Sam for ten minutes each day.'],
  good: [
    '25 hours per week of one to one support from a teaching assistant.',
    'The council will supply a height-adjustable table by 1 September 2026.',
  ],
  find: (statement, reading) =>
    reading.isProvision && reading.needsSomebody && !reading.hasDeliverer ? [[0, statement.length]] : [],
}
