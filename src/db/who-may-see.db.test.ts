import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { date, FACT_KINDS, iso } from '../law/index.ts'
import { relationshipsTo } from '../platform/relationships.ts'
import { CASEWORK_EVENTS } from '../record/casework-events.ts'
import { compulsorySchoolAgeEnds } from '../record/school-age.ts'
import { loadHistory, recordEvent, refreshChild, standingFacts } from './case-history/index.ts'
import { connect, type Database } from './connection.ts'
import { type FreshRecord, freshRecord } from './testing/fresh-record.ts'
import { makeStoryAuthority, STORY_PEOPLE } from './testing/story-authority.ts'
import { PLAN_TABLES, planRows, type WhoSees } from './testing/who-sees-plans.ts'
import { asViewer, type Trx } from './viewer.ts'

const TODAY = '2026-07-06'
const id = (kind: number, n: number): string =>
  `00000000-0000-4000-8000-00000000${kind}${String(n).padStart(3, '0')}`
/** A and B are of school age; Y is past it; Z too, and lacks the capacity to decide about a plan. */
const CHILD = { A: id(1, 1), B: id(1, 2), Y: id(1, 11), Z: id(1, 12) } as const

/** Everyone who may come, and which children they reach: A is in the north at Larkfield, B in the south at Quarry Bank. */
const VIEWERS = {
  nobody: { reaches: '' },
  staffOfTheAuthority: { reaches: 'A B Y Z', account: "'staff', 'send-manager', 'authority', null, null" },
  staffOfTheLocality: {
    reaches: 'A',
    account: "'staff', 'plan-coordinator', 'locality', 'north', null",
  },
  parentWithResponsibility: {
    reaches: 'A',
    account: "'family', 'parent', 'relationships', null, null",
  },
  parentRestricted: { reaches: '', account: "'family', 'parent', 'relationships', null, null" },
  parentWithoutResponsibility: {
    reaches: '',
    account: "'family', 'parent', 'relationships', null, null",
  },
  parentNoLonger: { reaches: '', account: "'family', 'parent', 'relationships', null, null" },
  parentOfB: { reaches: 'B', account: "'family', 'parent', 'relationships', null, null" },
  sencoOfTheSchool: {
    reaches: 'A',
    account: "'setting', 'senco', 'relationships', null, null",
    works: "'900001', '2020-01-01', null",
  },
  sencoElsewhere: {
    reaches: '',
    account: "'setting', 'senco', 'relationships', null, null",
    works: "'900003', '2020-01-01', null",
  },
  sencoWhoLeftTheSchool: {
    reaches: '',
    account: "'setting', 'senco', 'relationships', null, null",
    works: "'900001', '2020-01-01', '2026-07-06'",
  },
  sencoOfTheFormerSchool: {
    reaches: '',
    account: "'setting', 'senco', 'relationships', null, null",
    works: "'900004', '2020-01-01', null",
  },
  sencoConsulted: {
    reaches: 'A',
    account: "'setting', 'senco', 'relationships', null, null",
    works: "'900005', '2020-01-01', null",
  },
  sencoOfThePlacement: {
    reaches: 'A',
    account: "'setting', 'senco', 'relationships', null, null",
    works: "'900006', '2020-01-01', null",
  },
  psychologistAsked: {
    reaches: 'A',
    account: "'professional', 'educational-psychologist', 'relationships', null, null",
  },
  psychologistNotAsked: {
    reaches: '',
    account: "'professional', 'educational-psychologist', 'relationships', null, null",
  },
  board: { reaches: '', account: "'board', 'board-member', 'none', null, null" },
  leaver: { reaches: '', account: "'staff', 'send-manager', 'authority', null, date '2026-07-06'" },
  leaverOfTheLocality: {
    reaches: '',
    account: "'staff', 'plan-coordinator', 'locality', 'north', date '2026-07-01'",
  },
  parentWhoseAccountEnded: {
    reaches: '',
    account: "'family', 'parent', 'relationships', null, date '2026-07-01'",
  },
  parentOfAYoungPerson: { reaches: '', account: "'family', 'parent', 'relationships', null, null" },
  parentTheYoungPersonLetsIn: { reaches: 'Y', account: "'family', 'parent', 'relationships', null, null" },
  parentOfOneWithoutCapacity: { reaches: 'Z', account: "'family', 'parent', 'relationships', null, null" },
  youngPerson: { reaches: 'Y', account: "'family', 'young-person', 'relationships', null, null" },
  childWithNoLeave: { reaches: '', account: "'family', 'young-person', 'relationships', null, null" },
  childWithLeave: { reaches: 'A', account: "'family', 'young-person', 'relationships', null, null" },
  advocate: { reaches: 'A', account: "'family', 'advocate', 'relationships', null, null" },
  advocateWithNoConsent: { reaches: '', account: "'family', 'advocate', 'relationships', null, null" },
  advocateWithNoEnd: { reaches: '', account: "'family', 'advocate', 'relationships', null, null" },
  advocateExpired: { reaches: '', account: "'family', 'advocate', 'relationships', null, null" },
  standIn: { reaches: 'A', account: "'staff', 'plan-coordinator', 'locality', 'south-west', null" },
  standInNoLonger: { reaches: '', account: "'staff', 'plan-coordinator', 'locality', 'south-west', null" },
  assignedElsewhere: { reaches: 'Z', account: "'staff', 'plan-coordinator', 'locality', 'south-west', null" },
  managerOfTheAssigned: { reaches: 'Z', account: "'staff', 'locality-head', 'locality', 'south-east', null" },
  glassBroken: { reaches: 'B', account: "'staff', 'plan-coordinator', 'locality', 'south-west', null" },
  glassBrokenYesterday: {
    reaches: '',
    account: "'staff', 'plan-coordinator', 'locality', 'south-west', null",
  },
  headOfService: { reaches: 'A', account: "'professional', 'head-of-service', 'relationships', null, null" },
  headOfAProject: { reaches: '', account: "'professional', 'head-of-service', 'relationships', null, null" },
  writerWithThePsychologist: {
    reaches: 'A',
    account: "'professional', 'educational-psychologist', 'relationships', null, null",
  },
  healthLeadInThePlan: {
    reaches: 'A',
    account: "'professional', 'health-lead', 'relationships', null, null",
  },
  therapistOfALine: {
    reaches: 'A',
    account: "'professional', 'health-professional', 'relationships', null, null",
  },
  managerWhoIsAParent: { reaches: 'B Y Z', account: "'staff', 'send-manager', 'authority', null, null" },
} as const satisfies Record<string, { reaches: string; account?: string; works?: string }>
type Viewer = keyof typeof VIEWERS
const names = Object.keys(VIEWERS) as Viewer[]
const accountOf = (viewer: Viewer): string =>
  viewer === 'nobody' ? '00000000-0000-0000-0000-000000000000' : id(2, names.indexOf(viewer))
const contactOf = (viewer: Viewer): string => id(3, names.indexOf(viewer))

type Expected = Partial<Record<Viewer, string>>
const byChild: Expected = Object.fromEntries(names.map((viewer) => [viewer, VIEWERS[viewer].reaches]))
const own = (...viewers: Viewer[]): Expected => Object.fromEntries(viewers.map((viewer) => [viewer, viewer]))
/** Everybody who signs in, and those of the invented authority who were there before. */
const everybody = (kind: 'family' | 'others'): string[] => [
  ...names.filter((viewer) => viewer !== 'nobody' && (kind === 'family') === (doorOf(viewer) === 'family')),
  ...Object.values(STORY_PEOPLE)
    .filter(({ door }) => (kind === 'family') === (door === 'family'))
    .map(({ name }) => name),
  ...(kind === 'others' ? ['Clearway'] : []),
]
const sorted = (...texts: string[]): string => texts.toSorted().join(' ')

const doorOf = (viewer: Viewer): string =>
  /^'(\w+)'/.exec((VIEWERS[viewer] as { account?: string }).account ?? '')?.[1] ?? ''
const isStaff = (viewer: Viewer): boolean => doorOf(viewer) === 'staff'
const reached = (viewer: Viewer): readonly string[] => VIEWERS[viewer].reaches.split(' ').filter(Boolean)
/** What each viewer at these doors sees, said for each child they reach. */
const eachChild = (
  who: (viewer: Viewer) => boolean,
  labels: (letter: string, viewer: Viewer) => readonly string[],
): Expected =>
  Object.fromEntries(
    names
      .filter(who)
      .map((viewer) => [viewer, sorted(...reached(viewer).flatMap((letter) => labels(letter, viewer)))]),
  )
const letterOf = (column: string): string =>
  `case ${column} ${Object.entries(CHILD)
    .map(([letter, child]) => `when '${child}' then '${letter}'`)
    .join(' ')} end`
const storyPeople = (door: string): readonly string[] =>
  Object.values(STORY_PEOPLE).flatMap((person) => (person.door === door ? [person.name] : []))
/** Staff whose work is a locality or the authority see who else works on cases. */
const activeStaff = names.filter((viewer) => isStaff(viewer) && !viewer.startsWith('leaver'))
const seesFamilies = (viewer: Viewer): boolean =>
  viewer === 'staffOfTheAuthority' || viewer === 'managerWhoIsAParent'
const holds: Readonly<Record<string, Viewer>> = {
  A: 'staffOfTheLocality',
  B: 'staffOfTheAuthority',
  Y: 'staffOfTheAuthority',
  Z: 'assignedElsewhere',
}

/** What each member of a family is to a child: relationship, responsibility, barred and why, from, to, consent. */
const TIES: readonly (readonly [Viewer | 'managerAtHome', keyof typeof CHILD, string])[] = [
  ['parentWithResponsibility', 'A', "'parent', true, false, null, '2016-01-01', null, null"],
  ['parentRestricted', 'A', "'parent', true, true, 'court order', '2016-01-01', null, null"],
  ['parentWithoutResponsibility', 'A', "'parent', false, false, null, '2016-01-01', null, null"],
  ['parentNoLonger', 'A', "'parent', true, false, null, '2016-01-01', '2026-07-06', null"],
  ['parentWhoseAccountEnded', 'A', "'parent', true, false, null, '2016-01-01', null, null"],
  ['parentOfB', 'B', "'parent', true, false, null, '2016-01-01', null, null"],
  ['parentOfAYoungPerson', 'Y', "'parent', true, false, null, '2008-01-01', null, null"],
  ['parentTheYoungPersonLetsIn', 'Y', "'parent', true, false, null, '2008-01-01', null, null"],
  ['parentOfOneWithoutCapacity', 'Z', "'parent', true, false, null, '2008-01-01', null, null"],
  ['youngPerson', 'Y', "'self', false, false, null, '2025-01-01', null, null"],
  ['childWithNoLeave', 'A', "'self', false, false, null, '2025-01-01', null, null"],
  ['childWithLeave', 'A', "'self', false, false, null, '2025-01-01', null, '2026-01-01'"],
  ['advocate', 'A', "'advocate', false, false, null, '2026-01-01', '2026-12-31', '2026-01-01'"],
  ['advocateWithNoConsent', 'A', "'advocate', false, false, null, '2026-01-01', '2026-12-31', null"],
  ['advocateWithNoEnd', 'A', "'advocate', false, false, null, '2026-01-01', null, '2026-01-01'"],
  ['advocateExpired', 'A', "'advocate', false, false, null, '2026-01-01', '2026-07-06', '2026-01-01'"],
  ['managerAtHome', 'A', "'parent', true, false, null, '2016-01-01', null, null"],
]

/** Advice: A's is a psychologist's, released and checked, with a paragraph kept back; B's is being typed by the office. */
const ADVISERS_OF_A = {
  psychologistAsked: 'A',
  headOfService: 'A',
  writerWithThePsychologist: 'A',
} as const satisfies Expected
const onlyOf = (letter: string) => (one: string) => (one === letter ? [letter] : [])
const whoWritesAdvice: Expected = { ...eachChild(isStaff, onlyOf('B')), ...ADVISERS_OF_A }
const whoReadsReleases: Expected = { ...eachChild(isStaff, onlyOf('A')), ...ADVISERS_OF_A }
const whoReadsCopies: Expected = eachChild(
  (viewer) => isStaff(viewer) || doorOf(viewer) === 'family',
  onlyOf('A'),
)

/** What two parents said of A, one of them barred since: staff read both, the other parent their own. */
const saidOfA = (mine: string): Expected => ({
  ...eachChild(isStaff, (letter) => (letter === 'A' ? [mine.replace('draft ', ''), 'theirs'] : [])),
  parentWithResponsibility: mine,
})
const advisersOfA = (sees: string): Expected => ({
  psychologistAsked: sees,
  headOfService: sees,
  writerWithThePsychologist: sees,
})

/** What each viewer sees of A's plan, from what each door sees of it. */
function ofThePlan({ label, staff, family, ...others }: WhoSees): { label: string; sees: Expected } {
  const words = (text: string | undefined) => (one: string) => (one === 'A' && text ? text.split(' ') : [])
  return {
    label,
    sees: {
      ...eachChild(isStaff, words(staff)),
      ...eachChild((viewer) => doorOf(viewer) === 'family', words(family)),
      ...eachChild((viewer) => viewer === 'sencoOfTheSchool', words(others.onRoll)),
      ...eachChild((viewer) => viewer === 'sencoOfThePlacement', words(others.placed)),
      ...eachChild((viewer) => viewer === 'sencoConsulted', words(others.consulted)),
      ...eachChild((viewer) => viewer === 'healthLeadInThePlan', words(others.writer)),
      ...eachChild((viewer) => viewer === 'therapistOfALine', words(others.deliverer)),
      ...eachChild((viewer) => Object.hasOwn(ADVISERS_OF_A, viewer), words(others.adviser)),
      ...(others.itsWriter ? { psychologistAsked: others.itsWriter } : {}),
      ...(others.itsParent ? { parentWithResponsibility: others.itsParent } : {}),
      ...(others.everyStaff
        ? Object.fromEntries(activeStaff.map((viewer) => [viewer, others.everyStaff!]))
        : {}),
    },
  }
}

/** A row for each table with anything about a person: how its rows are called, and what each viewer sees of them. */
const MATRIX: Readonly<Record<string, { readonly label: string; readonly sees: Expected }>> = {
  child: { label: 'reference', sees: byChild },
  child_contact: {
    label: letterOf('child_id'),
    sees: eachChild(
      (viewer) => isStaff(viewer) || doorOf(viewer) === 'family',
      (letter, viewer) => (viewer === 'childWithNoLeave' ? [] : [letter]),
    ),
  },
  process: { label: 'reference', sees: byChild },
  case_event: {
    label: `${letterOf('child_id')} || '-' || kind`,
    sees: {
      ...eachChild(isStaff, (letter) => [
        `${letter}-note_added`,
        `${letter}-request_received`,
        ...(letter === 'A' ? ['A-setting_consulted'] : []),
      ]),
      ...eachChild(
        (viewer) => doorOf(viewer) === 'family',
        (letter) => [`${letter}-request_received`, ...(letter === 'A' ? ['A-setting_consulted'] : [])],
      ),
      sencoConsulted: 'A-setting_consulted',
    },
  },
  child_chain: { label: letterOf('child_id'), sees: byChild },
  deadline: { label: letterOf('child_id'), sees: byChild },
  advice_request: { label: letterOf('child_id'), sees: byChild },
  exception_claim: { label: letterOf('child_id'), sees: eachChild(isStaff, (letter) => [letter]) },
  document: {
    label: 'title',
    sees: {
      ...eachChild(isStaff, (letter) =>
        letter === 'A'
          ? ['A-to-parent', 'A-to-restricted', 'A-within']
          : letter === 'B'
            ? ['B-to-parent']
            : [],
      ),
      parentWithResponsibility: 'A-to-parent',
      parentOfB: 'B-to-parent',
    },
  },
  stored_file: {
    label: 'name',
    sees: {
      ...eachChild(isStaff, (letter) =>
        letter === 'A'
          ? ['A-family', 'A-former', 'A-services', 'A-views']
          : letter === 'B'
            ? ['B-family']
            : [],
      ),
      ...eachChild(
        (viewer) => doorOf(viewer) === 'family',
        (letter) => (letter === 'A' || letter === 'B' ? [`${letter}-family`] : []),
      ),
      ...eachChild(
        (viewer) => doorOf(viewer) === 'setting' || doorOf(viewer) === 'professional',
        (letter) => (letter === 'A' ? ['A-services'] : []),
      ),
      // Those asked for advice are given what the family sent (SEND Regulations 2014, reg 6(3)), released or not.
      psychologistAsked: 'A-services A-views',
      headOfService: 'A-services A-views',
      writerWithThePsychologist: 'A-services A-views',
      parentWithResponsibility: 'A-family A-views',
      // Sent before there was a record; what they sent when they had responsibility is no longer theirs to see.
      parentNoLonger: 'draft',
    },
  },
  contact: {
    label: 'name',
    sees: {
      ...own(...names.filter((viewer) => doorOf(viewer) === 'family')),
      ...eachChild(
        (viewer) => isStaff(viewer) && !seesFamilies(viewer),
        (letter) => TIES.filter(([, child]) => child === letter).map(([viewer]) => viewer),
      ),
      staffOfTheAuthority: sorted(...names.filter((viewer) => doorOf(viewer) === 'family'), 'managerAtHome'),
      managerWhoIsAParent: sorted(...names.filter((viewer) => doorOf(viewer) === 'family'), 'managerAtHome'),
    },
  },
  access_log: {
    label: 'what',
    sees: {
      ...eachChild(isStaff, (letter) => [letter]),
      staffOfTheAuthority: 'A B Y Z nothing',
      managerWhoIsAParent: 'A B Y Z nothing',
    },
  },
  command: { label: 'name', sees: own('staffOfTheAuthority', 'parentWithResponsibility', 'leaver') },
  session: {
    label: 'device',
    sees: own('staffOfTheAuthority', 'parentWithResponsibility', 'leaver'),
  },
  account: {
    label: 'name',
    sees: {
      ...own(...names.filter((viewer) => viewer !== 'nobody')),
      ...Object.fromEntries(
        activeStaff.map((viewer) => [
          viewer,
          sorted(
            ...everybody('others'),
            ...(seesFamilies(viewer) ? [...everybody('family'), 'managerAtHome'] : []),
          ),
        ]),
      ),
      // Others see themselves, the staff who hold their cases, and those they work beside.
      ...Object.fromEntries(
        names
          .filter((viewer) => ['family', 'setting', 'professional'].includes(doorOf(viewer)))
          .filter((viewer) => viewer !== 'parentWhoseAccountEnded')
          .map((viewer) => [
            viewer,
            sorted(
              ...new Set<string>([
                viewer,
                ...reached(viewer).map((letter) => holds[letter]!),
                ...(doorOf(viewer) === 'professional'
                  ? [...names.filter((one) => doorOf(one) === 'professional'), ...storyPeople('professional')]
                  : []),
                ...(viewer === 'sencoOfTheSchool'
                  ? ['sencoWhoLeftTheSchool', ...storyPeople('setting')]
                  : []),
              ]),
            ),
          ]),
      ),
    },
  },
  account_setting: {
    label: 'setting_urn',
    sees: {
      ...Object.fromEntries(activeStaff.map((viewer) => [viewer, '900001 900003 900004 900005 900006'])),
      sencoOfTheSchool: '900001',
      sencoWhoLeftTheSchool: '900001',
      sencoElsewhere: '900003',
      sencoOfTheFormerSchool: '900004',
      sencoConsulted: '900005',
      sencoOfThePlacement: '900006',
    },
  },
  enrolment: {
    label: `${letterOf('child_id')} || '-' || setting_urn`,
    sees: eachChild(
      () => true,
      (letter) => (letter === 'A' ? ['A-900001', 'A-900004'] : [`${letter}-900002`]),
    ),
  },
  capacity_note: {
    label: letterOf('child_id'),
    sees: eachChild(
      (viewer) => isStaff(viewer) || doorOf(viewer) === 'family',
      (letter) => (letter === 'Z' ? ['Z'] : []),
    ),
  },
  sharing_consent: {
    label: letterOf('child_id'),
    sees: eachChild(
      (viewer) => isStaff(viewer) || doorOf(viewer) === 'family',
      (letter) => (letter === 'Y' ? ['Y'] : []),
    ),
  },
  reporting_line: {
    label: 'kind',
    sees: {
      ...Object.fromEntries(activeStaff.map((viewer) => [viewer, 'operational professional project'])),
      psychologistAsked: 'professional project',
      headOfService: 'professional',
      headOfAProject: 'project',
    },
  },
  delegation: {
    label: 'why',
    sees: Object.fromEntries(activeStaff.map((viewer) => [viewer, 'illness leave'])),
  },
  absence: {
    label: 'from_on',
    sees: Object.fromEntries(activeStaff.map((viewer) => [viewer, '2026-07-01'])),
  },
  line_conflict: {
    label: 'about',
    sees: {
      assignedElsewhere: 'visits',
      managerOfTheAssigned: 'visits',
      staffOfTheAuthority: 'visits',
      managerWhoIsAParent: 'visits',
    },
  },
  home_tie: { label: letterOf('child_id'), sees: { staffOfTheLocality: 'B' } },
  case_grant: {
    label: 'reason',
    sees: {
      staffOfTheAuthority: 'glassBroken for a reason glassBrokenYesterday for a reason',
      managerWhoIsAParent: 'glassBroken for a reason glassBrokenYesterday for a reason',
      glassBroken: 'glassBroken for a reason',
      glassBrokenYesterday: 'glassBrokenYesterday for a reason',
    },
  },
  advice_writer: {
    label: letterOf('child_id'),
    sees: eachChild(
      () => true,
      (letter) => (letter === 'A' ? ['A'] : []),
    ),
  },
  message: {
    label: `${letterOf('about_child')} || '-' || template`,
    sees: {
      ...eachChild(isStaff, (letter) =>
        letter === 'A'
          ? ['A-date-set', 'A-draft-sent', 'A-due-soon']
          : letter === 'B'
            ? ['B-draft-sent']
            : [],
      ),
      // What has gone to them, about a child they still reach; never what is held, and never a sign-in message.
      parentWithResponsibility: 'A-draft-sent',
      parentOfB: 'B-draft-sent',
    },
  },
  message_preference: {
    label: 'language',
    sees: {
      ...eachChild(
        (viewer) => isStaff(viewer) && !seesFamilies(viewer),
        (letter) => (letter === 'A' ? ['of-A'] : letter === 'B' ? ['of-B'] : []),
      ),
      staffOfTheAuthority: 'of-A of-B',
      managerWhoIsAParent: 'of-A of-B',
      parentWithResponsibility: 'of-A',
      parentOfB: 'of-B',
    },
  },
  message_batch: {
    label: 'what',
    sees: Object.fromEntries(activeStaff.map((viewer) => [viewer, 'many'])),
  },
  job_progress: {
    label: 'kind',
    sees: { staffOfTheLocality: 'theirs', staffOfTheAuthority: 'theirs', managerWhoIsAParent: 'theirs' },
  },
  // A setting's own pupils: its people only, while the pupil is there and on roll. The council never.
  pupil: { label: 'given_name', sees: { sencoOfTheSchool: 'known own' } },
  support_cycle: { label: 'needs', sees: { sencoOfTheSchool: 'known own' } },
  support_meeting: { label: 'who', sees: { sencoOfTheSchool: 'known own' } },
  specialist_question: {
    label: 'question',
    sees: {
      sencoOfTheSchool: 'known own',
      staffOfTheAuthority: 'known own',
      staffOfTheLocality: 'known own',
      managerWhoIsAParent: 'own',
    },
  },
  specialist_answer: {
    label: 'answer',
    sees: {
      sencoOfTheSchool: 'known own',
      staffOfTheAuthority: 'known own',
      staffOfTheLocality: 'known own',
      managerWhoIsAParent: 'own',
    },
  },
  consultation_answer: {
    label: 'state',
    sees: {
      ...eachChild(isStaff, (letter) => (letter === 'A' ? ['sent'] : [])),
      sencoConsulted: 'draft sent',
    },
  },
  // What is being written: those who write it, supervise it or answer for it; and what the office types, the office.
  advice: { label: letterOf('child_id'), sees: whoWritesAdvice },
  advice_part: { label: letterOf('child_id'), sees: whoWritesAdvice },
  advice_release: { label: letterOf('child_id'), sees: whoReadsReleases },
  advice_paragraph: { label: letterOf('child_id'), sees: whoReadsReleases },
  advice_check: { label: letterOf('child_id'), sees: whoReadsReleases },
  advice_withheld: { label: letterOf('child_id'), sees: whoReadsReleases },
  advice_handover: { label: letterOf('child_id'), sees: whoReadsReleases },
  // With a consultation the setting is given advice as it was checked for the family.
  advice_family_copy: { label: letterOf('child_id'), sees: { ...whoReadsCopies, sencoConsulted: 'A' } },
  advice_family_paragraph: { label: letterOf('child_id'), sees: { ...whoReadsCopies, sencoConsulted: 'A' } },
  advice_capacity: {
    label: 'why',
    sees: {
      ...Object.fromEntries(activeStaff.map((viewer) => [viewer, 'full-time'])),
      psychologistAsked: 'full-time',
      headOfService: 'full-time',
    },
  },
  school_advice: {
    label: 'state',
    sees: {
      ...eachChild(isStaff, (letter) => (letter === 'A' ? ['released'] : [])),
      sencoOfTheSchool: 'draft released',
    },
  },
  early_notice: {
    label: 'given_name',
    sees: {
      staffOfTheAuthority: 'North South',
      managerWhoIsAParent: 'North South',
      staffOfTheLocality: 'North',
      psychologistNotAsked: 'North',
    },
  },
  // What a family says is for whoever said it and for staff; views also for those asked for advice. Not for the other parent,
  // and no longer for somebody barred.
  family_view: { label: 'words', sees: { ...saidOfA('draft mine'), ...advisersOfA('mine theirs') } },
  draft_response: { label: 'general', sees: saidOfA('draft mine') },
  draft_comment: { label: 'words', sees: saidOfA('draft mine') },
  draft_comment_answer: { label: 'words', sees: saidOfA('mine') },
  draft_paragraph: {
    label: 'words',
    sees: eachChild(
      (viewer) => isStaff(viewer) || doorOf(viewer) === 'family',
      (letter) => (letter === 'A' ? ['paragraph'] : []),
    ),
  },
  family_thread: { label: 'subject', sees: saidOfA('mine') },
  family_thread_person: {
    label: `case contact_id when '${contactOf('parentRestricted')}' then 'theirs' else 'mine' end`,
    sees: saidOfA('mine'),
  },
  family_message: { label: 'words', sees: saidOfA('mine') },
  online_request: {
    label: 'reference',
    sees: {
      ...Object.fromEntries(activeStaff.map((viewer) => [viewer, 'nowhere'])),
      standIn: 'nowhere of-A',
      staffOfTheLocality: 'at-home north nowhere of-A',
      staffOfTheAuthority: 'at-home north nowhere of-A',
      // Nobody deals at work with what they asked for at home.
      managerWhoIsAParent: 'north nowhere',
      parentWithResponsibility: 'of-A',
    },
  },
  saved_filter: { label: 'name', sees: own('staffOfTheAuthority', 'parentWithResponsibility', 'leaver') },
  ...Object.fromEntries(Object.entries(PLAN_TABLES).map(([table, who]) => [table, ofThePlan(who)])),
}

/** Tables every login of the application may read whole, each with the reason. */
const OPEN_TO_ALL: Readonly<Record<string, string>> = {
  plan_template: 'how plans are laid out, no person',
  plan_template_change: 'why that was changed, no child',
  funding_band: 'rates of the authority, no child',
  message_wording: 'the wording of messages, no person',
  fact_by_door: 'which kinds of fact each door may add, no person',
  authority: 'the council itself',
  authority_setting: 'targets and wording, no person',
  locality: 'names of areas',
  team: 'names of teams',
  setting: 'schools, from open data',
  access_seal: 'hashes and row numbers',
  migration: 'not granted to the application at all',
}

/** Tables of which the application reads and writes nothing itself: functions that ask for a proof do. */
const BY_FUNCTIONS_ONLY = [
  'request_draft',
  'sign_in_log',
  'sign_in_ask',
  'sign_in_proof',
  'sign_in_openid',
  'account_identity',
  'passkey',
  'passkey_challenge',
  'sign_in_count',
  'authority_change',
]

let record: FreshRecord
let superuser: Database

beforeAll(async () => {
  record = await freshRecord()
  superuser =
    record.superuserUrl === undefined
      ? record.owner
      : connect({ engine: 'postgres', url: record.superuserUrl, maxConnections: 2 })
  await makeStoryAuthority(record.owner, TODAY)
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(record.owner)
  await run(
    "insert into locality (id, name) values ('south-west', 'South west'), ('south-east', 'South east')",
  )
  await run(
    "insert into setting (urn, la_code, name, type, source) values ('900004', '999', 'Former School', 'primary', 'invented'), ('900005', '998', 'Consulted School', 'special', 'invented'), ('900006', '999', 'School to Come', 'special', 'invented')",
  )
  for (const viewer of names) {
    const { account } = VIEWERS[viewer] as { account?: string }
    if (!account) continue
    await run(
      `insert into account (id, name, email, door, role, remit, locality_id, active_to) values ('${accountOf(viewer)}', '${viewer}', '${viewer}@x.invalid', ${account})`,
    )
    const { works } = VIEWERS[viewer] as { works?: string }
    if (works)
      await run(
        `insert into account_setting (account_id, setting_urn, from_on, to_on) select '${accountOf(viewer)}', ${works}`
          .replace(/, ('[^']*'|null)$/, ', $1::date')
          .replace(/, ('20[^']*'), /, ', $1::date, '),
      )
    if (doorOf(viewer) === 'family')
      await run(
        `insert into contact (id, name, account_id) values ('${contactOf(viewer)}', '${viewer}', '${accountOf(viewer)}')`,
      )
    if (['staffOfTheAuthority', 'parentWithResponsibility', 'leaver'].includes(viewer)) {
      await run(
        `insert into command (key, account_id, name, fingerprint, result) values ('k', '${accountOf(viewer)}', '${viewer}', '', '{}')`,
      )
      await run(
        `insert into saved_filter (account_id, name, query) values ('${accountOf(viewer)}', '${viewer}', '')`,
      )
      await run(
        `insert into session (token_hash, account_id, csrf_secret, device) values (convert_to('${viewer}', 'UTF8'), '${accountOf(viewer)}', 's', '${viewer}')`,
      )
    }
  }
  for (const [letter, child] of Object.entries(CHILD)) {
    const [locality, urn, born] = {
      A: ['north', '900004', '2016-01-01'],
      B: ['south', '900002', '2016-01-01'],
    }[letter] ?? ['south', '900002', '2009-01-01']
    const process = id(4, 1 + Object.keys(CHILD).indexOf(letter))
    await run(`insert into child (id, reference, given_name, family_name, name_key, date_of_birth, sex, registered_on, locality_id, setting_urn)
      values ('${child}', '${letter}', 'G', 'F', 'g f', '${born}', 'F', '2026-01-05', '${locality}', '${urn}')`)
    if (letter === 'A') await run(`update child set setting_urn = '900001' where id = '${child}'`)
    await run(
      `insert into process (id, reference, child_id, kind, state, opened_on, assigned_to) values ('${process}', '${letter}', '${child}', 'assessment', 'gathering-advice', '2026-01-05', '${accountOf(holds[letter]!)}')`,
    )
    for (const kind of ['request_received', 'note_added'])
      await run(
        `insert into case_event (child_id, process_id, kind, happened_on, recorded_on, recorded_by, payload, seq, previous_hash, hash) values ('${child}', '${process}', '${kind}', '2026-01-05', '2026-01-05', '${accountOf('staffOfTheAuthority')}', '{"by": "parent"}', 0, '', '')`,
      )
    await run(
      `insert into deadline (process_id, child_id, rule, occurrence, display, actor, state) values ('${process}', '${child}', 'final-plan', 1, 'statutory', 'authority', 'open')`,
    )
    await run(
      `insert into advice_request (process_id, child_id, head, adviser, asked_on, adviser_account) values ('${process}', '${child}', 'psychological', 'x', '2026-02-01', ${letter === 'A' ? `'${accountOf('psychologistAsked')}'` : 'null'})`,
    )
    await run(
      `insert into exception_claim (process_id, child_id, event_id, ground, impractical_because, evidence, limits, claimed_on, state) values ('${process}', '${child}', gen_random_uuid(), 'g', 'i', 'e', '{}', '2026-02-01', 'claimed')`,
    )
    await run(
      `insert into access_log (account_id, child_ids, what, relationship) values ('${accountOf('staffOfTheAuthority')}', '{${child}}', '${letter}', 'x')`,
    )
  }
  await run(
    `insert into access_log (account_id, what, relationship) values ('${accountOf('staffOfTheAuthority')}', 'nothing', 'x')`,
  )
  await run(
    `insert into case_event (child_id, process_id, kind, happened_on, recorded_on, recorded_by, payload, seq, previous_hash, hash) values ('${CHILD.A}', '${id(4, 1)}', 'setting_consulted', '2026-05-05', '2026-05-05', '${accountOf('staffOfTheAuthority')}', '{"setting": "900005"}', 0, '', '')`,
  )
  // A manager whose own child this is, at home.
  await run(
    `insert into account (id, name, email, door, role, remit, person_id) select '${id(2, 999)}', 'managerAtHome', 'managerAtHome@x.invalid', 'family', 'parent', 'relationships', person_id from account where id = '${accountOf('managerWhoIsAParent')}'`,
  )
  await run(
    `insert into contact (id, name, account_id) values ('${id(3, 999)}', 'managerAtHome', '${id(2, 999)}')`,
  )
  const lines: readonly [Viewer, Viewer, string][] = [
    ['assignedElsewhere', 'managerOfTheAssigned', 'operational'],
    ['psychologistAsked', 'headOfService', 'professional'],
    ['psychologistAsked', 'headOfAProject', 'project'],
  ]
  for (const [account, manager, kind] of lines)
    await run(
      `insert into reporting_line (account_id, manager_id, kind, from_on) values ('${accountOf(account)}', '${accountOf(manager)}', '${kind}', '2026-01-01')`,
    )
  await run(
    `insert into delegation (from_account, to_account, from_on, to_on, why, made_by) values ('${accountOf('staffOfTheLocality')}', '${accountOf('standIn')}', '2026-07-01', '2026-08-01', 'leave', '${accountOf('staffOfTheLocality')}'), ('${accountOf('staffOfTheLocality')}', '${accountOf('standInNoLonger')}', '2026-06-01', '2026-07-06', 'illness', '${accountOf('staffOfTheLocality')}')`,
  )
  await run(
    `insert into absence (account_id, from_on, to_on, recorded_by) values ('${accountOf('staffOfTheLocality')}', '2026-07-01', '2026-08-01', '${accountOf('staffOfTheLocality')}')`,
  )
  await run(
    `insert into line_conflict (account_id, about, operational_manager, operational_says, professional_manager, professional_says, raised_by, raised_on, for_whom) values ('${accountOf('assignedElsewhere')}', 'visits', '${accountOf('managerOfTheAssigned')}', 'now', '${accountOf('leaver')}', 'later', '${accountOf('assignedElsewhere')}', '2026-06-01', '${accountOf('managerOfTheAssigned')}')`,
  )
  await run(
    `insert into home_tie (account_id, child_id, why, from_on, recorded_by) values ('${accountOf('staffOfTheLocality')}', '${CHILD.B}', 'a neighbour', '2026-06-01', '${accountOf('staffOfTheAuthority')}')`,
  )
  for (const [viewer, hours] of [
    ['glassBroken', 8],
    ['glassBrokenYesterday', -1],
  ] as const)
    await run(
      `insert into case_grant (account_id, child_id, kind, reason, from_at, until_at, granted_by) values ('${accountOf(viewer)}', '${CHILD.B}', 'break-glass', '${viewer} for a reason', now() - interval '9 hours', now() + interval '${hours} hours', '${accountOf(viewer)}')`,
    )
  await run(
    `insert into advice_writer (advice_request_id, child_id, account_id, part, from_on) select id, child_id, '${accountOf('writerWithThePsychologist')}', 'writer', '2026-02-01' from advice_request where child_id = '${CHILD.A}'`,
  )
  await run(
    `insert into capacity_note (child_id, has_capacity, assessed_on, assessed_by, note, from_on, recorded_by) values ('${CHILD.Z}', false, '2026-01-01', 'A doctor', 'Assessed', '2026-01-01', '${accountOf('staffOfTheAuthority')}')`,
  )
  const psychologist = accountOf('psychologistAsked')
  for (const statement of [
    `insert into advice (advice_request_id, child_id, by_office, begun_by, begun_on, changed_by) select id, child_id, child_id = '${CHILD.B}', '${psychologist}', '2026-03-01', '${psychologist}' from advice_request where child_id in ('${CHILD.A}', '${CHILD.B}')`,
    `insert into advice_part (version, advice_request_id, child_id, kind, content, saved_by) select 1, id, child_id, 'need', '{}', '${psychologist}' from advice_request where child_id in ('${CHILD.A}', '${CHILD.B}')`,
    `insert into advice_release (id, advice_request_id, child_id, process_id, number, head, answer, child_name, child_born_on, author_name, written_by, released_on, released_by)
      select '${id(7, 1)}', id, child_id, process_id, 1, head, 'advice', 'G F', '2016-01-01', 'x', array['${psychologist}']::uuid[], '2026-03-02', '${psychologist}' from advice_request where child_id = '${CHILD.A}'`,
    `insert into advice_paragraph (id, release_id, child_id, part_id, number, position, kind, content) values ('${id(7, 2)}', '${id(7, 1)}', '${CHILD.A}', gen_random_uuid(), '1', 0, 'text', '{"words": "secret"}')`,
    `insert into advice_check (id, release_id, child_id, checked_by, checked_on, note) values ('${id(7, 3)}', '${id(7, 1)}', '${CHILD.A}', '${accountOf('staffOfTheAuthority')}', '2026-03-03', 'secret')`,
    `insert into advice_withheld (check_id, paragraph_id, child_id, reason) values ('${id(7, 3)}', '${id(7, 2)}', '${CHILD.A}', 'about-somebody-else')`,
    `insert into advice_family_copy (check_id, release_id, advice_request_id, child_id, process_id, number, head, answer, author_name, released_on, checked_on)
      select '${id(7, 3)}', '${id(7, 1)}', id, child_id, process_id, 1, head, 'advice', 'x', '2026-03-02', '2026-03-03' from advice_request where child_id = '${CHILD.A}'`,
    `insert into advice_family_paragraph (check_id, child_id, part_id, number, position, kind, content) values ('${id(7, 3)}', '${CHILD.A}', gen_random_uuid(), '2', 1, 'text', '{"words": "shown"}')`,
    `insert into advice_handover (advice_request_id, child_id, declined, reason, made_by, made_on) select id, child_id, true, 'away', '${accountOf('staffOfTheAuthority')}', '2026-02-02' from advice_request where child_id = '${CHILD.A}'`,
    `insert into advice_capacity (account_id, from_on, pieces_a_week, why, set_by) values ('${psychologist}', '2026-02-01', 1.5, 'full-time', '${accountOf('headOfService')}')`,
  ])
    await run(statement)
  const event = await sql<{ id: string }>`select id from case_event where kind = 'setting_consulted'`.execute(
    record.owner,
  )
  for (const statement of planRows({
    child: CHILD.A,
    process: id(4, 1),
    event: event.rows[0]!.id,
    release: id(7, 1),
    staff: accountOf('staffOfTheAuthority'),
    healthLead: accountOf('healthLeadInThePlan'),
    therapist: accountOf('therapistOfALine'),
    parent: accountOf('parentWithResponsibility'),
    psychologist: accountOf('psychologistAsked'),
    senco: accountOf('sencoConsulted'),
    check: id(7, 3),
  }))
    await run(statement)
  for (const [viewer, letter, rest] of TIES)
    await run(
      `insert into child_contact (child_id, contact_id, relationship, parental_responsibility, restricted, restriction_note, from_on, to_on, consent_on) values ('${CHILD[letter]}', '${viewer === 'managerAtHome' ? id(3, 999) : contactOf(viewer)}', ${rest})`,
    )
  await run(
    `insert into sharing_consent (child_id, contact_id, from_on, given_how, recorded_by) values ('${CHILD.Y}', '${contactOf('parentTheYoungPersonLetsIn')}', '2026-01-01', 'in person', '${accountOf('staffOfTheAuthority')}')`,
  )
  const sent: readonly [Viewer, string, string, string][] = [
    ['parentWithResponsibility', CHILD.A, 'draft-sent', "'sent', null"],
    ['parentWithResponsibility', CHILD.A, 'date-set', "'held', 'recall'"],
    ['parentRestricted', CHILD.A, 'due-soon', "'sent', null"],
    ['parentOfB', CHILD.B, 'draft-sent', "'sent', null"],
  ]
  for (const [viewer, child, template, state] of sent)
    await run(
      `insert into message (event, template, channel, about_child, recipient, recipient_contact, recipient_name, address, subject, body, state, held_for) values ('e', '${template}', 'email', '${child}', 'contact:${contactOf(viewer)}', '${contactOf(viewer)}', '${viewer}', '${viewer}@x.invalid', 's', 'b', ${state})`,
    )
  await run(
    `insert into message (event, template, channel, recipient, recipient_account, recipient_name, address, subject, body, state) values ('e', 'sign-in', 'email', 'address:x', '${accountOf('parentWithResponsibility')}', '', 'x@x.invalid', 's', 'the code', 'queued')`,
  )
  await run(
    `insert into message_preference (account_id, contact_id, channel, language, updated_by) values ('${accountOf('parentWithResponsibility')}', null, 'text', 'of-A', '${accountOf('parentWithResponsibility')}'), (null, '${contactOf('parentOfB')}', 'letter', 'of-B', '${accountOf('staffOfTheAuthority')}')`,
  )
  await run(
    `insert into message_batch (key, what, made_by) values ('b', 'many', '${accountOf('staffOfTheAuthority')}')`,
  )
  await run(
    `insert into job_progress (kind, key, started_by) values ('theirs', 'j', '${accountOf('staffOfTheLocality')}')`,
  )
  const sentFiles: readonly [string, string | null, Viewer, string][] = [
    ['A-views', CHILD.A, 'parentWithResponsibility', ''],
    ['A-former', CHILD.A, 'parentNoLonger', ''],
    ['A-family', CHILD.A, 'staffOfTheAuthority', 'family'],
    ['A-services', CHILD.A, 'staffOfTheAuthority', 'setting,professional'],
    ['B-family', CHILD.B, 'staffOfTheAuthority', 'family'],
    ['draft', null, 'parentNoLonger', ''],
  ]
  for (const [name, child, by, to] of sentFiles) {
    await run(`insert into stored_file (sha256, size_bytes, name, type, state, uploaded_by, uploaded_on, child_id, about, released_on, released_by, released_to)
      values (repeat('a', 64), 1, '${name}', 'text/plain', 'clean', '${accountOf(by)}', '2026-02-01', ${child ? `'${child}'` : 'null'}, 'views',
        ${to ? `'2026-02-02', '${accountOf(by)}'` : 'null, null'}, '{${to}}')`)
  }
  const staff = accountOf('staffOfTheAuthority')
  for (const [name, urn, child, left] of [
    ['known', '900001', `'${CHILD.A}'`, 'null'],
    ['own', '900001', 'null', 'null'],
    ['gone', '900001', 'null', "'2026-07-06'"],
    ['former', '900004', `'${CHILD.A}'`, 'null'],
    ['elsewhere', '900002', `'${CHILD.B}'`, 'null'],
  ] as const) {
    await run(
      `insert into pupil (setting_urn, child_id, given_name, family_name, date_of_birth, support_from, left_on, recorded_by, recorded_on) values ('${urn}', ${child}, '${name}', 'P', '2016-01-01', '2026-01-05', ${left}, '${staff}', '2026-01-05')`,
    )
    await run(
      `insert into support_cycle (pupil_id, number, started_on, needs, updated_by) select id, 1, '2026-01-05', given_name, '${staff}' from pupil where given_name = '${name}'`,
    )
    await run(
      `insert into support_meeting (pupil_id, met_on, who, said, recorded_by) select id, '2026-02-01', given_name, 's', '${staff}' from pupil where given_name = '${name}'`,
    )
    if (name === 'known' || name === 'own') {
      await run(
        `insert into specialist_question (pupil_id, child_id, setting_urn, locality_id, specialist, child_name, date_of_birth, question, parent_agreed_on, asked_by, asked_on, reply_by) select id, child_id, setting_urn, 'north', 'psychology', 'P', '2016-01-01', given_name, '2026-02-01', '${staff}', '2026-02-01', '2026-02-15' from pupil where given_name = '${name}'`,
      )
      await run(
        `insert into specialist_answer (question_id, answer, answered_for, answered_by, answered_on) select id, question, 'x', '${staff}', '2026-02-10' from specialist_question where question = '${name}'`,
      )
    }
  }
  for (const sent of [false, true])
    await run(
      `insert into consultation_answer (consulted_event, process_id, child_id, setting_urn, updated_by, state, answer, signed_as, sent_by, sent_on, event_id) select id, process_id, child_id, '900005', '${staff}', ${sent ? `'sent', 'yes', 'S', '${staff}'::uuid, '2026-06-01'::date, id` : "'draft', null, null, null::uuid, null::date, null::uuid"} from case_event where kind = 'setting_consulted'`,
    )
  for (const released of [false, true])
    await run(
      `insert into school_advice (advice_request_id, child_id, setting_urn, updated_by, state, released_by, released_on, event_id) select r.id, r.child_id, '900001', '${staff}', ${released ? `'released', '${staff}'::uuid, '2026-06-01'::date, (select id from case_event where kind = 'setting_consulted')` : "'draft', null::uuid, null::date, null::uuid"} from advice_request r where r.child_id = '${CHILD.A}'`,
    )
  for (const [name, by] of [
    ['North', 'psychologistNotAsked'],
    ['South', 'staffOfTheAuthority'],
  ] as const)
    await run(
      `insert into early_notice (body, opinion, given_name, family_name, date_of_birth, locality_id, parent_name, told_parent_on, discussed, discussed_on, organisations, recorded_by, recorded_on) values ('b', 'o', '${name}', 'F', '2024-01-01', '${name.toLowerCase()}', 'p', '2026-02-01', 'discussed', '2026-02-01', 'v', '${accountOf(by)}', '2026-02-02')`,
    )
  const [mother, father] = [accountOf('parentWithResponsibility'), accountOf('parentRestricted')]
  let n = 0
  for (const [words, account, state] of [
    ['mine', mother, "'sent', '2026-06-01'"],
    ['theirs', father, "'sent', '2026-06-01'"],
    ['draft', mother, "'draft', null"],
  ] as const) {
    const contact = contactOf(account === mother ? 'parentWithResponsibility' : 'parentRestricted')
    const [response, comment, thread] = [id(5, ++n), id(6, n), id(8, n)]
    const about = `'${CHILD.A}', '${id(4, 1)}'`
    await run(
      `insert into family_view (child_id, process_id, account_id, whose, words, state, sent_on) values (${about}, '${account}', 'parent', '${words}', ${state})`,
    )
    await run(
      `insert into draft_response (id, child_id, process_id, draft_event, account_id, general, state, sent_on) values ('${response}', ${about}, '${id(9, 1)}', '${account}', '${words}', ${state})`,
    )
    await run(
      `insert into draft_comment (id, response_id, child_id, section, stance, words) values ('${comment}', '${response}', '${CHILD.A}', 'B', 'change', '${words}')`,
    )
    if (words === 'draft') continue
    await run(
      `insert into draft_comment_answer (comment_id, child_id, words, answered_by, answered_on) values ('${comment}', '${CHILD.A}', '${words}', '${staff}', '2026-06-02')`,
    )
    await run(
      `insert into family_thread (id, child_id, process_id, subject, opened_by, opened_on) values ('${thread}', ${about}, '${words}', '${account}', '2026-06-01')`,
    )
    await run(
      `insert into family_thread_person (thread_id, child_id, contact_id, added_by, added_on) values ('${thread}', '${CHILD.A}', '${contact}', '${account}', '2026-06-01')`,
    )
    await run(
      `insert into family_message (thread_id, child_id, side, kind, from_account, words, sent_on, promised_on) values ('${thread}', '${CHILD.A}', 'family', 'said', '${account}', '${words}', '2026-06-01', '2026-06-03')`,
    )
  }
  await run(
    `insert into draft_paragraph (child_id, process_id, draft_event, section, number, words) values ('${CHILD.A}', '${id(4, 1)}', '${id(9, 1)}', 'B', 1, 'paragraph')`,
  )
  await run(`insert into request_draft (holder_hash) values ('\\x01')`)
  for (const [reference, locality, child, account] of [
    ['north', "'north'", 'null', 'null'],
    ['nowhere', 'null', 'null', 'null'],
    ['at-home', "'north'", 'null', `'${id(2, 999)}'`],
    ['of-A', "'north'", `'${CHILD.A}'`, `'${mother}'`],
  ] as const)
    await run(
      `insert into online_request (reference, received_on, asked_by, asker_name, answers, locality_id, child_id, account_id) values ('${reference}', '2026-06-01', 'parent', 'x', '{}', ${locality}, ${child}, ${account})`,
    )
  const letters: readonly [string, string, Viewer | null][] = [
    ['A-to-parent', CHILD.A, 'parentWithResponsibility'],
    ['A-to-restricted', CHILD.A, 'parentRestricted'],
    ['A-within', CHILD.A, null],
    ['B-to-parent', CHILD.B, 'parentOfB'],
  ]
  for (const [title, child, to] of letters) {
    await run(
      `insert into document (child_id, kind, title, made_by, recipient_contact) values ('${child}', 'letter', '${title}', '${accountOf('staffOfTheAuthority')}', ${to ? `'${contactOf(to)}'` : 'null'})`,
    )
  }
})
afterAll(async () => {
  if (superuser !== record.owner) await superuser.destroy()
  await record.close()
})

async function tables(): Promise<
  readonly { table: string; enabled: boolean; forced: boolean; policies: number }[]
> {
  const { rows } = await sql<{ table: string; enabled: boolean; forced: boolean; policies: number }>`
    select relname as table, relrowsecurity as enabled, relforcerowsecurity as forced,
      (select count(*) from pg_policy p where p.polrelid = c.oid and 'clearway_app'::regrole = any (p.polroles)) as policies
    from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm', 'v') order by 1`.execute(
    record.owner,
  )
  return rows
}

async function seen(trx: Trx, table: string): Promise<string> {
  const { rows } = await sql<{
    labels: string | null
  }>`select string_agg(distinct label, ' ' order by label) as labels
    from (select (${sql.raw(MATRIX[table]!.label)})::text collate "C" as label from ${sql.table(table)}) all_rows`.execute(
    trx,
  )
  return rows[0]!.labels ?? ''
}

describe('the second wall', () => {
  test('every table has its row in this test, and each with personal data is locked to its owner too', async () => {
    for (const { table, enabled, forced, policies } of await tables()) {
      if (Object.hasOwn(OPEN_TO_ALL, table)) continue
      expect(
        [...Object.keys(MATRIX), ...BY_FUNCTIONS_ONLY],
        `table ${table} has no row: say who sees it, or why all may`,
      ).toContain(table)
      expect({ table, enabled, forced, policies: policies > 0 }).toEqual({
        table,
        enabled: true,
        forced: true,
        policies: !BY_FUNCTIONS_ONLY.includes(table),
      })
    }
  })

  for (const viewer of names) {
    test(`${viewer} sees of every table, asked with no condition at all, just what is theirs`, async () => {
      for (const [table, { sees }] of Object.entries(MATRIX)) {
        const found = await asViewer(record.db, { accountId: accountOf(viewer), today: TODAY }, (trx) =>
          seen(trx, table),
        )
        expect(found, table).toBe(sees[viewer] ?? '')
      }
    })
  }

  test('the first wall, written apart, says of every person and child what the second says, and why', async () => {
    const relationships = new Set<string>()
    for (const viewer of names) {
      if (viewer === 'nobody' || viewer === 'board') continue
      const found = await asViewer(record.db, { accountId: accountOf(viewer), today: TODAY }, (trx) =>
        relationshipsTo(
          trx,
          { accountId: accountOf(viewer), door: doorOf(viewer) as 'staff' },
          Object.values(CHILD),
          TODAY,
        ),
      )
      for (const relationship of found.values()) relationships.add(relationship)
      const letters = Object.entries(CHILD).flatMap(([letter, child]) => (found.has(child) ? [letter] : []))
      expect(letters.join(' '), viewer).toBe(VIEWERS[viewer].reaches)
    }
    expect([...relationships].toSorted()).toEqual([
      'advocate',
      'answers for the service that was asked',
      'asked for advice',
      'broke the glass',
      'consulted',
      'gives a line of the plan’s provision',
      'holds the case',
      'it is their own record',
      'manages the person who holds the case',
      'on roll',
      'parental responsibility',
      'placed there, or to be',
      'stands in for a colleague',
      'works for the whole authority',
      'works in the child’s locality',
      'writes in the plan',
      'writes the advice with a colleague',
    ])
  })

  test.each(BY_FUNCTIONS_ONLY)(
    'nobody reads or writes %s but by its functions, wall or no wall',
    async (table) => {
      for (const statement of ['select 1 from', 'delete from', 'truncate'])
        for (const viewer of ['nobody', 'staffOfTheAuthority'] as const)
          await expect(
            asViewer(record.db, { accountId: accountOf(viewer), today: TODAY }, (trx) =>
              sql.raw(`${statement} ${table}`).execute(trx),
            ),
            `${viewer}: ${statement} ${table}`,
          ).rejects.toThrow('permission denied')
    },
  )

  test('a login with no viewer named sees nothing', async () => {
    await record.db.transaction().execute(async (trx) => {
      await sql`set local role clearway_app`.execute(trx)
      for (const table of Object.keys(MATRIX)) expect(await seen(trx, table), table).toBe('')
    })
  })

  test('the day decides: a relationship that began or ended yesterday counts from then', async () => {
    const children = (viewer: Viewer, today: string): Promise<string> =>
      asViewer(record.db, { accountId: accountOf(viewer), today }, (trx) => seen(trx, 'child'))
    expect(await children('parentNoLonger', '2026-07-05')).toBe('A')
    expect(await children('parentNoLonger', '2026-07-06')).toBe('')
    expect(await children('parentWithResponsibility', '2015-12-31')).toBe('')
    expect(await children('leaver', '2026-07-05')).toBe('A B Y Z')
    expect(await children('leaver', '2026-07-06')).toBe('')
    for (const viewer of ['sencoOfTheFormerSchool', 'advocateExpired', 'standInNoLonger'] as const) {
      expect(await children(viewer, '2026-07-05'), viewer).toBe('A')
      expect(await children(viewer, '2026-07-06'), viewer).toBe('')
    }
    // The one leaves the school on the day the child joins it.
    expect(await children('sencoWhoLeftTheSchool', '2026-07-05')).toBe('')
    expect(await children('sencoWhoLeftTheSchool', '2026-07-06')).toBe('')
  })

  test('the rights pass to the young person the day after compulsory school age ends, in the database as in the law', async () => {
    const children = (viewer: Viewer, today: string): Promise<string> =>
      asViewer(record.db, { accountId: accountOf(viewer), today }, (trx) => seen(trx, 'child'))
    // Born on 1 January 2009: compulsory school age ends on Friday 27 June 2025.
    expect(await children('parentOfAYoungPerson', '2025-06-27')).toBe('Y')
    expect(await children('parentOfAYoungPerson', '2025-06-28')).toBe('')
    expect(await children('youngPerson', '2025-06-27')).toBe('')
    expect(await children('youngPerson', '2025-06-28')).toBe('Y')
    expect(await children('parentTheYoungPersonLetsIn', '2025-12-31')).toBe('')
    expect(await children('parentTheYoungPersonLetsIn', '2026-01-01')).toBe('Y')
    const { rows } = await sql<{ born: string; ends: string }>`
      select day::date::text as born, compulsory_school_age_ends(day::date)::text as ends
      from generate_series(date '1995-01-01', '2024-12-31', '1 day') day`.execute(record.owner)
    expect(rows).toHaveLength(10958)
    for (const { born, ends } of rows) expect(iso(compulsorySchoolAgeEnds(date(born))), born).toBe(ends)
  })

  test('without the wall each of these tables would show rows to nobody: the matrix would notice', async () => {
    class Undo extends Error {}
    for (const table of Object.keys(MATRIX)) {
      await superuser
        .transaction()
        .execute(async (trx) => {
          await sql`alter table ${sql.table(table)} disable row level security`.execute(trx)
          await sql`set local role clearway_app`.execute(trx)
          expect(await seen(trx, table), table).not.toBe('')
          throw new Undo()
        })
        .catch((error) => {
          if (!(error instanceof Undo)) throw error
        })
    }
  })
})

describe('what may be written', () => {
  const as = (viewer: Viewer, statement: string): Promise<bigint | undefined> =>
    asViewer(
      record.db,
      { accountId: accountOf(viewer), today: TODAY },
      async (trx) => (await sql.raw(statement).execute(trx)).numAffectedRows,
    )
  const strangers: readonly Viewer[] = [
    'nobody',
    'parentOfB',
    'parentRestricted',
    'parentWithoutResponsibility',
    'sencoElsewhere',
    'psychologistNotAsked',
    'board',
    'leaver',
  ]

  test('nobody adds to the record of a child they do not reach', async () => {
    for (const viewer of strangers) {
      for (const statement of [
        `insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, seq, previous_hash, hash) values ('${CHILD.A}', 'note_added', '2026-07-06', '2026-07-06', '${accountOf('staffOfTheAuthority')}', 0, '', '')`,
        `insert into process (reference, child_id, kind, state, opened_on) values ('X', '${CHILD.A}', 'plan', 'in-force', '2026-07-06')`,
        `insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on) values ('${CHILD.A}', '${contactOf('parentOfB')}', 'parent', true, '2026-01-01')`,
        `insert into advice_request (process_id, child_id, head, adviser, asked_on, adviser_account) values ('${id(4, 1)}', '${CHILD.A}', 'medical', 'x', '2026-01-01', '${accountOf('psychologistNotAsked')}')`,
        `insert into document (child_id, kind, title, made_by) values ('${CHILD.A}', 'letter', 'x', '${accountOf('staffOfTheAuthority')}')`,
        `insert into deadline (process_id, child_id, rule, occurrence, display, actor, state) values ('${id(4, 1)}', '${CHILD.A}', 'x', 1, 'statutory', 'x', 'open')`,
      ])
        await expect(as(viewer, statement), `${viewer}: ${statement}`).rejects.toThrow('row-level security')
    }
  })

  test('nobody changes a row they do not see', async () => {
    for (const viewer of strangers) {
      for (const statement of [
        `update child set given_name = 'X' where id = '${CHILD.A}'`,
        `update process set state = 'closed' where child_id = '${CHILD.A}'`,
        `update child_contact set restricted = false where child_id = '${CHILD.A}'`,
        `delete from deadline where child_id = '${CHILD.A}'`,
      ])
        expect(Number(await as(viewer, statement)), `${viewer}: ${statement}`).toBe(0)
    }
  })

  test('nobody writes in the access log, runs a command or keeps a filter in another’s name', async () => {
    const other = accountOf('staffOfTheAuthority')
    for (const statement of [
      `insert into access_log (account_id, what, relationship) values ('${other}', 'x', 'x')`,
      `insert into command (key, account_id, name, fingerprint, result) values ('z', '${other}', '', '', '{}')`,
      `insert into saved_filter (account_id, name, query) values ('${other}', 'z', '')`,
    ])
      await expect(as('parentOfB', statement), statement).rejects.toThrow('row-level security')
  })
})

/** One transaction as somebody, undone after. */
async function trying<T>(viewer: Viewer, work: (trx: Trx) => Promise<T>): Promise<T> {
  class Undo extends Error {}
  let result: T
  await asViewer(record.db, { accountId: accountOf(viewer), today: TODAY }, async (trx) => {
    result = await work(trx)
    throw new Undo()
  }).catch((error) => {
    if (!(error instanceof Undo)) throw error
  })
  return result!
}
const rowsOf = async <T>(trx: Trx, statement: string): Promise<readonly T[]> =>
  (await sql.raw<T>(statement).execute(trx)).rows
const count = async (trx: Trx, statement: string): Promise<number> =>
  Number((await sql.raw(statement).execute(trx)).numAffectedRows)
const notStaff = names.filter((viewer) => !activeStaff.includes(viewer))

describe('accounts', () => {
  test('no login of the application reads an e-mail address, not even its own', async () => {
    for (const viewer of ['staffOfTheAuthority', 'parentWithResponsibility'] as const)
      await expect(trying(viewer, (trx) => rowsOf(trx, 'select email from account'))).rejects.toThrow(
        'permission denied',
      )
  })
  test('nobody changes, adds or removes an account', async () => {
    for (const statement of [
      "update account set remit = 'authority'",
      "insert into account (name, email, door, role, remit) values ('x', 'x', 'staff', 'send-manager', 'authority')",
      'delete from account',
    ])
      await expect(
        trying('staffOfTheAuthority', (trx) => count(trx, statement)),
        statement,
      ).rejects.toThrow('permission denied')
  })
})

describe('sessions', () => {
  const find = (
    trx: Trx,
    token: string,
    today = TODAY,
  ): Promise<readonly { name: string; csrf_secret: string }[]> =>
    rowsOf(trx, `select * from find_session(convert_to('${token}', 'UTF8'), '${today}')`)
  const begin = (account: string, token = 'new'): string =>
    `select start_training_session('${account}', convert_to('${token}', 'UTF8'), 'c')`
  const owner = (statement: string): Promise<unknown> => sql.raw(statement).execute(record.owner)

  test('one is found by its secret by whoever has it, while it and the account live', async () => {
    expect(await trying('nobody', (trx) => find(trx, 'staffOfTheAuthority'))).toMatchObject([
      { name: 'staffOfTheAuthority', role: 'send-manager', door: 'staff', csrf_secret: 's' },
    ])
    expect(await trying('nobody', (trx) => find(trx, 'leaver'))).toEqual([])
    expect(await trying('nobody', (trx) => find(trx, 'leaver', '2026-07-05'))).toHaveLength(1)
    expect(await trying('nobody', (trx) => find(trx, 'guess'))).toEqual([])
  })
  test.each([
    ['idle for half an hour', "last_seen_at = now() - interval '30 minutes 1 second'"],
    ['twelve hours old, however busy', "created_at = now() - interval '12 hours 1 second'"],
    ['ended', 'ended_at = now()'],
  ])('one is over when it is %s', async (_, change) => {
    const mine = `account_id = '${accountOf('parentWithResponsibility')}'`
    await owner(`update session set ${change} where ${mine}`)
    expect(await trying('nobody', (trx) => find(trx, 'parentWithResponsibility'))).toEqual([])
    await owner(`update session set last_seen_at = now(), created_at = now(), ended_at = null where ${mine}`)
    expect(await trying('nobody', (trx) => find(trx, 'parentWithResponsibility'))).toHaveLength(1)
  })
  test('finding one says it was seen, at most once a minute', async () => {
    const seenAgo = async (ago: string): Promise<boolean> => {
      await owner(
        `update session set last_seen_at = now() - interval '${ago}' where account_id = '${accountOf('staffOfTheAuthority')}'`,
      )
      await asViewer(record.db, { accountId: accountOf('nobody'), today: TODAY }, (trx) =>
        find(trx, 'staffOfTheAuthority'),
      )
      const { rows } = await sql<{ fresh: boolean }>`
        select last_seen_at > now() - interval '10 seconds' as fresh from session where account_id = ${accountOf('staffOfTheAuthority')}`.execute(
        record.owner,
      )
      return rows[0]!.fresh
    }
    expect(await seenAgo('5 minutes')).toBe(true)
    expect(await seenAgo('30 seconds')).toBe(false)
  })
  test('one is ended by its secret, and then found by nobody', async () => {
    await trying('nobody', async (trx) => {
      await rowsOf(trx, "select end_session(convert_to('staffOfTheAuthority', 'UTF8'))")
      expect(await find(trx, 'staffOfTheAuthority')).toEqual([])
    })
  })
  test('nobody writes one by hand, lengthens one, or ends another’s', async () => {
    const account = accountOf('staffOfTheAuthority')
    for (const statement of [
      `insert into session (token_hash, account_id, csrf_secret) values ('\\x05', '${account}', 'c')`,
      'update session set created_at = now()',
      'update session set last_seen_at = now()',
      `update session set account_id = '${account}'`,
      'delete from session',
    ])
      await expect(
        trying('parentWithResponsibility', (trx) => count(trx, statement)),
        statement,
      ).rejects.toThrow('permission denied')
    expect(
      await trying('parentWithResponsibility', (trx) => count(trx, 'update session set ended_at = now()')),
    ).toBe(1)
    expect(await trying('parentOfB', (trx) => count(trx, 'update session set ended_at = now()'))).toBe(0)
  })
  test('in training anybody may be anybody but the system; in a live authority nobody, and no list of people', async () => {
    const people = (trx: Trx): Promise<readonly { name: string }[]> =>
      rowsOf(trx, 'select * from training_people()')
    await trying('nobody', async (trx) => {
      await rowsOf(trx, begin(accountOf('parentOfB')))
      expect(await find(trx, 'new')).toMatchObject([{ name: 'parentOfB', csrf_secret: 'c' }])
      const listed = (await people(trx)).map(({ name }) => name)
      expect(listed).toContain('parentOfB')
      expect(listed).not.toContain('Clearway')
      expect(listed).not.toContain('leaver')
    })
    await expect(
      trying('nobody', (trx) => rowsOf(trx, begin('00000000-0000-4000-8000-000000000001'))),
    ).rejects.toThrow('no such person')
    await owner("update authority set mode = 'live', training_today = null")
    try {
      await expect(trying('nobody', (trx) => rowsOf(trx, begin(accountOf('parentOfB'))))).rejects.toThrow(
        'nobody chooses who to be in a live authority',
      )
      expect(await trying('nobody', people)).toEqual([])
      expect(await trying('nobody', (trx) => find(trx, 'staffOfTheAuthority'))).toHaveLength(1)
    } finally {
      await owner(`update authority set mode = 'training', training_today = '${TODAY}'`)
    }
  })
})

describe('settings and the training day', () => {
  const set = (by: string): string =>
    `insert into authority_setting (key, value, valid_from, set_by, why) values ('k', '1', '2026-07-06', ${by}, 'w')`
  test('a setting is made by those who answer for the numbers, in their own name, and by nobody else', async () => {
    expect(
      await trying('staffOfTheAuthority', (trx) => count(trx, set(`'${accountOf('staffOfTheAuthority')}'`))),
    ).toBe(1)
    await expect(
      trying('staffOfTheAuthority', (trx) => count(trx, set(`'${accountOf('board')}'`))),
    ).rejects.toThrow('row-level security')
    await expect(trying('staffOfTheAuthority', (trx) => count(trx, set('null')))).rejects.toThrow(
      'row-level security',
    )
    for (const viewer of [...notStaff, 'staffOfTheLocality'] as const)
      await expect(
        trying(viewer, (trx) => count(trx, set(`'${accountOf(viewer)}'`))),
        viewer,
      ).rejects.toThrow('row-level security')
    const coordinator = { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }
    await expect(
      asViewer(record.db, coordinator, (trx) => count(trx, set(`'${coordinator.accountId}'`))),
    ).rejects.toThrow('row-level security')
  })
  test('everybody reads them', async () => {
    await sql.raw(set('null')).execute(record.owner)
    for (const viewer of names)
      expect(await trying(viewer, (trx) => rowsOf(trx, 'select key from authority_setting')), viewer).toEqual(
        [{ key: 'k' }],
      )
    await sql`delete from authority_setting`.execute(record.owner)
  })
  test('the day is moved in training only', async () => {
    const move = "update authority set training_today = '2026-07-07'"
    expect(await trying('parentOfB', (trx) => count(trx, move))).toBe(1)
    await expect(
      trying('staffOfTheAuthority', (trx) => count(trx, "update authority set name = 'x'")),
    ).rejects.toThrow('permission denied')
    await sql`update authority set mode = 'live', training_today = null`.execute(record.owner)
    try {
      expect(
        await trying('staffOfTheAuthority', (trx) =>
          count(trx, 'update authority set training_today = null'),
        ),
      ).toBe(0)
    } finally {
      await sql`update authority set mode = 'training', training_today = ${TODAY}`.execute(record.owner)
    }
  })
})

const CONSENT: readonly string[] = ['sharing_consent_ended', 'sharing_consent_given']

describe('what those who are not staff read of a child they reach', () => {
  const kinds = (viewer: Viewer, child: string): Promise<readonly string[]> =>
    trying(viewer, async (trx) =>
      (await rowsOf<{ kind: string }>(trx, `select kind from case_event where child_id = '${child}'`)).map(
        ({ kind }) => kind,
      ),
    )

  test('nobody but staff reads why somebody may not be written to, or who else is round the child', async () => {
    const notes = 'select contact_id, restriction_note from child_contact where restriction_note is not null'
    for (const viewer of notStaff)
      expect(await trying(viewer, (trx) => rowsOf(trx, notes)), viewer).toEqual([])
    expect(await trying('staffOfTheLocality', (trx) => rowsOf(trx, notes))).toHaveLength(1)
    expect(await trying('managerWhoIsAParent', (trx) => rowsOf(trx, notes))).toHaveLength(0)
    expect(
      await trying('parentWithResponsibility', (trx) => rowsOf(trx, 'select contact_id from child_contact')),
    ).toEqual([{ contact_id: contactOf('parentWithResponsibility') }])
    // A note left on their own row is not theirs to read either.
    await sql`update child_contact set restriction_note = 'was barred' where contact_id = ${contactOf('parentOfB')}`.execute(
      record.owner,
    )
    try {
      expect(await trying('parentOfB', (trx) => rowsOf(trx, 'select * from child_contact'))).toEqual([])
    } finally {
      await sql`update child_contact set restriction_note = null where contact_id = ${contactOf('parentOfB')}`.execute(
        record.owner,
      )
    }
  })

  test('another of the family is told that help was said to have stopped, and how that stands, in nobody’s words', async () => {
    const told = 'select since_on::text as since, kind from provision_reports_told()'
    for (const viewer of names) {
      const isFamilyOfA = doorOf(viewer) === 'family' && reached(viewer).includes('A')
      expect(await trying(viewer, (trx) => rowsOf(trx, told)), viewer).toEqual(
        isFamilyOfA ? [{ since: '2026-06-03', kind: 'made-up' }] : [],
      )
    }
  })

  test('what a child said of their own page is for the child and the office', async () => {
    const said = `select said from my_plan_said('${CHILD.A}')`
    for (const viewer of names) {
      const reads = reached(viewer).includes('A') && (isStaff(viewer) || viewer === 'childWithLeave')
      expect(await trying(viewer, (trx) => rowsOf(trx, said)), viewer).toEqual(
        reads ? [{ said: 'not before mum' }] : [],
      )
      await expect(
        trying(viewer, (trx) => rowsOf(trx, 'select said from my_plan_shared')),
        viewer,
      ).rejects.toThrow('permission denied')
    }
  })

  test('a family reads every kind of fact a rule may read, and nothing else that is told; a setting and a professional nothing', async () => {
    const all = [...FACT_KINDS, ...Object.keys(CASEWORK_EVENTS)]
    const child = id(1, 3)
    await makeChild(child, 'kinds')
    for (const kind of all)
      await sql`insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, seq, previous_hash, hash)
        values (${child}, ${kind}, '2026-01-05', '2026-01-05', ${accountOf('staffOfTheAuthority')}, 0, '', '')`.execute(
        record.owner,
      )
    expect((await kinds('parentWithResponsibility', child)).toSorted()).toEqual(
      // And whom the young person let in, which is told to those it is about; and the working document both sides write on.
      [
        ...FACT_KINDS.filter((kind) => kind !== 'other'),
        ...CONSENT,
        'working_document_begun',
        'working_document_changed',
      ].toSorted(),
    )
    expect(await kinds('staffOfTheAuthority', child)).toHaveLength(all.length)
    expect(await kinds('staffOfTheLocality', child)).toHaveLength(all.length)
    expect(await kinds('sencoOfTheSchool', child)).toEqual([])
    expect(await kinds('psychologistAsked', CHILD.A)).toEqual([])
    await forget(child)
  })

  test('what a family reads is what stands: the dates of its page are those staff see', async () => {
    const child = id(1, 4)
    await makeChild(child, 'standing')
    const add = (
      kind: Parameters<typeof recordEvent>[1]['kind'],
      on: string,
      payload = {},
      supersedes?: string,
    ): Promise<string> =>
      asViewer(record.db, { accountId: accountOf('staffOfTheAuthority'), today: TODAY }, (trx) =>
        recordEvent(trx, {
          childId: child,
          processId: null,
          kind,
          on,
          today: TODAY,
          by: accountOf('staffOfTheAuthority'),
          payload,
          ...(supersedes === undefined ? {} : { supersedes, why: 'The father said so' }),
        }),
      )
    const request = await add('request_received', '2026-01-05', { by: 'parent' })
    await add('request_received', '2026-01-06', { by: 'parent' }, request)
    await add('note_added', '2026-01-07', { note: 'The father is not to know' })
    const mistaken = await add('absence', '2026-02-01', { absentFrom: '2026-02-01', absentTo: '2026-03-15' })
    await add('fact_withdrawn', TODAY, {}, mistaken)
    await add('exception_claimed', '2026-02-02', {
      ground: 'absent-4-weeks',
      evidence: 'A letter',
      impracticalBecause: 'She was abroad',
    })
    const facts = (viewer: Viewer) =>
      trying(viewer, async (trx) => standingFacts(await loadHistory(trx, child)))
    const asStaff = await facts('staffOfTheAuthority')
    expect(asStaff).toHaveLength(2)
    expect(await facts('parentWithResponsibility')).toEqual(asStaff)
    expect(await kinds('parentWithResponsibility', child)).toEqual(['request_received', 'exception_claimed'])
    await forget(child)
  })

  async function makeChild(child: string, reference: string): Promise<void> {
    await sql`insert into child (id, reference, given_name, family_name, name_key, date_of_birth, sex, registered_on, locality_id, setting_urn)
      values (${child}, ${reference}, 'G', 'F', 'g f', '2016-01-01', 'F', '2026-01-05', 'north', '900001')`.execute(
      record.owner,
    )
    await sql`insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on)
      values (${child}, ${contactOf('parentWithResponsibility')}, 'parent', true, '2016-01-01')`.execute(
      record.owner,
    )
  }
  /** Out of everybody's reach again; history itself cannot be taken away. */
  async function forget(child: string): Promise<void> {
    await sql`delete from child_contact where child_id = ${child}`.execute(record.owner)
    await sql`update child set locality_id = null, setting_urn = null where id = ${child}`.execute(
      record.owner,
    )
  }
})

describe('only staff write in a child’s record', () => {
  const STATEMENTS: readonly (readonly [statement: string, rowsToStaff: number | 'one'])[] = [
    [`update child set known_as = 'x' where id = '${CHILD.A}'`, 1],
    [`update process set version = version + 1 where child_id = '${CHILD.A}'`, 1],
    [
      `update child_contact set lives_with = true where child_id = '${CHILD.A}' and contact_id = '${contactOf('parentWithResponsibility')}'`,
      1,
    ],
    [`update contact set phone = '1' where id = '${contactOf('parentWithResponsibility')}'`, 1],
    [`update advice_request set received_on = '2026-07-06' where child_id = '${CHILD.A}'`, 1],
    [`update advice_request set chases = 1 where child_id = '${CHILD.A}'`, 1],
    [`update exception_claim set state = 'approved' where child_id = '${CHILD.A}'`, 1],
    [`update deadline set state = 'done' where child_id = '${CHILD.A}'`, 1],
    [`delete from deadline where child_id = '${CHILD.A}'`, 1],
    [
      `insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, seq, previous_hash, hash) values ('${CHILD.A}', 'absence', '2026-07-06', '2026-07-06', '${accountOf('parentWithResponsibility')}', 0, '', '')`,
      'one',
    ],
    [
      `insert into contact (name, account_id) values ('x', '${accountOf('parentWithResponsibility')}')`,
      'one',
    ],
    [
      `insert into document (child_id, kind, title, made_by) values ('${CHILD.A}', 'letter', 'x', '${accountOf('parentWithResponsibility')}')`,
      'one',
    ],
    [
      `insert into process (reference, child_id, kind, state, opened_on) values ('X', '${CHILD.A}', 'plan', 'in-force', '2026-07-06')`,
      'one',
    ],
  ]
  test.each(STATEMENTS)('%s', async (statement, rows) => {
    expect(await trying('staffOfTheAuthority', (trx) => count(trx, statement))).toBe(1)
    for (const viewer of ['parentWithResponsibility', 'sencoOfTheSchool', 'psychologistAsked'] as const) {
      const tried = trying(viewer, (trx) => count(trx, statement))
      // What they were asked for is theirs to fill in.
      if (viewer === 'psychologistAsked' && statement.includes('set received_on')) expect(await tried).toBe(1)
      else if (viewer === 'psychologistAsked' && statement.includes('set chases'))
        await expect(tried).rejects.toThrow('for the office to change')
      else if (rows === 'one') await expect(tried, viewer).rejects.toThrow('row-level security')
      else expect(await tried, viewer).toBe(0)
    }
  })
})

describe('what families, settings and professionals may add', () => {
  const fact = (kind: string, by: Viewer, child = 'A', more = ''): string =>
    `insert into case_event (child_id, process_id, kind, happened_on, recorded_on, recorded_by, payload, supersedes, why, seq, previous_hash, hash) values ('${CHILD[child as 'A']}', '${id(4, 1 + Object.keys(CHILD).indexOf(child))}', '${kind}', '2026-07-06', '2026-07-06', '${accountOf(by)}', '${more || '{}'}', null, null, 0, '', '')`
  const added = (viewer: Viewer, statement: string): Promise<number> =>
    trying(viewer, (trx) => count(trx, statement))

  test('each door its own kinds of fact, in its own name, of a child it reaches', async () => {
    const { rows } = await sql<{ door: string; kind: string }>`select door, kind from fact_by_door`.execute(
      record.owner,
    )
    const byDoor: Readonly<Record<string, Viewer>> = {
      family: 'parentWithResponsibility',
      setting: 'sencoConsulted',
      professional: 'psychologistAsked',
    }
    for (const [door, viewer] of Object.entries(byDoor)) {
      const allowed = new Set(rows.filter((row) => row.door === door).map(({ kind }) => kind))
      expect(allowed.size).toBeGreaterThan(0)
      for (const kind of [...FACT_KINDS, ...Object.keys(CASEWORK_EVENTS)]) {
        const payload = kind === 'setting_replied' ? '{"setting": "900005"}' : '{}'
        if (CONSENT.includes(kind))
          // The young person's alone to tell, and a parent of a child is not that: choose-who-sees proves the other half.
          await expect(added(viewer, fact(kind, viewer)), `${door}: ${kind}`).rejects.toThrow(
            'row-level security',
          )
        else if (allowed.has(kind)) {
          await expect(
            added(viewer, fact(kind, viewer, 'A', payload)).catch((error) => `${door}: ${kind}: ${error}`),
          ).resolves.toBe(1)
          await expect(added(viewer, fact(kind, 'staffOfTheAuthority', 'A', payload))).rejects.toThrow(
            'row-level security',
          )
          await expect(added(viewer, fact(kind, viewer, 'B', payload))).rejects.toThrow('row-level security')
        } else
          await expect(added(viewer, fact(kind, viewer)), `${door}: ${kind}`).rejects.toThrow(
            'row-level security',
          )
      }
    }
    expect(rows.map(({ door }) => door).filter((door) => !Object.hasOwn(byDoor, door))).toEqual([])
  })
  test('nobody but staff corrects, and a setting answers for itself alone', async () => {
    const { rows } = await sql<{ id: string }>`
      select id from case_event where child_id = ${CHILD.A} and kind = 'request_received'`.execute(
      record.owner,
    )
    await expect(
      added(
        'parentWithResponsibility',
        fact('request_received', 'parentWithResponsibility').replace(
          'null, null, 0',
          `'${rows[0]!.id}', 'x', 0`,
        ),
      ),
    ).rejects.toThrow('row-level security')
    await expect(
      added('sencoConsulted', fact('setting_replied', 'sencoConsulted', 'A', '{"setting": "900001"}')),
    ).rejects.toThrow('row-level security')
  })
  test('what a person tells is kept in their name, and the record keeper computes what follows from it', async () => {
    await trying('parentWithResponsibility', async (trx) => {
      await recordEvent(trx, {
        childId: CHILD.A,
        processId: id(4, 1),
        kind: 'representations_received',
        on: TODAY,
        today: TODAY,
        by: accountOf('parentWithResponsibility'),
      })
      await refreshChild(trx, CHILD.A, TODAY)
      const { rows } = await sql<{ viewer: string }>`
        select current_setting('clearway.viewer') as viewer`.execute(trx)
      expect(rows).toEqual([{ viewer: accountOf('parentWithResponsibility') }])
      expect(
        await rowsOf(trx, "select from deadline where rule = 'final-plan' and state = 'open'"),
      ).toHaveLength(1)
      expect(await rowsOf(trx, 'select rule from deadline')).not.toHaveLength(1)
    })
  })
  test('consent is the young person’s to give and to end; staff may write it down', async () => {
    const give = (by: Viewer): string =>
      `insert into sharing_consent (child_id, contact_id, from_on, given_how, recorded_by) values ('${CHILD.Y}', '${contactOf('parentOfAYoungPerson')}', '2026-07-06', 'online', '${accountOf(by)}')`
    const end = "update sharing_consent set to_on = '2026-07-06'"
    for (const viewer of ['youngPerson', 'staffOfTheAuthority'] as const) {
      expect(await added(viewer, give(viewer))).toBe(1)
      expect(await added(viewer, end)).toBe(1)
    }
    await expect(added('parentTheYoungPersonLetsIn', give('parentTheYoungPersonLetsIn'))).rejects.toThrow(
      'row-level security',
    )
    expect(await added('parentTheYoungPersonLetsIn', end)).toBe(0)
  })
  test('a setting keeps its own list of people, by those of its people who may', async () => {
    const add = (urn: string): string =>
      `insert into account_setting (account_id, setting_urn, from_on) values ('${accountOf('sencoElsewhere')}', '${urn}', '2026-07-06')`
    await expect(added('sencoOfTheSchool', add('900001'))).rejects.toThrow('row-level security')
    const manager = { accountId: STORY_PEOPLE.senco.id, today: TODAY }
    class Undo extends Error {}
    await expect(
      asViewer(record.db, manager, async (trx) => {
        expect(await count(trx, add('900001'))).toBe(1)
        throw new Undo()
      }),
    ).rejects.toThrow(Undo)
    await expect(asViewer(record.db, manager, (trx) => count(trx, add('900002')))).rejects.toThrow(
      'row-level security',
    )
  })
  test('the glass is broken by staff who work on cases, with a reason, and written down; nobody lets themself in otherwise', async () => {
    const breakIt = (reference: string, reason = 'The hospital rang about tonight'): string =>
      `select break_glass('${reference}', '${reason}') as child`
    await trying('standIn', async (trx) => {
      expect(await seen(trx, 'child')).toBe('A')
      expect(await rowsOf(trx, breakIt('B'))).toEqual([{ child: CHILD.B }])
      expect(await seen(trx, 'child')).toBe('A B')
      expect(await rowsOf(trx, "select what from access_log where what like 'broke%'")).toHaveLength(1)
    })
    expect(await trying('standIn', (trx) => rowsOf(trx, breakIt('NONE')))).toEqual([{ child: null }])
    expect(await trying('managerWhoIsAParent', (trx) => rowsOf(trx, breakIt('A')))).toEqual([{ child: null }])
    await expect(trying('standIn', (trx) => rowsOf(trx, breakIt('B', 'short')))).rejects.toThrow('check')
    for (const viewer of notStaff)
      await expect(
        trying(viewer, (trx) => rowsOf(trx, breakIt('B'))),
        viewer,
      ).rejects.toThrow()
    for (const viewer of names)
      await expect(
        added(
          viewer,
          `insert into case_grant (account_id, child_id, kind, reason, until_at, granted_by) values ('${accountOf(viewer)}', '${CHILD.B}', 'audit', 'because I would like to', now() + interval '1 day', '${accountOf(viewer)}')`,
        ),
        viewer,
      ).rejects.toThrow('row-level security')
  })
  test('a family reads who looked, and no other member of the family by name', async () => {
    const looked = (viewer: Viewer, child: string): Promise<readonly { name: string; what: string }[]> =>
      trying(viewer, (trx) => rowsOf(trx, `select name, what from who_looked('${child}', null, 50)`))
    expect(await looked('parentWithResponsibility', CHILD.A)).toEqual([
      { name: 'staffOfTheAuthority', what: 'A' },
    ])
    for (const viewer of names)
      if (viewer !== 'parentOfB') expect(await looked(viewer, CHILD.B), viewer).toEqual([])
  })
})

describe('lines of work', () => {
  const line = (account: Viewer, manager: Viewer, kind: string, from: string, to = 'null'): string =>
    `insert into reporting_line (account_id, manager_id, kind, from_on, to_on) values ('${accountOf(account)}', '${accountOf(manager)}', '${kind}', '${from}', ${to})`
  const tried = (...statements: string[]): Promise<number> =>
    trying('staffOfTheAuthority', async (trx) => {
      for (const statement of statements.slice(0, -1)) await count(trx, statement)
      return count(trx, statements.at(-1)!)
    })
  test('one operational manager at a time, any number of others', async () => {
    const first = line('standIn', 'managerOfTheAssigned', 'operational', '2026-01-01', "'2026-06-01'")
    await expect(
      tried(first, line('standIn', 'staffOfTheAuthority', 'operational', '2026-05-31')),
    ).rejects.toThrow('one operational manager')
    expect(await tried(first, line('standIn', 'staffOfTheAuthority', 'operational', '2026-06-01'))).toBe(1)
    expect(await tried(first, line('standIn', 'staffOfTheAuthority', 'professional', '2026-02-01'))).toBe(1)
  })
  test('nobody answers to themself, however long the way round', async () => {
    await expect(
      tried(
        line('standIn', 'glassBroken', 'operational', '2026-01-01'),
        line('glassBroken', 'staffOfTheLocality', 'operational', '2026-01-01'),
        line('staffOfTheLocality', 'standIn', 'operational', '2026-01-01'),
      ),
    ).rejects.toThrow('answers to themself')
  })
  test('set by those who answer for the service', async () => {
    for (const viewer of names.filter((one) => !['staffOfTheAuthority', 'managerWhoIsAParent'].includes(one)))
      await expect(
        trying(viewer, (trx) => count(trx, line('standIn', 'glassBroken', 'project', '2026-01-01'))),
        viewer,
      ).rejects.toThrow('row-level security')
  })
})

describe('a new child, recorded by staff of a locality', () => {
  const child = (locality: string): string =>
    `insert into child (reference, given_name, family_name, name_key, date_of_birth, sex, registered_on, locality_id) values ('NEW', 'N', 'C', 'c n', '2016-01-01', 'F', '2026-07-06', ${locality}) returning id`
  const person = (account = 'null'): string =>
    `insert into contact (name, account_id) values ('New parent', ${account}) returning id`

  test('in their own locality, with the people, the case and its facts, in one transaction', async () => {
    await trying('staffOfTheLocality', async (trx) => {
      const [made] = await rowsOf<{ id: string }>(trx, child("'north'"))
      const today = TODAY
      const by = accountOf('staffOfTheLocality')
      await recordEvent(trx, {
        childId: made!.id,
        processId: null,
        kind: 'child_registered',
        on: today,
        today,
        by,
      })
      const [parent] = await rowsOf<{ id: string }>(trx, person())
      await rowsOf(
        trx,
        `insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on) values ('${made!.id}', '${parent!.id}', 'mother', true, '2026-07-06')`,
      )
      const [process] = await rowsOf<{ id: string }>(
        trx,
        `insert into process (reference, child_id, kind, state, opened_on) values ('A-NEW', '${made!.id}', 'assessment', 'deciding-whether-to-assess', '2026-07-06') returning id`,
      )
      await recordEvent(trx, {
        childId: made!.id,
        processId: process!.id,
        kind: 'request_received',
        on: today,
        today,
        by,
        payload: { by: 'parent' },
      })
      await rowsOf(
        trx,
        `insert into document (child_id, kind, title, made_by, recipient_contact) values ('${made!.id}', 'letter', 'x', '${by}', '${parent!.id}') returning id`,
      )
      await rowsOf(
        trx,
        `insert into access_log (account_id, child_ids, what, relationship, outcome) values ('${by}', '{${made!.id}}', 'record-a-request', 'plan-coordinator', 'changed')`,
      )
      expect(await rowsOf(trx, `select name from contact where id = '${parent!.id}'`)).toEqual([
        { name: 'New parent' },
      ])
      expect(await rowsOf(trx, `select kind from case_event where child_id = '${made!.id}'`)).toHaveLength(2)
    })
  })
  test('in no other, and with nobody’s account', async () => {
    for (const statement of [
      child("'south'"),
      child('null'),
      person(`'${accountOf('parentOfB')}'`),
      person(`'${accountOf('parentOfB')}'`).replace(' returning id', ''),
    ])
      await expect(
        trying('staffOfTheLocality', (trx) => rowsOf(trx, statement)),
        statement,
      ).rejects.toThrow('row-level security')
  })
  test('by nobody who is not staff, nor by staff who have left', async () => {
    for (const viewer of notStaff)
      for (const statement of [child("'north'"), person()])
        await expect(
          trying(viewer, (trx) => rowsOf(trx, statement)),
          `${viewer}: ${statement}`,
        ).rejects.toThrow('row-level security')
  })
  test('a person nobody is tied to is seen by staff until they are tied to a child out of reach', async () => {
    const seenBy = (viewer: Viewer): Promise<readonly unknown[]> =>
      trying(viewer, (trx) => rowsOf(trx, `select from contact where id = '${id(3, 900)}'`))
    await sql`insert into contact (id, name) values (${id(3, 900)}, 'Loose')`.execute(record.owner)
    expect(await seenBy('staffOfTheLocality')).toHaveLength(1)
    expect(await seenBy('sencoOfTheSchool')).toHaveLength(0)
    await sql`insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on) values (${CHILD.B}, ${id(3, 900)}, 'aunt', false, '2026-01-01')`.execute(
      record.owner,
    )
    expect(await seenBy('staffOfTheLocality')).toHaveLength(0)
    await sql`delete from child_contact where contact_id = ${id(3, 900)}`.execute(record.owner)
    await sql`delete from contact where id = ${id(3, 900)}`.execute(record.owner)
  })
})

describe('the roles', () => {
  test('the application’s role, and its login on a server, can do nothing by themselves and own nothing', async () => {
    const { rows: roles } = await sql`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles
      where rolname = 'clearway_app' or (rolname = ${record.urls ? new URL(record.urls.application).username : 'clearway_app'})`.execute(
      record.owner,
    )
    for (const role of roles)
      expect(role).toEqual({
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
      })
    const { rows: owned } = await sql`
      select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'clearway_app%' or r.rolname = ${record.urls ? new URL(record.urls.application).username : ''}
      union all select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname like 'clearway_app%'`.execute(
      record.owner,
    )
    expect(owned).toEqual([])
    if (record.engine === 'postgres') {
      const { rows } =
        await sql`select rolsuper, rolbypassrls from pg_roles where rolname = ${new URL(record.urls!.owner).username}`.execute(
          record.owner,
        )
      expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }])
    }
  })

  test('every function that runs as its owner has its search path pinned, with pg_temp last', async () => {
    const { rows } = await sql<{ name: string; config: string[] | null }>`
      select oid::regprocedure::text as name, proconfig as config from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`.execute(
      record.owner,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { name, config } of rows) expect(config, name).toEqual(['search_path=public, pg_temp'])
  })

  test('a function that runs as its owner is for the application’s role or for nobody', async () => {
    const { rows } = await sql<{ name: string }>`
      select p.oid::regprocedure::text as name from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      where pronamespace = 'public'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype and a.grantee = 0`.execute(
      record.owner,
    )
    expect(rows).toEqual([])
  })

  test('no view reads past the wall', async () => {
    const { rows } =
      await sql`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and not coalesce(reloptions @> '{security_invoker=true}', false)`.execute(
        record.owner,
      )
    expect(rows).toEqual([])
  })

  test('nothing is granted to everyone', async () => {
    const { rows } = await sql`
      select table_name from information_schema.role_table_grants where table_schema = 'public' and grantee = 'PUBLIC'
      union all select relname from pg_class c, aclexplode(relacl) a where relnamespace = 'public'::regnamespace and a.grantee = 0`.execute(
      record.owner,
    )
    expect(rows).toEqual([])
  })
})
