import { sql } from 'kysely'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { ToldHow, ViewGiven } from './form.ts'

/** Views as a row holds them; in draft, or sent and never changed again. */
export interface View {
  readonly id: string
  readonly whose: 'parent' | 'child'
  readonly words: string
  readonly writtenBy: 'me' | 'somebody-else'
  readonly writer: string | null
  readonly howChecked: string | null
  readonly onBehalfOf: string | null
  readonly toldHow: ToldHow | null
  readonly version: number
  readonly sentOn: string | null
  readonly accountId: string
  readonly contactName: string | null
}

const rows = (trx: Trx) =>
  trx
    .selectFrom('family_view')
    .leftJoin('contact', 'contact.id', 'family_view.contact_id')
    .select([
      'family_view.id',
      'whose',
      'words',
      'written_by',
      'writer',
      'how_checked',
      'on_behalf_of',
      'told_how',
      'version',
      'sent_on',
      'family_view.account_id',
      'contact.name as contact_name',
    ])

const toView = (row: Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]): View => ({
  id: row.id,
  whose: row.whose as View['whose'],
  words: row.words,
  writtenBy: row.written_by as View['writtenBy'],
  writer: row.writer,
  howChecked: row.how_checked,
  onBehalfOf: row.on_behalf_of,
  toldHow: row.told_how as ToldHow | null,
  version: row.version,
  sentOn: row.sent_on,
  accountId: row.account_id,
  contactName: row.contact_name,
})

/** What was given, the last first: to each door what it may see. */
export const findViews = async (trx: Trx, childId: string): Promise<readonly View[]> =>
  (
    await rows(trx)
      .where('child_id', '=', childId)
      .where('state', '=', 'sent')
      .orderBy('sent_at', 'desc')
      .execute()
  ).map(toView)

/** The viewer's own draft, locked when it is about to be changed. */
export async function findDraftView(
  trx: Trx,
  mine: { readonly childId: string; readonly accountId: string; readonly whose: View['whose'] },
  options: { readonly forUpdate?: boolean } = {},
): Promise<View | undefined> {
  if (options.forUpdate)
    await trx
      .selectFrom('family_view')
      .select('id')
      .where('child_id', '=', mine.childId)
      .where('account_id', '=', mine.accountId)
      .where('whose', '=', mine.whose)
      .where('state', '=', 'draft')
      .forUpdate()
      .execute()
  const row = await rows(trx)
    .where('child_id', '=', mine.childId)
    .where('family_view.account_id', '=', mine.accountId)
    .where('whose', '=', mine.whose)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return row && toView(row)
}

export interface ViewToKeep {
  readonly childId: string
  readonly processId: string | null
  readonly accountId: string
  readonly contactId: string | null
  readonly whose: View['whose']
  readonly given: ViewGiven
  readonly behalf?: { readonly name: string; readonly how: ToldHow }
}

/** Keeps a draft, or a new version of it. Gives its id. */
export async function keepView(trx: Trx, view: ViewToKeep, draft: View | undefined): Promise<string> {
  const { given } = view
  const isMine = given.writtenBy === 'me'
  const said = {
    words: given.words ?? '',
    written_by: given.writtenBy,
    writer: isMine ? null : given.writer,
    how_checked: isMine ? null : given.howChecked,
  }
  if (draft) {
    await trx
      .updateTable('family_view')
      .set({ ...said, version: sql<number>`version + 1`, saved_at: sql<string>`now()` })
      .where('id', '=', draft.id)
      .execute()
    return draft.id
  }
  const made = await trx
    .insertInto('family_view')
    .values({
      ...said,
      child_id: view.childId,
      process_id: view.processId,
      account_id: view.accountId,
      contact_id: view.contactId,
      whose: view.whose,
      on_behalf_of: view.behalf?.name ?? null,
      told_how: view.behalf?.how ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return made.id
}

/** Sends a kept view: from now it is part of the record, with one line of the history that says so and holds no words of it. */
export async function sendView(
  trx: Trx,
  view: ViewToKeep & { readonly id: string; readonly today: string },
): Promise<void> {
  const event = await recordEvent(trx, {
    childId: view.childId,
    processId: view.processId,
    kind: 'views_given',
    on: view.today,
    today: view.today,
    by: view.accountId,
    onBehalfOf: view.behalf?.name ?? null,
    payload: { view: view.id, whose: view.whose, toldHow: view.behalf?.how ?? null },
  })
  await trx
    .updateTable('family_view')
    .set({ state: 'sent', sent_on: view.today, sent_at: sql<string>`now()`, event_id: event })
    .where('id', '=', view.id)
    .execute()
}
