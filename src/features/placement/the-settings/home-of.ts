import { readTable } from '../../../db/authority/index.ts'
import { type GridReference, tidyPostcode } from '../../../record/travel/index.ts'

let held: ReadonlyMap<string, GridReference> | undefined

/** Where a postcode is, from the open data the program carries; null for one it does not hold, such as one across the border. */
export function homeOf(postcode: string | null): GridReference | null {
  const tidy = postcode === null ? null : tidyPostcode(postcode)
  if (tidy === null) return null
  held ??= new Map(
    readTable('postcodes/dorset.csv').map((row) => [
      row['postcode']!,
      { easting: Number(row['easting']), northing: Number(row['northing']) },
    ]),
  )
  return held.get(tidy) ?? null
}
