import { SELF } from '../src/features/children/the-child/words.ts'
import { addMonths, date, type FactKind, iso, type PlainDate } from '../src/law/index.ts'
import { ALL_RULES } from '../src/law/rules/all-rules.ts'
import { nameKey } from '../src/record/names.ts'
import { tellAssessment } from './assessment-case.ts'
import { CONTACT_POINTS } from './contact-points.ts'
import { openOnOrAfter, plus, schoolYear } from './days.ts'
import { familyAccounts } from './family-accounts.ts'
import { History } from './history.ts'
import { testNhsNumbers, upn } from './identifiers.ts'
import { type Journey, type Limits, planJourneys } from './journeys.ts'
import { academicYear, type Child, childOf, familyOf, schoolFor, youngPersonOf } from './people.ts'
import { LOCALITIES, type Places, readPlaces, type Setting } from './places.ts'
import { planEnd, tellPlanLife } from './plan-life.ts'
import { type Chance, chanceFor, idFor } from './random.ts'
import type {
  AdviceRow,
  ChildContactRow,
  ChildRecord,
  ChildRow,
  ContactRow,
  EventRow,
  FixedRows,
  ProcessRow,
} from './rows.ts'
import { type Schedule, steadySchedule, trainingSchedule } from './schedule.ts'
import { type AccountRow, makeStaff, type Staff } from './staff.ts'
import { makeSubjects, type Subject } from './subjects.ts'

export const TRAINING_SEED = 'dorset-2020'
export const TRAINING_DAY = '2020-11-02'
const TRAINING_FROM = '2018-01-01'
/** Plans older than 2018, chosen so that about 2,800 are open on the training day. */
const TRAINING_OLDER_PLANS = 1608

export interface GenerateOptions {
  readonly seed: string
  /** About how many plans are open on the last day. */
  readonly openPlans?: number
  /** First day of whole histories, ISO. */
  readonly from?: string
  /** The last day known, ISO. */
  readonly asAt?: string
}

export interface Generated {
  readonly seed: string
  readonly asAt: string
  readonly fixed: FixedRows
  /** How many children there will be, or a few fewer: those whose first paper is not keyed yet are left out. */
  readonly size: number
  /** Each child with everything recorded, one at a time: never the whole authority in memory. */
  children(): Generator<ChildRecord>
}

/** The training authority: the months of 2018 to 2020 that give the seed report's table exactly. */
export function generateTrainingAuthority(seed = TRAINING_SEED): Generated {
  return generateFrom({
    seed,
    schedule: trainingSchedule(),
    olderPlans: TRAINING_OLDER_PLANS,
    from: date(TRAINING_FROM),
    asAt: date(TRAINING_DAY),
  })
}

/** An authority of any size and any dates, for benches: the same stories, a steady flow. */
export function generate(options: GenerateOptions): Generated {
  const openPlans = options.openPlans ?? 2800
  const asAt = date(options.asAt ?? TRAINING_DAY)
  const from = options.from === undefined ? addMonths(asAt, -36) : date(options.from)
  const years = (asAt - from) / 365.25
  const schedule = steadySchedule({ seed: options.seed, openPlans, from, asAt })
  const olderPlans = Math.round(openPlans * Math.max(0.35, 1 - 0.07 * years))
  return generateFrom({ seed: options.seed, schedule, olderPlans, from, asAt })
}

/** The law's own limits, read from its rules. */
export function lawfulLimits(): Limits {
  const days = (id: string): number => {
    const length = ALL_RULES.find((rule) => rule.id === id)?.versions.at(-1)?.length
    if (length === undefined || !('n' in length) || length.unit !== 'weeks')
      throw new Error(`the law has no weeks for ${id}`)
    return length.n * 7
  }
  return {
    decisionDays: days('decision-to-assess'),
    finalDays: days('final-plan'),
    noPlanDays: days('decision-not-to-issue'),
  }
}

interface World {
  readonly seed: string
  readonly from: PlainDate
  readonly asAt: PlainDate
  readonly limits: Limits
  readonly places: Places
  readonly staff: Staff
}

function generateFrom(options: {
  readonly seed: string
  readonly schedule: Schedule
  readonly olderPlans: number
  readonly from: PlainDate
  readonly asAt: PlainDate
}): Generated {
  const { seed, from, asAt } = options
  const limits = lawfulLimits()
  const places = readPlaces()
  const staff = makeStaff(seed, places)
  const journeys = planJourneys({ seed, schedule: options.schedule, asAt, limits })
  const subjects = makeSubjects({ seed, journeys, olderPlans: options.olderPlans, from, asAt })
  const families = familyAccounts(seed, subjects, places, asAt, limits)
  const world: World = { seed, from, asAt, limits, places, staff }
  return {
    seed,
    asAt: iso(asAt),
    size: subjects.length,
    fixed: {
      localities: LOCALITIES,
      contactPoints: CONTACT_POINTS,
      teams: staff.teams,
      accounts: [...staff.accounts, ...families.accounts],
      settings: places.settings.map((one) => ({
        urn: one.urn,
        la_code: one.laCode,
        laestab: one.laestab,
        name: one.name,
        type: one.type,
        town: one.town,
        postcode: one.postcode,
        easting: one.easting,
        northing: one.northing,
        opened_on: one.openedOn,
        section_41_from: one.section41From,
        section_41_to: one.section41To,
        pupils_on_roll: one.onRoll,
        pupils_with_plan: one.withPlan,
        source: one.source,
      })),
    },
    *children() {
      const numbers = { nhs: testNhsNumbers(), upns: new Set<string>(), assessments: 0, plans: 0 }
      const written = new Set<string>()
      for (const subject of subjects) {
        const record = recordOf(world, subject, numbers)
        // Written on the last day's weekend and not keyed yet: nobody knows of this child.
        if (record.events.length === 0) continue
        yield {
          ...record,
          contacts: record.contacts.flatMap((contact) => {
            if (written.has(contact.id)) return []
            written.add(contact.id)
            return [{ ...contact, account_id: families.byContact.get(contact.id) ?? null }]
          }),
        }
      }
    },
  }
}

interface Numbers {
  readonly nhs: Generator<string>
  readonly upns: Set<string>
  assessments: number
  plans: number
}

/** References have the form the casework gives them: the year of opening for a case, and a number of its own. */
const fiveFigures = (number: number): string => String(number).padStart(5, '0')
const ofYear = (letter: 'A' | 'P', openedOn: string, number: number): string =>
  `${letter}-${openedOn.slice(0, 4)}-${fiveFigures(number)}`

function recordOf(world: World, subject: Subject, numbers: Numbers): ChildRecord {
  const { seed, places, staff, asAt } = world
  const chance = chanceFor(seed, 'case', subject.number)
  const family = familyOf(seed, subject.familyNumber, places)
  const child = childOf(
    seed,
    subject.number,
    family,
    { on: subject.bornOn, placeInFamily: subject.placeInFamily },
    subject.ageAtStart,
  )
  const coordinator = chance.pick(staff.coordinators[family.home.locality])
  const history = new History(seed, child.id, child.number)
  const told = tellSubject(world, subject, child, coordinator, history, chance)
  const events = history.rows(asAt)
  const known = new Set(events.map((event) => event.process_id))
  const ids = new Set(events.map((event) => event.id))
  const processes = told.processes
    .filter((process) => known.has(process.id))
    .map((process) => ({
      ...process,
      reference:
        process.kind === 'assessment'
          ? ofYear('A', process.opened_on, ++numbers.assessments)
          : ofYear('P', process.opened_on, ++numbers.plans),
    }))
  return {
    child: childRow(world, subject, child, told.setting, numbers),
    ...contactRows(seed, child, subject.registeredOn, asAt),
    processes,
    events,
    advice: told.advice.flatMap((row) => asKeyed(row, events)),
    exceptions: told.exceptions.filter((row) => ids.has(row.event_id)),
  }
}

/** The request for advice says what the history says: chased and answered as far as was keyed by the day. */
function asKeyed(row: AdviceRow, events: readonly EventRow[]): AdviceRow[] {
  const told = (kind: FactKind): readonly EventRow[] =>
    events.filter(
      (event) =>
        event.kind === kind &&
        event.process_id === row.process_id &&
        event.payload['head'] === row.head &&
        event.payload['adviser'] === row.adviser,
    )
  if (told('advice_requested').length === 0) return []
  const answer = told('advice_received').at(-1)
  const chases = told('advice_chased')
  return [
    {
      ...row,
      received_on: answer?.happened_on ?? null,
      nothing_to_report: answer?.payload['nothingToReport'] === true,
      last_chased_on: chases.at(-1)?.happened_on ?? null,
      chases: chases.length,
    },
  ]
}

type Told = Pick<ChildRecord, 'advice' | 'exceptions'> & {
  readonly processes: readonly Omit<ProcessRow, 'reference'>[]
  readonly setting: Setting | null
}

function tellSubject(
  world: World,
  subject: Subject,
  child: Child,
  coordinator: AccountRow,
  history: History,
  chance: Chance,
): Told {
  const { seed, places, asAt, from, limits, staff } = world
  const { reason } = subject
  const journey = reason.type === 'request' ? reason.journey : null
  const assessment = idFor(seed, 'assessment', subject.number)
  const plan = idFor(seed, 'plan', subject.number)
  const startedOn = journey
    ? journey.finalOn
    : reason.type === 'older-plan'
      ? reason.startedOn
      : reason.type === 'moved-in'
        ? reason.on
        : null
  const before = journey ? schoolFor(chance, child, journey.receivedOn, places, false) : null
  const named =
    journey && journey.outcome === 'issued' && before !== null && chance.is(0.58)
      ? before
      : schoolFor(chance, child, startedOn ?? asAt, places, true)
  const now =
    startedOn === null || startedOn > asAt
      ? before
      : schoolYear(child.bornOn, startedOn) < 12 && phaseOf(child, startedOn) === phaseOf(child, asAt)
        ? named
        : schoolFor(chance, child, asAt, places, true)
  const processOf = (
    id: string,
    kind: ProcessRow['kind'],
    openedOn: PlainDate,
    source: string | null,
    unassigned = false,
  ): Omit<ProcessRow, 'reference'> => ({
    id,
    child_id: child.id,
    kind,
    opened_on: iso(openedOn),
    source,
    assigned_to: unassigned ? null : coordinator.id,
    locality_id: child.family.home.locality,
    setting_urn: now?.urn ?? null,
  })
  const processes: Omit<ProcessRow, 'reference'>[] = []
  let rest: Pick<Told, 'advice' | 'exceptions'> = { advice: [], exceptions: [] }
  if (journey) {
    rest = tellAssessment(history, {
      child,
      journey,
      process: assessment,
      planProcess: plan,
      setting: before,
      named,
      coordinator,
      asAt,
      limits,
      places,
      staff,
      chance,
    })
    processes.push(
      processOf(
        assessment,
        'assessment',
        journey.receivedOn,
        journey.by,
        isNew(journey, asAt) && chance.is(0.5),
      ),
    )
  } else if (reason.type === 'older-plan') {
    history.tell({
      kind: 'final_issued',
      on: reason.startedOn,
      process: plan,
      by: coordinator.id,
      payload: { setting: named?.urn },
    })
    history.tell({ kind: 'provision_started', on: reason.startedOn, process: plan, by: coordinator.id })
    if (named)
      history.tell({
        kind: 'setting_admitted',
        on: reason.startedOn,
        process: plan,
        by: coordinator.id,
        payload: { setting: named.urn },
      })
  } else if (reason.type === 'moved-in') {
    history.tell({
      kind: 'moved_in',
      on: reason.on,
      process: plan,
      by: coordinator.id,
      payload: { planMadeOrReviewedOn: iso(reason.madeOn) },
    })
    history.tell({
      kind: 'family_told_of_transfer',
      on: openOnOrAfter(plus(reason.on, chance.is(0.85) ? chance.between(8, 42) : chance.between(43, 70))),
      process: plan,
      by: coordinator.id,
    })
  }
  if (startedOn !== null && startedOn <= asAt) {
    const endedOn = planEnd(chance, child.bornOn, startedOn, from, asAt)
    tellPlanLife(history, {
      child,
      process: plan,
      startedOn,
      from,
      asAt,
      endedOn,
      setting: now,
      coordinator,
      chance,
    })
    processes.push(processOf(plan, 'plan', startedOn, null))
  }
  return { ...rest, processes, setting: now }
}

const isNew = (journey: Journey, asAt: PlainDate): boolean => journey.receivedOn > asAt - 9

const phaseOf = (child: Child, on: PlainDate): number => {
  const year = schoolYear(child.bornOn, on)
  return year < 0 ? 0 : year <= 6 ? 1 : year <= 11 ? 2 : 3
}

function childRow(
  world: World,
  subject: Subject,
  child: Child,
  setting: Setting | null,
  numbers: Numbers,
): ChildRow {
  const nhs = numbers.nhs.next()
  return {
    id: child.id,
    reference: `C-${fiveFigures(child.number)}`,
    given_name: child.givenName,
    family_name: child.familyName,
    known_as: child.knownAs,
    name_key: nameKey(child.givenName, child.familyName),
    date_of_birth: iso(child.bornOn),
    sex: child.sex,
    ethnicity: child.family.ethnicity,
    first_language: child.family.firstLanguage,
    interpreter: child.family.interpreter,
    upn: upnOf(world, child, setting, numbers.upns),
    nhs_number: nhs.done ? null : nhs.value,
    address_line: child.family.addressLine,
    town: child.family.home.town,
    postcode: child.family.home.postcode,
    locality_id: child.family.home.locality,
    setting_urn: setting?.urn ?? null,
    primary_need: child.need,
    registered_on: iso(subject.registeredOn),
  }
}

/** Issued by the first school, in the year of reception; none before that. */
function upnOf(
  { asAt, places }: World,
  child: Child,
  setting: Setting | null,
  taken: Set<string>,
): string | null {
  const year = schoolYear(child.bornOn, asAt)
  if (year < 0) return null
  const chance = chanceFor('upn', child.number)
  const school =
    setting?.laestab && setting.kind === 'primary'
      ? setting
      : places.near(chance, child.family.home, ['primary'])
  if (!school?.laestab) return null
  const issued = academicYear(asAt) - year
  for (let serial = child.number; ; serial++) {
    const number = upn(school.laestab, issued, serial)
    if (taken.has(number)) continue
    taken.add(number)
    return number
  }
}

function contactRows(
  seed: string,
  child: Child,
  registeredOn: PlainDate,
  asAt: PlainDate,
): Pick<ChildRecord, 'contacts' | 'childContacts'> {
  const self = youngPersonOf(seed, child, asAt)
  const adults = [...child.family.ties.map(({ adult }) => adult), ...(self ? [self.contact] : [])]
  const contacts: ContactRow[] = adults.map((adult) => ({
    id: adult.id,
    name: adult.name,
    email: adult.email,
    phone: adult.phone,
    address_line: adult.home?.line ?? null,
    town: adult.home?.town ?? null,
    postcode: adult.home?.postcode ?? null,
    prefers: adult.prefers,
    account_id: null,
  }))
  const childContacts: ChildContactRow[] = child.family.ties.map((tie, index) => ({
    id: idFor(seed, 'child contact', child.number, index),
    child_id: child.id,
    contact_id: tie.adult.id,
    relationship: tie.relationship,
    parental_responsibility: tie.parentalResponsibility,
    lives_with: tie.livesWith,
    restricted: tie.restrictionNote !== null,
    restriction_note: tie.restrictionNote,
    from_on: iso(registeredOn),
  }))
  if (self)
    childContacts.push({
      id: idFor(seed, 'child contact', child.number, SELF),
      child_id: child.id,
      contact_id: self.contact.id,
      relationship: SELF,
      parental_responsibility: false,
      lives_with: true,
      restricted: false,
      restriction_note: null,
      from_on: iso(Math.max(self.since, registeredOn) as PlainDate),
    })
  return { contacts, childContacts }
}
