import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { routes as assignRoutes } from '../assign-a-case/index.ts'
import { caseworkRoutes } from '../casework.ts'
import { type CaseworkStory, caseworkStory, MOTHER, type Officer } from '../casework-story.ts'

const STEP = 'decide-whether-to-assess'

let pages: Pages
let story: CaseworkStory
let cora: Officer
beforeAll(async () => {
  pages = await openPages([...caseworkRoutes, ...assignRoutes], '2025-01-20')
  story = await caseworkStory(pages, {
    today: '2025-01-20',
    requestOn: '2025-01-06',
    contacts: [{ ...MOTHER, email: 'ngozi@story.invalid' }],
  })
  await pages.record.owner.updateTable('contact').set({ prefers: 'email' }).execute()
  cora = await story.officer('coordinator')
})
afterAll(() => pages.close())

const outbox = (template: string) =>
  pages.record.owner
    .selectFrom('message')
    .select(['recipient_account', 'recipient_name', 'subject', 'body', 'link_path', 'channel'])
    .where('template', '=', template)
    .orderBy('recipient_name')
    .execute()
const namesNobody = (rows: readonly { subject: string; body: string | null }[]): void => {
  for (const one of rows) expect(`${one.subject} ${one.body}`).not.toMatch(/Amara|Okafor/)
}

describe('Who is told of what a step did', () => {
  test('the officer sees each message on the check page, to whom and how, and none has gone', async () => {
    const shown = await cora.sendsOnce(await cora.open(STEP), STEP, {
      outcome: 'agree',
      toldOn: '20 1 2025',
      how: 'post',
    })
    expect(shown.text).toContain('Check who will receive what')
    expect(shown.text).toContain('We will carry out an EHC needs assessment')
    expect(shown.text).toContain('name no child')
    expect(await outbox('will-assess')).toEqual([])
    await cora.confirms(shown, STEP)
    const sent = await outbox('will-assess')
    expect(sent.length).toBeGreaterThan(0)
    namesNobody(sent)
    expect(sent[0]!.body).toContain('26 May 2025')
  })

  test('a psychologist and those who speak for the school are told by when, by the date of the law', async () => {
    story.today('2025-01-21')
    const asked = await cora.does('ask-for-advice', {
      'psychological-do': 'ask',
      'psychological-account': `${STORY_PEOPLE.psychologist.id}|${STORY_PEOPLE.psychologist.name}`,
      sentOn: '21 1 2025',
      how: 'email',
    })
    expect(asked.errors).toEqual([])
    const advice = await outbox('advice-asked')
    expect(advice.map((one) => one.recipient_account)).toEqual([STORY_PEOPLE.psychologist.id])
    expect(advice[0]!.body).toContain('4 March 2025')
    const school = await outbox('task-for-a-setting')
    expect(school.map((one) => one.recipient_account)).toContain(STORY_PEOPLE.senco.id)
    expect(school.map((one) => one.recipient_account)).not.toContain(STORY_PEOPLE.settingStaff.id)
    namesNobody([...advice, ...school])
  })

  test('a new coordinator is named to the family and the school', async () => {
    const given = await cora.does('assign', {
      to: STORY_PEOPLE.otherCoordinator.id,
      note: 'Speak to the mother after 4',
    })
    expect(given.status, given.text.slice(0, 300)).toBe(303)
    const told = await outbox('coordinator-changed')
    expect(told.length).toBeGreaterThan(1)
    expect(told.map((one) => one.recipient_account)).toContain(STORY_PEOPLE.senco.id)
    for (const one of told) expect(one.body).toContain(STORY_PEOPLE.otherCoordinator.name)
    namesNobody(told)
  })
})
