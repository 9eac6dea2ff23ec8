import { sql } from 'kysely'
import { placeOfPostcode } from '../../../db/authority/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { date } from '../../../law/index.ts'
import { nationalCurriculumYear } from '../../../record/school-age.ts'
import type {
  Fuel,
  GridReference,
  JourneyCounted,
  TravelGround,
  TravelMode,
} from '../../../record/travel/index.ts'

/** A journey as recorded. */
export interface Journey {
  readonly id: string
  readonly childId: string
  readonly settingUrn: string | null
  readonly place: string
  readonly from: string
  readonly to: string | null
  readonly endedWhy: string | null
  readonly ground: TravelGround
  readonly groundWords: string
  readonly straightMiles: number | null
  readonly walkMiles: number | null
  readonly walkSource: string | null
  readonly walkOn: string | null
  readonly roadMiles: number | null
  readonly roadSource: string | null
  readonly roadOn: string | null
  readonly mode: TravelMode
  readonly fuel: Fuel
  readonly children: number
  readonly assistant: boolean
  readonly residential: boolean
  readonly legs: number
  readonly days: number
  readonly emptyPercent: number
  readonly minutes: number | null
  readonly yearlyPence: number | null
  readonly reviewOn: string | null
  readonly trainingGoal: string | null
  readonly recordedOn: string
  readonly recordedBy: string | null
}

/** The journeys of a child, those in force first, then the newest. */
export async function findJourneys(trx: Trx, childId: string): Promise<readonly Journey[]> {
  const rows = await trx
    .selectFrom('journey as j')
    .leftJoin('account as a', 'a.id', 'j.recorded_by')
    .selectAll('j')
    .select('a.name as by_name')
    .where('j.child_id', '=', childId)
    .orderBy(sql`j.to_on is not null`)
    .orderBy('j.from_on', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    childId: row.child_id,
    settingUrn: row.setting_urn,
    place: row.place_name,
    from: row.from_on,
    to: row.to_on,
    endedWhy: row.ended_why,
    ground: row.ground as TravelGround,
    groundWords: row.ground_words,
    straightMiles: row.straight_miles,
    walkMiles: row.walk_miles,
    walkSource: row.walk_source,
    walkOn: row.walk_on,
    roadMiles: row.road_miles,
    roadSource: row.road_source,
    roadOn: row.road_on,
    mode: row.mode as TravelMode,
    fuel: row.fuel as Fuel,
    children: row.children,
    assistant: row.assistant,
    residential: row.residential,
    legs: row.legs,
    days: row.days,
    emptyPercent: row.empty_percent,
    minutes: row.minutes,
    yearlyPence: row.yearly_pence,
    reviewOn: row.review_on,
    trainingGoal: row.training_goal,
    recordedOn: row.recorded_on,
    recordedBy: row.by_name,
  }))
}

/** A setting the child may travel to, with where it is when that is known. */
export interface Destination {
  readonly urn: string
  readonly name: string
  readonly postcode: string | null
  readonly at: GridReference | null
}

interface SettingPlace {
  readonly urn: string
  readonly name: string
  readonly postcode: string | null
  readonly easting: number | null
  readonly northing: number | null
}
const placed = (row: SettingPlace): Destination => ({
  urn: row.urn,
  name: row.name,
  postcode: row.postcode,
  at:
    row.easting !== null && row.northing !== null
      ? { easting: row.easting, northing: row.northing }
      : placeOfPostcode(row.postcode),
})

/** Where the child is educated or is to be: the setting on the record, and those of placements that have not ended. */
export async function findDestinations(
  trx: Trx,
  childId: string,
  today: string,
): Promise<readonly Destination[]> {
  const { rows } =
    await sql<SettingPlace>`select s.urn, s.name, s.postcode, s.easting, s.northing from setting s
    where s.urn in (
      select p.setting_urn from placement p where p.child_id = ${childId} and (p.to_on is null or p.to_on > ${today}::date)
      union select c.setting_urn from child c where c.id = ${childId})
    order by s.name`.execute(trx)
  return rows.map(placed)
}

/** A setting by its number. */
export async function findPlace(trx: Trx, urn: string): Promise<Destination | undefined> {
  const row = await trx
    .selectFrom('setting')
    .select(['urn', 'name', 'postcode', 'easting', 'northing'])
    .where('urn', '=', urn)
    .executeTakeFirst()
  return row && placed(row)
}

/** A journey in force on a day, for the authority's figures: with the child's number and the setting, and no address. */
export interface JourneyInForce extends JourneyCounted {
  readonly id: string
  readonly reference: string
  readonly localityName: string | null
  readonly place: string
  readonly settingUrn: string | null
  readonly from: string
  readonly ground: TravelGround
  readonly straightMiles: number | null
  readonly walkMiles: number | null
  readonly roadSource: string | null
  readonly assistant: boolean
  readonly residential: boolean
  readonly reviewOn: string | null
  /** Where home is, to measure a straight line from; never shown. */
  readonly home: GridReference | null
}

/** The journeys in force on a day, as was known by its end. */
export async function findJourneysInForce(trx: Trx, asAt: string): Promise<readonly JourneyInForce[]> {
  const rows = await trx
    .selectFrom('journey as j')
    .innerJoin('child as c', 'c.id', 'j.child_id')
    .leftJoin('locality as l', 'l.id', 'c.locality_id')
    .leftJoin('setting as s', 's.urn', 'j.setting_urn')
    .crossJoin('authority')
    .selectAll('j')
    .select([
      'c.reference',
      'c.date_of_birth',
      'c.postcode',
      'c.locality_id',
      'l.name as locality_name',
      's.la_code',
      'authority.code as our_code',
    ])
    .where('j.from_on', '<=', asAt)
    .where('j.recorded_on', '<=', asAt)
    .where((where) =>
      where.or([
        where('j.to_on', 'is', null),
        where('j.to_on', '>', asAt),
        where('j.ended_recorded_on', '>', asAt),
      ]),
    )
    .orderBy('c.reference')
    .orderBy('j.from_on')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    childId: row.child_id,
    reference: row.reference,
    localityId: row.locality_id,
    localityName: row.locality_name,
    place: row.place_name,
    settingUrn: row.setting_urn,
    from: row.from_on,
    ground: row.ground as TravelGround,
    straightMiles: row.straight_miles,
    walkMiles: row.walk_miles,
    roadMiles: row.road_miles,
    roadSource: row.road_source,
    mode: row.mode as TravelMode,
    fuel: row.fuel as Fuel,
    children: row.children,
    assistant: row.assistant,
    residential: row.residential,
    legs: row.legs,
    days: row.days,
    emptyShare: row.empty_percent / 100,
    minutes: row.minutes,
    guideMinutes: nationalCurriculumYear(date(row.date_of_birth), date(asAt)) < 7 ? 45 : 75,
    yearlyPence: row.yearly_pence,
    reviewOn: row.review_on,
    outOfCounty: row.la_code === null ? null : row.la_code !== row.our_code,
    home: placeOfPostcode(row.postcode),
  }))
}
