/** A place on the Ordnance Survey national grid, in metres. A postcode's is the middle of its addresses, good to about 100 m. */
export interface GridReference {
  readonly easting: number
  readonly northing: number
}

export const KM_PER_MILE = 1.609344
const METRES_PER_MILE = KM_PER_MILE * 1000

export const milesToKm = (miles: number): number => miles * KM_PER_MILE

/**
 * Miles in a straight line between two places, to a tenth: how a crow flies. It is never the way somebody walks or drives,
 * and no right turns on it: whoever shows it says that it is a straight line.
 * @returns null when either place is not known
 */
export function straightLineMiles(
  from: GridReference | null | undefined,
  to: GridReference | null | undefined,
): number | null {
  if (!from || !to) return null
  const metres = Math.hypot(to.easting - from.easting, to.northing - from.northing)
  return Math.round((metres / METRES_PER_MILE) * 10) / 10
}

/** A straight line as people are to read it: "about 4.2 miles in a straight line". */
export const straightLineWords = (miles: number | null): string =>
  miles === null
    ? 'not known: the place of one of the postcodes is not held'
    : miles === 0
      ? 'less than a tenth of a mile in a straight line'
      : `about ${miles} ${miles === 1 ? 'mile' : 'miles'} in a straight line`

/** A postcode as it is looked up: capitals, and one space before the last three. Null when it is not a postcode. */
export function tidyPostcode(typed: string): string | null {
  const bare = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(bare) ? `${bare.slice(0, -3)} ${bare.slice(-3)}` : null
}
