import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes } from '../src/app.ts'
import { recordEvent, refreshChild } from '../src/db/case-history/index.ts'
import { STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import { asOwner } from '../src/db/viewer.ts'
import { caseworkStory, type Officer } from '../src/features/assessment/casework-story.ts'
import type { Pages } from '../src/features/children/try-pages/index.ts'
import { makePlanToRead } from '../src/features/plan/try-plan/index.ts'
import { makeWorkingDocument } from '../src/features/plan/work-on-the-document/a-working-document.test-data.ts'
import type { Role, Route } from '../src/platform/routes.ts'
import { askToSignIn } from '../src/platform/sign-in/proofs.ts'
import { checkAccessibility, checkFitsWidth, closeBrowser, openPage, shoot } from './support/browser.ts'
import { makeAdvice } from './support/make-advice.ts'
import { makePlacement } from './support/make-placement.ts'
import { makeProvision } from './support/make-provision.ts'
import { makeRecommendation } from './support/make-recommendation.ts'
import { makeSettingDoor } from './support/make-setting-door.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

/** Every page of the site with something on it, at a desk and on a phone: accessible, and no wider than the window. */

let site: StorySite
const held: Record<string, string> = {}

beforeAll(async () => {
  site = await openStorySite('2025-06-30')
  await makeSomethingToSee()
  Object.assign(held, await makeSettingDoor(site, held['child']!, held['process']!))
  Object.assign(held, await makePlacement(site, held))
})
afterAll(async () => {
  await closeBrowser()
  await site.close()
})

/** A case with a request, a decision, advice asked for and received, a claim, a note and letters; and another with its final plan. */
async function makeSomethingToSee(): Promise<void> {
  const pages = { record: site.record, app: site.app, today: '2025-06-30' } as unknown as Pages
  const story = await caseworkStory(pages, { today: '2025-06-30', requestOn: '2025-06-01' })
  const days = async (iso: string): Promise<void> => {
    story.today(iso)
    await site.today(iso)
  }
  const does = async (who: Officer, slug: string, answers: Parameters<Officer['does']>[1]): Promise<void> => {
    const page = await who.does(slug, answers)
    expect(page.errors, slug).toEqual([])
    expect(page.status, `${slug}: ${page.text.slice(0, 300)}`).toBe(303)
  }
  const cora = await story.officer('coordinator')
  await does(cora, 'decide-whether-to-assess', { outcome: 'agree', toldOn: '30 6 2025', how: 'post' })
  await days('2025-07-21')
  await does(cora, 'ask-for-advice', {
    'medical-do': 'ask',
    'psychological-do': 'not-now',
    sentOn: '21 7 2025',
    how: 'email',
  })
  await days('2025-09-01')
  await does(cora, 'write-a-note', { note: 'Rang the school.', on: '1 9 2025' }).catch(() => undefined)
  await does(cora, 'claim-an-exception', {
    limits: ['final-plan'],
    ground: 'school-closed-4-weeks',
    closedFrom: '23 7 2025',
    reopens: '3 9 2025',
    claimedOn: '1 9 2025',
    impracticalBecause: 'Nobody who teaches her could be reached until September.',
    evidence: 'Term dates, kept in the case papers.',
  })
  const { owner } = site.record
  held['process'] = story.processId
  held['child'] = story.childId
  held['adviceId'] = (
    await owner
      .selectFrom('advice_request')
      .select('id')
      .where('head', '=', 'medical')
      .executeTakeFirstOrThrow()
  ).id
  Object.assign(held, await makeAdvice(owner, story.processId))
  held['claimId'] = (await owner.selectFrom('exception_claim').select('id').executeTakeFirstOrThrow()).id
  held['eventId'] = (
    await owner
      .selectFrom('case_event')
      .select('id')
      .where('kind', '=', 'decided_to_assess')
      .executeTakeFirstOrThrow()
  ).id
  held['letter'] = (await owner.selectFrom('document').select('id').executeTakeFirstOrThrow()).id
  held['link'] = 'l'.repeat(43)
  await askToSignIn(site.record.db, '2025-06-30', {
    channel: 'email',
    address: 'parent@story.invalid',
    link: held['link'],
    code: '123456',
    browser: 'a browser',
    ip: '203.0.113.7',
  })
  await owner
    .insertInto('message')
    .values({
      event: 'e',
      template: 'draft-sent',
      channel: 'letter',
      about_child: story.childId,
      recipient: 'contact:x',
      recipient_name: 'Paula Marsh',
      address: 'Paula Marsh\n1 Harbour Lane\nDT1 1AA',
      subject: 'The draft plan',
      body: 'The draft plan is ready.\n\nTo sign in, go to ((link))',
      state: 'held',
      held_for: 'check',
    })
    .execute()
  held['messageId'] = (
    await owner.selectFrom('message').select('id').where('event', '=', 'e').executeTakeFirstOrThrow()
  ).id
  held['contactId'] = (
    await owner.selectFrom('child_contact').select('contact_id').executeTakeFirstOrThrow()
  ).contact_id
  // The child's mother is tied to the parent's account, so that the family's pages have something on them.
  await owner
    .updateTable('contact')
    .set({ account_id: STORY_PEOPLE.parent.id })
    .where('id', '=', held['contactId'])
    .execute()
  await makeFamilyWords()
  held['person'] = (await owner.selectFrom('child_contact').select('id').executeTakeFirstOrThrow()).id
  await makeAccess()
}

const PART_FOR: Partial<Record<Role, keyof typeof STORY_PEOPLE>> = {
  'plan-coordinator': 'coordinator',
  'locality-head': 'localityHead',
  'send-manager': 'manager',
  'data-officer': 'dataOfficer',
  administrator: 'administrator',
  'board-member': 'board',
  parent: 'parent',
  senco: 'senco',
  'health-lead': 'healthLead',
  'educational-psychologist': 'psychologist',
  'head-of-service': 'headOfService',
  'qa-lead': 'qaLead',
}

/** An advocate, notes and consents, lines of work with two managers who differ, and somebody away: all of one officer's. */
async function makeAccess(): Promise<void> {
  const { owner } = site.record
  const { coordinator, otherCoordinator, localityHead, psychologist } = STORY_PEOPLE
  const child_id = held['child']!
  const recorded_by = coordinator.id
  const idOf = (made: Promise<{ readonly id: string }>): Promise<string> => made.then(({ id }) => id)
  const contact_id = await idOf(
    owner
      .insertInto('contact')
      .values({ name: 'Avery Stone', email: 'avery@advice.invalid' })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  const advocate = {
    child_id,
    contact_id,
    relationship: 'advocate',
    parental_responsibility: false,
    from_on: '2025-08-01',
    to_on: '2026-02-01',
    consent_on: '2025-08-01',
    consent_by: 'Paula Marsh',
  }
  held['advocate'] = await idOf(
    owner.insertInto('child_contact').values(advocate).returning('id').executeTakeFirstOrThrow(),
  )
  const note = {
    child_id,
    has_capacity: true,
    assessed_on: '2025-08-01',
    assessed_by: 'Dr Ray',
    note: 'Decides with pictures and time.',
    from_on: '2025-08-01',
    recorded_by,
  }
  held['note'] = await idOf(
    owner.insertInto('capacity_note').values(note).returning('id').executeTakeFirstOrThrow(),
  )
  const consent = {
    child_id,
    contact_id: held['contactId']!,
    from_on: '2025-08-01',
    given_how: 'On paper',
    recorded_by,
  }
  held['consent'] = await idOf(
    owner.insertInto('sharing_consent').values(consent).returning('id').executeTakeFirstOrThrow(),
  )
  held['account'] = coordinator.id
  const line = { account_id: coordinator.id, from_on: '2025-01-01' }
  held['line'] = await idOf(
    owner
      .insertInto('reporting_line')
      .values({ ...line, manager_id: localityHead.id, kind: 'operational' })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  await owner
    .insertInto('reporting_line')
    .values({ ...line, manager_id: psychologist.id, kind: 'professional', share_of_time: 20 })
    .execute()
  const away = { from_on: '2025-09-01', to_on: '2025-09-15' }
  await owner
    .insertInto('absence')
    .values([
      { account_id: coordinator.id, ...away, recorded_by },
      { account_id: localityHead.id, ...away, recorded_by: localityHead.id },
    ])
    .execute()
  const standIn = { ...away, why: 'Leave', from_account: coordinator.id, to_account: otherCoordinator.id }
  held['standIn'] = await idOf(
    owner
      .insertInto('delegation')
      .values({ ...standIn, made_by: coordinator.id })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  held['conflict'] = await idOf(
    owner
      .insertInto('line_conflict')
      .values({
        account_id: otherCoordinator.id,
        about: 'Where the Thursdays go',
        operational_manager: localityHead.id,
        operational_says: 'Casework first',
        professional_manager: psychologist.id,
        professional_says: 'Supervision first',
        raised_by: otherCoordinator.id,
        raised_on: '2025-08-20',
        for_whom: coordinator.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  const grant = { child_id, until_at: '2030-01-01', reason: 'The hospital called and needed to know' }
  await owner
    .insertInto('case_grant')
    .values([
      { ...grant, kind: 'break-glass', account_id: otherCoordinator.id, granted_by: otherCoordinator.id },
      { ...grant, kind: 'audit', account_id: coordinator.id, granted_by: STORY_PEOPLE.qaLead.id },
    ])
    .execute()
}

/** A draft that a setting was consulted with and a psychologist comments on, the child's own page, and a template. */
async function makeWhatIsSaidOfThePlan(
  child_id: string,
  process_id: string,
  plan: {
    readonly planId: string
    readonly lineId: string
    readonly draft: string
    readonly final: string | undefined
  },
): Promise<void> {
  const { owner } = site.record
  held['draftVersion'] = plan.draft
  const line = {
    childId: child_id,
    processId: process_id,
    today: '2025-09-01',
    by: STORY_PEOPLE.coordinator.id,
  }
  const event_id = await asOwner(owner, async (trx) => {
    const payload = { setting: '900001', settingName: 'Larkfield Primary School' }
    const consulted_event = await recordEvent(trx, {
      ...line,
      kind: 'setting_consulted',
      on: '2025-08-26',
      payload,
    })
    // The draft went with the consultation: a setting reads no other.
    await trx
      .insertInto('consultation_paper')
      .values({ child_id, consulted_event, setting_urn: '900001', version_id: plan.draft })
      .execute()
    return recordEvent(trx, { ...line, kind: 'professional_comment', on: '2025-08-27', payload: {} })
  })
  const comment = {
    child_id,
    process_id,
    version_id: plan.draft,
    account_id: STORY_PEOPLE.psychologist.id,
    sent_on: '2025-09-20',
    last_day: '2025-09-09',
    event_id,
  }
  await owner
    .insertInto('draft_adviser_comment')
    .values([
      { ...comment, part_id: plan.lineId, stance: 'change', words: 'Twice a week, not once.' },
      { ...comment, part_id: null, stance: 'question', words: 'Who trains the staff?' },
    ])
    .execute()
  const told = { recorded_by: STORY_PEOPLE.coordinator.id, recorded_on: '2025-09-01' }
  const page = await owner
    .insertInto('my_plan')
    .values({
      plan_id: plan.planId,
      child_id,
      version_id: plan.draft,
      number: 1,
      content: JSON.stringify({
        parts: {
          me: { sentences: ['My name is Bea.', 'I am 9 years old.'], picture: 'face' },
          help: { sentences: ['A therapist helps me talk. She comes each week.'], picture: 'people' },
          talk: { sentences: ['I can talk to my teacher.'], picture: 'ear' },
        },
      }),
      saved_by: STORY_PEOPLE.coordinator.id,
      saved_on: '2025-08-28',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await owner
    .insertInto('my_plan_shared')
    .values({
      ...told,
      my_plan_id: page.id,
      child_id,
      shared_on: '2025-08-29',
      how: 'at-school',
      who: 'Sue Hart',
      event_id,
    })
    .execute()
  await owner
    .insertInto('plan_meeting')
    .values({
      ...told,
      plan_id: plan.planId,
      child_id,
      held_on: '2025-08-29',
      how: 'video',
      present: 'Paula Marsh',
      agreed: 'More help with reading.',
      part_ids: [plan.lineId],
    })
    .execute()
  held['template'] = (await owner.selectFrom('plan_template').select('id').executeTakeFirstOrThrow()).id
  const posted = await owner
    .selectFrom('document')
    .select(['id', 'child_id'])
    .where('sent_how', '=', 'post')
    .limit(1)
    .executeTakeFirstOrThrow()
  const run = await owner
    .insertInto('letter_run')
    .values({ key: 'run', letters: 1, made_by: STORY_PEOPLE.coordinator.id, made_on: '2025-06-30' })
    .returning('id')
    .executeTakeFirstOrThrow()
  held['run'] = run.id
  await owner
    .insertInto('letter_in_run')
    .values({ run_id: run.id, document_id: posted.id, child_id: posted.child_id, position: 1 })
    .execute()
}

/** Addresses that are files, or send people elsewhere. */
const NO_PAGE =
  /^\/staff\/plan-templates\/:template\/file$|\.(csv|pdf|docx)$|^\/files\/|^\/m\/|^\/(staff|board|professional)$/

/** What some pages need to be asked. */
const QUERIES: Readonly<Record<string, string>> = {
  '/staff/cohorts/new': '?year=6',
  '/staff/timeliness/cases': '?measure=decisions&month=2025-06&part=denominator&asAt=2025-09-01&year=2025',
  '/setting/people/:id/end': '?setting=900001',
  '/work-out-a-date': '?happened=asked&on-day=6&on-month=1&on-year=2025',
}
/** A page of errors is a page too. */
const ANSWERS = [200, 422]

/** The plan on its own case, where it is amended. */
const OF_A_PLAN_IN_FORCE = /^\/staff\/cases\/:id\/(send-an-amend|decline-to-amend)/
async function putInForce(childId: string, planId: string): Promise<string> {
  const { owner } = site.record
  const { id } = await owner
    .insertInto('process')
    .values({
      reference: 'P-2025-90001',
      child_id: childId,
      kind: 'plan',
      state: 'in-force',
      opened_on: '2025-08-27',
      assigned_to: STORY_PEOPLE.coordinator.id,
      locality_id: 'north',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await owner.updateTable('plan').set({ process_id: id }).where('id', '=', planId).execute()
  return id
}

/** What the pages of the setting's door, and staff's answers to it, are of. */
const SETTING_DOOR: readonly (readonly [string, string])[] = [
  ['/setting/consultations/', 'consultation'],
  ['/setting/advice/', 'schoolAdvice'],
  ['/setting/letters/', 'settingLetter'],
  ['/setting/pupils/', 'child'],
  ['/setting/support/', 'pupil'],
  ['/setting/questions/', 'question'],
  ['/staff/questions/', 'question'],
  ['/setting/people/', STORY_PEOPLE.settingStaff.id],
  ['/staff/young-children/', 'notice'],
  ['/professional/young-children/', 'notice'],
]

function addressOf(route: Route): string {
  return route.url.replaceAll(/:(\w+)/g, (_, name: string) => {
    if (name === 'id' && route.url.startsWith('/ask-for-an-assessment/'))
      return held[route.url.endsWith('/sent') ? 'sent' : 'begun']!
    if (name === 'id' && route.url.startsWith('/staff/requests/online/'))
      return held[route.url.endsWith('/link') ? 'accepted' : 'request']!
    if (
      name === 'child' &&
      /^\/family\/children\/:child\/(draft|plan|my-plan|working-document)/.test(route.url)
    )
      return held['drafted']!
    if (name === 'child' && route.url.includes('/provision')) return held['drafted']!
    if (name === 'line' && route.url.includes('/provision/')) return held['provisionLine']!
    const ofTheDoor = SETTING_DOOR.find(([start]) => route.url.startsWith(start))?.[1]
    if (name === 'id' && ofTheDoor) return held[ofTheDoor] ?? ofTheDoor
    if (name === 'id' && OF_A_PLAN_IN_FORCE.test(route.url)) return held['inForce']!
    if (name === 'id')
      return route.url.startsWith('/staff/children/')
        ? held['child']!
        : route.url.startsWith('/staff/letters/')
          ? held['letter']!
          : held['process']!
    // The office types its own piece of advice; what an adviser writes it does not see.
    if (route.url.startsWith('/staff/advice/') && ['adviceId', 'releaseId'].includes(name))
      return held[name === 'adviceId' ? 'officeAdviceId' : 'officeReleaseId']!
    if (name === 'person' && route.url.startsWith('/staff/children/:id/advocates/')) return held['advocate']!
    if (name === 'part' && route.url.includes('/plans/')) return 'new-need'
    if (name === 'version' && route.url.includes('/drafts/')) return held['draftVersion']!
    if (name === 'rule') return 'final-plan'
    if (name === 'kind' && route.url.includes('/agree/')) return 'health'
    if (name === 'kind') return 'localities'
    if (name === 'place') return 'north'
    if (name === 'key') return 'mediation-adviser'
    if (name === 'occurrence') return '1'
    const value = held[name]
    if (!value) throw new Error(`${route.url}: this test does not know what to put for :${name}`)
    return value
  })
}

/** What families send: a request begun, one that waits and one accepted, a draft plan with comments, and a message. */
async function makeFamilyWords(): Promise<void> {
  const { owner } = site.record
  const parent = STORY_PEOPLE.parent.id
  const answers = JSON.stringify({
    askedBy: 'parent',
    givenName: 'Zoë 🦊',
    familyName: 'اللطيف',
    'bornOn-day': '27',
    'bornOn-month': '3',
    'bornOn-year': '2017',
    bornOn: '2017-03-27',
    sex: 'F',
    learns: 'home',
    why: 'Reading is hard.',
    yourName: 'Paula Marsh',
    relationship: 'mother',
    email: 'paula@example.com',
  })
  const request = async (reference: string, more: Readonly<Record<string, unknown>>): Promise<string> =>
    (
      await owner
        .insertInto('online_request')
        .values({
          reference,
          received_on: '2025-06-02',
          asked_by: 'parent',
          asker_name: 'Paula Marsh',
          account_id: parent,
          answers,
          ...more,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  held['request'] = await request('R-2025-00001', {})
  held['accepted'] = await request('R-2025-00002', {
    state: 'accepted',
    child_id: held['child'],
    process_id: held['process'],
    decided_on: '2025-06-30',
    decided_by: STORY_PEOPLE.coordinator.id,
  })
  const begun = async (sentAs: string | null): Promise<string> =>
    (
      await owner
        .insertInto('request_draft')
        .values({ account_id: parent, answers, sent_as: sentAs })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  held['begun'] = await begun(null)
  held['sent'] = await begun(held['request'])
  const child = await owner
    .insertInto('child')
    .values({
      reference: 'C-90200',
      given_name: 'Bea',
      family_name: 'Marsh',
      name_key: 'bea marsh',
      date_of_birth: '2015-05-05',
      sex: 'F',
      locality_id: 'north',
      registered_on: '2025-01-06',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  held['drafted'] = child.id
  await owner
    .insertInto('child_contact')
    .values({
      child_id: child.id,
      contact_id: held['contactId']!,
      relationship: 'mother',
      parental_responsibility: true,
      from_on: '2015-05-05',
    })
    .execute()
  const process = await owner
    .insertInto('process')
    .values({
      reference: 'A-2025-90200',
      child_id: child.id,
      kind: 'assessment',
      state: 'with-family',
      opened_on: '2025-04-07',
      assigned_to: STORY_PEOPLE.coordinator.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await asOwner(owner, async (trx) => {
    const line = {
      childId: child.id,
      processId: process.id,
      today: '2025-09-01',
      by: STORY_PEOPLE.coordinator.id,
    }
    await recordEvent(trx, { ...line, kind: 'request_received', on: '2025-04-07', payload: { by: 'parent' } })
    await recordEvent(trx, { ...line, kind: 'decided_to_assess', on: '2025-05-12' })
    const draft = await recordEvent(trx, { ...line, kind: 'draft_issued', on: '2025-08-26' })
    await refreshChild(trx, child.id, '2025-09-01')
    await trx
      .insertInto('draft_paragraph')
      .values({
        child_id: child.id,
        process_id: process.id,
        draft_event: draft,
        section: 'B',
        number: 1,
        words: 'Bea finds reading hard and tires by noon.',
      })
      .execute()
    held['draftEvent'] = draft
  })
  const plan = await makePlanToRead(owner, {
    childId: child.id,
    processId: process.id,
    eventId: held['draftEvent']!,
    by: STORY_PEOPLE.coordinator.id,
    draftOn: '2025-08-26',
    finalOn: '2025-08-27',
    settingUrn: '900001',
    therapist: STORY_PEOPLE.psychologist.id,
  })
  held['version'] = plan.final!
  const working = await makeWorkingDocument(owner, {
    planId: plan.planId,
    versionId: plan.final!,
    by: STORY_PEOPLE.coordinator.id,
    on: '2025-08-28',
  })
  Object.assign(held, working)
  held['inForce'] = await putInForce(child.id, plan.planId)
  const provision = await makeProvision(owner, {
    childId: child.id,
    processId: process.id,
    lineId: plan.lineId,
    versionId: plan.final!,
    eventId: held['draftEvent']!,
    settingUrn: '900001',
    promisedOn: '2025-08-27',
    reportedOn: '2025-08-29',
  })
  Object.assign(held, { provisionLine: provision.line, report: provision.report })
  held['planId'] = plan.planId
  await makeWhatIsSaidOfThePlan(child.id, process.id, plan)
  held['versionId'] = plan.final!
  Object.assign(held, await makeRecommendation(owner, plan.planId))
  // Let in to write, so that the professional's pages of the plan have something on them.
  await owner
    .insertInto('plan_writer')
    .values({
      plan_id: plan.planId,
      child_id: child.id,
      account_id: STORY_PEOPLE.psychologist.id,
      sections: ['B', 'F', 'G'],
      from_on: '2025-08-26',
      given_by: STORY_PEOPLE.coordinator.id,
    })
    .execute()
  held['thread'] = (
    await owner
      .insertInto('family_thread')
      .values({
        child_id: held['child']!,
        process_id: held['process']!,
        subject: 'Who takes her to school? 🚌',
        opened_by: parent,
        opened_on: '2025-08-27',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
  await owner
    .insertInto('family_thread_person')
    .values({
      thread_id: held['thread'],
      child_id: held['child']!,
      contact_id: held['contactId']!,
      added_by: parent,
      added_on: '2025-08-27',
    })
    .execute()
  await owner
    .insertInto('family_message')
    .values({
      thread_id: held['thread'],
      child_id: held['child']!,
      side: 'family',
      kind: 'said',
      from_account: parent,
      words: 'من يأخذها؟ The bus is gone.',
      sent_on: '2025-08-27',
      promised_on: '2025-08-29',
    })
    .execute()
  Object.assign(held, { whose: 'mine', section: 'B', page: 'why' })
}

const WIDTHS = [1280, 375] as const

test('every page is accessible and fits, on a desk and on a phone', { timeout: 600_000 }, async () => {
  const routes = allRoutes({
    db: site.record.db,
    authority: { code: '999', name: 'Story County', mode: 'training' },
    secureCookies: false,
    log: false,
    clock: { today: async () => '2025-09-01' },
  }).filter((route) => route.method === 'GET' && !NO_PAGE.test(route.url))
  const parts = Map.groupBy(routes, (route) =>
    // A request being written is opened by whoever wrote it.
    route.url.startsWith('/ask-for-an-assessment/')
      ? 'parent'
      : route.access.who === 'roles'
        ? route.access.roles.map((role) => PART_FOR[role]).find(Boolean)
        : route.access.who === 'signed-in'
          ? 'coordinator'
          : undefined,
  )
  const problems: string[] = []
  let looked = 0
  for (const [part, theirs] of parts) {
    const page = await openPage({ width: WIDTHS[0], baseUrl: site.url })
    if (part) await site.signIn(page, part)
    for (const route of theirs) {
      await page.setViewportSize({ width: WIDTHS[0], height: 900 })
      const answer = await page.goto(site.url + addressOf(route) + (QUERIES[route.url] ?? ''))
      if (!ANSWERS.includes(answer?.status() ?? 0)) {
        problems.push(`${route.url}: answered ${answer?.status()}`)
        continue
      }
      looked++
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: width < 600 ? 844 : 900 })
        // For people to look at; a run that nobody looks at is spared them.
        if (!process.env['CI']) await shoot(page, `page-${width}-${route.url.replaceAll(/[/:]+/g, '_')}`)
        await checkFitsWidth(page).catch((error: Error) => problems.push(error.message))
        await checkAccessibility(page).catch((error: Error) =>
          problems.push(`${width} wide: ${error.message}`),
        )
      }
    }
    await page.close()
  }
  expect(problems).toEqual([])
  expect(looked).toBe(routes.length)
})
