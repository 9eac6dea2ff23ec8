import type { Trx } from '../../../db/viewer.ts'
import {
  type PlanPart,
  type PlanProblem,
  type PlanProblems,
  planPartsOf,
} from '../../../record/plan/index.ts'
import type { Plan } from '../the-plan/index.ts'
import { AGREEMENTS, loadManagerAgrees, loadSignOffs, ownAccounts, standing } from './queries.ts'

/** What is being sent, by whom and on which day. */
export interface Sending {
  readonly sending: 'draft' | 'final'
  readonly by: string
  readonly today: string
}

/** Whose agreement is still wanted before a plan is sent: beside the problems of its words, in the same shape. */
export async function agreementsWanted(
  trx: Trx,
  plan: Plan,
  parts: readonly PlanPart[],
  { sending, by, today }: Sending,
): Promise<PlanProblems> {
  const must: PlanProblem[] = []
  const should: PlanProblem[] = []
  const signOffs = await loadSignOffs(trx, plan, parts)
  const wanted = (rule: string, section: PlanProblem['section'], text: string, law: string): PlanProblem => ({
    rule,
    section,
    partId: null,
    text,
    law,
  })
  const given = signOffs.some((one) => one.kind === 'health')
  if (planPartsOf(parts, 'provision').some((line) => line.section === 'G') && !standing(signOffs, 'health'))
    (sending === 'final' ? must : should).push(
      wanted(
        'health-not-agreed',
        'G',
        given
          ? 'Section C or G was changed after health agreed it: it must be agreed again'
          : 'The body that commissions health services has not agreed section G',
        AGREEMENTS.health.law,
      ),
    )
  const social = planPartsOf(parts, 'provision').some((line) => ['H1', 'H2'].includes(line.section))
  if (social && !standing(signOffs, 'social-care'))
    should.push(
      wanted(
        'social-care-not-agreed',
        'H1',
        'Social care has not agreed sections D, H1 and H2',
        AGREEMENTS['social-care'].law,
      ),
    )
  const isAsked = sending === 'final' || (await loadManagerAgrees(trx, today)) === 'draft-and-final'
  const byManagers = signOffs.filter((one) => one.kind === 'manager' && one.stands)
  const own = await ownAccounts(trx, by)
  if (isAsked && !byManagers.some((one) => !own.includes(one.signedById)))
    must.push(
      wanted(
        'manager-not-agreed',
        'A',
        byManagers.length > 0
          ? 'You agreed this plan yourself: somebody else must send it, or another manager agree it'
          : signOffs.some((one) => one.kind === 'manager')
            ? 'The plan was changed after a manager agreed it: it must be agreed again'
            : 'No manager has agreed the plan',
        AGREEMENTS.manager.law,
      ),
    )
  return { must, should }
}
