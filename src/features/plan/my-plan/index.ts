/** My plan: the child's own page in easy words, who went through it with them, and the page at the family's door. */
import { familyRoutes } from './family.tsx'
import { staffRoutes } from './staff.tsx'

export { findMyPlan, type KeptMyPlan } from './queries.ts'
export const routes = [...staffRoutes, ...familyRoutes]
