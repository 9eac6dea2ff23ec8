export { type FamilyWish, findShortlist, type Shortlisted, wishesOf } from './queries.ts'
export { stepRoutes as routes } from './steps.tsx'
