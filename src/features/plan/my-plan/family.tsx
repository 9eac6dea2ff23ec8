import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { family, loadMyChild } from '../../family/my-child/index.ts'
import { findMyPlan, findShared } from './queries.ts'
import { MyPlanPaperLinks, ShowMyPlan } from './show-my-plan.tsx'

/** The child's own page at the family's door: the newest that somebody went through with the child. */
async function show(context: Context): Promise<Answer> {
  const found = await context.read('family: the child’s own page of the plan', async (trx, saw) => {
    const child = await loadMyChild(trx, context.params['child'] ?? '', viewerOf(context).accountId)
    if (!child) return undefined
    saw(child.id)
    return { child, kept: await findMyPlan(trx, child.id), shared: await findShared(trx, child.id) }
  })
  if (!found) return { missing: true }
  const { child, kept, shared } = found
  const title = child.isSelf ? 'My plan' : `My plan: ${child.givenName}`
  const last = shared.find((one) => one.myPlanId === kept?.id)
  return {
    page: {
      title,
      backLink: { href: `/family/children/${child.id}/plan`, text: child.isSelf ? 'Your plan' : 'The plan' },
      main: (
        <>
          <h1 class="govuk-heading-xl app-break">{title}</h1>
          {kept ? (
            <>
              <ShowMyPlan page={kept.page} headingLevel={2} />
              <MyPlanPaperLinks base={`/family/children/${child.id}`} />
              {last ? (
                <p class="govuk-body-s app-quiet app-break">
                  {last.who} talked it through with {child.isSelf ? 'you' : child.givenName} on{' '}
                  {dayInWords(last.on)}.
                </p>
              ) : null}
            </>
          ) : (
            <p class="govuk-body">
              There is no page yet. When there is a plan, we write one page in easy words. Then somebody reads
              it with {child.isSelf ? 'you' : 'the child'}.
            </p>
          )}
        </>
      ),
    },
  }
}

export const familyRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: '/family/children/:child/my-plan',
    access: family,
    touches: 'children',
    handle: show,
  },
]
