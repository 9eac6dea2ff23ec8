import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer } from '../../db/viewer.ts'
import { nameKey } from '../../record/names.ts'
import { routes as changeDetails } from '../children/change-details/index.ts'
import { routes as findAChild } from '../children/find-a-child/index.ts'
import { openPages, type Pages, type ReadPage, type Visitor } from '../children/try-pages/index.ts'
import { accessRoutes } from './access.ts'
import { findWhoMaySee } from './who-may-see-this-child/index.ts'

const TODAY = '2026-07-06'
let pages: Pages
/** Cora and Colin work only for their localities here: north and south. */
let cora: Visitor
let colin: Visitor
let maya: Visitor
let dev: Visitor
let quentin: Visitor
let amara: string
let zoe: string
let theo: string

const owner = () => pages.record.owner
const makeChild = async (reference: string, given: string, born: string, locality: string): Promise<string> =>
  (
    await owner()
      .insertInto('child')
      .values({
        reference,
        given_name: given,
        family_name: 'Okafor',
        name_key: nameKey(given, 'Okafor'),
        date_of_birth: born,
        sex: 'F',
        registered_on: '2026-01-05',
        locality_id: locality,
        setting_urn: '900001',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
const addPerson = async (
  childId: string,
  contact: { name: string; email?: string; account_id?: string },
  link: object = {},
): Promise<{ contactId: string; linkId: string }> => {
  const { id } = await owner().insertInto('contact').values(contact).returning('id').executeTakeFirstOrThrow()
  const made = await owner()
    .insertInto('child_contact')
    .values({
      child_id: childId,
      contact_id: id,
      relationship: 'mother',
      parental_responsibility: true,
      from_on: '2026-01-05',
      ...link,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { contactId: id, linkId: made.id }
}
const holdCase = async (childId: string, reference: string, holder: string): Promise<void> => {
  await owner()
    .insertInto('process')
    .values({
      reference,
      child_id: childId,
      kind: 'assessment',
      state: 'gathering-advice',
      opened_on: '2026-01-05',
      assigned_to: holder,
    })
    .execute()
}
const reaches = (accountId: string, childId: string, today = TODAY): Promise<boolean> =>
  asViewer(pages.record.db, { accountId, today }, async (trx) => {
    const row = await trx.selectFrom('child').select('id').where('id', '=', childId).executeTakeFirst()
    return row !== undefined
  })

beforeAll(async () => {
  pages = await openPages([...findAChild, ...changeDetails, ...accessRoutes], TODAY)
  await owner()
    .updateTable('account')
    .set({ remit: 'locality' })
    .where('id', 'in', [STORY_PEOPLE.coordinator.id, STORY_PEOPLE.otherCoordinator.id])
    .execute()
  amara = await makeChild('C-00001', 'Amara', '2014-04-01', 'north')
  zoe = await makeChild('C-00002', 'Zoe', '2015-12-31', 'south')
  // Past compulsory school age since 27 June 2025.
  theo = await makeChild('C-00003', 'Theo', '2009-03-03', 'north')
  await holdCase(amara, 'A-2026-00001', STORY_PEOPLE.coordinator.id)
  await holdCase(zoe, 'A-2026-00002', STORY_PEOPLE.otherCoordinator.id)
  await holdCase(theo, 'A-2026-00003', STORY_PEOPLE.coordinator.id)
  cora = await pages.signIn('coordinator')
  colin = await pages.signIn('otherCoordinator')
  maya = await pages.signIn('manager')
  dev = await pages.signIn('dataOfficer')
  quentin = await pages.signIn('qaLead')
})
afterAll(() => pages.close())

const breakGlass = async (who: Visitor, reference: string, reason: string): Promise<ReadPage> =>
  who.send(
    (await who.get('/staff/break-the-glass')).fill({
      'The child’s reference': reference,
      'Why must you open it now?': reason,
    }),
    'Open the record for 8 hours',
  )
const REASON = 'The hospital called: she is there and cannot say who she is'

describe('Breaking the glass', () => {
  test('a reason is needed, and a record unknown, one’s own child’s or another’s name answer the same', async () => {
    expect((await breakGlass(colin, 'C-00001', 'because')).errors).toEqual([
      'reason: Say why in at least 15 characters: your manager reads it',
    ])
    const unknown = await breakGlass(colin, 'C-99999', REASON)
    expect(unknown.status).toBe(422)
    expect(unknown.value('reason')).toBe(REASON)
    // A child he knows at home is no child at all.
    await owner()
      .insertInto('home_tie')
      .values({
        account_id: STORY_PEOPLE.otherCoordinator.id,
        child_id: theo,
        why: 'my nephew',
        from_on: TODAY,
        recorded_by: STORY_PEOPLE.otherCoordinator.id,
      })
      .execute()
    const own = await breakGlass(colin, 'C-00003', REASON)
    expect(own.errors).toEqual(unknown.errors)
    expect(own.status).toBe(unknown.status)
    expect(own.text).not.toContain('Theo')
    expect((await breakGlass(colin, 'Amara Okafor', REASON)).errors).toEqual(unknown.errors)
    const tries = await owner()
      .selectFrom('access_log')
      .select('what')
      .where('outcome', '=', 'refused')
      .where('account_id', '=', STORY_PEOPLE.otherCoordinator.id)
      .execute()
    expect(tries).toHaveLength(3)
    expect(await owner().selectFrom('case_grant').selectAll().execute()).toEqual([])
  })

  test('opens it for eight hours, tells a manager, and is on the manager’s list until looked into', async () => {
    expect((await colin.get(`/staff/children/${amara}`)).status).toBe(404)
    const opened = await breakGlass(colin, 'c-00001', REASON)
    expect(opened.location).toBe(`/staff/children/${amara}`)
    expect((await colin.get(`/staff/children/${amara}`)).text).toContain('Amara Okafor')
    const grant = await owner().selectFrom('case_grant').selectAll().executeTakeFirstOrThrow()
    expect(new Date(grant.until_at).getTime() - new Date(grant.from_at).getTime()).toBe(8 * 3_600_000)
    const told = await owner()
      .selectFrom('message')
      .select(['template', 'recipient_account', 'body'])
      .where('template', '=', 'break-glass')
      .execute()
    expect(told.map((one) => one.recipient_account)).toEqual([STORY_PEOPLE.manager.id])
    expect(told[0]!.body).not.toContain('Amara')
    expect((await colin.get('/staff/glass')).status).toBe(403)
    const list = await maya.get('/staff/glass')
    expect(list.text).toContain('Colin Dhillon')
    expect(list.text).toContain('C-00001')
    expect(list.text).toContain(REASON)
    const button = list.html.includes('I have looked into this')
    expect(button).toBe(true)
    const words = /I have looked into this \(Colin Dhillon, [^)]*\)/.exec(list.text)?.[0] ?? ''
    expect((await maya.send(list, words)).location).toBe('/staff/glass')
    // The same button again, and another manager after: whoever was first stays named.
    await maya.send(list, words)
    const seen = await owner().selectFrom('case_grant').selectAll().executeTakeFirstOrThrow()
    expect(seen.seen_by).toBe(STORY_PEOPLE.manager.id)
    expect((await maya.get('/staff/glass')).text).toContain('Maya Sterling')
  })

  test('a record within one’s work is simply opened, with nothing recorded', async () => {
    const before = await owner().selectFrom('case_grant').selectAll().execute()
    const page = await breakGlass(cora, 'C-00001', REASON)
    expect(page.location).toBe(`/staff/children/${amara}`)
    expect(await owner().selectFrom('case_grant').selectAll().execute()).toHaveLength(before.length)
  })

  test('it lengthens for nobody: whoever broke it, a manager and the quality lead change no end in the database', async () => {
    for (const accountId of [
      STORY_PEOPLE.otherCoordinator.id,
      STORY_PEOPLE.manager.id,
      STORY_PEOPLE.qaLead.id,
    ])
      await expect(
        asViewer(pages.record.db, { accountId, today: TODAY }, (trx) =>
          sql`update case_grant set until_at = now() + interval '1 year'`.execute(trx),
        ),
      ).rejects.toThrow('permission denied')
    // Nor does anybody say of their own that it was looked into.
    await owner().updateTable('case_grant').set({ seen_by: null, seen_at: null }).execute()
    const own = await asViewer(
      pages.record.db,
      { accountId: STORY_PEOPLE.otherCoordinator.id, today: TODAY },
      (trx) =>
        sql`update case_grant set seen_by = ${STORY_PEOPLE.otherCoordinator.id}, seen_at = now()`.execute(
          trx,
        ),
    )
    expect(Number(own.numAffectedRows)).toBe(0)
  })
})

const advocate = (answers: Readonly<Record<string, string>> = {}) => ({
  'Full name': 'Avery Stone',
  'Email (optional)': 'avery@advice.invalid',
  'Who gave consent?': 'Ngozi Okafor',
  'When was it given?': '1 7 2026',
  'When does it end?': '1 1 2027',
  'How do you know?': 'A signed form',
  ...answers,
})
const adding = async (childId: string, answers: Readonly<Record<string, string>> = {}): Promise<ReadPage> =>
  cora.send(
    (await cora.get(`/staff/children/${childId}/advocates/new`)).fill(advocate(answers)),
    'Add the advocate',
  )
const linkOf = async (name: string): Promise<string> =>
  (
    await owner()
      .selectFrom('child_contact')
      .innerJoin('contact', 'contact.id', 'contact_id')
      .select('child_contact.id')
      .where('name', '=', name)
      .orderBy('from_on', 'desc')
      .executeTakeFirstOrThrow()
  ).id
const accountOf = async (name: string): Promise<string> =>
  (
    await owner()
      .selectFrom('account')
      .select('id')
      .where('name', '=', name)
      .where('door', '=', 'family')
      .executeTakeFirstOrThrow()
  ).id

describe('An advocate', () => {
  beforeAll(async () => {
    await addPerson(amara, { name: 'Ngozi Okafor', email: 'ngozi@home.invalid' })
    await addPerson(
      amara,
      { name: 'Nathan Taylor', email: 'nathan@home.invalid' },
      { relationship: 'father', restricted: true, restriction_note: 'Order of 2 June 2024' },
    )
  })
  test.each([
    [
      'consent in the future',
      { 'When was it given?': '7 7 2026' },
      'consentOn: The day consent was given must be today',
    ],
    [
      'an end that has gone',
      { 'When does it end?': '6 7 2026' },
      'endsOn: The day it ends must be after today',
    ],
    [
      'longer than a year',
      { 'When does it end?': '2 7 2027' },
      'endsOn: Consent lasts 12 months at most, so it must end by 1 July 2027',
    ],
    [
      'nobody who may consent',
      { '#consentBy': 'Nathan Taylor' },
      'consentBy: Choose somebody on this record who may consent today',
    ],
    [
      'somebody like one who is barred',
      { 'Email (optional)': 'nathan@home.invalid' },
      'anotherBecause: Avery Stone may be Nathan Taylor',
    ],
  ])('is refused with %s', async (_what, answers, problem) => {
    const page = await adding(amara, answers)
    expect(page.status).toBe(422)
    expect(page.errors[0]).toContain(problem)
    expect(page.value('name')).toBe('Avery Stone')
  })
  test('is added with consent, signs in by an account of the family’s door, and sees nothing the day it ends', async () => {
    expect((await adding(amara)).status).toBe(303)
    expect((await adding(amara)).errors[0]).toContain('renew the consent instead')
    const link = await linkOf('Avery Stone')
    const account = (await cora.get(`/staff/children/${amara}/people/${link}/account`)).fill({
      'How do you know the email is theirs alone?': 'Their work address',
    })
    expect((await cora.send(account, 'Open the account')).status).toBe(303)
    const id = await accountOf('Avery Stone')
    const made = await owner()
      .selectFrom('account')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(made).toMatchObject({ door: 'family', role: 'advocate', remit: 'relationships' })
    expect(await reaches(id, amara)).toBe(true)
    expect(await reaches(id, amara, '2026-12-31')).toBe(true)
    expect(await reaches(id, amara, '2027-01-01')).toBe(false)
    expect(await reaches(id, zoe)).toBe(false)
    const again = (await cora.get(`/staff/children/${amara}/people/${link}/account`)).fill({
      'How do you know the email is theirs alone?': 'Still',
    })
    expect((await cora.send(again, 'Open the account')).errors[0]).toContain('They have an account already')
  })
  test('is renewed by asking again, and ended on the spot', async () => {
    const link = await linkOf('Avery Stone')
    const renewing = (await cora.get(`/staff/children/${amara}/advocates/${link}/renew`)).fill({
      'Who gave consent?': 'Ngozi Okafor',
      'When was it given?': '6 7 2026',
      'When does it end?': '6 7 2027',
      'How do you know?': 'By telephone',
    })
    expect((await cora.send(renewing, 'Renew the consent')).status).toBe(303)
    const id = await accountOf('Avery Stone')
    expect(await reaches(id, amara, '2027-07-05')).toBe(true)
    const ending = (await cora.get(`/staff/children/${amara}/advocates/${link}/end`)).fill({
      'Who ended it, and how?': 'The mother, by email',
    })
    expect((await cora.send(ending, 'End the consent now')).status).toBe(303)
    expect(await reaches(id, amara)).toBe(false)
    expect((await cora.send(ending, 'End the consent now')).status).toBe(303)
  })
  test('the database lets no consent run longer than a year', async () => {
    await expect(
      owner()
        .updateTable('child_contact')
        .set({ consent_on: '2026-07-01', to_on: '2027-07-02' })
        .where('relationship', '=', 'advocate')
        .execute(),
    ).rejects.toThrow('advocate_consent_ends')
  })
  test('an account is never somebody else’s: a shared email, a person barred, one with no right, another child’s line', async () => {
    const open = async (childId: string, linkId: string): Promise<ReadPage> =>
      cora.send(
        (await cora.get(`/staff/children/${childId}/people/${linkId}/account`)).fill({
          'How do you know the email is theirs alone?': 'Told',
        }),
        'Open the account',
      )
    const mother = await linkOf('Ngozi Okafor')
    expect((await open(amara, mother)).status).toBe(303)
    const partner = await addPerson(
      amara,
      { name: 'Obi Okafor', email: 'NGOZI@home.invalid' },
      { relationship: 'father' },
    )
    expect((await open(amara, partner.linkId)).errors[0]).toContain(
      'This email is how somebody else signs in',
    )
    expect((await open(amara, await linkOf('Nathan Taylor'))).errors[0]).toContain('barred')
    const aunt = await addPerson(
      amara,
      { name: 'Ada Okafor', email: 'ada@home.invalid' },
      { parental_responsibility: false },
    )
    expect((await open(amara, aunt.linkId)).errors[0]).toContain('Only somebody with parental responsibility')
    expect((await cora.get(`/staff/children/${zoe}/people/${mother}/account`)).status).toBe(404)
    // Her email alone: with no page between, the function answers for its own.
    const theirs = await addPerson(zoe, { name: 'Una Vane', email: 'una@home.invalid' })
    const { rows } = await asViewer(
      pages.record.db,
      { accountId: STORY_PEOPLE.coordinator.id, today: TODAY },
      (trx) =>
        sql<{ result: string }>`select open_family_account(${theirs.contactId}, ${zoe}) as result`.execute(
          trx,
        ),
    )
    expect(rows[0]!.result).toBe('not-yours')
  })
  test('separated parents: one barred by an order, and each sees only their own', async () => {
    const mother = await accountOf('Ngozi Okafor')
    const father = await owner()
      .insertInto('account')
      .values({
        name: 'Nathan Taylor',
        email: 'nathan@home.invalid',
        door: 'family',
        role: 'parent',
        remit: 'relationships',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await owner()
      .updateTable('contact')
      .set({ account_id: father.id })
      .where('name', '=', 'Nathan Taylor')
      .execute()
    expect(await reaches(mother, amara)).toBe(true)
    expect(await reaches(father.id, amara)).toBe(false)
    const seen = await asViewer(pages.record.db, { accountId: mother, today: TODAY }, (trx) =>
      trx.selectFrom('contact').select('name').execute(),
    )
    expect(seen).toEqual([{ name: 'Ngozi Okafor' }])
    const page = await cora.get(`/staff/children/${amara}/who-may-see`)
    expect(page.text).toMatch(/Nathan Taylor Father No Barred: Order of 2 June 2024/)
    expect(page.text).toMatch(/Ngozi Okafor Mother Yes Parental responsibility/)
  })
})

describe('Rights that pass to a young person', () => {
  let mother: { contactId: string; linkId: string }
  let motherAccount: string
  beforeAll(async () => {
    motherAccount = (
      await owner()
        .insertInto('account')
        .values({
          name: 'Tess Okafor',
          email: 'tess@home.invalid',
          door: 'family',
          role: 'parent',
          remit: 'relationships',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
    mother = await addPerson(theo, {
      name: 'Tess Okafor',
      email: 'tess@home.invalid',
      account_id: motherAccount,
    })
  })
  const rights = () => cora.get(`/staff/children/${theo}/rights`)
  test('the page says since when, by which law, and who does not see the record', async () => {
    const page = await rights()
    expect(page.text).toContain('Since 28 June 2025 the rights')
    expect(page.text).toContain('Children and Families Act 2014, section 83')
    expect(page.text).toContain('Parents who do not see the record Tess Okafor')
    expect((await cora.get(`/staff/children/${amara}/rights`)).text).toContain(
      'The rights pass to Amara on 29 June 2030',
    )
    expect(await reaches(motherAccount, theo)).toBe(false)
  })
  test('the young person lets her in on paper, and ends it', async () => {
    const give = async (answers: Readonly<Record<string, string>>) =>
      cora.send(
        (await cora.get(`/staff/children/${theo}/rights/consent`)).fill({
          '#contact': mother.contactId,
          'When did they say so?': '6 7 2026',
          'How did they say so?': 'On paper, signed',
          'How do you know?': 'Form seen',
          ...answers,
        }),
        'Record it',
      )
    expect((await give({ 'When did they say so?': '7 7 2026' })).errors[0]).toContain('givenOn')
    expect((await give({ 'When did they say so?': '1 6 2025' })).errors[0]).toContain('28 June 2025 or later')
    expect((await give({ '#contact': '00000000-0000-4000-8000-000000000999' })).errors[0]).toContain(
      'contact',
    )
    expect((await give({})).status).toBe(303)
    expect(await reaches(motherAccount, theo)).toBe(true)
    expect((await give({})).errors[0]).toContain('may see the record already')
    const { id } = await owner().selectFrom('sharing_consent').select('id').executeTakeFirstOrThrow()
    // Another child's page does not end it.
    expect(
      (
        await cora.send(
          (
            await cora.get(`/staff/children/${amara}/rights/consent/${id}/end`)
          ).fill({ 'How did they say so?': 'x' }),
          'End it now',
        )
      ).status,
    ).toBe(422)
    pages.today = '2026-07-07'
    const ending = (await cora.get(`/staff/children/${theo}/rights/consent/${id}/end`)).fill({
      'How did they say so?': 'In person',
    })
    expect((await cora.send(ending, 'End it now')).status).toBe(303)
    expect(await reaches(motherAccount, theo, '2026-07-07')).toBe(false)
    pages.today = TODAY
  })
  test('a note on capacity lets a parent act, the next takes its place, and nobody signs another’s', async () => {
    const note = async (has: 'Yes' | 'No, it was assessed and found lacking', on = '1 7 2026') =>
      cora.send(
        (await cora.get(`/staff/children/${theo}/rights/capacity`)).fill({
          'Does Theo have the capacity to decide about the plan?': has,
          'When was it assessed?': on,
          'Who assessed it?': 'Dr Ray, psychiatrist',
          'What was found?': 'Could not weigh the choices, with pictures and time',
          'How do you know?': 'Form seen',
        }),
        'Record the note',
      )
    expect((await note('Yes', '7 7 2026')).errors[0]).toContain('assessedOn')
    // What the young person had allowed has ended by then: the note alone opens it.
    expect(await reaches(motherAccount, theo, '2026-07-07')).toBe(false)
    expect((await note('No, it was assessed and found lacking')).status).toBe(303)
    expect(await reaches(motherAccount, theo, '2026-07-07')).toBe(true)
    pages.today = '2026-07-08'
    expect((await note('Yes')).status).toBe(303)
    expect(await reaches(motherAccount, theo, '2026-07-08')).toBe(false)
    pages.today = TODAY
    await expect(
      asViewer(pages.record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, (trx) =>
        trx
          .insertInto('capacity_note')
          .values({
            child_id: theo,
            has_capacity: false,
            assessed_on: TODAY,
            assessed_by: 'x',
            note: 'x',
            from_on: TODAY,
            recorded_by: STORY_PEOPLE.manager.id,
          })
          .execute(),
      ),
    ).rejects.toThrow('row-level security')
  })
  test('sixty days before, and after while nobody writes to them, they are on the list', async () => {
    expect((await cora.get('/staff/rights-passing')).text).toContain('Nobody’s rights pass')
    pages.today = '2030-05-01'
    expect((await maya.get('/staff/rights-passing')).text).toContain('Amara Okafor')
    pages.today = TODAY
  })
})

describe('Somebody else’s', () => {
  test('every page about a child answers a stranger as if there were none', async () => {
    const { linkId } = await addPerson(zoe, { name: 'Zara Okafor' })
    for (const path of [
      'who-may-see',
      'rights',
      'rights/capacity',
      'rights/consent',
      'advocates/new',
      `advocates/${linkId}/renew`,
      `advocates/${linkId}/end`,
      `people/${linkId}/account`,
    ])
      expect((await cora.get(`/staff/children/${zoe}/${path}`)).status, path).toBe(404)
    for (const path of ['who-looked', 'who-looked.csv'])
      expect((await cora.get(`/staff/children/${zoe}/${path}`)).status, path).toBe(403)
  })
})

describe('Who may see a child', () => {
  test('the page says of every account what the wall says', async () => {
    for (const child of [amara, zoe, theo]) {
      const told = await asViewer(
        pages.record.db,
        { accountId: STORY_PEOPLE.manager.id, today: TODAY },
        (trx) => findWhoMaySee(trx, child, TODAY),
      )
      const named = new Set(told.flatMap((one) => (one.sees && one.accountId ? [one.accountId] : [])))
      const accounts = await owner()
        .selectFrom('account')
        .select(['id', 'name', 'door'])
        .where('door', '<>', 'system')
        .execute()
      for (const { id, name } of accounts)
        expect(named.has(id), `${name} and ${child}`).toBe(await reaches(id, child))
    }
  })
  test('who looked is for managers, and comes as a spreadsheet in which no cell is a formula', async () => {
    const page = await dev.get(`/staff/children/${amara}/who-looked`)
    expect(page.text).toContain('broke the glass')
    const csv = await maya.get(`/staff/children/${amara}/who-looked.csv`)
    expect(csv.html).toContain('Colin Dhillon')
    expect(csv.html.split('\r\n').length).toBeGreaterThan(10)
  })
})

describe('An audit', () => {
  const give = async (answers: Readonly<Record<string, string>> = {}): Promise<ReadPage> =>
    quentin.send(
      (await quentin.get('/staff/audits/new')).fill({
        'Which plans?': 'C-00002, c-00002',
        '#auditor': STORY_PEOPLE.coordinator.id,
        'Until when?': '6 8 2026',
        'Which cycle, and why these?': 'Summer cycle, random sample of the south',
        ...answers,
      }),
      'Let them in',
    )
  test.each([
    [
      'a reference that is nobody’s',
      { 'Which plans?': 'C-00002 C-99998' },
      'references: C-99998 is not the reference',
    ],
    ['a day that has gone', { 'Until when?': '5 7 2026' }, 'untilOn: The last day must be today'],
    [
      'more than six months',
      { 'Until when?': '7 1 2027' },
      'untilOn: Nobody is let in for more than six months',
    ],
    ['a leaver', { '#auditor': STORY_PEOPLE.leaver.id }, 'auditor: Choose somebody who works here now'],
    ['themself', { '#auditor': STORY_PEOPLE.qaLead.id }, 'auditor: Choose somebody'],
    ['a parent', { '#auditor': STORY_PEOPLE.parent.id }, 'auditor: Choose somebody'],
  ])('is not given for %s', async (_what, answers, problem) => {
    expect((await give(answers)).errors[0]).toContain(problem)
    expect(await reaches(STORY_PEOPLE.coordinator.id, zoe)).toBe(false)
  })
  test('opens the plan to the auditor until it is ended', async () => {
    expect((await give()).status).toBe(303)
    expect((await give()).errors[0]).toContain('is let in to C-00002 already')
    expect(await reaches(STORY_PEOPLE.coordinator.id, zoe)).toBe(true)
    expect((await maya.get('/staff/audits')).status).toBe(403)
    const list = await quentin.get('/staff/audits')
    expect((await quentin.send(list, 'End now (Cora Coombes, C-00002)')).location).toBe('/staff/audits')
    expect(await reaches(STORY_PEOPLE.coordinator.id, zoe)).toBe(false)
    expect((await quentin.get('/staff/audits')).text).toContain('Over')
  })
})

describe('A child known at home', () => {
  test('is closed at work from the moment it is said, with the same answer for any reference', async () => {
    const say = async (reference: string): Promise<ReadPage> =>
      cora.send(
        (await cora.get('/staff/known-at-home')).fill({
          'The child’s reference': reference,
          'How is the child known?': 'Next door',
        }),
        'Close the record to them',
      )
    const unknown = await say('C-99999')
    expect((await cora.get(`/staff/children/${theo}`)).status).toBe(200)
    const said = await say('C-00003')
    expect([said.status, said.location]).toEqual([unknown.status, unknown.location])
    expect((await cora.get(`/staff/children/${theo}`)).status).toBe(404)
    expect((await breakGlass(cora, 'C-00003', REASON)).status).toBe(422)
    expect((await dev.get('/staff/capacities')).text).toContain('Cora Coombes')
    await owner().deleteFrom('home_tie').where('account_id', '=', STORY_PEOPLE.coordinator.id).execute()
  })
  test('an officer whose own child it is finds nothing, and the data officer sees both capacities', async () => {
    const mother = await owner()
      .selectFrom('account')
      .select('person_id')
      .where('id', '=', STORY_PEOPLE.manager.id)
      .executeTakeFirstOrThrow()
    const home = await owner()
      .insertInto('account')
      .values({
        name: 'Maya Sterling',
        email: 'maya@home.invalid',
        door: 'family',
        role: 'parent',
        remit: 'relationships',
        person_id: mother.person_id,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect((await maya.get(`/staff/children/${zoe}`)).status).toBe(200)
    await addPerson(zoe, { name: 'Maya Sterling', account_id: home.id })
    for (const path of ['', '/who-may-see', '/rights', '/who-looked', '/who-looked.csv'])
      expect((await maya.get(`/staff/children/${zoe}${path}`)).status, path).toBe(404)
    expect(await reaches(home.id, zoe)).toBe(true)
    const page = await dev.get('/staff/capacities')
    expect(page.text).toContain('1 record is closed to them')
    expect((await maya.get('/staff/capacities')).status).toBe(403)
  })
})
