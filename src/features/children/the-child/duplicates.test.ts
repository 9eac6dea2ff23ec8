import { describe, expect, test } from 'vitest'
import { datesASlipAway, type Identity, judgeDuplicate, type Likeness } from './duplicates.ts'
import { isSameFirstName } from './short-names.ts'

const amara: Identity = {
  givenName: 'Amara',
  familyName: 'Okafor',
  knownAs: null,
  bornOn: '2014-04-01',
  upn: 'L838400024001',
  formerUpns: [],
  nhsNumber: '9990000018',
  addressLine: '4 Quay Street',
  postcode: 'DT4 8AA',
}
const unnumbered = { ...amara, upn: null, nhsNumber: null }
const elsewhere = { ...unnumbered, addressLine: null, postcode: null }

describe('One first name in two forms', () => {
  const jacob = { ...elsewhere, givenName: 'Jacob', familyName: 'Candy', bornOn: '2016-10-26' }
  test.each<[string, string, Likeness]>([
    ['Jake', '2016-10-26', 'strong'],
    ['Jake', '2016-10-10', 'possible'],
    ['Jacob', '2016-10-10', 'possible'],
    ['Jason', '2016-10-26', 'possible'],
    ['Emma', '2011-01-05', 'none'],
  ])('%s Candy born %s beside Jacob Candy born 2016-10-26: %s', (givenName, bornOn, likeness) => {
    expect(judgeDuplicate({ ...jacob, givenName, bornOn }, jacob).likeness).toBe(likeness)
  })
  test('says why', () => {
    expect(judgeDuplicate({ ...jacob, givenName: 'Jake' }, jacob).because[0]).toBe(
      'Same name, with a short form of the first',
    )
    expect(judgeDuplicate({ ...jacob, givenName: 'Emma' }, jacob).because[0]).toBe(
      'The same child by another first name, or a twin',
    )
  })
  test.each([
    ['Jamie', 'James', true],
    ['Liz', 'Elizabeth', true],
    ['Sam', 'Samantha', true],
    ['Samuel', 'Samantha', false],
    ['Will John', 'William', true],
    ['William John', 'William James', false],
    ['', '', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(isSameFirstName(a, b)).toBe(same)
  })
})

describe('Is it the same child?', () => {
  const cases: readonly [what: string, typed: Identity, Likeness][] = [
    ['everything the same', amara, 'strong'],
    ['name and birth the same, nothing else known', elsewhere, 'strong'],
    ['names swapped', { ...elsewhere, givenName: 'Okafor', familyName: 'Amara' }, 'strong'],
    ['accents', { ...elsewhere, givenName: 'Ámàra' }, 'strong'],
    ['hyphen and a second family name', { ...elsewhere, familyName: 'Okafor-Smith' }, 'strong'],
    ['letters transposed', { ...elsewhere, givenName: 'Amraa' }, 'strong'],
    ['day and month swapped', { ...elsewhere, bornOn: '2014-01-04' }, 'strong'],
    ['one number of the date wrong', { ...elsewhere, bornOn: '2014-04-07' }, 'strong'],
    ['year out by one', { ...elsewhere, bornOn: '2015-04-01' }, 'strong'],
    [
      'names swapped and day and month swapped',
      { ...elsewhere, givenName: 'Okafor', familyName: 'Amara', bornOn: '2014-01-04' },
      'strong',
    ],
    [
      'a letter wrong and a number wrong',
      { ...elsewhere, givenName: 'Amata', bornOn: '2014-04-07' },
      'possible',
    ],
    ['same first name and birth, another family name', { ...elsewhere, familyName: 'Jones' }, 'possible'],
    [
      'same first name, birth and home, another family name',
      { ...unnumbered, familyName: 'Jones' },
      'strong',
    ],
    ['same name, quite another birth', { ...elsewhere, bornOn: '2009-11-23' }, 'possible'],
    ['same name and home, quite another birth', { ...unnumbered, bornOn: '2009-11-23' }, 'possible'],
    ['a brother at the address', { ...unnumbered, givenName: 'Chidi', bornOn: '2011-09-30' }, 'sibling'],
    ['a twin at the address', { ...unnumbered, givenName: 'Chidi' }, 'possible'],
    ['a twin, or the same child by another first name', { ...elsewhere, givenName: 'Chidi' }, 'possible'],
    [
      'another first name and a birthday one slip away',
      { ...elsewhere, givenName: 'Chidi', bornOn: '2014-04-07' },
      'possible',
    ],
    [
      'a sister at the address born a slip away',
      { ...unnumbered, givenName: 'Chidi', bornOn: '2015-04-01' },
      'sibling',
    ],
    [
      'a step-sister at the address',
      { ...unnumbered, givenName: 'Ella', familyName: 'Hart', bornOn: '2011-09-30' },
      'sibling',
    ],
    [
      'a neighbour with another name',
      { ...unnumbered, givenName: 'Ella', familyName: 'Hart', addressLine: '6 Quay Street' },
      'none',
    ],
    [
      'the same UPN, another child’s name',
      { ...elsewhere, upn: 'L838400024001', givenName: 'Ella', familyName: 'Hart' },
      'strong',
    ],
    ['the same NHS number', { ...elsewhere, nhsNumber: '9990000018', bornOn: '2009-11-23' }, 'strong'],
    [
      'a former UPN',
      { ...elsewhere, formerUpns: ['L838400024001'], givenName: 'Ella', bornOn: '2009-11-23' },
      'strong',
    ],
  ]
  test.each(cases)('%s', (_what, typed, likeness) => {
    expect(judgeDuplicate(typed, amara).likeness).toBe(likeness)
  })
  test('the same number with another name is a clash to resolve', () => {
    const clash = judgeDuplicate({ ...amara, givenName: 'Ella', familyName: 'Hart' }, amara)
    expect(clash).toMatchObject({ sameNumber: true, numberClash: true })
    expect(judgeDuplicate(amara, amara).numberClash).toBe(false)
  })
  test('says why in words', () => {
    expect(judgeDuplicate({ ...elsewhere, bornOn: '2014-01-04' }, amara).because).toEqual([
      'Same name',
      'Date of birth the same but for day and month swapped',
    ])
  })
})

test('Every date a slip away is a real one', () => {
  const slips = datesASlipAway('2012-02-29')
  expect(slips.get('2012-02-09')).toBe('slip')
  expect(slips.has('2013-02-29')).toBe(false)
  expect(datesASlipAway('2014-04-01').get('2014-01-04')).toBe('swapped')
})
