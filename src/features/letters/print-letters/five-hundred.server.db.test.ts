import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../../db/connection.ts'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner } from '../../../db/viewer.ts'
import { stopComposer } from '../../../documents/compose/index.ts'
import { findPdfTool } from '../../../documents/compose/pdf-tools.test-data.ts'
import { type JobKind, keepJobs } from '../../../platform/jobs/index.ts'
import { buildServer } from '../../../platform/server.ts'
import { toHtml } from '../../../ui/govuk/index.ts'
import { type FamilyStory, familyStory } from '../../family/try-family/index.ts'
import { printLettersJob, routes } from './index.ts'
import { makePostedLetters } from './letters.test-data.ts'

const TODAY = '2026-10-26'
let story: FamilyStory

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
        drawPage: (page) => `<main>${toHtml(page.main)}</main>`,
      }),
    { today: TODAY },
  )
  await makePostedLetters(story.record.owner, {
    childId: story.childId,
    by: STORY_PEOPLE.coordinator.id,
    on: TODAY,
    count: 500,
  })
})
afterAll(async () => {
  await stopComposer()
  await story.close()
})

/** A server of its own, which keeps jobs until it is stopped. */
function server(wrap: (job: JobKind) => JobKind = (job) => job) {
  const url = story.record.urls!.owner
  const owner = connect({ engine: 'postgres', url, maxConnections: 2 })
  const jobs = keepJobs({
    owner,
    location: { engine: 'postgres', url },
    kinds: [wrap(printLettersJob(owner))],
    onProblem: () => {},
    everyMs: 50,
  })
  return {
    stop: async () => {
      await (await jobs).stop()
      await owner.destroy()
    },
  }
}
const progress = () =>
  asOwner(story.record.owner, (trx) =>
    trx
      .selectFrom('job_progress')
      .select(['done', 'total', 'state', 'attempt'])
      .where('kind', '=', 'print-letters')
      .executeTakeFirstOrThrow(),
  )

test('500 letters: two people ask at once, a server is stopped in the middle, and each letter is printed exactly once', async () => {
  const [cora, manager] = [await story.as('coordinator'), await story.as('manager')]
  const seen = /name="seen" value="([0-9a-f]{64})"/.exec((await cora.get('/staff/letters-to-post')).html)![1]!
  const asked = await Promise.all(
    [cora, manager].map((who) =>
      who.post('/staff/letters-to-post', { days: '7', kind: '', seen, idempotencyKey: randomUUID() }),
    ),
  )
  expect(asked.map((answer) => answer.status).toSorted()).toEqual([303, 422])
  const run = asked.find((answer) => answer.status === 303)!.location
  const maker = asked[0]!.status === 303 ? cora : manager
  expect(
    (await asOwner(story.record.owner, (trx) => trx.selectFrom('letter_in_run').selectAll().execute()))
      .length,
  ).toBe(500)

  // The first server is stopped while it looks at the letters.
  const first = server((job) => ({
    ...job,
    run: (running) =>
      job.run({
        ...running,
        progress: async (now) => {
          await running.progress(now)
          await new Promise((resolve) => setTimeout(resolve, 150))
        },
      }),
  }))
  await expect.poll(async () => (await progress()).done, { timeout: 30_000 }).toBeGreaterThan(99)
  await first.stop()
  const atStop = await progress()
  expect(atStop.done).toBeLessThan(500)
  expect(atStop.state).toBe('running')
  expect((await maker.get(run)).text).toContain(`${atStop.done} of 500`)

  const second = server()
  await expect.poll(async () => (await progress()).state, { timeout: 60_000 }).toBe('done')
  await second.stop()
  expect(await progress()).toMatchObject({ done: 500, total: 500 })
  const rows = await asOwner(story.record.owner, (trx) =>
    sql<{
      laid: number
      pdfs: number
      bytes: number
    }>`select (select count(*) from letter_in_run where laid_at is not null) as laid,
      (select count(*) from letter_run where pdf is not null) as pdfs, (select length(pdf) from letter_run where pdf is not null) as bytes`.execute(
      trx,
    ),
  )
  expect(rows.rows[0]).toMatchObject({ laid: 500, pdfs: 1 })

  await asOwner(story.record.owner, (trx) =>
    sql`update letter_run set may_print_from = now(), approved_by = ${STORY_PEOPLE.localityHead.id}, approved_at = now()`.execute(
      trx,
    ),
  )
  const pdf = await story.app.inject({ url: `${run}/letters.pdf`, headers: { cookie: maker.cookie } })
  expect(pdf.statusCode).toBe(200)
  const tool = findPdfTool('pdftotext')
  if (tool) {
    const text = execFileSync(tool, ['-', '-'], {
      input: pdf.rawPayload,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    const found = [...text.matchAll(/Our reference: (R-\d{4})/g)].map((one) => one[1])
    expect(found).toHaveLength(500)
    expect(new Set(found).size).toBe(500)
  }
})
