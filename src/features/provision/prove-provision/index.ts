/** Proof that provision happens: lines from the day a plan is final, who says what of each, and the ledger. */
import type { Route } from '../../../platform/routes.ts'
import { answerRoutes } from './answer.tsx'
import { countyRoutes } from './county.tsx'
import { familyRoutes } from './family.tsx'
import { professionalProvisionRoutes } from './professional.tsx'
import { inPlaceRoutes } from './record-in-place.tsx'
import { settingRoutes } from './setting.tsx'
import { staffRoutes } from './staff.tsx'
import { whoRoutes } from './who-and-where.tsx'

export { findLines, type Line, loadReckoning } from './lines.ts'
export { endLines, type LinesPromised, promiseLines } from './promise-lines.ts'
export { findConfirmationsDue, type ToConfirm, WHY_CONFIRM } from './setting.tsx'

export const routes: readonly Route[] = [
  ...staffRoutes,
  ...whoRoutes,
  ...inPlaceRoutes,
  ...answerRoutes,
  ...countyRoutes,
  ...familyRoutes,
  ...settingRoutes,
  ...professionalProvisionRoutes,
]
