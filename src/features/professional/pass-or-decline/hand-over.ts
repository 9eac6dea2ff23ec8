import { sql } from 'kysely'
import { lockChildren, recordEvent } from '../../../db/case-history/index.ts'
import { asRecordKeeper, type Trx } from '../../../db/viewer.ts'
import { tellAccount } from '../../assessment/tell-those-asked/index.ts'
import type { AskedAdvice } from '../write-advice/index.ts'
import { passAdvice } from './queries.ts'

/**
 * Hands a request to somebody else of the service, or declines it; the history tells it, in the person's own name.
 * @returns false when it may not be: nothing is to stand then, and the caller refuses
 */
export async function handOver(
  trx: Trx,
  asked: AskedAdvice,
  to: { readonly id: string; readonly name: string } | null,
  because: string,
  by: { readonly accountId: string; readonly today: string },
): Promise<boolean> {
  await lockChildren(trx, [asked.child.id])
  // The fact first: passing advice on may end the person's own reach to the child.
  const eventId = await recordEvent(trx, {
    childId: asked.child.id,
    processId: asked.processId,
    kind: to ? 'advice_passed' : 'advice_declined',
    on: by.today,
    today: by.today,
    by: by.accountId,
    payload: {
      head: asked.head,
      adviser: asked.adviser,
      from: asked.adviserName ?? asked.adviser,
      to: to?.name ?? null,
    },
    why: because,
  })
  const done = await passAdvice(trx, asked.id, to?.id ?? null, because)
  if (done) await tellWhoAnswers(trx, asked, to, { ...by, eventId })
  return done
}

/** Whoever has it now, whoever answers for the service, and the coordinator. Whoever did it knows. */
async function tellWhoAnswers(
  trx: Trx,
  asked: AskedAdvice,
  to: { readonly id: string } | null,
  by: { readonly accountId: string; readonly today: string; readonly eventId: string },
): Promise<void> {
  const told = await asRecordKeeper(trx, async () => {
    const { rows } = await sql<{
      heads: string[]
      coordinator: string | null
      name: string
      due_on: string | null
    }>`
      select p.assigned_to as coordinator, me.name,
        array(select distinct r.manager_id from reporting_line r join account h on h.id = r.manager_id
          where r.account_id = ${asked.adviserAccount}::uuid and r.kind <> 'project' and h.door = 'professional'
            and r.from_on <= ${by.today}::date and (r.to_on is null or r.to_on > ${by.today}::date)) as heads,
        (select min(d.due_on) from deadline d where d.process_id = p.id and d.rule = 'advice-response'
          and d.about in (ar.head || ': ' || ar.adviser, ar.adviser, ar.head)) as due_on
      from advice_request ar join process p on p.id = ar.process_id join account me on me.id = ${by.accountId}::uuid
      where ar.id = ${asked.id}::uuid`.execute(trx)
    return rows[0]
  })
  if (!told) return
  const about = { event: by.eventId, childId: asked.child.id, processId: asked.processId }
  const handed = {
    ...about,
    template: 'advice-handed-on',
    values: { what: to ? 'passed to a colleague' : 'declined', by: told.name },
  } as const
  const machine = { byMachine: true } as const
  if (told.coordinator)
    await tellAccount(trx, told.coordinator, { ...handed, linkPath: `/staff/advice/${asked.id}` }, machine)
  for (const head of told.heads)
    if (head !== by.accountId && head !== to?.id)
      await tellAccount(trx, head, { ...handed, linkPath: `/professional/advice/${asked.id}` }, machine)
  if (to && to.id !== by.accountId && told.due_on)
    await tellAccount(
      trx,
      to.id,
      {
        ...about,
        template: 'advice-asked',
        values: { dueOn: told.due_on },
        linkPath: `/professional/advice/${asked.id}`,
      },
      machine,
    )
}
