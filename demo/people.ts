import type { Relationship } from '../src/features/children/the-child/words.ts'
import { addMonths, type PlainDate, toCivil } from '../src/law/index.ts'
import { compulsorySchoolAgeEnds } from '../src/record/school-age.ts'
import { SOCIAL_CARE_OFFICE } from './contact-points.ts'
import { plus, schoolYear } from './days.ts'
import { adultName, type CommunityName, familyName, givenName, houseName } from './names.ts'
import type { Places, Postcode, Setting, SettingKind } from './places.ts'
import { type Chance, chanceFor, idFor } from './random.ts'

export interface Adult {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly home: { readonly line: string; readonly town: string; readonly postcode: string } | null
  readonly prefers: 'letter' | 'email' | 'phone'
}

/** Who an adult is to every child of the family. */
export interface Tie {
  readonly adult: Adult
  readonly relationship: Relationship
  readonly parentalResponsibility: boolean
  readonly livesWith: boolean
  readonly restrictionNote: string | null
}

/** Someone past compulsory school age: their rights are their own, and letters go to them. */
export interface YoungPerson {
  readonly since: PlainDate
  readonly contact: Adult
}

export interface Family {
  readonly number: number
  readonly name: string
  readonly community: CommunityName
  readonly ethnicity: string
  readonly home: Postcode
  readonly addressLine: string
  readonly firstLanguage: string
  readonly interpreter: string | null
  readonly armedForces: boolean
  readonly ties: readonly Tie[]
}

export interface Child {
  readonly id: string
  readonly number: number
  readonly givenName: string
  readonly familyName: string
  readonly knownAs: string | null
  readonly bornOn: PlainDate
  readonly sex: 'F' | 'M'
  readonly family: Family
  readonly need: string
}

// Dorset, plans in force 2024/25 by ethnicity (DfE), as SEN2 main codes.
const ETHNICITIES: readonly (readonly [readonly [string, CommunityName], number])[] = [
  [['WBRI', 'british'], 3950],
  [['WOTH', 'polish'], 50],
  [['WOTH', 'romanian'], 24],
  [['WOTH', 'portuguese'], 18],
  [['WROM', 'traveller'], 25],
  [['WIRI', 'irish'], 15],
  [['WIRT', 'irish'], 2],
  [['MWBC', 'british'], 37],
  [['MWBA', 'british'], 16],
  [['MWAS', 'british'], 32],
  [['MOTH', 'british'], 39],
  [['AIND', 'southAsian'], 4],
  [['APKN', 'southAsian'], 3],
  [['ABAN', 'southAsian'], 3],
  [['AOTH', 'southAsian'], 17],
  [['CHNE', 'chinese'], 3],
  [['BAFR', 'african'], 6],
  [['BCRB', 'caribbean'], 3],
  [['BOTH', 'african'], 3],
  [['OOTH', 'arabic'], 16],
  [['NOBT', 'british'], 78],
]

const LANGUAGES: Partial<Record<CommunityName, readonly string[]>> = {
  polish: ['Polish'],
  romanian: ['Romanian'],
  portuguese: ['Portuguese'],
  southAsian: ['Bengali', 'Urdu', 'Punjabi', 'Nepali', 'Hindi'],
  chinese: ['Cantonese', 'Mandarin'],
  arabic: ['Arabic'],
}

/** A family is worked out from its number alone, so that any of its children gives the same one. */
export function familyOf(seed: string, number: number, places: Places): Family {
  const chance = chanceFor(seed, 'family', number)
  const [ethnicity, community] = chance.weighted(ETHNICITIES)
  const name = familyName(chance, community)
  const home = places.postcodeIn(chance)
  const line = `${chance.is(0.55) ? '' : `${chance.between(1, 60)} `}${houseName(chance)}`
  const languages = LANGUAGES[community]
  const firstLanguage =
    languages && chance.is(0.8)
      ? chance.pick(languages)
      : chance.is(0.002)
        ? 'British Sign Language'
        : 'English'
  return {
    number,
    name,
    community,
    ethnicity,
    home,
    addressLine: line,
    firstLanguage,
    interpreter: firstLanguage !== 'English' && chance.is(0.4) ? firstLanguage : null,
    // Blandford and Bovington camps.
    armedForces: chance.is(['Blandford Forum', 'Wool'].includes(home.town) ? 0.18 : 0.008),
    ties: tiesOf(seed, chance, { number, name, community, home, line }, places),
  }
}

type Household = { number: number; name: string; community: CommunityName; home: Postcode; line: string }

function tiesOf(seed: string, chance: Chance, house: Household, places: Places): Tie[] {
  const here = { line: house.line, town: house.home.town, postcode: house.home.postcode }
  let count = 0
  const adult = (sex: 'F' | 'M', surname: string, where: Adult['home'] = here): Adult => {
    const given = adultName(chance, house.community, sex)
    const key = mailName(`${given}.${surname.replaceAll(' ', '')}`)
    count++
    return {
      id: idFor(seed, 'contact', house.number, count),
      name: `${given} ${surname}`,
      email: chance.is(0.82) ? `${key}.${house.number}${'abc'[count - 1] ?? 'd'}@example.org` : null,
      phone: chance.is(0.9) ? mobile(chance) : null,
      home: where,
      prefers: chance.weighted([
        ['email', 6],
        ['phone', 2],
        ['letter', 2],
      ]),
    }
  }
  const elsewhere = (): Adult['home'] => {
    const other = places.postcodeIn(chance)
    return { line: houseName(chance), town: other.town, postcode: other.postcode }
  }
  const tie = (
    who: Adult,
    relationship: Relationship,
    more: Partial<Omit<Tie, 'adult' | 'relationship'>> = {},
  ): Tie => ({
    adult: who,
    relationship,
    parentalResponsibility: true,
    livesWith: true,
    restrictionNote: null,
    ...more,
  })
  const mothersName = chance.is(0.25) ? familyName(chance, house.community) : house.name
  switch (
    chance.weighted([
      ['couple', 60],
      ['mother', 16],
      ['father', 3],
      ['apart', 13],
      ['foster', 4.5],
      ['kin', 3.5],
    ])
  ) {
    case 'mother':
      return [tie(adult('F', mothersName), 'mother')]
    case 'father':
      return [tie(adult('M', house.name), 'father')]
    case 'apart': {
      const barred = chance.is(0.12)
      return [
        tie(adult('F', mothersName), 'mother'),
        tie(adult('M', house.name, elsewhere()), 'father', {
          livesWith: false,
          restrictionNote: barred
            ? 'Prohibited steps order: no letters, dates or address to be shared. Ask the locality head before any contact.'
            : null,
        }),
      ]
    }
    case 'foster':
      return [
        tie(adult('F', familyName(chance, 'british')), 'foster-carer', { parentalResponsibility: false }),
        tie(adult('F', mothersName, elsewhere()), 'mother', { livesWith: false }),
        tie(socialWorker(adult(chance.is(0.7) ? 'F' : 'M', familyName(chance, 'british'), null)), 'other', {
          livesWith: false,
        }),
      ]
    case 'kin':
      return [tie(adult('F', familyName(chance, house.community)), 'special-guardian')]
    default:
      return [tie(adult('F', mothersName), 'mother'), tie(adult('M', house.name), 'father')]
  }
}

/** Acts for the council, which has parental responsibility under a care order: written to at the office. */
const socialWorker = (adult: Adult): Adult => ({
  ...adult,
  name: `${adult.name}, children’s social worker`,
  home: SOCIAL_CARE_OFFICE,
})

// Dorset, primary need of all plans, January 2025 (DfE), for three ages.
const NEEDS_BY_AGE: readonly (readonly [number, readonly (readonly [string, number])[]])[] = [
  [
    6,
    [
      ['SLCN', 259],
      ['ASD', 108],
      ['SEMH', 39],
      ['MLD', 29],
      ['PD', 28],
      ['HI', 11],
      ['SLD', 7],
      ['VI', 5],
      ['PMLD', 4],
      ['SPLD', 5],
      ['MSI', 2],
      ['OTH', 1],
    ],
  ],
  [
    11,
    [
      ['ASD', 287],
      ['SEMH', 314],
      ['SLCN', 376],
      ['MLD', 113],
      ['PD', 69],
      ['SPLD', 64],
      ['HI', 23],
      ['SLD', 23],
      ['PMLD', 10],
      ['VI', 9],
      ['MSI', 6],
      ['OTH', 9],
    ],
  ],
  [
    25,
    [
      ['ASD', 837],
      ['SEMH', 743],
      ['SLCN', 278],
      ['MLD', 232],
      ['PD', 148],
      ['SPLD', 135],
      ['SLD', 60],
      ['HI', 33],
      ['PMLD', 17],
      ['VI', 20],
      ['MSI', 3],
      ['OTH', 5],
    ],
  ],
]

export function childOf(
  seed: string,
  number: number,
  family: Family,
  born: { readonly on: PlainDate; readonly placeInFamily: number },
  ageAtStart: number,
): Child {
  const chance = chanceFor(seed, 'child', number)
  const sex = chance.is(0.695) ? 'M' : 'F'
  // Brothers and sisters do not share a given name.
  const siblings = chanceFor(seed, 'given', family.number)
  let given = ''
  for (let place = 0; place <= born.placeInFamily; place++) {
    const before = given
    do given = givenName(siblings, family.community, sex)
    while (given === before)
  }
  const needs = NEEDS_BY_AGE.find(([upTo]) => ageAtStart <= upTo)?.[1] ?? NEEDS_BY_AGE[2]![1]
  return {
    id: idFor(seed, 'child', number),
    number,
    givenName: given,
    familyName: family.name,
    knownAs: chance.is(0.03) ? given.slice(0, 3) : null,
    bornOn: born.on,
    sex,
    family,
    need: chance.weighted(needs),
  }
}

/** The young person as a contact of their own, from the day after compulsory school age; null for a child. */
export function youngPersonOf(seed: string, child: Child, asAt: PlainDate): YoungPerson | null {
  const last = compulsorySchoolAgeEnds(child.bornOn)
  if (asAt <= last) return null
  const chance = chanceFor(seed, 'self', child.number)
  const name = `${child.givenName} ${child.familyName}`
  return {
    since: plus(last, 1),
    contact: {
      id: selfContactId(seed, child.number),
      name,
      email: chance.is(0.75) ? `${mailName(name)}.y${child.number}@example.org` : null,
      phone: chance.is(0.8) ? mobile(chance) : null,
      home: {
        line: child.family.addressLine,
        town: child.family.home.town,
        postcode: child.family.home.postcode,
      },
      prefers: chance.weighted([
        ['email', 5],
        ['phone', 2],
        ['letter', 3],
      ]),
    },
  }
}

export const selfContactId = (seed: string, childNumber: number): string =>
  idFor(seed, 'self contact', childNumber)

const mobile = (chance: Chance): string => `07700 900${String(chance.between(0, 999)).padStart(3, '0')}`

const mailName = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll(' ', '.')
    .replace(/[^a-z.]/g, '')

/** A day of birth that makes someone a given age on a day. */
export function bornToBe(chance: Chance, age: number, on: PlainDate): PlainDate {
  return plus(addMonths(on, -12 * (age + 1)), chance.between(1, 364))
}

// Ages at which Dorset's plans started (DfE, 2024/25).
export const AGES_AT_START: readonly (readonly [number, number])[] = [
  [2, 16],
  [3, 115],
  [4, 495],
  [5, 393],
  [6, 236],
  [7, 311],
  [8, 356],
  [9, 415],
  [10, 368],
  [11, 411],
  [12, 305],
  [13, 244],
  [14, 226],
  [15, 190],
  [16, 120],
  [17, 86],
  [18, 25],
  [19, 13],
]

/** Where a child of this age and need is taught, in the proportions of Dorset's plans; null for none. */
export function schoolFor(
  chance: Chance,
  child: Child,
  on: PlainDate,
  places: Places,
  hasPlan: boolean,
): Setting | null {
  const year = schoolYear(child.bornOn, on)
  const home = child.family.home
  if (year < 0) return chance.is(0.35) ? places.near(chance, home, ['nursery', 'primary']) : null
  if (year >= 12) return post16(chance, child, year, places, hasPlan)
  const special: readonly (readonly [readonly SettingKind[], 'dorset' | 'outside', number])[] = hasPlan
    ? [
        [['special'], 'dorset', year >= 7 ? 27 : 21],
        [['independent-special'], 'dorset', year >= 7 ? 6 : 3],
        [['special', 'independent-special'], 'outside', year >= 7 ? 5 : 2.5],
        [['pupil-referral'], 'dorset', year >= 7 ? 4 : 1],
      ]
    : [
        [['pupil-referral'], 'dorset', 2.5],
        [['independent'], 'dorset', 0.5],
      ]
  const mainstream: SettingKind = year >= 7 ? 'secondary' : 'primary'
  const [kinds, where] = chance.weighted<
    readonly [readonly SettingKind[], 'dorset' | 'outside'] | readonly [null, 'dorset']
  >([
    ...special.map(([kinds, where, weight]) => [[kinds, where] as const, weight] as const),
    [[[mainstream], 'dorset'] as const, year >= 7 ? 49 : 68],
    [[[mainstream], 'outside'] as const, 2.5],
    [[null, 'dorset'] as const, hasPlan ? 4 : 1.5],
  ])
  return kinds === null ? null : places.near(chance, home, kinds, where)
}

function post16(
  chance: Chance,
  child: Child,
  year: number,
  places: Places,
  hasPlan: boolean,
): Setting | null {
  const home = child.family.home
  const kinds = chance.weighted<SettingKind | null>([
    ['college', 60],
    ['specialist-college', hasPlan ? 12 : 1],
    ['special', hasPlan ? (year <= 14 ? 22 : 1) : 0],
    ['secondary', year <= 14 ? 10 : 0],
    [null, year >= 14 ? 16 : 6],
  ])
  if (kinds === null) return null
  if (kinds === 'specialist-college') {
    const near = places.settings.filter(
      (one) =>
        one.kind === 'specialist-college' &&
        one.section41To === null &&
        ['838', '839', '850', '878', '933'].includes(one.laCode),
    )
    return chance.pick(near)
  }
  return places.near(chance, home, [kinds], kinds === 'college' && chance.is(0.4) ? 'outside' : 'dorset')
}

/** The school year a day falls in, by its September. */
export const academicYear = (on: PlainDate): number => {
  const { year, month } = toCivil(on)
  return month >= 9 ? year : year - 1
}
