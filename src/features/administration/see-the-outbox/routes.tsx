import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { findAuthority } from '../../../platform/authority.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { MessagePage, OutboxPage, PATH } from './page.tsx'
import { findBatches, findJobs, findMessage, findOutbox, findStates, PAGE_SIZE } from './queries.ts'
import { STATES } from './words.ts'

const APPROVERS: readonly Role[] = ['locality-head', 'send-manager']
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The outbox for staff; what may be done with a message; and the door every message leads through. */
export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: PATH,
    access: { who: 'roles', roles: [...caseReaders, 'administrator'] },
    touches: 'children',
    handle: showOutbox,
  },
  {
    method: 'GET',
    url: `${PATH}/:messageId`,
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: showMessage,
  },
  act(
    'stop',
    (trx, id) => sql<{ ok: boolean }>`select cancel_message(${id}::uuid) as ok`.execute(trx),
    'Stopped: it will not be sent.',
  ),
  act(
    'settle',
    (trx, id, context) =>
      sql<{
        ok: boolean
      }>`select settle_message(${id}::uuid, ${context.form['didGo'] === 'yes'}) as ok`.execute(trx),
    'Written down.',
  ),
  actOnBatch(
    'approve',
    APPROVERS,
    (trx, id) => sql<{ many: number | null }>`select approve_message_batch(${id}::uuid) as many`.execute(trx),
    (many) => `Approved: ${many} go in ten minutes, and can be called back until then.`,
  ),
  actOnBatch(
    'recall',
    caseworkers,
    (trx, id) =>
      sql<{ many: number | null }>`select recall_message_batch(${id}::uuid, 'called back') as many`.execute(
        trx,
      ),
    (many) => `Called back: ${many} were stopped before they went.`,
  ),
  { method: 'GET', url: '/m/:id', access: { who: 'signed-in' }, touches: 'nothing', handle: openMessage },
]

async function showOutbox(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const isAdministrator = viewer.role === 'administrator'
  const state = Object.hasOwn(STATES, context.query['state'] ?? '') ? context.query['state'] : undefined
  const batch = UUID.test(context.query['batch'] ?? '') ? context.query['batch'] : undefined
  const page = Math.min(Math.max(Number.parseInt(context.query['page'] ?? '1', 10) || 1, 1), 1000)
  const found = await context.read('messages out', async (trx, saw) => {
    const rows = isAdministrator ? await findStates(trx) : await findOutbox(trx, { state, batch, page })
    saw([...new Set(rows.flatMap((row) => (row.about_child ? [row.about_child] : [])))])
    return {
      rows,
      batches: isAdministrator ? [] : await findBatches(trx),
      jobs: await findJobs(trx),
      isTraining: (await findAuthority(trx))?.mode === 'training',
    }
  })
  return {
    page: {
      title: 'Messages out',
      wide: true,
      main: (
        <OutboxPage
          {...found}
          rows={isAdministrator ? found.rows : found.rows.slice(0, PAGE_SIZE)}
          hasMore={!isAdministrator && found.rows.length > PAGE_SIZE}
          viewerId={viewer.accountId}
          mayApprove={APPROVERS.includes(viewer.role)}
          isAdministrator={isAdministrator}
          state={state}
          batch={batch}
          page={page}
          csrfToken={viewer.csrfToken}
        />
      ),
    },
  }
}

async function showMessage(context: Context): Promise<Answer> {
  const id = context.params['messageId'] ?? ''
  if (!UUID.test(id)) return { missing: true }
  const message = await context.read('a message sent out', async (trx, saw) => {
    const found = await findMessage(trx, id)
    if (found?.about_child) saw(found.about_child)
    return found
  })
  if (!message) return { missing: true }
  return {
    page: {
      title: 'A message out',
      main: <MessagePage message={message} csrfToken={viewerOf(context).csrfToken} />,
      backLink: { href: PATH, text: 'Messages out' },
    },
  }
}

/** Something done with one message that has not gone, or may not have. */
function act(
  what: string,
  change: (trx: Trx, id: string, context: Context) => Promise<{ rows: { ok: boolean }[] }>,
  notice: string,
): Route {
  return {
    method: 'POST',
    url: `${PATH}/:messageId/${what}`,
    access: { who: 'roles', roles: caseworkers },
    touches: 'children',
    handle: async (context) => {
      const id = context.params['messageId'] ?? ''
      if (!UUID.test(id)) return { missing: true }
      const result = await context.command(`${what}-message`, async (trx, changed) => {
        const message = await findMessage(trx, id)
        if (!message) return { ok: false, errors: [{ field: '', text: 'gone' }] }
        changed(message.about_child!)
        const { rows } = await change(trx, id, context)
        return {
          ok: true,
          redirect: `${PATH}/${id}`,
          notice: rows[0]!.ok ? notice : 'Too late: it had already gone or been stopped.',
        }
      })
      return result.ok
        ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
        : { missing: true }
    },
  }
}

function actOnBatch(
  what: string,
  roles: readonly Role[],
  change: (trx: Trx, id: string) => Promise<{ rows: { many: number | null }[] }>,
  said: (many: number) => string,
): Route {
  return {
    method: 'POST',
    url: `${PATH}/batches/:batchId/${what}`,
    access: { who: 'roles', roles },
    touches: 'nothing',
    handle: async (context) => {
      const id = context.params['batchId'] ?? ''
      if (!UUID.test(id)) return { missing: true }
      const result = await context.command(`${what}-message-batch`, async (trx) => {
        const { many } = (await change(trx, id)).rows[0]!
        return many === null
          ? { ok: false, errors: [{ field: '', text: 'not for this person, or done before' }] }
          : { ok: true, redirect: PATH, notice: said(many) }
      })
      return result.ok
        ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
        : { missing: true }
    },
  }
}

/** Where the link in every message leads: on to its page, for the person it was sent to, which counts as read. */
async function openMessage(context: Context): Promise<Answer> {
  const id = context.params['id'] ?? ''
  if (!UUID.test(id)) return { missing: true }
  const path = await context.read('a message’s page', async (trx) => {
    const { rows } = await sql<{ path: string | null }>`select message_opened(${id}::uuid) as path`.execute(
      trx,
    )
    return rows[0]!.path
  })
  return path ? { redirect: path } : { missing: true }
}
