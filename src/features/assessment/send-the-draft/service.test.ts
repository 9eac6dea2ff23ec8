import { expect, test } from 'vitest'
import { type How, problemWithService, serviceDay } from './service.ts'

test.each<[How, string, string, string]>([
  ['email', '2025-05-09', '2025-05-09', 'the same day'],
  ['by-hand', '2025-05-10', '2025-05-10', 'the same day, even a Saturday'],
  ['portal', '2025-05-09', '2025-05-09', 'the same day'],
  ['post', '2025-05-06', '2025-05-08', 'the second working day after'],
  ['post', '2025-05-09', '2025-05-13', 'over a weekend'],
  ['post', '2025-04-17', '2025-04-23', 'over Easter'],
])('sent by %s on %s: served on %s (%s)', (how, sentOn, servedOn) => {
  expect(serviceDay(how, sentOn)).toBe(servedOn)
})

test('only a posted draft may be served after today, and by no more than a week', () => {
  expect(problemWithService('post', '2025-05-06', '2025-05-08', '2025-05-06')).toBeNull()
  expect(problemWithService('post', '2025-05-06', '2025-05-14', '2025-05-06')).toMatch(/no more than 7 days/)
  expect(problemWithService('email', '2025-05-06', '2025-05-08', '2025-05-06')).toMatch(
    /today or in the past/,
  )
  expect(problemWithService('post', '2025-05-06', '2025-05-05', '2025-05-06')).toMatch(/on or after/)
})
