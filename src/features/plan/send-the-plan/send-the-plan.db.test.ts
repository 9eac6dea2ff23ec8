import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import type { Trx } from '../../../db/viewer.ts'
import { caseworkRoutes } from '../../assessment/casework.ts'
import { caseworkStory, MOTHER, type Officer } from '../../assessment/casework-story.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { routes as hearTheFamily } from '../../families/hear-the-family/index.ts'
import { routes as commentOnTheDraft } from '../../family/comment-on-the-draft/index.ts'
import { routes as agreeThePlan } from '../agree-the-plan/index.ts'
import { routes as keepVersions } from '../keep-versions/index.ts'
import { findPlan, freezeVersion } from '../the-plan/index.ts'
import { asPerson, changeLine, LINE, savePlanPart, saver, writtenPlan } from '../try-plan/index.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages(
    [...caseworkRoutes, ...keepVersions, ...agreeThePlan, ...commentOnTheDraft, ...hearTheFamily],
    '2025-01-20',
  )
})
afterAll(() => pages.close())

const as = <T>(who: keyof typeof STORY_PEOPLE, work: (trx: Trx) => Promise<T>): Promise<T> =>
  asPerson(pages, who, work)

const agree = async (officer: Officer, planId: string, kind: string, more: Record<string, string> = {}) =>
  officer.does(`/staff/plans/${planId}/agree/${kind}`, { read: 'yes', ...more })

test('a plan from its parts to a final: copies, the difference, agreements that lapse, a draft and a final as data', async () => {
  const story = await caseworkStory(pages)
  const cora = await story.officer('coordinator')
  const maya = await story.officer('manager')
  const { planId, reading } = await writtenPlan(pages, story, cora)
  const versions = `/staff/plans/${planId}/versions`

  // A working copy, with what it is for; a second of the same words is not one.
  expect((await cora.does(versions, { note: '' })).errors).toEqual(['note: Say what this copy is for'])
  expect((await cora.does(versions, { note: 'Before the meeting' })).location).toContain('Kept as version 1')
  expect((await cora.does(versions, { note: 'Again' })).text).toContain('Nothing has changed since version 1')
  expect((await story.events('plan_copy_kept')).length).toBe(1)

  // A manager agrees; who sends it is another; the change that ends the agreement is named.
  expect((await agree(maya, planId, 'manager')).location).toContain(`/staff/plans/${planId}/agree`)
  expect((await agree(cora, planId, 'manager')).status).toBe(404)
  await changeLine(pages, planId, reading, {
    times: '1',
    every: 'week',
    words: 'Direct daily teaching of reading by the phonics programme Ada began in year 1',
  })
  const lapsed = await cora.open(`/staff/plans/${planId}/agree`)
  expect(lapsed.text).toContain('Lapsed By Maya Sterling on 9 May 2025. The words were changed after that:')
  expect(lapsed.text).toContain(
    'section F, “Direct daily teaching of reading by the phonics programme Ad…”, saved by Colin Dhillon',
  )

  // What changed reads as a person would say it.
  const { id: copy } = await pages.record.owner
    .selectFrom('plan_version')
    .select('id')
    .where('plan_id', '=', planId)
    .executeTakeFirstOrThrow()
  const difference = await cora.open(`/staff/plans/${planId}/compare?from=${copy}&to=now`)
  expect(difference.text).toContain('1 is changed')
  expect(difference.text).toContain('How often: was once a fortnight, now once a week')
  expect(difference.html).toMatch(/<ins><span class="govuk-visually-hidden"> added: <\/span>daily /)

  // The draft: health is asked for and does not stop it; the words on the page are the words that go.
  const page = await cora.open('send-the-draft')
  expect(page.text).toContain('Nothing stops it being sent')
  expect(page.text).toContain('The body that commissions health services has not agreed section G')
  expect(page.text).not.toContain('Which sections are in the draft?')
  await changeLine(pages, planId, reading, { where: 'In her school' })
  const stale = await cora.sends(page, 'send-the-draft', { sentOn: '9 5 2025', how: 'by-hand' })
  expect(stale.errors).toEqual([
    expect.stringContaining('The words of the plan were changed since you opened this page'),
  ])
  const sent = await cora.does('send-the-draft', { sentOn: '9 5 2025', how: 'by-hand' })
  expect(sent.location).toContain('It is kept as version 2')
  const draft = await pages.record.owner
    .selectFrom('plan_version')
    .selectAll()
    .where('plan_id', '=', planId)
    .where('kind', '=', 'draft')
    .executeTakeFirstOrThrow()
  const [fact] = await story.events('draft_issued')
  expect(draft).toMatchObject({ event_id: fact!.id, sent_on: '2025-05-09', process_id: story.processId })
  const { rows: paragraphs } = await sql<{
    section: string
    words: string
    part_id: string
  }>`select section, words, part_id
    from draft_paragraph where version_id = ${draft.id} order by number`.execute(pages.record.owner)
  expect(paragraphs.map((one) => one.section)).not.toContain('I')
  expect(paragraphs.find((one) => one.part_id === reading)!.words).toContain('How often: once a week')

  // The family comments on a line of it, and is answered with the line that changed.
  await pages.record.owner
    .updateTable('contact')
    .set({ account_id: STORY_PEOPLE.parent.id })
    .where('name', '=', MOTHER.name)
    .execute()
  const paula = await pages.signIn('parent')
  const section = await paula.get(`/family/children/${story.childId}/draft/section/F`)
  expect(section.text).toContain('Direct daily teaching of reading')
  const number = /Paragraph (\d+) Direct daily/.exec(section.text)![1]
  await paula.send(
    section.fill({
      [`What do you think of paragraph ${number}?`]: 'change',
      [`Your words about paragraph ${number}`]: 'She needs it every day.',
    }),
    'Save',
  )
  const check = await paula.get(`/family/children/${story.childId}/draft/check`)
  expect((await paula.send(check, 'Send')).status).toBe(303)
  const desk = await pages.signIn('coordinator')
  const family = `/staff/cases/${story.processId}/family`
  const answered = await desk.send(
    (await desk.get(family)).fill({ '#words': 'Agreed.', '#changedPart': reading }),
    'Send this answer',
  )
  expect(answered.status, answered.text).toBe(303)
  expect((await desk.get(family)).html).toContain(`/staff/plans/${planId}/sections/F/parts/${reading}`)
  expect((await paula.get(`/family/children/${story.childId}/draft`)).text).toContain(
    'The plan was changed because of this. You will see it in the next plan we send you.',
  )

  // The final: health must have agreed, a manager too, and not the one who sends it.
  story.today('2025-05-24')
  const final = {
    sentOn: '24 5 2025',
    planDate: '24 5 2025',
    how: 'by-hand',
    placement: 'named',
    setting: '900003',
  }
  expect((await cora.does('send-the-final-plan', final)).errors.join()).toMatch(
    /2 things stop this plan being sent: The body that commissions.*The plan was changed after a manager agreed it/,
  )
  expect((await agree(cora, planId, 'health', { givenName: 'Dr Abara' })).errors).toEqual([
    'givenBody: Enter the body they agreed for',
  ])
  await agree(cora, planId, 'health', {
    givenName: 'Dr Abara',
    givenBody: 'Story Integrated Care Board',
    givenOn: '20 5 2025',
  })
  await agree(maya, planId, 'manager')
  expect((await maya.does('send-the-final-plan', final)).errors.join()).toContain(
    'You agreed this plan yourself',
  )
  expect((await cora.does('send-the-final-plan', final)).location).toContain('Final plan recorded')
  const frozen = await pages.record.owner
    .selectFrom('plan_version')
    .selectAll()
    .where('plan_id', '=', planId)
    .where('kind', '=', 'final')
    .executeTakeFirstOrThrow()
  const { rows: placed } = await sql<{ name: string }>`select content->>'name' as name from plan_version_part
    where version_id = ${frozen.id} and section = 'I'`.execute(pages.record.owner)
  expect(placed).toEqual([{ name: 'Tidewater Special School' }])
  const own = await pages.record.owner
    .selectFrom('plan')
    .innerJoin('process', 'process.id', 'plan.process_id')
    .select('process.kind')
    .where('plan.id', '=', planId)
    .executeTakeFirstOrThrow()
  expect(own.kind).toBe('plan')
  const lines = await pages.record.owner
    .selectFrom('provision_term')
    .select(['line_id', 'from_on'])
    .where('version_id', '=', frozen.id)
    .execute()
  expect(lines).toHaveLength(2)
  expect(lines).toContainEqual({ line_id: reading, from_on: '2025-05-24' })
  const placement = await pages.record.owner
    .selectFrom('placement')
    .select(['setting_urn', 'from_on', 'version_id'])
    .where('child_id', '=', story.childId)
    .execute()
  expect(placement).toEqual([{ setting_urn: '900003', from_on: '2025-05-24', version_id: frozen.id }])
  expect((await cora.open(`/staff/plan-versions/${frozen.id}`)).text).toContain(
    'Final plan, version 3, sent on 24 May 2025',
  )

  // Two finals on one day: the database has the last word.
  await expect(
    as('coordinator', async (trx) => {
      const plan = (await findPlan(trx, planId))!
      await freezeVersion(
        trx,
        plan,
        'amended-final',
        { on: '2025-05-24', eventId: frozen.event_id! },
        saver(pages, 'coordinator'),
      )
    }),
  ).rejects.toThrow(/one_final_a_day/)
}, 60_000)

test('whose agreement it is: health by the professional let in, and by nobody else; a manager not for their own words', async () => {
  const story = await caseworkStory(pages)
  const cora = await story.officer('coordinator')
  const { planId } = await writtenPlan(pages, story, cora)
  const own = `/professional/plans/${planId}/agree/health`
  const lead = await pages.signIn('healthLead')
  expect((await lead.get(own)).status).toBe(404)
  await as('coordinator', (trx) =>
    trx
      .insertInto('plan_writer')
      .values({
        plan_id: planId,
        child_id: story.childId,
        account_id: STORY_PEOPLE.healthLead.id,
        sections: ['C', 'G'],
        from_on: pages.today,
        given_by: STORY_PEOPLE.coordinator.id,
      })
      .execute(),
  )
  const page = await lead.get(own)
  expect(page.text).toContain('Review of hearing')
  expect(page.text).not.toContain('phonics')
  expect((await lead.get(`/professional/plans/${planId}/agree/social-care`)).status).toBe(404)
  expect((await lead.get(`/professional/plans/${planId}/agree/manager`)).status).toBe(404)
  const agreed = await lead.send(page.fill({ 'I have read the words above, and agree them': 'yes' }), 'Agree')
  expect(agreed.status, agreed.text).toBe(303)
  expect((await cora.open(`/staff/plans/${planId}/agree`)).text).toContain(
    'By Dr Leonie Abara on 9 May 2025.',
  )
  const [fact] = await story.events('plan_signed_off')
  expect(fact!.payload).toMatchObject({ agreement: 'health' })

  // Behind the pages the database says the same.
  const sign = (who: keyof typeof STORY_PEOPLE, kind: string, givenBy: string | null) =>
    as(who, (trx) =>
      trx
        .insertInto('plan_sign_off')
        .values({
          plan_id: planId,
          child_id: story.childId,
          kind,
          sha256: 'x',
          signed_by: STORY_PEOPLE[who].id,
          signed_on: pages.today,
          given_by: givenBy,
          given_on: givenBy && pages.today,
        })
        .execute(),
    )

  // Where the council asks for it, no draft goes that a manager has not agreed; and nobody agrees what only they have written.
  await pages.record.owner
    .insertInto('authority_setting')
    .values({
      key: 'plan.manager-agrees',
      value: '"draft-and-final"',
      valid_from: '2025-05-09',
      valid_to: '2025-05-10',
      why: 'Agreed',
    })
    .execute()
  const stopped = await cora.does('send-the-draft', { sentOn: '9 5 2025', how: 'post' })
  expect(stopped.errors.join()).toContain('No manager has agreed the plan')
  await pages.record.owner.deleteFrom('authority_setting').where('key', '=', 'plan.manager-agrees').execute()
  await pages.record.owner
    .updateTable('plan_part')
    .set({ saved_by: STORY_PEOPLE.manager.id })
    .where('plan_id', '=', planId)
    .execute()
  const maya = await story.officer('manager')
  expect((await agree(maya, planId, 'manager')).errors.join()).toContain(
    'You wrote every word of this plan yourself',
  )

  for (const [who, kind, givenBy] of [
    ['coordinator', 'manager', null],
    ['coordinator', 'health', null],
    ['healthLead', 'social-care', null],
    ['healthLead', 'manager', null],
    ['healthLead', 'health', 'Somebody else'],
    ['manager', 'manager', 'Somebody else'],
  ] as const)
    await expect(sign(who, kind, givenBy), `${who} ${kind}`).rejects.toThrow(/row-level security/)
}, 60_000)

test('over compulsory school age the plan goes to the young person, and not to the parent', async () => {
  const story = await caseworkStory(pages, {
    bornOn: '2008-03-01',
    contacts: [
      MOTHER,
      {
        name: 'Amara Okafor',
        relationship: 'self',
        parentalResponsibility: false,
        address: '9 Harbour Road',
        postcode: 'DT4 8AB',
      },
    ],
  })
  const cora = await story.officer('coordinator')
  const { planId } = await writtenPlan(pages, story, cora)
  const stopped = await cora.does('send-the-draft', { sentOn: '9 5 2025', how: 'post' })
  expect(stopped.errors.join()).toContain('preparing for adulthood')
  await savePlanPart(pages, planId, 'F', 'provision', {
    ...LINE,
    words: 'Travel training',
    pfa: 'independence',
  })
  const sent = await cora.does('send-the-draft', { sentOn: '9 5 2025', how: 'post' })
  expect(sent.location).toContain('Draft recorded')
  expect((await story.letters('draft-plan')).map((one) => one.recipient_name)).toEqual(['Amara Okafor'])
}, 60_000)
