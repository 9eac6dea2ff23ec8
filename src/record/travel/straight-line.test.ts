import { describe, expect, test } from 'vitest'
import { straightLineMiles, straightLineWords, tidyPostcode } from './index.ts'

describe('A straight line', () => {
  test('is measured on the grid, to a tenth of a mile', () => {
    expect(straightLineMiles({ easting: 0, northing: 0 }, { easting: 3000, northing: 4000 })).toBe(3.1)
    expect(straightLineMiles({ easting: 5, northing: 5 }, { easting: 5, northing: 5 })).toBe(0)
  })
  test('is not known where a place is not, and never guessed', () => {
    expect(straightLineMiles(null, { easting: 1, northing: 1 })).toBeNull()
    expect(straightLineWords(null)).toContain('not known')
  })
  test('always says that it is one', () => {
    for (const miles of [0, 1, 7.4]) expect(straightLineWords(miles)).toContain('in a straight line')
  })
  test('postcodes are read however they are typed, and nothing else is one', () => {
    expect(['dt11xj', ' DT1 1XJ ', 'BH21-7AA', 'BA21 5BN'].map(tidyPostcode)).toEqual([
      'DT1 1XJ',
      'DT1 1XJ',
      'BH21 7AA',
      'BA21 5BN',
    ])
    expect(['', 'Dorchester', 'DT1', 'DT1 1XJJ'].map(tidyPostcode)).toEqual([null, null, null, null])
  })
})
