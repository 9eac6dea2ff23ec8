import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Database, DatabaseLocation } from '../../db/connection.ts'
import { asOwner } from '../../db/viewer.ts'
import { type JobKind, runJob } from './run-job.ts'

/** The queue's own tables: the owner's alone. The application's login has no right in this schema. */
export const QUEUE_SCHEMA = 'clearway_jobs'
const QUEUE = 'job'
const RETRIES = 5

export interface JobKeeping {
  readonly owner: Database
  /** Where the owner's login connects: on a server the queue is pg-boss's, embedded it is this process's own. */
  readonly location: DatabaseLocation
  readonly kinds: readonly JobKind[]
  readonly onProblem: (text: string) => void
  readonly everyMs?: number
  /** How long a silent server is waited for before another takes its job. Ten at the least. */
  readonly heartbeatSeconds?: number
}

export interface Jobs {
  /** Waits for the piece of work in hand; what is not finished goes on from its cursor at the next start. */
  stop(): Promise<void>
}

/** Runs the jobs that people and the calendar ask for, until stopped. Start it once in each server. */
export async function keepJobs(keeping: JobKeeping): Promise<Jobs> {
  return keeping.location.engine === 'postgres'
    ? byPgBoss(keeping, keeping.location.url)
    : inThisProcess(keeping)
}

/** Repeats, a while after it last ended, until stopped. */
function repeat(
  everyMs: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const again = (): void => {
    if (stopped) return
    timer = setTimeout(() => {
      running = work().catch(onError).finally(again)
    }, everyMs)
    timer.unref()
  }
  again()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}

const saying =
  (keeping: JobKeeping, what: string) =>
  (error: unknown): void =>
    keeping.onProblem(
      `${what} failed and will be tried again: ${error instanceof Error ? `${error.name} ${(error as { code?: string }).code ?? ''}`.trim() : 'unknown'}`,
    )

async function byPgBoss(keeping: JobKeeping, url: string): Promise<Jobs> {
  const heartbeatSeconds = keeping.heartbeatSeconds ?? 30
  const boss = new PgBoss({
    connectionString: url,
    schema: QUEUE_SCHEMA,
    application_name: 'clearway jobs',
    max: 3,
    schedule: false,
    superviseIntervalSeconds: Math.min(heartbeatSeconds, 30),
    monitorIntervalSeconds: Math.min(heartbeatSeconds, 30),
  })
  boss.on('error', saying(keeping, 'The queue of jobs'))
  // Makes or renews its schema under a lock of its own: several servers starting take turns.
  await boss.start()
  await boss.createQueue(QUEUE, {
    retryLimit: RETRIES,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 3600,
    heartbeatSeconds,
    expireInSeconds: 6 * 3600,
  })
  const stopping = new AbortController()
  await boss.work<{ id: string }>(
    QUEUE,
    { batchSize: 1, includeMetadata: true, pollingIntervalSeconds: 1 },
    async ([job]) => {
      if (!job) return
      const end = await runJob(keeping.owner, keeping.kinds, job.data.id, {
        signal: stopping.signal,
        isLastTry: job.retryCount >= RETRIES,
      })
      if (end === 'stopped-for-now') throw new Error('the server stopped')
    },
  )
  let isFirst = true
  /** Hands over what was asked for. At start also what was handed over before: a restored record has an empty queue. */
  const handOver = async (): Promise<void> => {
    const { rows } = await asOwner(keeping.owner, (trx) =>
      sql<{ id: string }>`select id from job_progress
        where (state = 'waiting' and handed_at is null) or (${isFirst} and state in ('waiting', 'running')) order by asked_at limit 200`.execute(
        trx,
      ),
    )
    for (const { id } of rows) {
      // The row's own number is the job's: handed over twice it is there once.
      await boss.send(QUEUE, { id }, { id })
      await asOwner(keeping.owner, (trx) =>
        sql`update job_progress set handed_at = now() where id = ${id}`.execute(trx),
      )
    }
    isFirst = false
  }
  const stopHandingOver = repeat(keeping.everyMs ?? 1_000, handOver, saying(keeping, 'Handing a job over'))
  return {
    stop: async () => {
      stopping.abort()
      await stopHandingOver()
      await boss.stop({ graceful: true, timeout: 30_000, close: true })
    },
  }
}

/** For the training authority, whose database one process holds: the rows themselves are the queue, and take their turn. */
function inThisProcess(keeping: JobKeeping): Jobs {
  const stopping = new AbortController()
  const tries = new Map<string, { count: number; notBefore: number }>()
  const stop = repeat(
    keeping.everyMs ?? 1_000,
    async () => {
      const { rows } = await asOwner(keeping.owner, (trx) =>
        sql<{
          id: string
        }>`select id from job_progress where state in ('waiting', 'running') order by asked_at limit 20`.execute(
          trx,
        ),
      )
      for (const { id } of rows) {
        if (stopping.signal.aborted) return
        const before = tries.get(id) ?? { count: 0, notBefore: 0 }
        if (performance.now() < before.notBefore) continue
        tries.set(id, { count: before.count + 1, notBefore: performance.now() + 5_000 * 2 ** before.count })
        await runJob(keeping.owner, keeping.kinds, id, {
          signal: stopping.signal,
          isLastTry: before.count >= RETRIES,
        }).catch(saying(keeping, 'A job'))
      }
    },
    saying(keeping, 'Looking for jobs'),
  )
  return {
    stop: async () => {
      stopping.abort()
      await stop()
    },
  }
}
