import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { startJob } from '../../../platform/jobs/index.ts'
import {
  type Answer,
  type Context,
  caseworkers,
  EXPORTS,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { PRINT_LETTERS } from './job.ts'
import { RUNS, RunPage, WAITING, WaitingPage } from './page.tsx'
import { findRun, findRuns, findWaiting, lettersOfRun, seenHash, wantedFrom } from './queries.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const APPROVERS: readonly Role[] = ['locality-head', 'send-manager']
const MISSING: Answer = { missing: true }

async function waitingPage(
  context: Context,
  typed: Readonly<Record<string, string | undefined>>,
  error?: string,
): Promise<Answer> {
  const wanted = wantedFrom(typed)
  const found = await context.read('letters that wait to be printed', async (trx, saw) => {
    const letters = await findWaiting(trx, wanted, context.today)
    saw([...new Set(letters.map((letter) => letter.child_id))])
    return { letters, runs: await findRuns(trx) }
  })
  return {
    page: {
      title: 'Letters to post',
      wide: true,
      hasErrors: error !== undefined,
      status: error === undefined ? 200 : 422,
      main: (
        <WaitingPage
          {...found}
          wanted={wanted}
          seen={seenHash(found.letters)}
          error={error}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
        />
      ),
    },
  }
}

async function makeRun(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const wanted = wantedFrom(context.form)
  const result = await context.command('letters to post: made a run', async (trx, changed) => {
    const letters = await findWaiting(trx, wanted, context.today)
    const refuse = (text: string) => ({ ok: false, errors: [{ field: '', text }] }) as const
    if (letters.length === 0) return refuse('No letters wait to be printed')
    if (seenHash(letters) !== context.form['seen'])
      return refuse('The letters that wait have changed. Look at the list again, then print')
    const id = randomUUID()
    await trx
      .insertInto('letter_run')
      .values({
        id,
        key: `run:${id}`,
        letters: letters.length,
        made_by: viewer.accountId,
        made_on: context.today,
      })
      .execute()
    const taken = await trx
      .insertInto('letter_in_run')
      .values(
        letters.map((letter, index) => ({
          run_id: id,
          document_id: letter.id,
          child_id: letter.child_id,
          position: index + 1,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('document_id')
      .execute()
    if (taken.length < letters.length)
      return refuse('Somebody else has just taken some of these letters. Look at the list again, then print')
    const { rows } = await sql<{ ok: boolean }>`select close_letter_run(${id}::uuid) as ok`.execute(trx)
    if (!rows[0]?.ok) throw new Error('a run of letters was not closed')
    for (const childId of new Set(letters.map((letter) => letter.child_id))) changed(childId)
    await startJob(trx, {
      kind: PRINT_LETTERS,
      key: `${PRINT_LETTERS}:${id}`,
      about: `${letters.length} letters to post`,
      data: { run: id },
      startedBy: viewer.accountId,
    })
    return { ok: true, redirect: `${RUNS}/${id}` }
  })
  return result.ok
    ? { redirect: result.redirect }
    : waitingPage(context, context.form, result.errors[0]?.text)
}

async function runPage(context: Context): Promise<Answer> {
  const id = context.params['run'] ?? ''
  if (!UUID.test(id)) return MISSING
  const found = await context.read('a run of letters to post', async (trx, saw) => {
    const run = await findRun(trx, id)
    if (!run) return undefined
    const letters = await lettersOfRun(trx, id)
    saw([...new Set(letters.map((letter) => letter.child_id))])
    return { run, letters }
  })
  if (!found) return MISSING
  const viewer = viewerOf(context)
  return {
    page: {
      title: 'Letters to post: one run',
      wide: true,
      backLink: { href: WAITING, text: 'Letters to post' },
      main: (
        <RunPage
          {...found}
          mayApprove={APPROVERS.includes(viewer.role) && viewer.accountId !== found.run.made_by}
          csrfToken={context.csrfToken}
        />
      ),
    },
  }
}

const act =
  (what: 'approve' | 'recall', done: string, tooLate: string) =>
  async (context: Context): Promise<Answer> => {
    const id = context.params['run'] ?? ''
    if (!UUID.test(id)) return MISSING
    const result = await context.command(`letters to post: ${what}`, async (trx, changed) => {
      if (!(await findRun(trx, id))) return { ok: false, errors: [] }
      for (const { child_id } of await lettersOfRun(trx, id)) changed(child_id)
      const { rows } = await (what === 'approve'
        ? sql<{ ok: boolean }>`select approve_letter_run(${id}::uuid) as ok`.execute(trx)
        : sql<{ ok: boolean }>`select recall_letter_run(${id}::uuid) as ok`.execute(trx))
      return { ok: true, redirect: `${RUNS}/${id}`, notice: rows[0]?.ok ? done : tooLate }
    })
    return result.ok
      ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
      : MISSING
  }

async function pdf(context: Context): Promise<Answer> {
  const id = context.params['run'] ?? ''
  if (!UUID.test(id)) return MISSING
  const made = await context.read('letters to post as pdf', async (trx, saw) => {
    const { rows } = await sql<{
      pdf: Uint8Array | null
    }>`select print_letter_run(${id}::uuid) as pdf`.execute(trx)
    if (!rows[0]?.pdf) return undefined
    saw([...new Set((await lettersOfRun(trx, id)).map((letter) => letter.child_id))])
    return rows[0].pdf
  })
  return made
    ? { file: { name: `letters-${id.slice(0, 8)}.pdf`, type: 'application/pdf', body: made } }
    : MISSING
}

const staff = { who: 'roles', roles: caseworkers } as const

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: WAITING,
    access: staff,
    touches: 'children',
    handle: (context) => waitingPage(context, context.query),
  },
  { method: 'POST', url: WAITING, access: staff, touches: 'children', limit: EXPORTS, handle: makeRun },
  { method: 'GET', url: `${RUNS}/:run`, access: staff, touches: 'children', handle: runPage },
  {
    method: 'GET',
    url: `${RUNS}/:run/letters.pdf`,
    access: staff,
    touches: 'children',
    limit: EXPORTS,
    handle: pdf,
  },
  {
    method: 'POST',
    url: `${RUNS}/:run/approve`,
    access: { who: 'roles', roles: APPROVERS },
    touches: 'children',
    handle: act(
      'approve',
      'Approved. They can be printed in ten minutes, and called back until they are.',
      'Not approved: it was approved or called back before, or you made it.',
    ),
  },
  {
    method: 'POST',
    url: `${RUNS}/:run/recall`,
    access: staff,
    touches: 'children',
    handle: act(
      'recall',
      'Called back. Its letters wait to be printed again.',
      'Too late: it was printed or called back before.',
    ),
  },
]
