import type { Trx } from '../../../db/viewer.ts'
import type { PlanProblems } from '../../../record/plan/index.ts'
import { agreementsWanted, type Sending } from '../agree-the-plan/index.ts'
import { loadProblems } from '../check-the-plan/index.ts'
import { findPlanOfChild, loadParts, type Plan, type SavedPart } from '../the-plan/index.ts'
import { loadPlanInHand } from '../write-the-plan/index.ts'

/**
 * A child's plan that is held here as data and written on this case; undefined for one that is kept on paper.
 * @param options forUpdate: whoever saves a part waits until it has been sent
 */
export async function planHeld(
  trx: Trx,
  childId: string,
  processId: string,
  options: { readonly forUpdate?: boolean } = {},
): Promise<{ readonly plan: Plan; readonly parts: readonly SavedPart[] } | undefined> {
  const plan = await findPlanOfChild(trx, childId, options)
  if (!plan || plan.processId !== processId) return undefined
  const parts = await loadParts(trx, plan.id)
  return parts.length > 0 ? { plan, parts } : undefined
}

/** All that stands between the plan and its readers: its words, its sections, its advice, and whose agreement is wanted. */
export async function problemsOf(trx: Trx, plan: Plan, sending: Sending): Promise<PlanProblems> {
  const hand = await loadPlanInHand(trx, plan.id, sending.today)
  if (!hand) throw new Error('a plan that is to be sent cannot be read')
  const found = await loadProblems(trx, hand, sending.sending)
  const agreed = await agreementsWanted(trx, plan, hand.parts, sending)
  return {
    // Section I is written by the step that sends the final plan.
    must: [
      ...found.must.filter((one) => !(one.rule === 'empty-section' && one.section === 'I')),
      ...agreed.must,
    ],
    should: [...agreed.should, ...found.should],
  }
}
