/** How a child goes to a setting: on what right, how far by which measure, by what, at what cost to the council and the climate. */
export { type ClimateReport, climateReport } from './climate.ts'
export { findJourneys, type Journey } from './queries.ts'

import type { Route } from '../../../platform/routes.ts'
import { routes as caseRoutes } from './case.tsx'
import { endSteps, planSteps } from './steps.tsx'
import { routes as summaryRoutes } from './summary.tsx'

export const routes: readonly Route[] = [...caseRoutes, ...planSteps, ...endSteps, ...summaryRoutes]
