import { describe, expect, test } from 'vitest'
import {
  type AskedFor,
  daysWithoutPlace,
  isApprovedUnder41,
  lawOfNaming,
  type NamingGround,
  placesOverlap,
  problemsOfNaming,
  standingOf,
} from './index.ts'

const setting = (type: string, section41From: string | null = null, section41To: string | null = null) => ({
  type,
  section41From,
  section41To,
})

describe('what a family may request', () => {
  test.each([
    ['State-funded primary', 'request'],
    ['State-funded nursery', 'request'],
    ['State-funded special school', 'request'],
    ['Non-maintained special school', 'request'],
    ['General further education college', 'request'],
    ['State-funded AP school', 'unsure'],
    ['Independent school', 'preference'],
    ['Independent special school', 'preference'],
    ['Special post-16 institution', 'preference'],
  ])('%s: %s', (type, standing) => expect(standingOf(setting(type), '2026-11-23')).toBe(standing))

  test('approval under section 41 is asked of the day', () => {
    const school = setting('Independent special school', '2020-09-01', '2026-11-23')
    expect(isApprovedUnder41(school, '2020-08-31')).toBe(false)
    expect(standingOf(school, '2020-09-01')).toBe('request')
    expect(standingOf(school, '2026-11-22')).toBe('request')
    expect(standingOf(school, '2026-11-23')).toBe('preference')
  })
})

describe('naming', () => {
  const asked = (standing: AskedFor['standing']): AskedFor => ({ urn: '1', name: 'Tidewater', standing })
  const choice = (over: Partial<Parameters<typeof problemsOfNaming>[0]> = {}) => ({
    form: 'named' as const,
    urn: '2',
    grounds: [] as NamingGround[],
    evidence: 'The head’s letter of 1 May',
    ...over,
  })
  const fieldsOf = (...given: Parameters<typeof problemsOfNaming>) =>
    problemsOfNaming(...given).map((one) => one.field)

  test('what was asked for needs no ground, and takes none', () => {
    expect(problemsOfNaming(choice({ urn: '1' }), asked('request'))).toEqual([])
    expect(fieldsOf(choice({ urn: '1', grounds: ['others'] }), asked('request'))).toEqual(['grounds'])
    expect(lawOfNaming(choice({ urn: '1' }), asked('request'))).toContain('39(3)')
  })
  test('another than requested stands only on section 39(4), with evidence', () => {
    expect(fieldsOf(choice(), asked('request'))).toEqual(['grounds'])
    expect(fieldsOf(choice({ grounds: ['public-expenditure'] }), asked('request'))).toEqual(['grounds'])
    expect(fieldsOf(choice({ grounds: ['inappropriate'] }), asked('unsure'))).toEqual(['grounds'])
    expect(fieldsOf(choice({ grounds: ['resources'], evidence: ' ' }), asked('request'))).toEqual([
      'evidence',
    ])
    expect(problemsOfNaming(choice({ grounds: ['resources'] }), asked('request'))).toEqual([])
    expect(lawOfNaming(choice({ grounds: ['resources'] }), asked('request'))).toMatch(
      /39\(4\)\(b\)\(ii\).*39\(5\)/,
    )
  })
  test('a preference is weighed by section 9, and section 39(4) may say why', () => {
    expect(fieldsOf(choice(), asked('preference'))).toEqual(['grounds'])
    expect(problemsOfNaming(choice({ grounds: ['public-expenditure'] }), asked('preference'))).toEqual([])
  })
  test('a type only departs from a request as another name does', () => {
    expect(fieldsOf(choice({ form: 'type-only', urn: null }), asked('request'))).toEqual(['grounds'])
    expect(problemsOfNaming(choice({ form: 'type-only', urn: null }), null)).toEqual([])
  })
  test('otherwise than at school needs section 61, asked for or not', () => {
    expect(fieldsOf(choice({ form: 'otherwise', urn: null }), null)).toEqual(['grounds'])
    expect(problemsOfNaming(choice({ form: 'otherwise', urn: null, grounds: ['s61'] }), null)).toEqual([])
  })
})

test('ends are exclusive: a place may begin on the day another ends', () => {
  const one = { fromOn: '2026-01-01', toOn: '2026-09-01' }
  expect(placesOverlap(one, { fromOn: '2026-09-01', toOn: null })).toBe(false)
  expect(placesOverlap(one, { fromOn: '2026-08-31', toOn: null })).toBe(true)
  expect(placesOverlap({ fromOn: '2026-01-01', toOn: null }, one)).toBe(true)
})

test('days without a place are counted from the day it was needed', () => {
  expect(daysWithoutPlace('2026-09-01', '2026-09-01')).toBe(0)
  expect(daysWithoutPlace('2026-09-01', '2026-11-23')).toBe(83)
  expect(daysWithoutPlace('2027-09-01', '2026-11-23')).toBe(0)
})
