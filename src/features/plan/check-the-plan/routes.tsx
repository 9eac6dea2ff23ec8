import type { JSX } from 'preact'
import { caseReaders, type Route } from '../../../platform/routes.ts'
import type { PlanProblem } from '../../../record/plan/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import {
  captionOf,
  Heading,
  labelsOf,
  loadPlanInHand,
  type PlanInHand,
  type PlanPlace,
  partHref,
  placeAt,
  planHref,
  sectionHref,
} from '../write-the-plan/index.ts'
import { loadProblems, sendingNext } from './problems.ts'

function List(props: {
  readonly problems: readonly PlanProblem[]
  readonly hand: PlanInHand
  readonly place: PlanPlace
}): JSX.Element {
  const labels = labelsOf(props.hand.parts)
  const { plan } = props.hand
  return (
    <ul class="govuk-list app-story">
      {props.problems.map((one) => (
        <li>
          <a
            class="govuk-link"
            href={
              one.rule === 'recommendation-not-dealt-with'
                ? `${planHref(props.place, plan.id)}/advice`
                : one.partId && one.section !== 'I' && props.place.mayAct
                  ? partHref(props.place, plan.id, one.section, one.partId)
                  : sectionHref(props.place, plan.id, one.section)
            }
          >
            {(one.partId && labels.get(one.partId)) ?? `Section ${one.section}`}
          </a>
          : {one.text}
          <br />
          <span class="govuk-body-s">{one.law}</span>
        </li>
      ))}
    </ul>
  )
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/plans/:planId/check',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: async (context) => {
      const found = await context.read('plan: check before sending', async (trx, saw) => {
        const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today)
        if (!hand) return undefined
        saw(hand.plan.child.id)
        const asked = context.query['for']
        const sending = asked === 'final' || asked === 'draft' ? asked : sendingNext(hand)
        return { hand, sending, problems: await loadProblems(trx, hand, sending) }
      })
      if (!found) return { missing: true }
      const { hand, problems, sending } = found
      const place = placeAt(context, true)
      const here = `${planHref(place, hand.plan.id)}/check`
      return {
        page: {
          title: `Check the plan: ${captionOf(hand)}`,
          backLink: { href: planHref(place, hand.plan.id), text: 'The plan' },
          main: (
            <div class="govuk-grid-row">
              <div class="govuk-grid-column-two-thirds">
                <Heading hand={hand}>Check the plan before the {sending} is sent</Heading>
                <p class="govuk-body">
                  <a class="govuk-link" href={`${here}?for=${sending === 'draft' ? 'final' : 'draft'}`}>
                    Check it as {sending === 'draft' ? 'a final plan' : 'a draft'} instead
                  </a>
                </p>
                <h2 class="govuk-heading-m">To put right first ({problems.must.length})</h2>
                {problems.must.length === 0 ? (
                  <GovukInsetText text="Nothing here stops it being sent." />
                ) : (
                  <List problems={problems.must} hand={hand} place={place} />
                )}
                <h2 class="govuk-heading-m">To look at ({problems.should.length})</h2>
                <p class="govuk-body">
                  These are shown to whoever sends the plan, and stop nobody. None says that a plan is lawful
                  or unlawful.
                </p>
                {problems.should.length === 0 ? (
                  <p class="govuk-body">Nothing.</p>
                ) : (
                  <List problems={problems.should} hand={hand} place={place} />
                )}
                <h2 class="govuk-heading-m">Then</h2>
                <ul class="govuk-list">
                  <li>
                    <a class="govuk-link" href={`${planHref(place, hand.plan.id)}/agree`}>
                      See who has agreed the plan
                    </a>
                    : a manager, and health for section G
                  </li>
                  <li>
                    <a class="govuk-link" href={`/staff/cases/${hand.plan.processId}`}>
                      Send it from the case
                    </a>
                  </li>
                </ul>
              </div>
            </div>
          ),
        },
      }
    },
  },
]
