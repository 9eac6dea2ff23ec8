import type { Trx } from '../../../db/viewer.ts'
import {
  notDealtWith,
  type PlanProblems,
  problemsBeforeSending,
  type SendingOptions,
} from '../../../record/plan/index.ts'
import {
  loadAdviceThatCame,
  loadLeftOut,
  loadNewestReleases,
  loadRecommendations,
} from '../account-for-the-advice/index.ts'
import type { PlanInHand } from '../write-the-plan/index.ts'

/**
 * Everything to put right before a plan is sent, from the record as the viewer sees it. A `must` stops the sending.
 * @returns the problems, and how many recommendations of the advice there are, and of them how many nobody has dealt with
 */
export async function loadProblems(
  trx: Trx,
  hand: PlanInHand,
  sending: SendingOptions['sending'],
): Promise<PlanProblems & { readonly waiting: number; readonly recommended: number }> {
  const releases = await loadNewestReleases(trx, hand.plan.child.id)
  const recommended = await loadRecommendations(trx, releases)
  const leftOut = (await loadLeftOut(trx, hand.plan.id)).map((one) => one.advicePartId)
  const advice = await loadAdviceThatCame(trx, hand.plan, releases)
  return {
    ...problemsBeforeSending(
      hand.parts,
      leftOut,
      hand.marks.filter((mark) => mark.overruled === null),
      { sending, fromYear9: hand.fromYear9, advice, recommended },
    ),
    recommended: recommended.length,
    waiting: notDealtWith(hand.parts, leftOut, recommended).length,
  }
}

/** What would be sent next: once section I is written it can be no draft. */
export const sendingNext = ({ parts }: PlanInHand): SendingOptions['sending'] =>
  parts.some((part) => part.kind === 'placement') ? 'final' : 'draft'
