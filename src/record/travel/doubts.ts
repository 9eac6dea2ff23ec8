import type { TravelMode } from './carbon.ts'
import { KM_PER_MILE } from './straight-line.ts'

/** Something about typed distances that cannot be right, or that somebody must say is. */
export interface TravelDoubt {
  readonly field: 'roadMiles' | 'walkMiles' | 'days' | 'children' | 'emptyShare'
  readonly words: string
  /** It stands if the person says it is right; otherwise it is refused. */
  readonly mayStand: boolean
}

export interface TypedTravel {
  readonly mode: TravelMode
  readonly roadMiles: number | null
  readonly walkMiles: number | null
  readonly straightMiles: number | null
  readonly residential: boolean
  readonly days: number
  readonly children: number
  readonly emptyShare: number
  readonly sameHomeAndSetting: boolean
}

/** No day journey is longer: beyond it the child boards, or a figure is wrong. */
const LONGEST_DAY_MILES = 150
/** Postcodes are good to about a hundred metres at each end. */
const POSTCODE_MILES = 0.2

/** What is doubtful about distances as typed: units mixed up, a straight line for a road, nothing at all, the wrong home. */
export function doubtsOfTravel(typed: TypedTravel): readonly TravelDoubt[] {
  const { mode, roadMiles, walkMiles, straightMiles, residential } = typed
  const doubts: TravelDoubt[] = []
  const doubt = (field: TravelDoubt['field'], words: string, mayStand = false): void => {
    doubts.push({ field, words, mayStand })
  }
  if (mode !== 'walk' && roadMiles === 0)
    doubt('roadMiles', 'The road distance cannot be 0: leave it empty if it is not known')
  if (roadMiles !== null && roadMiles > 0) {
    if (!residential && roadMiles > LONGEST_DAY_MILES)
      doubt(
        'roadMiles',
        `Nobody goes ${roadMiles} miles to school and back in a day: check the distance, or say that the child boards`,
      )
    if (straightMiles !== null) {
      if (roadMiles < straightMiles - POSTCODE_MILES)
        doubt(
          'roadMiles',
          `The road cannot be shorter than the straight line, ${straightMiles} miles: check the distance and the unit`,
        )
      else if (straightMiles >= 1 && Math.abs(roadMiles - straightMiles) < 0.05)
        doubt(
          'roadMiles',
          'That is the straight line. Enter the distance by road, or say that it is right',
          true,
        )
      else if (straightMiles >= 2 && roadMiles > straightMiles * KM_PER_MILE * 1.4)
        doubt(
          'roadMiles',
          `That is more than twice the straight line, ${straightMiles} miles: were they kilometres? Say so, or that it is right`,
          true,
        )
    }
  }
  if (walkMiles !== null && straightMiles !== null && walkMiles < straightMiles - POSTCODE_MILES)
    doubt(
      'walkMiles',
      `A walk cannot be shorter than the straight line, ${straightMiles} miles: check the distance and the unit`,
    )
  if (typed.sameHomeAndSetting)
    doubt(
      'roadMiles',
      'The home postcode on the record is the setting’s own. For a child who boards, the family home is needed: check the child’s details, or say that it is right',
      true,
    )
  if (residential && typed.days > 60)
    doubt('days', 'For a child who boards, enter the journeys home in a year, not the days at school')
  if (!residential && typed.days > 230)
    doubt('days', 'A school year has about 190 days: check the number of days', typed.days <= 366)
  if (mode === 'taxi' && typed.children > 1)
    doubt('children', 'A taxi alone has one child: choose a shared taxi, or enter 1')
  return doubts
}
