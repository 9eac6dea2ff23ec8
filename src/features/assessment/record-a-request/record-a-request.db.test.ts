import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { openPages, type Pages, type ReadPage, type Visitor } from '../../children/try-pages/index.ts'
import { routes } from './index.ts'

const TODAY = '2025-01-20'
let pages: Pages
let cora: Visitor

beforeAll(async () => {
  pages = await openPages(routes, TODAY)
  cora = await pages.signIn('coordinator')
})
afterAll(() => pages.close())
const AMARA = {
  'How did it arrive?': 'On paper',
  'Who asked?': 'A parent or carer',
  'When was it received?': '6 1 2025',
  'Given name': 'Amara',
  'Family name': 'Okafor',
  'Date of birth': '1 4 2014',
  Sex: 'Female',
  'Unique pupil number (UPN) (optional)': 'L838400024001',
  'NHS number (optional)': '999 000 0018',
  'Address (optional)': '4 Quay Street',
  'Town or city (optional)': 'Weymouth',
  'Postcode (optional)': 'dt4 8aa',
  'Where do they learn now?': 'At a school, college or nursery',
  'Find it by name, URN or postcode': 'larkfield',
  'Full name': 'Ngozi Okafor',
  'Who are they to the child?': 'mother',
  'Do they have parental responsibility?': 'Yes',
  'Does the child live with them?': 'Yes',
  'Why they are asking (optional)': 'She cannot manage in class.',
}
const amara = async (changes: Readonly<Record<string, string>> = {}): Promise<ReadPage> =>
  (await cora.get('/staff/requests/new')).fill({ ...AMARA, ...changes })
/** Another child with nothing in common with Amara. */
let invented = 0
const someone = (changes: Readonly<Record<string, string>> = {}): Promise<ReadPage> => {
  invented++
  const letters = [...String(invented)].map((digit) => 'bdfgklmnpr'[Number(digit)]).join('e')
  return amara({
    'Given name': `Q${letters}uvix${letters}`,
    'Family name': `Z${letters}orth${letters}wick`,
    'Date of birth': `${(invented % 27) + 1} ${(invented % 11) + 1} 2012`,
    'Unique pupil number (UPN) (optional)': '',
    'NHS number (optional)': '',
    'Address (optional)': `${invented} Mill Lane`,
    'Postcode (optional)': `DT${(invented % 9) + 1} ${invented % 10}ZZ`,
    ...changes,
  })
}
const recorded = async (page: ReadPage): Promise<ReadPage> => {
  const check = await cora.send(page, 'Continue')
  expect(check.errors).toEqual([])
  return cora.send(check, 'Record the request')
}
const countOf = async (table: 'child' | 'process' | 'case_event' | 'contact' | 'document'): Promise<number> =>
  (
    await pages.record.owner
      .selectFrom(table)
      .select((all) => all.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

describe('A parent asks on paper, and the letter is keyed two weeks later', () => {
  let check: ReadPage
  test('the check page shows what will be stored, and the dates from the law', async () => {
    check = await cora.send(await amara(), 'Continue')
    expect(check.errors).toEqual([])
    expect(check.text).toContain('Decision whether to assess due by Monday 17 February 2025')
    expect(check.text).toContain('Why 17 February 2025?')
    expect(check.text).toContain('Final plan due by Monday 26 May 2025')
    expect(check.text).toContain('Received Monday 6 January 2025')
    expect(check.text).toContain('Keyed Monday 20 January 2025')
    expect(check.text).toContain('Larkfield Primary School, DT1 1AA, URN 900001')
    expect(check.text).toContain('4 Quay Street, Weymouth, DT4 8AA')
    expect(check.text).toContain('NHS number 999 000 0018')
    expect(await countOf('child')).toBe(0)
  })
  test('recording it makes the child, the mother, the case, its facts and its deadlines', async () => {
    const done = await cora.send(check, 'Record the request')
    expect(done.status).toBe(303)
    const processId = done.location.replace('/staff/cases/', '')
    const child = await pages.record.owner.selectFrom('child').selectAll().executeTakeFirstOrThrow()
    expect(child).toMatchObject({
      given_name: 'Amara',
      name_key: 'okafor amara',
      upn: 'L838400024001',
      nhs_number: '9990000018',
      postcode: 'DT4 8AA',
      setting_urn: '900001',
      registered_on: TODAY,
    })
    const process = await pages.record.owner
      .selectFrom('process')
      .selectAll()
      .where('id', '=', processId)
      .executeTakeFirstOrThrow()
    expect(process.reference).toMatch(/^A-2025-\d{5}$/)
    expect(process).toMatchObject({
      opened_on: '2025-01-06',
      source: 'parent',
      state: 'deciding-whether-to-assess',
      next_due_on: '2025-02-17',
      locality_id: 'north',
    })
    const events = await pages.record.owner
      .selectFrom('case_event')
      .select(['kind', 'happened_on', 'recorded_on', 'payload'])
      .where('child_id', '=', child.id)
      .orderBy('seq')
      .execute()
    expect(events).toMatchObject([
      { kind: 'child_registered', happened_on: TODAY },
      {
        kind: 'request_received',
        happened_on: '2025-01-06',
        recorded_on: TODAY,
        payload: { by: 'parent', arrivedBy: 'paper', setting: '900001', said: 'She cannot manage in class.' },
      },
    ])
    const contact = await pages.record.owner
      .selectFrom('contact')
      .innerJoin('child_contact', 'contact_id', 'contact.id')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(contact).toMatchObject({
      name: 'Ngozi Okafor',
      relationship: 'mother',
      parental_responsibility: true,
      lives_with: true,
      address_line: '4 Quay Street',
      from_on: '2025-01-06',
    })
  })
  test('the same form sent again gives the first answer and does nothing more', async () => {
    const before = [await countOf('child'), await countOf('case_event'), await countOf('contact')]
    const again = await cora.send(check, 'Record the request')
    expect(again.status).toBe(303)
    expect(again.location).toMatch(/^\/staff\/cases\//)
    expect([await countOf('child'), await countOf('case_event'), await countOf('contact')]).toEqual(before)
  })
})

describe('What is typed wrong is told beside the field, and nothing typed is lost', () => {
  const cases: readonly [what: string, changes: Readonly<Record<string, string>>, error: string][] = [
    [
      'a receipt tomorrow',
      { 'When was it received?': '21 1 2025' },
      'receivedOn: The date the request was received must be today (20 January 2025) or in the past',
    ],
    [
      '29 February 2023',
      { 'When was it received?': '29 2 2023' },
      'receivedOn: The date the request was received must be a real date: February 2023 has 28 days',
    ],
    [
      'no month',
      { 'When was it received?': '6  2025' },
      'receivedOn: The date the request was received must include a month',
    ],
    [
      '2002 for 2020, before the child was born',
      { 'When was it received?': '6 1 2002', 'Date of birth': '1 4 2014' },
      'receivedOn: The date the request was received must be on or after 1 September 2014, when this law began',
    ],
    [
      'before the child was born',
      { 'When was it received?': '6 1 2018', 'Date of birth': '1 4 2018' },
      'receivedOn: The request cannot have been received before the child was born on 1 April 2018: check both dates',
    ],
    [
      'more than a year ago',
      { 'When was it received?': '6 1 2024' },
      'receivedLongAgo: 6 January 2024 is more than a year ago. Check the year. If it is right, tick to say so',
    ],
    [
      '25 already',
      { 'Date of birth': '6 1 2000' },
      'bornOn: They were already 25 when the request was received (their 25th birthday was 6 January 2025), so the law gives no right to an assessment. Check both dates',
    ],
    [
      'born tomorrow',
      { 'Date of birth': '21 1 2025' },
      'bornOn: The child’s date of birth must be in the past',
    ],
    [
      'a UPN whose letter is wrong',
      { 'Unique pupil number (UPN) (optional)': 'A838400024001' },
      'upn: This UPN is not right: its first letter does not fit its numbers. Check it with the school, or leave it empty',
    ],
    [
      'an NHS number that cannot be',
      { 'NHS number (optional)': '9434765918' },
      'nhsNumber: This NHS number is not right: its last number does not fit the others. Check it, or leave it empty',
    ],
    [
      'a postcode that is none',
      { 'Postcode (optional)': 'Weymouth' },
      'postcode: Enter a full UK postcode, like DT1 1AA, or leave it empty',
    ],
    ['no name', { 'Family name': ' ' }, 'familyName: Enter the child’s family name'],
    [
      'an email that is none',
      { 'Email (optional)': 'ngozi at home' },
      'person1Email: Enter an email address like name@example.com, or leave it empty',
    ],
    [
      'a restriction without why',
      { 'Nothing may be sent to this person': 'yes' },
      'person1RestrictionNote: Enter why Ngozi Okafor may not be written to, such as the court order and its date',
    ],
    [
      'nobody to write to',
      {
        'Full name': '',
        'Who are they to the child?': '',
        '#person1ParentalResponsibility': '',
        '#person1LivesWith': '',
      },
      'person1Name: Enter the parent or carer, or tick that nobody is known yet',
    ],
    [
      'a school nobody knows',
      { 'Find it by name, URN or postcode': 'Hogwarts' },
      'settingSearch: Nothing was found for “Hogwarts”. Try fewer words, or choose “Not known yet”',
    ],
    [
      'hidden control characters',
      { 'Why they are asking (optional)': 'bad\u0001paste' },
      'theySaid: Remove the hidden control characters: paste as plain text',
    ],
    [
      'a child of ten as a young person',
      { 'Who asked?': 'The young person' },
      'askedBy: Born 1 April 2014, the child is of compulsory school age until 29 June 2030, so a request cannot yet be theirs as a young person. Choose who asked for them, or “Somebody else” if the child asked alone',
    ],
    ['a coordinator who does not exist', { '#assignedTo': 'not-a-person-at-all' }, ''],
  ]
  test.each(cases.filter(([, , error]) => error !== ''))('%s', async (_what, changes, error) => {
    const before = await countOf('case_event')
    const again = await cora.send(await someone({ 'Date of birth': '1 4 2014', ...changes }), 'Continue')
    expect(again.errors).toEqual([error])
    expect(again.status).toBe(422)
    const field = error.split(':')[0]!
    expect(again.html).toContain(`id="${field}-error"`)
    expect(again.value('theySaid')).toBe(
      changes['Why they are asking (optional)'] ?? 'She cannot manage in class.',
    )
    expect(again.value('arrivedBy')).toBe('paper')
    expect(await countOf('case_event')).toBe(before)
  })
  test('everything wrong is told at once, in the order of the page', async () => {
    const again = await cora.send(
      await someone({
        'Given name': '',
        'When was it received?': '30 2 2025',
        'NHS number (optional)': '1',
        'Email (optional)': 'x',
      }),
      'Continue',
    )
    expect(again.errors.map((error) => error.split(':')[0])).toEqual([
      'receivedOn',
      'givenName',
      'nhsNumber',
      'person1Email',
    ])
  })
  test('an empty form', async () => {
    const again = await cora.send(await cora.get('/staff/requests/new'), 'Continue')
    expect(again.errors.map((error) => error.split(':')[0])).toEqual([
      'arrivedBy',
      'askedBy',
      'receivedOn',
      'givenName',
      'familyName',
      'bornOn',
      'sex',
      'settingKind',
      'person1Name',
    ])
  })
  test('a request of three years ago is recorded once the officer says the date is right', async () => {
    const refused = await cora.send(await someone({ 'When was it received?': '6 1 2022' }), 'Continue')
    expect(refused.errors[0]).toContain('receivedLongAgo')
    refused.fill({ 'It really was received on Thursday 6 January 2022, more than a year ago': 'yes' })
    const check = await cora.send(refused, 'Continue')
    expect(check.text).toContain(
      'Decision whether to assess due by Thursday 17 February 2022, already 1,068 days late'.replace(
        ',068',
        '068',
      ),
    )
    expect((await cora.send(check, 'Record the request')).status).toBe(303)
  })
  test('another person can be added, and a school found, without losing anything', async () => {
    let page = await cora.send(await someone({ 'Find it by name, URN or postcode': 'school' }), 'Find')
    expect(page.status).toBe(200)
    expect(page.text).toContain('Larkfield Primary School, DT1 1AA')
    expect(page.text).toContain('Tidewater Special School, BH20 4AA')
    page = await cora.send(
      page.fill({ 'Which one?': 'Tidewater Special School, BH20 4AA' }),
      'Add another person',
    )
    expect(page.value('person1Name')).toBe('Ngozi Okafor')
    page.fill({
      '#person2Name': 'Emeka Okafor',
      '#person2Relationship': 'father',
      '#person2ParentalResponsibility': 'yes',
      '#person2LivesWith': 'no',
      '#person2Restricted': 'yes',
      '#person2RestrictionNote': 'Non-molestation order of 3 May 2024',
    })
    const check = await cora.send(page, 'Continue')
    expect(check.text).toContain(
      'Emeka Okafor Father, has parental responsibility Nothing may be sent to them: Non-molestation order of 3 May 2024',
    )
    expect(check.text).toContain('Tidewater Special School')
    const back = await cora.send(check, 'Change the answers')
    expect(back.value('person2Name')).toBe('Emeka Okafor')
    expect(back.value('settingUrn')).toBe('900003')
  })
})

describe('Somebody who may not ask brings a child to the council’s attention', () => {
  test('the page says what the difference is, and the same clocks start', async () => {
    const check = await cora.send(
      await someone({
        'Who asked?': 'Health',
        'Name and job of the person who wrote or called (optional)': 'Dr P Rao, community paediatrician',
      }),
      'Continue',
    )
    expect(check.text).toContain(
      'Health may bring a child to the council’s attention but is not among those who may make a request',
    )
    expect(check.text).toContain('Decision whether to assess due by Monday 17 February 2025')
    const done = await cora.send(check, 'Record the request')
    const event = await pages.record.owner
      .selectFrom('case_event')
      .selectAll()
      .where('process_id', '=', done.location.replace('/staff/cases/', ''))
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({
      kind: 'needs_brought_to_attention',
      happened_on: '2025-01-06',
      on_behalf_of: 'Dr P Rao, community paediatrician',
      payload: { by: 'health' },
    })
  })
})

describe('A young person over compulsory school age', () => {
  test('the page says the rights are theirs and asks to write to them', async () => {
    const page = await cora.send(await someone({ 'Date of birth': '15 1 2007' }), 'Continue')
    expect(page.errors).toEqual([
      'writeTo: Choose who to write to: over compulsory school age, the rights are the young person’s own',
    ])
    expect(page.text).toContain('has been over compulsory school age since Saturday 1 July 2023')
    const name = page.value('givenName')
    const done = await recorded(
      page.fill({ 'Who should be written to?': name, [`${name}’s email (optional)`]: 'me@example.org' }),
    )
    const process = await pages.record.owner
      .selectFrom('process')
      .select('child_id')
      .where('id', '=', done.location.replace('/staff/cases/', ''))
      .executeTakeFirstOrThrow()
    const contacts = await pages.record.owner
      .selectFrom('child_contact')
      .innerJoin('contact', 'contact.id', 'contact_id')
      .select(['relationship', 'email'])
      .where('child_id', '=', process.child_id)
      .orderBy('relationship', 'desc')
      .execute()
    expect(contacts).toEqual([
      { relationship: 'self', email: 'me@example.org' },
      { relationship: 'mother', email: null },
    ])
  })
  test('lacking capacity, a representative must be named', async () => {
    const page = await cora.send(await someone({ 'Date of birth': '15 1 2007' }), 'Continue')
    const again = await cora.send(
      page.fill({ 'Who should be written to?': 'A representative, because they lack mental capacity' }),
      'Continue',
    )
    expect(again.errors).toEqual([
      'person1Relationship: Add the representative, deputy or attorney who acts for the young person',
    ])
  })
})

describe('A child like one on record', () => {
  const alike = (changes: Readonly<Record<string, string>>): Promise<ReadPage> =>
    amara({
      'Unique pupil number (UPN) (optional)': '',
      'NHS number (optional)': '',
      'When was it received?': '13 1 2025',
      'Who asked?': 'A school',
      ...changes,
    })

  test.each([
    [
      'names swapped',
      { 'Given name': 'Okafor', 'Family name': 'Amara' },
      'Same name, with its parts in another order',
    ],
    ['accents', { 'Given name': 'Ámara' }, 'Same name'],
    ['day and month swapped', { 'Date of birth': '4 1 2014' }, 'day and month swapped'],
    ['letters transposed', { 'Given name': 'Amraa' }, 'Name spelt almost the same'],
    [
      'the NHS number',
      { 'Given name': 'Ella', 'Family name': 'Hart', 'NHS number (optional)': '9990000018' },
      'Same NHS number',
    ],
  ])('is shown before a second record is made: %s', async (_what, changes, words) => {
    const page = await cora.send(await alike(changes), 'Continue')
    expect(page.text).toContain('Is this child already on record?')
    expect(page.text).toContain(words)
    expect(page.status).toBe(200)
    const unanswered = await cora.send(page, 'Continue')
    expect(unanswered.errors).toEqual(['sameAs: Choose whether it is the same child'])
    expect(unanswered.value('theySaid')).toBe('She cannot manage in class.')
  })

  test('a brother at the address is shown as a brother, not a duplicate', async () => {
    const check = await cora.send(
      await alike({ 'Given name': 'Chidi', 'Date of birth': '30 9 2011' }),
      'Continue',
    )
    expect(check.text).toContain('Check the request before recording it')
    expect(check.text).toContain('Others on record at this address Amara Okafor, born 1 April 2014')
  })

  test('the same UPN with another name is never two children', async () => {
    const page = await cora.send(
      await alike({
        'Given name': 'Ella',
        'Family name': 'Hart',
        'Unique pupil number (UPN) (optional)': 'L838400024001',
      }),
      'Continue',
    )
    expect(page.text).toContain('belongs to Amara Okafor’s record')
    page.fill({
      'Is Ella Hart one of these children?': 'No, a different child',
      'How do you know?': 'The school says so',
    })
    const refused = await cora.send(page, 'Continue')
    expect(refused.errors[0]).toContain('belongs to Amara Okafor’s record')
    const mended = await cora.send(refused, 'Change what I typed')
    expect(mended.value('sameAs')).toBe('different')
    const check = await cora.send(mended.fill({ 'Unique pupil number (UPN) (optional)': '' }), 'Continue')
    expect(check.text).toContain('Check the request before recording it')
  })

  test('a different child needs a reason, kept in the history', async () => {
    const page = await cora.send(
      await alike({ 'Given name': 'Amarra', 'Postcode (optional)': '' }),
      'Continue',
    )
    page.fill({ 'Is Amarra Okafor one of these children?': 'No, a different child' })
    const unreasoned = await cora.send(page, 'Continue')
    expect(unreasoned.errors).toEqual(['differentBecause: Enter how you know it is a different child'])
    const check = await cora.send(
      unreasoned.fill({ 'How do you know?': 'Twins, says the school' }),
      'Continue',
    )
    expect(check.text).toContain('Not the child already on record, because Twins, says the school')
    const done = await cora.send(check, 'Record the request')
    const process = await pages.record.owner
      .selectFrom('process')
      .select('child_id')
      .where('id', '=', done.location.replace('/staff/cases/', ''))
      .executeTakeFirstOrThrow()
    const opened = await pages.record.owner
      .selectFrom('case_event')
      .selectAll()
      .where('child_id', '=', process.child_id)
      .where('kind', '=', 'child_registered')
      .executeTakeFirstOrThrow()
    expect(opened).toMatchObject({ why: 'Twins, says the school' })
  })

  test('the same child with an open assessment: the request joins it, and the earliest starts the clock', async () => {
    const before = await countOf('process')
    const page = await cora.send(
      await alike({
        'When was it received?': '3 1 2025',
        'Full name': 'Chinedu Okafor',
        'Who are they to the child?': 'father',
      }),
      'Continue',
    )
    page.fill({
      'Is Amara Okafor one of these children?': 'Yes, the same child as Amara Okafor, born 1 April 2014',
    })
    const check = await cora.send(page, 'Continue')
    expect(check.text).toContain(
      'This request joins it: the earliest request starts the clock. This one came first, so the dates now run from it.',
    )
    expect(check.text).toContain('Decision whether to assess due by Friday 14 February 2025')
    const done = await cora.send(check, 'Record the request')
    expect(done.status).toBe(303)
    expect(await countOf('process')).toBe(before)
    const process = await pages.record.owner
      .selectFrom('process')
      .selectAll()
      .where('id', '=', done.location.replace('/staff/cases/', ''))
      .executeTakeFirstOrThrow()
    expect(process).toMatchObject({ opened_on: '2025-01-03', next_due_on: '2025-02-14' })
    const contacts = await pages.record.owner
      .selectFrom('child_contact')
      .innerJoin('contact', 'contact.id', 'contact_id')
      .select('name')
      .where('child_id', '=', process.child_id)
      .orderBy('name')
      .execute()
    expect(contacts.map((contact) => contact.name)).toEqual(['Chinedu Okafor', 'Ngozi Okafor'])
  })
})

describe('A child with a plan in force', () => {
  let childId: string
  let planId: string
  beforeAll(async () => {
    const owner = pages.record.owner
    const child = await owner
      .insertInto('child')
      .values({
        reference: 'C-PLAN',
        given_name: 'Tobias',
        family_name: 'Fenwick',
        name_key: 'fenwick tobias',
        date_of_birth: '2013-05-05',
        sex: 'M',
        registered_on: '2020-01-01',
        locality_id: 'south',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    childId = child.id
    const plan = await owner
      .insertInto('process')
      .values({
        reference: 'P-2024-1',
        child_id: childId,
        kind: 'plan',
        state: 'in-force',
        opened_on: '2024-10-01',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    planId = plan.id
    await owner
      .insertInto('case_event')
      .values({
        child_id: childId,
        process_id: planId,
        kind: 'final_issued',
        happened_on: '2024-10-01',
        recorded_on: '2024-10-01',
        recorded_by: STORY_PEOPLE.coordinator.id,
        seq: 0,
        previous_hash: new Uint8Array(),
        hash: new Uint8Array(),
      })
      .execute()
  })
  const tobias = async (who: string): Promise<ReadPage> => {
    const page = await cora.send(
      await someone({
        'Given name': 'Tobias',
        'Family name': 'Fenwick',
        'Date of birth': '5 5 2013',
        'Who asked?': who,
      }),
      'Continue',
    )
    return cora.send(
      page.fill({
        'Is Tobias Fenwick one of these children?': 'Yes, the same child as Tobias Fenwick, born 5 May 2013',
      }),
      'Continue',
    )
  }
  test('from a parent it is a request to re-assess, answered in 15 days; the six months are information', async () => {
    const check = await tobias('A parent or carer')
    expect(check.text).toContain('This is a request to re-assess')
    expect(check.text).toContain('Answer to the family due by Tuesday 21 January 2025')
    expect(check.text).toContain(
      'may refuse to re-assess because it assessed in the last six months (SEND Regulations 2014, regulation 24)',
    )
    const done = await cora.send(check, 'Record the request')
    expect(done.location).toBe(`/staff/children/${childId}`)
    const event = await pages.record.owner
      .selectFrom('case_event')
      .selectAll()
      .where('process_id', '=', planId)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({
      kind: 'reassessment_requested',
      happened_on: '2025-01-06',
      payload: { by: 'parent' },
    })
  })
  test('from youth justice it is a note, and no clock starts', async () => {
    const check = await tobias('Youth justice')
    expect(check.text).toContain('may not ask for a re-assessment (section 44(2)), so no clock starts')
    expect((await cora.send(check, 'Record the request')).status).toBe(303)
    const event = await pages.record.owner
      .selectFrom('case_event')
      .selectAll()
      .where('process_id', '=', planId)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(event.kind).toBe('note_added')
  })
})

describe('Letters when the request is recorded', () => {
  test('go to those who may be written to, never to a restricted parent', async () => {
    let page = await cora.send(
      await someone({
        'Write to the family and partners that an assessment is being considered?': 'Yes, today',
      }),
      'Add another person',
    )
    page = page.fill({
      '#person2Name': 'Barred Parent',
      '#person2Relationship': 'father',
      '#person2ParentalResponsibility': 'yes',
      '#person2LivesWith': 'no',
      '#person2AddressLine': '9 Elsewhere Road',
      '#person2Restricted': 'yes',
      '#person2RestrictionNote': 'Prohibited steps order of 2 June 2024',
    })
    const done = await recorded(page)
    expect(done.status).toBe(303)
    const letters = await pages.record.owner
      .selectFrom('document')
      .select(['kind', 'recipient_name', 'sent_on'])
      .where('process_id', '=', done.location.replace('/staff/cases/', ''))
      .execute()
    expect(letters.map((letter) => letter.recipient_name)).toContain('Ngozi Okafor')
    expect(letters.map((letter) => letter.recipient_name)).not.toContain('Barred Parent')
    expect(
      letters.every((letter) => letter.kind === 'considering-assessment' && letter.sent_on === TODAY),
    ).toBe(true)
  })
  test('when nobody can be reached the officer is told, and nothing is recorded', async () => {
    const before = await countOf('child')
    const page = await someone({
      'Write to the family and partners that an assessment is being considered?': 'Yes, today',
      'Address (optional)': '',
      'Postcode (optional)': '',
    })
    const refused = await cora.send(await cora.send(page, 'Continue'), 'Record the request')
    expect(refused.errors[0]).toContain('tellThem: This letter must go to a parent')
    expect(refused.value('theySaid')).toBe('She cannot manage in class.')
    expect(await countOf('child')).toBe(before)
  })
})

describe('Two officers at once', () => {
  test('with the same child: one records it, the other is asked whether it is the same child', async () => {
    const colin = await pages.signIn('otherCoordinator')
    const typed = {
      'Given name': 'Wilhelmina',
      'Family name': 'Brackenbury',
      'Date of birth': '19 8 2016',
      'Postcode (optional)': 'DT9 9ZZ',
    }
    const first = await cora.send(await someone(typed), 'Continue')
    const second = await colin.send(
      (await colin.get('/staff/requests/new')).fill({
        ...AMARA,
        'Unique pupil number (UPN) (optional)': '',
        'NHS number (optional)': '',
        ...typed,
      }),
      'Continue',
    )
    const answers = await Promise.all([
      cora.send(first, 'Record the request'),
      colin.send(second, 'Record the request'),
    ])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([303, 422])
    const refused = answers.find((answer) => answer.status === 422)!
    expect(refused.text).toContain('Is this child already on record?')
    expect(refused.value('theySaid')).toBe('She cannot manage in class.')
    const made = await pages.record.owner
      .selectFrom('child')
      .select('id')
      .where('name_key', '=', 'brackenbury wilhelmina')
      .execute()
    expect(made).toHaveLength(1)
  })
  test('the second joins the first when it was checked before the first was recorded', async () => {
    const owner = pages.record.owner
    await owner
      .insertInto('child')
      .values({
        reference: 'C-BOTH',
        given_name: 'Perpetua',
        family_name: 'Allardyce',
        name_key: 'allardyce perpetua',
        date_of_birth: '2015-02-11',
        sex: 'F',
        registered_on: '2020-01-01',
      })
      .execute()
    const typed = { 'Given name': 'Perpetua', 'Family name': 'Allardyce', 'Date of birth': '11 2 2015' }
    const choose = async (): Promise<ReadPage> => {
      const page = await cora.send(await someone(typed), 'Continue')
      return cora.send(
        page.fill({
          'Is Perpetua Allardyce one of these children?':
            'Yes, the same child as Perpetua Allardyce, born 11 February 2015',
        }),
        'Continue',
      )
    }
    const [first, second] = [await choose(), await choose()]
    expect((await cora.send(first, 'Record the request')).status).toBe(303)
    const again = await cora.send(second, 'Record the request')
    expect(again.status).toBe(422)
    expect(again.text).toContain('Somebody else has recorded something about this child')
    expect(again.text).toContain('This request joins it')
    expect((await cora.send(again, 'Record the request')).status).toBe(303)
  })
  test('an officer of one locality records a new child there only, and is told in words of a number held elsewhere', async () => {
    const owner = pages.record.owner
    await owner
      .insertInto('child')
      .values({
        reference: 'C-UNSEEN',
        given_name: 'Unseen',
        family_name: 'Person',
        name_key: 'person unseen',
        date_of_birth: '2001-01-01',
        sex: 'F',
        registered_on: '2020-01-01',
        upn: 'Y838700025117',
        locality_id: 'south',
      })
      .execute()
    await owner
      .updateTable('account')
      .set({ remit: 'locality' })
      .where('id', '=', STORY_PEOPLE.coordinator.id)
      .execute()
    try {
      const page = await cora.send(
        await someone({ 'Unique pupil number (UPN) (optional)': 'Y838700025117' }),
        'Continue',
      )
      expect(page.text).not.toContain('Unseen')
      const refused = await cora.send(page, 'Record the request')
      expect(refused.status).toBe(422)
      expect(refused.errors[0]).toContain('This UPN is on another child’s record')
      expect(refused.text).not.toContain('Unseen Person')
      const elsewhere = await cora.send(await someone({ Locality: 'south' }), 'Continue')
      const notTheirs = await cora.send(elsewhere, 'Record the request')
      expect(notTheirs.status).toBe(422)
      expect(notTheirs.errors[0]).toContain('Your role reaches only some of the authority’s children')
      expect((await recorded(await someone({ Locality: 'north' }))).status).toBe(303)
    } finally {
      await owner
        .updateTable('account')
        .set({ remit: 'authority' })
        .where('id', '=', STORY_PEOPLE.coordinator.id)
        .execute()
    }
  })
})

test('Only those who do casework may open the page', async () => {
  expect((await (await pages.signIn('dataOfficer')).get('/staff/requests/new')).status).toBe(403)
  expect((await (await pages.signIn('parent')).get('/staff/requests/new')).status).toBe(403)
})
