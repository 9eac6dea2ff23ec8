import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner, asViewer } from '../../../db/viewer.ts'
import { openFiles, readFilesConfig } from '../../../platform/files/index.ts'
import { buildServer } from '../../../platform/server.ts'
import { toHtml } from '../../../ui/govuk/index.ts'
import { type FamilyStory, familyStory, type Reader } from '../../family/try-family/index.ts'
import { findPlan, loadParts } from '../the-plan/index.ts'
import { makePlanToRead } from '../try-plan/index.ts'
import { routes } from './index.ts'
import { loadWorking } from './load.ts'
import { toWord } from './to-word.ts'

/** An appeal about what Amara's plan says: her mother here, her solicitor by Word, Cora for the council. */
let story: FamilyStory
let folder: string
let cora: Reader
let parent: Reader
let planId: string
let final: string
let lineId: string
let id: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'working-'))
  story = await familyStory(
    (record, clock) =>
      buildServer({
        db: record.db,
        clock,
        routes,
        files: openFiles(readFilesConfig({}, folder)),
        secureCookies: false,
        hsts: false,
        log: false,
        onFailure: (line) => console.error(line),
        drawPage: (page) => `<title>${page.title}</title><main>${toHtml(page.main)}</main>`,
      }),
    { today: '2026-12-02' },
  )
  const eventId = await story.happens('final_issued', '2026-12-02')
  const made = await makePlanToRead(story.record.owner, {
    ...story,
    eventId,
    by: STORY_PEOPLE.coordinator.id,
    draftOn: '2026-11-30',
    finalOn: '2026-12-02',
  })
  planId = made.planId
  final = made.final!
  lineId = made.lineId
  cora = await story.as('coordinator')
  parent = await story.as('parent')
})
afterAll(async () => {
  await story.close()
  await rm(folder, { recursive: true })
})

const key = () => ({ idempotencyKey: randomUUID() })
const at = (more = ''): string => `/staff/working-documents/${id}${more}`
const family = (more = ''): string => `/family/children/${story.childId}/working-document${more}`
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const working = () => asOwner(story.record.owner, async (trx) => (await loadWorking(trx, id))!)
const theLine = async () =>
  (await working()).paragraphs.find((one) => one.partId === lineId && one.field === 'words')!

/** Sends a file as a browser does. */
async function upload(bytes: Uint8Array, name = 'back.docx', party = 'family') {
  const boundary = 'x-working'
  const field = (one: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${one}"\r\n\r\n${value}\r\n`
  const payload = Buffer.concat([
    Buffer.from(
      field('_csrf', cora.csrf) +
        field('idempotencyKey', randomUUID()) +
        field('party', party) +
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const answer = await story.app.inject({
    method: 'POST',
    url: at('/returns'),
    headers: { cookie: cora.cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  })
  return { status: answer.statusCode, html: answer.body, location: String(answer.headers.location ?? '') }
}

test('the council begins it from the final plan; the family reads it with the key', async () => {
  expect((await parent.get(family())).text).toContain('There is none yet')
  const begun = await cora.post(`/staff/plans/${planId}/working-document`, {
    ...key(),
    version: final,
    appealNumber: 'EH999/26/00001',
  })
  expect(begun.status).toBe(303)
  id = begun.location.split('/').at(-1)!
  const page = await parent.get(family())
  expect(page.text).toContain('appeal EH999/26/00001')
  expect(page.text).toContain(
    'Bold and struck through: Words the parents or the young person ask to take out',
  )
  expect(page.text).toContain('A therapist works with her alone.')
  const again = await cora.post(`/staff/plans/${planId}/working-document`, { ...key(), version: final })
  expect(again.location).toBe(begun.location)
})

describe('Both sides propose and answer', () => {
  test('the mother writes a line as it should be; it shows in her type, with words for those who do not see it', async () => {
    const { number } = await theLine()
    const page = await parent.get(family(`/paragraphs/${number}`))
    const sent = await parent.post(family(`/paragraphs/${number}`), {
      ...key(),
      do: 'wish',
      was: hidden(page.html, 'was'),
      wanted: 'A qualified therapist works with her alone each week.\u0000',
      evidence: 'Vale, p.12, para. 4',
    })
    expect(sent.status, sent.text).toBe(303)
    const seen = await cora.get(at(`/paragraphs/${number}`))
    expect(seen.html).toContain('<strong>qualified </strong>')
    // Browsers underline it, and underlined is the type of what both sides agree.
    expect(seen.html).not.toContain('<ins')
    expect(seen.text).toContain('(the family asks to put in: qualified')
    expect(seen.text).toContain('Vale, p.12, para. 4')
    const changes = (await theLine()).changes
    expect(changes.map(({ words }) => words)).toEqual(['qualified ', ' each week'])
  })

  test('a page that has gone stale, no change at all, and an answer to one’s own are refused with what was typed', async () => {
    const { number, changes } = await theLine()
    const stale = await cora.post(at(`/paragraphs/${number}`), {
      ...key(),
      do: 'wish',
      was: 'old',
      wanted: 'My words',
      for: 'authority',
    })
    expect(stale.status).toBe(422)
    expect(stale.html).toContain('My words')
    const was = hidden((await parent.get(family(`/paragraphs/${number}`))).html, 'was')
    const own = await parent.post(family(`/paragraphs/${number}`), {
      ...key(),
      do: 'answer',
      was,
      change: changes[0]!.id,
      answer: 'agreed',
    })
    expect(own.text).toContain('not yours to answer')
    const same = await cora.post(at(`/paragraphs/${number}`), {
      ...key(),
      do: 'wish',
      was,
      wanted: 'A therapist works with her alone.',
      for: 'authority',
    })
    expect(same.text).toContain('Change the words')
  })

  test('the council agrees to one of the two', async () => {
    const { number, changes } = await theLine()
    const was = hidden((await cora.get(at(`/paragraphs/${number}`))).html, 'was')
    const agreed = await cora.post(at(`/paragraphs/${number}`), {
      ...key(),
      do: 'answer',
      was,
      change: changes[1]!.id,
      answer: 'agreed',
    })
    expect(agreed.status).toBe(303)
    expect((await parent.get(family())).html).toContain('<u> each week</u>')
  })

  test('the rows of one side are added by nobody of the other, and no row is changed or taken away', async () => {
    const line = await theLine()
    const as = (who: 'parent' | 'advocate' | 'senco' | 'psychologist') => ({
      accountId: STORY_PEOPLE[who].id,
      today: '2026-12-02',
    })
    const row = (who: 'parent' | 'advocate' | 'senco' | 'psychologist', party: string) =>
      asViewer(story.record.db, as(who), (trx) =>
        trx
          .insertInto('working_change')
          .values({
            document_id: id,
            child_id: story.childId,
            paragraph_id: line.id,
            party,
            from_at: 0,
            to_at: 1,
            proposed_by: STORY_PEOPLE[who].id,
            proposed_on: '2026-12-02',
          })
          .execute(),
      )
    await expect(row('parent', 'authority')).rejects.toThrow(/row-level security/)
    await expect(row('senco', 'family')).rejects.toThrow(/row-level security/)
    for (const who of ['senco', 'psychologist'] as const)
      expect(await asViewer(story.record.db, as(who), (trx) => loadWorking(trx, id))).toBeUndefined()
    await expect(
      asViewer(story.record.db, as('parent'), (trx) =>
        trx.updateTable('working_change').set({ words: 'x' }).where('id', '=', line.changes[0]!.id).execute(),
      ),
    ).rejects.toThrow(/permission denied/)
    const beyond = asOwner(story.record.owner, (trx) =>
      trx
        .insertInto('working_change')
        .values({
          document_id: id,
          child_id: story.childId,
          paragraph_id: line.id,
          party: 'family',
          from_at: 0,
          to_at: 9999,
          proposed_by: STORY_PEOPLE.parent.id,
          proposed_on: '2026-12-02',
        })
        .execute(),
    )
    await expect(beyond).rejects.toThrow(/within its paragraph/)
  })
})

describe('In Word', () => {
  test('a version is made, and the same file back says nothing', async () => {
    expect((await cora.post(at('/versions'), key())).status).toBe(303)
    const file = await story.app.inject({
      url: at('/versions/1/working-document.docx'),
      headers: { cookie: cora.cookie },
    })
    expect(file.statusCode).toBe(200)
    expect(file.headers['content-disposition']).not.toContain('Amara')
    const back = await upload(file.rawPayload)
    expect(back.status, back.html).toBe(303)
    expect((await cora.get(back.location)).text).toContain('Nothing in it differs from what was sent')
  })

  test('the solicitor’s copy: each change is chosen before anything is written', async () => {
    const before = await working()
    const line = await theLine()
    const theirs = {
      id,
      number: 1,
      on: '2026-12-02',
      childName: 'Amara Okafor',
      bornOn: '2016-04-01',
      appealNumber: '',
      headings: {},
      paragraphs: before.paragraphs.map((one) =>
        one.number === line.number
          ? {
              ...one,
              changes: [
                ...one.changes,
                {
                  id: 'new',
                  by: 'family' as const,
                  from: one.words.indexOf('alone'),
                  to: one.words.indexOf('alone') + 5,
                  words: 'one to one',
                  state: 'open' as const,
                  evidence: 'Smith, p.40',
                },
              ].map((change) => ({ ...change, evidence: change.evidence })),
            }
          : one,
      ),
    }
    const back = await upload(await toWord(theirs))
    expect(back.status, back.html).toBe(303)
    const page = await cora.get(back.location)
    expect(page.text).toContain('Take out alone')
    expect(page.text).toContain('Put in one to one')
    expect(page.text).toContain('Smith, p.40')
    expect((await theLine()).changes).toHaveLength(line.changes.length)
    expect((await cora.post(back.location, key())).text).toContain('Choose what to do with number 1')
    const written = await cora.post(back.location, { ...key(), 'finding-0': 'take' })
    expect(written.status, written.text).toBe(303)
    expect((await theLine()).changes.at(-1)).toMatchObject({
      by: 'family',
      words: 'one to one',
      how: 'word',
      evidence: 'Smith, p.40',
    })
    expect((await cora.post(back.location, { ...key(), 'finding-0': 'take' })).status).toBe(303)
    expect((await theLine()).changes).toHaveLength(line.changes.length + 1)
  })

  test('another child’s copy, a text in disguise and no file are refused in words, and nothing is kept', async () => {
    const other = await toWord({
      id: randomUUID(),
      number: 1,
      on: '2026-12-02',
      childName: 'X',
      bornOn: '2016-04-01',
      appealNumber: '',
      headings: {},
      paragraphs: [],
    })
    const rows = async () =>
      (await story.record.owner.selectFrom('working_return').select('id').execute()).length
    const before = await rows()
    expect((await upload(other)).html).toContain('another working document')
    expect((await upload(new TextEncoder().encode('only words'))).status).toBe(422)
    expect((await upload(new Uint8Array())).status).toBe(422)
    expect((await upload(other, 'x.docx', 'nobody')).html).toContain('Choose who sent it')
    expect(await rows()).toBe(before)
  })
})

test('what is agreed goes into the plan when the tribunal has ordered it, and the document is closed', async () => {
  const form = { ground: 'ordered', 'on-day': '2', 'on-month': '12', 'on-year': '2026' }
  const future = await cora.post(at('/take'), { ...key(), ...form, 'on-year': '2027' })
  expect(future.text).toContain('must be today or earlier')
  const taken = await cora.post(at('/take'), { ...key(), ...form })
  expect(taken.status, taken.text).toBe(303)
  const parts = await asOwner(story.record.owner, async (trx) =>
    loadParts(trx, (await findPlan(trx, planId))!.id),
  )
  const line = parts.find((part) => part.partId === lineId)
  // Only what was agreed: the rest stays as the plan had it.
  expect(line?.kind === 'provision' && line.content.words).toBe('A therapist works with her alone each week.')
  const { number } = await theLine()
  const late = await parent.post(family(`/paragraphs/${number}`), {
    ...key(),
    do: 'wish',
    was: '',
    wanted: 'x',
  })
  expect(late.text).toContain('closed')
  expect((await parent.get(family())).text).toContain('The tribunal made its order')
})
