import { describe, expect, test } from 'vitest'
import { compareNames, foldName, type NameLikeness, nameKey, slipsBetween } from './names.ts'

describe('A name folded', () => {
  test.each([
    ["O'Brien", 'obrien'],
    ['O’Brien', 'obrien'],
    ['Zoë', 'zoe'],
    ['Łukasz', 'lukasz'],
    ['Anne-Marie', 'anne marie'],
    ['  Ní  Bhriain ', 'ni bhriain'],
    ['Straße', 'strasse'],
    ['İbrahim', 'ibrahim'],
    ['Nguyễn', 'nguyen'],
  ])('%j is %j', (name, folded) => expect(foldName(name)).toBe(folded))
  test('the key of a record has the family name first', () =>
    expect(nameKey('Zoë', 'O’Neill-Smith')).toBe('oneill smith zoe'))
})

describe('Two names', () => {
  const cases: readonly [a: [string, string], b: [string, string], NameLikeness][] = [
    [['Amara', 'Okafor'], ['amara', 'OKAFOR'], 'same'],
    [['Zoe', 'Muller'], ['Zoë', 'Müller'], 'same'],
    [['Anne Marie', 'Lowe'], ['Anne-Marie', 'Lowe'], 'same'],
    [['Annemarie', 'Lowe'], ['Anne-Marie', 'Lowe'], 'same'],
    [['Okafor', 'Amara'], ['Amara', 'Okafor'], 'swapped'],
    [['Amraa', 'Okafor'], ['Amara', 'Okafor'], 'near'],
    [['Amara', 'Okafro'], ['Amara', 'Okafor'], 'near'],
    [['Mohammed', 'Rahman'], ['Muhammad', 'Rahman'], 'near'],
    [['Amara', 'Okafor-Smith'], ['Amara', 'Okafor'], 'part'],
    [['Amara Grace', 'Okafor'], ['Amara', 'Okafor'], 'part'],
    [['Amara', 'Okafor'], ['Chidi', 'Okafor'], 'different'],
    [['Ava', 'Wu'], ['Eva', 'Wu'], 'different'],
    [['Li', 'Wu'], ['Lu', 'Wu'], 'different'],
  ]
  test.each(cases)('%j and %j', (a, b, likeness) => {
    expect(compareNames({ given: a[0], family: a[1] }, { given: b[0], family: b[1] })).toBe(likeness)
    expect(compareNames({ given: b[0], family: b[1] }, { given: a[0], family: a[1] })).toBe(likeness)
  })
  test('are compared by the name a child goes by too', () => {
    expect(
      compareNames(
        { given: 'Alexander', family: 'Lowe', knownAs: 'Sasha' },
        { given: 'Sasha', family: 'Lowe' },
      ),
    ).toBe('same')
  })
  test('slips are counted up to a limit', () => {
    expect(slipsBetween('amara', 'amraa')).toBe(1)
    expect(slipsBetween('amara', 'zuleika', 2)).toBe(3)
  })
})
