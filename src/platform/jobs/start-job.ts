import type { Trx } from '../../db/viewer.ts'

export interface JobToStart {
  readonly kind: string
  /** Names this job, so that it is started once: asking again gives the first. */
  readonly key: string
  /** In a few words, for the list people see. Never a child's name. */
  readonly about: string
  /** What the job needs to know: ids and choices, never names. */
  readonly data?: Readonly<Record<string, unknown>>
  readonly startedBy: string
}

/**
 * Asks for a job in a command's own transaction: it runs when that is kept, and never if it is not.
 * @returns its id, or undefined when the key was used before
 */
export async function startJob(trx: Trx, job: JobToStart): Promise<string | undefined> {
  const row = await trx
    .insertInto('job_progress')
    .values({
      kind: job.kind,
      key: job.key,
      about: job.about,
      data: JSON.stringify(job.data ?? {}),
      started_by: job.startedBy,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}
