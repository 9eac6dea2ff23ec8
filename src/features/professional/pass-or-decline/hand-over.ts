import { lockChildren, recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
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
  await recordEvent(trx, {
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
  return passAdvice(trx, asked.id, to?.id ?? null, because)
}
