import { createHash, randomUUID } from 'node:crypto'
import mammoth from 'mammoth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordEvent } from '../../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner } from '../../../db/viewer.ts'
import { stopComposer } from '../../../documents/compose/index.ts'
import { buildServer } from '../../../platform/server.ts'
import { startSession } from '../../../platform/sessions.ts'
import { toHtml } from '../../../ui/govuk/index.ts'
import { type FamilyStory, familyStory } from '../../family/try-family/index.ts'
import { makePlanToPrint } from './a-plan.test-data.ts'
import { routes } from './index.ts'

const by = { accountId: STORY_PEOPLE.coordinator.id, today: '2026-10-26' }
let story: FamilyStory
let draft: string
let final: string
let working: string
let planId: string
let eventId: string

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
  eventId = await asOwner(story.record.owner, (trx) =>
    recordEvent(trx, {
      childId: story.childId,
      processId: story.processId,
      kind: 'draft_issued',
      on: by.today,
      today: by.today,
      by: by.accountId,
      payload: {},
    }),
  )
  const made = await makePlanToPrint(story.record.owner, {
    childId: story.childId,
    processId: story.processId,
    by: by.accountId,
    eventId,
    draftOn: '2026-10-26',
    finalOn: '2026-12-02',
    settingUrn: '900001',
    therapist: STORY_PEOPLE.healthProfessional.id,
  })
  ;({ planId, draft, final, working } = made)
  story.today('2026-12-03')
})
afterAll(async () => {
  await stopComposer()
  await story.close()
})

const get = async (part: keyof typeof STORY_PEOPLE, url: string) => {
  const token = await startSession(story.record.db, STORY_PEOPLE[part].id, '2026-12-03')
  return story.app.inject({ url, headers: { cookie: `clearway=${token}` } })
}

describe('A plan as paper', () => {
  test('a family saves the draft as PDF: nobody’s name in the file name, kept by no cache, and each reading logged', async () => {
    const answer = await get('parent', `/family/plan-versions/${draft}/plan.pdf`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/pdf')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="plan-[0-9a-f]{8}\.pdf"$/)
    expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    const logged = await story.record.owner
      .selectFrom('access_log')
      .select('child_ids')
      .where('what', '=', 'family: plan as pdf')
      .execute()
    expect(logged.map((row) => row.child_ids)).toEqual([[story.childId]])
  })

  test('as Word it keeps its headings, its numbers and its tables', async () => {
    const answer = await get('coordinator', `/staff/plan-versions/${final}/plan.docx?print=large`)
    expect(answer.headers['content-disposition']).toMatch(/plan-[0-9a-f]{8}-large\.docx/)
    const { value } = await mammoth.convertToHtml({ buffer: answer.rawPayload })
    for (const section of ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K'])
      expect(value).toMatch(new RegExp(`<h1>(<a [^>]*></a>)?Section ${section}: `))
    expect(value).toContain('A therapist works with her alone.')
    expect(value).toContain('Larkfield')
  })

  test('each door has what the record gives it, and no more', async () => {
    const statuses = async (part: keyof typeof STORY_PEOPLE, base: string) =>
      Promise.all(
        [draft, final, working, randomUUID()].map(
          async (id) => (await get(part, `${base}/${id}/plan.pdf`)).statusCode,
        ),
      )
    expect(await statuses('coordinator', '/staff/plan-versions')).toEqual([200, 200, 200, 404])
    expect(await statuses('parent', '/family/plan-versions')).toEqual([200, 200, 404, 404])
    expect(await statuses('senco', '/setting/plans')).toEqual([404, 200, 404, 404])
    expect(await statuses('healthLead', '/professional/plans')).toEqual([404, 404, 404, 404])
    expect(await statuses('parent', '/staff/plan-versions')).toEqual([403, 403, 403, 403])
  })

  test('a translator’s sheet has each piece of the plan beside an empty space, and is the office’s alone', async () => {
    const answer = await get('coordinator', `/staff/plan-versions/${final}/for-translation.docx`)
    const { value } = await mammoth.convertToHtml({ buffer: answer.rawPayload })
    expect(value).toContain('<p>A therapist works with her alone.</p></td><td></td>')
    expect((await get('parent', `/staff/plan-versions/${final}/for-translation.docx`)).statusCode).toBe(403)
  })

  test('the child’s own page is one sheet of A4, once it was gone through with them', async () => {
    const address = `/family/children/${story.childId}/my-plan.pdf`
    expect((await get('parent', address)).statusCode).toBe(404)
    const part = { sentences: ['I like the sea.', 'Mrs Ade helps me to read.'], picture: null }
    const parts = { me: part, good: part, hard: part, hopes: part, help: part, talk: part }
    await asOwner(story.record.owner, async (trx) => {
      const { id } = await trx
        .insertInto('my_plan')
        .values({
          plan_id: planId,
          child_id: story.childId,
          version_id: final,
          number: 1,
          content: JSON.stringify({ parts }),
          saved_by: by.accountId,
          saved_on: '2026-12-02',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await trx
        .insertInto('my_plan_shared')
        .values({
          my_plan_id: id,
          child_id: story.childId,
          shared_on: '2026-12-02',
          how: 'in-person',
          who: 'Cora',
          recorded_by: by.accountId,
          recorded_on: '2026-12-02',
          event_id: eventId,
        })
        .execute()
    })
    const answer = await get('parent', address)
    expect(answer.statusCode).toBe(200)
    expect(answer.rawPayload.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
  })

  test('a therapist who gives one line has that line, called an extract', async () => {
    const answer = await get('healthProfessional', `/professional/plans/${final}/plan.docx`)
    const { value } = await mammoth.extractRawText({ buffer: answer.rawPayload })
    expect(value).toContain('A therapist works with her alone.')
    expect(value).toContain('These are the parts of the plan that you may read.')
    expect(value).not.toContain('I like the sea')
    expect(value).not.toContain('Long talk is hard to follow')
  })

  test('a version that is not word for word what was frozen is not printed', async () => {
    await story.record.owner
      .updateTable('plan_version')
      .set({ sha256: createHash('sha256').update('other words').digest('hex') })
      .where('id', '=', draft)
      .execute()
    expect((await get('parent', `/family/plan-versions/${draft}/plan.pdf`)).statusCode).toBe(409)
  })
})
