/** Print a plan: a frozen version as tagged PDF or Word, in ordinary or large print, and the list of its advice. */

export { PlanPaperLinks } from './links.tsx'
export { routes } from './routes.tsx'
