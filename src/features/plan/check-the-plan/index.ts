/** The golden thread and the rest of what is checked before a plan is sent. */
export { loadProblems, sendingNext } from './problems.ts'
export { routes } from './routes.tsx'
