import type { Database } from '../../db/connection.ts'
import { asOwner } from '../../db/viewer.ts'
import { type FileService, sweepIncoming } from './file-service.ts'

const HOUR = 3_600_000
/** What an upload that was cut off leaves behind goes after this long; no upload takes longer. */
export const INCOMING_KEPT_MS = 2 * HOUR
/** Content that no row names is left for a day: its row may be about to be written. */
export const ORPHANS_KEPT_MS = 24 * HOUR
const AT_ONCE = 20

/**
 * What is done about files without anybody asking: those that waited for the scanner are offered to it again, what uploads
 * left behind is swept, and content that no file names any more goes.
 */
export async function keepFiles(
  owner: Database,
  files: FileService,
  signal?: AbortSignal,
  now = Date.now(),
): Promise<{ readonly checked: number; readonly swept: number; readonly orphans: number }> {
  return {
    checked: await checkWaiting(owner, files, signal),
    swept: await sweepIncoming(files, INCOMING_KEPT_MS, now),
    orphans: await sweepOrphans(owner, files, now, signal),
  }
}

/** Offers to the scanner what waits, and what was taken in before there was one. One that is away is asked again next time. */
export async function checkWaiting(
  owner: Database,
  files: FileService,
  signal?: AbortSignal,
): Promise<number> {
  const { scanner } = files
  if (!scanner) return 0
  const waiting = await asOwner(owner, (trx) =>
    trx
      .selectFrom('stored_file')
      .select('sha256')
      .where('state', 'in', ['quarantined', 'not-scanned'])
      .groupBy('sha256')
      // Longest unasked first, so that one the scanner cannot take never keeps the rest waiting.
      .orderBy((order) => order.fn.min('checked_at'))
      .limit(AT_ONCE)
      .execute(),
  )
  if (waiting.length === 0 || !(await scanner.isThere())) return 0
  let checked = 0
  for (const { sha256 } of waiting) {
    if (signal?.aborted || sha256 === null) break
    const scanned = await scanner.scan((await files.store.read(sha256)) as AsyncIterable<Buffer>)
    if (scanned.found === 'no-answer') {
      await asOwner(owner, (trx) =>
        trx
          .updateTable('stored_file')
          .set({ state_why: scanned.why, checked_at: new Date().toISOString() })
          .where('sha256', '=', sha256)
          .where('state', 'in', ['quarantined', 'not-scanned'])
          .execute(),
      )
      continue
    }
    const isClean = scanned.found === 'nothing'
    await asOwner(owner, (trx) =>
      trx
        .updateTable('stored_file')
        .set({
          state: isClean ? 'clean' : 'infected',
          state_why: isClean ? null : scanned.signature,
          checked_at: new Date().toISOString(),
        })
        .where('sha256', '=', sha256)
        // Bytes that hold malware hold it under every name.
        .where(
          'state',
          'in',
          isClean ? ['quarantined', 'not-scanned'] : ['quarantined', 'not-scanned', 'clean'],
        )
        .execute(),
    )
    if (!isClean) await files.store.remove(sha256)
    checked++
  }
  return checked
}

/** Removes content that no file names: taken back, found infected, or never recorded because the server stopped. */
export async function sweepOrphans(
  owner: Database,
  files: FileService,
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  let removed = 0
  for await (const { sha256, putAt } of files.store.list()) {
    if (signal?.aborted) break
    if (now - putAt.getTime() < ORPHANS_KEPT_MS) continue
    const named = await asOwner(owner, (trx) =>
      trx
        .selectFrom('stored_file')
        .select('id')
        .where('sha256', '=', sha256)
        .where('state', 'in', ['quarantined', 'clean', 'not-scanned'])
        .limit(1)
        .executeTakeFirst(),
    )
    if (named) continue
    await files.store.remove(sha256)
    removed++
  }
  return removed
}
