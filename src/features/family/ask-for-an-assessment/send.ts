import { sql } from 'kysely'
import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { iso } from '../../../law/index.ts'
import { queueMessage } from '../../../platform/messages/index.ts'
import type { Context } from '../../../platform/routes.ts'
import { type Answers, claimDraft, findDraft, type SentRequest, saveAnswers, sendDraft } from './drafts.ts'
import { decisionAfter } from './due.ts'
import { derived, firstUnanswered } from './read-answers.ts'

export type Sent =
  | { readonly go: 'sent' }
  | { readonly go: 'missing' }
  | { readonly go: 'page'; readonly page: string }

/**
 * Sends the request: from this moment the council has it, and its clock runs. A parent or young person already on the
 * child's record opens the case by sending; otherwise it waits on the list of requests, with its date.
 */
export async function sendRequest(
  context: Context,
  trx: Trx,
  id: string,
  holder: Buffer | null,
  changed: (child: string) => void,
): Promise<Sent> {
  if (context.viewer) await claimDraft(trx, id, holder)
  const draft = await findDraft(trx, id, holder, { forUpdate: true })
  if (!draft) return { go: 'missing' }
  if (draft.isSent) return { go: 'sent' }
  const { answers } = draft
  const unanswered = firstUnanswered(answers, context.today)
  if (unanswered) return { go: 'page', page: unanswered.slug }
  await saveAnswers(trx, id, holder, derived(answers), null)
  const sent = await sendDraft(trx, id, holder)
  if (!sent) return { go: 'missing' }
  if (!context.viewer) return { go: 'sent' }
  await openAtOnce(context, trx, sent, changed)
  await queueMessage(trx, {
    event: `online-request:${sent.id}`,
    template: 'request-received',
    childId: null,
    to: { accountId: context.viewer.accountId },
    values: { decideBy: iso(decisionAfter(sent.received_on, context.today).dueOn!) },
    linkPath: `/ask-for-an-assessment/${id}/sent`,
  })
  return { go: 'sent' }
}

/**
 * What the record says of a child on the person's own account: it is not asked again. Undefined for a child not theirs.
 * Where the child lives is told only to those who live there: a parent who lives apart may not know it, for a reason.
 */
export async function aboutKnownChild(trx: Trx, childId: string): Promise<Answers | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(childId)) return undefined
  const child = await trx
    .selectFrom('child')
    .select(['given_name', 'family_name', 'date_of_birth', 'sex', 'postcode'])
    .where('id', '=', childId)
    .executeTakeFirst()
  if (!child) return undefined
  const { rows: home } = await sql<{ shared: boolean }>`
    select exists (select from child_contact cc
      where cc.child_id = ${childId} and cc.contact_id = any (viewer_contacts()) and (cc.lives_with or cc.relationship = 'self')
        and cc.from_on <= viewer_today() and (cc.to_on is null or cc.to_on > viewer_today())) as shared`.execute(
    trx,
  )
  const [year, month, day] = child.date_of_birth.split('-')
  return {
    child: childId,
    givenName: child.given_name,
    familyName: child.family_name,
    'bornOn-day': day!,
    'bornOn-month': month!,
    'bornOn-year': year!,
    sex: child.sex,
    ...(home[0]?.shared && child.postcode ? { postcode: child.postcode } : {}),
  }
}

async function openAtOnce(
  context: Context,
  trx: Trx,
  sent: SentRequest,
  changed: (child: string) => void,
): Promise<void> {
  if (sent.child_id === null) return
  const { rows } = await sql<{ process_id: string }>`
    select process_id from open_assessment_asked_for(${sent.id}::uuid)`.execute(trx)
  const opened = rows[0]
  if (!opened) return
  // What they wrote stays with the request: others of the family read each fact of the history.
  await recordEvent(trx, {
    childId: sent.child_id,
    processId: opened.process_id,
    kind: 'request_received',
    on: sent.received_on,
    today: context.today,
    by: context.viewer!.accountId,
    payload: { by: sent.asked_by, arrivedBy: 'portal', online: sent.reference },
  })
  await refreshChild(trx, sent.child_id, context.today)
  changed(sent.child_id)
}
