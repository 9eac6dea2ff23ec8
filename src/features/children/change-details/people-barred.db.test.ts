import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { previewRecipients } from '../../../documents/letters/index.ts'
import { nameKey } from '../../../record/names.ts'
import { routes as findRoutes } from '../find-a-child/index.ts'
import { openPages, type Pages, type ReadPage, type Visitor } from '../try-pages/index.ts'
import { routes } from './index.ts'

const TODAY = '2026-07-06'
let pages: Pages
let cora: Visitor

beforeAll(async () => {
  pages = await openPages([...findRoutes, ...routes], TODAY)
  cora = await pages.signIn('coordinator')
})
afterAll(() => pages.close())

let made = 0
const MOTHER = { name: 'Ngozi Okafor', address_line: '4 Quay Street', postcode: 'DT4 8AA' }
const NATHAN = {
  name: 'Nathan Taylor',
  address_line: '12 High Street',
  postcode: 'DT1 1AA',
  email: 'nathan@example.org',
  phone: '07700 900123',
}
const BARRED = { restricted: true, restriction_note: 'Prohibited steps order, 2 June 2024' }

const makeChild = async (given: string, home = '4 Quay Street'): Promise<string> =>
  (
    await pages.record.owner
      .insertInto('child')
      .values({
        reference: `C-9${String(++made).padStart(4, '0')}`,
        given_name: given,
        family_name: 'Okafor',
        name_key: nameKey(given, 'Okafor'),
        date_of_birth: '2014-04-01',
        sex: 'F',
        registered_on: '2026-01-05',
        locality_id: 'north',
        address_line: home,
        postcode: 'DT4 8AA',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
const putPerson = async (childId: string, contact: { name: string }, link: object = {}): Promise<string> => {
  const { owner } = pages.record
  const { id } = await owner.insertInto('contact').values(contact).returning('id').executeTakeFirstOrThrow()
  return (
    await owner
      .insertInto('child_contact')
      .values({
        child_id: childId,
        contact_id: id,
        relationship: 'father',
        parental_responsibility: true,
        from_on: '2026-01-05',
        ...link,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
}
const told = (childId: string) =>
  asViewer(pages.record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, (trx) =>
    previewRecipients(trx, { childId, kind: 'considering-assessment', on: TODAY, today: TODAY, how: 'post' }),
  )
const names = async (childId: string) =>
  (await told(childId)).to.flatMap((one) => (one.contactId === null ? [] : [one.addressee.name]))
const BECAUSE = 'If they are like somebody who is barred: this is another person, because (optional)'
const adding = async (childId: string, answers: Readonly<Record<string, string>>): Promise<ReadPage> =>
  cora.send(
    (await cora.get(`/staff/children/${childId}/people/new`)).fill({
      'Who are they to the child?': 'parent',
      'Do they have parental responsibility?': 'Yes',
      'Does the child live with them?': 'No',
      'How do you know?': 'A call',
      ...answers,
    }),
    'Add this person',
  )
const family = async (link: object = BARRED): Promise<string> => {
  const childId = await makeChild('Amara')
  await putPerson(childId, MOTHER, { relationship: 'mother', lives_with: true })
  await putPerson(childId, NATHAN, link)
  return childId
}

describe('A person barred by a court order is not added again as somebody new', () => {
  test.each([
    ['a title and an initial', { 'Full name': 'Mr N. Taylor', 'Email (optional)': 'new@example.org' }],
    ['a middle initial', { 'Full name': 'Nathan  J Taylor', 'Address (optional)': '1 New Road' }],
    [
      'the same address',
      { 'Full name': 'Una Vane', 'Address (optional)': '12 High St', 'Postcode (optional)': 'dt1 1aa' },
    ],
    ['the same email', { 'Full name': 'Una Vane', 'Email (optional)': 'NATHAN@example.org' }],
    ['the same telephone', { 'Full name': 'Una Vane', 'Telephone (optional)': '+44 7700 900123' }],
  ])('%s', async (_what, answers) => {
    for (const link of [BARRED, { ...BARRED, to_on: '2026-05-01' }]) {
      const childId = await family(link)
      const refused = await adding(childId, answers)
      expect(refused.status).toBe(422)
      expect(refused.errors[0]).toMatch(/^anotherBecause: .* may be Nathan Taylor \(the same /)
      expect(await names(childId)).toEqual(['Ngozi Okafor'])
    }
  })
  test('another person, when the officer says why: kept in the history', async () => {
    const childId = await family()
    const done = await adding(childId, {
      'Full name': 'Norma Taylor',
      'Address (optional)': '1 New Road',
      [BECAUSE]: 'His sister, seen with her passport',
    })
    expect(done.status).toBe(303)
    expect((await cora.get(`/staff/children/${childId}`)).text).toContain(
      'Norma Taylor is said to be another person than Nathan Taylor (the same name), who is barred, because: His sister, seen with her passport',
    )
    expect(await names(childId)).toContain('Norma Taylor')
  })
  test('nor by changing somebody else into them; and whoever is barred may be corrected and stays barred', async () => {
    const childId = await family()
    const other = await putPerson(childId, { name: 'Una Vane' })
    const url = `/staff/children/${childId}/people/${other}/details`
    const page = (await cora.get(url)).fill({ 'Full name': 'N Taylor', 'How do you know?': 'A call' })
    expect((await cora.send(page, 'Save the changes')).errors[0]).toContain('anotherBecause: N Taylor may be')
    const { id: barred } = await pages.record.owner
      .selectFrom('child_contact')
      .select('id')
      .where('child_id', '=', childId)
      .where('restricted', '=', true)
      .executeTakeFirstOrThrow()
    const own = (await cora.get(`/staff/children/${childId}/people/${barred}/details`)).fill({
      'Address (optional)': '13 High Street',
      'How do you know?': 'A call',
    })
    expect((await cora.send(own, 'Save the changes')).status).toBe(303)
    expect(await names(childId)).toEqual(['Ngozi Okafor'])
  })
  test('ending a bar needs a reason, lifts nothing, and says so', async () => {
    const childId = await makeChild('Amara')
    const link = await putPerson(childId, NATHAN, BARRED)
    const url = `/staff/children/${childId}/people/${link}/end`
    const page = (await cora.get(url)).fill({ 'When did it end?': '1 7 2026' })
    expect(page.text).toContain('Ending this does not lift the bar')
    expect((await cora.send(page, 'End it')).errors).toEqual(['why: Enter why'])
    expect((await cora.send(page.fill({ 'Why?': 'Moved' }), 'End it')).status).toBe(303)
    expect((await adding(childId, { 'Full name': 'Nathan Taylor' })).errors[0]).toContain('anotherBecause')
    expect((await cora.get(`/staff/children/${childId}`)).text).toContain('still barred')
  })
})

describe('A bar and the other children of the family', () => {
  const two = async () => {
    const [first, second] = [await makeChild('Amara', `${made + 50} Far Lane`), await makeChild('Bola')]
    const link = await putPerson(first, NATHAN)
    await putPerson(second, { ...NATHAN, name: 'Mr N Taylor' })
    // Away from the children of the other tests.
    return { first, second, url: `/staff/children/${first}/people/${link}/restrict` }
  }
  const restrict = async (url: string, more: Readonly<Record<string, string>>) =>
    cora.send(
      (await cora.get(url)).fill({
        'May letters and messages be sent to them?': 'No, a court order or a risk bars it',
        'The order or the risk': 'Order of 2 June 2026',
        'How do you know?': 'Order seen',
        ...more,
      }),
      'Save',
    )
  test('the page names them and asks; yes bars there too, in their own history', async () => {
    const { first, second, url } = await two()
    const unanswered = await restrict(url, {})
    expect(unanswered.text).toContain('Bola Okafor')
    expect(unanswered.errors).toEqual(['coversOthers: Choose whether it covers the other children too'])
    expect(await names(first)).toEqual(['Nathan Taylor'])
    expect((await restrict(url, { '#coversOthers': 'yes' })).status).toBe(303)
    expect(await names(first)).toEqual([])
    expect(await names(second)).toEqual([])
    expect((await cora.get(`/staff/children/${second}`)).text).toContain(
      'Mr N Taylor: may be written to became nothing may be sent (Order of 2 June 2026)',
    )
  })
  test('no bars only here, and is told', async () => {
    const { first, second, url } = await two()
    const done = await restrict(url, { '#coversOthers': 'no' })
    expect(done.status).toBe(303)
    expect(await names(first)).toEqual([])
    expect(await names(second)).toEqual(['Mr N Taylor'])
    expect((await cora.get(`/staff/children/${first}`)).text).toMatch(
      /Asked whether the bar covers .* too: no/,
    )
  })
})

describe('A letter that would come into the hands of somebody barred is not sent', () => {
  test.each([
    ['address', { address_line: '4 quay st', postcode: 'DT48AA' }],
    ['email', { email: 'N.Okafor@example.org' }],
    ['telephone number', { phone: '0044 7700 900555' }],
  ])('the same %s', async (what, ways) => {
    const childId = await makeChild('Amara')
    const mother = { ...MOTHER, email: 'n.okafor@example.org', phone: '07700900555' }
    await putPerson(childId, mother, { relationship: 'mother', lives_with: true })
    await putPerson(childId, { name: 'Nathan Taylor', ...ways }, BARRED)
    const found = await told(childId)
    expect(found.to.filter((one) => one.contactId !== null)).toEqual([])
    expect(found.barred).toContainEqual(
      expect.stringContaining(`Ngozi Okafor (the same ${what} as Nathan Taylor, who is barred`),
    )
    expect(found.problem).toContain(`the same ${what} as Nathan Taylor`)
  })
})
