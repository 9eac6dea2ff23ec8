/** Released advice: read by the office, checked for the family, and read by the family. */
import { familyRoutes } from './family.tsx'
import { staffRoutes } from './staff.tsx'

export { AdviceForFamily } from './family.tsx'
export { type FamilyAdvice, findAdviceForFamily } from './queries.ts'
export const routes = [...staffRoutes, ...familyRoutes]
