/** The working document of an appeal about what a plan says: both sides propose on a copy, here and in Word. */
import { familyRoutes } from './family.tsx'
import { returnRoutes } from './returns.tsx'
import { staffRoutes } from './staff.tsx'

export const routes = [...staffRoutes, ...returnRoutes, ...familyRoutes]
