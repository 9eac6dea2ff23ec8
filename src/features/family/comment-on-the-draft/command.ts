import { sql } from 'kysely'
import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { ToldHow } from '../give-views/index.ts'
import { findResponses, type Response, type ServedDraft } from './draft.ts'
import type { Section, Stance } from './form.ts'

/** Who says it, and of which draft. */
export interface Speaker {
  readonly childId: string
  readonly accountId: string
  readonly contactId: string | null
  readonly draft: ServedDraft
  readonly behalf?: { readonly name: string; readonly how: ToldHow }
}

/** The speaker's unsent words on this draft, locked; begun if there are none. */
export async function holdResponse(trx: Trx, speaker: Speaker): Promise<Response> {
  const { childId, accountId, draft } = speaker
  await trx
    .insertInto('draft_response')
    .values({
      child_id: childId,
      process_id: draft.processId,
      draft_event: draft.event,
      account_id: accountId,
      contact_id: speaker.contactId,
      on_behalf_of: speaker.behalf?.name ?? null,
      told_how: speaker.behalf?.how ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await trx
    .selectFrom('draft_response')
    .select('id')
    .where('account_id', '=', accountId)
    .where('draft_event', '=', draft.event)
    .where('state', '=', 'draft')
    .forUpdate()
    .execute()
  const found = (await findResponses(trx, { childId, state: 'draft', accountId })).find(
    (response) => response.draftEvent === draft.event,
  )
  if (!found) throw new Error('a response that was begun is not there')
  return found
}

export interface CommentGiven {
  readonly paragraphId: string | null
  readonly stance: Stance
  readonly words: string
}

/** Keeps what is said of one section, in the place of what was. */
export async function keepComments(
  trx: Trx,
  speaker: Speaker,
  response: Response,
  section: Section,
  comments: readonly CommentGiven[],
): Promise<void> {
  await trx
    .deleteFrom('draft_comment')
    .where('response_id', '=', response.id)
    .where('section', '=', section)
    .execute()
  if (comments.length > 0)
    await trx
      .insertInto('draft_comment')
      .values(
        comments.map((comment) => ({
          response_id: response.id,
          child_id: speaker.childId,
          section,
          paragraph_id: comment.paragraphId,
          stance: comment.stance,
          words: comment.words,
        })),
      )
      .execute()
  await touch(trx, response.id)
}

export const touch = async (trx: Trx, responseId: string): Promise<void> => {
  await trx
    .updateTable('draft_response')
    .set({ version: sql<number>`version + 1`, saved_at: sql<string>`now()` })
    .where('id', '=', responseId)
    .execute()
}

/** Is there anything to send? */
export const saysNothing = (response: Response): boolean =>
  response.comments.length === 0 &&
  response.general === '' &&
  response.wantsMeeting !== true &&
  (response.settingAnswer === null || response.settingAnswer === 'none')

/**
 * Sends it: comments, a meeting asked for and a setting asked for, each a fact of the law on this day. The words stay with
 * the response: others of the family read each fact of the history, and not what is said in it.
 */
export async function sendResponse(
  trx: Trx,
  speaker: Speaker,
  response: Response,
  today: string,
): Promise<void> {
  const { childId, accountId, draft } = speaker
  const line = {
    childId,
    processId: draft.processId,
    on: today,
    today,
    by: accountId,
    onBehalfOf: speaker.behalf?.name ?? null,
  }
  const said = { saidBy: speaker.contactId, response: response.id, toldHow: speaker.behalf?.how ?? null }
  const event = await recordEvent(trx, { ...line, kind: 'representations_received', payload: said })
  if (response.wantsMeeting)
    await recordEvent(trx, { ...line, kind: 'draft_meeting_requested', payload: said })
  if (response.settingAnswer === 'listed' || response.settingAnswer === 'not-listed')
    await recordEvent(trx, {
      ...line,
      kind: 'setting_preference_stated',
      payload: {
        ...said,
        setting: response.settingUrn ?? response.settingName,
        settingName: response.settingName,
      },
    })
  await trx
    .updateTable('draft_response')
    .set({
      state: 'sent',
      sent_on: today,
      sent_at: sql<string>`now()`,
      last_day: draft.lastDay,
      event_id: event,
    })
    .where('id', '=', response.id)
    .execute()
  await refreshChild(trx, childId, today)
}
