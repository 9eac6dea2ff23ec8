import { sql } from 'kysely'
import { refreshChild } from '../../../db/case-history/index.ts'
import type { Database } from '../../../db/connection.ts'
import { asOwner, type Trx } from '../../../db/viewer.ts'
import { LetterRefused } from '../../../documents/letters/index.ts'
import type { JobKind } from '../../../platform/jobs/index.ts'
import { NotTheirs, writeAccess } from '../../../platform/relationships.ts'
import { consultOnCase, findPapers } from '../../assessment/consult-settings/index.tsx'
import { loadCase } from '../../assessment/the-case/index.ts'

export const COHORT_JOB = 'cohort-consultation'

interface Waiting {
  readonly process_id: string
  readonly setting_urn: string
}

/**
 * Consults for each child of a cohort in a transaction of its own, as the person who asked: the fact, the letter, the papers and
 * the row that says so stand or fall together. Stopped anywhere, it goes on with those that still wait; none is done twice.
 */
export const cohortJob = (owner: Database): JobKind => ({
  kind: COHORT_JOB,
  run: async (job) => {
    const cohort = String(job.data['cohort'])
    const today = String(job.data['day'])
    const { rows } = await asOwner(owner, (trx) =>
      sql<
        Waiting & { state: string }
      >`select process_id, setting_urn, state from cohort_child where cohort_id = ${cohort}
        order by process_id, setting_urn`.execute(trx),
    )
    const before = rows.filter((row) => row.state !== 'waiting').length
    let at = before
    for (const row of rows.filter((one) => one.state === 'waiting')) {
      if (job.signal.aborted) return undefined
      await consultOne(owner, { cohort, today, by: job.startedBy }, row)
      at++
      await job.progress({ total: rows.length, done: at })
    }
    const { rows: ends } = await asOwner(owner, (trx) =>
      sql<{
        consulted: number
      }>`select count(*) filter (where state = 'consulted')::int as consulted from cohort_child where cohort_id = ${cohort}`.execute(
        trx,
      ),
    )
    const consulted = ends[0]?.consulted ?? 0
    return `${consulted} consulted, ${rows.length - consulted} not`
  },
})

/**
 * A transaction in the name of the person who asked. A job has the owner's login, which row security does not bind: whether the
 * child is still theirs is asked by the first wall, which writes the access log, before anything is kept.
 */
const inTheNameOf = <T>(
  owner: Database,
  by: string,
  today: string,
  work: (trx: Trx) => Promise<T>,
): Promise<T> =>
  asOwner(owner, async (trx) => {
    await sql`select set_config('clearway.viewer', ${by}, true), set_config('clearway.today', ${today}, true)`.execute(
      trx,
    )
    return work(trx)
  })

/** Thrown to undo what was begun for a child, with the words to keep. */
class NotConsulted extends Error {}

const NOT_THEIRS = 'The case is closed, or no longer within the reach of whoever asked'

async function consultOne(
  owner: Database,
  about: { readonly cohort: string; readonly today: string; readonly by: string },
  row: Waiting,
): Promise<void> {
  const { cohort, today, by } = about
  try {
    await inTheNameOf(owner, by, today, async (trx) => {
      const file = await loadCase(trx, row.process_id, { forUpdate: true })
      if (!file || file.process.closedOn !== null) throw new NotConsulted(NOT_THEIRS)
      // Behind the lock of the child: another server may have done it meanwhile.
      const mine = await trx
        .selectFrom('cohort_child')
        .select('state')
        .where('cohort_id', '=', cohort)
        .where('process_id', '=', row.process_id)
        .where('setting_urn', '=', row.setting_urn)
        .forUpdate()
        .executeTakeFirst()
      if (mine?.state !== 'waiting') return
      const done = await consultOnCase(
        { trx, file, today, by },
        {
          settings: [row.setting_urn],
          on: today,
          how: 'email',
          papers: await findPapers(trx, file.child.id, file.process.id),
        },
      )
      if (!done.ok) throw new NotConsulted(done.errors[0]?.text ?? 'It could not be consulted')
      await trx
        .updateTable('cohort_child')
        .set({ state: 'consulted', event_id: done.ids[0]! })
        .where('cohort_id', '=', cohort)
        .where('process_id', '=', row.process_id)
        .where('setting_urn', '=', row.setting_urn)
        .execute()
      await refreshChild(trx, file.child.id, today)
      await writeAccess(
        trx,
        { accountId: by, door: 'staff' },
        { childIds: new Set([file.child.id]), what: COHORT_JOB, outcome: 'changed', today },
      )
    })
  } catch (error) {
    const said =
      error instanceof NotTheirs
        ? NOT_THEIRS
        : error instanceof NotConsulted || error instanceof LetterRefused
          ? error.message
          : null
    if (said === null) throw error
    await asOwner(owner, (trx) =>
      sql`update cohort_child set state = 'not-consulted', said = ${said} where cohort_id = ${cohort}
        and process_id = ${row.process_id} and setting_urn = ${row.setting_urn} and state = 'waiting'`.execute(
        trx,
      ),
    )
  }
}
