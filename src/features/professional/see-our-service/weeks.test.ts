import { describe, expect, test } from 'vitest'
import { capacityOn, WEEKS_AHEAD, weeksAhead } from './weeks.ts'

describe('capacity against demand', () => {
  const capacities = [
    { account_id: 'a', from_on: '2026-07-01', pieces_a_week: 1.5 },
    { account_id: 'a', from_on: '2026-07-13', pieces_a_week: 0 },
    { account_id: 'b', from_on: '2026-07-08', pieces_a_week: 2 },
  ]
  test('the newest figure that had begun by the Monday counts', () => {
    expect(capacityOn(capacities, 'a', '2026-06-29')).toBeNull()
    expect(capacityOn(capacities, 'a', '2026-07-06')).toBe(1.5)
    expect(capacityOn(capacities, 'a', '2026-07-13')).toBe(0)
  })
  test('what is late waits from the first week, and what is left over goes on', () => {
    // Thursday 9 July 2026; the week began on Monday the 6th.
    const { lateAlready, weeks } = weeksAhead(
      ['2026-07-01', '2026-07-08', '2026-07-09', '2026-07-12', '2026-07-13', '2026-10-05', null],
      ['a', 'b'],
      capacities,
      '2026-07-09',
    )
    expect(lateAlready).toBe(2)
    expect(weeks).toHaveLength(WEEKS_AHEAD)
    expect(weeks.slice(0, 3)).toEqual([
      { from: '2026-07-06', due: 2, capacity: 1.5, behind: 3 },
      { from: '2026-07-13', due: 1, capacity: 2, behind: 2 },
      { from: '2026-07-20', due: 0, capacity: 2, behind: 0 },
    ])
  })
  test('nothing said about capacity is said, not counted as none', () => {
    expect(weeksAhead([], ['c'], capacities, '2026-07-09').weeks[0]).toEqual({
      from: '2026-07-06',
      due: 0,
      capacity: null,
      behind: null,
    })
  })
  test('a Sunday is still of the week before', () => {
    expect(weeksAhead([], [], [], '2026-07-12').weeks[0]?.from).toBe('2026-07-06')
    expect(weeksAhead([], [], [], '2026-07-13').weeks[0]?.from).toBe('2026-07-13')
  })
})
