import { expect, test } from 'vitest'
import { confirmation, termBefore, termStart } from './terms.ts'

test.each([
  ['2025-01-01', '2025-01-01', '2024-09-01'],
  ['2025-04-14', '2025-01-01', '2024-09-01'],
  ['2025-04-15', '2025-04-15', '2025-01-01'],
  ['2025-08-31', '2025-04-15', '2025-01-01'],
  ['2025-12-31', '2025-09-01', '2025-04-15'],
])('on %s the term began on %s, and the one before on %s', (today, start, before) => {
  expect(termStart(today)).toBe(start)
  expect(termBefore(today)).toBe(before)
})

test('a place not confirmed for a whole term is told to the council', () => {
  expect(confirmation('2025-09-01', '2025-10-01')).toBe('this-term')
  expect(confirmation('2025-08-31', '2025-10-01')).toBe('to-confirm')
  expect(confirmation('2025-04-14', '2025-10-01')).toBe('a-term-ago')
})
