/** Everything about settings and places, in the order a case goes. */
import type { Route } from '../../platform/routes.ts'
import { routes as arrangeInTheMeantime } from './arrange-in-the-meantime/index.tsx'
import { routes as chaseAConsultation } from './chase-a-consultation/index.tsx'
import { routes as consultForACohort } from './consult-for-a-cohort/index.tsx'
import { routes as findASetting } from './find-a-setting/index.tsx'
import { routes as keepPlacements } from './keep-placements/index.tsx'
import { routes as nameTheSetting } from './name-the-setting/index.tsx'
import { routes as readConsultationPapers } from './read-consultation-papers/index.tsx'
import { routes as seeAChildsPlaces } from './see-a-childs-places/index.tsx'
import { routes as seeWhoWasAsked } from './see-who-was-asked/index.tsx'
import { routes as shortlistSettings } from './shortlist-settings/index.ts'

export const placementRoutes: readonly Route[] = [
  ...findASetting,
  ...seeAChildsPlaces,
  ...shortlistSettings,
  ...chaseAConsultation,
  ...consultForACohort,
  ...nameTheSetting,
  ...keepPlacements,
  ...arrangeInTheMeantime,
  ...seeWhoWasAsked,
  ...readConsultationPapers,
]
