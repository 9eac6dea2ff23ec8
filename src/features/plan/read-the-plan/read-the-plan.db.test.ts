import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordEvent } from '../../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner } from '../../../db/viewer.ts'
import { buildServer } from '../../../platform/server.ts'
import { toHtml } from '../../../ui/govuk/index.ts'
import { type FamilyStory, familyStory, type Reader } from '../../family/try-family/index.ts'
import { beginPlan, freezeVersion, savePart } from '../the-plan/index.ts'
import { PLAIN_LINE } from '../try-plan/index.ts'
import { routes } from './index.ts'

/** Amara's plan: a draft and a final, and who may read which of its lines. */
let story: FamilyStory
let parent: Reader
let draft: string
let final: string
let working: string

const by = { accountId: STORY_PEOPLE.coordinator.id, today: '2026-10-26' }

const usedAfterAll = randomUUID()
beforeAll(async () => {
  story = await familyStory(
    (record, clock) =>
      buildServer({
        db: record.db,
        clock,
        routes,
        secureCookies: false,
        hsts: false,
        log: false,
        drawPage: (page) => `<title>${page.title}</title><main>${toHtml(page.main)}</main>`,
      }),
    { today: '2026-10-26' },
  )
  const advice = await story.asks('psychological', 'Dr Iris Vale', '2026-08-24')
  const release = await story.mayRead(advice, 'psychological', 'Dr Iris Vale', '2026-10-13')
  await story.record.owner
    .updateTable('advice_release')
    .set({ written_by: [STORY_PEOPLE.psychologist.id], adviser_account: STORY_PEOPLE.psychologist.id })
    .execute()
  await asOwner(story.record.owner, async (trx) => {
    const { plan } = await beginPlan(
      trx,
      { childId: story.childId, processId: story.processId, fromYear9: false },
      by,
    )
    const text = (section: 'A' | 'B', slot: string, words: string) =>
      savePart(trx, plan, { section, kind: 'text', slot }, { words }, by)
    await text('A', 'child-views', 'I like the sea.')
    await text('B', 'main', 'Amara finds it hard to <follow> long talk.')
    await savePart(
      trx,
      plan,
      { section: 'F', kind: 'provision' },
      {
        ...PLAIN_LINE,
        words: 'A speech therapist works with Amara alone.',
        who: 'Speech and language therapist',
        sources: [{ releaseId: release, advicePartId: usedAfterAll, cite: 'Dr Iris Vale, paragraph 4.2' }],
      },
      by,
    )
    working = (await freezeVersion(trx, plan, 'working', null, by)).id
    const sent = (kind: 'draft_issued' | 'final_issued', on: string) =>
      recordEvent(trx, {
        childId: story.childId,
        processId: story.processId,
        kind,
        on,
        today: on,
        by: by.accountId,
        payload: {},
      })
    await sent('draft_issued', '2026-10-26').then(async (eventId) => {
      draft = (await freezeVersion(trx, plan, 'draft', { on: '2026-10-26', eventId }, by)).id
    })
    const leftOut = (advice_part_id: string, words: string) => ({
      plan_id: plan.id,
      child_id: story.childId,
      release_id: release,
      advice_part_id,
      reason: 'better-met-otherwise',
      words,
      decided_by: by.accountId,
      decided_on: '2026-10-20',
    })
    await trx
      .insertInto('plan_left_out')
      .values([
        leftOut(randomUUID(), 'The class teacher does this each day.'),
        leftOut(usedAfterAll, 'There is no therapist to do it.'),
      ])
      .execute()
    await trx
      .insertInto('plan_meeting')
      .values({
        plan_id: plan.id,
        child_id: story.childId,
        held_on: '2026-10-22',
        how: 'phone',
        present: 'Ngozi Okafor and Cora Coombes',
        agreed: 'The therapist comes on Mondays.',
        recorded_by: by.accountId,
        recorded_on: '2026-10-22',
      })
      .execute()
  })
  parent = await story.as('parent')
})
afterAll(() => story.close())

const at = (more = ''): string => `/family/children/${story.childId}/plan${more}`

describe('A family reads the plan', () => {
  test('the draft: what it is, what was left out and why, and what was said', async () => {
    const page = await parent.get(at())
    expect(page.status).toBe(200)
    expect(page.text).toContain('The plan of Amara Okafor')
    expect(page.text).toContain('This is a draft. We sent it on 26 October 2026')
    expect(page.text).toContain('Something else meets the need better')
    expect(page.text).toContain('The class teacher does this each day.')
    // Left out once, and in the plan since.
    expect(page.text).not.toContain('There is no therapist to do it.')
    expect(page.text).toContain('We spoke by phone on 22 October 2026')
    expect(page.text).toContain('The therapist comes on Mondays.')
  })

  test('its twelve sections with a contents list, each line by its number, and the advice it came of', async () => {
    const page = await parent.get(at(`/${draft}`))
    expect(page.status).toBe(200)
    for (const section of ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K'])
      expect(page.html).toContain(`href="#section-${section}"`)
    expect(page.text).toContain('I like the sea.')
    expect(page.html).toContain('hard to &lt;follow> long talk')
    expect(page.text).toContain('45 minutes, once a week')
    expect(page.text).toContain('A draft names no school or college.')
    expect(page.html).toMatch(/href="\/family\/advice\/[0-9a-f-]{36}"[^>]*>Dr Iris Vale, paragraph 4.2/)
  })

  test('a working copy, another number and nonsense are as if there were none', async () => {
    for (const id of [working, randomUUID(), 'latest', '..%2F..'])
      expect((await parent.get(at(`/${id}`))).status).toBe(404)
  })

  test('each reading is in the access log', async () => {
    const rows = await story.record.owner
      .selectFrom('access_log')
      .select(['what', 'child_ids'])
      .where('what', '=', 'family: read the plan')
      .execute()
    expect(rows[0]?.child_ids).toEqual([story.childId])
  })
})

describe('Others read what is theirs', () => {
  test('a psychologist: the line that came of their advice, by its number, and no other', async () => {
    const reader = await story.as('psychologist')
    const list = await reader.get('/professional/plan-lines')
    expect(list.status).toBe(200)
    expect(list.html).toContain(`/professional/plan-lines/${draft}`)
    const page = await reader.get(`/professional/plan-lines/${draft}`)
    expect(page.text).toContain('A speech therapist works with Amara alone.')
    expect(page.text).toContain('Only the lines that came of your advice')
    expect(page.text).not.toContain('I like the sea.')
    expect(page.html).toContain('id="paragraph-3"')
    const stranger = await story.as('healthLead')
    expect((await stranger.get(`/professional/plan-lines/${draft}`)).status).toBe(404)
    expect((await stranger.get('/professional/plan-lines')).text).toContain('There is none to read yet')
  })

  test('a setting: the final of whoever is placed there, and no draft', async () => {
    await asOwner(story.record.owner, async (trx) => {
      const eventId = await recordEvent(trx, {
        childId: story.childId,
        processId: story.processId,
        kind: 'final_issued',
        on: '2026-12-02',
        today: '2026-12-02',
        by: by.accountId,
        payload: {},
      })
      const { plan } = await beginPlan(
        trx,
        { childId: story.childId, processId: story.processId, fromYear9: false },
        by,
      )
      final = (
        await freezeVersion(trx, plan, 'final', { on: '2026-12-02', eventId }, { ...by, today: '2026-12-02' })
      ).id
      await trx
        .insertInto('placement')
        .values({
          child_id: story.childId,
          setting_urn: '900001',
          place_name: 'Larkfield',
          from_on: '2026-12-02',
          recorded_by: by.accountId,
          recorded_on: '2026-12-02',
        })
        .execute()
    })
    story.today('2026-12-03')
    const senco = await story.as('senco')
    expect((await senco.get('/setting/plans')).html).toContain(`/setting/plans/${final}`)
    const page = await senco.get(`/setting/plans/${final}`)
    expect(page.text).toContain('A speech therapist works with Amara alone.')
    expect((await senco.get(`/setting/plans/${draft}`)).status).toBe(404)
  })

  test('at sixteen the plan is the young person’s, and a parent’s only by consent', async () => {
    await story.record.owner.updateTable('child').set({ date_of_birth: '2010-04-01' }).execute()
    const own = await story.as('youngPerson')
    const page = await own.get(at())
    expect(page.text).toContain('Your plan')
    expect(page.text).toContain('This is the plan we must follow')
    expect((await own.get(at(`/${final}`))).status).toBe(200)
    const changed = await own.get(at(`/${final}/changes`))
    expect(changed.text).toContain(
      'From the draft plan of 26 October 2026, to the final plan of 2 December 2026',
    )
    expect((await own.get(at(`/${draft}/changes`))).status).toBe(404)
    for (const address of [at(), at(`/${final}`)]) expect((await parent.get(address)).status).toBe(404)
    await story.record.owner
      .insertInto('sharing_consent')
      .values({
        child_id: story.childId,
        contact_id: story.contacts.parent,
        from_on: '2026-12-01',
        given_how: 'by phone',
        recorded_by: STORY_PEOPLE.coordinator.id,
      })
      .execute()
    expect((await parent.get(at(`/${final}`))).status).toBe(200)
  })
})

test('a plan of 120 lines opens in under 100 ms at the server', async () => {
  const version = await asOwner(story.record.owner, async (trx) => {
    const { plan } = await beginPlan(
      trx,
      { childId: story.childId, processId: story.processId, fromYear9: false },
      by,
    )
    for (let at = 0; at < 117; at++)
      await savePart(
        trx,
        plan,
        { section: 'F', kind: 'provision' },
        {
          ...PLAIN_LINE,
          words: `Line ${at}. ${'Words of provision. '.repeat(40)}`,
          who: 'A'.repeat(120),
          sources: [],
        },
        by,
      )
    const eventId = await recordEvent(trx, {
      childId: story.childId,
      processId: story.processId,
      kind: 'draft_issued',
      on: '2026-12-03',
      today: '2026-12-03',
      by: by.accountId,
      payload: {},
    })
    return freezeVersion(trx, plan, 'amended-draft', { on: '2026-12-03', eventId }, by)
  })
  expect(version.parts).toHaveLength(120)
  const own = await story.as('youngPerson')
  await own.get(at(`/${version.id}`))
  const times: number[] = []
  for (let n = 0; n < 9; n++) {
    const from = performance.now()
    expect((await own.get(at(`/${version.id}`))).status).toBe(200)
    times.push(performance.now() - from)
  }
  const best = Math.min(...times)
  console.info(`a plan of 120 lines: ${best.toFixed(0)} ms`)
  expect(best).toBeLessThan(100)
})
