import { describe, expect, test } from 'vitest'
import { firstMoment, QUIET_FOR_FAMILIES } from './quiet-hours.ts'

const at = (moment: string): Temporal.Instant => Temporal.Instant.from(moment)
const first = (moment: string, quiet = QUIET_FOR_FAMILIES): string =>
  firstMoment(at(moment), quiet).toString()

describe('quiet hours, on a clock in London', () => {
  test.each([
    ['in the day it goes at once', '2026-11-23T14:00:00Z', '2026-11-23T14:00:00Z'],
    ['the minute before', '2026-11-23T20:59:59Z', '2026-11-23T20:59:59Z'],
    [
      'from nine in the evening it waits for the morning after',
      '2026-11-23T21:00:00Z',
      '2026-11-24T07:00:00Z',
    ],
    ['after midnight it waits for the same morning', '2026-11-24T00:30:00Z', '2026-11-24T07:00:00Z'],
    ['at seven it goes', '2026-11-24T07:00:00Z', '2026-11-24T07:00:00Z'],
    ['in summer the clock says an hour more', '2026-07-06T20:30:00Z', '2026-07-07T06:00:00Z'],
    ['the last night of the year', '2026-12-31T23:59:00Z', '2027-01-01T07:00:00Z'],
  ])('%s', (_what, now, goes) => {
    expect(first(now)).toBe(goes)
  })

  test('the October night the clocks go back is an hour longer', () => {
    // 24 October 2026, 21:30 in summer time. Until seven on the 25th there are ten and a half hours, not nine and a half.
    expect(first('2026-10-24T20:30:00Z')).toBe('2026-10-25T07:00:00Z')
  })
  test('the March night they go forward is an hour shorter', () => {
    expect(first('2027-03-27T22:30:00Z')).toBe('2027-03-28T06:00:00Z')
  })
  test('an hour that comes twice is quiet both times, when the hours say so', () => {
    const quiet = { from: '01:00', to: '02:00' }
    // 01:30 in summer time and, an hour later, 01:30 again.
    expect(first('2026-10-25T00:30:00Z', quiet)).toBe('2026-10-25T02:00:00Z')
    expect(first('2026-10-25T01:30:00Z', quiet)).toBe('2026-10-25T02:00:00Z')
  })
  test('an end within the hour that comes twice is its second coming', () => {
    const quiet = { from: '00:00', to: '01:30' }
    expect(first('2026-10-24T23:10:00Z', quiet)).toBe('2026-10-25T01:30:00Z')
  })
  test('an end in the hour that never comes is the moment after it', () => {
    const quiet = { from: '00:00', to: '01:30' }
    expect(first('2027-03-28T00:10:00Z', quiet)).toBe('2027-03-28T01:30:00Z')
  })
  test('hours in the day, and none at all', () => {
    expect(first('2026-11-23T10:00:00Z', { from: '09:00', to: '15:30' })).toBe('2026-11-23T15:30:00Z')
    expect(first('2026-11-23T16:00:00Z', { from: '09:00', to: '15:30' })).toBe('2026-11-23T16:00:00Z')
    expect(firstMoment(at('2026-11-23T23:00:00Z'), undefined).toString()).toBe('2026-11-23T23:00:00Z')
    expect(first('2026-11-23T09:00:00Z', { from: '09:00', to: '09:00' })).toBe('2026-11-23T09:00:00Z')
  })
})
