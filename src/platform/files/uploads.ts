import { createHash } from 'node:crypto'
import type { Trx } from '../../db/viewer.ts'
import { type Answer, type Context, viewerOf } from '../routes.ts'
import { type Kept, keepFile } from './keep-file.ts'
import { sizeInWords } from './kinds.ts'
import { type FileState, STATES, type StoredFile, toStoredFile } from './stored-file.ts'

/** What the files of one form belong to. */
export interface UploadAbout {
  /** The child; null before there is a record of one, and then only the sender sees the file until it is tied. */
  readonly childId: string | null
  readonly processId?: string | null
  /** What they are for, in a word or two: `request`, `views`, `comment`, `advice`. */
  readonly about: string
  /** The row they go with, where there is one: a request in draft, a comment. */
  readonly aboutId?: string | null
  /** For whom a member of staff sends them. */
  readonly onBehalfOf?: string | null
  readonly retention?: 'case-file' | 'until-recorded' | 'short'
  /** The form's field, when a form has more than one file box. */
  readonly field?: string
}

/** What became of one file that was sent. */
export type Outcome =
  | { readonly ok: true; readonly name: string; readonly file: StoredFile }
  | { readonly ok: false; readonly name: string; readonly why: string }

/** Thrown when the files are for a child the viewer does not reach: answered as if there were none. */
class NotReached extends Error {
  readonly statusCode = 404
}

/**
 * Checks and keeps the files that came with a form, each by itself: a bad one never costs a good one. Good files are
 * recorded at once, in a transaction of their own, so that a mistake elsewhere in the form loses none. The same file sent
 * again for the same purpose is the same file.
 */
export async function receiveUploads(context: Context, about: UploadAbout): Promise<readonly Outcome[]> {
  const sent = context.sent.filter((one) => about.field === undefined || one.field === about.field)
  if (sent.length === 0) return []
  await requireReach(context, about)
  const kept: Kept[] = []
  for (const one of sent) kept.push(await keepFile(context.files, one))
  await record(context, about, kept)
  const rows = await context.read('files sent', (trx, saw) => {
    if (about.childId) saw(about.childId)
    return findRecorded(trx, context, about, kept)
  })
  return kept.map((one) => {
    if (!one.ok) return { ok: false, name: one.name, why: one.why }
    const file = rows.find((row) => row.sha256 === one.sha256 && row.name === one.name)
    return file
      ? { ok: true, name: one.name, file }
      : { ok: false, name: one.name, why: 'It could not be kept. Send it again' }
  })
}

async function requireReach(context: Context, about: UploadAbout): Promise<void> {
  const { childId } = about
  if (childId === null) return
  const isReached = await context.read('whose files', async (trx) => {
    const found = await trx.selectFrom('child').select('id').where('id', '=', childId).executeTakeFirst()
    if (!found || !about.processId) return found !== undefined
    return (
      (await trx
        .selectFrom('process')
        .select('id')
        .where('id', '=', about.processId)
        .where('child_id', '=', childId)
        .executeTakeFirst()) !== undefined
    )
  })
  if (!isReached) throw new NotReached()
}

async function record(context: Context, about: UploadAbout, kept: readonly Kept[]): Promise<void> {
  const part = createHash('sha256')
    .update(
      JSON.stringify([about, kept.map((one) => (one.ok ? [one.sha256, one.name] : [one.why, one.name]))]),
    )
    .digest('hex')
  const result = await context.command(
    'send-files',
    async (trx, changed) => {
      await trx
        .insertInto('stored_file')
        .values(kept.map((one) => rowOf(context, about, one)))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      if (about.childId) changed(about.childId)
      return { ok: true, redirect: '' }
    },
    part,
  )
  if (!result.ok) throw new Error('the files could not be recorded')
}

const rowOf = (context: Context, about: UploadAbout, one: Kept) => ({
  uploaded_by: viewerOf(context).accountId,
  uploaded_on: context.today,
  child_id: about.childId,
  process_id: about.processId ?? null,
  about: about.about,
  about_id: about.aboutId ?? null,
  on_behalf_of: about.onBehalfOf ?? null,
  retention: about.retention ?? 'case-file',
  name: one.name,
  size_bytes: one.size,
  state: one.state,
  ...(one.ok
    ? {
        sha256: one.sha256,
        type: one.kind.type,
        state_why: one.stateWhy,
        checked_at: new Date().toISOString(),
      }
    : { sha256: null, type: null, state_why: one.found ?? one.why, checked_at: new Date().toISOString() }),
})

async function findRecorded(
  trx: Trx,
  context: Context,
  about: UploadAbout,
  kept: readonly Kept[],
): Promise<readonly (StoredFile & { sha256: string })[]> {
  const hashes = kept.flatMap((one) => (one.ok ? [one.sha256] : []))
  if (hashes.length === 0) return []
  const rows = await trx
    .selectFrom('stored_file')
    .selectAll()
    .where('uploaded_by', '=', viewerOf(context).accountId)
    .where('about', '=', about.about)
    .where('sha256', 'in', hashes)
    .where('state', 'in', ['quarantined', 'clean', 'not-scanned'])
    .where('child_id', about.childId === null ? 'is' : '=', about.childId)
    .where('about_id', about.aboutId ? '=' : 'is', about.aboutId ?? null)
    .where('process_id', about.processId ? '=' : 'is', about.processId ?? null)
    .execute()
  return rows.map((row) => ({ ...toStoredFile(row), sha256: row.sha256! }))
}

/** Was this form sent by the upload part's script, one file at a time, and not by pressing the button? */
export const isUploadOnly = (context: Context): boolean => context.form['_upload'] === '1'

/** The answer to the upload part's script: what became of each file. */
export const uploadAnswer = (outcomes: readonly Outcome[]): Answer => ({
  data: outcomes.map((one) =>
    one.ok
      ? {
          ok: true,
          name: one.name,
          id: one.file.id,
          words: `${sizeInWords(one.file.size)}. ${stateInWords(one.file.state)}`,
        }
      : { ok: false, name: one.name, words: one.why },
  ),
})

const stateInWords = (state: FileState): string => STATES[state]

/** The refusals of a form's files as errors for its page, beside the file box. */
export const uploadErrors = (
  outcomes: readonly Outcome[],
  field: string,
): readonly { readonly field: string; readonly text: string }[] =>
  outcomes.flatMap((one) => (one.ok ? [] : [{ field, text: `${one.name} was not kept. ${one.why}` }]))
