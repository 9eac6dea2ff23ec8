import { describe, expect, test } from 'vitest'
import { readTerms } from '../../../record/provision/index.ts'
import { readTermLines, termLine } from './terms.ts'

describe('terms as they are typed', () => {
  test('are read with their breaks, in words or with slashes, and shown as they are typed', () => {
    const typed =
      'Autumn 2025, 1 September 2025 to 19 Dec 2025, break 27 October 2025 to 31 October 2025\n\nSpring 2026, 05/01/2026 to 27/03/2026'
    const { terms, problems } = readTermLines(typed)
    expect(problems).toEqual([])
    expect(terms).toEqual([
      {
        name: 'Autumn 2025',
        from: '2025-09-01',
        to: '2025-12-19',
        breakFrom: '2025-10-27',
        breakTo: '2025-10-31',
      },
      { name: 'Spring 2026', from: '2026-01-05', to: '2026-03-27' },
    ])
    const shown = readTerms(terms).given.map(termLine).join('\n')
    expect(readTermLines(shown).terms).toEqual(terms)
  })

  test('each line that cannot be read is told with its number and the reason', () => {
    const { terms, problems } = readTermLines(
      'Autumn\nSpring 2026, 31 February 2026 to 27 March 2026\nSummer 2026, 22 July 2026 to 13 April 2026\nYear, 1 September 2025 to 1 July 2026, break then to later',
    )
    expect(terms).toEqual([])
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 3, 4])
    expect(problems.map(({ why }) => why)).toEqual([
      expect.stringContaining('a comma'),
      expect.stringContaining('not a day'),
      expect.stringContaining('must come after'),
      expect.stringContaining('break'),
    ])
  })

  test('two terms that overlap are refused', () => {
    expect(
      readTermLines('A, 1 September 2025 to 19 December 2025\nB, 1 December 2025 to 1 March 2026').problems,
    ).toEqual([{ line: 1, why: 'two of these terms overlap' }])
  })
})
