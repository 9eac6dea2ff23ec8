import { describe, expect, test } from 'vitest'
import {
  isIdempotencyKey,
  isPossibleAddress,
  isStorable,
  pathOfThisSite,
  storableForm,
} from './what-was-sent.ts'

describe('Where a person may be sent on to', () => {
  test.each(['/staff/worklist', '/staff/cases/1?asAt=2020-11-02#top', '/'])('%s', (next) => {
    expect(pathOfThisSite(next)).toBe(next)
  })
  test.each([
    '//evil.example',
    '/\t/evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\n/evil',
    '/caf\u00e9',
    '',
    '\0',
    undefined,
  ])('never %j', (next) => {
    expect(pathOfThisSite(next)).toBeUndefined()
  })
})

describe('What was sent', () => {
  test('an id that is no id finds nothing', () => {
    expect(isPossibleAddress({ id: '-'.repeat(36) })).toBe(false)
    expect(isPossibleAddress({ adviceId: '1' })).toBe(false)
    expect(isPossibleAddress({ id: '00000000-0000-4000-8000-000000000101', rule: 'final-plan' })).toBe(true)
  })
  test('a NUL or half a character is refused wherever it stands', () => {
    expect(isStorable({ a: 'x', b: ['y'] })).toBe(true)
    expect(isStorable({ a: 'x\0' })).toBe(false)
    expect(isStorable({}, { b: ['y', '\0'] })).toBe(false)
    expect(isStorable({ a: '\ud800' })).toBe(false)
    expect(isStorable({ '\0': 'a' })).toBe(false)
  })
  test('a NUL in a form is kept as another hidden character, to be refused beside its field', () => {
    expect(storableForm({ a: 'x\0y', b: ['\0'] })).toEqual({ a: 'x\u0001y', b: ['\u0001'] })
  })
  test('a key is one of ours', () => {
    expect(isIdempotencyKey('5b1f9a52-0f57-4a39-a7b6-6f39e5c1a1f0')).toBe(true)
    expect(isIdempotencyKey('x'.repeat(12_000))).toBe(false)
    expect(isIdempotencyKey('\0')).toBe(false)
  })
})
