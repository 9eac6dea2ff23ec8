import { describe, expect, test } from 'vitest'
import type { SignedIn } from '../../platform/routes.ts'
import { birthsOfYear, readFilters, toQuery, yearOf } from './filters.ts'
import { markup, nothing } from './markup.ts'
import { nextThing, whoActs } from './next-things.ts'

const cora: SignedIn = {
  accountId: 'a',
  name: 'Cora',
  role: 'plan-coordinator',
  jobTitle: '',
  door: 'staff',
  localityId: 'north',
  teamId: 't',
  csrfToken: '',
}

describe('The address of a list', () => {
  test('a coordinator starts with their own work, a head with the locality, a manager with everyone', () => {
    expect(readFilters({}, cora).whose).toBe('me')
    expect(readFilters({}, { ...cora, role: 'locality-head' }).whose).toBe('locality')
    expect(readFilters({}, { ...cora, role: 'send-manager' }).whose).toBe('everyone')
  })
  test('what it does not know is left out, so an old address still opens', () => {
    expect(
      readFilters(
        {
          whose: 'nobody',
          stage: 'nonsense',
          year: '99',
          within: '3',
          page: '-4',
          coordinator: 'x; drop',
          order: 'random',
        },
        cora,
      ),
    ).toEqual(readFilters({}, cora))
  })
  test('a person in no team has no team list', () => {
    expect(readFilters({ whose: 'team' }, { ...cora, teamId: null }).whose).toBe('everyone')
  })
  test('goes there and back', () => {
    const query =
      'whose=everyone&locality=north&coordinator=none&kind=plan&rule=final-plan&stage=drafting&late=yes&exception=yes&year=5&setting=Oak&within=28&order=due&page=3'
    expect(toQuery(readFilters(Object.fromEntries(new URLSearchParams(query)), cora))).toBe(query)
  })
  test('a changed filter starts again at the first page', () => {
    expect(toQuery(readFilters({ page: '3' }, cora), { late: true })).toBe('whose=me&late=yes')
    expect(toQuery(readFilters({ page: '3' }, cora), { page: 4 })).toBe('whose=me&page=4')
  })
})

describe('Year groups', () => {
  test.each([
    ['2015-09-01', '2020-11-02', 0],
    ['2015-08-31', '2020-11-02', 1],
    ['2016-08-31', '2020-11-02', 0],
    ['2004-09-01', '2020-11-02', 11],
    ['2015-08-31', '2020-08-31', 0],
    ['2015-08-31', '2020-09-01', 1],
    ['2016-02-29', '2020-11-02', 0],
  ])('born %s is in year %3$s on %s', (born, today, year) => {
    expect(yearOf(born, today)).toBe(year)
    const { from, to } = birthsOfYear(year, today)
    expect(born >= from! && born <= to!).toBe(true)
  })
  test('nursery and over 18 have one open end', () => {
    expect(birthsOfYear(-1, '2020-11-02').to).toBeNull()
    expect(birthsOfYear(14, '2020-11-02').from).toBeNull()
  })
})

describe('Rows written as markup', () => {
  test('every value put in is escaped, once', () => {
    const name = `<script>"O'Neill" & co`
    expect(markup`<td title="${name}">${name}</td>`.text).toBe(
      '<td title="&lt;script&gt;&quot;O&#39;Neill&quot; &amp; co">&lt;script&gt;&quot;O&#39;Neill&quot; &amp; co</td>',
    )
    expect(markup`<tr>${markup`<td>${'<'}</td>`}${[markup`${1}`, markup`${2}`]}${nothing}</tr>`.text).toBe(
      '<tr><td>&lt;</td>12</tr>',
    )
  })
})

describe('Words', () => {
  test('a rule without short words is still said', () => {
    expect(nextThing('final-plan')).toBe('Send the final plan')
    expect(nextThing('some-new-rule')).toBe('Some new rule')
  })
  test('who must act', () => {
    expect(whoActs('local authority')).toBe('The council')
    expect(whoActs('health body, other authority, youth offending team or other s.31 body')).toBe(
      'The adviser asked',
    )
    expect(whoActs('mediation adviser')).toBe('Mediation adviser')
  })
})
