import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPages, type Pages, type ReadPage, type Visitor } from '../../children/try-pages/index.ts'
import { routes } from './index.ts'

const TODAY = '2025-01-20'
let pages: Pages
let cora: Visitor
beforeAll(async () => {
  pages = await openPages(routes, TODAY)
  cora = await pages.signIn('coordinator')
  const { owner } = pages.record
  const child = await owner
    .insertInto('child')
    .values({
      reference: 'C-90001',
      given_name: 'Amara',
      family_name: 'Okafor',
      name_key: 'okafor amara',
      date_of_birth: '2014-04-01',
      sex: 'F',
      address_line: '4 Quay Street',
      postcode: 'DT4 8AA',
      locality_id: 'north',
      registered_on: '2025-01-06',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const contact = await owner
    .insertInto('contact')
    .values({ name: 'Nathan Taylor', address_line: '12 High Street', postcode: 'DT1 1AA' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await owner
    .insertInto('child_contact')
    .values({
      child_id: child.id,
      contact_id: contact.id,
      relationship: 'father',
      parental_responsibility: true,
      restricted: true,
      restriction_note: 'Prohibited steps order, 2 June 2024',
      from_on: '2025-01-06',
      to_on: '2025-01-10',
    })
    .execute()
})
afterAll(() => pages.close())

const request = async (name: string, more: Readonly<Record<string, string>> = {}): Promise<ReadPage> => {
  const page = (await cora.get('/staff/requests/new')).fill({
    'How did it arrive?': 'On paper',
    'Who asked?': 'A parent or carer',
    'When was it received?': '13 1 2025',
    'Given name': 'Amara',
    'Family name': 'Okafor',
    'Date of birth': '1 4 2014',
    Sex: 'Female',
    'Where do they learn now?': 'Not known yet',
    'Full name': name,
    'Who are they to the child?': 'father',
    'Do they have parental responsibility?': 'Yes',
    'Does the child live with them?': 'No',
    ...more,
  })
  return page
}
const record = async (page: ReadPage): Promise<ReadPage> => {
  let next = await cora.send(page, 'Continue')
  if (next.text.includes('Is this child already on record?'))
    next = await cora.send(
      next.fill({
        'Is Amara Okafor one of these children?': 'Yes, the same child as Amara Okafor, born 1 April 2014',
      }),
      'Continue',
    )
  return cora.send(next, 'Record the request')
}
const people = () => pages.record.owner.selectFrom('contact').select('name').orderBy('name').execute()

test.each([
  ['Mr N. Taylor', {}],
  ['Una Vane', { '#person1AddressLine': '12 high st', '#person1Postcode': 'dt1 1aa' }],
])('somebody barred, though it ended, is not added again by a request: %s', async (name, more) => {
  const refused = await record(await request(name, more))
  expect(refused.status).toBe(422)
  expect(refused.errors[0]).toContain(`person1AnotherBecause: ${name} may be Nathan Taylor (the same`)
  expect(await people()).toEqual([{ name: 'Nathan Taylor' }])
})
test('they may be added as barred; or as another person with the reason, kept in the history', async () => {
  const refused = await record(await request('Norma Taylor'))
  const done = await record(refused.fill({ '#person1AnotherBecause': 'His sister' }))
  expect(done.status).toBe(303)
  const said = await pages.record.owner
    .selectFrom('case_event')
    .select('payload')
    .where('kind', '=', 'child_details_changed')
    .execute()
  expect(JSON.stringify(said)).toContain(
    'Norma Taylor is said to be another person than Nathan Taylor (the same name), who is barred, because: His sister',
  )
  const barred = await request('Nathan Taylor', {
    '#person1Restricted': 'yes',
    '#person1RestrictionNote': 'Order of 2 June 2024',
  })
  expect((await record(barred)).status).toBe(303)
})
test('nor beside themselves, on one form for a new child', async () => {
  let page = await cora.send(
    await request('Ivan Petrov', {
      'Given name': 'Zelda',
      'Family name': 'Quillfeather',
      'Date of birth': '9 9 2012',
      '#person1Restricted': 'yes',
      '#person1RestrictionNote': 'Order of 2 June 2024',
    }),
    'Add another person',
  )
  page = page.fill({
    '#person2Name': 'I Petrov',
    '#person2Relationship': 'parent',
    '#person2ParentalResponsibility': 'yes',
    '#person2LivesWith': 'no',
  })
  expect((await record(page)).errors[0]).toContain('person2AnotherBecause: I Petrov may be Ivan Petrov')
})
