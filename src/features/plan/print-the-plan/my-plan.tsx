import { composePdf, NotComposed } from '../../../documents/compose/index.ts'
import { myPlanDocument } from '../../../documents/plans/index.ts'
import { type Answer, type Context, caseReaders, familyRoles, type Route } from '../../../platform/routes.ts'
import { NotMade } from '../../../ui/documents/index.ts'
import { findMyPlan } from '../my-plan/index.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The child's own page as paper: to the family, the newest that somebody went through with the child. */
async function myPlan(context: Context): Promise<Answer> {
  const childId = context.params['child'] ?? ''
  if (!UUID.test(childId)) return { missing: true }
  const found = await context.read('my plan as pdf', async (trx, saw) => {
    const kept = await findMyPlan(trx, childId)
    if (!kept) return undefined
    saw(childId)
    const authority = await trx.selectFrom('authority').select('name').executeTakeFirst()
    return { page: kept.page, authorityName: authority?.name ?? 'The council' }
  })
  if (!found) return { missing: true }
  const print = context.query['print'] === 'large' ? 'large' : 'easy'
  try {
    const body = await composePdf(myPlanDocument(found.page, found.authorityName, print))
    return { file: { name: 'my-plan.pdf', type: 'application/pdf', body } }
  } catch (error) {
    if (error instanceof NotComposed) return NotMade()
    throw error
  }
}

export const myPlanRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/children/:child/my-plan.pdf',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: myPlan,
  },
  {
    method: 'GET',
    url: '/family/children/:child/my-plan.pdf',
    access: { who: 'roles', roles: familyRoles },
    touches: 'children',
    handle: myPlan,
  },
]
