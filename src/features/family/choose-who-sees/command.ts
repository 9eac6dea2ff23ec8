import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { CommandResult } from '../../../platform/routes.ts'
import { isMyRecord, peopleToLetIn } from './queries.ts'

export interface Choices {
  readonly childId: string
  readonly today: string
  readonly by: string
  /** For each person shown, whether they may see the record from now on. */
  readonly maySee: ReadonlyMap<string, boolean>
  readonly backTo: string
}

/** Lets people in, or ends it, by the young person's own word: in force at once, and a line of the history for each. */
export async function chooseWhoSees(trx: Trx, choices: Choices): Promise<CommandResult> {
  const { childId, today, by } = choices
  await lockChildren(trx, [childId])
  if (!(await isMyRecord(trx, childId)))
    return { ok: false, errors: [{ field: '', text: 'This is not yours to change now. Please ask us why' }] }
  let changes = 0
  for (const person of await peopleToLetIn(trx, childId)) {
    const wanted = choices.maySee.get(person.contact_id)
    const has = person.consent_id !== null
    if (wanted === undefined || wanted === has) continue
    if (wanted)
      await trx
        .insertInto('sharing_consent')
        .values({
          child_id: childId,
          contact_id: person.contact_id,
          from_on: today,
          given_how: 'by the young person, signed in',
          recorded_by: by,
        })
        .execute()
    else
      await trx
        .updateTable('sharing_consent')
        .set({ to_on: today })
        .where('child_id', '=', childId)
        .where('contact_id', '=', person.contact_id)
        .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>', today)]))
        .execute()
    await recordEvent(trx, {
      childId,
      processId: null,
      kind: wanted ? 'sharing_consent_given' : 'sharing_consent_ended',
      on: today,
      today,
      by,
      payload: { to: person.contact_id },
    })
    changes++
  }
  if (changes > 0) await refreshChild(trx, childId, today)
  return {
    ok: true,
    redirect: choices.backTo,
    notice: changes > 0 ? 'Saved. It is so from now.' : 'Nothing was changed.',
  }
}
