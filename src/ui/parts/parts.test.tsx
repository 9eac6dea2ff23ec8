import { describe, expect, it } from 'vitest'
import { DEADLINE_STATUS_LABELS, type DeadlineStatus, date } from '../../law/index.ts'
import { GovukInsetText, html } from '../govuk/index.ts'
import {
  CaseHeader,
  CheckAnswers,
  type Column,
  Counts,
  DueDate,
  FilterPanel,
  FormPage,
  howLong,
  Pager,
  SortableTable,
  StatTile,
  StatusTag,
  Timeline,
} from './index.ts'

/** What is read aloud, near enough: text with the tags taken away. Our markup is well formed, so a pattern will do. */
const words = (markup: string) =>
  markup
    .replaceAll(/<svg.*?<\/svg>/gs, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()

const due = {
  dueOn: date('2020-11-08'),
  status: 'due_soon',
  daysLeft: 6,
  daysLate: null,
  actBy: date('2020-11-06'),
} as const

describe('a due date', () => {
  const draw = (forStaff: boolean) =>
    html(
      <DueDate
        deadline={due}
        whoActs="Thornshire County Council"
        whyHref="/why"
        what="the decision"
        forStaff={forStaff}
      />,
    )

  it('says the date, how long, who must act, and links to why', () => {
    const markup = draw(false)
    expect(words(markup)).toBe(
      'Sunday 8 November 2020 6 days left Who must act: Thornshire County Council Why this date? the decision',
    )
    expect(markup).toContain('<time datetime="2020-11-08">')
    expect(markup).toContain('href="/why"')
  })

  it('tells staff the working day before, beside the legal date and never instead of it', () => {
    expect(words(draw(true))).toContain('Act by Friday 6 November 2020: the office is shut on the last day')
    expect(words(draw(true))).toContain('Sunday 8 November 2020')
    expect(words(draw(false))).not.toContain('Act by')
  })

  it.each([
    ['due_soon', 0, null, 'Due today'],
    ['due_soon', 1, null, 'Due tomorrow: 1 day left'],
    ['running', 30, null, '30 days left'],
    ['overdue', null, 1, '1 day late'],
    ['missed', null, 12, 'Done 12 days late'],
    ['met_late_limit_lifted', null, 12, 'Done 12 days late. The law allowed it'],
    ['running', null, null, 'As soon as possible'],
  ] as const)('%s, %s left, %s late: %s', (status, daysLeft, daysLate, expected) => {
    expect(howLong({ dueOn: null, status, daysLeft, daysLate })).toBe(expected)
  })
})

it('never tells a status by colour alone: every status has its own words', () => {
  const statuses = Object.keys(DEADLINE_STATUS_LABELS) as DeadlineStatus[]
  const said = statuses.map((status) => words(html(<StatusTag status={status} />)))
  expect(new Set(said).size).toBe(8)
  expect(said.every((each) => each.length > 3)).toBe(true)
})

it('keeps a corrected entry in sight, struck through, with its reason', () => {
  const markup = html(
    <Timeline
      entries={[
        {
          title: 'Advice received',
          on: '2020-09-01',
          corrected: { on: '2020-09-04', by: 'T Ellery', reason: 'Another child’s' },
        },
      ]}
    />,
  )
  expect(markup).toContain('<del>Advice received</del>')
  expect(words(markup)).toContain('Corrected by T Ellery on 4 September 2020. Reason: Another child’s')
})

describe('a table', () => {
  interface Row {
    readonly name: string
    readonly late: number
  }
  const columns: readonly Column<Row>[] = [
    { key: 'name', heading: 'Child', namesRow: true, sortable: true, cell: (row) => row.name },
    { key: 'late', heading: 'Days late', numeric: true, sortable: true, cell: (row) => row.late },
    { key: 'plain', heading: 'Plain', cell: () => 'x' },
  ]
  const draw = (onPhone?: 'cards') =>
    html(
      <SortableTable
        id="t"
        caption="Late"
        columns={columns}
        rows={[{ name: '<b>', late: 3 }]}
        onPhone={onPhone}
        sort={{ key: 'late', direction: 'descending' }}
        sortHref={(key, direction) => `?sort=${key}-${direction}`}
      />,
    )

  it('has a caption, scoped headings, and an order that is said and can be turned', () => {
    const markup = draw()
    expect(markup).toMatch(/<caption[^>]*>Late<\/caption>/)
    expect(markup).toMatch(
      /<th scope="col"[^>]*aria-sort="descending"[^>]*><a class="app-sort" href="\?sort=late-ascending">Days late/,
    )
    expect(markup).toMatch(
      /<th scope="col"[^>]*aria-sort="none"[^>]*><a class="app-sort" href="\?sort=name-ascending">Child/,
    )
    expect(markup).toMatch(/<th scope="col"[^>]*>Plain<\/th>/)
    expect(markup).toMatch(/<th scope="row"[^>]*>&lt;b(>|&gt;)<\/th>/)
  })

  it('can be reached by keyboard where it scrolls, and keeps its roles where it becomes cards', () => {
    expect(draw()).toMatch(/<section class="app-scroll" aria-labelledby="t-caption" tabindex="0">/)
    expect(draw('cards')).toMatch(/<table[^>]*role="table"/)
    expect(draw('cards')).toMatch(/<td[^>]*data-label="Days late" role="cell">3<\/td>/)
  })
})

it('says how many there are, and links to the pages round this one', () => {
  const paging = { page: 3, pageSize: 50, total: 3012, things: 'requests' }
  expect(words(html(<Counts {...paging} />))).toBe('Showing 101 to 150 of 3,012 requests')
  const pager = html(<Pager {...paging} href={(page) => `?page=${page}`} />)
  expect([...pager.matchAll(/href="\?page=(\d+)"/g)].map((match) => match[1])).toEqual([
    '2',
    '1',
    '2',
    '3',
    '4',
    '61',
    '4',
  ])
  expect(html(<Pager {...paging} page={1} total={50} href={String} />)).toBe('')
})

it('filters by a GET form that carries the order along, with each choice removable', () => {
  const markup = html(
    <FilterPanel
      action="/staff"
      clearHref="/staff"
      keep={{ sort: 'due', page: undefined }}
      selected={[{ text: 'North', removeHref: '/staff?x' }]}
    >
      <input name="q" />
    </FilterPanel>,
  )
  expect(markup).toMatch(/<form method="get" action="\/staff"/)
  expect(markup).toContain('<input type="hidden" name="sort" value="due"/>')
  expect(markup).not.toContain('name="page"')
  expect(words(markup)).toContain('Remove this filter: North')
})

describe('a form page', () => {
  const form = { title: 'Ask', csrfToken: 't0k', idempotencyKey: 'k1', button: 'Continue' }

  it('posts with the token and the key, and links each mistake to its field', () => {
    const markup = html(
      <FormPage
        {...form}
        errors={[
          { field: 'on', text: 'Enter the day' },
          { field: '', text: 'Somebody changed this' },
        ]}
        errorTargets={{ on: 'on-day' }}
      >
        <p>Questions</p>
      </FormPage>,
    )
    expect(markup).toContain('<input type="hidden" name="_csrf" value="t0k"/>')
    expect(markup).toContain('<input type="hidden" name="idempotencyKey" value="k1"/>')
    expect(markup).toMatch(/<a href="#on-day">Enter the day<\/a>/)
    expect(markup).not.toMatch(/<a href="#">/)
    expect(markup.indexOf('There is a problem')).toBeLessThan(markup.indexOf('<h1'))
  })

  it('shows every answer with a way to change it before it is sent', () => {
    const markup = html(
      <CheckAnswers
        {...form}
        sections={[{ rows: [{ key: 'Name', value: 'Amara', action: { text: 'Change', href: '/name' } }] }]}
        whatHappensNext="We write to you."
      />,
    )
    expect(words(markup)).toContain('Name Amara Change name What happens next We write to you. Continue')
  })
})

it('names the child once, as the heading, with what tells one child from another', () => {
  const markup = html(
    <CaseHeader
      name="Amara Okafor"
      dateOfBirth="2012-03-04"
      age={8}
      year="Year 4"
      navigation={[{ text: 'Summary', href: '/s', current: true }]}
    />,
  )
  expect(markup.match(/<h1/g)).toHaveLength(1)
  expect(words(markup)).toBe(
    'Amara Okafor Born 4 March 2012 Age 8, Year 4 School or college None recorded Plan coordinator Nobody yet Summary',
  )
  expect(markup).toContain('aria-current="page"')
})

it('shows a number with what it is out of, as at when, and never a small one', () => {
  const tile = {
    name: 'In time',
    asAt: '2020-10-31',
    definition: 'Version 3',
    numerator: 25,
    denominator: 41,
    outOf: 'plans',
  }
  expect(words(html(<StatTile {...tile} value="61%" />))).toBe(
    'In time 61% 25 of 41 plans As at 31 October 2020 How it is worked out : In time Version 3',
  )
  expect(words(html(<StatTile {...tile} value={null} />))).not.toMatch(/25|41/)
})

it('takes words and markup as the body of an official part, and escapes the words', () => {
  expect(
    html(
      <GovukInsetText>
        Fish & <b>chips</b>
      </GovukInsetText>,
    ),
  ).toMatch(/^<div class="govuk-inset-text">\s*Fish &amp; <b>chips<\/b>\s*<\/div>$/)
  expect(html(<GovukInsetText text="<b>" />)).toContain('&lt;b&gt;')
})
