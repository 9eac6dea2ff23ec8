import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { LawSettings } from '../../law/index.ts'
import type { Database } from '../connection.ts'
import { loadLawSettings } from '../law-settings/index.ts'
import { asOwner, type Trx } from '../viewer.ts'
import { cachesOf, type ProcessCaches } from './caches.ts'
import { columnDifferences, type Difference, deadlineDifferences } from './differences.ts'

export type { Difference } from './differences.ts'

export interface RebuildOptions {
  /** The authority's day, ISO: what is open, lapsed or closed is judged on it. */
  readonly today: string
  /** Only children with an open process: enough when the day changes. */
  readonly onlyOpen?: boolean
  /** Left out: the authority's own, as they stand on the day. */
  readonly settings?: LawSettings
  /** Stops between two batches; what is done is done. */
  readonly signal?: AbortSignal
  readonly onProgress?: (done: { readonly children: number; readonly of: number }) => void
  readonly childrenAtATime?: number
}

export interface RebuildReport {
  readonly children: number
  readonly processes: number
  /** Processes whose caches were wrong, and (unless only checked) have been put right. */
  readonly differing: number
}

/**
 * Computes every cache again from the facts and writes those that differ, a batch of children to a transaction. Stopped at
 * any point, what is done is done, and running it again does the rest. A batch gives way to people at work: it takes their
 * locks in turn for a moment only, and tries again. Needs the owner's login.
 */
export function rebuildDeadlines(owner: Database, options: RebuildOptions): Promise<RebuildReport> {
  return walk(owner, options, async (wrong, settings) => {
    if (wrong.length > 0)
      await putRight(
        owner,
        wrong.map((process) => process.childId),
        { today: options.today, settings },
      )
  })
}

/** Computes every cache again and writes nothing. */
export function checkDeadlines(
  owner: Database,
  options: RebuildOptions & { readonly onDifference?: (difference: Difference) => void },
): Promise<RebuildReport> {
  return walk(owner, options, async (wrong) => {
    for (const process of wrong) {
      for (const difference of [...columnDifferences(process), ...deadlineDifferences(process)])
        options.onDifference?.(difference)
    }
  })
}

const isWrong = (process: ProcessCaches): boolean =>
  columnDifferences(process).length > 0 || deadlineDifferences(process).length > 0

async function walk(
  owner: Database,
  options: RebuildOptions,
  onWrong: (wrong: readonly ProcessCaches[], settings: LawSettings) => Promise<void>,
): Promise<RebuildReport> {
  const settings = options.settings ?? (await asOwner(owner, (trx) => loadLawSettings(trx, options.today)))
  const atATime = options.childrenAtATime ?? 200
  const open = options.onlyOpen
    ? sql`exists (select from process p where p.child_id = child.id and p.closed_on is null)`
    : sql`true`
  const { rows: counted } = await sql<{
    children: number
  }>`select count(*) as children from child where ${open}`.execute(owner)
  const of = counted[0]!.children
  let [last, children, processes, differing] = ['00000000-0000-0000-0000-000000000000', 0, 0, 0]
  for (;;) {
    if (options.signal?.aborted) return { children, processes, differing }
    const batch = await owner
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        const { rows } = await sql<{
          id: string
        }>`select id from child where id > ${last}::uuid and ${open} order by id limit ${sql.lit(atATime)}`.execute(
          trx,
        )
        const ids = rows.map((row) => row.id)
        return {
          ids,
          found: ids.length === 0 ? [] : await cachesOf(trx, ids, options.today, settings),
        }
      })
    if (batch.ids.length === 0) return { children, processes, differing }
    const wrong = batch.found.filter(isWrong)
    await onWrong(wrong, settings)
    children += batch.ids.length
    processes += batch.found.length
    differing += wrong.length
    last = batch.ids.at(-1)!
    options.onProgress?.({ children, of: Math.max(of, children) })
  }
}

const TRIES = 12
/** Lock not to be had at once, deadlock, serialization failure: somebody is at work on one of these cases. */
const BUSY: ReadonlySet<string | undefined> = new Set(['55P03', '40P01', '40001'])

async function putRight(
  owner: Database,
  childIds: readonly string[],
  { today, settings }: { readonly today: string; readonly settings: LawSettings },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await owner.transaction().execute(async (trx) => {
        await holdStill(trx, childIds)
        for (const process of await cachesOf(trx, childIds, today, settings)) await writeCaches(trx, process)
      })
      return
    } catch (error) {
      if (attempt >= TRIES || !BUSY.has((error as { code?: string }).code)) throw error
      await sleep(Math.min(1_000, 20 * 2 ** attempt))
    }
  }
}

/** No fact is added to these children while their caches are written. Waits less than the server takes to look for a deadlock, so that it is never a person's command that loses. */
async function holdStill(trx: Trx, childIds: readonly string[]): Promise<void> {
  await sql`set local lock_timeout = '300ms'`.execute(trx)
  await sql`select from process where child_id = any (${childIds}::uuid[]) order by id for update`.execute(
    trx,
  )
  await sql`select from child_chain where child_id = any (${childIds}::uuid[]) order by child_id for update`.execute(
    trx,
  )
}

async function writeCaches(trx: Trx, process: ProcessCaches): Promise<void> {
  if (columnDifferences(process).length > 0)
    await trx.updateTable('process').set(process.computed.columns).where('id', '=', process.id).execute()
  if (deadlineDifferences(process).length === 0) return
  await trx.deleteFrom('deadline').where('process_id', '=', process.id).execute()
  if (process.computed.deadlines.length > 0)
    await trx
      .insertInto('deadline')
      .values([...process.computed.deadlines])
      .execute()
}
