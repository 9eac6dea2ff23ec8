import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner, asViewer } from '../../../db/viewer.ts'
import { type CaseworkStory, caseworkStory, type Officer } from '../../assessment/casework-story.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { climateReport, routes } from './index.ts'

const TODAY = '2025-01-20'
let pages: Pages
let story: CaseworkStory
let officer: Officer

beforeAll(async () => {
  pages = await openPages(routes, TODAY)
  story = await caseworkStory(pages, { today: TODAY })
  // Larkfield about six miles from home in a straight line, both in the postcode table.
  await asOwner(pages.record.owner, async (trx) => {
    await trx.updateTable('child').set({ postcode: 'DT1 1XJ' }).where('id', '=', story.childId).execute()
    await trx
      .updateTable('setting')
      .set({ postcode: 'DT4 8AA', easting: 369000, northing: 80900, la_code: '850' })
      .where('urn', '=', '900001')
      .execute()
  })
  officer = await story.officer('coordinator')
})
afterAll(() => pages.close())

const rows = () => pages.record.owner.selectFrom('journey').selectAll().orderBy('from_on').execute()
const JOURNEY = {
  place: '900001',
  ground: 'cannot-walk',
  groundWords: 'Her paediatrician, 3 January 2025',
  roadMiles: '9.5',
  roadSource: 'Council map',
  'roadOn-day': '20',
  'roadOn-month': '1',
  'roadOn-year': '2025',
  mode: 'taxi',
  minutes: '50',
  cost: '7,600.50',
}

describe('A journey', () => {
  test('is questioned where a distance or a ground cannot be right, and nothing typed is lost', async () => {
    const page = await officer.does('plan-the-journey', {
      ...JOURNEY,
      ground: 'post-16',
      roadMiles: '2',
      cost: 'lots',
    })
    expect(page.status).toBe(422)
    expect(page.errors).toEqual(['cost: The cost must be an amount like 7,600 or 7600.50'])
    const again = await officer.does('plan-the-journey', { ...JOURNEY, ground: 'post-16', roadMiles: '2' })
    expect(again.errors.map((one) => one.split(':')[0])).toEqual(['ground', 'roadMiles'])
    expect(again.errors[1]).toContain('cannot be shorter than the straight line')
    expect(again.value('groundWords')).toBe(JOURNEY.groundWords)
    expect(await rows()).toEqual([])
  })

  test('is recorded with each distance by its own measure, and replaced from a later day', async () => {
    const done = await officer.does('plan-the-journey', JOURNEY)
    expect(done.errors).toEqual([])
    expect(done.location).toContain('/journeys')
    const [first] = await rows()
    expect(first).toMatchObject({
      from_on: TODAY,
      road_miles: 9.5,
      walk_miles: null,
      yearly_pence: 760050,
      empty_percent: 100,
    })
    expect(first!.straight_miles).toBeGreaterThan(5)
    const page = await officer.open('journeys')
    expect(page.text).toContain('From home in DT1')
    expect(page.html).not.toContain('1XJ')
    expect(page.text).toMatch(/Straight line about [\d.]+ miles in a straight line/)
    expect(page.text).toContain('9.5 miles, by Council map, 20 January 2025')
    const later = await officer.does('plan-the-journey', {
      ...JOURNEY,
      'from-day': '1',
      'from-month': '9',
      mode: 'shared-taxi',
      children: '3',
    })
    expect(later.errors).toEqual([])
    expect((await rows()).map((one) => [one.from_on, one.to_on, one.mode])).toEqual([
      [TODAY, '2025-09-01', 'taxi'],
      ['2025-09-01', null, 'shared-taxi'],
    ])
    expect((await story.events('journey_recorded')).length).toBe(2)
  })

  test('is counted for the authority by the year’s factors, and in a table without a name or an address', async () => {
    const page = await officer.open('/staff/travel')
    expect(page.text).toContain('Middle 9.5; nine in ten are 9.5 or fewer')
    expect(page.text).toContain('the journeys of 1 child came to')
    expect(page.text).toContain('1 of 1 journeys with a time')
    expect(page.text).toContain('too few children had a journey worked out')
    const csv = await officer.open('/staff/travel.csv?factors=2024')
    expect(csv.status).toBe(200)
    expect(csv.html).toContain(',9.5,Council map,')
    expect(csv.html).not.toMatch(/Amara|Okafor|DT1|Quay/)
    const line = await asViewer(
      pages.record.db,
      { accountId: STORY_PEOPLE.coordinator.id, today: TODAY },
      (trx) => climateReport(trx, TODAY, { published: false }),
    )
    expect(line).toMatchObject({ numerator: 1, denominator: 1, factorYear: 2025, asAt: TODAY })
  })

  test('is for staff: no other door opens it, and the database shows them no row', async () => {
    for (const part of ['parent', 'senco', 'psychologist', 'board'] as const) {
      const other = await story.officer(part)
      expect((await other.open('journeys')).status).toBe(403)
      const seen = await asViewer(
        pages.record.db,
        { accountId: STORY_PEOPLE[part].id, today: TODAY },
        (trx) => trx.selectFrom('journey').select('id').execute(),
      )
      expect(seen).toEqual([])
    }
  })
})
