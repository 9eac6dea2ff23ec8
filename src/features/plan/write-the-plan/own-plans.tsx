import type { Answer, Context } from '../../../platform/routes.ts'
import { dayInWords, EmptyState } from '../../../ui/parts/index.ts'
import { sectionsInWords } from './pages.tsx'

/** The plans a professional was let in to write in. */
export async function listOwn(context: Context): Promise<Answer> {
  const plans = await context.read('plans I write in', async (trx, saw) => {
    // The database shows a professional only the plans they were let in to.
    const found = await trx
      .selectFrom('plan')
      .innerJoin('child as c', 'c.id', 'plan.child_id')
      .innerJoin('plan_writer as w', 'w.plan_id', 'plan.id')
      .select([
        'plan.id',
        'plan.child_id',
        'c.given_name',
        'c.family_name',
        'c.date_of_birth',
        'w.sections',
        'w.to_on',
      ])
      .where('w.account_id', '=', context.viewer?.accountId ?? '')
      .where('w.from_on', '<=', context.today)
      .where((where) => where.or([where('w.to_on', 'is', null), where('w.to_on', '>', context.today)]))
      .where('plan.ended_on', 'is', null)
      .orderBy('c.family_name')
      .orderBy('c.given_name')
      .execute()
    saw([...new Set(found.map((one) => one.child_id))])
    return found
  })
  return {
    page: {
      title: 'Plans you write in',
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-l">Plans you write in</h1>
            {plans.length === 0 ? (
              <EmptyState title="No plan">
                When the council’s SEND office lets you in to write in sections of a plan, it is here.
              </EmptyState>
            ) : (
              <ul class="govuk-list app-story">
                {plans.map((one) => (
                  <li>
                    <a class="govuk-link" href={`/professional/plans/${one.id}`}>
                      {one.given_name} {one.family_name}
                    </a>
                    , born {dayInWords(one.date_of_birth)}: {sectionsInWords(one.sections)}
                    {one.to_on ? `, until ${dayInWords(one.to_on)}` : ''}
                  </li>
                ))}
              </ul>
            )}
          </div>
        </div>
      ),
    },
  }
}
