import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asViewer } from '../../db/viewer.ts'
import { type CaseworkStory, caseworkStory, type Officer } from '../assessment/casework-story.ts'
import { openPages, type Pages } from '../children/try-pages/index.ts'
import { routes as intakeRoutes } from '../intake/accept-a-request/index.ts'
import { settingDoorRoutes } from './setting-door.ts'

const TODAY = '2025-03-10'
let pages: Pages
let story: CaseworkStory
let senco: Officer
let assistant: Officer
let cora: Officer
const owner = () => pages.record.owner

beforeAll(async () => {
  pages = await openPages([...settingDoorRoutes, ...intakeRoutes], TODAY)
  story = await caseworkStory(pages, { today: TODAY, requestOn: '2025-03-03' })
  senco = await story.officer('senco')
  assistant = await story.officer('settingStaff')
  cora = await story.officer('coordinator')
})
afterAll(() => pages.close())

describe('A request with its evidence in one step', () => {
  let pupil = ''

  test('rounds, meetings, questions and answers go with it; the clock runs from the day; the family had been told', async () => {
    const begun = await senco.does('/setting/support/new', {
      givenName: 'Bo',
      familyName: 'Lund',
      bornOn: '1 5 2016',
      supportFrom: '6 1 2025',
      told: 'yes',
    })
    pupil = /support\/([0-9a-f-]{36})/.exec(begun.location)![1]!
    await senco.does(`/setting/support/${pupil}/plan`, {
      startedOn: '13 1 2025',
      needs: 'Cannot hear sounds apart.',
      what1: 'Phonics',
      who1: 'Teaching assistant',
      often1: 'Daily',
      doing: '',
    })
    await senco.does(`/setting/support/${pupil}/ask`, {
      specialist: 'psychology',
      locality: 'north',
      question: 'What next?',
      agreedOn: '9 3 2025',
    })
    const { id } = await owner().selectFrom('specialist_question').select('id').executeTakeFirstOrThrow()
    await cora.does(`/staff/questions/${id}`, { answer: 'Try mirrors.', answeredFor: 'Priya Elwood' })
    expect((await assistant.open(`/setting/support/${pupil}/request`)).status).toBe(403)
    const page = await senco.open(`/setting/support/${pupil}/request`)
    expect(page.text).toContain('Cannot hear sounds apart.')
    const missing = await senco.does(`/setting/support/${pupil}/request`, {
      why: 'He needs more than we have.',
    })
    expect(missing.status).toBe(422)
    expect(missing.errors).toContain('toldOn: Enter the day you told the parents or the young person')
    expect(missing.value('why')).toBe('He needs more than we have.')
    const answers = {
      askedAs: 'school',
      sex: 'M',
      why: 'He needs more than we have.',
      toldOn: '9 3 2025',
      theySay: 'They agree.',
      signedAs: 'Sami Okonjo, SENCO',
    }
    expect((await senco.sends(page, `/setting/support/${pupil}/request`, answers)).status).toBe(303)
    expect((await senco.sends(page, `/setting/support/${pupil}/request`, answers)).status).toBe(303)
    const sent = await owner().selectFrom('online_request').selectAll().execute()
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      received_on: TODAY,
      asked_by: 'school',
      setting_urn: '900001',
      state: 'waiting',
    })
    const seen = await cora.open(`/staff/requests/online/${sent[0]!.id}`)
    for (const words of [
      'Bo Lund',
      'They agree.',
      'Phonics; by Teaching assistant; Daily',
      'Try mirrors.',
      '9 March 2025',
    ])
      expect(seen.text).toContain(words)
    expect((await senco.open('/setting/requests')).text).toContain('With the council')
  })

  test('nobody asks for a pupil of another setting, at either wall', async () => {
    await owner()
      .updateTable('account_setting')
      .set({ setting_urn: '900003' })
      .where('account_id', '=', STORY_PEOPLE.settingHead.id)
      .execute()
    const head = await story.officer('settingHead')
    expect((await head.open(`/setting/support/${pupil}/request`)).status).toBe(404)
    expect((await head.open('/setting/requests')).text).toContain('You have asked for no assessment here')
    for (const [who, urn, child] of [
      ['settingHead', '900001', null],
      ['settingHead', '900003', story.childId],
      ['settingStaff', '900001', null],
      ['parent', '900001', null],
    ] as const)
      await expect(
        asViewer(pages.record.db, { accountId: STORY_PEOPLE[who].id, today: TODAY }, (trx) =>
          sql`select * from ask_as_setting(${urn}, 'school', 'x', '{}'::jsonb, ${child}::uuid, null)`.execute(
            trx,
          ),
        ),
      ).rejects.toThrow('by one who speaks for it')
  })
})

describe('Our people', () => {
  test('added by name, once; a shared mailbox holds several names; only who keeps the list, only their own setting', async () => {
    const added = await senco.does('/setting/people/new', {
      name: 'Una Frost',
      email: 'una@larkfield.example',
      title: 'Deputy SENCO',
      role: 'setting-staff',
    })
    expect(added.status, added.errors.join()).toBe(303)
    const told = await owner()
      .selectFrom('message')
      .select(['address', 'body'])
      .where('template', '=', 'added-to-a-setting')
      .execute()
    expect(told.map((one) => one.address)).toEqual(['una@larkfield.example'])
    expect(told[0]!.body).toContain('You need no password')
    const twice = await senco.does('/setting/people/new', {
      name: 'Una Frost',
      email: 'UNA@larkfield.example',
      title: 'Deputy SENCO',
      role: 'setting-staff',
    })
    expect(twice.errors).toEqual(['email: Somebody with this email address is on your list already'])
    for (const name of ['Ade Bell', 'Cy Dunn'])
      expect(
        (
          await senco.does('/setting/people/new', {
            name,
            email: 'office@larkfield.example',
            title: 'Office',
            role: 'setting-staff',
            shared: 'yes',
          })
        ).status,
      ).toBe(303)
    const list = await senco.open('/setting/people')
    for (const words of [
      'Una Frost',
      'Ade Bell',
      'Cy Dunn',
      'office@larkfield.example (shared)',
      'keeps this list',
    ])
      expect(list.text).toContain(words)
    expect((await assistant.open('/setting/people')).text).toContain('Somebody else keeps this list')
    expect((await assistant.open('/setting/people/new')).status).toBe(404)
    expect((await senco.open('/setting/people?setting=900003')).status).toBe(404)
    await expect(
      asViewer(pages.record.db, { accountId: STORY_PEOPLE.senco.id, today: TODAY }, (trx) =>
        sql`select add_person_to_setting('900003', 'X', 'x@x.invalid', 'senco', 't', false, true)`.execute(
          trx,
        ),
      ),
    ).rejects.toThrow('only who manages')
    await expect(
      asViewer(pages.record.db, { accountId: STORY_PEOPLE.senco.id, today: TODAY }, (trx) =>
        sql`select add_person_to_setting('900001', 'X', 'x@x.invalid', 'send-manager', 't', false, true)`.execute(
          trx,
        ),
      ),
    ).rejects.toThrow('only a role at the setting')
  })

  test('confirmed each term; a term without is told to the council', async () => {
    const staff = await cora.open('/staff/questions/people')
    expect(staff.text).toContain('Sami Okonjo')
    const confirmed = await senco.does('/setting/people', {
      still: [STORY_PEOPLE.senco.id, STORY_PEOPLE.settingStaff.id],
      setting: '900001',
    })
    expect(confirmed.status).toBe(303)
    expect((await cora.open('/staff/questions/people')).text).not.toContain('Sami Okonjo')
    expect((await senco.open('/setting/people')).text).toContain('Everybody is confirmed for this term')
  })

  test('one who has gone sees nothing from that day; the last who keeps the list stays until another does', async () => {
    const at = (id: string) => `/setting/people/${id}/end?setting=900001`
    expect((await senco.does(at(STORY_PEOPLE.senco.id), { setting: '900001' })).text).toContain(
      'Nobody else keeps this list',
    )
    expect((await senco.does(at(STORY_PEOPLE.settingStaff.id), { setting: '900001' })).status).toBe(303)
    expect((await assistant.open(`/setting/pupils/${story.childId}`)).status).toBe(404)
    expect((await assistant.open('/setting')).text).toContain('You are not shown as working anywhere today')
    expect((await senco.open(at(STORY_PEOPLE.settingHead.id))).status).toBe(404)
  })
})

describe('A young child told of', () => {
  const notice = {
    parentName: 'Di Ash',
    toldOn: '3 3 2025',
    discussed: 'discussed',
    discussedOn: '4 3 2025',
    organisations: 'Portage, and a group for parents',
    givenName: 'Cy',
    familyName: 'Ash',
    bornOn: '1 6 2023',
    locality: 'north',
    body: 'Community health trust',
    opinion: 'Probably has a hearing impairment.',
  }

  test('the parent first: told, able to discuss, organisations named; then the locality team', async () => {
    const health = await story.officer('healthProfessional')
    const at = '/professional/young-children/new'
    const wrong = await health.does(at, {
      ...notice,
      discussedOn: '2 3 2025',
      bornOn: '1 6 2019',
      organisations: '',
      noOrganisation: 'None near',
    })
    expect(wrong.errors).toEqual([
      'bornOn: This duty is for a child under compulsory school age, and this child has been of that age since 31 August 2024. Tell the council of an older child as a request or under section 24',
      'discussedOn: The talk or the offer comes after the parent was told',
    ])
    expect((await health.does(at, { ...notice, organisations: '' })).errors).toEqual([
      'organisations: Name the voluntary organisations the parent was told of, or say below why none',
    ])
    expect((await health.does(at, notice)).status).toBe(303)
    expect((await health.open('/professional/young-children')).text).toContain('Cy Ash')
    const { id } = await owner().selectFrom('early_notice').select('id').executeTakeFirstOrThrow()
    const other = await story.officer('healthLead')
    expect((await other.open(`/professional/young-children/${id}`)).status).toBe(404)
    expect((await senco.open('/professional/young-children')).status).toBe(403)
    expect((await cora.open('/staff/young-children')).text).toContain('1 to follow up')
    const done = await cora.does(`/staff/young-children/${id}`, {
      followedUp: 'Rang Di Ash; the hearing team visits on Monday.',
    })
    expect(done.status, done.errors.join()).toBe(303)
    expect((await health.open(`/professional/young-children/${id}`)).text).toContain(
      'the hearing team visits on Monday',
    )
    const again = await cora.does(`/staff/young-children/${id}`, { followedUp: 'Twice' })
    expect(again.status).not.toBe(303)
  })
})
