/** Everything that writes a plan, put together: its parts, what it owes to the advice, and what is checked before it is sent. */
import { Fragment, h, type JSX } from 'preact'
import type { Route } from '../../platform/routes.ts'
import { KINDS_IN } from '../../record/plan/index.ts'
import {
  routes as adviceRoutes,
  forSection,
  loadLeftOut,
  loadNewestReleases,
  loadRecommendations,
  loadSchoolLines,
  offerAppendices,
  offerSchoolLines,
  sectionsFor,
  usedParts,
} from './account-for-the-advice/index.ts'
import { routes as checkRoutes, loadProblems, sendingNext } from './check-the-plan/index.ts'
import {
  beginRoutes,
  type FromElsewhere,
  markRoutes,
  peopleRoutes,
  writeRoutes,
} from './write-the-plan/index.ts'

const both = (...offers: readonly (JSX.Element | null)[]): JSX.Element => h(Fragment, null, offers)

const elsewhere: FromElsewhere = {
  sectionAdvice: async (trx, hand, section) => {
    if (section === 'K') return offerAppendices(trx, hand)
    if (!KINDS_IN[section].some((kind) => kind === 'need' || kind === 'outcome' || kind === 'provision'))
      return null
    const used = usedParts(hand.parts)
    const leftOut = new Set((await loadLeftOut(trx, hand.plan.id)).map((one) => one.advicePartId))
    const recommended = await loadRecommendations(trx, await loadNewestReleases(trx, hand.plan.child.id))
    const school =
      section === 'F'
        ? offerSchoolLines(await loadSchoolLines(trx, hand.plan, hand.parts), hand.plan.id)
        : null
    const advice = forSection(
      recommended.filter(
        (one) =>
          sectionsFor(one)[0] === section && !used.has(one.advicePartId) && !leftOut.has(one.advicePartId),
      ),
      section,
      hand.plan.id,
    )
    return advice || school ? (place) => both(advice?.(place) ?? null, school?.(place) ?? null) : null
  },
  beforeSending: async (trx, hand) => {
    const { must, should, waiting, recommended } = await loadProblems(trx, hand, sendingNext(hand))
    return { recommended, waiting, must: must.length, should: should.length }
  },
}

export const planWritingRoutes: readonly Route[] = [
  ...beginRoutes,
  ...writeRoutes(true, elsewhere),
  ...markRoutes,
  ...checkRoutes,
  ...adviceRoutes,
  ...peopleRoutes,
  ...writeRoutes(false, elsewhere),
]
