import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { factKindsPage } from './fact-kinds-page.test-data.ts'
import { parseFact } from './facts.ts'

const PAGE = 'docs/fact-kinds.md'

test('docs/fact-kinds.md is current (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, factKindsPage())
  expect(readFileSync(PAGE, 'utf8')).toBe(factKindsPage())
})

describe('Reading a fact', () => {
  test.each([
    ['no object', 'request', 'fact', /must be an object/],
    ['no kind', { on: '2025-01-06' }, 'kind', /Say what kind/],
    [
      'a mistyped kind',
      { kind: 'request_recieved', on: '2025-01-06' },
      'kind',
      /Did you mean request_received/,
    ],
    ['an inherited name', { kind: 'toString', on: '2025-01-06' }, 'kind', /not a kind of fact/],
    ['no date', { kind: 'request_received' }, 'on', /Say on which day/],
    ['a day that never was', { kind: 'request_received', on: '2023-02-29' }, 'on', /not a real date/],
    ['a date as a number', { kind: 'request_received', on: 20250106 }, 'on', /in quotation marks/],
    [
      'an unknown requester',
      { kind: 'request_received', on: '2025-01-06', by: 'mum' },
      'by',
      /is not one of: parent/,
    ],
    ['advice with no head', { kind: 'advice_requested', on: '2025-01-06' }, 'head', /needs head/],
    [
      'a wrong recordedOn',
      { kind: 'other', on: '2025-01-06', recordedOn: '6/1/25' },
      'recordedOn',
      /not a real date/,
    ],
    [
      'a wrong precision',
      { kind: 'other', on: '2025-01-06', precision: 'week' },
      'precision',
      /day, month or year/,
    ],
  ])('%s is refused, naming the field', (_, raw, field, reason) => {
    expect(parseFact(raw)).toMatchObject({ ok: false, field, reason: expect.stringMatching(reason) })
  })

  test('notes and other extras are allowed and left out', () => {
    const parsed = parseFact({ kind: 'other', on: '2025-01-06', note: 'rang the family', id: 7 })
    expect(parsed).toEqual({ ok: true, fact: { kind: 'other', on: 20094, id: '7' } })
  })
})
