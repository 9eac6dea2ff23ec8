import type { Database } from '../../db/connection.ts'
import { asOwner } from '../../db/viewer.ts'
import { hashOf } from './file-service.ts'
import type { FileStore } from './store.ts'

export interface FilesReport {
  readonly ok: boolean
  /** Contents that rows name. */
  readonly named: number
  /** Of them, those there and as their hash says. */
  readonly checked: number
  /** One row of each content that is not there, or is not what its hash says. */
  readonly missing: readonly string[]
  readonly changed: readonly string[]
}

/** Reads every content a row names and compares it with its hash. Slow as the disk is, flat in memory. */
export async function verifyFiles(owner: Database, store: FileStore): Promise<FilesReport> {
  const rows = await asOwner(owner, (trx) =>
    trx
      .selectFrom('stored_file')
      .select(['sha256', 'size_bytes', 'id'])
      .distinctOn('sha256')
      .where('state', 'in', ['quarantined', 'clean', 'not-scanned'])
      .orderBy('sha256')
      .execute(),
  )
  const missing: string[] = []
  const changed: string[] = []
  for (const { sha256, size_bytes, id } of rows) {
    const size = await store.sizeOf(sha256!)
    if (size === undefined) missing.push(id)
    else if (
      size !== size_bytes ||
      (await hashOf((await store.read(sha256!)) as AsyncIterable<Buffer>)) !== sha256
    )
      changed.push(id)
  }
  return {
    ok: missing.length + changed.length === 0,
    named: rows.length,
    checked: rows.length - missing.length - changed.length,
    missing,
    changed,
  }
}
