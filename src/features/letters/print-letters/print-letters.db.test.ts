import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner, asViewer } from '../../../db/viewer.ts'
import { stopComposer } from '../../../documents/compose/index.ts'
import { runJob } from '../../../platform/jobs/run-job.ts'
import { buildServer } from '../../../platform/server.ts'
import { toHtml } from '../../../ui/govuk/index.ts'
import { type FamilyStory, familyStory, type Reader } from '../../family/try-family/index.ts'
import { printLettersJob, routes } from './index.ts'
import { makePostedLetters } from './letters.test-data.ts'

const TODAY = '2026-10-26'
let story: FamilyStory
let coordinator: Reader
let manager: Reader

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
    { today: TODAY },
  )
  await makePostedLetters(story.record.owner, {
    childId: story.childId,
    by: STORY_PEOPLE.coordinator.id,
    on: TODAY,
    count: 12,
  })
  coordinator = await story.as('coordinator')
  manager = await story.as('manager')
})
afterAll(async () => {
  await stopComposer()
  await story.close()
})

const seenIn = (html: string): string => /name="seen" value="([0-9a-f]{64})"/.exec(html)![1]!
const make = async (): Promise<string> => {
  const page = await coordinator.get('/staff/letters-to-post')
  const made = await coordinator.post('/staff/letters-to-post', {
    days: '7',
    kind: '',
    seen: seenIn(page.html),
    idempotencyKey: randomUUID(),
  })
  expect(made.status).toBe(303)
  return made.location
}
const runJobs = async (): Promise<void> => {
  const waiting = await asOwner(story.record.owner, (trx) =>
    trx.selectFrom('job_progress').select('id').where('state', '=', 'waiting').execute(),
  )
  for (const { id } of waiting)
    await runJob(story.record.owner, [printLettersJob(story.record.owner)], id, {
      signal: new AbortController().signal,
      isLastTry: true,
    })
}
const tenMinutesPass = () =>
  asOwner(story.record.owner, (trx) =>
    sql`update letter_run set may_print_from = may_print_from - interval '10 minutes'`.execute(trx),
  )

test('twelve letters are seen first, need a second person, can be called back for ten minutes, and are then printed', async () => {
  const list = await coordinator.get('/staff/letters-to-post')
  expect(list.text).toContain('12 letters')
  expect(list.text).toContain('Somebody else must approve this run.')
  const run = await make()
  await runJobs()
  expect((await coordinator.get(run)).text).toContain('Waits for a second person')
  expect((await coordinator.get(`${run}/letters.pdf`)).status).toBe(404)
  expect((await coordinator.post(`${run}/approve`, { idempotencyKey: randomUUID() })).status).toBe(403)
  await manager.post(`${run}/approve`, { idempotencyKey: randomUUID() })
  expect((await coordinator.get(run)).text).toContain('Can be called back')
  expect((await coordinator.get(`${run}/letters.pdf`)).status).toBe(404)
  await tenMinutesPass()
  expect((await coordinator.get(run)).text).toContain('Ready to print')
  const pdf = await story.app.inject({ url: `${run}/letters.pdf`, headers: { cookie: coordinator.cookie } })
  expect(pdf.headers['content-type']).toBe('application/pdf')
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  await coordinator.post(`${run}/recall`, { idempotencyKey: randomUUID() })
  expect((await coordinator.get(run)).text).toContain('Printed')
  expect((await coordinator.get('/staff/letters-to-post')).text).toContain('No letters wait')
})

test('a run that is called back gives its letters to another; one made of an old list is not made', async () => {
  await makePostedLetters(story.record.owner, {
    childId: story.childId,
    by: STORY_PEOPLE.coordinator.id,
    on: TODAY,
    from: 13,
    count: 3,
  })
  const before = await coordinator.get('/staff/letters-to-post')
  const run = await make()
  await runJobs()
  const again = await coordinator.post('/staff/letters-to-post', {
    days: '7',
    kind: '',
    seen: seenIn(before.html),
    idempotencyKey: randomUUID(),
  })
  expect(again.status).toBe(422)
  await coordinator.post(`${run}/recall`, { idempotencyKey: randomUUID() })
  expect((await coordinator.get(run)).text).toContain('Called back')
  await tenMinutesPass()
  expect((await coordinator.get(`${run}/letters.pdf`)).status).toBe(404)
  expect((await coordinator.get('/staff/letters-to-post')).text).toContain('3 letters')
})

test('a letter that is not as it was sent is left out, and said', async () => {
  const [letter] = await asOwner(story.record.owner, (trx) =>
    trx.selectFrom('document').select('id').where('recipient_name', '=', 'Reader 14').execute(),
  )
  await asOwner(story.record.owner, (trx) =>
    trx.updateTable('document').set({ sha256: 'x' }).where('id', '=', letter!.id).execute(),
  )
  const run = await make()
  await runJobs()
  expect((await coordinator.get(run)).text).toContain('Left out of the file')
  const rows = await asOwner(story.record.owner, (trx) =>
    trx
      .selectFrom('letter_in_run')
      .select(['problem', 'laid_at'])
      .where('run_id', '=', run.split('/').at(-1)!)
      .execute(),
  )
  expect(rows.filter((row) => row.problem !== null)).toHaveLength(1)
  expect(rows.filter((row) => row.laid_at !== null)).toHaveLength(2)
})

test('the second wall alone: nobody outside the office reads a run, and no page writes what was printed', async () => {
  const as = (who: keyof typeof STORY_PEOPLE) => ({ accountId: STORY_PEOPLE[who].id, today: TODAY })
  for (const who of ['parent', 'senco', 'psychologist'] as const)
    for (const table of ['letter_run', 'letter_in_run'])
      expect(
        (
          await asViewer(story.record.db, as(who), (trx) =>
            sql`select 1 from ${sql.table(table)}`.execute(trx),
          )
        ).rows,
      ).toEqual([])
  for (const change of ['pdf = null', 'printed_at = now()', 'may_print_from = now()', 'letters = 1'])
    await expect(
      asViewer(story.record.db, as('manager'), (trx) =>
        sql.raw(`update letter_run set ${change}`).execute(trx),
      ),
    ).rejects.toThrow('permission denied')
  await expect(
    asViewer(story.record.db, as('manager'), (trx) => sql`select pdf from letter_run`.execute(trx)),
  ).rejects.toThrow('permission denied')
})

test('a second account is not a second person: whoever made a run does not approve it under another', async () => {
  await makePostedLetters(story.record.owner, {
    childId: story.childId,
    by: STORY_PEOPLE.coordinator.id,
    on: TODAY,
    from: 40,
    count: 10,
  })
  const run = await make()
  const isPerson = (of: string) =>
    asOwner(story.record.owner, (trx) =>
      sql`update account set person_id = ${of} where id = ${STORY_PEOPLE.manager.id}`.execute(trx),
    )
  const [own, makers] = await asOwner(story.record.owner, async (trx) =>
    Promise.all(
      [STORY_PEOPLE.manager.id, STORY_PEOPLE.coordinator.id].map(
        async (id) =>
          (await trx.selectFrom('account').select('person_id').where('id', '=', id).executeTakeFirstOrThrow())
            .person_id,
      ),
    ),
  )
  await isPerson(makers!)
  await manager.post(`${run}/approve`, { idempotencyKey: randomUUID() })
  expect((await manager.get(run)).text).not.toContain('Approved by')
  await isPerson(own!)
  await manager.post(`${run}/approve`, { idempotencyKey: randomUUID() })
  expect((await manager.get(run)).text).toContain('Approved by Maya Sterling')
})
