import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvent } from '../../../db/case-history/index.ts'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner, asViewer } from '../../../db/viewer.ts'
import { buildServer } from '../../../platform/server.ts'
import { toHtml } from '../../../ui/govuk/index.ts'
import { type FamilyStory, familyStory, type Reader } from '../../family/try-family/index.ts'
import { routes as answerRoutes } from '../answer-comments/index.ts'
import { beginPlan, freezeVersion, savePart } from '../the-plan/index.ts'
import { routes } from './index.ts'

const SENT = '2026-10-26'
let story: FamilyStory
let draft: string
let working: string
let sendAnother: () => Promise<string>
let advised: string
let own: string
let psychologist: Reader
let senco: Reader
let cora: Reader

beforeAll(async () => {
  story = await familyStory(
    (record, clock) =>
      buildServer({
        db: record.db,
        clock,
        routes: [...routes, ...answerRoutes],
        secureCookies: false,
        hsts: false,
        log: false,
        drawPage: (page) => `<title>${page.title}</title><main>${toHtml(page.main)}</main>`,
      }),
    { today: SENT },
  )
  const { owner } = story.record
  const advice = await story.asks('psychological', 'Dr Iris Vale', '2026-08-24')
  const release = await story.mayRead(advice, 'psychological', 'Dr Iris Vale', '2026-10-13')
  await owner
    .updateTable('advice_release')
    .set({ written_by: [STORY_PEOPLE.psychologist.id], adviser_account: STORY_PEOPLE.psychologist.id })
    .execute()
  await owner.updateTable('advice_request').set({ adviser_account: STORY_PEOPLE.psychologist.id }).execute()
  const by = { accountId: STORY_PEOPLE.coordinator.id, today: SENT }
  await asOwner(owner, async (trx) => {
    const about = { childId: story.childId, processId: story.processId }
    const { plan } = await beginPlan(trx, { ...about, fromYear9: false }, by)
    const need = async (words: string, releaseId?: string): Promise<string> => {
      const saved = await savePart(
        trx,
        plan,
        { section: 'B', kind: 'need' },
        {
          words,
          type: 'SLCN',
          rank: null,
          strengths: '',
          sources: releaseId ? [{ releaseId, advicePartId: randomUUID(), cite: 'Dr Iris Vale' }] : [],
        },
        by,
      )
      if (!saved.saved) throw new Error('not saved')
      return saved.partId
    }
    own = await need('The family alone knows this.')
    advised = await need('Long talk is hard to follow.', release)
    working = (await freezeVersion(trx, plan, 'working', null, by)).id
    const fact = { ...about, on: SENT, today: SENT, by: by.accountId }
    const eventId = await recordEvent(trx, { ...fact, kind: 'draft_issued', payload: {} })
    draft = (await freezeVersion(trx, plan, 'draft', { on: SENT, eventId }, by)).id
    const consulted = await recordEvent(trx, {
      ...fact,
      kind: 'setting_consulted',
      payload: { setting: '900001', settingName: 'Larkfield' },
    })
    sendAnother = () =>
      asOwner(owner, async (later) => {
        const event = await recordEvent(later, { ...fact, kind: 'draft_issued', payload: {} })
        return (await freezeVersion(later, plan, 'amended-draft', { on: SENT, eventId: event }, by)).id
      })
    await trx
      .insertInto('consultation_paper')
      .values({
        child_id: story.childId,
        consulted_event: consulted,
        setting_urn: '900001',
        version_id: draft,
      })
      .execute()
  })
  psychologist = await story.as('psychologist')
  senco = await story.as('senco')
  cora = await story.as('coordinator')
})
afterAll(() => story.close())

const post = (who: Reader, url: string, fields: Record<string, string>) =>
  who.post(url, { idempotencyKey: randomUUID(), ...fields })
const comments = () =>
  story.record.owner.selectFrom('draft_adviser_comment').selectAll().orderBy('sent_at').execute()

test('a professional says something of the lines of their own advice, once, and reads the answer', async () => {
  const address = `/professional/drafts/${draft}`
  const page = await psychologist.get(address)
  expect(page.text).toContain('Long talk is hard to follow.')
  expect(page.text).not.toContain('The family alone knows this.')
  expect(page.text).toContain('You are shown the lines that came of your advice')
  for (const id of [working, randomUUID(), 'x'])
    expect((await psychologist.get(`/professional/drafts/${id}`)).status).toBe(404)

  const bare = await post(psychologist, address, { [`words-${advised}`]: 'Add: in noise' })
  expect(bare.status).toBe(422)
  expect(bare.html).toContain('Add: in noise')
  expect((await post(psychologist, address, {})).text).toContain('Say something of at least one line')
  const sent = await post(psychologist, address, {
    [`stance-${advised}`]: 'change',
    [`words-${advised}`]: 'Add: in noise <b>',
  })
  expect(sent.status, sent.text).toBe(303)
  // A line that is not theirs is no field of theirs.
  await post(psychologist, address, { [`stance-${own}`]: 'agree', [`stance-${advised}`]: 'agree' })
  expect((await comments()).map((one) => one.part_id)).toEqual([advised, advised])

  const office = await cora.get(`/staff/cases/${story.processId}/adviser-comments`)
  expect(office.text).toContain('2 comments have no answer')
  expect(office.html).toContain('Add: in noise &lt;b>')
  const [first] = await comments()
  const answering = `/staff/cases/${story.processId}/adviser-comments/${first!.id}`
  expect((await post(cora, answering, {})).text).toContain('Write the answer to the comment')
  expect((await post(cora, answering, { words: 'We will add it.' })).status).toBe(303)
  expect((await post(cora, answering, { words: 'Another' })).text).toContain('Somebody else has answered')
  expect((await psychologist.get(address)).text).toContain('We will add it.')
})

test('a setting that was consulted comments on all of it; what comes after the time is taken, and said to be late', async () => {
  story.today('2026-11-20')
  const address = `/setting/drafts/${draft}`
  const page = await senco.get(address)
  expect(page.text).toContain('The family alone knows this.')
  expect(page.text).not.toContain('Add: in noise')
  expect(page.text).toContain('We take what you say, and mark it as late')
  expect(
    (await post(senco, address, { 'stance-all': 'question', 'words-all': 'Who gives it?' })).status,
  ).toBe(303)
  expect((await cora.get(`/staff/cases/${story.processId}/adviser-comments`)).text).toContain(
    'after the 15 days',
  )
  const facts = await story.record.owner
    .selectFrom('case_event')
    .select('payload')
    .where('kind', '=', 'professional_comment')
    .orderBy('seq')
    .execute()
  expect(facts.at(-1)?.payload).toMatchObject({ comments: 1, late: true })
  expect(JSON.stringify(facts)).not.toContain('Who gives it')
})

test('the database alone: nobody comments for somebody else, on a line or a version that is not theirs', async () => {
  const [one] = await comments()
  const as = (
    who: keyof typeof STORY_PEOPLE,
    part: string | null,
    version: string,
    account = STORY_PEOPLE[who].id,
  ) =>
    asViewer(story.record.db, { accountId: STORY_PEOPLE[who].id, today: '2026-11-20' }, (trx) =>
      trx
        .insertInto('draft_adviser_comment')
        .values({
          child_id: story.childId,
          process_id: story.processId,
          version_id: version,
          part_id: part,
          account_id: account,
          stance: 'agree',
          words: '',
          sent_on: '2026-11-20',
          last_day: '2026-11-20',
          event_id: one!.event_id,
        })
        .execute(),
    )
  const refused = /row-level security/
  await expect(as('psychologist', own, draft)).rejects.toThrow(refused)
  await expect(as('psychologist', advised, working)).rejects.toThrow(refused)
  await expect(as('psychologist', advised, draft, STORY_PEOPLE.coordinator.id)).rejects.toThrow(refused)
  await expect(as('parent', advised, draft)).rejects.toThrow(refused)
  await expect(as('healthLead', advised, draft)).rejects.toThrow(refused)
  const sees = (who: keyof typeof STORY_PEOPLE) =>
    asViewer(story.record.db, { accountId: STORY_PEOPLE[who].id, today: '2026-11-20' }, async (trx) => [
      (await trx.selectFrom('draft_adviser_comment').select('id').execute()).length,
      (await trx.selectFrom('draft_adviser_answer').select('comment_id').execute()).length,
    ])
  expect(await sees('psychologist')).toEqual([2, 1])
  expect(await sees('senco')).toEqual([1, 0])
  for (const who of ['parent', 'healthLead', 'board', 'administrator'] as const)
    expect(await sees(who), who).toEqual([0, 0])
})

test('a setting reads the draft it was sent with its consultation, and no other version', async () => {
  const another = await sendAnother()
  expect((await senco.get(`/setting/drafts/${draft}`)).status).toBe(200)
  for (const id of [working, another]) expect((await senco.get(`/setting/drafts/${id}`)).status, id).toBe(404)
  expect((await psychologist.get(`/professional/drafts/${another}`)).text).toContain('Long talk')
})
