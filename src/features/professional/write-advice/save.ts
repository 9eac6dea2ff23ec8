import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { ContentOf, Part, PartKind } from './contents.ts'
import { SECTIONS } from './contents.ts'
import { type AskedAdvice, loadVersions, type SavedVersion } from './queries.ts'

/** Who saves, on which day. */
export interface Saver {
  readonly accountId: string
  readonly name: string
  readonly jobTitle: string
  readonly today: string
  readonly isStaff: boolean
}

/**
 * Opens the page of a piece of advice, once: its account of the work and its empty sections.
 * @returns false when somebody else has begun it where the viewer may not see: an adviser has, and the office has not
 */
export async function begin(trx: Trx, asked: AskedAdvice, by: Saver): Promise<boolean> {
  if (asked.writing) return true
  const made = await trx
    .insertInto('advice')
    .values({
      advice_request_id: asked.id,
      child_id: asked.child.id,
      by_office: by.isStaff,
      begun_by: by.accountId,
      begun_on: by.today,
      changed_by: by.accountId,
    })
    .onConflict((conflict) => conflict.column('advice_request_id').doNothing())
    .executeTakeFirst()
  if (Number(made.numInsertedOrUpdatedRows ?? 0) === 0) {
    const seen = await trx
      .selectFrom('advice')
      .select('state')
      .where('advice_request_id', '=', asked.id)
      .executeTakeFirst()
    return seen !== undefined
  }
  const first = { advice_request_id: asked.id, child_id: asked.child.id, version: 0, saved_by: by.accountId }
  await trx
    .insertInto('advice_part')
    .values([
      {
        ...first,
        kind: 'about',
        content: JSON.stringify({
          author: by.isStaff ? asked.adviser : by.name,
          role: by.isStaff ? '' : by.jobTitle,
          qualification: '',
          seen: '',
          sources: '',
        } satisfies ContentOf['about']),
      },
      ...Object.keys(SECTIONS).map((section) => ({
        ...first,
        kind: 'text',
        section,
        content: JSON.stringify({ words: '' } satisfies ContentOf['text']),
      })),
    ])
    .execute()
  return true
}

/** What a save gives: it stands, or somebody saved first and both texts are to be shown. */
export type Saved =
  | { readonly saved: true; readonly partId: string }
  | { readonly saved: false; readonly theirs: SavedVersion }

/**
 * Saves one part as its next version. Nothing is overwritten: a save from an older version than stands is not taken, and the
 * newer one comes back to be shown beside it.
 * @param from the version the person had before them; null for a new need, outcome or line
 */
export async function savePart(
  trx: Trx,
  asked: AskedAdvice,
  part: { readonly partId: string | null; readonly kind: PartKind; readonly from: number | null },
  content: ContentOf[PartKind],
  by: Saver,
): Promise<Saved> {
  const touched = () =>
    trx
      .updateTable('advice')
      // What is changed after a release or a request to sign off is being written again.
      .set({ state: 'writing', changed_by: by.accountId })
      .where('advice_request_id', '=', asked.id)
      .execute()
  if (part.partId === null) {
    const row = await trx
      .insertInto('advice_part')
      .values({
        advice_request_id: asked.id,
        child_id: asked.child.id,
        version: 1,
        kind: part.kind,
        position: await nextPosition(trx, asked.id),
        content: JSON.stringify(content),
        saved_by: by.accountId,
      })
      .returning('part_id')
      .executeTakeFirstOrThrow()
    await touched()
    return { saved: true, partId: row.part_id }
  }
  const [newest] = await loadVersions(trx, asked.id, part.partId)
  if (!newest) throw new Error('a part that is not there was saved')
  if (newest.part.version !== part.from) return { saved: false, theirs: newest }
  await addVersion(trx, asked, newest.part, content, by, false)
  await touched()
  return { saved: true, partId: part.partId }
}

/** Takes a need, an outcome or a line away; its versions stay, and saving it again brings it back. */
export async function removePart(trx: Trx, asked: AskedAdvice, part: Part, by: Saver): Promise<void> {
  await addVersion(trx, asked, part, part.content, by, true)
  await trx
    .updateTable('advice')
    .set({ state: 'writing', changed_by: by.accountId })
    .where('advice_request_id', '=', asked.id)
    .execute()
}

const addVersion = (
  trx: Trx,
  asked: AskedAdvice,
  before: Part,
  content: ContentOf[PartKind],
  by: Saver,
  removed: boolean,
): Promise<unknown> =>
  trx
    .insertInto('advice_part')
    .values({
      part_id: before.partId,
      advice_request_id: asked.id,
      child_id: asked.child.id,
      version: before.version + 1,
      kind: before.kind,
      section: before.section,
      position: before.position,
      content: JSON.stringify(content),
      removed,
      saved_by: by.accountId,
    })
    .execute()

async function nextPosition(trx: Trx, adviceId: string): Promise<number> {
  const row = await trx
    .selectFrom('advice_part')
    .select(sql<number>`coalesce(max(position), 0) + 1`.as('next'))
    .where('advice_request_id', '=', adviceId)
    .executeTakeFirstOrThrow()
  return row.next
}
