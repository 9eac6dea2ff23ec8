import { sql } from 'kysely'
import type { Database } from '../../db/connection.ts'
import { asOwner } from '../../db/viewer.ts'

/** A job at work. */
export interface RunningJob {
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
  readonly startedBy: string
  /** How far a server that stopped had got, in this job's own terms. */
  readonly cursor: string | undefined
  readonly done: number
  readonly failed: number
  /** Asked to stop: finish the piece in hand, write down how far you got, and return. */
  readonly signal: AbortSignal
  /** Writes down how far it got. Do so after each piece that must not be done twice. */
  progress(now: {
    readonly total?: number
    readonly done?: number
    readonly failed?: number
    readonly cursor?: string
  }): Promise<void>
}

/** What the product does in the background. It may be stopped at any point and is started again from its cursor. */
export interface JobKind {
  readonly kind: string
  /** @returns what came of it, in words for the person who started it */
  run(job: RunningJob): Promise<string | undefined>
}

/** Thrown by a job with words that a person may read. */
export class JobProblem extends Error {
  override readonly name = 'JobProblem'
}

/** Another server has taken the job over: this one's hands are off it. */
class TakenOver extends Error {
  override readonly name = 'TakenOver'
}

export type JobEnd = 'done' | 'stopped-for-now' | 'not-ours'

interface Taken {
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
  readonly started_by: string
  readonly cursor: string | null
  readonly done: number
  readonly failed: number
  readonly attempt: number
}

/**
 * Runs one job from where it was left. Each taking counts, and only the last taker may write: a server thought dead that
 * wakes up again finds itself taken over at its next step.
 * @param isLastTry when it fails now it has failed for good
 * @throws whatever the job threw, for the queue to try again later
 */
export async function runJob(
  owner: Database,
  kinds: readonly JobKind[],
  id: string,
  options: { readonly signal: AbortSignal; readonly isLastTry: boolean },
): Promise<JobEnd> {
  const { rows } = await asOwner(owner, (trx) =>
    sql<Taken>`update job_progress set state = 'running', attempt = attempt + 1, problem = null
      where id = ${id} and state in ('waiting', 'running')
      returning kind, data, started_by, cursor, done, failed, attempt`.execute(trx),
  )
  const taken = rows[0]
  if (!taken) return 'not-ours'
  const write = async (change: ReturnType<typeof sql>): Promise<void> => {
    const result = await asOwner(owner, (trx) =>
      sql`update job_progress set ${change} where id = ${id} and attempt = ${taken.attempt} and state = 'running'`.execute(
        trx,
      ),
    )
    if (result.numAffectedRows === 0n) throw new TakenOver('another server has this job')
  }
  const kind = kinds.find((one) => one.kind === taken.kind)
  try {
    if (!kind) throw new JobProblem('this version of the program does not know this kind of work')
    const result = await kind.run({
      id,
      data: taken.data,
      startedBy: taken.started_by,
      cursor: taken.cursor ?? undefined,
      done: taken.done,
      failed: taken.failed,
      signal: options.signal,
      progress: ({ total, done, failed, cursor }) =>
        write(sql`total = coalesce(${total ?? null}::integer, total), done = coalesce(${done ?? null}::integer, done),
          failed = coalesce(${failed ?? null}::integer, failed), cursor = coalesce(${cursor ?? null}::text, cursor)`),
    })
    if (options.signal.aborted) return 'stopped-for-now'
    await write(sql`state = 'done', result = ${result ?? null}, ended_at = now()`)
    return 'done'
  } catch (error) {
    if (error instanceof TakenOver) return 'not-ours'
    if (options.signal.aborted) return 'stopped-for-now'
    // Other errors may hold what was in a record: only their kind is kept.
    const words =
      error instanceof JobProblem
        ? error.message
        : `a fault of ours (${error instanceof Error ? error.name : 'unknown'})`
    await write(
      options.isLastTry
        ? sql`state = 'failed', problem = ${words}, ended_at = now()`
        : sql`problem = ${`${words}: it will be tried again`}`,
    ).catch(() => {})
    throw error
  }
}
