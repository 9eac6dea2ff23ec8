import { readTable } from '../src/db/authority/index.ts'
import type { Chance } from './random.ts'

/** Six localities, named after places: the shape of Dorset Council's own, with invented boundaries. */
export const LOCALITIES = [
  { id: 'bridport', name: 'Bridport and West Dorset' },
  { id: 'dorchester', name: 'Dorchester' },
  { id: 'chesil', name: 'Weymouth and Portland (Chesil)' },
  { id: 'purbeck', name: 'Purbeck' },
  { id: 'north', name: 'North Dorset' },
  { id: 'east', name: 'East Dorset' },
] as const

export type LocalityId = (typeof LOCALITIES)[number]['id']

/** Towns and large villages with their grid reference and locality: a place belongs to the nearest. */
const TOWNS: readonly (readonly [string, number, number, LocalityId])[] = [
  ['Bridport', 346500, 92900, 'bridport'],
  ['Lyme Regis', 334000, 92300, 'bridport'],
  ['Beaminster', 348000, 101500, 'bridport'],
  ['Burton Bradstock', 348900, 89500, 'bridport'],
  ['Charmouth', 336500, 93400, 'bridport'],
  ['Maiden Newton', 359700, 97700, 'dorchester'],
  ['Dorchester', 369000, 90500, 'dorchester'],
  ['Puddletown', 375700, 94400, 'dorchester'],
  ['Crossways', 377000, 88400, 'dorchester'],
  ['Cerne Abbas', 366500, 101200, 'dorchester'],
  ['Charminster', 367900, 92600, 'dorchester'],
  ['Weymouth', 367600, 79300, 'chesil'],
  ['Portland', 369000, 73000, 'chesil'],
  ['Chickerell', 364400, 80700, 'chesil'],
  ['Wareham', 392400, 87500, 'purbeck'],
  ['Swanage', 403000, 78800, 'purbeck'],
  ['Wool', 384500, 86500, 'purbeck'],
  ['Lytchett Matravers', 394600, 95500, 'purbeck'],
  ['Upton', 397800, 93200, 'purbeck'],
  ['Corfe Castle', 396200, 82000, 'purbeck'],
  ['Bere Regis', 384700, 94700, 'purbeck'],
  ['Blandford Forum', 388500, 106500, 'north'],
  ['Shaftesbury', 386500, 122900, 'north'],
  ['Gillingham', 380800, 126500, 'north'],
  ['Sturminster Newton', 378700, 114100, 'north'],
  ['Stalbridge', 373500, 117900, 'north'],
  ['Sherborne', 363800, 116600, 'north'],
  ['Milborne St Andrew', 380200, 97700, 'north'],
  ['Wimborne', 401000, 100200, 'east'],
  ['Ferndown', 407200, 100500, 'east'],
  ['Verwood', 408600, 108700, 'east'],
  ['West Moors', 408200, 102800, 'east'],
  ['Corfe Mullen', 397900, 97400, 'east'],
  ['Cranborne', 405500, 113400, 'east'],
  ['Sturminster Marshall', 394900, 100200, 'east'],
  ['St Leonards', 410500, 102500, 'east'],
]

export interface Postcode {
  readonly postcode: string
  readonly easting: number
  readonly northing: number
  readonly town: string
  readonly locality: LocalityId
}

export type SettingKind =
  | 'nursery'
  | 'primary'
  | 'secondary'
  | 'special'
  | 'pupil-referral'
  | 'independent'
  | 'independent-special'
  | 'college'
  | 'specialist-college'

export interface Setting {
  readonly urn: string
  readonly laCode: string
  readonly laestab: string | null
  readonly name: string
  readonly type: string
  readonly kind: SettingKind
  readonly town: string | null
  readonly postcode: string | null
  readonly easting: number | null
  readonly northing: number | null
  readonly openedOn: string | null
  readonly section41From: string | null
  readonly section41To: string | null
  readonly onRoll: number | null
  readonly withPlan: number | null
  readonly source: string
}

export interface Places {
  readonly settings: readonly Setting[]
  readonly postcodes: readonly Postcode[]
  postcodeIn(chance: Chance): Postcode
  /** A real setting of a kind, near first: one of the nearest few, so that catchments overlap. */
  near(
    chance: Chance,
    home: Postcode,
    kinds: readonly SettingKind[],
    where?: 'dorset' | 'outside',
  ): Setting | null
  byUrn(urn: string): Setting | undefined
  localityOf(setting: Setting): LocalityId | null
}

const NEIGHBOURS = new Set(['839', '850', '865', '878', '933'])
const DORSET = '838'

const townOf = (easting: number, northing: number): readonly [string, number, number, LocalityId] => {
  let best = TOWNS[0]!
  let least = Number.POSITIVE_INFINITY
  for (const town of TOWNS) {
    const away = (town[1] - easting) ** 2 + (town[2] - northing) ** 2
    if (away < least) {
      least = away
      best = town
    }
  }
  return best
}

/** Reads the open data once. The same files give the same places. */
export function readPlaces(): Places {
  const settings = [...readSchools(), ...COLLEGES]
  const postcodes = readTable('postcodes/dorset.csv').map((row): Postcode => {
    const easting = Number(row['easting'])
    const northing = Number(row['northing'])
    const [town, , , locality] = townOf(easting, northing)
    return { postcode: row['postcode']!, easting, northing, town, locality }
  })
  const byUrn = new Map(settings.map((setting) => [setting.urn, setting]))
  const pools = new Map<string, readonly Setting[]>()
  const poolOf = (kinds: readonly SettingKind[], where: 'dorset' | 'outside'): readonly Setting[] => {
    const key = `${where} ${kinds.join(' ')}`
    const held = pools.get(key)
    if (held) return held
    const pool = settings.filter(
      (setting) =>
        kinds.includes(setting.kind) &&
        setting.easting !== null &&
        (where === 'dorset' ? setting.laCode === DORSET : NEIGHBOURS.has(setting.laCode)),
    )
    pools.set(key, pool)
    return pool
  }
  const nearest = new Map<string, readonly Setting[]>()
  return {
    settings,
    postcodes,
    byUrn: (urn) => byUrn.get(urn),
    postcodeIn: (chance) => chance.pick(postcodes),
    near(chance, home, kinds, where = 'dorset') {
      // Half-kilometre squares: near enough, and few enough to remember.
      const key = `${Math.round(home.easting / 2000)} ${Math.round(home.northing / 2000)} ${where} ${kinds.join(' ')}`
      let few = nearest.get(key)
      if (!few) {
        const away = (setting: Setting): number =>
          (setting.easting! - home.easting) ** 2 + (setting.northing! - home.northing) ** 2
        few = poolOf(kinds, where)
          .toSorted((a, b) => away(a) - away(b) || (a.urn < b.urn ? -1 : 1))
          .slice(0, where === 'dorset' ? 4 : 14)
        nearest.set(key, few)
      }
      if (few.length === 0) return null
      return few[Math.floor(chance.next() ** 1.7 * few.length)]!
    },
    localityOf: (setting) =>
      setting.laCode === DORSET && setting.easting !== null
        ? townOf(setting.easting, setting.northing!)[3]
        : null,
  }
}

const KINDS: Readonly<Record<string, SettingKind>> = {
  'State-funded nursery': 'nursery',
  'State-funded primary': 'primary',
  'State-funded secondary': 'secondary',
  'State-funded special school': 'special',
  'Non-maintained special school': 'independent-special',
  'State-funded AP school': 'pupil-referral',
  'Independent school': 'independent',
}

function readSchools(): Setting[] {
  const approved = new Map<
    string,
    { from: string | null; to: string | null; name: string; la: string; type: string }
  >()
  for (const row of readTable('settings/section-41-institutions.csv')) {
    const urn = row['urn']
    if (!urn) continue
    approved.set(urn, {
      from: row['approved_from'] || '2014-09-01',
      to: row['approval_ended'] || null,
      name: row['name']!,
      la: row['dfe_la_code']!,
      type: row['institution_type']!,
    })
  }
  const schools = readTable('settings/establishments-england-2022-23.csv').map((row): Setting => {
    const section41 = approved.get(row['urn']!)
    approved.delete(row['urn']!)
    const kind = KINDS[row['type']!] ?? 'independent'
    const withPlan = Number(row['pupils_with_plan'] || 0)
    const onRoll = Number(row['pupils_on_roll'] || 0)
    return {
      urn: row['urn']!,
      laCode: row['la_code']!,
      laestab: row['laestab'] || null,
      name: row['name']!,
      type: row['type']!,
      kind: kind === 'independent' && (section41 || withPlan > onRoll / 2) ? 'independent-special' : kind,
      town: row['town'] || null,
      postcode: row['postcode'] || null,
      easting: row['easting'] ? Number(row['easting']) : null,
      northing: row['northing'] ? Number(row['northing']) : null,
      openedOn: row['opened_on'] || null,
      section41From: section41?.from ?? null,
      section41To: section41?.to ?? null,
      onRoll,
      withPlan,
      source: 'DfE school census 2022/23 with GIAS (OGL v3.0)',
    }
  })
  const others = [...approved].map(
    ([urn, one]): Setting => ({
      urn,
      laCode: one.la,
      laestab: null,
      name: one.name,
      type: one.type,
      kind: /post-16/i.test(one.type) ? 'specialist-college' : 'independent-special',
      town: null,
      postcode: null,
      easting: null,
      northing: null,
      openedOn: null,
      section41From: one.from,
      section41To: one.to,
      onRoll: null,
      withPlan: null,
      source: 'DfE section 41 list (OGL v3.0)',
    }),
  )
  return [...schools, ...others]
}

/** General further education colleges are in none of the open files held: named here without a real identifier. */
const COLLEGES: readonly Setting[] = (
  [
    ['college-weymouth', '838', 'Weymouth College', 'Weymouth', 367200, 81000],
    ['college-kingston-maurward', '838', 'Kingston Maurward College', 'Dorchester', 371800, 91200],
    ['college-bournemouth-poole', '839', 'Bournemouth and Poole College', 'Poole', 402000, 91300],
    ['college-yeovil', '933', 'Yeovil College', 'Yeovil', 354900, 116500],
    ['college-brockenhurst', '850', 'Brockenhurst College', 'Brockenhurst', 430500, 102400],
  ] as const
).map(([urn, laCode, name, town, easting, northing]) => ({
  urn,
  laCode,
  laestab: null,
  name,
  type: 'General further education college',
  kind: 'college',
  town,
  postcode: null,
  easting,
  northing,
  openedOn: null,
  section41From: null,
  section41To: null,
  onRoll: null,
  withPlan: null,
  source: 'name only, no identifier: in none of the open files held',
}))
