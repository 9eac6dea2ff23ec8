import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { uncertainReadingsPage } from './uncertain-readings-page.test-data.ts'

const PAGE = 'docs/law/uncertain-readings.md'

test('docs/law/uncertain-readings.md is current (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, uncertainReadingsPage())
  expect(readFileSync(PAGE, 'utf8')).toBe(uncertainReadingsPage())
})
