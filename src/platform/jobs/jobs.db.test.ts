import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FreshRecord, freshRecord } from '../../db/testing/fresh-record.ts'
import { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { asOwner, asViewer, SYSTEM_ACCOUNT } from '../../db/viewer.ts'
import { CANARIES, FAMILY, makeFamily } from '../messages/testing/a-family.ts'
import { askForReminders, type JobKind, JobProblem, keepJobs, remindersJob, startJob } from './index.ts'
import { runJob } from './run-job.ts'

const TODAY = '2026-11-23'
let record: FreshRecord

beforeAll(async () => {
  record = await freshRecord()
  await makeFamily(record.owner, TODAY)
})
afterAll(() => record.close())
beforeEach(async () => {
  await record.owner.deleteFrom('job_progress').execute()
  await record.owner.deleteFrom('message').execute()
  await record.owner.deleteFrom('deadline').execute()
})

const coordinator = STORY_PEOPLE.coordinator.id
const start = (key: string, data: Record<string, unknown> = {}): Promise<string | undefined> =>
  asViewer(record.db, { accountId: coordinator, today: TODAY }, (trx) =>
    startJob(trx, { kind: 'count', key, about: 'Counting', data, startedBy: coordinator }),
  )
const rows = () => record.owner.selectFrom('job_progress').selectAll().orderBy('asked_at').execute()
const never = new AbortController().signal
const location = () =>
  record.urls
    ? ({ engine: 'postgres', url: record.urls.owner } as const)
    : ({ engine: 'embedded', folder: 'memory' } as const)

describe('a job', () => {
  test('is asked for with the command or not at all, once for its key', async () => {
    await expect(
      asViewer(record.db, { accountId: coordinator, today: TODAY }, async (trx) => {
        await startJob(trx, { kind: 'count', key: 'k', about: 'x', startedBy: coordinator })
        throw new Error('the command fails')
      }),
    ).rejects.toThrow('the command fails')
    expect(await rows()).toEqual([])
    expect(await start('k')).toBeDefined()
    expect(await start('k')).toBeUndefined()
    expect(await rows()).toHaveLength(1)
  })

  test('is asked for in nobody else’s name, and its progress is written by no page', async () => {
    await expect(
      asViewer(record.db, { accountId: coordinator, today: TODAY }, (trx) =>
        startJob(trx, { kind: 'count', key: 'k', about: 'x', startedBy: STORY_PEOPLE.manager.id }),
      ),
    ).rejects.toThrow('row-level security')
    await start('k')
    for (const change of [{ state: 'done' }, { done: 5 }])
      await expect(
        asViewer(record.db, { accountId: coordinator, today: TODAY }, (trx) =>
          trx.updateTable('job_progress').set(change).execute(),
        ),
      ).rejects.toThrow('permission denied')
  })

  test('runs by itself and says how it went; a second kind of failure is told in plain words', async () => {
    const ran: string[] = []
    const count: JobKind = {
      kind: 'count',
      run: async (job) => {
        ran.push(job.id)
        await job.progress({ total: 2, done: 2 })
        return 'counted two'
      },
    }
    const id = await start('k')
    const jobs = await keepJobs({
      owner: record.owner,
      location: location(),
      kinds: [count],
      onProblem: () => {},
      everyMs: 20,
    })
    await expect.poll(async () => (await rows())[0]?.state, { timeout: 15_000 }).toBe('done')
    await jobs.stop()
    expect(ran).toEqual([id])
    expect((await rows())[0]).toMatchObject({ total: 2, done: 2, result: 'counted two' })
  })

  test('goes on from where a server stopped, and the one thought dead writes nothing more', async () => {
    const id = (await start('k'))!
    const done: string[] = []
    let wake = (): void => {}
    const piece = (server: string, sleepsAt?: number): JobKind => ({
      kind: 'count',
      run: async (job) => {
        for (let n = Number(job.cursor ?? 0); n < 5; n++) {
          if (n === sleepsAt)
            await new Promise<void>((resolve) => {
              wake = resolve
            })
          await job.progress({ cursor: String(n + 1), done: n + 1 })
          done.push(`${server}${n}`)
        }
        return server
      },
    })
    const first = runJob(record.owner, [piece('a', 3)], id, { signal: never, isLastTry: false })
    await expect.poll(() => done.length).toBe(3)
    expect(await runJob(record.owner, [piece('b')], id, { signal: never, isLastTry: false })).toBe('done')
    wake()
    expect(await first).toBe('not-ours')
    expect(done).toEqual(['a0', 'a1', 'a2', 'b3', 'b4'])
    expect((await rows())[0]).toMatchObject({ state: 'done', result: 'b', done: 5, attempt: 2 })
    expect(await runJob(record.owner, [piece('c')], id, { signal: never, isLastTry: false })).toBe('not-ours')
  })

  test('that fails says so: its own words when it has some, never those of an error with a record in it', async () => {
    const id = (await start('k'))!
    const failing = (error: Error): JobKind => ({
      kind: 'count',
      run: async () => {
        throw error
      },
    })
    const run = (error: Error, isLastTry: boolean) =>
      runJob(record.owner, [failing(error)], id, { signal: never, isLastTry }).catch(
        (thrown: Error) => thrown.name,
      )
    await run(new JobProblem('The file has no rows'), false)
    expect((await rows())[0]).toMatchObject({
      state: 'running',
      problem: 'The file has no rows: it will be tried again',
    })
    await run(new TypeError('duplicate key (Zebedee)'), true)
    expect((await rows())[0]).toMatchObject({ state: 'failed', problem: 'a fault of ours (TypeError)' })
  })
})

describe('the reminders of a day', () => {
  const deadline = (rule: string, due_on: string, change: Record<string, unknown> = {}) =>
    record.owner
      .insertInto('deadline')
      .values({
        process_id: FAMILY.process,
        child_id: FAMILY.child,
        rule,
        occurrence: 1,
        display: 'statutory',
        actor: 'local authority',
        state: 'open',
        due_on,
        ...change,
      })
      .execute()
  const remind = async (today: string): Promise<void> => {
    await askForReminders(record.owner, today)
    await askForReminders(record.owner, today)
    for (const { id } of await asOwner(record.owner, (trx) =>
      trx.selectFrom('job_progress').select('id').where('state', '=', 'waiting').execute(),
    ))
      await runJob(record.owner, [remindersJob(record.owner)], id, { signal: never, isLastTry: true })
  }
  const told = async () =>
    await record.owner
      .selectFrom('message')
      .select(['template', 'recipient_name', 'body'])
      .orderBy('template')
      .orderBy('recipient_name')
      .execute()

  test('five days before, once, however often the day is looked at', async () => {
    await deadline('decision-to-assess', '2026-11-28')
    await deadline('final-plan', '2027-01-28')
    await remind(TODAY)
    await remind(TODAY)
    await remind('2026-11-24')
    const messages = await told()
    expect(messages.map(({ template, recipient_name }) => `${template} ${recipient_name}`)).toEqual([
      'due-soon Cora Coombes',
    ])
    expect(messages[0]!.body).toContain('This is due by 28 November 2026: a decision whether to assess.')
    expect((await rows()).map(({ key, state, started_by }) => [key, state, started_by])).toEqual([
      ['reminders:2026-11-23', 'done', SYSTEM_ACCOUNT],
      ['reminders:2026-11-24', 'done', SYSTEM_ACCOUNT],
    ])
  })

  test('an adviser by the date of the law, however long ago they were asked; never where it is lifted', async () => {
    const ask = (adviser: string, account: string) =>
      record.owner
        .insertInto('advice_request')
        .values({
          process_id: FAMILY.process,
          child_id: FAMILY.child,
          head: 'psychological',
          adviser,
          adviser_account: account,
          asked_on: '2026-10-01',
        })
        .execute()
    await ask('Priya Elwood', STORY_PEOPLE.psychologist.id)
    await ask('Hetty Health', STORY_PEOPLE.healthProfessional.id)
    await deadline('advice-response', '2026-11-27', { about: 'psychological: Priya Elwood' })
    await deadline('advice-response', '2026-11-27', {
      about: 'psychological: Hetty Health',
      occurrence: 2,
      lifted: true,
    })
    await remind(TODAY)
    const messages = (await told()).filter(({ template }) => template === 'due-soon')
    expect(messages.map(({ recipient_name }) => recipient_name)).toEqual([STORY_PEOPLE.psychologist.name])
    expect(messages[0]!.body).toContain('This is due by 27 November 2026: the advice you were asked for.')
  })

  test('a date the council missed is told honestly to those who may be told, and to nobody barred', async () => {
    await deadline('final-plan', '2026-11-22')
    await remind(TODAY)
    await remind('2026-11-24')
    const messages = await told()
    expect(messages.map(({ template, recipient_name }) => `${template} ${recipient_name}`)).toEqual([
      'date-missed Paula Marsh',
      'date-missed Petra Post',
      'date-missed Phil Phone',
    ])
    expect(messages[0]!.body).toContain(
      'We had until 22 November 2026 to send you the final plan. We have not done it. We are sorry.',
    )
    expect(messages[0]!.body).toContain('Ombudsman')
    for (const name of CANARIES) for (const { body } of messages) expect(body).not.toContain(name)
  })

  test('not for what an exception lifted, what is done, or what was missed long ago', async () => {
    await deadline('final-plan', '2026-11-20', { lifted: true })
    await deadline('decision-to-assess', '2026-11-20', { state: 'done' })
    await deadline('review-decision', '2026-01-20')
    await remind(TODAY)
    expect(await told()).toEqual([])
  })
})
