import { expect, test } from 'vitest'
import { compulsorySchoolAgeBegins } from './school-age.ts'

test.each([
  ['2020-03-31', '2025-03-31'],
  ['2020-04-01', '2025-08-31'],
  ['2020-08-31', '2025-08-31'],
  ['2020-09-01', '2025-12-31'],
  ['2020-02-29', '2025-03-31'],
])('a child born on %s is of compulsory school age from %s', (born, from) => {
  expect(compulsorySchoolAgeBegins(born)).toBe(from)
})
