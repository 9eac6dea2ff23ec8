import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { openPages, type Pages, type Visitor } from '../../children/try-pages/index.ts'
import { routes } from './index.ts'

const RECEIVED = '2026-05-20'
const TODAY = '2026-07-06'
let pages: Pages
let cora: Visitor
let number = 0

beforeAll(async () => {
  pages = await openPages(routes, TODAY)
  cora = await pages.signIn('coordinator')
})
afterAll(() => pages.close())

/** A request as it was sent through the site; the pages that send it have tests of their own. */
async function sent(
  answers: Readonly<Record<string, string>> = {},
  accountId: string | null = null,
): Promise<string> {
  const { id } = await pages.record.owner
    .insertInto('online_request')
    .values({
      reference: `R-2026-${String(++number).padStart(5, '0')}`,
      received_on: RECEIVED,
      asked_by: 'parent',
      asker_name: 'Paula Marsh',
      account_id: accountId,
      answers: JSON.stringify({
        askedBy: 'parent',
        givenName: 'Ada',
        familyName: 'Marsh',
        bornOn: '2016-02-29',
        'bornOn-day': '29',
        'bornOn-month': '2',
        'bornOn-year': '2016',
        sex: 'F',
        addressLine: '4 Quay Street',
        postcode: 'DT4 8AA',
        learns: 'school',
        school: 'Larkfield Primary School',
        why: 'Reading is very hard. https://example.com',
        yourName: 'Paula Marsh',
        relationship: 'mother',
        email: 'paula@example.com',
        interpreter: 'British Sign Language',
        formats: 'large-print',
        ...answers,
      }),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

test('a waiting request is on the list with its date, late when it is late', async () => {
  const id = await sent()
  const list = await cora.get('/staff/requests/online')
  expect(list.text).toContain('1 waiting, the longest first')
  expect(list.text).toMatch(/Ada Marsh R-2026-00001 A parent or carer 20 May 2026 1 July 2026, 5 days late/)
  const page = await cora.get(`/staff/requests/online/${id}`)
  expect(page.text).toContain('Reading is very hard.')
  await pages.record.owner.deleteFrom('online_request').execute()
})

test('it is recorded with nothing keyed again: the day it came, its duplicates looked for, needs remembered', async () => {
  const id = await sent({}, STORY_PEOPLE.parent.id)
  const questions = await cora.get(`/staff/requests/online/${id}/record`)
  expect(questions.text).toContain(
    'Received Wednesday 20 May 2026; the decision is due by Wednesday 1 July 2026',
  )
  expect(questions.text).not.toContain('When was it received?')
  expect(questions.value('person1Name')).toBe('Paula Marsh')
  // Whoever asked does not say who has parental responsibility.
  const unsaid = await cora.send(questions, 'Continue')
  expect(unsaid.errors).toContain(
    'person1ParentalResponsibility: Say whether they have parental responsibility',
  )
  const check = await cora.send(
    unsaid.fill({
      'Do they have parental responsibility?': 'Yes',
      'Does the child live with them?': 'Yes',
      '#receivedOn-day': '1',
    }),
    'Continue',
  )
  expect(check.text).toContain('Received Wednesday 20 May 2026')
  const done = await cora.send(check, 'Record the request')
  expect(done.status).toBe(303)
  const { owner } = pages.record
  const fact = await owner
    .selectFrom('case_event')
    .selectAll()
    .where('kind', '=', 'request_received')
    .executeTakeFirstOrThrow()
  expect(fact).toMatchObject({
    happened_on: RECEIVED,
    recorded_on: TODAY,
    payload: { by: 'parent', arrivedBy: 'portal', online: 'R-2026-00002' },
  })
  expect(JSON.stringify(fact.payload)).not.toContain('Reading')
  const request = await owner
    .selectFrom('online_request')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(request).toMatchObject({
    state: 'accepted',
    process_id: fact.process_id,
    decided_by: STORY_PEOPLE.coordinator.id,
  })
  expect(await owner.selectFrom('message_preference').select(['interpreter', 'formats']).execute()).toEqual([
    { interpreter: 'British Sign Language', formats: ['Large print'] },
  ])
  // Pressed twice, and by somebody whose page is old: one case.
  expect((await cora.send(check, 'Record the request')).location).toBe(done.location)
  const colin = await pages.signIn('otherCoordinator')
  expect((await colin.get(`/staff/requests/online/${id}/answer`)).status).toBe(404)

  // The asker reaches nothing until an officer has said who they are.
  const link = await cora.get(`/staff/requests/online/${id}/link`)
  // Whose account it is stands beside the name that was typed, with no address of theirs.
  expect(link.text).toContain(`The account they signed in with is in the name of ${STORY_PEOPLE.parent.name}`)
  expect(link.text).toContain('the account signs in with ANOTHER email than the one on their record')
  expect(link.text).not.toContain('parent@story.invalid')
  const refused = await cora.send(
    link.fill({ 'Which person on the record is this?': 'Paula Marsh' }),
    'Let them see the case',
  )
  expect(refused.errors).toEqual(['checked: Confirm that you have checked who they are to the child'])
  const tied = await cora.send(
    refused.fill({
      'I have checked who they are, and that the record says rightly what they are to the child': 'yes',
    }),
    'Let them see the case',
  )
  expect(tied.status).toBe(303)
  expect(
    await owner.selectFrom('contact').select('account_id').where('name', '=', 'Paula Marsh').execute(),
  ).toEqual([{ account_id: STORY_PEOPLE.parent.id }])
})

test('nobody is let in by a name they typed: a barred person, another door, a request for a service', async () => {
  const { owner } = pages.record
  const paula = await owner
    .selectFrom('child_contact as cc')
    .innerJoin('contact as k', 'k.id', 'cc.contact_id')
    .innerJoin('process as p', 'p.child_id', 'cc.child_id')
    .select(['k.id', 'cc.child_id', 'p.id as process_id'])
    .where('k.name', '=', 'Paula Marsh')
    .executeTakeFirstOrThrow()
  await owner.updateTable('contact').set({ account_id: null }).where('id', '=', paula.id).execute()
  const asked = async (accountId: string, askedBy = 'parent') => {
    const id = await sent({}, accountId)
    await owner
      .updateTable('online_request')
      .set({
        state: 'accepted',
        child_id: paula.child_id,
        process_id: paula.process_id,
        asked_by: askedBy,
        decided_by: STORY_PEOPLE.coordinator.id,
        decided_on: TODAY,
      })
      .where('id', '=', id)
      .execute()
    return `/staff/requests/online/${id}/link`
  }
  const tie = async (url: string) => {
    const page = await cora.get(url)
    return cora.send(
      page.fill({
        'Which person on the record is this?': 'Paula Marsh',
        'I have checked who they are, and that the record says rightly what they are to the child': 'yes',
      }),
      'Let them see the case',
    )
  }
  // The advocate's account is of somebody barred under another account of theirs; they typed the mother's name.
  const barred = await owner
    .insertInto('contact')
    .values({ name: 'Barry Barred', email: 'barry@example.com' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await owner
    .insertInto('child_contact')
    .values({
      child_id: paula.child_id,
      contact_id: barred.id,
      relationship: 'father',
      parental_responsibility: true,
      restricted: true,
      restriction_note: 'court order',
      from_on: '2020-01-01',
    })
    .execute()
  const { person_id } = await owner
    .selectFrom('account')
    .select('person_id')
    .where('id', '=', STORY_PEOPLE.advocate.id)
    .executeTakeFirstOrThrow()
  const other = await owner
    .insertInto('account')
    .values({
      name: 'Barry',
      email: 'Barry@Example.com',
      door: 'family',
      role: 'parent',
      remit: 'relationships',
      person_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const url = await asked(STORY_PEOPLE.advocate.id)
  expect((await cora.get(url)).text).toContain('The account is of a person with whom contact is barred')
  expect((await tie(url)).errors[0]).toContain('contact is barred')
  await owner.deleteFrom('account').where('id', '=', other.id).execute()
  expect((await cora.get(url)).text).not.toContain('is of a person with whom contact is barred')
  // At no other door, and for no service: there is no such page to send.
  expect((await cora.get(await asked(STORY_PEOPLE.senco.id))).status).toBe(404)
  expect((await cora.get(await asked(STORY_PEOPLE.parent.id, 'health'))).status).toBe(404)
  const kept = await owner.selectFrom('contact').select('account_id').where('id', '=', paula.id).execute()
  expect(kept).toEqual([{ account_id: null }])
  await owner
    .deleteFrom('online_request')
    .where('asker_name', '=', 'Paula Marsh')
    .where('linked_contact', 'is', null)
    .execute()
  await owner.deleteFrom('child_contact').where('contact_id', '=', barred.id).execute()
  await owner.deleteFrom('contact').where('id', '=', barred.id).execute()
})

test('a second person’s request is for the same child: it joins, and its own day is kept', async () => {
  const id = await sent({ yourName: 'Peter Marsh', relationship: 'father', email: 'peter@example.com' })
  const same = await cora.send(
    (await cora.get(`/staff/requests/online/${id}/record`)).fill({
      'Do they have parental responsibility?': 'Yes',
      'Does the child live with them?': 'No',
    }),
    'Continue',
  )
  expect(same.text).toContain('Is this child already on record?')
  const check = await cora.send(
    same.fill({
      'Is Ada Marsh one of these children?': 'Yes, the same child as Ada Marsh, born 29 February 2016',
    }),
    'Continue',
  )
  expect(check.text).toContain('This request joins it: the earliest request starts the clock')
  expect((await cora.send(check, 'Record the request')).status).toBe(303)
  expect(await pages.record.owner.selectFrom('process').select('id').execute()).toHaveLength(1)
})

test('one that is not for this council is answered with a reason, and only once', async () => {
  const id = await sent()
  const page = await cora.get(`/staff/requests/online/${id}/answer`)
  const short = await cora.send(page.fill({ '#outcome': 'not-for-us', '#why': 'No' }), 'Send this answer')
  expect(short.errors[0]).toContain('Give the reason in a sentence')
  const again = short.fill({
    '#why': 'You live in the area of the council next door: ask them at their website.',
  })
  const stale = await cora.get(`/staff/requests/online/${id}/answer`)
  expect((await cora.send(again, 'Send this answer')).status).toBe(303)
  const late = await cora.send(
    stale.fill({ '#outcome': 'duplicate', '#why': 'We have this request already.' }),
    'Send this answer',
  )
  expect(late.errors[0]).toContain('Somebody else has dealt with this request')
})

test('who may not: other doors, and staff for a child they know at home', async () => {
  const id = await sent({}, STORY_PEOPLE.parent.id)
  for (const who of ['parent', 'senco', 'psychologist', 'board', 'administrator', 'qaLead'] as const) {
    const visitor = await pages.signIn(who)
    expect((await visitor.get(`/staff/requests/online/${id}/record`)).status).toBe(403)
  }
  const { owner } = pages.record
  const me = await owner
    .selectFrom('account')
    .select('person_id')
    .where('id', '=', STORY_PEOPLE.parent.id)
    .executeTakeFirstOrThrow()
  const colin = await pages.signIn('otherCoordinator')
  expect((await colin.get(`/staff/requests/online/${id}`)).status).toBe(200)
  await owner
    .updateTable('account')
    .set({ person_id: me.person_id })
    .where('id', '=', STORY_PEOPLE.otherCoordinator.id)
    .execute()
  expect((await colin.get(`/staff/requests/online/${id}`)).status).toBe(404)
  expect((await colin.get('/staff/requests/online')).text).not.toContain('Ada Marsh')
})
