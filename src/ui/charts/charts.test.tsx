import { describe, expect, it } from 'vitest'
import { html } from '../govuk/index.ts'
import { MonthlyChart, TwentyWeekLine, type TwentyWeekLineProps } from './index.ts'
import { placeOnLine } from './twenty-week-scale.ts'

const line: TwentyWeekLineProps = {
  id: 'line',
  startedOn: '2020-06-15',
  today: '2020-12-14',
  marks: [
    { week: 6, label: 'the decision whether to assess', dueOn: '2020-07-27' },
    { week: 20, label: 'the final plan', dueOn: '2020-11-02' },
  ],
  happened: [
    { on: '2020-07-22', label: 'Advice asked for' },
    { on: '2020-06-15', label: 'Request received' },
    { on: '2020-07-20', label: 'Decided to assess' },
  ],
}

const items = (markup: string) =>
  [...markup.matchAll(/<li(?: [^>]*)?>(.*?)<\/li>/gs)].map((match) =>
    match[1]!
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )

describe('the 20-week line', () => {
  it('is written out in order of days, whatever order it came in, with numbers that match the dots', () => {
    expect(items(html(<TwentyWeekLine {...line} />))).toEqual([
      '1. 15 June 2020: Request received',
      '2. 20 July 2020: Decided to assess',
      '3. 22 July 2020: Advice asked for',
      '|Week 6, 27 July 2020: last day for the decision whether to assess',
      '|Week 20, 2 November 2020: last day for the final plan',
      '▸Today is 14 December 2020, in week 26: 42 days late',
    ])
  })

  it('has two pictures, each named and described, with no address twice', () => {
    const markup = html(<TwentyWeekLine {...line} />)
    expect(markup.match(/<svg[^>]*role="img"/g)).toHaveLength(2)
    const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, names] of markup.matchAll(/aria-labelledby="([^"]+)"/g)) {
      for (const name of names!.split(' ')) expect(ids).toContain(name)
    }
  })

  it('is not late on the last day, is late the day after, and never once closed', () => {
    expect(placeOnLine({ ...line, today: '2020-11-02' }, 100).isLate).toBe(false)
    expect(placeOnLine({ ...line, today: '2020-11-03' }, 100).daysLate).toBe(1)
    expect(placeOnLine({ ...line, closedOn: '2020-12-01' }, 100).isLate).toBe(false)
    expect(placeOnLine({ ...line, finishedOn: '2020-10-30' }, 100).isLate).toBe(false)
  })

  it('gathers dots too close to part, and keeps everything on the line', () => {
    const placed = placeOnLine({ ...line, today: '2023-01-01' }, 500)
    expect(placed.dots.map((dot) => dot.number)).toEqual(['1–3'])
    for (const dot of placed.dots) expect(dot.at).toBeGreaterThanOrEqual(0)
    expect(placed.todayAt).toBeLessThanOrEqual(500)
  })

  it('says that an exception lifts the limit and never moves a date', () => {
    const markup = html(
      <TwentyWeekLine {...line} lifted={[{ from: '2020-07-24', to: '2020-09-03', label: 'school shut' }]} />,
    )
    expect(markup).toContain('Limit lifted: school shut')
    expect(markup).toMatch(/The dates stay the same/)
  })
})

describe('the monthly chart', () => {
  const chart = {
    id: 'm',
    title: 'Requests by month',
    months: ['2020-07', '2020-08', '2020-09'],
    bars: [{ name: 'Requests', values: [41, 8, null] }],
    lines: [{ name: 'In time', values: [92.5, null, 100] }],
  } as const

  it('always has its table, where a missing figure says so and is never nought', () => {
    const markup = html(<MonthlyChart {...chart} emptyMeans="Held back" />)
    const cells = [...markup.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((match) => match[1])
    expect(cells).toEqual(['41', '92.5%', '8', 'Held back', 'Held back', '100%'])
    expect(markup).toContain('<th scope="row" class="govuk-table__header">August 2020</th>')
  })

  it('draws no bar and no point where there is no figure', () => {
    const markup = html(<MonthlyChart {...chart} />)
    const inEachPicture = 1 + 2 // one in the key, one for each month with a figure; the bars' pattern has a dot of its own
    expect(markup.match(/<circle [^>]*stroke=/g)).toHaveLength(2 * inEachPicture)
    expect(markup).not.toContain('NaN')
  })

  it('refuses a series that does not fit its months', () => {
    expect(() => html(<MonthlyChart {...chart} bars={[{ name: 'Short', values: [1] }]} />)).toThrow(
      'Short has not one value a month',
    )
  })
})
