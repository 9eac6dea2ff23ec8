/** Versions of a plan: each as it was sent or kept, read again, and what changed between any two. */
export { countsInWords, PlanDifference } from './difference.tsx'
export { compareAddress, versionInWords, versionsAddress } from './pages.tsx'
export { routes } from './routes.tsx'
