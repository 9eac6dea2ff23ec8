import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPages, type Pages } from '../children/try-pages/index.ts'
import { caseworkRoutes } from './casework.ts'
import {
  type Answers,
  type CaseworkStory,
  type ContactInStory,
  caseworkStory,
  MOTHER,
} from './casework-story.ts'

let pages: Pages
let story: CaseworkStory
beforeAll(async () => {
  pages = await openPages(caseworkRoutes, '2025-02-10')
})
afterAll(() => pages.close())

const FATHER: ContactInStory = {
  name: 'Emeka Okafor',
  relationship: 'father',
  address: '9 Hidden Row',
  postcode: 'BH20 5ZZ',
  email: 'emeka@example.org',
  phone: '07700 900123',
}
const REFUSE: Answers = {
  outcome: 'refuse',
  toldOn: '10 2 2025',
  how: 'post',
  reasons: 'She is making progress.',
}

const tell = async (
  contacts: readonly ContactInStory[],
  answers: Answers = REFUSE,
  bornOn = '2014-04-01',
) => {
  story = await caseworkStory(pages, { today: '2025-02-10', contacts, bornOn })
  const cora = await story.officer('coordinator')
  return cora.does('decide-whether-to-assess', answers)
}
const everything = async () =>
  JSON.stringify(
    await pages.record.owner
      .selectFrom('document')
      .selectAll()
      .where('child_id', '=', story.childId)
      .execute(),
  )

describe('Who a letter goes to', () => {
  test('both parents, each with only their own address', async () => {
    expect((await tell([MOTHER, FATHER])).status).toBe(303)
    const letters = await story.letters('refused-to-assess')
    const [father] = letters.filter((one) => one.recipient_name === 'Emeka Okafor')
    const [mother] = letters.filter((one) => one.recipient_name === 'Ngozi Okafor')
    expect(father?.body).toContain('9 Hidden Row')
    expect(father?.body).not.toMatch(/Quay Street|DT4 8AA|Ngozi/)
    expect(mother?.body).not.toMatch(/Hidden Row|BH20 5ZZ|Emeka|emeka@|07700/)
    for (const other of letters.filter((one) => one.recipient_contact === null))
      expect(other.body).not.toMatch(/Hidden Row|Quay Street|Emeka|Ngozi|making progress/)
  })
  test('a restricted parent is sent nothing at all, and is not in anybody’s letter', async () => {
    expect((await tell([MOTHER, { ...FATHER, restricted: true }])).status).toBe(303)
    expect((await story.letters()).map((one) => one.recipient_name)).not.toContain('Emeka Okafor')
    expect(await everything()).not.toMatch(/Hidden Row|BH20 5ZZ|Emeka|emeka@|900123/)
    const cora = await story.officer('coordinator')
    expect((await cora.open('decide-whether-to-assess')).text).toContain(
      'Restricted, so nothing will be sent to: Emeka Okafor.',
    )
  })
  test('when only a restricted parent is left, the decision waits for somebody to write to', async () => {
    const page = await tell([{ ...FATHER, restricted: true }])
    expect(page.status).toBe(422)
    expect(page.text).toContain(
      'everyone recorded who could have it is restricted. Nothing may be sent to them.',
    )
    expect(page.html).toContain('She is making progress.')
    expect(await story.events('refused_to_assess')).toHaveLength(0)
    expect(await story.letters()).toHaveLength(0)
  })
  test('a parent with no address stops it in words; a postcode alone is not an address; email serves', async () => {
    expect((await tell([{ ...MOTHER, address: null }])).text).toContain(
      'there is no address or email for Ngozi Okafor',
    )
    expect(
      (await tell([{ ...MOTHER, address: null, postcode: null, email: 'ngozi@example.org' }])).status,
    ).toBe(303)
    expect(
      (await story.letters()).find((one) => one.recipient_name === 'Ngozi Okafor')?.recipient_address,
    ).toBe('ngozi@example.org')
  })
  test('without parental responsibility: a foster carer who has care of the child is told, a step-parent and a sister are not', async () => {
    expect(
      (
        await tell([
          MOTHER,
          {
            name: 'Fay Foster',
            relationship: 'Foster carer',
            parentalResponsibility: false,
            livesWith: true,
            address: '1 Care Close',
          },
          {
            name: 'Stan Step',
            relationship: 'step-parent',
            parentalResponsibility: false,
            livesWith: true,
            address: '4 Quay Street',
          },
          {
            name: 'Sis Okafor',
            relationship: 'other-relative',
            parentalResponsibility: false,
            livesWith: true,
            address: '4 Quay Street',
          },
        ])
      ).status,
    ).toBe(303)
    expect(
      (await story.letters())
        .filter((one) => one.recipient_contact !== null)
        .map((one) => one.recipient_name),
    ).toEqual(['Fay Foster', 'Ngozi Okafor'])
  })
  test('after compulsory school age the young person is told, and the parent is not', async () => {
    const self: ContactInStory = {
      name: 'Amara Okafor',
      relationship: 'self',
      parentalResponsibility: false,
      address: '4 Quay Street',
    }
    expect((await tell([MOTHER], REFUSE, '2007-04-01')).text).toContain(
      'Amara Okafor is past compulsory school age',
    )
    expect((await tell([MOTHER, self], REFUSE, '2007-04-01')).status).toBe(303)
    const family = (await story.letters()).filter((one) => one.recipient_contact !== null)
    expect(family.map((one) => one.recipient_name)).toEqual(['Amara Okafor'])
    expect(family[0]?.body).toContain('assessment of you.')
  })
  test('before it, the child’s own contact gets nothing', async () => {
    await tell([
      MOTHER,
      { name: 'Amara Okafor', relationship: 'self', parentalResponsibility: false, address: '4 Quay Street' },
    ])
    expect((await story.letters()).map((one) => one.recipient_name)).not.toContain('Amara Okafor')
  })
})

describe('What an officer types cannot carry an address to the wrong reader', () => {
  test.each([
    ['address', 'Her father lives at 9 hidden row, and says…'],
    ['postcode', 'Father is in BH205ZZ now.'],
    ['email address', 'He wrote from Emeka@Example.org.'],
    ['telephone number', 'Ring 07700-900-123.'],
  ])('the %s of a restricted parent in the reasons is refused in words', async (what, reasons) => {
    const page = await tell([MOTHER, { ...FATHER, restricted: true }], { ...REFUSE, reasons })
    expect(page.status).toBe(422)
    expect(page.text).toContain(`contains the ${what} of Emeka Okafor. Take it out`)
    expect(await story.letters()).toHaveLength(0)
    expect(await story.events('refused_to_assess')).toHaveLength(0)
  })
  test('another family’s case cannot be reached through this one', async () => {
    await tell([MOTHER])
    const other = story
    await tell([FATHER])
    const cora = await story.officer('coordinator')
    const [event] = await other.events('refused_to_assess')
    expect((await cora.open(`correct-a-fact/${event?.id}`)).text).toContain('This line is not on this case')
    expect((await cora.open('/staff/cases/00000000-0000-4000-8000-000000000000/write-a-note')).status).toBe(
      404,
    )
    expect((await cora.open('/staff/letters/00000000-0000-4000-8000-000000000000')).status).toBe(404)
  })
  test('a letter that has been changed since is not shown', async () => {
    await tell([MOTHER])
    const [letter] = await story.letters()
    await pages.record.owner
      .updateTable('document')
      .set({ body: '<script>x</script>' })
      .where('id', '=', letter!.id)
      .execute()
    const cora = await story.officer('coordinator')
    const page = await cora.open(`/staff/letters/${letter!.id}`)
    expect(page.text).toContain('not as it was when it was sent')
    expect(page.html).not.toContain('<script>x')
  })
})
