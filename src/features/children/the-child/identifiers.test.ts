import { describe, expect, test } from 'vitest'
import { isTemporaryUpn, readNhsNumber, readPostcode, readUpn } from './identifiers.ts'
import { ageOn, birthday, isYoungPerson, schoolYearOn, youngPersonFrom } from './young-person.ts'

describe('A unique pupil number', () => {
  test.each([
    'H801200001001',
    'A950000178301',
    'H243278544154',
    'L838400024001',
    'X00180001701A',
    'X83840002400A',
    'l 838400 024001',
  ])('%s is right', (upn) =>
    expect(readUpn(upn)).toEqual({ ok: true, value: upn.toUpperCase().replaceAll(' ', '') }),
  )
  test.each([
    ['R247962919251', 'does not fit'],
    ['X428558133462', 'does not fit'],
    ['L83840002400', 'this has 12'],
    ['I838400024001', 'I, O and S are never used'],
    ['L8384000240O1', 'I, O and S are never used'],
  ])('%s is not', (upn, words) => {
    const read = readUpn(upn)
    expect(read.ok ? '' : read.problem).toContain(words)
  })
  test('knows a temporary one', () => {
    expect(isTemporaryUpn('X83840002400A')).toBe(true)
    expect(isTemporaryUpn('L838400024001')).toBe(false)
  })
})

describe('An NHS number', () => {
  test.each(['9434765919', '4505577104', '999 000 0018', '999-000-0026'])('%s is right', (typed) =>
    expect(readNhsNumber(typed).ok).toBe(true),
  )
  test.each(['9434765918', '9991234560', '9991234569', '943476591', '943476591A'])('%s is not', (typed) =>
    expect(readNhsNumber(typed).ok).toBe(false),
  )
})

test('A postcode is read whatever its spaces', () => {
  expect(readPostcode('dt11aa')).toEqual({ ok: true, value: 'DT1 1AA' })
  expect(readPostcode(' bh20 4AA')).toEqual({ ok: true, value: 'BH20 4AA' })
  expect(readPostcode('DT1').ok).toBe(false)
})

describe('A young person’s own rights', () => {
  test.each([
    ['2004-09-01', '2021-06-26'],
    ['2005-08-31', '2021-06-26'],
    ['2004-08-31', '2020-06-27'],
    ['2005-01-15', '2021-06-26'],
    ['2007-07-01', '2023-07-01'],
    ['2008-05-05', '2024-06-29'],
  ])('born %s, from %s', (born, from) => {
    expect(youngPersonFrom(born)).toBe(from)
    expect(isYoungPerson(born, from)).toBe(true)
  })
  test('birthdays and ages, 29 February too', () => {
    expect(birthday('2000-02-29', 25)).toBe('2025-03-01')
    expect(birthday('2000-02-29', 20)).toBe('2020-02-29')
    expect(ageOn('2000-02-29', '2025-02-28')).toBe(24)
    expect(ageOn('2014-04-01', '2026-03-31')).toBe(11)
  })
  test.each([
    ['2014-08-31', '2026-07-06', 'Year 7'],
    ['2014-09-01', '2026-07-06', 'Year 6'],
    ['2022-09-01', '2026-09-01', 'Nursery'],
    ['2021-09-02', '2026-09-01', 'Reception'],
    ['2021-08-31', '2026-09-01', 'Year 1'],
  ])('born %s is on %s in %s', (born, on, year) => expect(schoolYearOn(born, on)).toBe(year))
})
