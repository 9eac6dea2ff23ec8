/** Writing the plan: its sections and parts, the marks on its words, and who else writes in it. */
export { beginRoutes } from './begin.tsx'
export { labelsOf } from './names.ts'
export { markRoutes } from './overrule.tsx'
export { captionOf, Heading, type PlanPlace, partHref, planHref, sectionHref } from './pages.tsx'
export { peopleRoutes } from './people.tsx'
export {
  isFromYear9,
  loadOverruled,
  loadPlanInHand,
  markKey,
  type Overruled,
  type PlanInHand,
  type StandingMark,
  standingMarks,
} from './queries.ts'
export { type FromElsewhere, type WhatWaits, writeRoutes } from './routes.tsx'
export { SLOTS, slotTitle } from './schemas.ts'
export { partRows, partWords, poundsInWords, ShowPart } from './show-part.tsx'
export { placeAt, saverOf, typedForm } from './typed-form.ts'
