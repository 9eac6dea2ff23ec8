import type { Selectable } from 'kysely'
import type { StoredFile as Row } from '../../db/types.ts'
import type { Trx } from '../../db/viewer.ts'
import { findKind, type Sort } from './kinds.ts'

export type FileState = 'quarantined' | 'clean' | 'not-scanned' | 'infected' | 'refused' | 'removed'

/** What a person is told of a file's state. */
export const STATES = {
  quarantined: 'Waiting to be checked for viruses',
  clean: 'Checked for viruses',
  'not-scanned': 'Not checked for viruses',
  infected: 'Not kept: it held a virus',
  refused: 'Not kept',
  removed: 'Taken back',
} as const satisfies Record<FileState, string>

/** A file as features see it: never its place, never its hash. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly type: string
  readonly sort: Sort
  /** What its name should end in: `pdf`. */
  readonly ending: string
  /** "PDF document". */
  readonly kindWords: string
  readonly state: FileState
  readonly stateWhy: string | null
  readonly uploadedBy: string
  readonly uploadedOn: string
  readonly onBehalfOf: string | null
  readonly childId: string | null
  readonly processId: string | null
  readonly about: string
  readonly aboutId: string | null
  readonly releasedOn: string | null
  readonly releasedTo: readonly string[]
  /** Its content may be opened: it passed the checks. */
  readonly canOpen: boolean
}

export const toStoredFile = (row: Selectable<Row>): StoredFile => {
  const kind = findKind(row.type)
  const state = row.state as FileState
  return {
    id: row.id,
    name: row.name,
    size: row.size_bytes,
    type: row.type ?? 'application/octet-stream',
    sort: kind?.sort ?? 'document',
    ending: kind?.endings[0] ?? 'bin',
    kindWords: kind?.words ?? 'file',
    state,
    stateWhy: row.state_why,
    uploadedBy: row.uploaded_by,
    uploadedOn: row.uploaded_on,
    onBehalfOf: row.on_behalf_of,
    childId: row.child_id,
    processId: row.process_id,
    about: row.about,
    aboutId: row.about_id,
    releasedOn: row.released_on,
    releasedTo: row.released_to,
    canOpen: state === 'clean' || state === 'not-scanned',
  }
}

/** Which files: each part given narrows. */
export interface FilesOf {
  readonly childId?: string
  readonly processId?: string
  readonly about?: string | readonly string[]
  readonly aboutId?: string
  readonly uploadedBy?: string
  /** Those refused and infected too: for staff who help somebody whose file did not arrive. */
  readonly withRefused?: boolean
}

/** The files the viewer may see, oldest first. Row-level security decides; a call with nothing given gives all of them. */
export async function filesOf(trx: Trx, which: FilesOf): Promise<readonly StoredFile[]> {
  let query = trx.selectFrom('stored_file').selectAll()
  if (which.childId !== undefined) query = query.where('child_id', '=', which.childId)
  if (which.processId !== undefined) query = query.where('process_id', '=', which.processId)
  if (which.about !== undefined) query = query.where('about', 'in', [which.about].flat())
  if (which.aboutId !== undefined) query = query.where('about_id', '=', which.aboutId)
  if (which.uploadedBy !== undefined) query = query.where('uploaded_by', '=', which.uploadedBy)
  query = query.where(
    'state',
    'in',
    which.withRefused
      ? ['quarantined', 'clean', 'not-scanned', 'refused', 'infected']
      : ['quarantined', 'clean', 'not-scanned'],
  )
  const rows = await query.orderBy('uploaded_at').orderBy('id').execute()
  return rows.map(toStoredFile)
}

export type ReleasedTo = 'family' | 'setting' | 'professional'

/**
 * Lets the people of the doors named, who reach the child, see a file. Staff may release any file of a child they reach;
 * a setting or a professional what they sent themself. Gives false when there is no such file or it has not passed the checks.
 */
export async function releaseFile(
  trx: Trx,
  file: { readonly id: string; readonly by: string; readonly on: string; readonly to: readonly ReleasedTo[] },
): Promise<boolean> {
  if (file.to.length === 0) return false
  const { numUpdatedRows } = await trx
    .updateTable('stored_file')
    .set({ released_on: file.on, released_by: file.by, released_to: [...file.to] })
    .where('id', '=', file.id)
    .where('state', 'in', ['clean', 'not-scanned'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Takes back a file the viewer sent, before it is released. Its content goes when nothing else names it. */
export async function removeFile(trx: Trx, id: string, by: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('stored_file')
    .set({ state: 'removed' })
    .where('id', '=', id)
    .where('uploaded_by', '=', by)
    .where('released_on', 'is', null)
    .where('state', 'in', ['quarantined', 'clean', 'not-scanned'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/**
 * Ties the sender's files that were sent before there was a record (a request in draft) to the child and process now recorded.
 * Staff do not see such files until they are tied: staff who take a request in call this within `asRecordKeeper`.
 */
export async function tieFiles(
  trx: Trx,
  from: { readonly about: string; readonly aboutId: string },
  to: { readonly childId: string; readonly processId: string | null },
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('stored_file')
    .set({ child_id: to.childId, process_id: to.processId, retention: 'case-file' })
    .where('about', '=', from.about)
    .where('about_id', '=', from.aboutId)
    .where('child_id', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** One file the viewer may see, with the name of its content for the store. Undefined when there is none for them. */
export async function findFile(
  trx: Trx,
  id: string,
): Promise<{ readonly file: StoredFile; readonly sha256: string } | undefined> {
  const row = await trx.selectFrom('stored_file').selectAll().where('id', '=', id).executeTakeFirst()
  return row?.sha256 && row.state !== 'removed' ? { file: toStoredFile(row), sha256: row.sha256 } : undefined
}
