import { describe, expect, test } from 'vitest'
import { date, iso } from '../law/index.ts'
import { isNhsNumber, isTemporaryUpn, isUln, isUpn } from './identifiers.ts'
import { compulsorySchoolAgeEnds, nationalCurriculumYear } from './school-age.ts'

describe('Numbers people are known by', () => {
  test.each([
    'H801200001001',
    'A950000178301',
    'H243278544154',
    'L838400024001',
    'Y838700025117',
    'C839200023045',
    'X00180001701A',
    'X83840002400A',
  ])('UPN %s is right', (upn) => expect(isUpn(upn)).toBe(true))
  test.each(['R247962919251', 'X428558133462', 'H80120000100', 'h801200001001', ''])(
    'UPN %s is wrong',
    (upn) => expect(isUpn(upn)).toBe(false),
  )
  test('temporary UPNs end in a letter', () => {
    expect(isTemporaryUpn('X00180001701A')).toBe(true)
    expect(isTemporaryUpn('H801200001001')).toBe(false)
  })
  test.each([
    ['1000000019', true],
    ['1000000027', true],
    ['9000001233', true],
    ['1000000018', false],
    ['1000000060', false],
  ])('ULN %s: %s', (uln, right) => expect(isUln(uln)).toBe(right))
  test.each([
    ['9434765919', true],
    ['4505577104', true],
    ['9990000018', true],
    ['9990000026', true],
    ['9434765918', false],
    ['9991234560', false],
  ])('NHS number %s: %s', (number, right) => expect(isNhsNumber(number)).toBe(right))
})

describe('School age', () => {
  test.each([
    ['2009-08-31', '2025-06-27'],
    ['2009-09-01', '2026-06-26'],
    ['2008-02-29', '2024-06-28'],
  ])('born %s: compulsory school age ends %s', (born, ends) => {
    expect(iso(compulsorySchoolAgeEnds(date(born)))).toBe(ends)
  })

  test.each([
    ['2020-08-31', '2025-01-10', 0],
    ['2020-08-31', '2025-09-01', 1],
    ['2020-09-01', '2025-09-01', 0],
    ['2009-09-01', '2025-09-01', 11],
  ])('born %s, on %s: year %i', (born, on, year) => {
    expect(nationalCurriculumYear(date(born), date(on))).toBe(year)
  })
})
