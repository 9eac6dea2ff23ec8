/** How a working document is known again in Word: by its own property, and each paragraph by a bookmark and a number in brackets. */
export const ID_PROPERTY = 'ClearwayWorkingDocument'
export const placeOf = (number: number): string => `paragraph_${number}`
export const numberOfPlace = (bookmark: string): number | undefined => {
  const found = /^paragraph_(\d{1,4})$/.exec(bookmark)
  return found ? Number(found[1]) : undefined
}
