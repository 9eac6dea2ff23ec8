import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { standingFacts } from '../src/db/case-history/events.ts'
import { CONTACT_POINTS } from '../src/documents/letters/contact-points.ts'
import { percentOf } from '../src/features/assurance/monthly-table/figures.ts'
import { RELATIONSHIPS, SELF } from '../src/features/children/the-child/words.ts'
import { computeDeadlines, date, type FactKind, isPlannable, parseFact } from '../src/law/index.ts'
import { compulsorySchoolAgeEnds } from '../src/record/school-age.ts'
import { generateAssessmentFacts } from './assessment-facts.ts'
import { ageOn, isOpen, monthName } from './days.ts'
import { generate, generateTrainingAuthority, lawfulLimits, TRAINING_DAY } from './generate.ts'
import { nhsCheckDigit, upnCheckLetter } from './identifiers.ts'
import { planJourneys } from './journeys.ts'
import { readPlaces } from './places.ts'
import { idFor } from './random.ts'
import type { ChildRecord, EventRow } from './rows.ts'
import { trainingSchedule } from './schedule.ts'

const asAt = date(TRAINING_DAY)
const training = generateTrainingAuthority()
const records: readonly ChildRecord[] = [...training.children()]

const bytesOf = (seed: string): string => {
  const hash = createHash('sha256')
  const generated = generateTrainingAuthority(seed)
  hash.update(JSON.stringify(generated.fixed))
  for (const record of generated.children()) hash.update(JSON.stringify(record))
  return hash.digest('hex')
}

describe('the schedule', () => {
  const months = (year: string) =>
    trainingSchedule().months.filter((plan) => plan.month.name.startsWith(year))
  test('its quotients are the cells of the report', () => {
    const closed = months('2020').slice(0, 8)
    expect(closed.map((plan) => plan.requests)).toEqual([41, 53, 54, 53, 66, 56, 56, 8])
    expect(closed.map((plan) => percentOf(plan.decisions!.inTime, plan.decisions!.done))).toEqual([
      93, 89, 92, 91, 93, 97, 95, 100,
    ])
    expect(closed.map((plan) => percentOf(plan.finals!.inTime, plan.finals!.done))).toEqual([
      85, 86, 82, 88, 75, 93, 71, 61,
    ])
  })
  test('2018 and the year to date are of the size DfE published', () => {
    const total = (year: string, of: 'done' | 'inTime') =>
      months(year).reduce((sum, plan) => sum + (plan.finals?.[of] ?? 0), 0)
    expect([total('2018', 'done'), total('2018', 'inTime')]).toEqual([604, 247])
    expect(total('2019', 'done')).toBe(532)
    expect(months('2018').reduce((sum, plan) => sum + plan.requests, 0)).toBe(600)
  })
  test.each(['a', 'b', 'c', 'dorset-2020', 's0'])('any seed can be dealt: %s', (seed) => {
    const journeys = planJourneys({ seed, schedule: trainingSchedule(), asAt, limits: lawfulLimits() })
    const august = journeys.filter((one) => one.finalOn !== null && monthName(one.finalOn) === '2020-08')
    expect(august).toHaveLength(31)
    expect(august.filter((one) => one.finalOn! - one.receivedOn <= lawfulLimits().finalDays)).toHaveLength(19)
  })
})

describe('the same seed', () => {
  test('gives the same bytes, ids and all; another gives others', () => {
    const first = bytesOf('dorset-2020')
    expect(bytesOf('dorset-2020')).toBe(first)
    expect(bytesOf('another')).not.toBe(first)
  }, 30_000)
})

describe('every case', () => {
  const each = (check: (event: EventRow, record: ChildRecord) => string | null): string[] =>
    records.flatMap((record) => record.events.flatMap((event) => check(event, record) ?? []))

  test('is made of facts the law can read', () =>
    expect(
      each((event) => {
        const parsed = parseFact({ ...event.payload, kind: event.kind, on: event.happened_on })
        return parsed.ok ? null : `${event.kind} ${parsed.field}: ${parsed.reason}`
      }),
    ).toEqual([]))
  test('holds nothing recorded after the day, or before it happened unless it was planned', () =>
    expect(
      each((event) =>
        event.recorded_on > TRAINING_DAY ||
        (event.recorded_on < event.happened_on && !isPlannable(event.kind as FactKind))
          ? `${event.kind} ${event.happened_on} ${event.recorded_on}`
          : null,
      ),
    ).toEqual([]))
  test('was keyed in order, on days the office was open', () => {
    const wrong = records.filter((record) =>
      record.events.some(
        (event, index) => index > 0 && event.recorded_on < record.events[index - 1]!.recorded_on,
      ),
    )
    expect(wrong.map((record) => record.child.reference)).toEqual([])
    expect(
      each((event) => (isOpen(date(event.recorded_on)) ? null : `${event.kind} keyed ${event.recorded_on}`)),
    ).toEqual([])
  })
  test('goes the way an assessment goes', () => {
    const order = [
      'request_received',
      'decided_to_assess',
      'advice_requested',
      'decided_to_issue',
      'draft_issued',
      'final_issued',
    ]
    const wrong: string[] = []
    for (const record of records) {
      const facts = standingFacts(record.events.map((event, index) => ({ ...event, seq: index + 1 })))
      for (const process of record.processes.filter((one) => one.kind === 'assessment')) {
        let last = Number.NEGATIVE_INFINITY
        for (const kind of order) {
          const on = facts
            .filter((fact) => fact.process === process.id && fact.kind === kind)
            .map((fact) => fact.on)
          if (on.length === 0) continue
          if (Math.min(...on) < last) wrong.push(`${process.reference}: ${kind} too soon`)
          last = Math.min(...on)
        }
        const draft = facts.find((fact) => fact.process === process.id && fact.kind === 'draft_issued')
        const final = facts.find((fact) => fact.process === process.id && fact.kind === 'final_issued')
        if (draft && final && final.on < draft.on + 15)
          wrong.push(`${process.reference}: final plan inside the family's 15 days`)
      }
    }
    expect(wrong).toEqual([])
  })
  test('has asked, chased and had the advice that its history says, and no other', () => {
    const wrong = records.flatMap((record) =>
      record.advice.filter((row) => {
        const of = (kind: FactKind) =>
          record.events.filter(
            (event) =>
              event.kind === kind &&
              event.payload['head'] === row.head &&
              event.payload['adviser'] === row.adviser,
          )
        return (
          of('advice_requested').length === 0 ||
          of('advice_chased').length !== row.chases ||
          of('advice_received').length > 0 !== (row.received_on !== null)
        )
      }),
    )
    expect(wrong).toEqual([])
  })
  test('every correction says why and corrects something of the same case', () => {
    const corrections = records.flatMap((record) =>
      record.events.filter((event) => event.supersedes !== null).map((event) => ({ record, event })),
    )
    expect(corrections.length).toBeGreaterThan(20)
    expect(
      corrections.filter(
        ({ record, event }) => !event.why || !record.events.some((other) => other.id === event.supersedes),
      ),
    ).toEqual([])
  })
})

describe('the people', () => {
  test('have names, addresses and somebody to write to', () => {
    const faults = records.filter(({ child }) =>
      [
        child.given_name,
        child.family_name,
        child.name_key,
        child.address_line,
        child.town,
        child.postcode,
      ].some((text) => text.trim() === ''),
    )
    expect(faults).toEqual([])
    expect(records.filter((record) => record.childContacts.every((contact) => contact.restricted))).toEqual(
      [],
    )
    expect(
      records.flatMap((record) => record.contacts).filter((contact) => contact.name.trim() === ''),
    ).toEqual([])
  })
  test('are under 26 and born before they were known', () =>
    expect(
      records.filter(
        ({ child }) =>
          child.date_of_birth >= child.registered_on || ageOn(date(child.date_of_birth), asAt) > 27,
      ),
    ).toEqual([]))
  test('live in Dorset and go to schools that exist', () => {
    const places = readPlaces()
    const postcodes = new Set(places.postcodes.map((one) => one.postcode))
    expect(records.filter(({ child }) => !postcodes.has(child.postcode))).toEqual([])
    expect(
      records.filter(({ child }) => child.setting_urn !== null && !places.byUrn(child.setting_urn)),
    ).toEqual([])
  })
  test('have numbers of their own: test NHS numbers, UPNs with the right letter', () => {
    const nhs = records.flatMap(({ child }) => child.nhs_number ?? [])
    expect(new Set(nhs).size).toBe(nhs.length)
    expect(
      nhs.filter((number) => !number.startsWith('999') || nhsCheckDigit(number.slice(0, 9)) !== number[9]),
    ).toEqual([])
    const upns = records.flatMap(({ child }) => child.upn ?? [])
    expect(new Set(upns).size).toBe(upns.length)
    expect(upns.filter((number) => upnCheckLetter(number.slice(1)) !== number[0])).toEqual([])
  })
  test('check letters and digits are those of the published examples', () => {
    expect(upnCheckLetter('801200001001')).toBe('H')
    expect(upnCheckLetter('838400024001')).toBe('L')
    expect(nhsCheckDigit('943476591')).toBe('9')
    expect(nhsCheckDigit('999000001')).toBe('8')
  })
  test('are as varied as families are', () => {
    const contacts = records.flatMap((record) => record.childContacts)
    expect(contacts.some((contact) => contact.restricted)).toBe(true)
    expect(
      contacts.some((contact) => contact.relationship === 'foster-carer' && !contact.parental_responsibility),
    ).toBe(true)
    expect(records.some(({ child }) => child.interpreter !== null)).toBe(true)
    const homes = new Map<string, number>()
    for (const { child } of records)
      homes.set(
        `${child.address_line} ${child.postcode}`,
        (homes.get(`${child.address_line} ${child.postcode}`) ?? 0) + 1,
      )
    expect([...homes.values()].filter((children) => children > 1).length).toBeGreaterThan(100)
  })
  test('are to the child what the pages and letters can name', () => {
    const codes = [...Object.keys(RELATIONSHIPS), SELF]
    expect(
      records
        .flatMap((record) => record.childContacts)
        .filter((contact) => !codes.includes(contact.relationship)),
    ).toEqual([])
  })
  test('past compulsory school age are contacts of their own, at their address; before it they are not', () => {
    const contacts = new Map(
      records.flatMap((record) => record.contacts).map((contact) => [contact.id, contact]),
    )
    const wrong = records.filter(({ child, childContacts }) => {
      const last = compulsorySchoolAgeEnds(date(child.date_of_birth))
      const self = childContacts.filter((contact) => contact.relationship === SELF)
      if (asAt <= last) return self.length > 0
      const contact = contacts.get(self[0]?.contact_id ?? '')
      return (
        self.length !== 1 ||
        self[0]!.parental_responsibility ||
        date(self[0]!.from_on) <= last ||
        self[0]!.from_on > TRAINING_DAY ||
        contact?.name !== `${child.given_name} ${child.family_name}` ||
        contact.address_line !== child.address_line ||
        childContacts.length < 2
      )
    })
    expect(wrong.map(({ child }) => child.reference)).toEqual([])
    expect(
      records.filter(({ childContacts }) => childContacts.some((contact) => contact.relationship === SELF))
        .length,
    ).toBeGreaterThan(500)
  })
  test('include one young person who can sign in to a case of their own being written', () => {
    const [account, ...others] = training.fixed.accounts.filter((one) => one.role === 'young-person')
    expect(others).toEqual([])
    const contact = records
      .flatMap((record) => record.contacts)
      .find((one) => one.account_id === account?.id && account !== undefined)
    const record = records.find(({ childContacts }) =>
      childContacts.some((one) => one.contact_id === contact?.id && one.relationship === SELF),
    )
    expect(account).toMatchObject({ door: 'family', remit: 'relationships', name: contact?.name })
    const kinds = record?.events.map((event) => event.kind)
    expect(kinds).toContain('advice_requested')
    expect(kinds).not.toContain('final_issued')
  })
  test('and their cases have references of the form the casework gives, none twice', () => {
    const cases = records.flatMap((record) => record.processes)
    expect(
      cases.filter(
        ({ kind, opened_on, reference }) =>
          !new RegExp(`^${kind === 'plan' ? 'P' : 'A'}-${opened_on.slice(0, 4)}-\\d{5}$`).test(reference),
      ),
    ).toEqual([])
    const references = [
      ...cases.map(({ reference }) => reference),
      ...records.map(({ child }) => child.reference),
    ]
    expect(new Set(references).size).toBe(references.length)
    // The sequence goes on after the number of children: no number here is above it.
    expect(references.filter((reference) => Number(reference.split('-').at(-1)) > training.size)).toEqual([])
  })
  test('may be told of every office that letters name, at addresses nobody has', () => {
    const { contactPoints } = training.fixed
    expect(contactPoints.map(({ key }) => key).toSorted()).toEqual(Object.keys(CONTACT_POINTS).toSorted())
    for (const { value } of contactPoints) {
      expect(value['phone']).toMatch(/^01632 960\d{3}$/)
      expect(value['email']).toMatch(/@example\.org$/)
      expect(value['website']).toMatch(/^https:\/\/example\.org\//)
    }
  })
  test('staff of every kind can sign in', () => {
    const roles = new Set(training.fixed.accounts.map((account) => account.role))
    for (const role of [
      'send-manager',
      'locality-head',
      'plan-coordinator',
      'educational-psychologist',
      'head-of-service',
      'health-lead',
      'qa-lead',
      'data-officer',
      'administrator',
      'board-member',
      'senco',
      'parent',
      'young-person',
      'system',
    ])
      expect(roles).toContain(role)
    expect(training.fixed.accounts.find((account) => account.role === 'board-member')?.remit).toBe('none')
  })
})

describe('any size and any date', () => {
  test('ids do not meet by chance, however many are made', () => {
    const ids = new Set<string>()
    for (let number = 0; number < 200_000; number++) ids.add(idFor('bench', 'child contact', number))
    expect(ids.size).toBe(200_000)
  })
  test('bare facts for the clock: as many cases as asked for, the same each time, all of which the law can judge', () => {
    const cases = [...generateAssessmentFacts(200)]
    expect(cases).toHaveLength(200)
    expect([...generateAssessmentFacts(200)]).toEqual(cases)
    for (const facts of cases)
      expect(computeDeadlines(facts, { asAt: date('2021-12-31') }).length).toBeGreaterThan(0)
  })
  test('about as many open plans as asked for, and no more memory than a child at a time', () => {
    const generated = generate({ seed: 'bench', openPlans: 500, from: '2022-01-01', asAt: '2024-12-31' })
    let open = 0
    let last = ''
    for (const record of generated.children()) {
      const begun = record.events.some((event) => event.kind === 'final_issued' || event.kind === 'moved_in')
      if (begun && !record.events.some((event) => event.kind === 'plan_ceased')) open++
      for (const event of record.events) if (event.recorded_on > last) last = event.recorded_on
    }
    expect(open).toBeGreaterThan(350)
    expect(open).toBeLessThan(650)
    expect(last <= '2024-12-31').toBe(true)
  })
})
