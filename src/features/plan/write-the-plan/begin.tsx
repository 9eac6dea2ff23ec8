import { lockChildren } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { type CommandResult, caseReaders, caseworkers, type Route } from '../../../platform/routes.ts'
import { beginPlan, currentTemplate, findPlanOfChild } from '../the-plan/index.ts'
import { beginPage } from './pages.tsx'
import { isFromYear9 } from './queries.ts'
import { placeAt, saverOf } from './typed-form.ts'

const access = { who: 'roles', roles: caseworkers } as const
const url = '/staff/cases/:id/write-the-plan'

/** The case a plan is begun from: an assessment that is open, or a plan that is in force. */
const findCase = (trx: Trx, id: string) =>
  trx
    .selectFrom('process as p')
    .innerJoin('child as c', 'c.id', 'p.child_id')
    .select([
      'p.id',
      'p.reference',
      'p.closed_on',
      'c.id as child_id',
      'c.given_name',
      'c.family_name',
      'c.date_of_birth',
    ])
    .where('p.id', '=', id)
    .where('p.kind', 'in', ['assessment', 'plan'])
    .executeTakeFirst()

/** The way in from a case: to the plan there is, or to begin it. */
export const beginRoutes: readonly Route[] = [
  {
    method: 'GET',
    url,
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: async (context) => {
      const found = await context.read('plan: begin', async (trx, saw) => {
        const one = await findCase(trx, context.params['id'] ?? '')
        if (!one) return undefined
        saw(one.child_id)
        return {
          one,
          plan: await findPlanOfChild(trx, one.child_id),
          template: await currentTemplate(trx, context.today, isFromYear9(one.date_of_birth, context.today)),
        }
      })
      if (!found) return { missing: true }
      const { one, plan, template } = found
      if (plan) return { redirect: `/staff/plans/${plan.id}` }
      if (one.closed_on !== null || !placeAt(context, true).mayAct) return { missing: true }
      return {
        page: {
          title: `Write the plan: ${one.given_name} ${one.family_name}`,
          main: beginPage({
            caption: `${one.given_name} ${one.family_name} · ${one.reference}`,
            place: placeAt(context, true),
            template: template.name,
          }),
          backLink: { href: `/staff/cases/${one.id}`, text: 'The case' },
        },
      }
    },
  },
  {
    method: 'POST',
    url,
    access,
    touches: 'children',
    handle: async (context) => {
      let missing = false
      const result = await context.command('begin-the-plan', async (trx, changed): Promise<CommandResult> => {
        const one = await findCase(trx, context.params['id'] ?? '')
        // Two who begin it at one moment wait for one another here, and meet in one plan.
        if (one) await lockChildren(trx, [one.child_id])
        if (!one || one.closed_on !== null) {
          missing = true
          return { ok: false, errors: [] }
        }
        changed(one.child_id)
        const { plan, begun } = await beginPlan(
          trx,
          {
            childId: one.child_id,
            processId: one.id,
            fromYear9: isFromYear9(one.date_of_birth, context.today),
          },
          saverOf(context),
        )
        return {
          ok: true,
          redirect: `/staff/plans/${plan.id}`,
          notice: begun ? 'The plan is begun.' : 'It was begun already: here it is.',
        }
      })
      if (missing) return { missing: true }
      return result.ok
        ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
        : {
            redirect: `/staff/cases/${context.params['id']}/write-the-plan`,
            notice: result.errors[0]?.text ?? 'Send it again.',
          }
    },
  },
]
