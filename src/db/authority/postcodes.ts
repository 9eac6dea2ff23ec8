import { type GridReference, tidyPostcode } from '../../record/travel/index.ts'
import { readTable } from './open-data.ts'

let held: ReadonlyMap<string, GridReference> | undefined

/**
 * Where a postcode is, by the open data that is held. The table covers one county: any other postcode is not known, and is
 * never guessed from its neighbours.
 */
export function placeOfPostcode(typed: string | null | undefined): GridReference | null {
  const postcode = typed ? tidyPostcode(typed) : null
  if (postcode === null) return null
  held ??= new Map(
    readTable('postcodes/dorset.csv').map((row) => [
      row['postcode']!,
      { easting: Number(row['easting']), northing: Number(row['northing']) },
    ]),
  )
  return held.get(postcode) ?? null
}
