import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { optionalDate, optionalText, parseForm, plainDate, readTypedDate, text, yesOrNo } from './forms.ts'

describe('A date typed in three boxes', () => {
  const cases: readonly [day: string, month: string, year: string, expected: string][] = [
    ['6', '1', '2025', '2025-01-06'],
    ['06', '01', '2025', '2025-01-06'],
    [' 6 ', 'January', '2025', '2025-01-06'],
    ['6', 'jan', '2025', '2025-01-06'],
    ['29', '2', '2024', '2024-02-29'],
    ['29', '2', '2023', 'The day it arrived must be a real date: February 2023 has 28 days'],
    ['31', '4', '2025', 'The day it arrived must be a real date: April 2025 has 30 days'],
    ['', '', '', 'Enter the day it arrived'],
    ['6', '', '2025', 'The day it arrived must include a month'],
    ['', '', '2025', 'The day it arrived must include a day and a month'],
    ['6', '13', '2025', 'The day it arrived must have a month from 1 to 12'],
    ['0', '1', '2025', 'The day it arrived must have a day from 1 to 31'],
    ['6', '1', '25', 'The day it arrived must have a year of 4 numbers, like 2026'],
    ['6', '1', '1925', 'The day it arrived must be between 1990 and 2100: check the year'],
    ['six', '1', '2025', 'The day it arrived must have a day from 1 to 31'],
    ['1e1', '1', '2025', 'The day it arrived must have a day from 1 to 31'],
  ]
  test.each(cases)('%j %j %j', (day, month, year, expected) => {
    const read = readTypedDate({ day, month, year }, 'the day it arrived')
    expect('iso' in read ? read.iso : read.problem).toBe(expected)
  })
})

describe('A posted form', () => {
  const schema = z.object({
    arrivedOn: plainDate('the day it arrived'),
    toldOn: optionalDate('the day they were told'),
    reasons: text('Enter the reasons', { max: 20 }),
    note: optionalText({ max: 10 }),
    agreed: yesOrNo('Say whether they agreed'),
  })
  const good = {
    'arrivedOn-day': '6',
    'arrivedOn-month': '1',
    'arrivedOn-year': '2025',
    reasons: '  it is clear ',
    note: '',
    agreed: 'yes',
  }

  test('gives its values', () => {
    expect(parseForm(schema, good)).toEqual({
      ok: true,
      value: { arrivedOn: '2025-01-06', toldOn: null, reasons: 'it is clear', note: null, agreed: true },
    })
  })
  test('gives one message a field, in the order of the page', () => {
    const parsed = parseForm(schema, { reasons: ' ', note: 'far too long a note' })
    expect(parsed).toEqual({
      ok: false,
      errors: [
        { field: 'arrivedOn', text: 'Enter the day it arrived' },
        { field: 'reasons', text: 'Enter the reasons' },
        { field: 'note', text: 'Use 10 characters or fewer' },
        { field: 'agreed', text: 'Say whether they agreed' },
      ],
    })
  })
  test('refuses hidden control characters, with what to do about it', () => {
    const parsed = parseForm(schema, { ...good, reasons: 'a\u0000b' })
    expect(parsed).toEqual({
      ok: false,
      errors: [{ field: 'reasons', text: 'Remove the hidden control characters: paste as plain text' }],
    })
  })
})
