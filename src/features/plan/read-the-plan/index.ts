/** Reading a plan that was sent: at the family's door, at a setting's, and at a professional's. */
import { familyRoutes } from './family.tsx'
import { otherRoutes } from './others.tsx'

export { planAddress } from './family.tsx'
export { ShowPlan } from './show-plan.tsx'
export const routes = [...familyRoutes, ...otherRoutes]
