import { describe, expect, test } from 'vitest'
import type { LoadRow } from './queries.ts'
import { suggestFor } from './suggest.ts'
import { unassignedViews, whyAtRisk } from './view.ts'

const load = (id: string, locality: string, open: number, plans = 0, role = 'plan-coordinator'): LoadRow => ({
  id,
  name: id.toUpperCase(),
  job_title: '',
  role,
  locality_id: locality,
  open,
  plans,
  overdue: 0,
  due_soon: 0,
  reviews_overdue: 0,
})

describe('Who might take a case', () => {
  test('the lightest load of its locality; a head is not suggested', () => {
    const loads = [
      load('ann', 'north', 9),
      load('bo', 'north', 7),
      load('cy', 'south', 1),
      load('head', 'north', 0, 0, 'locality-head'),
    ]
    expect(suggestFor({ locality_id: 'north', setting_urn: null }, loads, new Map())?.id).toBe('bo')
  })
  test('whoever already works with the setting, if their load is near the least', () => {
    const loads = [load('ann', 'north', 10, 150), load('bo', 'north', 9, 150)]
    expect(suggestFor({ locality_id: 'north', setting_urn: '1' }, loads, new Map([['1', 'ann']]))).toEqual({
      id: 'ann',
      name: 'ANN',
      why: 'works with the setting already',
    })
    expect(
      suggestFor(
        { locality_id: 'north', setting_urn: '1' },
        [load('ann', 'north', 30), load('bo', 'north', 9)],
        new Map([['1', 'ann']]),
      )?.id,
    ).toBe('bo')
  })
  test('anyone where the locality has nobody, and nobody where there is no coordinator', () => {
    expect(
      suggestFor({ locality_id: 'west', setting_urn: null }, [load('ann', 'north', 9)], new Map())?.why,
    ).toBe('lightest load')
    expect(suggestFor({ locality_id: 'west', setting_urn: null }, [], new Map())).toBeNull()
  })
  test('ten cases are not all suggested to the same person', () => {
    const row = (id: string) => ({
      id,
      child_id: id,
      given_name: id,
      family_name: '',
      kind: 'assessment',
      opened_on: '2020-10-01',
      next_due_on: null,
      locality_id: 'north',
      setting_urn: null,
    })
    const views = unassignedViews(
      [row('1'), row('2'), row('3')],
      [load('ann', 'north', 5), load('bo', 'north', 6)],
      new Map(),
      new Map(),
    )
    expect(views.map((view) => view.suggestion?.id)).toEqual(['ann', 'ann', 'bo'])
  })
})

describe('Why a date will be missed', () => {
  test('work left against days left, and whose advice is waited for', () => {
    expect(
      whyAtRisk(
        {
          work_left_days: 22,
          next_due_on: '2020-11-14',
          advice_waited_for: ['Dr Vale', 'NHS Dorset'],
          state: 'gathering-advice',
        },
        '2020-11-02',
      ),
    ).toBe('About 22 days of work left, 12 days to do it in. Advice still to come from Dr Vale, NHS Dorset.')
    expect(
      whyAtRisk(
        { work_left_days: 22, next_due_on: '2020-11-02', advice_waited_for: null, state: 'with-family' },
        '2020-11-02',
      ),
    ).toBe('About 22 days of work left, due today. The draft is with the family.')
  })
})
