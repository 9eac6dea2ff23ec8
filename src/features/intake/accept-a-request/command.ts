import { sql } from 'kysely'
import { lockChildren, recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { CommandResult } from '../../../platform/routes.ts'
import { foldName } from '../../../record/names.ts'
import type { WhatWasRecorded } from '../../assessment/record-a-request/index.ts'
import { loadContacts } from '../../assessment/the-case/index.ts'
import { needsOf } from './prefill.ts'
import { ASK_FOR_THEIR_OWN, findAskerAccount, findRequest, type OnlineRequest } from './queries.ts'

const refuse = (field: string, text: string): CommandResult => ({ ok: false, errors: [{ field, text }] })

const ANSWERED =
  'Somebody else has dealt with this request since you opened this page. Go back to the list of requests'

interface By {
  readonly trx: Trx
  readonly today: string
  readonly by: string
}

/** After the request is on the record: it waits no longer, and what the family needs to read and talk is remembered. */
export async function accepted(
  { trx, today, by }: By,
  requestId: string,
  recorded: WhatWasRecorded,
): Promise<CommandResult | undefined> {
  const request = await findRequest(trx, requestId, { forUpdate: true })
  if (request?.state !== 'waiting') return refuse('', ANSWERED)
  await trx
    .updateTable('online_request')
    .set({
      state: 'accepted',
      child_id: recorded.childId,
      process_id: recorded.processId,
      event_id: recorded.eventId,
      decided_by: by,
      decided_on: today,
      decided_at: sql<string>`now()`,
    })
    .where('id', '=', requestId)
    .execute()
  await rememberNeeds({ trx, today, by }, request, recorded.childId)
  return undefined
}

async function rememberNeeds({ trx, by }: By, request: OnlineRequest, childId: string): Promise<void> {
  const needs = needsOf(request)
  if (!needs.interpreter && needs.formats.length === 0 && !needs.other) return
  const asker = (await loadContacts(trx, childId)).find(
    (contact) => !contact.restricted && foldName(contact.name) === foldName(request.askerName),
  )
  if (!asker) return
  await trx
    .insertInto('message_preference')
    .values({
      contact_id: asker.id,
      channel: asker.email ? 'email' : 'letter',
      interpreter: needs.interpreter,
      formats: [...needs.formats],
      other_needs: needs.other,
      updated_by: by,
    })
    .onConflict((conflict) => conflict.column('contact_id').doNothing())
    .execute()
}

/** Answers a request that opens no case, with the reason the asker reads. */
export async function answered(
  { trx, today, by }: By,
  requestId: string,
  outcome: 'not-for-us' | 'duplicate',
  why: string,
): Promise<CommandResult> {
  const request = await findRequest(trx, requestId, { forUpdate: true })
  if (request?.state !== 'waiting') return refuse('', ANSWERED)
  await trx
    .updateTable('online_request')
    .set({
      state: outcome,
      decided_by: by,
      decided_on: today,
      decided_at: sql<string>`now()`,
      decided_why: why,
    })
    .where('id', '=', requestId)
    .execute()
  return {
    ok: true,
    redirect: '/staff/requests/online',
    notice: `Request ${request.reference} is answered. Whoever sent it reads your reason.`,
  }
}

/** Ties the asker's account to a person on the child's record, once an officer has made sure of who they are. */
export async function linked(
  { trx, today, by }: By,
  requestId: string,
  contactId: string,
  changed: (childId: string) => void,
): Promise<CommandResult> {
  const request = await findRequest(trx, requestId, { forUpdate: true })
  if (request?.state !== 'accepted' || !request.childId || !request.accountId || request.linkedContact)
    return refuse('', ANSWERED)
  const account = await findAskerAccount(trx, requestId)
  if (!account?.isFamily || !ASK_FOR_THEIR_OWN.includes(request.askedBy))
    return refuse('', 'This request was not made with a family’s account: nobody is let in by it')
  await lockChildren(trx, [request.childId])
  const contact = (await loadContacts(trx, request.childId)).find((one) => one.id === contactId)
  if (!contact) return refuse('contact', 'Choose who this is')
  if (contact.restricted)
    return refuse('contact', `Contact with ${contact.name} is barred: they may not sign in to this record`)
  if (account.isBarred)
    return refuse(
      'contact',
      'The account is of a person with whom contact is barred: they may not sign in to this record',
    )
  const done = await trx
    .updateTable('contact')
    .set({ account_id: request.accountId })
    .where('id', '=', contactId)
    .where('account_id', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n)
    return refuse('contact', `${contact.name} signs in already, with another account`)
  await trx
    .updateTable('online_request')
    .set({ linked_contact: contactId })
    .where('id', '=', requestId)
    .execute()
  await recordEvent(trx, {
    childId: request.childId,
    processId: null,
    kind: 'child_details_changed',
    on: today,
    today,
    by,
    payload: { said: `${contact.name} (${contact.relationship}) may sign in and see this record` },
    why: `Asked for an assessment online, ${request.reference}; who they are was checked`,
  })
  changed(request.childId)
  return {
    ok: true,
    redirect: `/staff/cases/${request.processId}`,
    notice: `${contact.name} can now follow the case when they sign in.`,
  }
}
